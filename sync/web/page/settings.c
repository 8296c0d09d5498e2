/* Instellingen: who the organiser is, as mails, tickets and kiosks say it; and what is
 * set elsewhere, with where. The first visit of an empty desk begins here (Welkom). */
#include "office/contact.h"
#include "office/setup.h"
#include "web/page/pages.h"

#include <string.h>

enum bw_status
bw_web_page_settings(struct bw_web_visit *visit, struct bw_error *err)
{
    const struct bw_web_desk *desk = visit->desk;
    struct bw_office_contact contact;
    bool fresh = false;
    enum bw_status status = bw_office_contact_read(desk->office.central, &contact, err);
    if (status == BW_OK) {
        status = bw_web_is_fresh(visit, &fresh, err);
    }
    if (status != BW_OK) {
        return status;
    }
    const char *server = desk->setup.mail_server;
    json_t *model = json_object();
    bw_web_set(&model, "heading", bw_web_sentence(visit, fresh ? "w.h" : "nav.settings"));
    bw_web_set(&model, "fresh", json_boolean(fresh));
    bw_web_set(&model, "organiser", bw_web_text(contact.organiser));
    bw_web_set(&model, "contact", bw_web_text(contact.contact));
    bw_web_set(&model, "phone", bw_web_text(contact.phone));
    bw_web_set(&model, "mail", bw_web_text(contact.mail));
    bw_web_set(&model, "privacy", bw_web_text(contact.privacy_url));
    bw_web_set(&model, "server", bw_web_text(server != NULL ? server : ""));
    bw_web_set(&model, "central", bw_web_text(bw_central_name(desk->office.central)));
    bw_web_set(&model, "keys", bw_web_text(desk->office.key_path));
    bw_web_set(&model, "days", json_integer((json_int_t)desk->days.retention));
    return bw_web_show(visit, "settings", model, err);
}

enum bw_status
bw_web_page_settings_kept(struct bw_web_visit *visit, struct bw_error *err)
{
    const struct bw_web_request *request = visit->request;
    const char *mail = bw_web_request_sent(request, "mail");
    const struct bw_office_settings settings = {
        .organiser = bw_web_request_sent(request, "naam"),
        .phone = bw_web_request_sent(request, "telefoon"),
        .privacy_url = bw_web_request_sent(request, "privacy"),
        .mail = mail[0] != '\0' ? mail : NULL,
        .contact = bw_web_request_sent(request, "contact")};
    bool fresh = bw_web_request_sent(request, "welkom")[0] != '\0';
    enum bw_status status = bw_office_settings_keep(&visit->desk->office, &settings, err);
    if (status == BW_OK) {
        visit->desk->changed = true; /* kiosks show the phone number */
        bw_web_said(visit, "st.kept", json_object(), 0);
        bw_web_go(visit, fresh ? "/inlezen?soort=kringen" : "/instellingen");
    }
    return status;
}
