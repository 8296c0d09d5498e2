/* What happens to the sandbox, and what is told of it:
 * see camera_state.h for the states. */
#include "camera_watch.h"

#include "camera_look.h"

#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/wait.h>

enum {
    RECORDS_A_ROUND = 64,  /* a sandbox that floods doesn't keep us from the watchdog */
    WORKED_LIMIT_MS = 350, /* of the 500 ms of a frame, on the processor */
    STUCK_LIMIT_MS = 3000, /* for a frame, whatever the sandbox did meanwhile */
    LOOK_AT_PULSE_MS = 50, /* while a frame is in work */
    SILENT_LIMIT_MS =
        8000,      /* over the 5 s after which a sandbox gives up a dumb camera */
    FALLS_MAX = 6, /* within … */
    FALLS_WITHIN_MS = 10000,
};

/* The same picture twice is no accident: it is left out from now on, and said. */
static void
blame_picture(struct bw_camera *camera, const struct bw_mailbox_pulse *pulse)
{
    camera->start.first_picture = pulse->picture;
    camera->start.first_seq++; /* its last picture may be on the screen */
    if (pulse->busy_since_ms == 0) {
        return;
    }
    if (pulse->fingerprint != camera->suspect) {
        camera->suspect = pulse->fingerprint;
        return;
    }
    int at = camera->start.poison_count < BW_SANDBOX_POISON_MAX
                 ? camera->start.poison_count++
                 : (int)(pulse->fingerprint % BW_SANDBOX_POISON_MAX);
    camera->start.poison[at] = pulse->fingerprint;
    camera->suspect = 0;
    bw_camera_tell(camera, BW_CAMERA_POISON,
        "Picture %" PRIu32 " (%016" PRIx64 ") stopped the scanner twice: %.80s",
        pulse->picture + 1, pulse->fingerprint, camera->stopped_by);
}

/* Ends the sandbox, and starts the next at once, unless it falls again and again. */
static void
start_again(struct bw_camera *camera, uint64_t now_ms, const char *why)
{
    struct bw_mailbox_pulse pulse = bw_mailbox_pulse(camera->live);
    bw_child_kill(&camera->child, NULL);
    (void)snprintf(camera->stopped_by, sizeof camera->stopped_by, "%s", why);
    blame_picture(camera, &pulse);
    if (now_ms - camera->falls_since_ms > FALLS_WITHIN_MS) {
        camera->falls_since_ms = now_ms;
        camera->falls = 0;
    }
    if (++camera->falls > FALLS_MAX) {
        camera->falls = 0;
        char text[200];
        (void)snprintf(text, sizeof text,
            "The scanner doesn't stay up (%.100s); it is tried again", why);
        bw_camera_tell_gone(camera, now_ms, text);
        return;
    }
    bw_camera_start_sandbox(camera, now_ms);
}

static void
on_ready(struct bw_camera *camera, const struct bw_scan_record *record)
{
    camera->state = BW_CAMERA_RUNNING;
    camera->failures = 0;
    camera->skipped[0] = '\0';
    camera->prefer = camera->prefer == 0 ? camera->present : camera->prefer;
    (void)snprintf(
        camera->present_name, sizeof camera->present_name, "%.63s", record->text);
    if (camera->renewing && !camera->said_gone) {
        camera->renewing = false; /* planned, and nobody saw anything of it */
        return;
    }
    camera->renewing = false;
    if (camera->said_gone || camera->stopped_by[0] == '\0') {
        camera->said_gone = false;
        bw_camera_tell(camera, BW_CAMERA_PRESENT, "%s", camera->present_name);
    } else {
        bw_camera_tell(camera, BW_CAMERA_RESTARTED, "%s", camera->stopped_by);
    }
    camera->stopped_by[0] = '\0';
}

static void
on_frame(struct bw_camera *camera, const struct bw_scan_record *record)
{
    struct bw_camera_message message = {.kind = BW_CAMERA_SIGHTING,
        .seq = record->seq,
        .since_ms = record->since_ms,
        .begun_us = record->begun_us,
        .read_us = record->read_us,
        .sighting = record->sighting};
    bw_camera_queue_put(&camera->queue, &message);
    camera->news = true;
    camera->start.first_picture = record->picture;
    camera->start.first_seq = record->seq + 1;
}

/* Thirty broken pictures a second are one message. */
static void
on_skipped(struct bw_camera *camera, const struct bw_scan_record *record)
{
    if (strcmp(camera->skipped, record->text) != 0) {
        memcpy(camera->skipped, record->text, sizeof camera->skipped);
        bw_camera_tell(camera, BW_CAMERA_SKIPPED, "%s", record->text);
    }
}

static void
on_record(struct bw_camera *camera, uint64_t now_ms, struct bw_scan_record *record)
{
    if (!bw_scan_record_check(record, camera->start.enrolment)) {
        start_again(camera, now_ms, "it said what no scanner says");
        return;
    }
    camera->heard_ms = now_ms;
    switch ((enum bw_scan_record_kind)record->kind) {
    case BW_RECORD_READY:
        on_ready(camera, record);
        break;
    case BW_RECORD_PICTURE:
        camera->start.first_seq = record->seq + 1;
        camera->news = true;
        break;
    case BW_RECORD_FRAME:
        on_frame(camera, record);
        break;
    case BW_RECORD_SKIPPED:
        on_skipped(camera, record);
        break;
    case BW_RECORD_GONE:
    case BW_RECORD_FAILED:
        bw_camera_tell_gone(camera, now_ms, record->text);
        break;
    case BW_RECORD_RENEW:
        bw_child_kill(&camera->child, NULL);
        camera->renewing = true;
        bw_camera_start_sandbox(camera, now_ms);
        break;
    }
}

/* Killed first and asked then: whoever closed its pipe and runs on would keep us waiting.
 * One that is falling already keeps the status that it fell with. */
static void
on_end(struct bw_camera *camera, uint64_t now_ms)
{
    int how = 0;
    char why[100] = "it ended by itself";
    bw_child_kill(&camera->child, &how);
    if (WIFSIGNALED(how)) {
        const char *signal_name = sigdescr_np(WTERMSIG(how));
        (void)snprintf(why, sizeof why, "it fell (%s)",
            signal_name == NULL ? "unknown signal" : signal_name);
    }
    start_again(camera, now_ms, why);
}

static void
hear_sandbox(struct bw_camera *camera, uint64_t now_ms)
{
    for (int i = 0; i < RECORDS_A_ROUND && camera->child.pid != 0; i++) {
        struct bw_scan_record record;
        switch (bw_child_hear(&camera->child, &record)) {
        case BW_CHILD_RECORD:
            on_record(camera, now_ms, &record);
            break;
        case BW_CHILD_SILENT:
            return;
        case BW_CHILD_ENDED:
            on_end(camera, now_ms);
            return;
        }
    }
}

/* A frame takes too long when the clock says so and the sandbox really worked on it: on a
 * machine with too much to do, a picture isn't to blame for waiting its turn. Whoever
 * waits for something else than the processor is stopped all the same, a little later. */
static bool
takes_too_long(
    const struct bw_camera *camera, const struct bw_mailbox_pulse *pulse, uint64_t now_ms)
{
    if (pulse->busy_since_ms == 0 || now_ms <= pulse->busy_since_ms) {
        return false;
    }
    uint64_t passed_ms = now_ms - pulse->busy_since_ms;
    uint64_t used_ms = bw_child_processor_ms(&camera->child);
    uint64_t worked_ms =
        used_ms > pulse->processor_ms ? used_ms - pulse->processor_ms : 0;
    return passed_ms > STUCK_LIMIT_MS ||
           (passed_ms > BW_CAMERA_FRAME_LIMIT_MS && worked_ms > WORKED_LIMIT_MS);
}

static void
watch_pulse(struct bw_camera *camera, uint64_t now_ms)
{
    struct bw_mailbox_pulse pulse = bw_mailbox_pulse(camera->live);
    char why[100];
    if (camera->state == BW_CAMERA_STARTING && now_ms >= camera->start_limit_ms) {
        start_again(camera, now_ms, "it wasn't ready within 10 seconds");
    } else if (camera->state == BW_CAMERA_RUNNING &&
               takes_too_long(camera, &pulse, now_ms)) {
        (void)snprintf(
            why, sizeof why, "a frame took longer than %d ms", BW_CAMERA_FRAME_LIMIT_MS);
        start_again(camera, now_ms, why);
    } else if (camera->state == BW_CAMERA_RUNNING && !camera->paused &&
               now_ms > camera->heard_ms && now_ms - camera->heard_ms > SILENT_LIMIT_MS) {
        start_again(camera, now_ms, "it said nothing for 8 seconds");
    }
}

bool
bw_camera_watch(struct bw_camera *camera, uint64_t now_ms)
{
    struct bw_camera_look look;
    struct bw_camera_found found;
    eventfd_t nudged;
    (void)eventfd_read(camera->nudge, &nudged);
    bool looks = bw_camera_look_due(camera, now_ms, &look);
    bool there = looks && bw_camera_look_find(&look, &found);
    (void)pthread_mutex_lock(&camera->lock);
    camera->news = false;
    if (looks) {
        bw_camera_look_done(camera, now_ms, &look, there ? &found : NULL);
    }
    hear_sandbox(camera, now_ms);
    watch_pulse(camera, now_ms);
    bool news = camera->news;
    if (news) {
        (void)eventfd_write(camera->bell, 1);
    }
    (void)pthread_mutex_unlock(&camera->lock);
    return news;
}

/* How long nothing can be due. */
static int
longest_wait_ms(const struct bw_camera *camera, uint64_t now_ms)
{
    uint64_t due_ms = now_ms + BW_CAMERA_LOOK_AGAIN_MS;
    switch (camera->state) {
    case BW_CAMERA_LOOKING:
        due_ms = camera->look_at_ms;
        break;
    case BW_CAMERA_STARTING:
        due_ms = camera->start_limit_ms;
        break;
    case BW_CAMERA_RUNNING:
        due_ms = camera->paused ? due_ms : now_ms + LOOK_AT_PULSE_MS;
        break;
    case BW_CAMERA_OVER:
        return -1;
    }
    return due_ms <= now_ms ? 0 : (int)(due_ms - now_ms);
}

void
bw_camera_watch_wait(struct bw_camera *camera, uint64_t now_ms, int limit_ms)
{
    (void)pthread_mutex_lock(&camera->lock);
    int wait_ms = longest_wait_ms(camera, now_ms);
    struct pollfd waits[2] = {
        {.fd = camera->child.pid == 0 ? -1 : camera->child.records, .events = POLLIN},
        {.fd = camera->nudge, .events = POLLIN},
    };
    (void)pthread_mutex_unlock(&camera->lock);
    if (limit_ms >= 0 && (wait_ms < 0 || wait_ms > limit_ms)) {
        wait_ms = limit_ms;
    }
    (void)poll(waits, 2, wait_ms);
}
