/* What is likeliest of a conflict: see conflict_advice.h. */
#include "report/conflict/conflict_advice.h"

#include "report/conflict/conflict_side.h"

#include <string.h>

enum { MINUTE_MS = 60 * 1000 };

static void
offer(struct bw_conflict_advice *advice, enum bw_conflict_answer answer,
    struct bw_event_id event, bw_code code)
{
    advice->choices[advice->count++] = (struct bw_conflict_choice){answer, event, code};
}

static void
suggest(struct bw_conflict_advice *advice, int choice, enum bw_conflict_reason reason)
{
    advice->suggested = choice;
    advice->reason = reason;
}

/* One ticket, in twice. That it counts once is so already. */
static void
of_double_entry(const struct bw_book *book, const struct bw_conflict *conflict,
    struct bw_conflict_advice *advice)
{
    int last_at = conflict->events_count - 1;
    struct bw_conflict_side first, last;
    bw_conflicts_side_read(book, conflict->events[0], &first);
    bw_conflicts_side_read(book, conflict->events[last_at], &last);
    bool same_kiosk = first.event.device == last.event.device;
    int64_t apart_ms = last.wall_ms - first.wall_ms;
    apart_ms = apart_ms < 0 ? -apart_ms : apart_ms;
    offer(advice, BW_CONFLICT_STANDS, last.event, BW_CODE_NONE);
    offer(advice, BW_CONFLICT_OTHER, last.event, BW_CODE_NONE);
    advice->minutes = apart_ms / MINUTE_MS;
    if (first.unsure || last.unsure) {
        suggest(advice, 0, BW_CONFLICT_CLOCK);
    } else if (same_kiosk) {
        suggest(advice, 0, BW_CONFLICT_TWO_SCANS);
    } else if (apart_ms < MINUTE_MS) {
        suggest(advice, 1, BW_CONFLICT_TWO_DOORS);
    } else {
        suggest(advice, 0, BW_CONFLICT_WENT_OUT);
    }
}

/* One name, on two places: a walk-in and a sign-up, two sign-ups, or two circles. */
static void
of_twice(const struct bw_book *book, const struct bw_conflict *conflict,
    struct bw_conflict_advice *advice)
{
    struct bw_conflict_side side, walk_in = {.code = BW_CODE_NONE}, known = walk_in;
    struct bw_event_id last = conflict->events[conflict->events_count - 1];
    bool has_walk_in = false, has_known = false, elsewhere = false;
    for (int i = 0; i < conflict->events_count; i++) {
        bw_conflicts_side_read(book, conflict->events[i], &side);
        bool own = side.code != BW_CODE_NONE && !side.instead && side.title == NULL;
        elsewhere = elsewhere || side.title != NULL;
        if (own && !has_known) {
            known = side;
            has_known = true;
        } else if (side.code == BW_CODE_NONE && side.basis == BW_BASIS_WALK_IN) {
            walk_in = side;
            has_walk_in = true;
        }
    }
    if (elsewhere) {
        offer(advice, BW_CONFLICT_OUT, last, BW_CODE_NONE);
        offer(advice, BW_CONFLICT_OUT, conflict->events[0], BW_CODE_NONE);
        suggest(advice, 2, BW_CONFLICT_ASK);
    } else if (has_walk_in && has_known) {
        offer(advice, BW_CONFLICT_IS, walk_in.event, known.code);
        offer(advice, BW_CONFLICT_STANDS, last, BW_CODE_NONE);
        suggest(advice, 0, BW_CONFLICT_SAME_NAME);
    } else {
        offer(advice, BW_CONFLICT_OUT, last, BW_CODE_NONE);
        offer(advice, BW_CONFLICT_STANDS, last, BW_CODE_NONE);
        suggest(advice, has_known ? 0 : 2,
            has_known ? BW_CONFLICT_TWO_PLACES : BW_CONFLICT_ASK);
    }
}

/* Came against what the list said. */
static void
of_somebody(const struct bw_book *book, const struct bw_conflict *conflict,
    struct bw_conflict_advice *advice)
{
    struct bw_event_id last = conflict->events[conflict->events_count - 1];
    (void)book;
    offer(advice, BW_CONFLICT_STANDS, last, BW_CODE_NONE);
    offer(advice, BW_CONFLICT_OUT, last, BW_CODE_NONE);
    suggest(advice, 0, BW_CONFLICT_CAME);
}

static void
of_fact(const struct bw_book *book, const struct bw_conflict *conflict,
    struct bw_conflict_advice *advice)
{
    (void)book;
    offer(advice, BW_CONFLICT_STANDS, conflict->events[0], BW_CODE_NONE);
    suggest(advice, 0, BW_CONFLICT_SEEN);
}

typedef void advise_of(const struct bw_book *book, const struct bw_conflict *conflict,
    struct bw_conflict_advice *advice);

static const struct {
    const char *kind;
    advise_of *advise;
} advisers[] = {
    {"double_entry", of_double_entry},
    {"twice", of_twice},
    {"cancelled", of_somebody},
    {"blocked", of_somebody},
    {"replaced", of_somebody},
    {"unknown", of_somebody},
    {"unlisted", of_somebody},
};

void
bw_conflicts_advise(const struct bw_book *book, const struct bw_conflict *conflict,
    struct bw_conflict_advice *ret_advice)
{
    struct bw_conflict_advice advice = {.count = 0};
    advise_of *advise = of_fact;
    for (size_t i = 0; i < sizeof advisers / sizeof advisers[0]; i++) {
        if (strcmp(advisers[i].kind, conflict->kind) == 0) {
            advise = advisers[i].advise;
        }
    }
    advise(book, conflict, &advice);
    offer(&advice, BW_CONFLICT_UNKNOWN, conflict->events[0], BW_CODE_NONE);
    *ret_advice = advice;
}
