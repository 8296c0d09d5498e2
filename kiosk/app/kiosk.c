/* The kiosk in its window: see kiosk.h.
 *
 *   scan's process --texts, pictures--> [camera] --wake--.
 *   desk thread -----answers, store---> [desk] ----wake--+-> UI thread:
 *   errand's thread ---outcome--------> [errand] --wake--'   input -> flow -> effects
 *                                                                     |
 *                                                                     view -> window
 *
 * Workers only post and ring; every decision is made by the flow, here, on the UI thread.
 * Parts are started down the table below, and stopped up it. */
#include "kiosk_parts.h"

#include <brugwachter/store.h>
#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum {
    FRAME_DUE_MS = 70, /* a camera's next frame comes within */
    /* a signal to end ends a wait too, unless it comes between looking and waiting */
    WAIT_LONGEST_MS = 10000,
    SPEAKER_REST_MS = 30000,
};

static volatile sig_atomic_t asked_to_end;

static void
on_signal(int number)
{
    (void)number;
    asked_to_end = 1;
}

struct bw_now
kiosk_now(const struct kiosk *kiosk)
{
    const struct bw_clock *clock = &kiosk->options->clock;
    return (struct bw_now){
        .mono_ms = clock->mono_ms(clock), .wall_ms = clock->wall_ms(clock)};
}

void
kiosk_step(struct kiosk *kiosk, const struct bw_stimulus *stimulus)
{
    struct bw_effects *effects = &kiosk->effects;
    bw_flow_step(kiosk->flow, stimulus, kiosk_now(kiosk), effects);
    kiosk->dirty = true;
    kiosk_carry_out(kiosk, effects);
}

void
kiosk_act(struct kiosk *kiosk, enum bw_action action, int index)
{
    struct bw_stimulus stimulus = {.kind = BW_STIMULUS_ACTION,
        .action = action,
        .index = index,
        .reads = bw_speech_reads(&kiosk->speech)};
    kiosk_step(kiosk, &stimulus);
}

/* Any thread: the bell of the mailboxes. SDL copies the event; a full queue already
 * rings. */
static void
ring(void *context)
{
    const struct kiosk *kiosk = context;
    SDL_Event event = {.type = kiosk->wake_event};
    (void)SDL_PushEvent(&event);
}

static uint32_t
own_device(void *context)
{
    const struct kiosk *kiosk = context;
    return kiosk->view.overview.device;
}

/* ---- the loop ---- */

static void
draw(struct kiosk *kiosk)
{
    struct bw_ui_camera_frame picture = {
        .bytes = kiosk->frame.picture.bytes,
        .width_px = kiosk->frame.picture.width_px,
        .height_px = kiosk->frame.picture.height_px,
        .stride_bytes = kiosk->frame.picture.stride_bytes,
    };
    struct bw_ui_drawn drawn = {0};
    struct bw_now now = kiosk_now(kiosk);
    kiosk->stations.drawing_us = kiosk_clock_us();
    bw_flow_view(kiosk->flow, now, &kiosk->view);
    bw_ui_draw(kiosk->ui, &kiosk->view, kiosk->has_frame ? &picture : NULL, &drawn);
    kiosk->has_frame = kiosk->dirty = false;
    kiosk->ui_again_ms = drawn.again_ms > 0 ? now.mono_ms + drawn.again_ms : INT64_MAX;
    /* while pictures come, the guide breathes with the next of them */
    if (kiosk->view.screen == BW_SCREEN_IDLE &&
        kiosk->ui_again_ms < kiosk->frame_ms + FRAME_DUE_MS) {
        kiosk->ui_again_ms = kiosk->frame_ms + FRAME_DUE_MS;
    }
    kiosk_trace(kiosk, &kiosk->view, &drawn);
}

static int
wait_ms(const struct kiosk *kiosk)
{
    struct bw_now now = kiosk_now(kiosk);
    int64_t next = bw_flow_next_ms(kiosk->flow, now);
    next = kiosk->ui_again_ms < next ? kiosk->ui_again_ms : next;
    next = kiosk->hush_ms < next ? kiosk->hush_ms : next;
    next = kiosk->repeat_ms < next ? kiosk->repeat_ms : next;
    int64_t left = kiosk->warming ? 0 : next - now.mono_ms;
    int64_t wedge = bw_wedge_next_ms(&kiosk->wedge);
    if (wedge != INT64_MAX && wedge - kiosk->heard_ms < left) {
        left = wedge - kiosk->heard_ms;
    }
    return left <= 0 ? 0 : left > WAIT_LONGEST_MS ? WAIT_LONGEST_MS : (int)left;
}

static void
listen(struct kiosk *kiosk)
{
    SDL_Event event;
    int64_t before_ms = kiosk_now(kiosk).mono_ms;
    bool some = SDL_WaitEventTimeout(&event, kiosk->dirty ? 0 : wait_ms(kiosk)) != 0;
    kiosk->heard_ms += kiosk_now(kiosk).mono_ms - before_ms;
    while (some) {
        if (event.type == SDL_MOUSEBUTTONDOWN || event.type == SDL_KEYDOWN) {
            kiosk_wake_speaker(kiosk);
        }
        if (event.type != kiosk->wake_event) {
            kiosk_input(kiosk, &event);
        }
        some = SDL_PollEvent(&event) != 0;
    }
}

/* A loudspeaker that can't be opened is tried once a visit: it may take its time. */
void
kiosk_wake_speaker(struct kiosk *kiosk)
{
    if (kiosk->hush_ms == INT64_MAX) {
        bw_ui_speaker_wake(kiosk->speaker);
    }
    kiosk->hush_ms = kiosk_now(kiosk).mono_ms + SPEAKER_REST_MS;
}

/* After the picture: opening the loudspeaker may take longer than drawing. */
static void
play(struct kiosk *kiosk)
{
    int64_t now_ms = kiosk_now(kiosk).mono_ms;
    if (kiosk->sound != BW_SOUND_NONE) {
        if (kiosk->speaker != NULL) {
            bw_ui_speaker_play(kiosk->speaker, kiosk->sound);
        }
        kiosk->hush_ms = now_ms + SPEAKER_REST_MS;
    } else if (now_ms >= kiosk->hush_ms) {
        bw_ui_speaker_rest(kiosk->speaker);
        (void)malloc_trim(0); /* what the last visitors' pictures left */
        kiosk->hush_ms = INT64_MAX;
    }
    kiosk->sound = BW_SOUND_NONE;
}

static void
turn(struct kiosk *kiosk)
{
    listen(kiosk);
    kiosk_take_mail(kiosk);
    kiosk_flush_typed(kiosk, false);
    kiosk_repeat(kiosk);
    struct bw_now now = kiosk_now(kiosk);
    if (now.mono_ms >= kiosk->ui_again_ms) {
        kiosk->dirty = true;
    }
    if (now.mono_ms >= kiosk->tick_ms) {
        struct bw_stimulus tick = {.kind = BW_STIMULUS_TICK};
        kiosk_step(kiosk, &tick);
    }
    if (kiosk->dirty) {
        draw(kiosk);
    } else {
        kiosk->warming = bw_ui_warm(kiosk->ui);
    }
    play(kiosk);
    kiosk->tick_ms = bw_flow_next_ms(kiosk->flow, kiosk_now(kiosk));
    kiosk->running = kiosk->running && asked_to_end == 0;
}

/* ---- parts, in the order in which they start ---- */

static enum bw_status
start_trace(struct kiosk *kiosk, struct bw_error *err)
{
    const char *path = kiosk->options->trace_path;
    if (path != NULL && (kiosk->trace = fopen(path, "we")) == NULL) {
        return bw_error_set(
            err, BW_IO, errno, "opening the trace %s: %s", path, strerror(errno));
    }
    return BW_OK;
}

static void
stop_trace(struct kiosk *kiosk)
{
    kiosk_trace_end(kiosk);
}

static enum bw_status
start_ui(struct kiosk *kiosk, struct bw_error *err)
{
    const struct bw_kiosk_options *from = kiosk->options;
    struct bw_ui_options options = {
        .fullscreen = from->width_px == 0,
        .width_px = from->width_px,
        .height_px = from->height_px,
        .width_mm = from->width_mm,
        .camera_at = (enum bw_ui_edge)from->camera_at,
    };
    /* the touch that gives the window the keyboard is a touch too */
    (void)SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
    enum bw_status status = bw_ui_create(&options, &kiosk->ui, err);
    if (status == BW_OK) {
        kiosk->wake_event = SDL_RegisterEvents(1);
        SDL_StartTextInput();
        struct sigaction action = {.sa_handler = on_signal};
        (void)sigaction(SIGTERM, &action, NULL);
        (void)sigaction(SIGINT, &action, NULL);
        (void)signal(SIGPIPE, SIG_IGN);
    }
    return status;
}

static void
stop_ui(struct kiosk *kiosk)
{
    bw_ui_destroy(kiosk->ui);
}

static enum bw_status
start_flow(struct kiosk *kiosk, struct bw_error *err)
{
    const struct bw_kiosk_options *from = kiosk->options;
    struct bw_flow_options options = {
        .language = from->language,
        .staff_timeout_s = from->staff_timeout_s,
        .staff_rows = bw_ui_list_rows(kiosk->ui),
        .evacuation_rows = bw_ui_evacuation_rows(kiosk->ui),
        .camera_wanted = from->camera == NULL || strcmp(from->camera, "none") != 0,
        .camera_choice = from->camera == NULL,
        .less_motion = from->less_motion,
        .no_counter = from->no_counter,
        .names_by_staff = from->names_by_staff,
        .larger = from->larger,
    };
    return bw_flow_create(&options, kiosk_now(kiosk), &kiosk->flow, err);
}

static void
stop_flow(struct kiosk *kiosk)
{
    bw_flow_destroy(kiosk->flow);
}

static enum bw_status
start_sound(struct kiosk *kiosk, struct bw_error *err)
{
    (void)err; /* without a loudspeaker the kiosk goes on silently */
    kiosk->speaker = kiosk->options->mute ? NULL : bw_ui_speaker_create();
    return BW_OK;
}

static void
stop_sound(struct kiosk *kiosk)
{
    bw_speech_hush(&kiosk->speech);
    bw_ui_speaker_destroy(kiosk->speaker);
}

static enum bw_status
start_desk(struct kiosk *kiosk, struct bw_error *err)
{
    struct bw_desk_thread_options options = {
        .store_path = kiosk->options->store_path,
        .take_store = kiosk->store,
        .session_code = kiosk->options->session_code,
        .clock = kiosk->options->clock,
        .wake = ring,
        .wake_context = kiosk,
    };
    enum bw_status status = bw_desk_thread_create(&options, &kiosk->desk, err);
    kiosk->store = status == BW_OK ? NULL : kiosk->store;
    return status == BW_OK ? bw_desk_thread_start(kiosk->desk, err) : status;
}

static void
stop_desk(struct kiosk *kiosk)
{
    bw_desk_thread_destroy(kiosk->desk);
}

static enum bw_status
start_errand(struct kiosk *kiosk, struct bw_error *err)
{
    struct bw_errand_options options = {
        .store_path = kiosk->options->store_path,
        .stick_root = kiosk->options->stick_root,
        .clock = &kiosk->options->clock,
        .device = own_device,
        .wake = ring,
        .context = kiosk,
    };
    return bw_errand_create(&options, &kiosk->errand, err);
}

static void
stop_errand(struct kiosk *kiosk)
{
    bw_errand_destroy(kiosk->errand);
}

static enum bw_status
start_camera(struct kiosk *kiosk, struct bw_error *err)
{
    struct bw_camera_options options = {.spec = kiosk->options->camera,
        .prefer = kiosk->options->chosen_camera,
        .wake = ring,
        .wake_context = kiosk};
    enum bw_status status = bw_camera_create(&options, &kiosk->camera, err);
    return status == BW_OK ? bw_camera_start(kiosk->camera, err) : status;
}

static void
stop_camera(struct kiosk *kiosk)
{
    bw_camera_destroy(kiosk->camera);
}

struct part {
    enum bw_status (*start)(struct kiosk *kiosk, struct bw_error *err);
    void (*stop)(struct kiosk *kiosk);
};

static const struct part parts[] = {
    {start_trace, stop_trace},
    {start_ui, stop_ui},
    {start_flow, stop_flow},
    {start_sound, stop_sound},
    {start_desk, stop_desk},
    {start_errand, stop_errand},
    {start_camera, stop_camera},
};
enum { PARTS = sizeof parts / sizeof *parts };

enum bw_exit
bw_kiosk_main(const struct bw_kiosk_options *options)
{
    struct bw_error error = {0};
    enum bw_status status = BW_OK;
    struct kiosk *kiosk = calloc(1, sizeof *kiosk);
    if (kiosk == NULL) {
        (void)fprintf(stderr, "brugwachter-kiosk: starting: out of memory\n");
        bw_store_close(options->take_store);
        return BW_EXIT_FAILED;
    }
    kiosk->options = options;
    kiosk->store = options->take_store;
    kiosk->ui_again_ms = kiosk->repeat_ms = INT64_MAX;
    kiosk->running = kiosk->dirty = kiosk->warming = true;
    int started = 0;
    while (started < PARTS && status == BW_OK) {
        status = parts[started++].start(kiosk, &error);
    }
    if (status != BW_OK) {
        (void)fprintf(stderr, "brugwachter-kiosk: %s\n", error.text);
    }
    while (status == BW_OK && kiosk->running) {
        turn(kiosk);
    }
    while (started > 0) {
        parts[--started].stop(kiosk);
    }
    bw_store_close(kiosk->store);
    free(kiosk);
    return status == BW_OK ? BW_EXIT_DONE : BW_EXIT_FAILED;
}
