/* What the flow wants done. UI thread only. */
#include "kiosk_parts.h"

#include <stdio.h>

/* The desk's queue is full: answered with an error in the next turn (mail.c). */
static void
post(struct kiosk *kiosk, const struct bw_command *command)
{
    if (bw_desk_thread_post(kiosk->desk, command)) {
        return;
    }
    (void)fprintf(stderr,
        "brugwachter-kiosk: Asking the kiosk's file failed: it is too busy. Wait a "
        "moment.\n");
    if (kiosk->refused_count < KIOSK_REFUSED_MAX) {
        kiosk->refused[kiosk->refused_count].kind = command->kind;
        kiosk->refused[kiosk->refused_count++].request_no = command->request_no;
    }
}

static void
run_errand(struct kiosk *kiosk, const struct bw_effect *effect)
{
    struct bw_error error = {0};
    const char *enrolment = effect->helper == BW_HELPER_ENROL ? effect->text : NULL;
    if (bw_errand_start(kiosk->errand, effect->helper, enrolment, &error) != BW_OK) {
        (void)fprintf(stderr, "brugwachter-kiosk: %s\n", error.text);
        kiosk->errand_failed = effect->helper;
    }
}

/* Through the loudspeaker, so without name and school. */
static void
speak(struct kiosk *kiosk, bool focus)
{
    char text[4096];
    bw_flow_view(kiosk->flow, kiosk_now(kiosk), &kiosk->view);
    if (focus) {
        (void)bw_ui_read_focus(kiosk->ui, &kiosk->view, false, text, sizeof text);
    } else {
        (void)bw_ui_read_aloud(kiosk->ui, &kiosk->view, false, text, sizeof text);
    }
    bw_speech_say(&kiosk->speech, kiosk->view.language, text);
}

static void
carry_out(struct kiosk *kiosk, const struct bw_effect *effect)
{
    switch (effect->kind) {
    case BW_EFFECT_DESK:
        post(kiosk, &effect->command);
        break;
    case BW_EFFECT_SOUND:
        kiosk->sound = effect->sound;
        break;
    case BW_EFFECT_VOLUME:
        kiosk->speech.quieter = 100 - effect->volume;
        if (kiosk->speaker != NULL) {
            bw_ui_speaker_set_volume(kiosk->speaker, effect->volume);
        }
        break;
    case BW_EFFECT_HELPER:
        run_errand(kiosk, effect);
        break;
    case BW_EFFECT_CAMERA:
        bw_camera_set_paused(kiosk->camera, !effect->on);
        bw_camera_set_enrolment(kiosk->camera, effect->enrolment);
        break;
    case BW_EFFECT_NEXT_CAMERA:
        bw_camera_next(kiosk->camera);
        break;
    case BW_EFFECT_REOPEN:
        bw_desk_thread_reopen(kiosk->desk);
        break;
    case BW_EFFECT_REHEARSE:
        bw_desk_thread_rehearse(kiosk->desk, effect->on);
        break;
    case BW_EFFECT_SPEAK:
        speak(kiosk, false);
        break;
    case BW_EFFECT_SPEAK_FOCUS:
        speak(kiosk, true);
        break;
    case BW_EFFECT_HUSH:
        bw_speech_hush(&kiosk->speech);
        break;
    case BW_EFFECT_QUIT:
        kiosk->running = false;
        break;
    }
}

void
kiosk_carry_out(struct kiosk *kiosk, const struct bw_effects *effects)
{
    for (int i = 0; i < effects->count; i++) {
        carry_out(kiosk, &effects->items[i]);
    }
}
