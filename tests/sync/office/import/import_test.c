/* `import`, by its real command: known answers, every wrong file, bad rows,
 * the same file again. */
#include "tests/sync/office/table/zip_help.h"
#include "tests/sync/one_office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADING "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"

static int
open_demo(void **state)
{
    (void)state;
    office_init(&office);
    assert_int_equal(office_run(&office, "init", NULL), BW_EXIT_DONE);
    assert_int_equal(
        office_run(&office, "import", "sessions", demo_path("sessions.csv"), NULL),
        BW_EXIT_DONE);
    return 0;
}

static int
open_small(void **state)
{
    (void)state;
    office_open(&office, 3, false);
    return 0;
}

static json_t *
import_form(const char *path, const char *session, enum bw_exit expected)
{
    enum bw_exit result;
    json_t *answer = office_json(
        &office, &result, "import", "registrations", path, "--session", session, NULL);
    if (result != expected) {
        fail_msg("exit %d: %s%s", (int)result, office.out, office.diag);
    }
    return answer;
}

static json_t *
import_text(const char *csv, enum bw_exit expected)
{
    return import_form(office_write(&office, "form.csv", csv), "S-1", expected);
}

static void
rejected_is(const json_t *answer, size_t at, int line, const char *reason)
{
    const json_t *row = json_array_get(json_object_get(answer, "rejected"), at);
    assert_non_null(row);
    assert_int_equal(json_number_of(row, "line"), line);
    assert_string_equal(json_string_value(json_object_get(row, "reason")), reason);
    assert_true(strlen(json_string_value(json_object_get(row, "text"))) > 10);
}

static void
counts_are(const json_t *answer, int rows, int confirmed, int waitlisted, int rejected)
{
    assert_int_equal(json_number_of(answer, "rows"), rows);
    assert_int_equal(json_number_of(answer, "confirmed"), confirmed);
    assert_int_equal(json_number_of(answer, "waitlisted"), waitlisted);
    assert_int_equal(json_array_size(json_object_get(answer, "rejected")), rejected);
}

/* ---- known answers ---- */

static void
the_sample_form_gives_50_places_and_11_who_wait(void **state)
{
    (void)state;
    json_t *answer =
        import_form(demo_path("gro-form.csv"), "GRO-2025-03-18", BW_EXIT_LOOK);
    counts_are(answer, 64, 50, 11, 3);
    rejected_is(answer, 0, 13, "audience");
    rejected_is(answer, 1, 39, "audience");
    rejected_is(answer, 2, 65, "duplicate");
    assert_int_equal(json_number_of(answer, "added"), 61);
    assert_int_equal(json_array_size(json_object_get(answer, "ignored_columns")), 0);
    json_decref(answer);
    enum bw_exit result;
    answer = office_json(
        &office, &result, "import", "waitlist", demo_path("waitlist-form.csv"), NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    counts_are(answer, 9, 0, 9, 0);
    json_decref(answer);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE status = 0"), 50);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM ticket"), 70);
    assert_string_equal(
        office_text(&office, "SELECT first_name, name FROM registration WHERE status = 0"
                             " ORDER BY signed_up_ms DESC LIMIT 1"),
        "René|Boerema|");
}

/* ---- other files than CSV, other headings ---- */

static unsigned char *
file_bytes(const char *path, size_t *ret_length)
{
    FILE *file = fopen(path, "rb");
    unsigned char *bytes = malloc(1024 * 1024);
    assert_true(file != NULL && bytes != NULL);
    *ret_length = fread(bytes, 1, 1024 * 1024, file);
    (void)fclose(file);
    return bytes;
}

static void
a_form_in_an_archive_goes_in_as_it_does_alone(void **state)
{
    (void)state;
    unsigned char *archive = NULL;
    size_t length = 0, archive_length = 0;
    unsigned char *form = file_bytes(demo_path("gro-form.csv"), &length);
    const struct zip_part parts[] = {
        {"Leerkring Groningen.csv", form, length}, {NULL, NULL, 0}};
    zip_make(parts, &archive, &archive_length);
    json_t *answer =
        import_form(office_write_bytes(&office, "form.zip", archive, archive_length),
            "GRO-2025-03-18", BW_EXIT_LOOK);
    counts_are(answer, 64, 50, 11, 3);
    rejected_is(answer, 0, 13, "audience");
    json_decref(answer);
    free(archive);
    free(form);
}

static void
a_workbook_goes_in_with_its_dates_and_its_rows_numbers(void **state)
{
    (void)state;
    unsigned char *book = NULL;
    size_t length = 0;
    workbook_make("<row r='1'><c t='str'><v>Aanmeldingen</v></c></row><row r='3'>"
                  "<c t='str'><v>Tijdstempel</v></c><c t='str'><v>Wat is je naam?</v></c>"
                  "<c t='str'><v>Functie</v></c></row>"
                  "<row r='4'><c s='2'><v>45698.5</v></c><c t='str'><v>Bas Bb</v></c>"
                  "<c t='str'><v>Brugfunctionaris</v></c></row>"
                  "<row r='5'><c s='2'><v>45698.25</v></c><c t='str'><v>Anna Aa</v></c>"
                  "<c t='str'><v>Brugfunctionaris</v></c></row>"
                  "<row r='7'><c t='str'><v>straks</v></c><c t='str'><v>Cas Cc</v></c>"
                  "<c t='str'><v>Brugfunctionaris</v></c></row>",
        "", &book, &length);
    json_t *answer = import_form(
        office_write_bytes(&office, "form.xlsx", book, length), "S-1", BW_EXIT_LOOK);
    counts_are(answer, 3, 2, 0, 1);
    rejected_is(answer, 0, 7, "invalid");
    json_decref(answer);
    assert_string_equal(
        office_text(&office, "SELECT name FROM registration ORDER BY signed_up_ms"),
        "Aa|Bb|");
    free(book);
}

static void
what_is_no_mail_address_makes_no_doubt(void **state)
{
    (void)state;
    json_t *answer = import_text(HEADING
        "10-02-2025 09:12:05,anonymous,Anna Aa,De Brug,Brugfunctionaris,Oost\n"
        "10-02-2025 09:13:05,anonymous,Bas Bb,De Brug,Brugfunctionaris,Oost\n",
        BW_EXIT_LOOK);
    counts_are(answer, 2, 2, 0, 0);
    json_decref(answer);
    assert_non_null(strstr(office.out, "2 rows have no mail address"));
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM person WHERE mail <> ''"), 0);
}

static void
a_column_that_looks_like_the_school_and_is_not_used_is_told(void **state)
{
    (void)state;
    json_t *answer = import_text("Tijdstempel,Naam,Functie,Hoe noem je de school waar je "
                                 "werkt?\n"
                                 "10-02-2025 09:12:05,Anna Aa,Brugfunctionaris,De Brug\n",
        BW_EXIT_LOOK);
    counts_are(answer, 1, 1, 0, 0);
    json_decref(answer);
    assert_non_null(strstr(office.out, "--map \\\"school="));
}

static void
the_same_files_again_change_nothing(void **state) /* I3 */
{
    (void)state;
    char *before = NULL;
    for (int i = 0; i < 2; i++) {
        json_decref(
            import_form(demo_path("gro-form.csv"), "gro-2025-03-18", BW_EXIT_LOOK));
        (void)office_run(
            &office, "import", "waitlist", demo_path("waitlist-form.csv"), NULL);
        (void)office_run(&office, "import", "agenda", demo_path("agenda.csv"), NULL);
        (void)office_run(&office, "import", "sessions", demo_path("sessions.csv"), NULL);
        char *after = office_dump(&office);
        if (i == 1) {
            assert_string_equal(after, before);
            free(after);
        } else {
            before = after;
        }
    }
    free(before);
}

static void
excel_and_forms_give_the_same_people(void **state)
{
    (void)state;
    static const char excel[] =
        "Tijdstempel;E-mailadres;Naam;School;Wat is je functie?;Regio\r\n"
        "10-02-2025 00:27:09;e@b.example;Esm\xe9"
        "e de \xc7"
        "elik;IKC Provinci\xebn;"
        "Brugfunctionaris;Noordwest\r\n";
    static const char forms[] =
        "Timestamp,Role,First name,Last name,School,Email,Region\n"
        "2025/02/10 12:27:09 AM GMT+1,Brugfunctionaris,Esmée,de Çelik,IKC Provinciën,"
        "e@b.example,Noordwest\n";
    json_decref(import_form(office_write(&office, "e.csv", excel), "S-1", BW_EXIT_DONE));
    json_t *answer =
        import_form(office_write(&office, "f.csv", forms), "S-1", BW_EXIT_DONE);
    assert_int_equal(json_number_of(answer, "added"), 0);
    assert_int_equal(json_number_of(answer, "changed"), 0);
    assert_int_equal(json_number_of(answer, "confirmed"), 1);
    json_decref(answer);
}

/* ---- wrong files ---- */

static void
refuse(const char *kind, const char *path, const char *because)
{
    char *before = office_dump(&office);
    enum bw_exit result =
        strcmp(kind, "registrations") == 0
            ? office_run(&office, "import", kind, path, "--session", "S-1", NULL)
            : office_run(&office, "import", kind, path, NULL);
    char *after = office_dump(&office);
    assert_int_equal(result, BW_EXIT_FAILED);
    assert_string_equal(after, before);
    free(before);
    free(after);
    assert_string_equal(office.out, "");
    assert_int_equal(office.diag[office.diag_bytes - 1], '\n');
    assert_null(memchr(office.diag, '\n', office.diag_bytes - 1)); /* one line */
    if (strstr(office.diag, because) == NULL) {
        fail_msg("\"%s\" doesn't say \"%s\"", office.diag, because);
    }
}

static void
every_wrong_file_is_refused_in_one_line_and_changes_nothing(void **state) /* I1 */
{
    (void)state;
    static const char *const kinds[] = {
        "sessions", "registrations", "waitlist", "agenda"};
    assert_int_equal(mkdir(office_path(&office, "e"), 0700), 0);
    for (size_t i = 0; i < 4; i++) {
        refuse(kinds[i], office_write(&office, "x", ""), "empty");
        refuse(kinds[i], office_write_bytes(&office, "x", "a\0b,c\n", 6), "binary");
        refuse(kinds[i], office_write(&office, "x", "naam\nanna\n"), "one column");
        refuse(kinds[i], office_write(&office, "x", "p,q\n1,2\n"), "headings");
        refuse(kinds[i], office_write(&office, "x", "naam,q\n1,\"2\n"), "never closed");
        refuse(kinds[i], office_write(&office, "x", "a,b\n\xe9\n\xc3\xa9\n"), "mixes");
        refuse(kinds[i], office_path(&office, "missing"), "No such file");
        refuse(kinds[i], office_path(&office, "e"), "in that folder");
    }
    const char *path = office_write(&office, "large", "a,b\n");
    assert_int_equal(truncate(path, 200 * 1000 * 1000), 0);
    refuse("registrations", path, "larger than 50 MB");
    refuse("registrations",
        office_write(&office, "x", "Naam,Functie\nAnna,brugfunctionaris\n"),
        "Tijdstempel");
    refuse("registrations", office_write(&office, "x", "Tijdstempel,Naam\n"), "Functie");
    refuse("waitlist", office_write(&office, "x", "Tijdstempel,Naam,Functie\n"),
        "Leerkring");
}

static void
an_unknown_session_is_refused(void **state)
{
    (void)state;
    const char *path = office_write(&office, "x", HEADING);
    assert_int_equal(
        office_run(&office, "import", "registrations", path, "--session", "S-9", NULL),
        BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "S-9"));
}

/* ---- bad rows ---- */

static void
bad_rows_are_listed_and_the_rest_goes_in(void **state) /* I2 */
{
    (void)state;
    json_t *answer = import_text(
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio,Dieet\n"
        "10-02-2025 12:00,a@b.example,\"de Vries,\nAnna\",OBS,brugfunctionaris PO,Oost,\n"
        "10-02-2025 12:01,,  ,OBS,brugfunctionaris,Oost,\n"
        "32-02-2025 12:01,,Bo Vos,OBS,brugfunctionaris,Oost,\n"
        "10-02-2025 12:02,,Bo V\x01os,OBS,brugfunctionaris,Oost,\n"
        "10-02-2025 12:02,,Bo \xe2\x80\xaeVos,OBS,brugfunctionaris,Oost,\n"
        "10-02-2025 12:03,,Bo Vos,OBS, De Brug,brugfunctionaris,Oost,vega\n"
        "10-02-2025 12:04,,Bo Vos,OBS,directeur,Oost,\n"
        "30-03-2025 02:30,,Bo Vos,OBS,brugfunctionaris,Oost,\n"
        "10-02-2025 12:05,,Bo Vos,OBS,BRUGFUNCTIONARIS,Oost,\n",
        BW_EXIT_LOOK);
    counts_are(answer, 9, 2, 0, 7);
    static const int lines[] = {4, 5, 6, 7, 8, 9, 10};
    for (size_t i = 0; i < 7; i++) {
        rejected_is(answer, i, lines[i], lines[i] == 9 ? "audience" : "invalid");
    }
    const json_t *ignored = json_object_get(answer, "ignored_columns");
    assert_int_equal(json_array_size(ignored), 1);
    assert_string_equal(json_string_value(json_array_get(ignored, 0)), "Dieet");
    json_decref(answer);
    assert_string_equal(
        office_text(&office, "SELECT first_name, name FROM registration ORDER BY line"),
        "Anna|de Vries|Bo|Vos|");
}

/* 10 February as an American sheet writes it: it would come after everybody. */
static void
a_sign_up_that_is_still_to_come_is_invalid(void **state)
{
    (void)state;
    enum bw_exit result;
    const char *path = office_write(&office, "x",
        "Tijdstempel,Naam,Functie\n"
        "02-10-2025 12:00,Anna Vos,brugfunctionaris\n"
        "12-02-2025 12:00,Bo Vos,brugfunctionaris\n");
    json_t *answer = office_json(&office, &result, "import", "registrations", path,
        "--session", "S-1", "--clock", "2025-02-12T11:30:00", NULL);
    assert_int_equal(result, BW_EXIT_LOOK);
    counts_are(answer, 2, 1, 0, 1);
    rejected_is(answer, 0, 2, "invalid");
    json_decref(answer);
}

static void
texts_too_long_are_invalid(void **state)
{
    (void)state;
    char csv[2048];
    char name[102];
    memset(name, 'n', 101);
    name[101] = '\0';
    (void)snprintf(csv, sizeof csv,
        "Tijdstempel,Voornaam,Achternaam,Functie\n"
        "10-02-2025 12:00,%s,Vos,brugfunctionaris\n"
        "10-02-2025 12:00,%s,Vos,brugfunctionaris\n",
        name, name + 1);
    json_t *answer = import_text(csv, BW_EXIT_LOOK);
    counts_are(answer, 2, 1, 0, 1);
    rejected_is(answer, 0, 2, "invalid");
    json_decref(answer);
}

static void
full_name_with_a_part_too_long_is_invalid(void **state)
{
    (void)state;
    char csv[2048];
    char name[102];
    memset(name, 'n', 101);
    name[101] = '\0';
    (void)snprintf(csv, sizeof csv,
        "Tijdstempel;Naam;Functie\n"
        "10-02-2025 12:00;%s Vos;brugfunctionaris\n"
        "10-02-2025 12:00;%s;brugfunctionaris\n"
        "10-02-2025 12:00;Vos, %s;brugfunctionaris\n"
        "10-02-2025 12:00;Vos, %s;brugfunctionaris\n",
        name, name, name, name + 1);
    json_t *answer = import_text(csv, BW_EXIT_LOOK);
    counts_are(answer, 4, 1, 0, 3);
    for (int line = 2; line <= 4; line++) {
        rejected_is(answer, (size_t)line - 2, line, "invalid");
    }
    json_decref(answer);
}

static void
a_row_for_another_session_is_invalid(void **state)
{
    (void)state;
    json_t *answer =
        import_form(office_write(&office, "x",
                        "Tijdstempel,Naam,Functie,Leerkring\n"
                        "10-02-2025 12:00,Anna Vos,brugfunctionaris,Leerkring Arnhem\n"
                        "10-02-2025 12:00,Bo Vos,brugfunctionaris,leerkring zwolle\n"
                        "10-02-2025 12:00,Cas Vos,brugfunctionaris,Zwolle in maart\n"),
            "ZWO-2025-03-25", BW_EXIT_LOOK);
    counts_are(answer, 3, 2, 0, 1);
    rejected_is(answer, 0, 2, "invalid");
    json_decref(answer);
}

static void
a_waitlist_row_that_names_no_session_is_invalid(void **state)
{
    (void)state;
    enum bw_exit result;
    const char *path = office_write(&office, "w.csv",
        "Timestamp,Name,Role,Circle\n"
        "10-02-2025 12:00,Anna Vos,brugfunctionaris,Leerkring Nergens\n"
        "10-02-2025 12:00,Bo Vos,brugfunctionaris,zwo-2025-03-25\n"
        "10-02-2025 12:01,Cas Vos,brugfunctionaris,LEERKRING  ARNHEM\n");
    json_t *answer = office_json(&office, &result, "import", "waitlist", path, NULL);
    assert_int_equal(result, BW_EXIT_LOOK);
    counts_are(answer, 3, 0, 2, 1);
    rejected_is(answer, 0, 2, "invalid");
    json_decref(answer);
    assert_string_equal(
        office_text(&office, "SELECT s.code FROM registration r JOIN session s ON"
                             " s.session_no = r.session_no ORDER BY r.line"),
        "ZWO-2025-03-25|ARN-2025-03-27|");
}

static void
letter_that_no_font_has_is_named_and_the_place_given_all_the_same(void **state)
{
    (void)state;
    json_t *answer = import_text(HEADING
        "10-02-2025 12:00,a@x.nl,Ana Smit,OBS A,brugfunctionaris,Oost\n"
        "10-02-2025 12:01,b@x.nl,李 伟,OBS B,brugfunctionaris,Oost\n"
        "10-02-2025 12:02,c@x.nl,Kim Bos,김 School,brugfunctionaris,Oost\n",
        BW_EXIT_LOOK);
    counts_are(answer, 3, 3, 0, 0);
    const json_t *notes = json_object_get(answer, "notes");
    assert_int_equal(json_array_size(notes), 2);
    const char *name = json_string_value(json_array_get(notes, 0));
    const char *school = json_string_value(json_array_get(notes, 1));
    assert_non_null(strstr(name, "line 3: "));
    assert_non_null(strstr(name, "\"李\" (U+674E), in the name of 李 伟"));
    assert_non_null(strstr(school, "line 4: "));
    assert_non_null(strstr(school, "\"김\" (U+AE40), in the school of Kim Bos"));
    json_decref(answer);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            letter_that_no_font_has_is_named_and_the_place_given_all_the_same, open_small,
            close_office),
        cmocka_unit_test_setup_teardown(
            what_is_no_mail_address_makes_no_doubt, open_small, close_office),
        cmocka_unit_test_setup_teardown(
            a_form_in_an_archive_goes_in_as_it_does_alone, open_demo, close_office),
        cmocka_unit_test_setup_teardown(
            a_workbook_goes_in_with_its_dates_and_its_rows_numbers, open_small,
            close_office),
        cmocka_unit_test_setup_teardown(
            a_column_that_looks_like_the_school_and_is_not_used_is_told, open_small,
            close_office),
        cmocka_unit_test_setup_teardown(
            the_sample_form_gives_50_places_and_11_who_wait, open_demo, close_office),
        cmocka_unit_test_setup_teardown(
            the_same_files_again_change_nothing, open_demo, close_office),
        cmocka_unit_test_setup_teardown(
            excel_and_forms_give_the_same_people, open_small, close_office),
        cmocka_unit_test_setup_teardown(
            every_wrong_file_is_refused_in_one_line_and_changes_nothing, open_small,
            close_office),
        cmocka_unit_test_setup_teardown(
            an_unknown_session_is_refused, open_small, close_office),
        cmocka_unit_test_setup_teardown(
            bad_rows_are_listed_and_the_rest_goes_in, open_small, close_office),
        cmocka_unit_test_setup_teardown(
            a_sign_up_that_is_still_to_come_is_invalid, open_small, close_office),
        cmocka_unit_test_setup_teardown(
            texts_too_long_are_invalid, open_small, close_office),
        cmocka_unit_test_setup_teardown(
            full_name_with_a_part_too_long_is_invalid, open_small, close_office),
        cmocka_unit_test_setup_teardown(
            a_row_for_another_session_is_invalid, open_demo, close_office),
        cmocka_unit_test_setup_teardown(
            a_waitlist_row_that_names_no_session_is_invalid, open_demo, close_office),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
