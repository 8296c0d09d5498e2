/* `tickets`: a file a person, a list in order of sign-up, and what an independent reader
 * finds in the pictures. */
#include "tests/sync/testing.h"

#include "tests/sync/kiosk_help.h"
#include "tests/sync/office/ticket/paper_read.h"
#include "tests/sync/office/ticket/qr_read.h"

#include <brugwachter/ticket.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PEOPLE = 6, PLACES = 4, CELLS = 17, PDF_CELL = 10, DATE_CELL = 12, NEW_CELL = 16 };

/* fontconfig keeps its patterns for the life of the process, some by pointers that the
 * leak sanitizer doesn't see. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}

struct world {
    struct office office;
    char folder[200];
};

static int
setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    office_open(&world->office, PLACES, false);
    people_sign_up(&world->office, PEOPLE);
    (void)snprintf(
        world->folder, sizeof world->folder, "%s/tickets", world->office.folder);
    *state = world;
    return 0;
}

static int
teardown(void **state)
{
    struct world *world = *state;
    folder_remove(world->office.folder);
    free(world->office.out);
    free(world->office.diag);
    free(world);
    return 0;
}

static void
tickets(struct world *world)
{
    if (office_run(&world->office, "tickets", "--session", "S-1", "--out", world->folder,
            NULL) != BW_EXIT_DONE) {
        fail_msg("%s", world->office.diag);
    }
}

static int
rows_read(const struct world *world, char rows[][CELLS][PAPER_CELL_BYTES], int most)
{
    char path[300];
    (void)snprintf(path, sizeof path, "%s/tickets.csv", world->folder);
    return paper_rows(path,
        "code,first_name,name,email,school,session,status,generation,text,png,pdf,"
        "title,date,time,venue,address,new",
        CELLS, rows[0], most);
}

static void
list_is_in_order_of_sign_up_and_the_waitlist_says_so(void **state)
{
    struct world *world = *state;
    static char rows[PEOPLE + 2][CELLS][PAPER_CELL_BYTES];
    tickets(world);
    assert_int_equal(rows_read(world, rows, PEOPLE + 2), PEOPLE);
    for (int i = 0; i < PEOPLE; i++) {
        char name[16], mail[40];
        (void)snprintf(name, sizeof name, "P%d", i);
        (void)snprintf(mail, sizeof mail, "p%d@voorbeeld.example", i);
        assert_string_equal(rows[i][2], name);
        assert_string_equal(rows[i][3], mail);
        assert_string_equal(rows[i][5], "S-1");
        assert_string_equal(rows[i][6], i < PLACES ? "confirmed" : "waitlisted");
        assert_string_equal(rows[i][7], "0");
    }
    assert_non_null(strstr(world->office.out, "4 with a place, 2 on the waitlist"));
}

/* Whoever has a ticket's picture can walk in by it. */
static void
assert_private(const char *path)
{
    struct stat facts;
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
}

static void
zbar_reads_each_persons_own_signed_ticket_from_their_png(void **state)
{
    struct world *world = *state;
    static char rows[PEOPLE][CELLS][PAPER_CELL_BYTES];
    struct bw_keyring keyring = {.count = 1, .keys = {{.key = 1}}};
    tickets(world);
    assert_int_equal(rows_read(world, rows, PEOPLE), PEOPLE);
    char hex[BW_PUBLIC_KEY_BYTES * 2 + 1];
    (void)snprintf(hex, sizeof hex, "%s",
        office_text(&world->office, "SELECT lower(hex(public)) FROM signing_key"));
    for (int i = 0; i < BW_PUBLIC_KEY_BYTES; i++) {
        unsigned byte;
        assert_int_equal(sscanf(hex + 2 * i, "%2x", &byte), 1);
        keyring.keys[0].bytes[i] = (uint8_t)byte;
    }
    for (int i = 0; i < PEOPLE; i++) {
        char path[400], code[BW_CODE_BYTES];
        struct bw_ticket ticket;
        (void)snprintf(path, sizeof path, "%s/%.40s", world->folder, rows[i][9]);
        char *text = qr_text_of_png(path);
        assert_private(path);
        assert_string_equal(text, rows[i][8]);
        assert_int_equal(bw_ticket_read(text, &keyring, &ticket), BW_TICKET_SIGNED);
        bw_code_format(ticket.code, code);
        assert_string_equal(code, rows[i][0]);
        assert_int_equal(ticket.session_no, 1);
        free(text);
        (void)snprintf(path, sizeof path, "%s/%.40s.svg", world->folder, rows[i][0]);
        assert_private(path);
    }
}

/* Cairo writes the number of pages in plain text. */
static bool
has_pages(const struct world *world, const char *name, int count)
{
    char path[300], mark[24];
    static char bytes[1 << 20];
    (void)snprintf(path, sizeof path, "%s/%s", world->folder, name);
    (void)snprintf(mark, sizeof mark, "/Count %d\n", count);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(bytes, 1, sizeof bytes, file);
    (void)fclose(file);
    assert_memory_equal(bytes, "%PDF-", 5);
    return memmem(bytes, length, mark, strlen(mark)) != NULL;
}

static void
a_book_has_a_page_a_person_and_a_sheet_four_of_them(void **state)
{
    struct world *world = *state;
    tickets(world);
    assert_true(has_pages(world, "tickets.pdf", PEOPLE));
    assert_true(has_pages(world, "sheets.pdf", (PEOPLE + 3) / 4));
}

/* TP1: whichever thread drew which. */
static void
zbar_reads_both_pages_of_each_persons_own_pdf(void **state)
{
    struct world *world = *state;
    static char rows[PEOPLE][CELLS][PAPER_CELL_BYTES];
    char path[400];
    tickets(world);
    assert_int_equal(rows_read(world, rows, PEOPLE), PEOPLE);
    for (int i = 0; i < PEOPLE; i++) {
        (void)snprintf(path, sizeof path, "%s/%.40s", world->folder, rows[i][PDF_CELL]);
        assert_private(path);
        for (int page = 1; page <= 2; page++) { /* a phone's, and A6 */
            char *text = qr_text_of_pdf(path, page);
            assert_string_equal(text, rows[i][8]);
            free(text);
        }
    }
}

static void
a_book_is_by_surname_and_a_list_by_sign_up(void **state)
{
    struct world *world = *state;
    static char rows[PEOPLE][CELLS][PAPER_CELL_BYTES];
    char path[400];
    tickets(world);
    assert_int_equal(rows_read(world, rows, PEOPLE), PEOPLE);
    (void)snprintf(path, sizeof path, "%s/tickets.pdf", world->folder);
    for (int i = 0; i < PEOPLE; i++) { /* P0, P1 … are in order of both */
        char *text = qr_text_of_pdf(path, i + 1);
        assert_string_equal(text, rows[i][8]);
        free(text);
    }
}

static void
only_who_has_none_yet_gets_one_by_new(void **state)
{
    struct world *world = *state;
    static char rows[PEOPLE][CELLS][PAPER_CELL_BYTES];
    char path[400];
    tickets(world);
    assert_int_equal(rows_read(world, rows, PEOPLE), PEOPLE);
    for (int i = 0; i < PEOPLE; i++) {
        assert_string_equal(rows[i][NEW_CELL], "yes");
    }
    (void)snprintf(path, sizeof path, "%s/%.40s", world->folder, rows[0][9]);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(
        office_run(&world->office, "reissue", rows[1][0], NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&world->office, "tickets", "--session", "S-1", "--out",
                         world->folder, "--new", NULL),
        BW_EXIT_DONE);
    assert_non_null(strstr(world->office.out, "Wrote 1 tickets"));
    assert_int_not_equal(access(path, F_OK), 0); /* who has theirs gets no second */
    assert_true(has_pages(world, "tickets-new.pdf", 1));
    assert_true(has_pages(world, "sheets-new.pdf", 1));
    assert_true(has_pages(world, "tickets.pdf", PEOPLE));
    assert_int_equal(rows_read(world, rows, PEOPLE), PEOPLE);
    for (int i = 0; i < PEOPLE; i++) {
        assert_string_equal(rows[i][NEW_CELL], i == 1 ? "yes" : "no");
    }
    assert_int_equal(office_run(&world->office, "tickets", "--session", "S-1", "--out",
                         world->folder, "--new", NULL),
        BW_EXIT_DONE);
    assert_non_null(strstr(world->office.out, "Wrote 0 tickets"));
}

static void
each_session_of_a_series_has_a_folder_of_its_own(void **state)
{
    struct world *world = *state;
    char path[400];
    enum bw_exit result;
    json_t *answer = office_json(&world->office, &result, "tickets", "--series", "reeks",
        "--out", world->folder, "--clock", KIOSK_BEFORE, NULL);
    if (result != BW_EXIT_DONE) {
        fail_msg("%s", world->office.diag);
    }
    json_t *first = json_array_get(json_object_get(answer, "sessions"), 0);
    assert_string_equal(json_string_value(json_object_get(first, "session")), "S-1");
    assert_int_equal(json_integer_value(json_object_get(first, "written")), PEOPLE);
    json_decref(answer);
    (void)snprintf(path, sizeof path, "%s/S-1/tickets.csv", world->folder);
    assert_int_equal(access(path, F_OK), 0);
    (void)snprintf(path, sizeof path, "%s/tickets.csv", world->folder);
    assert_int_not_equal(access(path, F_OK), 0);
    assert_int_equal(office_run(&world->office, "tickets", "--series", "geen", "--out",
                         world->folder, NULL),
        BW_EXIT_FAILED);
    assert_int_equal(office_run(&world->office, "tickets", "--out", world->folder, NULL),
        BW_EXIT_USAGE);
}

static void
cancelled_person_gets_none_and_loses_the_old_files(void **state)
{
    struct world *world = *state;
    static char rows[PEOPLE][CELLS][PAPER_CELL_BYTES];
    char path[400];
    tickets(world);
    assert_int_equal(rows_read(world, rows, PEOPLE), PEOPLE);
    assert_int_equal(
        office_run(&world->office, "cancel", rows[1][0], NULL), BW_EXIT_DONE);
    (void)snprintf(path, sizeof path, "%s/%.40s", world->folder, rows[1][9]);
    assert_int_equal(access(path, F_OK), 0);
    tickets(world);
    assert_int_not_equal(access(path, F_OK), 0);
    assert_int_equal(rows_read(world, rows, PEOPLE), PEOPLE - 1);
    assert_string_equal(rows[1][2], "P2");
}

static void
reissued_ticket_has_a_new_generation_and_text(void **state)
{
    struct world *world = *state;
    static char before[PEOPLE][CELLS][PAPER_CELL_BYTES],
        after[PEOPLE][CELLS][PAPER_CELL_BYTES];
    tickets(world);
    (void)rows_read(world, before, PEOPLE);
    assert_int_equal(
        office_run(&world->office, "reissue", before[0][0], NULL), BW_EXIT_DONE);
    tickets(world);
    (void)rows_read(world, after, PEOPLE);
    assert_string_equal(after[0][0], before[0][0]);
    assert_string_equal(after[0][7], "1");
    assert_string_not_equal(after[0][8], before[0][8]);
    assert_string_equal(after[1][8], before[1][8]);
}

static void
another_sessions_tickets_in_the_folder_stay_as_they_are(void **state)
{
    struct world *world = *state;
    static char before[PEOPLE][CELLS][PAPER_CELL_BYTES],
        after[PEOPLE][CELLS][PAPER_CELL_BYTES];
    char path[400];
    const char *more = office_write(&world->office, "more.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Elders,leerkring,Noord,Huis,2025-03-26T13:30,"
        "2025-03-26T16:30,9,brugfunctionaris\n");
    assert_int_equal(
        office_run(&world->office, "import", "sessions", more, NULL), BW_EXIT_DONE);
    tickets(world);
    assert_int_equal(rows_read(world, before, PEOPLE), PEOPLE);
    assert_int_equal(office_run(&world->office, "tickets", "--session", "S-2", "--out",
                         world->folder, NULL),
        BW_EXIT_DONE);
    assert_non_null(strstr(world->office.out, "/tickets/S-2: "));
    assert_int_equal(rows_read(world, after, PEOPLE), PEOPLE);
    assert_memory_equal(after, before, sizeof before);
    (void)snprintf(path, sizeof path, "%s/S-2/tickets.csv", world->folder);
    assert_int_equal(access(path, F_OK), 0);
    tickets(world);
    assert_non_null(strstr(world->office.out, "/tickets: "));
}

/* The words on a page of one of the folder's files; the caller frees. */
static char *
page_words(const struct world *world, const char *name, int page)
{
    char path[400];
    (void)snprintf(path, sizeof path, "%s/%.100s", world->folder, name);
    return paper_words(path, page);
}

static void
the_route_stands_below_the_address_where_there_is_one(void **state)
{
    struct world *world = *state;
    tickets(world);
    char *text = page_words(world, "tickets.pdf", 1);
    assert_null(strstr(text, "bus 3"));
    free(text);
    const char *path = office_write(&world->office, "sessions.csv",
        "code,series,title,venue,address,starts_at,ends_at,capacity,Reisadvies\n"
        "S-1,reeks,Leerkring Zwolle,Buurthuis,\"Straat 1, Zwolle\",2025-03-25T13:30,"
        "2025-03-25T16:30,4,\"Vanaf station: bus 3, halte Brug, dan 2 minuten "
        "lopen.\"\n");
    assert_int_equal(
        office_run(&world->office, "import", "sessions", path, NULL), BW_EXIT_DONE);
    tickets(world);
    text = page_words(world, "tickets.pdf", 1);
    const char *address = strstr(text, "Straat 1, Zwolle");
    assert_non_null(address);
    assert_non_null(
        strstr(address, "Vanaf station: bus 3, halte Brug, dan 2 minuten lopen."));
    free(text);
    text = page_words(world, "sheets.pdf", 1);
    assert_non_null(strstr(text, "Vanaf station: bus 3"));
    free(text);
}

/* On a phone and on paper, of who has a place and of who waits. */
static void
a_ticket_is_in_the_language_that_was_asked_for(void **state)
{
    struct world *world = *state;
    static char rows[PEOPLE][CELLS][PAPER_CELL_BYTES];
    static const char *const said[] = {"You have a place", "Doors open at 12.30",
        "Tuesday 25 March 2025", "13.30 – 16.30", "The camera keeps no images."};
    assert_int_equal(office_run(&world->office, "tickets", "--session", "S-1", "--out",
                         world->folder, "--language", "en", NULL),
        BW_EXIT_DONE);
    assert_int_equal(rows_read(world, rows, PEOPLE), PEOPLE);
    assert_string_equal(rows[0][DATE_CELL], "Tuesday 25 March 2025");
    char *text = page_words(world, rows[0][PDF_CELL], 0);
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        if (strstr(text, said[i]) == NULL) {
            fail_msg("no \"%s\" in: %s", said[i], text);
        }
    }
    assert_null(strstr(text, "Je hebt"));
    free(text);
    text = page_words(world, rows[PLACES][PDF_CELL], 2);
    assert_non_null(strstr(text, "Waiting list: you are number 1"));
    assert_non_null(strstr(text, "Then we mail you a new ticket."));
    free(text);
    assert_int_equal(office_run(&world->office, "tickets", "--session", "S-1", "--out",
                         world->folder, "--language", "de", NULL),
        BW_EXIT_USAGE);
}

static void
unknown_session_is_refused_and_nothing_is_written(void **state)
{
    struct world *world = *state;
    assert_int_equal(office_run(&world->office, "tickets", "--session", "S-9", "--out",
                         world->folder, NULL),
        BW_EXIT_FAILED);
    assert_int_not_equal(access(world->folder, F_OK), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(list_is_in_order_of_sign_up_and_the_waitlist_says_so),
        CASE(zbar_reads_each_persons_own_signed_ticket_from_their_png),
        CASE(a_book_has_a_page_a_person_and_a_sheet_four_of_them),
        CASE(zbar_reads_both_pages_of_each_persons_own_pdf),
        CASE(a_book_is_by_surname_and_a_list_by_sign_up),
        CASE(only_who_has_none_yet_gets_one_by_new),
        CASE(each_session_of_a_series_has_a_folder_of_its_own),
        CASE(cancelled_person_gets_none_and_loses_the_old_files),
        CASE(reissued_ticket_has_a_new_generation_and_text),
        CASE(another_sessions_tickets_in_the_folder_stay_as_they_are),
        CASE(the_route_stands_below_the_address_where_there_is_one),
        CASE(a_ticket_is_in_the_language_that_was_asked_for),
        CASE(unknown_session_is_refused_and_nothing_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
