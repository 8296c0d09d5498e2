/* One row of a file of sessions: see session_row.h. */
#include "office/import/read/session_row.h"

#include "central/records.h"

#include <string.h>
#include <strings.h>

const struct bw_field bw_session_row_fields[] = {
    [BW_SESSION_FIELD_CODE] = {"code", "code sessiecode", .shown = "code"},
    [BW_SESSION_FIELD_SERIES] = {"series", "series reeks", .shown = "series"},
    [BW_SESSION_FIELD_TITLE] = {"title", "title titel naam", .shown = "title"},
    [BW_SESSION_FIELD_KIND] = {"kind", "kind soort", .shown = "kind"},
    [BW_SESSION_FIELD_REGION] = {"region", "region regio", .shown = "region"},
    [BW_SESSION_FIELD_VENUE] = {"venue", "venue locatie", .shown = "venue"},
    [BW_SESSION_FIELD_ADDRESS] = {"address", "address adres", .shown = "address"},
    [BW_SESSION_FIELD_ROUTE] = {"route",
        "route routebeschrijving reisadvies bereikbaarheid directions", .shown = "route"},
    [BW_SESSION_FIELD_VENUE_PHONE] = {"venue_phone",
        "venuephone telefoonlocatie telefoon telefoonnummer tel phone",
        .shown = "venue_phone"},
    [BW_SESSION_FIELD_STARTS_AT] = {"starts_at", "startsat begin start",
        .shown = "starts_at", .is_time = true},
    [BW_SESSION_FIELD_ENDS_AT] = {"ends_at", "endsat einde eind", .shown = "ends_at",
        .is_time = true},
    [BW_SESSION_FIELD_CAPACITY] = {"capacity", "capacity plaatsen capaciteit",
        .shown = "capacity"},
    [BW_SESSION_FIELD_AUDIENCE] = {"audience", "audience doelgroep", .shown = "audience"},
    [BW_SESSION_FIELD_OPENS] = {"opens", "opens inchecken", .shown = "opens"},
    [BW_SESSION_FIELD_TOLERANCE_MINUTES] = {"tolerance_minutes",
        "toleranceminutes tolerantie marge", .shown = "tolerance_minutes"},
    [BW_SESSION_FIELD_DOORS_MINUTES] = {"doors_minutes", "doorsminutes",
        .shown = "doors_minutes"},
    [BW_SESSION_FIELD_RELEASE_MINUTES] = {"release_minutes", "releaseminutes",
        .shown = "release_minutes"},
    [BW_SESSION_FIELD_EXTRA_PLACES] = {"extra_places", "extraplaces extraplaatsen",
        .shown = "extra_places"},
    [BW_SESSION_FIELD_TIMEZONE] = {"timezone", "timezone tijdzone", .shown = "timezone"},
    [BW_SESSION_FIELD_GO_TO] = {"go_to", "goto", .shown = "go_to"},
    [BW_SESSION_FIELD_DESK] = {"desk", "desk balie", .shown = "desk"},
    [BW_SESSION_FIELD_OWN_REGION_FIRST] = {"own_region_first",
        "ownregionfirst eigenregioeerst", .shown = "own_region_first"},
    {.name = NULL},
};

enum { DAY_MINUTES = 24 * 60, DOORS_MINUTES_USUAL = 60, RELEASE_MINUTES_USUAL = 15 };

/* ---- a row ---- */

struct text_field {
    enum bw_session_field field;
    size_t offset;
    size_t capacity;
    bool required;
};

#define TEXT(field, member, required)                                                    \
    {                                                                                    \
        field, offsetof(struct bw_session, member),                                      \
            sizeof(((struct bw_session *)NULL)->member), required                        \
    }

static const struct text_field text_fields[] = {
    TEXT(BW_SESSION_FIELD_CODE, code, true),
    TEXT(BW_SESSION_FIELD_SERIES, series, true),
    TEXT(BW_SESSION_FIELD_TITLE, title, true),
    TEXT(BW_SESSION_FIELD_KIND, kind, false),
    TEXT(BW_SESSION_FIELD_REGION, region, false),
    TEXT(BW_SESSION_FIELD_VENUE, venue, false),
    TEXT(BW_SESSION_FIELD_ADDRESS, address, false),
    TEXT(BW_SESSION_FIELD_ROUTE, route, false),
    TEXT(BW_SESSION_FIELD_VENUE_PHONE, venue_phone, false),
    TEXT(BW_SESSION_FIELD_AUDIENCE, audience, false),
    TEXT(BW_SESSION_FIELD_TIMEZONE, timezone, false),
    TEXT(BW_SESSION_FIELD_GO_TO, go_to, false),
    TEXT(BW_SESSION_FIELD_DESK, desk, false),
};

/* Room of a label is bytes, of the rest 4 a character. */
static size_t
chars_of(size_t capacity)
{
    return capacity == BW_LABEL_BYTES ? BW_LABEL_BYTES - 1 : (capacity - 1) / 4;
}

static bool
read_texts(struct bw_import *import, const struct bw_csv_row *row, struct bw_session *s)
{
    for (size_t i = 0; i < sizeof text_fields / sizeof text_fields[0]; i++) {
        const struct text_field *t = &text_fields[i];
        const char *text =
            bw_import_text(import, row, (int)t->field, chars_of(t->capacity));
        if (text == NULL) {
            return false;
        }
        if (text[0] == '\0' && t->required) {
            bw_import_reject(import, row->line, BW_REJECT_INVALID, "%s is empty",
                bw_session_row_fields[t->field].shown);
            return false;
        }
        if (strlen(text) >= t->capacity) {
            bw_import_reject(import, row->line, BW_REJECT_INVALID, "%s is too long",
                bw_session_row_fields[t->field].shown);
            return false;
        }
        bw_text_copy((char *)s + t->offset, t->capacity, text);
    }
    return true;
}

bool
bw_session_row_is_label(const char *text)
{
    return text[0] != '-' && text[0] != '.' &&
           strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                        "-_.") == strlen(text);
}

static bool
check_labels(struct bw_import *import, const struct bw_csv_row *row, struct bw_session *s)
{
    const char *wrong = !bw_session_row_is_label(s->code)     ? s->code
                        : !bw_session_row_is_label(s->series) ? s->series
                                                              : NULL;
    if (wrong != NULL) {
        bw_import_reject(import, row->line, BW_REJECT_INVALID,
            "\"%.64s\" is no code: letters, digits, hyphens, dots and underscores alone",
            wrong);
    }
    if (s->timezone[0] == '\0') {
        bw_text_copy(s->timezone, sizeof s->timezone, BW_ZONE_DEFAULT);
    }
    if (s->kind[0] == '\0') {
        bw_text_copy(s->kind, sizeof s->kind, "leerkring");
    }
    return wrong == NULL;
}

static bool
read_times(struct bw_import *import, const struct bw_csv_row *row, struct bw_session *s)
{
    struct bw_zone *zone = NULL;
    struct bw_error why = {.text = ""};
    if (bw_zone_open(s->timezone, &zone, &why) != BW_OK) {
        bw_import_reject(import, row->line, BW_REJECT_INVALID,
            "timezone \"%.64s\" isn't known here (Europe/Amsterdam is)", s->timezone);
        return false;
    }
    bool fine =
        bw_import_time(import, row, BW_SESSION_FIELD_STARTS_AT, zone, &s->starts_ms) &&
        bw_import_time(import, row, BW_SESSION_FIELD_ENDS_AT, zone, &s->ends_ms);
    bool has_opens = bw_import_raw(import, row, BW_SESSION_FIELD_OPENS)[0] != '\0';
    fine = fine && (!has_opens || bw_import_time_of(import, row, BW_SESSION_FIELD_OPENS,
                                      zone, s->starts_ms, &s->opens_ms));
    bw_zone_close(zone);
    if (fine && s->ends_ms <= s->starts_ms) {
        bw_import_reject(import, row->line, BW_REJECT_INVALID,
            "it ends (ends_at) before it starts (starts_at)");
        return false;
    }
    if (fine && has_opens && s->opens_ms > s->starts_ms) {
        bw_import_reject(import, row->line, BW_REJECT_INVALID,
            "check-in (opens) begins after the session does (starts_at)");
        return false;
    }
    return fine;
}

static bool
read_numbers(struct bw_import *import, const struct bw_csv_row *row, struct bw_session *s)
{
    if (bw_import_raw(import, row, BW_SESSION_FIELD_CAPACITY)[0] == '\0') {
        bw_import_reject(import, row->line, BW_REJECT_INVALID, "capacity is empty");
        return false;
    }
    return bw_import_number(import, row, BW_SESSION_FIELD_CAPACITY, 0, BW_CAPACITY_MAX, 0,
               &s->capacity) &&
           bw_import_number(import, row, BW_SESSION_FIELD_DOORS_MINUTES, 0, DAY_MINUTES,
               DOORS_MINUTES_USUAL, &s->doors_minutes) &&
           bw_import_number(import, row, BW_SESSION_FIELD_RELEASE_MINUTES, 0, DAY_MINUTES,
               RELEASE_MINUTES_USUAL, &s->release_minutes) &&
           bw_import_number(import, row, BW_SESSION_FIELD_TOLERANCE_MINUTES, 0,
               DAY_MINUTES, 0, &s->tolerance_minutes) &&
           bw_import_number(import, row, BW_SESSION_FIELD_EXTRA_PLACES, 0,
               BW_CAPACITY_MAX, 0, &s->extra_places);
}

static bool
read_own_region(struct bw_import *import, const struct bw_csv_row *row, bool *ret_first)
{
    static const char *const yes[] = {"ja", "yes", "1", "true", "waar"};
    static const char *const no[] = {"", "nee", "no", "0", "false", "onwaar"};
    const char *text =
        bw_import_text(import, row, BW_SESSION_FIELD_OWN_REGION_FIRST, BW_NAME_CHARS);
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

bool
bw_session_row_read(struct bw_import *import, const struct bw_csv_row *row,
    struct bw_session *ret_session)
{
    struct bw_session s = {.session_no = 0};
    if (bw_import_is_shifted(import, row) || !read_texts(import, row, &s) ||
        !check_labels(import, row, &s) || !read_times(import, row, &s) ||
        !read_numbers(import, row, &s) ||
        !read_own_region(import, row, &s.own_region_first)) {
        return false;
    }
    *ret_session = s;
    return true;
}

bool
bw_session_row_is_same(const struct bw_session *a, const struct bw_session *b)
{
    for (size_t i = 0; i < sizeof text_fields / sizeof text_fields[0]; i++) {
        size_t offset = text_fields[i].offset;
        if (strcmp((const char *)a + offset, (const char *)b + offset) != 0) {
            return false;
        }
    }
    return a->starts_ms == b->starts_ms && a->ends_ms == b->ends_ms &&
           a->capacity == b->capacity && a->doors_minutes == b->doors_minutes &&
           a->release_minutes == b->release_minutes &&
           a->extra_places == b->extra_places && a->opens_ms == b->opens_ms &&
           a->tolerance_minutes == b->tolerance_minutes;
}
