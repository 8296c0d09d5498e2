/* A staff card and the names of a store: what it opens, and what it leaves shut. */
#include "names_help.h"

static bool
fits(struct bw_store *store, uint8_t first)
{
    struct bw_error err = {0};
    uint8_t secret[BW_STAFF_CARD_BYTES] = {first};
    bool fits = false;
    help_ok(bw_store_names_unlock_card(store, secret, &fits, &err), &err);
    return fits;
}

static void
card_opens_names_until_another_is_kept(void **state)
{
    (void)state;
    static const uint8_t first[BW_STAFF_CARD_BYTES] = {1},
                         next[BW_STAFF_CARD_BYTES] = {2};
    struct bw_error err = {0};
    char path[HELP_PATH_BYTES];
    struct bw_store *store = clear_store("card", path);
    assert_false(fits(store, 1)); /* names are clear */
    help_refused(bw_store_names_keep_card(store, first, &err), BW_REFUSED, &err, path);
    unlock(store, PIN);
    assert_false(fits(store, 1));
    help_ok(bw_store_names_keep_card(store, first, &err), &err);
    bw_store_close(store);
    store = help_open(path, BW_STORE_KIOSK);
    help_refused(bw_store_names_keep_card(store, next, &err), BW_REFUSED, &err, path);
    assert_false(fits(store, 2));
    assert_int_equal(names_of(store), BW_NAMES_LOCKED);
    assert_true(fits(store, 1));
    assert_string_equal(person_of(store, 2).name, "Zwollenaar");
    assert_true(fits(store, 1)); /* open already */
    help_ok(bw_store_names_keep_card(store, next, &err), &err);
    bw_store_names_lock(store);
    assert_false(fits(store, 1));
    assert_true(fits(store, 2));
    bw_store_names_lock(store);
    unlock(store, PIN); /* which holds all the while */
    assert_no_name_lies_in(path);
    bw_store_close(store);
}

/* One card may hang at two kiosks: what one file says of it is nothing to the other. */
static void
wrap_of_a_card_is_worth_nothing_in_another_store_or_altered(void **state)
{
    (void)state;
    static const uint8_t card[BW_STAFF_CARD_BYTES] = {1};
    struct bw_error err = {0};
    char path[HELP_PATH_BYTES], elsewhere[HELP_PATH_BYTES];
    struct bw_store *store = clear_store("wrap", path);
    struct bw_store *other = clear_store("wrap2", elsewhere);
    uint8_t wrap[72], wrap_other[72];
    bool found = false, found_other = false;
    unlock(store, PIN);
    unlock(other, PIN);
    help_ok(bw_store_names_keep_card(store, card, &err), &err);
    help_ok(bw_store_names_keep_card(other, card, &err), &err);
    help_ok(
        bw_store_get_bytes(store, "names_card", wrap, sizeof wrap, &found, &err), &err);
    help_ok(bw_store_get_bytes(
                other, "names_card", wrap_other, sizeof wrap, &found_other, &err),
        &err);
    assert_true(found && found_other);
    help_ok(bw_store_set_bytes(other, "names_card", wrap, sizeof wrap, &err), &err);
    assert_false(fits(other, 1));
    for (size_t i = 0; i < sizeof wrap; i++) {
        wrap[i] ^= 1;
        help_ok(bw_store_set_bytes(store, "names_card", wrap, sizeof wrap, &err), &err);
        assert_false(fits(store, 1));
        wrap[i] ^= 1;
    }
    bw_store_close(other);
    bw_store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(card_opens_names_until_another_is_kept),
        cmocka_unit_test(wrap_of_a_card_is_worth_nothing_in_another_store_or_altered),
    };
    return cmocka_run_group_tests(tests, help_setup, help_teardown);
}
