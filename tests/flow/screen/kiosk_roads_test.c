/* 11: what the tiles say of the roads, as `run` leaves it in the store. */
#include "tests/flow/flow_help.h"

static void
tile_says_how_the_other_kiosk_is_reached_and_when_no_longer(void **state)
{
    (void)state;
    static const struct {
        enum bw_lan_state state;
        enum bw_tile_state tile;
        const char *line2;
    } rows[] = {{BW_LAN_ALL, BW_TILE_OK, "de.lan1"},
        {BW_LAN_ALONE, BW_TILE_OK, "de.lan0"}, {BW_LAN_LOST, BW_TILE_LOOK, "de.lanoff"},
        {BW_LAN_BLOCKED, BW_TILE_LOOK, "de.lanport"},
        {BW_LAN_UNKNOWN, BW_TILE_OK, "de.oth2"}};
    fixture_peer(&day.fx, 5, day.fx.at.wall_ms);
    pass(1000);
    open_kiosk();
    const struct bw_tile *tile = &day.view.kiosk.tiles[4];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bw_store *store = fixture_store(&day.fx, BW_STORE_SYNC);
        assert_int_equal(
            bw_store_set_number(store, BW_NUMBER_LAN, rows[i].state, NULL), BW_OK);
        assert_int_equal(
            bw_store_set_number(store, BW_NUMBER_LAN_MS, day.fx.at.wall_ms, NULL), BW_OK);
        bw_store_close(store);
        pass(1000);
        assert_int_equal(tile->state, rows[i].tile);
        assert_string_equal(tile->line2, rows[i].line2);
    }
}

static void
what_waits_says_below_itself_what_keeps_it_here(void **state)
{
    (void)state;
    static const struct {
        enum bw_road_state state;
        const char *line2;
    } rows[] = {{BW_ROAD_NETWORK, "de.fail"}, {BW_ROAD_ACCESS, "de.access"},
        {BW_ROAD_TRUST, "de.trust"}, {BW_ROAD_FULL, "de.full"},
        {BW_ROAD_PLACE, "de.place"}, {BW_ROAD_FINE, "de.pend2"}};
    open_kiosk();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bw_store *store = fixture_store(&day.fx, BW_STORE_SYNC);
        assert_int_equal(
            bw_store_set_number(store, BW_NUMBER_ROAD, rows[i].state, NULL), BW_OK);
        assert_int_equal(
            bw_store_set_number(store, BW_NUMBER_ROAD_MS, day.fx.at.wall_ms, NULL),
            BW_OK);
        bw_store_close(store);
        pass(1000);
        assert_string_equal(day.view.kiosk.tiles[1].line2, rows[i].line2);
    }
}

static void
what_was_said_of_the_network_long_ago_says_nothing(void **state)
{
    (void)state;
    fixture_peer(&day.fx, 5, day.fx.at.wall_ms);
    struct bw_store *store = fixture_store(&day.fx, BW_STORE_SYNC);
    assert_int_equal(bw_store_set_number(store, BW_NUMBER_LAN, BW_LAN_LOST, NULL), BW_OK);
    assert_int_equal(bw_store_set_number(store, BW_NUMBER_LAN_MS,
                         day.fx.at.wall_ms - 2 * FIXTURE_MINUTE_MS, NULL),
        BW_OK);
    bw_store_close(store);
    pass(1000);
    open_kiosk();
    const struct bw_tile *tile = &day.view.kiosk.tiles[4];
    assert_int_equal(tile->state, BW_TILE_OK);
    assert_string_equal(tile->line2, "de.oth2");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        sentence(tile_says_how_the_other_kiosk_is_reached_and_when_no_longer),
        sentence(what_waits_says_below_itself_what_keeps_it_here),
        sentence(what_was_said_of_the_network_long_ago_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
