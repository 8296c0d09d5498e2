/* Letters of the other kiosks of the own sessions, and of this very one: see inbox.h. */
#include "exchange/kiosk/inbox.h"
#include "exchange/letter/events.h"
#include "exchange/letter/introduction.h"

#include <brugwachter/store_letter.h>
#include <brugwachter/store_names.h>
#include <sodium.h>
#include <string.h>

enum bw_status
bw_kiosk_open_letter(struct bw_kiosk_exchange *exchange, const unsigned char *bytes,
    size_t length, const uint8_t trusted[BW_PUBLIC_KEY_BYTES],
    struct bw_letter_head *ret_head, char **ret_content, size_t *ret_content_bytes,
    struct bw_error *err)
{
    bool first = exchange->credentials.has_first &&
                 !bw_letter_is_for(bytes, length, exchange->own.box_public) &&
                 bw_letter_is_for(bytes, length, exchange->first.box_public);
    return bw_letter_open(bytes, length, trusted,
        first ? &exchange->first : &exchange->own, ret_head, ret_content,
        ret_content_bytes, err);
}

/* All rows of one kiosk: it may serve several of the own sessions. */
static enum bw_status
peer_find(struct bw_store *store, uint32_t device, struct bw_peer ret_peers[BW_PEERS_MAX],
    int *ret_count, struct bw_error *err)
{
    int count = 0, found = 0;
    enum bw_status status = bw_store_peers(store, ret_peers, &count, err);
    if (status != BW_OK) {
        return status;
    }
    for (int i = 0; i < count; i++) {
        if (ret_peers[i].device == device) {
            ret_peers[found++] = ret_peers[i];
        }
    }
    *ret_count = found;
    return found > 0
               ? BW_OK
               : bw_error_set(err, BW_NOT_FOUND, 0,
                     "kiosk %u is on no roster of this kiosk's sessions yet", device);
}

static bool
is_given(const uint8_t key[BW_PEER_KEY_BYTES])
{
    return sodium_is_zero(key, BW_PEER_KEY_BYTES) == 0;
}

/* Moved away, replaced or revoked, as a roster says: the office has what it saw. */
static enum bw_status
away_check(
    struct bw_kiosk_inbox *inbox, uint32_t device, bool *ret_away, struct bw_error *err)
{
    uint32_t away[BW_ROSTER_AWAY_MAX] = {0};
    bool found = false;
    enum bw_status status = bw_store_get_bytes(
        inbox->exchange->store, BW_KIOSK_AWAY, away, sizeof away, &found, err);
    if (status == BW_OK) {
        *ret_away = false;
        for (int i = 0; i < BW_ROSTER_AWAY_MAX; i++) {
            *ret_away = *ret_away || away[i] == device;
        }
    }
    return status;
}

/* Provisionally, until a roster names its keys; of two the first counts. */
enum bw_status
bw_kiosk_take_introduction(struct bw_kiosk_inbox *inbox,
    const struct bw_letter_head *head, const unsigned char *bytes, size_t length,
    struct bw_error *err)
{
    struct bw_store *store = inbox->exchange->store;
    struct bw_peer peers[BW_PEERS_MAX];
    struct bw_introduction introduction;
    struct bw_letter_head opened;
    struct bw_error why = {.text = ""};
    char *content = NULL;
    size_t content_bytes = 0;
    int count = 0;
    bool away = false;
    enum bw_status status = peer_find(store, head->writer, peers, &count, &why);
    if (status == BW_NOT_FOUND) {
        status = away_check(inbox, head->writer, &away, err);
        return status != BW_OK || away
                   ? status
                   : bw_error_set(err, BW_NOT_FOUND, 0, "%s", why.text);
    }
    if (status != BW_OK) {
        return bw_error_set(err, status, why.os_errno, "%s", why.text);
    }
    if (is_given(peers[0].sign) || peers[0].revoked) {
        return BW_OK;
    }
    status = bw_kiosk_open_letter(inbox->exchange, bytes, length, peers[0].first_sign,
        &opened, &content, &content_bytes, err);
    if (status == BW_OK) {
        status =
            bw_introduction_read(&opened, content, content_bytes, &introduction, err);
        bw_letter_content_free(content, content_bytes);
    }
    for (int i = 0; status == BW_OK && i < count; i++) {
        memcpy(peers[i].sign, introduction.own.sign, sizeof peers[i].sign);
        memcpy(peers[i].box, introduction.own.box, sizeof peers[i].box);
        memcpy(peers[i].store_id, introduction.store_id, sizeof peers[i].store_id);
        peers[i].provisional = true;
        peers[i].introduced = false;
        status = bw_store_put_peer(store, &peers[i], err);
    }
    return status;
}

struct taking {
    struct bw_store *store;
};

static enum bw_status
on_row(void *context, const struct bw_events_row *row, struct bw_error *err)
{
    struct taking *taking = context;
    return bw_store_put_peer_event_sealed(
        taking->store, row->event, row->sealed, row->sealed_bytes, err);
}

static enum bw_status
hello_take(struct bw_kiosk_exchange *exchange, const struct bw_events_letter *letter,
    struct bw_error *err)
{
    struct bw_store_hello hello = {.device = letter->writer,
        .counter = letter->counter,
        .clock_ms = letter->hello.clock_ms,
        .head_seq = letter->head_seq};
    for (int i = 0; i < letter->hello.heard_count; i++) {
        if (letter->hello.heard[i].device == exchange->device) {
            hello.echo_counter = letter->hello.heard[i].counter;
            hello.echo_ms = letter->hello.heard[i].clock_ms;
        }
    }
    return bw_store_put_hello(exchange->store, &hello, err);
}

/* A kiosk that was told of this one, and not the other way round: nothing of the letter
 * can be believed but that somebody writes under that number;
 * so the desk waits for it. */
static void
stranger_note(struct bw_kiosk_inbox *inbox, uint32_t device, const unsigned char *bytes,
    size_t length)
{
    const struct bw_kiosk_exchange *exchange = inbox->exchange;
    bool known = !bw_letter_is_for(bytes, length, exchange->own.box_public) &&
                 !(exchange->credentials.has_first &&
                     bw_letter_is_for(bytes, length, exchange->first.box_public));
    for (int i = 0; i < inbox->strangers_count; i++) {
        known = known || inbox->strangers[i] == device;
    }
    if (!known && inbox->strangers_count < BW_STRANGERS_MAX) {
        inbox->strangers[inbox->strangers_count++] = device;
    }
}

/* Of a kiosk that isn't on the roster: BW_NOT_FOUND, its letter is looked at again. One
 * that was moved away is done with. */
static enum bw_status
unlisted_take(struct bw_kiosk_inbox *inbox, uint32_t device, const unsigned char *bytes,
    size_t length, const struct bw_error *unlisted, struct bw_error *err)
{
    bool away = false;
    enum bw_status status = away_check(inbox, device, &away, err);
    if (status != BW_OK || away) {
        return status;
    }
    stranger_note(inbox, device, bytes, length);
    return bw_error_set(err, BW_NOT_FOUND, unlisted->os_errno, "%s", unlisted->text);
}

/* Read twice: nothing goes in of a letter that doesn't hold. */
static enum bw_status
content_take(struct bw_kiosk_exchange *exchange, const struct bw_letter_head *head,
    const char *content, size_t content_bytes, struct bw_error *err)
{
    struct bw_events_letter letter;
    struct taking taking = {.store = exchange->store};
    enum bw_status status =
        bw_events_read(head, content, content_bytes, &letter, NULL, NULL, err);
    if (status == BW_OK) {
        status = bw_events_read(head, content, content_bytes, NULL, on_row, &taking, err);
    }
    return status == BW_OK ? hello_take(exchange, &letter, err) : status;
}

enum bw_status
bw_kiosk_take_events(struct bw_kiosk_inbox *inbox, const struct bw_letter_head *head,
    const unsigned char *bytes, size_t length, struct bw_error *err)
{
    struct bw_peer peers[BW_PEERS_MAX];
    struct bw_letter_head opened;
    struct bw_error why = {.text = ""};
    char *content = NULL;
    size_t content_bytes = 0;
    int count = 0;
    enum bw_status status =
        peer_find(inbox->exchange->store, head->writer, peers, &count, &why);
    if (status == BW_NOT_FOUND) {
        return unlisted_take(inbox, head->writer, bytes, length, &why, err);
    }
    if (status != BW_OK) {
        return bw_error_set(err, status, why.os_errno, "%s", why.text);
    }
    if (!is_given(peers[0].sign)) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "kiosk %u hasn't introduced itself to this kiosk yet", head->writer);
    }
    status = bw_kiosk_open_letter(inbox->exchange, bytes, length, peers[0].sign, &opened,
        &content, &content_bytes, err);
    if (status != BW_OK) {
        return status;
    }
    status = content_take(inbox->exchange, &opened, content, content_bytes, err);
    bw_letter_content_free(content, content_bytes);
    return status;
}

/* ---- letters of one's own number ---- */

static enum bw_status
on_own_row(void *context, const struct bw_events_row *row, struct bw_error *err)
{
    return bw_store_note_own_event(context, row->event, err);
}

enum bw_status
bw_kiosk_take_own(struct bw_kiosk_inbox *inbox, const unsigned char *bytes, size_t length,
    struct bw_error *err)
{
    struct bw_kiosk_exchange *exchange = inbox->exchange;
    struct bw_error why = {.text = ""};
    struct bw_letter_head head;
    char *content = NULL;
    size_t content_bytes = 0;
    enum bw_status status = bw_letter_open(bytes, length, exchange->own.sign_public,
        &exchange->own, &head, &content, &content_bytes, &why);
    if (status == BW_NO_MEMORY) {
        return bw_error_set(err, status, 0, "%s", why.text);
    }
    if (status != BW_OK) {
        return BW_OK; /* of another store under this number, or altered */
    }
    status = bw_events_read(
        &head, content, content_bytes, NULL, on_own_row, exchange->store, err);
    bw_letter_content_free(content, content_bytes);
    return status;
}
