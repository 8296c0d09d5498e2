/* Which events of other kiosks count: see quarantine.h. */
#include "quarantine.h"

#include "core/store/row.h"

#include <stdlib.h>
#include <string.h>

enum { YEAR_2020_MS_1000 = 1577836800 };

enum bw_status
bw_store_rules_load(
    struct bw_store *store, struct store_rules *ret_rules, struct bw_error *err)
{
    return bw_store_peers(store, ret_rules->peers, &ret_rules->peers_count, err);
}

/* Whether an event goes beyond what its kiosk's key holds for. There are ever more of
 * those that were revoked, so the row is looked up. */
static enum bw_status
is_beyond(struct bw_store *store, const struct bw_event *event, bool *ret_beyond,
    struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    uint8_t hash[BW_HASH_BYTES];
    enum bw_status status =
        bw_store_query(store, SQL_REVOKED_OF, &stmt, err, "i", (int64_t)event->id.device);
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_REVOKED_OF, stmt, &row, err);
    }
    if (status != BW_OK || !row) {
        *ret_beyond = false;
        return status;
    }
    uint64_t seq = (uint64_t)sqlite3_column_int64(stmt, 0);
    if (sqlite3_column_int(stmt, 2) != 1 ||
        !bw_store_column_bytes(stmt, 1, hash, sizeof hash)) {
        return bw_store_damaged(store, "a revoked kiosk", err);
    }
    *ret_beyond = event->id.seq > seq ||
                  (event->id.seq == seq && memcmp(event->hash, hash, sizeof hash) != 0);
    return BW_OK;
}

/* Whether the kiosk is known, and for that session. */
static void
find_peer(const struct store_rules *rules, uint32_t device, const char *code,
    bool *ret_known, bool *ret_serves)
{
    *ret_known = *ret_serves = false;
    for (int i = 0; i < rules->peers_count; i++) {
        if (rules->peers[i].device == device) {
            *ret_known = true;
            *ret_serves = *ret_serves || strcmp(rules->peers[i].session, code) == 0;
        }
    }
}

/* A kiosk of which nothing is known wrote by the organiser's word: its letters are none
 * that a kiosk would read. */
static enum bw_status
serves_session(struct bw_store *store, const struct store_rules *rules,
    const struct bw_event *event, bool *ret_serves, struct bw_error *err)
{
    struct bw_session session = {0};
    bool known = false;
    enum bw_status status =
        bw_store_session_by_number(store, event->session_no, &session, err);
    if (status != BW_OK && status != BW_NOT_FOUND) {
        return status;
    }
    find_peer(rules, event->id.device, session.code, &known, ret_serves);
    *ret_serves = *ret_serves || !known;
    return BW_OK;
}

static enum bw_status
was_issued(struct bw_store *store, const struct bw_event *event, bool *ret_issued,
    struct bw_error *err)
{
    struct bw_registration registration = {0};
    *ret_issued = true;
    if (event->generation == 0 || event->code == BW_CODE_NONE) {
        return BW_OK;
    }
    enum bw_status status = bw_store_registration(store, event->code, &registration, err);
    if (status == BW_OK) {
        *ret_issued = event->generation <= registration.generation;
    }
    return status == BW_NOT_FOUND ? BW_OK : status;
}

enum bw_status
bw_store_judge(struct bw_store *store, const struct store_rules *rules,
    const struct bw_event *event, enum store_quarantine *ret_quarantine,
    struct bw_error *err)
{
    bool beyond = false, serves = true, issued = true;
    enum bw_status status = is_beyond(store, event, &beyond, err);
    if (status != BW_OK) {
        return status;
    }
    if (beyond) {
        *ret_quarantine = STORE_REVOKED;
        return BW_OK;
    }
    if (event->wall_ms < (int64_t)YEAR_2020_MS_1000 * 1000 &&
        (event->flags & BW_EVENT_CLOCK_INJECTED) == 0) {
        *ret_quarantine = STORE_NO_TIME;
        return BW_OK;
    }
    status = serves_session(store, rules, event, &serves, err);
    if (status == BW_OK) {
        status = was_issued(store, event, &issued, err);
    }
    if (status == BW_OK) {
        *ret_quarantine = !serves   ? STORE_OTHER_SESSION
                          : !issued ? STORE_NEVER_ISSUED
                                    : STORE_COUNTS;
    }
    return status;
}

/* One row of a walk over all; *inout_changed counts. */
static enum bw_status
judge_again(struct bw_store *store, const struct store_rules *rules, sqlite3_stmt *stmt,
    int *inout_changed, struct bw_error *err)
{
    struct bw_event event;
    enum store_quarantine found = STORE_COUNTS;
    enum bw_status status = bw_store_row_event(store, stmt, &event, err);
    if (sqlite3_column_int(stmt, 6) == STORE_SETTLED) {
        return status;
    }
    if (status == BW_OK && event.id.device != store->enrolment.device) {
        status = bw_store_judge(store, rules, &event, &found, err);
    }
    if (status != BW_OK || found == (enum store_quarantine)sqlite3_column_int(stmt, 6)) {
        return status;
    }
    ++*inout_changed;
    return bw_store_run(store, SQL_PEER_EVENT_QUARANTINE, err, "ii",
        sqlite3_column_int64(stmt, 7), (int64_t)found);
}

static enum bw_status
judge_rows(struct bw_store *store, const struct store_rules *rules, int *inout_changed,
    struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status = bw_store_query(store, SQL_PEER_EVENTS_JUDGE, &stmt, err, "");
    while (status == BW_OK &&
           (status = bw_store_step(store, SQL_PEER_EVENTS_JUDGE, stmt, &row, err)) ==
               BW_OK &&
           row) {
        status = judge_again(store, rules, stmt, inout_changed, err);
    }
    return status;
}

/* Untouched where the event isn't kept: it is of the own log. */
static enum bw_status
peer_event_find(struct bw_store *store, const struct bw_event *event, int64_t *ret_id,
    int64_t *ret_quarantine, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status = bw_store_query(store, SQL_PEER_EVENT_FIND, &stmt, err, "iib",
        (int64_t)event->id.device, (int64_t)event->id.seq, event->hash,
        sizeof event->hash);
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_PEER_EVENT_FIND, stmt, &row, err);
    }
    if (status == BW_OK && row) {
        *ret_id = sqlite3_column_int64(stmt, 0);
        *ret_quarantine = sqlite3_column_int64(stmt, 1);
    }
    return status;
}

/* Who folded the log before folds it anew. */
static enum bw_status
refold(struct bw_store *store, struct bw_error *err)
{
    int64_t refolded = 0;
    enum bw_status status =
        bw_store_get_number(store, BW_NUMBER_REFOLDED, 0, &refolded, err);
    return status == BW_OK
               ? bw_store_set_number(store, BW_NUMBER_REFOLDED, refolded + 1, err)
               : status;
}

enum bw_status
bw_store_settle_event(
    struct bw_store *store, const struct bw_event *event, struct bw_error *err)
{
    int64_t id = 0, before = STORE_SETTLED;
    enum bw_status status = peer_event_find(store, event, &id, &before, err);
    if (status != BW_OK || before == STORE_SETTLED) {
        return status;
    }
    status = bw_store_run(
        store, SQL_PEER_EVENT_QUARANTINE, err, "ii", id, (int64_t)STORE_SETTLED);
    return status == BW_OK && before != STORE_COUNTS ? refold(store, err) : status;
}

enum bw_status
bw_store_judge_all(struct bw_store *store, struct bw_error *err)
{
    int changed = 0;
    struct store_rules *rules = malloc(sizeof *rules);
    if (rules == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "Judging other kiosks' events in %s failed: the memory is used up.",
            store->path);
    }
    enum bw_status status = bw_store_rules_load(store, rules, err);
    if (status == BW_OK) {
        status = judge_rows(store, rules, &changed, err);
    }
    free(rules);
    return status == BW_OK && changed > 0 ? refold(store, err) : status;
}
