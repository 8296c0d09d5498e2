/* One letter into the central database: see merge.h. */
#include "exchange/office/merge.h"

#include "exchange/letter/events.h"
#include "exchange/letter/introduction.h"
#include "exchange/letter/name.h"
#include "exchange/office/introduction_in.h"
#include "exchange/office/merge_events.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { STATE_TAKEN, STATE_ASIDE, STATE_LEFT };

/* One letter on its way in. */
struct arriving {
    struct bw_merge *merge;
    const char *shown; /* as it was found, for sentences */
    char name[BW_LETTER_NAME_BYTES];
    uint8_t hash[BW_HASH_BYTES];
    const unsigned char *letter;
    size_t letter_bytes;
    struct bw_letter_head head;
    struct bw_kiosk_record kiosk;
    uint8_t trusted[BW_PUBLIC_KEY_BYTES];
    bool in_force;
    int64_t now_ms;
};

/* ---- what is known of a letter ---- */

struct before {
    bool found, same;
    int64_t state;
    const uint8_t *hash;
};

static bool
on_before(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct before *before = context;
    before->found = true;
    before->state = columns[0].number;
    before->same = before->hash && columns[1].bytes == BW_HASH_BYTES &&
                   memcmp(columns[1].blob, before->hash, BW_HASH_BYTES) == 0;
    return false;
}

static enum bw_status
before_read(struct bw_central *central, const char *name, struct before *before,
    struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_text(name);
    return bw_central_run(central, "SELECT state, hash FROM letter_in WHERE name = $1",
        &value, 1, on_before, before, err);
}

enum bw_status
bw_merge_is_taken(
    struct bw_central *central, const char *name, bool *ret_taken, struct bw_error *err)
{
    struct before before = {.hash = NULL};
    enum bw_status status = before_read(central, name, &before, err);
    if (status == BW_OK) {
        *ret_taken = before.found && before.state == STATE_TAKEN;
    }
    return status;
}

static enum bw_status
note_in(const struct arriving *arriving, int state, const char *why, struct bw_error *err)
{
    const struct bw_letter_head *head = &arriving->head;
    struct bw_sql_value values[] = {bw_sql_text(arriving->name),
        bw_sql_blob(arriving->hash, BW_HASH_BYTES), bw_sql_int(head->kind),
        bw_sql_int(head->writer), bw_sql_int((int64_t)head->from),
        bw_sql_int((int64_t)head->to), bw_sql_int((int64_t)head->counter),
        bw_sql_int(arriving->now_ms), bw_sql_int(state), bw_sql_text(why)};
    return bw_central_run(arriving->merge->central,
        "INSERT INTO letter_in (name, hash, kind, device, from_seq, to_seq, counter,"
        " taken_ms, state, why) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        " ON CONFLICT (name) DO UPDATE SET hash = $2, kind = $3, device = $4,"
        " from_seq = $5, to_seq = $6, counter = $7, taken_ms = $8, state = $9, why = $10",
        values, 10, NULL, NULL, err);
}

/* ---- whose it is ---- */

/* Finds the key that this database knows for the writer (XM3). False where the letter is
 * to be left: its writer, or the key that it says it signs with, isn't known here. */
static enum bw_status
signer_find(struct arriving *arriving, bool *ret_known, struct bw_error *err)
{
    const struct bw_kiosk_record *kiosk = &arriving->kiosk;
    const uint8_t *signer = arriving->head.signer;
    *ret_known = false;
    arriving->in_force = false;
    if (arriving->head.kind == BW_LETTER_INTRODUCTION) {
        *ret_known = kiosk->has_first;
        memcpy(arriving->trusted, kiosk->first.sign, BW_PUBLIC_KEY_BYTES);
        return BW_OK;
    }
    if (kiosk->state != BW_KIOSK_ENROLLED &&
        memcmp(kiosk->now.sign, signer, BW_PUBLIC_KEY_BYTES) == 0) {
        *ret_known = arriving->in_force = true;
        memcpy(arriving->trusted, kiosk->now.sign, BW_PUBLIC_KEY_BYTES);
        return BW_OK;
    }
    struct bw_sql_value values[] = {
        bw_sql_int(kiosk->device), bw_sql_blob(signer, BW_PUBLIC_KEY_BYTES)};
    int64_t others = 0;
    enum bw_status status = bw_central_number(arriving->merge->central,
        "SELECT count(*) FROM introduction WHERE device = $1 AND sign_public = $2",
        values, 2, 0, &others, err);
    if (status == BW_OK && others > 0) { /* it waits, or another was taken after it */
        *ret_known = true;
        memcpy(arriving->trusted, signer, BW_PUBLIC_KEY_BYTES);
    }
    return status;
}

/* ---- taking ---- */

static void
introduction_tell(const struct arriving *arriving,
    const struct bw_introduction *introduction, enum bw_introduction_outcome outcome)
{
    struct bw_round_summary *summary = arriving->merge->summary;
    const struct bw_kiosk_record *kiosk = &arriving->kiosk;
    char words[BW_CHECK_WORDS_BYTES];
    bw_letter_check_words(
        introduction->own.sign, introduction->own.box, introduction->store_id, words);
    switch (outcome) {
    case BW_INTRODUCTION_TAKEN:
        summary->introduced++;
        bw_round_note(summary, "Kiosk %u introduced itself; its check words are \"%s\".",
            kiosk->device, words);
        break;
    case BW_INTRODUCTION_WAITS:
        summary->waiting++;
        bw_round_note(summary,
            "Kiosk %u was introduced a second time, with the words \"%s\"; its letters "
            "wait until kiosks accept %u.",
            kiosk->device, words, kiosk->device);
        break;
    case BW_INTRODUCTION_AGAIN:
        bw_round_note(summary,
            "Kiosk %u was enrolled again as %u; it keeps its number, its store and its "
            "log.",
            kiosk->replaces, kiosk->device);
        break;
    case BW_INTRODUCTION_KNOWN:
        break;
    }
}

static enum bw_status
introduction_take(struct arriving *arriving, const char *content, size_t content_bytes,
    struct bw_error *err)
{
    struct bw_introduction introduction;
    enum bw_introduction_outcome outcome;
    enum bw_status status =
        bw_introduction_read(&arriving->head, content, content_bytes, &introduction, err);
    if (status == BW_OK) {
        status = bw_introduction_take(arriving->merge->central, &arriving->kiosk,
            &introduction, arriving->now_ms, &outcome, err);
    }
    if (status == BW_OK) {
        introduction_tell(arriving, &introduction, outcome);
    }
    return status;
}

static void
events_tell(const struct arriving *arriving, const struct bw_merged_events *merged)
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

static enum bw_status
events_take(struct arriving *arriving, const char *content, size_t content_bytes,
    struct bw_merged_events *ret_merged, struct bw_error *err)
{
    struct bw_merge_events letter = {.head = &arriving->head,
        .content = content,
        .content_bytes = content_bytes,
        .kiosk = &arriving->kiosk,
        .sign_public = arriving->trusted,
        .in_force = arriving->in_force,
        .now_ms = arriving->now_ms};
    return bw_merge_events_put(arriving->merge, &letter, ret_merged, err);
}

/* As of now, under the lock: a key may have come in force, or have been replaced, since
 * the letter was looked at. */
static enum bw_status
writer_renew(struct arriving *arriving, struct bw_error *err)
{
    uint8_t opened_with[BW_PUBLIC_KEY_BYTES];
    bool known = false;
    memcpy(opened_with, arriving->trusted, sizeof opened_with);
    enum bw_status status = bw_kiosk_record_read(
        arriving->merge->central, arriving->head.writer, &arriving->kiosk, err);
    if (status == BW_OK) {
        status = signer_find(arriving, &known, err);
    }
    if (status == BW_OK &&
        (!known || memcmp(opened_with, arriving->trusted, sizeof opened_with) != 0)) {
        status = bw_error_set(err, BW_BUSY, 0,
            "the keys of kiosk %u changed meanwhile; do it again", arriving->head.writer);
    }
    return status;
}

/* XM1: all of it in one transaction, the note that it was taken included. */
static enum bw_status
content_take(struct arriving *arriving, const char *content, size_t content_bytes,
    struct bw_error *err)
{
    struct bw_central *central = arriving->merge->central;
    struct bw_merged_events merged = {0};
    bool events = arriving->head.kind == BW_LETTER_EVENTS;
    enum bw_status status = bw_central_begin(central, err);
    if (status == BW_OK) {
        status = writer_renew(arriving, err);
    }
    if (status == BW_OK) {
        status = events ? events_take(arriving, content, content_bytes, &merged, err)
                        : introduction_take(arriving, content, content_bytes, err);
    }
    if (status == BW_OK) {
        status = note_in(arriving, STATE_TAKEN, "", err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(central, err);
    }
    bw_central_rollback(central);
    if (status == BW_OK && events) {
        events_tell(arriving, &merged);
    }
    return status;
}

static enum bw_status
letter_take(struct arriving *arriving, struct bw_error *err)
{
    struct bw_letter_head head;
    char *content = NULL;
    size_t content_bytes = 0;
    enum bw_status status = bw_letter_open(arriving->letter, arriving->letter_bytes,
        arriving->trusted, arriving->merge->office, &head, &content, &content_bytes, err);
    if (status == BW_OK) {
        arriving->head = head;
        status = content_take(arriving, content, content_bytes, err);
    }
    bw_letter_content_free(content, content_bytes);
    return status;
}

/* ---- setting aside ---- */

/* A failure that is the letter's own. The rest is the database's, or the machine's. */
static bool
is_letters_fault(enum bw_status status)
{
    return status == BW_BAD_INPUT || status == BW_NEWER || status == BW_REFUSED;
}

static enum bw_status
noted(struct arriving *arriving, int state, const char *why, struct bw_error *err)
{
    struct bw_central *central = arriving->merge->central;
    enum bw_status status = bw_central_begin(central, err);
    if (status == BW_OK) {
        status = note_in(arriving, state, why, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(central, err);
    }
    bw_central_rollback(central);
    return status;
}

/* XM4 */
static enum bw_status
aside(struct arriving *arriving, const struct bw_error *why, struct bw_error *err)
{
    enum bw_status status = noted(arriving, STATE_ASIDE, why->text, err);
    if (status == BW_OK) {
        arriving->merge->summary->aside++;
        bw_round_note(arriving->merge->summary, "%s was set aside: %s.", arriving->shown,
            why->text);
    }
    return status;
}

/* Of a number that was never given, or by a database that was put back from a copy since:
 * noted, so that the next kiosk gets another one. */
static enum bw_status
unknown_leave(struct arriving *arriving, const struct before *before,
    enum bw_merge_outcome *ret_outcome, struct bw_error *err)
{
    bool told = before->found && before->same && before->state == STATE_LEFT;
    enum bw_status status = told ? BW_OK : noted(arriving, STATE_LEFT, "", err);
    if (status == BW_OK) {
        *ret_outcome = BW_MERGE_LEFT;
        arriving->merge->summary->left++;
        bw_round_note(arriving->merge->summary,
            "A letter of kiosk %u was left: no kiosk of that number is enrolled here.",
            arriving->head.writer);
    }
    return status;
}

/* ---- the whole ---- */

/* Looks at the head, and finds who wrote. */
static enum bw_status
letter_look(struct arriving *arriving, const struct before *before,
    enum bw_merge_outcome *ret_outcome, struct bw_error *err)
{
    struct bw_error unknown;
    bool known = false;
    *ret_outcome = BW_MERGE_TAKEN;
    if (!bw_letter_is_for(arriving->letter, arriving->letter_bytes,
            arriving->merge->office->box_public)) {
        return bw_error_set(err, BW_REFUSED, 0,
            "it is sealed to others than this office; take it to its own");
    }
    enum bw_status status = bw_kiosk_record_read(
        arriving->merge->central, arriving->head.writer, &arriving->kiosk, &unknown);
    if (status == BW_NOT_FOUND) {
        return unknown_leave(arriving, before, ret_outcome, err);
    }
    if (status != BW_OK) {
        return bw_error_set(err, status, unknown.os_errno, "%s", unknown.text);
    }
    status = signer_find(arriving, &known, err);
    if (status == BW_OK && !known) {
        *ret_outcome = BW_MERGE_LEFT;
        arriving->merge->summary->left++;
        bw_round_note(arriving->merge->summary,
            "A letter of kiosk %u was left: its introduction hasn't come yet.",
            arriving->head.writer);
    }
    return status;
}

static enum bw_status
arrive(
    struct arriving *arriving, enum bw_merge_outcome *ret_outcome, struct bw_error *err)
{
    struct before before = {.hash = arriving->hash};
    enum bw_status status =
        before_read(arriving->merge->central, arriving->name, &before, err);
    if (status != BW_OK) {
        return status;
    }
    if (before.found && before.same && before.state == STATE_TAKEN) {
        arriving->merge->summary->passed++;
        *ret_outcome = BW_MERGE_PASSED;
        return bw_round_heard(arriving->merge->summary, arriving->head.writer, err);
    }
    status = letter_look(arriving, &before, ret_outcome, err);
    if (status == BW_OK && *ret_outcome == BW_MERGE_TAKEN) {
        status = letter_take(arriving, err);
        if (status == BW_OK) {
            arriving->merge->summary->taken++;
            status = bw_round_heard(arriving->merge->summary, arriving->head.writer, err);
        }
    }
    return status;
}

/* What was said of these very bytes before needn't be said again. */
static enum bw_status
refuse(struct arriving *arriving, const struct bw_error *why, struct bw_error *err)
{
    struct before before = {.hash = arriving->hash};
    enum bw_status status =
        before_read(arriving->merge->central, arriving->name, &before, err);
    if (status == BW_OK && before.found && before.same && before.state == STATE_ASIDE &&
        !arriving->merge->tells_again) {
        arriving->merge->summary->passed++;
        return BW_OK;
    }
    if (status == BW_OK && before.found && before.state == STATE_TAKEN) {
        /* another copy of it was fine: this one is the carrier's or a stranger's doing */
        arriving->merge->summary->aside++;
        bw_round_note(arriving->merge->summary, "%s was set aside: %s.", arriving->shown,
            why->text);
        return BW_OK;
    }
    return status == BW_OK ? aside(arriving, why, err) : status;
}

/* The head of what was found under `base`, and the name that it is kept by: its own, the
 * one that it should have, or (it isn't even a letter) that of the file. */
static enum bw_status
head_take(struct arriving *arriving, const char *base, struct bw_error *err)
{
    struct bw_letter_name parsed;
    bool named = bw_letter_name_parse(base, &parsed);
    enum bw_status status = bw_letter_read_head(
        arriving->letter, arriving->letter_bytes, &arriving->head, err);
    if (named) {
        (void)snprintf(arriving->name, sizeof arriving->name, "%s", base);
    } else if (status == BW_OK) {
        bw_letter_name_of(
            &arriving->head, arriving->letter, arriving->letter_bytes, arriving->name);
    } else {
        (void)snprintf(arriving->name, sizeof arriving->name, "%.80s", base);
    }
    if (status == BW_OK && arriving->head.kind != BW_LETTER_ROSTER && named &&
        !bw_letter_name_fits_hash(&parsed, arriving->hash)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "it isn't the letter that its name was given to; it was altered or cut");
    }
    return status;
}

enum bw_status
bw_merge_letter(struct bw_merge *merge, const char *name, const unsigned char *letter,
    size_t letter_bytes, enum bw_merge_outcome *ret_outcome, struct bw_error *err)
{
    struct arriving arriving = {.merge = merge,
        .shown = name,
        .letter = letter,
        .letter_bytes = letter_bytes,
        .now_ms = merge->clock->wall_ms(merge->clock)};
    struct bw_error why = {.text = ""};
    const char *slash = strrchr(name, '/');
    merge->summary->looked_at++;
    (void)crypto_generichash(
        arriving.hash, sizeof arriving.hash, letter, letter_bytes, NULL, 0);
    enum bw_status status = head_take(&arriving, slash ? slash + 1 : name, &why);
    if (status == BW_OK && arriving.head.kind == BW_LETTER_ROSTER) {
        merge->summary->passed++;
        *ret_outcome = BW_MERGE_PASSED; /* the office's own */
        return BW_OK;
    }
    if (status == BW_OK) {
        status = arrive(&arriving, ret_outcome, &why);
    }
    if (status == BW_OK || !is_letters_fault(status)) {
        return status == BW_OK ? BW_OK
                               : bw_error_set(err, status, why.os_errno,
                                     "taking %s in: %s", name, why.text);
    }
    *ret_outcome = BW_MERGE_ASIDE;
    return refuse(&arriving, &why, err);
}
