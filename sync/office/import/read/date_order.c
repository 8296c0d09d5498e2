/* What comes first in a file's dates: see date_order.h. */
#include "office/import/read/date_order.h"

#include "central/records.h"

#include <brugwachter/said.h>
#include <stdio.h>

enum { SHOWN_BYTES = 41 };

/* A row that says something, and what; NULL: none does. */
struct date_witness {
    const struct bw_csv_row *row;
    const char *text;
};

struct date_order {
    struct date_witness dmy, mdy, slash, hyphen; /* the last two could be either */
    struct date_witness whole; /* the year first, as a spreadsheet's own dates are */
    bool whole_late;           /* one of these has a day above 12 */
};

static void
witness(struct date_witness *first, const struct bw_csv_row *row, const char *text)
{
    if (first->row == NULL) {
        *first = (struct date_witness){row, text};
    }
}

static void
hear(struct date_order *order, const struct bw_csv_row *row, const char *text)
{
    bool slash = false;
    int year = 0, month = 0, day = 0;
    switch (bw_form_time_says(text, &slash)) {
    case BW_DATE_SAYS_DMY:
        witness(&order->dmy, row, text);
        break;
    case BW_DATE_SAYS_MDY:
        witness(&order->mdy, row, text);
        break;
    case BW_DATE_SAYS_EITHER:
        witness(slash ? &order->slash : &order->hyphen, row, text);
        break;
    case BW_DATE_SAYS_NOTHING:
        if (sscanf(text, "%4d-%2d-%2d", &year, &month, &day) == 3) {
            witness(&order->whole, row, text);
            order->whole_late = order->whole_late || day > 12;
        }
        break;
    }
}

static void
hear_all(const struct bw_import *import, struct date_order *order)
{
    for (int field = 0; import->fields[field].name != NULL; field++) {
        if (!import->fields[field].is_time || import->columns.of[field] < 0) {
            continue;
        }
        for (size_t i = 0; i < import->table.rows_count; i++) {
            const struct bw_csv_row *row = &import->table.rows[i];
            hear(order, row, bw_import_raw(import, row, field));
        }
    }
}

/* ---- a form's rows, read both ways ---- */

/* Whether a form's times, read so, are neither to come nor go back. */
static bool
is_likely(const struct bw_import *import, enum bw_date_order order)
{
    const int64_t hour_ms = INT64_C(3600000);
    int64_t now_ms = bw_office_now_ms(import->office), last_ms = INT64_MIN;
    for (int field = 0; import->fields[field].name != NULL; field++) {
        for (size_t i = 0; import->fields[field].is_time && i < import->table.rows_count;
             i++) {
            int64_t wall_ms = 0;
            bool alone = false;
            const char *raw = bw_import_raw(import, &import->table.rows[i], field);
            if (bw_form_time_read(raw, order, import->table.from_1904, import->zone,
                    &wall_ms, &alone) != BW_TIME_FINE) {
                continue;
            }
            if (wall_ms < last_ms || wall_ms > now_ms + hour_ms) {
                return false;
            }
            last_ms = wall_ms;
        }
    }
    return true;
}

/* ---- sentences ---- */

static enum bw_status
contradiction(
    const struct bw_import *import, const struct date_order *order, struct bw_error *err)
{
    char dmy[SHOWN_BYTES], mdy[SHOWN_BYTES];
    bw_text_copy(dmy, sizeof dmy, order->dmy.text);
    bw_text_copy(mdy, sizeof mdy, order->mdy.text);
    return bw_error_set(err, BW_BAD_INPUT, 0,
        "importing %s: its dates contradict each other: \"%s\" on line %d has the day "
        "first, \"%s\" on line %d the month; mend them in the file, or give --dates dmy "
        "or --dates mdy, and those that don't fit are rejected",
        import->request->path, dmy, (int)order->dmy.row->line, mdy,
        (int)order->mdy.row->line);
}

static enum bw_status
untold(const struct bw_import *import, const struct date_witness *open,
    const char *because, struct bw_error *err)
{
    char text[SHOWN_BYTES];
    bw_text_copy(text, sizeof text, open->text);
    return bw_error_set(err, BW_BAD_INPUT, 0,
        "importing %s: \"%s\" on line %d doesn't say which is the day and which the "
        "month%s; give --dates dmy where the day stands first, --dates mdy where the "
        "month does",
        import->request->path, text, (int)open->row->line, because);
}

/* Where a sheet was opened in a country of the other order, it made dates of what could
 * be one, day and month exchanged, and left the rest as text. */
static enum bw_status
exchanged(
    const struct bw_import *import, const struct date_order *order, struct bw_error *err)
{
    const struct date_witness *text = order->dmy.row != NULL ? &order->dmy : &order->mdy;
    char left[SHOWN_BYTES], made[SHOWN_BYTES];
    bw_text_copy(left, sizeof left, text->text);
    bw_text_copy(made, sizeof made, order->whole.text);
    return bw_error_set(err, BW_BAD_INPUT, 0,
        "importing %s: \"%s\" on line %d is text, and \"%s\" on line %d a date: a "
        "spreadsheet of another country exchanged day and month wherever it could; "
        "export the answers anew, and don't open them before",
        import->request->path, left, (int)text->row->line, made,
        (int)order->whole.row->line);
}

enum bw_status
bw_import_settle_dates(struct bw_import *import, bool past, struct bw_error *err)
{
    struct date_order order = {.whole_late = false};
    import->dates = import->request->dates;
    if (import->dates != BW_DATE_UNSAID) {
        return BW_OK;
    }
    hear_all(import, &order);
    bool dmy = order.dmy.row != NULL, mdy = order.mdy.row != NULL;
    bool open = order.slash.row != NULL || order.hyphen.row != NULL;
    if (dmy && mdy) {
        return contradiction(import, &order, err);
    }
    if (past && dmy != mdy && !open && order.whole.row != NULL && !order.whole_late) {
        return exchanged(import, &order, err);
    }
    if (dmy || mdy) {
        import->dates = dmy ? BW_DATE_DMY : BW_DATE_MDY;
        return BW_OK;
    }
    if (order.slash.row != NULL) {
        return untold(import, &order.slash, "", err);
    }
    import->dates = BW_DATE_DMY;
    bool doubtful = past && order.hyphen.row != NULL && !is_likely(import, BW_DATE_DMY) &&
                    is_likely(import, BW_DATE_MDY);
    return doubtful ? untold(import, &order.hyphen,
                          bw_said(", and with the day first its "
                                  "times would be to come or go back"),
                          err)
                    : BW_OK;
}
