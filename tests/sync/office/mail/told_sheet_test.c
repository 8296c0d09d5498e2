/* What went to whom, as a workbook. */
#include "office/mail/told_sheet.h"
#include "tests/sync/office_help.h"
#include "tests/sync/testing.h"

#include <string.h>
#include <unistd.h>

enum { TOLD = 3 };

/* As many as fit are written; with one more there is no file, and it says so. */
static void
a_sheet_that_is_just_full_is_written_and_a_fuller_one_is_refused(void **state)
{
    (void)state;
    struct office office;
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    int64_t rows = 0;
    office_open(&office, TOLD, false);
    assert_int_equal(office_sign_up(&office,
                         "10-02-2025 12:01,,Anna Vos,De Brug,Brugfunctionaris,Oost\n"
                         "10-02-2025 12:02,,Bas Mol,De Brug,Brugfunctionaris,Oost\n"
                         "10-02-2025 12:03,,Cor Wit,De Brug,Brugfunctionaris,Oost\n"),
        BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "mail", "--told", "all", "--session", "S-1",
                         "--clock", "2025-03-10T10:00:00", NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM told"), TOLD);
    assert_int_equal(bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, NULL), BW_OK);
    const char *path = office_path(&office, "told.xlsx");
    assert_int_equal(
        bw_told_sheet_write(central, BW_WORDING_DUTCH, TOLD - 1, path, &rows, &err),
        BW_FULL);
    assert_non_null(strstr(err.text, "more rows than a sheet holds"));
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(rows, 0);
    assert_int_equal(
        bw_told_sheet_write(central, BW_WORDING_DUTCH, TOLD, path, &rows, &err), BW_OK);
    assert_int_equal(access(path, F_OK), 0);
    assert_int_equal(rows, TOLD);
    bw_central_close(central);
    office_finish(&office);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_sheet_that_is_just_full_is_written_and_a_fuller_one_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
