/* One sheet to one printer: see print.h. It is never a file: CUPS gets it through a
 * descriptor, and only CUPS on this machine (its socket, or what CUPS_SERVER names). */
#include "print.h"

#include "program.h"

#include <ctype.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ui/label.h>
#include <unistd.h>

enum { LOOKS = 30, LOOK_US = 1000 * 1000, SAID_BYTES = 8192 };

/* Runs a program of CUPS to its end; what it says on standard output is kept. `input` is
 * its standard input. True where it ended with 0. */
static bool
run(const char *const arguments[], int input, char ret_said[SAID_BYTES])
{
    struct bw_program program;
    int ends[2];
    size_t have = 0;
    ret_said[0] = '\0';
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return false;
    }
    bw_program_init(&program);
    bool started = bw_program_start(&program, arguments, input, ends[1], -1);
    (void)close(ends[1]);
    while (started && have < SAID_BYTES - 1) {
        ssize_t got = read(ends[0], ret_said + have, SAID_BYTES - 1 - have);
        if (got <= 0) {
            break;
        }
        have += (size_t)got;
    }
    ret_said[have] = '\0';
    (void)close(ends[0]);
    if (!started) {
        (void)fprintf(stderr, "%s can't be started; install cups-client\n", arguments[0]);
    }
    bool done = started && bw_program_wait(&program) == 0;
    bw_program_finish(&program);
    return done;
}

/* "request id is NAME-12 (0 file(s))" */
static bool
read_job(const char *said, char *ret_job, size_t capacity)
{
    static const char before[] = "request id is ";
    const char *at = strstr(said, before);
    size_t length = 0;
    if (at == NULL) {
        return false;
    }
    at += sizeof before - 1;
    while (at[length] != '\0' && !isspace((unsigned char)at[length])) {
        length++;
    }
    (void)snprintf(ret_job, capacity, "%.*s", (int)length, at);
    return length > 0 && length < capacity;
}

/* Whether a line of the list is the job's: its name, then a blank. */
static bool
waits(const char *list, const char *job)
{
    size_t length = strlen(job);
    for (const char *at = list; at != NULL; at = strchr(at, '\n')) {
        at += *at == '\n';
        if (strncmp(at, job, length) == 0 && isspace((unsigned char)at[length])) {
            return true;
        }
    }
    return false;
}

/* Looks every second, for half a minute. */
static enum bw_print_exit
follow(const char *printer, const char *job)
{
    static char said[SAID_BYTES];
    const char *const pending[] = {"lpstat", "-W", "not-completed", "-o", printer, NULL};
    const char *const state[] = {"lpstat", "-l", "-p", printer, NULL};
    for (int look = 0; look < LOOKS; look++) {
        if (run(pending, STDIN_FILENO, said) && !waits(said, job)) {
            return BW_PRINT_DONE;
        }
        if (run(state, STDIN_FILENO, said) && (strstr(said, "media-empty") != NULL ||
                                                  strstr(said, "media-needed") != NULL)) {
            return BW_PRINT_PAPER;
        }
        (void)usleep(LOOK_US);
    }
    (void)fprintf(stderr, "printer %s: it isn't out yet\n", printer);
    return BW_PRINT_FAILED;
}

/* Gives `lp` what it is to print, and waits till it is out. */
static enum bw_print_exit
print(const char *printer, const char *const arguments[], int page)
{
    static char said[SAID_BYTES];
    char job[256];
    if (!run(arguments, page, said) || !read_job(said, job, sizeof job)) {
        return BW_PRINT_FAILED;
    }
    return follow(printer, job);
}

static enum bw_print_exit
print_label(const char *printer, enum bw_label_size size, int page)
{
    char media[48];
    double width = 0, height = 0;
    bw_ui_label_size_mm(size, &width, &height);
    (void)snprintf(media, sizeof media, "media=Custom.%gx%gmm", width, height);
    const char *const arguments[] = {"lp", "-d", printer, "-t", "Brugwachter", "-o",
        media, "-o", "print-scaling=none", NULL};
    return lseek(page, 0, SEEK_SET) == 0 ? print(printer, arguments, page)
                                         : BW_PRINT_FAILED;
}

/* Lines of text on standard input; CUPS makes pages of them, a letter a column. */
static enum bw_print_exit
print_list(const char *printer)
{
    const char *const arguments[] = {"lp", "-d", printer, "-t", "Brugwachter", "-o",
        "document-format=text/plain", "-o", "cpi=12", NULL};
    return print(printer, arguments, STDIN_FILENO);
}

/* A line of standard input, without its end. */
static void
read_line(char *ret_text, size_t capacity)
{
    if (fgets(ret_text, (int)capacity, stdin) == NULL) {
        ret_text[0] = '\0';
    }
    ret_text[strcspn(ret_text, "\n")] = '\0';
}

static enum bw_print_exit
draw_and_print(const char *printer, enum bw_label_size size)
{
    static struct bw_label label;
    struct bw_error error = {0};
    read_line(label.first_name, sizeof label.first_name);
    read_line(label.name, sizeof label.name);
    read_line(label.school, sizeof label.school);
    read_line(label.region, sizeof label.region);
    int fd = memfd_create("label", MFD_CLOEXEC);
    FILE *page = fd >= 0 ? fdopen(fd, "w+") : NULL;
    if (page == NULL || bw_ui_label_write(size, &label, page, &error) != BW_OK) {
        (void)fprintf(stderr, "drawing a label failed: %s\n", error.text);
        return BW_PRINT_FAILED;
    }
    enum bw_print_exit exit = print_label(printer, size, fd);
    (void)fclose(page);
    return exit;
}

int
bw_print_main(int argc, char **argv)
{
    (void)signal(SIGPIPE, SIG_IGN);
    (void)setenv("LC_ALL", "C", 1); /* what CUPS says is read */
    (void)setenv("CUPS_SERVER", "/run/cups/cups.sock", 0);
    if (argc == 4 && strcmp(argv[3], BW_PRINT_LIST) == 0) {
        return (int)print_list(argv[2]);
    }
    for (int size = 0; argc == 4 && size < BW_LABEL_SIZES; size++) {
        if (strcmp(argv[3], bw_ui_label_size_name((enum bw_label_size)size)) == 0) {
            return (int)draw_and_print(argv[2], (enum bw_label_size)size);
        }
    }
    (void)fprintf(stderr, "usage: %s %s PRINTER SIZE|%s\n", argv[0], BW_PRINT_ARGUMENT,
        BW_PRINT_LIST);
    return (int)BW_PRINT_FAILED;
}
