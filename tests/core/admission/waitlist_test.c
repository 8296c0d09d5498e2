/* The waitlist's ranks, beside a count by hand. */
#include "core/admission/waitlist.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

enum { PEOPLE = 200, ROUNDS = 5000 };

static uint64_t
next_random(uint64_t *state) /* SplitMix64 */
{
    uint64_t x = (*state += UINT64_C(0x9e3779b97f4a7c15));
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static void
fill(struct waitlist *list, bool own_region_first)
{
    uint64_t random = 1;
    for (uint32_t i = 0; i < PEOPLE; i++) {
        struct waiter waiter = {
            .code = i,
            .signed_up_ms = (int64_t)(next_random(&random) % 40), /* many at one time */
            .line = (int32_t)(next_random(&random) % 10),
            .own_region = next_random(&random) % 2 == 0,
            .row = i,
        };
        assert_true(bw_waitlist_add(list, &waiter));
    }
    assert_true(bw_waitlist_seal(list, own_region_first));
}

static void
order_is_sign_up_then_line(void **state)
{
    (void)state;
    struct waitlist list = {0};
    fill(&list, false);
    for (size_t i = 1; i < list.count; i++) {
        const struct waiter *a = &list.waiters[i - 1];
        const struct waiter *b = &list.waiters[i];
        assert_true(a->signed_up_ms <= b->signed_up_ms);
        assert_true(a->signed_up_ms < b->signed_up_ms || a->line <= b->line);
    }
    bw_waitlist_finish(&list);
}

static void
own_region_goes_first_only_where_asked(void **state)
{
    (void)state;
    struct waitlist list = {0};
    fill(&list, true);
    bool others = false;
    for (size_t i = 0; i < list.count; i++) {
        assert_false(others && list.waiters[i].own_region);
        others = others || !list.waiters[i].own_region;
    }
    bw_waitlist_finish(&list);
}

/* W2: a rank is a count of marks. */
static void
ranks_are_what_counting_by_hand_gives(void **state)
{
    (void)state;
    struct waitlist list = {0};
    bool still[PEOPLE];
    bool seen[PEOPLE] = {false};
    uint64_t random = 7;
    fill(&list, false);
    for (size_t i = 0; i < PEOPLE; i++) {
        still[i] = true;
    }
    for (int round = 0; round < ROUNDS; round++) {
        size_t at = (size_t)(next_random(&random) % PEOPLE);
        bool now_still = next_random(&random) % 2 == 0;
        bool now_seen = next_random(&random) % 8 == 0;
        bw_waitlist_mark(&list, at, now_still - still[at], now_seen - seen[at]);
        still[at] = now_still;
        seen[at] = now_seen;
        size_t asked = (size_t)(next_random(&random) % PEOPLE);
        int rank = 0;
        int before = 0;
        size_t first = PEOPLE;
        for (size_t i = 0; i < PEOPLE; i++) {
            rank += i <= asked && still[i];
            before += i < asked && seen[i];
            first = seen[i] && first == PEOPLE ? i : first;
        }
        assert_int_equal(bw_waitlist_rank(&list, asked), rank);
        assert_int_equal(bw_waitlist_seen_before(&list, asked), before);
        assert_int_equal(bw_waitlist_first_seen(&list), first);
    }
    bw_waitlist_finish(&list);
}

static void
empty_list_has_nobody(void **state)
{
    (void)state;
    struct waitlist list = {0};
    assert_true(bw_waitlist_seal(&list, true));
    assert_int_equal(bw_waitlist_first_seen(&list), 0);
    assert_int_equal(list.still_count, 0);
    bw_waitlist_finish(&list);
    bw_waitlist_finish(&list);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_is_sign_up_then_line),
        cmocka_unit_test(own_region_goes_first_only_where_asked),
        cmocka_unit_test(ranks_are_what_counting_by_hand_gives),
        cmocka_unit_test(empty_list_has_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
