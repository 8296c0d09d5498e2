/* A roster letter, written: see letter.h. All within one transaction (S6). */
#include "letter.h"

#include "core/store/open.h"
#include "core/store/log/quarantine.h"
#include "roster_write.h"
#include "core/store/row.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <stdio.h>
#include <string.h>

static enum bw_status
refuse(const struct bw_store *store, const char *why, struct bw_error *err)
{
    return bw_error_set(err, BW_BAD_INPUT, 0,
        "Taking in a roster letter at %s failed: %s. Ask for a new roster.", store->path,
        bw_said(why));
}

static enum bw_status
apply_settings(
    struct bw_store *store, const struct store_letter *letter, struct bw_error *err)
{
    return letter->has_settings ? bw_store_settings_save(store, &letter->settings, err)
                                : BW_OK;
}

static enum bw_status
apply_sessions(
    struct bw_store *store, const struct store_letter *letter, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status = bw_store_query(store, SQL_STAGED_SESSIONS, &stmt, err, "");
    while (
        status == BW_OK &&
        (status = bw_store_step(store, SQL_STAGED_SESSIONS, stmt, &row, err)) == BW_OK &&
        row) {
        struct bw_session session;
        if (!bw_store_row_session(stmt, &session)) {
            return refuse(store, "a session in it can't be", err);
        }
        status = bw_store_write_session(store, &session, err);
    }
    return status == BW_OK && letter->head.from == 0
               ? bw_store_run(store, SQL_DROP_SESSIONS, err, "t", letter->head.series)
               : status;
}

/* The letter's session is known now, is of the letter's series, and is our own (S7). */
static enum bw_status
check_session(struct bw_store *store, const struct store_letter *letter,
    struct bw_session *ret_session, struct bw_error *err)
{
    const struct bw_enrolment *enrolment =
        letter->has_settings ? &letter->settings : &store->enrolment;
    enum bw_status status =
        bw_store_session_by_number(store, letter->head.session_no, ret_session, err);
    if (status == BW_NOT_FOUND) {
        return refuse(store, "its own session isn't in it", err);
    }
    if (status != BW_OK) {
        return status;
    }
    bool own = false;
    for (int i = 0; i < enrolment->sessions_count; i++) {
        own = own || strcmp(enrolment->sessions[i], ret_session->code) == 0;
    }
    if (!own || strcmp(ret_session->series, letter->head.series) != 0) {
        return refuse(store, "this kiosk isn't enrolled for its session", err);
    }
    return BW_OK;
}

static enum bw_status
apply_gone(struct bw_store *store, uint32_t session_no, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status =
        bw_store_query(store, SQL_STAGED_GONE, &stmt, err, "i", (int64_t)session_no);
    while (status == BW_OK &&
           (status = bw_store_step(store, SQL_STAGED_GONE, stmt, &row, err)) == BW_OK &&
           row) {
        status = bw_store_remove_registration(
            store, (bw_code)sqlite3_column_int64(stmt, 0), err);
    }
    return status;
}

static enum bw_status
apply_registrations(
    struct bw_store *store, const struct store_letter *letter, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    int64_t session_no = letter->head.session_no;
    enum bw_status status = apply_gone(store, letter->head.session_no, err);
    if (status == BW_OK && letter->head.from == 0) {
        status = bw_store_run(store, SQL_DROP_NAMES, err, "i", session_no);
        if (status == BW_OK) {
            status = bw_store_run(store, SQL_DROP_REGISTRATIONS, err, "i", session_no);
            store->names_went = store->names_went || sqlite3_changes(store->db) > 0;
        }
    }
    if (status == BW_OK) {
        status = bw_store_query(store, SQL_STAGED_REGISTRATIONS, &stmt, err, "");
    }
    while (status == BW_OK &&
           (status = bw_store_step(store, SQL_STAGED_REGISTRATIONS, stmt, &row, err)) ==
               BW_OK &&
           row) {
        struct bw_registration registration;
        if (!bw_store_row_registration(stmt, &registration)) {
            return refuse(store, "a registration in it can't be", err);
        }
        status = bw_store_write_registration(store, &registration, err);
    }
    return status;
}

static enum bw_status
apply_sealed(
    struct bw_store *store, const struct store_letter *letter, struct bw_error *err)
{
    const char *series = letter->head.series;
    enum bw_status status = bw_store_run(store, SQL_APPLY_SEALED, err, "t", series);
    if (status == BW_OK) {
        status = bw_store_run(store, SQL_APPLY_SEALED_GONE, err, "t", series);
    }
    return status == BW_OK && letter->head.from == 0
               ? bw_store_run(store, SQL_DROP_SEALED, err, "t", series)
               : status;
}

static enum bw_status
apply_agenda(struct bw_store *store, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status = bw_store_run(store, SQL_AGENDA_EMPTY, err, "");
    if (status == BW_OK) {
        status = bw_store_query(store, SQL_STAGED_AGENDA, &stmt, err, "");
    }
    while (status == BW_OK &&
           (status = bw_store_step(store, SQL_STAGED_AGENDA, stmt, &row, err)) == BW_OK &&
           row) {
        struct bw_agenda_item item;
        bw_store_row_agenda(stmt, &item);
        status =
            bw_store_run(store, SQL_AGENDA_PUT, err, AGENDA_FORMAT, AGENDA_VALUES(&item));
    }
    return status;
}

static bool
is_put(const struct store_letter *letter, uint32_t device)
{
    for (int i = 0; i < letter->peers_count; i++) {
        if (letter->peers[i].device == device) {
            return true;
        }
    }
    return false;
}

/* Those of the letter's session, whole: who isn't put again doesn't serve it any more. */
static enum bw_status
apply_peers(struct bw_store *store, const struct store_letter *letter,
    const char *session_code, struct bw_error *err)
{
    struct bw_peer known[BW_PEERS_MAX];
    int count = 0;
    enum bw_status status = bw_store_peers(store, known, &count, err);
    for (int i = 0; status == BW_OK && i < count; i++) {
        if (strcmp(known[i].session, session_code) == 0 &&
            !is_put(letter, known[i].device)) {
            status = bw_store_run(
                store, SQL_DROP_KIOSK, err, "it", (int64_t)known[i].device, session_code);
        }
    }
    for (int i = 0; status == BW_OK && i < letter->peers_count; i++) {
        struct bw_peer peer = letter->peers[i];
        memcpy(peer.session, session_code, sizeof peer.session);
        status = bw_store_write_peer(store, &peer, err);
        if (status == BW_OK) { /* one that was revoked was enrolled again */
            status =
                bw_store_run(store, SQL_REVOKED_DROP, err, "i", (int64_t)peer.device);
        }
    }
    for (int i = 0; status == BW_OK && i < letter->revoked_count; i++) {
        const struct store_revocation *revoked = &letter->revoked[i];
        int64_t seq = revoked->seq > INT64_MAX ? INT64_MAX : (int64_t)revoked->seq;
        status = bw_store_run(store, SQL_REVOKED_PUT, err, "iib",
            (int64_t)revoked->device, seq, revoked->hash, sizeof revoked->hash);
    }
    return status;
}

static enum bw_status
apply_event(struct bw_store *store, sqlite3_stmt *stmt, struct bw_error *err)
{
    struct bw_event event;
    struct bw_event_details details;
    size_t details_length = (size_t)sqlite3_column_bytes(stmt, 1);
    enum bw_status status = bw_event_decode(
        sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0), &event, err);
    if (status == BW_OK && details_length > 0) {
        status = bw_details_decode(
            sqlite3_column_blob(stmt, 1), details_length, &details, err);
    }
    if (status == BW_OK) {
        status = bw_store_put_peer_event(
            store, &event, details_length > 0 ? &details : NULL, err);
    }
    return status == BW_OK ? bw_store_settle_event(store, &event, err) : status;
}

/* Orders to forget first: a tombstone keeps out what the same letter brings. */
static enum bw_status
apply_events(struct bw_store *store, struct bw_error *err)
{
    static const enum store_sql steps[] = {SQL_STAGED_FORGET, SQL_STAGED_EVENTS};
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < sizeof steps / sizeof steps[0]; i++) {
        STORE_CURSOR sqlite3_stmt *stmt = NULL;
        bool row = false;
        status = bw_store_query(store, steps[i], &stmt, err, "");
        while (status == BW_OK &&
               (status = bw_store_step(store, steps[i], stmt, &row, err)) == BW_OK &&
               row) {
            status =
                steps[i] == SQL_STAGED_EVENTS
                    ? apply_event(store, stmt, err)
                    : bw_store_run(store, SQL_DETAIL_EMPTY, err, "iib",
                          sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1),
                          sqlite3_column_blob(stmt, 2),
                          (size_t)sqlite3_column_bytes(stmt, 2));
        }
    }
    return status;
}

/* S11: see peer_event.c. */
static enum bw_status
apply_receipt(
    struct bw_store *store, const struct store_letter *letter, struct bw_error *err)
{
    const struct bw_store_receipt *receipt = &letter->receipt;
    bool holds = receipt->seq == 0;
    enum bw_status status = BW_OK;
    if (!letter->has_receipt) {
        return BW_OK;
    }
    if (!holds) {
        status = bw_store_own_holds(store, receipt->seq, receipt->hash, &holds, err);
    }
    if (status == BW_OK && holds) {
        status = bw_store_set_number(
            store, BW_NUMBER_ACKNOWLEDGED, (int64_t)receipt->seq, err);
    }
    if (status != BW_OK || receipt->beyond_seq == 0) {
        return status;
    }
    status =
        bw_store_own_holds(store, receipt->beyond_seq, receipt->beyond_hash, &holds, err);
    return status == BW_OK && !holds
               ? bw_store_set_number(store, BW_NUMBER_RESTORED, 1, err)
               : status;
}

static enum bw_status
apply_keys(
    struct bw_store *store, const struct store_letter *letter, struct bw_error *err)
{
    char name[STORE_LAN_KEY_NAME_BYTES];
    uint32_t session_no = letter->head.session_no;
    enum bw_status status = BW_OK;
    if (letter->has_details_key) {
        status =
            bw_store_names_write_details_key(store, session_no, letter->details_key, err);
    }
    if (status == BW_OK && letter->has_lan_key) {
        (void)snprintf(name, sizeof name, STORE_LAN_KEY_NAME, session_no);
        status =
            bw_store_set_bytes(store, name, letter->lan_key, sizeof letter->lan_key, err);
    }
    return status;
}

static enum bw_status
apply_held(
    struct bw_store *store, const struct store_letter *letter, struct bw_error *err)
{
    const struct bw_store_letter *head = &letter->head;
    int64_t count = 0, newest_ms = 0;
    enum bw_status status = bw_store_run(store, SQL_HELD_PUT, err, "iiii",
        (int64_t)head->session_no, (int64_t)head->epoch, head->to, head->made_ms);
    if (status == BW_OK) {
        status = apply_keys(store, letter, err);
    }
    if (status == BW_OK) {
        status = bw_store_get_number(store, BW_NUMBER_ROSTER_REVISION, 0, &count, err);
    }
    if (status == BW_OK) {
        status = bw_store_set_number(store, BW_NUMBER_ROSTER_REVISION, count + 1, err);
    }
    if (status == BW_OK) {
        status = bw_store_get_number(store, BW_NUMBER_ROSTER_MS, 0, &newest_ms, err);
    }
    return status == BW_OK && head->made_ms > newest_ms
               ? bw_store_set_number(store, BW_NUMBER_ROSTER_MS, head->made_ms, err)
               : status;
}

/* What belongs to a session that the kiosk isn't enrolled for any more. */
static enum bw_status
drop_lost(struct bw_store *store, struct bw_error *err)
{
    static const char drop[] =
        "INSERT INTO person (person, rowid, words) SELECT 'delete', id, words"
        "  FROM registration WHERE session_no NOT IN (SELECT session_no FROM session"
        "  WHERE code IN (SELECT code FROM own_session));"
        "DELETE FROM registration WHERE session_no NOT IN (SELECT session_no"
        "  FROM session WHERE code IN (SELECT code FROM own_session));"
        "DELETE FROM held WHERE session_no NOT IN (SELECT session_no FROM session"
        "  WHERE code IN (SELECT code FROM own_session));"
        "DELETE FROM details_key WHERE session_no <> 0 AND session_no NOT IN"
        "  (SELECT session_no FROM session"
        "  WHERE code IN (SELECT code FROM own_session));"
        "DELETE FROM setting WHERE name GLOB 'bytes lan key *'"
        "  AND CAST(substr(name, 15) AS INTEGER) NOT IN (SELECT session_no FROM session"
        "  WHERE code IN (SELECT code FROM own_session));"
        "DELETE FROM kiosk WHERE session NOT IN (SELECT code FROM own_session);";
    int before = sqlite3_total_changes(store->db);
    enum bw_status status = bw_store_script(store, drop, "Keeping the roster in", err);
    store->names_went = store->names_went || sqlite3_total_changes(store->db) != before;
    return status;
}

/* What a purge at the office, or somebody's wish, took away lingers in the full-text
 * index until its segments are merged: a word at a time, folded. */
static enum bw_status
settle_names(struct bw_store *store, struct bw_error *err)
{
    enum bw_status status = bw_store_run(store, SQL_NAMES_KEYS_DROP, err, "");
    return status == BW_OK && store->names_went
               ? bw_store_run(store, SQL_SETTLE_SEARCH, err, "")
               : status;
}

enum bw_status
bw_store_letter_apply(
    struct bw_store *store, const struct store_letter *letter, struct bw_error *err)
{
    typedef enum bw_status step(
        struct bw_store *, const struct store_letter *, struct bw_error *);
    static step *const before[] = {apply_settings, apply_sessions};
    static step *const after[] = {
        apply_registrations, apply_sealed, apply_receipt, apply_held};
    struct bw_session session = {0};
    assert(store->applying);
    enum bw_status status = bw_store_names_load(store, err);
    for (size_t i = 0; status == BW_OK && i < sizeof before / sizeof before[0]; i++) {
        status = before[i](store, letter, err);
    }
    if (status == BW_OK) {
        status = check_session(store, letter, &session, err);
    }
    for (size_t i = 0; status == BW_OK && i < sizeof after / sizeof after[0]; i++) {
        status = after[i](store, letter, err);
    }
    if (status == BW_OK) {
        status = apply_agenda(store, err);
    }
    if (status == BW_OK) {
        status = apply_peers(store, letter, session.code, err);
    }
    if (status == BW_OK) {
        status = apply_events(store, err);
    }
    if (status == BW_OK && letter->has_settings) {
        status = drop_lost(store, err);
    }
    if (status == BW_OK) {
        status = settle_names(store, err);
    }
    if (status == BW_OK) {
        status = bw_store_count_rows(store, err);
    }
    return status == BW_OK ? bw_store_judge_all(store, err) : status;
}
