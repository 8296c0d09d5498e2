/* The scanner's process: see sandbox.h. One thread, after start no files.
 *
 *   start -> open source -> lock in -> READY -> loop -> end
 *                |             |                 |
 *              FAILED        FAILED        GONE, RENEW, control pipe closed, killed
 *
 * - SB1: nothing from outside is decoded before the lock is on.
 * - SB2: the pulse says "busy with this picture" before it is decoded, 0 after
 *   it was read.
 * - SB3: if the kiosk dies, the control pipe ends and so does the sandbox; if the sandbox
 *   also hangs, its own alarm ends it. */
#include "sandbox.h"

#include "scan/camera/frames.h"
#include "lock.h"
#include "mailbox.h"
#include "record.h"
#include "sandbox_start.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

_Static_assert(
    sizeof(struct bw_scan_record) <= PIPE_BUF, "a record must be written whole");

enum {
    ALARM_S = 5,        /* over what the kiosk's watch allows a frame on a busy machine */
    START_ALARM_S = 12, /* folders on slow sticks, cameras that think first */
    PROCESSOR_LIMIT_S = 3600,
    PROCESSOR_RENEW_S = 3000, /* asks for another sandbox while nothing is in view … */
    PROCESSOR_MUST_S = 3400,  /* … or in any case */
    WAIT_LONGEST_MS = 500,    /* so that the alarm never rings for idleness */
};
static const uint64_t memory_limit_bytes = 1536ull * 1024 * 1024;

struct sandbox {
    struct bw_sandbox_start start;
    const struct bw_sandbox_reader *reader;
    struct bw_scanner *scanner;
    struct bw_frames *frames;
    struct bw_mailbox mailbox;
    uint64_t seq;
    bool locked; /* the lock is on */
    bool paused;
    bool ended;
    /* the one being sent: too large for comfort on a stack */
    struct bw_scan_record record;
};

static uint64_t
read_clock_us(clockid_t clock)
{
    struct timespec now;
    (void)clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static uint64_t
now_ms(void)
{
    return read_clock_us(CLOCK_MONOTONIC) / 1000;
}

/* A full pipe means that the kiosk stands still: what can't be said now is old when it
 * can. A read text is said again with the next frame,
 * as long as the ticket is held there. */
static void
send(struct sandbox *sandbox, enum bw_scan_record_kind kind, const char *text)
{
    sandbox->record.kind = (uint32_t)kind;
    sandbox->record.seq = sandbox->seq;
    (void)snprintf(sandbox->record.text, sizeof sandbox->record.text, "%s", text);
    ssize_t sent = write(BW_SANDBOX_FD_RECORDS, &sandbox->record, sizeof sandbox->record);
    if (sent < 0 && errno == EPIPE) {
        sandbox->ended = true;
    }
}

/* zbar converts texts by iconv, which would load its tables at the first code, when files
 * can't be opened any more. Held for the life of the sandbox:
 * glibc keeps what is in use. */
static void
keep_charsets(void)
{
    static const char *const used_by_zbar[] = {"ISO8859-1", "SJIS", "UTF-8", "CP437"};
    static iconv_t kept[sizeof used_by_zbar / sizeof used_by_zbar[0]];
    for (size_t i = 0; i < sizeof used_by_zbar / sizeof used_by_zbar[0]; i++) {
        kept[i] = iconv_open("UTF-8", used_by_zbar[i]);
    }
    (void)kept;
}

static enum bw_status
make_scanner(struct sandbox *sandbox, struct bw_error *err)
{
    struct bw_scanner_options options = {
        .budget_us = sandbox->start.budget_us, .enrolment = sandbox->start.enrolment};
    struct bw_scanner *scanner = NULL;
    enum bw_status status = sandbox->reader->create(&options, &scanner, err);
    if (status == BW_OK) {
        sandbox->reader->destroy(sandbox->scanner);
        sandbox->scanner = scanner;
    }
    return status;
}

static enum bw_status
move_in(struct sandbox *sandbox, struct bw_error *err)
{
    static const struct bw_lock_limits limits = {
        .memory_bytes = memory_limit_bytes, .processor_s = PROCESSOR_LIMIT_S};
    struct bw_frames_options options = {.first_picture = sandbox->start.first_picture};
    sandbox->seq = sandbox->start.first_seq;
    enum bw_status status =
        bw_mailbox_attach(&sandbox->mailbox, BW_SANDBOX_FD_MAILBOX, err);
    if (status == BW_OK) {
        status = bw_frames_open(sandbox->start.spec, &options, &sandbox->frames, err);
    }
    if (status == BW_OK) {
        keep_charsets();
        tzset();
        status = make_scanner(sandbox, err);
    }
    status = status == BW_OK ? bw_lock_in(&limits, err) : status;
    sandbox->locked = status == BW_OK;
    return status;
}

/* One byte a command. */
static void
obey(struct sandbox *sandbox)
{
    char command;
    ssize_t got = read(BW_SANDBOX_FD_CONTROL, &command, 1);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
        sandbox->ended = true;
        return;
    }
    if (got < 0) {
        return;
    }
    switch (command) {
    case BW_SANDBOX_PAUSE:
    case BW_SANDBOX_GO_ON:
        sandbox->paused = command == BW_SANDBOX_PAUSE;
        bw_frames_pause(sandbox->frames, sandbox->paused);
        break;
    case BW_SANDBOX_LONG_TEXTS:
    case BW_SANDBOX_SHORT_TEXTS:
        sandbox->start.enrolment = command == BW_SANDBOX_LONG_TEXTS;
        if (make_scanner(sandbox, NULL) != BW_OK) {
            send(sandbox, BW_RECORD_GONE, "The scanner has no memory left");
            sandbox->ended = true;
        }
        break;
    default:
        sandbox->ended = true; /* the kiosk speaks another language: not our kiosk */
    }
}

static void
wait_for_something(struct sandbox *sandbox)
{
    uint64_t due_ms = sandbox->paused ? UINT64_MAX : bw_frames_due_ms(sandbox->frames);
    uint64_t at_ms = now_ms();
    uint64_t wait_ms = due_ms <= at_ms ? 0 : due_ms - at_ms;
    int limited_ms = wait_ms > WAIT_LONGEST_MS ? WAIT_LONGEST_MS : (int)wait_ms;
    struct pollfd waits[2] = {
        {.fd = BW_SANDBOX_FD_CONTROL, .events = POLLIN},
        {.fd = bw_frames_fd(sandbox->frames), .events = POLLIN}, /* -1 is passed over */
    };
    (void)alarm(ALARM_S);
    if (poll(waits, 2, limited_ms) > 0 && waits[0].revents != 0) {
        obey(sandbox);
    }
}

static bool
is_poison(const struct sandbox *sandbox, uint64_t fingerprint)
{
    for (int i = 0; i < sandbox->start.poison_count; i++) {
        if (sandbox->start.poison[i] == fingerprint) {
            return true;
        }
    }
    return false;
}

/* The picture is on the screen before it is read: showing must not wait for reading. */
static void
show_and_read(struct sandbox *sandbox, struct bw_frame *frame)
{
    struct bw_error err;
    enum bw_status status = bw_frames_load(sandbox->frames, frame, &err);
    if (status != BW_OK) {
        send(sandbox, BW_RECORD_SKIPPED, err.text);
        bw_frames_drop(sandbox->frames);
        return;
    }
    struct bw_mailbox_stamp stamp = {.seq = sandbox->seq, .taken_ms = frame->taken_ms};
    (void)bw_mailbox_put(&sandbox->mailbox, &frame->yuy2, &stamp);
    send(sandbox, BW_RECORD_PICTURE, "");
    memset(&sandbox->record.sighting, 0, sizeof sandbox->record.sighting);
    sandbox->record.since_ms = frame->since_ms;
    sandbox->record.begun_us = read_clock_us(CLOCK_MONOTONIC);
    status = sandbox->reader->read(
        sandbox->scanner, &frame->luma, &sandbox->record.sighting, &err);
    if (status != BW_OK) {
        memset(&sandbox->record.sighting, 0, sizeof sandbox->record.sighting);
    }
    sandbox->record.read_us = read_clock_us(CLOCK_MONOTONIC);
    send(sandbox, BW_RECORD_FRAME, "");
    sandbox->seq++;
}

static void
take_frame(struct sandbox *sandbox)
{
    struct bw_frame frame;
    struct bw_error err = {0};
    assert(sandbox->locked); /* SB1 */
    switch (bw_frames_next(sandbox->frames, now_ms(), &frame, &err)) {
    case BW_FRAMES_WAIT:
        return;
    case BW_FRAMES_GONE:
        send(sandbox, BW_RECORD_GONE, err.text);
        sandbox->ended = true;
        return;
    case BW_FRAMES_READY:
        break;
    }
    if (is_poison(sandbox, frame.fingerprint)) {
        bw_frames_drop(sandbox->frames);
        return;
    }
    sandbox->record.picture = frame.picture;
    struct bw_mailbox_pulse pulse = {.busy_since_ms = now_ms(),
        .processor_ms = read_clock_us(CLOCK_PROCESS_CPUTIME_ID) / 1000,
        .fingerprint = frame.fingerprint,
        .picture = frame.picture};
    bw_mailbox_beat(&sandbox->mailbox, &pulse);
    show_and_read(sandbox, &frame);
    pulse.busy_since_ms = 0;
    bw_mailbox_beat(&sandbox->mailbox, &pulse);
}

/* A process may use so much of the processor and then ends:
 * ask for a fresh one before. */
static void
renew_in_time(struct sandbox *sandbox)
{
    struct rusage used;
    if (sandbox->seq % 64 != 0 || getrusage(RUSAGE_SELF, &used) != 0) {
        return;
    }
    long used_s = (long)used.ru_utime.tv_sec + (long)used.ru_stime.tv_sec;
    bool nothing = sandbox->record.sighting.kind == BW_SIGHTING_NOTHING;
    if (used_s >= PROCESSOR_MUST_S || (used_s >= PROCESSOR_RENEW_S && nothing)) {
        send(sandbox, BW_RECORD_RENEW, "");
        sandbox->ended = true;
    }
}

int
bw_sandbox_main_with(int argc, char **argv, const struct bw_sandbox_reader *reader)
{
    static struct sandbox sandbox; /* zeroed, and larger than a stack frame should be */
    sandbox.reader = reader;
    struct bw_error err = {0};
    if (!bw_sandbox_start_parse(argc, argv, &sandbox.start)) {
        (void)fprintf(stderr, "%s: %s is started by the kiosk itself\n", argv[0],
            BW_SANDBOX_ARGUMENT);
        return BW_EXIT_USAGE;
    }
    (void)alarm(START_ALARM_S);
    enum bw_status status = move_in(&sandbox, &err);
    if (status != BW_OK) {
        bool nowhere = status == BW_NOT_FOUND || status == BW_BUSY;
        send(&sandbox, nowhere ? BW_RECORD_GONE : BW_RECORD_FAILED, err.text);
        _exit(BW_EXIT_FAILED);
    }
    send(&sandbox, BW_RECORD_READY, sandbox.frames == NULL ? "" : sandbox.frames->name);
    while (!sandbox.ended) {
        wait_for_something(&sandbox);
        if (!sandbox.paused && !sandbox.ended) {
            take_frame(&sandbox);
            renew_in_time(&sandbox);
        }
    }
    /* No unwinding: what is open may need calls that the lock refuses. */
    _exit(BW_EXIT_DONE);
}

int
bw_sandbox_main(int argc, char **argv)
{
    static const struct bw_sandbox_reader scanner = {
        .create = bw_scanner_create,
        .destroy = bw_scanner_destroy,
        .read = bw_scanner_read,
    };
    return bw_sandbox_main_with(argc, argv, &scanner);
}
