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

struct held_device {
    uint32_t device;
    bool alone; /* else shared with other steps */
};

struct held_devices {
    struct held_device *items;
    size_t count, capacity;
    bool no_memory;
};

static bool
device_add(struct held_devices *devices, uint32_t device, bool alone)
{
    struct held_device *held =
        bw_array_more(&devices->items, &devices->count, &devices->capacity, sizeof *held);
    devices->no_memory = devices->no_memory || held == NULL;
    if (held != NULL) {
        *held = (struct held_device){device, alone};
    }
    return held != NULL;
}

static bool
on_device(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    return device_add(context, (uint32_t)columns[0].number, false);
}

/* By number; what is taken alone comes before the same one shared. */
static int
compare_devices(const void *a, const void *b)
{
    const struct held_device *x = a, *y = b;
    return x->device != y->device ? (x->device > y->device) - (x->device < y->device)
                                  : (int)y->alone - (int)x->alone;
}

static enum bw_status
no_memory(const struct bw_central *central, struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0,
        "changing %s: out of memory; close other programs", central->name);
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
devices_take(struct bw_central *central, const struct held_devices *devices, bool waits,
    struct bw_error *err)
{
    const struct bw_central_engine *engine = central->engine;
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < devices->count; i++) {
        const struct held_device *held = &devices->items[i];
        if (i > 0 && held->device == held[-1].device) {
            continue;
        }
        struct bw_sql_value value = bw_sql_int(held->device);
        status = bw_central_run(central,
            held->alone ? engine->lock_device : engine->share_device[waits], &value, 1,
            NULL, NULL, err);
    }
    return status;
}

/* C7: first the kiosks, those of all the sessions too. */
static enum bw_status
kiosks_hold(struct bw_central *central, struct held_devices *devices,
    const uint32_t *session_nos, size_t count, bool waits, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        struct bw_sql_value value = bw_sql_int(session_nos[i]);
        status = bw_central_run(central,
            "SELECT device FROM device_session WHERE session_no = $1", &value, 1,
            on_device, devices, err);
    }
    if (status == BW_OK && devices->no_memory) {
        return no_memory(central, err);
    }
    if (status == BW_OK && devices->count > 0) {
        qsort(devices->items, devices->count, sizeof *devices->items, compare_devices);
        status = devices_take(central, devices, waits, err);
    }
    return status;
}

static enum bw_status
sessions_hold(struct bw_central *central, const uint32_t *session_nos, size_t count,
    bool waits, struct bw_error *err)
{
    const char *hold = central->engine->hold_session[waits];
    enum bw_status status = BW_OK;
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
    return status;
}

enum bw_status
bw_central_hold_sessions(struct bw_central *central, const uint32_t *session_nos,
    size_t count, bool waits, struct bw_error *err)
{
    struct held_devices devices = {.items = NULL};
    assert(central->in_transaction);
    enum bw_status status =
        central->engine->hold_session[waits] != NULL
            ? kiosks_hold(central, &devices, session_nos, count, waits, err)
            : BW_OK;
    free(devices.items);
    if (status == BW_OK) {
        status = sessions_hold(central, session_nos, count, waits, err);
    }
    return busy(central, status, err);
}

enum bw_status
bw_central_hold_kiosks(struct bw_central *central, const uint32_t *device_nos,
    size_t devices_count, const uint32_t *session_nos, size_t count, struct bw_error *err)
{
    struct held_devices devices = {.items = NULL};
    assert(central->in_transaction);
    enum bw_status status = BW_OK;
    if (central->engine->hold_session[true] != NULL) {
        for (size_t i = 0; i < devices_count; i++) {
            if (!device_add(&devices, device_nos[i], true)) {
                break;
            }
        }
        status = kiosks_hold(central, &devices, session_nos, count, true, err);
    }
    free(devices.items);
    if (status == BW_OK) {
        status = sessions_hold(central, session_nos, count, true, err);
    }
    return busy(central, status, err);
}

/* Numbers that `sql` gives of a kiosk. */
static enum bw_status
kiosk_numbers(struct bw_central *central, const char *sql, uint32_t device,
    struct held_devices *ret_numbers, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(device);
    enum bw_status status =
        bw_central_run(central, sql, &value, 1, on_device, ret_numbers, err);
    return status == BW_OK && ret_numbers->no_memory ? no_memory(central, err) : status;
}

/* $1 itself, and the one that it takes the place of. */
#define BOTH                                                                             \
    "SELECT device FROM device WHERE device = $1 OR device ="                            \
    " (SELECT replaces FROM device WHERE device = $1)"

enum bw_status
bw_central_hold_kiosk(struct bw_central *central, uint32_t device, struct bw_error *err)
{
    struct held_devices kiosks = {.items = NULL}, sessions = {.items = NULL};
    uint32_t *numbers = NULL;
    enum bw_status status = kiosk_numbers(central, BOTH, device, &kiosks, err);
    if (status == BW_OK) {
        status = kiosk_numbers(central,
            "SELECT session_no FROM session WHERE session_no IN (SELECT session_no"
            " FROM device_session WHERE device IN (" BOTH ") UNION SELECT session_no"
            " FROM quarantine WHERE device = $1) ORDER BY session_no",
            device, &sessions, err);
    }
    if (status == BW_OK) {
        numbers = calloc(kiosks.count + sessions.count + 1, sizeof *numbers);
        status = numbers != NULL ? BW_OK : no_memory(central, err);
    }
    for (size_t i = 0; status == BW_OK && i < kiosks.count; i++) {
        numbers[i] = kiosks.items[i].device;
    }
    for (size_t i = 0; status == BW_OK && i < sessions.count; i++) {
        numbers[kiosks.count + i] = sessions.items[i].device;
    }
    if (status == BW_OK) {
        status = bw_central_hold_kiosks(
            central, numbers, kiosks.count, numbers + kiosks.count, sessions.count, err);
    }
    free(numbers);
    free(sessions.items);
    free(kiosks.items);
    return status;
}

/* ---- numbers that wait for nobody ---- */

/* What is claimed: four letters in ASCII, "Step" and so on. */
enum claimed {
    CLAIMED_STEP = 0x53746570,
    CLAIMED_QUARANTINE = 0x51756172,
    CLAIMED_BATCH = 0x42617463,
    CLAIMED_PEOPLE = 0x50656f70,
    CLAIMED_KIOSK = 0x4b696f73,
    CLAIMED_SESSION = 0x53657373,
};

static enum bw_status
claim(struct bw_central *central, enum claimed what, int64_t number, bool *ret_ours,
    struct bw_error *err)
{
    const char *sql = central->engine->claim;
    struct bw_sql_value values[] = {bw_sql_int(number), bw_sql_int(what)};
    int64_t one = 0;
    *ret_ours = sql == NULL;
    if (sql == NULL) {
        return BW_OK;
    }
    enum bw_status status = bw_central_number(central, sql, values, 2, 0, &one, err);
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
        status = claim(central, CLAIMED_STEP, number.number, &ours, err);
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

/* Above what letters are written under that nobody here knows: a database that was put
 * back from a copy forgot whom it gave those numbers. Anybody can write such a name, so
 * one far away moves nothing. */
#define NEWEST_KIOSK                                                                     \
    "SELECT max(device) FROM (SELECT device FROM device UNION ALL SELECT device"         \
    " FROM letter_in WHERE state = 2 AND device <="                                      \
    " (SELECT COALESCE(max(device), 0) FROM device) + 1000) AS given"

/* `block`: so many are claimed at once, as each claim is a lock: a letter of many events
 * has few, and so has a form of 200,000 people. Of what people read none is left out.
 * `newest`: the highest number. `in_block`: that of $1 to $2, or NULL. */
static const struct series_of_numbers {
    enum claimed what;
    int64_t block;
    const char *newest, *in_block;
} series_of[] = {
    [BW_CENTRAL_OF_QUARANTINE] = {CLAIMED_QUARANTINE, 64,
        "SELECT max(number) FROM quarantine",
        "SELECT max(number) FROM quarantine WHERE number BETWEEN $1 AND $2"},
    [BW_CENTRAL_OF_BATCHES] = {CLAIMED_BATCH, 64,
        "SELECT max(batch_no) FROM import_batch",
        "SELECT max(batch_no) FROM import_batch WHERE batch_no BETWEEN $1 AND $2"},
    [BW_CENTRAL_OF_PEOPLE] = {CLAIMED_PEOPLE, 4096, "SELECT max(person_no) FROM person",
        "SELECT max(person_no) FROM person WHERE person_no BETWEEN $1 AND $2"},
    [BW_CENTRAL_OF_KIOSKS] = {CLAIMED_KIOSK, 1, NEWEST_KIOSK,
        "SELECT max(device) FROM device WHERE device BETWEEN $1 AND $2"},
    [BW_CENTRAL_OF_SESSIONS] = {CLAIMED_SESSION, 64,
        "SELECT max(session_no) FROM session",
        "SELECT max(session_no) FROM session WHERE session_no BETWEEN $1 AND $2"},
};

/* As of steps: a block is asked once it is ours, as whoever had it may have committed
 * meanwhile. One that isn't, or in which some are given, begins the row anew. */
enum bw_status
bw_central_next_numbers(struct bw_central *central, enum bw_central_numbers of,
    int64_t count, int64_t *ret_first, struct bw_error *err)
{
    assert(central->in_transaction);
    const struct series_of_numbers *series = &series_of[of];
    int64_t newest = 0, first = 0;
    enum bw_status status =
        bw_central_number(central, series->newest, NULL, 0, 0, &newest, err);
    for (int64_t block = newest / series->block; status == BW_OK; block++) {
        int64_t before = block * series->block, last = before + series->block;
        int64_t taken = before;
        struct bw_sql_value ends[] = {bw_sql_int(before + 1), bw_sql_int(last)};
        bool ours = false;
        status = claim(central, series->what, block, &ours, err);
        if (status == BW_OK && ours) {
            status =
                bw_central_number(central, series->in_block, ends, 2, taken, &taken, err);
        }
        first = !ours ? 0 : first == 0 || taken > before ? taken + 1 : first;
        if (status == BW_OK && ours && last - first + 1 >= count) {
            *ret_first = first;
            return BW_OK;
        }
    }
    return status;
}

enum bw_status
bw_central_reclaim_number(struct bw_central *central, enum bw_central_numbers of,
    int64_t number, struct bw_error *err)
{
    assert(central->in_transaction && number > 0);
    const struct series_of_numbers *series = &series_of[of];
    bool ours = false;
    enum bw_status status =
        claim(central, series->what, (number - 1) / series->block, &ours, err);
    return status == BW_OK && !ours
               ? bw_error_set(err, BW_BUSY, 0,
                     "changing %s: what is to come back has a number next to those that "
                     "another step is giving just now; wait until it is done, then try "
                     "again",
                     central->name)
               : status;
}

enum bw_status
bw_central_next_number(struct bw_central *central, enum bw_central_numbers of,
    int64_t *ret_number, struct bw_error *err)
{
    return bw_central_next_numbers(central, of, 1, ret_number, err);
}

enum bw_status
bw_central_lock_people(struct bw_central *central, bool *ret_beside, struct bw_error *err)
{
    assert(central->in_transaction);
    const char *sql = central->engine->lock_people;
    enum bw_status status =
        sql != NULL ? bw_central_run(central, sql, NULL, 0, NULL, NULL, err) : BW_OK;
    if (status == BW_OK) {
        *ret_beside = sql != NULL;
    }
    return status;
}
