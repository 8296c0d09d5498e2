/* A bucket's prefix as a carrier: the contract on a server that checks every signature by
 * itself (faulty_s3.py, which says too how it misbehaves), and on a real one (s3rver,
 * from npm) where NODE_PATH finds it. */
#include "exchange/carrier/login.h"
#include "exchange/carrier/web/s3_address.h"
#include "tests/sync/exchange/carrier_contract.h"
#include "tests/sync/exchange/letter/letter_help.h"
#include "tests/sync/testing.h"
#include "../web_help.h"

#include <brugwachter/core.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME "bw-events-3-1-9-0011aabb.bwe"
#define ROSTER "bw-roster-3-0-1-0011aabb.bwr"
#define LOGIN "kring:Geheim/1+"

static struct web web;
static struct bw_identity organiser;

static enum bw_status
open_at(const char *uri, enum bw_carrier_role role, const char *login,
    struct bw_carrier **ret_carrier, struct bw_error *err)
{
    struct bw_carrier_owner owner = {
        .central_id = {1}, .sign_secret = organiser.sign_secret, .login = login};
    memcpy(owner.sign_public, organiser.sign_public, sizeof owner.sign_public);
    return bw_carrier_open(uri, role, &owner, ret_carrier, err);
}

static const char *
uri_of(const char *bucket, const char *more)
{
    static char uri[200];
    (void)snprintf(uri, sizeof uri,
        "s3://%s/kring/2025?endpoint=localhost:%d&region=eu-test-1%s", bucket,
        web.faulty_port, more);
    return uri;
}

static struct bw_carrier *
bucket_open(const char *bucket)
{
    struct bw_carrier *carrier = NULL;
    struct bw_error err = {.text = ""};
    enum bw_status status =
        open_at(uri_of(bucket, ""), BW_CARRIER_OFFICE, LOGIN, &carrier, &err);
    assert_string_equal(status == BW_OK ? "" : err.text, "");
    return carrier;
}

/* ---- the contract ---- */

static int round_number;

/* A prefix of its own for each test. */
static void
prefix_next(void *context)
{
    (void)context;
    round_number++;
}

static struct bw_carrier *
contract_open(void *context)
{
    const char *const *words = context; /* bucket, region, login */
    struct bw_carrier *carrier = NULL;
    struct bw_error err = {.text = ""};
    char uri[200];
    (void)snprintf(uri, sizeof uri, "s3://%s/round-%d?endpoint=localhost:%d&region=%s",
        words[0], round_number, web.faulty_port, words[1]);
    if (open_at(uri, BW_CARRIER_OFFICE, words[2], &carrier, &err) != BW_OK) {
        (void)fprintf(stderr, "%s\n", err.text);
        abort();
    }
    return carrier;
}

static int
contract_on(const char *bucket, const char *region, const char *login)
{
    const char *words[] = {bucket, region, login};
    const struct carrier_kind kind = {
        .open = contract_open, .empty = prefix_next, .context = words};
    return carrier_contract_run(&kind);
}

/* ---- whom it lets in ---- */

static void
the_bucket_may_stand_in_the_hosts_name(void **state)
{
    (void)state;
    struct bw_carrier *by_path = bucket_open("plain"), *by_host = NULL;
    unsigned char *bytes = NULL;
    size_t length = 0;
    struct bw_error err = {.text = ""};
    assert_int_equal(bw_carrier_put(by_path, NAME, "letter", 6, NULL, NULL), BW_OK);
    enum bw_status status =
        open_at(uri_of("plain", "&style=host"), BW_CARRIER_KIOSK, LOGIN, &by_host, &err);
    assert_string_equal(status == BW_OK ? "" : err.text, "");
    assert_int_equal(bw_carrier_get(by_host, NAME, 100, &bytes, &length, NULL), BW_OK);
    assert_int_equal(length, 6);
    free(bytes);
    bw_carrier_close(by_host);
    bw_carrier_close(by_path);
}

static void
who_is_not_let_in_is_told_why(void **state) /* HT2 */
{
    (void)state;
    static const struct {
        const char *bucket, *login, *word;
    } cases[] = {
        {"fine", "kring:Verkeerd", "secret key"},
        {"fine", "kringel:Geheim/1+", "access key"},
        {"fine", NULL, "rights"},
        {"denied", LOGIN, "rights"},
        {"skewed", LOGIN, "clock"},
        {"moved", LOGIN, "elsewhere"},
        {"nobucket", LOGIN, "no such bucket"},
        {"page", LOGIN, "brugwachter-letters.json"},
    };
    struct bw_carrier *carrier = NULL;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct bw_error err = {.text = ""};
        enum bw_status status = open_at(uri_of(cases[i].bucket, ""), BW_CARRIER_KIOSK,
            cases[i].login, &carrier, &err);
        assert_int_equal(
            status, strcmp(cases[i].bucket, "page") == 0 ? BW_BAD_INPUT : BW_OFFLINE);
        if (!strstr(err.text, cases[i].word) || strstr(err.text, "Verkeerd")) {
            fail_msg("%s: %s", cases[i].bucket, err.text);
        }
    }
}

static void
a_kiosk_waits_for_the_office_and_its_file(void **state)
{
    (void)state;
    struct bw_carrier *carrier = NULL;
    assert_int_equal(
        open_at(uri_of("new", ""), BW_CARRIER_KIOSK, LOGIN, &carrier, NULL), BW_OFFLINE);
    bw_carrier_close(bucket_open("new"));
    assert_int_equal(
        open_at(uri_of("new", ""), BW_CARRIER_KIOSK, LOGIN, &carrier, NULL), BW_OK);
    bw_carrier_close(carrier);
}

/* ---- the server that misbehaves ---- */

/* A name that fits "letter". */
static const char *
letter_name(void)
{
    static char text[BW_LETTER_NAME_BYTES];
    uint8_t hash[32];
    (void)crypto_generichash(hash, sizeof hash, (const uint8_t *)"letter", 6, NULL, 0);
    const struct bw_letter_name name = {.kind = BW_LETTER_EVENTS,
        .device = 3,
        .from = 1,
        .to = 9,
        .hash8 = (uint32_t)hash[0] << 24 | (uint32_t)hash[1] << 16 |
                 (uint32_t)hash[2] << 8 | hash[3]};
    bw_letter_name_format(&name, text);
    return text;
}

/* Each heals within the one put. */
static void
a_put_whose_reply_is_lost_or_that_is_cut_or_refused_is_made_good(void **state)
{
    (void)state;
    static const char *const faults[] = {"lost", "half", "careless", "refuses"};
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        struct bw_carrier *carrier = bucket_open(faults[i]);
        const char *name = letter_name();
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
one_that_another_put_first_is_refused(void **state) /* CA2 */
{
    (void)state;
    struct bw_carrier *carrier = bucket_open("raced");
    assert_int_equal(bw_carrier_put(carrier, NAME, "letter", 6, NULL, NULL), BW_REFUSED);
    bw_carrier_close(carrier);
}

static void
a_busy_server_is_asked_the_next_time(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_carrier *carrier = bucket_open("busy");
    assert_int_equal(bw_carrier_put(carrier, NAME, "letter", 6, NULL, &err), BW_OFFLINE);
    assert_non_null(strstr(err.text, "tried again"));
    assert_int_equal(bw_carrier_put(carrier, NAME, "letter", 6, NULL, NULL), BW_OK);
    web_holds(carrier, NAME);
    bw_carrier_close(carrier);
}

/* As MinIO, Ceph and Amazon say it: the road isn't closed, and it isn't the login. */
static void
a_server_without_room_says_so_and_gives_what_is_there(void **state)
{
    (void)state;
    static const struct {
        const char *bucket, *word;
    } cases[] = {
        {"full", "no room"},
        {"quota", "no room"},
        {"limit", "no room"},
        {"large", "of that size"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct bw_error err = {.text = ""};
        struct bw_carrier *carrier = bucket_open(cases[i].bucket);
        assert_int_equal(bw_carrier_put(carrier, NAME, "letter", 6, NULL, &err), BW_FULL);
        if (!strstr(err.text, cases[i].word)) {
            fail_msg("%s: %s", cases[i].bucket, err.text);
        }
        assert_int_equal(web_listed(carrier, 0, BW_OK, ""), 0);
        assert_int_equal(bw_carrier_put(carrier, ROSTER, "roster", 6, NULL, NULL), BW_OK);
        bw_carrier_close(carrier);
    }
}

static int
count_at(const char *bucket, int letters, enum bw_status wanted)
{
    struct bw_carrier *carrier = bucket_open(bucket);
    int count = web_listed(carrier, letters, wanted, "");
    bw_carrier_close(carrier);
    return count;
}

static void
a_list_in_pages_is_read_whole_and_one_without_end_is_not(void **state) /* SA2 */
{
    (void)state;
    assert_int_equal(count_at("pages", 7, BW_OK), 7);
    assert_int_equal(count_at("endless", 0, BW_OFFLINE), 0);
    assert_int_equal(count_at("same", 0, BW_OFFLINE), 0);
    assert_int_equal(count_at("unended", 0, BW_OFFLINE), 0);
}

static void
a_page_that_never_ends_is_left_with_a_sentence(void **state) /* HT3 */
{
    (void)state;
    struct bw_carrier *carrier = bucket_open("stream");
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
        struct bw_carrier *carrier = bucket_open(faults[i]);
        web_list_times_out(carrier);
        bw_carrier_close(carrier);
    }
}

static void
what_is_no_list_is_not_read(void **state) /* SA1 */
{
    (void)state;
    static const char *const faults[] = {"bomb", "doctype", "deep", "nolist"};
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        assert_int_equal(count_at(faults[i], 1, BW_OFFLINE), 0);
    }
}

static void
a_server_that_is_gone_is_offline(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_carrier *carrier = bucket_open("gone");
    web_stop(&web.faulty);
    assert_int_equal(bw_carrier_put(carrier, NAME, "letter", 6, NULL, &err), BW_OFFLINE);
    assert_non_null(strstr(err.text, "tried again"));
    assert_int_equal(bw_carrier_remove(carrier, NAME, NULL), BW_OFFLINE);
    bw_carrier_close(carrier);
}

/* ---- addresses ---- */

static void
an_address_says_where_the_bucket_is(void **state)
{
    (void)state;
    static const struct {
        const char *rest, *endpoint, *region, *prefix;
        bool path_style;
    } cases[] = {
        {"kring?region=eu-west-1", "s3.eu-west-1.amazonaws.com", "eu-west-1", "", false},
        {"kring/?region=eu-west-1", "s3.eu-west-1.amazonaws.com", "eu-west-1", "", false},
        {"a.kring/x/?region=eu-west-1", "s3.eu-west-1.amazonaws.com", "eu-west-1", "x/",
            true},
        {"kring/x/y?endpoint=s3.school.nl:9000", "s3.school.nl:9000", "us-east-1", "x/y/",
            true},
        {"kring?style=host&endpoint=s3.school.nl", "s3.school.nl", "us-east-1", "",
            false},
    };
    struct bw_carrier_s3_address address;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(
            bw_carrier_s3_address_parse(cases[i].rest, &address, NULL), BW_OK);
        assert_string_equal(address.endpoint, cases[i].endpoint);
        assert_string_equal(address.region, cases[i].region);
        assert_string_equal(address.prefix, cases[i].prefix);
        assert_int_equal(address.path_style, cases[i].path_style);
    }
}

static void
an_address_that_is_none_or_has_a_key_in_it_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"s3://", "s3://kring", "s3://kring/x",
        "s3://k?region=eu", "s3://KRING?region=eu-west-1", "s3://kring/a b?region=eu",
        "s3://kring/../x?region=eu", "s3://kring//x?region=eu",
        "s3://kring?region=", "s3://kring?region=eu&colour=red",
        "s3://kring?endpoint=a/b", "s3://kring?endpoint=a&style=round",
        "s3://kring/=?region=eu", "s3://AKIA:geheim@kring?region=eu",
        "s3://kring?endpoint=u:geheim@host"};
    struct bw_error err = {.text = ""};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(bw_carrier_check(wrong[i], &err), BW_BAD_INPUT);
    }
}

static void
the_keys_stand_in_the_netrc_file_under_the_endpoint(void **state)
{
    (void)state;
    char path[120], login[BW_CARRIER_LOGIN_BYTES];
    (void)snprintf(path, sizeof path, "%s/netrc", web.folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs("machine s3.eu-west-1.amazonaws.com login AKIA password a/b+c\n"
                "machine minio.school.nl login kring password geheim\n",
        file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(
        bw_carrier_login_find(path, "s3://kring/x?region=eu-west-1", login, NULL), BW_OK);
    assert_string_equal(login, "AKIA:a/b+c");
    assert_int_equal(bw_carrier_login_find(
                         path, "s3://kring?endpoint=minio.school.nl:9000", login, NULL),
        BW_OK);
    assert_string_equal(login, "kring:geheim");
}

static int
real_run(void)
{
    if (!getenv("NODE_PATH")) {
        (void)puts("skipped: no real server; tests/s3 brings one");
        return 0;
    }
    web_stop(&web.faulty);
    if (!web_faulty_start(&web, "node", "real_s3.js")) {
        return 1;
    }
    return contract_on("letters", "us-east-1", "S3RVER:S3RVER");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_says_where_the_bucket_is),
        cmocka_unit_test(an_address_that_is_none_or_has_a_key_in_it_is_refused),
        cmocka_unit_test(the_keys_stand_in_the_netrc_file_under_the_endpoint),
        cmocka_unit_test(the_bucket_may_stand_in_the_hosts_name),
        cmocka_unit_test(who_is_not_let_in_is_told_why),
        cmocka_unit_test(a_kiosk_waits_for_the_office_and_its_file),
        cmocka_unit_test(
            a_put_whose_reply_is_lost_or_that_is_cut_or_refused_is_made_good),
        cmocka_unit_test(one_that_another_put_first_is_refused),
        cmocka_unit_test(a_busy_server_is_asked_the_next_time),
        cmocka_unit_test(a_server_without_room_says_so_and_gives_what_is_there),
        cmocka_unit_test(a_list_in_pages_is_read_whole_and_one_without_end_is_not),
        cmocka_unit_test(a_page_that_never_ends_is_left_with_a_sentence),
        cmocka_unit_test(a_list_that_is_not_through_in_its_time_is_left_with_a_sentence),
        cmocka_unit_test(what_is_no_list_is_not_read),
        cmocka_unit_test(a_server_that_is_gone_is_offline),
    };
    int failed = 1;
    if (bw_core_init(NULL) == BW_OK && web_init(&web) &&
        web_faulty_start(&web, "python3", "faulty_s3.py")) {
        organiser = letter_identity(1);
        failed = contract_on("contract", "eu-test-1", LOGIN);
        failed += cmocka_run_group_tests_name("S3", tests, NULL, NULL);
        failed += real_run();
    }
    web_finish(&web);
    return failed;
}
