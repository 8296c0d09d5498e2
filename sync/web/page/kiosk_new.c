/* Zet een zuil klaar: what an enrolment needs to know; and what is decided on a kiosk
 * that there is: out of service, or taken in by its words. */
#include "exchange/office/merge/introduction_in.h"
#include "office/kiosk.h"
#include "web/page/import.h"
#include "web/page/pages.h"
#include "web/page/picture.h"

#include <stdlib.h>
#include <string.h>

enum bw_status
bw_web_page_kiosk_new(struct bw_web_visit *visit, struct bw_error *err)
{
    json_t *circles = NULL;
    if (strcmp(visit->request->segments[1], "nieuw") != 0) {
        return bw_error_set(err, BW_NOT_FOUND, 0, "looking for a page: there's none");
    }
    enum bw_status status = bw_web_import_circles(
        visit, bw_web_request_asked(visit->request, "kring"), &circles, err);
    if (status != BW_OK) {
        return status;
    }
    json_t *model = json_object();
    bw_web_set(&model, "heading", bw_web_sentence(visit, "z.new"));
    bw_web_set(&model, "some", json_boolean(json_array_size(circles) > 0));
    bw_web_set(&model, "circles", circles);
    bw_web_set(
        &model, "replaces", bw_web_text(bw_web_request_asked(visit->request, "zuil")));
    return bw_web_show(visit, "kiosk_new", model, err);
}

static enum bw_status
number_of(const char *text, uint32_t *ret_number, struct bw_error *err)
{
    char *end = NULL;
    unsigned long long number = strtoull(text, &end, 10);
    if (text[0] < '1' || text[0] > '9' || *end != '\0' || number > UINT32_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0, "reading a form: a kiosk has a number");
    }
    *ret_number = (uint32_t)number;
    return BW_OK;
}

static enum bw_status
revoke(struct bw_web_visit *visit, uint32_t device, struct bw_error *err)
{
    char why[BW_TITLE_BYTES];
    uint64_t seq = 0;
    bool heard = false;
    enum bw_status status = bw_web_picture_why(visit, why, err);
    if (status == BW_OK) {
        status =
            bw_office_kiosk_revoke(&visit->desk->office, device, why, &seq, &heard, err);
    }
    if (status == BW_OK) {
        bw_web_said(visit, heard ? "z.revoked.said" : "z.revoked.never",
            json_pack("{s:I, s:I}", "k", (json_int_t)device, "n", (json_int_t)seq), 0);
    }
    return status;
}

static enum bw_status
accept(struct bw_web_visit *visit, uint32_t device, struct bw_error *err)
{
    struct bw_office *office = &visit->desk->office;
    struct bw_accepted accepted;
    enum bw_status status = bw_introduction_accept(office->central, device,
        bw_web_request_sent(visit->request, "woorden"), bw_office_now_ms(office),
        &accepted, err);
    if (status == BW_OK) {
        bw_web_said(visit, "z.accepted.said",
            json_pack(
                "{s:I, s:I}", "k", (json_int_t)device, "n", (json_int_t)accepted.events),
            0);
    }
    return status;
}

enum bw_status
bw_web_page_kiosk_deed(struct bw_web_visit *visit, struct bw_error *err)
{
    const char *deed = bw_web_request_sent(visit->request, "doe");
    uint32_t device = 0;
    enum bw_status status =
        number_of(bw_web_request_sent(visit->request, "zuil"), &device, err);
    if (status == BW_OK) {
        status = strcmp(deed, "trek-in") == 0    ? revoke(visit, device, err)
                 : strcmp(deed, "neem-aan") == 0 ? accept(visit, device, err)
                                                 : bw_error_set(err, BW_BAD_INPUT, 0,
                                                       "reading a form: nothing is "
                                                       "called that");
    }
    if (status == BW_OK) {
        visit->desk->changed = true;
        bw_web_go(visit, "/zuilen");
    }
    return status;
}
