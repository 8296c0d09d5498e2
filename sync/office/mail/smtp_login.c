/* Who we are: see smtp_login.h. */
#include "office/mail/smtp_login.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS_MAX = 32 };

extern char **environ;

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0, "logging in to send mail: no memory");
}

/* The first line of a stream, which must not be empty. Takes the descriptor. */
static enum bw_status
line_read(int fd, const char *where, char **ret_line, struct bw_error *err)
{
    char *line = calloc(1, BW_SMTP_SECRET_BYTES);
    FILE *file = fdopen(fd, "r");
    if (line == NULL || file == NULL) {
        free(line);
        (void)(file != NULL ? fclose(file) : close(fd));
        return no_memory(err);
    }
    (void)setvbuf(file, NULL, _IONBF, 0); /* no copy of it stays behind */
    bool fine = fgets(line, BW_SMTP_SECRET_BYTES, file) != NULL;
    (void)fclose(file);
    line[strcspn(line, "\r\n")] = '\0';
    if (!fine || line[0] == '\0') {
        sodium_memzero(line, BW_SMTP_SECRET_BYTES);
        free(line);
        return bw_error_set(err, BW_IO, 0,
            "logging in to send mail: %s holds no password or token in its first line",
            where);
    }
    *ret_line = line;
    return BW_OK;
}

static enum bw_status
password_read(const char *path, char **ret_line, struct bw_error *err)
{
    struct stat facts;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &facts) != 0) {
        enum bw_status status = bw_error_set(err, BW_NOT_FOUND, errno,
            "reading the password in %s: %s", path, bw_said(strerror(errno)));
        if (fd >= 0) {
            (void)close(fd);
        }
        return status;
    }
    if ((facts.st_mode & 077) != 0) {
        (void)close(fd);
        return bw_error_set(err, BW_REFUSED, 0,
            "reading the password in %s: others may read it too; chmod 600 %s", path,
            path);
    }
    return line_read(fd, path, ret_line, err);
}

/* ---- a token ---- */

/* Splits at blanks, in place. False where there are too many words or none. */
static bool
words_split(char *command, char *words[WORDS_MAX + 1])
{
    char *rest = NULL;
    int count = 0;
    for (char *word = strtok_r(command, " \t", &rest); word != NULL;
         word = strtok_r(NULL, " \t", &rest)) {
        if (count == WORDS_MAX) {
            return false;
        }
        words[count++] = word;
    }
    words[count] = NULL;
    return count > 0;
}

/* Starts it with its output in *ret_fd. 0, or an errno. */
static int
command_start(char *const words[], pid_t *ret_pid, int *ret_fd)
{
    int ends[2];
    posix_spawn_file_actions_t actions;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return errno;
    }
    int code = posix_spawn_file_actions_init(&actions);
    if (code == 0) {
        code = posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        code = code != 0
                   ? code
                   : posix_spawnp(ret_pid, words[0], &actions, NULL, words, environ);
        (void)posix_spawn_file_actions_destroy(&actions);
    }
    (void)close(ends[1]);
    if (code != 0) {
        (void)close(ends[0]);
        return code;
    }
    *ret_fd = ends[0];
    return 0;
}

static enum bw_status
token_read(const char *command, char **ret_line, struct bw_error *err)
{
    char *words[WORDS_MAX + 1], *copy = strdup(command), *line = NULL;
    pid_t pid = 0;
    int fd = -1, end = 0;
    if (copy == NULL) {
        return no_memory(err);
    }
    int code = words_split(copy, words) ? command_start(words, &pid, &fd) : EINVAL;
    free(copy);
    if (code != 0) {
        return bw_error_set(err, BW_NOT_FOUND, code,
            "logging in to send mail: the command of "
            "--smtp-token-command can't be started (%s)",
            bw_said(strerror(code)));
    }
    enum bw_status status =
        line_read(fd, bw_said("what --smtp-token-command prints"), &line, err);
    while (waitpid(pid, &end, 0) < 0 && errno == EINTR) {
    }
    if (status == BW_OK && (!WIFEXITED(end) || WEXITSTATUS(end) != 0)) {
        sodium_memzero(line, BW_SMTP_SECRET_BYTES);
        free(line);
        return bw_error_set(err, BW_IO, 0,
            "logging in to send mail: the command of --smtp-token-command failed");
    }
    if (status == BW_OK) {
        *ret_line = line;
    }
    return status;
}

enum bw_status
bw_smtp_secret_read(const struct bw_smtp_settings *settings,
    struct bw_smtp_secret *ret_secret, struct bw_error *err)
{
    struct bw_smtp_secret secret = {.is_token = settings->token_command != NULL};
    bool given = settings->password_file != NULL || secret.is_token;
    if (settings->password_file != NULL && secret.is_token) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "logging in to send mail: give --smtp-password-file or "
            "--smtp-token-command, not both");
    }
    if (given != (settings->user != NULL)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            given ? BW_SAYS("logging in to send mail: give --smtp-user too")
                  : BW_SAYS("logging in to send mail: give --smtp-password-file or "
                            "--smtp-token-command too"));
    }
    enum bw_status status = BW_OK;
    if (secret.is_token) {
        status = token_read(settings->token_command, &secret.text, err);
    } else if (given) {
        status = password_read(settings->password_file, &secret.text, err);
    }
    if (status == BW_OK) {
        *ret_secret = secret;
    }
    return status;
}

void
bw_smtp_secret_finish(struct bw_smtp_secret *secret)
{
    if (secret->text != NULL) {
        sodium_memzero(secret->text, BW_SMTP_SECRET_BYTES);
        free(secret->text);
        secret->text = NULL;
    }
}
