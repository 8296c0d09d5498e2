/* A table of letters in PostgreSQL as a carrier: the contract on a real server. */
#include "tests/sync/central/engine/postgres_help.h"
#include "tests/sync/exchange/carrier_contract.h"
#include "tests/sync/exchange/letter/letter_help.h"
#include "tests/sync/testing.h"

#include "exchange/carrier/carrier.h"

#include <brugwachter/core.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME "bw-events-3-1-9-0011aabb.bwe"

static struct postgres server;
static struct bw_identity organiser;

static struct bw_carrier_owner
owner_of(uint8_t central, const char *login)
{
    struct bw_carrier_owner owner = {
        .central_id = {central}, .sign_secret = organiser.sign_secret, .login = login};
    memcpy(owner.sign_public, organiser.sign_public, sizeof owner.sign_public);
    return owner;
}

static enum bw_status
open_as(uint8_t central, enum bw_carrier_role role, const char *login,
    struct bw_carrier **ret_carrier, struct bw_error *err)
{
    struct bw_carrier_owner owner = owner_of(central, login);
    return bw_carrier_open(server.uri, role, &owner, ret_carrier, err);
}

static struct bw_carrier *
office_open(void *context)
{
    (void)context;
    struct bw_carrier *carrier = NULL;
    struct bw_error err = {.text = ""};
    if (open_as(1, BW_CARRIER_OFFICE, NULL, &carrier, &err) != BW_OK) {
        (void)fprintf(stderr, "%s\n", err.text);
        abort();
    }
    return carrier;
}

static void
table_empty(void *context)
{
    (void)context;
    postgres_do(&server, "SET client_min_messages = warning;"
                         " DROP SCHEMA IF EXISTS bw_01000000_letters CASCADE");
}

static int
empty(void **state)
{
    (void)state;
    table_empty(NULL);
    return 0;
}

static void
a_kiosk_waits_until_the_office_made_its_table(void **state)
{
    (void)state;
    struct bw_carrier *carrier = NULL;
    struct bw_error err = {.text = ""};
    assert_int_equal(open_as(1, BW_CARRIER_KIOSK, NULL, &carrier, &err), BW_OFFLINE);
    bw_carrier_close(office_open(NULL));
    assert_int_equal(open_as(1, BW_CARRIER_KIOSK, NULL, &carrier, &err), BW_OK);
    bw_carrier_close(carrier);
}

static void
two_organisers_share_a_database_and_never_meet(void **state)
{
    (void)state;
    struct bw_carrier *one = office_open(NULL), *two = NULL;
    unsigned char *bytes = NULL;
    size_t length = 0;
    assert_int_equal(open_as(2, BW_CARRIER_OFFICE, NULL, &two, NULL), BW_OK);
    assert_int_equal(bw_carrier_put(one, NAME, "letter", 6, NULL, NULL), BW_OK);
    assert_int_equal(bw_carrier_get(two, NAME, 9, &bytes, &length, NULL), BW_NOT_FOUND);
    bw_carrier_close(one);
    bw_carrier_close(two);
    postgres_do(&server, "DROP SCHEMA bw_02000000_letters CASCADE");
}

#define PLACE "bw_01000000_letters.place"

static bool
has_version(void)
{
    return postgres_number(&server, "SELECT count(*) FROM information_schema.columns"
                                    " WHERE table_schema = 'bw_01000000_letters'"
                                    " AND column_name = 'version'") == 1;
}

/* As version 1 made them, which knew of none; also where it came no further. */
static void
older_tables_of_letters_are_brought_up_to_date_by_the_office(void **state) /* CG6 */
{
    (void)state;
    static const char *const older[] = {"ALTER TABLE " PLACE " DROP COLUMN version",
        "ALTER TABLE " PLACE " DROP COLUMN version; DELETE FROM " PLACE};
    for (size_t i = 0; i < sizeof older / sizeof older[0]; i++) {
        struct bw_carrier *carrier = NULL;
        bw_carrier_close(office_open(NULL));
        postgres_do(&server, older[i]);
        assert_int_equal(open_as(1, BW_CARRIER_KIOSK, NULL, &carrier, NULL),
            i == 0 ? BW_OK : BW_OFFLINE);
        bw_carrier_close(carrier);
        assert_false(has_version());
        carrier = office_open(NULL);
        assert_true(has_version());
        assert_int_equal(postgres_number(&server, "SELECT version FROM " PLACE), 2);
        assert_int_equal(bw_carrier_put(carrier, NAME, "letter", 6, NULL, NULL), BW_OK);
        bw_carrier_close(carrier);
        assert_int_equal(open_as(1, BW_CARRIER_KIOSK, NULL, &carrier, NULL), BW_OK);
        bw_carrier_close(carrier);
    }
}

static void
newer_tables_are_refused_at_kiosk_and_office(void **state) /* CG6 */
{
    (void)state;
    static const enum bw_carrier_role roles[] = {BW_CARRIER_KIOSK, BW_CARRIER_OFFICE};
    bw_carrier_close(office_open(NULL));
    postgres_do(&server, "UPDATE " PLACE " SET version = 3");
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        struct bw_carrier *carrier = NULL;
        struct bw_error err = {.text = ""};
        assert_int_equal(open_as(1, roles[i], NULL, &carrier, &err), BW_NEWER);
        assert_non_null(strstr(err.text, "update this program"));
    }
    assert_int_equal(postgres_number(&server, "SELECT version FROM " PLACE), 3);
}

#define LETTER "bw_01000000_letters.letter"

static void
put_as_kiosk(struct bw_carrier *kiosk, const char *text, enum bw_status want, bool fresh)
{
    bool is_fresh = false;
    assert_int_equal(
        bw_carrier_put(kiosk, NAME, text, strlen(text), &is_fresh, NULL), want);
    assert_int_equal(is_fresh, fresh);
}

/* One statement looks and puts: what it found is told all the same. */
static void
a_kiosks_letter_lies_with_each_of_its_sessions_once(void **state) /* CA2, CG3 */
{
    (void)state;
    struct bw_carrier *office = office_open(NULL), *kiosk = NULL;
    static const int64_t session_nos[] = {7, 8};
    const struct bw_carrier_guest guest = {.device = 3,
        .session_nos = session_nos,
        .sessions_count = 2,
        .expires_ms = INT64_C(4102444800000)};
    char login[BW_CARRIER_LOGIN_BYTES];
    bool open = false;
    assert_int_equal(bw_carrier_admit(office, &guest, login, &open, NULL), BW_OK);
    assert_int_equal(open_as(1, BW_CARRIER_KIOSK, login, &kiosk, NULL), BW_OK);
    put_as_kiosk(kiosk, "letter", BW_OK, true);
    put_as_kiosk(kiosk, "letter", BW_OK, false);
    assert_int_equal(postgres_number(&server, "SELECT count(*) FROM " LETTER), 2);
    postgres_do(&server, "DELETE FROM " LETTER " WHERE session_no = 8");
    put_as_kiosk(kiosk, "other", BW_REFUSED, false);
    assert_int_equal(postgres_number(&server, "SELECT count(*) FROM " LETTER), 1);
    put_as_kiosk(kiosk, "letter", BW_OK, true);
    assert_int_equal(postgres_number(&server, "SELECT count(*) FROM " LETTER), 2);
    bw_carrier_close(kiosk);
    bw_carrier_close(office);
}

/* Slots are given back one by one; a full one is told, and so is what is too large. */
static void
a_kiosks_letter_takes_any_slot_that_is_free(void **state) /* CG4 */
{
    (void)state;
    struct bw_carrier *office = office_open(NULL), *kiosk = NULL;
    const int64_t session_no = 7;
    const struct bw_carrier_guest guest = {.device = 3,
        .session_nos = &session_no,
        .sessions_count = 1,
        .expires_ms = INT64_C(4102444800000)};
    char login[BW_CARRIER_LOGIN_BYTES];
    bool open = false;
    assert_int_equal(bw_carrier_admit(office, &guest, login, &open, NULL), BW_OK);
    postgres_do(&server,
        "INSERT INTO " LETTER " SELECT 7, 3, format('bw-events-3-1-%s-0011aabb.bwe', s),"
        " 0, s, 'x' FROM generate_series(16, 4095) s");
    assert_int_equal(open_as(1, BW_CARRIER_KIOSK, login, &kiosk, NULL), BW_OK);
    put_as_kiosk(kiosk, "letter", BW_FULL, false);
    postgres_do(&server, "DELETE FROM " LETTER " WHERE slot = 2000");
    put_as_kiosk(kiosk, "letter", BW_OK, true);
    assert_int_equal(
        postgres_number(&server, "SELECT slot FROM " LETTER " WHERE name = '" NAME "'"),
        2000);
    bw_carrier_close(kiosk);
    bw_carrier_close(office);
}

static void
an_address_without_a_certificate_or_with_a_password_is_refused(
    void **state) /* CP1, CP2 */
{
    static const char *const uris[] = {"postgresql://a:s3cret@localhost/x",
        "postgresql://a@192.0.2.1/x?sslmode=require", "postgresql://[::1/x"};
    (void)state;
    for (size_t i = 0; i < sizeof uris / sizeof uris[0]; i++) {
        struct bw_error err = {.text = ""};
        assert_int_equal(bw_carrier_check(uris[i], &err), BW_BAD_INPUT);
        assert_null(strstr(err.text, "s3cret"));
    }
}

static void
a_server_that_is_away_is_offline(void **state)
{
    (void)state;
    struct bw_carrier *carrier = NULL;
    struct bw_error err = {.text = ""};
    struct bw_carrier_owner owner = owner_of(1, NULL);
    assert_int_equal(bw_carrier_open("postgresql://127.0.0.1:1/x", BW_CARRIER_KIOSK,
                         &owner, &carrier, &err),
        BW_OFFLINE);
    assert_non_null(strstr(err.text, "reached"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_kiosk_waits_until_the_office_made_its_table, empty),
        cmocka_unit_test_setup(two_organisers_share_a_database_and_never_meet, empty),
        cmocka_unit_test_setup(
            older_tables_of_letters_are_brought_up_to_date_by_the_office, empty),
        cmocka_unit_test_setup(newer_tables_are_refused_at_kiosk_and_office, empty),
        cmocka_unit_test_setup(
            a_kiosks_letter_lies_with_each_of_its_sessions_once, empty),
        cmocka_unit_test_setup(a_kiosks_letter_takes_any_slot_that_is_free, empty),
        cmocka_unit_test(an_address_without_a_certificate_or_with_a_password_is_refused),
        cmocka_unit_test(a_server_that_is_away_is_offline),
    };
    const struct carrier_kind kind = {.open = office_open, .empty = table_empty};
    if (bw_core_init(NULL) != BW_OK) {
        return 1;
    }
    organiser = letter_identity(1);
    if (!postgres_start(&server)) {
        (void)fprintf(stderr, "skipped: PostgreSQL isn't installed\n");
        return 77;
    }
    (void)snprintf(server.uri, sizeof server.uri, "postgresql://bw@/postgres?host=%s",
        server.folder);
    int failed = carrier_contract_run(&kind);
    failed += cmocka_run_group_tests_name("PostgreSQL", tests, NULL, NULL);
    postgres_stop(&server);
    return failed;
}
