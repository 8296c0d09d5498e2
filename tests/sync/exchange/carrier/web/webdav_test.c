/* A WebDAV folder as a carrier: the contract on a real Apache, and a server that
 * misbehaves (faulty_web.py says how each does). */
#include "tests/sync/exchange/carrier_contract.h"
#include "tests/sync/exchange/letter/letter_help.h"
#include "tests/sync/testing.h"
#include "../web_help.h"

#include <brugwachter/core.h>
#include <sodium.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME "bw-events-3-1-9-0011aabb.bwe"

static struct web web;
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
open_at(const char *uri, enum bw_carrier_role role, const char *login,
    struct bw_carrier **ret_carrier, struct bw_error *err)
{
    struct bw_carrier_owner owner = owner_of(1, login);
    return bw_carrier_open(uri, role, &owner, ret_carrier, err);
}

/* ---- the contract, on Apache ---- */

static const char *
apache_uri(const char *folder)
{
    static char uri[128];
    (void)snprintf(uri, sizeof uri, "webdavs://localhost:%d/%s", web.apache_port, folder);
    return uri;
}

static struct bw_carrier *
apache_open(void *context)
{
    (void)context;
    struct bw_carrier *carrier = NULL;
    struct bw_error err = {.text = ""};
    if (open_at(apache_uri("letters"), BW_CARRIER_OFFICE, WEB_LOGIN, &carrier, &err) !=
        BW_OK) {
        (void)fprintf(stderr, "%s\n", err.text);
        abort();
    }
    return carrier;
}

static void
apache_empty(void *context)
{
    (void)context;
    web_folder_empty(web.files);
}

static void
apache_plant(void *context, const char *name)
{
    (void)context;
    char path[200];
    (void)snprintf(path, sizeof path, "%s/letters/%s", web.files, name);
    assert_int_equal(mkdir(path, 0755), 0);
}

static void
a_wrong_login_is_told_and_a_kiosk_waits_for_the_office(void **state) /* HT2 */
{
    (void)state;
    struct bw_carrier *carrier = NULL;
    struct bw_error err = {.text = ""};
    apache_empty(NULL);
    assert_int_equal(
        open_at(apache_uri("x"), BW_CARRIER_KIOSK, "kring:wrong", &carrier, &err),
        BW_OFFLINE);
    assert_non_null(strstr(err.text, "login"));
    assert_null(strstr(err.text, "wrong"));
    assert_int_equal(
        open_at(apache_uri("x"), BW_CARRIER_KIOSK, WEB_LOGIN, &carrier, &err),
        BW_OFFLINE);
    assert_int_equal(
        open_at(apache_uri("x/y"), BW_CARRIER_OFFICE, WEB_LOGIN, &carrier, &err),
        BW_OFFLINE);
    assert_non_null(strstr(err.text, "folder above"));
    assert_int_equal(
        open_at(apache_uri("x"), BW_CARRIER_OFFICE, WEB_LOGIN, &carrier, NULL), BW_OK);
    bw_carrier_close(carrier);
    assert_int_equal(
        open_at(apache_uri("x/"), BW_CARRIER_KIOSK, WEB_LOGIN, &carrier, NULL), BW_OK);
    bw_carrier_close(carrier);
    struct bw_carrier_owner other = owner_of(2, WEB_LOGIN);
    assert_int_equal(
        bw_carrier_open(apache_uri("x"), BW_CARRIER_KIOSK, &other, &carrier, NULL),
        BW_REFUSED);
}

static void
a_folder_that_goes_away_is_offline_until_it_is_back(void **state)
{
    (void)state;
    bool fresh;
    apache_empty(NULL);
    struct bw_carrier *carrier = apache_open(NULL);
    apache_empty(NULL);
    assert_int_equal(
        bw_carrier_put(carrier, NAME, "letter", 6, &fresh, NULL), BW_OFFLINE);
    assert_int_equal(bw_carrier_list(carrier, NULL, NULL, NULL), BW_OFFLINE);
    struct bw_carrier *again = apache_open(NULL);
    bw_carrier_close(again);
    assert_int_equal(bw_carrier_put(carrier, NAME, "letter", 6, &fresh, NULL), BW_OK);
    bw_carrier_close(carrier);
}

static void
a_certificate_that_is_not_trusted_is_told(void **state) /* HT1 */
{
    (void)state;
    struct bw_carrier *carrier = NULL;
    struct bw_error err = {.text = ""};
    char trusted[200], uri[128];
    (void)snprintf(trusted, sizeof trusted, "%s", getenv("SSL_CERT_FILE"));
    assert_int_equal(unsetenv("SSL_CERT_FILE"), 0);
    assert_int_equal(
        open_at(apache_uri("x"), BW_CARRIER_KIOSK, WEB_LOGIN, &carrier, &err),
        BW_OFFLINE);
    assert_non_null(strstr(err.text, "certificate"));
    assert_int_equal(setenv("SSL_CERT_FILE", trusted, 1), 0);
    (void)snprintf(uri, sizeof uri, "webdavs://127.0.0.1:%d/x", web.apache_port);
    assert_int_equal(
        open_at(uri, BW_CARRIER_KIOSK, WEB_LOGIN, &carrier, &err), BW_OFFLINE);
    assert_non_null(strstr(err.text, "certificate"));
}

static void
a_certificate_that_has_expired_is_told(void **state) /* HT1 */
{
    (void)state;
    struct web old;
    struct bw_carrier *carrier = NULL;
    struct bw_error err = {.text = ""};
    char trusted[200], uri[128], path[100];
    (void)snprintf(trusted, sizeof trusted, "%s", getenv("SSL_CERT_FILE"));
    assert_true(web_old_make(&web, &old));
    assert_true(web_faulty_start(&old, "python3", "faulty_web.py"));
    (void)snprintf(path, sizeof path, "%s/cert.pem", old.folder);
    assert_int_equal(setenv("SSL_CERT_FILE", path, 1), 0);
    (void)snprintf(uri, sizeof uri, "webdavs://localhost:%d/plain", old.faulty_port);
    assert_int_equal(
        open_at(uri, BW_CARRIER_KIOSK, WEB_LOGIN, &carrier, &err), BW_OFFLINE);
    assert_int_equal(err.os_errno, EKEYREJECTED);
    assert_non_null(strstr(err.text, "has expired"));
    assert_int_equal(setenv("SSL_CERT_FILE", trusted, 1), 0);
    web_stop(&old.faulty);
}

/* ---- the server that misbehaves ---- */

static const char *
faulty_uri(const char *fault)
{
    static char uri[128];
    (void)snprintf(
        uri, sizeof uri, "webdavs://localhost:%d/%s/letters", web.faulty_port, fault);
    return uri;
}

static struct bw_carrier *
faulty_open(const char *fault)
{
    struct bw_carrier *carrier = NULL;
    struct bw_error err = {.text = ""};
    enum bw_status status =
        open_at(faulty_uri(fault), BW_CARRIER_OFFICE, NULL, &carrier, &err);
    assert_string_equal(status == BW_OK ? "" : err.text, "");
    return carrier;
}

/* A name that fits these bytes. */
static void
name_of(const char *letter, char ret_name[BW_LETTER_NAME_BYTES])
{
    uint8_t hash[32];
    (void)crypto_generichash(
        hash, sizeof hash, (const uint8_t *)letter, strlen(letter), NULL, 0);
    const struct bw_letter_name name = {.kind = BW_LETTER_EVENTS,
        .device = 3,
        .from = 1,
        .to = 9,
        .hash8 = (uint32_t)hash[0] << 24 | (uint32_t)hash[1] << 16 |
                 (uint32_t)hash[2] << 8 | hash[3]};
    bw_letter_name_format(&name, ret_name);
    assert_true(bw_letter_name_fits(&name, (const uint8_t *)letter, strlen(letter)));
}

/* Each heals within the one put, or at the next one under the same name. */
static void
a_put_whose_reply_is_lost_or_that_is_cut_is_made_good(void **state)
{
    (void)state;
    static const char *const faults[] = {"lost", "half", "doubled", "careless"};
    char name[BW_LETTER_NAME_BYTES];
    name_of("letter", name);
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        struct bw_carrier *carrier = faulty_open(faults[i]);
        bool fresh = false;
        assert_int_equal(bw_carrier_put(carrier, name, "letter", 6, &fresh, NULL), BW_OK);
        assert_true(fresh);
        web_holds(carrier, name);
        assert_int_equal(bw_carrier_put(carrier, name, "letter", 6, &fresh, NULL), BW_OK);
        assert_false(fresh);
        assert_int_equal(
            bw_carrier_put(carrier, name, "LETTER", 6, NULL, NULL), BW_REFUSED);
        web_holds(carrier, name);
        bw_carrier_close(carrier);
    }
}

static void
a_locked_name_is_put_the_next_time(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_carrier *carrier = faulty_open("locked");
    assert_int_equal(bw_carrier_put(carrier, NAME, "letter", 6, NULL, &err), BW_BUSY);
    assert_non_null(strstr(err.text, "tried again"));
    assert_int_equal(bw_carrier_put(carrier, NAME, "letter", 6, NULL, NULL), BW_OK);
    web_holds(carrier, NAME);
    bw_carrier_close(carrier);
}

static void
no_room_is_told_and_reading_goes_on(void **state)
{
    (void)state;
    static const char *const faults[] = {"full", "long"};
    for (size_t i = 0; i < 2; i++) {
        struct bw_error err = {.text = ""};
        struct bw_carrier *carrier = faulty_open(faults[i]);
        assert_int_equal(bw_carrier_put(carrier, NAME, "letter", 6, NULL, &err), BW_FULL);
        assert_non_null(strstr(err.text, "have "));
        assert_int_equal(web_listed(carrier, 0, BW_OK, ""), 0);
        bw_carrier_close(carrier);
    }
}

static void
what_is_sent_on_is_followed_but_never_out_of_tls(void **state)
{
    (void)state;
    static const char *const dead[] = {"portal", "login", "busy"};
    struct bw_carrier *carrier = faulty_open("plain");
    bw_carrier_close(carrier);
    carrier = faulty_open("sent-on");
    assert_int_equal(bw_carrier_put(carrier, NAME, "letter", 6, NULL, NULL), BW_OK);
    web_holds(carrier, NAME);
    assert_int_equal(bw_carrier_remove(carrier, NAME, NULL), BW_OK);
    bw_carrier_close(carrier);
    for (size_t i = 0; i < sizeof dead / sizeof dead[0]; i++) {
        struct bw_error err = {.text = ""};
        assert_int_equal(
            open_at(faulty_uri(dead[i]), BW_CARRIER_KIOSK, NULL, &carrier, &err),
            BW_OFFLINE);
        assert_true(err.text[0] != '\0');
    }
    assert_int_equal(open_at(faulty_uri("page"), BW_CARRIER_KIOSK, NULL, &carrier, NULL),
        BW_BAD_INPUT);
}

static int
count_at(const char *fault, int letters, enum bw_status wanted)
{
    struct bw_carrier *carrier = faulty_open(fault);
    int count = web_listed(carrier, letters, wanted, "");
    bw_carrier_close(carrier);
    return count;
}

static void
a_list_in_pages_is_read_whole_and_one_without_end_is_not(void **state) /* LI2 */
{
    (void)state;
    assert_int_equal(count_at("pages", 7, BW_OK), 7);
    assert_int_equal(count_at("some", 3, BW_OK), 3);
    assert_int_equal(count_at("elsewhere", 2, BW_OK), 2);
    assert_int_equal(count_at("endless", 0, BW_OFFLINE), 0);
}

static void
a_page_that_never_ends_is_left_with_a_sentence(void **state) /* HT3 */
{
    (void)state;
    struct bw_carrier *carrier = faulty_open("stream");
    assert_int_equal(
        web_listed(carrier, 1, BW_OFFLINE, "the list is over 16777216 bytes"), 0);
    bw_carrier_close(carrier);
}

static void
a_list_that_is_not_through_in_its_time_is_left_with_a_sentence(void **state) /* CA4 */
{
    (void)state;
    static const char *const faults[] = {"crawl", "drip"};
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        struct bw_carrier *carrier = faulty_open(faults[i]);
        web_list_times_out(carrier);
        bw_carrier_close(carrier);
    }
}

static void
what_is_no_list_is_not_read(void **state) /* LI1, SX1, HT3 */
{
    (void)state;
    static const char *const faults[] = {"bomb", "doctype", "deep", "nolist"};
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        assert_int_equal(count_at(faults[i], 1, BW_OFFLINE), 0);
    }
}

static void
a_letter_that_ends_in_its_middle_is_not_taken(void **state)
{
    (void)state;
    unsigned char *bytes = NULL;
    size_t length = 0;
    struct bw_carrier *carrier = faulty_open("cut");
    assert_int_not_equal(bw_carrier_put(carrier, NAME, "letter", 6, NULL, NULL), BW_FULL);
    assert_int_equal(
        bw_carrier_get(carrier, NAME, 100, &bytes, &length, NULL), BW_OFFLINE);
    assert_null(bytes);
    bw_carrier_close(carrier);
}

static void
a_server_that_is_gone_is_offline(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_carrier *carrier = faulty_open("gone");
    web_stop(&web.faulty);
    assert_int_equal(bw_carrier_put(carrier, NAME, "letter", 6, NULL, &err), BW_OFFLINE);
    assert_non_null(strstr(err.text, "tried again"));
    assert_int_equal(bw_carrier_remove(carrier, NAME, NULL), BW_OFFLINE);
    bw_carrier_close(carrier);
}

static void
an_address_with_a_login_or_a_blank_is_refused(void **state)
{
    (void)state;
    struct bw_carrier *carrier = NULL;
    struct bw_error err = {.text = ""};
    static const char *const wrong[] = {"webdavs://", "webdavs:///x",
        "webdavs://u:geheim@host/x", "webdavs://host/a b", "webdav://host/x",
        "webdavs://host/x?y"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(
            open_at(wrong[i], BW_CARRIER_KIOSK, NULL, &carrier, &err), BW_BAD_INPUT);
        assert_null(strstr(err.text, "geheim"));
    }
}

int
main(void)
{
    const struct CMUnitTest real[] = {
        cmocka_unit_test(a_wrong_login_is_told_and_a_kiosk_waits_for_the_office),
        cmocka_unit_test(a_folder_that_goes_away_is_offline_until_it_is_back),
        cmocka_unit_test(a_certificate_that_is_not_trusted_is_told),
        cmocka_unit_test(a_certificate_that_has_expired_is_told),
    };
    const struct CMUnitTest faulty[] = {
        cmocka_unit_test(an_address_with_a_login_or_a_blank_is_refused),
        cmocka_unit_test(a_put_whose_reply_is_lost_or_that_is_cut_is_made_good),
        cmocka_unit_test(a_locked_name_is_put_the_next_time),
        cmocka_unit_test(no_room_is_told_and_reading_goes_on),
        cmocka_unit_test(what_is_sent_on_is_followed_but_never_out_of_tls),
        cmocka_unit_test(a_list_in_pages_is_read_whole_and_one_without_end_is_not),
        cmocka_unit_test(a_page_that_never_ends_is_left_with_a_sentence),
        cmocka_unit_test(a_list_that_is_not_through_in_its_time_is_left_with_a_sentence),
        cmocka_unit_test(what_is_no_list_is_not_read),
        cmocka_unit_test(a_letter_that_ends_in_its_middle_is_not_taken),
        cmocka_unit_test(a_server_that_is_gone_is_offline),
    };
    const struct carrier_kind apache = {
        .open = apache_open, .plant = apache_plant, .empty = apache_empty};
    int failed = 1;
    if (bw_core_init(NULL) == BW_OK && web_init(&web) && web_apache_start(&web) &&
        web_faulty_start(&web, "python3", "faulty_web.py")) {
        organiser = letter_identity(1);
        failed = carrier_contract_run(&apache);
        failed += cmocka_run_group_tests_name("Apache", real, NULL, NULL);
        failed += cmocka_run_group_tests_name("faulty", faulty, NULL, NULL);
    }
    web_finish(&web);
    return failed;
}
