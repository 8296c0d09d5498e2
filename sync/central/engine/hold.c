/* What a step of the office holds, and its number: see engine.h. One thread.
 *
 * Kiosks are shared: a kiosk may serve several sessions, whose steps don't wait for each
 * other, while letters, which take the kiosk's row for themselves, wait for all of them.
 *
 * A number isn't taken by writing it: whoever wrote the same would wait for the first to
 * commit, and with it all steps for each other. */
#include "central/engine/engine.h"

#include "central/base/array.h"

#include <assert.h>
#include <stdlib.h>

struct held_devices {
    uint32_t *items;
    size_t count, capacity;
    bool no_memory;
};

static bool
on_device(const struct bw_sql_value *columns, int count, void *context)
{
    struct held_devices *devices = context;
    (void)count;
    uint32_t *device = bw_array_more(
        &devices->items, &devices->count, &devices->capacity, sizeof *device);
    devices->no_memory = device == NULL;
    if (device != NULL) {
        *device = (uint32_t)columns[0].number;
    }
    return device != NULL;
}

static int
compare_devices(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static enum bw_status
busy(const struct bw_central *central, enum bw_status status, struct bw_error *err)
{
    return status != BW_BUSY
               ? status
               : bw_error_set(err, BW_BUSY, 0,
                     "changing a session of %s: another step or letters of its kiosks "
                     "are changing it just now; wait until they are done, then try again",
                     central->name);
}

static enum bw_status
devices_share(struct bw_central *central, const struct held_devices *devices, bool waits,
    struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < devices->count; i++) {
        if (i > 0 && devices->items[i] == devices->items[i - 1]) {
            continue;
        }
        struct bw_sql_value value = bw_sql_int(devices->items[i]);
        status = bw_central_run(
            central, central->engine->share_device[waits], &value, 1, NULL, NULL, err);
    }
    return status;
}

/* C7: first the kiosks of all the sessions. */
static enum bw_status
kiosks_hold(struct bw_central *central, const uint32_t *session_nos, size_t count,
    bool waits, struct bw_error *err)
{
    struct held_devices devices = {.items = NULL};
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        struct bw_sql_value value = bw_sql_int(session_nos[i]);
        status = bw_central_run(central,
            "SELECT device FROM device_session WHERE session_no = $1", &value, 1,
            on_device, &devices, err);
    }
    if (status == BW_OK && devices.no_memory) {
        status = bw_error_set(err, BW_NO_MEMORY, 0,
            "changing %s: out of memory; close other programs", central->name);
    }
    if (status == BW_OK && devices.count > 0) {
        qsort(devices.items, devices.count, sizeof *devices.items, compare_devices);
        status = devices_share(central, &devices, waits, err);
    }
    free(devices.items);
    return status;
}

enum bw_status
bw_central_hold_sessions(struct bw_central *central, const uint32_t *session_nos,
    size_t count, bool waits, struct bw_error *err)
{
    assert(central->in_transaction);
    const char *hold = central->engine->hold_session[waits];
    enum bw_status status =
        hold ? kiosks_hold(central, session_nos, count, waits, err) : BW_OK;
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        int64_t found = 0;
        struct bw_sql_value value = bw_sql_int(session_nos[i]);
        assert(i == 0 || session_nos[i - 1] < session_nos[i]); /* C7 */
        status = bw_central_number(central,
            hold ? hold : "SELECT session_no FROM session WHERE session_no = $1", &value,
            1, 0, &found, err);
        if (status == BW_NOT_FOUND) {
            status = bw_error_set(err, BW_NOT_FOUND, 0,
                "changing %s: it has no session number %u any more; status lists them",
                central->name, session_nos[i]);
        }
    }
    return busy(central, status, err);
}

/* ---- numbers of steps ---- */

static enum bw_status
claim(struct bw_central *central, int64_t number, bool *ret_ours, struct bw_error *err)
{
    const char *sql = central->engine->claim_step;
    struct bw_sql_value value = bw_sql_int(number);
    int64_t one = 0;
    *ret_ours = sql == NULL;
    if (sql == NULL) {
        return BW_OK;
    }
    enum bw_status status = bw_central_number(central, sql, &value, 1, 0, &one, err);
    *ret_ours = status == BW_OK;
    return status == BW_NOT_FOUND ? BW_OK : status;
}

/* Whoever had the number may have committed between our look at the table and the claim:
 * the table is asked again, once it is ours. A step beside this one may have a higher one
 * by then, as it is of another session. */
enum bw_status
bw_central_next_step(struct bw_central *central, struct bw_error *err)
{
    assert(central->in_transaction);
    int64_t newest = 0, taken = 0;
    bool ours = false;
    enum bw_status status = bw_central_number(
        central, "SELECT max(step_no) FROM step", NULL, 0, 0, &newest, err);
    struct bw_sql_value number = bw_sql_int(newest);
    while (status == BW_OK && (!ours || taken > 0)) {
        number.number++;
        status = claim(central, number.number, &ours, err);
        if (status == BW_OK && ours) {
            status =
                bw_central_number(central, "SELECT count(*) FROM step WHERE step_no = $1",
                    &number, 1, 0, &taken, err);
        }
    }
    if (status == BW_OK) {
        central->step_no = number.number;
    }
    return status;
}

int64_t
bw_central_step(const struct bw_central *central)
{
    return central->step_no;
}
