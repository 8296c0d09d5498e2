/* See carrier_contract.h. */
#include "carrier_contract.h"

#include "tests/sync/testing.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define NAME "bw-events-3-1-9-0011aabb.bwe"
#define OTHER "bw-roster-4-0-7-00000001.bwr"

static const struct carrier_kind *kind;

static int
set_up(void **state)
{
    kind->empty(kind->context);
    *state = kind->open(kind->context);
    return 0;
}

static int
tear_down(void **state)
{
    bw_carrier_close(*state);
    return 0;
}

struct seen {
    int count;
    char name[BW_LETTER_NAME_BYTES];
    uint64_t bytes;
};

static bool
on_letter(
    void *context, const char *name, const struct bw_letter_name *parsed, uint64_t bytes)
{
    struct seen *seen = context;
    seen->count++;
    seen->bytes = bytes;
    assert_true(parsed->device > 0);
    (void)snprintf(seen->name, sizeof seen->name, "%s", name);
    return true;
}

static struct seen
listed(struct bw_carrier *carrier)
{
    struct seen seen = {.count = 0};
    assert_int_equal(bw_carrier_list(carrier, on_letter, &seen, NULL), BW_OK);
    return seen;
}

static void
what_was_put_is_listed_and_got(void **state)
{
    struct bw_carrier *carrier = *state;
    unsigned char *bytes = NULL;
    size_t length = 0;
    bool fresh = false;
    assert_int_equal(listed(carrier).count, 0);
    assert_int_equal(bw_carrier_put(carrier, NAME, "letter", 6, &fresh, NULL), BW_OK);
    assert_true(fresh);
    struct seen seen = listed(carrier);
    assert_int_equal(seen.count, 1);
    assert_string_equal(seen.name, NAME);
    assert_int_equal(seen.bytes, 6);
    assert_int_equal(bw_carrier_get(carrier, NAME, 6, &bytes, &length, NULL), BW_OK);
    assert_int_equal(length, 6);
    assert_memory_equal(bytes, "letter", 6);
    free(bytes);
}

static void
the_same_put_twice_is_done(void **state) /* CA2 */
{
    struct bw_carrier *carrier = *state;
    bool fresh = true;
    assert_int_equal(bw_carrier_put(carrier, NAME, "letter", 6, NULL, NULL), BW_OK);
    assert_int_equal(bw_carrier_put(carrier, NAME, "letter", 6, &fresh, NULL), BW_OK);
    assert_false(fresh);
    assert_int_equal(listed(carrier).count, 1);
}

static void
other_bytes_are_refused_and_nothing_is_overwritten(void **state) /* CA2 */
{
    struct bw_carrier *carrier = *state;
    static const char *const others[] = {"LETTER", "letters", "lette", ""};
    unsigned char *bytes = NULL;
    size_t length = 0;
    struct bw_error err = {.text = ""};
    assert_int_equal(bw_carrier_put(carrier, NAME, "letter", 6, NULL, NULL), BW_OK);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_int_equal(
            bw_carrier_put(carrier, NAME, others[i], strlen(others[i]), NULL, &err),
            BW_REFUSED);
        assert_true(err.text[0] != '\0');
    }
    assert_int_equal(bw_carrier_get(carrier, NAME, 100, &bytes, &length, NULL), BW_OK);
    assert_memory_equal(bytes, "letter", 6);
    free(bytes);
}

static void
a_letter_over_the_limit_is_not_read(void **state) /* CA3 */
{
    struct bw_carrier *carrier = *state;
    unsigned char *bytes = NULL;
    size_t length = 0;
    assert_int_equal(bw_carrier_put(carrier, NAME, "letter", 6, NULL, NULL), BW_OK);
    assert_int_equal(bw_carrier_get(carrier, NAME, 5, &bytes, &length, NULL), BW_FULL);
    assert_null(bytes);
    assert_int_equal(
        bw_carrier_get(carrier, OTHER, 5, &bytes, &length, NULL), BW_NOT_FOUND);
}

static void
removing_twice_is_done(void **state)
{
    struct bw_carrier *carrier = *state;
    assert_int_equal(bw_carrier_put(carrier, NAME, "letter", 6, NULL, NULL), BW_OK);
    assert_int_equal(bw_carrier_remove(carrier, NAME, NULL), BW_OK);
    assert_int_equal(bw_carrier_remove(carrier, NAME, NULL), BW_OK);
    assert_int_equal(listed(carrier).count, 0);
}

static void
names_that_are_no_letters_are_refused(void **state) /* CA3 */
{
    struct bw_carrier *carrier = *state;
    static const char *const names[] = {
        "", "letter", "../x", "/etc/passwd", "bw-events-3-1-9-0011aabb.bwe/x"};
    unsigned char *bytes = NULL;
    size_t length = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_int_equal(
            bw_carrier_put(carrier, names[i], "x", 1, NULL, NULL), BW_BAD_INPUT);
        assert_int_equal(
            bw_carrier_get(carrier, names[i], 9, &bytes, &length, NULL), BW_BAD_INPUT);
        assert_int_equal(bw_carrier_remove(carrier, names[i], NULL), BW_BAD_INPUT);
    }
}

static void
what_is_planted_is_passed_over(void **state) /* CA3 */
{
    struct bw_carrier *carrier = *state;
    unsigned char *bytes = NULL;
    size_t length = 0;
    if (!kind->plant) {
        skip();
    }
    kind->plant(kind->context, NAME);
    assert_int_equal(listed(carrier).count, 0);
    assert_int_not_equal(
        bw_carrier_get(carrier, NAME, 100, &bytes, &length, NULL), BW_OK);
    assert_int_equal(bw_carrier_put(carrier, NAME, "letter", 6, NULL, NULL), BW_REFUSED);
}

static void
killed_in_mid_put_nothing_half_is_listed(void **state) /* CA1 */
{
    struct bw_carrier *carrier = *state;
    enum { LETTER_BYTES = 8 * 1024 * 1024, ROUNDS = 12 };
    unsigned char *letter = calloc(1, LETTER_BYTES);
    assert_non_null(letter);
    for (int i = 0; i < ROUNDS; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            struct bw_carrier *own = kind->open(kind->context);
            (void)!bw_carrier_put(own, NAME, letter, LETTER_BYTES, NULL, NULL);
            _exit(0);
        }
        (void)usleep((useconds_t)i * 700);
        (void)kill(child, SIGKILL);
        (void)waitpid(child, NULL, 0);
        struct seen seen = listed(carrier);
        assert_true(seen.count == 0 || seen.bytes == LETTER_BYTES);
        assert_int_equal(bw_carrier_remove(carrier, NAME, NULL), BW_OK);
    }
    assert_int_equal(
        bw_carrier_put(carrier, NAME, letter, LETTER_BYTES, NULL, NULL), BW_OK);
    free(letter);
}

int
carrier_contract_run(const struct carrier_kind *which)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            what_was_put_is_listed_and_got, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_put_twice_is_done, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            other_bytes_are_refused_and_nothing_is_overwritten, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_letter_over_the_limit_is_not_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(removing_twice_is_done, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            names_that_are_no_letters_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            what_is_planted_is_passed_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            killed_in_mid_put_nothing_half_is_listed, set_up, tear_down),
    };
    kind = which;
    return cmocka_run_group_tests_name("carrier contract", tests, NULL, NULL);
}
