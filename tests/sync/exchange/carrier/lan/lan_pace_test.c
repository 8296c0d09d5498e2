/* How fast who may ask on the local network, by a clock that the test moves. */
#include "exchange/carrier/lan/lan_pace.h"

#include "tests/sync/testing.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>

static struct sockaddr_in6
six(const char *text)
{
    struct sockaddr_in6 address = {.sin6_family = AF_INET6};
    assert_int_equal(inet_pton(AF_INET6, text, &address.sin6_addr), 1);
    return address;
}

static int
asked(struct bw_lan_pace *pace, const char *text, int points, int64_t now_ms)
{
    struct sockaddr_in6 address = six(text);
    int count = 0;
    while (bw_lan_pace_take(pace, (struct sockaddr *)&address, points, now_ms)) {
        count++;
    }
    return count;
}

static void
an_address_has_its_points_and_gets_them_back_with_time(void **state)
{
    (void)state;
    struct bw_lan_pace pace = {.rows = {{.used = false}}};
    assert_int_equal(asked(&pace, "fe80::1", BW_LAN_PACE_STRANGER, 1000), 60);
    assert_int_equal(asked(&pace, "fe80::1", BW_LAN_PACE_STRANGER, 2000), 10);
    assert_int_equal(asked(&pace, "fe80::1", BW_LAN_PACE_STRANGER, 1000000), 60);
}

static void
one_address_takes_nothing_from_another(void **state)
{
    (void)state;
    struct bw_lan_pace pace = {.rows = {{.used = false}}};
    assert_int_equal(asked(&pace, "fe80::1", 1, 0), BW_LAN_PACE_POINTS);
    assert_int_equal(asked(&pace, "fe80::2", 1, 0), BW_LAN_PACE_POINTS);
    assert_int_equal(asked(&pace, "fe80::1", 1, 0), 0);
}

static void
a_network_of_version_6_is_one_and_version_4_is_the_same_in_both(void **state)
{
    (void)state;
    struct bw_lan_pace pace = {.rows = {{.used = false}}};
    struct sockaddr_in four = {.sin_family = AF_INET};
    assert_int_equal(asked(&pace, "2001:db8:0:1::1", 1, 0), BW_LAN_PACE_POINTS);
    assert_int_equal(asked(&pace, "2001:db8:0:1:ffff::2", 1, 0), 0);
    assert_int_equal(asked(&pace, "2001:db8:0:2::1", 1, 0), BW_LAN_PACE_POINTS);
    assert_int_equal(asked(&pace, "::ffff:10.0.0.1", 1, 0), BW_LAN_PACE_POINTS);
    assert_int_equal(inet_pton(AF_INET, "10.0.0.1", &four.sin_addr), 1);
    assert_false(bw_lan_pace_take(&pace, (struct sockaddr *)&four, 1, 0));
}

static void
of_too_many_addresses_the_one_seen_longest_ago_is_forgotten(void **state)
{
    (void)state;
    struct bw_lan_pace pace = {.rows = {{.used = false}}};
    char text[16];
    for (int i = 0; i <= BW_LAN_PACE_ADDRESSES; i++) {
        (void)snprintf(text, sizeof text, "fe80::%x", i + 1);
        assert_int_equal(asked(&pace, text, 100, i), 6);
    }
    assert_int_equal(asked(&pace, "fe80::3", 100, BW_LAN_PACE_ADDRESSES), 0);
    assert_int_equal(asked(&pace, "fe80::1", 100, BW_LAN_PACE_ADDRESSES), 6);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_has_its_points_and_gets_them_back_with_time),
        cmocka_unit_test(one_address_takes_nothing_from_another),
        cmocka_unit_test(a_network_of_version_6_is_one_and_version_4_is_the_same_in_both),
        cmocka_unit_test(of_too_many_addresses_the_one_seen_longest_ago_is_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
