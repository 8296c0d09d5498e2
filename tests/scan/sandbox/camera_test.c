/* The whole way with the real scanner: a folder of rendered codes, the locked sandbox,
 * the camera's own thread, its bell, and its messages. */
#include "tests/scan/fixture.h"
#include "scan/sandbox/camera.h"
#include "scan/sandbox/sandbox.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATIENCE_MS = 120000, RINGS_MAX = 1000 };

static int
make_folder(void **state)
{
    static struct picture_folder folder;
    folder_make(&folder);
    *state = &folder;
    return 0;
}

static int
remove_folder(void **state)
{
    folder_remove(*state);
    return 0;
}

/* What a screen does: is rung, then takes.
 * Here the bell is an eventfd, not an SDL event. */
static void
ring(void *context)
{
    (void)eventfd_write(*(int *)context, 1);
}

static struct bw_camera *
start(const struct picture_folder *folder, int *bell, bool enrolment)
{
    char spec[300];
    struct bw_error err = {0};
    struct bw_camera *camera = NULL;
    (void)snprintf(spec, sizeof spec, "images:%s", folder->path);
    struct bw_camera_options options = {.spec = spec,
        .enrolment = enrolment,
        .wake = ring,
        .wake_context = bell,
        .clock_ms = still_clock_ms,
        .budget_us = 300000}; /* a sanitizer makes the scanner ten times slower */
    if (bw_camera_create(&options, &camera, &err) != BW_OK ||
        bw_camera_start(camera, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    return camera;
}

/* Takes until the next text that isn't the one before. */
static void
next_text(struct bw_camera *camera, int bell, char *text, size_t bytes)
{
    struct bw_camera_message message;
    struct bw_camera_frame frame;
    for (int rings = 0; rings < RINGS_MAX; rings++) {
        while (bw_camera_pop(camera, &message)) {
            if (message.kind == BW_CAMERA_SIGHTING &&
                message.sighting.kind == BW_SIGHTING_TEXT &&
                strcmp(message.sighting.text, text) != 0) {
                (void)snprintf(text, bytes, "%s", message.sighting.text);
                return;
            }
        }
        (void)bw_camera_frame(camera, &frame);
        struct pollfd wait = {.fd = bell, .events = POLLIN};
        assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
        eventfd_t rung;
        assert_int_equal(eventfd_read(bell, &rung), 0);
    }
    fail_msg("no other text than '%s' came", text);
}

static void
codes_of_a_folder_are_read_by_turns_in_the_locked_sandbox(void **state)
{
    const struct picture_folder *folder = *state;
    code_write_pgm(folder_file(folder, "1@1s.pgm"), ticket_like_text);
    pgm_write_flat(folder_file(folder, "2@200ms.pgm"), 1280, 720, 200);
    /* bytes, which zbar converts by its charsets: the sandbox has them at hand */
    code_write_pgm(folder_file(folder, "3@1s.pgm"), "https://example.org/lower?case=1");
    int bell = eventfd(0, EFD_CLOEXEC);
    struct bw_camera *camera = start(folder, &bell, false);
    char text[BW_SCAN_ENROLMENT_BYTES] = "";
    next_text(camera, bell, text, sizeof text);
    if (strcmp(text, ticket_like_text) != 0) { /* its second went by: it comes again */
        next_text(camera, bell, text, sizeof text);
    }
    assert_string_equal(text, ticket_like_text);
    next_text(camera, bell, text, sizeof text);
    assert_string_equal(text, "https://example.org/lower?case=1");
    bw_camera_destroy(camera);
    (void)close(bell);
}

/* A business card: read by the scanner, and no text for the kiosk. */
static void
code_whose_text_is_not_for_us_is_told_without_it(void **state)
{
    const struct picture_folder *folder = *state;
    code_write_pgm(folder_file(folder, "1.pgm"), "BEGIN:VCARD\r\nN:Jansen\r\nEND:VCARD");
    int bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    struct bw_camera *camera = start(folder, &bell, false);
    struct pollfd wait = {.fd = bw_camera_fd(camera), .events = POLLIN};
    struct bw_camera_message message = {0};
    struct bw_camera_frame frame;
    for (int i = 0; i < RINGS_MAX && !message.sighting.refused; i++) {
        assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
        (void)bw_camera_pop(camera, &message);
        (void)bw_camera_frame(camera, &frame);
    }
    assert_true(message.sighting.refused);
    assert_int_equal(message.sighting.kind, BW_SIGHTING_NOTHING);
    assert_string_equal(message.sighting.text, "");
    bw_camera_destroy(camera);
    (void)close(bell);
}

static void
camera_thread_ends_at_any_moment(void **state)
{
    const struct picture_folder *folder = *state;
    code_write_pgm(folder_file(folder, "1.pgm"), ticket_like_text);
    for (int round = 0; round < 6; round++) {
        int bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        struct bw_camera *camera = start(folder, &bell, false);
        struct pollfd wait = {.fd = bw_camera_fd(camera), .events = POLLIN};
        if (round > 0) {
            (void)poll(
                &wait, 1, round * 20); /* at another moment of its life each time */
        }
        bw_camera_stop(camera);
        bw_camera_stop(camera);
        bw_camera_join(camera);
        bw_camera_join(camera);
        bw_camera_destroy(camera);
        (void)close(bell);
    }
}

static void
camera_can_be_started_again_after_join(void **state)
{
    const struct picture_folder *folder = *state;
    code_write_pgm(folder_file(folder, "1.pgm"), ticket_like_text);
    int bell = eventfd(0, EFD_CLOEXEC);
    struct bw_camera *camera = start(folder, &bell, false);
    char text[BW_SCAN_ENROLMENT_BYTES] = "";
    next_text(camera, bell, text, sizeof text);
    bw_camera_stop(camera);
    bw_camera_join(camera);
    struct bw_camera_message message;
    while (bw_camera_pop(camera, &message)) {
    }
    assert_int_equal(bw_camera_start(camera, NULL), BW_OK);
    text[0] = '\0';
    next_text(camera, bell, text, sizeof text);
    assert_string_equal(text, ticket_like_text);
    bw_camera_destroy(camera);
    (void)close(bell);
}

int
main(int argc, char **argv)
{
    if (bw_sandbox_wanted(argc, argv)) {
        return bw_sandbox_main(argc, argv);
    }
#define WITH_FOLDER(test)                                                                \
    cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(codes_of_a_folder_are_read_by_turns_in_the_locked_sandbox),
        WITH_FOLDER(code_whose_text_is_not_for_us_is_told_without_it),
        WITH_FOLDER(camera_thread_ends_at_any_moment),
        WITH_FOLDER(camera_can_be_started_again_after_join),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
