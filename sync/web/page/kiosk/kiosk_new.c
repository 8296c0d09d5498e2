/* Zet een zuil klaar: what an enrolment needs to know; and what is decided on a kiosk
 * that there is: out of service, or taken in by its words. */
#include "web/page/kiosk/kiosk_new.h"

#include "exchange/office/merge/introduction_in.h"
#include "office/kiosk.h"
#include "web/desk/form.h"
#include "web/page/import/import.h"
#include "web/page/pages.h"
#include "web/page/part/picture.h"

#include <stdlib.h>
#include <string.h>

/* ---- a new one ---- */

static enum bw_status
show_new(struct bw_web_visit *visit, struct bw_error *err)
{
    const char *asked = bw_web_request_asked(visit->request, "kring");
    const char *sent = bw_web_request_sent(visit->request, "kring");
    json_t *circles = NULL, *name = bw_web_sentence(visit, "zn.name.v");
    enum bw_status status =
        bw_web_import_circles(visit, sent[0] != '\0' ? sent : asked, &circles, err);
    if (status != BW_OK) {
        json_decref(name);
        return status;
    }
    json_t *model = json_object();
    bw_web_set(&model, "name",
        bw_web_form_typed(visit, "naam", name != NULL ? json_string_value(name) : ""));
    bw_web_set(&model, "pin", bw_web_form_typed(visit, "pin", ""));
    json_decref(name);
    bw_web_set(&model, "heading", bw_web_sentence(visit, "z.new"));
    bw_web_set(&model, "some", json_boolean(json_array_size(circles) > 0));
    bw_web_set(&model, "circles", circles);
    bw_web_set(&model, "replaces",
        bw_web_form_typed(visit, "zuil", bw_web_request_asked(visit->request, "zuil")));
    return bw_web_show(visit, "kiosk_new", model, err);
}

const struct bw_web_form bw_web_kiosk_form = {
    show_new, {{"name", "naam", NULL}, {"device", "zuil", "wr.kiosk"},
                  {"pin-file", "pin", "wr.pin"}}};

enum bw_status
bw_web_page_kiosk_new(struct bw_web_visit *visit, struct bw_error *err)
{
    if (strcmp(visit->request->segments[1], "nieuw") != 0) {
        return bw_error_set(err, BW_NOT_FOUND, 0, "looking for a page: there's none");
    }
    return show_new(visit, err);
}

static enum bw_status
number_of(const char *text, uint32_t *ret_number, struct bw_error *err)
{
    char *end = NULL;
    unsigned long long number = strtoull(text, &end, 10);
    if (text[0] < '1' || text[0] > '9' || *end != '\0' || number > UINT32_MAX) {
        return bw_error_about(err,
            bw_error_set(err, BW_BAD_INPUT, 0, "reading a form: a kiosk has a number"),
            "device");
    }
    *ret_number = (uint32_t)number;
    return BW_OK;
}

enum bw_status
bw_web_kiosk_check(const struct bw_web_visit *visit, struct bw_error *err)
{
    const struct bw_web_request *request = visit->request;
    const char *replaces = bw_web_request_sent(request, "zuil");
    struct bw_kiosk_request wanted = {.sessions = bw_web_request_sent(request, "kring"),
        .name = bw_web_request_sent(request, "naam")};
    struct bw_kiosk_plan plan;
    enum bw_status status = BW_OK;
    if (replaces[0] != '\0') {
        status = number_of(replaces, &wanted.replaces, err);
    }
    return status == BW_OK
               ? bw_office_kiosk_plan(&visit->desk->office, &wanted, &plan, err)
               : status;
}

/* ---- one that there is ---- */

static enum bw_status
revoke(struct bw_web_visit *visit, uint32_t device, struct bw_error *err)
{
    char why[BW_TITLE_BYTES];
    uint64_t seq = 0;
    bool heard = false;
    bw_web_picture_why(visit, why);
    enum bw_status status =
        bw_office_kiosk_revoke(&visit->desk->office, device, why, &seq, &heard, err);
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
    static const struct bw_web_form form = {bw_web_page_kiosks, {{NULL, NULL, NULL}}};
    const char *deed = bw_web_request_sent(visit->request, "doe");
    uint32_t device = 0;
    visit->form = &form;
    enum bw_status status =
        number_of(bw_web_request_sent(visit->request, "zuil"), &device, err);
    if (status == BW_OK) {
        status = strcmp(deed, "trek-in") == 0    ? revoke(visit, device, err)
                 : strcmp(deed, "neem-aan") == 0 ? accept(visit, device, err)
                                                 : bw_error_set(err, BW_BAD_INPUT, 0,
                                                       "reading a form: "
                                                       "nothing is called that");
    }
    if (status == BW_OK) {
        visit->desk->changed = true;
        bw_web_go(visit, "/zuilen");
    }
    return status;
}
