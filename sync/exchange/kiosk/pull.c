/* Letters of others down to a kiosk: see kiosk.h.
 *
 *   list --> introductions --> rosters kept, then applied --> events of other kiosks
 *
 * In that order, so that a roster names the keys that the events are signed with. A name
 * that was judged is noted, and not read again. */
#include "central/base/array.h"
#include "central/base/output.h"
#include "exchange/kiosk/inbox.h"
#include "exchange/kiosk/sent.h"

#include <brugwachter/store_letter.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct listed {
    char name[BW_LETTER_NAME_BYTES];
    enum bw_letter_kind kind;
    bool known; /* judged before, or sent from here */
    bool own;   /* events of this kiosk's own number */
    bool peer;  /* events of another's, not just a hello */
};

struct pull_listing {
    uint32_t device;
    struct listed *items;
    size_t count, capacity;
    bool no_memory;
    int slow; /* letters (CA5), and of the first: */
    const char *slow_name;
    struct bw_error slow_why;
};

/* Roster letters of others are left where they are. Of what has this kiosk's own number
 * only events are looked at, once: see bw_kiosk_take_own. */
static bool
on_listed(
    void *context, const char *name, const struct bw_letter_name *parsed, uint64_t bytes)
{
    (void)bytes;
    struct pull_listing *listing = context;
    bool own = parsed->device == listing->device;
    if (parsed->kind == BW_LETTER_ROSTER
            ? !own
            : own && (parsed->kind != BW_LETTER_EVENTS || parsed->from == 0)) {
        return true;
    }
    struct listed *item =
        bw_array_more(&listing->items, &listing->count, &listing->capacity, sizeof *item);
    listing->no_memory = item == NULL;
    if (item) {
        (void)snprintf(item->name, sizeof item->name, "%s", name);
        item->kind = parsed->kind;
        item->own = own && parsed->kind == BW_LETTER_EVENTS;
        item->peer = !own && parsed->kind == BW_LETTER_EVENTS && parsed->from > 0;
    }
    return item != NULL;
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(((const struct listed *)a)->name, ((const struct listed *)b)->name);
}

static bool
on_taken(const struct bw_store_sent *sent, void *context)
{
    struct pull_listing *listing = context;
    struct listed key;
    size_t length = strlen(sent->name);
    if (length >= sizeof key.name) {
        return true;
    }
    memcpy(key.name, sent->name, length + 1);
    struct listed *found = listing->count > 0
                               ? bsearch(&key, listing->items, listing->count,
                                     sizeof *listing->items, by_name)
                               : NULL;
    if (found) {
        found->known = true;
    }
    return true;
}

/* What this very store put there needn't be read back. */
static enum bw_status
sent_mark(struct bw_store *store, const char *uri, struct pull_listing *listing,
    struct bw_error *err)
{
    struct bw_kiosk_sent_list sent = {.items = NULL};
    enum bw_status status = bw_kiosk_sent_read(store, uri, &sent, err);
    for (size_t i = 0; status == BW_OK && i < sent.count; i++) {
        (void)on_taken(&sent.items[i], listing);
    }
    bw_kiosk_sent_finish(&sent);
    return status;
}

static enum bw_status
listing_read(struct bw_kiosk_inbox *inbox, struct bw_carrier *carrier,
    struct pull_listing *listing, struct bw_error *err)
{
    listing->device = inbox->exchange->device;
    struct bw_error why = {.text = ""};
    enum bw_status status = bw_carrier_list(carrier, on_listed, listing, &why);
    if (status != BW_OK) { /* the carrier's affair, whatever it is */
        return bw_error_set(err, status == BW_NO_MEMORY ? status : BW_OFFLINE,
            why.os_errno, "%s", why.text);
    }
    if (listing->no_memory) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "listing letters: out of memory");
    }
    if (listing->count == 0) {
        return BW_OK;
    }
    struct bw_store *store = inbox->exchange->store;
    qsort(listing->items, listing->count, sizeof *listing->items, by_name);
    status = bw_store_sent(store, "taken", on_taken, listing, err);
    return status == BW_OK ? sent_mark(store, carrier->uri, listing, err) : status;
}

static void
refuse(struct bw_kiosk_pulled *pulled, const char *name, const struct bw_error *why)
{
    if (pulled->refused++ == 0) {
        (void)snprintf(pulled->why, sizeof pulled->why, "%s: %s", name, why->text);
    }
}

/* Not yet, on its way through a cloud client; or never. */
static bool
is_whole(const char *name, const unsigned char *bytes, size_t length)
{
    struct bw_letter_name parsed;
    return bw_letter_name_parse(name, &parsed) &&
           bw_letter_name_fits(&parsed, bytes, length);
}

/* Fetches one letter, which the caller frees; NULL with BW_OK where there's none to take
 * now. A fault of that name alone is noted; the carrier's comes back as BW_OFFLINE. */
static enum bw_status
letter_get(struct bw_kiosk_inbox *inbox, struct bw_carrier *carrier,
    const struct listed *item, unsigned char **ret_bytes, size_t *ret_length,
    struct bw_error *err)
{
    struct bw_error why = {.text = ""};
    unsigned char *bytes = NULL;
    enum bw_status status = bw_carrier_get(
        carrier, item->name, BW_LETTER_BYTES_MAX, &bytes, ret_length, &why);
    if (status == BW_OK && !is_whole(item->name, bytes, *ret_length)) {
        free(bytes);
        bytes = NULL;
        status = bw_error_set(
            &why, BW_REFUSED, 0, "the letter is cut, altered, or not all there yet");
    }
    *ret_bytes = bytes;
    if (status == BW_OK || status == BW_NOT_FOUND) { /* removed meanwhile */
        return BW_OK;
    }
    if (status == BW_FULL) { /* too long for a letter: never one */
        refuse(inbox->pulled, item->name, &why);
        return bw_kiosk_inbox_mark(inbox, item->name, err);
    }
    if (status == BW_REFUSED) { /* cut, a link, not to be read: looked at again */
        if (!item->own) {       /* that one is put again */
            refuse(inbox->pulled, item->name, &why);
        }
        return BW_OK;
    }
    return bw_error_set(
        err, status == BW_NO_MEMORY ? status : BW_OFFLINE, why.os_errno, "%s", why.text);
}

/* One letter. A fault of the letter is noted; the carrier's comes back as BW_OFFLINE. */
static enum bw_status
letter_read(struct bw_kiosk_inbox *inbox, struct bw_carrier *carrier,
    const struct listed *item, struct bw_error *err)
{
    const char *name = item->name;
    unsigned char *bytes = NULL;
    size_t length = 0;
    bool kept = false;
    struct bw_error why = {.text = ""};
    enum bw_status status = letter_get(inbox, carrier, item, &bytes, &length, err);
    if (status != BW_OK || !bytes) {
        return status;
    }
    status = bw_kiosk_inbox_take(inbox, name, bytes, length, &kept, &why);
    free(bytes);
    switch (status) {
    case BW_OK:
        inbox->pulled->peers += item->peer;
        return kept ? BW_OK : bw_kiosk_inbox_mark(inbox, name, err);
    case BW_NOT_FOUND:
        inbox->pulled->unknown++;
        return BW_OK;
    case BW_BAD_INPUT:
    case BW_REFUSED:
    case BW_NEWER:
        refuse(inbox->pulled, name, &why);
        return bw_kiosk_inbox_mark(inbox, name, err);
    case BW_CORRUPT:
    case BW_FULL:
    case BW_READ_ONLY:
    case BW_BUSY:
    case BW_OFFLINE:
    case BW_IO:
    case BW_NO_MEMORY:
        break;
    }
    return bw_error_set(err, status, why.os_errno, "%s", why.text);
}

/* One that is too slow holds up no other (CA5). The letter's fault once others come. */
static enum bw_status
kind_take(struct bw_kiosk_inbox *inbox, struct bw_carrier *carrier,
    struct pull_listing *listing, enum bw_letter_kind kind, struct bw_error *err)
{
    for (size_t i = 0; i < listing->count; i++) {
        const struct listed *item = &listing->items[i];
        struct bw_error why = {.text = ""};
        if (item->kind != kind || item->known) {
            continue;
        }
        enum bw_status status = letter_read(inbox, carrier, item, &why);
        if (bw_carrier_was_slow(&why) && ++listing->slow < BW_CARRIER_SLOW_MOST) {
            if (listing->slow == 1) {
                listing->slow_name = item->name;
                listing->slow_why = why;
            }
        } else if (status != BW_OK) {
            return bw_error_set(err, status, why.os_errno, "%s", why.text);
        }
    }
    return BW_OK;
}

/* All that one carrier holds; rosters are kept for bw_kiosk_inbox_apply. */
static enum bw_status
carrier_take(struct bw_kiosk_inbox *inbox, struct bw_carrier *carrier, bool events,
    struct bw_error *err)
{
    struct pull_listing listing = {.items = NULL};
    enum bw_status status = listing_read(inbox, carrier, &listing, err);
    if (status == BW_OK) {
        status = kind_take(inbox, carrier, &listing,
            events ? BW_LETTER_INTRODUCTION : BW_LETTER_ROSTER, err);
    }
    if (status == BW_OK && events) {
        status = kind_take(inbox, carrier, &listing, BW_LETTER_EVENTS, err);
    }
    if (status == BW_OK && listing.slow > 0) {
        refuse(inbox->pulled, listing.slow_name, &listing.slow_why);
    }
    free(listing.items);
    return status;
}

static enum bw_status
roads_take(struct bw_kiosk_inbox *inbox, bool events, struct bw_error *err)
{
    struct bw_kiosk_exchange *exchange = inbox->exchange;
    for (int i = 0; i < exchange->roads_count; i++) {
        struct bw_kiosk_road *road = &exchange->roads[i];
        struct bw_error why = {.text = ""};
        if (!road->carrier || !road->takes) {
            continue;
        }
        enum bw_status status = carrier_take(inbox, road->carrier, events, &why);
        if (status == BW_OFFLINE) {
            bw_kiosk_road_lost(road, &why);
        } else if (status != BW_OK) {
            return bw_error_set(err, status, why.os_errno, "%s", why.text);
        }
    }
    return BW_OK;
}

/* ---- what the store holds ---- */

static bool
on_registration(const struct bw_registration *registration, void *context)
{
    (void)registration;
    ++*(int64_t *)context;
    return true;
}

struct pull_walk {
    const struct bw_enrolment *enrolment;
    int64_t sessions;
    uint32_t own[BW_SESSIONS_OWN_MAX];
    int own_count;
};

static bool
on_session(const struct bw_session *session, void *context)
{
    struct pull_walk *walk = context;
    walk->sessions++;
    for (int i = 0; i < walk->enrolment->sessions_count; i++) {
        if (strcmp(walk->enrolment->sessions[i], session->code) == 0 &&
            walk->own_count < BW_SESSIONS_OWN_MAX) {
            walk->own[walk->own_count++] = session->session_no;
        }
    }
    return true;
}

static enum bw_status
counts_read(struct bw_store *store, struct bw_kiosk_pulled *pulled, struct bw_error *err)
{
    struct pull_walk walk = {.enrolment = bw_store_enrolment(store)};
    int64_t restored = 0;
    enum bw_status status = bw_store_sessions(store, on_session, &walk, err);
    for (int i = 0; status == BW_OK && i < walk.own_count; i++) {
        struct bw_store_held held = {.revision = 0};
        status = bw_store_roster(store, walk.own[i], BW_ROSTER_BY_SIGN_UP,
            on_registration, &pulled->registrations, err);
        if (status == BW_OK) {
            status = bw_store_held(store, walk.own[i], &held, err);
        }
        pulled->revision =
            held.revision > pulled->revision ? held.revision : pulled->revision;
    }
    if (status == BW_OK) {
        status = bw_store_get_number(store, BW_NUMBER_RESTORED, 0, &restored, err);
    }
    pulled->sessions = walk.sessions;
    pulled->restored = restored != 0;
    return status;
}

static enum bw_status
pull_end(struct bw_kiosk_inbox *inbox, enum bw_status status, bool contact,
    struct bw_error *err)
{
    struct bw_kiosk_exchange *exchange = inbox->exchange;
    bw_kiosk_inbox_finish(inbox);
    if (status == BW_OK && contact && !exchange->lan) {
        status = bw_store_set_number(exchange->store, BW_NUMBER_CONTACT_MS,
            exchange->clock.wall_ms(&exchange->clock), err);
    }
    if (status == BW_OK) {
        status = bw_store_refresh(exchange->store, err);
    }
    return status == BW_OK ? counts_read(exchange->store, inbox->pulled, err) : status;
}

/* ---- strangers ---- */

static void
stranger_add(uint32_t strangers[BW_STRANGERS_MAX], uint32_t device)
{
    for (int i = 0; i < BW_STRANGERS_MAX; i++) {
        if (strangers[i] == device || strangers[i] == 0) {
            strangers[i] = device;
            return;
        }
    }
}

/* For the desk, which waits for them. `whole`: every carrier was looked at, so that who
 * isn't there any more is gone. */
static enum bw_status
strangers_keep(struct bw_kiosk_inbox *inbox, bool whole, struct bw_error *err)
{
    struct bw_store *store = inbox->exchange->store;
    uint32_t known[BW_STRANGERS_MAX] = {0}, now[BW_STRANGERS_MAX] = {0};
    bool found = false;
    enum bw_status status =
        bw_store_get_bytes(store, BW_BYTES_STRANGERS, known, sizeof known, &found, err);
    if (status != BW_OK) {
        return status;
    }
    if (!whole) {
        memcpy(now, known, sizeof now);
    }
    for (int i = 0; i < inbox->strangers_count; i++) {
        stranger_add(now, inbox->strangers[i]);
    }
    return memcmp(now, known, sizeof now) == 0
               ? BW_OK
               : bw_store_set_bytes(store, BW_BYTES_STRANGERS, now, sizeof now, err);
}

static bool
all_roads_held(const struct bw_kiosk_exchange *exchange)
{
    for (int i = 0; i < exchange->roads_count; i++) {
        if (!exchange->roads[i].carrier) {
            return false;
        }
    }
    return exchange->roads_count > 0 && !exchange->lan;
}

enum bw_status
bw_kiosk_pull(struct bw_kiosk_exchange *exchange, struct bw_kiosk_pulled *ret_pulled,
    struct bw_error *err)
{
    struct bw_kiosk_pulled pulled = {.online = false};
    struct bw_kiosk_inbox inbox = {.exchange = exchange, .pulled = &pulled};
    enum bw_status status = roads_take(&inbox, false, err);
    if (status == BW_OK) {
        status = bw_kiosk_inbox_apply(&inbox, err);
    }
    if (status == BW_OK) {
        status = roads_take(&inbox, true, err);
    }
    if (status == BW_OK) {
        status = strangers_keep(&inbox, all_roads_held(exchange), err);
    }
    pulled.online = bw_kiosk_exchange_online(exchange);
    if (status == BW_OK) {
        status = bw_kiosk_server_time_keep(exchange, err);
    }
    status = pull_end(&inbox, status, pulled.online, err);
    if (status == BW_OK) {
        *ret_pulled = pulled;
    }
    return status;
}

/* ---- from a stick ---- */

static enum bw_status
folder_take(struct bw_kiosk_inbox *inbox, const char *path, struct bw_error *err)
{
    struct bw_carrier *stick = NULL;
    char uri[PATH_MAX + 8];
    (void)snprintf(uri, sizeof uri, "folder:%s", path);
    enum bw_status status = bw_carrier_open(uri, BW_CARRIER_STICK, NULL, &stick, err);
    if (status == BW_OK) {
        status = carrier_take(inbox, stick, false, err);
    }
    if (status == BW_OK) {
        status = bw_kiosk_inbox_apply(inbox, err);
    }
    if (status == BW_OK) {
        status = carrier_take(inbox, stick, true, err);
    }
    if (status == BW_OK) {
        status = strangers_keep(inbox, false, err);
    }
    bw_carrier_close(stick);
    return status;
}

/* One letter: what is wrong with it is said, and nothing is changed. */
static enum bw_status
file_take(struct bw_kiosk_inbox *inbox, const char *path, struct bw_error *err)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    bool kept = false;
    const char *slash = strrchr(path, '/');
    inbox->one_file = true;
    enum bw_status status = bw_file_read(path, BW_LETTER_BYTES_MAX, &bytes, &length, err);
    if (status == BW_OK) {
        status = bw_kiosk_inbox_take(
            inbox, slash ? slash + 1 : path, bytes, length, &kept, err);
        free(bytes);
    }
    if (status == BW_OK) {
        status = bw_kiosk_inbox_apply(inbox, err);
    }
    if (status == BW_OK && inbox->pulled->refused > 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0, "%s", inbox->pulled->why);
    }
    return status;
}

enum bw_status
bw_kiosk_pull_from(struct bw_kiosk_exchange *exchange, const char *path,
    struct bw_kiosk_pulled *ret_pulled, struct bw_error *err)
{
    struct bw_kiosk_pulled pulled = {.online = false};
    struct bw_kiosk_inbox inbox = {.exchange = exchange, .pulled = &pulled};
    struct stat facts;
    bool folder = stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
    enum bw_status status =
        folder ? folder_take(&inbox, path, err) : file_take(&inbox, path, err);
    if (status != BW_OK) {
        status = bw_error_prefix(err, status, "taking letters from %s", path);
    }
    status = pull_end(&inbox, status, false, err);
    if (status == BW_OK) {
        *ret_pulled = pulled;
    }
    return status;
}
