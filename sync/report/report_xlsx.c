/* The report as a workbook: an overview, everybody, the conflicts. See report.h.
 *
 * Texts are written as strings, never as formulas; the apostrophe stays with them all the
 * same, for a workbook is soon saved as CSV. */
#include "central/base/output.h"
#include "report/report.h"

#include <string.h>
#include <xlsxwriter.h>

struct book_formats {
    lxw_format *head;
    lxw_format *plain;
    lxw_format *warn;
};

enum { HEAD_COLOUR = 0x0F3F4D, WARN_COLOUR = 0xFFD467 };

struct column {
    const char *title;
    double width;
};

static void
text_write(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text,
    lxw_format *format)
{
    char room[2 * BW_TITLE_BYTES];
    (void)worksheet_write_string(
        sheet, row, column, bw_excel_safe(text, room, sizeof room), format);
}

static void
head_write(lxw_worksheet *sheet, const struct column *columns, size_t count,
    const struct book_formats *formats)
{
    for (size_t i = 0; i < count; i++) {
        (void)worksheet_set_column(
            sheet, (lxw_col_t)i, (lxw_col_t)i, columns[i].width, NULL);
        text_write(sheet, 0, (lxw_col_t)i, columns[i].title, formats->head);
    }
    worksheet_freeze_panes(sheet, 1, 0);
}

static void
overview_write(lxw_worksheet *sheet, const struct bw_report *report,
    const struct book_formats *formats)
{
    static const struct column columns[] = {{"Sessie", 18}, {"Titel", 34}, {"Datum", 26},
        {"Plaatsen", 10}, {"Aangemeld", 11}, {"Met plaats", 11}, {"Aanwezig", 10},
        {"Niet gekomen", 13}, {"Van wachtlijst", 14}, {"Gasten", 9}, {"Inlopers", 9},
        {"Zuilen compleet", 16}, {"Aandachtspunten", 16}};
    head_write(sheet, columns, sizeof columns / sizeof columns[0], formats);
    for (size_t i = 0; i < report->sessions_count; i++) {
        const struct bw_report_session *session = &report->sessions[i];
        const struct bw_session *facts = &session->book->session;
        lxw_row_t row = (lxw_row_t)i + 1;
        char kiosks[32];
        (void)snprintf(kiosks, sizeof kiosks, "%d van %d", session->kiosks_complete,
            session->kiosks);
        const int numbers[] = {facts->capacity, session->registered, session->confirmed,
            session->present, session->no_show, session->from_waitlist, session->guests,
            session->walk_ins};
        text_write(sheet, row, 0, facts->code, formats->plain);
        text_write(sheet, row, 1, facts->title, formats->plain);
        text_write(sheet, row, 2, session->when.day, formats->plain);
        for (size_t n = 0; n < sizeof numbers / sizeof numbers[0]; n++) {
            (void)worksheet_write_number(
                sheet, row, (lxw_col_t)(n + 3), numbers[n], formats->plain);
        }
        text_write(
            sheet, row, 11, kiosks, session->complete ? formats->plain : formats->warn);
        (void)worksheet_write_number(sheet, row, 12, session->conflicts.count,
            session->conflicts.count ? formats->warn : formats->plain);
    }
}

static void
people_write(lxw_worksheet *sheet, const struct bw_report *report,
    const struct book_formats *formats)
{
    static const struct column columns[] = {{"Sessie", 18}, {"Code", 11},
        {"Voornaam", 18}, {"Achternaam", 24}, {"E-mail", 34}, {"School", 30},
        {"Regio", 14}, {"Status", 12}, {"Aanwezig", 10}, {"Tijd", 8}, {"Zuil", 18},
        {"Hoe", 14}, {"Vervanger", 26}};
    lxw_row_t at = 0;
    head_write(sheet, columns, sizeof columns / sizeof columns[0], formats);
    for (size_t i = 0; i < report->sessions_count; i++) {
        const struct bw_report_session *session = &report->sessions[i];
        for (size_t r = 0; r < session->rows_count; r++) {
            const struct bw_report_row *row = &session->rows[r];
            char code[BW_CODE_BYTES] = "";
            if (row->code != BW_CODE_NONE) {
                bw_code_format(row->code, code);
            }
            const char *cells[] = {session->book->session.code, code, row->first_name,
                row->name, row->mail, row->school, row->region, row->status,
                row->attended ? "ja" : "nee", row->arrived, row->kiosk, row->how,
                row->substitute};
            at++;
            for (size_t c = 0; c < sizeof cells / sizeof cells[0]; c++) {
                text_write(sheet, at, (lxw_col_t)c, cells[c], formats->plain);
            }
        }
    }
    if (at > 0) {
        (void)worksheet_autofilter(
            sheet, 0, 0, at, sizeof columns / sizeof columns[0] - 1);
    }
}

static void
conflicts_write(lxw_worksheet *sheet, const struct bw_report *report,
    const struct book_formats *formats)
{
    static const struct column columns[] = {
        {"Sessie", 18}, {"Soort", 16}, {"Wat er gebeurde", 100}, {"Gebeurtenissen", 30}};
    lxw_row_t at = 0;
    head_write(sheet, columns, sizeof columns / sizeof columns[0], formats);
    for (size_t i = 0; i < report->sessions_count; i++) {
        const struct bw_report_session *session = &report->sessions[i];
        for (int c = 0; c < session->conflicts.count; c++) {
            const struct bw_conflict *conflict = &session->conflicts.items[c];
            char events[512] = "";
            size_t used = 0;
            for (int e = 0; e < conflict->events_count &&
                            used + BW_EVENT_ID_BYTES + 1 < sizeof events;
                 e++) {
                char id[BW_EVENT_ID_BYTES];
                bw_event_id_format(conflict->events[e], id);
                used += (size_t)snprintf(
                    events + used, sizeof events - used, "%s%s", e ? " " : "", id);
            }
            at++;
            text_write(sheet, at, 0, session->book->session.code, formats->plain);
            text_write(sheet, at, 1, conflict->kind, formats->plain);
            text_write(sheet, at, 2, conflict->text, formats->plain);
            text_write(sheet, at, 3, events, formats->plain);
        }
    }
}

enum bw_status
bw_report_write_xlsx(
    const struct bw_report *report, const char *path, struct bw_error *err)
{
    lxw_workbook *book = workbook_new(path);
    if (!book) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "making the workbook: out of memory; close other programs");
    }
    struct book_formats formats = {.head = workbook_add_format(book),
        .plain = workbook_add_format(book),
        .warn = workbook_add_format(book)};
    format_set_bold(formats.head);
    format_set_font_color(formats.head, LXW_COLOR_WHITE);
    format_set_bg_color(formats.head, HEAD_COLOUR);
    format_set_bg_color(formats.warn, WARN_COLOUR);
    overview_write(workbook_add_worksheet(book, "Overzicht"), report, &formats);
    people_write(workbook_add_worksheet(book, "Mensen"), report, &formats);
    conflicts_write(workbook_add_worksheet(book, "Aandachtspunten"), report, &formats);
    lxw_error fault = workbook_close(book);
    if (fault != LXW_NO_ERROR) {
        return bw_error_set(
            err, BW_IO, 0, "writing the workbook: %s; make room", lxw_strerror(fault));
    }
    return BW_OK;
}
