/* Rows of people for staff: see rows.h. */
#include "rows.h"
#include "person.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum bw_status
bw_desk_rows_init(
    struct rows *rows, struct bw_desk *desk, int capacity, struct bw_error *err)
{
    assert(capacity > 0);
    *rows = (struct rows){.desk = desk, .capacity = capacity, .err = err};
    rows->items = calloc((size_t)capacity, sizeof *rows->items);
    if (rows->items == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "Listing people failed: this kiosk has too little memory. Close other "
            "programs, then try again.");
    }
    return BW_OK;
}

void
bw_desk_rows_give(struct rows *rows, struct bw_answer_list *list)
{
    list->entries = rows->items;
    list->count = rows->count;
    rows->items = NULL;
}

static void
note(struct rows *rows, enum bw_status status)
{
    if (rows->status == BW_OK) {
        rows->status = status;
    }
}

static struct bw_list_entry *
add(struct rows *rows)
{
    if (rows->count == rows->capacity) {
        return NULL;
    }
    struct bw_list_entry *row = &rows->items[rows->count++];
    *row = (struct bw_list_entry){.code = BW_CODE_NONE};
    return row;
}

static void
take_presence(struct bw_list_entry *row, const struct bw_attendance *who)
{
    row->present = who->in;
    row->left = who->left && !who->in;
    row->waiting = who->waiting;
    row->seen = who->seen;
    row->substitute = who->substitute;
    row->basis = who->basis;
    row->since_ms = row->left                        ? who->left_ms
                    : who->in && !who->since_suspect ? who->since_ms
                                                     : 0;
    row->waiting_ms = who->seen || who->waiting ? who->waiting_ms : 0;
}

struct bw_list_entry *
bw_desk_rows_add_registration(struct rows *rows, const struct bw_registration *r)
{
    struct bw_list_entry *row = add(rows);
    if (row == NULL) {
        return NULL;
    }
    row->kind = BW_ENTRY_REGISTRATION;
    row->code = r->code;
    row->status = r->status;
    row->person = r->person;
    const struct bw_attendance *who = bw_presence_of_code(rows->desk->presence, r->code);
    if (who != NULL) {
        take_presence(row, who);
    }
    const struct ledger_row *listed = bw_ledger_find(&rows->desk->ledger, r->code);
    if (listed != NULL) {
        row->position = bw_ledger_position(&rows->desk->ledger, listed);
    }
    return row;
}

static struct bw_list_entry *
add_stranger(struct rows *rows, const struct bw_attendance *who)
{
    struct bw_list_entry *row = add(rows);
    if (row == NULL) {
        return NULL;
    }
    note(rows, bw_desk_name(rows->desk, who, &row->person, rows->err));
    row->kind = who->subject.code == BW_CODE_NONE ? BW_ENTRY_WALK_IN : BW_ENTRY_GUEST;
    row->code = who->subject.code;
    row->event = who->first.device != 0 ? who->first : who->waiting_event;
    if (who->subject.code == BW_CODE_NONE) {
        row->event = who->subject.walk_in;
    }
    row->status = BW_CONFIRMED;
    take_presence(row, who);
    return row;
}

/* Among those inside stands who came, not who signed up. */
static void
take_substitute(
    struct rows *rows, struct bw_list_entry *row, const struct bw_attendance *who)
{
    struct bw_person person;
    note(rows, bw_desk_name(rows->desk, who, &person, rows->err));
    memcpy(row->person.first_name, person.first_name, sizeof person.first_name);
    memcpy(row->person.name, person.name, sizeof person.name);
}

struct bw_list_entry *
bw_desk_rows_add_code(struct rows *rows, bw_code code)
{
    struct bw_registration r;
    enum bw_status status = bw_store_registration(rows->desk->store, code, &r, rows->err);
    if (status == BW_OK) {
        return bw_desk_rows_add_registration(rows, &r);
    }
    note(rows, status == BW_NOT_FOUND ? BW_OK : status);
    return NULL;
}

struct bw_list_entry *
bw_desk_rows_add_person(struct rows *rows, const struct bw_attendance *who)
{
    struct bw_registration r;
    enum bw_status status = BW_NOT_FOUND;
    if (bw_ledger_find(&rows->desk->ledger, who->subject.code) != NULL) {
        status =
            bw_store_registration(rows->desk->store, who->subject.code, &r, rows->err);
    }
    if (status == BW_NOT_FOUND || status == BW_CORRUPT) {
        return add_stranger(rows, who); /* who is in is listed, whatever else is known */
    }
    if (status != BW_OK) {
        note(rows, status);
        return NULL;
    }
    struct bw_list_entry *row = bw_desk_rows_add_registration(rows, &r);
    if (row != NULL && who->substitute) {
        take_substitute(rows, row, who);
    }
    return row;
}
