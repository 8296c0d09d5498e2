/* How a file was read, and what it would change, for programs: see import_reading.h. */
#include "cli/import_reading.h"

#include "cli/answer.h"

#include <brugwachter/text.h>
#include <brugwachter/zone.h>
#include <string.h>

/* A heading is as the file has it. */
static json_t *
text_of(const char *text)
{
    char fine[BW_TITLE_BYTES];
    size_t length = strnlen(text, sizeof fine - 1);
    memcpy(fine, text, length);
    fine[length] = '\0';
    bw_text_defuse(fine, '?');
    return json_string(fine);
}

static json_t *
columns_of(const struct bw_import_reading *reading)
{
    json_t *list = json_array();
    for (int i = 0; i < reading->columns_count; i++) {
        const struct bw_import_read_column *column = &reading->columns[i];
        json_t *row =
            json_pack("{s:o, s:o, s:s}", "heading", text_of(column->heading), "sample",
                text_of(column->sample), "by", bw_import_column_by_name(column->by));
        if (row != NULL && column->field >= 0) {
            (void)json_object_set_new(
                row, "field", json_string(reading->fields[column->field].name));
        }
        bw_cli_add(&list, row);
    }
    return list;
}

static json_t *
regions_of(const struct bw_import_reading *reading)
{
    json_t *list = json_array();
    for (int i = 0; i < reading->spellings_count; i++) {
        const struct bw_import_read_spelling *spelling = &reading->spellings[i];
        bw_cli_add(&list,
            json_pack("{s:o, s:o, s:I}", "written", text_of(spelling->written), "means",
                text_of(spelling->means), "rows", (json_int_t)spelling->rows));
    }
    return list;
}

static void
set_circle(json_t *object, const char *name, const struct bw_import_read_circle *circle)
{
    if (object != NULL && circle->code[0] != '\0') {
        (void)json_object_set_new(object, name, json_string(circle->code));
    }
}

static json_t *
circle_of(const struct bw_import_read_circles *circle)
{
    json_t *object = json_pack("{s:s, s:I, s:I, s:I, s:I, s:I}", "by",
        bw_import_circle_by_name(circle->by), "people", (json_int_t)circle->looked,
        "here", (json_int_t)circle->here, "elsewhere", (json_int_t)circle->elsewhere,
        "own_region", (json_int_t)circle->own_region, "other_region",
        (json_int_t)circle->other_region);
    set_circle(object, "session", &circle->taken);
    set_circle(object, "named", &circle->named);
    set_circle(object, "likely", &circle->likely);
    set_circle(object, "most_in", &circle->most_in);
    return object;
}

static json_t *
rows_of(const struct bw_import_reading *reading)
{
    json_t *list = json_array();
    struct bw_error ignored;
    struct bw_zone *zone = NULL;
    if (bw_zone_open(BW_ZONE_DEFAULT, &zone, &ignored) != BW_OK) {
        return list;
    }
    for (int i = 0; i < reading->rows_count; i++) {
        const struct bw_import_read_row *row = &reading->rows[i];
        char when[BW_ISO_BYTES];
        bw_zone_format_iso(zone, row->at_ms, when);
        bw_cli_add(&list, json_pack("{s:i, s:s, s:o, s:o, s:o}", "line", (int)row->line,
                              "signed_up", when, "name", text_of(row->who), "school",
                              text_of(row->school), "region", text_of(row->region)));
    }
    bw_zone_close(zone);
    return list;
}

json_t *
bw_cli_import_reading(const struct bw_import_reading *reading)
{
    return json_pack("{s:o, s:o, s:I, s:o, s:o}", "columns", columns_of(reading),
        "regions", regions_of(reading), "regions_more",
        (json_int_t)reading->spellings_more_rows, "circle", circle_of(&reading->circle),
        "rows", rows_of(reading));
}

/* ---- what would change ---- */

static json_t *
time_of(const struct bw_zone *zone, int64_t at_ms)
{
    char when[BW_ISO_BYTES];
    bw_zone_format_iso(zone, at_ms, when);
    return json_string(when);
}

static json_t *
differs_of(const struct bw_zone *zone, const struct bw_import_change *change)
{
    json_t *list = json_array();
    for (int i = 0; i < change->differs_count; i++) {
        const struct bw_import_difference *differs = &change->differs[i];
        bool time = differs->becomes_ms != 0;
        bw_cli_add(&list,
            json_pack("{s:s, s:o, s:o, s:b}", "field", differs->field, "was",
                time ? time_of(zone, differs->was_ms) : text_of(differs->was), "becomes",
                time ? time_of(zone, differs->becomes_ms) : text_of(differs->becomes),
                "refused", differs->refused));
    }
    return list;
}

json_t *
bw_cli_import_changes(const struct bw_import_result *result)
{
    json_t *list = json_array();
    struct bw_error ignored;
    struct bw_zone *zone = NULL;
    if (bw_zone_open(BW_ZONE_DEFAULT, &zone, &ignored) != BW_OK) {
        return list;
    }
    for (size_t i = 0; i < result->changes_count; i++) {
        const struct bw_import_change *change = &result->changes[i];
        json_t *row = json_pack("{s:i, s:o, s:o, s:o, s:o, s:b, s:b, s:b, s:s, s:o}",
            "line", (int)change->line, "name", text_of(change->who), "school",
            text_of(change->school), "region", text_of(change->region), "signed_up",
            time_of(zone, change->signed_up_ms), "fresh", change->fresh, "again",
            change->again, "doubt", change->doubt, "status",
            bw_registration_status_name(change->status), "differs",
            differs_of(zone, change));
        if (row != NULL && change->number > 0) {
            (void)json_object_set_new(row, "number", json_integer(change->number));
        }
        if (row != NULL && change->late) {
            (void)json_object_set_new(row, "late", json_true());
        }
        if (row != NULL && change->also_in[0] != '\0') {
            (void)json_object_set_new(row, "also_in", text_of(change->also_in));
        }
        bw_cli_add(&list, row);
    }
    bw_zone_close(zone);
    return list;
}

/* ---- whose answer is in doubt ---- */

static json_t *
side_of(const struct bw_import_side *side)
{
    return json_pack("{s:o, s:o, s:o, s:o}", "name", text_of(side->who), "school",
        text_of(side->school), "mail", text_of(side->mail), "role", text_of(side->role));
}

json_t *
bw_cli_import_doubts(const struct bw_import_result *result)
{
    static const char *const doubts[] = {
        [BW_PLACE_DOUBT_NONE] = "none",
        [BW_PLACE_DOUBT_MAIL] = "mail",
        [BW_PLACE_DOUBT_NAME] = "name",
        [BW_PLACE_DOUBT_ROLE] = "role",
    };
    static const char *const words[] = {
        [BW_IMPORT_WORD_LATER] = "later",
        [BW_IMPORT_WORD_OTHER] = "other",
        [BW_IMPORT_WORD_SAME] = "same",
        [BW_IMPORT_WORD_OUT] = "out",
    };
    json_t *list = json_array();
    for (size_t i = 0; i < result->doubts_count; i++) {
        const struct bw_import_doubt *doubt = &result->doubts[i];
        if (doubt->answer.who == NULL) {
            continue;
        }
        json_t *row = json_pack("{s:i, s:s, s:s, s:o}", "line", (int)doubt->line, "doubt",
            doubts[doubt->doubt], "likely", words[doubt->likely], "answer",
            side_of(&doubt->answer));
        if (row != NULL && doubt->known_code != BW_CODE_NONE) {
            (void)json_object_set_new(row, "known", side_of(&doubt->known));
        }
        bw_cli_add(&list, row);
    }
    return list;
}
