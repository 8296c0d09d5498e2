/* SL1, SL2: what kiosks of a series hold of its tickets is made where tickets are. */

#include "central/central.h"
#include "central/sealed.h"
#include "tests/sync/one_office.h"

#include <brugwachter/sealed.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
open_office(void **state)
{
    (void)state;
    office_open(&office, 2, false);
    office_write(&office, "form.csv",
        "Tijdstempel,E-mailadres,Voornaam,Achternaam,School,Functie,Regio\n"
        "10-2-2025 9:00:00,a@x.nl,Anna,Bos,De Brug,Brugfunctionaris,Oost\n"
        "10-2-2025 9:01:00,b@x.nl,Bea,Mol,De Ark,Brugfunctionaris,Oost\n"
        "10-2-2025 9:02:00,c@x.nl,Cas,Vis,De Zee,Brugfunctionaris,Oost\n");
    assert_int_equal(office_run(&office, "import", "registrations",
                         office_path(&office, "form.csv"), "--session", "S-1", NULL),
        BW_EXIT_DONE);
    return 0;
}

struct opened {
    int count;
    struct bw_registration last;
};

static bool
on_row(const struct bw_sql_value *columns, int count, void *context)
{
    struct opened *opened = context;
    struct bw_sealed_row row;
    assert_int_equal(count, 3);
    assert_int_equal(columns[1].bytes, sizeof row.id);
    assert_int_equal(columns[2].bytes, sizeof row.box);
    memcpy(row.id, columns[1].blob, sizeof row.id);
    memcpy(row.box, columns[2].blob, sizeof row.box);
    assert_int_equal(bw_sealed_open(columns[0].text, &row, &opened->last, NULL), BW_OK);
    opened->count++;
    return true;
}

/* Opens the sealed row of every ticket of whom `first_name` names; NULL: of all. */
static struct opened
open_all(const char *first_name)
{
    struct opened opened = {0};
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    struct bw_sql_value value = bw_sql_text(first_name);
    if (bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, &err) != BW_OK ||
        bw_central_run(central,
            "SELECT t.text, s.id, s.box FROM ticket t JOIN sealed s ON s.code = t.code"
            " AND s.generation = t.generation AND s.signing_key = t.signing_key"
            " JOIN registration r ON r.code = t.code"
            " WHERE s.box IS NOT NULL AND r.first_name = coalesce($1, r.first_name)"
            " ORDER BY t.generation",
            &value, 1, on_row, &opened, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    bw_central_close(central);
    return opened;
}

/* As who writes a roster does. */
static void
give_marks(const char *series)
{
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    if (bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, &err) != BW_OK ||
        bw_central_begin(central, &err) != BW_OK ||
        bw_central_sealed_mark(central, series, &err) != BW_OK ||
        bw_central_commit(central, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    bw_central_close(central);
}

static int64_t
mark(void)
{
    give_marks("reeks");
    return office_number(&office, "SELECT sealed_mark FROM series");
}

static int64_t
above(int64_t since)
{
    char sql[96];
    give_marks("reeks");
    (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM sealed WHERE mark > %lld",
        (long long)since);
    return office_number(&office, sql);
}

static void
each_ticket_issued_has_a_row_that_its_text_opens(void **state)
{
    (void)state;
    assert_int_equal(open_all(NULL).count, 3);
    struct opened anna = open_all("Anna");
    assert_int_equal(anna.count, 1);
    assert_string_equal(anna.last.person.name, "Bos");
    assert_int_equal(anna.last.status, BW_CONFIRMED);
    assert_int_equal(above(0), 3);
    assert_int_equal(mark(), 1); /* of one import: whoever asks since before has all */
}

/* So many that threads sign them. */
static void
tickets_of_a_large_form_are_signed_and_sealed_as_those_of_a_small_one(void **state)
{
    (void)state;
    enum { PEOPLE = 1200 };
    char *form = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&form, &length);
    assert_non_null(out);
    (void)fputs(
        "Tijdstempel,E-mailadres,Voornaam,Achternaam,School,Functie,Regio\n", out);
    for (int i = 0; i < PEOPLE; i++) {
        (void)fprintf(out,
            "11-2-2025 9:%02d:%02d,p%d@y.nl,Piet,Naam%dx,De Zee,Brugfunctionaris,Oost\n",
            i / 60, i % 60, i, i);
    }
    assert_int_equal(fclose(out), 0);
    int64_t before = mark();
    assert_int_equal(
        office_run(&office, "import", "registrations",
            office_write(&office, "large.csv", form), "--session", "S-1", NULL),
        BW_EXIT_DONE);
    free(form);
    assert_int_equal(open_all("Piet").count, PEOPLE);
    assert_int_equal(above(before), PEOPLE);
    assert_int_equal(mark(), before + 1);
    assert_int_equal(office_run(&office, "verify", NULL), BW_EXIT_DONE);
}

static void
what_is_sealed_changes_with_the_registration_and_its_mark_rises(void **state)
{
    (void)state;
    int64_t before = mark();
    assert_int_equal(
        office_run(&office, "cancel", office_code(&office, "Anna"), NULL), BW_EXIT_DONE);
    assert_int_equal(open_all("Anna").last.status, BW_CANCELLED);
    assert_int_equal(above(before), 1);
    before = mark();
    assert_int_equal(
        office_run(&office, "promote", "--session", "S-1", NULL), BW_EXIT_DONE);
    struct opened cas = open_all("Cas");
    assert_int_equal(cas.count, 2); /* both tickets tell of the newest */
    assert_int_equal(cas.last.status, BW_CONFIRMED);
    assert_int_equal(cas.last.generation, 1);
    assert_int_equal(above(before), 2);
}

static void
a_name_that_an_import_changes_is_sealed_anew(void **state)
{
    (void)state;
    int64_t before = mark();
    assert_int_equal(office_run(&office, "import", "registrations",
                         office_write(&office, "again.csv",
                             "Tijdstempel,E-mailadres,Voornaam,Achternaam,School,"
                             "Functie,Regio\n"
                             "11-2-2025 9:00:00,b@x.nl,Bea,Mol,De Nieuwe,"
                             "Brugfunctionaris,Oost\n"),
                         "--session", "S-1", NULL),
        BW_EXIT_LOOK);
    assert_string_equal(open_all("Bea").last.person.school, "De Nieuwe");
    assert_int_equal(above(before), 1);
}

static void
a_retired_keys_rows_go_and_the_new_tickets_come(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "key", "new", NULL), BW_EXIT_DONE);
    int64_t before = mark();
    assert_int_equal(
        office_run(&office, "key", "retire", "1", "--clock", "2025-03-01T12:00:00", NULL),
        BW_EXIT_LOOK); /* tickets to send again */
    assert_int_equal(open_all(NULL).count, 3);
    assert_int_equal(
        office_number(
            &office, "SELECT count(*) FROM sealed WHERE signing_key = 1 AND box IS NULL"),
        3);
    assert_int_equal(above(before), 6);
}

static int64_t
rows(const char *series, bool there)
{
    char sql[160];
    give_marks(series);
    (void)snprintf(sql, sizeof sql,
        "SELECT count(*) FROM sealed WHERE series = '%s' AND box IS %sNULL AND mark ="
        " (SELECT sealed_mark FROM series WHERE code = '%s')",
        series, there ? "NOT " : "", series);
    return office_number(&office, sql);
}

static void
move_to(const char *series)
{
    char csv[320];
    (void)snprintf(csv, sizeof csv,
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-1,%s,Leerkring Zwolle,leerkring,Oost,Buurthuis,2025-03-25T13:30,"
        "2025-03-25T16:30,2,brugfunctionaris\n",
        series);
    (void)office_run(
        &office, "import", "sessions", office_write(&office, "moved.csv", csv), NULL);
    assert_non_null(strstr(office_text(&office, "SELECT series FROM session"), series));
}

static void
a_session_that_moves_to_another_series_takes_its_rows_along(void **state)
{
    (void)state;
    int64_t before = mark();
    move_to("andere");
    /* who holds rows of the old series is told that these are gone */
    assert_int_equal(rows("reeks", false), 3);
    assert_true(office_number(&office,
                    "SELECT sealed_mark FROM series WHERE code = 'reeks'") > before);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM sealed WHERE series ="
                                            " 'andere' AND box IS NOT NULL"),
        3);
    assert_int_equal(open_all(NULL).count, 3);
    move_to("reeks");
    assert_int_equal(rows("andere", false), 3);
    assert_int_equal(open_all(NULL).count, 3);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM sealed"), 6);
}

static void
a_purge_takes_them_away(void **state)
{
    (void)state;
    int64_t before = mark();
    assert_int_equal(
        office_run(&office, "purge", "--before", "2026-01-01", NULL), BW_EXIT_DONE);
    assert_int_equal(open_all(NULL).count, 0);
    assert_int_equal(above(before), 3);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM sealed WHERE box IS NULL"), 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)
        WITH_OFFICE(each_ticket_issued_has_a_row_that_its_text_opens),
        WITH_OFFICE(
            tickets_of_a_large_form_are_signed_and_sealed_as_those_of_a_small_one),
        WITH_OFFICE(what_is_sealed_changes_with_the_registration_and_its_mark_rises),
        WITH_OFFICE(a_name_that_an_import_changes_is_sealed_anew),
        WITH_OFFICE(a_retired_keys_rows_go_and_the_new_tickets_come),
        WITH_OFFICE(a_session_that_moves_to_another_series_takes_its_rows_along),
        WITH_OFFICE(a_purge_takes_them_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
