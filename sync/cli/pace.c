/* When a kiosk's roads are due: see pace.h. */
#include "cli/pace.h"

static int
roads_of(const struct bw_pace *pace)
{
    return pace->roads_count > 0 ? pace->roads_count : BW_CARRIERS_MAX;
}

unsigned
bw_pace_due(const struct bw_pace *pace, enum bw_pace_way way, int64_t now_ms)
{
    unsigned due = 0;
    for (int i = 0; i < roads_of(pace); i++) {
        due |= pace->roads[i][way].due_ms <= now_ms ? 1U << i : 0;
    }
    return due;
}

int64_t
bw_pace_next_ms(const struct bw_pace *pace)
{
    return bw_pace_next_but_ms(pace, 0);
}

int64_t
bw_pace_next_but_ms(const struct bw_pace *pace, unsigned busy)
{
    int64_t next_ms = INT64_MAX;
    for (int i = 0; i < roads_of(pace); i++) {
        for (int way = 0; (busy >> i & 1) == 0 && way < BW_PACE_WAYS; way++) {
            int64_t due_ms = pace->roads[i][way].due_ms;
            next_ms = due_ms < next_ms ? due_ms : next_ms;
        }
    }
    return next_ms;
}

int64_t
bw_pace_wait_ms(int misses, uint32_t (*random)(uint32_t below))
{
    int64_t wait_ms = BW_PACE_LEAST_MS;
    if (misses == 0) {
        return BW_PACE_OPEN_MS;
    }
    for (int i = 1; i < misses && wait_ms < BW_PACE_MOST_MS; i++) {
        wait_ms *= 2;
    }
    wait_ms = wait_ms > BW_PACE_MOST_MS ? BW_PACE_MOST_MS : wait_ms;
    return wait_ms - random((uint32_t)(wait_ms / 4));
}

/* Whether a look there finds sooner what happens at the door than anybody tells of it. */
static bool
is_lively(const struct bw_pace *pace, int road, int64_t now_ms)
{
    return pace->doors_open && !pace->near && (pace->tells >> road & 1) == 0 &&
           now_ms < pace->lively_until_ms;
}

static int64_t
calm_ms(const struct bw_pace *pace, int road, enum bw_pace_way way, int64_t now_ms)
{
    if (way == BW_PACE_TAKES && is_lively(pace, road, now_ms)) {
        return BW_PACE_LIVELY_MS;
    }
    return pace->doors_open ? BW_PACE_OPEN_MS : BW_PACE_CLOSED_MS;
}

/* Due at `at_ms` at the latest. */
static void
hasten(struct bw_pace *pace, int road, int way, int64_t at_ms)
{
    if (pace->roads[road][way].due_ms > at_ms) {
        pace->roads[road][way].due_ms = at_ms;
    }
}

void
bw_pace_note(
    struct bw_pace *pace, int road, enum bw_pace_way way, bool well, int64_t now_ms)
{
    int misses = well ? 0 : pace->roads[road][way].misses + 1;
    int64_t due_ms = pace->roads[road][way].due_ms; /* it began then, or later */
    int64_t again_ms = pace->roads[road][way].again_ms;
    pace->roads[road][way].misses = misses;
    pace->roads[road][way].due_ms =
        now_ms +
        (well ? calm_ms(pace, road, way, now_ms) : bw_pace_wait_ms(misses, pace->random));
    pace->roads[road][way].noted_ms = now_ms;
    if (well && due_ms < again_ms) {
        hasten(pace, road, (int)way, again_ms > now_ms ? again_ms : now_ms);
    }
}

void
bw_pace_held(struct bw_pace *pace, int64_t now_ms)
{
    for (int i = 0; i < roads_of(pace); i++) {
        for (int way = 0; way < BW_PACE_WAYS; way++) {
            if (pace->roads[i][way].due_ms < now_ms + BW_PACE_LEAST_MS) {
                pace->roads[i][way].due_ms = now_ms + BW_PACE_LEAST_MS;
            }
        }
    }
}

/* Due once the last look is long enough ago, `least_ms` from now at the soonest. */
static void
enliven(struct bw_pace *pace, int64_t now_ms, int64_t least_ms)
{
    pace->lively_until_ms = now_ms + BW_PACE_LIVELY_FOR_MS;
    for (int i = 0; i < roads_of(pace); i++) {
        int64_t at_ms = pace->roads[i][BW_PACE_TAKES].noted_ms + BW_PACE_LIVELY_MS;
        if (is_lively(pace, i, now_ms) && pace->roads[i][BW_PACE_TAKES].misses == 0) {
            hasten(pace, i, BW_PACE_TAKES,
                at_ms > now_ms + least_ms ? at_ms : now_ms + least_ms);
        }
    }
}

void
bw_pace_brought(struct bw_pace *pace, int64_t now_ms)
{
    enliven(pace, now_ms, 0);
}

void
bw_pace_event(struct bw_pace *pace, int64_t now_ms)
{
    enliven(pace, now_ms, BW_PACE_EVENT_MS); /* with what is sent: one connection */
    for (int i = 0; i < roads_of(pace); i++) {
        if (pace->roads[i][BW_PACE_SENDS].misses == 0) {
            hasten(pace, i, BW_PACE_SENDS, now_ms + (pace->near ? 0 : BW_PACE_EVENT_MS));
        }
    }
}

void
bw_pace_network(struct bw_pace *pace, int64_t now_ms)
{
    for (int i = 0; i < roads_of(pace); i++) {
        for (int way = 0; way < BW_PACE_WAYS; way++) {
            if (pace->roads[i][way].misses > 0) {
                pace->roads[i][way].misses = 1; /* another network: from the start */
                hasten(pace, i, way, now_ms + pace->random(BW_PACE_NETWORK_MS));
            }
        }
    }
}

void
bw_pace_heard(struct bw_pace *pace, unsigned roads, int64_t now_ms)
{
    int64_t between_ms = pace->near ? BW_PACE_NEAR_MS : BW_PACE_HEARD_MS;
    for (int i = 0; i < roads_of(pace); i++) {
        int64_t least_ms = pace->roads[i][BW_PACE_TAKES].noted_ms + between_ms;
        if ((roads >> i & 1) != 0 && pace->roads[i][BW_PACE_TAKES].misses == 0) {
            hasten(pace, i, BW_PACE_TAKES, now_ms > least_ms ? now_ms : least_ms);
            if (pace->near) { /* whom it hears now, it may have to say so */
                hasten(pace, i, BW_PACE_SENDS, now_ms + between_ms);
            }
            pace->roads[i][BW_PACE_TAKES].again_ms =
                pace->near ? 0 : now_ms + BW_PACE_NOTICE_MS;
        }
    }
}

void
bw_pace_doors(struct bw_pace *pace, bool open, int64_t now_ms)
{
    pace->doors_open = open;
    for (int i = 0; i < roads_of(pace); i++) {
        for (int way = 0; open && way < BW_PACE_WAYS; way++) {
            if (pace->roads[i][way].misses == 0) {
                hasten(pace, i, way, now_ms + BW_PACE_OPEN_MS);
            }
        }
    }
}
