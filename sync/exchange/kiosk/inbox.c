/* See inbox.h. */
#include "exchange/kiosk/inbox.h"

#include "central/base/array.h"

#include <brugwachter/store_letter.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char taken[] = "taken";

enum bw_status
bw_kiosk_inbox_mark(struct bw_kiosk_inbox *inbox, const char *name, struct bw_error *err)
{
    struct bw_store_sent sent = {.carrier = ""};
    (void)snprintf(sent.carrier, sizeof sent.carrier, "%s", taken);
    (void)snprintf(sent.name, sizeof sent.name, "%s", name);
    return bw_store_put_sent(inbox->exchange->store, &sent, err);
}

void
bw_kiosk_inbox_finish(struct bw_kiosk_inbox *inbox)
{
    if (inbox) {
        for (size_t i = 0; i < inbox->parts_count; i++) {
            bw_letter_content_free(
                inbox->parts[i].content, inbox->parts[i].content_bytes);
        }
        free(inbox->parts);
        inbox->parts = NULL;
        inbox->parts_count = inbox->parts_capacity = 0;
    }
}

/* The organiser's key, or the one that it announced. */
static const uint8_t *
trusted_key(const struct bw_credentials *credentials, const struct bw_letter_head *head)
{
    bool next = credentials->organiser_changes &&
                memcmp(head->signer, credentials->next.sign, BW_PUBLIC_KEY_BYTES) == 0;
    return next ? credentials->next.sign : credentials->organiser.sign;
}

static bool
is_reader(
    const struct bw_kiosk_exchange *exchange, const unsigned char *bytes, size_t length)
{
    return bw_letter_is_for(bytes, length, exchange->own.box_public) ||
           (exchange->credentials.has_first &&
               bw_letter_is_for(bytes, length, exchange->first.box_public));
}

/* An old roster that was sealed to the one-time key, which is gone: a pull that was
 * killed before it could note the name meets it again. */
static enum bw_status
is_past(const struct bw_kiosk_exchange *exchange, const unsigned char *bytes,
    size_t length, const struct bw_letter_head *head, bool *ret_past,
    struct bw_error *err)
{
    struct bw_store_held held = {.epoch = 0};
    struct bw_store_letter letter = {.session_no = head->session_no,
        .epoch = head->epoch,
        .from = (int64_t)head->from,
        .to = (int64_t)head->to};
    *ret_past = false;
    if (is_reader(exchange, bytes, length)) {
        return BW_OK;
    }
    enum bw_status status = bw_store_held(exchange->store, head->session_no, &held, err);
    *ret_past = status == BW_OK && bw_store_letter_judge(&letter, &held) == BW_LETTER_OLD;
    return status;
}

static enum bw_status
roster_keep(struct bw_kiosk_inbox *inbox, const char *name, const unsigned char *bytes,
    size_t length, const struct bw_letter_head *head, struct bw_error *err)
{
    struct bw_kiosk_exchange *exchange = inbox->exchange;
    struct bw_letter_head opened;
    char *content = NULL;
    size_t content_bytes = 0;
    if (head->addressee != exchange->device) {
        return bw_error_set(err, BW_REFUSED, 0,
            "it is for kiosk %u, and this is kiosk %u; choose bw-roster-%u-….bwr",
            head->addressee, exchange->device, exchange->device);
    }
    for (size_t i = 0; i < inbox->parts_count; i++) {
        if (strcmp(inbox->parts[i].name, name) == 0) {
            return BW_OK; /* by two roads */
        }
    }
    enum bw_status status = bw_kiosk_open_letter(exchange, bytes, length,
        trusted_key(&exchange->credentials, head), &opened, &content, &content_bytes,
        err);
    if (status != BW_OK) {
        return status;
    }
    struct bw_kiosk_part *part = bw_array_more(
        &inbox->parts, &inbox->parts_count, &inbox->parts_capacity, sizeof *part);
    if (!part) {
        bw_letter_content_free(content, content_bytes);
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "keeping a roster's part: out of memory; close other programs");
    }
    (void)snprintf(part->name, sizeof part->name, "%s", name);
    part->head = opened;
    part->content = content;
    part->content_bytes = content_bytes;
    return BW_OK;
}

enum bw_status
bw_kiosk_inbox_take(struct bw_kiosk_inbox *inbox, const char *name,
    const unsigned char *bytes, size_t length, bool *ret_kept, struct bw_error *err)
{
    struct bw_letter_head head;
    bool past = false;
    enum bw_status status = bw_letter_read_head(bytes, length, &head, err);
    *ret_kept = false;
    if (status != BW_OK) {
        return status;
    }
    if (head.kind != BW_LETTER_ROSTER && !inbox->one_file &&
        !is_reader(inbox->exchange, bytes, length)) {
        return BW_OK; /* sealed before this kiosk was there: written again for it */
    }
    switch (head.kind) {
    case BW_LETTER_ROSTER:
        status = inbox->one_file
                     ? BW_OK
                     : is_past(inbox->exchange, bytes, length, &head, &past, err);
        if (status != BW_OK || past) {
            return status;
        }
        *ret_kept = true;
        return roster_keep(inbox, name, bytes, length, &head, err);
    case BW_LETTER_EVENTS:
        return head.writer == inbox->exchange->device
                   ? bw_kiosk_take_own(inbox, bytes, length, err)
                   : bw_kiosk_take_events(inbox, &head, bytes, length, err);
    case BW_LETTER_INTRODUCTION:
        return head.writer == inbox->exchange->device
                   ? BW_OK
                   : bw_kiosk_take_introduction(inbox, &head, bytes, length, err);
    }
    return BW_OK;
}

/* ---- applying ---- */

static bool
same_letter(const struct bw_letter_head *a, const struct bw_letter_head *b)
{
    return a->session_no == b->session_no && a->epoch == b->epoch && a->from == b->from &&
           a->to == b->to && a->parts == b->parts;
}

/* The parts of the letter that part `first` belongs to, in order; NULL where one
 * lacks. The caller frees. */
static struct bw_kiosk_part **
parts_of(struct bw_kiosk_inbox *inbox, const struct bw_kiosk_part *first)
{
    struct bw_kiosk_part **parts = calloc(first->head.parts, sizeof *parts);
    for (size_t i = 0; parts && i < inbox->parts_count; i++) {
        struct bw_kiosk_part *part = &inbox->parts[i];
        if (!part->done && same_letter(&part->head, &first->head)) {
            parts[part->head.part - 1] = part;
        }
    }
    for (int i = 0; parts && i < first->head.parts; i++) {
        if (!parts[i]) {
            free(parts);
            return NULL;
        }
    }
    return parts;
}

/* The one that is held may not have done all of its work (KX3). */
static enum bw_status
old_leave(struct bw_kiosk_inbox *inbox, const struct bw_kiosk_part *part,
    const struct bw_store_held *held, struct bw_error *err)
{
    bool is_held =
        part->head.epoch == held->epoch && (int64_t)part->head.to == held->revision;
    enum bw_status status = is_held ? bw_kiosk_roster_renew(inbox, part, err) : BW_OK;
    return status == BW_OK ? bw_kiosk_inbox_mark(inbox, part->name, err) : status;
}

/* What is to be done with it; an old one is done with. */
static enum bw_status
part_judge(struct bw_kiosk_inbox *inbox, struct bw_kiosk_part *part,
    enum bw_store_outcome *ret_outcome, struct bw_error *err)
{
    struct bw_store_held held;
    struct bw_store_letter letter = {.session_no = part->head.session_no,
        .epoch = part->head.epoch,
        .from = (int64_t)part->head.from,
        .to = (int64_t)part->head.to};
    enum bw_status status =
        bw_store_held(inbox->exchange->store, part->head.session_no, &held, err);
    if (status != BW_OK) {
        return status;
    }
    *ret_outcome = bw_store_letter_judge(&letter, &held);
    if (*ret_outcome != BW_LETTER_OLD) {
        return BW_OK;
    }
    part->done = true;
    return old_leave(inbox, part, &held, err);
}

/* The newest letter that is whole and follows what is held; old ones are done with.
 * NULL: none. */
static enum bw_status
next_choose(
    struct bw_kiosk_inbox *inbox, struct bw_kiosk_part **ret_part, struct bw_error *err)
{
    struct bw_kiosk_part *best = NULL;
    for (size_t i = 0; i < inbox->parts_count; i++) {
        struct bw_kiosk_part *part = &inbox->parts[i];
        enum bw_store_outcome outcome;
        if (part->done) {
            continue;
        }
        enum bw_status status = part_judge(inbox, part, &outcome, err);
        if (status != BW_OK) {
            return status;
        }
        bool newer =
            !best || part->head.epoch > best->head.epoch ||
            (part->head.epoch == best->head.epoch && part->head.to > best->head.to);
        struct bw_kiosk_part **parts =
            outcome == BW_LETTER_APPLIED && newer ? parts_of(inbox, part) : NULL;
        if (parts) {
            best = part;
            free(parts);
        }
    }
    *ret_part = best;
    return BW_OK;
}

static void
refuse(struct bw_kiosk_inbox *inbox, const char *name, const struct bw_error *why)
{
    struct bw_kiosk_pulled *pulled = inbox->pulled;
    if (pulled->refused++ == 0) {
        (void)snprintf(pulled->why, sizeof pulled->why, "%s: %s", name, why->text);
    }
}

static bool
is_letters_fault(enum bw_status status)
{
    return status == BW_BAD_INPUT || status == BW_REFUSED || status == BW_NEWER;
}

static enum bw_status
letter_apply(
    struct bw_kiosk_inbox *inbox, struct bw_kiosk_part *first, struct bw_error *err)
{
    struct bw_error why = {.text = ""};
    struct bw_kiosk_part **parts = parts_of(inbox, first);
    int count = first->head.parts;
    bool applied = false;
    if (!parts) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "taking a roster: out of memory");
    }
    enum bw_status status = bw_kiosk_roster_take(inbox, parts, count, &applied, &why);
    if (is_letters_fault(status)) {
        refuse(inbox, first->name, &why);
    } else if (status != BW_OK) {
        free(parts);
        return bw_error_set(err, status, why.os_errno, "%s", why.text);
    }
    inbox->pulled->letters += applied;
    status = BW_OK;
    for (int i = 0; i < count; i++) {
        parts[i]->done = true;
        if (status == BW_OK) {
            status = bw_kiosk_inbox_mark(inbox, parts[i]->name, err);
        }
    }
    free(parts);
    return status;
}

enum bw_status
bw_kiosk_inbox_apply(struct bw_kiosk_inbox *inbox, struct bw_error *err)
{
    struct bw_kiosk_part *part = NULL;
    enum bw_status status = BW_OK;
    do {
        status = next_choose(inbox, &part, err);
        if (status == BW_OK && part) {
            status = letter_apply(inbox, part, err);
        }
    } while (status == BW_OK && part);
    for (size_t i = 0; i < inbox->parts_count; i++) {
        inbox->pulled->waiting += !inbox->parts[i].done;
    }
    return status;
}
