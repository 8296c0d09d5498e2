/* One form as many programs write it: three people, the first on 10 February 2025 at
 * 9:12. Each goes in by its headings alone. */
#include "tests/sync/office/table/zip_help.h"
#include "tests/sync/office_help.h"
#include "tests/sync/testing.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct office office;

static void
goes_in(const char *program, const void *bytes, size_t length, enum bw_exit expected)
{
    office_open(&office, 9, false);
    const char *path = office_write_bytes(&office, "form", bytes, length);
    enum bw_exit result = office_run(&office, "import", "registrations", path,
        "--session", "S-1", "--clock", "2025-03-02T12:00", NULL);
    const char *got = office_text(&office,
        "SELECT group_concat(first_name || ' ' || name || ', ' || school || ', ' ||"
        " region || ', ' || p.mail, '; ') || datetime(min(signed_up_ms) / 60000 * 60,"
        " 'unixepoch') FROM (SELECT * FROM registration ORDER BY signed_up_ms)"
        " JOIN (SELECT person_no AS no, mail FROM person) p ON p.no = person_no");
    if (result != expected ||
        strcmp(got,
            "Anna Aa, OBS De Brug, Oost, a@x.nl; Zoë de Bruin, De Vaart, Oost, "
            "z@x.nl; Jan Visser, OBS De Brug, Oost, j@x.nl2025-02-10 08:12:00|") != 0) {
        fail_msg(
            "%s: exit %d, %s\n%s%s", program, (int)result, got, office.out, office.diag);
    }
    office_finish(&office);
}

static void
text_goes_in(const char *program, const char *text)
{
    goes_in(program, text, strlen(text), BW_EXIT_DONE);
}

/* In another encoding, behind its mark. */
static void
turned_goes_in(
    const char *program, const char *text, const char *encoding, const char *mark)
{
    char turned[4096];
    char *from = (char *)(uintptr_t)text, *to = turned + strlen(mark);
    size_t left = strlen(text), room = sizeof turned - strlen(mark);
    memcpy(turned, mark, strlen(mark));
    iconv_t turn = iconv_open(encoding, "UTF-8");
    assert_true(turn != (iconv_t)-1);
    assert_int_equal(iconv(turn, &from, &left, &to, &room), 0);
    (void)iconv_close(turn);
    goes_in(program, turned, (size_t)(to - turned), BW_EXIT_DONE);
}

#define ROWS(one, two, three, d, n)                                                      \
    one d "a@x.nl" d "Anna Aa" d "OBS De Brug" d "Brugfunctionaris" d "Oost" n two d     \
          "z@x.nl" d "Zoë de Bruin" d "De Vaart" d "Brugfunctionaris" d "Oost" n three d \
          "j@x.nl" d "Jan Visser" d "OBS De Brug" d "brugfunctionaris" d "Regio Oost" n
#define DUTCH(d, n)                                                                      \
    "Tijdstempel" d "E-mailadres" d "Wat is je naam?" d "Naam van je school" d           \
    "Wat is je functie?" d "In welke regio werk je?" n

static void
google_forms_and_sheets(void **state)
{
    (void)state;
    text_goes_in("Forms, nl",
        DUTCH(",", "\r\n") ROWS("2025/02/10 9:12:05 a.m. CET",
            "2025/02/12 12:12:05 p.m. CET", "2025/02/25 9:12:05 p.m. CET", ",", "\r\n"));
    text_goes_in("Forms, en",
        "\"Timestamp\",\"Email Address\",\"What is your name?\",\"School\",\"Your "
        "role\",\"Region\"\n" ROWS("\"2025/02/10 9:12:05 AM GMT+1\"",
            "\"2025/02/12 12:12:05 PM GMT+1\"", "\"2025/02/25 9:12:05 PM GMT+1\"", ",",
            "\n"));
    text_goes_in(
        "Sheets, nl", DUTCH(",", "\n") ROWS("10-2-2025 9:12:05", "12-2-2025 12:12:05",
                          "25-2-2025 21:12:05", ",", "\n"));
    text_goes_in("Sheets, en",
        "Timestamp,Email Address,Name,School,Role,Region\n" ROWS(
            "2/10/2025 9:12:05", "2/12/2025 12:12:05", "2/25/2025 21:12:05", ",", "\n"));
}

static void
excel(void **state)
{
    (void)state;
    static const char dutch[] = DUTCH(";", "\r\n")
        ROWS("10-02-2025 09:12", "12-02-2025 12:12", "25-02-2025 21:12", ";", "\r\n");
    static const char american[] =
        "Timestamp,Email Address,Name,School,Role,Region,,,\r\n" ROWS(
            "2/10/2025 9:12", "2/12/2025 12:12", "2/25/2025 21:12", ",", ",,,\r\n");
    static const char tabs[] = DUTCH("\t", "\r\n")
        ROWS("10-2-2025 9:12", "12-2-2025 12:12", "25-2-2025 21:12", "\t", "\r\n");
    static const char general[] =
        DUTCH(";", "\r\n") ROWS("45698,38337", "45700,50847", "45713,88337", ";", "\r\n");
    turned_goes_in("Excel, nl", dutch, "WINDOWS-1252", "");
    turned_goes_in("Excel, nl, UTF-8", dutch, "UTF-8", "\xef\xbb\xbf");
    turned_goes_in("Excel, nl, Unicode text", tabs, "UTF-16LE", "\xff\xfe");
    turned_goes_in("Excel, en", american, "WINDOWS-1252", "");
    text_goes_in("Excel, nl, without a format", general);
}

static void
numbers(void **state)
{
    (void)state;
    text_goes_in(
        "Numbers, nl", "Tabel 1;;;;;\n" DUTCH(";", "\n") ROWS("10 feb. 2025 09:12",
                           "12 feb. 2025 12:12", "25 februari 2025 om 21:12", ";", "\n"));
    text_goes_in("Numbers, en",
        "Timestamp,Email,Full name,School,Role,Region\n" ROWS(
            "\"Feb 10, 2025 at 9:12\u202fAM\"", "\"Feb 12, 2025 at 12:12\u202fPM\"",
            "\"25 February 2025 at 21:12\"", ",", "\n"));
}

#define S(text) "<c t='inlineStr'><is><t>" text "</t></is></c>"
#define D(day) "<c s='2'><v>" day "</v></c>"
#define PERSON(day, mail, name, school)                                                  \
    "<row>" D(day) D(day) S("anonymous") S("") S(mail) S(name) S(school)                 \
        S("Brugfunctionaris") S("Oost") "</row>"

/* Microsoft Forms has a mail and a name of its own, which say nothing. */
static void
microsoft_forms(void **state)
{
    (void)state;
    unsigned char *bytes = NULL;
    size_t length = 0;
    workbook_make(
        "<row>" S("Begintijd") S("Tijd van voltooien") S("E-mail") S("Naam") S(
            "E-mailadres") S("Wat is je naam?") S("Naam van je school") S("Functie")
            S("Regio") "</row>" PERSON("45698.38337", "a@x.nl", "Anna Aa", "OBS De Brug")
                PERSON("45700.50847", "z@x.nl", "Zoë de Bruin", "De Vaart")
                    PERSON("45713.88337", "j@x.nl", "Jan Visser", "OBS De Brug"),
        "", &bytes, &length);
    goes_in("Microsoft Forms", bytes, length, BW_EXIT_LOOK);
    free(bytes);
}

#define C(inner) "<c" inner "</c>"

/* As openpyxl writes a formula, and Excel an error; one in a column that isn't used, and
 * an empty text that a formula really gives, are nothing to say. */
static void
a_cell_that_has_lost_its_value_is_named(void **state)
{
    (void)state;
    unsigned char *bytes = NULL;
    size_t length = 0;
    enum bw_exit result;
    workbook_make("<row>" S("Tijdstempel") S("E-mailadres") S("Naam") S("School")
                      S("Functie") S("Regio")
                          S("Afstand") "</row>"
                                       "<row>" D("45698.4") C("><f>A1</f><v></v>")
                                           S("Anna Aa") C(" t='e'><v>#N/A</v>")
                                               S("Brugfunctionaris")
                                                   C(" t='str'><f>\"\"</f><v></v>")
                                                       C(" t='e'><v>#REF!</v>") "</row>",
        "", &bytes, &length);
    office_open(&office, 9, false);
    const char *path = office_write_bytes(&office, "form.xlsx", bytes, length);
    json_t *answer = office_json(&office, &result, "import", "registrations", path,
        "--session", "S-1", "--clock", "2025-03-02T12:00", NULL);
    assert_int_equal(result, BW_EXIT_LOOK);
    const json_t *notes = json_object_get(answer, "notes");
    assert_int_equal(json_array_size(notes), 2);
    const char *said = json_string_value(json_array_get(notes, 0));
    assert_non_null(strstr(said,
        "\"E-mailadres\" there are cells with an error or a formula without its value "
        "(the first on line 2)"));
    json_decref(answer);
    office_finish(&office);
    free(bytes);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(google_forms_and_sheets),
        cmocka_unit_test(excel),
        cmocka_unit_test(numbers),
        cmocka_unit_test(microsoft_forms),
        cmocka_unit_test(a_cell_that_has_lost_its_value_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
