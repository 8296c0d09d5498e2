/* The mail server that a call sends by: see mail_server.h. */
#include "cli/commands/mail/mail_server.h"

#include "office/setting.h"

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
