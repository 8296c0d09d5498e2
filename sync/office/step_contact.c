/* How the organiser is called, in a step: see step_contact.h. */
#include "office/step_contact.h"

#include "central/records.h"
#include "office/mail/told.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Each by its option; with the statements that keep its column for step $2, and put back
 * what step $1 keeps of it. */
#define ROW(name, column)                                                                \
    name, "UPDATE central SET " column " = $1 WHERE one = 1",                            \
        "SELECT " column " FROM central WHERE one = 1",                                  \
        "INSERT INTO setting (step_no, name, value) SELECT CAST($2 AS BIGINT), x.name,"  \
        " c." column " FROM setting x CROSS JOIN central c WHERE x.step_no = $1"         \
        " AND x.name = 'was " name "'",                                                  \
        "UPDATE central SET " column " = x.value FROM setting x WHERE x.step_no = $1"    \
        " AND x.name = 'was " name "'"

enum row { ROW_ORGANISER, ROW_PHONE, ROW_PRIVACY, ROW_MAIL, ROW_CONTACT, ROWS };

static const struct contact_row {
    const char *name, *set, *get, *keep, *put_back;
    size_t chars_max;
} rows[ROWS] = {
    [ROW_ORGANISER] = {ROW("organiser", "organiser"), BW_TITLE_CHARS},
    [ROW_PHONE] = {ROW("phone", "phone"), BW_LABEL_BYTES - 1},
    [ROW_PRIVACY] = {ROW("privacy-url", "privacy_url"), BW_TITLE_CHARS},
    [ROW_MAIL] = {ROW("mail-from", "mail"), BW_TITLE_CHARS},
    [ROW_CONTACT] = {ROW("contact", "contact"), BW_TITLE_CHARS},
};

/* ---- writing ---- */

struct contact_putting {
    const struct bw_office *office;
    bool as_step, changed;
    char about[BW_TITLE_BYTES]; /* names of what is given */
    struct bw_error *err;
};

static bool
on_text(const struct bw_sql_value *c, int count, void *context)
{
    char *text = context;
    (void)count;
    bw_text_copy(text, BW_TITLE_BYTES, c[0].text);
    return false;
}

static enum bw_status
clean(const struct contact_putting *p, const struct contact_row *row, const char *given,
    char ret_clean[BW_TITLE_BYTES])
{
    enum bw_text_fault fault = bw_text_clean(given, row->chars_max, ret_clean);
    if (fault != BW_TEXT_FINE) {
        return bw_error_about(p->err,
            bw_error_set(p->err, BW_BAD_INPUT, 0,
                "setting up %s: \"%s\" %s; give another text",
                bw_central_name(p->office->central), given,
                bw_said(bw_text_fault_name(fault))),
            row->name);
    }
    if (row == &rows[ROW_MAIL] && !bw_told_address_is_fine(given)) {
        return bw_error_about(p->err,
            bw_error_set(p->err, BW_BAD_INPUT, 0,
                "setting up %s: \"%s\" is no address that mail could come from",
                bw_central_name(p->office->central), given),
            row->name);
    }
    return BW_OK;
}

/* ST1 */
static enum bw_status
keep_before(struct contact_putting *p, const struct contact_row *row, const char *before)
{
    struct bw_central *central = p->office->central;
    char name[BW_LABEL_BYTES];
    enum bw_status status = BW_OK;
    if (!p->changed) {
        status = bw_step_begin(p->office, "settings", p->about, "", 0, p->err);
    }
    (void)snprintf(name, sizeof name, "was %s", row->name);
    struct bw_sql_value values[] = {
        bw_sql_int(bw_central_step(central)), bw_sql_text(name), bw_sql_text(before)};
    return status != BW_OK
               ? status
               : bw_central_run(central,
                     "INSERT INTO setting (step_no, name, value) VALUES ($1, $2, $3)",
                     values, 3, NULL, NULL, p->err);
}

/* What is given, cleaned, and what stands there; NULL is given as that. */
static enum bw_status
look_one(const struct contact_putting *p, const struct contact_row *row,
    const char *given, char ret_text[BW_TITLE_BYTES], char ret_before[BW_TITLE_BYTES])
{
    enum bw_status status = bw_central_run(
        p->office->central, row->get, NULL, 0, on_text, ret_before, p->err);
    if (status == BW_OK && given == NULL) {
        memcpy(ret_text, ret_before, BW_TITLE_BYTES);
        return BW_OK;
    }
    return status == BW_OK ? clean(p, row, given, ret_text) : status;
}

static enum bw_status
put_one(struct contact_putting *p, const struct contact_row *row, const char *given)
{
    char text[BW_TITLE_BYTES] = "", before[BW_TITLE_BYTES] = "";
    enum bw_status status = look_one(p, row, given, text, before);
    if (status != BW_OK || strcmp(text, before) == 0) {
        return status;
    }
    if (p->as_step) {
        status = keep_before(p, row, before);
    }
    p->changed = true;
    struct bw_sql_value value = bw_sql_text(text);
    return status == BW_OK ? bw_central_run(p->office->central, row->set, &value, 1, NULL,
                                 NULL, p->err)
                           : status;
}

/* Beside the rows. */
static void
given_of(const struct bw_office_settings *settings, const char *ret_given[ROWS])
{
    ret_given[ROW_ORGANISER] = settings->organiser;
    ret_given[ROW_PHONE] = settings->phone;
    ret_given[ROW_PRIVACY] = settings->privacy_url;
    ret_given[ROW_MAIL] = settings->mail;
    ret_given[ROW_CONTACT] = settings->contact;
}

enum bw_status
bw_step_contact_differs(const struct bw_office *office,
    const struct bw_office_settings *settings, bool *ret_differs, struct bw_error *err)
{
    struct contact_putting p = {.office = office, .err = err};
    const char *given[ROWS];
    enum bw_status status = BW_OK;
    bool differs = false;
    given_of(settings, given);
    for (int i = 0; status == BW_OK && i < ROWS; i++) {
        char text[BW_TITLE_BYTES] = "", before[BW_TITLE_BYTES] = "";
        status = look_one(&p, &rows[i], given[i], text, before);
        differs = differs || strcmp(text, before) != 0;
    }
    if (status == BW_OK) {
        *ret_differs = differs;
    }
    return status;
}

enum bw_status
bw_step_contact_put(const struct bw_office *office,
    const struct bw_office_settings *settings, bool as_step, bool *ret_changed,
    struct bw_error *err)
{
    struct contact_putting p = {.office = office, .as_step = as_step, .err = err};
    const char *given[ROWS];
    enum bw_status status = BW_OK;
    size_t used = 0;
    given_of(settings, given);
    for (int i = 0; i < ROWS; i++) {
        if (given[i] != NULL && used < sizeof p.about) {
            used += (size_t)snprintf(p.about + used, sizeof p.about - used, "%s%s",
                used > 0 ? " " : "", rows[i].name);
        }
    }
    for (int i = 0; status == BW_OK && i < ROWS; i++) {
        status = put_one(&p, &rows[i], given[i]);
    }
    if (status == BW_OK) {
        *ret_changed = p.changed;
    }
    return status;
}

/* ---- taking back ---- */

enum bw_status
bw_step_contact_check(struct bw_central *central, int64_t step_no, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(step_no);
    int64_t later = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT coalesce(min(t.step_no), 0) FROM setting x JOIN setting y"
        " ON y.name = x.name AND y.step_no > x.step_no"
        " JOIN step t ON t.step_no = y.step_no WHERE x.step_no = $1"
        " AND x.name LIKE 'was %' AND t.undone_by = 0 AND t.undoes <= x.step_no",
        &value, 1, 0, &later, err);
    return status == BW_OK && later != 0
               ? bw_error_set(err, BW_REFUSED, 0,
                     "taking back step %" PRId64 ": step %" PRId64
                     " was built on it; take that back first (log)",
                     step_no, later)
               : status;
}

enum bw_status
bw_step_contact_put_back(
    struct bw_central *central, int64_t step_no, int64_t own_no, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(step_no), bw_sql_int(own_no)};
    enum bw_status status = BW_OK;
    for (int i = 0; status == BW_OK && i < ROWS; i++) {
        status = bw_central_run(central, rows[i].keep, values, 2, NULL, NULL, err);
        if (status == BW_OK) {
            status =
                bw_central_run(central, rows[i].put_back, values, 1, NULL, NULL, err);
        }
    }
    return status;
}

enum bw_status
bw_step_contact_changed_ms(
    struct bw_central *central, int64_t *ret_ms, struct bw_error *err)
{
    return bw_central_number(central,
        "SELECT coalesce(max(t.at_ms), 0) FROM setting x"
        " JOIN step t ON t.step_no = x.step_no"
        " WHERE x.name IN ('was organiser', 'was phone', 'was privacy-url')",
        NULL, 0, 0, ret_ms, err);
}
