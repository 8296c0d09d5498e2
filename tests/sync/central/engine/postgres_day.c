/* See postgres_day.h. What is drawn by lot (codes, keys, the database's id) differs from
 * one database to another; all else that is told has to be the same. */
#include "tests/sync/central/engine/postgres_day.h"
#include "tests/sync/kiosk_help.h"
#include "tests/sync/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { TEXT_BYTES = 1 << 16 };

/* All that a day told, one answer after the other. */
struct told {
    char text[TEXT_BYTES];
    size_t length;
};

static struct postgres *server;

/* A session's code is S-1 or S-2, a person's has eight letters. */
static bool
is_drawn(const char *name, const json_t *value)
{
    static const char *const names[] = {"generated_at", "public", "words", "notes", "uri",
        "disk_free_mib", "message_id", "at_ms", "file", "from_code", "next"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return strcmp(name, "code") == 0 && json_string_length(value) == 8;
}

static void
drop_drawn(json_t *value)
{
    const char *name;
    json_t *member;
    void *next;
    size_t i;
    json_object_foreach_safe(value, next, name, member)
    {
        if (is_drawn(name, member)) {
            (void)json_object_del(value, name);
        } else {
            drop_drawn(member);
        }
    }
    json_array_foreach(value, i, member)
    {
        drop_drawn(member);
    }
    json_drop_pace(value);
}

static void
note(struct told *told, const char *what, int result, json_t *answer)
{
    drop_drawn(answer);
    char *text = answer != NULL ? json_dumps(answer, JSON_SORT_KEYS) : NULL;
    int written = snprintf(told->text + told->length, sizeof told->text - told->length,
        "%s: %d %s\n", what, result, text != NULL ? text : "-");
    assert_in_range(written, 1, sizeof told->text - told->length - 1);
    told->length += (size_t)written;
    free(text);
    json_decref(answer);
}

#define TELL(told, office, ...)                                                          \
    do {                                                                                 \
        enum bw_exit result_;                                                            \
        json_t *answer_ = office_json(office, &result_, __VA_ARGS__, NULL);              \
        if (result_ == BW_EXIT_FAILED || result_ == BW_EXIT_USAGE) {                     \
            fail_msg("%s: %s", #__VA_ARGS__, (office)->diag);                            \
        }                                                                                \
        note(told, #__VA_ARGS__, (int)result_, answer_);                                 \
    } while (0)

static void
import_all(struct told *told, struct office *office)
{
    const char *more = office_write(office, "more.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Elders,leerkring,Noord,Huis,2025-03-26T13:30,"
        "2025-03-26T16:30,2,brugfunctionaris\n");
    TELL(told, office, "import", "sessions", more, "--clock", KIOSK_BEFORE);
    people_sign_up(office, 6);
    const char *elsewhere = office_write(office, "elsewhere.csv",
        "Tijdstempel,E-mailadres,Voornaam,Achternaam,School,Functie,Regio\n"
        "2025-02-10 08:00:00,o@voorbeeld.example,Şule,Öztürk,Elders,Brugfunctionaris,"
        "Noord\n"
        "2025-02-10 08:01:00,p1@voorbeeld.example,Piet,P1,OBS De Brug,Brugfunctionaris,"
        "Oost\n"
        "2025-02-10 08:02:00,,Anna,Zonder Mail,OBS,Brugfunctionaris,Noord\n"
        "2025-02-10 08:03:00,x@voorbeeld.example,Bo,X,OBS,directeur,Noord\n");
    TELL(told, office, "import", "registrations", elsewhere, "--session", "S-2",
        "--clock", KIOSK_BEFORE);
    const char *waitlist = office_write(office, "waitlist.csv",
        "Tijdstempel,E-mailadres,Voornaam,Achternaam,School,Functie,Regio,Leerkring\n"
        "2025-02-11 08:00:00,w@voorbeeld.example,Wim,W,OBS,Brugfunctionaris,Oost,S-1\n");
    TELL(told, office, "import", "waitlist", waitlist, "--clock", KIOSK_BEFORE);
    TELL(told, office, "import", "agenda", demo_path("agenda.csv"), "--clock",
        KIOSK_BEFORE);
}

static void
change_places(struct told *told, struct office *office)
{
    TELL(told, office, "cancel", office_code(office, "Anna"), "--clock", KIOSK_BEFORE);
    TELL(told, office, "promote", "--session", "S-2", "--clock", KIOSK_BEFORE);
    TELL(told, office, "block", office_code(office, "Wim"), "--why", "x", "--clock",
        KIOSK_BEFORE);
    TELL(told, office, "unblock", office_code(office, "Wim"), "--clock", KIOSK_BEFORE);
    TELL(told, office, "reissue", office_code(office, "Şule"), "--clock", KIOSK_BEFORE);
    TELL(told, office, "move", office_code(office, "Şule"), "--session", "S-1", "--clock",
        KIOSK_BEFORE);
    TELL(told, office, "mail", "--check", "--clock", KIOSK_BEFORE);
    TELL(told, office, "undo", "--clock", KIOSK_BEFORE);
    TELL(told, office, "mail", "--check", "--clock", KIOSK_BEFORE);
    TELL(told, office, "substitute", office_code(office, "Şule"), "Co Lega",
        "co@voorbeeld.example", "--clock", KIOSK_BEFORE);
    TELL(told, office, "mail", "--check", "--clock", KIOSK_BEFORE);
    TELL(told, office, "undo", "--clock", KIOSK_BEFORE);
    TELL(told, office, "key", "new", "--clock", KIOSK_BEFORE);
}

/* What they were told before the places changed, and what they are told then. */
static void
mail_all(struct told *told, struct office *office, const char *folder)
{
    TELL(told, office, "mail", "--check", "--clock", KIOSK_BEFORE);
    TELL(told, office, "mail", "--to", office_path(office, "merge.csv"), "--series",
        "reeks", "--clock", KIOSK_BEFORE);
    TELL(told, office, "mail", "--not-sent", "--clock", KIOSK_BEFORE);
    TELL(told, office, "mail", "--out", office_path(office, folder), "--mail-from",
        "org@voorbeeld.example", "--clock", KIOSK_BEFORE);
    TELL(told, office, "mail", "--check", "--clock", KIOSK_BEFORE);
}

#define FORM "Tijdstempel,E-mailadres,Naam,School,Functie\n"
#define OF ",De Brug,brugfunctionaris\n"

/* Answers that are corrected, in doubt, joined, and all of it taken back. Sentences hold
 * codes, which are drawn by lot. */
static void
settle_people(struct told *told, struct office *office)
{
    static const char *const forms[] = {FORM "10-2-2025 09:13:05,s@x.nl,Nora Vos" OF
                                             "10-2-2025 09:14:05,s@x.nl,Kees Bos" OF
                                             "10-2-2025 09:15:05,k@x.nl,Karin Jansen" OF
                                             "10-2-2025 09:16:05,l@x.nl,Carin Janssen" OF,
        FORM "10-2-2025 09:13:05,n@x.nl,Noor Vos" OF
             "10-2-2025 09:20:05,m@x.nl,Mia Mulder" OF};
    const char *third = office_write(office, "third.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-3,derde,Leerkring Derde,leerkring,Noord,Huis,2025-03-27T13:30,"
        "2025-03-27T16:30,4,brugfunctionaris\n");
    TELL(told, office, "import", "sessions", third, "--clock", KIOSK_BEFORE);
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        (void)office_run(office, "import", "registrations",
            office_write(office, "form.csv", forms[i]), "--session", "S-3", "--clock",
            KIOSK_BEFORE, NULL);
    }
    TELL(told, office, "doubts");
    TELL(told, office, "settle", office_code(office, "Kees"), "other", "--why", "x",
        "--clock", KIOSK_BEFORE);
    TELL(told, office, "settle", office_code(office, "Carin"), "same", "--why", "x",
        "--clock", KIOSK_BEFORE);
    char mia[BW_CODE_SHOWN_BYTES];
    (void)snprintf(mia, sizeof mia, "%s", office_code(office, "Mia"));
    TELL(told, office, "merge-people", mia, office_code(office, "Noor"), "--clock",
        KIOSK_BEFORE);
    TELL(told, office, "status", "--clock", KIOSK_BEFORE);
    for (int i = 0; i < 5; i++) {
        TELL(told, office, "undo", "--clock", KIOSK_BEFORE);
        TELL(told, office, "status", "--clock", KIOSK_BEFORE);
    }
    assert_int_equal(
        office_number(office, "SELECT count(*) FROM registration WHERE session_no = 3"),
        0);
}

static void
stand_at_the_door(struct kiosk *kiosk, struct office *office)
{
    for (int i = 0; i < 3; i++) {
        (void)kiosk_event(kiosk,
            (struct bw_event){.kind = BW_EVENT_ARRIVED,
                .basis = i < 2 ? BW_BASIS_TICKET : BW_BASIS_WAITLIST,
                .verdict = BW_VERDICT_WELCOME,
                .code = people_code(office, i < 2 ? i : 4)},
            NULL);
    }
    (void)kiosk_walk_in(kiosk, "Ines", "Inloper");
    assert_int_equal(
        kiosk_run(kiosk, "push", "--clock", KIOSK_AFTER, NULL), BW_EXIT_DONE);
}

static void
look_back(struct told *told, struct office *office)
{
    char path[300], folder[200];
    TELL(told, office, "merge", "--clock", KIOSK_AFTER);
    TELL(told, office, "merge", "--clock", KIOSK_AFTER);
    TELL(told, office, "status", "--clock", KIOSK_AFTER);
    TELL(told, office, "conflicts", "--clock", KIOSK_AFTER);
    TELL(told, office, "kiosks", "--clock", KIOSK_AFTER);
    TELL(told, office, "verify", "--clock", KIOSK_AFTER);
    (void)snprintf(folder, sizeof folder, "%s/report", office->folder);
    (void)office_run(office, "report", "--series", "reeks", "--out", folder, "--clock",
        KIOSK_AFTER, NULL);
    (void)snprintf(path, sizeof path, "%s/report.json", folder);
    json_t *report = json_load_file(path, 0, NULL);
    if (report == NULL) {
        fail_msg("%s", office->diag);
    }
    note(told, "report.json", 0, report);
}

/* Words of the organiser on what kiosks and paper said, each taken back and said again;
 * then what is held of a person and of a walk-in, and that it goes. */
static void
judge(struct told *told, struct office *office, struct kiosk *kiosk)
{
    static const char *const typed[] = {"P2", "1-4", "1-5"};
    char number[24];
    kiosk->wall_ms += 3 * 24 * 60 * KIOSK_MINUTE_MS; /* what the office doesn't believe */
    (void)kiosk_walk_in(kiosk, "Otto", "Apart");
    assert_int_equal(
        kiosk_run(kiosk, "push", "--clock", KIOSK_AFTER, NULL), BW_EXIT_DONE);
    TELL(told, office, "merge", "--clock", KIOSK_AFTER);
    TELL(told, office, "settle", "1", "out", "--why", "x", "--clock", KIOSK_AFTER);
    TELL(told, office, "undo", "--clock", KIOSK_AFTER);
    TELL(told, office, "settle", "1", "in", "--why", "x", "--clock", KIOSK_AFTER);
    TELL(told, office, "undo", "--clock", KIOSK_AFTER);
    (void)snprintf(number, sizeof number, "%d",
        (int)office_number(office, "SELECT max(step_no) FROM step"));
    TELL(told, office, "undo", number, "--clock", KIOSK_AFTER);
    TELL(told, office, "settle", "1-4", "is", office_code(office, "Wim"), "--why", "x",
        "--clock", KIOSK_AFTER);
    TELL(told, office, "undo", "--clock", KIOSK_AFTER);
    TELL(told, office, "settle", "1-4", "out", "--why", "x", "--clock", KIOSK_AFTER);
    const char *paper = office_write(office, "paper.csv",
        "Naam,School,Tijd,Aanwezig\nPiet P2,OBS De Brug,13.20,ja\nNieuw Iemand,OBS,"
        "13.25,ja\n");
    for (int i = 0; i < 2; i++) {
        TELL(told, office, "import", "attendance", paper, "--session", "S-1", "--clock",
            KIOSK_AFTER);
        if (i == 0) {
            TELL(told, office, "undo", "--clock", KIOSK_AFTER);
        }
    }
    TELL(told, office, "status", "--clock", KIOSK_AFTER);
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        TELL(told, office, "export-person", typed[i], "--clock", KIOSK_AFTER);
        TELL(told, office, "forget", typed[i], "--yes", "--clock", KIOSK_AFTER);
    }
    TELL(told, office, "log", "--count", "12", "--clock", KIOSK_AFTER);
    TELL(told, office, "conflicts", "--clock", KIOSK_AFTER);
    TELL(told, office, "verify", "--clock", KIOSK_AFTER);
}

static void
clear_up(struct told *told, struct office *office)
{
    TELL(told, office, "revoke", "1", "--why", "x", "--clock", KIOSK_AFTER);
    TELL(told, office, "key", "retire", "1", "--clock", KIOSK_AFTER);
    TELL(told, office, "purge", "--before", "2025-03-26", "--clock",
        "2025-04-20T12:00:00");
    TELL(told, office, "status", "--clock", "2025-04-20T12:00:00");
    assert_int_equal(office_run(office, "init", NULL), BW_EXIT_DONE); /* once more */
}

static void
live_a_day(struct told *told, struct office *office)
{
    struct kiosk kiosk;
    import_all(told, office);
    mail_all(told, office, "mails");
    change_places(told, office);
    mail_all(told, office, "more-mails");
    settle_people(told, office);
    kiosk_open(&kiosk, office, "Balie", "S-1");
    stand_at_the_door(&kiosk, office);
    look_back(told, office);
    assert_int_equal(
        kiosk_run(&kiosk, "sync", "--clock", KIOSK_AFTER, NULL), BW_EXIT_DONE);
    judge(told, office, &kiosk);
    clear_up(told, office);
    kiosk_finish(&kiosk);
    office_finish(office);
}

/* Where the two differ, the line of each is shown. */
static void
assert_same(const char *one, const char *other)
{
    while (*one != '\0' || *other != '\0') {
        size_t bytes = strcspn(one, "\n"), others = strcspn(other, "\n");
        if (bytes != others || memcmp(one, other, bytes) != 0) {
            fail_msg(
                "SQLite\n%.*s\nPostgreSQL\n%.*s", (int)bytes, one, (int)others, other);
        }
        one += bytes + (one[bytes] != '\0');
        other += others + (other[others] != '\0');
    }
}

static void
a_day_gives_the_same_figures_on_both_engines(void **state)
{
    struct office office;
    struct told *sqlite = calloc(1, sizeof *sqlite);
    struct told *postgres = calloc(1, sizeof *postgres);
    (void)state;
    assert_non_null(sqlite);
    assert_non_null(postgres);
    office_open(&office, 3, false);
    live_a_day(sqlite, &office);
    postgres_place(server);
    office_open_at(&office, server->uri, 3, false);
    live_a_day(postgres, &office);
    postgres_clear(server);
    assert_true(sqlite->length > 1000);
    assert_same(sqlite->text, postgres->text);
    free(sqlite);
    free(postgres);
}

/* ---- moving ---- */

static void
figures(struct told *told, struct office *office)
{
    TELL(told, office, "status", "--clock", KIOSK_AFTER);
    TELL(told, office, "conflicts", "--clock", KIOSK_AFTER);
    TELL(told, office, "kiosks", "--clock", KIOSK_AFTER);
    TELL(told, office, "verify", "--clock", KIOSK_AFTER);
    const char *people = office_text(office,
        "SELECT code, session_no, person_no, status, generation, name, revision"
        " FROM registration ORDER BY code");
    note(told, "registrations", 0, json_pack("{s:s}", "rows", people));
    const char *keys = office_text(
        office, "SELECT public, created_ms FROM signing_key ORDER BY signing_key");
    note(told, "keys", 0, json_pack("{s:i}", "bytes", (int)strlen(keys)));
}

/* The same office, its keys and its kiosks, with its database elsewhere. */
static void
move(struct office *office, const char *to)
{
    char *words[] = {(char *)(uintptr_t) "brugwachter-sync",
        (char *)(uintptr_t) "copy-central", office->uri, (char *)(uintptr_t)to};
    FILE *null = fopen("/dev/null", "w");
    assert_int_equal(
        bw_sync_main(&bw_sync_commands, 4, words, null, stderr), BW_EXIT_DONE);
    /* there is something already */
    assert_int_equal(
        bw_sync_main(&bw_sync_commands, 4, words, null, null), BW_EXIT_FAILED);
    (void)fclose(null);
    (void)snprintf(office->uri, sizeof office->uri, "%s", to);
}

/* From now on the keys aren't beside the database. */
static void
name_keys(struct office *office)
{
    static char folder[200];
    char ini[200];
    (void)snprintf(folder, sizeof folder, "%s/settings", office->folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    (void)snprintf(
        ini, sizeof ini, "[sync]\nkey-file = %s/central.db.key\n", office->folder);
    (void)office_write(office, "settings/sync.ini", ini);
    office->settings = folder;
}

static void
open_day(struct told *told, struct office *office, struct kiosk *kiosk)
{
    office_open(office, 3, false);
    import_all(told, office);
    mail_all(told, office, "mails");
    change_places(told, office);
    mail_all(told, office, "more-mails");
    kiosk_open(kiosk, office, "Balie", "S-1");
    stand_at_the_door(kiosk, office);
    TELL(told, office, "merge", "--clock", KIOSK_AFTER);
    *told = (struct told){.length = 0};
}

/* Its letters go where they went. */
static void
hear_more(struct told *told, struct office *office, struct kiosk *kiosk)
{
    (void)kiosk_walk_in(kiosk, "Nog", "Iemand");
    assert_int_equal(
        kiosk_run(kiosk, "push", "--clock", KIOSK_AFTER, NULL), BW_EXIT_DONE);
    TELL(told, office, "merge", "--clock", KIOSK_AFTER);
    assert_int_equal(office_number(office, "SELECT count(*) FROM event"), 5);
    *told = (struct told){.length = 0};
}

static void
an_organiser_moves_there_and_back_with_the_same_figures(void **state)
{
    struct office office;
    struct kiosk kiosk;
    char back[200];
    struct told *one = calloc(1, sizeof *one), *other = calloc(1, sizeof *other);
    (void)state;
    assert_non_null(one);
    assert_non_null(other);
    open_day(one, &office, &kiosk);
    figures(one, &office);
    name_keys(&office);
    postgres_place(server);
    move(&office, server->uri);
    figures(other, &office);
    assert_same(one->text, other->text);
    hear_more(one, &office, &kiosk);
    figures(one, &office);
    (void)snprintf(back, sizeof back, "sqlite:%s/back.db", office.folder);
    move(&office, back);
    *other = (struct told){.length = 0};
    figures(other, &office);
    assert_same(one->text, other->text);
    postgres_clear(server);
    free(one);
    free(other);
    kiosk_finish(&kiosk);
    office_finish(&office);
}

/* From here on the office is what the backup makes of `to`. */
static void
restore(struct office *office, const char *to)
{
    (void)snprintf(office->uri, sizeof office->uri, "%s", to);
    for (int i = 0; i < 2; i++) { /* and never over what is there */
        assert_int_equal(office_run(office, "restore", office_path(office, "b.bwb"),
                             "--phrase-file", office_path(office, "phrase.txt"), NULL),
            i == 0 ? BW_EXIT_DONE : BW_EXIT_FAILED);
    }
}

static void
a_backup_of_a_server_becomes_a_file_and_a_server_again(void **state)
{
    struct office office;
    struct kiosk kiosk;
    char back[200];
    struct told *one = calloc(1, sizeof *one), *other = calloc(1, sizeof *other);
    (void)state;
    assert_non_null(one);
    assert_non_null(other);
    open_day(one, &office, &kiosk);
    name_keys(&office);
    postgres_place(server);
    move(&office, server->uri);
    figures(one, &office);
    (void)office_write(&office, "phrase.txt", "een lange zin die niemand kent");
    assert_int_equal(office_run(&office, "backup", "--out", office_path(&office, "b.bwb"),
                         "--phrase-file", office_path(&office, "phrase.txt"), NULL),
        BW_EXIT_DONE);
    (void)snprintf(back, sizeof back, "sqlite:%s/back.db", office.folder);
    restore(&office, back);
    figures(other, &office);
    assert_same(one->text, other->text);
    postgres_clear(server);
    postgres_place(server);
    restore(&office, server->uri);
    *other = (struct told){.length = 0};
    figures(other, &office);
    assert_same(one->text, other->text);
    assert_int_equal(office_number(&office, "SELECT epoch FROM central"), 2);
    postgres_clear(server);
    free(one);
    free(other);
    kiosk_finish(&kiosk);
    office_finish(&office);
}

int
postgres_day_run(struct postgres *postgres)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_gives_the_same_figures_on_both_engines),
        cmocka_unit_test(an_organiser_moves_there_and_back_with_the_same_figures),
        cmocka_unit_test(a_backup_of_a_server_becomes_a_file_and_a_server_again)};
    server = postgres;
    return cmocka_run_group_tests_name("a day", tests, NULL, NULL);
}
