/* What the report says, of days whose every number is known. */
#include "tests/sync/testing.h"

#include "tests/sync/day_help.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
check_numbers(const json_t *session, const int64_t numbers[7])
{
    static const char *const names[7] = {"registered", "confirmed", "present", "no_show",
        "from_waitlist", "guests", "walk_ins"};
    for (int i = 0; i < 7; i++) {
        if (json_number_of(session, names[i]) != numbers[i]) {
            fail_msg("%s is %lld, not %lld", names[i],
                (long long)json_number_of(session, names[i]), (long long)numbers[i]);
        }
    }
}

static void
day_is_counted_and_complete(void **state)
{
    struct day *day = *state;
    struct kiosk *kiosk = &day->kiosk;
    struct office *office = &day->office;
    (void)kiosk_arrived(kiosk, people_code(office, 0));
    day_arrived(kiosk, people_code(office, 3), BW_BASIS_WAITLIST);
    (void)kiosk_walk_in(kiosk, "Inez", "=Loper");
    day_push(kiosk);
    json_t *root = day_report(day, BW_EXIT_DONE);
    json_t *session = day_session(root);
    check_numbers(session, (const int64_t[7]){6, 3, 3, 2, 1, 0, 1});
    assert_string_equal(json_string_value(json_object_get(session, "code")), "S-1");
    assert_true(json_is_true(json_object_get(session, "complete")));
    assert_int_equal(json_array_size(json_object_get(session, "conflicts")), 0);
    assert_true(json_is_null(json_object_get(root, "series")));
    assert_non_null(json_string_value(json_object_get(root, "generated_at")));
    json_decref(root);
}

static void
file_text(const struct day *day, const char *name, char *ret_text, size_t capacity)
{
    char path[300];
    (void)snprintf(path, sizeof path, "%s/%s", day->folder, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(ret_text, 1, capacity - 1, file);
    ret_text[length] = '\0';
    (void)fclose(file);
}

/* A colleague came first and left, then the registered one came. */
static void
two_people_on_one_place_are_two_rows(void **state)
{
    struct day *day = *state;
    char text[65536];
    bw_code code = people_code(&day->office, 0);
    struct bw_event came = {.kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_SUBSTITUTE,
        .verdict = BW_VERDICT_WELCOME,
        .code = code};
    struct bw_event_details details = {
        .person = {.first_name = "Chantal", .name = "Bos"}};
    uint64_t first = kiosk_event(&day->kiosk, came, &details);
    struct bw_event left = {.kind = BW_EVENT_LEFT,
        .verdict = BW_VERDICT_WELCOME,
        .code = code,
        .refs_count = 1,
        .refs = {{day->kiosk.device, first}}};
    (void)kiosk_event(&day->kiosk, left, NULL);
    (void)kiosk_arrived(&day->kiosk, code);
    day_push(&day->kiosk);
    json_t *root = day_report(day, BW_EXIT_DONE);
    assert_int_equal(json_number_of(day_session(root), "present"), 2);
    json_decref(root);
    file_text(day, "report.csv", text, sizeof text);
    const char *instead = strstr(text, "Chantal Bos");
    assert_non_null(instead);
    assert_null(strstr(instead + 1, "Chantal Bos"));
    const char *row = strstr(text, ";P0;");
    assert_non_null(row);
    assert_non_null(strstr(row + 1, ";P0;"));
}

/* One event of the kiosk, when the day is closed. */
static void
who_was_let_out_at_closing_is_present_in_the_report_and_in_no_more(void **state)
{
    struct day *day = *state;
    enum bw_exit result;
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    (void)kiosk_walk_in(&day->kiosk, "Inez", "Loper");
    (void)kiosk_event(&day->kiosk,
        (struct bw_event){
            .kind = BW_EVENT_LEFT, .verdict = BW_VERDICT_WELCOME, .code = BW_CODE_NONE},
        NULL);
    day_push(&day->kiosk);
    json_t *root = office_json(&day->office, &result, "status", NULL);
    assert_int_equal(json_number_of(day_session(root), "present"), 0);
    json_decref(root);
    root = day_report(day, BW_EXIT_DONE);
    check_numbers(day_session(root), (const int64_t[7]){6, 3, 2, 2, 0, 0, 1});
    json_decref(root);
}

/* An override isn't to be judged any more: it is told, and no conflict. */
static void
rules_that_staff_passed_are_told_with_their_reasons(void **state)
{
    struct day *day = *state;
    struct bw_event came = {.kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_WAITLIST,
        .flags = BW_EVENT_OUT_OF_ORDER,
        .verdict = BW_VERDICT_WELCOME,
        .code = people_code(&day->office, 3)};
    struct bw_event_details details = {.reason = "haar trein gaat"};
    (void)kiosk_event(&day->kiosk, came, &details);
    day_push(&day->kiosk);
    json_t *root = day_report(day, BW_EXIT_DONE);
    const json_t *decisions = json_object_get(day_session(root), "decisions");
    assert_int_equal(json_array_size(decisions), 1);
    const json_t *decision = json_array_get(decisions, 0);
    assert_string_equal(
        json_string_value(json_object_get(decision, "kind")), "out_of_order");
    assert_non_null(
        strstr(json_string_value(json_object_get(decision, "text")), "haar trein gaat"));
    json_decref(root);
    assert_int_equal(office_run(&day->office, "status", NULL), BW_EXIT_DONE);
    assert_non_null(strstr(day->office.out, "haar trein gaat"));
}

/* It waits, counted nowhere, until the organiser says so; then it is told why. */
static void
what_was_settled_is_told_with_its_reason(void **state)
{
    struct day *day = *state;
    enum bw_exit result;
    (void)kiosk_event(&day->kiosk,
        (struct bw_event){.kind = BW_EVENT_ARRIVED,
            .basis = BW_BASIS_TICKET,
            .verdict = BW_VERDICT_WELCOME,
            .generation = 9,
            .code = people_code(&day->office, 0)},
        NULL);
    (void)kiosk_run(&day->kiosk, "push", "--clock", KIOSK_AFTER, NULL);
    json_decref(day_report(day, BW_EXIT_LOOK));
    assert_int_equal(
        office_run(&day->office, "settle", "1", "in", "--why", "zelf nagevraagd", NULL),
        BW_EXIT_DONE);
    json_t *root = office_json(&day->office, &result, "status", NULL);
    const json_t *reasons = json_object_get(day_session(root), "reasons");
    assert_int_equal(json_array_size(reasons), 1);
    const json_t *reason = json_array_get(reasons, 0);
    assert_string_equal(json_string_value(json_object_get(reason, "kind")), "settled_in");
    assert_non_null(
        strstr(json_string_value(json_object_get(reason, "text")), "zelf nagevraagd"));
    assert_int_equal(json_number_of(day_session(root), "decisions"), 1);
    json_decref(root);
    (void)office_run(
        &day->office, "report", "--session", "S-1", "--out", day->folder, "--json", NULL);
    assert_non_null(strstr(day->office.out, "zelf nagevraagd"));
}

/* The texts of a workbook, as any reader of the format finds them. */
static void
workbook_texts(const char *path, char *ret_text, size_t capacity)
{
    char command[600];
    (void)snprintf(command, sizeof command,
        "python3 -c \"import sys, zipfile; z = zipfile.ZipFile('%s');"
        " sys.stdout.write(''.join(z.read(n).decode() for n in z.namelist()"
        " if n == 'xl/sharedStrings.xml' or n.startswith('xl/worksheets/')))\"",
        path);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t length = fread(ret_text, 1, capacity - 1, pipe);
    ret_text[length] = '\0';
    assert_int_equal(pclose(pipe), 0);
}

static void
workbook_begins_a_formula_with_an_apostrophe_too(void **state)
{
    struct day *day = *state;
    char path[300], text[65536];
    (void)kiosk_walk_in(&day->kiosk, "Inez", "=Loper");
    day_push(&day->kiosk);
    json_decref(day_report(day, BW_EXIT_DONE));
    (void)snprintf(path, sizeof path, "%s/report.xlsx", day->folder);
    workbook_texts(path, text, sizeof text);
    assert_non_null(strstr(text, ">'=Loper<"));
    assert_null(strstr(text, ">=Loper<"));
}

static void
five_files_are_written_and_hold_no_formula_or_markup(void **state)
{
    struct day *day = *state;
    static const char *const names[] = {
        "report.html", "report.csv", "report.xlsx", "report.json", "report.pdf"};
    char path[300], text[65536];
    (void)kiosk_walk_in(&day->kiosk, "<b>Inez", "=Loper");
    day_push(&day->kiosk);
    json_decref(day_report(day, BW_EXIT_DONE));
    for (size_t i = 0; i < 5; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", day->folder, names[i]);
        assert_int_equal(access(path, R_OK), 0);
        FILE *file = fopen(path, "rb");
        size_t length = fread(text, 1, sizeof text - 1, file);
        text[length] = '\0';
        (void)fclose(file);
        if (i == 0) {
            assert_non_null(strstr(text, "&lt;b&gt;Inez"));
            assert_null(strstr(text, "<b>Inez"));
            assert_null(strstr(text, "<script"));
            assert_null(strstr(text, "http://"));
            assert_null(strstr(text, "https://"));
            assert_non_null(strstr(text, "1 van 1 zuilen compleet"));
        } else if (i == 1) {
            assert_non_null(strstr(text, ";'=Loper;"));
        } else if (i == 2) {
            assert_memory_equal(text, "PK\3\4", 4);
        } else if (i == 4) {
            assert_memory_equal(text, "%PDF-", 5);
            assert_non_null(strstr(text + length - 8, "%%EOF"));
        }
    }
}

static void
silent_kiosk_makes_the_report_incomplete_and_is_named(void **state)
{
    struct day *day = *state;
    kiosk_open(&day->side, &day->office, "Zij-ingang", "S-1");
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    json_t *root = day_report(day, BW_EXIT_LOOK);
    json_t *session = day_session(root);
    assert_true(json_is_false(json_object_get(session, "complete")));
    assert_int_equal(json_number_of(session, "kiosks_complete"), 1);
    assert_int_equal(json_number_of(session, "kiosks_total"), 2);
    assert_non_null(strstr(day->office.out, "1 of 2 kiosks complete"));
    json_decref(root);
    day_push(&day->side);
    json_decref(day_report(day, BW_EXIT_DONE));
}

static void
statement_before_the_end_is_not_enough(void **state)
{
    struct day *day = *state;
    assert_int_equal(
        kiosk_run(&day->kiosk, "push", "--clock", "2025-03-25T16:29:00", NULL),
        BW_EXIT_DONE);
    json_decref(day_report(day, BW_EXIT_LOOK));
    assert_int_equal(
        kiosk_run(&day->kiosk, "push", "--clock", "2025-03-25T16:30:00", NULL),
        BW_EXIT_DONE);
    json_decref(day_report(day, BW_EXIT_DONE));
}

static void
series_counts_each_person_once_and_says_who_went_where(void **state)
{
    struct day *day = *state;
    struct office *office = &day->office;
    enum bw_exit result;
    const char *sessions = office_write(office, "more.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Elders,leerkring,Noord,Huis,2025-03-26T13:30,"
        "2025-03-26T16:30,9,brugfunctionaris\n");
    assert_int_equal(
        office_run(office, "import", "sessions", sessions, NULL), BW_EXIT_DONE);
    kiosk_open(&day->side, office, "Elders", "S-2");
    day->side.wall_ms += 24 * 60 * KIOSK_MINUTE_MS; /* that session's day */
    (void)kiosk_arrived(&day->kiosk, people_code(office, 0));
    (void)kiosk_arrived(&day->kiosk, people_code(office, 1));
    (void)kiosk_walk_in(&day->kiosk, "Inez", "Loper");
    (void)kiosk_event(&day->side,
        (struct bw_event){.kind = BW_EVENT_ARRIVED,
            .basis = BW_BASIS_GUEST,
            .verdict = BW_VERDICT_WELCOME,
            .session_no = 2,
            .home_session_no = 1,
            .code = people_code(office, 0)},
        NULL);
    day_push(&day->kiosk);
    assert_int_equal(
        kiosk_run(&day->side, "push", "--clock", "2025-03-26T17:00:00", NULL),
        BW_EXIT_DONE);
    json_t *root = office_json(
        office, &result, "report", "--series", "reeks", "--out", day->folder, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    json_t *series = json_object_get(root, "series");
    assert_string_equal(json_string_value(json_object_get(series, "code")), "reeks");
    assert_int_equal(json_number_of(series, "unique_people"), 3);
    json_t *from = json_object_get(json_object_get(series, "regions"), "Oost");
    assert_int_equal(json_number_of(from, "Oost"), 3);
    assert_int_equal(json_number_of(from, "Noord"), 1);
    assert_int_equal(
        json_number_of(json_array_get(json_object_get(root, "sessions"), 1), "guests"),
        1);
    json_decref(root);
}

static void
before_its_end_a_session_has_no_no_shows(void **state)
{
    struct day *day = *state;
    enum bw_exit result;
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    json_t *root = office_json(&day->office, &result, "report", "--session", "S-1",
        "--out", day->folder, "--clock", "2025-03-25T16:29:59", NULL);
    assert_int_equal(json_number_of(day_session(root), "present"), 1);
    assert_int_equal(json_number_of(day_session(root), "no_show"), 0);
    json_decref(root);
    root = office_json(&day->office, &result, "report", "--session", "S-1", "--out",
        day->folder, "--clock", "2025-03-25T16:30:00", NULL);
    assert_int_equal(json_number_of(day_session(root), "no_show"), 2);
    json_decref(root);
}

static void
another_report_in_the_folder_stays_as_it_is(void **state)
{
    struct day *day = *state;
    char path[300];
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    json_decref(day_report(day, BW_EXIT_DONE));
    assert_int_equal(office_run(&day->office, "report", "--series", "reeks", "--out",
                         day->folder, NULL),
        BW_EXIT_DONE);
    (void)snprintf(path, sizeof path, "%s/reeks.", day->folder);
    assert_non_null(strstr(day->office.out, path));
    (void)snprintf(path, sizeof path, "%s/report.json", day->folder);
    json_t *root = json_load_file(path, 0, NULL);
    assert_true(json_is_null(json_object_get(root, "series")));
    json_decref(root);
    json_decref(day_report(day, BW_EXIT_DONE));
    assert_null(strstr(day->office.out, "/S-1"));
}

/* Everybody's name, school, code and mail; and the words that staff typed. */
static void
public_report_names_nobody_and_tells_of_no_few(void **state)
{
    struct day *day = *state;
    static const char *const names[] = {
        "report-public.html", "report-public.csv", "report-public.json"};
    static const char *const secrets[] = {"P0", "Inez", "Loper", "voorbeeld", "trein"};
    char text[65536], path[300];
    struct bw_event came = {.kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_WAITLIST,
        .flags = BW_EVENT_OUT_OF_ORDER,
        .verdict = BW_VERDICT_WELCOME,
        .code = people_code(&day->office, 3)};
    struct bw_event_details details = {.reason = "haar trein gaat"};
    (void)kiosk_event(&day->kiosk, came, &details);
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    (void)kiosk_walk_in(&day->kiosk, "Inez", "Loper");
    day_push(&day->kiosk);
    assert_int_equal(office_run(&day->office, "report", "--public", "--session", "S-1",
                         "--out", day->folder, NULL),
        BW_EXIT_DONE);
    for (size_t i = 0; i < 3; i++) {
        file_text(day, names[i], text, sizeof text);
        for (size_t s = 0; s < sizeof secrets / sizeof secrets[0]; s++) {
            assert_null(strstr(text, secrets[s]));
        }
    }
    (void)snprintf(path, sizeof path, "%s/report-public.xlsx", day->folder);
    workbook_texts(path, text, sizeof text);
    assert_null(strstr(text, "Inez"));
    assert_non_null(strstr(text, "&lt;5"));
    file_text(day, "report-public.csv", text, sizeof text);
    assert_memory_equal(text, "\xef\xbb\xbf", 3);
    assert_non_null(strstr(text, ";<5"));
    assert_null(strstr(text, ";3\r"));
    (void)snprintf(path, sizeof path, "%s/report.json", day->folder);
    assert_int_not_equal(access(path, F_OK), 0);
}

/* Of one circle the row is its region, and the columns where people came from. */
static void
public_matrix_says_which_way_people_went(void **state)
{
    struct day *day = *state;
    char text[65536], path[300];
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    assert_int_equal(office_run(&day->office, "report", "--public", "--session", "S-1",
                         "--out", day->folder, NULL),
        BW_EXIT_DONE);
    file_text(day, "report-public.csv", text, sizeof text);
    assert_non_null(strstr(text, "\r\nNaar;Oost;Totaal\r\nOost;"));
    assert_null(strstr(text, "Van;"));
    file_text(day, "report-public.html", text, sizeof text);
    assert_non_null(strstr(text, "Naar ↓ Van →"));
    assert_non_null(strstr(text, "Rij: regio van de kring."));
    (void)snprintf(path, sizeof path, "%s/report-public.xlsx", day->folder);
    workbook_texts(path, text, sizeof text);
    assert_non_null(strstr(text, "Naar"));
    (void)snprintf(path, sizeof path, "%s/report-public.json", day->folder);
    json_t *root = json_load_file(path, 0, NULL);
    const json_t *tables = json_object_get(root, "tables");
    assert_string_equal(json_string_value(json_object_get(
                            json_object_get(tables, "regions"), "rows_are")),
        "to");
    json_decref(root);
}

static void
public_report_speaks_english_with_commas(void **state)
{
    struct day *day = *state;
    char text[65536];
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    assert_int_equal(office_run(&day->office, "report", "--public", "--language", "en",
                         "--series", "reeks", "--out", day->folder, NULL),
        BW_EXIT_DONE);
    file_text(day, "report-public.csv", text, sizeof text);
    assert_non_null(strstr(text, "Circle,"));
    file_text(day, "report-public.html", text, sizeof text);
    assert_non_null(strstr(text, "<html lang=\"en\">"));
    assert_non_null(strstr(text, "Anonymous version. May be published."));
    assert_int_equal(office_run(&day->office, "report", "--public", "--language", "fy",
                         "--series", "reeks", "--out", day->folder, NULL),
        BW_EXIT_USAGE);
}

/* Sums of the rows above them. */
static void
series_has_a_totals_row_a_matrix_and_how_often(void **state)
{
    struct day *day = *state;
    char text[65536];
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    (void)kiosk_walk_in(&day->kiosk, "Inez", "Loper");
    day_push(&day->kiosk);
    assert_int_equal(office_run(&day->office, "report", "--series", "reeks", "--out",
                         day->folder, NULL),
        BW_EXIT_DONE);
    file_text(day, "report.html", text, sizeof text);
    assert_non_null(strstr(text, "class=\"matrix\""));
    assert_non_null(strstr(text, "2 mensen, samen 2 keer aanwezig."));
    assert_non_null(strstr(text, "Niet gekomen: 2 (67%)"));
    assert_non_null(strstr(text, "van 1100 scholen bereikt"));
    assert_non_null(strstr(text, "Minuten na het begin"));
}

static void
unknown_session_or_none_is_told(void **state)
{
    struct day *day = *state;
    struct office *office = &day->office;
    assert_int_equal(
        office_run(office, "report", "--session", "X-9", "--out", day->folder, NULL),
        BW_EXIT_FAILED);
    assert_int_equal(
        office_run(office, "report", "--series", "X-9", "--out", day->folder, NULL),
        BW_EXIT_FAILED);
    assert_int_equal(
        office_run(office, "report", "--out", day->folder, NULL), BW_EXIT_USAGE);
    assert_int_not_equal(access(day->folder, F_OK), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, day_setup, day_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(day_is_counted_and_complete),
        CASE(two_people_on_one_place_are_two_rows),
        CASE(who_was_let_out_at_closing_is_present_in_the_report_and_in_no_more),
        CASE(rules_that_staff_passed_are_told_with_their_reasons),
        CASE(what_was_settled_is_told_with_its_reason),
        CASE(five_files_are_written_and_hold_no_formula_or_markup),
        CASE(workbook_begins_a_formula_with_an_apostrophe_too),
        CASE(silent_kiosk_makes_the_report_incomplete_and_is_named),
        CASE(statement_before_the_end_is_not_enough),
        CASE(series_counts_each_person_once_and_says_who_went_where),
        CASE(before_its_end_a_session_has_no_no_shows),
        CASE(another_report_in_the_folder_stays_as_it_is),
        CASE(public_report_names_nobody_and_tells_of_no_few),
        CASE(public_matrix_says_which_way_people_went),
        CASE(public_report_speaks_english_with_commas),
        CASE(series_has_a_totals_row_a_matrix_and_how_often),
        CASE(unknown_session_or_none_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
