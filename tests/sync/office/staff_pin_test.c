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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            hash_costs_what_the_header_says_and_takes_its_pin_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(
            file_with_anything_else_is_refused_and_leaves_the_hash, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
