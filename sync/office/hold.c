/* What a step is about, held: see hold.h. */
#include "office/hold.h"

#include "central/base/array.h"
#include "central/records.h"

#include <stdlib.h>

/* Numbers of sessions, or of kiosks. */
struct held_numbers {
    uint32_t *items;
    size_t count, capacity;
    bool no_memory;
};

/* What one of several is about: SQL that gives session numbers, and its parameter. */
struct held_what {
    const char *sql;
    const struct bw_sql_value *parameters;
    int count;
};

static enum bw_status
no_memory(const struct bw_central *central, struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0,
        "changing %s: out of memory; close other programs", bw_central_name(central));
}

static bool
on_number(const struct bw_sql_value *columns, int count, void *context)
{
    struct held_numbers *numbers = context;
    (void)count;
    uint32_t *number = bw_array_more(
        &numbers->items, &numbers->count, &numbers->capacity, sizeof *number);
    numbers->no_memory = numbers->no_memory || number == NULL;
    if (number != NULL) {
        *number = (uint32_t)columns[0].number;
    }
    return number != NULL;
}

static int
compare_numbers(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* By rising number, and each once. */
static void
put_in_order(struct held_numbers *numbers)
{
    size_t kept = 0;
    if (numbers->count > 0) {
        qsort(numbers->items, numbers->count, sizeof *numbers->items, compare_numbers);
    }
    for (size_t i = 0; i < numbers->count; i++) {
        if (kept == 0 || numbers->items[kept - 1] != numbers->items[i]) {
            numbers->items[kept++] = numbers->items[i];
        }
    }
    numbers->count = kept;
}

static enum bw_status
find_all(struct bw_central *central, const struct held_what *what, size_t count,
    struct held_numbers *ret_numbers, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        status = bw_central_run(central, what[i].sql, what[i].parameters, what[i].count,
            on_number, ret_numbers, err);
    }
    if (status == BW_OK && ret_numbers->no_memory) {
        return no_memory(central, err);
    }
    put_in_order(ret_numbers);
    return status;
}

/* Until nothing that wasn't held comes any more: between the look and the hold somebody
 * else's step may have ended. What comes then isn't waited for (C7). */
static enum bw_status
hold_all(struct bw_central *central, const struct held_what *what, size_t count,
    bool waits, struct bw_error *err)
{
    struct held_numbers held = {.items = NULL};
    enum bw_status status = find_all(central, what, count, &held, err);
    for (size_t before = 0; status == BW_OK && held.count > before; waits = false) {
        before = held.count;
        status = bw_central_hold_sessions(central, held.items, held.count, waits, err);
        if (status == BW_OK) {
            status = find_all(central, what, count, &held, err);
        }
    }
    free(held.items);
    return status;
}

enum bw_status
bw_office_hold_each(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int count, bool waits, struct bw_error *err)
{
    struct held_what what = {sql, parameters, count};
    return hold_all(central, &what, 1, waits, err);
}

/* ---- registrations ---- */

/* Who led to it is led on with it (FO1). */
static const char registration_sql[] =
    "SELECT session_no FROM registration WHERE code = $1"
    " UNION SELECT session_no FROM registration WHERE followed_by = $1";

/* All that either of two people is in, or somebody is in who may be one of them. */
#define PEOPLE                                                                           \
    "(SELECT person_no FROM registration WHERE code = $1 UNION SELECT o.person_no"       \
    " FROM registration r JOIN registration o ON o.code = r.doubt_of WHERE r.code = $1)"
static const char people_sql[] =
    "SELECT session_no FROM registration WHERE person_no IN " PEOPLE
    " UNION SELECT session_no FROM registration WHERE doubt_of IN"
    " (SELECT code FROM registration WHERE person_no IN " PEOPLE ")";

/* What was typed: registrations, and a session or NULL. */
struct held_typed {
    const char *sql;
    const char *const *typed;
    size_t count;
    const char *session_code;
    bw_code *codes; /* of each */
    size_t found;   /* so many of them; where one isn't there, it is the next */
    uint32_t session_no;
};

static enum bw_status
find_typed(struct bw_central *central, struct held_typed *of, struct held_what *what,
    struct bw_sql_value *values, struct bw_error *err)
{
    struct bw_office_registration registration;
    struct bw_session session;
    enum bw_status status = BW_OK;
    while (status == BW_OK && of->found < of->count) {
        size_t at = of->found;
        status =
            bw_office_registration_by_code(central, of->typed[at], &registration, err);
        if (status == BW_OK) {
            of->codes[at] = registration.roster.code;
            values[at] = bw_sql_int((int64_t)of->codes[at]);
            what[at] = (struct held_what){of->sql, &values[at], 1};
            of->found++;
        }
    }
    if (status == BW_OK && of->session_code != NULL) {
        status = bw_record_session(central, of->session_code, &session, err);
        of->session_no = session.session_no;
        values[of->count] = bw_sql_int(of->session_no);
        what[of->count] =
            (struct held_what){"SELECT session_no FROM session WHERE session_no = $1",
                &values[of->count], 1};
    }
    return status;
}

static enum bw_status
begin_and_hold(struct bw_central *central, struct held_typed *of, struct bw_error *err)
{
    size_t count = of->count + (of->session_code != NULL);
    struct held_what *what = calloc(count, sizeof *what);
    struct bw_sql_value *values = calloc(count, sizeof *values);
    enum bw_status status = what != NULL && values != NULL
                                ? bw_central_begin_step(central, err)
                                : no_memory(central, err);
    if (status == BW_OK) {
        status = find_typed(central, of, what, values, err);
    }
    if (status == BW_OK) {
        status = hold_all(central, what, count, true, err);
    }
    free(values);
    free(what);
    return status;
}

enum bw_status
bw_office_hold_registrations(struct bw_central *central, const char *const typed[],
    size_t count, bw_code *ret_codes, struct bw_error *err)
{
    struct held_typed all = {
        .sql = registration_sql, .typed = typed, .count = count, .codes = ret_codes};
    return begin_and_hold(central, &all, err);
}

enum bw_status
bw_office_hold_move(struct bw_central *central, const char *const typed[], size_t count,
    const char *session_code, bw_code *ret_codes, struct bw_session *ret_session,
    struct bw_error *err)
{
    struct held_typed all = {.sql = registration_sql,
        .typed = typed,
        .count = count,
        .session_code = session_code,
        .codes = ret_codes};
    enum bw_status status = begin_and_hold(central, &all, err);
    return status == BW_OK
               ? bw_record_session_by_number(central, all.session_no, ret_session, err)
               : status;
}

enum bw_status
bw_office_hold_people(struct bw_central *central, const char *const typed[], size_t count,
    bw_code *ret_codes, size_t *ret_found, struct bw_error *err)
{
    struct held_typed all = {
        .sql = people_sql, .typed = typed, .count = count, .codes = ret_codes};
    enum bw_status status = begin_and_hold(central, &all, err);
    *ret_found = all.found;
    return status;
}

enum bw_status
bw_office_hold_registration(struct bw_central *central, const char *typed,
    struct bw_office_registration *ret_registration, struct bw_error *err)
{
    bw_code code = BW_CODE_NONE;
    enum bw_status status = bw_office_hold_registrations(central, &typed, 1, &code, err);
    return status == BW_OK
               ? bw_office_registration_of(central, code, ret_registration, err)
               : status;
}

/* ---- sessions ---- */

enum bw_status
bw_office_hold_session(struct bw_central *central, const char *code,
    struct bw_session *ret_session, struct bw_error *err)
{
    struct bw_session found;
    enum bw_status status = bw_central_begin_step(central, err);
    if (status == BW_OK) {
        status = bw_record_session(central, code, &found, err);
    }
    if (status == BW_OK) {
        status = bw_central_hold_sessions(central, &found.session_no, 1, true, err);
    }
    return status == BW_OK
               ? bw_record_session_by_number(central, found.session_no, ret_session, err)
               : status;
}

/* ---- kiosks, and what they wrote ---- */

static enum bw_status
hold_kiosks(struct bw_central *central, const struct held_what *kiosks,
    const struct held_what *what, size_t count, struct bw_error *err)
{
    struct held_numbers devices = {.items = NULL}, sessions = {.items = NULL};
    enum bw_status status = find_all(central, kiosks, count, &devices, err);
    if (status == BW_OK) {
        status = find_all(central, what, count, &sessions, err);
    }
    if (status == BW_OK) {
        status = bw_central_hold_kiosks(
            central, devices.items, devices.count, sessions.items, sessions.count, err);
    }
    free(devices.items);
    free(sessions.items);
    return status == BW_OK ? hold_all(central, what, count, false, err) : status;
}

enum bw_status
bw_office_hold_quarantine(struct bw_central *central, const int64_t *numbers,
    size_t count, struct bw_error *err)
{
    struct held_what *whats = calloc(2 * count + 1, sizeof *whats);
    struct bw_sql_value *values = calloc(count + 1, sizeof *values);
    enum bw_status status = whats != NULL && values != NULL
                                ? bw_central_begin_step(central, err)
                                : no_memory(central, err);
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        values[i] = bw_sql_int(numbers[i]);
        whats[i] = (struct held_what){"SELECT d.device FROM quarantine q JOIN device d"
                                      " ON d.device = q.device WHERE q.number = $1",
            &values[i], 1};
        whats[count + i] =
            (struct held_what){"SELECT s.session_no FROM quarantine q JOIN session s"
                               " ON s.session_no = q.session_no WHERE q.number = $1",
                &values[i], 1};
    }
    if (status == BW_OK) {
        status = hold_kiosks(central, whats, whats + count, count, err);
    }
    free(values);
    free(whats);
    return status;
}

/* ---- steps ---- */

/* Whether it is to go on with numbers held: what it puts back may be the whole agenda. */
static const char numbers_sql[] =
    "SELECT (SELECT count(*) FROM step_agenda WHERE step_no = $1)"
    " + (SELECT count(*) FROM step WHERE step_no = $1 AND what = 'import agenda')"
    " + (SELECT count(*) FROM setting WHERE step_no = $1 AND name LIKE 'was %')";

/* Sessions that it puts back: nobody else may be given their numbers. */
static enum bw_status
reclaim_sessions(
    struct bw_central *central, const struct bw_sql_value *step, struct bw_error *err)
{
    const struct held_what gone = {
        "SELECT x.session_no FROM step_session x WHERE x.step_no = $1 AND x.fresh = 0"
        " AND NOT EXISTS (SELECT 1 FROM session s WHERE s.session_no = x.session_no)",
        step, 1};
    struct held_numbers sessions = {.items = NULL};
    enum bw_status status = find_all(central, &gone, 1, &sessions, err);
    for (size_t i = 0; status == BW_OK && i < sessions.count; i++) {
        status = bw_central_reclaim_number(
            central, BW_CENTRAL_OF_SESSIONS, sessions.items[i], err);
    }
    free(sessions.items);
    return status;
}

/* Of two who take it back at once the second sees that it was. */
static const char row_sql[] = "UPDATE step SET undone_by = undone_by WHERE step_no = $1";

enum bw_status
bw_office_hold_step(struct bw_central *central, int64_t step_no, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(step_no);
    const struct held_what
        kiosks = {"SELECT d.device FROM step_quarantine x JOIN quarantine q"
                  " ON q.number = x.number JOIN device d ON d.device = q.device"
                  " WHERE x.step_no = $1",
            &value, 1},
        what = {"SELECT s.session_no FROM session s WHERE s.session_no IN"
                " (SELECT session_no FROM step_registration WHERE step_no = $1"
                " UNION SELECT session_no FROM step_session WHERE step_no = $1"
                " UNION SELECT session_no FROM ruling WHERE step_no = $1"
                " UNION SELECT q.session_no FROM step_quarantine x"
                " JOIN quarantine q ON q.number = x.number WHERE x.step_no = $1)",
            &value, 1};
    int64_t of_all = 0;
    enum bw_status status = hold_kiosks(central, &kiosks, &what, 1, err);
    if (status == BW_OK) {
        status = bw_central_number(central, numbers_sql, &value, 1, 0, &of_all, err);
    }
    if (status == BW_OK && of_all > 0) {
        status = bw_central_lock_numbers(central, err);
    }
    if (status == BW_OK) {
        status = reclaim_sessions(central, &value, err);
    }
    return status == BW_OK ? bw_central_run(central, row_sql, &value, 1, NULL, NULL, err)
                           : status;
}
