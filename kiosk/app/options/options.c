/* The command line: see options.h. One thread. */
#include "options.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <stddef.h>
#include <string.h>

enum { NAME_COLUMNS = 22 };

enum option_kind {
    OPTION_TEXT, /* takes a value */
    OPTION_FLAG,
};

struct option_row {
    const char *name;  /* without its dashes */
    const char *value; /* how the help calls it; NULL for a flag */
    enum option_kind kind;
    size_t offset;
    bool in_file; /* may stand in a settings file */
    bool window;  /* of no use without one: the door's help leaves it out */
    const char *help;
};

static const struct option_row option_rows[] = {
    {"store", "FILE", OPTION_TEXT, offsetof(struct bw_options, store_path), true, false,
        BW_SAYS("the kiosk's file")},
    {"session", "CODE", OPTION_TEXT, offsetof(struct bw_options, session_code), true,
        false,
        BW_SAYS("the session to serve; else the one whose doors are open, or the next")},
    {"clock", "TIME", OPTION_TEXT, offsetof(struct bw_options, clock_text), false, false,
        BW_SAYS("the wall clock at start, as 2025-03-18T13:10:00, venue time")},
    {"camera", "SPEC", OPTION_TEXT, offsetof(struct bw_options, camera), true, true,
        BW_SAYS(
            "v4l2:/dev/video0, images:DIR[,loop] or none; list: says which there are")},
    {"window", "WxH", OPTION_TEXT, offsetof(struct bw_options, window), true, true,
        BW_SAYS("a window of that many pixels, as 1280x800; else the whole screen")},
    {"language", "CODE", OPTION_TEXT, offsetof(struct bw_options, language), true, true,
        BW_SAYS("the language it begins in and falls back to: nl, en or de; else nl")},
    {"width-mm", "N", OPTION_TEXT, offsetof(struct bw_options, width_mm), true, true,
        BW_SAYS("how wide the panel is; else the display is asked")},
    {"camera-at", "EDGE", OPTION_TEXT, offsetof(struct bw_options, camera_at), true, true,
        BW_SAYS("where the camera sits: top, bottom, left or right")},
    {"staff-timeout", "S", OPTION_TEXT, offsetof(struct bw_options, staff_timeout), true,
        true,
        BW_SAYS("seconds without touch until staff are signed out, 60 to 300: 120")},
    {"larger", NULL, OPTION_FLAG, offsetof(struct bw_options, larger), true, true,
        BW_SAYS("begin with larger text")},
    {"less-motion", NULL, OPTION_FLAG, offsetof(struct bw_options, less_motion), true,
        true, BW_SAYS("no movement on the screen")},
    {"no-counter", NULL, OPTION_FLAG, offsetof(struct bw_options, no_counter), true, true,
        BW_SAYS("how many are there isn't shown to attendees")},
    {"names-by-staff", NULL, OPTION_FLAG, offsetof(struct bw_options, names_by_staff),
        true, true, BW_SAYS("nobody checks in by their name alone: staff help")},
    {"mute", NULL, OPTION_FLAG, offsetof(struct bw_options, mute), true, true,
        BW_SAYS("no sound")},
    {"usb-root", "DIR", OPTION_TEXT, offsetof(struct bw_options, stick_root), true, true,
        BW_SAYS("where USB sticks are mounted; else /media, /run/media and /mnt")},
    {"label-printer", "NAME", OPTION_TEXT, offsetof(struct bw_options, label_printer),
        true, true,
        BW_SAYS("print a label for who comes in: the printer's name in CUPS")},
    {"label-size", "WxH", OPTION_TEXT, offsetof(struct bw_options, label_size), true,
        true, BW_SAYS("of the labels in mm: 62x29 or 89x36; else 62x29")},
    {"list-printer", "NAME", OPTION_TEXT, offsetof(struct bw_options, list_printer), true,
        true, BW_SAYS("staff may print who is inside: the printer's name in CUPS")},
    {"trace", "FILE", OPTION_TEXT, offsetof(struct bw_options, trace_path), false, true,
        BW_SAYS("write what stands on the screen, without names (for tests)")},
    {"settings", "DIR", OPTION_TEXT, offsetof(struct bw_options, settings_dir), false,
        false, BW_SAYS("folder of settings files (*.ini): /etc/brugwachter")},
    {"help", NULL, OPTION_FLAG, offsetof(struct bw_options, help), false, false,
        BW_SAYS("this text")},
    {"version", NULL, OPTION_FLAG, offsetof(struct bw_options, version), false, false,
        BW_SAYS("the program's version")},
};

enum { OPTIONS_COUNT = sizeof option_rows / sizeof option_rows[0] };

struct options_command_row {
    const char *name;
    enum bw_kiosk_command command;
    bool reads_itself; /* options that aren't in the table are its own */
    const char *arguments;
    const char *help;
};

static const struct options_command_row command_rows[] = {
    {"door", BW_KIOSK_DOOR, false, "",
        BW_SAYS("no screen: commands on standard input, one JSON object "
                "a line on standard output")},
    {"decode", BW_KIOSK_DECODE, true, " FILE…",
        BW_SAYS("what the scanner reads in pictures")},
    {"setup", BW_KIOSK_SETUP, true, "",
        BW_SAYS("asks for this machine's settings, and writes them")},
    {"health", BW_KIOSK_HEALTH, true, "",
        BW_SAYS("whether all is right that must be, a line each")},
    {"quiet", BW_KIOSK_QUIET, true, "",
        BW_SAYS("whether no session is near, so that the machine may be updated")},
};

enum { COMMANDS_COUNT = sizeof command_rows / sizeof command_rows[0] };

static const char door_help[] = BW_SAYS(
    "\n"
    "Lines on standard input, their fields separated by tabs:\n"
    "  scan TEXT                              a ticket was held up\n"
    "  code CODE                              check in by the ticket's code\n"
    "  search TEXT                            names, from the first letter\n"
    "  waitlist CODE|EVENT [REASON]           admit somebody who waits\n"
    "  guest TEXT [REASON]                    admit with another session's ticket\n"
    "  walk-in NAME SCHOOL REGION yes|no [REASON]\n"
    "                                         admit somebody who isn't on the list\n"
    "  queue NAME SCHOOL REGION yes|no        put them in the row instead\n"
    "  queue TEXT                             the same with another session's ticket\n"
    "  substitute CODE NAME yes|no            a colleague comes instead\n"
    "  undo CODE|EVENT                        a check-in was wrong\n"
    "  leave CODE|EVENT                       somebody goes home\n"
    "  override CODE|EVENT|TEXT REASON        pass a rule that staff may pass\n"
    "  release                                give free the places of who didn't come\n"
    "  absent DEVICE                          another kiosk isn't there: go on without\n"
    "  counts, offers                         how it stands; who may be offered a place\n"
    "  pin PIN                                open the names after a start\n"
    "  pin-before PIN                         after a new one: by the one before it\n"
    "  card TEXT [keep]                       the same by a staff card; or learn it\n"
    "  clock TIME                             set the clock of this run\n"
    "An event is written 3-17; yes or no: is a brugfunctionaris.\n"
    "\n"
    "A clock that is given is no jump; but one before the newest update that the\n"
    "store has is suspect all the same: no session is too early or over then, no\n"
    "arrival has a time, and places are released by staff alone.\n");

/* ---- reading ---- */

static const struct option_row *
find_option(const char *name, size_t length)
{
    for (int i = 0; i < OPTIONS_COUNT; i++) {
        if (strlen(option_rows[i].name) == length &&
            strncmp(option_rows[i].name, name, length) == 0) {
            return &option_rows[i];
        }
    }
    return NULL;
}

static void
set(struct bw_options *options, const struct option_row *row, const char *value)
{
    char *field = (char *)options + row->offset;
    switch (row->kind) {
    case OPTION_TEXT:
        memcpy(field, &value, sizeof value);
        break;
    case OPTION_FLAG:
        *(bool *)field = true;
        break;
    }
}

/* The command line goes before a settings file. */
static bool
is_set(const struct bw_options *options, const struct option_row *row)
{
    const char *field = (const char *)options + row->offset;
    const char *text = NULL;
    switch (row->kind) {
    case OPTION_TEXT:
        memcpy(&text, field, sizeof text);
        return text != NULL;
    case OPTION_FLAG:
        return *(const bool *)field;
    }
    return false;
}

enum bw_status
bw_options_set(
    struct bw_options *options, const char *name, const char *value, struct bw_error *err)
{
    const struct option_row *row = find_option(name, strlen(name));
    if (row == NULL) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "Reading the settings failed: there is no option \"%.40s\". See --help.",
            name);
    }
    if (!row->in_file) {
        return bw_error_set(err, BW_REFUSED, 0,
            "Reading the settings failed: \"%s\" may only be given when the kiosk is "
            "started. Take it out of the file.",
            name);
    }
    bool on = true;
    if (row->kind == OPTION_FLAG && !bw_text_switch(value, &on)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Reading the settings failed: \"%s\" is \"%.40s\"; it takes yes or no.", name,
            value);
    }
    if (on && !is_set(options, row)) {
        set(options, row, value);
    }
    return BW_OK;
}

static const struct options_command_row *
find_command(const char *name)
{
    for (int i = 0; i < COMMANDS_COUNT; i++) {
        if (strcmp(command_rows[i].name, name) == 0) {
            return &command_rows[i];
        }
    }
    return NULL;
}

static enum bw_status
misuse(struct bw_error *err, const char *what, const char *text)
{
    return bw_error_set(err, BW_BAD_INPUT, 0,
        "Reading the command line failed: %s \"%.60s\". See brugwachter-kiosk --help.",
        bw_said(what), text);
}

/* One walk over the arguments. */
struct options_reading {
    struct bw_options *options;
    char **argv;
    int argc, at;
    const struct options_command_row *command;
};

static void
keep(struct options_reading *reading, char *argument)
{
    reading->options->rest[reading->options->rest_count++] = argument;
}

static enum bw_status
read_option(struct options_reading *reading, char *argument, struct bw_error *err)
{
    const char *name = argument + 2;
    const char *equals = strchr(name, '=');
    size_t length = equals != NULL ? (size_t)(equals - name) : strlen(name);
    const struct option_row *row = find_option(name, length);
    bool own = reading->command != NULL && reading->command->reads_itself;
    if (own && (row == NULL || row->kind == OPTION_FLAG)) {
        keep(reading, argument);
        return BW_OK;
    }
    if (row == NULL) {
        return misuse(err, "there is no option", argument);
    }
    const char *value = equals != NULL ? equals + 1 : NULL;
    if (row->kind == OPTION_FLAG && value != NULL) {
        return misuse(err, "no value belongs with", argument);
    }
    if (row->kind == OPTION_TEXT && value == NULL) {
        if (reading->at == reading->argc) {
            return misuse(err, "a value is missing after", argument);
        }
        value = reading->argv[reading->at++];
    }
    set(reading->options, row, value);
    return BW_OK;
}

static enum bw_status
read_word(struct options_reading *reading, char *argument, struct bw_error *err)
{
    if (reading->command == NULL) {
        reading->command = find_command(argument);
        if (reading->command == NULL) {
            return misuse(err, "there is no command", argument);
        }
        reading->options->command = reading->command->command;
    } else if (!reading->command->reads_itself) {
        return misuse(err, "nothing is known to do with", argument);
    }
    keep(reading, argument);
    return BW_OK;
}

/* What is kept moves to the front of argv, which has room: it only gets shorter. */
enum bw_status
bw_options_read(struct bw_options *options, int argc, char **argv, struct bw_error *err)
{
    *options = (struct bw_options){.rest = argv};
    struct options_reading reading = {
        .options = options, .argv = argv, .argc = argc, .at = 1};
    bool words_only = false;
    while (reading.at < argc) {
        char *argument = argv[reading.at++];
        if (!words_only && strcmp(argument, "--") == 0) {
            words_only = true;
            continue;
        }
        bool option = !words_only && argument[0] == '-' && argument[1] == '-';
        bool short_one = !words_only && argument[0] == '-' && argument[1] != '\0';
        if (short_one && !option &&
            (reading.command == NULL || !reading.command->reads_itself)) {
            return misuse(err, "there is no option", argument);
        }
        enum bw_status status = option ? read_option(&reading, argument, err)
                                       : read_word(&reading, argument, err);
        if (status != BW_OK) {
            return status;
        }
    }
    return BW_OK;
}

/* ---- help ---- */

static void
print_row(FILE *out, const char *name, const char *value, const char *help)
{
    int width = fprintf(out, "  %s%s", name, value);
    for (const char *byte = value; *byte != '\0'; byte++) {
        width -= ((unsigned char)*byte & 0xC0) == 0x80; /* of a letter, one byte counts */
    }
    (void)fprintf(
        out, "%*s%s\n", width < NAME_COLUMNS ? NAME_COLUMNS - width : 1, "", help);
}

void
bw_options_help(enum bw_kiosk_command command, FILE *out)
{
    (void)fprintf(out, bw_said("Usage: brugwachter-kiosk --store FILE%s [OPTION…]\n"),
        command == BW_KIOSK_DOOR ? " door" : bw_said(" [COMMAND]"));
    if (command != BW_KIOSK_DOOR) {
        (void)fputs(
            bw_said("The kiosk at the door: without a command, in its window.\n\n"), out);
        for (int i = 0; i < COMMANDS_COUNT; i++) {
            print_row(out, command_rows[i].name, command_rows[i].arguments,
                bw_said(command_rows[i].help));
        }
    }
    (void)fputc('\n', out);
    for (int i = 0; i < OPTIONS_COUNT; i++) {
        const struct option_row *row = &option_rows[i];
        char name[NAME_COLUMNS * 2];
        if (command == BW_KIOSK_DOOR && row->window) {
            continue;
        }
        (void)snprintf(name, sizeof name, "--%s%s%s", row->name,
            row->value != NULL ? " " : "", row->value != NULL ? row->value : "");
        print_row(out, name, "", bw_said(row->help));
    }
    if (command == BW_KIOSK_DOOR) {
        (void)fputs(bw_said(door_help), out);
    }
}
