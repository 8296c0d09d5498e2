/* Tickets, issued: see issue.h. One thread, in a transaction. */
#include "central/issue.h"

#include "central/sealed.h"

#include <assert.h>

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

enum bw_status
bw_issue_ticket(struct bw_central *central, const struct bw_keys *keys,
    uint32_t session_no, bw_code code, uint8_t generation, int64_t now_ms,
    struct bw_error *err)
{
    assert(bw_central_in_transaction(central));
    const struct bw_signing_key *key = bw_keys_newest(keys);
    struct bw_ticket ticket = {
        .key = key->key,
        .session_no = session_no,
        .code = code,
        .generation = generation,
    };
    char text[BW_TICKET_TEXT_BYTES];
    bw_ticket_write(&ticket, key->secret_key, text);
    struct bw_sql_value values[] = {
        bw_sql_int((int64_t)code),
        bw_sql_int(generation),
        bw_sql_int(key->key),
        bw_sql_int(session_no),
        bw_sql_text(text),
        bw_sql_int(now_ms),
    };
    enum bw_status status = bw_central_run(central,
        "INSERT INTO ticket (code, generation, signing_key, session_no, text, issued_ms)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        values, 6, NULL, NULL, err);
    return status == BW_OK ? bw_central_sealed_refresh(central, code, err) : status;
}
