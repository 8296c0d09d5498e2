/* The kiosk's options, checked: see screen.h. UI thread. */
#include "screen.h"

#include "app.h"
#include "app/door/venue_clock.h"
#include "app/options/log.h"

#include <brugwachter/said.h>
#include <stdlib.h>
#include <string.h>
#include <ui/label.h>
#include <ui/ui.h>

enum { SIDE_MIN_PX = 480, SIDE_MAX_PX = 7680, TIMEOUT_MIN_S = 60, TIMEOUT_MAX_S = 300 };

static enum bw_status
misuse(struct bw_error *err, const char *option, const char *value, const char *wants)
{
    return bw_error_set(err, BW_BAD_INPUT, 0,
        "Starting the kiosk failed: --%s is \"%.60s\"; it takes %s.", option, value,
        wants);
}

static enum bw_status
read_window(const char *text, struct bw_app_options *kiosk, struct bw_error *err)
{
    int width = 0, height = 0, end = 0;
    if (text == NULL) {
        return BW_OK;
    }
    if (sscanf(text, "%5dx%5d%n", &width, &height, &end) != 2 || text[end] != '\0' ||
        width < SIDE_MIN_PX || height < SIDE_MIN_PX || width > SIDE_MAX_PX ||
        height > SIDE_MAX_PX) {
        return misuse(
            err, "window", text, bw_said("a width and a height in pixels, as 1280x800"));
    }
    kiosk->width_px = width;
    kiosk->height_px = height;
    return BW_OK;
}

static enum bw_status
read_number(const char *option, const char *text, double least, double most,
    double *ret_number, struct bw_error *err)
{
    char *end = NULL;
    if (text == NULL) {
        return BW_OK;
    }
    double number = strtod(text, &end);
    if (end == text || *end != '\0' || !(number >= least && number <= most)) {
        char wants[80];
        (void)snprintf(
            wants, sizeof wants, bw_said("a number from %g to %g"), least, most);
        return misuse(err, option, text, wants);
    }
    *ret_number = number;
    return BW_OK;
}

/* One of the words; its place is the value. */
static enum bw_status
read_word(const char *option, const char *text, const char *const words[], int count,
    int *ret_place, struct bw_error *err)
{
    char wants[80] = "";
    if (text == NULL) {
        return BW_OK;
    }
    for (int i = 0; i < count; i++) {
        if (strcmp(text, words[i]) == 0) {
            *ret_place = i;
            return BW_OK;
        }
        size_t have = strlen(wants);
        (void)snprintf(
            wants + have, sizeof wants - have, "%s%s", have > 0 ? ", " : "", words[i]);
    }
    return misuse(err, option, text, wants);
}

/* One of those that are installed. */
static enum bw_status
read_language(const char *text, int *ret_language, struct bw_error *err)
{
    struct bw_ui_catalogues found;
    const char *codes[BW_LANGUAGES_MAX];
    if (!bw_ui_catalogues_find(NULL, &found)) {
        return BW_OK; /* the window says so */
    }
    for (int i = 0; i < found.count; i++) {
        codes[i] = found.codes[i];
    }
    return read_word("language", text, codes, found.count, ret_language, err);
}

static enum bw_status
read_all(
    const struct bw_options *options, struct bw_app_options *kiosk, struct bw_error *err)
{
    static const char *const edges[] = {[BW_EDGE_TOP] = "top",
        [BW_EDGE_BOTTOM] = "bottom",
        [BW_EDGE_LEFT] = "left",
        [BW_EDGE_RIGHT] = "right"};
    const char *const sizes[] = {
        bw_ui_label_size_name(BW_LABEL_62X29), bw_ui_label_size_name(BW_LABEL_89X36)};
    int language = BW_DUTCH;
    double timeout = 0;
    enum bw_status status = read_window(options->window, kiosk, err);
    if (status == BW_OK) {
        status =
            read_number("width-mm", options->width_mm, 100, 3000, &kiosk->width_mm, err);
    }
    if (status == BW_OK) {
        status = read_number("staff-timeout", options->staff_timeout, TIMEOUT_MIN_S,
            TIMEOUT_MAX_S, &timeout, err);
    }
    if (status == BW_OK) {
        status = read_language(options->language, &language, err);
    }
    if (status == BW_OK) {
        status =
            read_word("camera-at", options->camera_at, edges, 4, &kiosk->camera_at, err);
    }
    if (status == BW_OK) {
        status = read_word("label-size", options->label_size, sizes, BW_LABEL_SIZES,
            &kiosk->label_size, err);
    }
    kiosk->language = (enum bw_language)language;
    kiosk->staff_timeout_s = (int)timeout;
    return status;
}

enum bw_status
bw_screen_check(const struct bw_options *options, struct bw_error *err)
{
    struct bw_app_options ignored = {0};
    return read_all(options, &ignored, err);
}

/* The one opening of the store in this process (S8): what the start needs to know is read
 * before the desk's thread takes it. One that can't be opened is for
 * the screens to tell. */
static enum bw_status
open_store(
    const struct bw_options *options, struct bw_app_options *kiosk, struct bw_error *err)
{
    struct bw_store *store = NULL;
    if (bw_store_open(options->store_path, BW_STORE_KIOSK, &store, NULL) != BW_OK) {
        store = NULL;
    } else if (bw_store_get_number(
                   store, BW_NUMBER_CAMERA, 0, &kiosk->chosen_camera, NULL) != BW_OK) {
        kiosk->chosen_camera = 0; /* the desk meets the same fault, and tells it */
    }
    enum bw_status status = bw_venue_clock_start(
        &kiosk->clock, store, options->session_code, options->clock_text, err);
    if (status != BW_OK) {
        bw_store_close(store);
        return status;
    }
    kiosk->take_store = store;
    return BW_OK;
}

enum bw_exit
bw_screen_main(const struct bw_options *options)
{
    struct bw_error error = {0};
    struct bw_app_options kiosk = {
        .store_path = options->store_path,
        .camera = options->camera,
        .session_code = options->session_code,
        .larger = options->larger,
        .less_motion = options->less_motion,
        .no_counter = options->no_counter,
        .names_by_staff = options->names_by_staff,
        .mute = options->mute,
        .trace_path = options->trace_path,
        .stick_root = options->stick_root,
        .label_printer = options->label_printer,
        .list_printer = options->list_printer,
    };
    if (read_all(options, &kiosk, &error) != BW_OK ||
        open_store(options, &kiosk, &error) != BW_OK) {
        bw_log(BW_JOURNAL_ERROR, "%s", error.text);
        if (error.status != BW_BAD_INPUT) { /* a zone that is missing, not a wrong word */
            bw_ui_tell(error.text);
        }
        return BW_EXIT_USAGE;
    }
    return bw_app_main(&kiosk);
}
