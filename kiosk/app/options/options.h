/* What the kiosk was asked on its command line.
 *
 * One table is the options: reading, the help, and settings files all come from it.
 * Options may stand before or after the command. Texts are borrowed, never copied. One
 * thread. */
#ifndef BW_APP_OPTIONS_H
#define BW_APP_OPTIONS_H

#include <brugwachter/error.h>
#include <stdbool.h>
#include <stdio.h>

enum bw_kiosk_command {
    BW_KIOSK_SCREEN, /* no command: the kiosk itself */
    BW_KIOSK_DOOR,
    BW_KIOSK_DECODE,
    BW_KIOSK_SETUP,
    BW_KIOSK_HEALTH,
    BW_KIOSK_QUIET,
};

struct bw_options {
    enum bw_kiosk_command command;
    const char *store_path;
    const char *session_code;
    const char *clock_text;
    const char *settings_dir;
    const char *camera;
    const char *window;   /* 1280x800 */
    const char *language; /* nl, en */
    const char *width_mm;
    const char *camera_at; /* top, bottom, left, right */
    const char *staff_timeout;
    const char *stick_root;
    const char *label_printer;
    const char *label_size; /* 62x29, 89x36 */
    const char *list_printer;
    const char *trace_path;
    bool larger, less_motion, no_counter, names_by_staff, mute;
    bool help, version;
    int rest_count; /* the command's name and what it reads itself */
    char **rest;    /* within argv */
};

/* Reads the arguments. argv has to outlive the options, and its order changes.
 * BW_BAD_INPUT with a sentence for wrong use; the options are half filled then. */
BW_NODISCARD enum bw_status bw_options_read(
    struct bw_options *options, int argc, char **argv, struct bw_error *err);

/* Sets one option by its long name where it isn't set yet, as a settings file does;
 * BW_NOT_FOUND for a name that is none, BW_REFUSED for one that may not stand in a file.
 * The value has to outlive the options; NULL is none. */
BW_NODISCARD enum bw_status bw_options_set(struct bw_options *options, const char *name,
    const char *value, struct bw_error *err);

/* Prints how the program is called, with a command or without one. `out`
 * stays open; who wants to know whether it could be written looks at it. */
void bw_options_help(enum bw_kiosk_command command, FILE *out);

#endif
