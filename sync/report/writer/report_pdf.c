/* A report on A4: see report_pdf.h. Places and sizes are those of the drawings. */
#include "report/writer/report_pdf.h"

#include "paper/icon.h"

enum { PAGE_WIDTH = 210, PAGE_HEIGHT = 297, LEFT = 15, WIDTH = 180, KIOSKS_A_PAGE = 19 };
enum {
    MOMENT_BYTES = 3 * BW_WORDING_SAID_BYTES,
    FOOT_BYTES = MOMENT_BYTES + BW_TITLE_BYTES + 8
};

/* ---- the first page ---- */

/* Interim, or which version; and when the figures are of. */
static void
moment_say(const struct bw_report_sums *sums, char ret_text[MOMENT_BYTES])
{
    const struct bw_report *report = sums->report;
    char as_of[BW_WORDING_SAID_BYTES], version[BW_WORDING_SAID_BYTES];
    int number = report->version.number;
    bw_report_say_when(sums->language, BW_REPORT_AS_OF, 0, report->generated, as_of);
    bw_report_say_when(sums->language, number > 0 ? BW_REPORT_FIXED : BW_REPORT_INTERIM,
        number, report->version.made, version);
    (void)snprintf(ret_text, MOMENT_BYTES, "%s · %s%s%s", as_of, version,
        sums->is_public ? " · " : "",
        sums->is_public ? bw_report_word(sums->language, BW_REPORT_ANONYMOUS) : "");
}

static void
cover_draw(const struct bw_report_sheet *sheet)
{
    const struct bw_report_sums *sums = sheet->sums;
    char text[MOMENT_BYTES];
    bw_paper_ink(sheet->cairo, BW_PAPER_GRACHT);
    bw_paper_round(sheet->cairo, 10, 10, 190, 52, 3);
    cairo_fill(sheet->cairo);
    bw_paper_logo(sheet->cairo, 16, 17, 24, BW_PAPER_WIT, BW_PAPER_ZON);
    bw_report_sheet_text(sheet, 46, 16, 150, 26, PANGO_WEIGHT_HEAVY, PANGO_ALIGN_LEFT,
        BW_PAPER_WIT, sums->report->title);
    if (sums->report->series) {
        bw_report_say_numbers(sums->language, BW_REPORT_OF_CIRCLES,
            (int)sums->report->sessions_count, 0, text);
    } else {
        (void)snprintf(
            text, sizeof text, "%s", bw_report_word(sums->language, BW_REPORT_SUBTITLE));
    }
    bw_report_sheet_text(sheet, 46, 28.5, 150, 14, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT,
        BW_PAPER_WIT, text);
    moment_say(sums, text);
    bw_report_sheet_text(sheet, 46, 36.5, 150, 12, PANGO_WEIGHT_MEDIUM, PANGO_ALIGN_LEFT,
        BW_PAPER_WIT, text);
}

static void
figure_draw(
    const struct bw_report_sheet *sheet, int at, const char *figure, const char *label)
{
    int column = at % 3, row = at / 3;
    double x = LEFT + 60 * column, y = 70 + 32 * row;
    bw_report_sheet_rule(sheet, x, y, 54, 0.8);
    bw_report_sheet_left(sheet, x, y + 1.5, 54, 42, PANGO_WEIGHT_HEAVY, figure);
    const struct bw_paper_box box = {.x_mm = x,
        .y_mm = y + 18.5,
        .width_mm = 54,
        .height_mm = 11,
        .size_pt = 12,
        .weight = PANGO_WEIGHT_BOLD,
        .colour = BW_PAPER_STEEN};
    (void)bw_paper_text(sheet->cairo, &box, label);
}

static void
count_draw(
    const struct bw_report_sheet *sheet, int at, int count, bool shown, const char *label)
{
    char text[BW_REPORT_TALLY_TEXT_BYTES] = "•";
    if (shown) {
        bw_report_tally_total_text(count, sheet->sums->is_public, text);
    }
    figure_draw(sheet, at, text, label);
}

static void
first_page(const struct bw_report_sheet *sheet)
{
    const struct bw_report_sums *sums = sheet->sums;
    char text[64], schools[BW_WORDING_SAID_BYTES], beside[BW_WORDING_SAID_BYTES];
    char label[sizeof schools + sizeof beside + 2];
    bw_report_schools_say(sums, schools);
    bw_report_beside_say(sums, beside);
    (void)snprintf(
        label, sizeof label, "%s%s%s", schools, beside[0] != '\0' ? "; " : "", beside);
    cover_draw(sheet);
    count_draw(
        sheet, 0, sums->visits, true, bw_report_word(sums->language, BW_REPORT_VISITS));
    count_draw(sheet, 1, sums->report->unique_people, sums->people_shown,
        bw_report_word(sums->language, BW_REPORT_PEOPLE));
    count_draw(sheet, 2, sums->report->schools, sums->schools_shown, label);
    bw_report_occupied_say(sums, text);
    figure_draw(sheet, 3, text, bw_report_word(sums->language, BW_REPORT_OCCUPIED));
    count_draw(sheet, 4, sums->from_waitlist, sums->waitlist_shown,
        bw_report_word(sums->language, BW_REPORT_ADMITTED));
    (void)snprintf(text, sizeof text, "%d/%d", sums->kiosks_complete, sums->kiosks);
    figure_draw(sheet, 5, text, bw_report_word(sums->language, BW_REPORT_KIOSKS));
    bw_report_sheet_arrivals(sheet);
}

/* ---- the last pages ---- */

static enum bw_report_word
answer_of(const struct bw_report_sums *sums)
{
    return sums->kiosks == 0                     ? BW_REPORT_COMPLETE_NONE
           : bw_report_is_complete(sums->report) ? BW_REPORT_COMPLETE_YES
                                                 : BW_REPORT_COMPLETE_NO;
}

static void
answer_draw(const struct bw_report_sheet *sheet)
{
    char said[BW_WORDING_SAID_BYTES];
    bw_report_sheet_head(sheet, 14, BW_REPORT_COMPLETE);
    bw_paper_ink(sheet->cairo, BW_PAPER_INKT);
    bw_paper_round(sheet->cairo, LEFT, 26, WIDTH, 24, 2);
    cairo_set_line_width(sheet->cairo, 0.7);
    cairo_stroke(sheet->cairo);
    bw_report_say_numbers(sheet->sums->language, answer_of(sheet->sums),
        sheet->sums->kiosks_complete, sheet->sums->kiosks, said);
    const struct bw_paper_box box = {.x_mm = LEFT + 6,
        .y_mm = 31,
        .width_mm = WIDTH - 12,
        .height_mm = 16,
        .size_pt = 14,
        .weight = PANGO_WEIGHT_HEAVY,
        .colour = BW_PAPER_INKT};
    (void)bw_paper_text(sheet->cairo, &box, said);
}

static void
kiosk_row(const struct bw_report_sheet *sheet, double y_mm,
    const struct bw_report_session *session, const struct bw_report_kiosk *kiosk)
{
    enum bw_wording_language language = sheet->sums->language;
    char received[24];
    (void)snprintf(
        received, sizeof received, "%llu", (unsigned long long)kiosk->contiguous_seq);
    bw_report_sheet_left(
        sheet, LEFT + 1, y_mm, 62, 10.5, PANGO_WEIGHT_BOLD, session->title);
    bw_report_sheet_left(
        sheet, LEFT + 65, y_mm, 54, 10.5, PANGO_WEIGHT_MEDIUM, kiosk->name);
    bw_report_sheet_left(
        sheet, LEFT + 121, y_mm, 20, 10.5, PANGO_WEIGHT_MEDIUM, received);
    bw_report_sheet_left(sheet, LEFT + 143, y_mm, 37, 10.5,
        kiosk->complete ? PANGO_WEIGHT_MEDIUM : PANGO_WEIGHT_HEAVY,
        bw_report_word(
            language, kiosk->complete ? BW_REPORT_IS_COMPLETE : BW_REPORT_ISNT_COMPLETE));
    bw_report_sheet_rule(sheet, LEFT, y_mm + 6.2, WIDTH, 0.2);
}

/* Kiosks from number `first` of all that count. */
static void
kiosks_draw(const struct bw_report_sheet *sheet, int first)
{
    static const enum bw_report_word heads[] = {
        BW_REPORT_CIRCLE, BW_REPORT_KIOSK, BW_REPORT_RECEIVED};
    static const double places[] = {LEFT + 1, LEFT + 65, LEFT + 121};
    const struct bw_report *report = sheet->sums->report;
    int at = 0;
    for (size_t i = 0; i < 3; i++) {
        bw_report_sheet_text(sheet, places[i], 55, 40, 9, PANGO_WEIGHT_BOLD,
            PANGO_ALIGN_LEFT, BW_PAPER_STEEN,
            bw_report_word(sheet->sums->language, heads[i]));
    }
    bw_report_sheet_rule(sheet, LEFT, 60.5, WIDTH, 0.4);
    for (size_t s = 0; s < report->sessions_count; s++) {
        const struct bw_report_session *session = &report->sessions[s];
        for (size_t k = 0; bw_report_counts(session) && k < session->lines_count; k++) {
            if (!session->lines[k].counted) {
                continue;
            }
            if (at >= first && at < first + KIOSKS_A_PAGE) {
                kiosk_row(sheet, 61.5 + 7 * (at - first), session, &session->lines[k]);
            }
            at++;
        }
    }
}

static void
meaning_draw(const struct bw_report_sheet *sheet, double y_mm)
{
    bw_report_sheet_head(sheet, y_mm, BW_REPORT_MEANING);
    y_mm += 11;
    for (int i = BW_REPORT_MEANING_PRESENT; i <= BW_REPORT_MEANING_SCHOOLS; i++) {
        const char *text = bw_report_meaning(sheet->sums, (enum bw_report_word)i);
        if (!text) {
            continue;
        }
        const struct bw_paper_box box = {.x_mm = LEFT,
            .y_mm = y_mm,
            .width_mm = WIDTH,
            .height_mm = 10,
            .size_pt = 10.5,
            .weight = PANGO_WEIGHT_MEDIUM,
            .colour = BW_PAPER_INKT};
        y_mm += 2 + bw_paper_text(sheet->cairo, &box, text);
    }
}

/* ---- all of it ---- */

static void
foot_draw(const struct bw_report_sheet *sheet)
{
    const struct bw_report_sums *sums = sheet->sums;
    char text[MOMENT_BYTES], line[FOOT_BYTES];
    bw_report_sheet_rule(sheet, LEFT, 282, WIDTH, 0.3);
    moment_say(sums, text);
    (void)snprintf(line, sizeof line, "%s · %s", sums->report->title, text);
    bw_report_sheet_text(sheet, LEFT, 283.6, 150, 9, PANGO_WEIGHT_MEDIUM,
        PANGO_ALIGN_LEFT, BW_PAPER_STEEN, line);
    bw_report_sheet_left(sheet, LEFT, 287.8, 150, 9, PANGO_WEIGHT_BOLD,
        bw_report_word(
            sums->language, sums->is_public ? BW_REPORT_PUBLIC : BW_REPORT_PRIVATE));
    bw_report_say_numbers(
        sums->language, BW_REPORT_PAGE, sheet->page, sheet->pages, text);
    bw_report_sheet_text(sheet, LEFT + 140, 283.6, 40, 12, PANGO_WEIGHT_HEAVY,
        PANGO_ALIGN_RIGHT, BW_PAPER_INKT, text);
}

/* Ends a page, and begins the next. */
static void
turn(struct bw_report_sheet *sheet)
{
    foot_draw(sheet);
    cairo_show_page(sheet->cairo);
    sheet->page++;
}

static int
pages_for(size_t rows, int a_page)
{
    return rows == 0 ? 1 : (int)((rows - 1) / (size_t)a_page) + 1;
}

static void
pages_draw(struct bw_report_sheet *sheet, int circles, int kiosks)
{
    first_page(sheet);
    turn(sheet);
    for (int i = 0; i < circles; i++) {
        bw_report_sheet_circles(sheet, (size_t)(i * BW_REPORT_SHEET_CIRCLES));
        turn(sheet);
    }
    bw_report_sheet_regions(sheet);
    turn(sheet);
    for (int i = 0; i < kiosks; i++) {
        answer_draw(sheet);
        if (!sheet->sums->is_public && sheet->sums->kiosks > 0) {
            kiosks_draw(sheet, i * KIOSKS_A_PAGE);
        }
        if (i + 1 == kiosks) {
            meaning_draw(
                sheet, sheet->sums->is_public || sheet->sums->kiosks == 0 ? 60 : 198);
        }
        turn(sheet);
    }
}

enum bw_status
bw_report_pdf(const struct bw_report_sums *sums, FILE *file, struct bw_error *err)
{
    int circles = pages_for(sums->circles.rows_count, BW_REPORT_SHEET_CIRCLES);
    int kiosks = sums->is_public ? 1 : pages_for((size_t)sums->kiosks, KIOSKS_A_PAGE);
    struct bw_paper_pdf pdf;
    bw_paper_pdf_begin(&pdf, sums->report->title, PAGE_WIDTH, PAGE_HEIGHT, file);
    struct bw_report_sheet sheet = {
        .sums = sums, .cairo = pdf.cairo, .page = 1, .pages = 1 + circles + 1 + kiosks};
    pages_draw(&sheet, circles, kiosks);
    return bw_paper_pdf_end(&pdf, "the report as PDF", err);
}
