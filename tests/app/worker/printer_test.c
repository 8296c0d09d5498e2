/* The label printer's thread. What prints is a script that writes down what it is given
 * and ends as it is told; then the real one, with scripts for CUPS' own programs. */
#include <app/worker/print.h>
#include <app/worker/printer.h>

#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#define LABEL "Fatima\nel Amrani\nOBS De Brug\n4\n"

static char root[64];
static struct bw_printer *printer;
static sem_t bell;

static void
ring(void *context)
{
    (void)context;
    (void)sem_post(&bell);
}

static const char *
path_of(const char *name)
{
    static char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", root, name);
    return path;
}

/* A script in the folder, where every program looks for lp and lpstat. */
static void
script(const char *name, const char *text)
{
    FILE *file = fopen(path_of(name), "w");
    assert_non_null(file);
    (void)fprintf(file, "#!/bin/sh\ncd %s\n%s\n", root, text);
    (void)fclose(file);
    assert_int_equal(chmod(path_of(name), 0700), 0);
}

static void
open_printer(const char *program)
{
    struct bw_printer_options options = {
        .printer = "labels", .size = "62x29", .program = program, .wake = ring};
    assert_int_equal(bw_printer_create(&options, &printer, NULL), BW_OK);
}

static enum bw_helper_outcome
print(const char *label)
{
    enum bw_helper_outcome outcome = BW_OUTCOMES;
    assert_true(bw_printer_put(printer, label));
    assert_int_equal(sem_wait(&bell), 0);
    assert_true(bw_printer_pop(printer, &outcome));
    assert_false(bw_printer_pop(printer, &outcome));
    return outcome;
}

static int
start(void **state)
{
    (void)state;
    char path[4096];
    (void)signal(SIGPIPE, SIG_IGN); /* as the kiosk */
    (void)strcpy(root, "/tmp/bw-printer-XXXXXX");
    assert_non_null(mkdtemp(root));
    assert_int_equal(sem_init(&bell, 0, 0), 0);
    (void)snprintf(path, sizeof path, "%s:/usr/bin:/bin", root);
    return setenv("PATH", path, 1);
}

static int
end(void **state)
{
    (void)state;
    char command[128];
    bw_printer_destroy(printer);
    printer = NULL;
    (void)snprintf(command, sizeof command, "rm -r %s", root);
    (void)sem_destroy(&bell);
    return system(command);
}

static void
check_file(const char *name, const char *begins)
{
    char text[512] = "";
    FILE *file = fopen(path_of(name), "r");
    assert_non_null(file);
    (void)!fread(text, 1, sizeof text - 1, file);
    (void)fclose(file);
    if (strncmp(text, begins, strlen(begins)) != 0) {
        fail_msg("%s: %s", name, text);
    }
}

static void
each_label_is_a_process_that_is_told_no_name_by_its_arguments(void **state)
{
    (void)state;
    script("print", "echo \"$@\" >args; cat >given");
    open_printer(path_of("print"));
    assert_int_equal(print(LABEL), BW_OUTCOME_DONE);
    check_file("args", BW_PRINT_ARGUMENT " labels 62x29\n");
    check_file("given", LABEL);
}

static void
how_it_ended_is_told(void **state)
{
    (void)state;
    script("print", "cat >/dev/null; exit 1");
    open_printer(path_of("print"));
    assert_int_equal(print(LABEL), BW_OUTCOME_PAPER);
    script("print", "exit 3");
    assert_int_equal(print(LABEL), BW_OUTCOME_FAILED);
    script("print", "kill -9 $$");
    assert_int_equal(print(LABEL), BW_OUTCOME_FAILED);
    assert_int_equal(unlink(path_of("print")), 0);
    assert_int_equal(print(LABEL), BW_OUTCOME_FAILED);
}

/* A printer that hangs keeps nobody: labels wait, then are left out, and closing the
 * kiosk ends it. */
static void
printer_that_hangs_is_in_nobodys_way(void **state)
{
    (void)state;
    script("print", "exec sleep 600");
    open_printer(path_of("print"));
    int taken = 0;
    while (taken < 100 && bw_printer_put(printer, LABEL)) {
        taken++;
    }
    assert_in_range(taken, BW_PRINTER_QUEUE, BW_PRINTER_QUEUE + 1);
    bw_printer_destroy(printer);
    printer = NULL;
    bw_printer_destroy(NULL);
    assert_false(bw_printer_put(NULL, LABEL));
}

/* PR1 */
static void
labels_come_out_in_order_one_at_a_time(void **state)
{
    (void)state;
    script("print", "[ ! -e busy ] || echo two >>wrong; : >busy; cat >>given; rm busy");
    open_printer(path_of("print"));
    int ended = 0;
    for (int i = 0; i < 5; i++) {
        char label[32];
        (void)snprintf(label, sizeof label, "Ana %d\n", i);
        assert_true(bw_printer_put(printer, label));
    }
    for (; ended < 5; ended++) {
        assert_int_equal(sem_wait(&bell), 0);
    }
    check_file("given", "Ana 0\nAna 1\nAna 2\nAna 3\nAna 4\n");
    assert_int_not_equal(access(path_of("wrong"), F_OK), 0);
}

static void
kiosk_gives_cups_a_page_and_looks_till_it_is_out(void **state)
{
    (void)state;
    script(
        "lp", "echo \"$@\" >args; cat >page; echo request id is labels-12 '(0 file(s))'");
    script("lpstat", "[ \"$1\" != -W ] || echo labels-123 ana 1024");
    open_printer(BW_BINARY_DIR "/bin/brugwachter-kiosk");
    assert_int_equal(print(LABEL), BW_OUTCOME_DONE);
    check_file("page", "%PDF-1.4\n");
    check_file("args", "-d labels -t Brugwachter -o media=Custom.62x29mm");
}

/* What CUPS is to make pages of, as it was given: any length, any letters. */
static void
list_is_given_to_cups_as_text(void **state)
{
    (void)state;
    struct bw_printer_options options = {.printer = "office",
        .size = BW_PRINT_LIST,
        .program = BW_BINARY_DIR "/bin/brugwachter-kiosk",
        .wake = ring};
    script(
        "lp", "echo \"$@\" >args; cat >page; echo request id is office-7 '(0 file(s))'");
    script("lpstat", "true");
    assert_int_equal(bw_printer_create(&options, &printer, NULL), BW_OK);
    assert_int_equal(print("[ ]    1  F\xc3\xa1tima\n"), BW_OUTCOME_DONE);
    check_file("page", "[ ]    1  F\xc3\xa1tima\n");
    check_file("args", "-d office -t Brugwachter -o document-format=text/plain");
}

static void
paper_that_is_out_is_told_at_once(void **state)
{
    (void)state;
    script("lp", "cat >/dev/null; echo request id is labels-12 '(0 file(s))'");
    script("lpstat", "[ \"$1\" = -W ] && echo labels-12 ana 1024 || "
                     "echo '\tAlerts: media-empty-error'");
    open_printer(BW_BINARY_DIR "/bin/brugwachter-kiosk");
    assert_int_equal(print(LABEL), BW_OUTCOME_PAPER);
    script("lp", "echo lp: The printer or class does not exist. >&2; exit 1");
    assert_int_equal(print(LABEL), BW_OUTCOME_FAILED);
}

#define sentence(name) cmocka_unit_test_setup_teardown(name, start, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        sentence(each_label_is_a_process_that_is_told_no_name_by_its_arguments),
        sentence(how_it_ended_is_told),
        sentence(printer_that_hangs_is_in_nobodys_way),
        sentence(labels_come_out_in_order_one_at_a_time),
        sentence(kiosk_gives_cups_a_page_and_looks_till_it_is_out),
        sentence(list_is_given_to_cups_as_text),
        sentence(paper_that_is_out_is_told_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
