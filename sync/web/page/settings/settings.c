/* Instellingen: who the organiser is, as mails, tickets and kiosks say it, and what is
 * settled for all commands (office/setting.h). Each group is a form of its own and saves
 * by itself. The first visit of an empty desk begins here (Welkom).
 What comes back stands
 * in settings_keep.c. */
#include "web/page/settings/settings.h"

#include "central/schools.h"
#include "exchange/office/fleet.h"
#include "office/backup/backup.h"
#include "office/backup/put_back.h"
#include "office/contact.h"
#include "office/import/read/refused.h"
#include "office/import/read/school_settle.h"
#include "office/import/read/spelling.h"
#include "office/mail/mail_password.h"
#include "office/mail/trial.h"
#include "office/setting.h"
#include "office/step_contact.h"
#include "report/figures/status_series.h"
#include "web/desk/form.h"
#include "web/desk/practice.h"
#include "web/page/pages.h"
#include "web/page/part/people.h"
#include "web/page/part/stale.h"
#include "web/desk/settled.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- the page ---- */

enum { OFFERED_MAX = 2000 }; /* schools, where one is typed */

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

static bool
on_school_name(const struct bw_import_school_name *name, void *context)
{
    json_t **list = context;
    bw_web_add(list,
        json_pack("{s:I, s:o, s:I, s:o}", "number", (json_int_t)json_array_size(*list),
            "name", bw_web_text(name->name), "people", (json_int_t)name->people, "likely",
            bw_web_text(name->likely)));
    return *list != NULL && json_array_size(*list) < BW_WEB_SETTINGS_NAMES_MAX;
}

/* How long the list of schools is, which they are, and names that it doesn't tell. */
static enum bw_status
add_schools(const struct bw_web_visit *visit, json_t **model, struct bw_error *err)
{
    struct bw_central *central = visit->desk->office.central;
    json_t *names = json_array(), *schools = json_array();
    struct bw_schools list = {.items = NULL};
    enum bw_status status = bw_schools_load(central, &list, err);
    if (status == BW_OK) {
        status = bw_import_school_names_walk(central, on_school_name, &names, err);
    }
    for (size_t i = 0; status == BW_OK && i < list.count && i < OFFERED_MAX; i++) {
        bw_web_add(
            &schools, json_pack("{s:o}", "label", bw_web_text(list.items[i].label)));
    }
    bw_web_set(model, "listed", json_integer((json_int_t)list.count));
    bw_web_set(model, "names_count", json_integer((json_int_t)json_array_size(names)));
    bw_web_set(model, "names", names);
    bw_web_set(model, "schools", schools);
    bw_web_set(model, "schoolnaam", bw_web_form_typed(visit, "schoolnaam", ""));
    bw_web_set(model, "school", bw_web_form_typed(visit, "school", ""));
    bw_schools_finish(&list);
    return status;
}

struct refused_rows {
    const struct bw_web_visit *visit;
    json_t *list;
};

static bool
on_refused(const struct bw_import_refused *refused, void *context)
{
    static const struct {
        const char *field, *key;
    } called[] = {{"timestamp", "fd.time"}, {"email", "fd.mail"}, {"name", "fd.name"},
        {"school", "fd.school"}, {"role", "fd.role"}, {"region", "fd.region"},
        {"table", "fd.table"}};
    struct refused_rows *rows = context;
    const char *key = "fd.time";
    for (size_t i = 0; i < sizeof called / sizeof called[0]; i++) {
        key = strcmp(called[i].field, refused->field) == 0 ? called[i].key : key;
    }
    bool time = strcmp(refused->field, "timestamp") == 0;
    bw_web_add(&rows->list,
        json_pack("{s:o, s:o, s:s, s:o, s:s, s:o}", "person", bw_web_code(refused->code),
            "name", bw_web_name(refused->first_name, refused->name), "circle",
            refused->session, "called", bw_web_sentence(rows->visit, key), "field",
            refused->field, "said",
            time ? bw_web_when(rows->visit, rows->visit->desk->zone, BW_WEB_MOMENT_SHORT,
                       strtoll(refused->said, NULL, 10))
                 : bw_web_text(refused->said)));
    return rows->list != NULL && json_array_size(rows->list) < BW_WEB_SETTINGS_NAMES_MAX;
}

/* What of files wasn't taken over. */
static enum bw_status
add_refused(const struct bw_web_visit *visit, json_t **model, struct bw_error *err)
{
    struct refused_rows rows = {visit, json_array()};
    enum bw_status status =
        bw_import_refused_walk(visit->desk->office.central, on_refused, &rows, err);
    bw_web_set(
        model, "refused_count", json_integer((json_int_t)json_array_size(rows.list)));
    bw_web_set(model, "refused", rows.list);
    return status;
}

/* "seen_server" and its like. */
static enum bw_status
add_seen(const struct bw_web_visit *visit, json_t **model, struct bw_error *err)
{
    char digest[BW_WEB_KEY_BYTES], name[BW_LABEL_BYTES];
    enum bw_status status = BW_OK;
    for (int g = 0; status == BW_OK && g < BW_WEB_SETTINGS_GROUPS; g++) {
        const char *word = bw_web_settings_groups[g].word;
        status = bw_web_settings_seen(visit, word, digest, err);
        (void)snprintf(
            name, sizeof name, "seen_%s", word[0] != '\0' ? word : "organiser");
        bw_web_set(model, name, json_string(status == BW_OK ? digest : ""));
    }
    return status;
}

/* How long names are kept: what is usual, and what was settled or typed where that is
 * another. */
static void
add_keeping(const struct bw_web_visit *visit, int retention, json_t **model)
{
    static const struct {
        int days;
        const char *key;
    } usual[] = {{92, "st.days.m3"}, {183, "st.days.m6"}, {365, "st.days.y1"},
        {730, "st.days.y2"}};
    enum { USUAL = sizeof usual / sizeof usual[0] };
    const char *typed = json_string_value(json_object_get(*model, "dagen"));
    typed = typed != NULL ? typed : ""; /* not settled: it stays so */
    char number[BW_LABEL_BYTES];
    bool other = true;
    json_t *list = json_array();
    (void)snprintf(number, sizeof number, "%d", retention);
    const char *kept = typed[0] != '\0' ? typed : number;
    for (int i = 0; i < USUAL; i++) {
        char value[BW_LABEL_BYTES];
        (void)snprintf(value, sizeof value, "%d", usual[i].days);
        bool chosen = strcmp(value, kept) == 0;
        other = other && !chosen;
        bw_web_add(&list,
            json_pack("{s:o, s:b, s:o}", "value", bw_web_text(chosen ? typed : value),
                "chosen", chosen, "word", bw_web_sentence(visit, usual[i].key)));
    }
    if (other) {
        bw_web_add(
            &list, json_pack("{s:o, s:b, s:o}", "value", bw_web_text(typed), "chosen",
                       true, "word",
                       bw_web_filled(visit, "st.days.other",
                           json_pack("{s:I}", "n", (json_int_t)strtol(kept, NULL, 10)))));
    }
    bw_web_set(model, "keeping", list);
}

static enum bw_status
add_settled(const struct bw_web_visit *visit, json_t **model, struct bw_error *err)
{
    struct bw_todo_days days;
    enum bw_wording_language language;
    enum bw_status status = BW_OK;
    for (int g = 0; g < BW_WEB_SETTINGS_GROUPS; g++) {
        const struct bw_web_settings_group *group = &bw_web_settings_groups[g];
        for (int i = 0; status == BW_OK && i < group->count; i++) {
            char value[BW_TITLE_BYTES] = "";
            status = bw_office_setting_read(
                visit->desk->office.central, group->values[i].setting, value, err);
            bw_web_set(model, group->values[i].field,
                bw_web_form_typed(visit, group->values[i].field, value));
        }
    }
    if (status == BW_OK) {
        status = bw_web_settled_days(visit, &days, err);
    }
    if (status == BW_OK) {
        status = bw_web_settled_language(visit, &language, err);
    }
    if (status == BW_OK) {
        add_keeping(visit, (int)days.retention, model);
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

enum bw_status
bw_web_settings_show(struct bw_web_visit *visit, bool stale, struct bw_error *err)
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
        status = add_schools(visit, &model, err);
    }
    if (status == BW_OK) {
        status = add_refused(visit, &model, err);
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
    bw_web_set(&model, "may_practise", json_boolean(bw_web_practice_may(visit->desk)));
    return bw_web_show(visit, fresh ? "welcome" : "settings", model, err);
}

enum bw_status
bw_web_page_settings(struct bw_web_visit *visit, struct bw_error *err)
{
    return bw_web_settings_show(visit, false, err);
}
