/* The room and its watch, with a reader that misbehaves on demand.
 *
 * This program is its own room: started again with the room's argument, it reads frames with
 * the reader below, which does what the grey of the picture's middle tells it to. What
 * happened comes back as the text of a sighting. Time is given to bw_camera_step; the only
 * waiting is for the other process to speak. */
#include "fixture.h"
#include "scan/camera.h"
#include "scan/room.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum deed {
    READ_TEXT = 10,
    READ_NOTHING = 20,
    HANG = 30,
    CRASH = 40,
    OPEN_FILE = 50,
    OPEN_SOCKET = 60,
    START_PROGRAM = 70,
    MAP_CODE = 80,
    TAKE_MEMORY = 90,
    TELL_LIMITS = 100,
    LONG_TEXT = 110,
    DIRTY_TEXT = 120,
    FORK = 130,
    END = 140,
};

static void
say(struct bw_sighting *sighting, const char *text)
{
    sighting->kind = BW_SIGHTING_TEXT;
    (void)snprintf(sighting->text, sizeof sighting->text, "%s", text);
}

static void
say_errno(struct bw_sighting *sighting, long answer)
{
    say(sighting, answer >= 0 ? "it worked" : errno == EPERM ? "EPERM" : strerror(errno));
}

static void
hang(void)
{
    for (volatile int turning = 1; turning != 0;) {
    }
}

static void
tell_limits(struct bw_sighting *sighting)
{
    struct rlimit processor;
    bool limited = syscall(SYS_getrlimit, RLIMIT_CPU, &processor) != 0;
    /* getrlimit itself is refused: the limits can't even be looked at any more */
    say(sighting, limited ? "limits are out of reach" : "limits can be read");
}

static void
take_memory(struct bw_sighting *sighting)
{
    size_t took_mb = 0;
    while (took_mb < 4096
        && mmap(NULL, 64u << 20, PROT_READ | PROT_WRITE,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
            != MAP_FAILED) {
        took_mb += 64;
    }
    say(sighting, took_mb < 2048 ? "limited" : "unlimited");
}

static void
act(int deed, struct bw_sighting *sighting)
{
    static char *const argv[] = {(char *)"true", NULL};
    switch (deed) {
    case READ_TEXT:
        say(sighting, "BW1:TEXT");
        break;
    case HANG:
        hang();
        break;
    case CRASH:
        (void)signal(SIGSEGV, SIG_DFL);
        (void)syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), SIGSEGV);
        break;
    case OPEN_FILE:
        say_errno(sighting, open("/etc/passwd", O_RDONLY));
        break;
    case OPEN_SOCKET:
        say_errno(sighting, socket(AF_INET, SOCK_STREAM, 0));
        break;
    case START_PROGRAM:
        say_errno(sighting, execv("/bin/true", argv));
        break;
    case FORK:
        say_errno(sighting, syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
        break;
    case MAP_CODE:
        say_errno(sighting,
            (long)(intptr_t)mmap(NULL, 4096, PROT_READ | PROT_EXEC,
                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
        break;
    case TAKE_MEMORY:
        take_memory(sighting);
        break;
    case TELL_LIMITS:
        tell_limits(sighting);
        break;
    case LONG_TEXT:
        sighting->kind = BW_SIGHTING_TEXT;
        memset(sighting->text, 'A', 2000);
        break;
    case DIRTY_TEXT:
        say(sighting, "esc\033[2J");
        break;
    case END:
        _exit(0);
    default:
        break;
    }
}

static enum bw_status
puppet_create(const struct bw_scanner_options *options, struct bw_scanner **ret_scanner,
    struct bw_error *err)
{
    (void)options;
    (void)err;
    static char puppet;
    *ret_scanner = (struct bw_scanner *)(void *)&puppet;
    return BW_OK;
}

static void
puppet_destroy(struct bw_scanner *scanner)
{
    (void)scanner;
}

static enum bw_status
puppet_read(struct bw_scanner *scanner, const struct bw_luma *frame,
    struct bw_sighting *ret_sighting, struct bw_error *err)
{
    (void)scanner;
    (void)err;
    act(frame->pixels[360 * frame->stride_bytes + 640], ret_sighting);
    return BW_OK;
}

static const struct bw_room_reader puppet
    = {.create = puppet_create, .destroy = puppet_destroy, .read = puppet_read};

struct stage {
    struct folder folder;
    struct bw_camera *camera;
    struct bw_camera_message message; /* the last one taken */
    uint64_t late_ms;                 /* how far the camera's clock goes before ours */
};

static uint64_t
clock_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static int
set_stage(void **state)
{
    struct stage *stage = calloc(1, sizeof *stage);
    folder_make(&stage->folder);
    *state = stage;
    return 0;
}

static int
clear_stage(void **state)
{
    struct stage *stage = *state;
    bw_camera_destroy(stage->camera);
    folder_remove(&stage->folder);
    free(stage);
    return 0;
}

static void
script(struct stage *stage, const char *name, enum deed deed)
{
    pgm_write_flat(folder_file(&stage->folder, name), 1280, 720, (uint8_t)deed);
}

static void
start(struct stage *stage, const char *ending, bool enrolment)
{
    char spec[300];
    struct bw_error err = {0};
    (void)snprintf(spec, sizeof spec, "images:%s%s", stage->folder.path, ending);
    struct bw_camera_options options = {.spec = spec, .enrolment = enrolment};
    if (bw_camera_create(&options, &stage->camera, &err) != BW_OK
        || bw_camera_start(stage->camera, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
}

/* Goes on until a message of this kind comes; others are passed over, but a sighting without
 * a text only when sightings are not what is waited for. Gives up after ten seconds. */
static void
await(struct stage *stage, enum bw_camera_message_kind kind)
{
    uint64_t limit_ms = clock_ms() + 10000;
    while (clock_ms() < limit_ms) {
        while (bw_camera_take(stage->camera, &stage->message)) {
            if (stage->message.kind == kind) {
                return;
            }
        }
        bw_camera_step(stage->camera, clock_ms() + stage->late_ms, 20);
    }
    fail_msg("no message of kind %d within ten seconds; the last: %d %s", (int)kind,
        (int)stage->message.kind, stage->message.text);
}

static void
assert_says(struct stage *stage, const char *text)
{
    do {
        await(stage, BW_CAMERA_SIGHTING);
    } while (stage->message.sighting.kind != BW_SIGHTING_TEXT);
    assert_string_equal(stage->message.sighting.text, text);
}

static void
texts_come_out_with_pictures_before_them(void **state)
{
    struct stage *stage = *state;
    script(stage, "1.pgm", READ_TEXT);
    start(stage, "", false);
    await(stage, BW_CAMERA_PRESENT);
    assert_string_equal(stage->message.text, stage->folder.path);
    assert_says(stage, "BW1:TEXT");
    assert_true(stage->message.sighting.ticket);
    struct bw_camera_frame frame;
    assert_true(bw_camera_frame(stage->camera, &frame));
    assert_true(frame.seq >= stage->message.seq);
    assert_int_equal(frame.picture.width_px, 1280);
    assert_int_equal(frame.picture.height_px, 720);
    /* grey 10 in video range */
    assert_in_range(frame.picture.bytes[640 * 2 + 360 * frame.picture.stride_bytes], 24, 26);
}

static void
bell_rings_until_everything_is_taken(void **state)
{
    struct stage *stage = *state;
    script(stage, "1.pgm", READ_TEXT);
    start(stage, "", false);
    struct pollfd wait = {.fd = bw_camera_fd(stage->camera), .events = POLLIN};
    assert_int_equal(poll(&wait, 1, 0), 0);
    assert_says(stage, "BW1:TEXT");
    bw_camera_set_paused(stage->camera, true);
    for (int i = 0; i < 10; i++) {
        bw_camera_step(stage->camera, clock_ms(), 20);
    }
    struct bw_camera_frame frame;
    assert_int_equal(poll(&wait, 1, 0), 1);
    while (bw_camera_take(stage->camera, &stage->message)) {
    }
    (void)bw_camera_frame(stage->camera, &frame);
    assert_int_equal(poll(&wait, 1, 0), 0);
}

static void
files_sockets_and_executable_memory_are_refused_in_the_room(void **state)
{
    struct stage *stage = *state;
    script(stage, "1.pgm", OPEN_FILE);
    script(stage, "2.pgm", MAP_CODE);
    script(stage, "3.pgm", TELL_LIMITS);
    start(stage, "", false);
    assert_says(stage, "EPERM");
    assert_says(stage, "EPERM");
    assert_says(stage, "limits are out of reach");
}

static void
memory_is_limited_in_the_room(void **state)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    (void)state;
    skip(); /* their shadow memory needs terabytes of address space: see lock.h */
#else
    struct stage *stage = *state;
    script(stage, "1.pgm", TAKE_MEMORY);
    start(stage, "", false);
    assert_says(stage, "limited");
#endif
}

static void
assert_killed_for(struct stage *stage, enum deed deed)
{
    script(stage, "1.pgm", deed);
    script(stage, "2.pgm", READ_TEXT);
    start(stage, "", false);
    await(stage, BW_CAMERA_RESTARTED);
    assert_non_null(strstr(stage->message.text, "Bad system call"));
    assert_says(stage, "BW1:TEXT"); /* left out after the second time */
}

static void
opening_a_socket_kills_the_room(void **state)
{
    assert_killed_for(*state, OPEN_SOCKET);
}

static void
starting_a_program_kills_the_room(void **state)
{
    assert_killed_for(*state, START_PROGRAM);
}

static void
forking_kills_the_room(void **state)
{
    assert_killed_for(*state, FORK);
}

static void
frame_that_takes_too_long_is_stopped_and_named_the_second_time(void **state)
{
    struct stage *stage = *state;
    script(stage, "1.pgm", READ_NOTHING);
    script(stage, "2.pgm", HANG);
    script(stage, "3.pgm", READ_TEXT);
    start(stage, "", false);
    await(stage, BW_CAMERA_PRESENT);
    struct bw_camera_frame frame;
    uint64_t last_seq = 0;
    await(stage, BW_CAMERA_SIGHTING); /* the first picture is done with */
    /* The clock of the watch goes ahead of the room's: half a second is over at once. */
    stage->late_ms = BW_CAMERA_FRAME_LIMIT_MS;
    uint64_t began_ms = clock_ms();
    await(stage, BW_CAMERA_RESTARTED);
    assert_non_null(strstr(stage->message.text, "longer than 500 ms"));
    assert_true(clock_ms() - began_ms < 2000);
    if (bw_camera_frame(stage->camera, &frame)) {
        last_seq = frame.seq;
    }
    await(stage, BW_CAMERA_POISON);
    assert_non_null(strstr(stage->message.text, "Picture 2 "));
    stage->late_ms = 0;
    assert_says(stage, "BW1:TEXT");
    assert_true(bw_camera_frame(stage->camera, &frame));
    assert_true(frame.seq > last_seq);
}

/* By the real clock: what a visitor sees is a picture that stands still for that long. */
static void
hung_room_is_back_within_a_second_of_its_half(void **state)
{
    struct stage *stage = *state;
    script(stage, "1.pgm", READ_NOTHING);
    script(stage, "2.pgm", HANG);
    script(stage, "3.pgm", READ_TEXT);
    start(stage, "", false);
    await(stage, BW_CAMERA_SIGHTING);
    uint64_t hung_ms = clock_ms();
    await(stage, BW_CAMERA_RESTARTED);
    uint64_t back_ms = clock_ms() - hung_ms;
    assert_in_range(back_ms, BW_CAMERA_FRAME_LIMIT_MS - 50,
        BW_CAMERA_FRAME_LIMIT_MS + 1000);
}

static void
poison_in_a_loop_is_left_out_every_time_round(void **state)
{
    struct stage *stage = *state;
    script(stage, "1.pgm", CRASH);
    script(stage, "2.pgm", READ_TEXT);
    start(stage, ",loop", false);
    await(stage, BW_CAMERA_POISON);
    for (int round = 0; round < 5; round++) {
        assert_says(stage, "BW1:TEXT");
    }
}

static void
borrowed_picture_outlives_the_room_that_made_it(void **state)
{
    struct stage *stage = *state;
    script(stage, "1@200ms.pgm", READ_NOTHING);
    script(stage, "2.pgm", CRASH);
    script(stage, "3.pgm", READ_TEXT);
    start(stage, "", false);
    struct bw_camera_frame frame = {0};
    await(stage, BW_CAMERA_SIGHTING);
    assert_true(bw_camera_frame(stage->camera, &frame));
    uint8_t before = frame.picture.bytes[1000];
    await(stage, BW_CAMERA_POISON);
    assert_int_equal(frame.picture.bytes[1000], before);
    assert_int_equal(
        frame.picture.bytes[719 * frame.picture.stride_bytes + 2559], 128);
}

static void
room_that_only_falls_is_given_up_for_a_while(void **state)
{
    struct stage *stage = *state;
    for (int i = 0; i < 12; i++) { /* more than the watch puts up with in a row */
        char name[16];
        (void)snprintf(name, sizeof name, "%02d.pgm", i);
        pgm_write_flat(folder_file(&stage->folder, name), 1280 - 2 * i, 720, END);
    }
    start(stage, "", false);
    await(stage, BW_CAMERA_GONE);
    assert_non_null(strstr(stage->message.text, "doesn't stay up"));
    stage->late_ms = BW_CAMERA_LOOK_AGAIN_MS; /* and is tried again */
    await(stage, BW_CAMERA_PRESENT);
}

static void
texts_over_the_limit_or_with_control_characters_stay_out(void **state)
{
    struct stage *stage = *state;
    script(stage, "1.pgm", LONG_TEXT);
    script(stage, "2.pgm", DIRTY_TEXT);
    script(stage, "3.pgm", READ_TEXT);
    start(stage, "", false);
    assert_says(stage, "BW1:TEXT"); /* the first text that came through */
}

static void
long_texts_come_through_for_enrolment_alone(void **state)
{
    struct stage *stage = *state;
    script(stage, "1.pgm", LONG_TEXT);
    start(stage, "", true);
    await(stage, BW_CAMERA_SIGHTING);
    assert_int_equal(strlen(stage->message.sighting.text), 2000);
    bw_camera_set_enrolment(stage->camera, false);
    while (bw_camera_take(stage->camera, &stage->message)) {
    }
    await(stage, BW_CAMERA_SIGHTING);
    assert_int_equal(stage->message.sighting.kind, BW_SIGHTING_NOTHING);
}

static void
bad_files_are_named_and_the_rest_is_read(void **state)
{
    struct stage *stage = *state;
    file_write(folder_file(&stage->folder, "1.png"), "no picture", 10);
    script(stage, "2.pgm", READ_TEXT);
    start(stage, "", false);
    await(stage, BW_CAMERA_SKIPPED);
    assert_non_null(strstr(stage->message.text, "1.png"));
    assert_says(stage, "BW1:TEXT");
}

static void
folder_without_pictures_is_gone_until_there_are_some(void **state)
{
    struct stage *stage = *state;
    start(stage, "", false);
    await(stage, BW_CAMERA_GONE);
    assert_non_null(strstr(stage->message.text, "no picture is in it"));
    script(stage, "1.pgm", READ_TEXT);
    bw_camera_step(stage->camera, clock_ms() + BW_CAMERA_LOOK_AGAIN_MS, 0);
    await(stage, BW_CAMERA_PRESENT);
    assert_says(stage, "BW1:TEXT");
}

static void
paused_camera_reads_nothing_and_goes_on(void **state)
{
    struct stage *stage = *state;
    script(stage, "1.pgm", READ_TEXT);
    start(stage, "", false);
    assert_says(stage, "BW1:TEXT");
    bw_camera_set_paused(stage->camera, true);
    for (int i = 0; i < 5; i++) { /* what was on its way comes in */
        bw_camera_step(stage->camera, clock_ms(), 20);
    }
    while (bw_camera_take(stage->camera, &stage->message)) {
    }
    for (int i = 0; i < 5; i++) {
        bw_camera_step(stage->camera, clock_ms() + 60000, 20);
    }
    assert_false(bw_camera_take(stage->camera, &stage->message));
    bw_camera_set_paused(stage->camera, false);
    assert_says(stage, "BW1:TEXT");
}

static void
no_camera_is_said_once_and_is_no_error(void **state)
{
    struct stage *stage = *state;
    struct bw_camera_options options = {.spec = "none"};
    assert_int_equal(bw_camera_create(&options, &stage->camera, NULL), BW_OK);
    assert_int_equal(bw_camera_start(stage->camera, NULL), BW_OK);
    await(stage, BW_CAMERA_GONE);
    bw_camera_step(stage->camera, clock_ms() + 100000, 0);
    assert_false(bw_camera_take(stage->camera, &stage->message));
}

static void
missing_device_is_looked_for_and_said_once(void **state)
{
    struct stage *stage = *state;
    struct bw_camera_options options = {.spec = "v4l2:/dev/no-such-camera"};
    assert_int_equal(bw_camera_create(&options, &stage->camera, NULL), BW_OK);
    assert_int_equal(bw_camera_start(stage->camera, NULL), BW_OK);
    await(stage, BW_CAMERA_GONE);
    for (uint64_t later_ms = 0; later_ms < 20000; later_ms += 1000) {
        bw_camera_step(stage->camera, clock_ms() + later_ms, 0);
    }
    assert_false(bw_camera_take(stage->camera, &stage->message));
}

static void
missing_folder_and_noise_are_errors_at_once(void **state)
{
    (void)state;
    struct bw_camera *camera = NULL;
    struct bw_error err = {0};
    struct bw_camera_options options = {.spec = "images:/nowhere/at/all"};
    assert_int_equal(bw_camera_create(&options, &camera, &err), BW_OK);
    assert_int_equal(bw_camera_start(camera, &err), BW_NOT_FOUND);
    assert_non_null(strstr(err.text, "/nowhere/at/all"));
    bw_camera_destroy(camera);
    camera = NULL;
    options.spec = "webcam";
    assert_int_equal(bw_camera_create(&options, &camera, &err), BW_BAD_INPUT);
    assert_null(camera);
}

static void
everything_accepts_null_and_what_was_never_started(void **state)
{
    (void)state;
    struct bw_camera *camera = NULL;
    struct bw_camera_message message;
    struct bw_camera_frame frame;
    struct bw_camera_options options = {.spec = "none"};
    for (int i = 0; i < 2; i++) {
        bw_camera_step(camera, 0, 0);
        assert_false(bw_camera_take(camera, &message));
        assert_false(bw_camera_frame(camera, &frame));
        bw_camera_set_enrolment(camera, true);
        bw_camera_set_paused(camera, true);
        bw_camera_stop(camera);
        bw_camera_join(camera);
        if (i == 0) {
            assert_int_equal(bw_camera_fd(camera), -1);
            assert_int_equal(bw_camera_create(&options, &camera, NULL), BW_OK);
        }
    }
    bw_camera_destroy(camera);
    bw_camera_destroy(NULL);
}

int
main(int argc, char **argv)
{
    if (bw_room_wanted(argc, argv)) {
        return bw_room_main_with(argc, argv, &puppet);
    }
#define ON_STAGE(test) cmocka_unit_test_setup_teardown(test, set_stage, clear_stage)
    const struct CMUnitTest tests[] = {
        ON_STAGE(texts_come_out_with_pictures_before_them),
        ON_STAGE(bell_rings_until_everything_is_taken),
        ON_STAGE(files_sockets_and_executable_memory_are_refused_in_the_room),
        ON_STAGE(memory_is_limited_in_the_room),
        ON_STAGE(opening_a_socket_kills_the_room),
        ON_STAGE(starting_a_program_kills_the_room),
        ON_STAGE(forking_kills_the_room),
        ON_STAGE(frame_that_takes_too_long_is_stopped_and_named_the_second_time),
        ON_STAGE(hung_room_is_back_within_a_second_of_its_half),
        ON_STAGE(poison_in_a_loop_is_left_out_every_time_round),
        ON_STAGE(borrowed_picture_outlives_the_room_that_made_it),
        ON_STAGE(room_that_only_falls_is_given_up_for_a_while),
        ON_STAGE(texts_over_the_limit_or_with_control_characters_stay_out),
        ON_STAGE(long_texts_come_through_for_enrolment_alone),
        ON_STAGE(bad_files_are_named_and_the_rest_is_read),
        ON_STAGE(folder_without_pictures_is_gone_until_there_are_some),
        ON_STAGE(paused_camera_reads_nothing_and_goes_on),
        ON_STAGE(no_camera_is_said_once_and_is_no_error),
        ON_STAGE(missing_device_is_looked_for_and_said_once),
        cmocka_unit_test(missing_folder_and_noise_are_errors_at_once),
        cmocka_unit_test(everything_accepts_null_and_what_was_never_started),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
