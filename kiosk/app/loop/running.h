/* The kiosk while it runs: its parts, and what the loop knows of time. UI thread only.
 *
 *   scan's process --texts, pictures--> [camera] --wake--.
 *   desk thread -----answers, store---> [desk] ----wake--+-> UI thread:
 *   errand's thread ---outcome--------> [errand] --wake--'   mail, input -> step
 *                                                                            |
 *                                            window <- turn <- flow, effects <'
 *
 * Workers only post and ring; every decision is made by the flow, on the UI thread.
 *
 * - AP1: nothing here is touched by another thread than the one that runs the loop, but
 *   for the camera's `bell`, and `ui` till the first picture (first_picture.h).
 * - AP2: a step's effects are carried out before the next step begins. */
#ifndef BW_APP_RUNNING_H
#define BW_APP_RUNNING_H

#include "app.h"
#include "app/worker/desk_thread.h"
#include "app/worker/errand.h"
#include "app/worker/loudspeaker.h"
#include "app/worker/inside.h"
#include "app/worker/printer.h"
#include "app/worker/speech.h"
#include "app/worker/viewfinder.h"
#include "heartbeat.h"
#include "input.h"
#include "refused.h"
#include "trace.h"

#include <flow/flow.h>
#include <pthread.h>
#include <scan/sandbox/camera.h>
#include <ui/ui.h>

struct bw_app {
    const struct bw_app_options *options;
    pthread_t ui_thread;
    struct bw_flow *flow;
    struct bw_ui *ui;
    pthread_t toucher; /* of the window's memory, till the first picture */
    bool touching;
    struct bw_loudspeaker loudspeaker;
    struct bw_speech speech;
    struct bw_camera *camera;
    struct bw_store *store; /* until the desk's thread has it */
    struct bw_desk_thread *desk;
    struct bw_errand *errand;
    struct bw_printer *printer, *list_printer; /* NULL: none is set up */
    bool label_left_out; /* it was too busy, which is told in the next turn */
    struct bw_inside inside;
    /* how saving the list ended is told in the next turn; NONE: nothing to tell */
    enum bw_helper inside_helper;
    enum bw_helper_outcome inside_outcome;
    struct bw_trace trace;
    struct bw_heartbeat heartbeat;
    struct bw_input input;
    struct bw_viewfinder viewfinder;
    struct bw_viewfinder_bell bell; /* the camera's */
    struct bw_refused refused;
    struct bw_effects effects; /* of the step that is carried out */
    struct bw_view views[3];   /* never copied: 116 kB each */
    struct bw_view *view;      /* as it was drawn, read aloud or touched last */
    const struct bw_view
        *painted[2];     /* what stands on the screen, and what stood before */
    uint32_t wake_event; /* SDL's number for the workers' bell */
    bool running;
    bool stepping;       /* AP2 */
    bool dirty;          /* something may look different */
    bool warming;        /* pictures for screens to come are still to be made */
    int64_t ui_again_ms; /* monotonic; INT64_MAX: not by itself */
    int64_t power_ms;    /* monotonic: when to look at the battery again */
    int64_t tick_ms;     /* monotonic: when the flow wants to be woken */
    char reported[BW_ERROR_TEXT_BYTES]; /* the last fault of the store that was told */
};

/* Both clocks, read now. */
static inline struct bw_now
bw_app_now(const struct bw_app *app)
{
    const struct bw_clock *clock = &app->options->clock;
    return (struct bw_now){
        .mono_ms = clock->mono_ms(clock), .wall_ms = clock->wall_ms(clock)};
}

#endif
