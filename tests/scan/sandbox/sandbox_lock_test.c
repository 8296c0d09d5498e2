/* The sandbox's lock: what is refused in it, what kills it,
 * and its limits seen from outside. */
#include "stage.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SANITIZED = 1 }; /* their shadow memory needs terabytes: see lock.h */
#else
enum { SANITIZED = 0 };
#endif

/* What libraries may try on their way fails, and the sandbox goes on. */
static void
what_is_not_needed_is_refused(void **state)
{
    struct stage *stage = *state;
    static const enum deed refused[] = {
        OPEN_FILE, DELETE_FILE, MAP_CODE, RUN_DATA, STEER_TERMINAL, SIGNAL_KIOSK};
    int count = (int)(sizeof refused / sizeof refused[0]);
    for (int i = 0; i < count; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "%d.pgm", i);
        stage_script(stage, name, refused[i]);
    }
    stage_script(stage, "9.pgm", TELL_LIMITS);
    stage_start(stage, "", false);
    for (int i = 0; i < count; i++) {
        stage_assert_says(stage, "EPERM");
    }
    stage_assert_says(stage, "limits are out of reach");
}

static void
memory_is_limited_in_the_sandbox(void **state)
{
    struct stage *stage = *state;
    if (SANITIZED) {
        skip();
    }
    stage_script(stage, "1.pgm", TAKE_MEMORY);
    stage_start(stage, "", false);
    stage_assert_says(stage, "limited");
}

/* What only an intruder does; the picture that made it do so is left out after
 * the second time. */
static void
what_only_an_intruder_does_kills_the_sandbox(void **state)
{
    static const enum deed deadly[] = {
        OPEN_SOCKET, START_PROGRAM, FORK, KILL_KIOSK, TRACE_KIOSK};
    for (size_t i = 0; i < sizeof deadly / sizeof deadly[0]; i++) {
        struct stage *stage = *state;
        stage_script(stage, "1.pgm", deadly[i]);
        stage_script(stage, "2.pgm", READ_TEXT);
        stage_start(stage, "", false);
        stage_await(stage, BW_CAMERA_RESTARTED);
        if (strstr(stage->message.text, "Bad system call") == NULL) {
            fail_msg("deed %d: %s", (int)deadly[i], stage->message.text);
        }
        stage_assert_says(stage, "BW1:TEXT");
        (void)clear_stage(state);
        (void)set_stage(state);
    }
}

static uint64_t
limit_of(pid_t pid, int resource)
{
    struct rlimit limit = {0};
    assert_int_equal(prlimit(pid, (enum __rlimit_resource)resource, NULL, &limit), 0);
    assert_int_equal(limit.rlim_cur, limit.rlim_max);
    return limit.rlim_max;
}

/* A number of /proc/PID/status. */
static int
status_of(pid_t pid, const char *field)
{
    char path[64], line[256];
    int value = -1;
    (void)snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, field, strlen(field)) == 0) {
            (void)sscanf(line + strlen(field), ": %d", &value);
        }
    }
    (void)fclose(file);
    return value;
}

static void
limits_are_seen_from_outside(void **state)
{
    struct stage *stage = *state;
    stage_script(stage, "1.pgm", READ_TEXT);
    stage_start(stage, "", false);
    stage_assert_says(stage, "BW1:TEXT");
    pid_t sandbox = stage->camera->child.pid;
    assert_int_equal(limit_of(sandbox, RLIMIT_CPU), 3600);
    assert_int_equal(limit_of(sandbox, RLIMIT_CORE), 0);
    assert_int_equal(limit_of(sandbox, RLIMIT_FSIZE), 0);
    assert_int_equal(limit_of(sandbox, RLIMIT_NOFILE), 16);
    if (!SANITIZED) {
        assert_int_equal(limit_of(sandbox, RLIMIT_AS), 1536u << 20);
    }
    assert_int_equal(status_of(sandbox, "NoNewPrivs"), 1);
    assert_int_equal(status_of(sandbox, "Seccomp"), 2); /* a filter */
    assert_int_equal(status_of(sandbox, "Threads"), 1);
}

int
main(int argc, char **argv)
{
    if (bw_sandbox_wanted(argc, argv)) {
        return puppet_sandbox_main(argc, argv);
    }
#define ON_STAGE(test) cmocka_unit_test_setup_teardown(test, set_stage, clear_stage)
    const struct CMUnitTest tests[] = {
        ON_STAGE(what_is_not_needed_is_refused),
        ON_STAGE(memory_is_limited_in_the_sandbox),
        ON_STAGE(what_only_an_intruder_does_kills_the_sandbox),
        ON_STAGE(limits_are_seen_from_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
