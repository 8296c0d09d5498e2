/* [seat] of the settings, for the compositor, its keyboard and udev: see seat.h. */
#include "seat.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBERS = 6, TEXT_BYTES = 1024 };

/* The picture's turns, clockwise (those of cage are not, whatever its help says), and
 * what brings touch there: the first two rows of libinput's matrix, by which the panel's
 * places (0 to 1) become the picture's. */
static const struct turn {
    const char *name, *cage, *matrix;
} turns[] = {
    {"0", "", ""},
    {"90", "-r -r -r", "0 1 0 -1 0 1"},
    {"180", "-r -r", "-1 0 1 0 -1 1"},
    {"270", "-r", "0 -1 1 1 0 0"},
};

static const struct turn *
find_turn(const char *name)
{
    for (size_t i = 0; i < sizeof turns / sizeof turns[0]; i++) {
        if (strcmp(turns[i].name, name) == 0) {
            return &turns[i];
        }
    }
    return NULL;
}

/* `us`, or `us(intl)`: what X's own names are made of. */
static bool
is_layout(const char *value)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    static const char others[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    size_t layout = strspn(value, letters);
    const char *rest = value + layout;
    if (layout < 2 || *rest == '\0') {
        return layout >= 2;
    }
    size_t variant = *rest == '(' ? strspn(rest + 1, others) : 0;
    return variant > 0 && strcmp(rest + 1 + variant, ")") == 0;
}

static bool
is_matrix(const char *value)
{
    static const char signs[] = "0123456789.+- ";
    int count = 0;
    const char *at = value;
    if (value[strspn(value, signs)] != '\0') {
        return false;
    }
    for (char *end = NULL; *at != '\0'; at = end, count++) {
        double number = strtod(at, &end);
        if (end == at || !isfinite(number)) {
            return false;
        }
    }
    return count == NUMBERS;
}

bool
bw_seat_fits(const char *name, const char *value)
{
    if (strcmp(name, "rotate") == 0) {
        return find_turn(value) != NULL;
    }
    if (strcmp(name, "keyboard") == 0) {
        return is_layout(value);
    }
    return strcmp(name, "touch") == 0 &&
           (strcmp(value, "turned") == 0 || strcmp(value, "fixed") == 0 ||
               is_matrix(value));
}

/* ---- writing ---- */

static enum bw_status
read_seat(const struct bw_ini_text *settings, const char *name, const char *usual,
    char ret_value[BW_INI_VALUE_BYTES], struct bw_error *err)
{
    if (!bw_ini_text_get(settings, "seat", name, ret_value)) {
        (void)strcpy(ret_value, usual);
    }
    if (ret_value[0] != '\0' && !bw_seat_fits(name, ret_value)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Reading [seat] of the settings failed: %s can't be \"%s\". Run setup, or "
            "see brugwachter.ini(5).",
            name, ret_value);
    }
    return BW_OK;
}

static void
add(struct bw_ini_text *text, const char *name, const char *value, int length)
{
    if (length > 0) {
        text->count += (size_t)snprintf(text->bytes + text->count,
            TEXT_BYTES - text->count, "%s=%.*s\n", name, length, value);
    }
}

static void
add_keyboard(struct bw_ini_text *text, const char *keyboard)
{
    size_t layout = strcspn(keyboard, "(");
    add(text, "XKB_DEFAULT_LAYOUT", keyboard, (int)layout);
    if (keyboard[layout] != '\0') {
        const char *variant = keyboard + layout + 1;
        add(text, "XKB_DEFAULT_VARIANT", variant, (int)strlen(variant) - 1);
    }
}

static void
add_touch(struct bw_ini_text *text, const struct turn *turn, const char *touch)
{
    const char *matrix = strcmp(touch, "turned") == 0  ? turn->matrix
                         : strcmp(touch, "fixed") == 0 ? ""
                                                       : touch;
    add(text, "LIBINPUT_CALIBRATION_MATRIX", matrix, (int)strlen(matrix));
}

enum bw_status
bw_seat_write(const struct bw_ini_text *settings, const char *path, struct bw_error *err)
{
    char rotate[BW_INI_VALUE_BYTES], keyboard[BW_INI_VALUE_BYTES];
    char touch[BW_INI_VALUE_BYTES], bytes[TEXT_BYTES];
    enum bw_status status = read_seat(settings, "rotate", "0", rotate, err);
    if (status == BW_OK) {
        status = read_seat(settings, "keyboard", "", keyboard, err);
    }
    if (status == BW_OK) {
        status = read_seat(settings, "touch", "turned", touch, err);
    }
    if (status != BW_OK) {
        return status;
    }
    const struct turn *turn = find_turn(rotate[0] != '\0' ? rotate : "0");
    struct bw_ini_text text = {.bytes = bytes};
    add(&text, "BW_CAGE_OPTIONS", turn->cage, (int)strlen(turn->cage));
    add_keyboard(&text, keyboard);
    add_touch(&text, turn, touch[0] != '\0' ? touch : "turned");
    return bw_ini_text_write(&text, path, err);
}
