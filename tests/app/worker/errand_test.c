/* Errands: what is started, with what, and what its end means. The program is a script
 * that writes down its arguments and ends as it is told;
 * the real one has a test of its own. */
#include <app/worker/errand.h>
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static char root[64], program[100], stick[100], said[BW_ERROR_TEXT_BYTES];
static struct bw_errand *errand;
static struct bw_clock clock_here;
static sem_t bell;

static int copies_left = -1; /* texts that there is memory for; -1: for all */

/* Stands in for libc's. */
char *
strdup(const char *text)
{
    if (copies_left == 0) {
        return NULL;
    }
    copies_left -= copies_left > 0;
    size_t bytes = strlen(text) + 1;
    char *copy = malloc(bytes);
    return copy != NULL ? memcpy(copy, text, bytes) : NULL;
}

static bool has_proc = true;

/* Stands in for libc's. */
ssize_t
readlink(const char *path, char *text, size_t capacity)
{
    if (!has_proc) {
        errno = ENOENT;
        return -1;
    }
    return readlinkat(AT_FDCWD, path, text, capacity);
}

static void
ring(void *context)
{
    (void)context;
    (void)sem_post(&bell);
}

static uint32_t
device(void *context)
{
    (void)context;
    return 3;
}

static void
put(const char *path, const char *text, mode_t mode)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs(text, file);
    (void)fclose(file);
    assert_int_equal(chmod(path, mode), 0);
}

/* The program says `answer`, and ends with `status`. */
static void
teach(const char *answer, int status)
{
    char script[900];
    (void)snprintf(script, sizeof script,
        "#!/bin/sh\n"
        "printf '%%s\\n' \"$*\" >> '%s/arguments'\n"
        "cat > '%s/input'\n"
        "echo '%s'\n"
        "echo 'one sentence' >&2\n"
        "exit %d\n",
        root, root, answer, status);
    put(program, script, 0700);
}

static void
create(int limit_ms)
{
    struct bw_errand_options options = {.store_path = "kiosk store.db",
        .program = program,
        .stick_root = stick,
        .limit_ms = limit_ms,
        .clock = &clock_here,
        .device = device,
        .wake = ring};
    assert_int_equal(bw_errand_create(&options, &errand, NULL), BW_OK);
}

static int
start(void **state)
{
    (void)state;
    (void)strcpy(root, "/tmp/brugwachter-errand-XXXXXX");
    assert_non_null(mkdtemp(root));
    (void)snprintf(program, sizeof program, "%s/program", root);
    (void)snprintf(stick, sizeof stick, "%s/sticks", root);
    assert_int_equal(mkdir(stick, 0700), 0);
    assert_int_equal(sem_init(&bell, 0, 0), 0);
    create(0);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    char command[200];
    bw_errand_destroy(errand);
    (void)sem_destroy(&bell);
    (void)snprintf(command, sizeof command, "rm -r '%s'", root);
    return system(command);
}

static enum bw_helper_outcome
go(enum bw_helper helper, const char *enrolment)
{
    enum bw_helper ended = BW_HELPER_NONE;
    enum bw_helper_outcome outcome = BW_OUTCOME_FAILED;
    assert_int_equal(bw_errand_start(errand, helper, enrolment, NULL), BW_OK);
    while (sem_wait(&bell) != 0) {
    }
    assert_true(bw_errand_pop(errand, &ended, &outcome, said));
    assert_int_equal(ended, helper);
    assert_false(bw_errand_pop(errand, &ended, &outcome, said));
    return outcome;
}

static void
expect_file(const char *name, const char *text)
{
    char path[200], have[2000] = "";
    (void)snprintf(path, sizeof path, "%s/%s", root, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    have[fread(have, 1, sizeof have - 1, file)] = '\0';
    (void)fclose(file);
    assert_string_equal(have, text);
}

static void
update_is_a_sync_without_a_shell(void **state)
{
    (void)state;
    teach("{\"online\":true}", 0);
    assert_int_equal(go(BW_HELPER_UPDATE, NULL), BW_OUTCOME_DONE);
    expect_file("arguments", "--store kiosk store.db --json sync\n");
    assert_string_equal(said, "one sentence\n");
}

/* ER2 */
static void
program_that_does_not_end_is_stopped_and_said_so(void **state)
{
    (void)state;
    put(program, "#!/bin/sh\necho '{\"online\":true}'\nexec sleep 600\n", 0700);
    bw_errand_destroy(errand);
    create(200);
    assert_int_equal(go(BW_HELPER_UPDATE, NULL), BW_OUTCOME_FAILED);
    assert_non_null(strstr(said, "had not ended"));
}

/* One that closed its mouth, and one that leaves a child behind with it open. */
static void
program_ends_when_its_process_does_not_when_its_output_does(void **state)
{
    (void)state;
    put(program, "#!/bin/sh\nexec >&-\nexec sleep 600\n", 0700);
    bw_errand_destroy(errand);
    create(200);
    assert_int_equal(go(BW_HELPER_UPDATE, NULL), BW_OUTCOME_FAILED);
    assert_non_null(strstr(said, "had not ended"));
    put(program, "#!/bin/sh\nsleep 5 &\necho '{\"online\":false}'\nexit 0\n", 0700);
    bw_errand_destroy(errand);
    create(0);
    assert_int_equal(go(BW_HELPER_UPDATE, NULL), BW_OUTCOME_OFFLINE);
}

static int64_t
half_past_one(const struct bw_clock *clock)
{
    (void)clock;
    return INT64_C(1742301000999);
}

static void
clock_that_was_given_is_the_other_program_s_too(void **state)
{
    (void)state;
    clock_here = (struct bw_clock){.wall_ms = half_past_one, .injected = true};
    teach("{}", 0);
    assert_int_equal(go(BW_HELPER_UPDATE, NULL), BW_OUTCOME_DONE);
    clock_here.injected = false;
    assert_int_equal(go(BW_HELPER_UPDATE, NULL), BW_OUTCOME_DONE);
    expect_file("arguments",
        "--store kiosk store.db --json --clock 2025-03-18T12:30:00Z sync\n"
        "--store kiosk store.db --json sync\n");
}

static void
offline_is_no_failure(void **state)
{
    (void)state;
    teach("{\"online\":false}", 0);
    assert_int_equal(go(BW_HELPER_UPDATE, NULL), BW_OUTCOME_OFFLINE);
}

static void
a_road_s_fault_is_told_where_none_of_them_goes(void **state)
{
    (void)state;
    teach(
        "{\"online\":false,\"carriers\":[{\"fault\":\"network\"},{\"fault\":\"trust\"}]}",
        0);
    assert_int_equal(go(BW_HELPER_UPDATE, NULL), BW_OUTCOME_TRUST);
    teach("{\"online\":false,\"carriers\":[{\"fault\":\"new\"},{\"uri\":\"x\"}]}", 0);
    assert_int_equal(go(BW_HELPER_UPDATE, NULL), BW_OUTCOME_OFFLINE);
    teach("{\"online\":true,\"carriers\":[{\"fault\":\"full\"},{\"online\":true}]}", 0);
    assert_int_equal(go(BW_HELPER_UPDATE, NULL), BW_OUTCOME_DONE);
}

static void
exit_status_tells_how_it_ended(void **state)
{
    (void)state;
    teach("{}", BW_EXIT_LOOK);
    assert_int_equal(go(BW_HELPER_UPDATE, NULL), BW_OUTCOME_DONE);
    teach("{}", BW_EXIT_USAGE);
    assert_int_equal(go(BW_HELPER_UPDATE, NULL), BW_OUTCOME_FAILED);
    teach("{}", BW_EXIT_FAILED);
    assert_int_equal(go(BW_HELPER_UPDATE, NULL), BW_OUTCOME_FAILED);
}

static void
program_that_is_not_there_is_a_failure(void **state)
{
    (void)state;
    assert_int_equal(go(BW_HELPER_UPDATE, NULL), BW_OUTCOME_FAILED);
}

static void
stick_is_looked_for_before_anything_is_started(void **state)
{
    (void)state;
    char path[200];
    teach("{}", 0);
    assert_int_equal(go(BW_HELPER_EXPORT, NULL), BW_OUTCOME_NO_STICK);
    (void)snprintf(path, sizeof path, "%s/STICK", stick);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(go(BW_HELPER_EXPORT, NULL), BW_OUTCOME_DONE);
    char line[300];
    (void)snprintf(line, sizeof line, "--store kiosk store.db --json export %s\n", path);
    expect_file("arguments", line);
    assert_int_equal(go(BW_HELPER_IMPORT, NULL), BW_OUTCOME_NO_FILE);
    assert_int_equal(go(BW_HELPER_ENROL_USB, NULL), BW_OUTCOME_NO_FILE);
    expect_file("arguments", line); /* nothing more was started */
}

static void
enrolment_goes_unread_through_its_input_and_the_roster_is_fetched(void **state)
{
    (void)state;
    char text[2049];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    teach("{\"online\":true}", 0);
    assert_int_equal(go(BW_HELPER_ENROL, text), BW_OUTCOME_DONE);
    expect_file("arguments", "--store kiosk store.db --json enrol-device -\n"
                             "--store kiosk store.db --json pull\n");
}

static void
second_errand_is_refused_while_one_runs_and_closing_ends_it(void **state)
{
    (void)state;
    struct bw_error err = {0};
    put(program, "#!/bin/sh\nexec sleep 600\n", 0700);
    assert_int_equal(bw_errand_start(errand, BW_HELPER_UPDATE, NULL, NULL), BW_OK);
    assert_int_equal(bw_errand_start(errand, BW_HELPER_EXPORT, NULL, &err), BW_BUSY);
}

static void
errand_without_memory_for_what_it_was_given_is_refused(void **state)
{
    (void)state;
    struct bw_errand_options options = {
        .store_path = "kiosk.db", .program = program, .stick_root = stick};
    for (int nth = 0; nth < 3; nth++) {
        struct bw_errand *other = NULL;
        copies_left = nth;
        enum bw_status status = bw_errand_create(&options, &other, NULL);
        copies_left = -1;
        assert_int_equal(status, BW_NO_MEMORY);
        assert_null(other);
    }
    copies_left = 0;
    enum bw_status status = bw_errand_start(errand, BW_HELPER_ENROL, "{}", NULL);
    copies_left = -1;
    assert_int_equal(status, BW_NO_MEMORY);
    teach("{}", 0);
    assert_int_equal(go(BW_HELPER_ENROL, "{}"), BW_OUTCOME_DONE);
}

static void
without_proc_it_says_that_and_speaks_of_no_memory(void **state)
{
    (void)state;
    struct bw_errand_options options = {.store_path = "kiosk.db"};
    struct bw_errand *other = NULL;
    struct bw_error err;
    has_proc = false;
    enum bw_status status = bw_errand_create(&options, &other, &err);
    has_proc = true;
    assert_int_equal(status, BW_IO);
    assert_int_equal(err.os_errno, ENOENT);
    assert_non_null(strstr(err.text, "/proc"));
    assert_null(other);
    assert_int_equal(bw_errand_create(&options, &other, &err), BW_OK);
    bw_errand_destroy(other);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(update_is_a_sync_without_a_shell, start, end),
        cmocka_unit_test_setup_teardown(
            program_that_does_not_end_is_stopped_and_said_so, start, end),
        cmocka_unit_test_setup_teardown(
            program_ends_when_its_process_does_not_when_its_output_does, start, end),
        cmocka_unit_test_setup_teardown(
            clock_that_was_given_is_the_other_program_s_too, start, end),
        cmocka_unit_test_setup_teardown(offline_is_no_failure, start, end),
        cmocka_unit_test_setup_teardown(
            a_road_s_fault_is_told_where_none_of_them_goes, start, end),
        cmocka_unit_test_setup_teardown(exit_status_tells_how_it_ended, start, end),
        cmocka_unit_test_setup_teardown(
            program_that_is_not_there_is_a_failure, start, end),
        cmocka_unit_test_setup_teardown(
            stick_is_looked_for_before_anything_is_started, start, end),
        cmocka_unit_test_setup_teardown(
            enrolment_goes_unread_through_its_input_and_the_roster_is_fetched, start,
            end),
        cmocka_unit_test(without_proc_it_says_that_and_speaks_of_no_memory),
        cmocka_unit_test_setup_teardown(
            second_errand_is_refused_while_one_runs_and_closing_ends_it, start, end),
        cmocka_unit_test_setup_teardown(
            errand_without_memory_for_what_it_was_given_is_refused, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
