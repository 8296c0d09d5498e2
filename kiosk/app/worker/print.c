/* One label to one printer: see print.h. The label is never a file: CUPS gets it through
 * a descriptor, and only CUPS on this machine (its socket, or what CUPS_SERVER names). */
#include "print.h"

#include <ctype.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <ui/label.h>
#include <unistd.h>

enum { LOOKS = 30, LOOK_US = 1000 * 1000, SAID_BYTES = 8192 };

extern char **environ;

/* Runs a program of CUPS to its end; what it says on standard output is kept. `input` is
 * its standard input. True where it ended with 0. */
static bool
run(char *const arguments[], int input, char ret_said[SAID_BYTES])
{
    posix_spawn_file_actions_t actions;
    int ends[2];
    pid_t pid = 0;
    int status = -1;
    size_t have = 0;
    ret_said[0] = '\0';
    if (pipe(ends) != 0) {
        return false;
    }
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    posix_spawn_file_actions_addclose(&actions, ends[1]);
    bool started =
        posix_spawnp(&pid, arguments[0], &actions, NULL, arguments, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
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
    if (started) {
        (void)waitpid(pid, &status, 0);
    } else {
        (void)fprintf(stderr, "%s can't be started; install cups-client\n", arguments[0]);
    }
    return started && WIFEXITED(status) && WEXITSTATUS(status) == 0;
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
follow(char *printer, const char *job)
{
    static char said[SAID_BYTES];
    char *const pending[] = {"lpstat", "-W", "not-completed", "-o", printer, NULL};
    char *const state[] = {"lpstat", "-l", "-p", printer, NULL};
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
    (void)fprintf(stderr, "printer %s: the label isn't out yet\n", printer);
    return BW_PRINT_FAILED;
}

static enum bw_print_exit
print(char *printer, enum bw_label_size size, int page)
{
    static char said[SAID_BYTES];
    char media[48], job[256];
    double width = 0, height = 0;
    bw_ui_label_size_mm(size, &width, &height);
    (void)snprintf(media, sizeof media, "media=Custom.%gx%gmm", width, height);
    char *const arguments[] = {"lp", "-d", printer, "-t", "Brugwachter", "-o", media,
        "-o", "print-scaling=none", NULL};
    if (lseek(page, 0, SEEK_SET) != 0 || !run(arguments, page, said) ||
        !read_job(said, job, sizeof job)) {
        return BW_PRINT_FAILED;
    }
    return follow(printer, job);
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
draw_and_print(char *printer, enum bw_label_size size)
{
    static struct bw_label label;
    struct bw_error error = {0};
    read_line(label.first_name, sizeof label.first_name);
    read_line(label.name, sizeof label.name);
    read_line(label.school, sizeof label.school);
    read_line(label.table, sizeof label.table);
    int fd = memfd_create("label", MFD_CLOEXEC);
    FILE *page = fd >= 0 ? fdopen(fd, "w+") : NULL;
    if (page == NULL || bw_ui_label_write(size, &label, page, &error) != BW_OK) {
        (void)fprintf(stderr, "drawing a label failed: %s\n", error.text);
        return BW_PRINT_FAILED;
    }
    enum bw_print_exit exit = print(printer, size, fd);
    (void)fclose(page);
    return exit;
}

int
bw_print_main(int argc, char **argv)
{
    (void)signal(SIGPIPE, SIG_IGN);
    (void)setenv("LC_ALL", "C", 1); /* what CUPS says is read */
    (void)setenv("CUPS_SERVER", "/run/cups/cups.sock", 0);
    for (int size = 0; argc == 4 && size < BW_LABEL_SIZES; size++) {
        if (strcmp(argv[3], bw_ui_label_size_name((enum bw_label_size)size)) == 0) {
            return (int)draw_and_print(argv[2], (enum bw_label_size)size);
        }
    }
    (void)fprintf(stderr, "usage: %s %s PRINTER SIZE\n", argv[0], BW_PRINT_ARGUMENT);
    return (int)BW_PRINT_FAILED;
}
