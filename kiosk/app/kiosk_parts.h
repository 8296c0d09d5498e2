/* The running kiosk's parts, shared by kiosk.c, input.c and effects.c. UI thread only. */
#ifndef BW_APP_KIOSK_PARTS_H
#define BW_APP_KIOSK_PARTS_H

#include "desk_thread.h"
#include "errand.h"
#include "kiosk.h"
#include "motion.h"
#include "speech.h"
#include "wedge.h"

#include <SDL.h>
#include <flow/flow.h>
#include <scan/sandbox/camera.h>
#include <stdio.h>
#include <string.h>
#include <ui/sound.h>
#include <ui/ui.h>

enum { KIOSK_REFUSED_MAX = 64 };

/* A ticket's way, for the trace: microseconds of CLOCK_MONOTONIC. */
struct kiosk_stations {
    int64_t since_us; /* its picture was first before the camera */
    int64_t begun_us, read_us, heard_us;
    int64_t desk_us, committed_us, answered_us;
    int64_t drawing_us;
};

struct kiosk {
    const struct bw_kiosk_options *options;
    struct bw_flow *flow;
    struct bw_ui *ui;
    struct bw_ui_speaker *speaker; /* NULL: silent */
    enum bw_sound sound;           /* to be played once the picture stands */
    int64_t hush_ms; /* monotonic: then the speaker rests; INT64_MAX: it does */
    struct bw_speech speech;
    struct bw_camera *camera;
    struct bw_store *store; /* until the desk's thread has it */
    struct bw_desk_thread *desk;
    struct bw_errand *errand;
    FILE *trace;
    uint32_t wake_event;
    bool running;
    bool dirty;     /* something may look different */
    bool warming;   /* pictures for screens to come are still to be made */
    bool has_frame; /* `frame` is newer than what was drawn */
    struct bw_camera_frame frame;
    int64_t frame_ms;  /* when it came */
    int64_t motion_ms; /* when last looked for */
    struct bw_motion motion;
    struct bw_wedge wedge;
    int64_t heard_ms; /* time spent listening: the wedge's clock, so that a slow picture
                         makes no scanner look slow */
    bool repeats;     /* the last key went down because it is held */
    bool pressed;
    SDL_Point press_px;
    bool held;         /* the press has acted already, by repeating */
    int64_t repeat_ms; /* monotonic; INT64_MAX: what is pressed doesn't repeat */
    struct bw_ui_hit press;
    int64_t ui_again_ms; /* monotonic; INT64_MAX: not by itself */
    struct bw_view view;
    char traced[200];          /* last line of the trace */
    uint32_t traced_places;    /* a number for where its targets were */
    long draws, drawn, frames; /* for its end */
    struct kiosk_stations stations;
    char reported[BW_ERROR_TEXT_BYTES]; /* the last fault of the store that was told */
    int64_t power_ms;
    int64_t tick_ms;
    struct bw_effects effects;
    struct {
        enum bw_command_kind kind;
        uint32_t request_no;
    } refused[KIOSK_REFUSED_MAX]; /* commands that the desk's queue had no room for */
    int refused_count;
    enum bw_helper errand_failed; /* it could not even be started */
};

struct bw_now kiosk_now(const struct kiosk *kiosk);

/* One stimulus through the flow, and its effects carried out. */
void kiosk_step(struct kiosk *kiosk, const struct bw_stimulus *stimulus);
void kiosk_act(struct kiosk *kiosk, enum bw_action action, int index);
/* Somebody is here: the loudspeaker is open before the first sound. */
void kiosk_wake_speaker(struct kiosk *kiosk);

/* mail.c: what the workers left. */
void kiosk_take_mail(struct kiosk *kiosk);

/* input.c: one SDL event becomes a stimulus (or nothing). */
void kiosk_input(struct kiosk *kiosk, const SDL_Event *event);
/* "Wis" goes on while a finger stays on it. */
void kiosk_repeat(struct kiosk *kiosk);
/* What the wedge held back, once it's clear that a person typed it. */
void kiosk_flush_typed(struct kiosk *kiosk, bool all);

/* effects.c */
void kiosk_carry_out(struct kiosk *kiosk, const struct bw_effects *effects);

/* trace.c: what stands on screen, for tests and the demo; no names. */
void kiosk_trace(
    struct kiosk *kiosk, const struct bw_view *view, const struct bw_ui_drawn *drawn);
int64_t kiosk_clock_us(void);
void kiosk_trace_read(struct kiosk *kiosk, const struct bw_camera_message *message);
void kiosk_trace_answer(struct kiosk *kiosk, const struct bw_desk_news *news);
void kiosk_trace_end(struct kiosk *kiosk);

#endif
