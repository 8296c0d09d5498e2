/* One turn of the loop: see turn.h. */
#include "turn.h"

#include "first_picture.h"
#include "look.h"
#include "mail.h"
#include "step.h"

#include <malloc.h>

enum {
    /* a signal to end ends a wait too, unless it comes between looking and waiting */
    WAIT_LONGEST_MS = 10000,
};

static void
draw(struct bw_app *app)
{
    struct bw_ui_camera_frame picture = {
        .bytes = app->viewfinder.frame.picture.bytes,
        .width_px = app->viewfinder.frame.picture.width_px,
        .height_px = app->viewfinder.frame.picture.height_px,
        .stride_bytes = app->viewfinder.frame.picture.stride_bytes,
    };
    struct bw_ui_drawn drawn = {0};
    struct bw_now now = bw_app_now(app);
    bw_trace_drawing(&app->trace);
    bw_app_look(app);
    bw_app_first_picture_prepare(app);
    bw_ui_draw(app->ui, app->view, app->viewfinder.is_new ? &picture : NULL, &drawn);
    bw_app_look_painted(app);
    SDL_PumpEvents(); /* what came by now was for the picture before */
    app->input.painted_ms = SDL_GetTicks();
    app->viewfinder.is_new = app->dirty = false;
    app->ui_again_ms = drawn.again_ms > 0 ? now.mono_ms + drawn.again_ms : INT64_MAX;
    /* while pictures come, the guide breathes with the next of them */
    int64_t due_ms = bw_viewfinder_due_ms(&app->viewfinder);
    if (app->view->screen == BW_SCREEN_IDLE && app->ui_again_ms < due_ms) {
        app->ui_again_ms = due_ms;
    }
    bw_trace_shown(&app->trace, app->ui, app->view, &drawn);
}

static int
wait_ms(const struct bw_app *app)
{
    struct bw_now now = bw_app_now(app);
    int64_t next = bw_flow_next_ms(app->flow, now);
    next = app->ui_again_ms < next ? app->ui_again_ms : next;
    next = app->loudspeaker.rest_ms < next ? app->loudspeaker.rest_ms : next;
    next = app->heartbeat.due_ms < next ? app->heartbeat.due_ms : next;
    int64_t left = app->warming ? 0 : next - now.mono_ms;
    left = bw_input_wait_ms(&app->input, now.mono_ms, left);
    return left <= 0 ? 0 : left > WAIT_LONGEST_MS ? WAIT_LONGEST_MS : (int)left;
}

static void
listen(struct bw_app *app)
{
    SDL_Event event;
    int64_t before_ms = bw_app_now(app).mono_ms;
    bool some = SDL_WaitEventTimeout(&event, app->dirty ? 0 : wait_ms(app)) != 0;
    app->input.heard_ms += bw_app_now(app).mono_ms - before_ms;
    while (some) {
        if (event.type == SDL_MOUSEBUTTONDOWN || event.type == SDL_KEYDOWN) {
            bw_loudspeaker_wake(&app->loudspeaker, bw_app_now(app).mono_ms);
            bw_viewfinder_wake(&app->viewfinder, bw_app_now(app).mono_ms);
        }
        if (event.type != app->wake_event) {
            bw_input_take(app, &event);
        }
        some = SDL_PollEvent(&event) != 0;
    }
}

void
bw_app_turn(struct bw_app *app)
{
    listen(app);
    bw_mail_deliver(app);
    bw_input_flush_typed(app, false);
    bw_input_repeat(app);
    struct bw_now now = bw_app_now(app);
    if (now.mono_ms >= app->ui_again_ms) {
        app->dirty = true;
    }
    if (now.mono_ms >= app->tick_ms) {
        struct bw_stimulus tick = {.kind = BW_STIMULUS_TICK};
        bw_app_step(app, &tick);
    }
    if (app->dirty) {
        draw(app);
    } else {
        app->warming = bw_ui_warm(app->ui);
    }
    bw_heartbeat_beat(&app->heartbeat, bw_app_now(app).mono_ms);
    /* after the picture: opening the loudspeaker may take longer than drawing */
    if (bw_loudspeaker_play(&app->loudspeaker, bw_app_now(app).mono_ms)) {
        (void)malloc_trim(0); /* what the last visitors' pictures left */
    }
    app->tick_ms = bw_flow_next_ms(app->flow, bw_app_now(app));
}
