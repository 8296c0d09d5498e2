/* What purge and forget have in common: see forget_rows.h. */
#include "office/forget_rows.h"

#include "central/base/array.h"
#include "central/records.h"
#include "central/sealed.h"
#include "office/step.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum scope { SCOPE_SESSION, SCOPE_REGISTRATION, SCOPES };
enum { COUNTED_NOT = -1 };

/* A statement of either scope: $1 is the session's number or the code, $2 the
 * revision. */
#define OF_BOTH(before, after)                                                           \
    {                                                                                    \
        before "session_no = $1" after, before "code = $1" after                         \
    }

#define FORGET_DETAILS                                                                   \
    "UPDATE event_details SET bytes = NULL WHERE bytes IS NOT NULL AND "

static const struct {
    const char *sql[SCOPES];
    int counted; /* offset in bw_office_forgotten of what it changed, or COUNTED_NOT */
} steps[] = {
    {OF_BOTH("UPDATE registration SET first_name = '', name = '', school = '', role = '',"
             " table_name = '', attention = '', why = '', revision = $2 WHERE ",
         ""),
        offsetof(struct bw_office_forgotten, registrations)},
    {{FORGET_DETAILS "session_no = $1", FORGET_DETAILS
         "EXISTS (SELECT 1 FROM event e WHERE e.session_no = event_details.session_no"
         " AND e.device = event_details.device AND e.seq = event_details.seq"
         " AND e.hash = event_details.hash AND e.code = $1)"},
        offsetof(struct bw_office_forgotten, details)},
    {OF_BOTH("UPDATE step SET why = '', undone_by = -1 WHERE step_no IN"
             " (SELECT step_no FROM step_registration WHERE ",
         ")"),
        COUNTED_NOT},
    {OF_BOTH("UPDATE step SET why = '' WHERE step_no IN" /* the word itself stands */
             " (SELECT step_no FROM ruling WHERE ",
         ")"),
        COUNTED_NOT},
    {OF_BOTH("DELETE FROM step_registration WHERE ", ""), COUNTED_NOT},
    {{"DELETE FROM learned WHERE kind = 24 AND EXISTS (SELECT 1 FROM registration r"
      " WHERE r.session_no = $1 AND learned.spelling LIKE r.code || ' %')",
         "DELETE FROM learned WHERE kind = 24 AND spelling LIKE CAST($1 AS BIGINT)"
         " || ' %'"},
        COUNTED_NOT},
    {OF_BOTH("DELETE FROM told WHERE ", ""), offsetof(struct bw_office_forgotten, mails)},
    {OF_BOTH("DELETE FROM ticket WHERE ", ""),
        offsetof(struct bw_office_forgotten, tickets)},
};

static enum bw_status
forget(struct bw_central *central, enum scope scope, int64_t number, int64_t revision,
    struct bw_office_forgotten *inout_forgotten, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(number), bw_sql_int(revision)};
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < sizeof steps / sizeof steps[0]; i++) {
        const char *sql = steps[i].sql[scope];
        status = bw_central_run(
            central, sql, values, strstr(sql, "$2") != NULL ? 2 : 1, NULL, NULL, err);
        if (status == BW_OK && steps[i].counted != COUNTED_NOT) {
            int64_t count = 0;
            memcpy(&count, (char *)inout_forgotten + steps[i].counted, sizeof count);
            count += bw_central_changed(central);
            memcpy((char *)inout_forgotten + steps[i].counted, &count, sizeof count);
        }
    }
    return status;
}

/* Events in quarantine; $1 is the session. */
static const char *const quarantined[] = {
    ("INSERT INTO event_details (session_no, device, seq, hash, bytes)"
     " SELECT session_no, device, seq, hash, NULL FROM quarantine"
     " WHERE session_no = $1 AND details IS NOT NULL ON CONFLICT DO NOTHING"),
    ("UPDATE step SET why = '', undone_by = CASE WHEN undone_by = 0 THEN -1"
     " ELSE undone_by END WHERE step_no IN (SELECT x.step_no FROM step_quarantine x"
     " JOIN quarantine q ON q.number = x.number WHERE q.session_no = $1)"),
    ("DELETE FROM step_quarantine WHERE number IN"
     " (SELECT number FROM quarantine WHERE session_no = $1)"),
    "UPDATE quarantine SET details = NULL, why = '' WHERE session_no = $1",
};

enum bw_status
bw_office_forget_session(struct bw_central *central, uint32_t session_no,
    int64_t revision, struct bw_office_forgotten *ret_forgotten, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(session_no);
    *ret_forgotten = (struct bw_office_forgotten){.registrations = 0};
    enum bw_status status =
        forget(central, SCOPE_SESSION, session_no, revision, ret_forgotten, err);
    for (size_t i = 0; status == BW_OK && i < sizeof quarantined / sizeof quarantined[0];
         i++) {
        status = bw_central_run(central, quarantined[i], &value, 1, NULL, NULL, err);
    }
    return status == BW_OK ? bw_central_sealed_purge(central, session_no, err) : status;
}

enum bw_status
bw_office_forget_registration(struct bw_central *central, bw_code code, int64_t revision,
    struct bw_office_forgotten *inout_forgotten, struct bw_error *err)
{
    enum bw_status status = forget(
        central, SCOPE_REGISTRATION, (int64_t)code, revision, inout_forgotten, err);
    return status == BW_OK ? bw_central_sealed_drop(central, code, err) : status;
}

/* Of one event: $1 session, $2 device, $3 number, $4 hash, $5 number in quarantine. Its
 * row without details is what no letter fills again, and what kiosks forget by. */
static const struct {
    const char *sql;
    bool quarantined, counted;
} of_entry[] = {
    {"UPDATE event_details SET bytes = NULL WHERE session_no = $1 AND device = $2"
     " AND seq = $3 AND hash = $4 AND bytes IS NOT NULL",
        false, true},
    {"INSERT INTO event_details (session_no, device, seq, hash, bytes)"
     " SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), hash, NULL"
     " FROM quarantine WHERE number = $5 AND details IS NOT NULL ON CONFLICT DO NOTHING",
        true, true},
    {"UPDATE step SET why = '' WHERE step_no IN (SELECT step_no FROM ruling"
     " WHERE session_no = $1 AND device = $2 AND seq = $3)",
        false, false},
    {"UPDATE step SET why = '' WHERE step_no IN"
     " (SELECT step_no FROM step_quarantine WHERE number = $5)",
        true, false},
    {"UPDATE step_quarantine SET why = '' WHERE number = $5", true, false},
    {"UPDATE quarantine SET details = NULL, why = '' WHERE number = $5", true, false},
};

static enum bw_status
forget_entry(struct bw_central *central, const struct bw_office_entry *entry,
    struct bw_office_forgotten *inout_forgotten, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(entry->session_no),
        bw_sql_int(entry->id.device), bw_sql_int((int64_t)entry->id.seq),
        bw_sql_blob(entry->hash, sizeof entry->hash), bw_sql_int(entry->quarantine)};
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < sizeof of_entry / sizeof of_entry[0]; i++) {
        if (of_entry[i].quarantined && entry->quarantine == 0) {
            continue;
        }
        status = bw_central_run(central, of_entry[i].sql, values, 5, NULL, NULL, err);
        if (status == BW_OK && of_entry[i].counted) {
            inout_forgotten->details += bw_central_changed(central);
        }
    }
    return status;
}

static bool
has_number(const int64_t *numbers, size_t count, int64_t number)
{
    for (size_t i = 0; i < count; i++) {
        if (numbers[i] == number) {
            return true;
        }
    }
    return false;
}

/* Sessions whose kiosks are to hear of it: each once. */
struct forget_told {
    int64_t *numbers;
    size_t count, capacity;
};

/* The event's own session, and those of its kiosk, which may not be enrolled for it. */
static enum bw_status
tell_of_entry(struct bw_central *central, const struct bw_office_entry *entry,
    struct forget_told *told, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(entry->id.device), bw_sql_int(entry->session_no)};
    int64_t *numbers = NULL, revision = 0;
    size_t count = 0;
    enum bw_status status = bw_record_numbers(central,
        "SELECT session_no FROM session WHERE session_no = $2 OR session_no IN"
        " (SELECT session_no FROM device_session WHERE device = $1 AND rank >= 0)"
        " ORDER BY session_no",
        values, 2, &numbers, &count, err);
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        if (has_number(told->numbers, told->count, numbers[i])) {
            continue;
        }
        int64_t *place =
            bw_array_more(&told->numbers, &told->count, &told->capacity, sizeof *place);
        if (place == NULL) {
            status = bw_error_set(err, BW_NO_MEMORY, 0, "forgetting somebody: no memory");
        } else {
            *place = numbers[i];
            status = bw_step_keep_session(central, (uint32_t)numbers[i], err);
        }
        if (status == BW_OK) {
            status =
                bw_central_next_revision(central, (uint32_t)numbers[i], &revision, err);
        }
    }
    free(numbers);
    return status;
}

enum bw_status
bw_office_forget_entries(struct bw_central *central,
    const struct bw_office_entries *entries, struct bw_office_forgotten *inout_forgotten,
    struct bw_error *err)
{
    struct forget_told told = {.numbers = NULL};
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < entries->count; i++) {
        int64_t before = inout_forgotten->details;
        status = forget_entry(central, &entries->items[i], inout_forgotten, err);
        if (status == BW_OK && inout_forgotten->details > before) {
            status = tell_of_entry(central, &entries->items[i], &told, err);
        }
    }
    free(told.numbers);
    return status;
}

static const char *const names[] = {
    "DELETE FROM person_alias WHERE person_no IN"
    " (SELECT person_no FROM person WHERE identity IS NULL)",
    "UPDATE step SET undone_by = -1, why = '' WHERE step_no IN (SELECT step_no"
    " FROM step_person WHERE person_no IN"
    " (SELECT person_no FROM person WHERE identity IS NULL))",
    "UPDATE step SET why = '' WHERE step_no IN (SELECT step_no FROM mail_state"
    " WHERE person_no IN (SELECT person_no FROM person WHERE identity IS NULL))",
    "DELETE FROM mail_state WHERE person_no IN"
    " (SELECT person_no FROM person WHERE identity IS NULL)",
    "DELETE FROM step_alias WHERE step_no IN"
    " (SELECT step_no FROM step WHERE undone_by = -1)",
    "DELETE FROM step_person WHERE step_no IN"
    " (SELECT step_no FROM step WHERE undone_by = -1)",
    "DELETE FROM step_registration WHERE step_no IN"
    " (SELECT step_no FROM step WHERE undone_by = -1)",
};

enum bw_status
bw_office_forget_names(struct bw_central *central, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < sizeof names / sizeof names[0]; i++) {
        status = bw_central_run(central, names[i], NULL, 0, NULL, NULL, err);
    }
    return status;
}
