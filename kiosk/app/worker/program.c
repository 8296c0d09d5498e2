/* Started by posix_spawn: no code of ours runs between fork and exec. See program.h. */
#include "program.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

void
bw_program_init(struct bw_program *program)
{
    *program = (struct bw_program){.pid = 0};
    pthread_mutex_init(&program->lock, NULL);
}

void
bw_program_finish(struct bw_program *program)
{
    pthread_mutex_destroy(&program->lock);
}

static void
set_pid(struct bw_program *program, pid_t pid)
{
    pthread_mutex_lock(&program->lock);
    program->pid = pid;
    if (program->stopped && pid > 0) {
        (void)kill(pid, SIGTERM);
    }
    pthread_mutex_unlock(&program->lock);
}

bool
bw_program_start(struct bw_program *program, const char *const arguments[], int input,
    int output, int errors)
{
    const int ends[] = {input, output, errors};
    posix_spawn_file_actions_t actions;
    pid_t pid = 0;
    posix_spawn_file_actions_init(&actions);
    for (int fd = 0; fd < 3; fd++) {
        if (ends[fd] >= 0) {
            posix_spawn_file_actions_adddup2(&actions, ends[fd], fd);
        }
    }
    int failed = posix_spawnp(
        &pid, arguments[0], &actions, NULL, (char *const *)arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed == 0) {
        set_pid(program, pid);
    }
    return failed == 0;
}

int
bw_program_wait(struct bw_program *program)
{
    pthread_mutex_lock(&program->lock);
    pid_t pid = program->pid;
    pthread_mutex_unlock(&program->lock);
    /* reaped only once nobody can send a signal to its number any more */
    siginfo_t info;
    while (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) < 0 && errno == EINTR) {
    }
    set_pid(program, 0);
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void
bw_program_end(struct bw_program *program)
{
    pthread_mutex_lock(&program->lock);
    program->stopped = true;
    if (program->pid > 0) {
        (void)kill(program->pid, SIGTERM);
    }
    pthread_mutex_unlock(&program->lock);
}

void
bw_program_feed(int fd, const char *text)
{
    size_t left = strlen(text);
    while (left > 0) {
        ssize_t put = write(fd, text, left);
        if (put < 0 && errno != EINTR) {
            break;
        }
        if (put > 0) {
            text += put;
            left -= (size_t)put;
        }
    }
    (void)close(fd);
}
