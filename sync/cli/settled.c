/* What the database has settled: see settled.h. */
#include "cli/settled.h"

#include "office/setting.h"

#include <stdlib.h>
#include <string.h>

static enum bw_status
apply_one(struct bw_sync_settings *settings, struct bw_call *call,
    enum bw_office_setting setting, struct bw_error *err)
{
    char value[BW_TITLE_BYTES] = "";
    int option = bw_option_find(bw_office_setting_name(setting));
    enum bw_status status = bw_office_setting_read(call->central, setting, value, err);
    if (status != BW_OK || option < 0 || value[0] == '\0') {
        return status;
    }
    char *text = strdup(value);
    if (text == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "reading what is settled: no memory");
    }
    if (bw_call_default(call, (enum bw_option)option, text)) {
        settings->texts[settings->count++] = text; /* once an option, so it fits */
    } else {
        free(text);
    }
    return BW_OK;
}

enum bw_status
bw_cli_settled_apply(
    struct bw_sync_settings *settings, struct bw_call *call, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (int i = 0; call->central != NULL && status == BW_OK && i < BW_OFFICE_SETTINGS;
         i++) {
        status = apply_one(settings, call, (enum bw_office_setting)i, err);
    }
    return status;
}
