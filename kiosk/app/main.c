/* brugwachter-kiosk: from its arguments to one of its commands. */
#include "app/door/door.h"
#include "app/health/health.h"
#include "app/health/quiet.h"
#include "app/loop/relay.h"
#include "app/loop/screen.h"
#include "app/options/log.h"
#include "app/options/options.h"
#include "app/options/settings.h"
#include "app/setup/setup.h"
#include "app/worker/print.h"
#include "decode.h"

#include <brugwachter/core.h>
#include <brugwachter/said.h>
#include <scan/sandbox/camera.h>
#include <scan/sandbox/sandbox.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <ui/draw/catalogue.h>
#include <unistd.h>

static enum bw_exit
misuse(const struct bw_error *err)
{
    bw_log(BW_JOURNAL_ERROR, "%s", err->text);
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

static enum bw_exit
list_cameras(void)
{
    static struct bw_camera_choice cameras[16];
    int count = bw_camera_list(cameras, (int)(sizeof cameras / sizeof *cameras));
    for (int i = 0; i < count; i++) {
        (void)printf("%s\t%s\n", cameras[i].spec, cameras[i].name);
    }
    if (count == 0) {
        bw_log(BW_JOURNAL_WARNING,
            "Listing the cameras: there is none that may be opened. Connect one, or ask "
            "for the group video.");
    }
    return count > 0 ? BW_EXIT_DONE : BW_EXIT_LOOK;
}

static enum bw_exit
run(const struct bw_options *options)
{
    switch (options->command) {
    case BW_KIOSK_DOOR:
        return run_door(options);
    case BW_KIOSK_DECODE:
        return (enum bw_exit)bw_decode_main(options->rest_count, options->rest);
    case BW_KIOSK_SETUP:
        return bw_setup_main(options);
    case BW_KIOSK_HEALTH:
        return (enum bw_exit)bw_health_main(options);
    case BW_KIOSK_QUIET:
        return bw_quiet_main(options);
    case BW_KIOSK_SCREEN:
        return options->store_path != NULL ? bw_screen_main(options) : no_store();
    }
    return BW_EXIT_USAGE;
}

/* What it says of itself is in the language of --language, wrong use too, else in that of
 * the locale; where no catalogue is found, in English. */
static void
find_words(int argc, char **argv)
{
    static struct bw_ui_catalogues catalogues;
    const char *asked = bw_said_asked(argc, argv);
    bw_said_speak_all(asked != NULL ? asked : bw_said_of_locale());
    if (bw_ui_catalogues_find(NULL, &catalogues)) {
        bw_said_open(catalogues.dir, "kiosk");
    }
}

static int
run_words(int argc, char **argv)
{
    struct bw_options options;
    struct bw_settings *settings = NULL;
    struct bw_error err;
    if (bw_options_read(&options, argc, argv, &err) != BW_OK) {
        return (int)misuse(&err);
    }
    if (options.help) {
        bw_options_help(options.command, stdout);
        return BW_EXIT_DONE;
    }
    if (options.version) {
        (void)puts("brugwachter-kiosk " BW_VERSION);
        return BW_EXIT_DONE;
    }
    if (options.camera != NULL && strcmp(options.camera, "list") == 0) {
        return (int)list_cameras();
    }
    if (bw_core_init(&err) != BW_OK ||
        bw_settings_apply(&options, &settings, &err) != BW_OK) {
        return (int)misuse(&err);
    }
    if (options.language != NULL) { /* a settings file may say it */
        bw_said_speak_all(options.language);
    }
    enum bw_exit exit = run(&options);
    bw_settings_destroy(settings);
    return (int)exit;
}

int
main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], BW_SANDBOX_ARGUMENT) == 0) {
        return bw_sandbox_main(argc, argv);
    }
    if (argc > 1 && strcmp(argv[1], BW_PRINT_ARGUMENT) == 0) {
        return bw_print_main(argc, argv);
    }
    if (argc > 1 && strcmp(argv[1], "relay") == 0) {
        return bw_relay_main(argv + 2);
    }
    bw_core_keep_private();
    find_words(argc, argv);
    /* pictures that go leave no holes: each large one is a mapping of its own */
    (void)mallopt(M_MMAP_THRESHOLD, 16 * 1024);
    /* a quota that is used up is a write that failed, and is told as one */
    (void)signal(SIGXFSZ, SIG_IGN);
    return run_words(argc, argv);
}
