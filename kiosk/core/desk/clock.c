/* Whether the clock may be believed: see desk_clock.h. */
#include "clock.h"

#include "pin.h"

enum { TOLERANCE_MS = 60 * 1000 };

#define NUMBER_BASE "clock_base_ms"
#define NUMBER_BOOT "clock_boot"
#define NUMBER_JUMPED "clock_jumped"
#define NUMBER_CONFIRMED "clock_confirmed_ms"

static int64_t
base_of(const struct bw_clock *clock)
{
    return clock->wall_ms(clock) - clock->mono_ms(clock);
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
keep_base(struct desk_clock *watch, struct bw_store *store, const struct bw_clock *clock)
{
    watch->base_ms = base_of(clock);
    if (!clock->injected) {
        keep(store, NUMBER_BASE, watch->base_ms);
        keep(store, NUMBER_BOOT, pin_boot(clock));
    }
}

/* The newest of what sync heard and of the roster's own time, which USB may bring. */
static enum bw_status
read_server_time(struct desk_clock *watch, struct bw_store *store,
    const struct bw_clock *clock, struct bw_error *err)
{
    int64_t roster_ms = 0;
    enum bw_status status = bw_store_server_time(store, clock, &watch->server_ms,
        &watch->server_mono_ms, &watch->server_same_boot, err);
    if (status == BW_OK) {
        status = bw_store_get_number(store, BW_NUMBER_ROSTER_MS, 0, &roster_ms, err);
    }
    if (status == BW_OK && roster_ms > watch->server_ms) {
        watch->server_ms = roster_ms;
        watch->server_same_boot = false;
    }
    return status;
}

enum bw_status
desk_clock_load(struct desk_clock *watch, struct bw_store *store,
    const struct bw_clock *clock, struct bw_error *err)
{
    int64_t boot = 0;
    int64_t jumped = 0;
    *watch = (struct desk_clock){0};
    enum bw_status status = read_server_time(watch, store, clock, err);
    if (status == BW_OK) {
        status = bw_store_get_number(
            store, NUMBER_CONFIRMED, -1, &watch->confirmed_server_ms, err);
    }
    if (status != BW_OK || clock->injected) {
        desk_clock_injected(watch, clock);
        return status;
    }
    status = bw_store_get_number(store, NUMBER_BASE, 0, &watch->base_ms, err);
    if (status == BW_OK) {
        status = bw_store_get_number(store, NUMBER_BOOT, 0, &boot, err);
    }
    if (status == BW_OK) {
        status = bw_store_get_number(store, NUMBER_JUMPED, 0, &jumped, err);
    }
    watch->jumped = jumped != 0;
    if (status == BW_OK && boot != pin_boot(clock)) {
        keep_base(watch, store, clock); /* the first start in this boot */
    }
    return status;
}

enum bw_status
desk_clock_follow(struct desk_clock *watch, struct bw_store *store,
    const struct bw_clock *clock, struct bw_error *err)
{
    int64_t before_ms = watch->server_ms;
    enum bw_status status = read_server_time(watch, store, clock, err);
    if (status != BW_OK || watch->server_ms == before_ms) {
        return status;
    }
    int64_t expected_ms = watch->server_ms;
    if (watch->server_same_boot) {
        expected_ms += clock->mono_ms(clock) - watch->server_mono_ms;
    }
    if (is_near(clock->wall_ms(clock), expected_ms)) {
        watch->jumped = false;
        keep(store, NUMBER_JUMPED, 0);
        keep_base(watch, store, clock);
    }
    return BW_OK;
}

static bool
stands_before_server(const struct desk_clock *watch, const struct bw_clock *clock)
{
    if (watch->server_ms == 0 || watch->server_ms == watch->confirmed_server_ms) {
        return false;
    }
    int64_t least_ms = watch->server_ms;
    if (watch->server_same_boot) {
        least_ms += clock->mono_ms(clock) - watch->server_mono_ms;
    }
    return clock->wall_ms(clock) < least_ms - TOLERANCE_MS;
}

bool
desk_clock_is_suspect(
    struct desk_clock *watch, struct bw_store *store, const struct bw_clock *clock)
{
    if (!watch->jumped && !clock->injected && !is_near(base_of(clock), watch->base_ms)) {
        watch->jumped = true;
        keep(store, NUMBER_JUMPED, 1);
    }
    return watch->jumped || stands_before_server(watch, clock);
}

void
desk_clock_confirm(
    struct desk_clock *watch, struct bw_store *store, const struct bw_clock *clock)
{
    watch->jumped = false;
    watch->confirmed_server_ms = watch->server_ms;
    keep(store, NUMBER_JUMPED, 0);
    keep(store, NUMBER_CONFIRMED, watch->server_ms);
    keep_base(watch, store, clock);
}

void
desk_clock_injected(struct desk_clock *watch, const struct bw_clock *clock)
{
    watch->jumped = false;
    watch->base_ms = base_of(clock);
}
