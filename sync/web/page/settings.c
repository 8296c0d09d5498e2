/* Instellingen: who the organiser is, as mails, tickets and kiosks say it, and what is
 * settled for all commands (office/setting.h). Each group is a form of its own and saves
 * by itself. The first visit of an empty desk begins here (Welkom).
 *
 * WN1 a password comes in by a form and goes into the file beside the keys: it stands in
 *     no page, no database, no argument and no log. */
#include "exchange/office/fleet.h"
#include "office/backup/backup.h"
#include "office/backup/put_back.h"
#include "office/contact.h"
#include "office/import/read/spelling.h"
#include "office/mail/mail_password.h"
#include "office/mail/trial.h"
#include "office/setting.h"
#include "office/setup.h"
#include "report/figures/status_series.h"
#include "web/desk/form.h"
#include "web/page/pages.h"
#include "web/page/part/picture.h"
#include "web/page/part/stale.h"
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

enum { VALUES_MAX = 3 };

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

/* What stands in a group, as a digest: who keeps it sends back what they changed. NULL:
 * how the organiser is called. */
static enum bw_status
digest_of(const struct bw_web_visit *visit, const struct group *group,
    char ret_digest[BW_WEB_KEY_BYTES], struct bw_error *err)
{
    struct bw_central *central = visit->desk->office.central;
    struct bw_office_contact contact = {.organiser = ""};
    enum bw_status status =
        group == NULL ? bw_office_contact_read(central, &contact, err) : BW_OK;
    json_t *values = json_pack("[s, s, s, s, s]", contact.organiser, contact.contact,
        contact.phone, contact.mail, contact.privacy_url);
    for (int i = 0; group != NULL && status == BW_OK && i < group->count; i++) {
        char value[BW_TITLE_BYTES] = "";
        status = bw_office_setting_read(central, group->values[i].setting, value, err);
        bw_web_add(&values, bw_web_text(value));
    }
    if (status == BW_OK) {
        status = bw_web_picture_digest(values, ret_digest, err);
    }
    json_decref(values);
    return status;
}

/* "seen_server" and its like. */
static enum bw_status
add_seen(const struct bw_web_visit *visit, json_t **model, struct bw_error *err)
{
    char digest[BW_WEB_KEY_BYTES], name[BW_LABEL_BYTES];
    enum bw_status status = digest_of(visit, NULL, digest, err);
    bw_web_set(model, "seen_organiser", json_string(status == BW_OK ? digest : ""));
    for (size_t g = 0; status == BW_OK && g < sizeof groups / sizeof groups[0]; g++) {
        status = digest_of(visit, &groups[g], digest, err);
        (void)snprintf(name, sizeof name, "seen_%s", groups[g].word);
        bw_web_set(model, name, json_string(status == BW_OK ? digest : ""));
    }
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

/* When people of each series have been kept long enough. */
struct kept_series {
    const struct bw_web_visit *visit;
    int64_t days;
    json_t *list;
};

static bool
on_kept_series(const char *title, int64_t ends_ms, void *context)
{
    enum { DAY_MS = 24 * 60 * 60 * 1000 };
    struct kept_series *kept = context;
    bw_web_add(&kept->list, json_pack("{s:o, s:o}", "series", bw_web_text(title), "day",
                                bw_web_when(kept->visit, kept->visit->desk->zone,
                                    BW_WEB_MOMENT_DATE, ends_ms + kept->days * DAY_MS)));
    return kept->list != NULL;
}

static enum bw_status
add_kept_series(const struct bw_web_visit *visit, json_t **model, struct bw_error *err)
{
    struct bw_todo_days days;
    enum bw_status status = bw_web_settled_days(visit, &days, err);
    if (status != BW_OK) {
        return status;
    }
    struct kept_series kept = {visit, days.retention, json_array()};
    status =
        bw_status_series_walk(visit->desk->office.central, on_kept_series, &kept, err);
    bw_web_set(model, "kept_series", kept.list);
    return status;
}

static bool
on_kept_list(const char *path, const char *name, void *context)
{
    json_t **list = context;
    (void)path;
    bw_web_add(list, json_pack("{s:o}", "name", bw_web_text(name)));
    return *list != NULL;
}

/* When a backup was made, and when one was last found whole, and what was kept aside;
 * when the mail server last took a mail. */
static enum bw_status
add_backups(const struct bw_web_visit *visit, json_t **model, struct bw_error *err)
{
    const struct bw_office *office = &visit->desk->office;
    const struct bw_zone *zone = visit->desk->zone;
    struct bw_office_backups backups = {.made_ms = 0};
    int64_t tried_ms = 0;
    enum bw_status status = bw_office_backups_read(office->central, &backups, err);
    if (status == BW_OK) {
        status = bw_mailing_tried(office->central, &tried_ms, err);
    }
    if (status != BW_OK) {
        return status;
    }
    bw_web_set(
        model, "server_tried", bw_web_when(visit, zone, BW_WEB_MOMENT_SHORT, tried_ms));
    json_t *kept = json_array();
    (void)(bw_office_kept_walk(office, on_kept_list, &kept, NULL) == BW_OK);
    bw_web_set(model, "has_kept", json_boolean(json_array_size(kept) > 0));
    bw_web_set(model, "kept", kept);
    bw_web_set(
        model, "made", bw_web_when(visit, zone, BW_WEB_MOMENT_SHORT, backups.made_ms));
    bw_web_set(
        model, "seen", bw_web_when(visit, zone, BW_WEB_MOMENT_SHORT, backups.seen_ms));
    return BW_OK;
}

/* Whether kiosks know what was changed last of how the organiser is called. */
static enum bw_status
add_told(const struct bw_web_visit *visit, json_t **model, struct bw_error *err)
{
    const struct bw_office *office = &visit->desk->office;
    struct bw_fleet_told told = {.kiosks = 0};
    int64_t changed_ms = 0;
    enum bw_status status = bw_step_contact_changed_ms(office->central, &changed_ms, err);
    if (status == BW_OK && changed_ms != 0) {
        status = bw_fleet_told_since(
            office->central, changed_ms, bw_office_now_ms(office), &told, err);
    }
    bw_web_set(model, "kiosks_know",
        bw_web_filled(visit,
            told.kiosks == 0           ? "st.kiosks.when"
            : told.told == told.kiosks ? "st.kiosks.all"
                                       : "st.kiosks.some",
            json_pack("{s:I, s:I, s:o}", "n", (json_int_t)told.kiosks, "told",
                (json_int_t)told.told, "names", bw_web_text(told.untold))));
    return status;
}

static void
add_places(const struct bw_web_desk *desk, json_t **model)
{
    const char *given = desk->setup.mail_server;
    struct bw_office_password password = bw_office_password_look(desk->office.key_path);
    bw_web_set(model, "given", bw_web_text(given != NULL ? given : ""));
    bw_web_set(model, "has_password", json_boolean(password.kept));
    bw_web_set(model, "password_before", json_boolean(password.before));
    bw_web_set(model, "central", bw_web_text(bw_central_name(desk->office.central)));
    bw_web_set(model, "key_path", bw_web_text(desk->office.key_path));
    bw_web_set(model, "keyless", json_boolean(access(desk->office.key_path, F_OK) != 0));
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
    bw_web_set(model, "blad", bw_web_form_typed(visit, "blad", ""));
}

static enum bw_status
show(struct bw_web_visit *visit, bool stale, struct bw_error *err)
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
        status = add_seen(visit, &model, err);
    }
    if (status == BW_OK) {
        status = add_regions(visit, &model, err);
    }
    if (status == BW_OK) {
        status = add_backups(visit, &model, err);
    }
    if (status == BW_OK) {
        status = add_kept_series(visit, &model, err);
    }
    if (status == BW_OK) {
        status = add_told(visit, &model, err);
    }
    if (status != BW_OK) {
        json_decref(model);
        return status;
    }
    bw_web_set(&model, "heading", bw_web_sentence(visit, fresh ? "w.h" : "nav.settings"));
    bw_web_set(&model, "fresh", json_boolean(fresh));
    bw_web_set(&model, "stale", bw_web_stale(visit, stale, "st.stale.p"));
    add_contact(visit, &contact, &model);
    add_places(desk, &model);
    return bw_web_show(visit, "settings", model, err);
}

enum bw_status
bw_web_page_settings(struct bw_web_visit *visit, struct bw_error *err)
{
    return show(visit, false, err);
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
    const struct bw_office *office = &visit->desk->office;
    bool changed = false;
    enum bw_status status = bw_office_settings_keep(office, &settings, &changed, err);
    if (status == BW_OK) {
        visit->desk->changed = true; /* kiosks show the phone number */
        bw_web_said(visit, changed ? "st.kept" : "st.same", json_object(),
            changed ? bw_web_picture_newest(office, "settings") : 0);
        bw_web_go(visit, fresh ? "/inlezen?soort=kringen" : "/instellingen");
    }
    return status;
}

/* WN1. Texts of a form come cleaned, in one line (request.h): a password with two blanks
 * in a row is put into the file by hand. */
static enum bw_status
keep_password(struct bw_web_visit *visit, struct bw_error *err)
{
    enum bw_status status = bw_office_password_keep(visit->desk->office.key_path,
        bw_web_request_sent(visit->request, "wachtwoord"), err);
    if (status == BW_OK) {
        bw_web_said(visit, "st.password.said", json_object(), 0);
        visit->session->said.password = true;
        bw_web_go(visit, "/instellingen");
    }
    return status;
}

static enum bw_status
put_password_back(struct bw_web_visit *visit, struct bw_error *err)
{
    const char *key_path = visit->desk->office.key_path;
    enum bw_status status = bw_office_password_back(key_path, err);
    if (status == BW_OK) {
        bw_web_said(visit,
            bw_office_password_look(key_path).kept ? "st.password.back"
                                                   : "st.password.none",
            json_object(), 0);
        visit->session->said.password = true; /* and that is taken back likewise */
        bw_web_go(visit, "/instellingen");
    }
    return status;
}

static enum bw_status
keep_group(struct bw_web_visit *visit, const struct group *group, struct bw_error *err)
{
    const struct bw_office *office = &visit->desk->office;
    struct bw_office_setting_value values[VALUES_MAX];
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

static const struct group *
group_of(const char *word)
{
    const struct group *found = NULL;
    for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++) {
        found = strcmp(groups[g].word, word) == 0 ? &groups[g] : found;
    }
    return found;
}

/* Whether another wrote it since the form was drawn, or it doesn't say over what: theirs
 * isn't written over. */
static enum bw_status
is_old(const struct bw_web_visit *visit, const struct group *group, bool *ret_old,
    struct bw_error *err)
{
    char digest[BW_WEB_KEY_BYTES] = "";
    enum bw_status status = digest_of(visit, group, digest, err);
    *ret_old = status == BW_OK &&
               strcmp(bw_web_request_sent(visit->request, "beeld"), digest) != 0;
    return status;
}

enum bw_status
bw_web_page_settings_kept(struct bw_web_visit *visit, struct bw_error *err)
{
    const char *word = bw_web_request_sent(visit->request, "groep");
    const struct group *group = group_of(word);
    bool stale = false;
    visit->form = word[0] == '\0' ? &organiser_form : &settled_form;
    enum bw_status status =
        group != NULL || word[0] == '\0' ? is_old(visit, group, &stale, err) : BW_OK;
    if (status != BW_OK || stale) {
        return status == BW_OK ? show(visit, true, err) : status;
    }
    return group != NULL                     ? keep_group(visit, group, err)
           : word[0] == '\0'                 ? keep_organiser(visit, err)
           : strcmp(word, "regio") == 0      ? keep_spelling(visit, err)
           : strcmp(word, "wachtwoord") == 0 ? keep_password(visit, err)
           : strcmp(word, "wachtwoordterug") == 0
               ? put_password_back(visit, err)
               : bw_error_set(
                     err, BW_BAD_INPUT, 0, "reading a form: nothing is called that");
}
