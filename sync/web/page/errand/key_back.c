/* Keys back from paper: see key_back.h. */
#include "web/page/errand/key_back.h"

#include "office/backup/key_lines.h"
#include "web/page/part/before.h"
#include "web/page/pages.h"

#include <string.h>

static const char sheet_name[] = "blad", phrase_name[] = "zin";

const struct bw_web_form bw_web_key_form = {
    bw_web_page_settings, {{"lines", sheet_name, NULL}}};

enum bw_status
bw_web_key_check(const struct bw_web_visit *visit, struct bw_error *err)
{
    const char *typed = bw_web_request_sent(visit->request, sheet_name);
    uint8_t bytes[BW_KEY_LINES_DATA_MAX];
    struct bw_web_errand *before = NULL;
    size_t length = 0;
    if (typed[0] == '\0' && bw_web_before_is(visit)) {
        return bw_web_before_find(visit, &before, err);
    }
    enum bw_status status = bw_key_lines_read(typed, bytes, &length, err);
    return status == BW_OK ? BW_OK : bw_error_about(err, status, "lines");
}

enum bw_status
bw_web_key_keep(
    const struct bw_web_visit *visit, struct bw_web_errand *errand, struct bw_error *err)
{
    enum bw_status status =
        bw_web_before_keep(visit, errand, sheet_name, sheet_name, err);
    return status == BW_OK
               ? bw_web_before_keep(visit, errand, "sleutelzin", phrase_name, err)
               : status;
}

void
bw_web_key_add(const struct bw_web_errand *errand, json_t **model)
{
    bool back = strcmp(errand->what, "er.keyback") == 0;
    bw_web_set(model, "of_key", json_boolean(strcmp(errand->what, "er.key") == 0));
    bw_web_set(model, "key_back", json_boolean(back && errand->exit <= 1));
    bw_web_set(model, "again_key", json_boolean(back && errand->exit > 1));
}
