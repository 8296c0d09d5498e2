/* Every command of the program beside a colleague who is in the midst of a step, on a
 * real PostgreSQL: in another circle of the series it ends, in the same circle it waits
 * and then goes on, and what is right to take the whole database does. A command that
 * isn't in the table here fails the test. */
#include "tests/sync/kiosk_help.h"
#include "tests/sync/one_server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PEOPLE = 10, WORDS = 12, NAP_NS = 2000000, NAPS = 5000 };

#define HEADING "Tijdstempel,E-mailadres,Voornaam,Achternaam,School,Functie,Regio\n"
#define AFTER "2025-03-25T18:00:00"

enum verb_lock {
    SESSION,   /* its circle, and no other one */
    NO_CIRCLE, /* none: numbers at most */
    READS,     /* waits for nobody */
    WHOLE,     /* the whole database */
    NOT_HERE,  /* another file's: a store, a copy; or it runs for ever */
};

/* Words: @P1 is the code of the person called so, %f a file of the office's folder. */
static const struct verb {
    enum verb_lock lock;
    bool undo;    /* it is taken back */
    bool numbers; /* it, or its undo, waits for who has those (C3) */
    const char *words[WORDS], *before[WORDS];
} verbs[] = {
    {SESSION, true, false, {"cancel", "@P0"}, {NULL}},
    {SESSION, true, false, {"cancel", "@P0", "@P1"}, {NULL}},
    {SESSION, true, false, {"reinstate", "@P0"}, {"cancel", "@P0"}},
    {SESSION, true, false, {"block", "@P1", "--why", "x"}, {NULL}},
    {SESSION, true, false, {"unblock", "@P1"}, {"block", "@P1", "--why", "x"}},
    {SESSION, true, false, {"promote", "--session", "S-1"}, {"cancel", "@P0"}},
    {SESSION, true, false, {"reissue", "@P1"}, {NULL}},
    {SESSION, true, false, {"move", "@P1", "--session", "S-3"}, {NULL}},
    {SESSION, true, false, {"move", "@P1", "@P2", "--session", "S-3"}, {NULL}},
    {SESSION, true, false, {"substitute", "@P1", "Klaas Vak", "k@x.example"}, {NULL}},
    {SESSION, true, false, {"correct", "@P1", "name=Puk"}, {NULL}},
    {SESSION, true, false, {"merge-people", "@P3", "@P4"}, {NULL}},
    {SESSION, true, false, {"settle", "@Z0", "same", "--why", "x"}, {NULL}},
    {SESSION, true, false, {"settle", "@Z0", "other", "--why", "x"}, {NULL}},
    {SESSION, true, false, {"settle", "@Z0", "out", "--why", "x"}, {NULL}},
    {SESSION, true, false, {"settle", "1", "in", "--why", "x"}, {NULL}},
    {SESSION, true, false, {"settle", "1", "out", "--why", "x"}, {NULL}},
    {SESSION, true, false, {"settle", "#1-1", "out", "--why", "x"}, {NULL}},
    {SESSION, true, false, {"session", "cancel", "S-1"}, {NULL}},
    {SESSION, true, false, {"session", "move", "S-1", "--venue", "Elders"}, {NULL}},
    {SESSION, true, false, {"import", "registrations", "%late.csv", "--session", "S-1"},
        {NULL}},
    {SESSION, true, false, {"import", "waitlist", "%wait.csv"}, {NULL}},
    {SESSION, true, false, {"import", "sessions", "%changed.csv"}, {NULL}},
    {SESSION, true, false,
        {"import", "attendance", "%paper.csv", "--session", "S-1", "--clock", AFTER},
        {NULL}},
    {NO_CIRCLE, true, false, {"import", "sessions", "%new.csv"}, {NULL}},
    {NO_CIRCLE, true, false,
        {"session", "add", "S-9", "title=Erbij", "starts_at=2030-03-25 13:30"}, {NULL}},
    {NO_CIRCLE, true, true, {"import", "agenda", "%agenda.csv"}, {NULL}},
    {NO_CIRCLE, true, true, {"import", "schools", "%schools.csv"}, {NULL}},
    {NO_CIRCLE, true, true, {"settings", "alias", "Twente=Oost"}, {NULL}},
    {NO_CIRCLE, true, true, {"settings", "school", "Klimop=De Klim, Zwolle"},
        {"import", "schools", "%schools.csv"}},
    {NO_CIRCLE, false, true, {"key", "new"}, {NULL}},
    {NO_CIRCLE, false, true, {"mail", "--session", "S-1", "--out", "%mails"}, {NULL}},
    {NO_CIRCLE, true, true, {"mail", "text", "ticket", "subject", "Tot dan"}, {NULL}},
    {SESSION, true, true, {"mail", "back", "@P1", "--why", "x"}, {NULL}},
    {SESSION, true, true, {"mail", "none", "@P1"}, {NULL}},
    {SESSION, true, true, {"mail", "again", "@P1"}, {"mail", "none", "@P1"}},
    {NO_CIRCLE, false, true, {"report", "--session", "S-1", "--out", "%report"}, {NULL}},
    {NO_CIRCLE, false, false, {"undo"}, {"settings", "alias", "Salland=Oost"}},
    {SESSION, false, false, {"pack", "--device", "1", "--out", "%stick"}, {NULL}},
    {READS, false, false, {"find", "Piet"}, {NULL}},
    {READS, false, false, {"tickets", "--session", "S-1", "--out", "%tickets"}, {NULL}},
    {READS, false, false, {"roster", "--session", "S-1", "--out", "%paper"}, {NULL}},
    {READS, false, false,
        {"certificates", "--session", "S-1", "--out", "%certs", "--clock", AFTER},
        {NULL}},
    {NOT_HERE, false, false, {"practice"}, {NULL}},
    {READS, false, false, {"kiosks"}, {NULL}},
    {READS, false, false, {"merge"}, {NULL}}, /* of letters, when there are none */
    {READS, false, false, {"conflicts"}, {NULL}},
    {READS, false, false, {"doubts"}, {NULL}},
    {READS, false, false, {"log"}, {NULL}},
    {READS, false, false, {"verify"}, {NULL}},
    {READS, false, false, {"status"}, {NULL}},
    {READS, false, false, {"export-person", "@P5"}, {NULL}},
    {SESSION, false, false,
        {"enrol", "--session", "S-1", "--name", "Zij", "--out", "%enrolment.json",
            "--clock", KIOSK_BEFORE},
        {NULL}},
    {SESSION, false, false, {"revoke", "1", "--why", "x"}, {NULL}},
    {WHOLE, false, false, {"key", "retire", "1"}, {NULL}},
    {WHOLE, false, false, {"forget", "@P5", "--yes"}, {NULL}},
    {WHOLE, false, false, {"purge", "--before", "2025-03-01"}, {NULL}},
    {NOT_HERE, false, false, {"card"}, {NULL}},
    {NOT_HERE, false, false, {"init"}, {NULL}},
    {NOT_HERE, false, false, {"desk"}, {NULL}},
    {NOT_HERE, false, false, {"run"}, {NULL}},
    {NOT_HERE, false, false, {"backup"}, {NULL}},
    {NOT_HERE, false, false, {"restore"}, {NULL}},
    {NOT_HERE, false, false, {"copy-central"}, {NULL}},
    {NOT_HERE, false, false, {"enrol-device"}, {NULL}},
    {NOT_HERE, false, false, {"pull"}, {NULL}},
    {NOT_HERE, false, false, {"push"}, {NULL}},
    {NOT_HERE, false, false, {"sync"}, {NULL}},
    {NOT_HERE, false, false, {"export"}, {NULL}},
};

static struct kiosk kiosk;
static struct bw_central *held; /* a colleague's, in the midst of a step */

/* ---- a colleague ---- */

/* In the midst of a step in that session, which gives numbers or not. */
static void
colleague_begins(uint32_t session_no, bool numbers)
{
    struct bw_error err = {.text = ""};
    int64_t revision = 0;
    must(bw_central_open(server.uri, BW_CENTRAL_OPEN, &held, &err), &err);
    must(bw_central_begin_step(held, &err), &err);
    must(bw_central_hold_sessions(held, &session_no, 1, true, &err), &err);
    if (numbers) {
        must(bw_central_lock_numbers(held, &err), &err);
    }
    must(bw_central_next_step(held, &err), &err);
    must(bw_central_next_revision(held, session_no, &revision, &err), &err);
}

static void
colleague_ends(void)
{
    bw_central_close(held);
    held = NULL;
}

/* ---- the office ---- */

/* Owned. */
static char *
word_of(const char *word)
{
    char sql[120], text[BW_CODE_BYTES];
    if (word[0] == '%') {
        return strdup(office_path(&office, word + 1));
    }
    if (word[0] != '@') {
        return strdup(word);
    }
    (void)snprintf(sql, sizeof sql,
        "SELECT min(code) FROM registration WHERE name = '%s'", word + 1);
    bw_code_format((bw_code)number(sql), text);
    return strdup(text);
}

static enum bw_exit
run(const char *const words[WORDS])
{
    char *w[WORDS] = {NULL};
    const char *clock = OFFICE_DAY;
    for (int i = 0; i < WORDS && words[i] != NULL; i++) {
        if (strcmp(words[i], "--clock") == 0) {
            clock = words[i + 1];
            break; /* it stands last */
        }
        w[i] = word_of(words[i]);
    }
    enum bw_exit result = office_run(&office, "--clock", clock, w[0], w[1], w[2], w[3],
        w[4], w[5], w[6], w[7], w[8], w[9], w[10], w[11], NULL);
    for (int i = 0; i < WORDS; i++) {
        free(w[i]);
    }
    return result;
}

static bool
is_fine(enum bw_exit result)
{
    return result == BW_EXIT_DONE || result == BW_EXIT_LOOK;
}

static void
is_done(const char *const words[WORDS], enum bw_exit result)
{
    if (!is_fine(result)) {
        fail_msg("%s %s %s: %d: %s%s", words[0], words[1] ? words[1] : "",
            words[2] ? words[2] : "", (int)result, office.out, office.diag);
    }
}

static void
do_it(const char *const words[WORDS])
{
    is_done(words, run(words));
}

#define DO(...) do_it((const char *const[WORDS]){__VA_ARGS__})

/* PEOPLE of one first name, with letters of their own as last names. */
static void
people(const char *session, const char *first_name, char letter)
{
    char form[1600] = HEADING;
    size_t used = sizeof HEADING - 1;
    for (int i = 0; i < PEOPLE; i++) {
        used += (size_t)snprintf(form + used, sizeof form - used,
            "2025-02-10 09:00:%02d,%c%d@x.example,%s,%c%d,School,Brugfunctionaris,Oost\n",
            i, letter, i, first_name, letter, i);
    }
    (void)office_write(&office, "form.csv", form);
    DO("import", "registrations", "%form.csv", "--session", session);
}

#define SESSIONS                                                                         \
    "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
#define SESSION_ROW(code, title, places)                                                 \
    code ",reeks," title                                                                 \
         ",leerkring,Oost,Huis,2025-03-25T13:30,2025-03-25T16:30," places                \
         ",brugfunctionaris\n"

static void
files(void)
{
    (void)office_write(&office, "late.csv",
        HEADING "2025-02-11 09:00:00,l@x.example,Laat,L0,School,Brugfunctionaris,Oost\n");
    (void)office_write(&office, "wait.csv",
        "Tijdstempel,E-mailadres,Voornaam,Achternaam,School,Functie,Regio,Leerkring\n"
        "2025-02-11 09:00:00,w@x.example,Wacht,W0,School,Brugfunctionaris,Oost,S-1\n");
    (void)office_write(
        &office, "changed.csv", SESSIONS SESSION_ROW("S-1", "Leerkring anders", "8"));
    (void)office_write(
        &office, "new.csv", SESSIONS SESSION_ROW("S-9", "Leerkring nieuw", "8"));
    (void)office_write(&office, "agenda.csv", "kind,title\nvraaguur,Vraaguur\n");
    (void)office_write(&office, "schools.csv", "School,Plaats\nDe Klim,Zwolle\n");
    (void)office_write(&office, "paper.csv", "Naam,Aanwezig\nPiet P2,x\n");
}

/* Somebody who looks like P8, and an event in quarantine: a kiosk of S-1 alone wrote it
 * in S-3. */
static void
doubts(void)
{
    struct bw_event_details details = {.person = {.first_name = "Inez", .name = "Zwart"}};
    struct bw_event elsewhere = {.session_no = 3,
        .kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_WALK_IN,
        .verdict = BW_VERDICT_WELCOME,
        .code = BW_CODE_NONE};
    (void)office_write(&office, "double.csv",
        HEADING "2025-02-12 09:00:00,P8@x.example,Zus,Z0,School,Brugfunctionaris,Oost\n");
    DO("import", "registrations", "%double.csv", "--session", "S-1");
    assert_int_equal(number("SELECT count(*) FROM registration WHERE doubt <> 0"), 1);
    kiosk_open(&kiosk, &office, "Balie", "S-1");
    (void)kiosk_walk_in(&kiosk, "Jan", "Boer");
    (void)kiosk_event(&kiosk, elsewhere, &details);
    assert_true(is_fine(kiosk_run(&kiosk, "push", "--clock", AFTER, NULL)));
    colleague_begins(2, true);
    DO("merge", "--clock", AFTER);
    colleague_ends();
    assert_int_equal(number("SELECT count(*) FROM quarantine"), 1);
    assert_int_equal(number("SELECT count(*) FROM event"), 1);
}

/* S-1 with people P…, S-2 with A…, S-3 with room; one series. */
static int
setup(void **state)
{
    (void)state;
    postgres_place(&server);
    office_open_at(&office, server.uri, PEOPLE - 2, false);
    (void)office_write(&office, "more.csv",
        SESSIONS SESSION_ROW("S-2", "Leerkring twee", "8")
            SESSION_ROW("S-3", "Leerkring drie", "50"));
    DO("import", "sessions", "%more.csv");
    people("S-1", "Piet", 'P');
    people("S-2", "Anna", 'A');
    files();
    doubts();
    DO("import", "attendance", "%paper.csv", "--session", "S-1", "--clock", AFTER);
    DO("undo"); /* the office's log of paper lists stays, which took a number */
    return 0;
}

static int
teardown(void **state)
{
    colleague_ends();
    kiosk_finish(&kiosk);
    return close_office_there(state);
}

/* How many wait for a lock; looked at until there's one, or `pid` has ended. */
static bool
waits(pid_t pid, int *ret_status)
{
    const struct timespec nap = {0, NAP_NS};
    for (int i = 0; i < NAPS; i++) {
        if (postgres_has_waiter(&server)) {
            return true;
        }
        if (waitpid(pid, ret_status, WNOHANG) == pid) {
            return false;
        }
        (void)nanosleep(&nap, NULL);
    }
    return false;
}

/* Waits while a colleague is at that session, and is done when they are. */
static void
waits_for(const struct verb *verb, uint32_t session_no)
{
    int status = 0;
    colleague_begins(session_no, false);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        enum bw_exit result = run(verb->words);
        if (!is_fine(result)) {
            (void)fprintf(stderr, "%s%s", office.out, office.diag);
        }
        _exit(is_fine(result) ? 0 : 1);
    }
    bool waited = waits(pid, &status);
    colleague_ends();
    if (!waited) {
        fail_msg("%s %s waits for nobody", verb->words[0], verb->words[1]);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (status != 0) {
        fail_msg("%s %s doesn't end well", verb->words[0], verb->words[1]);
    }
}

static void
take_back(const struct verb *verb)
{
    if (verb->undo) {
        DO("undo");
    }
}

static void
passes(const struct verb *verb, uint32_t session_no)
{
    colleague_begins(session_no, !verb->numbers);
    do_it(verb->words);
    take_back(verb);
    colleague_ends();
}

static void
is_as_it_says(const struct verb *verb)
{
    if (verb->before[0] != NULL) {
        do_it(verb->before);
    }
    switch (verb->lock) {
    case SESSION:
        passes(verb, 2);
        waits_for(verb, strcmp(verb->words[1], "1") == 0 && !verb->undo ? 1
                        : strcmp(verb->words[1], "1") == 0              ? 3
                                                                        : 1);
        take_back(verb);
        break;
    case NO_CIRCLE:
        passes(verb, 2);
        break;
    case READS:
        passes(verb, 1);
        break;
    case WHOLE:
        waits_for(verb, 2);
        break;
    case NOT_HERE:
        return;
    }
    if (verb->before[0] != NULL && verb->undo) {
        DO("undo");
    }
}

/* C8 */
static void
every_command_waits_for_its_own_circle_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        is_as_it_says(&verbs[i]);
    }
}

static void
no_command_is_missing_from_the_table(void **state)
{
    (void)state;
    for (int i = 0; bw_sync_commands.commands[i] != NULL; i++) {
        const char *name = bw_sync_commands.commands[i]->name;
        bool found = false;
        for (size_t k = 0; k < sizeof verbs / sizeof verbs[0]; k++) {
            found = found || strcmp(verbs[k].words[0], name) == 0;
        }
        if (!found) {
            fail_msg("what %s holds isn't said here", name);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_command_is_missing_from_the_table),
        cmocka_unit_test_setup_teardown(
            every_command_waits_for_its_own_circle_alone, setup, teardown),
    };
    return run_on_server(tests);
}
