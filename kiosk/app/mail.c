/* What the workers left in their mailboxes becomes stimuli. UI thread only. */
#include "kiosk_parts.h"

#include <string.h>

enum { MOTION_EVERY_MS = 200, POWER_EVERY_MS = 30000, NEWS_A_TURN = 32 };

static void
take_sighting(struct kiosk *kiosk, const struct bw_sighting *sighting)
{
    static const enum bw_guide guides[] = {
        [BW_SIGHTING_NOTHING] = BW_GUIDE_READY,
        [BW_SIGHTING_SMALL] = BW_GUIDE_CLOSER,
        [BW_SIGHTING_BLURRED] = BW_GUIDE_READING,
        [BW_SIGHTING_TEXT] = BW_GUIDE_READY,
    };
    struct bw_stimulus stimulus = {.kind = BW_STIMULUS_SIGHTING};
    stimulus.guide = guides[sighting->kind];
    if (sighting->kind == BW_SIGHTING_TEXT || sighting->refused) {
        stimulus.kind = BW_STIMULUS_SCAN; /* of a refused one the text stayed behind */
        memcpy(stimulus.text, sighting->text, sizeof sighting->text);
    }
    bool dirty = kiosk->dirty;
    kiosk_step(kiosk, &stimulus);
    if (stimulus.kind == BW_STIMULUS_SIGHTING) {
        kiosk->dirty = dirty; /* what the guide says comes with the next picture */
    }
}

/* For the journal: why it is gone, fell, or leaves a picture out. Never what was read. */
static void
log_camera(const struct bw_camera_message *message)
{
    (void)fprintf(stderr, "brugwachter-kiosk: camera: %s\n", message->text);
}

/* No camera found where none was named is no error. */
static bool
is_missed(const struct kiosk *kiosk)
{
    const char *named = kiosk->options->camera;
    return kiosk->view.camera_present || (named != NULL && strcmp(named, "none") != 0);
}

static void
take_camera(struct kiosk *kiosk)
{
    struct bw_camera_message message;
    for (int i = 0; i < NEWS_A_TURN && bw_camera_take(kiosk->camera, &message); i++) {
        struct bw_stimulus stimulus = {.kind = BW_STIMULUS_CAMERA};
        switch (message.kind) {
        case BW_CAMERA_SIGHTING:
            kiosk_trace_read(kiosk, &message);
            take_sighting(kiosk, &message.sighting);
            break;
        case BW_CAMERA_GONE:
            if (is_missed(kiosk)) {
                log_camera(&message);
            }
            kiosk_step(kiosk, &stimulus);
            break;
        case BW_CAMERA_PRESENT:
            stimulus.present = true;
            stimulus.camera = message.camera;
            (void)snprintf(stimulus.text, sizeof stimulus.text, "%s", message.text);
            kiosk_step(kiosk, &stimulus);
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
take_frame(struct kiosk *kiosk)
{
    if (!bw_camera_frame(kiosk->camera, &kiosk->frame)) {
        return;
    }
    kiosk->has_frame = kiosk->dirty = true;
    kiosk->frames++;
    int64_t now_ms = kiosk_now(kiosk).mono_ms;
    kiosk->frame_ms = now_ms;
    if (now_ms - kiosk->motion_ms >= MOTION_EVERY_MS) {
        kiosk->motion_ms = now_ms;
        if (bw_motion_see(&kiosk->motion, &kiosk->frame.picture)) {
            struct bw_stimulus stimulus = {.kind = BW_STIMULUS_MOTION};
            kiosk_wake_speaker(kiosk);
            kiosk_step(kiosk, &stimulus);
        }
    }
}

/* A fault that goes on is told once. */
static void
report(struct kiosk *kiosk, const char *sentence)
{
    if (strcmp(kiosk->reported, sentence) != 0) {
        (void)snprintf(kiosk->reported, sizeof kiosk->reported, "%s", sentence);
        if (sentence[0] != '\0') {
            (void)fprintf(stderr, "brugwachter-kiosk: %s\n", sentence);
        }
    }
}

static void
take_desk(struct kiosk *kiosk)
{
    struct bw_desk_news news;
    while (bw_desk_thread_take(kiosk->desk, &news)) {
        struct bw_stimulus stimulus = {.kind = BW_STIMULUS_STORE};
        switch (news.kind) {
        case BW_NEWS_ANSWER:
            kiosk_trace_answer(kiosk, &news);
            stimulus.kind = BW_STIMULUS_ANSWER;
            stimulus.answer = &news.answer;
            break;
        case BW_NEWS_OPENED:
            stimulus.store = BW_STORE_OPENED;
            stimulus.rehearsal = news.rehearsal;
            report(kiosk, news.error.text);
            break;
        case BW_NEWS_NONE:
            stimulus.store = BW_STORE_NONE;
            break;
        case BW_NEWS_FAILED:
            stimulus.store = BW_STORE_FAILED;
            stimulus.error = news.error;
            report(kiosk, news.error.text);
            break;
        }
        kiosk_step(kiosk, &stimulus);
        if (news.kind == BW_NEWS_ANSWER) {
            bw_answer_finish(&news.answer);
        }
    }
}

static void
take_errand(struct kiosk *kiosk)
{
    struct bw_stimulus stimulus = {.kind = BW_STIMULUS_HELPER};
    char said[BW_ERROR_TEXT_BYTES];
    if (bw_errand_take(kiosk->errand, &stimulus.helper, &stimulus.outcome, said)) {
        if (said[0] != '\0') {
            (void)fprintf(stderr, "%s", said);
        }
        kiosk_step(kiosk, &stimulus);
    }
}

static void
look_at_power(struct kiosk *kiosk)
{
    int64_t now_ms = kiosk_now(kiosk).mono_ms;
    if (now_ms < kiosk->power_ms) {
        return;
    }
    kiosk->power_ms = now_ms + POWER_EVERY_MS;
    int percent = -1;
    SDL_PowerState state = SDL_GetPowerInfo(NULL, &percent);
    struct bw_stimulus stimulus = {.kind = BW_STIMULUS_POWER};
    stimulus.present = state != SDL_POWERSTATE_ON_BATTERY;
    stimulus.index = percent;
    kiosk_step(kiosk, &stimulus);
}

/* What could not even be asked is answered like the rest, a turn later, so that nobody
 * waits for ever. */
static void
take_refused(struct kiosk *kiosk)
{
    for (int i = 0; i < kiosk->refused_count; i++) {
        struct bw_answer answer;
        bw_answer_init(&answer, BW_ANSWER_ERROR);
        answer.command = kiosk->refused[i].kind;
        answer.request_no = kiosk->refused[i].request_no;
        struct bw_stimulus stimulus = {.kind = BW_STIMULUS_ANSWER, .answer = &answer};
        int last = kiosk->refused_count;
        kiosk_step(kiosk, &stimulus);
        bw_answer_finish(&answer);
        if (kiosk->refused_count > last) {
            break; /* refused again: the rest in the next turn */
        }
        kiosk->refused[i].request_no = 0;
    }
    int kept = 0;
    for (int i = 0; i < kiosk->refused_count; i++) {
        if (kiosk->refused[i].request_no != 0) {
            kiosk->refused[kept++] = kiosk->refused[i];
        }
    }
    kiosk->refused_count = kept;
    if (kiosk->errand_failed != BW_HELPER_NONE) {
        struct bw_stimulus stimulus = {.kind = BW_STIMULUS_HELPER,
            .helper = kiosk->errand_failed,
            .outcome = BW_OUTCOME_FAILED};
        kiosk->errand_failed = BW_HELPER_NONE;
        kiosk_step(kiosk, &stimulus);
    }
}

void
kiosk_take_mail(struct kiosk *kiosk)
{
    take_desk(kiosk);
    take_refused(kiosk);
    take_frame(kiosk);
    take_camera(kiosk);
    take_errand(kiosk);
    look_at_power(kiosk);
}
