/* What the workers left in their mailboxes becomes stimuli. UI thread only. */
#include "mail.h"

#include "step.h"

#include "app/options/log.h"

#include <brugwachter/said.h>
#include <string.h>

enum { POWER_EVERY_MS = 30000, NEWS_A_TURN = 32 };

static void
take_sighting(struct bw_app *app, const struct bw_sighting *sighting)
{
    static const enum bw_guide guides[] = {
        [BW_SIGHTING_NOTHING] = BW_GUIDE_READY,
        [BW_SIGHTING_SMALL] = BW_GUIDE_CLOSER,
        [BW_SIGHTING_BLURRED] = BW_GUIDE_READING,
        [BW_SIGHTING_TEXT] = BW_GUIDE_READY,
    };
    static const enum bw_guide hints[] = {
        [BW_TROUBLE_NONE] = BW_GUIDE_READING,
        [BW_TROUBLE_SOFT] = BW_GUIDE_AWAY,
        [BW_TROUBLE_MOVING] = BW_GUIDE_READING,
        [BW_TROUBLE_DARK] = BW_GUIDE_LIGHT,
        [BW_TROUBLE_CUT] = BW_GUIDE_WHOLE,
    };
    struct bw_stimulus stimulus = {.kind = BW_STIMULUS_SIGHTING};
    stimulus.guide = sighting->kind == BW_SIGHTING_BLURRED ? hints[sighting->trouble]
                                                           : guides[sighting->kind];
    if (sighting->kind == BW_SIGHTING_TEXT || sighting->refused) {
        stimulus.kind = BW_STIMULUS_SCAN; /* of a refused one the text stayed behind */
        memcpy(stimulus.text, sighting->text, sizeof sighting->text);
    }
    if (sighting->kind != BW_SIGHTING_NOTHING) {
        bw_viewfinder_wake(&app->viewfinder, bw_app_now(app).mono_ms);
    }
    bool dirty = app->dirty;
    bw_app_step(app, &stimulus);
    if (stimulus.kind == BW_STIMULUS_SIGHTING) {
        app->dirty = dirty; /* what the guide says comes with the next picture */
    }
}

/* For the journal: why it is gone, fell, or leaves a picture out. Never what was read. */
static void
log_camera(const struct bw_camera_message *message)
{
    bw_log(BW_JOURNAL_WARNING, "camera: %s", bw_said(message->text));
}

/* No camera found where none was named is no error. */
static bool
is_missed(const struct bw_app *app)
{
    const char *named = app->options->camera;
    return app->view->camera_present || (named != NULL && strcmp(named, "none") != 0);
}

static void
take_camera(struct bw_app *app)
{
    struct bw_camera_message message;
    for (int i = 0; i < NEWS_A_TURN && bw_camera_pop(app->camera, &message); i++) {
        struct bw_stimulus stimulus = {.kind = BW_STIMULUS_CAMERA};
        switch (message.kind) {
        case BW_CAMERA_SIGHTING:
            bw_trace_read(&app->trace, &message);
            take_sighting(app, &message.sighting);
            break;
        case BW_CAMERA_GONE:
            if (is_missed(app)) {
                log_camera(&message);
            }
            bw_app_step(app, &stimulus);
            break;
        case BW_CAMERA_PRESENT:
            stimulus.present = true;
            stimulus.camera = message.camera;
            (void)snprintf(stimulus.text, sizeof stimulus.text, "%s", message.text);
            bw_app_step(app, &stimulus);
            break;
        case BW_CAMERA_RESTARTED:
        case BW_CAMERA_POISON:
        case BW_CAMERA_SKIPPED:
            log_camera(&message);
            break;
        }
    }
}

/* The newest picture, to draw, and now and then to see whether somebody moves. */
static void
take_frame(struct bw_app *app)
{
    bool moves = false;
    int64_t now_ms = bw_app_now(app).mono_ms;
    bool quiet = bw_viewfinder_is_quiet(&app->viewfinder, now_ms);
    bw_viewfinder_bell_set(&app->bell, quiet);
    if (!bw_viewfinder_copy(&app->viewfinder, app->camera, now_ms, &moves)) {
        return;
    }
    app->dirty = true;
    if (moves) {
        struct bw_stimulus stimulus = {.kind = BW_STIMULUS_MOTION};
        bw_loudspeaker_wake(&app->loudspeaker, now_ms);
        bw_app_step(app, &stimulus);
    }
}

/* A fault that goes on is told once. */
static void
report(struct bw_app *app, const char *sentence)
{
    if (strcmp(app->reported, sentence) != 0) {
        (void)snprintf(app->reported, sizeof app->reported, "%s", sentence);
        if (sentence[0] != '\0') {
            bw_log(BW_JOURNAL_ERROR, "%s", sentence);
        }
    }
}

static void
take_desk(struct bw_app *app)
{
    struct bw_desk_news news;
    while (bw_desk_thread_pop(app->desk, &news)) {
        struct bw_stimulus stimulus = {.kind = BW_STIMULUS_STORE};
        switch (news.kind) {
        case BW_NEWS_ANSWER:
            bw_trace_answer(&app->trace, &news);
            stimulus.kind = BW_STIMULUS_ANSWER;
            stimulus.answer = &news.answer;
            break;
        case BW_NEWS_OPENED:
            stimulus.store = BW_STORE_OPENED;
            stimulus.rehearsal = news.rehearsal;
            report(app, news.error.text);
            break;
        case BW_NEWS_NONE:
            stimulus.store = BW_STORE_NONE;
            break;
        case BW_NEWS_FAILED:
            stimulus.store = BW_STORE_FAILED;
            stimulus.error = news.error;
            report(app, news.error.text);
            break;
        }
        bw_app_step(app, &stimulus);
        if (news.kind == BW_NEWS_ANSWER) {
            bw_answer_finish(&news.answer);
        }
    }
}

static void
take_errand(struct bw_app *app)
{
    struct bw_stimulus stimulus = {.kind = BW_STIMULUS_HELPER};
    char said[BW_ERROR_TEXT_BYTES];
    if (bw_errand_pop(app->errand, &stimulus.helper, &stimulus.outcome, said)) {
        if (said[0] != '\0') {
            bw_log(BW_JOURNAL_WARNING, "%s", said);
        }
        bw_app_step(app, &stimulus);
    }
}

static void
take_inside(struct bw_app *app)
{
    if (app->inside_helper != BW_HELPER_NONE) {
        struct bw_stimulus stimulus = {.kind = BW_STIMULUS_HELPER,
            .helper = app->inside_helper,
            .outcome = app->inside_outcome};
        app->inside_helper = BW_HELPER_NONE;
        bw_app_step(app, &stimulus);
    }
}

static void
take_printer(struct bw_app *app)
{
    struct bw_stimulus stimulus = {.kind = BW_STIMULUS_HELPER,
        .helper = BW_HELPER_LABEL,
        .outcome = BW_OUTCOME_FAILED};
    bool ended = bw_printer_pop(app->printer, &stimulus.outcome);
    if (ended || app->label_left_out) {
        app->label_left_out = false;
        bw_app_step(app, &stimulus);
    }
    if (bw_printer_pop(app->list_printer, &stimulus.outcome)) {
        stimulus.helper = BW_HELPER_LIST;
        bw_app_step(app, &stimulus);
    }
}

static void
look_at_power(struct bw_app *app)
{
    int64_t now_ms = bw_app_now(app).mono_ms;
    if (now_ms < app->power_ms) {
        return;
    }
    app->power_ms = now_ms + POWER_EVERY_MS;
    int percent = -1;
    SDL_PowerState state = SDL_GetPowerInfo(NULL, &percent);
    struct bw_stimulus stimulus = {.kind = BW_STIMULUS_POWER};
    stimulus.present = state != SDL_POWERSTATE_ON_BATTERY;
    stimulus.index = percent;
    bw_app_step(app, &stimulus);
}

/* Answered like the rest, a turn later. What is refused again meanwhile, and the rest of
 * these, wait for the next. */
static void
take_refused(struct bw_app *app)
{
    const struct bw_refused *refused = &app->refused;
    int answered = 0, last = refused->count;
    while (answered < refused->count && refused->count <= last) {
        struct bw_answer answer;
        bw_answer_init(&answer, BW_ANSWER_ERROR);
        answer.command = refused->commands[answered].kind;
        answer.request_no = refused->commands[answered++].request_no;
        struct bw_stimulus stimulus = {.kind = BW_STIMULUS_ANSWER, .answer = &answer};
        bw_app_step(app, &stimulus);
        bw_answer_finish(&answer);
    }
    bw_refused_drop(&app->refused, answered);
    if (refused->errand != BW_HELPER_NONE) {
        struct bw_stimulus stimulus = {.kind = BW_STIMULUS_HELPER,
            .helper = refused->errand,
            .outcome = BW_OUTCOME_FAILED};
        app->refused.errand = BW_HELPER_NONE;
        bw_app_step(app, &stimulus);
    }
}

void
bw_mail_deliver(struct bw_app *app)
{
    take_desk(app);
    take_refused(app);
    take_frame(app);
    take_camera(app);
    take_errand(app);
    take_inside(app);
    take_printer(app);
    look_at_power(app);
}
