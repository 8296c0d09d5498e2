/* Roster letters of one kiosk and session: see roster_out.h. */
#include "exchange/office/roster/roster_out.h"

#include "central/sealed.h"
#include "exchange/office/epoch.h"
#include "exchange/office/roster/roster_parts.h"
#include "exchange/office/roster/roster_rows.h"
#include "exchange/office/roster/roster_settings.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { DIGESTS_BYTES = 2 * BW_ROSTER_DIGEST_BYTES };

void
bw_roster_out_finish(struct bw_roster_out *out)
{
    for (int i = 0; out && out->letters && i < out->count; i++) {
        free(out->letters[i].bytes);
    }
    if (out) {
        free(out->letters);
        *out = (struct bw_roster_out){.letters = NULL};
    }
}

/* ---- what went before ---- */

static bool
on_last(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_roster_last *last = context;
    last->found = columns[3].bytes == DIGESTS_BYTES;
    last->to = (uint64_t)columns[0].number;
    last->receipt_seq = (uint64_t)columns[1].number;
    last->sealed_mark = columns[2].number;
    if (last->found) {
        memcpy(last->sessions, columns[3].blob, sizeof last->sessions);
        memcpy(last->rest, columns[3].blob + sizeof last->sessions, sizeof last->rest);
    }
    return false;
}

#define LAST_COLUMNS "to_revision, receipt_seq, sealed_mark, digest"

enum bw_status
bw_roster_last_read(struct bw_central *central, uint32_t device, uint32_t session_no,
    const char *place, struct bw_roster_last *ret_last, struct bw_error *err)
{
    struct bw_roster_last last = {.found = false};
    struct bw_sql_value values[] = {
        bw_sql_int(device), bw_sql_int(session_no), bw_sql_text(place)};
    enum bw_status status = bw_central_run(central,
        "SELECT " LAST_COLUMNS " FROM letter_out WHERE device = $1 AND session_no = $2"
        " AND place = $3 AND epoch = (SELECT epoch FROM central)"
        " ORDER BY to_revision DESC LIMIT 1",
        values, 3, on_last, &last, err);
    if (status == BW_OK) {
        *ret_last = last;
    }
    return status;
}

/* The letter that gave the kiosk what it holds; not found: it gets all. */
static enum bw_status
base_read(struct bw_central *central, uint32_t device,
    const struct bw_kiosk_session *session, uint32_t epoch,
    struct bw_roster_last *ret_base, struct bw_error *err)
{
    struct bw_roster_last base = {.found = false};
    struct bw_sql_value values[] = {bw_sql_int(device), bw_sql_int(session->session_no),
        bw_sql_int(epoch), bw_sql_int((int64_t)session->held_revision)};
    enum bw_status status = BW_OK;
    if (session->held_epoch == epoch && session->held_revision > 0) {
        status = bw_central_run(central,
            "SELECT " LAST_COLUMNS " FROM letter_out WHERE device = $1"
            " AND session_no = $2 AND epoch = $3 AND to_revision = $4 LIMIT 1",
            values, 4, on_last, &base, err);
    }
    if (status == BW_OK) {
        *ret_base = base;
    }
    return status;
}

enum bw_status
bw_roster_is_told(struct bw_central *central, uint32_t device,
    const struct bw_kiosk_session *session, const struct bw_roster_last *last,
    bool *ret_told, struct bw_error *err)
{
    struct bw_roster_state state;
    bool some = true;
    if (!last->found) {
        *ret_told = false;
        return BW_OK;
    }
    enum bw_status status =
        bw_roster_rows_since(central, device, session->session_no, last->to, &some, err);
    if (status == BW_OK && !some) {
        status = bw_roster_state_read(central, device, session, &state, err);
    }
    if (status == BW_OK) {
        *ret_told = !some && !state.sealed_newer &&
                    state.sealed_mark == last->sealed_mark &&
                    memcmp(state.sessions, last->sessions, sizeof last->sessions) == 0 &&
                    memcmp(state.rest, last->rest, sizeof last->rest) == 0;
    }
    return status;
}

/* ---- making ---- */

/* What one making works on. */
struct making {
    const struct bw_exchange_post *post;
    const struct bw_kiosk_record *kiosk;
    struct bw_kiosk_session session;
    struct bw_roster_letter letter;
    struct bw_roster_state state;
    struct bw_roster_want want;
    const char *place;
};

static enum bw_status
details_key_make(struct making *making, struct bw_error *err)
{
    struct bw_kiosk_session *session = &making->session;
    if (session->has_details_key) {
        return BW_OK;
    }
    randombytes_buf(session->details_key, sizeof session->details_key);
    session->has_details_key = true;
    struct bw_sql_value values[] = {bw_sql_int(session->session_no),
        bw_sql_blob(session->details_key, sizeof session->details_key)};
    return bw_central_run(making->post->central,
        "UPDATE session SET details_key = $2 WHERE session_no = $1", values, 2, NULL,
        NULL, err);
}

/* From which revision, and whether the series' sessions go along. */
static enum bw_status
want_find(struct making *making, bool whole, struct bw_error *err)
{
    struct bw_roster_last base = {.found = false};
    enum bw_status status = BW_OK;
    if (!whole) {
        status = base_read(making->post->central, making->kiosk->device, &making->session,
            making->letter.epoch, &base, err);
    }
    making->want = (struct bw_roster_want){.device = making->kiosk->device,
        .session = &making->session,
        .since = base.found ? base.to : 0,
        .sealed_since = base.found ? base.sealed_mark : 0,
        .sessions = !base.found || memcmp(base.sessions, making->state.sessions,
                                       sizeof base.sessions) != 0};
    making->letter.from = making->want.since;
    return status;
}

static enum bw_status
letter_fill(struct making *making, bool whole, struct bw_error *err)
{
    struct bw_central *central = making->post->central;
    int64_t revision = 0;
    enum bw_status status = details_key_make(making, err);
    if (status == BW_OK) {
        status = bw_epoch_read(central, &making->letter.epoch, err);
    }
    if (status == BW_OK) {
        status = bw_roster_settings_read(
            central, making->kiosk, &making->session, &making->letter, err);
    }
    if (status == BW_OK) {
        status = bw_roster_settings_lan_key(central, &making->post->office,
            &making->session, making->letter.lan_key, err);
    }
    if (status == BW_OK) {
        status = bw_central_sealed_mark(central, making->session.series, err);
    }
    if (status == BW_OK) {
        status = bw_roster_state_read(
            central, making->kiosk->device, &making->session, &making->state, err);
    }
    if (status == BW_OK) {
        status = want_find(making, whole, err);
    }
    if (status == BW_OK) {
        status = bw_central_next_revision(
            central, making->session.session_no, &revision, err); /* XR1 */
    }
    making->letter.to = (uint64_t)revision;
    making->letter.made_ms = bw_exchange_post_now_ms(making->post);
    bw_identity_show(&making->post->office, &making->letter.organiser.now);
    return status;
}

static enum bw_status
note_out(const struct making *making, const struct bw_letter_head *head, const char *name,
    struct bw_error *err)
{
    uint8_t digests[DIGESTS_BYTES];
    memcpy(digests, making->state.sessions, BW_ROSTER_DIGEST_BYTES);
    memcpy(digests + BW_ROSTER_DIGEST_BYTES, making->state.rest, BW_ROSTER_DIGEST_BYTES);
    struct bw_sql_value values[] = {bw_sql_text(name), bw_sql_int(head->addressee),
        bw_sql_int(head->session_no), bw_sql_int(head->epoch),
        bw_sql_int((int64_t)head->from), bw_sql_int((int64_t)head->to),
        bw_sql_int(head->part), bw_sql_int(head->parts),
        bw_sql_int(making->state.sealed_mark), bw_sql_blob(digests, sizeof digests),
        bw_sql_int((int64_t)making->letter.receipt.seq), bw_sql_text(making->place),
        bw_sql_int(making->letter.made_ms)};
    return bw_central_run(making->post->central,
        "INSERT INTO letter_out (name, device, session_no, epoch, from_revision,"
        " to_revision, part, parts, sealed_mark, digest, receipt_seq, place, written_ms)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        values, 13, NULL, NULL, err);
}

static enum bw_status
part_seal(struct making *making, struct bw_roster_parts *parts, int at,
    struct bw_roster_made *made, struct bw_error *err)
{
    char *text = NULL;
    struct bw_letter_head head;
    struct bw_letter_reader reader;
    const struct bw_identity_public *to = making->kiosk->state == BW_KIOSK_ENROLLED
                                              ? &making->kiosk->first
                                              : &making->kiosk->now; /* XR3 */
    making->letter.part = at + 1;
    making->letter.parts = parts->count;
    bw_roster_letter_head(&making->letter, &head);
    memcpy(reader.box, to->box, BW_BOX_KEY_BYTES);
    enum bw_status status = bw_roster_parts_text(parts, at, &text, err);
    if (status == BW_OK) {
        status = bw_letter_seal(&head, &making->post->office, &reader, 1, text,
            strlen(text), &made->bytes, &made->length, err);
        sodium_memzero(text, strlen(text));
        free(text);
    }
    if (status == BW_OK) {
        bw_letter_name_of(&head, made->bytes, made->length, made->name);
        status = note_out(making, &head, made->name, err); /* XR2 */
    }
    return status;
}

static enum bw_status
parts_make(struct making *making, struct bw_roster_out *out, struct bw_error *err)
{
    struct bw_roster_parts *parts = malloc(sizeof *parts);
    if (!parts) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "writing a roster: out of memory");
    }
    enum bw_status status = bw_roster_parts_init(parts, &making->letter, err);
    if (status == BW_OK) {
        struct bw_roster_sink sink = bw_roster_parts_sink(parts);
        status =
            bw_roster_rows_of_central(making->post->central, &making->want, &sink, err);
    }
    if (status == BW_OK) {
        out->letters = calloc((size_t)parts->count, sizeof *out->letters);
        out->count = out->letters ? parts->count : 0;
        out->counts = parts->counts;
        if (!out->letters) {
            status =
                bw_error_set(err, BW_NO_MEMORY, 0, "writing a roster: out of memory");
        }
    }
    for (int i = 0; status == BW_OK && i < out->count; i++) {
        status = part_seal(making, parts, i, &out->letters[i], err);
    }
    bw_roster_parts_finish(parts);
    free(parts);
    return status;
}

enum bw_status
bw_roster_out_make(const struct bw_exchange_post *post,
    const struct bw_kiosk_record *kiosk, const struct bw_kiosk_session *session,
    bool whole, const char *place, struct bw_roster_out *ret_out, struct bw_error *err)
{
    assert(bw_central_in_transaction(post->central));
    struct bw_roster_out out = {.letters = NULL};
    if (kiosk->state == BW_KIOSK_REVOKED ||
        (kiosk->state == BW_KIOSK_ENROLLED && !kiosk->has_first)) {
        return bw_error_set(err, BW_REFUSED, 0,
            "writing a roster for kiosk %u: it was revoked; enrol it anew",
            kiosk->device);
    }
    struct making *making = calloc(1, sizeof *making);
    if (!making) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "writing a roster: out of memory");
    }
    making->post = post;
    making->kiosk = kiosk;
    making->session = *session;
    making->place = place;
    enum bw_status status = letter_fill(making, whole, err);
    if (status == BW_OK) {
        out.from = making->letter.from;
        out.to = making->letter.to;
        status = parts_make(making, &out, err);
    }
    sodium_memzero(making, sizeof *making);
    free(making);
    if (status != BW_OK) {
        bw_roster_out_finish(&out);
        return bw_error_prefix(
            err, status, "writing the roster of kiosk %u", kiosk->device);
    }
    *ret_out = out;
    return BW_OK;
}
