/* What went to whom, for Excel: see told_sheet.h.
 *
 * Texts are written as strings, never as formulas; the apostrophe stays with them all the
 * same, for a workbook is soon saved as CSV. */
#include "office/mail/told_sheet.h"

#include "central/base/output.h"

#include <brugwachter/limits.h>
#include <brugwachter/zone.h>
#include <assert.h>
#include <stdlib.h>
#include <xlsxwriter.h>

enum { HEAD_COLOUR = 0x0F3F4D };

struct told_sheet {
    enum bw_wording_language language;
    struct bw_zone *zone;
    lxw_worksheet *sheet;
    lxw_format *head, *moment;
    lxw_row_t at; /* the newest row; 0: the head */
    int64_t most; /* rows beside the head */
    bool more;    /* than those */
};

static const struct {
    const char *title; /* a key of the wording */
    double width;
} columns[] = {{"ls.when", 18}, {"ls.name", 28}, {"ls.mail", 34}, {"ls.circle", 20},
    {"ls.what", 24}, {"ls.how", 22}, {"ls.result", 22}, {"ls.code", 11}};
enum { COLUMNS = sizeof columns / sizeof columns[0] };

static void
write_text(struct told_sheet *s, lxw_col_t column, const char *text, lxw_format *format)
{
    char room[2 * BW_TITLE_BYTES];
    (void)worksheet_write_string(
        s->sheet, s->at, column, bw_excel_safe(text, room, sizeof room), format);
}

static void
write_head(struct told_sheet *s)
{
    for (int i = 0; i < COLUMNS; i++) {
        (void)worksheet_set_column(
            s->sheet, (lxw_col_t)i, (lxw_col_t)i, columns[i].width, NULL);
        write_text(s, (lxw_col_t)i, bw_wording(s->language, columns[i].title), s->head);
    }
    worksheet_freeze_panes(s->sheet, 1, 0);
}

/* "2025-03-18T13:30:00+01:00" as a moment of Excel's, by the clocks here. */
static void
write_moment(struct told_sheet *s, int64_t at_ms)
{
    char iso[BW_ISO_BYTES];
    lxw_datetime moment = {0};
    bw_zone_format_iso(s->zone, at_ms, iso);
    if (sscanf(iso, "%4d-%2d-%2dT%2d:%2d", &moment.year, &moment.month, &moment.day,
            &moment.hour, &moment.min) == 5) {
        (void)worksheet_write_datetime(s->sheet, s->at, 0, &moment, s->moment);
    }
}

static const char *
said_of(const struct told_sheet *s, const char *kind, const char *name)
{
    char key[BW_LABEL_BYTES];
    (void)snprintf(key, sizeof key, "%s%s", kind, name);
    return bw_wording(s->language, key);
}

static const char *
result_of(const struct bw_told_line *line)
{
    if (line->came_back && line->way != BW_TOLD_BY_VOICE) {
        return "back";
    }
    if (line->way == BW_TOLD_BY_SMTP) {
        return line->on_its_way ? "unsure" : "taken";
    }
    return line->way == BW_TOLD_BY_VOICE ? "told" : "written";
}

static bool
on_line(const struct bw_told_line *line, void *context)
{
    struct told_sheet *s = context;
    char name[2 * BW_NAME_BYTES], code[BW_CODE_SHOWN_BYTES];
    s->more = s->at >= s->most;
    if (s->more) {
        return false;
    }
    s->at++;
    (void)snprintf(name, sizeof name, "%s%s%s", line->first_name,
        line->name[0] != '\0' ? " " : "", line->name);
    bw_code_format_shown(line->code, code);
    write_moment(s, line->at_ms);
    write_text(s, 1, name, NULL);
    write_text(s, 2, line->mail, NULL);
    write_text(s, 3, line->session_code, NULL);
    write_text(s, 4, said_of(s, "ls.kind.", bw_told_kind_name(line->kind)), NULL);
    write_text(s, 5, said_of(s, "ls.way.", bw_told_way_name(line->way)), NULL);
    write_text(s, 6, said_of(s, "ls.result.", result_of(line)), NULL);
    write_text(s, 7, code, NULL);
    return true;
}

static enum bw_status
fill(struct bw_central *central, struct told_sheet *s, const char *path,
    struct bw_error *err)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *book = workbook_new_opt(path, &options);
    if (book == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "writing the workbook: no memory");
    }
    s->sheet = workbook_add_worksheet(book, bw_wording(s->language, "ls.sheet"));
    s->head = workbook_add_format(book);
    s->moment = workbook_add_format(book);
    format_set_bold(s->head);
    format_set_font_color(s->head, LXW_COLOR_WHITE);
    format_set_bg_color(s->head, HEAD_COLOUR);
    format_set_num_format(s->moment, "d mmm yyyy h:mm");
    format_set_align(s->moment, LXW_ALIGN_LEFT);
    write_head(s);
    enum bw_status status =
        bw_told_walk(central, BW_CODE_NONE, s->most + 1, on_line, s, err);
    if (status == BW_OK && s->more) {
        status = bw_error_set(err, BW_FULL, 0,
            "writing what went to whom: there are more rows than a sheet holds; purge "
            "what is past");
    }
    (void)worksheet_autofilter(s->sheet, 0, 0, s->at, COLUMNS - 1);
    lxw_error fault = workbook_close(book);
    return status == BW_OK && fault != LXW_NO_ERROR
               ? bw_error_set(err, BW_IO, 0, "writing the workbook: %s; make room",
                     lxw_strerror(fault))
               : status;
}

enum bw_status
bw_told_sheet_write(struct bw_central *central, enum bw_wording_language language,
    int64_t most, const char *path, int64_t *ret_rows, struct bw_error *err)
{
    enum { OWNER_ONLY = 0600 };
    struct told_sheet sheet = {.language = language, .most = most};
    assert(most <= BW_TOLD_SHEET_MOST);
    struct bw_output output = {.file = NULL};
    enum bw_status status = bw_output_open(path, OWNER_ONLY, &output, err);
    if (status == BW_OK) {
        status = bw_zone_open(BW_ZONE_DEFAULT, &sheet.zone, err);
    }
    if (status == BW_OK) {
        status = fill(central, &sheet, output.temp, err);
    }
    if (status == BW_OK) {
        status = bw_output_commit(&output, err);
    }
    bw_output_finish(&output);
    bw_zone_close(sheet.zone);
    if (status == BW_OK) {
        *ret_rows = sheet.at;
    }
    return status;
}
