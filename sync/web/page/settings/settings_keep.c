/* What comes back from Instellingen: see settings.h. Each form carries a digest of what
 * it was drawn with; where that is another by now nothing is done, and the page says who
 * was first. What is kept in the database is looked at once more within the step
 * (still.h).
 *
 * WN1 a password comes in by a form and goes into the file beside the keys: it stands in
 *     no page, no database, no argument and no log. */
#include "web/page/settings/settings.h"

#include "office/import/read/refused.h"
#include "office/import/read/school_settle.h"
#include "office/import/read/spelling.h"
#include "office/mail/mail_password.h"
#include "office/setup.h"
#include "office/still.h"
#include "web/desk/form.h"
#include "web/page/pages.h"
#include "web/page/part/picture.h"

#include <string.h>

static const struct bw_web_form organiser_form = {bw_web_page_settings,
    {{"organiser", "naam", NULL}, {"contact", "contact", NULL},
        {"phone", "telefoon", NULL}, {"mail-from", "mail", "wr.mail"},
        {"privacy-url", "privacy", NULL}}};
static const struct bw_web_form settled_form = {bw_web_page_settings,
    {{"smtp", "server", "wr.server"}, {"smtp-user", "inlognaam", "wr.user"},
        {"pace", "tempo", "wr.number"}, {"smtp-password", "wachtwoord", NULL},
        {"retention-days", "dagen", "wr.number"}, {"backup-days", "kopie", "wr.number"},
        {"schools", "scholen", "wr.number"}, {"word", "woord", "wr.word"}}};
static const struct bw_web_form school_form = {bw_web_page_settings,
    {{"word", "schoolnaam", "wr.word"}, {"school", "school", "wr.school"}}};

struct settings_keeping {
    struct bw_web_visit *visit;
    const struct bw_web_settings_group *group;
    struct bw_office office; /* the desk's, which looks before it leaps */
    bool moved;              /* it was another by then */
};

static enum bw_status
keep_contact(const struct settings_keeping *k, const struct bw_office_settings *settings,
    const char *said, struct bw_error *err)
{
    struct bw_web_visit *visit = k->visit;
    const struct bw_office *office = &k->office;
    bool fresh = bw_web_request_sent(visit->request, "welkom")[0] != '\0';
    bool changed = false;
    enum bw_status status = bw_office_settings_keep(office, settings, &changed, err);
    if (status == BW_OK) {
        visit->desk->changed = true; /* kiosks show the phone number */
        bw_web_said(visit, changed ? said : "st.same", json_object(),
            changed ? bw_web_picture_newest(office, "settings") : 0);
        bw_web_go(visit, fresh ? "/inlezen?soort=kringen" : "/instellingen");
    }
    return status;
}

static enum bw_status
keep_organiser(const struct settings_keeping *k, struct bw_error *err)
{
    const struct bw_web_request *request = k->visit->request;
    const char *mail = bw_web_request_sent(request, "mail");
    const struct bw_office_settings settings = {
        .organiser = bw_web_request_sent(request, "naam"),
        .phone = bw_web_request_sent(request, "telefoon"),
        .privacy_url = bw_web_request_sent(request, "privacy"),
        .mail = mail[0] != '\0' ? mail : NULL,
        .contact = bw_web_request_sent(request, "contact")};
    return keep_contact(k, &settings, "st.kept", err);
}

/* Whom mails come from; the organiser's other fields stand in another form. */
static enum bw_status
keep_sender(const struct settings_keeping *k, struct bw_error *err)
{
    const struct bw_office_settings settings = {
        .mail = bw_web_request_sent(k->visit->request, "mail")};
    return keep_contact(k, &settings, "st.settled", err);
}

/* WN1. Texts of a form come cleaned, in one line (request.h): a password with two blanks
 * in a row is put into the file by hand. */
static enum bw_status
keep_password(const struct settings_keeping *k, struct bw_error *err)
{
    struct bw_web_visit *visit = k->visit;
    enum bw_status status = bw_office_password_keep(visit->desk->office.key_path,
        bw_web_request_sent(visit->request, "wachtwoord"), err);
    if (status == BW_OK) {
        bw_web_said(visit, "st.password.said", json_object(), 0);
        status =
            bw_web_settings_seen(visit, "wachtwoord", visit->session->said.password, err);
        bw_web_go(visit, "/instellingen");
    }
    return status;
}

static enum bw_status
put_password_back(const struct settings_keeping *k, struct bw_error *err)
{
    struct bw_web_visit *visit = k->visit;
    const char *key_path = visit->desk->office.key_path;
    enum bw_status status = bw_office_password_back(key_path, err);
    if (status == BW_OK) {
        bw_web_said(visit,
            bw_office_password_look(key_path).kept ? "st.password.back"
                                                   : "st.password.none",
            json_object(), 0);
        /* and that is taken back likewise */
        status =
            bw_web_settings_seen(visit, "wachtwoord", visit->session->said.password, err);
        bw_web_go(visit, "/instellingen");
    }
    return status;
}

static enum bw_status
keep_group(const struct settings_keeping *k, struct bw_error *err)
{
    struct bw_web_visit *visit = k->visit;
    const struct bw_office *office = &k->office;
    const struct bw_web_settings_group *group = k->group;
    struct bw_office_setting_value values[BW_WEB_SETTINGS_VALUES_MAX];
    int changed = 0;
    for (int i = 0; i < group->count; i++) {
        values[i] = (struct bw_office_setting_value){group->values[i].setting,
            bw_web_request_sent(visit->request, group->values[i].field)};
    }
    enum bw_status status =
        bw_office_setting_put(office, values, (size_t)group->count, "", &changed, err);
    if (status == BW_OK) {
        bw_web_said(visit, changed > 0 ? "st.settled" : "st.same", json_object(),
            changed > 0 ? bw_web_picture_newest(office, "settings") : 0);
        bw_web_go(visit, "/instellingen");
    }
    return status;
}

/* Another word for a region, for the files to come. */
static enum bw_status
keep_spelling(const struct settings_keeping *k, struct bw_error *err)
{
    struct bw_web_visit *visit = k->visit;
    const struct bw_office *office = &k->office;
    const char *word = bw_web_request_sent(visit->request, "woord");
    const char *region = bw_web_request_sent(visit->request, "regio");
    bool changed = false;
    enum bw_status status =
        bw_import_spelling_settle(office, word, region, "", &changed, err);
    if (status == BW_OK) {
        bw_web_said(visit, "st.alias.said",
            json_pack(
                "{s:o, s:o}", "word", bw_web_text(word), "region", bw_web_text(region)),
            changed ? bw_web_picture_newest(office, "settings") : 0);
        bw_web_go(visit, "/instellingen");
    }
    return status;
}

/* Which school of the list a name is, for reports. */
static enum bw_status
keep_school(const struct settings_keeping *k, struct bw_error *err)
{
    struct bw_web_visit *visit = k->visit;
    const struct bw_office *office = &k->office;
    const char *name = bw_web_request_sent(visit->request, "schoolnaam");
    const char *school = bw_web_request_sent(visit->request, "school");
    bool changed = false;
    enum bw_status status =
        bw_import_school_settle(office, name, school, "", &changed, err);
    if (status == BW_OK) {
        bw_web_said(visit, "st.school.said",
            json_pack(
                "{s:o, s:o}", "name", bw_web_text(name), "school", bw_web_text(school)),
            changed ? bw_web_picture_newest(office, "settings") : 0);
        bw_web_go(visit, "/instellingen");
    }
    return status;
}

/* What wasn't taken over is asked again. */
static enum bw_status
ask_again(const struct settings_keeping *k, struct bw_error *err)
{
    struct bw_web_visit *visit = k->visit;
    const char *what = bw_web_request_sent(visit->request, "wat");
    enum bw_status status = bw_import_refused_forget(&k->office, what, "", err);
    if (status == BW_OK) {
        bw_web_said(visit, "st.refused.said", json_object(),
            bw_web_picture_newest(&k->office, "settings"));
        bw_web_go(visit, "/instellingen");
    }
    return status;
}

/* Whether it is what the form was drawn with. */
static enum bw_status
look(void *context, bool *ret_still, struct bw_error *err)
{
    struct settings_keeping *k = context;
    char digest[BW_WEB_KEY_BYTES] = "";
    enum bw_status status = bw_web_settings_seen(k->visit, k->group->word, digest, err);
    *ret_still = status == BW_OK &&
                 strcmp(bw_web_request_sent(k->visit->request, "beeld"), digest) == 0;
    k->moved = status == BW_OK && !*ret_still;
    return status;
}

static enum bw_status
keep(const struct settings_keeping *k, struct bw_error *err)
{
    static const struct {
        const char *word;
        enum bw_status (*keep)(const struct settings_keeping *k, struct bw_error *err);
    } groups[] = {{"", keep_organiser}, {"afzender", keep_sender},
        {"regio", keep_spelling}, {"school", keep_school}, {"geweigerd", ask_again},
        {"wachtwoord", keep_password}, {"wachtwoordterug", put_password_back}};
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        if (strcmp(k->group->word, groups[i].word) == 0) {
            return groups[i].keep(k, err);
        }
    }
    return keep_group(k, err);
}

enum bw_status
bw_web_page_settings_kept(struct bw_web_visit *visit, struct bw_error *err)
{
    const char *word = bw_web_request_sent(visit->request, "groep");
    struct settings_keeping k = {.visit = visit,
        .group = bw_web_settings_group_of(word),
        .office = visit->desk->office};
    const struct bw_office_still still = {look, &k};
    bool fits = false;
    visit->form = word[0] == '\0' || strcmp(word, "afzender") == 0 ? &organiser_form
                  : strcmp(word, "school") == 0                    ? &school_form
                                                                   : &settled_form;
    if (k.group == NULL) {
        return bw_error_set(
            err, BW_BAD_INPUT, 0, "reading a form: nothing is called that");
    }
    k.office.still = &still;
    enum bw_status status = look(&k, &fits, err);
    if (status == BW_OK && fits) {
        status = keep(&k, err);
    }
    return k.moved && (status == BW_OK || status == BW_BUSY)
               ? bw_web_settings_show(visit, true, err)
               : status;
}
