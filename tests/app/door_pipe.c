/* The real door behind pipes: see door_pipe.h. */
#include "door_pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static bool
spawn(struct door_pipe *door, const char *program, const char *const arguments[],
    const char *stderr_path, int in[2], int out[2])
{
    posix_spawn_file_actions_t actions;
    (void)posix_spawn_file_actions_init(&actions);
    (void)posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    (void)posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    if (stderr_path != NULL) {
        (void)posix_spawn_file_actions_addopen(
            &actions, STDERR_FILENO, stderr_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    }
    /* posix_spawn takes its arguments without const and leaves them alone */
    char *const *argv = (char *const *)(const void *)arguments;
    int failed = posix_spawn(&door->pid, program, &actions, NULL, argv, environ);
    (void)posix_spawn_file_actions_destroy(&actions);
    return failed == 0;
}

bool
door_pipe_start(struct door_pipe *door, const char *program,
    const char *const arguments[], const char *stderr_path)
{
    int in[2];
    int out[2];
    *door = (struct door_pipe){.in_fd = -1, .out_fd = -1};
    door->bytes = malloc(DOOR_LINE_BYTES);
    if (door->bytes == NULL || pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) {
        return false;
    }
    bool started = spawn(door, program, arguments, stderr_path, in, out);
    (void)close(in[0]);
    (void)close(out[1]);
    door->in_fd = in[1];
    door->out_fd = out[0];
    return started;
}

bool
door_pipe_send(struct door_pipe *door, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(door->in_fd, bytes, length);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        }
    }
    return true;
}

static bool
fill(struct door_pipe *door)
{
    if (door->start > 0) {
        memmove(door->bytes, door->bytes + door->start, door->end - door->start);
        door->end -= door->start;
        door->start = 0;
    }
    struct pollfd wait = {.fd = door->out_fd, .events = POLLIN};
    if (door->end == DOOR_LINE_BYTES || poll(&wait, 1, DOOR_WAIT_MS) <= 0) {
        return false;
    }
    ssize_t got =
        read(door->out_fd, door->bytes + door->end, DOOR_LINE_BYTES - door->end);
    if (got > 0) {
        door->end += (size_t)got;
    }
    return got > 0;
}

const char *
door_pipe_line(struct door_pipe *door)
{
    for (;;) {
        char *line = door->bytes + door->start;
        char *newline = memchr(line, '\n', door->end - door->start);
        if (newline != NULL) {
            *newline = '\0';
            door->start += (size_t)(newline - line) + 1;
            return line;
        }
        if (!fill(door)) {
            return NULL;
        }
    }
}

int
door_pipe_stop(struct door_pipe *door)
{
    int status = 0;
    if (door->in_fd >= 0) {
        (void)close(door->in_fd);
    }
    pid_t waited = -1;
    while (door->pid > 0 && (waited = waitpid(door->pid, &status, 0)) < 0 &&
           errno == EINTR) {
    }
    if (door->out_fd >= 0) {
        (void)close(door->out_fd);
    }
    free(door->bytes);
    *door = (struct door_pipe){.in_fd = -1, .out_fd = -1};
    return waited > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}
