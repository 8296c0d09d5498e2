/* The scanner's process: see room.h. One thread, after start no files.
 *
 *   start -> open source -> lock in -> READY -> loop -> end
 *                |             |                 |
 *              FAILED        FAILED        GONE, RENEW, control pipe closed, killed
 *
 * - R1: nothing from outside is decoded before the lock is on.
 * - R2: the pulse says "busy with this picture" before it is decoded, 0 after it was
 *   read.
 * - R3: if the kiosk dies, the control pipe ends and so does the room; if the room also
 *   hangs, its own alarm ends it. */
#include "room.h"

#include "scan/camera/frames.h"
#include "lock.h"
#include "mailbox.h"
#include "record.h"
#include "room_start.h"

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

_Static_assert(sizeof(struct bw_record) <= PIPE_BUF, "a record must be written whole");

enum {
    ALARM_S = 5,        /* over what the kiosk's watch allows a frame on a busy machine */
    START_ALARM_S = 12, /* folders on slow sticks, cameras that think first */
    PROCESSOR_LIMIT_S = 3600,
    PROCESSOR_RENEW_S = 3000, /* asks for another room while nothing is in view … */
    PROCESSOR_MUST_S = 3400,  /* … or in any case */
    WAIT_LONGEST_MS = 500,    /* so that the alarm never rings for idleness */
};
static const uint64_t memory_limit_bytes = 1536ull * 1024 * 1024;

struct room {
    struct bw_room_start start;
    const struct bw_room_reader *reader;
    struct bw_scanner *scanner;
    struct bw_frames *frames;
    struct bw_mailbox mailbox;
    uint64_t seq;
    bool paused;
    bool ended;
    struct bw_record record; /* the one being sent: too large for comfort on a stack */
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
 * can. A read text is said again with the next frame, as long as the ticket is held
 * there. */
static void
send(struct room *room, enum bw_record_kind kind, const char *text)
{
    room->record.kind = (uint32_t)kind;
    room->record.seq = room->seq;
    (void)snprintf(room->record.text, sizeof room->record.text, "%s", text);
    ssize_t sent = write(BW_ROOM_FD_RECORDS, &room->record, sizeof room->record);
    if (sent < 0 && errno == EPIPE) {
        room->ended = true;
    }
}

/* zbar converts texts by iconv, which would load its tables at the first code, when files
 * can't be opened any more. Held for the life of the room: glibc keeps what is in use. */
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
make_scanner(struct room *room, struct bw_error *err)
{
    struct bw_scanner_options options = {
        .budget_us = room->start.budget_us, .enrolment = room->start.enrolment};
    struct bw_scanner *scanner = NULL;
    enum bw_status status = room->reader->create(&options, &scanner, err);
    if (status == BW_OK) {
        room->reader->destroy(room->scanner);
        room->scanner = scanner;
    }
    return status;
}

static enum bw_status
move_in(struct room *room, struct bw_error *err)
{
    static const struct bw_lock_limits limits = {
        .memory_bytes = memory_limit_bytes, .processor_s = PROCESSOR_LIMIT_S};
    struct bw_frames_options options = {.first_picture = room->start.first_picture};
    room->seq = room->start.first_seq;
    enum bw_status status = bw_mailbox_attach(&room->mailbox, BW_ROOM_FD_MAILBOX, err);
    if (status == BW_OK) {
        status = bw_frames_open(room->start.spec, &options, &room->frames, err);
    }
    if (status == BW_OK) {
        keep_charsets();
        tzset();
        status = make_scanner(room, err);
    }
    return status == BW_OK ? bw_lock_in(&limits, err) : status;
}

/* One byte a command. */
static void
obey(struct room *room)
{
    char command;
    ssize_t got = read(BW_ROOM_FD_CONTROL, &command, 1);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
        room->ended = true;
        return;
    }
    if (got < 0) {
        return;
    }
    switch (command) {
    case BW_ROOM_PAUSE:
    case BW_ROOM_GO_ON:
        room->paused = command == BW_ROOM_PAUSE;
        bw_frames_pause(room->frames, room->paused);
        break;
    case BW_ROOM_LONG_TEXTS:
    case BW_ROOM_SHORT_TEXTS:
        room->start.enrolment = command == BW_ROOM_LONG_TEXTS;
        if (make_scanner(room, NULL) != BW_OK) {
            send(room, BW_RECORD_GONE, "The scanner has no memory left");
            room->ended = true;
        }
        break;
    default:
        room->ended = true; /* the kiosk speaks another language: not our kiosk */
    }
}

static void
wait_for_something(struct room *room)
{
    uint64_t due_ms = room->paused ? UINT64_MAX : bw_frames_due_ms(room->frames);
    uint64_t at_ms = now_ms();
    uint64_t wait_ms = due_ms <= at_ms ? 0 : due_ms - at_ms;
    int limited_ms = wait_ms > WAIT_LONGEST_MS ? WAIT_LONGEST_MS : (int)wait_ms;
    struct pollfd waits[2] = {
        {.fd = BW_ROOM_FD_CONTROL, .events = POLLIN},
        {.fd = bw_frames_fd(room->frames), .events = POLLIN}, /* -1 is passed over */
    };
    (void)alarm(ALARM_S);
    if (poll(waits, 2, limited_ms) > 0 && waits[0].revents != 0) {
        obey(room);
    }
}

static bool
is_poison(const struct room *room, uint64_t fingerprint)
{
    for (int i = 0; i < room->start.poison_count; i++) {
        if (room->start.poison[i] == fingerprint) {
            return true;
        }
    }
    return false;
}

/* The picture is on the screen before it is read: showing must not wait for reading. */
static void
show_and_read(struct room *room, struct bw_frame *frame)
{
    struct bw_error err;
    enum bw_status status = bw_frames_load(room->frames, frame, &err);
    if (status != BW_OK) {
        send(room, BW_RECORD_SKIPPED, err.text);
        bw_frames_drop(room->frames);
        return;
    }
    struct bw_mailbox_stamp stamp = {.seq = room->seq, .taken_ms = frame->taken_ms};
    (void)bw_mailbox_put(&room->mailbox, &frame->yuy2, &stamp);
    send(room, BW_RECORD_PICTURE, "");
    memset(&room->record.sighting, 0, sizeof room->record.sighting);
    room->record.since_ms = frame->since_ms;
    room->record.begun_us = read_clock_us(CLOCK_MONOTONIC);
    status =
        room->reader->read(room->scanner, &frame->luma, &room->record.sighting, &err);
    if (status != BW_OK) {
        memset(&room->record.sighting, 0, sizeof room->record.sighting);
    }
    room->record.read_us = read_clock_us(CLOCK_MONOTONIC);
    send(room, BW_RECORD_FRAME, "");
    room->seq++;
}

static void
take_frame(struct room *room)
{
    struct bw_frame frame;
    struct bw_error err = {0};
    switch (bw_frames_next(room->frames, now_ms(), &frame, &err)) {
    case BW_FRAMES_WAIT:
        return;
    case BW_FRAMES_GONE:
        send(room, BW_RECORD_GONE, err.text);
        room->ended = true;
        return;
    case BW_FRAMES_READY:
        break;
    }
    if (is_poison(room, frame.fingerprint)) {
        bw_frames_drop(room->frames);
        return;
    }
    room->record.picture = frame.picture;
    struct bw_mailbox_pulse pulse = {.busy_since_ms = now_ms(),
        .processor_ms = read_clock_us(CLOCK_PROCESS_CPUTIME_ID) / 1000,
        .fingerprint = frame.fingerprint,
        .picture = frame.picture};
    bw_mailbox_beat(&room->mailbox, &pulse);
    show_and_read(room, &frame);
    pulse.busy_since_ms = 0;
    bw_mailbox_beat(&room->mailbox, &pulse);
}

/* A process may use so much of the processor and then ends: ask for a fresh one before.
 */
static void
renew_in_time(struct room *room)
{
    struct rusage used;
    if (room->seq % 64 != 0 || getrusage(RUSAGE_SELF, &used) != 0) {
        return;
    }
    long used_s = (long)used.ru_utime.tv_sec + (long)used.ru_stime.tv_sec;
    bool nothing = room->record.sighting.kind == BW_SIGHTING_NOTHING;
    if (used_s >= PROCESSOR_MUST_S || (used_s >= PROCESSOR_RENEW_S && nothing)) {
        send(room, BW_RECORD_RENEW, "");
        room->ended = true;
    }
}

bool
bw_room_wanted(int argc, char **argv)
{
    return argc >= 2 && strcmp(argv[1], BW_ROOM_ARGUMENT) == 0;
}

int
bw_room_main_with(int argc, char **argv, const struct bw_room_reader *reader)
{
    static struct room room; /* zeroed, and larger than a stack frame should be */
    room.reader = reader;
    struct bw_error err = {0};
    if (!bw_room_start_parse(argc, argv, &room.start)) {
        (void)fprintf(
            stderr, "%s: %s is started by the kiosk itself\n", argv[0], BW_ROOM_ARGUMENT);
        return BW_EXIT_USAGE;
    }
    (void)alarm(START_ALARM_S);
    enum bw_status status = move_in(&room, &err);
    if (status != BW_OK) {
        bool nowhere = status == BW_NOT_FOUND || status == BW_BUSY;
        send(&room, nowhere ? BW_RECORD_GONE : BW_RECORD_FAILED, err.text);
        _exit(BW_EXIT_FAILED);
    }
    send(&room, BW_RECORD_READY, room.frames == NULL ? "" : room.frames->name);
    while (!room.ended) {
        wait_for_something(&room);
        if (!room.paused && !room.ended) {
            take_frame(&room);
            renew_in_time(&room);
        }
    }
    /* No unwinding: what is open may need calls that the lock refuses. */
    _exit(BW_EXIT_DONE);
}

int
bw_room_main(int argc, char **argv)
{
    static const struct bw_room_reader scanner = {
        .create = bw_scanner_create,
        .destroy = bw_scanner_destroy,
        .read = bw_scanner_read,
    };
    return bw_room_main_with(argc, argv, &scanner);
}
