/* One letter on its way in: see merge_letter.h. */
#include "exchange/office/merge/merge_letter.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* ---- what is known of a letter ---- */

enum bw_status
bw_arriving_head(struct bw_arriving *arriving, struct bw_error *err)
{
    const struct bw_merge_item *item = arriving->item;
    const char *slash = strrchr(item->name, '/');
    const char *base = slash ? slash + 1 : item->name;
    struct bw_letter_name parsed;
    (void)crypto_generichash(
        arriving->hash, sizeof arriving->hash, item->letter, item->letter_bytes, NULL, 0);
    bool named = bw_letter_name_parse(base, &parsed);
    enum bw_status status =
        bw_letter_read_head(item->letter, item->letter_bytes, &arriving->head, err);
    if (named) {
        (void)snprintf(arriving->name, sizeof arriving->name, "%s", base);
    } else if (status == BW_OK) {
        bw_letter_name_of(
            &arriving->head, item->letter, item->letter_bytes, arriving->name);
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

struct before_reading {
    struct bw_arriving *const *arriving;
};

static bool
on_before(size_t at, const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_arriving *arriving = ((const struct before_reading *)context)->arriving[at];
    arriving->before.found = true;
    arriving->before.state = columns[0].number;
    arriving->before.same = columns[1].bytes == BW_HASH_BYTES &&
                            memcmp(columns[1].blob, arriving->hash, BW_HASH_BYTES) == 0;
    return false;
}

#define NOTED "SELECT state, hash FROM letter_in WHERE name = $1"

enum bw_status
bw_arriving_before(struct bw_central *central, struct bw_arriving *const *arriving,
    size_t count, struct bw_error *err)
{
    struct bw_sql_value values[BW_MERGE_TOGETHER];
    struct before_reading reading = {arriving};
    assert(count <= BW_MERGE_TOGETHER);
    for (size_t i = 0; i < count; i++) {
        arriving[i]->before = (struct bw_merge_before){.found = false};
        values[i] = bw_sql_text(arriving[i]->name);
    }
    return bw_central_each(central, NOTED, values, 1, count, on_before, &reading, err);
}

static bool
on_taken(size_t at, const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    ((bool *)context)[at] = columns[0].number == BW_MERGE_STATE_TAKEN;
    return false;
}

enum bw_status
bw_merge_are_taken(struct bw_central *central, const char *const *names, size_t count,
    bool *ret_taken, struct bw_error *err)
{
    struct bw_sql_value values[BW_MERGE_TOGETHER];
    assert(count <= BW_MERGE_TOGETHER);
    for (size_t i = 0; i < count; i++) {
        ret_taken[i] = false;
        values[i] = bw_sql_text(names[i]);
    }
    return bw_central_each(central, NOTED, values, 1, count, on_taken, ret_taken, err);
}

enum bw_status
bw_arriving_pass(struct bw_arriving *arriving, bool *ret_passed, struct bw_error *err)
{
    const struct bw_merge_before *before = &arriving->before;
    *ret_passed = before->found && before->same && before->state == BW_MERGE_STATE_TAKEN;
    if (!*ret_passed) {
        return BW_OK;
    }
    arriving->merge->summary->passed++;
    arriving->item->outcome = BW_MERGE_PASSED;
    return bw_round_heard(arriving->merge->summary, arriving->head.writer, err);
}

enum bw_status
bw_arriving_taken(struct bw_arriving *arriving, struct bw_error *err)
{
    arriving->merge->summary->taken++;
    arriving->item->outcome = BW_MERGE_TAKEN;
    return bw_round_heard(arriving->merge->summary, arriving->head.writer, err);
}

enum bw_status
bw_arriving_note(
    const struct bw_arriving *arriving, int state, const char *why, struct bw_error *err)
{
    const struct bw_letter_head *head = &arriving->head;
    struct bw_sql_value values[] = {bw_sql_text(arriving->name),
        bw_sql_blob(arriving->hash, BW_HASH_BYTES), bw_sql_int(head->kind),
        bw_sql_int(head->writer), bw_sql_int((int64_t)head->from),
        bw_sql_int((int64_t)head->to), bw_sql_int((int64_t)head->counter),
        bw_sql_int(arriving->now_ms), bw_sql_int(state), bw_sql_text(why)};
    return bw_central_put(arriving->merge->central,
        "INSERT INTO letter_in (name, hash, kind, device, from_seq, to_seq, counter,"
        " taken_ms, state, why) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        " ON CONFLICT (name) DO UPDATE SET hash = $2, kind = $3, device = $4,"
        " from_seq = $5, to_seq = $6, counter = $7, taken_ms = $8, state = $9, why = $10",
        values, 10, err);
}

/* ---- whose it is ---- */

enum bw_status
bw_arriving_signer(struct bw_arriving *arriving, bool *ret_known, struct bw_error *err)
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

/* ---- setting aside ---- */

bool
bw_arriving_is_fault(enum bw_status status)
{
    return status == BW_BAD_INPUT || status == BW_NEWER || status == BW_REFUSED;
}

static enum bw_status
noted(struct bw_arriving *arriving, int state, const char *why, struct bw_error *err)
{
    struct bw_central *central = arriving->merge->central;
    enum bw_status status = bw_central_begin_beside(central, err);
    if (status == BW_OK) {
        status = bw_arriving_note(arriving, state, why, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(central, err);
    }
    bw_central_rollback(central);
    return status;
}

/* XM4 */
static enum bw_status
aside(struct bw_arriving *arriving, const struct bw_error *why, struct bw_error *err)
{
    enum bw_status status = noted(arriving, BW_MERGE_STATE_ASIDE, why->text, err);
    if (status == BW_OK) {
        arriving->merge->summary->aside++;
        bw_round_note(arriving->merge->summary, "%s was set aside: %s.",
            arriving->item->name, why->text);
    }
    return status;
}

/* Of a number that was never given, or by a database that was put back from a copy since:
 * noted, so that the next kiosk gets another one. */
static enum bw_status
unknown_leave(struct bw_arriving *arriving, struct bw_error *err)
{
    const struct bw_merge_before *before = &arriving->before;
    bool told = before->found && before->same && before->state == BW_MERGE_STATE_LEFT;
    enum bw_status status = told ? BW_OK : noted(arriving, BW_MERGE_STATE_LEFT, "", err);
    if (status == BW_OK) {
        arriving->item->outcome = BW_MERGE_LEFT;
        arriving->merge->summary->left++;
        bw_round_note(arriving->merge->summary,
            "A letter of kiosk %u was left: no kiosk of that number is enrolled here.",
            arriving->head.writer);
    }
    return status;
}

enum bw_status
bw_arriving_look(
    struct bw_arriving *arriving, bool known, bool *ret_stays, struct bw_error *err)
{
    const struct bw_merge_item *item = arriving->item;
    *ret_stays = false;
    if (!bw_letter_is_for(
            item->letter, item->letter_bytes, arriving->merge->office->box_public)) {
        return bw_error_set(err, BW_REFUSED, 0,
            "it is sealed to others than this office; take it to its own");
    }
    if (!known) {
        return unknown_leave(arriving, err);
    }
    enum bw_status status = bw_arriving_signer(arriving, ret_stays, err);
    if (status == BW_OK && !*ret_stays) {
        arriving->item->outcome = BW_MERGE_LEFT;
        arriving->merge->summary->left++;
        bw_round_note(arriving->merge->summary,
            "A letter of kiosk %u was left: its introduction hasn't come yet.",
            arriving->head.writer);
    }
    return status;
}

enum bw_status
bw_arriving_refuse(
    struct bw_arriving *arriving, const struct bw_error *why, struct bw_error *err)
{
    const struct bw_merge_before *before = &arriving->before;
    arriving->item->outcome = BW_MERGE_ASIDE;
    enum bw_status status =
        bw_arriving_before(arriving->merge->central, &arriving, 1, err);
    if (status != BW_OK) {
        return status;
    }
    if (before->found && before->same && before->state == BW_MERGE_STATE_ASIDE &&
        !arriving->merge->tells_again) { /* it needn't be said again */
        arriving->merge->summary->passed++;
        return BW_OK;
    }
    if (before->found && before->state == BW_MERGE_STATE_TAKEN) {
        /* another copy of it was fine: this one is the carrier's or a stranger's doing */
        arriving->merge->summary->aside++;
        bw_round_note(arriving->merge->summary, "%s was set aside: %s.",
            arriving->item->name, why->text);
        return BW_OK;
    }
    return aside(arriving, why, err);
}
