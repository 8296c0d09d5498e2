/* `certificates`: who was there gets one, whose printed code an independent reader reads,
 * `verify` recognises, and a door doesn't open for. */
#include "tests/sync/testing.h"

#include "tests/sync/day_help.h"
#include "tests/sync/office/ticket/paper_read.h"
#include "tests/sync/office/ticket/qr_read.h"

#include <brugwachter/certificate.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CELLS = 11, ROWS_MAX = 8 };
enum { CELL_SHOWN, CELL_CODE, CELL_FIRST, CELL_NAME, CELL_MAIL, CELL_PDF = 9, CELL_TEXT };

/* fontconfig keeps its patterns for the life of the process, some by pointers that the
 * leak sanitizer doesn't see. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}

static const char *
folder(const struct day *day)
{
    return office_path(&day->office, "certificates");
}

static enum bw_exit
certificates(struct day *day)
{
    return office_run(&day->office, "certificates", "--session", "S-1", "--out",
        folder(day), "--clock", KIOSK_AFTER, NULL);
}

static void
day_passes(struct day *day)
{
    (void)day_four_come(day);
    day_push(&day->kiosk);
}

static int
rows_read(const struct day *day, char rows[][CELLS][PAPER_CELL_BYTES])
{
    char path[300];
    (void)snprintf(path, sizeof path, "%s/certificates-S-1.csv", folder(day));
    return paper_rows(path, NULL, CELLS, rows[0], ROWS_MAX);
}

static int
row_named(char rows[][CELLS][PAPER_CELL_BYTES], int count, const char *first_name)
{
    for (int i = 0; i < count; i++) {
        if (strncmp(rows[i][CELL_FIRST], first_name, strlen(first_name)) == 0) {
            return i;
        }
    }
    fail_msg("nobody is called %s", first_name);
    return -1;
}

static void
who_was_there_gets_one_and_who_came_instead_in_their_own_name(void **state)
{
    struct day *day = *state;
    static char rows[ROWS_MAX][CELLS][PAPER_CELL_BYTES];
    day_passes(day);
    assert_int_equal(certificates(day), BW_EXIT_DONE);
    assert_non_null(strstr(day->office.out, "Wrote 4 certificates"));
    assert_int_equal(rows_read(day, rows), 4);
    int instead = row_named(rows, 4, "Fleur van Dam");
    assert_string_equal(rows[instead][CELL_MAIL], ""); /* that is another's */
    (void)row_named(rows, 4, "Jan");
    for (int i = 0; i < 4; i++) {
        assert_string_not_equal(rows[i][CELL_NAME], "P2");
        assert_string_not_equal(rows[i][CELL_NAME], "P3");
    }
}

static void
zbar_reads_from_the_printed_page_what_verify_recognises(void **state)
{
    struct day *day = *state;
    static char rows[ROWS_MAX][CELLS][PAPER_CELL_BYTES];
    char path[400];
    day_passes(day);
    assert_int_equal(certificates(day), BW_EXIT_DONE);
    int count = rows_read(day, rows);
    for (int i = 0; i < count; i++) {
        enum bw_exit result;
        struct stat facts;
        (void)snprintf(path, sizeof path, "%s/%s", folder(day), rows[i][CELL_PDF]);
        assert_int_equal(stat(path, &facts), 0);
        assert_int_equal(facts.st_mode & 0777, 0600);
        char *text = qr_text_of_pdf(path, 1);
        assert_string_equal(text, rows[i][CELL_TEXT]);
        free(text);
        (void)snprintf(path, sizeof path, "%s/certificates-S-1.pdf", folder(day));
        text = qr_text_of_pdf(path, i + 1);
        assert_string_equal(text, rows[i][CELL_TEXT]);
        json_t *answer = office_json(
            &day->office, &result, "verify", text, "--clock", KIOSK_AFTER, NULL);
        assert_int_equal(result, BW_EXIT_DONE);
        assert_string_equal(
            json_string_value(json_object_get(answer, "certificate")), "valid");
        const char *name = json_string_value(json_object_get(answer, "name"));
        assert_int_equal(
            strncmp(name, rows[i][CELL_FIRST], strlen(rows[i][CELL_FIRST])), 0);
        json_decref(answer);
        answer = office_json(&day->office, &result, "verify", rows[i][CELL_SHOWN],
            "--clock", KIOSK_AFTER, NULL);
        assert_int_equal(result, BW_EXIT_DONE);
        json_decref(answer);
        free(text);
    }
}

static void
a_certificate_is_in_the_language_that_was_asked_for(void **state)
{
    struct day *day = *state;
    static const char *const said[] = {"Certificate of attendance", "attended",
        "on Tuesday 25 March 2025, from 13.30 to 16.30", "3 hours",
        "This certificate was made on 25 March 2025."};
    char path[400];
    day_passes(day);
    assert_int_equal(office_run(&day->office, "certificates", "--session", "S-1", "--out",
                         folder(day), "--clock", KIOSK_AFTER, "--language", "en", NULL),
        BW_EXIT_DONE);
    (void)snprintf(path, sizeof path, "%s/certificates-S-1.pdf", folder(day));
    char *text = paper_words(path, 1);
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        if (strstr(text, said[i]) == NULL) {
            fail_msg("no \"%s\" in: %s", said[i], text);
        }
    }
    free(text);
}

static void
what_was_changed_or_taken_back_is_told(void **state)
{
    struct day *day = *state;
    static char rows[ROWS_MAX][CELLS][PAPER_CELL_BYTES];
    day_passes(day);
    assert_int_equal(certificates(day), BW_EXIT_DONE);
    int count = rows_read(day, rows), at = row_named(rows, count, "Jan");
    char *text = rows[at][CELL_TEXT];
    char last = text[strlen(text) - 1];
    text[strlen(text) - 1] = last == '0' ? '1' : '0';
    assert_int_equal(office_run(&day->office, "verify", text, NULL), BW_EXIT_LOOK);
    assert_non_null(strstr(day->office.out, "doesn't hold"));
    text[strlen(text) - 1] = last;
    assert_int_equal(office_run(&day->office, "settle", "1-3", "out", "--why",
                         "nobody saw him", "--clock", KIOSK_AFTER, NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_run(&day->office, "verify", text, NULL), BW_EXIT_LOOK);
    assert_non_null(strstr(day->office.out, "taken back since"));
    assert_int_equal(
        office_run(&day->office, "verify", "C-0000-0000", NULL), BW_EXIT_LOOK);
    assert_int_equal(
        office_run(&day->office, "verify", "https://x.example", NULL), BW_EXIT_USAGE);
}

static void
a_retired_keys_certificate_still_holds(void **state)
{
    struct day *day = *state;
    static char rows[ROWS_MAX][CELLS][PAPER_CELL_BYTES];
    day_passes(day);
    assert_int_equal(certificates(day), BW_EXIT_DONE);
    assert_int_equal(rows_read(day, rows), 4);
    assert_int_equal(office_run(&day->office, "key", "new", NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&day->office, "key", "retire", "1", NULL), BW_EXIT_DONE);
    assert_int_equal(
        office_run(&day->office, "verify", rows[0][CELL_TEXT], NULL), BW_EXIT_DONE);
}

static void
before_its_end_a_session_has_none_and_nothing_is_written(void **state)
{
    struct day *day = *state;
    day_passes(day);
    assert_int_equal(office_run(&day->office, "certificates", "--session", "S-1", "--out",
                         folder(day), "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_FAILED);
    assert_non_null(strstr(day->office.diag, "it isn't over"));
    assert_int_not_equal(access(folder(day), F_OK), 0);
    assert_int_equal(office_run(&day->office, "certificates", "--out", folder(day), NULL),
        BW_EXIT_USAGE);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, day_setup, day_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(who_was_there_gets_one_and_who_came_instead_in_their_own_name),
        CASE(zbar_reads_from_the_printed_page_what_verify_recognises),
        CASE(a_certificate_is_in_the_language_that_was_asked_for),
        CASE(what_was_changed_or_taken_back_is_told),
        CASE(a_retired_keys_certificate_still_holds),
        CASE(before_its_end_a_session_has_none_and_nothing_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
