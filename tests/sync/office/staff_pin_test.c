/* The staff PIN's file and hash. */
#include "office/staff_pin.h"
#include "tests/sync/testing.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[64];

static enum bw_status
hash_of(const char *text, char ret_hash[BW_PIN_HASH_BYTES], struct bw_error *err)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs(text, file);
    (void)fclose(file);
    return bw_staff_pin_hash(path, ret_hash, err);
}

static int
setup(void **state)
{
    (void)state;
    (void)strcpy(path, "/tmp/brugwachter-pin-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    (void)close(fd);
    return sodium_init() < 0 ? 1 : 0;
}

static int
teardown(void **state)
{
    (void)state;
    return unlink(path);
}

static void
hash_costs_what_the_header_says_and_takes_its_pin_alone(void **state)
{
    (void)state;
    char hash[BW_PIN_HASH_BYTES] = "";
    assert_int_equal(hash_of("471100\n", hash, NULL), BW_OK);
    assert_int_equal(
        crypto_pwhash_str_needs_rehash(hash, BW_STAFF_PIN_PASSES, BW_STAFF_PIN_BYTES), 0);
    assert_int_equal(crypto_pwhash_str_verify(hash, "471100", 6), 0);
    assert_int_not_equal(crypto_pwhash_str_verify(hash, "471101", 6), 0);
}

static void
file_with_anything_else_is_refused_and_leaves_the_hash(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "", "47110", "4711000", "47110x", "471100 1", "４７"};
    char hash[BW_PIN_HASH_BYTES] = "as it was";
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct bw_error err = {0};
        assert_int_equal(hash_of(wrong[i], hash, &err), BW_BAD_INPUT);
        assert_non_null(strstr(err.text, "it must be 6 digits and nothing else"));
        assert_string_equal(hash, "as it was");
        assert_false(bw_staff_pin_fits(wrong[i]));
    }
    assert_true(bw_staff_pin_fits("471100"));
    assert_int_equal(bw_staff_pin_hash(NULL, hash, NULL), BW_OK);
    assert_string_equal(hash, "as it was");
}

static void
weak_are_few_digits_rows_and_days_of_a_year(void **state)
{
    (void)state;
    static const char *const weak[] = {"000000", "121212", "123123", "112211", "345688",
        "902345", "765409", "170394", "940317", "031794", "311299"};
    static const char *const fine[] = {"471180", "902741", "358047", "640092", "320994"};
    for (size_t i = 0; i < sizeof weak / sizeof *weak; i++) {
        assert_true(bw_staff_pin_is_weak(weak[i]));
    }
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
        assert_false(bw_staff_pin_is_weak(fine[i]));
    }
}

/* So many are left that trying them all helps nobody. */
static void
most_are_not_weak(void **state)
{
    (void)state;
    enum { ALL = 1000000, LEFT_LEAST = 700000 };
    int left = 0;
    for (int i = 0; i < ALL; i++) {
        char pin[BW_STAFF_PIN_DIGITS + 1];
        (void)snprintf(pin, sizeof pin, "%06d", i);
        left += !bw_staff_pin_is_weak(pin);
    }
    assert_in_range(left, LEFT_LEAST, ALL);
}

static void
made_up_ones_fit_and_are_not_weak(void **state)
{
    (void)state;
    enum { TRIES = 5000 };
    for (int i = 0; i < TRIES; i++) {
        char pin[BW_STAFF_PIN_DIGITS + 1] = "";
        bw_staff_pin_make(pin);
        assert_true(bw_staff_pin_fits(pin));
        assert_false(bw_staff_pin_is_weak(pin));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            hash_costs_what_the_header_says_and_takes_its_pin_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(
            file_with_anything_else_is_refused_and_leaves_the_hash, setup, teardown),
        cmocka_unit_test(weak_are_few_digits_rows_and_days_of_a_year),
        cmocka_unit_test(most_are_not_weak),
        cmocka_unit_test_setup_teardown(
            made_up_ones_fit_and_are_not_weak, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
