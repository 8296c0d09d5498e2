/* How a table of a draft was read, in words; and where the form says it otherwise, the
 * answers that make it so. What is shown was quoted from the file (quoted). */
#include "web/page/import/import.h"

#include "central/records.h"

#include <brugwachter/text.h>
#include <stdlib.h>
#include <string.h>

json_t *
bw_web_import_quoted(const char *text)
{
    char fine[BW_TITLE_BYTES];
    bw_text_copy(fine, sizeof fine, text);
    bw_text_defuse(fine, '?');
    return bw_web_text(fine);
}

const char *
bw_web_import_sent(
    const struct bw_web_visit *visit, const char *what, size_t table, int question)
{
    char name[BW_LABEL_BYTES];
    (void)snprintf(
        name, sizeof name, question >= 0 ? "%s-%zu-%d" : "%s-%zu", what, table, question);
    return bw_web_request_sent(visit->request, name);
}

/* ---- columns ---- */

static const struct {
    const char *kind, *icon, *key;
} sures[] = {
    [BW_IMPORT_BY_NOTHING] = {"", "close", "im.not"},
    [BW_IMPORT_BY_NEAR] = {"let", "question", "im.near"},
    [BW_IMPORT_BY_HEADING] = {"ok", "check", "im.sure"},
    [BW_IMPORT_BY_LEARNED] = {"ok", "history", "im.learned"},
    [BW_IMPORT_BY_REQUEST] = {"ok", "person", "im.told"},
    [BW_IMPORT_BY_FILLING] = {"ok", "plus", "im.filling"},
};

/* What it is read as: -1 none. */
static int
field_of(const struct bw_import_read_column *column)
{
    bool read = column->by != BW_IMPORT_BY_NOTHING && column->by != BW_IMPORT_BY_NEAR;
    return read ? column->field : -1;
}

static json_t *
fields_of(
    const struct bw_web_visit *visit, const struct bw_import_reading *reading, int chosen)
{
    json_t *list = json_array();
    for (int i = 0; i < reading->fields_count; i++) {
        const struct bw_import_read_field *field = &reading->fields[i];
        bw_web_add(&list, json_pack("{s:s, s:o, s:b}", "field", field->name, "word",
                              bw_web_import_called(visit, field->name, field->shown),
                              "chosen", i == chosen));
    }
    return list;
}

static json_t *
columns_of(const struct bw_web_visit *visit, const struct bw_import_reading *reading)
{
    json_t *list = json_array();
    for (int i = 0; i < reading->columns_count; i++) {
        const struct bw_import_read_column *column = &reading->columns[i];
        json_t *meant = column->field >= 0 ? bw_web_import_called(visit,
                                                 reading->fields[column->field].name,
                                                 reading->fields[column->field].shown)
                                           : json_string("");
        json_t *row = json_object();
        bw_web_set(&row, "column", json_integer(i));
        bw_web_set(&row, "heading", bw_web_import_quoted(column->heading));
        bw_web_set(&row, "sample", bw_web_import_quoted(column->sample));
        bw_web_set(&row, "fields", fields_of(visit, reading, field_of(column)));
        bw_web_set(&row, "chip",
            json_pack("{s:s, s:s, s:o}", "kind", sures[column->by].kind, "icon",
                sures[column->by].icon, "word",
                bw_web_filled(
                    visit, sures[column->by].key, json_pack("{s:o}", "what", meant))));
        bw_web_add(&list, row);
    }
    return list;
}

/* ---- regions ---- */

static json_t *
choices_of(const struct bw_import_reading *reading, const char *chosen)
{
    json_t *list = json_array();
    for (int i = 0; i < reading->regions_count; i++) {
        bw_web_add(
            &list, json_pack("{s:o, s:b}", "region", bw_web_text(reading->regions[i]),
                       "chosen", strcmp(reading->regions[i], chosen) == 0));
    }
    return list;
}

/* The spellings of one region, where there is something to say of them. */
static json_t *
group_of(const struct bw_web_visit *visit, const struct bw_import_reading *reading,
    const char *means, int *ret_spellings)
{
    json_t *written = json_array();
    json_int_t rows = 0;
    bool differ = false;
    *ret_spellings = 0;
    for (int i = 0; i < reading->spellings_count; i++) {
        const struct bw_import_read_spelling *spelling = &reading->spellings[i];
        if (strcmp(spelling->means, means) != 0) {
            continue;
        }
        differ = differ || strcmp(spelling->written, means) != 0;
        rows += (json_int_t)spelling->rows;
        ++*ret_spellings;
        bw_web_add(&written,
            json_pack("{s:o}", "written", bw_web_import_quoted(spelling->written)));
    }
    if (!differ) {
        json_decref(written);
        return NULL;
    }
    return json_pack("{s:o, s:o, s:o}", "spellings", written, "means",
        bw_web_import_quoted(means), "times",
        bw_web_filled(visit, "im.times", json_pack("{s:I}", "n", rows)));
}

static bool
is_first_of_its_region(const struct bw_import_reading *reading, int at)
{
    for (int i = 0; i < at; i++) {
        if (strcmp(reading->spellings[i].means, reading->spellings[at].means) == 0) {
            return false;
        }
    }
    return true;
}

static void
add_regions(const struct bw_web_visit *visit, const struct bw_import_reading *reading,
    json_t **model)
{
    json_t *groups = json_array(), *told = json_array();
    json_int_t spellings = 0;
    for (int i = 0; i < reading->spellings_count; i++) {
        const struct bw_import_read_spelling *spelling = &reading->spellings[i];
        int count = 0;
        json_t *group = is_first_of_its_region(reading, i)
                            ? group_of(visit, reading, spelling->means, &count)
                            : NULL;
        if (group != NULL) {
            bw_web_add(&groups, group);
            spellings += count;
        }
        if (spelling->told) {
            bw_web_add(&told, json_pack("{s:i, s:o, s:o, s:b}", "spelling", i, "written",
                                  bw_web_import_quoted(spelling->written), "regions",
                                  choices_of(reading, spelling->means), "own",
                                  strcmp(spelling->written, spelling->means) == 0));
        }
    }
    json_int_t regions = (json_int_t)json_array_size(groups);
    bw_web_set(model, "spellings_count", json_integer(spellings));
    bw_web_set(model, "merged",
        bw_web_filled(
            visit, "im.regions", json_pack("{s:I, s:I}", "a", spellings, "n", regions)));
    bw_web_set(model, "regions_count",
        json_integer(regions + (json_int_t)json_array_size(told)));
    bw_web_set(model, "merged_regions", groups);
    bw_web_set(
        model, "regions_more", json_integer((json_int_t)reading->spellings_more_rows));
    bw_web_set(model, "told_regions", told);
}

/* ---- the circle ---- */

struct reasons {
    const struct bw_web_visit *visit;
    json_t *list;
};

static void
reason_add(struct reasons *r, const char *key, json_t *values)
{
    bw_web_add(
        &r->list, json_pack("{s:o}", "reason", bw_web_filled(r->visit, key, values)));
}

static void
add_people_reasons(struct reasons *r, const struct bw_import_read_circles *circle)
{
    if (circle->here + circle->elsewhere > 0) {
        reason_add(r, "im.ev.here",
            json_pack("{s:I, s:I, s:s}", "a", (json_int_t)circle->here, "n",
                (json_int_t)circle->looked, "k", circle->taken.title));
    }
    if (circle->most > 0) {
        reason_add(r, "im.ev.most",
            json_pack(
                "{s:I, s:s}", "n", (json_int_t)circle->most, "k", circle->most_in.title));
    }
    if (circle->looked > 0 && circle->here + circle->elsewhere == 0) {
        reason_add(r, "im.ev.none", json_pack("{s:I}", "n", (json_int_t)circle->looked));
    }
    if (circle->own_region + circle->other_region > 0) {
        reason_add(r, "im.ev.region",
            json_pack("{s:I, s:I, s:s}", "a", (json_int_t)circle->own_region, "n",
                (json_int_t)(circle->own_region + circle->other_region), "r",
                circle->region));
    }
}

static json_t *
reasons_of(const struct bw_web_visit *visit, const struct bw_import_read_circles *circle)
{
    static const char *const bys[] = {
        [BW_IMPORT_CIRCLE_UNKNOWN] = NULL,
        [BW_IMPORT_CIRCLE_REQUEST] = "im.by.request",
        [BW_IMPORT_CIRCLE_NAME] = NULL,
        [BW_IMPORT_CIRCLE_TITLE] = NULL,
        [BW_IMPORT_CIRCLE_ROWS] = "im.by.rows",
    };
    struct reasons r = {visit, json_array()};
    if (circle->waitlist) {
        reason_add(&r, "im.ev.waitlist", json_object());
    }
    if (bys[circle->by] != NULL) {
        reason_add(&r, bys[circle->by], json_pack("{s:s}", "k", circle->taken.title));
    }
    if (circle->named.code[0] != '\0') {
        reason_add(&r, circle->by_title ? "im.by.title" : "im.by.name",
            json_pack("{s:s}", "k", circle->named.title));
    }
    if (circle->rows_here + circle->rows_other > 0) {
        reason_add(&r, "im.ev.column",
            json_pack("{s:I, s:I}", "a", (json_int_t)circle->rows_here, "n",
                (json_int_t)circle->rows_other));
    }
    add_people_reasons(&r, circle);
    return r.list;
}

static json_t *
circles_of(const json_t *circles, const char *chosen)
{
    json_t *list = json_deep_copy(circles), *row = NULL;
    size_t i = 0;
    json_array_foreach(list, i, row)
    {
        const char *code = json_string_value(json_object_get(row, "value"));
        (void)json_object_set_new(
            row, "chosen", json_boolean(code != NULL && strcmp(code, chosen) == 0));
    }
    return list;
}

static void
add_circle(const struct bw_web_visit *visit, const struct bw_import_read_circles *circle,
    const json_t *circles, json_t **model)
{
    bool likely = circle->likely.code[0] != '\0';
    bw_web_set(model, "by_circle", json_boolean(circle->by != BW_IMPORT_CIRCLE_UNKNOWN));
    bw_web_set(model, "circle_title", bw_web_text(circle->taken.title));
    bw_web_set(model, "reasons", reasons_of(visit, circle));
    bw_web_set(model, "likely", json_string(circle->likely.code));
    bw_web_set(model, "likely_title", bw_web_text(circle->likely.title));
    bw_web_set(model, "wrong",
        likely ? bw_web_filled(visit, "im.wrong.k",
                     json_pack("{s:s, s:s}", "k", circle->likely.title, "other",
                         circle->taken.title))
               : bw_web_sentence(visit, "im.wrong.h"));
    bw_web_set(model, "circle_choices", circles_of(circles, circle->taken.code));
    bw_web_set(model, "circle_unsaid", json_boolean(circle->by == BW_IMPORT_CIRCLE_ROWS));
}

/* ---- all of it ---- */

static json_t *
rows_of(const struct bw_web_visit *visit, const struct bw_import_reading *reading)
{
    json_t *list = json_array();
    for (int i = 0; i < reading->rows_count; i++) {
        const struct bw_import_read_row *row = &reading->rows[i];
        bw_web_add(&list,
            json_pack("{s:o, s:o, s:o, s:o}", "name", bw_web_text(row->who), "school",
                bw_web_text(row->school), "region", bw_web_text(row->region), "at",
                bw_web_when(visit, visit->desk->zone, BW_WEB_MOMENT_SHORT, row->at_ms)));
    }
    return list;
}

json_t *
bw_web_import_reading(const struct bw_web_visit *visit,
    const struct bw_import_reading *reading, const json_t *circles)
{
    json_t *model = json_object();
    int read = 0;
    for (int i = 0; i < reading->columns_count; i++) {
        read += field_of(&reading->columns[i]) >= 0;
    }
    bw_web_set(&model, "columns", columns_of(visit, reading));
    bw_web_set(&model, "columns_more", json_integer(reading->columns_more));
    bw_web_set(&model, "columns_said",
        bw_web_filled(visit, "im.cols.sum",
            json_pack("{s:i, s:i}", "a", read, "n",
                reading->columns_count + reading->columns_more)));
    add_regions(visit, reading, &model);
    add_circle(visit, &reading->circle, circles, &model);
    bw_web_set(&model, "rows_count", json_integer(reading->rows_count));
    bw_web_set(&model, "first_rows", rows_of(visit, reading));
    return model;
}

/* ---- what is said otherwise ---- */

/* The field that the form says of a column: -1 none; false where it says nothing new. */
static bool
is_said_otherwise(const struct bw_web_visit *visit,
    const struct bw_import_reading *reading, size_t at, int column, int *ret_field)
{
    const char *sent = bw_web_import_sent(visit, "kolom", at, column);
    int is = field_of(&reading->columns[column]);
    bool known = strcmp(sent, "-") == 0;
    *ret_field = -1;
    for (int i = 0; i < reading->fields_count; i++) {
        if (strcmp(reading->fields[i].name, sent) == 0) {
            *ret_field = i;
            known = true;
        }
    }
    return known && *ret_field != is;
}

/* False where it says nothing new of a spelling. */
static bool
is_spelt_otherwise(const struct bw_web_visit *visit,
    const struct bw_import_read_spelling *spelling, size_t at, int number)
{
    const char *sent = bw_web_import_sent(visit, "regio", at, number);
    const char *now =
        strcmp(spelling->written, spelling->means) == 0 ? "-" : spelling->means;
    return spelling->told && sent[0] != '\0' && strcmp(sent, now) != 0;
}

bool
bw_web_import_reads_others(
    const struct bw_web_visit *visit, const struct bw_import_reading *reading, size_t at)
{
    const char *circle = bw_web_import_sent(visit, "kring", at, -1);
    bool others = circle[0] != '\0' && strcmp(circle, reading->circle.taken.code) != 0;
    int field = 0;
    for (int i = 0; i < reading->columns_count; i++) {
        others = others || is_said_otherwise(visit, reading, at, i, &field);
    }
    for (int i = 0; i < reading->spellings_count; i++) {
        others = others || is_spelt_otherwise(visit, &reading->spellings[i], at, i);
    }
    return others;
}

/* First what no column is any more, then what one is now: the last word on a field
 * counts. */
static bool
take_columns(
    const struct bw_web_visit *visit, struct bw_web_draft_table *table, size_t at)
{
    const struct bw_import_reading *reading = table->reading;
    char text[2 * BW_TITLE_BYTES + 2];
    bool fine = true;
    int field = 0;
    for (int i = 0; fine && i < reading->columns_count; i++) {
        int was = field_of(&reading->columns[i]);
        if (is_said_otherwise(visit, reading, at, i, &field) && was >= 0 &&
            reading->columns[i].by != BW_IMPORT_BY_FILLING) {
            (void)snprintf(text, sizeof text, "%s=-", reading->fields[was].name);
            fine = bw_web_draft_map(table, text);
        }
    }
    for (int i = 0; fine && i < reading->columns_count; i++) {
        if (is_said_otherwise(visit, reading, at, i, &field) && field >= 0) {
            (void)snprintf(text, sizeof text, "%s=%s", reading->fields[field].name,
                reading->columns[i].heading);
            fine = bw_web_draft_map(table, text);
        }
    }
    return fine;
}

bool
bw_web_import_take_reading(
    const struct bw_web_visit *visit, struct bw_web_draft_table *table, size_t at)
{
    char text[2 * BW_TITLE_BYTES + 2];
    const struct bw_import_reading *reading = table->reading;
    bool fine = take_columns(visit, table, at);
    for (int i = 0; fine && i < reading->spellings_count; i++) {
        const struct bw_import_read_spelling *spelling = &reading->spellings[i];
        if (is_spelt_otherwise(visit, spelling, at, i)) {
            (void)snprintf(text, sizeof text, "%s=%s", spelling->written,
                bw_web_import_sent(visit, "regio", at, i));
            fine = bw_web_draft_alias(table, text);
        }
    }
    return fine;
}
