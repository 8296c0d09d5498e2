/* `desk`: the organiser's desk, in her browser. */
#include "web/desk/guide.h"
#include "web/serve.h"

#include "cli/attendees.h"
#include "cli/letters.h"
#include "cli/todo.h"
#include "commands.h"
#include "office/setup.h"

#include <brugwachter/said.h>
#include <brugwachter/zone.h>

#include <limits.h>
#include <string.h>
#include <unistd.h>

/* What runs the program's commands: the call of the desk, and on which database where
 * that isn't the call's own (the practice series). */
struct desk_command {
    const struct bw_call *call;
    const char *central; /* NULL: as the desk was called */
};

/* What a command of the desk is to know of how the desk was called. */
static const struct {
    enum bw_option option;
    const char *name;
    bool of_mail; /* only mail takes it */
} handed_on[] = {
    {BW_OPTION_CENTRAL, "--central", false},
    {BW_OPTION_SETTINGS, "--settings", false},
    {BW_OPTION_KEY_FILE, "--key-file", false},
    {BW_OPTION_NETRC_FILE, "--netrc-file", false},
    {BW_OPTION_SMTP, "--smtp", true},
    {BW_OPTION_SMTP_USER, "--smtp-user", true},
    {BW_OPTION_SMTP_PASSWORD_FILE, "--smtp-password-file", true},
    {BW_OPTION_SMTP_TOKEN_COMMAND, "--smtp-token-command", true},
    {BW_OPTION_PACE, "--pace", true},
};
enum { HANDED_ON = sizeof handed_on / sizeof handed_on[0] };

/* Is a bw_web_command: the program's own, on a thread beside the desk
 * (web/work/errand.h). A clock that was given goes on from where it is by now. */
static int
run_command(const void *context, const char *const words[], int count,
    struct bw_progress *progress, FILE *out, FILE *diag)
{
    const struct desk_command *command = context;
    const struct bw_call *call = command->call;
    char key_path[PATH_MAX + 16];
    const char *argv[HANDED_ON * 2 + BW_WEB_ERRAND_WORDS_MAX + 3] = {"brugwachter-sync"};
    char now[BW_ISO_BYTES];
    struct bw_zone *zone = NULL;
    int argc = 1;
    bool mail = strcmp(words[0], "mail") == 0;
    for (int i = 0; i < HANDED_ON; i++) {
        const char *value = bw_call_value(call, handed_on[i].option);
        if (command->central != NULL && handed_on[i].option == BW_OPTION_CENTRAL) {
            value = command->central;
        } else if (command->central != NULL &&
                   handed_on[i].option ==
                       BW_OPTION_KEY_FILE) { /* settings may have one */
            (void)snprintf(key_path, sizeof key_path, "%s.key",
                command->central + sizeof "sqlite:" - 1);
            value = key_path;
        }
        if (value != NULL && (mail || !handed_on[i].of_mail)) {
            argv[argc++] = handed_on[i].name;
            argv[argc++] = value;
        }
    }
    if (bw_call_value(call, BW_OPTION_CLOCK) != NULL &&
        bw_zone_open(BW_ZONE_DEFAULT, &zone, NULL) == BW_OK) {
        bw_zone_format_iso(zone, bw_call_now_ms(call), now);
        argv[argc++] = "--clock";
        argv[argc++] = now;
    }
    bw_zone_close(zone);
    for (int i = 0; i < count; i++) {
        argv[argc++] = words[i];
    }
    return (int)bw_sync_main_watched(
        call->table, argc, (char *const *)(uintptr_t)argv, progress, out, diag);
}

/* An office that is new has its keys made, so that she can begin. Where they are lost the
 * desk opens all the same: there they can be read from paper. */
static enum bw_status
set_up(struct bw_call *call, struct bw_error *err)
{
    const struct bw_office office = bw_call_office(call);
    const struct bw_office_settings none = {.organiser = NULL};
    bool created = false;
    enum bw_status status = bw_office_setup(&office, &none, &created, err);
    if (status == BW_NOT_FOUND && access(office.key_path, F_OK) != 0) {
        fprintf(call->out, "%s\n", err->text);
        err->text[0] = '\0';
        return BW_OK;
    }
    return status;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    const char *listen = bw_call_value(call, BW_OPTION_LISTEN);
    const char *uri = bw_call_value(call, BW_OPTION_CENTRAL);
    char address[BW_WEB_ADDRESS_BYTES] = "127.0.0.1", netrc[PATH_MAX] = "";
    struct bw_todo_days days;
    int port = 0;
    if (bw_cli_todo_days(call, &days, err) != BW_OK ||
        (listen != NULL && bw_web_listen_parse(listen, address, &port, err) != BW_OK)) {
        return BW_EXIT_USAGE;
    }
    enum bw_status status = set_up(call, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    bool netrc_given = bw_letters_netrc(call, netrc);
    const char *server = bw_call_value(call, BW_OPTION_SMTP);
    const char *base_url = bw_call_value(call, BW_OPTION_BASE_URL);
    const char *password = bw_call_value(call, BW_OPTION_PASSWORD_FILE);
    if ((base_url != NULL) != (password != NULL)) {
        return bw_call_usage(err,
            "desk takes --base-url and --password-file together: behind a proxy it "
            "asks for its own password");
    }
    char guides[PATH_MAX];
    bw_web_guide_find(guides);
    struct bw_practice_place practice = {.folder = ""};
    const struct desk_command own = {.call = call};
    struct desk_command practising = {.call = call};
    if (bw_practice_place_of(bw_call_key_path(call), &practice)) {
        practising.central = practice.uri;
    }
    struct bw_web_serve serve = {
        .desk = {.central_uri = uri,
            .key_path = bw_call_value(call, BW_OPTION_KEY_FILE),
            .clock = call->clock,
            .who = call->who,
            .days = days,
            .retention_given = bw_call_value(call, BW_OPTION_RETENTION_DAYS) != NULL,
            .backup_given = bw_call_value(call, BW_OPTION_BACKUP_DAYS) != NULL,
            .attendees = bw_cli_attendees,
            .command = run_command,
            .command_context = &own,
            .practice_context = &practising,
            .mail_server = server,
            .guides = guides,
            .base_url = base_url,
            .password_file = password},
        .post = {.central_uri = uri,
            .key_path = bw_call_value(call, BW_OPTION_KEY_FILE),
            .netrc_path = netrc,
            .netrc_given = netrc_given,
            .clock = call->clock},
        .address = address,
        .port = port,
        .browser = bw_call_value(call, BW_OPTION_NO_BROWSER) == NULL && password == NULL,
        .out = call->out,
    };
    status = bw_web_serve(&serve, err);
    return status == BW_BAD_INPUT ? BW_EXIT_USAGE : bw_exit_of(status);
}

const struct bw_sync_command bw_sync_command_desk = {
    .name = "desk",
    .operands = "",
    .summary = BW_SAYS("the organiser's desk, in the browser, on this machine alone"),
    .help = BW_SAYS(
        "Makes the database where there is none yet. Prints a link that opens the desk\n"
        "once, and opens the browser on it; --no-browser only prints. Whoever has the\n"
        "link is in: give it to nobody. After 30 minutes' rest it asks for a new one,\n"
        "which is printed when nobody is in. --smtp and what goes with it are for the\n"
        "mail that it sends.\n"
        "Behind a reverse proxy, which ends TLS, --base-url is its address there and\n"
        "--password-file the file with the password that it then asks for, at least 12\n"
        "characters; the proxy passes the Host on. Ends with Ctrl-C.\n"),
    .takes = BW_TAKES(BW_OPTION_KEY_FILE) | BW_TAKES(BW_OPTION_LISTEN) |
             BW_TAKES(BW_OPTION_NO_BROWSER) | BW_TAKES(BW_OPTION_RETENTION_DAYS) |
             BW_TAKES(BW_OPTION_BACKUP_DAYS) | BW_TAKES(BW_OPTION_SMTP) |
             BW_TAKES(BW_OPTION_SMTP_USER) | BW_TAKES(BW_OPTION_SMTP_PASSWORD_FILE) |
             BW_TAKES(BW_OPTION_SMTP_TOKEN_COMMAND) | BW_TAKES(BW_OPTION_PACE) |
             BW_TAKES(BW_OPTION_BASE_URL) | BW_TAKES(BW_OPTION_PASSWORD_FILE),
    .needs = BW_NEEDS_CENTRAL_NEW,
    .run = run,
};
