/* One new circle, by hand: see session_add.h. */
#include "office/import/session_add.h"

#include "central/records.h"
#include "office/import/read/form_time.h"
#include "office/import/read/session_row.h"
#include "office/import/session_put.h"
#include "office/step.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <brugwachter/zone.h>
#include <stdlib.h>
#include <string.h>

struct session_adding {
    const struct bw_office *office;
    const struct bw_import_session_said *said;
    struct bw_session now;
    char twin[BW_LABEL_BYTES]; /* then and there already; "" */
};

static enum bw_status
refuse(const struct session_adding *a, enum bw_status status, const char *field,
    const char *why, struct bw_error *err)
{
    bool called = a->now.code[0] != '\0';
    return bw_error_about(err,
        bw_error_set(err, status, 0, "adding %.40s: %s",
            called ? a->now.code : bw_said("a circle"), why),
        field);
}

static enum bw_status
missing(const struct session_adding *a, const char *field, struct bw_error *err)
{
    if (a->now.code[0] == '\0') { /* the first that is asked for */
        return bw_error_about(err,
            bw_error_set(err, BW_BAD_INPUT, 0,
                "adding a circle: it has no code yet; give it one, such as "
                "ZWO-2025-03-25"),
            field);
    }
    return bw_error_about(err,
        bw_error_set(
            err, BW_BAD_INPUT, 0, "adding %.40s: %s is missing", a->now.code, field),
        field);
}

/* ---- the one it is like ---- */

static bool
on_last(const struct bw_sql_value *c, int count, void *context)
{
    (void)count;
    bw_session_of_row(c, context);
    return false;
}

enum bw_status
bw_import_session_last(struct bw_central *central, const char *series,
    struct bw_session *ret_session, struct bw_error *err)
{
    struct bw_session last = {.session_no = 0};
    struct bw_sql_value value = bw_sql_text(series != NULL ? series : "");
    enum bw_status status = bw_central_run(central,
        "SELECT " BW_SESSION_COLUMNS " FROM " BW_SESSION_TABLES
        " WHERE ($1 = '' OR s.series = $1)"
        " ORDER BY s.starts_ms DESC, s.session_no DESC LIMIT 1",
        &value, 1, on_last, &last, err);
    if (status == BW_OK && last.session_no == 0) {
        return BW_NOT_FOUND;
    }
    if (status == BW_OK) {
        *ret_session = last;
    }
    return status;
}

/* Of a new series only the kind and the rules of places are the same. */
static enum bw_status
begin_alike(struct session_adding *a, struct bw_error *err)
{
    struct bw_session *now = &a->now;
    bool known = true;
    enum bw_status status =
        bw_import_session_last(a->office->central, a->said->series, now, err);
    if (status == BW_NOT_FOUND) {
        known = false;
        status = bw_import_session_last(a->office->central, NULL, now, err);
    }
    if (status == BW_NOT_FOUND) {
        *now = (struct bw_session){.capacity = -1,
            .doors_minutes = 60,
            .release_minutes = 15,
            .timezone = BW_ZONE_DEFAULT,
            .kind = "leerkring"};
        status = BW_OK;
    }
    now->session_no = 0;
    now->code[0] = now->title[0] = now->venue[0] = now->address[0] = '\0';
    now->region[0] = '\0';
    now->venue_phone[0] = now->route[0] = now->go_to[0] = now->desk[0] = '\0';
    now->opens_ms = now->called_off_ms = now->closed_ms = 0;
    if (!known) {
        now->series[0] = '\0';
        now->own_region_first = false;
    }
    return status;
}

/* ---- what is said ---- */

static enum bw_status
read_text(const struct session_adding *a, const char *field, const char *text, char *to,
    size_t size, struct bw_error *err)
{
    char clean[BW_TITLE_BYTES];
    if (text == NULL || text[0] == '\0') {
        return BW_OK;
    }
    enum bw_text_fault fault = bw_text_clean(text, BW_TITLE_CHARS, clean);
    if (fault == BW_TEXT_FINE && strlen(clean) >= size) {
        fault = BW_TEXT_TOO_LONG;
    }
    if (fault != BW_TEXT_FINE) {
        return refuse(a, BW_BAD_INPUT, field, bw_said(bw_text_fault_name(fault)), err);
    }
    memcpy(to, clean, strlen(clean) + 1);
    return BW_OK;
}

static enum bw_status
read_texts(struct session_adding *a, struct bw_error *err)
{
    const struct bw_import_session_said *said = a->said;
    struct bw_session *now = &a->now;
    const struct {
        const char *field, *text;
        char *to;
        size_t size;
        bool required, label;
    } texts[] = {
        {"code", said->code, now->code, sizeof now->code, true, true},
        {"series", said->series, now->series, sizeof now->series, true, true},
        {"title", said->title, now->title, sizeof now->title, true, false},
        {"kind", said->kind, now->kind, sizeof now->kind, false, false},
        {"region", said->region, now->region, sizeof now->region, false, false},
        {"audience", said->audience, now->audience, sizeof now->audience, false, false},
        {"venue", said->venue, now->venue, sizeof now->venue, false, false},
        {"address", said->address, now->address, sizeof now->address, false, false},
        {"venue_phone", said->venue_phone, now->venue_phone, sizeof now->venue_phone,
            false, false},
    };
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < sizeof texts / sizeof texts[0]; i++) {
        status =
            read_text(a, texts[i].field, texts[i].text, texts[i].to, texts[i].size, err);
        if (status == BW_OK && texts[i].required && texts[i].to[0] == '\0') {
            status = missing(a, texts[i].field, err);
        } else if (status == BW_OK && texts[i].label &&
                   !bw_session_row_is_label(texts[i].to)) {
            status = refuse(a, BW_BAD_INPUT, texts[i].field,
                bw_said("letters, digits, hyphens, dots and underscores alone"), err);
        }
    }
    return status;
}

static enum bw_status
read_time(const struct session_adding *a, const char *field, const char *text,
    const struct bw_zone *zone, int64_t *ret_ms, struct bw_error *err)
{
    if (text == NULL || text[0] == '\0') {
        return missing(a, field, err);
    }
    enum bw_time_fault fault = bw_form_time_parse(text, zone, ret_ms);
    return fault == BW_TIME_FINE
               ? BW_OK
               : bw_error_about(err,
                     bw_error_set(err, BW_BAD_INPUT, 0,
                         "adding %.40s: \"%.60s\" %s; write it as 2025-03-25 13:30",
                         a->now.code, text, bw_time_fault_name(fault)),
                     field);
}

static enum bw_status
read_times(struct session_adding *a, struct bw_error *err)
{
    struct bw_session *now = &a->now;
    const char *ends = a->said->ends;
    int64_t lasts_ms = now->ends_ms - now->starts_ms;
    struct bw_zone *zone = NULL;
    enum bw_status status = bw_zone_open(now->timezone, &zone, err);
    if (status == BW_OK) {
        status = read_time(a, "starts_at", a->said->starts, zone, &now->starts_ms, err);
    }
    now->ends_ms = now->starts_ms + lasts_ms;
    if (status == BW_OK && (lasts_ms == 0 || (ends != NULL && ends[0] != '\0'))) {
        status = read_time(a, "ends_at", ends, zone, &now->ends_ms, err);
    }
    bw_zone_close(zone);
    if (status == BW_OK && now->ends_ms <= now->starts_ms) {
        return refuse(
            a, BW_BAD_INPUT, "ends_at", bw_said("it would end before it begins"), err);
    }
    if (status == BW_OK && !a->said->confirmed &&
        now->starts_ms < bw_office_now_ms(a->office)) {
        return refuse(a, BW_REFUSED, "starts_at",
            bw_said("it would begin in the past; look at the date, or say --yes where "
                    "that is right"),
            err);
    }
    return status;
}

static enum bw_status
read_places(struct session_adding *a, struct bw_error *err)
{
    const char *text = a->said->places;
    char *end = NULL;
    if (text != NULL && text[0] != '\0') {
        long places = strtol(text, &end, 10);
        bool fine = *end == '\0' && places >= 0 && places <= BW_CAPACITY_MAX;
        a->now.capacity = fine ? (int)places : -1;
    }
    return a->now.capacity >= 0
               ? BW_OK
               : refuse(a, BW_BAD_INPUT, "capacity",
                     bw_said("say how many places it has, a number up to 100000"), err);
}

/* ---- what is there ---- */

/* A region that circles have is spelled as they do. */
static bool
on_region(const struct bw_sql_value *c, int count, void *context)
{
    struct bw_session *now = context;
    char here[BW_TITLE_BYTES], there[BW_TITLE_BYTES];
    (void)count;
    bw_text_fold(now->region, false, here, sizeof here);
    bw_text_fold(c[0].text, false, there, sizeof there);
    if (strcmp(here, there) != 0) {
        return true;
    }
    bw_text_copy(now->region, sizeof now->region, c[0].text);
    return false;
}

static bool
on_beside(const struct bw_sql_value *c, int count, void *context)
{
    struct session_adding *a = context;
    char here[BW_TITLE_BYTES], there[BW_TITLE_BYTES];
    (void)count;
    bw_text_fold(a->now.venue, false, here, sizeof here);
    bw_text_fold(c[1].text, false, there, sizeof there);
    if (strcmp(here, there) == 0) {
        bw_text_copy(a->twin, sizeof a->twin, c[0].text);
    }
    return a->twin[0] == '\0';
}

static enum bw_status
check_beside(struct session_adding *a, struct bw_error *err)
{
    struct bw_central *central = a->office->central;
    struct bw_sql_value values[] = {bw_sql_int(a->now.starts_ms),
        bw_sql_int(a->now.ends_ms), bw_sql_text(a->now.code)};
    int64_t taken = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT count(*) FROM session WHERE upper(code) = upper($1)", &values[2], 1, 0,
        &taken, err);
    if (status == BW_OK && taken > 0) {
        return refuse(a, BW_REFUSED, "code",
            bw_said("a circle is called that already; choose another code"), err);
    }
    if (status == BW_OK && a->now.region[0] != '\0') {
        status = bw_central_run(central, "SELECT DISTINCT region FROM session", NULL, 0,
            on_region, &a->now, err);
    }
    if (status == BW_OK && !a->said->confirmed && a->now.venue[0] != '\0') {
        status = bw_central_run(central,
            "SELECT code, venue FROM session WHERE starts_ms < $2 AND ends_ms > $1"
            " AND called_off_ms = 0 ORDER BY starts_ms, code",
            values, 2, on_beside, a, err);
    }
    return status != BW_OK || a->twin[0] == '\0'
               ? status
               : bw_error_about(err,
                     bw_error_set(err, BW_REFUSED, 0,
                         "adding %.40s: %s is there at that time already; choose another "
                         "time or place, or say --yes where that is right",
                         a->now.code, a->twin),
                     "venue");
}

/* ---- all of it ---- */

static enum bw_status
write_it(struct session_adding *a, const char *why, struct bw_error *err)
{
    struct bw_central *central = a->office->central;
    const struct bw_import_request request = {
        .kind = BW_IMPORT_SESSIONS, .path = a->now.code};
    struct bw_import import = {.office = a->office, .request = &request};
    struct bw_session *one = &a->now;
    struct bw_sql_value series = bw_sql_text(one->series);
    int64_t number = 0;
    enum bw_status status =
        bw_step_begin(a->office, "session add", one->code, why, 0, err);
    if (status == BW_OK) {
        status = bw_central_run(central,
            "INSERT INTO series (code, title, own_region_first) VALUES ($1, $1, 0)"
            " ON CONFLICT DO NOTHING",
            &series, 1, NULL, NULL, err);
    }
    if (status == BW_OK) {
        status = bw_session_put_new(&import, &one, 1, &number, err);
    }
    if (status == BW_OK) {
        status = bw_session_put_end(&import, number, 1, err);
    }
    return status;
}

enum bw_status
bw_import_session_add(const struct bw_office *office,
    const struct bw_import_session_said *said, const char *why,
    struct bw_session *ret_session, struct bw_error *err)
{
    struct session_adding adding = {.office = office, .said = said};
    enum bw_status status = bw_central_begin_step(office->central, err);
    if (status == BW_OK) {
        status = begin_alike(&adding, err);
    }
    if (status == BW_OK) {
        status = read_texts(&adding, err);
    }
    if (status == BW_OK) {
        status = read_times(&adding, err);
    }
    if (status == BW_OK) {
        status = read_places(&adding, err);
    }
    if (status == BW_OK) {
        status = check_beside(&adding, err);
    }
    if (status == BW_OK) {
        status = write_it(&adding, why, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    if (status == BW_OK) {
        *ret_session = adding.now;
    }
    return status;
}
