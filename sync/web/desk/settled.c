/* What is settled, for the desk: see settled.h. */
#include "web/desk/settled.h"

#include "office/setting.h"

#include <stdio.h>

enum bw_status
bw_web_settled_server(const struct bw_web_visit *visit, char ret_server[BW_TITLE_BYTES],
    struct bw_error *err)
{
    const char *given = visit->desk->setup.mail_server;
    if (given != NULL) {
        (void)snprintf(ret_server, BW_TITLE_BYTES, "%s", given);
        return BW_OK;
    }
    return bw_office_setting_read(
        visit->desk->office.central, BW_OFFICE_SMTP, ret_server, err);
}

enum bw_status
bw_web_settled_days(
    const struct bw_web_visit *visit, struct bw_todo_days *ret_days, struct bw_error *err)
{
    const struct bw_web_desk *desk = visit->desk;
    struct bw_todo_days days = desk->days;
    enum bw_status status = BW_OK;
    if (!desk->setup.retention_given) {
        status = bw_office_setting_number(desk->office.central, BW_OFFICE_RETENTION_DAYS,
            desk->days.retention, &days.retention, err);
    }
    if (status == BW_OK && !desk->setup.backup_given) {
        status = bw_office_setting_number(desk->office.central, BW_OFFICE_BACKUP_DAYS,
            desk->days.backup, &days.backup, err);
    }
    if (status == BW_OK) {
        *ret_days = days;
    }
    return status;
}

enum bw_status
bw_web_settled_language(const struct bw_web_visit *visit,
    enum bw_wording_language *ret_language, struct bw_error *err)
{
    char code[BW_TITLE_BYTES] = "";
    enum bw_status status = bw_office_setting_read(
        visit->desk->office.central, BW_OFFICE_LANGUAGE, code, err);
    if (status == BW_OK) {
        *ret_language = BW_WORDING_DUTCH;
        (void)bw_wording_parse(code, ret_language);
    }
    return status;
}
