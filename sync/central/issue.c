/* Tickets, issued: see issue.h. One thread, in a transaction. */
#include "central/issue.h"

#include "central/records.h"
#include "central/sealed.h"

#include <assert.h>
#include <stdlib.h>

enum { TRIES = 64 };

enum bw_status
bw_issue_code(struct bw_central *central, bw_code *ret_code, struct bw_error *err)
{
    for (int i = 0; i < TRIES; i++) {
        bw_code code = bw_code_random();
        struct bw_sql_value value = bw_sql_int((int64_t)code);
        int64_t taken = 0;
        enum bw_status status = bw_central_number(central,
            "SELECT (SELECT count(*) FROM registration WHERE code = $1)"
            " + (SELECT count(*) FROM walk_in WHERE code = $1)"
            " + (SELECT count(*) FROM registration_gone WHERE code = $1)",
            &value, 1, 0, &taken, err);
        if (status != BW_OK) {
            return status;
        }
        if (taken == 0) {
            *ret_code = code;
            return BW_OK;
        }
    }
    return bw_error_set(err, BW_FULL, 0,
        "giving out a registration code in %s: no free one was found",
        bw_central_name(central));
}

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

/* In order of the codes, as the tables keep them: a row lands where the last one did. */
enum bw_status
bw_issue_batch(struct bw_central *central, const struct bw_keys *keys,
    uint32_t session_no, int64_t batch_no, int64_t now_ms, struct bw_error *err)
{
    assert(bw_central_in_transaction(central));
    const struct bw_signing_key *key = bw_keys_newest(keys);
    struct bw_sql_value values[] = {bw_sql_int(session_no), bw_sql_int(batch_no)};
    int64_t *codes = NULL;
    size_t count = 0;
    enum bw_status status = bw_record_numbers(central,
        "SELECT r.code FROM registration r WHERE r.session_no = $1 AND r.batch_no = $2"
        " AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.session_no = r.session_no"
        " AND t.code = r.code AND t.generation = 0) ORDER BY r.code",
        values, 2, &codes, &count, err);
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        const struct bw_ticket ticket = {
            .key = key->key, .session_no = session_no, .code = (bw_code)codes[i]};
        status = put_ticket(central, key, &ticket, now_ms, err);
    }
    free(codes);
    return status == BW_OK && count > 0
               ? bw_central_sealed_batch(central, session_no, batch_no, err)
               : status;
}
