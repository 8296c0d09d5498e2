/* Tables and charts of Verslag: see report_tables.h. Bars and charts are SVG attributes:
 * pages hold no inline style. */
#include "web/page/report/report_tables.h"

#include <string.h>

enum { CHART_WIDTH = 760, CHART_FLOOR = 186, CHART_HEIGHT = 160, BAR_GAP = 6 };

static json_t *
word(const struct bw_report_sums *sums, enum bw_report_word which)
{
    return bw_web_text(bw_report_word(sums->language, which));
}

static json_t *
decimal(double value)
{
    char text[32];
    (void)snprintf(text, sizeof text, "%.1f", value);
    return json_string(text);
}

static json_t *
cell_text(const struct bw_report_tally_cell *cell)
{
    char text[BW_REPORT_TALLY_TEXT_BYTES];
    bw_report_tally_text(cell, text);
    return json_string(text);
}

static json_t *
total_text(const struct bw_report_sums *sums, int total)
{
    char text[BW_REPORT_TALLY_TEXT_BYTES];
    bw_report_tally_total_text(total, sums->is_public, text);
    return json_string(text);
}

json_t *
bw_web_report_bar(int present, int capacity)
{
    double width = capacity > 0 ? 100.0 * present / capacity : 0;
    return decimal(width > 100 ? 100 : width);
}

/* ---- when people came ---- */

/* As high as the most that a hidden count can be. */
static int
height_of(const struct bw_report_tally_cell *cell)
{
    return cell->shown == BW_REPORT_TALLY_HIDDEN  ? 0
           : cell->shown == BW_REPORT_TALLY_SMALL ? BW_REPORT_TALLY_SMALL_BELOW - 1
                                                  : cell->count;
}

/* The column that most came in, of those that are shown. */
static size_t
peak_of(const struct bw_report_tally *arrivals)
{
    size_t peak = 0;
    for (size_t i = 1; i < arrivals->columns_count; i++) {
        if (height_of(bw_report_tally_at(arrivals, 0, i)) >
            height_of(bw_report_tally_at(arrivals, 0, peak))) {
            peak = i;
        }
    }
    return peak;
}

static json_t *
bar_of(const struct bw_report_sums *sums, size_t at, int most)
{
    const struct bw_report_tally *arrivals = &sums->arrivals;
    const struct bw_report_tally_cell *cell = bw_report_tally_at(arrivals, 0, at);
    size_t count = arrivals->columns_count;
    double width = (double)CHART_WIDTH / (double)count, x = (double)at * width;
    double height = (double)height_of(cell) * CHART_HEIGHT / most;
    bool named = count <= 12 || (at + 3 * count - sums->start) % 3 == 0;
    json_t *bar = json_object();
    bw_web_set(&bar, "kind", json_string(at < sums->start ? "bar-g" : "bar-o"));
    bw_web_set(&bar, "x", decimal(x + BAR_GAP / 2.0));
    bw_web_set(&bar, "y", decimal(CHART_FLOOR - height));
    bw_web_set(&bar, "w", decimal(width > 2 * BAR_GAP ? width - BAR_GAP : width / 2));
    bw_web_set(&bar, "h", decimal(height));
    bw_web_set(&bar, "middle", decimal(x + width / 2));
    bw_web_set(&bar, "above", decimal(CHART_FLOOR - height - 5));
    bw_web_set(&bar, "text", cell->count > 0 ? cell_text(cell) : json_string(""));
    bw_web_set(&bar, "left", decimal(x));
    bw_web_set(&bar, "anchor", json_string(at == 0 ? "start" : "middle"));
    bw_web_set(&bar, "tick", bw_web_text(named ? arrivals->columns[at].name : ""));
    bw_web_set(&bar, "minutes", bw_web_text(arrivals->columns[at].name));
    bw_web_set(&bar, "people", cell_text(cell));
    return bar;
}

static json_t *
arrivals_of(const struct bw_web_visit *visit, const struct bw_report_sums *sums)
{
    const struct bw_report_tally *arrivals = &sums->arrivals;
    if (sums->visits == 0 || arrivals->columns_count == 0) {
        return json_false();
    }
    size_t peak = peak_of(arrivals);
    const struct bw_report_tally_cell *highest = bw_report_tally_at(arrivals, 0, peak);
    int most = height_of(highest);
    json_t *bars = json_array(), *chart = json_object();
    for (size_t i = 0; i < arrivals->columns_count; i++) {
        bw_web_add(&bars, bar_of(sums, i, most > 0 ? most : 1));
    }
    bw_web_set(&chart, "bars", bars);
    bw_web_set(&chart, "label",
        bw_web_filled(visit, "r.arr.label",
            json_pack("{s:o, s:o}", "minutes", bw_web_text(arrivals->columns[peak].name),
                "people", cell_text(highest))));
    double start = (double)sums->start * CHART_WIDTH / (double)arrivals->columns_count;
    bool late = start > CHART_WIDTH - 60; /* its word goes to the left */
    bw_web_set(&chart, "start_line",
        sums->start < arrivals->columns_count
            ? json_pack("{s:o, s:o, s:s, s:o}", "start_x", decimal(start), "start_text",
                  decimal(late ? start - 6 : start + 6), "start_anchor",
                  late ? "end" : "start", "start_word", word(sums, BW_REPORT_START))
            : json_false());
    bw_web_set(&chart, "arr_h", word(sums, BW_REPORT_ARRIVALS));
    bw_web_set(&chart, "arr_p",
        sums->is_public ? word(sums, BW_REPORT_ARRIVALS_TEXT)
                        : bw_web_filled(visit, "r.arr.p",
                              json_pack("{s:i}", "p",
                                  bw_report_percent(sums->on_time, sums->visits))));
    bw_web_set(&chart, "arr_minutes", word(sums, BW_REPORT_MINUTES));
    bw_web_set(&chart, "arr_people", word(sums, BW_REPORT_ARRIVED));
    return chart;
}

/* ---- how often ---- */

static json_t *
often_of(const struct bw_report_sums *sums)
{
    const struct bw_report *report = sums->report;
    if (report->unique_people == 0) {
        return json_false();
    }
    json_t *often = json_object(), *rows = json_array();
    for (int i = 0; i < BW_OFTEN && sums->often_shown; i++) {
        bw_web_add(
            &rows, json_pack("{s:o, s:o, s:i}", "times",
                       word(sums, (enum bw_report_word)(BW_REPORT_ONCE + i)), "width",
                       bw_web_report_bar(report->often[i], report->unique_people),
                       "people", report->often[i]));
    }
    bw_web_set(&often, "rows", rows);
    bw_web_set(&often, "often_h", word(sums, BW_REPORT_HOW_OFTEN));
    bw_web_set(&often, "often_hidden",
        sums->often_shown ? json_false() : word(sums, BW_REPORT_OFTEN_HIDDEN));
    return often;
}

/* ---- counts by two things, and their sums ---- */

typedef json_t *row_of(const struct bw_report_sums *sums, size_t row);

static json_t *
tally_of(
    const struct bw_report_sums *sums, const struct bw_report_tally *tally, row_of *row)
{
    json_t *table = json_object(), *columns = json_array(), *rows = json_array();
    json_t *totals = json_array();
    for (size_t c = 0; c < tally->columns_count; c++) {
        bw_web_add(
            &columns, json_pack("{s:o}", "name", bw_web_text(tally->columns[c].name)));
        bw_web_add(
            &totals, json_pack("{s:o}", "text",
                         total_text(sums, bw_report_tally_column_total(tally, c))));
    }
    for (size_t r = 0; r < tally->rows_count; r++) {
        bw_web_add(&rows, row(sums, r));
    }
    bw_web_set(&table, "columns", columns);
    bw_web_set(&table, "rows", rows);
    bw_web_set(&table, "column_totals", json_boolean(tally->column_totals));
    bw_web_set(&table, "totals", totals);
    bw_web_set(&table, "all", total_text(sums, sums->visits));
    return table;
}

/* ---- from which region to which ---- */

/* From light to dark; a hidden one has no shade. */
static const char *
shade_of(const struct bw_report_tally_cell *cell)
{
    if (cell->shown != BW_REPORT_TALLY_PLAIN || cell->count == 0) {
        return "h0";
    }
    return cell->count < BW_REPORT_TALLY_SMALL_BELOW ? "h1"
           : cell->count < 20                        ? "h2"
           : cell->count < 60                        ? "h3"
           : cell->count < 80                        ? "h4"
                                                     : "h5";
}

static json_t *
region_row(const struct bw_report_sums *sums, size_t row)
{
    const struct bw_report_tally *regions = &sums->regions;
    json_t *cells = json_array();
    for (size_t c = 0; c < regions->columns_count; c++) {
        const struct bw_report_tally_cell *cell = bw_report_tally_at(regions, row, c);
        bool own = strcmp(regions->rows[row].name, regions->columns[c].name) == 0;
        bw_web_add(&cells, json_pack("{s:s, s:b, s:o}", "heat", shade_of(cell), "own",
                               own, "text", cell_text(cell)));
    }
    return json_pack("{s:o, s:o, s:o}", "region", bw_web_text(regions->rows[row].name),
        "cells", cells, "total",
        total_text(sums, bw_report_tally_row_total(regions, row)));
}

static json_t *
matrix_of(const struct bw_report_sums *sums)
{
    const struct bw_report_tally *regions = &sums->regions;
    char said[BW_WORDING_SAID_BYTES] = "";
    if (regions->rows_count == 0) {
        return json_false();
    }
    json_t *matrix = tally_of(sums, regions, region_row);
    if (!sums->is_public && sums->visits > 0) {
        bw_report_say_numbers(sums->language, BW_REPORT_OWN,
            bw_report_percent(sums->own_region, sums->visits), 0, said);
    }
    bw_web_set(&matrix, "span", json_integer((json_int_t)regions->columns_count));
    bw_web_set(&matrix, "own_share", bw_web_text(said));
    bw_web_set(&matrix, "mx_h", word(sums, BW_REPORT_MATRIX));
    bw_web_set(&matrix, "mx_p", bw_web_text(bw_report_regions_text(sums)));
    bw_web_set(&matrix, "mx_rows", bw_web_text(bw_report_regions_rows(sums)));
    bw_web_set(&matrix, "mx_columns", bw_web_text(bw_report_regions_columns(sums)));
    return matrix;
}

/* ---- words, changes, and circles as they may be published ---- */

/* "Aanwezig: wie …" as a word and what it means. */
static json_t *
meanings_of(const struct bw_report_sums *sums)
{
    json_t *list = json_array();
    for (int i = BW_REPORT_MEANING_PRESENT; i <= BW_REPORT_MEANING_SCHOOLS; i++) {
        const char *text = bw_report_meaning(sums, (enum bw_report_word)i);
        const char *colon = text != NULL ? strstr(text, ": ") : NULL;
        char term[BW_TITLE_BYTES] = "";
        if (text == NULL) {
            continue;
        }
        if (colon != NULL && (size_t)(colon - text) < sizeof term) {
            (void)snprintf(term, sizeof term, "%.*s", (int)(colon - text), text);
        }
        bw_web_add(&list, json_pack("{s:o, s:o}", "term", bw_web_text(term), "text",
                              bw_web_text(term[0] != '\0' ? colon + 2 : text)));
    }
    return list;
}

static json_t *
changes_of(const struct bw_report_sums *sums)
{
    const struct bw_report_version *version = &sums->report->version;
    char said[BW_WORDING_SAID_BYTES];
    if (version->changes_count == 0 || sums->is_public) {
        return json_false();
    }
    json_t *changes = json_object(), *list = json_array();
    for (size_t i = 0; i < version->changes_count; i++) {
        const struct bw_report_change *change = &version->changes[i];
        bw_web_add(&list,
            json_pack("{s:o, s:o, s:i, s:i}", "where", bw_web_text(change->where), "what",
                word(sums, change->what), "was", change->before, "is", change->now));
    }
    bw_report_say_numbers(
        sums->language, BW_REPORT_CHANGED, version->number - 1, 0, said);
    bw_web_set(&changes, "since", bw_web_text(said));
    bw_web_set(&changes, "list", list);
    return changes;
}

static json_t *
public_row(const struct bw_report_sums *sums, size_t row)
{
    const struct bw_report_tally *circles = &sums->circles;
    int total = bw_report_tally_row_total(circles, row);
    json_t *cells = json_array();
    for (size_t c = 0; c < circles->columns_count; c++) {
        bw_web_add(&cells,
            json_pack("{s:o}", "text", cell_text(bw_report_tally_at(circles, row, c))));
    }
    return json_pack("{s:o, s:o, s:o, s:o}", "title",
        bw_web_text(circles->rows[row].name), "cells", cells, "width",
        bw_web_report_bar(total, circles->rows[row].capacity), "total",
        total_text(sums, total));
}

static json_t *
public_circles_of(const struct bw_report_sums *sums)
{
    const struct bw_report_tally *circles = &sums->circles;
    if (!sums->is_public || circles->rows_count == 0) {
        return json_false();
    }
    json_t *table = tally_of(sums, circles, public_row);
    bw_web_set(&table, "row_span", json_integer((json_int_t)circles->columns_count + 2));
    bw_web_set(&table, "small", word(sums, BW_REPORT_SMALL));
    return table;
}

void
bw_web_report_tables(
    const struct bw_web_visit *visit, const struct bw_report_sums *sums, json_t **model)
{
    bw_web_set(model, "arrivals", arrivals_of(visit, sums));
    bw_web_set(model, "often", often_of(sums));
    bw_web_set(model, "matrix", matrix_of(sums));
    bw_web_set(model, "meanings", meanings_of(sums));
    bw_web_set(model, "meanings_h", word(sums, BW_REPORT_MEANING));
    bw_web_set(model, "changes", changes_of(sums));
    bw_web_set(model, "public_circles", public_circles_of(sums));
}
