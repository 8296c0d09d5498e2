/* Lists for staff: search, expected, present, waitlist, offers. */
#include "entries.h"
#include "core/desk/base/handler.h"
#include "core/desk/base/person.h"
#include "core/desk/base/release.h"
#include "words.h"
#include "core/desk/base/door_queue.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PAGE_ROWS = 50, /* where the asker doesn't say */
    PAGE_ROWS_MAX = 200,
    OFFERS_MAX = 500,
    QUEUE_MAX = 512, /* people in the queue at the door */
    SORT_KEY_BYTES = 64,
};

/* ---- search ---- */

static bool
on_found(const struct bw_registration *registration, void *context)
{
    struct entries *entries = context;
    if (bw_desk_entries_add_registration(entries, registration) == NULL) {
        return false;
    }
    bw_desk_entries_add_others(entries, registration);
    return entries->count < entries->capacity;
}

static bool
is_listed(const struct entries *entries, bw_code code)
{
    for (int i = 0; i < entries->count; i++) {
        if (code != BW_CODE_NONE && entries->items[i].code == code) {
            return true;
        }
    }
    return false;
}

/* Those who came instead, of several who were on one place. */
struct instead {
    struct entries *entries;
    const char *query;
    enum bw_status status;
};

static void
on_instead(const struct bw_attendance *stay, void *context)
{
    struct instead *instead = context;
    struct entries *entries = instead->entries;
    struct bw_person person;
    if (!stay->substitute || instead->status != BW_OK) {
        return;
    }
    instead->status = bw_desk_name(entries->desk, stay, &person, entries->err);
    if (instead->status == BW_OK &&
        bw_desk_words_fit(instead->query, person.first_name, person.name)) {
        (void)bw_desk_entries_add_person(entries, stay);
    }
}

static enum bw_status
find_instead(struct entries *entries, const char *query, const struct bw_attendance *who)
{
    struct instead instead = {entries, query, BW_OK};
    if (!is_listed(entries, who->subject.code)) {
        bw_presence_stays(entries->desk->presence, who->subject, on_instead, &instead);
    }
    return instead.status;
}

/* Walk-ins, guests, and who came instead of somebody: by their own names, which stand on
 * no roster. */
static enum bw_status
find_strangers(struct entries *entries, const char *query)
{
    const struct bw_desk *desk = entries->desk;
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < bw_presence_size(desk->presence) &&
                       entries->count < entries->capacity;
         i++) {
        const struct bw_attendance *who = bw_presence_at(desk->presence, i);
        bool stranger = bw_ledger_find(&desk->ledger, who->subject.code) == NULL;
        bool came = who->attended || who->waiting;
        if (who->stays > 1 && !stranger) {
            status = find_instead(entries, query, who);
            continue;
        }
        if (!came || !(stranger || who->substitute) ||
            is_listed(entries, who->subject.code)) {
            continue;
        }
        struct bw_person person;
        status = bw_desk_name(entries->desk, who, &person, entries->err);
        if (status == BW_OK && bw_desk_words_fit(query, person.first_name, person.name)) {
            (void)bw_desk_entries_add_person(entries, who);
        }
    }
    return status;
}

/* The roster's come by name; strangers among them. */
static int
compare_names(const void *left, const void *right)
{
    const struct bw_list_entry *a = left;
    const struct bw_list_entry *b = right;
    char names[2][2 * BW_NAME_BYTES];
    bw_text_fold(bw_name_proper(a->person.name), false, names[0], sizeof names[0]);
    bw_text_fold(bw_name_proper(b->person.name), false, names[1], sizeof names[1]);
    int order = strcmp(names[0], names[1]);
    if (order == 0) {
        bw_text_fold(a->person.first_name, false, names[0], sizeof names[0]);
        bw_text_fold(b->person.first_name, false, names[1], sizeof names[1]);
        order = strcmp(names[0], names[1]);
    }
    if (order == 0 && a->code != b->code) {
        order = a->code < b->code ? -1 : 1;
    }
    return order;
}

static enum bw_status
search(struct entries *entries, const char *query)
{
    struct bw_desk *desk = entries->desk;
    enum bw_status status = bw_store_search(desk->store, desk->session.session_no, query,
        entries->capacity, on_found, entries, entries->err);
    int listed = entries->count;
    if (status == BW_OK) {
        status = find_strangers(entries, query);
    }
    if (status == BW_OK && entries->count > listed) {
        qsort(entries->items, (size_t)entries->count, sizeof *entries->items,
            compare_names);
    }
    return status == BW_OK ? entries->status : status;
}

enum bw_status
bw_desk_on_search(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    char query[BW_NAME_BYTES];
    enum bw_text_fault fault = bw_text_clean(command->search.text, BW_NAME_CHARS, query);
    if (fault != BW_TEXT_FINE) {
        return bw_error_set(&failure->error, BW_BAD_INPUT, 0,
            "Searching failed: the text %s. Type it again.",
            bw_said(bw_text_fault_name(fault)));
    }
    struct entries entries;
    bw_answer_init(answer, BW_ANSWER_LIST);
    enum bw_status status =
        bw_desk_entries_init(&entries, desk, BW_SEARCH_ROWS + 1, &failure->error);
    if (status == BW_OK) {
        status = search(&entries, query);
        answer->list.more = entries.count > BW_SEARCH_ROWS;
        entries.count -= answer->list.more;
        bw_desk_entries_give(&entries, &answer->list);
    }
    answer->list.total = answer->list.count;
    return status;
}

/* ---- pages ---- */

/* A page of a walk over people: those before it are passed over. */
struct page {
    struct entries entries;
    int first, skip; /* how many stand before it; and are still to be passed over */
    const struct bw_command_list *wants;
};

/* Who stands before the letter, of `total`, is passed over; past the last one the last
 * page is given. */
static void
skip_to_letter(struct page *page, int before, int total)
{
    int last = total - page->entries.capacity;
    page->first = before < total ? before : last > 0 ? last : 0;
    page->skip = page->first;
}

static bool
is_before(const char *key, char letter)
{
    return (unsigned char)key[0] < (unsigned char)letter;
}

static int
page_rows(const struct bw_command_list *command)
{
    if (command->limit <= 0) {
        return PAGE_ROWS;
    }
    return command->limit < PAGE_ROWS_MAX ? command->limit : PAGE_ROWS_MAX;
}

static bool
is_expected(const struct bw_desk *desk, bw_code code)
{
    const struct ledger_row *row = bw_ledger_find(&desk->ledger, code);
    return row != NULL && !row->in && row->status == BW_CONFIRMED;
}

static bool
on_expected(const struct bw_registration *registration, void *context)
{
    struct page *page = context;
    if (!is_expected(page->entries.desk, registration->code)) {
        return true;
    }
    if (page->skip > 0) {
        page->skip--;
        return true;
    }
    (void)bw_desk_entries_add_registration(&page->entries, registration);
    return page->entries.count < page->entries.capacity;
}

struct letter_before {
    const struct bw_desk *desk;
    char letter;
    int count;
};

/* In the order of names: it ends with the first that doesn't stand before. */
static bool
on_before(const struct bw_registration *registration, void *context)
{
    struct letter_before *before = context;
    char key[2 * BW_NAME_BYTES];
    bw_text_fold(bw_name_proper(registration->person.name), false, key, sizeof key);
    bool stands = is_before(key, before->letter);
    before->count += stands && is_expected(before->desk, registration->code);
    return stands;
}

static enum bw_status
list_expected(struct bw_desk *desk, struct page *page, struct bw_answer_list *ret_list,
    struct bw_error *err)
{
    ret_list->total = desk->ledger.confirmed - desk->ledger.confirmed_in;
    if (page->wants != NULL && page->wants->from != 0) {
        struct letter_before before = {.desk = desk, .letter = page->wants->from};
        enum bw_status status = bw_store_roster(desk->store, desk->session.session_no,
            BW_ROSTER_BY_NAME, on_before, &before, err);
        if (status != BW_OK) {
            return status;
        }
        skip_to_letter(page, before.count, ret_list->total);
    }
    return bw_store_roster(
        desk->store, desk->session.session_no, BW_ROSTER_BY_NAME, on_expected, page, err);
}

/* What sorting needs of a person, so that a full house costs little memory. */
struct present {
    char key[SORT_KEY_BYTES];
    const struct bw_attendance *who;
};

static int
compare_present(const void *left, const void *right)
{
    const struct present *a = left;
    const struct present *b = right;
    int order = strcmp(a->key, b->key);
    if (order != 0) {
        return order;
    }
    return a->who->since_ms < b->who->since_ms ? -1 : a->who->since_ms > b->who->since_ms;
}

/* The newest first. */
static int
compare_times(const void *left, const void *right)
{
    const struct present *a = left;
    const struct present *b = right;
    if (a->who->since_ms != b->who->since_ms) {
        return a->who->since_ms > b->who->since_ms ? -1 : 1;
    }
    return compare_present(left, right);
}

static enum bw_status
sort_key(struct bw_desk *desk, const struct bw_attendance *who,
    char ret_key[SORT_KEY_BYTES], struct bw_error *err)
{
    struct bw_person person;
    char full[2 * BW_NAME_BYTES];
    enum bw_status status = bw_desk_name(desk, who, &person, err);
    (void)snprintf(
        full, sizeof full, "%s %s", bw_name_proper(person.name), person.first_name);
    bw_text_fold(full, false, ret_key, SORT_KEY_BYTES);
    return status;
}

static bool
is_guest(const struct bw_attendance *who)
{
    return who->guest || who->subject.code == BW_CODE_NONE;
}

/* In order, a page of them. */
static void
give_present(const struct bw_command_list *wants, struct present *present, int count,
    struct page *page)
{
    bool by_time = wants != NULL && wants->by_time;
    qsort(present, (size_t)count, sizeof *present,
        by_time ? compare_times : compare_present);
    if (wants != NULL && wants->from != 0 && !by_time) {
        int before = 0;
        while (before < count && is_before(present[before].key, wants->from)) {
            before++;
        }
        skip_to_letter(page, before, count);
    }
    for (int i = page->skip; i < count && page->entries.count < page->entries.capacity;
         i++) {
        (void)bw_desk_entries_add_person(&page->entries, present[i].who);
    }
}

static enum bw_status
list_present(struct bw_desk *desk, struct page *page, struct bw_answer_list *ret_list,
    struct bw_error *err)
{
    int room = bw_presence_in(desk->presence);
    bool guests = page->wants != NULL && page->wants->filter == BW_LIST_GUESTS;
    if (room == 0) {
        return BW_OK;
    }
    struct present *present = calloc((size_t)room, sizeof *present);
    if (present == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "Listing who is present failed: this kiosk has too little memory. Close "
            "other programs, then try again.");
    }
    int count = 0;
    enum bw_status status = BW_OK;
    for (size_t i = 0;
         status == BW_OK && i < bw_presence_size(desk->presence) && count < room; i++) {
        const struct bw_attendance *who = bw_presence_at(desk->presence, i);
        if (who->in && (!guests || is_guest(who))) {
            present[count].who = who;
            status = sort_key(desk, who, present[count].key, err);
            count++;
        }
    }
    ret_list->total = count;
    give_present(page->wants, present, count, page);
    free(present);
    return status;
}

/* Those who wait, in the order of offers: the waitlist, then the queue at the door. */
static enum bw_status
list_waiting(struct bw_desk *desk, struct page *page, struct bw_answer_list *ret_list,
    struct bw_error *err)
{
    (void)err;
    const struct waitlist *list = &desk->ledger.waitlist;
    struct entries *entries = &page->entries;
    for (size_t i = 0; i < list->count && entries->count < entries->capacity; i++) {
        const struct ledger_row *row = &desk->ledger.rows[list->waiters[i].row];
        if (!bw_ledger_row_waits(row)) {
            continue;
        }
        if (page->skip > 0) {
            page->skip--;
            continue;
        }
        (void)bw_desk_entries_add_code(entries, row->code);
    }
    const struct bw_attendance *queue[QUEUE_MAX];
    int standing = bw_desk_queue(desk, queue, QUEUE_MAX);
    ret_list->total = list->still_count + standing;
    for (int i = 0; i < standing && i < QUEUE_MAX && entries->count < entries->capacity;
         i++) {
        if (page->skip > 0) {
            page->skip--;
            continue;
        }
        struct bw_list_entry *added = bw_desk_entries_add_person(entries, queue[i]);
        if (added != NULL) {
            added->position = list->still_count + i + 1;
        }
    }
    return BW_OK;
}

typedef enum bw_status lister(struct bw_desk *desk, struct page *page,
    struct bw_answer_list *ret_list, struct bw_error *err);

/* `wants` may be NULL: all, from the first on. */
static enum bw_status
give_page(struct bw_desk *desk, lister *list, int capacity,
    const struct bw_command_list *wants, struct bw_answer *answer, struct bw_error *err)
{
    struct page page = {.wants = wants};
    page.first = page.skip = wants != NULL && wants->offset > 0 ? wants->offset : 0;
    bw_answer_init(answer, BW_ANSWER_LIST);
    struct bw_answer_list *given = &answer->list;
    enum bw_status status = bw_desk_entries_init(&page.entries, desk, capacity, err);
    if (status == BW_OK) {
        status = list(desk, &page, given, err);
        given->first = page.first;
        status = status == BW_OK ? page.entries.status : status;
        bw_desk_entries_give(&page.entries, given);
    }
    given->more = given->total > given->first + given->count;
    return status;
}

enum bw_status
bw_desk_on_list(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    lister *list = NULL;
    switch (command->list.filter) {
    case BW_LIST_EXPECTED:
        list = list_expected;
        break;
    case BW_LIST_PRESENT:
    case BW_LIST_GUESTS:
        list = list_present;
        break;
    case BW_LIST_FILTERS:
        break;
    case BW_LIST_WAITLIST:
        list = list_waiting;
        break;
    }
    if (list == NULL) {
        return bw_error_set(&failure->error, BW_BAD_INPUT, 0,
            "Listing people failed: there is no such list. Choose expected, "
            "present, waitlist or guests.");
    }
    return give_page(
        desk, list, page_rows(&command->list), &command->list, answer, &failure->error);
}

enum bw_status
bw_desk_on_offers(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    (void)command;
    struct bw_ledger sum;
    bw_desk_sum(desk, &sum);
    enum bw_status status =
        give_page(desk, list_waiting, OFFERS_MAX, NULL, answer, &failure->error);
    answer->list.free = sum.free;
    answer->list.lead = sum.lead;
    return status;
}
