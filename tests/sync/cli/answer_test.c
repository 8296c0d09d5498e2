/* An answer of a command as JSON: all of it, or none; never a part that looks whole. */
#include "tests/sync/json_short.h"
#include "tests/sync/kiosk_help.h"

/* More than one answer asks for. */
enum { ALLOCATIONS_MOST = 5000 };

/* What `words` answers, whichever allocation of it fails: the whole or a sentence. They
 * change nothing when they are run again. Returns the whole, which the caller frees. */
static char *
assert_answer_is_whole_or_none(struct office *office, const char *const words[5])
{
    json_short_left = -1;
    json_set_alloc_funcs(json_short_malloc, free);
    (void)office_run(
        office, "--json", words[0], words[1], words[2], words[3], words[4], NULL);
    char *whole = strdup(office->out);
    assert_non_null(whole);
    bool failed = true;
    for (int nth = 0; failed && nth < ALLOCATIONS_MOST; nth++) {
        json_short_left = nth;
        enum bw_exit result = office_run(
            office, "--json", words[0], words[1], words[2], words[3], words[4], NULL);
        failed = json_short_left == -1;
        json_short_left = -1;
        if (result == BW_EXIT_DONE || office->diag[0] == '\0') {
            assert_string_equal(office->out, whole);
        }
    }
    assert_false(failed);
    return whole;
}

static void
status_that_memory_runs_out_in_is_whole_or_none(void **state)
{
    struct office office;
    struct kiosk kiosk;
    (void)state;
    office_open(&office, 2, false);
    kiosk_enrol(&kiosk, &office, "Balie", "S-1");
    char *whole =
        assert_answer_is_whole_or_none(&office, (const char *const[5]){"status"});
    assert_non_null(strstr(whole, "Balie"));
    free(whole);
    kiosk_finish(&kiosk);
    office_finish(&office);
}

/* An office with a kiosk, people, and somebody who came although they had cancelled. */
static void
office_with_conflict(struct office *office, struct kiosk *kiosk)
{
    office_open(office, 2, false);
    people_sign_up(office, 3);
    kiosk_open(kiosk, office, "Balie", "S-1");
    (void)kiosk_arrived(kiosk, people_code(office, 0));
    assert_int_equal(
        kiosk_run(kiosk, "push", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    char code[BW_CODE_BYTES];
    bw_code_format(people_code(office, 0), code);
    assert_int_not_equal(office_run(office, "cancel", code, NULL), BW_EXIT_FAILED);
}

static void
lists_that_memory_runs_out_in_are_whole_or_none(void **state)
{
    struct office office;
    struct kiosk kiosk;
    (void)state;
    office_with_conflict(&office, &kiosk);
    const char *form = office_write(&office, "again.csv",
        "Tijdstempel,Naam,School,Functie,Toelichting\n"
        "2025-02-10 10:00,Kees Kramer,OBS De Brug,leerkracht,x\n"
        "2025-02-10 10:01,Lies Laan,OBS De Brug,ouder,y\n");
    const struct {
        const char *words[5];
        const char *holds;
    } answers[] = {
        {{"conflicts"}, "\"kind\":\"cancelled\""},
        {{"kiosks"}, "Balie"},
        {{"import", "registrations", form, "--session", "S-1"},
            "\"ignored_columns\":[\""},
        {{"verify"}, "\"chain\":\"ok\""},
        {{"promote", "--session", "S-1"}, "\"promoted\":["},
    };
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        (void)office_run(&office, answers[i].words[0], answers[i].words[1],
            answers[i].words[2], answers[i].words[3], answers[i].words[4], NULL);
        char *whole = assert_answer_is_whole_or_none(&office, answers[i].words);
        assert_non_null(strstr(whole, answers[i].holds));
        free(whole);
    }
    kiosk_finish(&kiosk);
    office_finish(&office);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(status_that_memory_runs_out_in_is_whole_or_none),
        cmocka_unit_test(lists_that_memory_runs_out_in_are_whole_or_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
