/* See sent.h. */
#include "exchange/kiosk/sent.h"

#include "central/base/array.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sent_reading {
    struct bw_kiosk_sent_list *list;
    bool no_memory;
};

static bool
on_sent(const struct bw_store_sent *sent, void *context)
{
    struct sent_reading *reading = context;
    struct bw_kiosk_sent_list *list = reading->list;
    struct bw_store_sent *item =
        bw_array_more(&list->items, &list->count, &list->capacity, sizeof *item);
    reading->no_memory = item == NULL;
    if (item) {
        *item = *sent;
    }
    return item != NULL;
}

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0,
        "remembering letters that were sent: out of memory; close other programs");
}

enum bw_status
bw_kiosk_sent_read(struct bw_store *store, const char *uri,
    struct bw_kiosk_sent_list *ret_list, struct bw_error *err)
{
    struct bw_kiosk_sent_list list = {.items = NULL};
    struct sent_reading reading = {.list = &list};
    unsigned char digest[16];
    (void)crypto_generichash(
        digest, sizeof digest, (const unsigned char *)uri, strlen(uri), NULL, 0);
    (void)sodium_bin2hex(list.carrier, sizeof list.carrier, digest, 8);
    enum bw_status status = bw_store_sent(store, list.carrier, on_sent, &reading, err);
    if (status == BW_OK && reading.no_memory) {
        status = no_memory(err);
    }
    if (status != BW_OK) {
        bw_kiosk_sent_finish(&list);
        return status;
    }
    *ret_list = list;
    return BW_OK;
}

void
bw_kiosk_sent_finish(struct bw_kiosk_sent_list *list)
{
    if (list) {
        free(list->items);
        *list = (struct bw_kiosk_sent_list){.items = NULL};
    }
}

enum bw_status
bw_kiosk_sent_add(struct bw_store *store, struct bw_kiosk_sent_list *list,
    const struct bw_kiosk_letter *letter, struct bw_error *err)
{
    struct bw_store_sent *item =
        bw_array_more(&list->items, &list->count, &list->capacity, sizeof *item);
    if (!item) {
        return no_memory(err);
    }
    (void)snprintf(item->carrier, sizeof item->carrier, "%s", list->carrier);
    (void)snprintf(item->name, sizeof item->name, "%s", letter->name);
    item->from = letter->from;
    item->to = letter->to;
    item->counter = letter->counter;
    memcpy(item->hash, letter->hash, sizeof item->hash);
    return bw_store_put_sent(store, item, err);
}

/* Forgets item `i`; the last one takes its place. */
static enum bw_status
forget(struct bw_store *store, struct bw_kiosk_sent_list *list, size_t i,
    struct bw_error *err)
{
    enum bw_status status =
        bw_store_drop_sent(store, list->carrier, list->items[i].name, err);
    if (status == BW_OK) {
        list->items[i] = list->items[--list->count];
    }
    return status;
}

enum bw_status
bw_kiosk_sent_drop_all(
    struct bw_store *store, struct bw_kiosk_sent_list *list, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    while (status == BW_OK && list->count > 0) {
        status = forget(store, list, list->count - 1, err);
    }
    return status;
}

/* Whether the carrier still holds it as it was; of one that is too slow that is believed
 * (CA5). */
static enum bw_status
is_there(struct bw_carrier *carrier, const struct bw_store_sent *sent, int *inout_slow,
    bool *ret_there, bool *ret_altered, struct bw_error *err)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    uint8_t hash[BW_HASH_BYTES];
    struct bw_error why = {.text = ""};
    enum bw_status status =
        bw_carrier_get(carrier, sent->name, BW_LETTER_BYTES_MAX, &bytes, &length, &why);
    *ret_there = *ret_altered = false;
    if (bw_carrier_was_slow(&why) && ++*inout_slow < BW_CARRIER_SLOW_MOST) {
        *ret_there = true;
        return BW_OK;
    }
    if (status == BW_OFFLINE || status == BW_NO_MEMORY) {
        return bw_error_set(err, status, why.os_errno, "%s", why.text);
    }
    if (status == BW_OK) {
        bw_kiosk_hash(bytes, length, hash);
        free(bytes);
        *ret_there = memcmp(hash, sent->hash, sizeof hash) == 0;
    }
    *ret_altered = status != BW_NOT_FOUND && !*ret_there;
    return BW_OK;
}

static bool
is_waiting(const struct bw_store_sent *sent, uint64_t acknowledged)
{
    return sent->to == 0 || sent->to > acknowledged;
}

struct sent_listed {
    const struct bw_kiosk_sent_list *list;
    bool *there; /* one for each of the list's */
};

static bool
on_there(
    void *context, const char *name, const struct bw_letter_name *parsed, uint64_t bytes)
{
    (void)parsed, (void)bytes;
    struct sent_listed *listed = context;
    for (size_t i = 0; i < listed->list->count; i++) {
        if (strcmp(listed->list->items[i].name, name) == 0) {
            listed->there[i] = true;
        }
    }
    return true;
}

/* What a carrier fails with, memory aside, is its own affair. */
static enum bw_status
carrier_fault(enum bw_status status, const struct bw_error *why, struct bw_error *err)
{
    return bw_error_set(err, status == BW_NO_MEMORY ? BW_NO_MEMORY : BW_OFFLINE,
        why->os_errno, "%s", why->text);
}

/* One list instead of every letter. */
static enum bw_status
check_brief(struct bw_store *store, struct bw_carrier *carrier,
    struct bw_kiosk_sent_list *list, uint64_t acknowledged, struct bw_error *err)
{
    struct bw_error why = {.text = ""};
    struct sent_listed listed = {
        .list = list, .there = calloc(list->count, sizeof *listed.there)};
    if (!listed.there) {
        return no_memory(err);
    }
    enum bw_status status = bw_carrier_list(carrier, on_there, &listed, &why);
    status = status == BW_OK ? BW_OK : carrier_fault(status, &why, err);
    for (size_t i = list->count; status == BW_OK && i-- > 0;) {
        if (!listed.there[i] && is_waiting(&list->items[i], acknowledged)) {
            status = forget(store, list, i, err);
        }
    }
    free(listed.there);
    return status;
}

enum bw_status
bw_kiosk_sent_check(struct bw_kiosk_exchange *exchange, struct bw_carrier *carrier,
    struct bw_kiosk_sent_list *list, uint64_t acknowledged, struct bw_error *err)
{
    struct bw_store *store = exchange->store;
    enum bw_status status = BW_OK;
    int slow = 0;
    if (exchange->brief && list->count > 0) {
        return check_brief(store, carrier, list, acknowledged, err);
    }
    for (size_t i = list->count; status == BW_OK && i-- > 0;) {
        const struct bw_store_sent *sent = &list->items[i];
        bool there = true, altered = false;
        if (!is_waiting(sent, acknowledged)) {
            continue;
        }
        status = is_there(carrier, sent, &slow, &there, &altered, err);
        if (status == BW_OK && altered) {
            struct bw_error ignored;
            (void)!bw_carrier_remove(carrier, sent->name, &ignored);
        }
        if (status == BW_OK && !there) {
            status = forget(store, list, i, err);
        }
    }
    return status;
}

bool
bw_kiosk_sent_introduction(const struct bw_kiosk_sent_list *list, uint32_t number)
{
    for (size_t i = 0; i < list->count; i++) {
        struct bw_letter_name parsed;
        if (bw_letter_name_parse(list->items[i].name, &parsed) &&
            parsed.kind == BW_LETTER_INTRODUCTION && parsed.device == number) {
            return true;
        }
    }
    return false;
}

uint64_t
bw_kiosk_sent_counter(const struct bw_kiosk_sent_list *list)
{
    uint64_t counter = 0;
    for (size_t i = 0; i < list->count; i++) {
        counter = list->items[i].counter > counter ? list->items[i].counter : counter;
    }
    return counter;
}

/* The last number of a letter that holds `seq`; 0: none does. */
static uint64_t
held_to(const struct bw_kiosk_sent_list *list, uint64_t seq)
{
    uint64_t to = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct bw_store_sent *sent = &list->items[i];
        if (sent->from > 0 && sent->from <= seq && seq <= sent->to && sent->to > to) {
            to = sent->to;
        }
    }
    return to;
}

bool
bw_kiosk_sent_gap(const struct bw_kiosk_sent_list *list, uint64_t from, uint64_t to,
    uint64_t *ret_from, uint64_t *ret_to)
{
    uint64_t held = 0;
    while (from <= to && (held = held_to(list, from)) > 0) {
        from = held + 1;
    }
    if (from > to) {
        return false;
    }
    uint64_t end = to;
    for (size_t i = 0; i < list->count; i++) {
        const struct bw_store_sent *sent = &list->items[i];
        if (sent->from > from && sent->from <= end) {
            end = sent->from - 1;
        }
    }
    *ret_from = from;
    *ret_to = end;
    return true;
}

uint64_t
bw_kiosk_sent_covered(const struct bw_kiosk_sent_list *list, uint64_t after)
{
    uint64_t held = 0;
    while ((held = held_to(list, after + 1)) > 0) {
        after = held;
    }
    return after;
}

struct hellos {
    uint32_t device;
    const struct bw_kiosk_sent_list *list;
    char names[32][BW_LETTER_NAME_BYTES]; /* to go; what is over goes the next time */
    int count;
    uint64_t counter;
};

/* An own hello alone that isn't the one of `counter`: known, or put by a killed push. */
static bool
on_carried(
    void *context, const char *name, const struct bw_letter_name *parsed, uint64_t bytes)
{
    (void)bytes;
    struct hellos *hellos = context;
    bool hello = parsed->kind == BW_LETTER_EVENTS && parsed->device == hellos->device &&
                 parsed->to == 0;
    for (size_t i = 0; hello && i < hellos->list->count; i++) {
        const struct bw_store_sent *sent = &hellos->list->items[i];
        hello = strcmp(sent->name, name) != 0 || sent->counter < hellos->counter;
    }
    if (hello) {
        (void)snprintf(hellos->names[hellos->count++], BW_LETTER_NAME_BYTES, "%s", name);
    }
    return hellos->count < (int)(sizeof hellos->names / sizeof hellos->names[0]);
}

enum bw_status
bw_kiosk_sent_drop_hellos(struct bw_store *store, struct bw_carrier *carrier,
    struct bw_kiosk_sent_list *list, uint64_t counter, struct bw_error *err)
{
    struct hellos hellos = {.list = list, .counter = counter};
    hellos.device = bw_store_enrolment(store)->device;
    struct bw_error why = {.text = ""};
    enum bw_status status = bw_carrier_list(carrier, on_carried, &hellos, &why);
    for (int i = 0; status == BW_OK && i < hellos.count; i++) {
        status = bw_carrier_remove(carrier, hellos.names[i], &why);
    }
    if (status != BW_OK) {
        return carrier_fault(status, &why, err);
    }
    for (size_t i = list->count; status == BW_OK && i-- > 0;) {
        if (list->items[i].to == 0 && list->items[i].counter < counter &&
            list->items[i].counter > 0) {
            status = forget(store, list, i, err);
        }
    }
    return status;
}
