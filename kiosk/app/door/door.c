/* The desk behind a pipe: see door.h. */
#include "door.h"

#include "json.h"
#include "line.h"
#include "line_reader.h"
#include "run.h"
#include "venue_clock.h"

#include "app/options/log.h"

#include <brugwachter/core.h>
#include <brugwachter/said.h>
#include "core/desk/desk.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

struct door {
    struct bw_desk *desk;
    struct bw_line_reader reader;
    int out_fd;
};

static enum bw_exit
fail(enum bw_exit status, const struct bw_error *err)
{
    bw_log(BW_JOURNAL_ERROR, "%s", err->text);
    return status;
}

static enum bw_status
open_desk(const struct bw_door_options *options, struct bw_desk **ret_desk,
    struct bw_error *err)
{
    struct bw_store *store = NULL;
    struct bw_clock clock;
    enum bw_status status = bw_core_init(err);
    if (status == BW_OK) {
        status = bw_store_open(options->store_path, BW_STORE_KIOSK, &store, err);
    }
    if (status != BW_OK) {
        return status;
    }
    bw_store_preallocate(store);
    bw_clock_init_system(&clock);
    if (options->clock_text != NULL) {
        status = bw_venue_clock_inject(
            &clock, store, options->session_code, options->clock_text, err);
    }
    if (status != BW_OK) {
        bw_store_close(store);
        return status;
    }
    bw_run_begin(store, &clock);
    const struct bw_desk_options wanted = {.session_code = options->session_code};
    return bw_desk_create(store, &clock, &wanted, ret_desk, err);
}

/* One line, in one write where the pipe takes it: a reader never sees half an answer of a
 * kiosk that was killed in between. Takes `text`. */
static bool
say(const struct door *door, char *text)
{
    char newline = '\n';
    struct iovec parts[2] = {
        {.iov_base = text, .iov_len = text != NULL ? strlen(text) : 0},
        {.iov_base = &newline, .iov_len = 1},
    };
    bool fine = text != NULL;
    for (int part = 0; fine && part < 2;) {
        ssize_t written = writev(door->out_fd, parts + part, 2 - part);
        if (written < 0) {
            fine = errno == EINTR;
            continue;
        }
        size_t left = (size_t)written;
        while (part < 2 && left >= parts[part].iov_len) {
            left -= parts[part++].iov_len;
        }
        if (part < 2) {
            parts[part].iov_base = (char *)parts[part].iov_base + left;
            parts[part].iov_len -= left;
        }
    }
    free(text);
    return fine;
}

static bool
carry_out(struct door *door, const struct bw_command *command)
{
    struct bw_answer answer;
    bw_desk_run(door->desk, command, &answer);
    int64_t clock_ms = command->kind == BW_COMMAND_CLOCK ? command->wall_ms : 0;
    char *text = bw_door_json_answer(&answer, bw_desk_zone(door->desk), clock_ms);
    bw_answer_finish(&answer);
    return say(door, text);
}

static bool
obey(struct door *door, char *line, size_t length)
{
    struct bw_command command;
    struct bw_error err = {0};
    if (bw_line_parse(line, length, bw_desk_zone(door->desk), &command, &err) != BW_OK) {
        return say(door, bw_door_json_error(&err, false));
    }
    return carry_out(door, &command);
}

/* A text that is too long is no ticket, and is scanned as such: empty. */
static bool
refuse_long_line(struct door *door, const char *begun)
{
    struct bw_error err = {0};
    if (bw_line_is_scan(begun)) {
        struct bw_command command;
        bw_command_init(&command, BW_COMMAND_SCAN);
        command.operated_by = BW_OPERATOR_DOOR;
        return carry_out(door, &command);
    }
    (void)bw_error_set(&err, BW_BAD_INPUT, 0,
        "Reading a command failed: the line is longer than %d bytes. Send less.",
        BW_DOOR_LINE_BYTES - 2);
    return say(door, bw_door_json_error(&err, false));
}

/* Nobody asked anything for a second: follow the sync tool,
 * release by the clock, tidy. */
static void
tick(struct door *door)
{
    struct bw_command command;
    struct bw_answer answer;
    bw_command_init(&command, BW_COMMAND_OVERVIEW);
    command.operated_by = BW_OPERATOR_DOOR;
    bw_desk_run(door->desk, &command, &answer);
    bw_answer_finish(&answer);
}

/* True at the end of input, false when an answer couldn't be written. */
static bool
serve(struct door *door)
{
    for (;;) {
        char *line = NULL;
        size_t length = 0;
        bool said = true;
        switch (bw_line_next(&door->reader, &line, &length)) {
        case BW_LINE_TAKEN:
            said = obey(door, line, length);
            break;
        case BW_LINE_TOO_LONG:
            said = refuse_long_line(door, line);
            break;
        case BW_LINE_IDLE:
            tick(door);
            break;
        case BW_LINE_END:
            return true;
        }
        if (!said) {
            return false;
        }
    }
}

enum bw_exit
bw_door_main(const struct bw_door_options *options)
{
    struct bw_error err = {0};
    static struct door door; /* one a process; its line is too long for a small stack */
    door.out_fd = options->out_fd;
    enum bw_status status = open_desk(options, &door.desk, &err);
    if (status != BW_OK) {
        return fail(status == BW_BAD_INPUT ? BW_EXIT_USAGE : BW_EXIT_FAILED, &err);
    }
    (void)signal(SIGPIPE, SIG_IGN); /* the write says so itself */
    bw_line_reader_init(&door.reader, options->in_fd);
    const char *spoken = bw_said_spoken();
    bw_said_speak("en"); /* answers are for programs: the same everywhere */
    bool served = serve(&door);
    bw_said_speak(spoken);
    bw_desk_destroy(door.desk);
    door.desk = NULL;
    if (!served) {
        (void)bw_error_set(&err, BW_IO, errno,
            "Writing an answer failed: nobody reads it any more. What was answered "
            "before is safe; start the door again.");
        return fail(BW_EXIT_FAILED, &err);
    }
    return BW_EXIT_DONE;
}
