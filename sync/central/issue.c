/* Tickets, issued: see issue.h. One thread, in a transaction. */
#include "central/issue.h"

#include "central/base/array.h"
#include "central/records.h"
#include "central/sealed.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES = 64, ASKED_TOGETHER = 256, NONCES = 64 };

/* ---- codes ---- */

static int
by_code(const void *one, const void *other)
{
    bw_code a = *(const bw_code *)one, b = *(const bw_code *)other;
    return (a > b) - (a < b);
}

/* Draws them; `sorted` is room for as many. False where two are the same. */
static bool
draw(bw_code *ret_codes, bw_code *sorted, size_t count)
{
    bool apart = true;
    bw_code_random_many(ret_codes, count);
    memcpy(sorted, ret_codes, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_code);
    for (size_t i = 1; i < count; i++) {
        apart = apart && sorted[i - 1] != sorted[i];
    }
    return apart;
}

static bool
on_taken(size_t at, const struct bw_sql_value *columns, int count, void *context)
{
    (void)at;
    (void)columns;
    (void)count;
    *(bool *)context = true;
    return false;
}

/* Whether somebody has or had one of them. In order, so that neighbours are met. */
static enum bw_status
look_for(struct bw_central *central, const bw_code *sorted, size_t count, bool *ret_taken,
    struct bw_error *err)
{
    struct bw_sql_value values[ASKED_TOGETHER];
    enum bw_status status = BW_OK;
    bool taken = false;
    for (size_t at = 0; status == BW_OK && at < count; at += ASKED_TOGETHER) {
        size_t some = count - at < ASKED_TOGETHER ? count - at : ASKED_TOGETHER;
        for (size_t i = 0; i < some; i++) {
            values[i] = bw_sql_int((int64_t)sorted[at + i]);
        }
        status = bw_central_each(central,
            "SELECT code FROM registration WHERE code = $1"
            " UNION ALL SELECT code FROM walk_in WHERE code = $1"
            " UNION ALL SELECT code FROM registration_gone WHERE code = $1",
            values, 1, some, on_taken, &taken, err);
    }
    *ret_taken = taken;
    return status;
}

static enum bw_status
no_memory(const struct bw_central *central, struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0,
        "giving out codes and tickets in %s: out of memory; close other programs",
        bw_central_name(central));
}

/* Where one of them isn't free, which is rare, all are drawn anew. */
enum bw_status
bw_issue_codes(
    struct bw_central *central, bw_code *ret_codes, size_t count, struct bw_error *err)
{
    bw_code *sorted = calloc(count + 1, sizeof *sorted);
    enum bw_status status = sorted == NULL ? no_memory(central, err) : BW_OK;
    bool taken = true;
    for (int i = 0; status == BW_OK && taken && i < TRIES; i++) {
        if (draw(ret_codes, sorted, count)) {
            status = look_for(central, sorted, count, &taken, err);
        }
    }
    free(sorted);
    return status != BW_OK || !taken
               ? status
               : bw_error_set(err, BW_FULL, 0,
                     "giving out a registration code in %s: no free one was found",
                     bw_central_name(central));
}

enum bw_status
bw_issue_code(struct bw_central *central, bw_code *ret_code, struct bw_error *err)
{
    bw_code code = BW_CODE_NONE;
    enum bw_status status = bw_issue_codes(central, &code, 1, err);
    if (status == BW_OK) {
        *ret_code = code;
    }
    return status;
}

/* ---- tickets ---- */

/* Without its sealed row. */
static enum bw_status
put_ticket(struct bw_central *central, const struct bw_signing_key *key,
    const struct bw_ticket *ticket, int64_t now_ms, struct bw_error *err)
{
    char text[BW_TICKET_TEXT_BYTES];
    bw_ticket_write(ticket, key->secret_key, text);
    struct bw_sql_value values[] = {
        bw_sql_int((int64_t)ticket->code),
        bw_sql_int(ticket->generation),
        bw_sql_int(key->key),
        bw_sql_int(ticket->session_no),
        bw_sql_text(text),
        bw_sql_int(now_ms),
    };
    return bw_central_run(central,
        "INSERT INTO ticket (code, generation, signing_key, session_no, text, issued_ms)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        values, 6, NULL, NULL, err);
}

enum bw_status
bw_issue_ticket(struct bw_central *central, const struct bw_keys *keys,
    uint32_t session_no, bw_code code, uint8_t generation, int64_t now_ms,
    struct bw_error *err)
{
    assert(bw_central_in_transaction(central));
    const struct bw_signing_key *key = bw_keys_newest(keys);
    const struct bw_ticket ticket = {
        .key = key->key,
        .session_no = session_no,
        .code = code,
        .generation = generation,
    };
    enum bw_status status = put_ticket(central, key, &ticket, now_ms, err);
    return status == BW_OK ? bw_central_sealed_refresh(central, code, err) : status;
}

/* Of one session and batch: gathered before anything is written. */
struct issuing {
    const struct bw_signing_key *key;
    struct bw_signing *signing; /* may be NULL */
    uint32_t session_no;
    int64_t now_ms;
    struct bw_sealed_ticket *tickets;
    size_t count, capacity;
    uint8_t nonces[NONCES][BW_SEALED_NONCE_BYTES]; /* drawn together */
    size_t nonces_left;
    bool no_memory;
};

enum { CALLED_OFF = BW_REGISTRATION_COLUMNS_COUNT };

/* None is given twice. */
static const uint8_t *
next_nonce(struct issuing *issuing)
{
    if (issuing->nonces_left == 0) {
        randombytes_buf(issuing->nonces, sizeof issuing->nonces);
        issuing->nonces_left = NONCES;
    }
    return issuing->nonces[--issuing->nonces_left];
}

static bool
on_registration(const struct bw_sql_value *columns, int count, void *context)
{
    struct issuing *issuing = context;
    (void)count;
    struct bw_sealed_ticket *ticket = bw_array_more(
        &issuing->tickets, &issuing->count, &issuing->capacity, sizeof *ticket);
    issuing->no_memory = ticket == NULL;
    if (ticket == NULL) {
        return false;
    }
    struct bw_registration registration;
    bw_registration_of_row(columns, &registration);
    registration.status = bw_record_told(registration.status, columns[CALLED_OFF].number);
    const struct bw_ticket wanted = {.key = issuing->key->key,
        .session_no = issuing->session_no,
        .code = registration.code};
    ticket->code = registration.code;
    bw_signing_write(issuing->signing, issuing->key, &wanted, ticket->text);
    bw_sealed_close_with(ticket->text, &registration, next_nonce(issuing), &ticket->row);
    return true;
}

static void
fill_ticket(size_t at, struct bw_sql_value *ret_values, const void *context)
{
    const struct issuing *issuing = context;
    ret_values[0] = bw_sql_int((int64_t)issuing->tickets[at].code);
    ret_values[1] = bw_sql_int(0);
    ret_values[2] = bw_sql_int(issuing->key->key);
    ret_values[3] = bw_sql_int(issuing->session_no);
    ret_values[4] = bw_sql_text(issuing->tickets[at].text);
    ret_values[5] = bw_sql_int(issuing->now_ms);
}

/* In order of the codes, as the tables keep them: a row lands where the last one did. */
static enum bw_status
gather(struct bw_central *central, int64_t batch_no, struct issuing *issuing,
    struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(issuing->session_no), bw_sql_int(batch_no)};
    enum bw_status status = bw_central_run(central,
        "SELECT " BW_REGISTRATION_COLUMNS ", s.called_off_ms FROM registration r"
        " JOIN session s ON s.session_no = r.session_no"
        " WHERE r.session_no = $1 AND r.batch_no = $2"
        " AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.session_no = r.session_no"
        " AND t.code = r.code AND t.generation = 0) ORDER BY r.code",
        values, 2, on_registration, issuing, err);
    return status == BW_OK && issuing->no_memory ? no_memory(central, err) : status;
}

enum bw_status
bw_issue_batch(struct bw_central *central, const struct bw_keys *keys,
    struct bw_signing *signing, uint32_t session_no, int64_t batch_no, int64_t now_ms,
    struct bw_error *err)
{
    static const struct bw_sql_columns columns = {.table = "ticket",
        .names = "code, generation, signing_key, session_no, text, issued_ms",
        .count = 6};
    assert(bw_central_in_transaction(central));
    struct issuing issuing = {.key = bw_keys_newest(keys),
        .signing = signing,
        .session_no = session_no,
        .now_ms = now_ms};
    enum bw_status status = gather(central, batch_no, &issuing, err);
    if (status == BW_OK) {
        status = bw_central_insert(
            central, &columns, issuing.count, fill_ticket, &issuing, err);
    }
    if (status == BW_OK) {
        status = bw_central_sealed_new(
            central, session_no, issuing.key->key, issuing.tickets, issuing.count, err);
    }
    free(issuing.tickets);
    return status;
}
