/* The desk's clock: see clock.h. */
#include "clock.h"

#include "pin.h"

enum { TOLERANCE_MS = 60 * 1000 };

#define NUMBER_BASE "clock_base_ms"
#define NUMBER_BOOT "clock_boot"
#define NUMBER_JUMPED "clock_jumped"
#define NUMBER_CONFIRMED "clock_confirmed_ms"

int64_t
bw_desk_clock_now_ms(const struct desk_clock *clock)
{
    return clock->source.wall_ms(&clock->source);
}

int64_t
bw_desk_clock_mono_ms(const struct desk_clock *clock)
{
    return clock->source.mono_ms(&clock->source);
}

static int64_t
base_of(const struct desk_clock *clock)
{
    return bw_desk_clock_now_ms(clock) - bw_desk_clock_mono_ms(clock);
}

static bool
is_near(int64_t a, int64_t b)
{
    int64_t apart = a > b ? a - b : b - a;
    return apart <= TOLERANCE_MS;
}

/* Remembering is a help, never a condition: on a full disk the clock is still watched in
 * memory, and appending will say what is wrong. */
static void
keep(struct bw_store *store, const char *name, int64_t value)
{
    int64_t known = 0;
    if (bw_store_get_number(store, name, value + 1, &known, NULL) == BW_OK &&
        known != value && bw_store_set_number(store, name, value, NULL) != BW_OK) {
        return;
    }
}

static void
believe(struct desk_clock *clock)
{
    clock->jumped = false;
    clock->base_ms = base_of(clock);
}

static void
keep_base(struct desk_clock *clock, struct bw_store *store)
{
    clock->base_ms = base_of(clock);
    if (!clock->source.injected) {
        keep(store, NUMBER_BASE, clock->base_ms);
        keep(store, NUMBER_BOOT, bw_pin_boot(&clock->source));
    }
}

/* The newest of what sync heard and of the roster's own time, which USB may bring. */
static enum bw_status
read_server_time(struct desk_clock *clock, struct bw_store *store, struct bw_error *err)
{
    int64_t roster_ms = 0;
    enum bw_status status = bw_store_server_time(store, &clock->source, &clock->server_ms,
        &clock->server_mono_ms, &clock->server_same_boot, err);
    if (status == BW_OK) {
        status = bw_store_get_number(store, BW_NUMBER_ROSTER_MS, 0, &roster_ms, err);
    }
    if (status == BW_OK && roster_ms > clock->server_ms) {
        clock->server_ms = roster_ms;
        clock->server_same_boot = false;
    }
    return status;
}

enum bw_status
bw_desk_clock_load(struct desk_clock *clock, struct bw_store *store,
    const struct bw_clock *source, struct bw_error *err)
{
    int64_t boot = 0;
    int64_t jumped = 0;
    *clock = (struct desk_clock){.source = *source};
    enum bw_status status = read_server_time(clock, store, err);
    if (status == BW_OK) {
        status = bw_store_get_number(
            store, NUMBER_CONFIRMED, -1, &clock->confirmed_server_ms, err);
    }
    if (status != BW_OK || clock->source.injected) {
        believe(clock);
        return status;
    }
    status = bw_store_get_number(store, NUMBER_BASE, 0, &clock->base_ms, err);
    if (status == BW_OK) {
        status = bw_store_get_number(store, NUMBER_BOOT, 0, &boot, err);
    }
    if (status == BW_OK) {
        status = bw_store_get_number(store, NUMBER_JUMPED, 0, &jumped, err);
    }
    clock->jumped = jumped != 0;
    if (status == BW_OK && boot != bw_pin_boot(&clock->source)) {
        keep_base(clock, store); /* the first start in this boot */
    }
    return status;
}

enum bw_status
bw_desk_clock_follow(
    struct desk_clock *clock, struct bw_store *store, struct bw_error *err)
{
    int64_t before_ms = clock->server_ms;
    enum bw_status status = read_server_time(clock, store, err);
    if (status != BW_OK || clock->server_ms == before_ms) {
        return status;
    }
    int64_t expected_ms = clock->server_ms;
    if (clock->server_same_boot) {
        expected_ms += bw_desk_clock_mono_ms(clock) - clock->server_mono_ms;
    }
    if (is_near(bw_desk_clock_now_ms(clock), expected_ms)) {
        clock->jumped = false;
        keep(store, NUMBER_JUMPED, 0);
        keep_base(clock, store);
    }
    return BW_OK;
}

static bool
stands_before_server(const struct desk_clock *clock)
{
    if (clock->server_ms == 0 || clock->server_ms == clock->confirmed_server_ms) {
        return false;
    }
    int64_t least_ms = clock->server_ms;
    if (clock->server_same_boot) {
        least_ms += bw_desk_clock_mono_ms(clock) - clock->server_mono_ms;
    }
    return bw_desk_clock_now_ms(clock) < least_ms - TOLERANCE_MS;
}

bool
bw_desk_clock_is_suspect(struct desk_clock *clock, struct bw_store *store)
{
    if (!clock->jumped && !clock->source.injected &&
        !is_near(base_of(clock), clock->base_ms)) {
        clock->jumped = true;
        keep(store, NUMBER_JUMPED, 1);
    }
    return clock->jumped || stands_before_server(clock);
}

void
bw_desk_clock_confirm(struct desk_clock *clock, struct bw_store *store)
{
    clock->jumped = false;
    clock->confirmed_server_ms = clock->server_ms;
    keep(store, NUMBER_JUMPED, 0);
    keep(store, NUMBER_CONFIRMED, clock->server_ms);
    keep_base(clock, store);
}

void
bw_desk_clock_inject(struct desk_clock *clock, int64_t wall_ms)
{
    bw_clock_inject(&clock->source, wall_ms);
    believe(clock);
}
