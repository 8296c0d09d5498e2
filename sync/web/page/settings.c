/* Instellingen: who the organiser is, as mails, tickets and kiosks say it, and what is
 * settled for all commands (office/setting.h). Each group is a form of its own and saves
 * by itself. The first visit of an empty desk begins here (Welkom).
 *
 * WN1 a password comes in by a form and goes into the file beside the keys: it stands in
 *     no page, no database, no argument and no log. */
#include "central/base/output.h"
#include "office/contact.h"
#include "office/import/read/spelling.h"
#include "office/setting.h"
#include "office/setup.h"
#include "web/desk/form.h"
#include "web/page/pages.h"
#include "web/page/part/picture.h"
#include "web/desk/settled.h"

#include <string.h>
#include <unistd.h>

static const struct bw_web_form organiser_form = {bw_web_page_settings,
    {{"organiser", "naam", NULL}, {"contact", "contact", NULL},
        {"phone", "telefoon", NULL}, {"mail-from", "mail", "wr.mail"},
        {"privacy-url", "privacy", NULL}}};
static const struct bw_web_form settled_form = {bw_web_page_settings,
    {{"smtp", "server", "wr.server"}, {"smtp-user", "inlognaam", "wr.user"},
        {"pace", "tempo", "wr.number"}, {"smtp-password", "wachtwoord", NULL},
        {"retention-days", "dagen", "wr.number"}, {"backup-days", "kopie", "wr.number"},
        {"schools", "scholen", "wr.number"}, {"word", "woord", "wr.word"}}};

enum { PASSWORD_BYTES_MAX = 200, VALUES_MAX = 3 };

/* Fields of a form, and the settings that they are. */
static const struct group {
    const char *word;
    struct {
        const char *field;
        enum bw_office_setting setting;
    } values[VALUES_MAX];
    int count;
} groups[] = {
    {"server",
        {{"server", BW_OFFICE_SMTP}, {"inlognaam", BW_OFFICE_SMTP_USER},
            {"tempo", BW_OFFICE_PACE}},
        3},
    {"bewaren", {{"dagen", BW_OFFICE_RETENTION_DAYS}, {"kopie", BW_OFFICE_BACKUP_DAYS}},
        2},
    {"verslag", {{"scholen", BW_OFFICE_SCHOOLS}}, 1},
    {"taal", {{"taal", BW_OFFICE_LANGUAGE}}, 1},
};

/* ---- the page ---- */

struct region_rows {
    json_t *list;
    bool known; /* one at least */
};

static bool
on_region(const struct bw_import_region *region, void *context)
{
    struct region_rows *rows = context;
    rows->known = rows->known || region->known;
    bw_web_add(
        &rows->list, json_pack("{s:o, s:b, s:I, s:o}", "name", bw_web_text(region->name),
                         "known", region->known, "people", (json_int_t)region->people,
                         "aliases", bw_web_text(region->aliases)));
    return rows->list != NULL;
}

static enum bw_status
add_regions(const struct bw_web_visit *visit, json_t **model, struct bw_error *err)
{
    struct region_rows rows = {.list = json_array()};
    enum bw_status status =
        bw_import_regions_walk(visit->desk->office.central, on_region, &rows, err);
    bw_web_set(model, "regions", rows.list);
    bw_web_set(model, "has_regions", json_boolean(rows.known));
    return status;
}

static enum bw_status
add_settled(const struct bw_web_visit *visit, json_t **model, struct bw_error *err)
{
    struct bw_todo_days days;
    enum bw_wording_language language;
    enum bw_status status = BW_OK;
    for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++) {
        for (int i = 0; status == BW_OK && i < groups[g].count; i++) {
            char value[BW_TITLE_BYTES] = "";
            status = bw_office_setting_read(
                visit->desk->office.central, groups[g].values[i].setting, value, err);
            bw_web_set(model, groups[g].values[i].field,
                bw_web_form_typed(visit, groups[g].values[i].field, value));
        }
    }
    if (status == BW_OK) {
        status = bw_web_settled_days(visit, &days, err);
    }
    if (status == BW_OK) {
        status = bw_web_settled_language(visit, &language, err);
    }
    if (status == BW_OK) {
        bw_web_set(model, "days", json_integer((json_int_t)days.retention));
        bw_web_set(model, "backup_days", json_integer((json_int_t)days.backup));
        bw_web_set(model, "in_dutch", json_boolean(language == BW_WORDING_DUTCH));
    }
    return status;
}

static void
add_places(const struct bw_web_desk *desk, json_t **model)
{
    char path[PATH_MAX] = "";
    const char *given = desk->setup.mail_server;
    bool known = bw_office_setting_password_path(desk->office.key_path, path);
    bw_web_set(model, "given", bw_web_text(given != NULL ? given : ""));
    bw_web_set(model, "has_password", json_boolean(known && access(path, F_OK) == 0));
    bw_web_set(model, "central", bw_web_text(bw_central_name(desk->office.central)));
    bw_web_set(model, "keys", bw_web_text(desk->office.key_path));
}

static void
add_contact(const struct bw_web_visit *visit, const struct bw_office_contact *contact,
    json_t **model)
{
    const char *mail = contact->mail;
    bw_web_set(model, "organiser", bw_web_form_typed(visit, "naam", contact->organiser));
    bw_web_set(model, "contact", bw_web_form_typed(visit, "contact", contact->contact));
    bw_web_set(model, "phone", bw_web_form_typed(visit, "telefoon", contact->phone));
    bw_web_set(model, "mail", bw_web_form_typed(visit, "mail", mail));
    bw_web_set(
        model, "privacy", bw_web_form_typed(visit, "privacy", contact->privacy_url));
    bw_web_set(model, "naar", bw_web_form_typed(visit, "naar", mail));
    bw_web_set(model, "woord", bw_web_form_typed(visit, "woord", ""));
}

enum bw_status
bw_web_page_settings(struct bw_web_visit *visit, struct bw_error *err)
{
    const struct bw_web_desk *desk = visit->desk;
    struct bw_office_contact contact;
    bool fresh = false;
    json_t *model = json_object();
    enum bw_status status = bw_office_contact_read(desk->office.central, &contact, err);
    if (status == BW_OK) {
        status = bw_web_is_fresh(visit, &fresh, err);
    }
    if (status == BW_OK) {
        status = add_settled(visit, &model, err);
    }
    if (status == BW_OK) {
        status = add_regions(visit, &model, err);
    }
    if (status != BW_OK) {
        json_decref(model);
        return status;
    }
    bw_web_set(&model, "heading", bw_web_sentence(visit, fresh ? "w.h" : "nav.settings"));
    bw_web_set(&model, "fresh", json_boolean(fresh));
    add_contact(visit, &contact, &model);
    add_places(desk, &model);
    return bw_web_show(visit, "settings", model, err);
}

/* ---- keeping ---- */

static enum bw_status
keep_organiser(struct bw_web_visit *visit, struct bw_error *err)
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
    bool changed = false;
    enum bw_status status =
        bw_office_settings_keep(&visit->desk->office, &settings, &changed, err);
    if (status == BW_OK) {
        visit->desk->changed = true; /* kiosks show the phone number */
        bw_web_said(visit, "st.kept", json_object(), 0);
        bw_web_go(visit, fresh ? "/inlezen?soort=kringen" : "/instellingen");
    }
    return status;
}

/* WN1. An empty field leaves it as it is. Texts of a form come cleaned, in one line
 * (request.h): a password with two blanks in a row is put into the file by hand. */
static enum bw_status
check_password(
    const struct bw_web_visit *visit, char ret_path[PATH_MAX], struct bw_error *err)
{
    size_t length = strlen(bw_web_request_sent(visit->request, "wachtwoord"));
    if (length > PASSWORD_BYTES_MAX) {
        return bw_error_about(err,
            bw_error_set(err, BW_BAD_INPUT, 0,
                "keeping a password: it is longer than %d bytes", PASSWORD_BYTES_MAX),
            "smtp-password");
    }
    if (length > 0 &&
        !bw_office_setting_password_path(visit->desk->office.key_path, ret_path)) {
        return bw_error_set(err, BW_REFUSED, 0,
            "keeping a password: it isn't known where the keys lie, beside which it "
            "would; start the desk with --key-file");
    }
    return BW_OK;
}

static enum bw_status
keep_group(struct bw_web_visit *visit, const struct group *group, struct bw_error *err)
{
    const struct bw_office *office = &visit->desk->office;
    struct bw_office_setting_value values[VALUES_MAX];
    const char *password = bw_web_request_sent(visit->request, "wachtwoord");
    char path[PATH_MAX];
    int changed = 0;
    for (int i = 0; i < group->count; i++) {
        values[i] = (struct bw_office_setting_value){group->values[i].setting,
            bw_web_request_sent(visit->request, group->values[i].field)};
    }
    enum bw_status status = check_password(visit, path, err);
    if (status == BW_OK) {
        status = bw_office_setting_put(
            office, values, (size_t)group->count, "", &changed, err);
    }
    if (status == BW_OK && password[0] != '\0') {
        status = bw_output_bytes(path, 0600, password, strlen(password), err);
    }
    if (status == BW_OK) {
        bw_web_said(visit, "st.settled", json_object(),
            changed > 0 ? bw_web_picture_newest(office, "settings") : 0);
        bw_web_go(visit, "/instellingen");
    }
    return status;
}

/* Another word for a region, for the files to come. */
static enum bw_status
keep_spelling(struct bw_web_visit *visit, struct bw_error *err)
{
    const struct bw_office *office = &visit->desk->office;
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

enum bw_status
bw_web_page_settings_kept(struct bw_web_visit *visit, struct bw_error *err)
{
    const char *word = bw_web_request_sent(visit->request, "groep");
    visit->form = word[0] == '\0' ? &organiser_form : &settled_form;
    for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++) {
        if (strcmp(groups[g].word, word) == 0) {
            return keep_group(visit, &groups[g], err);
        }
    }
    return strcmp(word, "regio") == 0 ? keep_spelling(visit, err)
                                      : keep_organiser(visit, err);
}
