/* `import sessions`: by code, again and again; a changed row changes the session. */
#include "import.h"
#include "office.h"
#include "records.h"

#include <brugwachter/text.h>
#include <inttypes.h>
#include <string.h>
#include <strings.h>

enum field {
    CODE,
    SERIES,
    TITLE,
    KIND,
    REGION,
    VENUE,
    ADDRESS,
    STARTS_AT,
    ENDS_AT,
    CAPACITY,
    AUDIENCE,
    DOORS_MINUTES,
    RELEASE_MINUTES,
    EXTRA_PLACES,
    TIMEZONE,
    GO_TO,
    DESK,
    OWN_REGION_FIRST,
};

static const struct bw_field fields[] = {
    [CODE] = { "code", "code sessiecode", "code" },
    [SERIES] = { "series", "series reeks", "series" },
    [TITLE] = { "title", "title titel naam", "title" },
    [KIND] = { "kind", "kind soort", "kind" },
    [REGION] = { "region", "region regio", "region" },
    [VENUE] = { "venue", "venue locatie", "venue" },
    [ADDRESS] = { "address", "address adres", "address" },
    [STARTS_AT] = { "starts_at", "startsat begin start", "starts_at" },
    [ENDS_AT] = { "ends_at", "endsat einde eind", "ends_at" },
    [CAPACITY] = { "capacity", "capacity plaatsen capaciteit", "capacity" },
    [AUDIENCE] = { "audience", "audience doelgroep", "audience" },
    [DOORS_MINUTES] = { "doors_minutes", "doorsminutes", "doors_minutes" },
    [RELEASE_MINUTES] = { "release_minutes", "releaseminutes", "release_minutes" },
    [EXTRA_PLACES] = { "extra_places", "extraplaces extraplaatsen", "extra_places" },
    [TIMEZONE] = { "timezone", "timezone tijdzone", "timezone" },
    [GO_TO] = { "go_to", "goto", "go_to" },
    [DESK] = { "desk", "desk balie", "desk" },
    [OWN_REGION_FIRST] = { "own_region_first", "ownregionfirst eigenregioeerst",
        "own_region_first" },
    { .name = NULL },
};

enum { DAY_MINUTES = 24 * 60, DOORS_MINUTES_USUAL = 60, RELEASE_MINUTES_USUAL = 15 };

/* ---- a row ---- */

struct text_field {
    enum field field;
    size_t offset;
    size_t room;
    bool required;
};

#define TEXT(field, member, required)                                                      \
    { field, offsetof(struct bw_session, member),                                          \
        sizeof(((struct bw_session *)NULL)->member), required }

static const struct text_field text_fields[] = {
    TEXT(CODE, code, true),
    TEXT(SERIES, series, true),
    TEXT(TITLE, title, true),
    TEXT(KIND, kind, false),
    TEXT(REGION, region, false),
    TEXT(VENUE, venue, false),
    TEXT(ADDRESS, address, false),
    TEXT(AUDIENCE, audience, false),
    TEXT(TIMEZONE, timezone, false),
    TEXT(GO_TO, go_to, false),
    TEXT(DESK, desk, false),
};

/* Room of a label is bytes, of the rest 4 a character. */
static size_t
chars_of(size_t room)
{
    return room == BW_LABEL_BYTES ? BW_LABEL_BYTES - 1 : (room - 1) / 4;
}

static bool
read_texts(struct bw_import *import, const struct bw_csv_row *row, struct bw_session *s)
{
    for (size_t i = 0; i < sizeof text_fields / sizeof text_fields[0]; i++) {
        const struct text_field *t = &text_fields[i];
        const char *text = bw_import_text(import, row, t->field, chars_of(t->room));
        if (text == NULL) {
            return false;
        }
        if (text[0] == '\0' && t->required) {
            bw_import_reject(import, row->line, BW_REJECT_INVALID, "%s is empty",
                fields[t->field].shown);
            return false;
        }
        if (strlen(text) >= t->room) {
            bw_import_reject(import, row->line, BW_REJECT_INVALID, "%s is too long",
                fields[t->field].shown);
            return false;
        }
        bw_text_take((char *)s + t->offset, t->room, text);
    }
    return true;
}

/* A code stands on command lines and in file names. */
static bool
is_label(const char *text)
{
    return text[0] != '-' && text[0] != '.' &&
        strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                     "-_.") == strlen(text);
}

static bool
check_labels(struct bw_import *import, const struct bw_csv_row *row, struct bw_session *s)
{
    const char *wrong = !is_label(s->code) ? s->code
        : !is_label(s->series)             ? s->series
                                           : NULL;
    if (wrong != NULL) {
        bw_import_reject(import, row->line, BW_REJECT_INVALID,
            "\"%.64s\" is no code: letters, digits, hyphens, dots and underscores alone",
            wrong);
    }
    if (s->timezone[0] == '\0') {
        bw_text_take(s->timezone, sizeof s->timezone, BW_ZONE_DEFAULT);
    }
    if (s->kind[0] == '\0') {
        bw_text_take(s->kind, sizeof s->kind, "leerkring");
    }
    return wrong == NULL;
}

static bool
read_times(struct bw_import *import, const struct bw_csv_row *row, struct bw_session *s)
{
    struct bw_zone *zone = NULL;
    struct bw_error why = { .text = "" };
    if (bw_zone_open(s->timezone, &zone, &why) != BW_OK) {
        bw_import_reject(import, row->line, BW_REJECT_INVALID,
            "timezone \"%.64s\" isn't known here (Europe/Amsterdam is)", s->timezone);
        return false;
    }
    bool fine = bw_import_time(import, row, STARTS_AT, zone, &s->starts_ms) &&
        bw_import_time(import, row, ENDS_AT, zone, &s->ends_ms);
    bw_zone_close(zone);
    if (fine && s->ends_ms <= s->starts_ms) {
        bw_import_reject(import, row->line, BW_REJECT_INVALID,
            "it ends (ends_at) before it starts (starts_at)");
        return false;
    }
    return fine;
}

static bool
read_numbers(struct bw_import *import, const struct bw_csv_row *row, struct bw_session *s)
{
    if (bw_import_raw(import, row, CAPACITY)[0] == '\0') {
        bw_import_reject(import, row->line, BW_REJECT_INVALID, "capacity is empty");
        return false;
    }
    return bw_import_number(
               import, row, CAPACITY, 0, BW_CAPACITY_MAX, 0, &s->capacity) &&
        bw_import_number(import, row, DOORS_MINUTES, 0, DAY_MINUTES, DOORS_MINUTES_USUAL,
            &s->doors_minutes) &&
        bw_import_number(import, row, RELEASE_MINUTES, 0, DAY_MINUTES,
            RELEASE_MINUTES_USUAL, &s->release_minutes) &&
        bw_import_number(
            import, row, EXTRA_PLACES, 0, BW_CAPACITY_MAX, 0, &s->extra_places);
}

static bool
read_own_region(struct bw_import *import, const struct bw_csv_row *row, bool *ret_first)
{
    static const char *const yes[] = { "ja", "yes", "1", "true", "waar" };
    static const char *const no[] = { "", "nee", "no", "0", "false", "onwaar" };
    const char *text = bw_import_text(import, row, OWN_REGION_FIRST, BW_NAME_CHARS);
    if (text == NULL) {
        return false;
    }
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        if (strcasecmp(text, yes[i]) == 0) {
            *ret_first = true;
            return true;
        }
    }
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++) {
        if (strcasecmp(text, no[i]) == 0) {
            *ret_first = false;
            return true;
        }
    }
    bw_import_reject(import, row->line, BW_REJECT_INVALID,
        "own_region_first \"%.40s\" is neither ja nor nee", text);
    return false;
}

static bool
read_row(struct bw_import *import, const struct bw_csv_row *row, struct bw_session *ret)
{
    struct bw_session s = { .session_no = 0 };
    if (bw_import_is_shifted(import, row) || !read_texts(import, row, &s) ||
        !check_labels(import, row, &s) || !read_times(import, row, &s) ||
        !read_numbers(import, row, &s) ||
        !read_own_region(import, row, &s.own_region_first)) {
        return false;
    }
    *ret = s;
    return true;
}

/* ---- into the database ---- */

struct writing {
    struct bw_import *import;
    int64_t revision; /* 0: none taken yet */
};

static enum bw_status
take_revision(struct writing *writing, struct bw_error *err)
{
    return writing->revision != 0
        ? BW_OK
        : bw_central_next_revision(
              writing->import->call->central, &writing->revision, err);
}

/* False and BW_OK where the session is new. */
static enum bw_status
find_old(struct bw_central *central, const char *code, struct bw_session *ret_old,
    bool *ret_found, struct bw_error *err)
{
    struct bw_error why;
    enum bw_status status = bw_record_session(central, code, ret_old, &why);
    *ret_found = status == BW_OK;
    if (status != BW_OK && status != BW_NOT_FOUND) {
        return bw_error_set(err, status, why.os_errno, "%s", why.text);
    }
    return BW_OK;
}

static bool
is_same(const struct bw_session *a, const struct bw_session *b)
{
    for (size_t i = 0; i < sizeof text_fields / sizeof text_fields[0]; i++) {
        size_t offset = text_fields[i].offset;
        if (strcmp((const char *)a + offset, (const char *)b + offset) != 0) {
            return false;
        }
    }
    return a->starts_ms == b->starts_ms && a->ends_ms == b->ends_ms &&
        a->capacity == b->capacity && a->doors_minutes == b->doors_minutes &&
        a->release_minutes == b->release_minutes && a->extra_places == b->extra_places;
}

/* One series has one rule; where the file has no such column, it stays as it was. */
static enum bw_status
put_series(struct writing *writing, const struct bw_session *s, struct bw_error *err)
{
    struct bw_central *central = writing->import->call->central;
    bool says = writing->import->columns.of[OWN_REGION_FIRST] >= 0;
    struct bw_sql_value values[] = {
        bw_sql_text(s->series),
        bw_sql_int(s->own_region_first),
    };
    enum bw_status status = bw_central_run(central,
        "INSERT INTO series (code, title, own_region_first) VALUES ($1, $1, $2)"
        " ON CONFLICT DO NOTHING",
        values, 2, NULL, NULL, err);
    int64_t differs = 0;
    if (status == BW_OK && says) {
        status = bw_central_number(central,
            "SELECT count(*) FROM series WHERE code = $1 AND own_region_first <> $2",
            values, 2, 0, &differs, err);
    }
    if (status != BW_OK || differs == 0) {
        return status;
    }
    status = take_revision(writing, err);
    if (status == BW_OK) {
        status = bw_central_run(central,
            "UPDATE series SET own_region_first = $2 WHERE code = $1", values, 2, NULL,
            NULL, err);
    }
    struct bw_sql_value touched[] = { values[0], bw_sql_int(writing->revision) };
    if (status == BW_OK) {
        status = bw_central_run(central,
            "UPDATE session SET revision = $2 WHERE series = $1", touched, 2, NULL, NULL,
            err);
        writing->import->changed += bw_central_changed(central);
    }
    return status;
}

static enum bw_status
put_session(struct writing *writing, const struct bw_session *s, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(s->session_no), bw_sql_text(s->code), bw_sql_text(s->series),
        bw_sql_text(s->title), bw_sql_text(s->kind), bw_sql_text(s->region),
        bw_sql_text(s->venue), bw_sql_text(s->address), bw_sql_text(s->timezone),
        bw_sql_text(s->go_to), bw_sql_text(s->desk), bw_sql_text(s->audience),
        bw_sql_int(s->starts_ms), bw_sql_int(s->ends_ms), bw_sql_int(s->capacity),
        bw_sql_int(s->doors_minutes), bw_sql_int(s->release_minutes),
        bw_sql_int(s->extra_places), bw_sql_int(writing->revision),
    };
    return bw_central_run(writing->import->call->central,
        "INSERT INTO session (session_no, code, series, title, kind, region, venue, address,"
        " timezone, go_to, desk, audience, starts_ms, ends_ms, capacity, doors_minutes,"
        " release_minutes, extra_places, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8,"
        " $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"
        " ON CONFLICT (session_no) DO UPDATE SET code = excluded.code,"
        " series = excluded.series, title = excluded.title, kind = excluded.kind,"
        " region = excluded.region, venue = excluded.venue, address = excluded.address,"
        " timezone = excluded.timezone, go_to = excluded.go_to, desk = excluded.desk,"
        " audience = excluded.audience, starts_ms = excluded.starts_ms,"
        " ends_ms = excluded.ends_ms, capacity = excluded.capacity,"
        " doors_minutes = excluded.doors_minutes,"
        " release_minutes = excluded.release_minutes,"
        " extra_places = excluded.extra_places, revision = excluded.revision",
        values, sizeof values / sizeof values[0], NULL, NULL, err);
}

/* Places that the new capacity hasn't, or that people wait for: said, never decided here. */
static enum bw_status
note_places(struct bw_import *import, const struct bw_session *s, struct bw_error *err)
{
    int64_t confirmed = 0;
    int64_t waiting = 0;
    struct bw_central *central = import->call->central;
    enum bw_status status =
        bw_office_count(central, s->session_no, BW_CONFIRMED, &confirmed, err);
    if (status == BW_OK) {
        status = bw_office_count(central, s->session_no, BW_WAITLISTED, &waiting, err);
    }
    if (status == BW_OK && confirmed > s->capacity) {
        bw_import_note(import, true,
            "%s has %d places now and %" PRId64 " confirmed: all keep their place; cancel "
            "some, or give it more room",
            s->code, s->capacity, confirmed);
    } else if (status == BW_OK && waiting > 0 && confirmed < s->capacity) {
        bw_import_note(import, false,
            "%s has %" PRId64 " free places and %" PRId64 " people who wait: promote "
            "--session %s gives them out",
            s->code, s->capacity - confirmed, waiting, s->code);
    }
    return status;
}

static enum bw_status
give_number(struct bw_central *central, uint32_t *ret_session_no, struct bw_error *err)
{
    int64_t number = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT coalesce(max(session_no), 0) + 1 FROM session", NULL, 0, 1, &number, err);
    if (status == BW_OK && number > UINT32_MAX) {
        return bw_error_set(
            err, BW_FULL, 0, "importing sessions: every session number was given");
    }
    if (status == BW_OK) {
        *ret_session_no = (uint32_t)number;
    }
    return status;
}

static enum bw_status
write_row(struct writing *writing, struct bw_session *s, struct bw_error *err)
{
    struct bw_import *import = writing->import;
    struct bw_session old;
    bool known = false;
    enum bw_status status = find_old(import->call->central, s->code, &old, &known, err);
    if (status == BW_OK) {
        status = put_series(writing, s, err);
    }
    if (status != BW_OK || (known && is_same(&old, s))) {
        if (status == BW_OK) {
            s->session_no = old.session_no;
            status = note_places(import, s, err);
        }
        return status;
    }
    if (known) {
        s->session_no = old.session_no;
    } else {
        status = give_number(import->call->central, &s->session_no, err);
    }
    if (status == BW_OK) {
        status = take_revision(writing, err);
    }
    if (status == BW_OK) {
        status = put_session(writing, s, err);
    }
    if (status == BW_OK) {
        import->changed += known;
        import->added += !known;
        status = note_places(import, s, err);
    }
    return status;
}

static bool
is_repeated(struct bw_import *import, size_t at, const struct bw_session *s)
{
    for (size_t i = 0; i < at; i++) {
        const struct bw_csv_row *row = &import->table.rows[i];
        if (strcasecmp(bw_import_raw(import, row, CODE), s->code) == 0) {
            bw_import_reject(import, import->table.rows[at].line, BW_REJECT_DUPLICATE,
                "session %s stands on line %d already", s->code, (int)row->line);
            return true;
        }
    }
    return false;
}

static enum bw_status
write_rows(struct bw_import *import, struct bw_error *err)
{
    struct writing writing = { .import = import };
    int64_t batch_no = 0;
    enum bw_status status = bw_central_begin(import->call->central, err);
    if (status == BW_OK) {
        status = bw_import_next_batch(import, &batch_no, err);
    }
    for (size_t i = 0; status == BW_OK && i < import->table.rows_count; i++) {
        struct bw_session s;
        if (read_row(import, &import->table.rows[i], &s) && !is_repeated(import, i, &s)) {
            status = write_row(&writing, &s, err);
        }
        bw_progress(import->call, "importing", (int64_t)i,
            (int64_t)import->table.rows_count);
    }
    if (status == BW_OK) {
        status = bw_import_put_batch(import, batch_no, err);
    }
    return status == BW_OK ? bw_import_end(import, err) : status;
}

enum bw_exit
bw_import_sessions(struct bw_call *call, const char *path, struct bw_error *err)
{
    static const int required[] = { CODE, SERIES, TITLE, STARTS_AT, ENDS_AT, CAPACITY };
    struct bw_import import;
    enum bw_status status =
        bw_import_open(&import, call, "sessions", path, fields, err);
    for (size_t i = 0; status == BW_OK && i < sizeof required / sizeof required[0]; i++) {
        status = bw_columns_require(&import.columns, path, fields, required[i], err);
    }
    if (status == BW_OK) {
        status = bw_import_limit(&import, err);
    }
    if (status == BW_OK) {
        status = write_rows(&import, err);
    }
    enum bw_exit result =
        status == BW_OK ? bw_import_answer(&import, err) : BW_EXIT_FAILED;
    bw_import_finish(&import);
    return result;
}
