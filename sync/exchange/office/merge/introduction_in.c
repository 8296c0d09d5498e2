/* Introductions at the office: see introduction_in.h. */
#include "exchange/office/merge/introduction_in.h"

#include "central/records.h"
#include "exchange/office/introduction_again.h"
#include "exchange/office/merge/quarantine.h"

#include <assert.h>
#include <string.h>

enum { WAITS, IN_FORCE, REPLACED, WAITING_MAX = 16 };

static enum bw_status
row_put(struct bw_central *central, const struct bw_introduction *introduction,
    int64_t now_ms, int state, bool *ret_new, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(introduction->device),
        bw_sql_blob(introduction->own.sign, BW_PUBLIC_KEY_BYTES),
        bw_sql_blob(introduction->own.box, BW_BOX_KEY_BYTES),
        bw_sql_blob(introduction->store_id, BW_KIOSK_STORE_ID_BYTES), bw_sql_int(now_ms),
        bw_sql_int(state)};
    enum bw_status status = bw_central_run(central,
        "INSERT INTO introduction (device, sign_public, box_public, store_id,"
        " received_ms, state) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        values, 6, NULL, NULL, err);
    if (status == BW_OK) {
        *ret_new = bw_central_changed(central) > 0;
    }
    return status;
}

/* By two roads, or put once more. */
static enum bw_status
known_check(struct bw_central *central, const struct bw_introduction *introduction,
    bool *ret_known, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(introduction->device),
        bw_sql_blob(introduction->own.sign, BW_PUBLIC_KEY_BYTES),
        bw_sql_blob(introduction->store_id, BW_KIOSK_STORE_ID_BYTES)};
    int64_t rows = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT count(*) FROM introduction WHERE device = $1 AND sign_public = $2"
        " AND store_id = $3",
        values, 3, 0, &rows, err);
    if (status == BW_OK) {
        *ret_known = rows > 0;
    }
    return status;
}

/* XK1, XK2: these keys and this store are the kiosk's from now on.
 * Its log begins anew. */
static enum bw_status
in_force_put(struct bw_central *central, uint32_t device,
    const struct bw_identity_public *own, const uint8_t store_id[BW_KIOSK_STORE_ID_BYTES],
    struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(device),
        bw_sql_blob(own->sign, BW_PUBLIC_KEY_BYTES),
        bw_sql_blob(own->box, BW_BOX_KEY_BYTES),
        bw_sql_blob(store_id, BW_KIOSK_STORE_ID_BYTES), bw_sql_int(BW_KIOSK_INTRODUCED)};
    enum bw_status status = bw_central_run(central,
        "UPDATE device SET sign_public = $2, box_public = $3, store_id = $4, state = $5,"
        " receipt_seq = 0, receipt_hash = NULL, hello_counter = 0 WHERE device = $1",
        values, 5, NULL, NULL, err);
    return status == BW_OK ? bw_record_kiosk_changed(central, device, err) : status;
}

/* Whether a newer sheet ended that of a kiosk before it was used. */
static enum bw_status
ended_check(struct bw_central *central, const struct bw_kiosk_record *kiosk,
    bool *ret_ended, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(kiosk->device);
    int64_t ended = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT count(*) FROM device d WHERE d.device = $1 AND " BW_RECORD_SHEET_ENDED,
        &value, 1, 0, &ended, err);
    if (status == BW_OK) {
        *ret_ended = ended > 0;
    }
    return status;
}

/* The first counts (XM5); another waits. */
static enum bw_status
first_or_waits(struct bw_central *central, const struct bw_kiosk_record *kiosk,
    const struct bw_introduction *introduction, bool first, bool new,
    enum bw_introduction_outcome *ret_outcome, struct bw_error *err)
{
    if (!first) {
        *ret_outcome = new ? BW_INTRODUCTION_WAITS : BW_INTRODUCTION_KNOWN;
        return BW_OK;
    }
    enum bw_status status = in_force_put(
        central, kiosk->device, &introduction->own, introduction->store_id, err);
    if (status == BW_OK) {
        *ret_outcome = BW_INTRODUCTION_TAKEN;
    }
    return status;
}

enum bw_status
bw_introduction_take(struct bw_central *central, const struct bw_kiosk_record *kiosk,
    const struct bw_introduction *introduction, int64_t now_ms,
    enum bw_introduction_outcome *ret_outcome, struct bw_error *err)
{
    assert(bw_central_in_transaction(central));
    assert(kiosk->device == introduction->device);
    bool new = false, known = false, again = false, ended = false;
    enum bw_status status = known_check(central, introduction, &known, err);
    if (status == BW_OK && known) {
        *ret_outcome = BW_INTRODUCTION_KNOWN;
        return BW_OK;
    }
    if (status == BW_OK && kiosk->state == BW_KIOSK_REVOKED) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "it introduces kiosk %u, which was revoked; enrol it anew", kiosk->device);
    }
    if (status == BW_OK) {
        status = ended_check(central, kiosk, &ended, err);
    }
    if (status == BW_OK && !ended) {
        status = bw_introduction_is_again(central, kiosk, introduction, &again, err);
    }
    bool first = kiosk->state == BW_KIOSK_ENROLLED && !ended;
    if (status == BW_OK) {
        status =
            row_put(central, introduction, now_ms, first ? IN_FORCE : WAITS, &new, err);
    }
    if (status == BW_OK && !again) {
        return first_or_waits(central, kiosk, introduction, first, new, ret_outcome, err);
    }
    if (status == BW_OK) {
        status = bw_introduction_again_put(central, kiosk, introduction, now_ms, err);
    }
    if (status == BW_OK) {
        *ret_outcome = BW_INTRODUCTION_AGAIN;
    }
    return status;
}

/* ---- accepting ---- */

struct introduction_waiting {
    int count;
    struct {
        struct bw_identity_public own;
        uint8_t store_id[BW_KIOSK_STORE_ID_BYTES];
        char words[BW_CHECK_WORDS_BYTES];
    } items[WAITING_MAX];
};

static bool
on_waiting(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct introduction_waiting *waiting = context;
    if (waiting->count == WAITING_MAX || columns[0].bytes != BW_PUBLIC_KEY_BYTES ||
        columns[1].bytes != BW_BOX_KEY_BYTES ||
        columns[2].bytes != BW_KIOSK_STORE_ID_BYTES) {
        return waiting->count < WAITING_MAX;
    }
    int at = waiting->count++;
    memcpy(waiting->items[at].own.sign, columns[0].blob, BW_PUBLIC_KEY_BYTES);
    memcpy(waiting->items[at].own.box, columns[1].blob, BW_BOX_KEY_BYTES);
    memcpy(waiting->items[at].store_id, columns[2].blob, BW_KIOSK_STORE_ID_BYTES);
    bw_letter_check_words(
        columns[0].blob, columns[1].blob, columns[2].blob, waiting->items[at].words);
    return true;
}

/* The one that is meant: by its words, or the only one. */
static enum bw_status
waiting_pick(const struct introduction_waiting *waiting, uint32_t device,
    const char *words, int *ret_at, struct bw_error *err)
{
    if (waiting->count == 0) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "accepting an introduction of kiosk %u: none waits; "
            "kiosks lists those that do",
            device);
    }
    if (!words && waiting->count > 1) {
        return bw_error_set(err, BW_REFUSED, 0,
            "accepting an introduction of kiosk %u: %d wait; add the four words that the "
            "right kiosk shows",
            device, waiting->count);
    }
    for (int i = 0; i < waiting->count; i++) {
        if (!words || strcmp(waiting->items[i].words, words) == 0) {
            *ret_at = i;
            return BW_OK;
        }
    }
    return bw_error_set(err, BW_NOT_FOUND, 0,
        "accepting an introduction of kiosk %u: none with the words \"%s\" waits; "
        "compare them with the kiosk's screen",
        device, words);
}

/* Whether the kiosk is still as it was looked at. */
static enum bw_status
stands_check(
    const struct bw_kiosk_record *kiosk, const char *before, struct bw_error *err)
{
    char words[BW_CHECK_WORDS_BYTES] = "";
    if (kiosk->state == BW_KIOSK_REVOKED) {
        return bw_error_set(err, BW_REFUSED, 0,
            "accepting an introduction of kiosk %u: it was revoked; enrol it anew",
            kiosk->device);
    }
    if (kiosk->state == BW_KIOSK_INTRODUCED && kiosk->has_store_id) {
        bw_letter_check_words(kiosk->now.sign, kiosk->now.box, kiosk->store_id, words);
    }
    return before != NULL && strcmp(before, words) != 0
               ? bw_error_set(err, BW_REFUSED, 0,
                     "accepting an introduction of kiosk %u: another was accepted "
                     "meanwhile; kiosks says which",
                     kiosk->device)
               : BW_OK;
}

/* XK1: one is in force. */
static enum bw_status
states_turn(struct bw_central *central, uint32_t device,
    const uint8_t sign_public[BW_PUBLIC_KEY_BYTES], struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(device), bw_sql_blob(sign_public, BW_PUBLIC_KEY_BYTES)};
    enum bw_status status = bw_central_run(central,
        "UPDATE introduction SET state = 2 WHERE device = $1 AND state = 1", values, 1,
        NULL, NULL, err);
    if (status == BW_OK) {
        status = bw_central_run(central,
            "UPDATE introduction SET state = 1 WHERE device = $1 AND sign_public = $2",
            values, 2, NULL, NULL, err);
    }
    return status;
}

_Static_assert(REPLACED == 2 && IN_FORCE == 1 && WAITS == 0, "as in the statements");

enum bw_status
bw_introduction_accept(void *context, const char **ret_words, struct bw_error *err)
{
    struct bw_introduction_accepting *accepting = context;
    struct bw_central *central = accepting->central;
    uint32_t device = accepting->device;
    assert(bw_central_in_transaction(central));
    struct bw_kiosk_record kiosk;
    struct introduction_waiting waiting = {0};
    int at = 0;
    struct bw_sql_value value = bw_sql_int(device);
    enum bw_status status = bw_kiosk_record_read(central, device, &kiosk, err);
    if (status == BW_OK) {
        status = stands_check(&kiosk, accepting->before, err);
    }
    if (status == BW_OK) {
        status = bw_central_run(central,
            "SELECT sign_public, box_public, store_id FROM introduction"
            " WHERE device = $1 AND state = 0 ORDER BY received_ms, sign_public",
            &value, 1, on_waiting, &waiting, err);
    }
    if (status == BW_OK) {
        status = waiting_pick(&waiting, device, accepting->words, &at, err);
    }
    if (status == BW_OK) {
        status = states_turn(central, device, waiting.items[at].own.sign, err);
    }
    if (status == BW_OK) {
        status = in_force_put(
            central, device, &waiting.items[at].own, waiting.items[at].store_id, err);
    }
    if (status == BW_OK) {
        memcpy(accepting->taken, waiting.items[at].words, BW_CHECK_WORDS_BYTES);
        *ret_words = accepting->taken;
        status = bw_quarantine_admit(central, device, waiting.items[at].own.sign,
            accepting->now_ms, &accepting->events, err);
    }
    return status;
}
