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
