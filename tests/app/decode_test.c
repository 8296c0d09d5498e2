/* The command `decode`, run as a program of its own: this one, with `decode` before its
 * arguments, is what the kiosk's main does with them. */
#include "app/decode.h"
#include "tests/scan/fixture.h"

#include <brugwachter/error.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

struct run {
    struct picture_folder folder;
    char out[16384];
    char err[4096];
    int exit_status;
};

static int
set_up(void **state)
{
    struct run *run = calloc(1, sizeof *run);
    folder_make(&run->folder);
    *state = run;
    return 0;
}

static int
tear_down(void **state)
{
    struct run *run = *state;
    folder_remove(&run->folder);
    free(run);
    return 0;
}

static void
slurp(FILE *file, char *text, size_t bytes)
{
    rewind(file);
    text[fread(text, 1, bytes - 1, file)] = '\0';
    (void)fclose(file);
}

/* In the folder, so that names in the output are short. */
static void
decode(struct run *run, const char *const *arguments)
{
    FILE *out = tmpfile(), *err = tmpfile();
    char *argv[16] = {(char *)"test", (char *)"decode"};
    for (int i = 0; arguments[i] != NULL; i++) {
        argv[2 + i] = (char *)(uintptr_t)arguments[i];
    }
    (void)fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        (void)dup2(fileno(out), STDOUT_FILENO);
        (void)dup2(fileno(err), STDERR_FILENO);
        if (chdir(run->folder.path) == 0) {
            (void)execv("/proc/self/exe", argv);
        }
        _exit(99);
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    run->exit_status = WEXITSTATUS(status);
    slurp(out, run->out, sizeof run->out);
    slurp(err, run->err, sizeof run->err);
}
#define DECODE(run, ...) decode((run), (const char *const[]){__VA_ARGS__, NULL})

/* Splits the n-th line at its tabs; exactly three fields. */
static void
fields(const struct run *run, int line, char field[3][700])
{
    const char *at = run->out;
    for (; line > 0; line--) {
        at = strchr(at, '\n');
        assert_non_null(at);
        at++;
    }
    for (int i = 0; i < 3; i++) {
        size_t length = strcspn(at, "\t\n");
        assert_true(length < 700 && at[length] == (i < 2 ? '\t' : '\n'));
        (void)snprintf(field[i], 700, "%.*s", (int)length, at);
        at += length + 1;
    }
}

static int
lines(const struct run *run)
{
    int count = 0;
    for (const char *at = run->out; *at != '\0'; at++) {
        count += *at == '\n';
    }
    return count;
}

static void
rendered_tickets_are_read_in_argument_order(void **state)
{
    struct run *run = *state;
    char field[3][700];
    code_write_pgm(folder_file(&run->folder, "b.pgm"), ticket_like_text);
    code_write_pgm(folder_file(&run->folder, "a.pgm"), "HELLO");
    pgm_write_flat(folder_file(&run->folder, "empty.pgm"), 640, 480, 200);
    DECODE(run, "--frames", "20", "b.pgm", "a.pgm", "empty.pgm", "b.pgm");
    assert_int_equal(run->exit_status, BW_EXIT_DONE);
    assert_int_equal(lines(run), 4);
    fields(run, 0, field);
    assert_string_equal(field[0], "b.pgm");
    assert_true(strtod(field[1], NULL) > 0.0);
    assert_string_equal(field[2], ticket_like_text);
    fields(run, 1, field);
    assert_string_equal(field[2], "HELLO");
    fields(run, 2, field);
    assert_string_equal(field[0], "empty.pgm");
    assert_string_equal(field[2], "");
    fields(run, 3, field);
    assert_string_equal(field[2], ticket_like_text);
    assert_string_equal(run->err, "");
}

static void
file_that_is_no_picture_gets_a_dash_and_a_line_on_stderr(void **state)
{
    struct run *run = *state;
    char field[3][700];
    file_write(folder_file(&run->folder, "text.png"), "no picture", 10);
    file_write(folder_file(&run->folder, "nothing.jpg"), "", 0);
    code_write_pgm(folder_file(&run->folder, "good.pgm"), "HELLO");
    static const char *const bad[] = {"text.png", "missing.png", "nothing.jpg", "."};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        DECODE(run, "--frames", "20", bad[i], "good.pgm");
        assert_int_equal(run->exit_status, BW_EXIT_LOOK);
        fields(run, 0, field);
        assert_string_equal(field[0], bad[i]);
        assert_string_equal(field[1], "-");
        assert_string_equal(field[2], "");
        fields(run, 1, field); /* the others are read all the same */
        assert_string_equal(field[2], "HELLO");
        assert_non_null(strstr(run->err, bad[i]));
        assert_ptr_equal(strchr(run->err, '\n'), run->err + strlen(run->err) - 1);
    }
}

static void
large_photo_is_made_smaller_and_read(void **state)
{
    struct run *run = *state;
    enum { WIDTH = 3000, HEIGHT = 4000 };
    char field[3][700];
    uint8_t *pixels = malloc((size_t)WIDTH * HEIGHT);
    assert_non_null(pixels);
    code_draw(pixels, WIDTH, HEIGHT, ticket_like_text, 40);
    pgm_write(folder_file(&run->folder, "photo.pgm"), pixels, WIDTH, HEIGHT);
    free(pixels);
    DECODE(run, "--frames", "20", "photo.pgm"); /* a sanitizer eats the frame's budget */
    fields(run, 0, field);
    assert_string_equal(field[2], ticket_like_text);
}

static void
names_and_texts_cannot_break_the_line(void **state)
{
    struct run *run = *state;
    char field[3][700];
    code_write_pgm(folder_file(&run->folder, "a\tb\n\033.pgm"), "HELLO");
    DECODE(run, "--frames", "20", "a\tb\n\033.pgm");
    assert_int_equal(lines(run), 1);
    fields(run, 0, field);
    assert_string_equal(field[0], "a\\x09b\\x0A\\x1B.pgm");
    assert_string_equal(field[2], "HELLO");
}

static void
frames_option_gives_the_picture_again(void **state)
{
    struct run *run = *state;
    char field[3][700];
    code_write_pgm(folder_file(&run->folder, "a.pgm"), "HELLO");
    DECODE(run, "--frames", "10", "a.pgm");
    assert_int_equal(run->exit_status, BW_EXIT_DONE);
    fields(run, 0, field);
    assert_string_equal(field[2], "HELLO");
}

static void
bytes_outside_ascii_are_escaped(void **state)
{
    struct run *run = *state;
    char field[3][700];
    code_write_pgm(folder_file(&run->folder, "a.pgm"), "J\xc3\xbcrgen");
    DECODE(run, "--frames", "20", "a.pgm");
    fields(run, 0, field);
    assert_string_equal(field[2], "J\\xC3\\xBCrgen");
}

static void
why_and_draw_show_what_was_found(void **state)
{
    struct run *run = *state;
    code_write_pgm(folder_file(&run->folder, "a.pgm"), "HELLO");
    DECODE(run, "--frames", "20", "--why", "--draw", "out.png", "a.pgm");
    assert_int_equal(run->exit_status, BW_EXIT_DONE);
    assert_non_null(strstr(run->out, "finder patterns"));
    assert_non_null(strstr(run->out, "\tHELLO\n"));
    assert_int_equal(access(folder_file(&run->folder, "out.png"), R_OK), 0);
    DECODE(run, "--draw", "/nowhere/out.png", "a.pgm");
    assert_int_equal(run->exit_status, BW_EXIT_LOOK);
    DECODE(run, "--draw", "out.png", "a.pgm", "a.pgm");
    assert_int_equal(run->exit_status, BW_EXIT_USAGE);
}

static void
wrong_use_is_told(void **state)
{
    struct run *run = *state;
    DECODE(run, "--frames", "0", "a.pgm");
    assert_int_equal(run->exit_status, BW_EXIT_USAGE);
    DECODE(run, "--frames", "many", "a.pgm");
    assert_int_equal(run->exit_status, BW_EXIT_USAGE);
    DECODE(run, "--nonsense");
    assert_int_equal(run->exit_status, BW_EXIT_USAGE);
    decode(run, (const char *const[]){NULL});
    assert_int_equal(run->exit_status, BW_EXIT_USAGE);
    assert_string_equal(run->out, "");
    DECODE(run, "--help");
    assert_int_equal(run->exit_status, BW_EXIT_DONE);
}

int
main(int argc, char **argv)
{
    if (argc >= 2 && strcmp(argv[1], "decode") == 0) {
        return bw_decode_main(argc - 1, argv + 1);
    }
#define RUN(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        RUN(rendered_tickets_are_read_in_argument_order),
        RUN(file_that_is_no_picture_gets_a_dash_and_a_line_on_stderr),
        RUN(large_photo_is_made_smaller_and_read),
        RUN(names_and_texts_cannot_break_the_line),
        RUN(frames_option_gives_the_picture_again),
        RUN(bytes_outside_ascii_are_escaped),
        RUN(why_and_draw_show_what_was_found),
        RUN(wrong_use_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
