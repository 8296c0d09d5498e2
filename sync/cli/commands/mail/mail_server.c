/* The mail server that a call sends by: see mail_server.h. */
#include "cli/commands/mail/mail_server.h"

#include "cli/answer.h"
#include "office/mail/trial.h"
#include "office/setting.h"

#include <brugwachter/said.h>
#include <string.h>
#include <unistd.h>

void
bw_cli_mail_server(const struct bw_call *call, struct bw_cli_mail_server *ret_server)
{
    ret_server->settings =
        (struct bw_smtp_settings){.url = bw_call_value(call, BW_OPTION_SMTP),
            .user = bw_call_value(call, BW_OPTION_SMTP_USER),
            .password_file = bw_call_value(call, BW_OPTION_SMTP_PASSWORD_FILE),
            .token_command = bw_call_value(call, BW_OPTION_SMTP_TOKEN_COMMAND)};
    struct bw_smtp_settings *settings = &ret_server->settings;
    if (settings->user != NULL && settings->password_file == NULL &&
        settings->token_command == NULL &&
        bw_office_setting_password_path(
            bw_call_key_path(call), ret_server->password_file) &&
        access(ret_server->password_file, F_OK) == 0) {
        settings->password_file = ret_server->password_file;
    }
}

enum bw_exit
bw_cli_mail_words(struct bw_call *call, bool alone, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_cli_mail_server server;
    if (!alone || call->operands_count != 2 || strcmp(call->operands[0], "test") != 0) {
        return bw_call_usage(err, "mail takes no words but test ADDRESS");
    }
    const char *to = call->operands[1];
    bw_cli_mail_server(call, &server);
    enum bw_status status = bw_mailing_try(&office, &server.settings, to, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(
            call, json_pack("{s:s, s:s}", "to", to, "server", server.settings.url), err);
    } else {
        (void)fprintf(call->out,
            bw_said("The server took a test mail to %s. Look "
                    "whether it came; nobody was told anything.\n"),
            to);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}
