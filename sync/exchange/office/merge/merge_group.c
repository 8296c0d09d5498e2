/* Events letters, several in one transaction: see merge_letter.h.
 *
 * Those whose kiosks no other worker is at go first, then the rest, each when its turn
 * comes. Where one can't be taken, the transaction is undone and each goes alone, so that
 * the one at fault is known. */
#include "exchange/office/merge/merge_events.h"
#include "exchange/office/merge/merge_letter.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A letter that was opened and read. */
struct opened {
    struct bw_arriving *arriving;
    char *content;
    size_t content_bytes;
    struct bw_merge_events events;
};

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(
        err, BW_NO_MEMORY, 0, "merging events: out of memory; close other programs");
}

static void
events_tell(const struct bw_arriving *arriving, const struct bw_merged_events *merged)
{
    struct bw_round_summary *summary = arriving->merge->summary;
    uint32_t device = arriving->kiosk.device;
    summary->events += merged->events;
    summary->accepted += merged->accepted;
    summary->quarantined += merged->quarantined;
    if (merged->quarantined > 0) {
        bw_round_note(summary,
            "%" PRId64 " events of kiosk %u (\"%s\") are in quarantine and count "
            "nowhere; conflicts lists them, settle decides.",
            merged->quarantined, device, arriving->kiosk.name);
    }
    if (merged->details_lost > 0) {
        bw_round_note(summary,
            "Details of %" PRId64 " events of kiosk %u don't open or don't fit their "
            "events; the events count without them.",
            merged->details_lost, device);
    }
    if (merged->new_epoch > 0) {
        summary->new_epoch = merged->new_epoch;
        bw_round_note(summary,
            "This central database was put back from a copy: kiosk %u holds a roster "
            "that it never gave. It begins epoch %u; every kiosk gets a whole roster, "
            "and what was changed after the copy was made has to be done again.",
            device, merged->new_epoch);
    }
}

/* ---- in the transaction ---- */

static int
compare_numbers(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Takes the rows of the letters' kiosks. Those that are had stand first in `letters`, in
 * their order, then the others; *ret_held is how many. */
static enum bw_status
kiosks_lock(struct opened **letters, size_t count, bool waits, size_t *ret_held,
    struct bw_error *err)
{
    uint32_t devices[BW_MERGE_TOGETHER];
    bool held[BW_MERGE_TOGETHER];
    struct opened *others[BW_MERGE_TOGETHER];
    size_t some = 0, first = 0, left = 0;
    for (size_t i = 0; i < count; i++) {
        devices[i] = letters[i]->arriving->head.writer;
    }
    qsort(devices, count, sizeof devices[0], compare_numbers);
    for (size_t i = 0; i < count; i++) {
        if (some == 0 || devices[some - 1] != devices[i]) {
            devices[some++] = devices[i];
        }
    }
    enum bw_status status = bw_central_lock_devices(
        letters[0]->arriving->merge->central, devices, some, waits, held, err);
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        const uint32_t *at = bsearch(&letters[i]->arriving->head.writer, devices, some,
            sizeof devices[0], compare_numbers);
        if (at && held[at - devices]) {
            letters[first++] = letters[i];
        } else {
            others[left++] = letters[i];
        }
    }
    if (status == BW_OK) {
        memcpy((void *)(letters + first), (void *)others, left * sizeof others[0]);
        *ret_held = first;
    }
    return status;
}

/* A key may have come in force, or have been replaced, since the letter was looked at. */
static enum bw_status
signer_renew(struct bw_arriving *arriving, struct bw_error *err)
{
    uint8_t opened_with[BW_PUBLIC_KEY_BYTES];
    bool known = false;
    memcpy(opened_with, arriving->trusted, sizeof opened_with);
    enum bw_status status = bw_arriving_signer(arriving, &known, err);
    if (status == BW_OK &&
        (!known || memcmp(opened_with, arriving->trusted, sizeof opened_with) != 0)) {
        status = bw_error_set(err, BW_BUSY, 0,
            "the keys of kiosk %u changed meanwhile; do it again", arriving->head.writer);
    }
    return status;
}

/* What is known of kiosks and letters, as of now, under the lock. */
static enum bw_status
kiosks_renew(struct opened *const *letters, size_t count, struct bw_error *err)
{
    struct bw_central *central = letters[0]->arriving->merge->central;
    struct bw_arriving *arriving[BW_MERGE_TOGETHER];
    uint32_t devices[BW_MERGE_TOGETHER];
    bool found[BW_MERGE_TOGETHER];
    struct bw_kiosk_record *records = calloc(count, sizeof *records);
    for (size_t i = 0; i < count; i++) {
        arriving[i] = letters[i]->arriving;
        devices[i] = arriving[i]->head.writer;
    }
    enum bw_status status =
        records ? bw_kiosk_record_read_all(central, devices, count, records, found, err)
                : no_memory(err);
    if (status == BW_OK) {
        status = bw_arriving_before(central, arriving, count, err);
    }
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        arriving[i]->kiosk = records[i]; /* locked: it is there */
        status = signer_renew(arriving[i], err);
    }
    free(records);
    return status;
}

/* Another worker may have taken some meanwhile: they are passed over. */
static enum bw_status
taken_drop(struct opened **letters, size_t *count, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    size_t kept = 0;
    for (size_t i = 0; status == BW_OK && i < *count; i++) {
        bool passed = false;
        status = bw_arriving_pass(letters[i]->arriving, &passed, err);
        if (!passed) {
            letters[kept++] = letters[i];
        }
    }
    *count = kept;
    return status;
}

static enum bw_status
events_put(struct opened *const *letters, size_t count, struct bw_error *err)
{
    struct bw_merge_events *events[BW_MERGE_TOGETHER];
    for (size_t i = 0; i < count; i++) {
        events[i] = &letters[i]->events;
        events[i]->in_force = letters[i]->arriving->in_force;
    }
    enum bw_status status =
        count > 0 ? bw_merge_events_put(letters[0]->arriving->merge, events, count, err)
                  : BW_OK;
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        status = bw_arriving_note(letters[i]->arriving, BW_MERGE_STATE_TAKEN, "", err);
    }
    return status;
}

/* XM1. `letters` then begins with those that this took, *ret_taken of them, and ends with
 * those whose kiosks another worker has. */
static enum bw_status
transaction(struct opened **letters, size_t count, bool waits, size_t *ret_taken,
    size_t *ret_held, struct bw_error *err)
{
    struct bw_central *central = letters[0]->arriving->merge->central;
    size_t held = 0, fresh = 0;
    enum bw_status status = bw_central_begin_beside(central, err);
    if (status == BW_OK) {
        status = kiosks_lock(letters, count, waits, &held, err);
    }
    if (status == BW_OK && held > 0) {
        status = kiosks_renew(letters, held, err);
    }
    fresh = held;
    if (status == BW_OK) {
        status = taken_drop(letters, &fresh, err);
    }
    if (status == BW_OK) {
        status = events_put(letters, fresh, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(central, err);
    }
    bw_central_rollback(central);
    *ret_taken = fresh;
    *ret_held = held;
    return status;
}

/* ---- together, or each alone ---- */

static enum bw_status
taken_tell(struct opened *const *letters, size_t count, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        events_tell(letters[i]->arriving, &letters[i]->events.merged);
        status = bw_arriving_taken(letters[i]->arriving, err);
    }
    return status;
}

static enum bw_status
take_alone(struct opened *letter, struct bw_error *err)
{
    struct bw_error why = {.text = ""};
    size_t taken = 0, held = 0;
    enum bw_status status = transaction(&letter, 1, true, &taken, &held, &why);
    if (status == BW_OK) {
        return taken_tell(&letter, taken, err);
    }
    return bw_arriving_is_fault(status)
               ? bw_arriving_refuse(letter->arriving, &why, err)
               : bw_error_set(err, status, why.os_errno, "%s", why.text);
}

/* *ret_left of them, at the end of `letters`, are another worker's for now. */
static enum bw_status
take_together(struct opened **letters, size_t count, bool waits, size_t *ret_left,
    struct bw_error *err)
{
    size_t taken = 0, held = 0;
    enum bw_status status = transaction(letters, count, waits, &taken, &held, err);
    *ret_left = count - held;
    if (status == BW_OK) {
        return taken_tell(letters, taken, err);
    }
    if (!bw_arriving_is_fault(status)) {
        return status;
    }
    status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < taken; i++) {
        status = take_alone(letters[i], err);
    }
    return status;
}

static enum bw_status
take(struct opened **letters, size_t count, struct bw_error *err)
{
    size_t left = 0, none = 0;
    if (count == 0) {
        return BW_OK;
    }
    enum bw_status status = take_together(letters, count, false, &left, err);
    letters[0]->arriving->merge->met |= left > 0;
    return status == BW_OK && left > 0
               ? take_together(letters + count - left, left, true, &none, err)
               : status;
}

/* ---- before the transaction ---- */

/* XM6. Its own failure sets it aside: *ret_opened is false. */
static enum bw_status
open_one(struct bw_arriving *arriving, struct opened *opened, bool *ret_opened,
    struct bw_error *err)
{
    struct bw_error why = {.text = ""};
    struct bw_letter_head head;
    opened->arriving = arriving;
    enum bw_status status = bw_letter_open(arriving->item->letter,
        arriving->item->letter_bytes, arriving->trusted, arriving->merge->office, &head,
        &opened->content, &opened->content_bytes, &why);
    if (status == BW_OK) {
        arriving->head = head;
        opened->events = (struct bw_merge_events){.head = &arriving->head,
            .content = opened->content,
            .content_bytes = opened->content_bytes,
            .kiosk = &arriving->kiosk,
            .sign_public = arriving->trusted,
            .now_ms = arriving->now_ms};
        status = bw_merge_events_read(&opened->events, &why);
    }
    *ret_opened = status == BW_OK;
    if (status == BW_OK || bw_arriving_is_fault(status)) {
        return status == BW_OK ? BW_OK : bw_arriving_refuse(arriving, &why, err);
    }
    return bw_error_set(err, status, why.os_errno, "%s", why.text);
}

static enum bw_status
look_and_open(struct bw_arriving *arriving, bool known, struct opened *opened,
    bool *ret_opened, struct bw_error *err)
{
    struct bw_error why = {.text = ""};
    bool stays = false;
    *ret_opened = false;
    enum bw_status status = bw_arriving_look(arriving, known, &stays, &why);
    if (status != BW_OK) {
        return bw_arriving_is_fault(status)
                   ? bw_arriving_refuse(arriving, &why, err)
                   : bw_error_set(err, status, why.os_errno, "%s", why.text);
    }
    return stays ? open_one(arriving, opened, ret_opened, err) : BW_OK;
}

/* Those that weren't taken before, in order. */
static enum bw_status
fresh_find(struct bw_arriving *const *arriving, size_t count,
    struct bw_arriving **ret_fresh, size_t *ret_count, struct bw_error *err)
{
    size_t fresh = 0;
    enum bw_status status =
        bw_arriving_before(arriving[0]->merge->central, arriving, count, err);
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        bool passed = false;
        status = bw_arriving_pass(arriving[i], &passed, err);
        if (!passed) {
            ret_fresh[fresh++] = arriving[i];
        }
    }
    *ret_count = fresh;
    return status;
}

static enum bw_status
writers_read(struct bw_arriving *const *arriving, size_t count, bool *ret_found,
    struct bw_error *err)
{
    uint32_t devices[BW_MERGE_TOGETHER];
    struct bw_kiosk_record *records = calloc(count + 1, sizeof *records);
    if (!records) {
        return no_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        devices[i] = arriving[i]->head.writer;
    }
    enum bw_status status = count > 0
                                ? bw_kiosk_record_read_all(arriving[0]->merge->central,
                                      devices, count, records, ret_found, err)
                                : BW_OK;
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        arriving[i]->kiosk = records[i];
    }
    free(records);
    return status;
}

enum bw_status
bw_merge_group(struct bw_arriving *const *arriving, size_t count, struct bw_error *err)
{
    struct bw_arriving *fresh[BW_MERGE_TOGETHER];
    struct opened *letters[BW_MERGE_TOGETHER];
    bool found[BW_MERGE_TOGETHER];
    size_t fresh_count = 0, opened_count = 0;
    assert(count > 0 && count <= BW_MERGE_TOGETHER);
    struct opened *opened = calloc(count, sizeof *opened);
    enum bw_status status =
        opened ? fresh_find(arriving, count, fresh, &fresh_count, err) : no_memory(err);
    if (status == BW_OK) {
        status = writers_read(fresh, fresh_count, found, err);
    }
    for (size_t i = 0; status == BW_OK && i < fresh_count; i++) {
        bool is_open = false;
        status = look_and_open(fresh[i], found[i], &opened[i], &is_open, err);
        if (is_open) {
            letters[opened_count++] = &opened[i];
        }
    }
    if (status == BW_OK) {
        status = take(letters, opened_count, err);
    }
    for (size_t i = 0; opened && i < fresh_count; i++) {
        bw_merge_events_finish(&opened[i].events);
        bw_letter_content_free(opened[i].content, opened[i].content_bytes);
    }
    free(opened);
    return status;
}
