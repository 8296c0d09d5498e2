/* See statement.h. */
#include "exchange/kiosk/statement.h"

#include "exchange/kiosk/power.h"
#include "exchange/letter/figures.h"

#include <brugwachter/machine.h>
#include <brugwachter/store_letter.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum {
    SUSPECT_SLACK_MS = 60 * 1000,
    HELLO_EVERY_MS = 2 * 60 * 1000,
    LATELY_MS = 5 * 60 * 1000, /* as the desk takes a kiosk for heard */
    HOUR_MS = 60 * 60 * 1000,
    MIB = 1024 * 1024,
};

/* The clock stands before a time that the store knows from the office. */
static enum bw_status
clock_is_suspect(
    struct bw_kiosk_exchange *exchange, bool *ret_suspect, struct bw_error *err)
{
    const struct bw_clock *clock = &exchange->clock;
    int64_t server_ms = 0, mono_ms = 0;
    bool same_boot = false;
    enum bw_status status = bw_store_server_time(
        exchange->store, clock, &server_ms, &mono_ms, &same_boot, err);
    if (status != BW_OK) {
        return status;
    }
    int64_t least_ms = server_ms;
    if (same_boot) {
        least_ms += clock->mono_ms(clock) - mono_ms;
    }
    /* a clock that was given is meant */
    *ret_suspect = !clock->injected &&
                   clock->wall_ms(clock) < least_ms - (same_boot ? SUSPECT_SLACK_MS : 0);
    return BW_OK;
}

static enum bw_status
held_read(
    struct bw_kiosk_exchange *exchange, struct bw_hello *hello, struct bw_error *err)
{
    const struct bw_enrolment *enrolment = bw_store_enrolment(exchange->store);
    for (int i = 0; i < enrolment->sessions_count; i++) {
        struct bw_session session;
        struct bw_store_held held;
        struct bw_error ignored;
        enum bw_status status = bw_store_session_by_code(
            exchange->store, enrolment->sessions[i], &session, &ignored);
        if (status == BW_NOT_FOUND) {
            continue; /* no roster of it yet */
        }
        if (status == BW_OK) {
            status = bw_store_held(exchange->store, session.session_no, &held, &ignored);
        }
        if (status != BW_OK) {
            return bw_error_set(err, status, ignored.os_errno, "%s", ignored.text);
        }
        hello->held[hello->held_count++] =
            (struct bw_hello_held){.session_no = session.session_no,
                .epoch = held.epoch,
                .revision = (uint64_t)held.revision};
    }
    return BW_OK;
}

/* As the kiosk itself saw it last. */
static enum bw_status
camera_read(
    struct bw_kiosk_exchange *exchange, struct bw_hello *hello, struct bw_error *err)
{
    int64_t seen = 0;
    enum bw_status status = bw_store_get_number(
        exchange->store, BW_NUMBER_CAMERA_SEEN, BW_HELLO_CAMERA_UNKNOWN, &seen, err);
    if (status == BW_OK &&
        (seen == BW_HELLO_CAMERA_FINE || seen == BW_HELLO_CAMERA_MISSING)) {
        hello->camera = (enum bw_hello_camera)seen;
    }
    return status;
}

static enum bw_status
heard_read(
    struct bw_kiosk_exchange *exchange, struct bw_hello *hello, struct bw_error *err)
{
    struct bw_peer peers[BW_PEERS_MAX];
    int count = 0;
    enum bw_status status = bw_store_peers(exchange->store, peers, &count, err);
    for (int i = 0; status == BW_OK && i < count; i++) {
        bool again = i > 0 && peers[i].device == peers[i - 1].device;
        if (!again && peers[i].hello_counter > 0 && peers[i].hello_ms >= 0) {
            hello->heard[hello->heard_count++] =
                (struct bw_hello_heard){.device = peers[i].device,
                    .counter = peers[i].hello_counter,
                    .clock_ms = peers[i].hello_ms};
        }
    }
    return status;
}

static uint32_t
disk_free_mib(const char *path)
{
    struct statvfs facts;
    if (statvfs(path, &facts) != 0) {
        return 0;
    }
    uint64_t mib = (uint64_t)facts.f_bavail * facts.f_frsize / MIB;
    return mib > UINT32_MAX ? UINT32_MAX : (uint32_t)mib;
}

/* What a hello says that others wait for: the head, the rosters held, and that they were
 * heard, for whoever doesn't lead gives places only then. */
static int64_t
state_digest(const struct bw_events_letter *statement)
{
    uint64_t digest = 0;
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, 16);
    (void)crypto_generichash_update(
        &state, statement->head_hash, sizeof statement->head_hash);
    for (int i = 0; i < statement->hello.held_count; i++) {
        const struct bw_hello_held *held = &statement->hello.held[i];
        uint64_t numbers[3] = {held->session_no, held->epoch, held->revision};
        (void)crypto_generichash_update(
            &state, (const unsigned char *)numbers, sizeof numbers);
    }
    for (int i = 0; i < statement->hello.heard_count; i++) {
        const struct bw_hello_heard *heard = &statement->hello.heard[i];
        if (llabs(statement->stated_ms - heard->clock_ms) < LATELY_MS) {
            (void)crypto_generichash_update(
                &state, (const unsigned char *)&heard->device, sizeof heard->device);
        }
    }
    unsigned char bytes[16];
    (void)crypto_generichash_final(&state, bytes, sizeof bytes);
    memcpy(&digest, bytes, sizeof digest);
    return (int64_t)(digest >> 1);
}

/* The counter is kept before the hello is given: no number is ever used twice. */
static enum bw_status
counter_take(struct bw_kiosk_exchange *exchange, struct bw_events_letter *statement,
    struct bw_error *err)
{
    struct bw_store *store = exchange->store;
    int64_t counter = 0, last_ms = 0, last_state = 0;
    int64_t state = state_digest(statement);
    enum bw_status status =
        bw_store_get_number(store, BW_KIOSK_HELLO_COUNTER, 0, &counter, err);
    if (status == BW_OK) {
        status = bw_store_get_number(store, BW_NUMBER_HELLO_MS, 0, &last_ms, err);
    }
    if (status == BW_OK) {
        status = bw_store_get_number(store, BW_KIOSK_HELLO_STATE, 0, &last_state, err);
    }
    int64_t since_ms = statement->stated_ms - last_ms;
    bool fresh = since_ms >= 0 && since_ms < (exchange->sparing ? HELLO_EVERY_MS : 1);
    if (status == BW_OK && (counter == 0 || state != last_state || !fresh)) {
        counter++;
        status = bw_store_set_number(store, BW_KIOSK_HELLO_COUNTER, counter, err);
        if (status == BW_OK) {
            status =
                bw_store_set_number(store, BW_NUMBER_HELLO_MS, statement->stated_ms, err);
        }
        if (status == BW_OK) {
            status = bw_store_set_number(store, BW_KIOSK_HELLO_STATE, state, err);
        }
    }
    statement->counter = (uint64_t)counter;
    return status;
}

static int64_t
file_mib(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 ? ((int64_t)facts.st_size + MIB - 1) / MIB : -1;
}

/* What the machine says of itself. */
static enum bw_status
machine_read(
    struct bw_kiosk_exchange *exchange, struct bw_hello *hello, struct bw_error *err)
{
    const struct bw_clock *clock = &exchange->clock;
    struct bw_hello_figures figures = {.up_hours = clock->mono_ms(clock) / HOUR_MS,
        .store_mib = file_mib(exchange->store_path),
        .fell_back = access(BW_MACHINE_FELL_BACK_PATH, F_OK) == 0 ? 1 : -1};
    enum bw_status status =
        bw_store_get_number(exchange->store, BW_NUMBER_RUNS, 0, &figures.runs, err);
    if (status == BW_OK) {
        status =
            bw_store_get_number(exchange->store, BW_NUMBER_CUTS, 0, &figures.cuts, err);
    }
    hello->disk_free_mib = disk_free_mib(exchange->store_path);
    hello->battery_percent = bw_kiosk_battery_percent(BW_KIOSK_POWER_FOLDER);
    bw_hello_figures_write(BW_VERSION, &figures, hello->version);
    return status;
}

enum bw_status
bw_kiosk_state(struct bw_kiosk_exchange *exchange, struct bw_events_letter *ret_statement,
    struct bw_error *err)
{
    struct bw_events_letter statement = {.writer = exchange->device};
    struct bw_head head;
    memcpy(statement.store_id, bw_store_id(exchange->store), sizeof statement.store_id);
    /* the time first: what is appended after it is above the head that goes with it, or
     * already in it */
    statement.stated_ms = exchange->clock.wall_ms(&exchange->clock);
    if (statement.stated_ms < 0) {
        statement.stated_ms = 0;
    }
    enum bw_status status = clock_is_suspect(exchange, &statement.suspect, err);
    if (status == BW_OK) {
        status = bw_store_head(exchange->store, &head, err);
    }
    if (status == BW_OK) {
        statement.head_seq = head.seq;
        memcpy(statement.head_hash, head.hash, sizeof statement.head_hash);
        statement.hello.clock_ms = statement.stated_ms;
        status = machine_read(exchange, &statement.hello, err);
    }
    if (status == BW_OK) {
        status = held_read(exchange, &statement.hello, err);
    }
    if (status == BW_OK) {
        status = camera_read(exchange, &statement.hello, err);
    }
    if (status == BW_OK) {
        status = heard_read(exchange, &statement.hello, err);
    }
    if (status == BW_OK) {
        status = counter_take(exchange, &statement, err);
    }
    if (status == BW_OK) {
        *ret_statement = statement;
    }
    return status;
}
