/* What comes first in a file's dates: see date_order.h. */
#include "office/import/read/date_order.h"

#include "central/records.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
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

/* What its times are, read one way. */
struct date_reading {
    int64_t rows, late; /* beyond the latest that they may be */
    bool back;          /* they go back */
    int64_t hash;       /* tells whether two readings differ */
};

static struct date_reading
read_as(const struct bw_import *import, enum bw_date_order order, int64_t latest_ms)
{
    const int64_t most = INT64_C(1000000007);
    struct date_reading reading = {.rows = 0};
    int64_t last_ms = INT64_MIN;
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
            reading.rows++;
            reading.late += wall_ms > latest_ms;
            reading.back = reading.back || wall_ms < last_ms;
            reading.hash = (reading.hash * 31 + wall_ms % most) % most;
            last_ms = wall_ms;
        }
    }
    return reading;
}

/* Of rows that are in no order either way, that tells nothing. */
static bool
is_likely(const struct date_reading readings[], enum bw_date_order order)
{
    bool orderly = !readings[BW_DATE_DMY].back || !readings[BW_DATE_MDY].back;
    return readings[order].late == 0 && !(orderly && readings[order].back);
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

/* A date of the file, read one way. */
static void
choice_put(const struct bw_import *import, struct bw_import_question *q, const char *text,
    enum bw_date_order order, const struct date_reading *reading)
{
    struct bw_civil day;
    bool alone = false;
    int at = q->count;
    int64_t wall_ms = 0;
    if (bw_form_time_read(text, order, import->table.from_1904, import->zone, &wall_ms,
            &alone) != BW_TIME_FINE) {
        return;
    }
    bw_zone_to_civil(import->zone, wall_ms, &day);
    bw_text_copy(q->choices[at].value, BW_TITLE_BYTES, bw_form_time_order_word(order));
    (void)snprintf(q->choices[at].shown, BW_TITLE_BYTES, "%04d-%02d-%02d", day.year,
        day.month, day.day);
    q->choices[at].day_ms = wall_ms;
    q->choices[at].rows = reading->rows;
    q->choices[at].late = reading->late;
    q->count++;
}

static enum bw_status
ask(struct bw_import *import, const struct date_witness *open,
    const struct date_reading readings[], struct bw_error *err)
{
    struct bw_import_questions *questions = import->request->ret_questions;
    struct bw_import_question *q = &questions->items[0];
    *q = (struct bw_import_question){
        .ask = BW_IMPORT_ASK_DATES, .about = "dates", .required = true, .best = -1};
    questions->count = 1;
    bw_text_copy(q->shown, SHOWN_BYTES, open->text);
    bw_text_defuse(q->shown, '?');
    choice_put(import, q, open->text, BW_DATE_DMY, &readings[BW_DATE_DMY]);
    choice_put(import, q, open->text, BW_DATE_MDY, &readings[BW_DATE_MDY]);
    for (int i = 0; i < q->count; i++) {
        enum bw_date_order order = bw_form_time_order_parse(q->choices[i].value);
        enum bw_date_order other = order == BW_DATE_DMY ? BW_DATE_MDY : BW_DATE_DMY;
        q->best = is_likely(readings, order) && !is_likely(readings, other) ? i : q->best;
    }
    return bw_error_set(err, BW_REFUSED, 0,
        "importing %s: \"%s\" on line %d doesn't say which is the day and which the "
        "month",
        import->request->path, q->shown, (int)open->row->line);
}

static enum bw_status
untold(struct bw_import *import, const struct date_witness *open, const char *because,
    const struct date_reading readings[], struct bw_error *err)
{
    char text[SHOWN_BYTES];
    bw_text_copy(text, sizeof text, open->text);
    if (import->request->ret_questions != NULL) {
        return ask(import, open, readings, err);
    }
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

/* No row tells; a hyphen had the day first always. */
static enum bw_status
settle_open(struct bw_import *import, const struct date_order *order, int64_t latest_ms,
    struct bw_error *err)
{
    const struct date_reading readings[] = {
        [BW_DATE_DMY] = read_as(import, BW_DATE_DMY, latest_ms),
        [BW_DATE_MDY] = read_as(import, BW_DATE_MDY, latest_ms)};
    if (order->slash.row != NULL) {
        return untold(import, &order->slash, "", readings, err);
    }
    bool other = is_likely(readings, BW_DATE_MDY);
    if (other && !is_likely(readings, BW_DATE_DMY)) {
        return untold(import, &order->hyphen,
            bw_said(", and with the day first its times would be to come or go back"),
            readings, err);
    }
    if (other && import->request->ret_questions != NULL &&
        readings[BW_DATE_DMY].hash != readings[BW_DATE_MDY].hash) {
        return ask(import, &order->hyphen, readings, err);
    }
    import->dates = BW_DATE_DMY;
    return BW_OK;
}

enum bw_status
bw_import_settle_dates(struct bw_import *import, int64_t latest_ms, struct bw_error *err)
{
    struct date_order order = {.whole_late = false};
    import->dates = import->request->dates;
    if (import->dates != BW_DATE_UNSAID) {
        return BW_OK;
    }
    hear_all(import, &order);
    bool dmy = order.dmy.row != NULL, mdy = order.mdy.row != NULL;
    bool past = latest_ms != BW_DATE_ANY, slash = order.slash.row != NULL;
    bool open = slash || order.hyphen.row != NULL;
    if (dmy && mdy) {
        return contradiction(import, &order, err);
    }
    if (past && dmy != mdy && !open && order.whole.row != NULL && !order.whole_late) {
        return exchanged(import, &order, err);
    }
    import->dates = mdy ? BW_DATE_MDY : BW_DATE_DMY;
    return !dmy && !mdy && (slash || (past && open))
               ? settle_open(import, &order, latest_ms, err)
               : BW_OK;
}
