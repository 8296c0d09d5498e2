/* `roster`: the paper list of a session, and the card for its desk. */
#include "tests/sync/office_help.h"
#include "tests/sync/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FORM_BYTES = 16384 };

/* `count` people, the first `capacity` of them with a place. */
static void
open_with(struct office *office, int capacity, int count)
{
    static char form[FORM_BYTES];
    size_t used = (size_t)snprintf(
        form, sizeof form, "Tijdstempel,Voornaam,Achternaam,Functie,School,Regio\n");
    office_open(office, capacity, true);
    for (int i = 0; i < count; i++) {
        used += (size_t)snprintf(form + used, sizeof form - used,
            "10-02-2025 12:%02d:%02d,P%d,van den Berg%d,brugfunctionaris,De Brug,%s\n",
            i / 60, i % 60, i, i, i % 2 == 0 ? "Oost" : "Noord");
    }
    const char *path = office_write(office, "f.csv", form);
    enum bw_exit result = office_run(office, "import", "registrations", path, "--session",
        "S-1", "--clock", "2025-03-10T10:00:00", NULL);
    assert_int_not_equal(result, BW_EXIT_FAILED);
}

/* Cairo writes each page's dictionary in plain text. */
static int
pages_of(const char *path)
{
    static const char mark[] = "/Type /Page %";
    static char bytes[1 << 20];
    int pages = 0;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(bytes, 1, sizeof bytes, file);
    assert_int_equal(fclose(file), 0);
    assert_true(length > 4 && memcmp(bytes, "%PDF", 4) == 0);
    for (size_t i = 0; i + sizeof mark <= length; i++) {
        pages += memcmp(bytes + i, mark, sizeof mark - 1) == 0;
    }
    return pages;
}

static int
pages_with(int capacity, int count)
{
    struct office office;
    enum bw_exit result;
    open_with(&office, capacity, count);
    json_t *answer = office_json(&office, &result, "roster", "--session", "S-1", "--out",
        office_path(&office, "door"), "--clock", "2025-03-25T08:00:00", NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    int placed = count < capacity ? count : capacity;
    assert_int_equal(json_number_of(answer, "confirmed"), placed);
    assert_int_equal(json_number_of(answer, "waitlisted"), count - placed);
    const char *path = office_path(&office, "door/list-S-1.pdf");
    struct stat facts;
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    int pages = pages_of(path);
    assert_int_equal(pages_of(office_path(&office, "door/door-S-1.pdf")), 1);
    json_decref(answer);
    office_finish(&office);
    return pages;
}

static void
a_list_has_a_page_for_34_with_a_place_for_30_who_wait_and_for_others(void **state)
{
    (void)state;
    assert_int_equal(pages_with(40, 0), 2);
    assert_int_equal(pages_with(40, 34), 2);
    assert_int_equal(pages_with(40, 40), 3);
    assert_int_equal(pages_with(40, 41), 4);
    assert_int_equal(pages_with(40, 71), 5);
}

static void
a_session_that_is_unknown_or_purged_has_no_list(void **state)
{
    (void)state;
    struct office office;
    open_with(&office, 2, 3);
    assert_int_equal(office_run(&office, "roster", "--session", "NO", "--out",
                         office_path(&office, "door"), NULL),
        BW_EXIT_FAILED);
    assert_int_equal(
        office_run(&office, "purge", "--before", "2025-03-26", NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "roster", "--session", "S-1", "--out",
                         office_path(&office, "door"), NULL),
        BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "were purged"));
    office_finish(&office);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_list_has_a_page_for_34_with_a_place_for_30_who_wait_and_for_others),
        cmocka_unit_test(a_session_that_is_unknown_or_purged_has_no_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
