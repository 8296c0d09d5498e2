/* The clock: the system's, and one that a test or --clock sets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <brugwachter/clock.h>

#include <stdio.h>
#include <string.h>

static int64_t
mono_of_test(const struct bw_clock *clock)
{
    const int64_t *mono_ms = clock->context;
    return *mono_ms;
}

static void
injected_clock_stands_where_it_was_set_and_runs_on(void **state)
{
    (void)state;
    int64_t mono_ms = 5000;
    struct bw_clock clock = {.mono_ms = mono_of_test, .context = &mono_ms};
    assert_false(clock.injected);
    bw_clock_inject(&clock, 1742299200000);
    assert_true(clock.injected);
    assert_true(clock.wall_ms(&clock) == 1742299200000);
    mono_ms += 1234;
    assert_true(clock.wall_ms(&clock) == 1742299201234);
    bw_clock_inject(&clock, 0);
    assert_true(clock.wall_ms(&clock) == 0);
}

static void
system_clock_says_time_of_day_and_never_runs_back(void **state)
{
    (void)state;
    struct bw_clock clock;
    bw_clock_init_system(&clock);
    assert_false(clock.injected);
    assert_true(clock.wall_ms(&clock) > 1700000000000);
    int64_t before = clock.mono_ms(&clock);
    int64_t after = clock.mono_ms(&clock);
    assert_true(before > 0 && after >= before);
}

static void
boot_id_is_the_kernels(void **state)
{
    (void)state;
    FILE *file = fopen("/proc/sys/kernel/random/boot_id", "r");
    if (file == NULL) {
        print_message("skipped: no /proc/sys/kernel/random/boot_id here\n");
        skip();
    }
    char kernel[64] = "";
    assert_non_null(fgets(kernel, sizeof kernel, file));
    (void)fclose(file);
    kernel[strcspn(kernel, "\n")] = '\0';

    struct bw_clock clock;
    bw_clock_init_system(&clock);
    char ours[64];
    size_t length = 0;
    for (int i = 0; i < BW_BOOT_ID_BYTES; i++) {
        const char *hyphen = i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "";
        length += (size_t)snprintf(
            ours + length, sizeof ours - length, "%s%02x", hyphen, clock.boot_id[i]);
    }
    assert_string_equal(ours, kernel);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(injected_clock_stands_where_it_was_set_and_runs_on),
        cmocka_unit_test(system_clock_says_time_of_day_and_never_runs_back),
        cmocka_unit_test(boot_id_is_the_kernels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
