/* Arrivals, circles and regions on A4: see report_pdf.h. */
#include "report/writer/report_pdf.h"

#include <string.h>

enum { LEFT = 15, WIDTH = 180, RIGHT = LEFT + WIDTH };

static void
centred(const struct bw_report_sheet *sheet, double x_mm, double y_mm, double width_mm,
    double size_pt, PangoWeight weight, enum bw_paper_colour colour, const char *text)
{
    bw_report_sheet_text(
        sheet, x_mm, y_mm, width_mm, size_pt, weight, PANGO_ALIGN_CENTER, colour, text);
}

static void
righted(const struct bw_report_sheet *sheet, double x_mm, double y_mm, double width_mm,
    double size_pt, PangoWeight weight, const char *text)
{
    bw_report_sheet_text(sheet, x_mm, y_mm, width_mm, size_pt, weight, PANGO_ALIGN_RIGHT,
        BW_PAPER_INKT, text);
}

/* ---- arrivals ---- */

/* A hidden small one is drawn as the most that it can be, a dot not at all. */
static int
height_of(const struct bw_report_tally_cell *cell)
{
    return cell->shown == BW_REPORT_TALLY_PLAIN   ? cell->count
           : cell->shown == BW_REPORT_TALLY_SMALL ? BW_REPORT_TALLY_SMALL_BELOW - 1
                                                  : 0;
}

void
bw_report_sheet_arrivals(const struct bw_report_sheet *sheet)
{
    const double axis = 255, highest = 80;
    const struct bw_report_tally *arrivals = &sheet->sums->arrivals;
    enum bw_wording_language language = sheet->sums->language;
    double step = (double)WIDTH / (double)arrivals->columns_count;
    int most = 1;
    for (size_t i = 0; i < arrivals->columns_count; i++) {
        int height = height_of(bw_report_tally_at(arrivals, 0, i));
        most = height > most ? height : most;
    }
    bw_report_sheet_head(sheet, 142, BW_REPORT_ARRIVALS);
    bw_report_sheet_left(sheet, LEFT, 151, WIDTH, 11, PANGO_WEIGHT_MEDIUM,
        bw_report_word(language, sheet->sums->report->series ? BW_REPORT_ARRIVALS_TEXT
                                                             : BW_REPORT_ARRIVALS_ONE));
    for (size_t i = 0; i < arrivals->columns_count; i++) {
        const struct bw_report_tally_cell *cell = bw_report_tally_at(arrivals, 0, i);
        double x = LEFT + (double)i * step, height = highest * height_of(cell) / most;
        char text[BW_REPORT_TALLY_TEXT_BYTES];
        if (cell->count > 0) {
            bw_report_tally_text(cell, text);
            bw_report_sheet_box(sheet, x + 0.8, axis - height, step - 1.6, height,
                i < sheet->sums->start ? BW_PAPER_GRACHT : BW_PAPER_WIT, 0.5);
            centred(sheet, x, axis - height - 5, step, 9, PANGO_WEIGHT_BOLD,
                BW_PAPER_INKT, text);
        }
        if (arrivals->columns_count <= 12 ||
            (i + 3 * arrivals->columns_count - sheet->sums->start) % 3 == 0) {
            bw_report_sheet_left(sheet, x, axis + 1.5, 3 * step, 9, PANGO_WEIGHT_MEDIUM,
                arrivals->columns[i].name);
        }
    }
    bw_report_sheet_rule(sheet, LEFT, axis, WIDTH, 0.5);
    centred(sheet, LEFT, axis + 8, WIDTH, 9, PANGO_WEIGHT_MEDIUM, BW_PAPER_STEEN,
        bw_report_word(language, BW_REPORT_MINUTES));
    if (sheet->sums->start < arrivals->columns_count) {
        const double dash[] = {2, 1.2};
        double x = LEFT + (double)sheet->sums->start * step;
        cairo_set_dash(sheet->cairo, dash, 2, 0);
        cairo_set_line_width(sheet->cairo, 0.6);
        cairo_move_to(sheet->cairo, x, axis - highest - 8);
        cairo_line_to(sheet->cairo, x, axis);
        cairo_stroke(sheet->cairo);
        cairo_set_dash(sheet->cairo, NULL, 0, 0);
        bw_report_sheet_left(sheet, x + 1.5, axis - highest - 9, 40, 11,
            PANGO_WEIGHT_HEAVY, bw_report_word(language, BW_REPORT_START));
    }
}

/* ---- circles ---- */

/* Widths: the name, then the counts, then the bar with its number. */
struct circle_grid {
    double name_mm, count_mm, bar_mm;
    size_t counts; /* columns of counts; for the organiser the sign-ups first */
};

static struct circle_grid
grid_of(const struct bw_report_sums *sums)
{
    struct circle_grid grid = {.name_mm = 46, .bar_mm = 50};
    grid.counts = sums->circles.columns_count + !sums->is_public;
    grid.count_mm = (WIDTH - grid.name_mm - 62) / (double)grid.counts;
    return grid;
}

static void
circles_head(const struct bw_report_sheet *sheet, const struct circle_grid *grid)
{
    const struct bw_report_sums *sums = sheet->sums;
    double x = LEFT + grid->name_mm;
    bw_report_sheet_head(sheet, 14, BW_REPORT_PER_CIRCLE);
    bw_report_sheet_left(sheet, LEFT + 1, 28, 30, 9, PANGO_WEIGHT_BOLD,
        bw_report_word(sums->language, BW_REPORT_CIRCLE));
    for (size_t i = 0; i < grid->counts; i++) {
        const struct bw_paper_box box = {.x_mm = x,
            .y_mm = 25,
            .width_mm = grid->count_mm - 1,
            .height_mm = 8.5,
            .size_pt = 9,
            .weight = PANGO_WEIGHT_BOLD,
            .align = PANGO_ALIGN_RIGHT,
            .colour = BW_PAPER_STEEN};
        bool signed_up = !sums->is_public && i == 0;
        (void)bw_paper_text(sheet->cairo, &box,
            signed_up ? bw_report_word(sums->language, BW_REPORT_SIGNED_UP)
                      : sums->circles.columns[i - !sums->is_public].name);
        x += grid->count_mm;
    }
    bw_report_sheet_left(sheet, x + 2, 28, 50, 9, PANGO_WEIGHT_BOLD,
        bw_report_word(sums->language, BW_REPORT_PRESENT));
    bw_report_sheet_rule(sheet, LEFT, 33.6, WIDTH, 0.5);
}

/* Which session row `row` of the organiser's table is. */
static const struct bw_report_session *
session_of(const struct bw_report *report, size_t row)
{
    size_t at = 0;
    for (size_t i = 0; i < report->sessions_count; i++) {
        if (bw_report_counts(&report->sessions[i]) && at++ == row) {
            return &report->sessions[i];
        }
    }
    return NULL;
}

/* The bar's frame is the capacity, for whom that is known. */
static void
bar_draw(const struct bw_report_sheet *sheet, const struct circle_grid *grid, double y_mm,
    int present, int capacity)
{
    char text[BW_REPORT_TALLY_TEXT_BYTES];
    double x = LEFT + grid->name_mm + (double)grid->counts * grid->count_mm + 2;
    double filled = capacity <= 0         ? 0
                    : present >= capacity ? grid->bar_mm
                                          : grid->bar_mm * present / capacity;
    if (capacity > 0) {
        bw_report_sheet_box(
            sheet, x, y_mm + 4.5, grid->bar_mm - 5, 4.8, BW_PAPER_WIT, 0.35);
        bw_report_sheet_box(sheet, x, y_mm + 4.5,
            filled * (grid->bar_mm - 5) / grid->bar_mm, 4.8, BW_PAPER_GRACHT, 0.35);
    }
    bw_report_tally_total_text(present, sheet->sums->is_public, text);
    bw_report_sheet_left(sheet, capacity > 0 ? x + grid->bar_mm - 3 : x, y_mm + 3, 14, 15,
        PANGO_WEIGHT_HEAVY, text);
}

static void
circle_row(const struct bw_report_sheet *sheet, const struct circle_grid *grid,
    size_t row, double y_mm)
{
    const struct bw_report_sums *sums = sheet->sums;
    const struct bw_report_session *session =
        sums->is_public ? NULL : session_of(sums->report, row);
    double x = LEFT + grid->name_mm;
    const struct bw_paper_box box = {.x_mm = LEFT + 1,
        .y_mm = y_mm + (strlen(sums->circles.rows[row].name) > 24 ? 2.2 : 4.2),
        .width_mm = grid->name_mm - 2,
        .height_mm = 10.5,
        .size_pt = 11.5,
        .weight = PANGO_WEIGHT_HEAVY,
        .colour = BW_PAPER_INKT};
    (void)bw_paper_text(sheet->cairo, &box, sums->circles.rows[row].name);
    for (size_t i = 0; i < grid->counts; i++) {
        char text[BW_REPORT_TALLY_TEXT_BYTES];
        if (session && i == 0) {
            bw_report_tally_total_text(session->registered, false, text);
        } else {
            bw_report_tally_text(
                bw_report_tally_at(&sums->circles, row, i - (session != NULL)), text);
        }
        righted(sheet, x, y_mm + 4, grid->count_mm - 1, 12, PANGO_WEIGHT_MEDIUM, text);
        x += grid->count_mm;
    }
    bar_draw(sheet, grid, y_mm, bw_report_tally_row_total(&sums->circles, row),
        sums->circles.rows[row].capacity);
    bw_report_sheet_rule(sheet, LEFT, y_mm + 14, WIDTH, 0.25);
}

static void
circles_total(
    const struct bw_report_sheet *sheet, const struct circle_grid *grid, double y_mm)
{
    const struct bw_report_sums *sums = sheet->sums;
    char text[BW_REPORT_TALLY_TEXT_BYTES], said[BW_WORDING_SAID_BYTES];
    double x = LEFT + grid->name_mm;
    bw_report_sheet_rule(sheet, LEFT, y_mm, WIDTH, 0.8);
    bw_report_sheet_left(sheet, LEFT + 1, y_mm + 3.6, 40, 12, PANGO_WEIGHT_HEAVY,
        bw_report_word(sums->language, BW_REPORT_TOTAL));
    for (size_t i = 0; sums->circles.column_totals && i < grid->counts; i++) {
        int total =
            !sums->is_public && i == 0
                ? sums->registered
                : bw_report_tally_column_total(&sums->circles, i - !sums->is_public);
        bw_report_tally_total_text(total, sums->is_public, text);
        righted(sheet, x, y_mm + 3.6, grid->count_mm - 1, 12, PANGO_WEIGHT_HEAVY, text);
        x += grid->count_mm;
    }
    bar_draw(sheet, grid, y_mm - 0.4, sums->visits, 0);
    if (sums->is_public) {
        (void)snprintf(
            said, sizeof said, "%s", bw_report_word(sums->language, BW_REPORT_SMALL));
    } else {
        bw_report_say_numbers(sums->language, BW_REPORT_NO_SHOWS, sums->no_show,
            bw_report_percent(sums->no_show, sums->confirmed), said);
    }
    bw_report_sheet_left(sheet, LEFT, y_mm + 15, WIDTH, 10, PANGO_WEIGHT_MEDIUM,
        bw_report_word(sums->language, BW_REPORT_BAR));
    bw_report_sheet_left(sheet, LEFT, y_mm + 22, WIDTH, 12, PANGO_WEIGHT_BOLD, said);
}

void
bw_report_sheet_circles(const struct bw_report_sheet *sheet, size_t first)
{
    const struct bw_report_tally *circles = &sheet->sums->circles;
    struct circle_grid grid = grid_of(sheet->sums);
    size_t row = first;
    double y_mm = 34;
    circles_head(sheet, &grid);
    for (; row < circles->rows_count && row < first + BW_REPORT_SHEET_CIRCLES; row++) {
        circle_row(sheet, &grid, row, y_mm);
        y_mm += 14;
    }
    if (row >= circles->rows_count) {
        circles_total(sheet, &grid, y_mm);
    }
}

/* ---- regions, and how often ---- */

static void
region_cell(const struct bw_report_sheet *sheet, const struct bw_report_tally_cell *cell,
    int most, bool own, double x_mm, double y_mm, double width_mm, double height_mm)
{
    static const double shades[][3] = {{1, 1, 1}, {0.933, 0.945, 0.949},
        {0.863, 0.890, 0.898}, {0.749, 0.796, 0.812}, {0.059, 0.247, 0.302}};
    char text[BW_REPORT_TALLY_TEXT_BYTES];
    int shade = cell->shown != BW_REPORT_TALLY_PLAIN || cell->count == 0 ? 0
                : cell->count < BW_REPORT_TALLY_SMALL_BELOW              ? 1
                : cell->count < 20                                       ? 2
                : 2 * cell->count < most                                 ? 3
                                                                         : 4;
    bw_report_tally_text(cell, text);
    cairo_set_source_rgb(
        sheet->cairo, shades[shade][0], shades[shade][1], shades[shade][2]);
    cairo_rectangle(sheet->cairo, x_mm, y_mm, width_mm, height_mm);
    cairo_fill_preserve(sheet->cairo);
    bw_paper_ink(sheet->cairo, BW_PAPER_INKT);
    cairo_set_line_width(sheet->cairo, own ? 0.9 : 0.25);
    cairo_stroke(sheet->cairo);
    centred(sheet, x_mm, y_mm + height_mm / 2 - 3.4, width_mm, 15,
        shade == 4 ? PANGO_WEIGHT_HEAVY : PANGO_WEIGHT_MEDIUM,
        shade == 4 ? BW_PAPER_WIT : BW_PAPER_INKT, text);
}

/* Steps from cell to cell, so that all fit. */
struct matrix_grid {
    double step_x_mm, step_y_mm;
    int most;
};

static struct matrix_grid
matrix_grid_of(const struct bw_report_tally *regions)
{
    struct matrix_grid grid = {.step_x_mm = 150.0 / (double)(regions->columns_count + 1),
        .step_y_mm = 132.0 / (double)(regions->rows_count + 1)};
    grid.step_x_mm = grid.step_x_mm > 21.5 ? 21.5 : grid.step_x_mm;
    grid.step_y_mm = grid.step_y_mm > 16.5 ? 16.5 : grid.step_y_mm;
    for (size_t i = 0; i < regions->rows_count * regions->columns_count; i++) {
        int count = regions->cells[i].count;
        grid.most = count > grid.most ? count : grid.most;
    }
    return grid;
}

static double
matrix_x(const struct matrix_grid *grid, size_t column)
{
    return 43 + (double)column * grid->step_x_mm;
}

/* One total, at the end of a row or below a column. */
static void
matrix_total(const struct bw_report_sheet *sheet, const struct matrix_grid *grid,
    size_t column, double y_mm, int total)
{
    char text[BW_REPORT_TALLY_TEXT_BYTES];
    bw_report_tally_total_text(total, sheet->sums->is_public, text);
    centred(sheet, matrix_x(grid, column), y_mm + grid->step_y_mm / 2 - 3.4,
        grid->step_x_mm - 1.2, 14, PANGO_WEIGHT_HEAVY, BW_PAPER_INKT, text);
}

static void
matrix_row(const struct bw_report_sheet *sheet, const struct matrix_grid *grid,
    size_t row, double y_mm)
{
    const struct bw_report_tally *regions = &sheet->sums->regions;
    bw_report_sheet_left(sheet, LEFT, y_mm + grid->step_y_mm / 2 - 3, 27, 11,
        PANGO_WEIGHT_HEAVY, regions->rows[row].name);
    for (size_t c = 0; c < regions->columns_count; c++) {
        bool own = strcmp(regions->rows[row].name, regions->columns[c].name) == 0;
        region_cell(sheet, bw_report_tally_at(regions, row, c), grid->most, own,
            matrix_x(grid, c), y_mm, grid->step_x_mm - 1.2, grid->step_y_mm - 1.2);
    }
    matrix_total(sheet, grid, regions->columns_count, y_mm,
        bw_report_tally_row_total(regions, row));
}

static void
matrix_draw(const struct bw_report_sheet *sheet)
{
    const struct bw_report_sums *sums = sheet->sums;
    const struct bw_report_tally *regions = &sums->regions;
    const char *total = bw_report_word(sums->language, BW_REPORT_TOTAL);
    struct matrix_grid grid = matrix_grid_of(regions);
    double y_mm = 50;
    for (size_t c = 0; c <= regions->columns_count; c++) {
        centred(sheet, matrix_x(&grid, c), 43.5, grid.step_x_mm - 1.2, 10,
            PANGO_WEIGHT_BOLD, BW_PAPER_INKT,
            c < regions->columns_count ? regions->columns[c].name : total);
    }
    for (size_t r = 0; r < regions->rows_count; r++) {
        matrix_row(sheet, &grid, r, y_mm);
        y_mm += grid.step_y_mm;
    }
    if (regions->column_totals) {
        bw_report_sheet_left(sheet, LEFT, y_mm + grid.step_y_mm / 2 - 3, 27, 11,
            PANGO_WEIGHT_HEAVY, total);
        for (size_t c = 0; c < regions->columns_count; c++) {
            matrix_total(sheet, &grid, c, y_mm, bw_report_tally_column_total(regions, c));
        }
        matrix_total(sheet, &grid, regions->columns_count, y_mm, sums->visits);
    }
}

static void
often_draw(const struct bw_report_sheet *sheet)
{
    const struct bw_report_sums *sums = sheet->sums;
    const struct bw_report *report = sums->report;
    char said[BW_WORDING_SAID_BYTES];
    bw_report_sheet_head(sheet, 196, BW_REPORT_HOW_OFTEN);
    if (!sums->often_shown) {
        bw_report_sheet_left(sheet, LEFT, 207, WIDTH, 11, PANGO_WEIGHT_MEDIUM,
            bw_report_word(sums->language, BW_REPORT_OFTEN_HIDDEN));
        return;
    }
    for (int i = 0; i < BW_OFTEN; i++) {
        double y = 208 + 17 * i;
        double width = report->unique_people > 0
                           ? 110.0 * report->often[i] / report->unique_people
                           : 0;
        char text[BW_REPORT_TALLY_TEXT_BYTES];
        bw_report_tally_total_text(report->often[i], sums->is_public, text);
        bw_report_sheet_left(sheet, LEFT, y + 1.5, 40, 12, PANGO_WEIGHT_BOLD,
            bw_report_word(sums->language, (enum bw_report_word)(BW_REPORT_ONCE + i)));
        if (report->often[i] > 0) {
            bw_report_sheet_box(
                sheet, 56, y, width, 9, i == 0 ? BW_PAPER_GRACHT : BW_PAPER_WIT, 0.5);
        }
        bw_report_sheet_left(
            sheet, 58 + width, y + 0.8, RIGHT - 58 - width, 14, PANGO_WEIGHT_HEAVY, text);
    }
    bw_report_say_numbers(
        sums->language, BW_REPORT_OFTEN_SUM, report->unique_people, sums->visits, said);
    bw_report_sheet_left(sheet, LEFT, 260, WIDTH, 11, PANGO_WEIGHT_MEDIUM, said);
}

void
bw_report_sheet_regions(const struct bw_report_sheet *sheet)
{
    const struct bw_report_sums *sums = sheet->sums;
    char said[BW_WORDING_SAID_BYTES];
    bw_report_sheet_head(sheet, 14, BW_REPORT_MATRIX);
    const struct bw_paper_box box = {.x_mm = LEFT,
        .y_mm = 24,
        .width_mm = WIDTH,
        .height_mm = 10,
        .size_pt = 11,
        .weight = PANGO_WEIGHT_MEDIUM,
        .colour = BW_PAPER_INKT};
    (void)bw_paper_text(sheet->cairo, &box, bw_report_regions_text(sums));
    if (sums->regions.rows_count > 0) {
        matrix_draw(sheet);
    }
    if (sums->is_public) {
        bw_report_sheet_left(sheet, LEFT, 184, WIDTH, 10, PANGO_WEIGHT_BOLD,
            bw_report_word(sums->language, BW_REPORT_SMALL));
    } else if (sums->visits > 0) {
        bw_report_say_numbers(sums->language, BW_REPORT_OWN,
            bw_report_percent(sums->own_region, sums->visits), 0, said);
        bw_report_sheet_left(sheet, LEFT, 184, WIDTH, 13, PANGO_WEIGHT_HEAVY, said);
    }
    often_draw(sheet);
}
