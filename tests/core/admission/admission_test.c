/* The admission function against the contract's table: every combination of facts,
 * decided a second time here by rules written one after another in the words
 * of the table. */
#include "core/admission/admission.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

enum { EARLY = 50, DAY = 100, NOW = 150, ENDS = 200, LATE = 250 };

static struct bw_ledger
house(int present, int held, int extra_places)
{
    int left = 10 - present - held;
    return (struct bw_ledger){
        .capacity = 10,
        .extra_places = extra_places,
        .present = present,
        .held = held,
        .free = left > 0 ? left : 0,
    };
}

static bool
is_read(const struct bw_facts *f)
{
    return f->request == BW_REQUEST_TICKET || f->request == BW_REQUEST_GUEST;
}

static bool
is_typed(const struct bw_facts *f)
{
    return f->request == BW_REQUEST_WALK_IN || f->request == BW_REQUEST_SUBSTITUTE;
}

static uint8_t
newest_of(const struct bw_facts *f)
{
    uint8_t newest = f->newest_generation;
    newest =
        f->on_roster && f->roster_generation > newest ? f->roster_generation : newest;
    return f->has_sealed && f->sealed_generation > newest ? f->sealed_generation : newest;
}

/* Only people with a place get a newer ticket than the roster's. */
static bool
is_newer(const struct bw_facts *f)
{
    return f->newest_generation > f->roster_generation ||
           (is_read(f) && f->ticket_generation > f->roster_generation);
}

static bool
house_is_full(const struct bw_facts *f)
{
    const struct bw_ledger *l = f->ledger;
    bool place = f->on_roster && (f->status == BW_CONFIRMED ||
                                     (f->status == BW_WAITLISTED && is_newer(f)));
    int capacity = l->capacity + (f->override ? l->extra_places : 0);
    if (place) {
        return l->present >= capacity;
    }
    if (f->override) { /* up to extra_places beyond what was promised */
        bool fits = l->present < l->capacity && l->free > 0 && l->lead == 0;
        return !fits && l->present + l->held >= capacity;
    }
    return l->present >= l->capacity || l->free <= 0 || l->lead != 0;
}

/* The contract's table, read from top to bottom: first what the ticket is. */
static enum bw_verdict
by_ticket(const struct bw_facts *f)
{
    if (is_read(f) && f->reading == BW_TICKET_NONE) {
        return BW_VERDICT_NOT_A_TICKET;
    }
    if (is_read(f) && f->reading == BW_TICKET_FORGED) {
        return BW_VERDICT_FORGED;
    }
    if (is_typed(f) && !f->audience) {
        return BW_VERDICT_NO_AUDIENCE;
    }
    if ((f->on_roster && f->status == BW_BLOCKED) ||
        (f->has_sealed && f->sealed_status == BW_BLOCKED)) {
        return BW_VERDICT_BLOCKED;
    }
    if (is_read(f) && f->ticket_generation < newest_of(f)) {
        return BW_VERDICT_REPLACED;
    }
    return BW_VERDICT_WELCOME;
}

static enum bw_verdict
by_the_book(const struct bw_facts *f)
{
    enum bw_verdict first = by_ticket(f);
    if (first != BW_VERDICT_WELCOME) {
        return first;
    }
    if (f->in) {
        return BW_VERDICT_ALREADY_IN;
    }
    if (!is_read(f) && f->request != BW_REQUEST_WALK_IN && !f->on_roster &&
        !f->has_sealed) {
        return BW_VERDICT_UNKNOWN;
    }
    if (!f->here && f->request != BW_REQUEST_GUEST && f->request != BW_REQUEST_WALK_IN) {
        return BW_VERDICT_OTHER_SESSION;
    }
    if (f->on_roster && f->status == BW_CANCELLED) {
        return BW_VERDICT_CANCELLED;
    }
    if (!f->clock_suspect && !f->override && f->now_ms < f->opens_ms) {
        return BW_VERDICT_TOO_EARLY;
    }
    if (!f->clock_suspect && !f->override && f->now_ms > f->ends_ms) {
        return BW_VERDICT_SESSION_OVER;
    }
    if (f->on_roster && f->status == BW_WAITLISTED && !is_newer(f) &&
        f->request != BW_REQUEST_WAITLIST && f->request != BW_REQUEST_SUBSTITUTE &&
        !f->override) {
        return BW_VERDICT_WAITLISTED;
    }
    return house_is_full(f) ? BW_VERDICT_FULL : BW_VERDICT_WELCOME;
}

static void
check(const struct bw_facts *facts)
{
    struct bw_admission admission;
    bw_admission_decide(facts, &admission);
    enum bw_verdict expected = by_the_book(facts);
    if (admission.verdict != expected) {
        print_error("request %d: %s, by the book %s\n", (int)facts->request,
            bw_verdict_name(admission.verdict), bw_verdict_name(expected));
    }
    assert_int_equal(admission.verdict, expected);
    bool welcome = expected == BW_VERDICT_WELCOME;
    assert_true(welcome || !(admission.unlisted || admission.returned ||
                               admission.out_of_order || admission.overridden));
    assert_true(admission.lead == 0 || expected == BW_VERDICT_FULL);
    if (welcome && !facts->override) { /* a place is only given where there's one */
        assert_true(facts->ledger->present < facts->ledger->capacity);
        assert_false(admission.overridden);
    }
}

/* Takes `count` values in turn from a running number. */
static unsigned
pick(uint64_t *number, unsigned count)
{
    unsigned value = (unsigned)(*number % count);
    *number /= count;
    return value;
}

static const struct {
    int present, held, extra_places;
} houses[] = {
    {0, 0, 0}, {3, 4, 0}, {3, 7, 0}, {3, 7, 1}, {10, 0, 0}, {10, 0, 1}, {11, 0, 1}};

static uint64_t
check_number(uint64_t number)
{
    static const int64_t times[] = {EARLY, NOW, LATE};
    uint64_t rest = number;
    unsigned h = pick(&rest, sizeof houses / sizeof houses[0]);
    struct bw_ledger ledger =
        house(houses[h].present, houses[h].held, houses[h].extra_places);
    ledger.lead = pick(&rest, 2) == 1 ? 1 : 0;
    struct bw_facts f = {.ledger = &ledger, .opens_ms = DAY, .ends_ms = ENDS};
    f.request = (enum bw_request)pick(&rest, BW_REQUEST_SUBSTITUTE + 1);
    f.reading = (enum bw_ticket_reading)pick(&rest, 3);
    unsigned standing = pick(&rest, 5); /* not on the roster, or one of four */
    f.on_roster = standing > 0;
    f.status = (enum bw_registration_status)(standing > 0 ? standing - 1 : 0);
    f.roster_generation = f.on_roster ? 1 : 0;
    f.ticket_generation = (uint8_t)pick(&rest, 3);
    f.newest_generation = (uint8_t)pick(&rest, 3);
    f.here = pick(&rest, 2) == 1;
    unsigned sealed = pick(&rest, 5);
    f.has_sealed = !f.on_roster && sealed > 0;
    f.sealed_status = (enum bw_registration_status)(sealed > 0 ? sealed - 1 : 0);
    f.sealed_generation = f.has_sealed ? 1 : 0;
    f.in = pick(&rest, 2) == 1;
    f.clock_suspect = pick(&rest, 2) == 1;
    f.now_ms = times[pick(&rest, 3)];
    f.audience = pick(&rest, 2) == 1;
    f.override = pick(&rest, 2) == 1;
    check(&f);
    return rest;
}

static void
every_combination_of_facts_is_decided_by_the_book(void **state)
{
    (void)state;
    uint64_t seen = 0;
    while (check_number(seen) == 0) {
        seen++;
    }
    assert_true(seen > 5000000); /* 5,443,200 */
}

static const struct bw_ledger open_house = {.capacity = 10, .free = 10};

static struct bw_facts
confirmed(void)
{
    return (struct bw_facts){
        .request = BW_REQUEST_TICKET,
        .reading = BW_TICKET_SIGNED,
        .on_roster = true,
        .status = BW_CONFIRMED,
        .here = true,
        .now_ms = NOW,
        .opens_ms = DAY,
        .ends_ms = ENDS,
        .audience = true,
        .ledger = &open_house,
    };
}

static struct bw_admission
decide(const struct bw_facts *facts)
{
    struct bw_admission admission;
    bw_admission_decide(facts, &admission);
    return admission;
}

static void
confirmed_person_is_let_in_while_places_are_held_for_others(void **state)
{
    (void)state;
    struct bw_ledger ledger = house(9, 1, 0);
    struct bw_facts f = confirmed();
    f.ledger = &ledger;
    assert_int_equal(decide(&f).verdict, BW_VERDICT_WELCOME);
    f.on_roster = false; /* unlisted: no place is held for them */
    assert_int_equal(decide(&f).verdict, BW_VERDICT_FULL);
}

static void
ticket_newer_than_the_roster_is_unlisted(void **state)
{
    (void)state;
    struct bw_facts f = confirmed();
    assert_false(decide(&f).unlisted);
    f.ticket_generation = 1;
    assert_true(decide(&f).unlisted);
    f.status = BW_WAITLISTED; /* promoted since */
    assert_int_equal(decide(&f).verdict, BW_VERDICT_WELCOME);
    assert_true(decide(&f).unlisted);
    f.on_roster = false;
    f.ticket_generation = 0;
    assert_true(decide(&f).unlisted);
}

static void
who_left_is_welcome_back(void **state)
{
    (void)state;
    struct bw_facts f = confirmed();
    f.left = true;
    assert_int_equal(decide(&f).verdict, BW_VERDICT_WELCOME);
    assert_true(decide(&f).returned);
}

static void
picking_past_somebody_who_stands_here_is_out_of_order(void **state)
{
    (void)state;
    struct bw_facts f = confirmed();
    f.request = BW_REQUEST_WAITLIST;
    f.status = BW_WAITLISTED;
    f.position = 2;
    assert_false(decide(&f).out_of_order);
    f.before = 1;
    assert_true(decide(&f).out_of_order);
    f.status = BW_CONFIRMED; /* needs no place of the waitlist's */
    assert_false(decide(&f).out_of_order);
}

static void
walk_in_passes_nobody_while_places_remain_for_all_who_wait(void **state)
{
    (void)state;
    struct bw_ledger ledger = house(0, 7, 0); /* 3 free */
    struct bw_facts f = confirmed();
    f.request = BW_REQUEST_WALK_IN;
    f.on_roster = false;
    f.ledger = &ledger;
    f.before = 2;
    assert_false(decide(&f).out_of_order);
    f.before = 3;
    assert_true(decide(&f).out_of_order);
    f.before = 1;
    f.position = 9; /* put in the queue: there is an order */
    assert_true(decide(&f).out_of_order);
}

static void
override_says_whether_a_rule_was_passed(void **state)
{
    (void)state;
    struct bw_ledger full = house(10, 0, 1);
    struct bw_facts f = confirmed();
    f.override = true;
    assert_false(decide(&f).overridden);
    f.ledger = &full;
    assert_int_equal(decide(&f).verdict, BW_VERDICT_WELCOME);
    assert_true(decide(&f).overridden);
    full.present = 11;
    assert_int_equal(decide(&f).verdict, BW_VERDICT_FULL);
}

static void
only_the_lead_gives_places_to_people_without_one(void **state)
{
    (void)state;
    struct bw_ledger ledger = house(0, 0, 0);
    ledger.lead = 2;
    struct bw_facts f = confirmed();
    f.ledger = &ledger;
    assert_int_equal(decide(&f).verdict, BW_VERDICT_WELCOME);
    f.request = BW_REQUEST_WALK_IN;
    f.on_roster = false;
    assert_int_equal(decide(&f).verdict, BW_VERDICT_FULL);
    assert_int_equal(decide(&f).lead, 2);
}

static void
times_are_within_the_day_and_the_end_counts_in(void **state)
{
    (void)state;
    struct bw_facts f = confirmed();
    f.now_ms = DAY;
    assert_int_equal(decide(&f).verdict, BW_VERDICT_WELCOME);
    f.now_ms = DAY - 1;
    assert_int_equal(decide(&f).verdict, BW_VERDICT_TOO_EARLY);
    f.clock_suspect = true;
    assert_int_equal(decide(&f).verdict, BW_VERDICT_WELCOME);
    f.clock_suspect = false;
    f.now_ms = ENDS;
    assert_int_equal(decide(&f).verdict, BW_VERDICT_WELCOME);
    f.now_ms = ENDS + 1;
    assert_int_equal(decide(&f).verdict, BW_VERDICT_SESSION_OVER);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_combination_of_facts_is_decided_by_the_book),
        cmocka_unit_test(confirmed_person_is_let_in_while_places_are_held_for_others),
        cmocka_unit_test(ticket_newer_than_the_roster_is_unlisted),
        cmocka_unit_test(who_left_is_welcome_back),
        cmocka_unit_test(picking_past_somebody_who_stands_here_is_out_of_order),
        cmocka_unit_test(walk_in_passes_nobody_while_places_remain_for_all_who_wait),
        cmocka_unit_test(override_says_whether_a_rule_was_passed),
        cmocka_unit_test(only_the_lead_gives_places_to_people_without_one),
        cmocka_unit_test(times_are_within_the_day_and_the_end_counts_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
