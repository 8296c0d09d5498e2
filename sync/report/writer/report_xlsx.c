/* The report as a workbook: an overview, everybody, the conflicts, and the figures as
 * tables with totals. See report.h.
 *
 * Texts are written as strings, never as formulas; the apostrophe stays with them all the
 * same, for a workbook is soon saved as CSV. */
#include "central/base/output.h"
#include "report/writer/report_writer.h"
#include "report/writer/report_public.h"
#include "report/figures/report_sums.h"

#include <stdlib.h>
#include <xlsxwriter.h>

struct book_formats {
    lxw_format *plain;
    lxw_format *warn;
    lxw_format *day, *time; /* Excel's own */
};

struct bw_report_xlsx {
    enum bw_wording_language language;
    lxw_workbook *book;
    struct book_formats formats;
    lxw_worksheet *overview, *people, *conflicts;
    lxw_row_t overview_at, people_at, conflicts_at; /* the newest row; 0: the head */
};

enum { HEAD_COLOUR = 0x0F3F4D, WARN_COLOUR = 0xFFD467 };

void
bw_report_xlsx_text(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
    const char *text, lxw_format *format)
{
    char capacity[2 * BW_TITLE_BYTES];
    (void)worksheet_write_string(
        sheet, row, column, bw_excel_safe(text, capacity, sizeof capacity), format);
}

void
bw_report_xlsx_head(lxw_workbook *book, lxw_worksheet *sheet,
    const struct bw_report_column *columns, size_t count,
    enum bw_wording_language language)
{
    lxw_format *head = workbook_add_format(book);
    format_set_bold(head);
    format_set_font_color(head, LXW_COLOR_WHITE);
    format_set_bg_color(head, HEAD_COLOUR);
    for (size_t i = 0; i < count; i++) {
        (void)worksheet_set_column(
            sheet, (lxw_col_t)i, (lxw_col_t)i, columns[i].width, NULL);
        bw_report_xlsx_text(
            sheet, 0, (lxw_col_t)i, bw_wording(language, columns[i].title), head);
    }
    worksheet_freeze_panes(sheet, 1, 0);
}

void
bw_report_xlsx_moment(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
    const struct bw_zone *zone, int64_t wall_ms, lxw_format *format)
{
    struct bw_civil at;
    if (wall_ms != 0) {
        bw_zone_to_civil(zone, wall_ms, &at);
        lxw_datetime moment = {.year = at.year,
            .month = at.month,
            .day = at.day,
            .hour = at.hour,
            .min = at.minute};
        (void)worksheet_write_datetime(sheet, row, column, &moment, format);
    }
}

static const struct bw_report_column overview_columns[] = {{"rp.xlsx.session", 18},
    {"rp.xlsx.title", 34}, {"rp.xlsx.date", 12}, {"rp.xlsx.places", 10},
    {"rp.xlsx.registered", 11}, {"rp.xlsx.confirmed", 11}, {"rp.xlsx.present", 10},
    {"rp.xlsx.no_show", 13}, {"rp.xlsx.from_waitlist", 14}, {"rp.xlsx.guests", 9},
    {"rp.xlsx.walk_ins", 9}, {"rp.xlsx.kiosks", 8}, {"rp.xlsx.complete", 16},
    {"rp.xlsx.look", 16}};
static const struct bw_report_column people_columns[] = {{"rp.xlsx.session", 18},
    {"rp.xlsx.code", 11}, {"rp.xlsx.first_name", 18}, {"rp.xlsx.name", 24},
    {"rp.xlsx.mail", 34}, {"rp.xlsx.school", 30}, {"rp.xlsx.region", 14},
    {"rp.xlsx.status", 12}, {"rp.xlsx.present", 10}, {"rp.xlsx.time", 8},
    {"rp.xlsx.kiosk", 18}, {"rp.xlsx.how", 14}, {"rp.xlsx.substitute", 26}};
static const struct bw_report_column beside_columns[] = {
    {"rp.xlsx.school", 50}, {"rp.xlsx.present", 10}};
static const struct bw_report_column conflicts_columns[] = {{"rp.xlsx.session", 18},
    {"rp.xlsx.kind", 16}, {"rp.xlsx.what", 100}, {"rp.xlsx.events", 30}};

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* "2025-03-18T13:30:00+01:00" as a day of Excel's. */
static void
day_write(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
    const struct bw_report_session *session, lxw_format *format)
{
    lxw_datetime day = {0};
    if (sscanf(session->when.start_iso, "%4d-%2d-%2d", &day.year, &day.month, &day.day) ==
        3) {
        (void)worksheet_write_datetime(sheet, row, column, &day, format);
    } else {
        bw_report_xlsx_text(sheet, row, column, session->when.day, format);
    }
}

/* "13.07" as a time of Excel's. */
static void
time_write(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text,
    lxw_format *format)
{
    enum { HOUR_MINUTES = 60, DAY_MINUTES = 24 * HOUR_MINUTES };
    long hours = strtol(text, NULL, 10), minutes = strtol(text + 3, NULL, 10);
    (void)worksheet_write_number(sheet, row, column,
        (double)(hours * HOUR_MINUTES + minutes) / DAY_MINUTES, format);
}

static void
overview_write(struct bw_report_xlsx *xlsx, const struct bw_report_session *session)
{
    const struct book_formats *formats = &xlsx->formats;
    lxw_worksheet *sheet = xlsx->overview;
    lxw_row_t row = ++xlsx->overview_at;
    const int numbers[] = {session->capacity, session->registered, session->confirmed,
        session->present, session->no_show, session->from_waitlist, session->guests,
        session->walk_ins, session->kiosks};
    bw_report_xlsx_text(sheet, row, 0, session->code, formats->plain);
    bw_report_xlsx_text(sheet, row, 1, session->title, formats->plain);
    day_write(sheet, row, 2, session, formats->day);
    for (size_t n = 0; n < COUNT_OF(numbers); n++) {
        (void)worksheet_write_number(
            sheet, row, (lxw_col_t)(n + 3), numbers[n], formats->plain);
    }
    (void)worksheet_write_number(sheet, row, 12, session->kiosks_complete,
        session->complete ? formats->plain : formats->warn);
    (void)worksheet_write_number(sheet, row, 13, session->conflicts.count,
        session->conflicts.count ? formats->warn : formats->plain);
}

static void
people_write(struct bw_report_xlsx *xlsx, const struct bw_report_session *session)
{
    for (size_t r = 0; r < session->rows_count; r++) {
        const struct bw_report_row *row = &session->rows[r];
        char code[BW_CODE_BYTES] = "";
        if (row->code != BW_CODE_NONE) {
            bw_code_format(row->code, code);
        }
        char how_key[BW_LABEL_BYTES];
        (void)snprintf(how_key, sizeof how_key, "%s%s", "rp.how.", row->how);
        const char *how = row->how[0] != '\0' ? bw_wording(xlsx->language, how_key) : "";
        const char *cells[] = {session->code, code, row->first_name, row->name, row->mail,
            row->school, row->region, row->status,
            bw_wording(xlsx->language, row->attended ? "rp.xlsx.yes" : "rp.xlsx.no"),
            row->arrived, row->kiosk, how, row->substitute};
        lxw_row_t at = ++xlsx->people_at;
        for (size_t c = 0; c < COUNT_OF(cells); c++) {
            if (cells[c] == row->arrived && row->arrived[0]) {
                time_write(
                    xlsx->people, at, (lxw_col_t)c, row->arrived, xlsx->formats.time);
            } else {
                bw_report_xlsx_text(
                    xlsx->people, at, (lxw_col_t)c, cells[c], xlsx->formats.plain);
            }
        }
    }
}

static void
conflicts_write(struct bw_report_xlsx *xlsx, const struct bw_report_session *session,
    const struct bw_conflicts *list)
{
    for (int c = 0; c < list->count; c++) {
        const struct bw_conflict *conflict = &list->items[c];
        char events[512] = "";
        size_t used = 0;
        for (int e = 0;
             e < conflict->events_count && used + BW_EVENT_ID_BYTES + 1 < sizeof events;
             e++) {
            char id[BW_EVENT_ID_BYTES];
            bw_event_id_format(conflict->events[e], id);
            used += (size_t)snprintf(
                events + used, sizeof events - used, "%s%s", e ? " " : "", id);
        }
        const char *cells[] = {session->code, conflict->kind, conflict->text, events};
        lxw_row_t at = ++xlsx->conflicts_at;
        for (size_t i = 0; i < COUNT_OF(cells); i++) {
            bw_report_xlsx_text(
                xlsx->conflicts, at, (lxw_col_t)i, cells[i], xlsx->formats.plain);
        }
    }
}

struct bw_report_xlsx *
bw_report_xlsx_create(const char *path, enum bw_wording_language language)
{
    struct bw_report_xlsx *xlsx = calloc(1, sizeof *xlsx);
    /* R1: rows go to a file of its own as they come */
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *book = xlsx ? workbook_new_opt(path, &options) : NULL;
    if (!book) {
        free(xlsx);
        return NULL;
    }
    xlsx->language = language;
    xlsx->book = book;
    xlsx->formats = (struct book_formats){.plain = workbook_add_format(book),
        .warn = workbook_add_format(book),
        .day = workbook_add_format(book),
        .time = workbook_add_format(book)};
    format_set_num_format(xlsx->formats.day, "d mmm yyyy");
    format_set_align(xlsx->formats.day, LXW_ALIGN_LEFT);
    format_set_num_format(xlsx->formats.time, "h:mm");
    format_set_bg_color(xlsx->formats.warn, WARN_COLOUR);
    xlsx->overview =
        workbook_add_worksheet(book, bw_wording(language, "rp.xlsx.overview"));
    xlsx->people = workbook_add_worksheet(book, bw_wording(language, "rp.xlsx.people"));
    xlsx->conflicts = workbook_add_worksheet(book, bw_wording(language, "rp.xlsx.look"));
    bw_report_xlsx_head(
        book, xlsx->overview, overview_columns, COUNT_OF(overview_columns), language);
    bw_report_xlsx_head(
        book, xlsx->people, people_columns, COUNT_OF(people_columns), language);
    bw_report_xlsx_head(
        book, xlsx->conflicts, conflicts_columns, COUNT_OF(conflicts_columns), language);
    return xlsx;
}

void
bw_report_xlsx_session(
    struct bw_report_xlsx *xlsx, const struct bw_report_session *session)
{
    overview_write(xlsx, session);
    people_write(xlsx, session);
    conflicts_write(xlsx, session, &session->conflicts);
    conflicts_write(xlsx, session, &session->decisions);
}

/* Names of schools that aren't on the list, and how often somebody of it came. */
static void
beside_sheet(struct bw_report_xlsx *xlsx, const struct bw_report *report)
{
    lxw_worksheet *sheet =
        workbook_add_worksheet(xlsx->book, bw_wording(xlsx->language, "rp.xlsx.beside"));
    bw_report_xlsx_head(
        xlsx->book, sheet, beside_columns, COUNT_OF(beside_columns), xlsx->language);
    for (size_t i = 0; i < report->beside_count; i++) {
        lxw_row_t at = (lxw_row_t)i + 1;
        bw_report_xlsx_text(sheet, at, 0, report->beside[i].name, xlsx->formats.plain);
        (void)worksheet_write_number(
            sheet, at, 1, report->beside[i].visits, xlsx->formats.plain);
    }
    bw_report_sheet_print(
        sheet, (lxw_row_t)report->beside_count, COUNT_OF(beside_columns) - 1);
}

enum bw_status
bw_report_xlsx_close(
    struct bw_report_xlsx *xlsx, const struct bw_report_sums *sums, struct bw_error *err)
{
    if (sums) {
        enum bw_wording_language language = sums->language;
        bw_report_tally_sheet(xlsx->book, bw_report_word(language, BW_REPORT_PER_CIRCLE),
            bw_report_word(language, BW_REPORT_CIRCLE), &sums->circles, sums);
        bw_report_tally_sheet(xlsx->book, bw_report_word(language, BW_REPORT_REGIONS),
            bw_report_regions_rows(sums), &sums->regions, sums);
        bw_report_tally_sheet(xlsx->book, bw_report_word(language, BW_REPORT_ARRIVED),
            bw_report_word(language, BW_REPORT_MINUTES), &sums->arrivals, sums);
        if (sums->report->schools_listed) {
            beside_sheet(xlsx, sums->report);
        }
    }
    bw_report_sheet_print(
        xlsx->overview, xlsx->overview_at, COUNT_OF(overview_columns) - 1);
    bw_report_sheet_print(xlsx->people, xlsx->people_at, COUNT_OF(people_columns) - 1);
    bw_report_sheet_print(
        xlsx->conflicts, xlsx->conflicts_at, COUNT_OF(conflicts_columns) - 1);
    if (xlsx->people_at > 0) {
        (void)worksheet_autofilter(
            xlsx->people, 0, 0, xlsx->people_at, COUNT_OF(people_columns) - 1);
    }
    lxw_error fault = workbook_close(xlsx->book);
    free(xlsx);
    return fault == LXW_NO_ERROR
               ? BW_OK
               : bw_error_set(err, BW_IO, 0, "writing the workbook: %s; make room",
                     lxw_strerror(fault));
}
