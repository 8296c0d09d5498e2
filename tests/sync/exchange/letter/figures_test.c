/* Figures behind the version of a hello. */
#include "exchange/letter/figures.h"

#include "tests/sync/testing.h"

#include <string.h>

static void
assert_read(const char *text, const char *version, int64_t runs, int64_t cuts)
{
    char got[BW_LABEL_BYTES];
    struct bw_hello_figures figures;
    bw_hello_figures_read(text, got, &figures);
    assert_string_equal(got, version);
    assert_int_equal(figures.runs, runs);
    assert_int_equal(figures.cuts, cuts);
}

static void
what_is_written_is_read(void **state)
{
    (void)state;
    char text[BW_LABEL_BYTES], version[BW_LABEL_BYTES];
    const struct bw_hello_figures figures = {
        .runs = 12, .cuts = 0, .up_hours = -1, .store_mib = 7, .fell_back = 1};
    struct bw_hello_figures read;
    bw_hello_figures_write("0.1.0", &figures, text);
    assert_string_equal(text, "0.1.0 runs=12 cuts=0 back=1 mib=7");
    bw_hello_figures_read(text, version, &read);
    assert_string_equal(version, "0.1.0");
    assert_memory_equal(&read, &figures, sizeof read);
}

static void
kiosk_of_before_has_a_version_alone(void **state)
{
    (void)state;
    assert_read("0.1.0", "0.1.0", -1, -1);
    assert_read("", "", -1, -1);
}

static void
what_is_unknown_or_no_figure_is_passed_over(void **state)
{
    (void)state;
    assert_read("1.2 colour=blue runs=5 heat=41 cuts=2", "1.2", 5, 2);
    assert_read("1.2 runs=-5 cuts=", "1.2", -1, -1);
    assert_read("1.2  runs=1x  cuts=1234567890123", "1.2", -1, -1);
    assert_read(" runs=4 runsx=9 xruns=9", "", 4, -1);
    assert_read("1.2 cuts=999999999999", "1.2", -1, INT64_C(999999999999));
}

static void
figures_that_have_no_room_are_left_out(void **state)
{
    (void)state;
    char text[BW_LABEL_BYTES];
    char version[BW_LABEL_BYTES + 20];
    const struct bw_hello_figures figures = {1, 23456, 3, 4, -1};
    memset(version, 'v', sizeof version);
    version[BW_LABEL_BYTES - 14] = '\0';
    bw_hello_figures_write(version, &figures, text);
    assert_string_equal(text + BW_LABEL_BYTES - 14, " runs=1 up=3");
    version[BW_LABEL_BYTES - 14] = 'v';
    version[sizeof version - 1] = '\0';
    bw_hello_figures_write(version, &figures, text);
    assert_int_equal(strlen(text), BW_LABEL_BYTES - 1);
    assert_null(strchr(text, ' '));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(kiosk_of_before_has_a_version_alone),
        cmocka_unit_test(what_is_unknown_or_no_figure_is_passed_over),
        cmocka_unit_test(figures_that_have_no_room_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
