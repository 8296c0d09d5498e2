/* `restore --out`: a backup over the office that is in use, and the way back; on SQLite
 * and on a real PostgreSQL. */
#include "central/engine/postgres.h"
#include "office/backup/backup.h"
#include "office/backup/put_back.h"
#include "tests/sync/central/engine/postgres_help.h"
#include "tests/sync/central/engine/postgres_proxy.h"
#include "tests/sync/kiosk_help.h"
#include "tests/sync/one_office.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define PHRASE "een lange zin die niemand anders kent"

static struct postgres postgres; /* not started: tests run on SQLite */

static int
setup_at(const char *uri)
{
    if (uri != NULL) {
        office_open_at(&office, uri, 5, false);
    } else {
        office_open(&office, 5, false);
    }
    people_sign_up(&office, 4);
    return 0;
}

static int
setup(void **state)
{
    (void)state;
    return setup_at(NULL);
}

static int
setup_server(void **state)
{
    (void)state;
    postgres_place(&postgres);
    return setup_at(postgres.uri);
}

static int
close_server(void **state)
{
    (void)close_office(state);
    postgres_clear(&postgres);
    return 0;
}

static void
done(enum bw_exit result)
{
    if (result != BW_EXIT_DONE) {
        fail_msg("%s%s", office.out, office.diag);
    }
}

#define RUN(...) office_run(&office, __VA_ARGS__, NULL)

/* By the verbs, at a cost that takes no time; the command's own is tried once. */
static const struct bw_backup_cost cheap = {1, 8};
static struct bw_office_put put; /* what the last one came to */

static const char *
key_path(void)
{
    bool server = strncmp(office.uri, "sqlite:", 7) != 0;
    static char path[300];
    (void)snprintf(path, sizeof path, "%s%s", server ? office.folder : office.uri + 7,
        server ? "/central.key" : ".key");
    return path;
}

static enum bw_status
by_verb(const char *name, const char *kept, const char *phrase, int64_t now_ms,
    struct bw_error *err)
{
    char path[512], kept_path[512];
    struct bw_office_backup made;
    struct bw_office own = {.key_path = key_path()};
    bw_clock_init_system(&own.clock);
    if (now_ms > 0) {
        bw_clock_inject(&own.clock, now_ms);
    }
    (void)snprintf(path, sizeof path, "%s", office_path(&office, name));
    (void)snprintf(
        kept_path, sizeof kept_path, "%s", kept ? office_path(&office, kept) : "");
    enum bw_status status =
        bw_central_open(office.uri, BW_CENTRAL_OPEN, &own.central, err);
    assert_int_equal(status, BW_OK);
    const struct bw_office_putting putting = {path, phrase, kept_path, &cheap};
    status = kept != NULL ? bw_office_put_back(&own, &putting, &put, err)
                          : bw_office_backup_make(&own, path, phrase, &cheap, &made, err);
    bw_central_close(own.central);
    return status;
}

static void
backup(const char *name)
{
    struct bw_error err = {.text = ""};
    if (by_verb(name, NULL, PHRASE, 0, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
}

static void
put_back_at(const char *name, const char *kept, int64_t now_ms)
{
    struct bw_error err = {.text = ""};
    if (by_verb(name, kept, PHRASE, now_ms, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
}

static void
put_back(const char *name, const char *kept)
{
    put_back_at(name, kept, 0);
}

static void
refused(const char *name, const char *kept, const char *phrase, const char *why)
{
    struct bw_error err = {.text = ""};
    assert_int_not_equal(by_verb(name, kept, phrase, 0, &err), BW_OK);
    if (strstr(err.text, why) == NULL) {
        fail_msg("\"%s\" doesn't say \"%s\"", err.text, why);
    }
}

static const char *
code_of(int person)
{
    static char code[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(people_code(&office, person), code);
    return code;
}

static int64_t
number(const char *sql)
{
    return office_number(&office, sql);
}

static void
is_as(const char *before)
{
    char *now = office_dump(&office);
    assert_string_equal(before, now);
    free(now);
}

static void
what_was_done_since_is_gone_and_the_way_back_is_the_same_way(void **state)
{
    (void)state;
    struct stat facts;
    char *then = office_dump(&office);
    backup("b.bwb");
    done(RUN("cancel", code_of(0)));
    char *now = office_dump(&office);
    put_back("b.bwb", "kept.bwb");
    assert_int_equal(put.registrations, 4);
    is_as(then);
    assert_int_equal(stat(office_path(&office, "kept.bwb"), &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    assert_int_equal(number("SELECT epoch FROM central"), 2);
    assert_true(number("SELECT backup_seen_ms FROM central") > 0);
    done(RUN("verify"));
    put_back("kept.bwb", "kept2.bwb");
    is_as(now);
    assert_int_equal(number("SELECT epoch FROM central"), 3); /* above both */
    free(then);
    free(now);
}

/* BO1 */
static void
who_has_it_open_sees_the_one_or_the_other(void **state)
{
    (void)state;
    struct bw_central *other = NULL;
    struct bw_error err = {.text = ""};
    int64_t count = 0;
    backup("b.bwb");
    done(office_sign_up(&office, "10-2-2025 12:00,n@x.example,Nieuw Iemand,OBS X,"
                                 "brugfunctionaris,Oost\n"));
    assert_int_equal(bw_central_open(office.uri, BW_CENTRAL_OPEN, &other, &err), BW_OK);
    assert_int_equal(bw_central_read_begin(other, &err), BW_OK);
    const char *all = "SELECT count(*) FROM registration";
    assert_int_equal(bw_central_number(other, all, NULL, 0, 0, &count, &err), BW_OK);
    assert_int_equal(count, 5);
    put_back("b.bwb", "kept.bwb");
    assert_int_equal(bw_central_number(other, all, NULL, 0, 0, &count, &err), BW_OK);
    assert_int_equal(count, 5);
    bw_central_read_end(other);
    assert_int_equal(bw_central_number(other, all, NULL, 0, 0, &count, &err), BW_OK);
    assert_int_equal(count, 4);
    bw_central_close(other);
}

/* BO2 */
static void
who_was_forgotten_since_stays_forgotten(void **state)
{
    (void)state;
    const char *named = "SELECT count(*) FROM registration WHERE first_name <> ''";
    backup("b.bwb");
    done(RUN("forget", "--yes", code_of(0)));
    assert_int_equal(number(named), 3);
    put_back("b.bwb", "kept.bwb");
    assert_int_equal(put.forgotten, 1);
    assert_int_equal(number(named), 3);
    assert_int_equal(number("SELECT count(*) FROM person WHERE identity IS NOT NULL"), 3);
    assert_int_equal(number("SELECT count(*) FROM registration"), 4);
}

/* BO2 */
static void
sessions_that_were_purged_since_stay_purged(void **state)
{
    (void)state;
    backup("b.bwb");
    done(RUN("purge", "--before", "2025-06-01", "--clock", "2025-07-01T12:00:00"));
    put_back_at("b.bwb", "kept.bwb", 1751364000000); /* 1 July */
    assert_int_equal(number("SELECT count(*) FROM purged_session"), 1);
    assert_int_equal(
        number("SELECT count(*) FROM registration WHERE first_name <> ''"), 0);
}

/* BO2, TM1 */
static void
who_was_told_since_is_not_told_again(void **state)
{
    (void)state;
    backup("b.bwb");
    done(RUN("mail", "--out", office_path(&office, "mails"), "--mail-from",
        "kring@voorbeeld.example", "--clock", OFFICE_DAY));
    assert_int_equal(number("SELECT count(*) FROM told"), 4);
    put_back("b.bwb", "kept.bwb");
    assert_int_equal(put.told, 4);
    assert_int_equal(number("SELECT count(*) FROM told"), 4);
    enum bw_exit result;
    json_t *answer = office_json(&office, &result, "mail", "--clock", OFFICE_DAY, NULL);
    assert_int_equal(json_array_size(json_object_get(answer, "people")), 0);
    json_decref(answer);
}

/* BO2: it was stolen, and putting rows back doesn't bring it home; what held, holds. */
static void
a_kiosk_that_was_revoked_since_stays_out_of_service(void **state)
{
    (void)state;
    struct kiosk kiosk;
    kiosk_open(&kiosk, &office, "Balie", "S-1");
    backup("b.bwb");
    (void)kiosk_arrived(&kiosk, people_code(&office, 0));
    assert_int_equal(
        kiosk_run(&kiosk, "sync", "--clock", KIOSK_AFTER, NULL), BW_EXIT_DONE);
    done(RUN("merge", "--clock", KIOSK_AFTER));
    done(RUN("revoke", "1", "--why", "gestolen", "--clock", KIOSK_AFTER));
    int64_t revoked_seq = number("SELECT revoked_seq FROM device WHERE device = 1");
    assert_true(revoked_seq > 0);
    put_back("b.bwb", "kept.bwb");
    assert_int_equal(put.revoked, 1);
    assert_int_equal(number("SELECT state FROM device WHERE device = 1"), 2);
    assert_int_equal(
        number("SELECT revoked_seq FROM device WHERE device = 1"), revoked_seq);
    assert_int_equal(number("SELECT count(*) FROM step WHERE what = 'revoke'"), 1);
    done(RUN("merge", "--clock", KIOSK_AFTER)); /* nothing of it is set aside */
    assert_int_equal(number("SELECT count(*) FROM event"), 1);
    kiosk_finish(&kiosk);
}

/* What a kiosk sent since the backup is merged again: carriers still have it. */
static void
letters_since_the_backup_are_merged_again(void **state)
{
    (void)state;
    struct kiosk kiosk;
    kiosk_open(&kiosk, &office, "Balie", "S-1");
    backup("b.bwb");
    (void)kiosk_arrived(&kiosk, people_code(&office, 0));
    (void)kiosk_walk_in(&kiosk, "Ines", "Inloper");
    assert_int_equal(
        kiosk_run(&kiosk, "sync", "--clock", KIOSK_AFTER, NULL), BW_EXIT_DONE);
    done(RUN("merge", "--clock", KIOSK_AFTER));
    assert_int_equal(number("SELECT count(*) FROM event"), 2);
    (void)RUN("restore", office_path(&office, "b.bwb"), "--phrase-file",
        office_write(&office, "phrase.txt", PHRASE "\n"), "--out",
        office_path(&office, "kept.bwb"), "--clock", KIOSK_AFTER);
    says("The way back: restore");
    assert_int_equal(number("SELECT count(*) FROM event"), 2); /* at once */
    for (int i = 0; i < 2; i++) { /* rosters of the new epoch go, and what lacked comes */
        (void)kiosk_run(&kiosk, "sync", "--clock", KIOSK_AFTER, NULL);
        (void)RUN("merge", "--clock", KIOSK_AFTER);
    }
    assert_int_equal(number("SELECT count(*) FROM event"), 2);
    done(RUN("verify"));
    kiosk_finish(&kiosk);
}

/* The letters themselves are gone too: the kiosk is asked for what the backup lacks. */
static void
kiosks_send_again_what_no_carrier_has(void **state)
{
    (void)state;
    struct kiosk kiosk;
    kiosk_open(&kiosk, &office, "Balie", "S-1");
    (void)kiosk_arrived(&kiosk, people_code(&office, 1));
    assert_int_equal(
        kiosk_run(&kiosk, "sync", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    done(RUN("merge", "--clock", KIOSK_BEFORE));
    backup("b.bwb");
    (void)kiosk_arrived(&kiosk, people_code(&office, 0));
    for (int i = 0; i < 2; i++) { /* sent, and the receipt taken */
        (void)kiosk_run(&kiosk, "sync", "--clock", KIOSK_AFTER, NULL);
        (void)RUN("merge", "--clock", KIOSK_AFTER);
    }
    folder_remove(office_path(&office, "central.db.letters"));
    put_back("b.bwb", "kept.bwb");
    assert_int_equal(number("SELECT count(*) FROM event"), 1);
    for (int i = 0; i < 3; i++) {
        (void)RUN("merge", "--clock", KIOSK_AFTER);
        (void)kiosk_run(&kiosk, "sync", "--clock", KIOSK_AFTER, NULL);
    }
    (void)RUN("merge", "--clock", KIOSK_AFTER);
    assert_int_equal(number("SELECT count(*) FROM event"), 2);
    kiosk_finish(&kiosk);
}

/* BO3 */
static void
the_key_file_has_the_keys_of_both(void **state)
{
    (void)state;
    backup("b.bwb");
    done(RUN("key", "new"));
    done(RUN("key", "retire", "1"));
    put_back("b.bwb", "kept.bwb");
    done(RUN("verify"));
    done(RUN("reissue", code_of(0)));
    put_back("kept.bwb", "kept2.bwb");
    done(RUN("verify"));
    done(RUN("reissue", code_of(0)));
    done(RUN("key", "new")); /* a number that none of them had */
    assert_int_equal(number("SELECT max(signing_key) FROM signing_key"), 3);
    backup("c.bwb");
    done(RUN("key", "retire", "2")); /* its secret got about: it stays so */
    put_back("c.bwb", "kept3.bwb");
    assert_int_equal(number("SELECT count(retired_ms) FROM signing_key"), 2);
}

static void
nothing_is_changed_where_it_cannot_be_whole(void **state)
{
    (void)state;
    backup("b.bwb");
    done(RUN("cancel", code_of(0)));
    char *before = office_dump(&office);
    refused("b.bwb", "b.bwb", PHRASE, "something has that name already");
    (void)office_write(&office, "no.bwb", "x");
    refused("no.bwb", "kept.bwb", PHRASE, "no backup");
    refused("b.bwb", "kept.bwb", "een heel andere zin dan deze", "doesn't open it");
    assert_int_not_equal(access(office_path(&office, "kept.bwb"), F_OK), 0);
    is_as(before);
    free(before);
}

/* The server does it, and is gone before it says so. */
static enum bw_status
put_back_unheard(const struct bw_office_putting *putting, struct bw_error *err)
{
    char uri[320];
    struct proxy proxy;
    struct bw_office own = {.key_path = key_path()};
    bw_clock_init_system(&own.clock);
    proxy_start(&proxy, postgres.folder);
    (void)snprintf(uri, sizeof uri,
        "postgresql://bw@/postgres?host=%s&options=-csearch_path%%3Ds%d", proxy.folder,
        postgres.places);
    assert_int_equal(bw_central_open(uri, BW_CENTRAL_OPEN, &own.central, err), BW_OK);
    ((struct bw_central_postgres_db *)own.central)->ask_ms = 100;
    proxy_cut_at_commit(&proxy, PROXY_GONE);
    enum bw_status status = bw_office_put_back(&own, putting, &put, err);
    bw_central_close(own.central);
    proxy_stop(&proxy);
    return status;
}

static void
what_was_kept_stays_where_the_server_goes_before_it_says_that_it_is_done(void **state)
{
    char path[512], kept[512];
    struct bw_error err = {.text = ""};
    const char *cancelled = "SELECT count(*) FROM registration WHERE status = 2";
    (void)state;
    backup("b.bwb");
    done(RUN("cancel", code_of(0)));
    int64_t before = number(cancelled);
    (void)snprintf(path, sizeof path, "%s", office_path(&office, "b.bwb"));
    (void)snprintf(kept, sizeof kept, "%s", office_path(&office, "kept.bwb"));
    const struct bw_office_putting putting = {path, PHRASE, kept, &cheap};
    assert_int_equal(put_back_unheard(&putting, &err), BW_OFFLINE);
    assert_non_null(strstr(err.text, "doesn't tell whether the last step stands"));
    assert_int_equal(number(cancelled), before - 1); /* it does */
    put_back("kept.bwb", "kept2.bwb");
    assert_int_equal(number(cancelled), before);
}

/* As after a machine was lost: an office in which nothing was done takes any backup, one
 * in which something was done its own alone. */
static void
another_offices_backup_goes_where_nothing_was_done_alone(void **state)
{
    (void)state;
    backup("b.bwb");
    (void)snprintf(
        office.uri, sizeof office.uri, "sqlite:%s", office_path(&office, "new.db"));
    done(office_run(&office, "init", NULL));
    done(RUN("restore", office_path(&office, "b.bwb"), "--phrase-file",
        office_write(&office, "phrase.txt", PHRASE "\n"), "--out",
        office_path(&office, "kept.bwb")));
    says("nothing yet that had to be kept");
    assert_int_equal(number("SELECT count(*) FROM registration"), 4);
    done(RUN("verify"));
    done(RUN("reissue", code_of(0)));
    (void)snprintf(
        office.uri, sizeof office.uri, "sqlite:%s", office_path(&office, "other.db"));
    done(RUN("init"));
    (void)RUN("import", "sessions", demo_path("sessions.csv"));
    refused("b.bwb", "kept.bwb", PHRASE, "the backup of another office");
}

/* A look that finds it whole is noted where the office is, and is no step. */
static void
a_look_is_noted_and_is_no_step(void **state)
{
    (void)state;
    backup("b.bwb");
    int64_t steps = number("SELECT count(*) FROM step");
    assert_int_equal(number("SELECT backup_seen_ms FROM central"), 0);
    const char *phrase = office_write(&office, "phrase.txt", PHRASE "\n");
    done(RUN("restore", office_path(&office, "b.bwb"), "--phrase-file", phrase, "--check",
        "--clock", OFFICE_DAY));
    assert_int_equal(number("SELECT backup_seen_ms FROM central"), 1742209200000);
    assert_int_equal(number("SELECT count(*) FROM step"), steps);
    /* of another office it says nothing here */
    (void)snprintf(
        office.uri, sizeof office.uri, "sqlite:%s", office_path(&office, "other.db"));
    done(office_run(&office, "init", NULL));
    done(RUN("restore", office_path(&office, "b.bwb"), "--phrase-file",
        office_path(&office, "phrase.txt"), "--check"));
    assert_int_equal(number("SELECT backup_seen_ms FROM central"), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, close_office)
#define ON_SERVER(name) cmocka_unit_test_setup_teardown(name, setup_server, close_server)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(what_was_done_since_is_gone_and_the_way_back_is_the_same_way),
        CASE(who_has_it_open_sees_the_one_or_the_other),
        CASE(who_was_forgotten_since_stays_forgotten),
        CASE(sessions_that_were_purged_since_stay_purged),
        CASE(who_was_told_since_is_not_told_again),
        CASE(a_kiosk_that_was_revoked_since_stays_out_of_service),
        CASE(letters_since_the_backup_are_merged_again),
        CASE(kiosks_send_again_what_no_carrier_has),
        CASE(the_key_file_has_the_keys_of_both),
        CASE(nothing_is_changed_where_it_cannot_be_whole),
        CASE(another_offices_backup_goes_where_nothing_was_done_alone),
        CASE(a_look_is_noted_and_is_no_step),
    };
    const struct CMUnitTest on_server[] = {
        ON_SERVER(what_was_done_since_is_gone_and_the_way_back_is_the_same_way),
        ON_SERVER(who_has_it_open_sees_the_one_or_the_other),
        ON_SERVER(who_was_forgotten_since_stays_forgotten),
        ON_SERVER(who_was_told_since_is_not_told_again),
        ON_SERVER(a_kiosk_that_was_revoked_since_stays_out_of_service),
        ON_SERVER(letters_since_the_backup_are_merged_again),
        ON_SERVER(the_key_file_has_the_keys_of_both),
        ON_SERVER(
            what_was_kept_stays_where_the_server_goes_before_it_says_that_it_is_done),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    if (postgres_start(&postgres)) {
        failed += cmocka_run_group_tests(on_server, NULL, NULL);
        postgres_stop(&postgres);
    }
    return failed;
}
