/* What is decided on a kiosk that there is: out of service, which shows first what of it
 * isn't here, or taken in by its words. */
#include "exchange/office/merge/introduction_in.h"
#include "office/kiosk.h"
#include "web/desk/form.h"
#include "web/page/kiosk/kiosk_copies.h"
#include "web/page/pages.h"
#include "web/page/part/picture.h"

#include <string.h>

struct kiosk_look {
    uint32_t device;
    bool seen; /* nothing of it is to be looked at first, or that was looked at */
    const char *picture; /* what was looked at, as the form says */
    enum bw_status status;
    struct bw_error *err;
};

static bool
on_kiosk(const struct bw_web_kiosk *one, void *context)
{
    struct kiosk_look *looking = context;
    char digest[BW_WEB_KEY_BYTES] = "";
    if (one->kiosk->record.device != looking->device) {
        return true;
    }
    looking->status = bw_web_kiosk_lost_digest(one, digest, looking->err);
    looking->seen = one->unused || bw_web_kiosk_is_revoked(one) ||
                    strcmp(digest, looking->picture) == 0;
    return false;
}

static enum bw_status
revoke(struct bw_web_visit *visit, uint32_t device, struct bw_error *err)
{
    struct kiosk_look looking = {.device = device,
        .seen = true, /* where there's no such kiosk, the verb says so */
        .picture = bw_web_request_sent(visit->request, "beeld"),
        .err = err};
    char why[BW_TITLE_BYTES];
    uint64_t seq = 0;
    bool heard = false;
    enum bw_status status = bw_web_fleet_walk(visit, on_kiosk, &looking, err);
    status = status == BW_OK ? looking.status : status;
    if (status == BW_OK && !looking.seen) {
        if (looking.picture[0] != '\0') {
            return bw_web_kiosks_again(visit, "weg", device, err);
        }
        bw_web_go(visit, "/zuilen?weg=%u", (unsigned)device);
        return BW_OK;
    }
    bw_web_picture_why(visit, why);
    if (status == BW_OK) {
        status =
            bw_office_kiosk_revoke(&visit->desk->office, device, why, &seq, &heard, err);
    }
    if (status == BW_OK) {
        visit->desk->changed = true;
        bw_web_said(visit, heard ? "z.revoked.said" : "z.revoked.never",
            json_pack("{s:I, s:I}", "k", (json_int_t)device, "n", (json_int_t)seq), 0);
        bw_web_go(visit, "/zuilen");
    }
    return status;
}

static enum bw_status
accept(struct bw_web_visit *visit, uint32_t device, struct bw_error *err)
{
    struct bw_office *office = &visit->desk->office;
    struct bw_introduction_accepting accepting = {.central = office->central,
        .device = device,
        .words = bw_web_request_sent(visit->request, "woorden"),
        .before = bw_web_request_sent(visit->request, "voor"),
        .now_ms = bw_office_now_ms(office)};
    enum bw_status status =
        bw_office_kiosk_accept(office, device, bw_introduction_accept, &accepting, err);
    if (status == BW_NOT_FOUND || status == BW_REFUSED) {
        return bw_web_kiosks_again(visit, "", device, err);
    }
    if (status == BW_OK) {
        visit->desk->changed = true;
        bw_web_said(visit, "z.accepted.said",
            json_pack(
                "{s:I, s:I}", "k", (json_int_t)device, "n", (json_int_t)accepting.events),
            0);
        bw_web_go(visit, "/zuilen");
    }
    return status;
}

/* Of two: the one that goes on. Who didn't see both as they are now sees them first. */
static enum bw_status
choose(struct bw_web_visit *visit, uint32_t device, struct bw_error *err)
{
    const char *seen = bw_web_request_sent(visit->request, "beeld");
    struct bw_fork_copy kept;
    char digest[BW_WEB_KEY_BYTES];
    enum bw_status status = bw_web_kiosk_copies_digest(visit, device, digest, err);
    if (status == BW_OK && (digest[0] == '\0' || strcmp(digest, seen) != 0)) {
        if (seen[0] != '\0') {
            return bw_web_kiosks_again(visit, "kopie", device, err);
        }
        bw_web_go(visit, "/zuilen?kopie=%u", (unsigned)device);
        return BW_OK;
    }
    if (status == BW_OK) {
        status = bw_office_kiosk_keep(&visit->desk->office, device,
            bw_web_request_sent(visit->request, "kopie"), "", &kept, err);
    }
    if (status == BW_OK) {
        visit->desk->changed = true;
        bw_web_said(visit, "z.chosen.said",
            json_pack(
                "{s:I, s:I}", "k", (json_int_t)device, "n", (json_int_t)kept.last.id.seq),
            0);
        bw_web_go(visit, "/zuilen");
    }
    return status;
}

enum bw_status
bw_web_page_kiosk_deed(struct bw_web_visit *visit, struct bw_error *err)
{
    static const struct bw_web_form form = {bw_web_page_kiosks, {{NULL, NULL, NULL}}};
    const char *deed = bw_web_request_sent(visit->request, "doe");
    uint32_t device = 0;
    visit->form = &form;
    enum bw_status status =
        bw_web_kiosk_number(bw_web_request_sent(visit->request, "zuil"), &device, err);
    if (status != BW_OK) {
        return status;
    }
    return strcmp(deed, "trek-in") == 0 ? revoke(visit, device, err)
           : strcmp(deed, "kies") == 0  ? choose(visit, device, err)
           : strcmp(deed, "neem-aan") == 0
               ? accept(visit, device, err)
               : bw_error_set(
                     err, BW_BAD_INPUT, 0, "reading a form: nothing is called that");
}
