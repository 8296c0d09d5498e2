/* Organisers who import at once, on a real PostgreSQL: while a form is going in, and its
 * rows are neither all written nor committed, somebody else's step begins and ends. */
#include "office/import/import.h"
#include "tests/sync/one_server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PEOPLE = 5, WORDS = 6 };

#define DAY_MS INT64_C(1740009600000) /* 20 February 2025 */

#define HEADING "Tijdstempel,E-mailadres,Voornaam,Achternaam,School,Functie,Regio"
#define ROW(minute, mail, first_name, name)                                              \
    "\n2025-02-10 09:" minute ":00," mail "," first_name "," name                        \
    ",De Brug,Brugfunctionaris,Oost"
#define ANNA ROW("01", "a@x.example", "Anna", "Aa")
#define BAS ROW("02", "b@x.example", "Bas", "Bb")
#define CLEO ROW("03", "c@x.example", "Cleo", "Cc")

static struct bw_central *importing; /* on which the form goes in */

/* Watches a form go in, and once `at` of its people have their place does what somebody
 * else does meanwhile: an own process, which is waited for, or, where it has to wait for
 * this one, left until the form is in. */
struct colleague {
    struct bw_progress progress; /* first: the import knows it alone */
    const char *words[WORDS];
    const char *when; /* what the import is at; NULL: giving out places */
    int64_t at;
    bool waits;
    pid_t pid; /* 0: not yet begun; -1: has ended well */
};

static void
do_it(const char *const words[WORDS])
{
    enum bw_exit result = office_run(
        &office, words[0], words[1], words[2], words[3], words[4], words[5], NULL);
    if (result != BW_EXIT_DONE && result != BW_EXIT_LOOK) {
        fail_msg("%s: %s%s", words[0], office.out, office.diag);
    }
}

#define DO(...) do_it((const char *const[WORDS]){__VA_ARGS__})

static void
form(const char *session, const char *name, const char *rows)
{
    DO("import", "registrations", office_write(&office, name, rows), "--session",
        session);
}

static void
ends_well(struct colleague *colleague)
{
    int status = 0;
    assert_true(colleague->pid > 0);
    assert_int_equal(waitpid(colleague->pid, &status, 0), colleague->pid);
    assert_int_equal(status, 0);
    colleague->pid = -1;
}

static void
on_step(struct bw_progress *self, const char *what, int64_t done, int64_t total)
{
    struct colleague *colleague = (struct colleague *)self;
    (void)total;
    if (colleague->pid != 0 || done != colleague->at ||
        strcmp(what, colleague->when ? colleague->when : "giving out places") != 0) {
        return;
    }
    colleague->pid = fork();
    assert_true(colleague->pid >= 0);
    if (colleague->pid == 0) {
        const char *const *w = colleague->words;
        enum bw_exit result =
            office_run(&office, w[0], w[1], w[2], w[3], w[4], w[5], NULL);
        if (result != BW_EXIT_DONE && result != BW_EXIT_LOOK) {
            (void)fprintf(stderr, "%s%s", office.out, office.diag);
            _exit(1);
        }
        _exit(0);
    }
    if (colleague->waits) {
        postgres_await_waiter(&server);
    } else {
        ends_well(colleague);
    }
}

static void
on_end(struct bw_progress *self)
{
    (void)self;
}

/* Imports a form while the colleague is at work. */
static enum bw_status
try_beside(const struct bw_import_request *request, struct colleague *colleague,
    struct bw_import_result *ret_result, struct bw_error *err)
{
    struct bw_office verbs = {.key_path = office_path(&office, "central.key"),
        .progress = &colleague->progress};
    char key_path[128];
    bw_clock_init_system(&verbs.clock);
    bw_clock_inject(&verbs.clock, DAY_MS);
    (void)snprintf(key_path, sizeof key_path, "%s", verbs.key_path);
    verbs.key_path = key_path;
    colleague->progress = (struct bw_progress){.step = on_step, .end = on_end};
    must(bw_central_open(server.uri, BW_CENTRAL_OPEN, &importing, err), err);
    verbs.central = importing;
    return bw_import_file(&verbs, request, ret_result, err);
}

/* How many it added. */
static int64_t
import_beside(const struct bw_import_request *request, struct colleague *colleague)
{
    struct bw_error err = {.text = ""};
    struct bw_import_result result = {.rows = 0};
    must(try_beside(request, colleague, &result, &err), &err);
    int64_t added = result.added;
    bw_import_result_finish(&result);
    if (colleague->waits) {
        ends_well(colleague);
    }
    assert_int_equal(colleague->pid, -1);
    return added;
}

static int64_t
registrations_beside(const char *session, const char *rows, struct colleague *colleague)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s", office_write(&office, "mine.csv", rows));
    struct bw_import_request request = {.kind = BW_IMPORT_REGISTRATIONS,
        .path = path,
        .session = session,
        .confirmed = true};
    return import_beside(&request, colleague);
}

/* S-1, and S-2 and S-3, with room for all. */
static int
setup(void **state)
{
    (void)state;
    postgres_place(&server);
    postgres_do(&server, "ALTER DATABASE postgres SET deadlock_timeout = '20ms'");
    office_open_at(&office, server.uri, PEOPLE, false);
    DO("import", "sessions",
        office_write(&office, "more.csv",
            "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
            "S-2,reeks,Leerkring Twee,leerkring,Oost,Huis,2025-03-26T13:30,"
            "2025-03-26T16:30,5,brugfunctionaris\n"
            "S-3,andere,Leerkring Drie,leerkring,Oost,Huis,2025-03-27T13:30,"
            "2025-03-27T16:30,5,brugfunctionaris\n"));
    return 0;
}

static int
teardown(void **state)
{
    bw_central_close(importing);
    importing = NULL;
    return close_office_there(state);
}

static void
somebody_is_once(const char *first_name, int64_t registrations)
{
    char sql[240];
    (void)snprintf(sql, sizeof sql,
        "SELECT count(*) FROM registration WHERE first_name = '%s'", first_name);
    assert_int_equal(number(sql), registrations);
    (void)snprintf(sql, sizeof sql,
        "SELECT count(DISTINCT r.person_no) FROM registration r JOIN person p"
        " ON p.person_no = r.person_no WHERE r.first_name = '%s'"
        " AND p.identity IS NOT NULL",
        first_name);
    assert_int_equal(number(sql), 1);
    assert_int_equal(number("SELECT count(*) FROM registration r JOIN person p"
                            " ON p.person_no = r.person_no WHERE p.identity IS NULL"),
        0);
}

/* C3, C9 */
static void
forms_of_two_circles_go_in_beside_each_other(void **state)
{
    (void)state;
    struct colleague colleague = {
        .words = {"import", "registrations",
            office_write(&office, "theirs.csv", HEADING CLEO), "--session", "S-2"},
        .at = 1};
    assert_int_equal(registrations_beside("S-1", HEADING ANNA BAS, &colleague), 2);
    assert_int_equal(number("SELECT count(*) FROM person"), 3);
    assert_int_equal(number("SELECT count(DISTINCT person_no) FROM registration"), 3);
    /* and each is taken back by itself */
    DO("undo", "3");
    DO("undo", "4");
    assert_int_equal(number("SELECT count(*) FROM person"), 0);
}

/* C9, PL7: she was nobody when the first form was read. */
static void
who_is_new_in_two_forms_at_once_is_one_person(void **state)
{
    (void)state;
    struct colleague colleague = {
        .words = {"import", "registrations",
            office_write(&office, "theirs.csv", HEADING CLEO ANNA), "--session", "S-3"},
        .at = 1};
    assert_int_equal(registrations_beside("S-1", HEADING ANNA BAS, &colleague), 2);
    somebody_is_once("Anna", 2);
    assert_int_equal(number("SELECT count(*) FROM person"), 3);
}

/* PL7: what came by standard input is kept, as it comes once. */
static void
a_form_by_standard_input_begins_anew_like_a_file(void **state)
{
    (void)state;
    struct bw_import_request request = {.kind = BW_IMPORT_REGISTRATIONS,
        .path = "-",
        .session = "S-1",
        .confirmed = true};
    assert_non_null(
        freopen(office_write(&office, "mine.csv", HEADING ANNA BAS), "r", stdin));
    struct colleague colleague = {
        .words = {"import", "registrations",
            office_write(&office, "theirs.csv", HEADING CLEO ANNA), "--session", "S-3"},
        .at = 1};
    assert_int_equal(import_beside(&request, &colleague), 2);
    somebody_is_once("Anna", 2);
    assert_int_equal(number("SELECT count(*) FROM person"), 3);
}

/* C8: its own circle is gone; the others' people go in. */
static void
a_circle_that_is_taken_back_while_a_form_is_read_is_unknown_to_it(void **state)
{
    (void)state;
    char path[128];
    DO("import", "sessions",
        office_write(&office, "fourth.csv",
            "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
            "S-4,andere,Leerkring Vier,leerkring,Oost,Huis,2025-03-28T13:30,"
            "2025-03-28T16:30,5,brugfunctionaris\n"));
    (void)snprintf(path, sizeof path, "%s",
        office_write(&office, "mine.csv", HEADING ",Leerkring" ANNA ",S-1" BAS ",S-4"));
    struct bw_import_request request = {.kind = BW_IMPORT_WAITLIST, .path = path};
    struct colleague colleague = {.words = {"undo"}, .when = "reading", .at = 1};
    assert_int_equal(import_beside(&request, &colleague), 1);
    somebody_is_once("Anna", 1);
    assert_int_equal(number("SELECT count(*) FROM session WHERE code = 'S-4'"), 0);
}

/* C9: the rows of the first circle are written, and not committed. */
static void
who_writes_the_same_new_person_second_waits_for_the_first_alone(void **state)
{
    (void)state;
    char path[128];
    (void)snprintf(path, sizeof path, "%s",
        office_write(&office, "mine.csv", HEADING ",Leerkring" ANNA ",S-1" BAS ",S-2"));
    struct bw_import_request request = {.kind = BW_IMPORT_WAITLIST, .path = path};
    struct colleague colleague = {
        .words = {"import", "registrations",
            office_write(&office, "theirs.csv", HEADING CLEO ANNA), "--session", "S-3"},
        .at = 1,
        .waits = true};
    assert_int_equal(import_beside(&request, &colleague), 2);
    somebody_is_once("Anna", 2);
    assert_int_equal(number("SELECT count(*) FROM person"), 3);
}

/* C8: what the form was read by holds no more. */
static void
a_circle_that_changes_while_its_form_is_read_is_read_again(void **state)
{
    (void)state;
    struct colleague colleague = {
        .words = {"session", "move", "S-1", "--starts", "2025-03-25T14:00", "--yes"},
        .when = "reading",
        .at = 1};
    assert_int_equal(registrations_beside("S-1", HEADING ANNA BAS, &colleague), 2);
    assert_int_equal(number("SELECT count(*) FROM registration WHERE status = 0"), 2);
}

/* C9: each has written one of the two, in the first of its circles, when it comes to the
 * other: the server ends one of them, which begins anew. */
static void
two_new_people_in_two_forms_crosswise_are_once_each(void **state)
{
    (void)state;
    char path[128];
    DO("import", "sessions",
        office_write(&office, "fourth.csv",
            "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
            "S-4,andere,Leerkring Vier,leerkring,Oost,Huis,2025-03-28T13:30,"
            "2025-03-28T16:30,5,brugfunctionaris\n"));
    (void)snprintf(path, sizeof path, "%s",
        office_write(&office, "mine.csv", HEADING ",Leerkring" ANNA ",S-1" BAS ",S-2"));
    struct bw_import_request request = {.kind = BW_IMPORT_WAITLIST, .path = path};
    struct colleague colleague = {.words = {"import", "waitlist",
                                      office_write(&office, "theirs.csv",
                                          HEADING ",Leerkring" BAS ",S-3" ANNA ",S-4")},
        .at = 1,
        .waits = true};
    (void)import_beside(&request, &colleague);
    somebody_is_once("Anna", 2);
    somebody_is_once("Bas", 2);
    assert_int_equal(number("SELECT count(*) FROM person"), 2);
    assert_int_equal(
        number("SELECT count(*) FROM step WHERE what = 'import waitlist'"), 2);
}

/* C9: the person whom the form found is somebody else's by then. */
static void
who_is_joined_with_somebody_while_a_form_goes_in_is_found_by_it(void **state)
{
    (void)state;
    char codes[2][16];
    form("S-1", "one.csv", HEADING CLEO);
    form("S-2", "two.csv", HEADING ANNA);
    (void)snprintf(codes[0], sizeof codes[0], "%s", office_code(&office, "Cleo"));
    (void)snprintf(codes[1], sizeof codes[1], "%s", office_code(&office, "Anna"));
    struct colleague colleague = {.words = {"merge-people", codes[0], codes[1]}, .at = 1};
    assert_int_equal(registrations_beside("S-3", HEADING ANNA BAS, &colleague), 2);
    somebody_is_once("Anna", 2);
    assert_int_equal(number("SELECT count(DISTINCT person_no) FROM registration"), 2);
}

/* C9: … or is nobody any more. */
static void
who_is_taken_back_while_a_form_goes_in_comes_by_the_form(void **state)
{
    (void)state;
    form("S-2", "two.csv", HEADING ANNA);
    struct colleague colleague = {.words = {"undo"}, .at = 1};
    assert_int_equal(registrations_beside("S-3", HEADING ANNA BAS, &colleague), 2);
    somebody_is_once("Anna", 1);
    assert_int_equal(number("SELECT count(*) FROM person"), 2);
}

/* C9: who is joined by the form's own step has overtaken nobody. */
static void
who_is_said_to_be_somebody_as_the_form_goes_in_is_them(void **state)
{
    (void)state;
    char path[128];
    form("S-1", "one.csv", HEADING ANNA);
    (void)snprintf(path, sizeof path, "%s",
        office_write(
            &office, "mine.csv", HEADING ROW("04", "a@x.example", "Zus", "Zwart") BAS));
    const struct bw_import_said said[] = {{.line = 2, .word = BW_IMPORT_WORD_SAME}};
    struct bw_import_request request = {.kind = BW_IMPORT_REGISTRATIONS,
        .path = path,
        .session = "S-1",
        .said = said,
        .said_count = 1,
        .confirmed = true};
    struct colleague colleague = {
        .words = {"import", "registrations",
            office_write(&office, "theirs.csv", HEADING CLEO), "--session", "S-3"},
        .at = 1};
    assert_int_equal(import_beside(&request, &colleague), 1);
    assert_int_equal(number("SELECT count(*) FROM person WHERE identity IS NOT NULL"), 3);
    assert_int_equal(number("SELECT count(*) FROM registration WHERE doubt <> 0"), 0);
    assert_int_equal(number("SELECT count(*) FROM import_batch WHERE added = 1"
                            " AND changed = 1 AND rejected = 0"),
        1);
}

/* C9 */
static void
who_comes_for_a_colleague_while_a_form_with_them_goes_in_is_one_person(void **state)
{
    (void)state;
    char code[16];
    form("S-2", "two.csv", HEADING CLEO);
    (void)snprintf(code, sizeof code, "%s", office_code(&office, "Cleo"));
    struct colleague colleague = {
        .words = {"--clock", OFFICE_DAY, "substitute", code, "Anna Aa", "a@x.example"},
        .at = 1};
    assert_int_equal(registrations_beside("S-3", HEADING ANNA BAS, &colleague), 2);
    somebody_is_once("Anna", 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        TEST(forms_of_two_circles_go_in_beside_each_other),
        TEST(who_is_new_in_two_forms_at_once_is_one_person),
        TEST(a_form_by_standard_input_begins_anew_like_a_file),
        TEST(a_circle_that_is_taken_back_while_a_form_is_read_is_unknown_to_it),
        TEST(who_writes_the_same_new_person_second_waits_for_the_first_alone),
        TEST(a_circle_that_changes_while_its_form_is_read_is_read_again),
        TEST(two_new_people_in_two_forms_crosswise_are_once_each),
        TEST(who_is_joined_with_somebody_while_a_form_goes_in_is_found_by_it),
        TEST(who_is_taken_back_while_a_form_goes_in_comes_by_the_form),
        TEST(who_is_said_to_be_somebody_as_the_form_goes_in_is_them),
        TEST(who_comes_for_a_colleague_while_a_form_with_them_goes_in_is_one_person),
    };
    return run_on_server(tests);
}
