/* Whom a table of a draft brings, and what it changes of those who are known. */
#include "web/page/import/import.h"

#include "central/records.h"

#include <stdio.h>
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

/* ---- what isn't taken over ---- */

static bool
has_ticks(const struct bw_import_change *change)
{
    return change->refusable && !change->fresh;
}

static size_t
ticks_of(const struct bw_import_result *result)
{
    size_t count = 0;
    for (size_t i = 0; i < result->changes_count; i++) {
        const struct bw_import_change *change = &result->changes[i];
        count += has_ticks(change) ? (size_t)change->differs_count : 0;
    }
    return count < BW_WEB_DRAFT_SKIPPED_MAX ? count : BW_WEB_DRAFT_SKIPPED_MAX;
}

size_t
bw_web_import_ticks(const struct bw_web_draft *draft, size_t at)
{
    size_t room = BW_WEB_FIELDS_MAX / 2;
    for (size_t i = 0; i < at; i++) {
        size_t before = ticks_of(&draft->tables[i].result);
        room -= before < room ? before : room;
    }
    size_t count = ticks_of(&draft->tables[at].result);
    return count < room ? count : room;
}

/* "over-0=13.school" is in the form. */
static bool
is_ticked(const struct bw_web_visit *visit, size_t at,
    const struct bw_import_change *change, int difference)
{
    char name[BW_LABEL_BYTES], value[2 * BW_LABEL_BYTES];
    const struct bw_web_request *request = visit->request;
    (void)snprintf(name, sizeof name, "over-%zu", at);
    (void)snprintf(value, sizeof value, "%d.%s", (int)change->line,
        change->differs[difference].field);
    for (size_t i = 0; i < request->fields_count; i++) {
        const struct bw_web_field *field = &request->fields[i];
        if (field->of_form && strcmp(field->name, name) == 0 &&
            strcmp(field->value, value) == 0) {
            return true;
        }
    }
    return false;
}

/* The form has the ticks. */
static bool
has_them(const struct bw_web_visit *visit, size_t at)
{
    char name[BW_LABEL_BYTES];
    (void)snprintf(name, sizeof name, "kan-%zu", at);
    return bw_web_request_sent(visit->request, name)[0] != '\0';
}

bool
bw_web_import_refuses_others(
    const struct bw_web_visit *visit, const struct bw_web_draft *draft, size_t at)
{
    const struct bw_import_result *result = &draft->tables[at].result;
    size_t ticks = has_them(visit, at) ? bw_web_import_ticks(draft, at) : 0;
    bool others = false;
    for (size_t i = 0; !others && i < result->changes_count; i++) {
        const struct bw_import_change *change = &result->changes[i];
        for (int n = 0; has_ticks(change) && n < change->differs_count && ticks > 0;
             n++) {
            others =
                others || is_ticked(visit, at, change, n) == change->differs[n].refused;
            ticks--;
        }
    }
    return others;
}

void
bw_web_import_take_refusals(
    const struct bw_web_visit *visit, struct bw_web_draft *draft, size_t at)
{
    struct bw_web_draft_table *table = &draft->tables[at];
    size_t ticks = bw_web_import_ticks(draft, at);
    if (!has_them(visit, at)) {
        return;
    }
    table->refused_count = 0;
    for (size_t i = 0; i < table->result.changes_count; i++) {
        const struct bw_import_change *change = &table->result.changes[i];
        for (int n = 0; has_ticks(change) && n < change->differs_count && ticks > 0;
             n++) {
            if (!is_ticked(visit, at, change, n)) {
                table->refused[table->refused_count++] =
                    (struct bw_import_refusal){change->line, change->differs[n].field};
            }
            ticks--;
        }
    }
}

/* ---- as a model ---- */

static json_t *
differs_of(const struct bw_web_visit *visit, const struct bw_import_change *change,
    size_t *inout_ticks)
{
    json_t *list = json_array();
    for (int i = 0; i < change->differs_count; i++) {
        const struct bw_import_difference *differs = &change->differs[i];
        bool tick = has_ticks(change) && *inout_ticks > 0;
        *inout_ticks -= tick;
        bw_web_add(
            &list, json_pack("{s:o, s:o, s:o, s:s, s:b, s:b}", "field",
                       bw_web_import_called(visit, differs->field, differs->shown), "was",
                       side_of(visit, differs->was, differs->was_ms), "becomes",
                       side_of(visit, differs->becomes, differs->becomes_ms), "name",
                       differs->field, "tick", tick, "taken", !differs->refused));
    }
    return list;
}

json_t *
bw_web_import_changes(const struct bw_web_visit *visit,
    const struct bw_import_result *result, bool fresh, size_t ticks)
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
        bw_web_set(&row, "late", json_boolean(change->late));
        bw_web_set(&row, "again", json_boolean(change->again));
        bw_web_set(&row, "differs", differs_of(visit, change, &ticks));
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
