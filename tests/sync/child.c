/* The program in a process of its own: see child.h. */
#include "child.h"

#include "testing.h"

#include "cli/commands/commands.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS_MAX = 12 };

struct child
child_start(const char *const words[])
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        char *all[WORDS_MAX] = {(char *)(uintptr_t) "brugwachter-sync"};
        int count = 1;
        for (; *words != NULL && count < WORDS_MAX; words++) {
            all[count++] = (char *)(uintptr_t)*words;
        }
        FILE *out = fdopen(ends[1], "w");
        (void)close(ends[0]);
        if (out != NULL) {
            (void)setvbuf(out, NULL, _IOLBF, 0);
        }
        _exit(out != NULL && *words == NULL
                  ? (int)bw_sync_main(&bw_sync_commands, count, all, out, stderr)
                  : 99);
    }
    (void)close(ends[1]);
    struct child child = {.pid = pid, .out = fdopen(ends[0], "r")};
    assert_non_null(child.out);
    return child;
}

void
child_end(struct child *child)
{
    int result = -1;
    assert_int_equal(kill(child->pid, SIGTERM), 0);
    assert_int_equal(waitpid(child->pid, &result, 0), child->pid);
    child->pid = 0;
    (void)fclose(child->out);
    assert_true(WIFEXITED(result));
    assert_int_equal(WEXITSTATUS(result), BW_EXIT_DONE);
}

void
child_kill(struct child *child)
{
    if (child->pid > 0) {
        (void)kill(child->pid, SIGKILL);
        (void)waitpid(child->pid, NULL, 0);
        child->pid = 0;
    }
}
