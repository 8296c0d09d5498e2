/* The kiosk's own binary with cameras that aren't there: the list it prints, and the one
 * that it takes. fake_camera.so, preloaded, goes on into the programs started here. */
#include "fake_show.h"
#include "tests/scan/fixture.h"
#include "scan/camera/camera_find.h"
#include "scan/sandbox/sandbox.h"

#include <brugwachter/core.h>
#include <brugwachter/store.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATIENCE_MS = 120000 };

static int
plug_in(void **state)
{
    (void)fake_plug_in(state);
    fake_offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
    fake_show_yuyv();
    atomic_store(&fake->plugged, FAKE_FIRST | FAKE_SECOND);
    return 0;
}

static int
listed(char *ret_text, size_t capacity)
{
    FILE *from = popen(BW_KIOSK_BINARY " --camera list 2>&1", "r");
    assert_non_null(from);
    ret_text[fread(ret_text, 1, capacity - 1, from)] = '\0';
    return WEXITSTATUS(pclose(from));
}

static void
list_names_the_cameras_and_ends(void **state)
{
    (void)state;
    char text[1000];
    assert_int_equal(listed(text, sizeof text), BW_EXIT_DONE);
    assert_string_equal(
        text, "v4l2:/dev/video0\tFake ? Camera\nv4l2:/dev/video2\tSecond Camera\n");
    atomic_store(&fake->plugged, 0);
    assert_int_equal(listed(text, sizeof text), BW_EXIT_LOOK);
    assert_non_null(strstr(text, "there is none"));
}

static void
make_store(const char *path, int64_t camera)
{
    static const struct bw_enrolment enrolment = {.device = 3, .name = "Deur"};
    struct bw_store *store = NULL;
    assert_int_equal(bw_store_create(path, &enrolment, NULL), BW_OK);
    assert_int_equal(bw_store_open(path, BW_STORE_SYNC, &store, NULL), BW_OK);
    assert_int_equal(bw_store_set_number(store, BW_NUMBER_CAMERA, camera, NULL), BW_OK);
    bw_store_close(store);
}

static int64_t
second_camera(void)
{
    struct bw_video_device devices[4];
    assert_int_equal(bw_video_list(devices, 4), 2);
    return devices[1].id;
}

/* The camera that a kiosk on this store takes. */
static uint32_t
camera_taken(char *store_path)
{
    char *argv[] = {(char *)BW_KIOSK_BINARY, (char *)"--store", store_path,
        (char *)"--window", (char *)"640x480", (char *)"--mute", NULL};
    pid_t pid = 0;
    (void)setenv("SDL_VIDEODRIVER", "dummy", 1);
    assert_int_equal(posix_spawn(&pid, argv[0], NULL, NULL, argv, environ), 0);
    uint64_t limit_ms = fake_clock_ms() + PATIENCE_MS;
    while (atomic_load(&fake->streamed) == 0 && fake_clock_ms() < limit_ms) {
        (void)poll(NULL, 0, 20); /* for the other program to come up */
    }
    uint32_t taken = atomic_load(&fake->streamed);
    (void)kill(pid, SIGTERM);
    (void)waitpid(pid, NULL, 0);
    atomic_store(&fake->streamed, 0);
    return taken;
}

static void
camera_that_was_chosen_is_taken_after_a_restart(void **state)
{
    (void)state;
    struct picture_folder folder;
    folder_make(&folder);
    char path[300];
    (void)snprintf(path, sizeof path, "%s", folder_file(&folder, "kiosk.db"));
    make_store(path, 0);
    assert_int_equal(camera_taken(path), FAKE_FIRST);
    assert_int_equal(unlink(path), 0);
    make_store(path, second_camera());
    assert_int_equal(camera_taken(path), FAKE_SECOND);
    atomic_store(&fake->plugged, FAKE_FIRST);
    assert_int_equal(camera_taken(path), FAKE_FIRST);
    folder_remove(&folder);
}

int
main(int argc, char **argv)
{
    if (bw_sandbox_wanted(argc, argv)) {
        return bw_sandbox_main(argc, argv);
    }
    fake_enter(argv);
    if (bw_core_init(NULL) != BW_OK) {
        return 1;
    }
#define PLUGGED(test) cmocka_unit_test_setup(test, plug_in)
    const struct CMUnitTest tests[] = {
        PLUGGED(list_names_the_cameras_and_ends),
        PLUGGED(camera_that_was_chosen_is_taken_after_a_restart),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fake_leave();
    return failed;
}
