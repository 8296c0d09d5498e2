/* brugwachter-kiosk: from its arguments to one of its commands. */
#include "decode.h"
#include "door.h"
#include "options.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static enum bw_exit
misuse(const struct bw_error *err)
{
    (void)fprintf(stderr, "brugwachter-kiosk: %s\n", err->text);
    return BW_EXIT_USAGE;
}

static enum bw_exit
no_store(void)
{
    struct bw_error err;
    (void)bw_error_set(&err, BW_BAD_INPUT, 0,
        "Starting failed: no kiosk file was named. Give --store FILE.");
    return misuse(&err);
}

static enum bw_exit
run_door(const struct bw_options *options)
{
    if (options->store_path == NULL) {
        return no_store();
    }
    const struct bw_door_options door = {
        .store_path = options->store_path,
        .session_code = options->session_code,
        .clock_text = options->clock_text,
        .in_fd = STDIN_FILENO,
        .out_fd = STDOUT_FILENO,
    };
    return bw_door_main(&door);
}

int
main(int argc, char **argv)
{
    struct bw_options options;
    struct bw_error err;
    /* a quota that is used up is a write that failed, and is told as one */
    (void)signal(SIGXFSZ, SIG_IGN);
    if (bw_options_read(&options, argc, argv, &err) != BW_OK) {
        return misuse(&err);
    }
    if (options.help) {
        bw_options_help(options.command, stdout);
        return BW_EXIT_DONE;
    }
    if (options.version) {
        (void)puts("brugwachter-kiosk " BW_VERSION);
        return BW_EXIT_DONE;
    }
    switch (options.command) {
    case BW_KIOSK_DOOR:
        return run_door(&options);
    case BW_KIOSK_DECODE:
        return bw_decode_main(options.rest_count, options.rest);
    case BW_KIOSK_SCREEN:
        break;
    }
    bw_options_help(BW_KIOSK_SCREEN, stderr);
    return BW_EXIT_USAGE;
}
