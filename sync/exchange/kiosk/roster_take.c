/* A roster letter into the store, all its parts in one transaction: see inbox.h. */
#include "exchange/kiosk/inbox.h"

#include <brugwachter/store_letter.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct applying {
    struct bw_kiosk_exchange *exchange;
    struct bw_store *store;
    uint32_t session_no;
    char code[BW_LABEL_BYTES]; /* of the session; "" until known */
    char series[BW_LABEL_BYTES];
    bool first; /* the part that brings the settings */
    struct bw_roster_letter letter;
};

/* ---- the first reading: whether all holds, and which series ---- */

static enum bw_status
on_session_look(void *context, const struct bw_session *session, struct bw_error *err)
{
    (void)err;
    struct applying *applying = context;
    if (session->session_no == applying->session_no) {
        memcpy(applying->code, session->code, sizeof applying->code);
        memcpy(applying->series, session->series, sizeof applying->series);
    }
    return BW_OK;
}

static enum bw_status
series_find(struct applying *applying, struct bw_error *err)
{
    struct bw_session session;
    struct bw_error why = {.text = ""};
    if (applying->code[0]) {
        return BW_OK;
    }
    enum bw_status status =
        bw_store_session_by_number(applying->store, applying->session_no, &session, &why);
    if (status == BW_NOT_FOUND) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "the letter doesn't say which session it is for; have it made again");
    }
    if (status != BW_OK) {
        return bw_error_set(err, status, why.os_errno, "%s", why.text);
    }
    memcpy(applying->code, session.code, sizeof applying->code);
    memcpy(applying->series, session.series, sizeof applying->series);
    return BW_OK;
}

/* ---- the second ---- */

static bool
same_public(const struct bw_identity_public *a, const struct bw_identity_public *b)
{
    return memcmp(a->sign, b->sign, sizeof a->sign) == 0 &&
           memcmp(a->box, b->box, sizeof a->box) == 0;
}

/* Whether the letter speaks of this very store's keys. */
static bool
is_own(const struct bw_kiosk_exchange *exchange, const struct bw_roster_letter *letter)
{
    struct bw_identity_public own;
    bw_identity_show(&exchange->own, &own);
    return letter->introduced && same_public(&own, &letter->own);
}

static enum bw_status
on_begin(void *context, const struct bw_roster_letter *letter, struct bw_error *err)
{
    struct applying *applying = context;
    struct bw_store_receipt receipt = {
        .seq = letter->receipt.seq, .beyond_seq = letter->receipt.beyond_seq};
    if (!applying->first) {
        return BW_OK;
    }
    applying->first = false;
    applying->letter = *letter;
    memcpy(receipt.hash, letter->receipt.hash, sizeof receipt.hash);
    memcpy(receipt.beyond_hash, letter->receipt.beyond_hash, sizeof receipt.beyond_hash);
    /* the last one without a gap is merged, too:
     * a log that lacks it is a restored copy */
    if (receipt.beyond_seq == 0 && is_own(applying->exchange, letter)) {
        receipt.beyond_seq = receipt.seq;
        memcpy(receipt.beyond_hash, receipt.hash, sizeof receipt.beyond_hash);
    }
    enum bw_status status =
        bw_store_put_settings(applying->store, &letter->settings, err);
    if (status == BW_OK) {
        status = bw_store_put_details_key(applying->store, letter->details_key, err);
    }
    if (status == BW_OK) {
        status = bw_store_put_lan_key(applying->store, letter->lan_key, err);
    }
    if (status == BW_OK) {
        status = bw_store_set_bytes(
            applying->store, BW_KIOSK_AWAY, letter->away, sizeof letter->away, err);
    }
    return status == BW_OK ? bw_store_put_receipt(applying->store, &receipt, err)
                           : status;
}

static enum bw_status
on_session(void *context, const struct bw_session *session, struct bw_error *err)
{
    return bw_store_put_session(((struct applying *)context)->store, session, err);
}

static enum bw_status
on_registration(
    void *context, const struct bw_registration *registration, struct bw_error *err)
{
    return bw_store_put_registration(
        ((struct applying *)context)->store, registration, err);
}

static enum bw_status
on_gone(void *context, bw_code code, struct bw_error *err)
{
    return bw_store_put_gone(((struct applying *)context)->store, code, err);
}

static enum bw_status
on_sealed(void *context, const struct bw_sealed_row *row, struct bw_error *err)
{
    return bw_store_put_sealed(((struct applying *)context)->store, row, err);
}

static enum bw_status
on_sealed_gone(void *context, const uint8_t id[BW_SEALED_ID_BYTES], struct bw_error *err)
{
    return bw_store_put_sealed_gone(((struct applying *)context)->store, id, err);
}

static enum bw_status
on_agenda(void *context, const struct bw_agenda_item *item, struct bw_error *err)
{
    return bw_store_put_agenda(((struct applying *)context)->store, item, err);
}

static enum bw_status
on_peer(void *context, const struct bw_roster_peer *from, struct bw_error *err)
{
    struct applying *applying = context;
    struct bw_peer peer = {.device = from->device,
        .heard_ms = from->heard_ms,
        .head_seq = from->head_seq,
        .introduced = from->introduced,
        .hello_counter = from->counter};
    if (from->device == applying->exchange->device) {
        return BW_OK;
    }
    memcpy(peer.name, from->name, sizeof peer.name);
    memcpy(peer.session, applying->code, sizeof peer.session);
    memcpy(peer.sign, from->own.sign, sizeof peer.sign);
    memcpy(peer.box, from->own.box, sizeof peer.box);
    memcpy(peer.first_sign, from->first.sign, sizeof peer.first_sign);
    memcpy(peer.first_box, from->first.box, sizeof peer.first_box);
    return bw_store_put_peer(applying->store, &peer, err);
}

static enum bw_status
on_revoked(void *context, const struct bw_roster_revoked *revoked, struct bw_error *err)
{
    return bw_store_put_revoked(((struct applying *)context)->store, revoked->device,
        revoked->seq, revoked->hash, err);
}

/* Of this kiosk's own number only the log itself knows. */
static enum bw_status
on_event(void *context, const struct bw_event *event,
    const struct bw_event_details *details, struct bw_error *err)
{
    struct applying *applying = context;
    if (event->id.device == applying->exchange->device) {
        return BW_OK;
    }
    return bw_store_put_peer_event(applying->store, event, details, err);
}

static enum bw_status
on_forget(void *context, const struct bw_roster_forget *forget, struct bw_error *err)
{
    return bw_store_put_forget(((struct applying *)context)->store,
        (struct bw_event_id){.device = forget->device, .seq = forget->seq}, forget->hash,
        err);
}

/* ---- what a letter changes beside the store ---- */

static enum bw_status
credentials_renew(struct bw_kiosk_inbox *inbox, const struct bw_roster_letter *letter,
    struct bw_error *err)
{
    struct bw_kiosk_exchange *exchange = inbox->exchange;
    struct bw_credentials *credentials = &exchange->credentials;
    bool changed = false;
    bool known = is_own(exchange, letter);
    inbox->pulled->other_introduced = letter->introduced && !known;
    if (known && (!credentials->introduced || credentials->has_first)) {
        credentials->introduced = true;
        credentials->has_first = false;
        sodium_memzero(credentials->first_seed, sizeof credentials->first_seed);
        changed = true;
    }
    if (credentials->again != 0 && credentials->again == letter->again) {
        credentials->again = 0;
        sodium_memzero(credentials->again_seed, sizeof credentials->again_seed);
        changed = true;
    }
    if (!same_public(&credentials->organiser, &letter->organiser.now)) {
        credentials->organiser = letter->organiser.now; /* signed so: see trusted_key */
        credentials->organiser_changes = false;
        changed = true;
    }
    if (letter->organiser.changes &&
        (!credentials->organiser_changes ||
            !same_public(&credentials->next, &letter->organiser.next))) {
        credentials->next = letter->organiser.next;
        credentials->organiser_changes = true;
        changed = true;
    }
    return changed ? bw_credentials_save(exchange->store_path, credentials, err) : BW_OK;
}

/* A letter has been on its way: it tells a time that is past, never what time it is. */
static enum bw_status
time_take(struct bw_kiosk_exchange *exchange, int64_t made_ms, struct bw_error *err)
{
    int64_t server_ms = 0, mono_ms = 0;
    bool same_boot = false;
    enum bw_status status = bw_store_server_time(
        exchange->store, &exchange->clock, &server_ms, &mono_ms, &same_boot, err);
    if (status == BW_OK && made_ms > server_ms) {
        status =
            bw_store_set_server_time(exchange->store, made_ms, &exchange->clock, err);
    }
    return status;
}

enum bw_status
bw_kiosk_roster_renew(
    struct bw_kiosk_inbox *inbox, const struct bw_kiosk_part *part, struct bw_error *err)
{
    const struct bw_roster_sink nowhere = {.context = NULL};
    struct bw_error why = {.text = ""};
    struct bw_roster_letter *letter = calloc(1, sizeof *letter);
    if (!letter) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "taking a roster: out of memory");
    }
    enum bw_status status = bw_roster_read(
        &part->head, part->content, part->content_bytes, &nowhere, letter, NULL, &why);
    if (status == BW_OK) {
        status = time_take(inbox->exchange, letter->made_ms, err);
        if (status == BW_OK) {
            status = credentials_renew(inbox, letter, err);
        }
    } else if (status == BW_NO_MEMORY) {
        status = bw_error_set(err, status, 0, "%s", why.text);
    } else {
        status = BW_OK; /* it was taken, so it held: another of the same numbers */
    }
    sodium_memzero(letter, sizeof *letter);
    free(letter);
    return status;
}

static enum bw_status
parts_read(struct bw_kiosk_part *const *parts, int count,
    const struct bw_roster_sink *sink, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (int i = 0; status == BW_OK && i < count; i++) {
        status = bw_roster_read(&parts[i]->head, parts[i]->content,
            parts[i]->content_bytes, sink, NULL, NULL, err);
    }
    return status;
}

static enum bw_status
store_fill(struct applying *applying, struct bw_kiosk_part *const *parts, int count,
    int64_t made_ms, bool *ret_applied, struct bw_error *err)
{
    const struct bw_letter_head *head = &parts[0]->head;
    struct bw_store_letter letter = {.session_no = head->session_no,
        .epoch = head->epoch,
        .from = (int64_t)head->from,
        .to = (int64_t)head->to,
        .made_ms = made_ms};
    struct bw_roster_sink sink = {.context = applying,
        .begin = on_begin,
        .session = on_session,
        .registration = on_registration,
        .gone = on_gone,
        .sealed = on_sealed,
        .sealed_gone = on_sealed_gone,
        .agenda = on_agenda,
        .peer = on_peer,
        .revoked = on_revoked,
        .event = on_event,
        .forget = on_forget};
    enum bw_store_outcome outcome = BW_LETTER_OLD;
    memcpy(letter.series, applying->series, sizeof letter.series);
    enum bw_status status = bw_store_letter_begin(applying->store, &letter, err);
    if (status != BW_OK) {
        return status;
    }
    status = parts_read(parts, count, &sink, err);
    if (status != BW_OK) {
        bw_store_letter_rollback(applying->store);
        return status;
    }
    status = bw_store_letter_commit(applying->store, &outcome, err);
    *ret_applied = outcome == BW_LETTER_APPLIED;
    return status;
}

enum bw_status
bw_kiosk_roster_take(struct bw_kiosk_inbox *inbox, struct bw_kiosk_part *const *parts,
    int count, bool *ret_applied, struct bw_error *err)
{
    struct applying *applying = calloc(1, sizeof *applying);
    if (!applying) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "taking a roster: out of memory");
    }
    *applying = (struct applying){.exchange = inbox->exchange,
        .store = inbox->exchange->store,
        .session_no = parts[0]->head.session_no,
        .first = true};
    const struct bw_roster_sink look = {.context = applying, .session = on_session_look};
    enum bw_status status = parts_read(parts, count, &look, err);
    if (status == BW_OK) {
        status = bw_roster_read(&parts[0]->head, parts[0]->content,
            parts[0]->content_bytes, &look, &applying->letter, NULL, err);
    }
    if (status == BW_OK) {
        status = series_find(applying, err);
    }
    if (status == BW_OK) {
        status = store_fill(
            applying, parts, count, applying->letter.made_ms, ret_applied, err);
    }
    if (status == BW_OK && *ret_applied) {
        status = time_take(inbox->exchange, applying->letter.made_ms, err);
    }
    if (status == BW_OK && *ret_applied) {
        status = credentials_renew(inbox, &applying->letter, err);
    }
    sodium_memzero(applying, sizeof *applying);
    free(applying);
    return status;
}
