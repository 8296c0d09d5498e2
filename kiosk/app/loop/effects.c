/* What the flow wants done. UI thread only. */
#include "effects.h"

#include "look.h"

#include "app/options/log.h"

/* The desk's queue is full: answered with an error in the next turn (mail.c). */
static void
post(struct bw_app *app, const struct bw_command *command)
{
    if (bw_desk_thread_post(app->desk, command)) {
        return;
    }
    bw_log(BW_JOURNAL_WARNING,
        "Asking the kiosk's file failed: it is too busy. Wait a moment.");
    bw_refused_add(&app->refused, command);
}

static void
run_errand(struct bw_app *app, const struct bw_effect *effect)
{
    struct bw_error error = {0};
    const char *enrolment = effect->helper == BW_HELPER_ENROL ? effect->text : NULL;
    if (bw_errand_start(app->errand, effect->helper, enrolment, &error) != BW_OK) {
        bw_log(BW_JOURNAL_WARNING, "%s", error.text);
        app->refused.errand = effect->helper;
    }
}

/* Through the loudspeaker, so without name and school. */
static void
speak(struct bw_app *app, bool focus)
{
    char text[4096];
    bw_app_look(app);
    if (focus) {
        (void)bw_ui_read_focus(app->ui, app->view, false, text, sizeof text);
    } else {
        (void)bw_ui_read_aloud(app->ui, app->view, false, text, sizeof text);
    }
    bw_speech_say(&app->speech, bw_ui_language_code(app->ui, app->view->language), text);
}

/* What came of the last page is for the flow, a turn later; of one that is printed, once
 * the printer is done. */
static void
save_inside(struct bw_app *app, const struct bw_effect *effect)
{
    bw_app_look(app);
    enum bw_helper_outcome outcome = bw_inside_save(&app->inside,
        app->options->stick_root, &app->view->overview, effect, bw_app_now(app).wall_ms);
    if (!effect->on) {
        return;
    }
    bool prints = effect->helper == BW_HELPER_LIST && outcome == BW_OUTCOME_DONE &&
                  bw_printer_put(app->list_printer, app->inside.text);
    bw_inside_finish(&app->inside);
    if (!prints) {
        bool saved = effect->helper == BW_HELPER_INSIDE;
        app->dirty = true;
        app->inside_helper = effect->helper;
        app->inside_outcome = saved ? outcome : BW_OUTCOME_FAILED;
    }
}

static void
carry_out(struct bw_app *app, const struct bw_effect *effect)
{
    switch (effect->kind) {
    case BW_EFFECT_DESK:
        post(app, &effect->command);
        break;
    case BW_EFFECT_SOUND:
        app->loudspeaker.sound = effect->sound;
        break;
    case BW_EFFECT_VOLUME:
        app->speech.quieter = 100 - effect->volume;
        bw_loudspeaker_set_volume(&app->loudspeaker, effect->volume);
        break;
    case BW_EFFECT_HELPER:
        run_errand(app, effect);
        break;
    case BW_EFFECT_CAMERA:
        bw_camera_set_paused(app->camera, !effect->on);
        bw_camera_set_enrolment(app->camera, effect->enrolment);
        break;
    case BW_EFFECT_NEXT_CAMERA:
        bw_camera_next(app->camera);
        break;
    case BW_EFFECT_REOPEN:
        bw_desk_thread_reopen(app->desk);
        break;
    case BW_EFFECT_CLOSE:
        bw_desk_thread_close(app->desk);
        break;
    case BW_EFFECT_SAVE_INSIDE:
        save_inside(app, effect);
        break;
    case BW_EFFECT_LABEL:
        app->label_left_out =
            !bw_printer_put(app->printer, effect->text) || app->label_left_out;
        break;
    case BW_EFFECT_REHEARSE:
        bw_desk_thread_rehearse(app->desk, effect->on);
        break;
    case BW_EFFECT_SPEAK:
        speak(app, false);
        break;
    case BW_EFFECT_SPEAK_FOCUS:
        speak(app, true);
        break;
    case BW_EFFECT_HUSH:
        bw_speech_hush(&app->speech);
        break;
    case BW_EFFECT_QUIT:
        app->running = false;
        break;
    }
}

void
bw_app_carry_out(struct bw_app *app, const struct bw_effects *effects)
{
    for (int i = 0; i < effects->count; i++) {
        carry_out(app, &effects->items[i]);
    }
}
