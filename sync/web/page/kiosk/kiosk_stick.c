/* What somebody brings from a kiosk on a stick: the letters that it wrote there, given to
 * the page as files. In whole or not at all, each; the same twice counts once. */
#include "exchange/office/round.h"
#include "web/page/pages.h"

#include <string.h>

static enum bw_status
take(const struct bw_web_visit *visit, struct bw_round_summary *summary,
    struct bw_error *err)
{
    const struct bw_office *office = &visit->desk->office;
    const struct bw_web_uploads *uploads = visit->uploads;
    struct bw_exchange_post post = {.central = NULL};
    struct bw_merge_item items[BW_WEB_UPLOADS_MAX];
    for (size_t i = 0; i < uploads->count; i++) {
        items[i] = (struct bw_merge_item){.name = uploads->items[i].name,
            .letter = (const unsigned char *)uploads->items[i].bytes,
            .letter_bytes = uploads->items[i].length};
    }
    enum bw_status status = bw_exchange_post_init(
        &post, office->central, office->key_path, &visit->desk->setup.clock, err);
    if (status == BW_OK) {
        status = bw_round_given(&post, items, uploads->count, summary, err);
    }
    bw_exchange_post_finish(&post);
    return status;
}

enum bw_status
bw_web_page_kiosk_stick(struct bw_web_visit *visit, struct bw_error *err)
{
    struct bw_round_summary summary = {.taken = 0};
    bool given = visit->uploads->count > 0;
    enum bw_status status = BW_OK;
    if (strcmp(visit->request->segments[1], "lees") != 0) {
        return bw_error_set(err, BW_NOT_FOUND, 0, "looking for a page: there is none");
    }
    if (given) {
        status = take(visit, &summary, err);
    }
    if (status == BW_OK) {
        bool look = bw_round_needs_a_look(&summary);
        bw_web_said(visit,
            !given                 ? "im.nofile"
            : look                 ? "z.in.look"
            : summary.left > 0     ? "z.in.left"
            : summary.accepted > 0 ? "z.in.said"
                                   : "z.in.none",
            json_pack("{s:I}", "n", (json_int_t)summary.accepted), 0);
        visit->desk->changed = visit->desk->changed || summary.taken > 0;
        bw_web_go(visit, look ? "/uitzoeken" : "/zuilen");
    }
    bw_round_summary_finish(&summary);
    return status;
}
