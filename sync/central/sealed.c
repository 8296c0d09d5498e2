/* Sealed rows of every ticket: see sealed.h. One thread. */
#include "central/sealed.h"

#include "central/base/array.h"
#include "central/records.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct ticket {
    struct bw_sealed_row row;
    bw_code code;
    int64_t generation, signing_key;
};

/* Of one session: gathered before anything is written. */
struct tickets {
    struct ticket *items;
    size_t count, capacity;
    char series[BW_LABEL_BYTES];
    uint32_t session_no;
    bool no_memory;
};

enum {
    TEXT = BW_REGISTRATION_COLUMNS_COUNT,
    GENERATION,
    SIGNING_KEY,
    SERIES,
    CALLED_OFF
};

static bool
on_ticket(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct tickets *tickets = context;
    struct bw_registration registration;
    struct ticket *ticket = bw_array_more(
        &tickets->items, &tickets->count, &tickets->capacity, sizeof *ticket);
    if (ticket == NULL) {
        tickets->no_memory = true;
        return false;
    }
    bw_registration_of_row(columns, &registration);
    registration.status = bw_record_told(registration.status, columns[CALLED_OFF].number);
    bw_sealed_close(columns[TEXT].text, &registration, &ticket->row);
    ticket->code = registration.code;
    ticket->generation = columns[GENERATION].number;
    ticket->signing_key = columns[SIGNING_KEY].number;
    bw_text_copy(tickets->series, sizeof tickets->series, columns[SERIES].text);
    tickets->session_no = registration.session_no;
    return true;
}

enum bw_status
bw_central_sealed_mark(
    struct bw_central *central, const char *series, struct bw_error *err)
{
    assert(bw_central_in_transaction(central)); /* SL2 */
    struct bw_sql_value values[] = {bw_sql_text(series), bw_sql_null()};
    int64_t mark = 0;
    enum bw_status status = bw_central_number(central,
        "UPDATE series SET sealed_mark = sealed_mark + 1 WHERE code = $1 AND EXISTS"
        " (SELECT 1 FROM sealed WHERE series = $1 AND mark = 0) RETURNING sealed_mark",
        values, 1, 0, &mark, err);
    values[1] = bw_sql_int(mark);
    return status == BW_OK ? bw_central_run(central, central->engine->mark_sealed, values,
                                 2, NULL, NULL, err)
           : status == BW_NOT_FOUND ? BW_OK
                                    : status;
}

static enum bw_status
tickets_put(
    struct bw_central *central, const struct tickets *tickets, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < tickets->count; i++) {
        const struct ticket *ticket = &tickets->items[i];
        struct bw_sql_value values[] = {
            bw_sql_text(tickets->series),
            bw_sql_int(tickets->session_no),
            bw_sql_int((int64_t)ticket->code),
            bw_sql_int(ticket->generation),
            bw_sql_int(ticket->signing_key),
            bw_sql_blob(ticket->row.id, sizeof ticket->row.id),
            bw_sql_blob(ticket->row.box, sizeof ticket->row.box),
        };
        status = bw_central_run(central,
            "INSERT INTO sealed (series, session_no, code, generation, signing_key, id,"
            " box, mark) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)"
            " ON CONFLICT (series, session_no, code, generation, signing_key)"
            " DO UPDATE SET box = excluded.box, mark = excluded.mark",
            values, 7, NULL, NULL, err);
    }
    return status;
}

/* Of those that `sql` gives. */
static enum bw_status
seal(struct bw_central *central, const char *sql, const struct bw_sql_value *parameters,
    int count, struct bw_error *err)
{
    assert(bw_central_in_transaction(central)); /* SL2 */
    struct tickets tickets = {.items = NULL};
    enum bw_status status =
        bw_central_run(central, sql, parameters, count, on_ticket, &tickets, err);
    if (status == BW_OK && tickets.no_memory) {
        status = bw_error_set(err, BW_NO_MEMORY, 0,
            "sealing tickets in %s: out of memory; close other programs",
            bw_central_name(central));
    }
    if (status == BW_OK && tickets.count > 0) {
        status = tickets_put(central, &tickets, err);
    }
    free(tickets.items);
    return status;
}

#define TICKETS                                                                          \
    "SELECT " BW_REGISTRATION_COLUMNS                                                    \
    ", t.text, t.generation, t.signing_key, s.series, s.called_off_ms"                   \
    " FROM registration r JOIN ticket t ON t.code = r.code"                              \
    " JOIN signing_key k ON k.signing_key = t.signing_key AND k.retired_ms IS NULL"      \
    " JOIN session s ON s.session_no = r.session_no"

enum bw_status
bw_central_sealed_refresh(struct bw_central *central, bw_code code, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int((int64_t)code);
    return seal(central,
        TICKETS " WHERE r.code = $1 ORDER BY t.generation, t.signing_key", &value, 1,
        err);
}

struct fresh {
    const char *series;
    uint32_t session_no;
    uint8_t signing_key;
    const struct bw_sealed_ticket *tickets;
};

static void
fill_fresh(size_t at, struct bw_sql_value *ret_values, const void *context)
{
    const struct fresh *fresh = context;
    const struct bw_sealed_ticket *ticket = &fresh->tickets[at];
    const struct bw_sql_value values[] = {
        bw_sql_text(fresh->series),
        bw_sql_int(fresh->session_no),
        bw_sql_int((int64_t)ticket->code),
        bw_sql_int(0),
        bw_sql_int(fresh->signing_key),
        bw_sql_blob(ticket->row.id, sizeof ticket->row.id),
        bw_sql_blob(ticket->row.box, sizeof ticket->row.box),
        bw_sql_int(0),
    };
    memcpy(ret_values, values, sizeof values);
}

static bool
on_series(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    bw_text_copy(context, BW_LABEL_BYTES, columns[0].text);
    return false;
}

enum bw_status
bw_central_sealed_new(struct bw_central *central, uint32_t session_no,
    uint8_t signing_key, const struct bw_sealed_ticket *tickets, size_t count,
    struct bw_error *err)
{
    static const struct bw_sql_columns columns = {.table = "sealed",
        .names = "series, session_no, code, generation, signing_key, id, box, mark",
        .count = 8};
    assert(bw_central_in_transaction(central)); /* SL2 */
    char series[BW_LABEL_BYTES] = "";
    struct fresh fresh = {series, session_no, signing_key, tickets};
    struct bw_sql_value value = bw_sql_int(session_no);
    if (count == 0) {
        return BW_OK;
    }
    enum bw_status status =
        bw_central_run(central, "SELECT series FROM session WHERE session_no = $1",
            &value, 1, on_series, series, err);
    return status == BW_OK
               ? bw_central_insert(central, &columns, count, fill_fresh, &fresh, err)
               : status;
}

static enum bw_status
take_away(
    struct bw_central *central, const char *sql, int64_t value, struct bw_error *err)
{
    assert(bw_central_in_transaction(central)); /* SL2 */
    struct bw_sql_value parameter = bw_sql_int(value);
    return bw_central_run(central, sql, &parameter, 1, NULL, NULL, err);
}

/* All rows where a column is $1. */
#define TAKE_AWAY(column)                                                                \
    "UPDATE sealed SET box = NULL, mark = 0 WHERE " column " = $1 AND box IS NOT NULL"

enum bw_status
bw_central_sealed_retire(
    struct bw_central *central, uint8_t signing_key, struct bw_error *err)
{
    return take_away(central, TAKE_AWAY("signing_key"), signing_key, err);
}

enum bw_status
bw_central_sealed_purge(
    struct bw_central *central, uint32_t session_no, struct bw_error *err)
{
    return take_away(central, TAKE_AWAY("session_no"), session_no, err);
}

enum bw_status
bw_central_sealed_drop(struct bw_central *central, bw_code code, struct bw_error *err)
{
    return take_away(central, TAKE_AWAY("code"), (int64_t)code, err);
}

/* Seals anew for each code that `sql` gives. */
static enum bw_status
refresh_all(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int parameters_count, struct bw_error *err)
{
    int64_t *codes = NULL;
    size_t count = 0;
    enum bw_status status = bw_record_numbers(
        central, sql, parameters, parameters_count, &codes, &count, err);
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        status = bw_central_sealed_refresh(central, (bw_code)codes[i], err);
    }
    free(codes);
    return status;
}

enum bw_status
bw_central_sealed_move(struct bw_central *central, uint32_t session_no,
    const char *from_series, struct bw_error *err)
{
    assert(bw_central_in_transaction(central)); /* SL2 */
    struct bw_sql_value values[] = {bw_sql_int(session_no), bw_sql_text(from_series)};
    enum bw_status status = bw_central_run(central,
        "UPDATE sealed SET box = NULL, mark = 0 WHERE session_no = $1"
        " AND series = $2 AND box IS NOT NULL",
        values, 2, NULL, NULL, err);
    values[1] = bw_sql_blob(NULL, 0);
    if (status == BW_OK) {
        status = bw_central_run(central,
            "UPDATE letter_out SET digest = $2 WHERE session_no = $1", values, 2, NULL,
            NULL, err);
    }
    return status == BW_OK
               ? refresh_all(central,
                     "SELECT code FROM registration WHERE session_no = $1 ORDER BY code",
                     values, 1, err)
               : status;
}

enum bw_status
bw_central_sealed_session(
    struct bw_central *central, uint32_t session_no, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(session_no);
    return refresh_all(central,
        "SELECT code FROM registration WHERE session_no = $1 ORDER BY code", &value, 1,
        err);
}

enum bw_status
bw_central_sealed_fill(struct bw_central *central, struct bw_error *err)
{
    return refresh_all(
        central, "SELECT code FROM registration ORDER BY session_no, code", NULL, 0, err);
}
