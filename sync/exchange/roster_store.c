/* A roster into a store: see roster.h. The store's own transaction makes it whole or not
 * at all; the caller rolls back where a later part fails. */
#include "exchange/roster.h"

#include <string.h>

/* Keys first: they hold even where the rows then fail, and never take trust away that the
 * organiser didn't take. */
static enum bw_status
keyring_take(
    struct bw_store *store, const struct bw_keyring *keyring, struct bw_error *err)
{
    struct bw_enrolment enrolment = *bw_store_enrolment(store);
    bool same = enrolment.keyring.count == keyring->count;
    for (int i = 0; same && i < keyring->count; i++) {
        same = enrolment.keyring.keys[i].key == keyring->keys[i].key &&
               memcmp(enrolment.keyring.keys[i].bytes, keyring->keys[i].bytes,
                   BW_PUBLIC_KEY_BYTES) == 0;
    }
    if (same || keyring->count == 0) {
        return BW_OK;
    }
    enrolment.keyring = *keyring;
    return bw_store_enrol(store, &enrolment, err);
}

static enum bw_status
on_begin(void *context, const struct bw_roster1_head *head, struct bw_error *err)
{
    struct bw_roster1_to_store *to = context;
    to->head = head;
    enum bw_status status = keyring_take(to->store, &head->keyring, err);
    return status == BW_OK ? bw_store_update_begin(to->store, head->whole, err) : status;
}

static enum bw_status
on_session(void *context, const struct bw_session *session, struct bw_error *err)
{
    struct bw_roster1_to_store *to = context;
    return bw_store_put_session(to->store, session, err);
}

static enum bw_status
on_registration(
    void *context, const struct bw_registration *registration, struct bw_error *err)
{
    struct bw_roster1_to_store *to = context;
    return bw_store_put_registration(to->store, registration, err);
}

static enum bw_status
on_sealed(void *context, const struct bw_sealed_row *row, struct bw_error *err)
{
    struct bw_roster1_to_store *to = context;
    return bw_store_put_sealed(to->store, row, err);
}

static enum bw_status
on_agenda(void *context, const struct bw_agenda_item *item, struct bw_error *err)
{
    struct bw_roster1_to_store *to = context;
    return bw_store_put_agenda(to->store, item, err);
}

static enum bw_status
on_peer(void *context, const struct bw_peer *peer, struct bw_error *err)
{
    struct bw_roster1_to_store *to = context;
    return bw_store_put_peer(to->store, peer, err);
}

static enum bw_status
on_event(void *context, const struct bw_event *event,
    const struct bw_event_details *details, struct bw_error *err)
{
    struct bw_roster1_to_store *to = context;
    return bw_store_put_peer_event(to->store, event, details, err);
}

static enum bw_status
on_end(void *context, struct bw_error *err)
{
    struct bw_roster1_to_store *to = context;
    return bw_store_update_commit(to->store, to->head->revision, to->head->made_ms, err);
}

struct bw_roster1_sink
bw_roster1_sink_store(struct bw_roster1_to_store *to)
{
    return (struct bw_roster1_sink){.context = to,
        .begin = on_begin,
        .session = on_session,
        .registration = on_registration,
        .sealed = on_sealed,
        .agenda = on_agenda,
        .peer = on_peer,
        .event = on_event,
        .end = on_end};
}
