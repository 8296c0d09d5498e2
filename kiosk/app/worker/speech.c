/* Reading aloud: see speech.h. UI thread only. */
#include "speech.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* espeak-ng's own, of 200. */
enum { LOUDNESS = 100 };

extern char **environ;

void
bw_speech_hush(struct bw_speech *speech)
{
    if (speech->pid > 0) {
        (void)kill(speech->pid, SIGTERM);
        (void)waitpid(speech->pid, NULL, 0);
        speech->pid = 0;
    }
}

bool
bw_speech_reads(struct bw_speech *speech)
{
    if (speech->pid > 0 && waitpid(speech->pid, NULL, WNOHANG) != 0) {
        speech->pid = 0;
    }
    return speech->pid > 0;
}

void
bw_speech_say(struct bw_speech *speech, const char *language, const char *text)
{
    int ends[2];
    pid_t pid = 0;
    char loudness[16];
    const char *const arguments[] = {
        "espeak-ng", "-v", language, "-s", "150", "-a", loudness, "--stdin", NULL};
    (void)snprintf(
        loudness, sizeof loudness, "%d", LOUDNESS * (100 - speech->quieter) / 100);
    bw_speech_hush(speech);
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return;
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[0], 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    if (posix_spawnp(
            &pid, arguments[0], &actions, NULL, (char *const *)arguments, environ) == 0) {
        speech->pid = pid;
        /* a screen's text is far below the 64 KB that a pipe takes at once */
        ssize_t put = write(ends[1], text, strlen(text));
        (void)put;
    }
    posix_spawn_file_actions_destroy(&actions);
    (void)close(ends[0]);
    (void)close(ends[1]);
}
