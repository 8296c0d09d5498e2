/* Whom a table of a draft brings, and what it changes of those who are known. */
#include "web/page/import/import.h"

#include "central/records.h"

#include <string.h>

/* What a column says, as people call it. */
static const struct {
    const char *field, *key;
} called[] = {
    {"timestamp", "fd.time"},
    {"email", "fd.mail"},
    {"name", "fd.name"},
    {"school", "fd.school"},
    {"role", "fd.role"},
    {"region", "fd.region"},
    {"table", "fd.table"},
    {"first_name", "fd.first"},
    {"infix", "fd.infix"},
    {"last_name", "fd.last"},
    {"session", "fd.circle"},
    {"attention", "fd.attention"},
    {"code", "fd.code"},
    {"time", "fd.came"},
    {"present", "fd.present"},
    {"series", "fd.series"},
    {"title", "fd.title"},
    {"kind", "fd.kind"},
    {"venue", "fd.venue"},
    {"address", "fd.address"},
    {"route", "fd.route"},
    {"venue_phone", "fd.phone"},
    {"starts_at", "fd.start"},
    {"ends_at", "fd.end"},
    {"capacity", "fd.capacity"},
    {"audience", "fd.audience"},
    {"opens", "fd.opens"},
    {"tolerance_minutes", "fd.tolerance"},
    {"doors_minutes", "fd.doors"},
    {"release_minutes", "fd.release"},
    {"extra_places", "fd.extra"},
    {"timezone", "fd.zone"},
    {"go_to", "fd.goto"},
    {"desk", "fd.desk"},
    {"own_region_first", "fd.own"},
    {"url", "fd.link"},
    {"brin", "fd.brin"},
    {"town", "fd.town"},
    {"province", "fd.province"},
};

json_t *
bw_web_import_called(
    const struct bw_web_visit *visit, const char *field, const char *shown)
{
    for (size_t i = 0; i < sizeof called / sizeof called[0]; i++) {
        if (strcmp(called[i].field, field) == 0) {
            return bw_web_sentence(visit, called[i].key);
        }
    }
    return json_string(shown);
}

static json_t *
side_of(const struct bw_web_visit *visit, const char *text, int64_t at_ms)
{
    return at_ms != 0 ? bw_web_when(visit, visit->desk->zone, BW_WEB_MOMENT_SHORT, at_ms)
           : text[0] != '\0' ? bw_web_text(text)
                             : bw_web_sentence(visit, "ch.nothing");
}

/* What somebody gets, as a chip; with the number on the waiting list. */
static json_t *
gets_of(const struct bw_web_visit *visit, const struct bw_import_change *change)
{
    static const struct {
        const char *kind, *icon, *key;
    } chips[] = {
        [BW_CONFIRMED] = {"ok", "seat", "status.confirmed"},
        [BW_WAITLISTED] = {"dicht", "hourglass", "status.waitlisted"},
        [BW_CANCELLED] = {"", "close", "status.cancelled"},
        [BW_BLOCKED] = {"", "close", "status.blocked"},
    };
    json_t *word = change->doubt ? bw_web_sentence(visit, "ch.unsettled")
                   : change->number > 0
                       ? bw_web_filled(visit, "ch.wl",
                             json_pack("{s:I}", "number", (json_int_t)change->number))
                       : bw_web_sentence(visit, chips[change->status].key);
    return json_pack("{s:s, s:s, s:o}", "kind",
        change->doubt ? "let" : chips[change->status].kind, "icon",
        change->doubt ? "question" : chips[change->status].icon, "word", word);
}

static json_t *
differs_of(const struct bw_web_visit *visit, const struct bw_import_change *change)
{
    json_t *list = json_array();
    for (int i = 0; i < change->differs_count; i++) {
        const struct bw_import_difference *differs = &change->differs[i];
        bw_web_add(
            &list, json_pack("{s:o, s:o, s:o}", "field",
                       bw_web_import_called(visit, differs->field, differs->shown), "was",
                       side_of(visit, differs->was, differs->was_ms), "becomes",
                       side_of(visit, differs->becomes, differs->becomes_ms)));
    }
    return list;
}

json_t *
bw_web_import_changes(
    const struct bw_web_visit *visit, const struct bw_import_result *result, bool fresh)
{
    json_t *list = json_array();
    for (size_t i = 0; i < result->changes_count; i++) {
        const struct bw_import_change *change = &result->changes[i];
        if (change->fresh != fresh) {
            continue;
        }
        json_t *row = json_object();
        bw_web_set(&row, "line", json_integer(change->line));
        bw_web_set(&row, "who", bw_web_text(change->who));
        bw_web_set(&row, "school", bw_web_text(change->school));
        bw_web_set(&row, "region", bw_web_text(change->region));
        bw_web_set(&row, "signed_up",
            bw_web_when(
                visit, visit->desk->zone, BW_WEB_MOMENT_SHORT, change->signed_up_ms));
        bw_web_set(&row, "again", json_boolean(change->again));
        bw_web_set(&row, "differs", differs_of(visit, change));
        bw_web_set(&row, "also",
            change->also_in[0] != '\0'
                ? bw_web_filled(visit, "ch.also",
                      json_pack("{s:o}", "k", bw_web_text(change->also_in)))
                : json_string(""));
        bw_web_set(&row, "gets", gets_of(visit, change));
        bw_web_add(&list, row);
    }
    return list;
}
