/* One person out: see forget.h. */
#include "office/forget.h"

#include "central/base/array.h"
#include "office/entries.h"
#include "office/place/whole_person.h"
#include "office/step.h"

#include <stdio.h>
#include <stdlib.h>

struct forget_row {
    bw_code code;
    uint32_t session_no;
    bool stands; /* in a circle still to come */
    char session_code[BW_LABEL_BYTES];
};

struct forgetting {
    struct bw_office_forget result;
    struct bw_office_entry_of whom;
    struct bw_office_entries entries;
    struct forget_row *rows;
    size_t count, capacity;
    bool no_memory;
};

static bool
on_registration(const struct bw_sql_value *c, int count, void *context)
{
    struct forgetting *f = context;
    (void)count;
    struct forget_row *row =
        bw_array_more(&f->rows, &f->count, &f->capacity, sizeof *row);
    f->no_memory = row == NULL;
    if (row != NULL) {
        row->code = (bw_code)c[0].number;
        row->session_no = (uint32_t)c[1].number;
        row->stands = c[2].number != 0;
        (void)snprintf(row->session_code, sizeof row->session_code, "%s", c[3].text);
    }
    return row != NULL;
}

static enum bw_status
read_rows(const struct bw_office *office, int64_t person_no, struct forgetting *f,
    struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(person_no),
        bw_sql_int(bw_office_now_ms(office)), bw_sql_int(BW_CANCELLED)};
    enum bw_status status = bw_central_run(office->central,
        "SELECT r.code, r.session_no, CASE WHEN r.status <> $3 AND s.ends_ms > $2"
        " AND s.called_off_ms = 0 THEN 1 ELSE 0 END, s.code FROM registration r"
        " JOIN session s ON s.session_no = r.session_no WHERE r.person_no = $1"
        " ORDER BY s.starts_ms, r.code",
        values, 3, on_registration, f, err);
    return status == BW_OK && f->no_memory
               ? bw_error_set(err, BW_NO_MEMORY, 0, "forgetting somebody: no memory")
               : status;
}

static enum bw_status
forget_row(const struct bw_office *office, const struct forget_row *row,
    struct forgetting *f, struct bw_error *err)
{
    struct bw_central *central = office->central;
    struct bw_sql_value values[] = {bw_sql_int((int64_t)row->code),
        bw_sql_int(bw_office_now_ms(office)), bw_sql_int(BW_CANCELLED)};
    int64_t revision = 0;
    enum bw_status status = bw_step_keep_session(central, row->session_no, err);
    if (status == BW_OK) {
        status = bw_central_next_revision(central, row->session_no, &revision, err);
    }
    if (status == BW_OK && row->stands) {
        f->result.cancelled++;
        status = bw_central_run(central,
            "UPDATE registration SET status = $3, changed_ms = $2, doubt = 0,"
            " doubt_of = NULL WHERE code = $1",
            values, 3, NULL, NULL, err);
    }
    return status == BW_OK ? bw_office_forget_registration(
                                 central, row->code, revision, &f->result.gone, err)
                           : status;
}

static enum bw_status
refuse_to_come(const struct forgetting *f, struct bw_error *err)
{
    for (size_t i = 0; i < f->count; i++) {
        if (f->rows[i].stands) {
            char shown[BW_CODE_SHOWN_BYTES];
            bw_code_format_shown(f->rows[i].code, shown);
            return bw_error_set(err, BW_REFUSED, 0,
                "forgetting %s: %s is still to come, and they are to be there or wait; "
                "cancel that first, or say --yes, which cancels it",
                shown, f->rows[i].session_code);
        }
    }
    return BW_OK;
}

static enum bw_status
forget_people(const struct bw_office *office, const int64_t *numbers, size_t count,
    struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        struct bw_sql_value value = bw_sql_int(numbers[i]);
        status = bw_central_run(office->central,
            "UPDATE person SET identity = NULL, mail = '', mail_fold = ''"
            " WHERE person_no = $1",
            &value, 1, NULL, NULL, err);
    }
    struct bw_sql_value step = bw_sql_int(bw_central_step(office->central));
    if (status == BW_OK) {
        status = bw_central_run(office->central,
            "UPDATE step SET undone_by = -1 WHERE step_no = $1", &step, 1, NULL, NULL,
            err);
    }
    return status == BW_OK ? bw_office_forget_names(office->central, err) : status;
}

/* Before anything goes: what says whose it is, goes too. */
static enum bw_status
read_all(const struct bw_office *office, const int64_t *numbers, size_t count,
    struct forgetting *f, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    if (f->whom.person_no == 0) {
        return bw_office_entries_add(office->central, &f->whom, &f->entries, err);
    }
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        struct bw_office_entry_of of = {.person_no = numbers[i]};
        status = read_rows(office, numbers[i], f, err);
        if (status == BW_OK) {
            status = bw_office_entries_add(office->central, &of, &f->entries, err);
        }
    }
    return status;
}

static enum bw_status
forget_all(const struct bw_office *office, const int64_t *numbers, size_t count,
    bool anyway, struct forgetting *f, struct bw_error *err)
{
    enum bw_status status = read_all(office, numbers, count, f, err);
    if (status == BW_OK && !anyway) {
        status = refuse_to_come(f, err);
    }
    if (status == BW_OK) {
        status = bw_step_begin(office, "forget", "", "", 0, err);
    }
    for (size_t i = 0; status == BW_OK && i < f->count; i++) {
        status = forget_row(office, &f->rows[i], f, err);
    }
    if (status == BW_OK) {
        status =
            bw_office_forget_entries(office->central, &f->entries, &f->result.gone, err);
    }
    if (status == BW_OK) {
        status = forget_people(office, numbers, count, err);
    }
    return status;
}

enum bw_status
bw_office_forget(const struct bw_office *office, const char *typed, bool anyway,
    struct bw_office_forget *ret_forget, struct bw_error *err)
{
    struct forgetting f = {.rows = NULL};
    int64_t *numbers = NULL;
    size_t count = 0;
    /* the whole: steps of all sessions lose what they kept of them, for good */
    enum bw_status status = bw_central_begin(office->central, err);
    if (status == BW_OK) {
        status = bw_office_entry_of_typed(office->central, typed, &f.whom, err);
    }
    if (status == BW_OK && f.whom.person_no != 0) {
        status = bw_place_person_records(
            office->central, f.whom.person_no, &numbers, &count, err);
    }
    if (status == BW_OK) {
        f.result.records = (int64_t)count;
        status = forget_all(office, numbers, count, anyway, &f, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    free(numbers);
    free(f.rows);
    bw_office_entries_finish(&f.entries);
    if (status != BW_OK) {
        return status;
    }
    if (bw_central_sweep(office->central, &f.result.unswept) == BW_OK) {
        f.result.unswept = (struct bw_error){.status = BW_OK};
    }
    *ret_forget = f.result;
    return BW_OK;
}
