/* What a file that was taken over leads to: the mails that are ready by it, and until
 * when it can be taken back. */
#include "web/page/import/import.h"

#include "office/mail/told_steps.h"
#include "web/desk/settled.h"

#include <string.h>

/* "Op de wachtlijst: 5. Ticket: 1." */
static json_t *
mails_of(
    const struct bw_web_visit *visit, const struct bw_told_steps *steps, int64_t *ret_all)
{
    json_t *list = json_array();
    *ret_all = 0;
    for (int kind = 0; kind < BW_TOLD_KINDS; kind++) {
        char key[BW_LABEL_BYTES];
        (void)snprintf(
            key, sizeof key, "told.%s", bw_told_kind_name((enum bw_told_kind)kind));
        *ret_all += steps->mails[kind];
        if (steps->mails[kind] > 0) {
            bw_web_add(&list, json_pack("{s:o, s:I}", "word", bw_web_sentence(visit, key),
                                  "count", (json_int_t)steps->mails[kind]));
        }
    }
    return list;
}

enum bw_status
bw_web_import_done(const struct bw_web_visit *visit, const struct bw_web_draft *draft,
    json_t **model, struct bw_error *err)
{
    enum { DAY_MS = 24 * 60 * 60 * 1000 };
    struct bw_told_steps steps = {.hindered = 0};
    struct bw_todo_days days = {.retention = 0};
    int64_t mails = 0;
    enum bw_status status = bw_told_steps_read(
        &visit->desk->office, draft->steps, (size_t)draft->steps_count, &steps, err);
    if (status == BW_OK) {
        status = bw_web_settled_days(visit, &days, err);
    }
    if (status != BW_OK) {
        return status;
    }
    bool until = steps.ends_ms > 0 && days.retention > 0;
    json_t *kinds = mails_of(visit, &steps, &mails);
    bw_web_set(model, "mails_count", json_integer((json_int_t)mails));
    bw_web_set(model, "mails", kinds);
    bw_web_set(model, "hindered_count", json_integer((json_int_t)steps.hindered));
    bw_web_set(model, "steps_count", json_integer(draft->steps_count));
    bw_web_set(model, "until",
        until ? bw_web_when(visit, visit->desk->zone, BW_WEB_MOMENT_DATE,
                    steps.ends_ms + days.retention * DAY_MS)
              : json_string(""));
    return BW_OK;
}
