/* What waits for the organiser's word: see pending.h. */
#include "central/pending.h"

#include "central/base/array.h"
#include "central/records.h"

#include <stdlib.h>
#include <string.h>

#define ASIDE_LOOK_MS INT64_C(604800000) /* 7 days */

static bool
on_events(const struct bw_sql_value *columns, int count, void *context)
{
    struct bw_pending *pending = context;
    (void)count;
    struct bw_pending_events *events = bw_array_more(&pending->events,
        &pending->events_count, &pending->events_capacity, sizeof *events);
    pending->no_memory = events == NULL;
    if (events != NULL) {
        events->device = (uint32_t)columns[0].number;
        events->reason = (int)columns[1].number;
        events->count = columns[2].number;
    }
    return events != NULL;
}

static bool
on_letter(const struct bw_sql_value *columns, int count, void *context)
{
    struct bw_pending *pending = context;
    (void)count;
    struct bw_pending_letter *letter = bw_array_more(&pending->letters,
        &pending->letters_count, &pending->letters_capacity, sizeof *letter);
    if (letter != NULL) {
        letter->name = bw_arena_text(&pending->texts, columns[0].text);
        letter->device = (uint32_t)columns[1].number;
        letter->aside_ms = columns[2].number;
        letter->why = bw_arena_text(&pending->texts, columns[3].text);
    }
    pending->no_memory = !letter || !letter->name || !letter->why;
    return !pending->no_memory;
}

static bool
on_introduction(const struct bw_sql_value *columns, int count, void *context)
{
    struct bw_pending *pending = context;
    (void)count;
    if (columns[2].bytes != BW_PUBLIC_KEY_BYTES ||
        columns[3].bytes != BW_PUBLIC_KEY_BYTES ||
        columns[4].bytes != BW_PENDING_STORE_ID_BYTES) {
        return true; /* no keys: nobody can be let in by them */
    }
    struct bw_pending_introduction *introduction =
        bw_array_more(&pending->introductions, &pending->introductions_count,
            &pending->introductions_capacity, sizeof *introduction);
    pending->no_memory = introduction == NULL;
    if (introduction != NULL) {
        introduction->device = (uint32_t)columns[0].number;
        introduction->received_ms = columns[1].number;
        memcpy(introduction->sign, columns[2].blob, sizeof introduction->sign);
        memcpy(introduction->box, columns[3].blob, sizeof introduction->box);
        memcpy(introduction->store_id, columns[4].blob, sizeof introduction->store_id);
    }
    return introduction != NULL;
}

_Static_assert(BW_PENDING_LETTERS_MAX == 100, "as in the SQL");

static const struct {
    const char *sql;
    bw_sql_row *row;
} readings[] = {
    {"SELECT device, reason, count(*) FROM quarantine WHERE settled = 0"
     " GROUP BY device, reason ORDER BY device, reason",
        on_events},
    {"SELECT name, device, taken_ms, why FROM letter_in WHERE state = 1"
     " ORDER BY taken_ms DESC, name LIMIT 100",
        on_letter},
    {"SELECT device, received_ms, sign_public, box_public, store_id FROM introduction"
     " WHERE state = 0 ORDER BY device, received_ms, sign_public",
        on_introduction},
};

enum bw_status
bw_pending_behind(struct bw_central *central, int64_t now_ms, int64_t **ret_devices,
    size_t *ret_count, struct bw_error *err)
{
    struct bw_sql_value now = bw_sql_int(now_ms);
    return bw_record_numbers(central,
        "SELECT DISTINCT x.device FROM device_session x"
        " JOIN device d ON d.device = x.device"
        " JOIN session s ON s.session_no = x.session_no"
        " JOIN device_session y ON y.session_no = x.session_no AND y.device <> x.device"
        " WHERE s.ends_ms > $1 AND x.rank >= 0 AND y.rank >= 0"
        " AND d.state <> 2 AND NOT EXISTS (SELECT 1 FROM device n"
        "  WHERE n.replaces = d.device AND n.state = 1) AND NOT " BW_RECORD_SHEET_ENDED
        " AND (x.held_epoch < (SELECT epoch FROM central)"
        "  OR x.held_revision < y.changed_revision) ORDER BY x.device",
        &now, 1, ret_devices, ret_count, err);
}

static enum bw_status
read_all(struct bw_central *central, int64_t now_ms, struct bw_pending *pending,
    struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < sizeof readings / sizeof readings[0]; i++) {
        status = bw_central_run(
            central, readings[i].sql, NULL, 0, readings[i].row, pending, err);
    }
    if (status == BW_OK && pending->no_memory) {
        status = bw_error_set(
            err, BW_NO_MEMORY, 0, "reading %s: no memory", bw_central_name(central));
    }
    if (status == BW_OK) {
        status =
            bw_central_number(central, "SELECT count(*) FROM letter_in WHERE state = 1",
                NULL, 0, 0, &pending->letters_all, err);
    }
    return status == BW_OK ? bw_pending_behind(central, now_ms, &pending->behind,
                                 &pending->behind_count, err)
                           : status;
}

enum bw_status
bw_pending_read(struct bw_central *central, int64_t now_ms,
    struct bw_pending *ret_pending, struct bw_error *err)
{
    struct bw_pending pending = {.events = NULL};
    enum bw_status status = bw_central_read_begin(central, err);
    if (status == BW_OK) {
        status = read_all(central, now_ms, &pending, err);
        bw_central_read_end(central);
    }
    if (status != BW_OK) {
        bw_pending_finish(&pending);
        return status;
    }
    *ret_pending = pending;
    return BW_OK;
}

void
bw_pending_finish(struct bw_pending *pending)
{
    if (pending != NULL) {
        free(pending->events);
        free(pending->letters);
        free(pending->introductions);
        free(pending->behind);
        bw_arena_finish(&pending->texts);
        *pending = (struct bw_pending){.events = NULL};
    }
}

bool
bw_pending_needs_a_look(const struct bw_pending *pending, int64_t now_ms)
{
    return pending->events_count > 0 || pending->introductions_count > 0 ||
           (pending->letters_count > 0 &&
               pending->letters[0].aside_ms > now_ms - ASIDE_LOOK_MS);
}

enum bw_status
bw_pending_of_session(struct bw_central *central, uint32_t session_no, int64_t *ret_count,
    struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(session_no);
    return bw_central_number(central,
        "SELECT count(*) FROM quarantine WHERE session_no = $1 AND settled = 0", &value,
        1, 0, ret_count, err);
}
