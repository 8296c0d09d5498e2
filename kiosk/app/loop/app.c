/* The kiosk in its window: see app.h. Its parts are started down the table below, and
 * stopped up it. UI thread. */
#include "app.h"

#include "app/options/log.h"
#include "app/worker/print.h"
#include "first_picture.h"
#include "running.h"
#include "turn.h"

#include <brugwachter/said.h>
#include <brugwachter/store.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <ui/label.h>

static volatile sig_atomic_t asked_to_end;

static void
on_signal(int number)
{
    (void)number;
    asked_to_end = 1;
}

/* Any thread: the bell of the mailboxes. SDL copies the event;
 * a full queue already rings. */
static void
ring(void *context)
{
    const struct bw_app *app = context;
    SDL_Event event = {.type = app->wake_event};
    (void)SDL_PushEvent(&event);
}

/* The camera's thread. */
static void
ring_camera(void *context)
{
    struct bw_app *app = context;
    if (bw_viewfinder_bell_rings(&app->bell, bw_app_now(app).mono_ms)) {
        ring(app);
    }
}

static uint32_t
own_device(void *context)
{
    const struct bw_app *app = context;
    return app->view->overview.device;
}

static enum bw_status
start_trace(struct bw_app *app, struct bw_error *err)
{
    return bw_trace_open(&app->trace, app->options->trace_path, err);
}

static void
stop_trace(struct bw_app *app)
{
    bw_trace_close(&app->trace, bw_app_now(app).mono_ms, app->viewfinder.count);
}

static enum bw_status
start_heartbeat(struct bw_app *app, struct bw_error *err)
{
    (void)err; /* where nobody listens it is silent */
    bw_heartbeat_init(&app->heartbeat);
    return BW_OK;
}

static void
stop_heartbeat(struct bw_app *app)
{
    bw_heartbeat_finish(&app->heartbeat);
}

static enum bw_status
start_ui(struct bw_app *app, struct bw_error *err)
{
    const struct bw_app_options *from = app->options;
    struct bw_ui_options options = {
        .fullscreen = from->width_px == 0,
        .width_px = from->width_px,
        .height_px = from->height_px,
        .width_mm = from->width_mm,
        .camera_at = (enum bw_ui_edge)from->camera_at,
    };
    /* the touch that gives the window the keyboard is a touch too */
    (void)SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
    enum bw_status status = bw_ui_create(&options, &app->ui, err);
    if (status == BW_OK) {
        bw_app_first_picture_start(app);
        app->wake_event = SDL_RegisterEvents(1);
        SDL_StartTextInput();
        bw_server_keys_listen();
        struct sigaction action = {.sa_handler = on_signal};
        (void)sigaction(SIGTERM, &action, NULL);
        (void)sigaction(SIGINT, &action, NULL);
        (void)sigaction(SIGHUP, &action, NULL); /* a terminal or session that goes */
        (void)signal(SIGPIPE, SIG_IGN);
    }
    return status;
}

static void
stop_ui(struct bw_app *app)
{
    bw_app_first_picture_join(app);
    bw_ui_destroy(app->ui);
}

static enum bw_status
start_flow(struct bw_app *app, struct bw_error *err)
{
    const struct bw_app_options *from = app->options;
    struct bw_flow_options options = {
        .language = from->language,
        .languages = bw_ui_languages(app->ui),
        .staff_timeout_s = from->staff_timeout_s,
        .staff_rows = bw_ui_list_rows(app->ui),
        .evacuation_rows = bw_ui_evacuation_rows(app->ui),
        .camera_wanted = from->camera == NULL || strcmp(from->camera, "none") != 0,
        .camera_choice = from->camera == NULL,
        .less_motion = from->less_motion,
        .no_counter = from->no_counter,
        .names_by_staff = from->names_by_staff,
        .larger = from->larger,
        .labels = from->label_printer != NULL,
        .lists = from->list_printer != NULL,
    };
    return bw_flow_create(&options, bw_app_now(app), &app->flow, err);
}

static void
stop_flow(struct bw_app *app)
{
    bw_flow_destroy(app->flow);
}

static enum bw_status
start_sound(struct bw_app *app, struct bw_error *err)
{
    (void)err; /* without a loudspeaker the kiosk goes on silently */
    bw_loudspeaker_init(&app->loudspeaker, app->options->mute);
    return BW_OK;
}

static void
stop_sound(struct bw_app *app)
{
    bw_speech_hush(&app->speech);
    bw_loudspeaker_finish(&app->loudspeaker);
}

static enum bw_status
start_desk(struct bw_app *app, struct bw_error *err)
{
    struct bw_desk_thread_options options = {
        .store_path = app->options->store_path,
        .take_store = app->store,
        .session_code = app->options->session_code,
        .clock = app->options->clock,
        .wake = ring,
        .wake_context = app,
    };
    enum bw_status status = bw_desk_thread_create(&options, &app->desk, err);
    app->store = status == BW_OK ? NULL : app->store;
    return status == BW_OK ? bw_desk_thread_start(app->desk, err) : status;
}

static void
stop_desk(struct bw_app *app)
{
    bw_desk_thread_destroy(app->desk);
}

static enum bw_status
start_errand(struct bw_app *app, struct bw_error *err)
{
    struct bw_errand_options options = {
        .store_path = app->options->store_path,
        .stick_root = app->options->stick_root,
        .clock = &app->options->clock,
        .device = own_device,
        .wake = ring,
        .context = app,
    };
    return bw_errand_create(&options, &app->errand, err);
}

static void
stop_errand(struct bw_app *app)
{
    bw_errand_destroy(app->errand);
    bw_inside_finish(&app->inside);
}

static enum bw_status
start_printers(struct bw_app *app, struct bw_error *err)
{
    struct bw_printer_options labels = {.printer = app->options->label_printer,
        .size = bw_ui_label_size_name((enum bw_label_size)app->options->label_size),
        .wake = ring,
        .context = app};
    struct bw_printer_options lists = {.printer = app->options->list_printer,
        .size = BW_PRINT_LIST,
        .wake = ring,
        .context = app};
    enum bw_status status = BW_OK;
    if (labels.printer != NULL) {
        status = bw_printer_create(&labels, &app->printer, err);
    }
    if (status == BW_OK && lists.printer != NULL) {
        status = bw_printer_create(&lists, &app->list_printer, err);
    }
    return status;
}

static void
stop_printers(struct bw_app *app)
{
    bw_printer_destroy(app->printer);
    bw_printer_destroy(app->list_printer);
}

static enum bw_status
start_camera(struct bw_app *app, struct bw_error *err)
{
    struct bw_camera_options options = {.spec = app->options->camera,
        .prefer = app->options->chosen_camera,
        .wake = ring_camera,
        .wake_context = app};
    enum bw_status status = bw_camera_create(&options, &app->camera, err);
    return status == BW_OK ? bw_camera_start(app->camera, err) : status;
}

static void
stop_camera(struct bw_app *app)
{
    bw_camera_destroy(app->camera);
}

struct part {
    enum bw_status (*start)(struct bw_app *app, struct bw_error *err);
    void (*stop)(struct bw_app *app);
};

static const struct part parts[] = {
    {start_trace, stop_trace},
    {start_heartbeat, stop_heartbeat},
    {start_ui, stop_ui},
    {start_flow, stop_flow},
    {start_sound, stop_sound},
    {start_desk, stop_desk},
    {start_errand, stop_errand},
    {start_printers, stop_printers},
    {start_camera, stop_camera},
};
enum { PARTS = sizeof parts / sizeof *parts };

enum bw_exit
bw_app_main(const struct bw_app_options *options)
{
    struct bw_error error = {0};
    enum bw_status status = BW_OK;
    struct bw_app *app = calloc(1, sizeof *app);
    if (app == NULL) {
        bw_log(BW_JOURNAL_ERROR, "starting: out of memory");
        bw_store_close(options->take_store);
        return BW_EXIT_FAILED;
    }
    app->options = options;
    app->store = options->take_store;
    app->ui_thread = pthread_self();
    app->view = app->views;
    app->painted[0] = app->painted[1] = app->views;
    app->ui_again_ms = app->input.repeat_ms = INT64_MAX;
    app->running = app->dirty = app->warming = true;
    int started = 0;
    while (started < PARTS && status == BW_OK) {
        status = parts[started++].start(app, &error);
    }
    if (status != BW_OK) { /* nobody at the door reads a journal */
        bw_log(BW_JOURNAL_ERROR, "%s", error.text);
        bw_ui_tell(error.text);
    }
    while (status == BW_OK && app->running && asked_to_end == 0) {
        bw_app_turn(app);
    }
    if (status == BW_OK) {
        bw_log(BW_JOURNAL_INFO, "%s.",
            asked_to_end != 0 ? bw_said("it was told to end")
                              : bw_said("its window was closed"));
    }
    while (started > 0) {
        parts[--started].stop(app);
    }
    bw_store_close(app->store);
    free(app);
    return status == BW_OK ? BW_EXIT_DONE : BW_EXIT_FAILED;
}
