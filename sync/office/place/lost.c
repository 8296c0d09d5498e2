/* Places that a step took and that are gone: see lost.h. */
#include "office/place/lost.h"

#include "central/base/array.h"
#include "central/records.h"
#include "office/place/waiting.h"

#include <stdlib.h>

struct lost_codes {
    bw_code *codes; /* owned */
    size_t count, capacity;
    bool no_memory;
};

static bool
on_code(const struct bw_sql_value *c, int count, void *context)
{
    struct lost_codes *lost = context;
    bw_code *slot =
        bw_array_more(&lost->codes, &lost->count, &lost->capacity, sizeof *slot);
    (void)count;
    lost->no_memory = slot == NULL;
    if (slot != NULL) {
        *slot = (bw_code)c[0].number;
    }
    return slot != NULL;
}

/* Of a session that has no room for all of them: they were in, and aren't. */
static const char lost_sql[] =
    "SELECT x.code FROM step_registration x JOIN registration r ON r.code = x.code"
    " JOIN session s ON s.session_no = x.session_no"
    " WHERE x.step_no = $1 AND x.fresh = 0 AND x.status = $2 AND r.status IN ($3, $4)"
    " AND s.capacity < (SELECT count(*) FROM registration p"
    " WHERE p.session_no = s.session_no AND p.status = $2)"
    " + (SELECT count(*) FROM step_registration y JOIN registration q ON q.code = y.code"
    " WHERE y.step_no = $1 AND y.session_no = s.session_no AND y.fresh = 0"
    " AND y.status = $2 AND q.status IN ($3, $4)) ORDER BY x.session_no, x.code";

static bool
on_taken(const struct bw_sql_value *c, int count, void *context)
{
    struct bw_place_lost *lost = context;
    (void)count;
    bw_text_copy(lost->taken_first_name, sizeof lost->taken_first_name, c[0].text);
    bw_text_copy(lost->taken_name, sizeof lost->taken_name, c[1].text);
    return false;
}

static enum bw_status
fill(const struct bw_office *office, int64_t step_no, bw_code code,
    struct bw_place_lost *lost, struct bw_error *err)
{
    struct bw_central *central = office->central;
    struct bw_session session = {.session_no = 0};
    enum bw_status status =
        bw_office_registration_of(central, code, &lost->registration, err);
    if (status == BW_OK) {
        status = bw_record_session_by_number(
            central, lost->registration.roster.session_no, &session, err);
    }
    if (status == BW_OK) {
        bw_text_copy(lost->session_title, sizeof lost->session_title, session.title);
        status = bw_place_waiting_would_be(central, &session, code, &lost->number, err);
    }
    struct bw_sql_value values[] = {
        bw_sql_int(session.session_no), bw_sql_int(BW_CONFIRMED), bw_sql_int(step_no)};
    return status != BW_OK
               ? status
               : bw_central_run(central,
                     "SELECT r.first_name, r.name FROM registration r"
                     " JOIN step_registration y ON y.code = r.code AND y.step_no > $3"
                     " AND (y.status <> $2 OR y.fresh = 1) WHERE r.session_no = $1"
                     " AND r.status = $2 ORDER BY y.step_no DESC, r.code LIMIT 1",
                     values, 3, on_taken, lost, err);
}

enum bw_status
bw_place_lost_walk(const struct bw_office *office, int64_t step_no,
    bw_place_lost_each *each, void *context, struct bw_error *err)
{
    struct lost_codes found = {.codes = NULL};
    struct bw_sql_value values[] = {bw_sql_int(step_no), bw_sql_int(BW_CONFIRMED),
        bw_sql_int(BW_CANCELLED), bw_sql_int(BW_BLOCKED)};
    bool goes_on = true;
    enum bw_status status =
        bw_central_run(office->central, lost_sql, values, 4, on_code, &found, err);
    if (status == BW_OK && found.no_memory) {
        status =
            bw_error_set(err, BW_NO_MEMORY, 0, "looking who lost a place: no memory");
    }
    for (size_t i = 0; status == BW_OK && goes_on && i < found.count; i++) {
        struct bw_place_lost lost = {.number = 0};
        status = fill(office, step_no, found.codes[i], &lost, err);
        goes_on = status == BW_OK && each(&lost, context);
    }
    free(found.codes);
    return status;
}
