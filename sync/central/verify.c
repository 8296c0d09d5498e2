/* Does the central database hold: see verify.h. */
#include "central/verify.h"

#include "central/chain.h"
#include "central/records.h"

#include <brugwachter/ticket.h>
#include <stdlib.h>
#include <string.h>

/* Details that were forgotten have no bytes, and are not asked for. */
static bool
on_details(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_central_verification *result = context;
    struct bw_event event;
    struct bw_event_details details;
    uint8_t commitment[BW_HASH_BYTES];
    result->details++;
    bool holds =
        bw_event_decode(columns[0].blob, columns[0].bytes, &event, NULL) == BW_OK &&
        bw_details_decode(columns[1].blob, columns[1].bytes, &details, NULL) == BW_OK;
    if (holds) {
        bw_details_commit(&details, commitment);
        holds = memcmp(commitment, event.commitment, sizeof commitment) == 0;
    }
    result->details_wrong += !holds;
    return true;
}

static bool
on_ticket(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_central_verification *result = context;
    struct bw_keyring keyring = {.count = 0};
    struct bw_ticket ticket;
    result->tickets++;
    if (columns[5].bytes == BW_PUBLIC_KEY_BYTES) {
        keyring.count = 1;
        keyring.keys[0].key = (uint8_t)columns[4].number;
        memcpy(keyring.keys[0].bytes, columns[5].blob, BW_PUBLIC_KEY_BYTES);
    }
    bool holds = bw_ticket_read(columns[0].text, &keyring, &ticket) == BW_TICKET_SIGNED &&
                 ticket.code == (bw_code)columns[1].number &&
                 ticket.generation == columns[2].number &&
                 ticket.session_no == columns[3].number;
    result->tickets_wrong += !holds;
    return true;
}

static const struct {
    const char *sql;
    bw_sql_row *row;
} readings[] = {
    {"SELECT e.bytes, d.bytes FROM event_details d LEFT JOIN event e"
     " ON e.session_no = d.session_no AND e.device = d.device AND e.seq = d.seq"
     " AND e.hash = d.hash WHERE d.bytes IS NOT NULL",
        on_details},
    {"SELECT t.text, t.code, t.generation, t.session_no, t.signing_key, k.public"
     " FROM ticket t LEFT JOIN signing_key k ON k.signing_key = t.signing_key",
        on_ticket},
};

enum { STATE_OFFICE = 3 }; /* of schema_letters.sql.c */

/* A log of the office is walked as a kiosk's is, and is none. */
static enum bw_status
office_logs_count(struct bw_central *central, struct bw_central_verification *result,
    struct bw_error *err)
{
    struct bw_sql_value state = bw_sql_int(STATE_OFFICE);
    int64_t logs = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT count(*) FROM device WHERE state = $1", &state, 1, 0, &logs, err);
    result->office_logs = (uint64_t)logs;
    result->kiosks -= (uint64_t)logs;
    return status;
}

static enum bw_status
chains_verify(struct bw_central *central, struct bw_central_verification *result,
    struct bw_error *err)
{
    int64_t *devices = NULL;
    size_t count = 0;
    enum bw_status status = bw_record_numbers(central,
        "SELECT device FROM device UNION SELECT device FROM event ORDER BY device", NULL,
        0, &devices, &count, err);
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        struct bw_device_chain chain = {.device = 0};
        status = bw_central_chain_read(central, (uint32_t)devices[i], &chain, err);
        result->kiosks++;
        result->events += chain.events;
        result->kiosks_forked += chain.forked_at != 0;
        result->kiosks_broken += chain.broken_at != 0;
        if (chain.broken_at != 0 && result->first_broken.device == 0) {
            result->first_broken = (struct bw_event_id){chain.device, chain.broken_at};
        }
    }
    free(devices);
    return status;
}

static enum bw_status
verify(struct bw_central *central, struct bw_central_verification *result,
    struct bw_error *err)
{
    enum bw_status status = central->engine->integrity(central, &result->integrity, err);
    if (status == BW_OK) {
        status = chains_verify(central, result, err);
    }
    if (status == BW_OK) {
        status = office_logs_count(central, result, err);
    }
    for (size_t i = 0; status == BW_OK && i < sizeof readings / sizeof readings[0]; i++) {
        status = bw_central_run(
            central, readings[i].sql, NULL, 0, readings[i].row, result, err);
    }
    return status;
}

enum bw_status
bw_central_verify(struct bw_central *central, struct bw_central_verification *ret_result,
    struct bw_error *err)
{
    struct bw_central_verification result = {.integrity = false};
    enum bw_status status = bw_central_read_begin(central, err);
    if (status != BW_OK) {
        return status;
    }
    status = verify(central, &result, err);
    bw_central_read_end(central);
    if (status == BW_OK) {
        *ret_result = result;
    }
    return status;
}

bool
bw_central_verification_holds(const struct bw_central_verification *result)
{
    return result->integrity && result->kiosks_broken == 0 &&
           result->kiosks_forked == 0 && result->details_wrong == 0 &&
           result->tickets_wrong == 0;
}
