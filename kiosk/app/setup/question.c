/* What `setup` asks: see question.h. */
#include "question.h"

#include "seat.h"

#include "app/loop/screen.h"

#include <scan/camera/camera_find.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <ui/label.h>

#define STORE "/var/lib/brugwachter/kiosk.db"

#define YES_WANTS "setup.yes_w"
#define PRINTER_WANTS "setup.printer_w"

const struct bw_question bw_questions[] = {
    {"kiosk", "language", "setup.language", "setup.language_w", BW_QUESTION_CHOICE, true,
        "nl", "", "", NULL},
    {"kiosk", "store", "setup.store", "setup.store_w", BW_QUESTION_TEXT, true, STORE, "",
        "", NULL},
    {"kiosk", "camera", "setup.camera", "setup.camera_w", BW_QUESTION_CHOICE, false, "",
        "", "", NULL},
    {"kiosk", "camera-at", "setup.edge", "setup.edge_w", BW_QUESTION_CHOICE, true, "top",
        "", "", NULL},
    {"kiosk", "width-mm", "setup.width", "setup.width_w", BW_QUESTION_TEXT, false, "", "",
        "", NULL},
    {"seat", "rotate", "setup.rotate", "setup.rotate_w", BW_QUESTION_CHOICE, true, "0",
        "", "", NULL},
    {"seat", "touch", "setup.touch", "setup.touch_w", BW_QUESTION_TEXT, true, "turned",
        "", "", NULL},
    {"seat", "keyboard", "setup.keyboard", "setup.keyboard_w", BW_QUESTION_TEXT, true,
        "us", "", "", NULL},
    {"kiosk", "larger", "setup.larger", YES_WANTS, BW_QUESTION_YES, true, "no", "yes", "",
        NULL},
    {"kiosk", "mute", "setup.mute", YES_WANTS, BW_QUESTION_YES, true, "no", "yes", "",
        NULL},
    {"kiosk", "no-counter", "setup.count", YES_WANTS, BW_QUESTION_YES, true, "no", "yes",
        "", NULL},
    {"kiosk", "names-by-staff", "setup.names", YES_WANTS, BW_QUESTION_YES, true, "no",
        "yes", "", NULL},
    {"kiosk", "label-printer", "setup.label", PRINTER_WANTS, BW_QUESTION_TEXT, false, "",
        "", "", NULL},
    {"kiosk", "label-size", "setup.size", "setup.size_w", BW_QUESTION_CHOICE, true,
        "62x29", "", "", "label-printer"},
    {"kiosk", "list-printer", "setup.list", PRINTER_WANTS, BW_QUESTION_TEXT, false, "",
        "", "", NULL},
    {"sync", "lan", "setup.lan", YES_WANTS, BW_QUESTION_YES, true, "yes", "", "off",
        NULL},
    {0},
};

/* ---- choices ---- */

static void
add(struct bw_choices *choices, const char *value, const char *name)
{
    if (choices->count < BW_QUESTION_CHOICES_MAX && strlen(value) < BW_INI_VALUE_BYTES) {
        (void)strcpy(choices->values[choices->count], value);
        (void)snprintf(choices->names[choices->count], BW_INI_VALUE_BYTES, "%s", name);
        choices->count++;
    }
}

static void
add_languages(const struct bw_ui_wording *wording, struct bw_choices *choices)
{
    for (int i = 0; i < bw_ui_wording_languages(wording); i++) {
        enum bw_language language = (enum bw_language)i;
        add(choices, bw_ui_wording_code(wording, language),
            bw_ui_wording_in(wording, language, "lang"));
    }
}

static void
add_cameras(const struct bw_ui_wording *wording, struct bw_choices *choices)
{
    static struct bw_camera_choice cameras[BW_QUESTION_CHOICES_MAX - 2];
    enum bw_language language = bw_ui_wording_language(wording);
    int count = bw_camera_list(cameras, BW_QUESTION_CHOICES_MAX - 2);
    add(choices, "", bw_ui_wording_in(wording, language, "setup.camera_any"));
    add(choices, "none", bw_ui_wording_in(wording, language, "setup.camera_none"));
    for (int i = 0; i < count; i++) {
        add(choices, cameras[i].spec, cameras[i].name);
    }
}

static void
add_words(const char *const words[], int count, struct bw_choices *choices)
{
    for (int i = 0; i < count; i++) {
        add(choices, words[i], "");
    }
}

void
bw_question_choices(const struct bw_question *question,
    const struct bw_ui_wording *wording, struct bw_choices *ret_choices)
{
    static const char *const edges[] = {"top", "bottom", "left", "right"};
    static const char *const turns[] = {"0", "90", "180", "270"};
    const char *const sizes[] = {
        bw_ui_label_size_name(BW_LABEL_62X29), bw_ui_label_size_name(BW_LABEL_89X36)};
    ret_choices->count = 0;
    if (question->kind != BW_QUESTION_CHOICE) {
        return;
    }
    if (strcmp(question->name, "language") == 0) {
        add_languages(wording, ret_choices);
    } else if (strcmp(question->name, "camera") == 0) {
        add_cameras(wording, ret_choices);
    } else if (strcmp(question->name, "camera-at") == 0) {
        add_words(edges, 4, ret_choices);
    } else if (strcmp(question->name, "rotate") == 0) {
        add_words(turns, 4, ret_choices);
    } else {
        add_words(sizes, BW_LABEL_SIZES, ret_choices);
    }
}

/* ---- answers ---- */

/* Its number, from 1, or the value itself. */
static bool
take_choice(const struct bw_choices *choices, const char *typed,
    char ret_value[BW_INI_VALUE_BYTES])
{
    if (strcmp(typed, "-") == 0 && choices->values[0][0] == '\0') {
        typed = "1"; /* its first is that nothing is set */
    }
    char *end = NULL;
    long number = strtol(typed, &end, 10);
    for (int i = 0; i < choices->count; i++) {
        if (strcasecmp(choices->values[i], typed) == 0 ||
            (*end == '\0' && number == i + 1)) {
            (void)strcpy(ret_value, choices->values[i]);
            return true;
        }
    }
    return false;
}

/* In each language that is spoken here, whatever the one that was asked in. */
static bool
take_yes(const struct bw_question *question, const char *typed,
    char ret_value[BW_INI_VALUE_BYTES])
{
    static const char *const words[] = {"j", "ja", "y", "yes", "n", "nee", "no", "nein"};
    enum { YES_WORDS = 4, WORDS = sizeof words / sizeof words[0] };
    for (int i = 0; i < WORDS; i++) {
        if (strcasecmp(typed, words[i]) == 0) {
            (void)strcpy(ret_value, i < YES_WORDS ? question->yes : question->no);
            return true;
        }
    }
    return false;
}

/* As the kiosk itself, or what writes the seat's environment, will judge it. */
static bool
text_fits(const struct bw_question *question, const char *typed)
{
    struct bw_options trial = {0};
    bool is_path = strcmp(question->name, "store") == 0;
    if (!bw_ini_value_fits(typed) || (is_path && typed[0] != '/')) {
        return false;
    }
    if (strcmp(question->section, "seat") == 0) {
        return bw_seat_fits(question->name, typed);
    }
    return bw_options_set(&trial, question->name, typed, NULL) == BW_OK &&
           bw_screen_check(&trial, NULL) == BW_OK;
}

static bool
take_text(const struct bw_question *question, const char *typed,
    char ret_value[BW_INI_VALUE_BYTES])
{
    bool left_out = strcmp(typed, "-") == 0 && !question->needed;
    if (!left_out && !text_fits(question, typed)) {
        return false;
    }
    (void)strcpy(ret_value, left_out ? "" : typed);
    return true;
}

bool
bw_question_take(const struct bw_question *question, const struct bw_choices *choices,
    const char *typed, char ret_value[BW_INI_VALUE_BYTES])
{
    switch (question->kind) {
    case BW_QUESTION_TEXT:
        return take_text(question, typed, ret_value);
    case BW_QUESTION_CHOICE:
        return take_choice(choices, typed, ret_value);
    case BW_QUESTION_YES:
        return take_yes(question, typed, ret_value);
    }
    return false;
}
