/* Entries of people in lists for staff: see entries.h. */
#include "entries.h"
#include "core/desk/base/person.h"
#include "core/desk/base/record.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum bw_status
bw_desk_entries_init(
    struct entries *entries, struct bw_desk *desk, int capacity, struct bw_error *err)
{
    assert(capacity > 0);
    *entries = (struct entries){.desk = desk, .capacity = capacity, .err = err};
    entries->items = calloc((size_t)capacity, sizeof *entries->items);
    if (entries->items == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "Listing people failed: this kiosk has too little memory. Close other "
            "programs, then try again.");
    }
    return BW_OK;
}

void
bw_desk_entries_give(struct entries *entries, struct bw_answer_list *list)
{
    list->entries = entries->items;
    list->count = entries->count;
    list->names_locked = bw_desk_names_locked(entries->desk);
    entries->items = NULL;
}

static void
note(struct entries *entries, enum bw_status status)
{
    if (entries->status == BW_OK) {
        entries->status = status;
    }
}

static struct bw_list_entry *
add(struct entries *entries)
{
    if (entries->count == entries->capacity) {
        return NULL;
    }
    struct bw_list_entry *entry = &entries->items[entries->count++];
    *entry = (struct bw_list_entry){.code = BW_CODE_NONE};
    return entry;
}

static void
fill_presence(struct bw_list_entry *entry, const struct bw_attendance *who)
{
    entry->present = who->in;
    entry->left = who->left && !who->in;
    entry->waiting = who->waiting;
    entry->seen = who->seen;
    entry->substitute = who->substitute;
    entry->basis = who->basis;
    entry->since_ms = entry->left                      ? who->left_ms
                      : who->in && !who->since_suspect ? who->since_ms
                                                       : 0;
    entry->came_ms = who->attended && !who->since_suspect ? who->since_ms : 0;
    if (who->visit_count > 0) {
        entry->arrival = who->arrivals[who->arrivals_count - 1];
    }
    entry->waiting_ms = who->seen || who->waiting ? who->waiting_ms : 0;
}

struct bw_list_entry *
bw_desk_entries_add_registration(struct entries *entries, const struct bw_registration *r)
{
    struct bw_list_entry *entry = add(entries);
    if (entry == NULL) {
        return NULL;
    }
    entry->kind = BW_ENTRY_REGISTRATION;
    entry->code = r->code;
    entry->status = r->status;
    entry->person = r->person;
    const struct bw_attendance *who =
        bw_presence_of_code(entries->desk->presence, r->code);
    if (who != NULL) {
        fill_presence(entry, who);
    }
    const struct ledger_row *listed = bw_ledger_find(&entries->desk->ledger, r->code);
    if (listed != NULL) {
        entry->position = bw_ledger_position(&entries->desk->ledger, listed);
    }
    return entry;
}

static struct bw_list_entry *
add_stranger(struct entries *entries, const struct bw_attendance *who)
{
    struct bw_list_entry *entry = add(entries);
    if (entry == NULL) {
        return NULL;
    }
    note(entries, bw_desk_name(entries->desk, who, &entry->person, entries->err));
    entry->kind = who->subject.code == BW_CODE_NONE ? BW_ENTRY_WALK_IN : BW_ENTRY_GUEST;
    entry->code = who->subject.code;
    entry->event = who->first.device != 0 ? who->first : who->waiting_event;
    if (who->subject.code == BW_CODE_NONE) {
        entry->event = who->subject.walk_in;
    }
    entry->status = BW_CONFIRMED;
    fill_presence(entry, who);
    return entry;
}

/* Among those inside stands who came, not who signed up. */
static void
name_substitute(
    struct entries *entries, struct bw_list_entry *entry, const struct bw_attendance *who)
{
    struct bw_person person;
    note(entries, bw_desk_name(entries->desk, who, &person, entries->err));
    memcpy(entry->person.first_name, person.first_name, sizeof person.first_name);
    memcpy(entry->person.name, person.name, sizeof person.name);
}

struct bw_list_entry *
bw_desk_entries_add_code(struct entries *entries, bw_code code)
{
    struct bw_registration r;
    enum bw_status status =
        bw_store_registration(entries->desk->store, code, &r, entries->err);
    if (status == BW_OK) {
        return bw_desk_entries_add_registration(entries, &r);
    }
    note(entries, status == BW_NOT_FOUND ? BW_OK : status);
    return NULL;
}

struct bw_list_entry *
bw_desk_entries_add_person(struct entries *entries, const struct bw_attendance *who)
{
    struct bw_registration r;
    enum bw_status status = BW_NOT_FOUND;
    if (bw_ledger_find(&entries->desk->ledger, who->subject.code) != NULL) {
        status = bw_store_registration(
            entries->desk->store, who->subject.code, &r, entries->err);
    }
    if (status == BW_NOT_FOUND || status == BW_CORRUPT) {
        return add_stranger(
            entries, who); /* who is in is listed, whatever else is known */
    }
    if (status != BW_OK) {
        note(entries, status);
        return NULL;
    }
    struct bw_list_entry *entry = bw_desk_entries_add_registration(entries, &r);
    if (entry != NULL && who->substitute) {
        name_substitute(entries, entry, who);
    }
    return entry;
}

/* ---- others who were on the place ---- */

struct others {
    struct entries *entries;
    const struct bw_attendance *last; /* who is on it now, or was last */
    enum bw_registration_status status;
};

static void
on_stay(const struct bw_attendance *stay, void *context)
{
    struct others *others = context;
    struct entries *entries = others->entries;
    bool last = stay->first.device == others->last->first.device &&
                stay->first.seq == others->last->first.seq;
    struct bw_list_entry *entry = last ? NULL : add(entries);
    if (entry == NULL) {
        return;
    }
    entry->kind = BW_ENTRY_REGISTRATION;
    entry->code = stay->subject.code;
    entry->status = others->status;
    note(entries, bw_desk_name(entries->desk, stay, &entry->person, entries->err));
    fill_presence(entry, stay);
    entry->present = false; /* another has the place now */
}

void
bw_desk_entries_add_others(struct entries *entries, const struct bw_registration *r)
{
    const struct bw_attendance *who =
        bw_presence_of_code(entries->desk->presence, r->code);
    if (who != NULL) {
        struct others others = {.entries = entries, .last = who, .status = r->status};
        bw_presence_stays(entries->desk->presence, who->subject, on_stay, &others);
    }
}
