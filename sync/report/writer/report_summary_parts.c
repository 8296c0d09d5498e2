/* Arrivals, regions and how often people came, in HTML: see report_summary.h. */
#include "report/writer/report_summary.h"

#include "central/base/output.h"

#include <string.h>

enum { CHART_WIDTH = 1000, CHART_HEIGHT = 190, CHART_HEAD = 40, CHART_FOOT = 26 };

static void
word_write(const struct bw_report_sums *sums, enum bw_report_word which, FILE *file)
{
    bw_html_text(file, bw_report_word(sums->language, which));
}

static void
head_write(const struct bw_report_sums *sums, enum bw_report_word which, FILE *file)
{
    (void)fputs("<h2>", file);
    word_write(sums, which, file);
    (void)fputs("</h2>", file);
}

void
bw_report_changes_write(const struct bw_report_sums *sums, FILE *file)
{
    const struct bw_report_version *version = &sums->report->version;
    char said[BW_WORDING_SAID_BYTES];
    if (version->changes_count == 0 || sums->is_public) {
        return;
    }
    bw_report_say_numbers(
        sums->language, BW_REPORT_CHANGED, version->number - 1, 0, said);
    (void)fputs("<div class=\"say look\"><h2>", file);
    bw_html_text(file, said);
    (void)fputs("</h2><ul>", file);
    for (size_t i = 0; i < version->changes_count; i++) {
        const struct bw_report_change *change = &version->changes[i];
        (void)fputs("<li>", file);
        bw_html_text(file, change->where);
        (void)fputs(change->where[0] ? ": " : "", file);
        word_write(sums, change->what, file);
        (void)fprintf(file, " %d → %d</li>", change->before, change->now);
    }
    (void)fputs("</ul></div>\n", file);
}

/* As high as the most that a hidden count can be. */
static int
height_of(const struct bw_report_tally_cell *cell)
{
    return cell->shown == BW_REPORT_TALLY_SMALL ? BW_REPORT_TALLY_SMALL_BELOW - 1
                                                : cell->count;
}

static void
bar_write(
    const struct bw_report_sums *sums, size_t at, int most, double width, FILE *file)
{
    const struct bw_report_tally_cell *cell = bw_report_tally_at(&sums->arrivals, 0, at);
    char text[BW_REPORT_TALLY_TEXT_BYTES];
    bool hidden = cell->shown == BW_REPORT_TALLY_HIDDEN;
    int height = hidden ? 0 : height_of(cell) * (CHART_HEIGHT - CHART_HEAD) / most;
    double x = (double)at * width;
    bool before = at < sums->start;
    bw_report_tally_text(cell, text);
    if (cell->count > 0) {
        (void)fprintf(file,
            "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\" "
            "stroke=\"#0F3F4D\" stroke-width=\"1.5\"/><text x=\"%.1f\" y=\"%d\" "
            "text-anchor=\"middle\" fill=\"#0C2A33\">",
            x + 2, CHART_HEIGHT - height, width - 4, height, before ? "#0F3F4D" : "#fff",
            x + width / 2, CHART_HEIGHT - height - 5);
        bw_html_text(file, text);
        (void)fputs("</text>", file);
    }
}

static void
ticks_write(const struct bw_report_sums *sums, double width, FILE *file)
{
    size_t count = sums->arrivals.columns_count;
    for (size_t i = 0; i < count; i++) {
        bool named = count <= 12 || (i + 3 * count - sums->start) % 3 == 0;
        if (named) {
            (void)fprintf(file,
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\" fill=\"#344850\">",
                (double)i * width, CHART_HEIGHT + 20, i == 0 ? "start" : "middle");
            bw_html_text(file, sums->arrivals.columns[i].name);
            (void)fputs("</text>", file);
        }
    }
}

static void
chart_write(const struct bw_report_sums *sums, FILE *file)
{
    size_t count = sums->arrivals.columns_count;
    double width = (double)CHART_WIDTH / (double)count;
    int most = BW_REPORT_TALLY_SMALL_BELOW;
    for (size_t i = 0; i < count; i++) {
        const struct bw_report_tally_cell *cell =
            bw_report_tally_at(&sums->arrivals, 0, i);
        most = cell->shown != BW_REPORT_TALLY_HIDDEN && cell->count > most ? cell->count
                                                                           : most;
    }
    (void)fprintf(file,
        "<div class=\"chart\"><svg viewBox=\"0 0 %d %d\" font-size=\"13\" "
        "aria-hidden=\"true\"><path d=\"M0 %d.5H%d\" stroke=\"#0C2A33\"/>",
        CHART_WIDTH, CHART_HEIGHT + CHART_FOOT, CHART_HEIGHT, CHART_WIDTH);
    for (size_t i = 0; i < count; i++) {
        bar_write(sums, i, most, width, file);
    }
    ticks_write(sums, width, file);
    if (sums->start < count) {
        double x = (double)sums->start * width;
        (void)fprintf(file,
            "<path d=\"M%.1f 0V%d\" stroke=\"#0C2A33\" stroke-width=\"2\" "
            "stroke-dasharray=\"6 4\"/><text x=\"%.1f\" y=\"14\" fill=\"#0C2A33\" "
            "font-weight=\"bold\">",
            x, CHART_HEIGHT, x + 6);
        word_write(sums, BW_REPORT_START, file);
        (void)fputs("</text>", file);
    }
    (void)fputs("</svg></div>\n", file);
}

/* The same in numbers, in as many columns as fit. */
static void
numbers_write(const struct bw_report_sums *sums, FILE *file)
{
    (void)fputs(
        "<div class=\"beside\" tabindex=\"0\" role=\"region\" aria-label=\"", file);
    word_write(sums, BW_REPORT_ARRIVED, file);
    (void)fputs("\"><table><caption>", file);
    word_write(sums, BW_REPORT_ARRIVED, file);
    (void)fputs("</caption><thead><tr><th scope=\"col\">", file);
    word_write(sums, BW_REPORT_MINUTES, file);
    (void)fputs("</th><th scope=\"col\" class=\"n\">", file);
    word_write(sums, BW_REPORT_ARRIVED, file);
    (void)fputs("</th></tr></thead><tbody>", file);
    for (size_t i = 0; i < sums->arrivals.columns_count; i++) {
        char text[BW_REPORT_TALLY_TEXT_BYTES];
        bw_report_tally_text(bw_report_tally_at(&sums->arrivals, 0, i), text);
        (void)fputs("<tr><th scope=\"row\">", file);
        bw_html_text(file, sums->arrivals.columns[i].name);
        (void)fputs("</th><td class=\"n\">", file);
        bw_html_text(file, text);
        (void)fputs("</td></tr>", file);
    }
    (void)fputs("</tbody></table></div>\n", file);
}

void
bw_report_arrivals_write(const struct bw_report_sums *sums, FILE *file)
{
    char said[BW_WORDING_SAID_BYTES];
    if (sums->visits == 0) {
        return;
    }
    head_write(sums, BW_REPORT_ARRIVALS, file);
    (void)fputs("<p>", file);
    word_write(sums,
        sums->report->series ? BW_REPORT_ARRIVALS_TEXT : BW_REPORT_ARRIVALS_ONE, file);
    if (!sums->is_public && sums->early > 0) {
        bw_report_say_numbers(sums->language, BW_REPORT_EARLY, sums->early, 0, said);
        (void)fputc(' ', file);
        bw_html_text(file, said);
    }
    (void)fputs("</p>\n<div class=\"arrivals\">", file);
    chart_write(sums, file);
    numbers_write(sums, file);
    (void)fputs("</div>\n", file);
}

/* ---- regions ---- */

/* From light to dark, as on paper; a hidden one has no shade. */
static const char *
shade_of(const struct bw_report_tally_cell *cell, int most)
{
    if (cell->shown != BW_REPORT_TALLY_PLAIN || cell->count == 0) {
        return "s0";
    }
    return cell->count < BW_REPORT_TALLY_SMALL_BELOW ? "s1"
           : cell->count < 20                        ? "s2"
           : 2 * cell->count < most                  ? "s3"
                                                     : "s4";
}

static void
region_row(const struct bw_report_sums *sums, size_t row, int most, FILE *file)
{
    const struct bw_report_tally *regions = &sums->regions;
    (void)fputs("<tr><th scope=\"row\">", file);
    bw_html_text(file, regions->rows[row].name);
    (void)fputs("</th>", file);
    for (size_t c = 0; c < regions->columns_count; c++) {
        const struct bw_report_tally_cell *cell = bw_report_tally_at(regions, row, c);
        char text[BW_REPORT_TALLY_TEXT_BYTES];
        bool own = strcmp(regions->rows[row].name, regions->columns[c].name) == 0;
        bw_report_tally_text(cell, text);
        (void)fprintf(
            file, "<td class=\"%s%s\">", shade_of(cell, most), own ? " own" : "");
        bw_html_text(file, text);
        (void)fputs("</td>", file);
    }
    char total[BW_REPORT_TALLY_TEXT_BYTES];
    bw_report_tally_total_text(
        bw_report_tally_row_total(regions, row), sums->is_public, total);
    (void)fputs("<td><b>", file);
    bw_html_text(file, total);
    (void)fputs("</b></td></tr>\n", file);
}

static void
region_totals(const struct bw_report_sums *sums, FILE *file)
{
    const struct bw_report_tally *regions = &sums->regions;
    if (!regions->column_totals) {
        return;
    }
    (void)fputs("<tr><th scope=\"row\">", file);
    word_write(sums, BW_REPORT_TOTAL, file);
    (void)fputs("</th>", file);
    for (size_t c = 0; c <= regions->columns_count; c++) {
        int total = c < regions->columns_count ? bw_report_tally_column_total(regions, c)
                                               : sums->visits;
        char text[BW_REPORT_TALLY_TEXT_BYTES];
        bw_report_tally_total_text(total, sums->is_public, text);
        (void)fputs("<td><b>", file);
        bw_html_text(file, text);
        (void)fputs("</b></td>", file);
    }
    (void)fputs("</tr>", file);
}

void
bw_report_regions_write(const struct bw_report_sums *sums, FILE *file)
{
    const struct bw_report_tally *regions = &sums->regions;
    int most = 0;
    if (regions->rows_count == 0) {
        return;
    }
    for (size_t i = 0; i < regions->rows_count * regions->columns_count; i++) {
        most = regions->cells[i].count > most ? regions->cells[i].count : most;
    }
    head_write(sums, BW_REPORT_MATRIX, file);
    (void)fputs("<p>", file);
    bw_html_text(file, bw_report_regions_text(sums));
    (void)fputs(
        "</p><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"", file);
    word_write(sums, BW_REPORT_MATRIX, file);
    (void)fputs("\"><table class=\"matrix\"><thead><tr><td><small>", file);
    bw_html_text(file, bw_report_regions_rows(sums));
    (void)fputs(" ↓ ", file);
    bw_html_text(file, bw_report_regions_columns(sums));
    (void)fputs(" →</small></td>", file);
    for (size_t c = 0; c < regions->columns_count; c++) {
        (void)fputs("<th scope=\"col\">", file);
        bw_html_text(file, regions->columns[c].name);
        (void)fputs("</th>", file);
    }
    (void)fputs("<th scope=\"col\">", file);
    word_write(sums, BW_REPORT_TOTAL, file);
    (void)fputs("</th></tr></thead><tbody>\n", file);
    for (size_t r = 0; r < regions->rows_count; r++) {
        region_row(sums, r, most, file);
    }
    region_totals(sums, file);
    (void)fputs("</tbody></table></div>\n", file);
    if (!sums->is_public && sums->visits > 0) {
        char said[BW_WORDING_SAID_BYTES];
        bw_report_say_numbers(sums->language, BW_REPORT_OWN,
            bw_report_percent(sums->own_region, sums->visits), 0, said);
        (void)fputs("<p><b>", file);
        bw_html_text(file, said);
        (void)fputs("</b></p>\n", file);
    }
}

/* ---- how often ---- */

void
bw_report_often_write(const struct bw_report_sums *sums, FILE *file)
{
    const struct bw_report *report = sums->report;
    char said[BW_WORDING_SAID_BYTES];
    if (report->unique_people == 0) {
        return;
    }
    head_write(sums, BW_REPORT_HOW_OFTEN, file);
    if (!sums->often_shown) {
        (void)fputs("<p>", file);
        word_write(sums, BW_REPORT_OFTEN_HIDDEN, file);
        (void)fputs("</p>\n", file);
        return;
    }
    (void)fputs("<table class=\"often\"><tbody>", file);
    for (int i = 0; i < BW_OFTEN; i++) {
        double filled = 300.0 * report->often[i] / report->unique_people;
        (void)fputs("<tr><th scope=\"row\">", file);
        word_write(sums, (enum bw_report_word)(BW_REPORT_ONCE + i), file);
        (void)fprintf(file,
            "</th><td class=\"n\">%d</td><td><svg class=\"often\" viewBox=\"0 0 304 12\" "
            "aria-hidden=\"true\"><rect x=\"1\" y=\"1\" width=\"%.1f\" height=\"10\" "
            "fill=\"%s\" stroke=\"#0F3F4D\"/></svg></td></tr>",
            report->often[i], filled, i == 0 ? "#0F3F4D" : "#fff");
    }
    bw_report_say_numbers(
        sums->language, BW_REPORT_OFTEN_SUM, report->unique_people, sums->visits, said);
    (void)fputs("</tbody></table><p>", file);
    bw_html_text(file, said);
    (void)fputs("</p>\n", file);
}
