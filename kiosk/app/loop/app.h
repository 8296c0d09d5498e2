/* The kiosk in its window: wires camera, screens, desk and errands, and runs till it's
 * closed. The thread that calls it is the UI thread. */
#ifndef BW_APP_APP_H
#define BW_APP_APP_H

#include <brugwachter/clock.h>
#include <brugwachter/error.h>
#include <brugwachter/store.h>
#include <flow/view.h>
#include <stdbool.h>

struct bw_app_options {
    const char *store_path;
    const char *camera;       /* as bw_camera_options.spec; NULL: the first one */
    const char *session_code; /* NULL: the desk chooses */
    int width_px, height_px;  /* 0: fullscreen */
    double width_mm;          /* of the panel; 0: ask the display */
    int camera_at;            /* enum bw_ui_edge of ui.h */
    enum bw_language language;
    bool larger, less_motion, no_counter, names_by_staff, mute;
    int staff_timeout_s;
    struct bw_clock clock;
    struct bw_store *take_store; /* open already; NULL: the desk opens store_path */
    int64_t chosen_camera;       /* BW_NUMBER_CAMERA of that store; 0: none */
    const char *trace_path;      /* what happens on screen, a line each, without names */
    const char *label_printer;   /* as CUPS knows it; NULL: none */
    const char *list_printer;    /* likewise, for the list of those inside */
    int label_size;              /* enum bw_label_size of label.h */
    const char *stick_root;      /* where USB sticks appear; NULL: the usual places */
};

/* Runs the kiosk, and closes the store that was given. Reports what kept it from starting
 * on standard error. */
enum bw_exit bw_app_main(const struct bw_app_options *options);

#endif
