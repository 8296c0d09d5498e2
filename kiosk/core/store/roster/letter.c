/* Roster letters: begun, put aside, committed: see brugwachter/store_letter.h. */
#include "letter.h"

#include "core/store/row.h"
#include "core/store/log/sum.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char reading[] = BW_SAYS("Reading a roster letter for");

/* Made anew for each letter: what one that was broken off left is gone. */
static const char make_staging[] =
    "CREATE TEMP TABLE IF NOT EXISTS staged_session (" SESSION_COLUMNS
    ", PRIMARY KEY (session_no));"
    "CREATE TEMP TABLE IF NOT EXISTS staged_registration (" REGISTRATION_COLUMNS
    ", PRIMARY KEY (code));"
    "CREATE TEMP TABLE IF NOT EXISTS staged_gone (code INTEGER PRIMARY KEY);"
    "CREATE TEMP TABLE IF NOT EXISTS staged_sealed (id PRIMARY KEY, box) WITHOUT ROWID;"
    "CREATE TEMP TABLE IF NOT EXISTS staged_sealed_gone (id PRIMARY KEY) WITHOUT ROWID;"
    "CREATE TEMP TABLE IF NOT EXISTS staged_agenda (kind, title, starts_ms, ends_ms,"
    "  audience, url);"
    "CREATE TEMP TABLE IF NOT EXISTS staged_event (bytes, details);"
    "CREATE TEMP TABLE IF NOT EXISTS staged_forget (device, seq, hash);"
    "DELETE FROM temp.staged_session; DELETE FROM temp.staged_registration;"
    "DELETE FROM temp.staged_gone; DELETE FROM temp.staged_sealed;"
    "DELETE FROM temp.staged_sealed_gone; DELETE FROM temp.staged_agenda;"
    "DELETE FROM temp.staged_event; DELETE FROM temp.staged_forget;";

static enum bw_status
refuse(const struct bw_store *store, const char *why, struct bw_error *err)
{
    return bw_error_set(err, BW_BAD_INPUT, 0, "%s %s failed: %s. Ask for a new roster.",
        bw_said(reading), store->path, bw_said(why));
}

enum bw_status
bw_store_held(struct bw_store *store, uint32_t session_no, struct bw_store_held *ret_held,
    struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    struct bw_store_held held = {0};
    enum bw_status status =
        bw_store_query(store, SQL_HELD, &stmt, err, "i", (int64_t)session_no);
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_HELD, stmt, &row, err);
    }
    if (status == BW_OK && row && sqlite3_column_int(stmt, 3) != 1) {
        return bw_store_damaged(store, "a session's revision", err);
    }
    if (status == BW_OK && row) {
        held.epoch = (uint32_t)sqlite3_column_int64(stmt, 0);
        held.revision = sqlite3_column_int64(stmt, 1);
        held.roster_ms = sqlite3_column_int64(stmt, 2);
    }
    if (status == BW_OK) {
        *ret_held = held;
    }
    return status;
}

/* S6. An epoch that rises is taken whole only: revisions of two epochs don't compare. */
enum bw_store_outcome
bw_store_letter_judge(
    const struct bw_store_letter *letter, const struct bw_store_held *held)
{
    if (letter->epoch != held->epoch) {
        return letter->epoch < held->epoch ? BW_LETTER_OLD
               : letter->from == 0         ? BW_LETTER_APPLIED
                                           : BW_LETTER_WAITS;
    }
    if (letter->to <= held->revision) {
        return BW_LETTER_OLD;
    }
    return letter->from <= held->revision ? BW_LETTER_APPLIED : BW_LETTER_WAITS;
}

enum bw_status
bw_store_letter_begin(
    struct bw_store *store, const struct bw_store_letter *letter, struct bw_error *err)
{
    assert(!store->applying && store->letter == NULL && store->mode != BW_STORE_READ);
    if (letter->session_no == 0 || letter->epoch == 0 || letter->from < 0 ||
        letter->to <= letter->from || letter->series[0] == '\0') {
        return refuse(store, "its numbers can't be", err);
    }
    struct store_letter *begun = calloc(1, sizeof *begun);
    if (begun == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "%s %s failed: the memory is used up. End other programs, then try again.",
            bw_said(reading), store->path);
    }
    begun->head = *letter;
    enum bw_status status = bw_store_script(store, make_staging, reading, err);
    if (status != BW_OK) {
        free(begun);
        return status;
    }
    store->letter = begun;
    return BW_OK;
}

/* Within the transaction: nobody can take in another letter between look and write. */
static enum bw_status
judge_and_apply(struct bw_store *store, const struct store_letter *letter,
    enum bw_store_outcome *ret_outcome, struct bw_error *err)
{
    struct bw_store_held held = {0};
    enum bw_status status = bw_store_held(store, letter->head.session_no, &held, err);
    if (status != BW_OK) {
        return status;
    }
    *ret_outcome = bw_store_letter_judge(&letter->head, &held);
    return *ret_outcome == BW_LETTER_APPLIED ? bw_store_letter_apply(store, letter, err)
                                             : BW_OK;
}

enum bw_status
bw_store_letter_commit(
    struct bw_store *store, enum bw_store_outcome *ret_outcome, struct bw_error *err)
{
    assert(!store->applying && store->letter != NULL);
    enum bw_store_outcome outcome = BW_LETTER_OLD;
    enum bw_status status = bw_store_run(store, SQL_BEGIN, err, "");
    if (status == BW_OK) {
        store->applying = true;
        status = judge_and_apply(store, store->letter, &outcome, err);
        bool went = store->names_went;
        status = bw_store_end(store, status, err);
        store->applying = false;
        if (status == BW_OK && went) {
            bw_store_wipe(store);
        }
    }
    if (status == BW_OK) {
        if (outcome == BW_LETTER_APPLIED && store->letter->has_settings) {
            store->enrolment = store->letter->settings;
        }
        *ret_outcome = outcome;
    }
    bw_store_letter_rollback(store);
    return status;
}

void
bw_store_letter_rollback(struct bw_store *store)
{
    assert(!store->applying);
    if (store->letter != NULL) {
        sodium_memzero(store->letter, sizeof *store->letter);
        free(store->letter);
        store->letter = NULL;
        /* names lie in it; the next letter empties it again where this fails */
        (void)sqlite3_exec(store->db, make_staging, NULL, NULL, NULL);
    }
}
