/* The local network as a carrier, by addresses that are given: the contract, two kiosks,
 * strangers, and a kiosk that misbehaves. */
#include "exchange/carrier/lan/lan.h"

#include "exchange/carrier/lan/lan_ask.h"
#include "lan_rogue.h"
#include "tests/sync/exchange/carrier_contract.h"
#include "tests/sync/testing.h"

#include <arpa/inet.h>
#include <brugwachter/core.h>
#include <brugwachter/event.h>
#include <ftw.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME "bw-events-3-1-9-0011aabb.bwe"
#define OTHER "bw-events-4-1-9-0011aabb.bwe"

enum { WAIT_MS = 200 * 1000 }; /* for what takes milliseconds */

static char place[] = "/tmp/bw-lan-XXXXXX";
static uint8_t keys[2][BW_LAN_KEY_BYTES];

static int
on_entry(const char *path, const struct stat *facts, int type, struct FTW *walk)
{
    (void)facts, (void)type;
    return walk->level > 0 ? remove(path) : 0;
}

static void
empty(void *context)
{
    (void)context;
    (void)nftw(place, on_entry, 8, FTW_DEPTH | FTW_PHYS);
}

/* A kiosk whose letters lie in `place`/N. `port` 0: it knows no other. */
static struct bw_lan *
lan_of(uint32_t device, int port)
{
    char folder[64], peers[32] = "";
    struct bw_lan *lan = NULL;
    struct bw_lan_options options = {.folder = folder, .device = device, .peers = peers};
    (void)snprintf(folder, sizeof folder, "%s/%u", place, device);
    if (port > 0) {
        (void)snprintf(peers, sizeof peers, "127.0.0.1:%d", port);
    }
    assert_int_equal(bw_lan_start(&options, &lan, NULL), BW_OK);
    bw_lan_keys(lan, keys, 1);
    return lan;
}

static struct bw_carrier *
open_on(struct bw_lan *lan)
{
    struct bw_carrier *carrier = NULL;
    assert_int_equal(bw_lan_open(lan, &carrier, NULL), BW_OK);
    return carrier;
}

/* ---- the contract ---- */

static struct bw_lan *contract_lan;

static struct bw_carrier *
open_here(void *context)
{
    (void)context;
    return open_on(contract_lan);
}

static void
empty_own(void *context)
{
    char path[64];
    (void)context;
    (void)snprintf(path, sizeof path, "%s/3", place);
    (void)nftw(path, on_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static void
plant(void *context, const char *name)
{
    char path[256];
    (void)context;
    (void)snprintf(path, sizeof path, "%s/3/%s", place, name);
    assert_int_equal(symlink("/etc/hostname", path), 0);
}

/* ---- two kiosks ---- */

static bool
on_letter(
    void *context, const char *name, const struct bw_letter_name *parsed, uint64_t bytes)
{
    (void)parsed, (void)bytes;
    (void)snprintf(context, BW_LETTER_NAME_BYTES, "%s", name);
    return false;
}

/* Waits until the first letter is listed as `name` ("": none is). */
static void
listed_await(struct bw_lan *lan, const char *name)
{
    struct bw_carrier *carrier = open_on(lan);
    struct pollfd bell = {.fd = bw_lan_fd(lan), .events = POLLIN};
    char first[BW_LETTER_NAME_BYTES] = "";
    int left = WAIT_MS / 1000;
    assert_int_equal(bw_carrier_list(carrier, on_letter, first, NULL), BW_OK);
    while (strcmp(first, name) != 0) {
        assert_true(left-- > 0);
        (void)poll(&bell, 1, 1000);
        (void)bw_lan_heard(lan);
        first[0] = '\0';
        assert_int_equal(bw_carrier_list(carrier, on_letter, first, NULL), BW_OK);
    }
    bw_carrier_close(carrier);
}

static void
reached_await(struct bw_lan *lan, int count)
{
    struct pollfd bell = {.fd = bw_lan_fd(lan), .events = POLLIN};
    for (int left = WAIT_MS / 1000; bw_lan_reached(lan) != count; left--) {
        assert_true(left > 0);
        (void)poll(&bell, 1, 1000);
        (void)bw_lan_heard(lan);
    }
}

static void
put(struct bw_lan *lan, const char *name, const char *text)
{
    struct bw_carrier *carrier = open_on(lan);
    assert_int_equal(
        bw_carrier_put(carrier, name, text, strlen(text), NULL, NULL), BW_OK);
    bw_carrier_close(carrier);
}

static enum bw_status
get(struct bw_lan *lan, const char *name, size_t most, char ret_text[64])
{
    struct bw_carrier *carrier = open_on(lan);
    unsigned char *bytes = NULL;
    size_t length = 0;
    enum bw_status status = bw_carrier_get(carrier, name, most, &bytes, &length, NULL);
    (void)snprintf(ret_text, 64, "%.*s", (int)length, bytes ? (char *)bytes : "");
    free(bytes);
    bw_carrier_close(carrier);
    return status;
}

static void
what_one_kiosk_puts_the_other_hears_lists_and_gets(void **state)
{
    (void)state;
    char text[64];
    struct bw_lan *one = lan_of(3, 0), *other = lan_of(4, bw_lan_port(one));
    reached_await(other, 1);
    put(one, NAME, "letter"); /* while the other waits for it */
    listed_await(other, NAME);
    assert_int_equal(get(other, NAME, 100, text), BW_OK);
    assert_string_equal(text, "letter");
    assert_int_equal(get(other, NAME, 5, text), BW_FULL);
    struct bw_carrier *carrier = open_on(one);
    assert_int_equal(bw_carrier_remove(carrier, NAME, NULL), BW_OK);
    bw_carrier_close(carrier);
    listed_await(other, "");
    assert_int_equal(get(other, NAME, 100, text), BW_NOT_FOUND);
    bw_lan_stop(other);
    bw_lan_stop(one);
}

static void
a_kiosk_that_goes_has_nothing_and_is_heard_again_when_it_comes(void **state)
{
    (void)state;
    char text[64], folder[64];
    struct bw_lan *one = lan_of(3, 0), *other = lan_of(4, bw_lan_port(one));
    int port = bw_lan_port(one);
    put(one, NAME, "letter");
    listed_await(other, NAME);
    bw_lan_stop(one);
    reached_await(other, 0);
    listed_await(other, "");
    assert_int_equal(get(other, NAME, 100, text), BW_NOT_FOUND);
    struct bw_lan_options options = {.folder = folder, .device = 3, .port = port};
    (void)snprintf(folder, sizeof folder, "%s/3", place);
    assert_int_equal(bw_lan_start(&options, &one, NULL), BW_OK);
    bw_lan_keys(one, keys, 1);
    bw_lan_hurry(other);
    listed_await(other, NAME);
    bw_lan_stop(other);
    bw_lan_stop(one);
}

static void
kiosks_that_share_one_of_their_sessions_reach_each_other(void **state)
{
    (void)state;
    struct bw_lan *one = lan_of(3, 0), *other = lan_of(4, bw_lan_port(one));
    bw_lan_keys(other, (const uint8_t(*)[BW_LAN_KEY_BYTES])keys[1], 1);
    put(one, NAME, "letter");
    reached_await(other, 0);
    bw_lan_keys(one, keys, 2);
    bw_lan_hurry(other);
    listed_await(other, NAME);
    bw_lan_stop(other);
    bw_lan_stop(one);
}

static void
a_kiosk_is_not_its_own_peer(void **state)
{
    (void)state;
    struct bw_lan *one = lan_of(3, 0), *again = lan_of(3, bw_lan_port(one));
    struct bw_lan *other = lan_of(4, bw_lan_port(one));
    put(one, NAME, "letter");
    listed_await(other, NAME); /* so that it answers, and the same kiosk was asked too */
    assert_int_equal(bw_lan_reached(again), 0);
    bw_lan_stop(other);
    bw_lan_stop(again);
    bw_lan_stop(one);
}

/* ---- strangers ---- */

/* What a stranger is answered to these bytes, until the connection ends. */
static void
stranger_asks(int port, const char *bytes, size_t length, char ret_answer[4096])
{
    struct sockaddr_in at = {.sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    size_t have = 0;
    ssize_t got = 0;
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
    (void)send(fd, bytes, length, MSG_NOSIGNAL);
    (void)shutdown(fd, SHUT_WR);
    while (have < 4095 && (got = recv(fd, ret_answer + have, 4095 - have, 0)) > 0) {
        have += (size_t)got;
    }
    ret_answer[have] = '\0';
    (void)close(fd);
}

static void
a_stranger_learns_nothing_but_that_something_is_there(void **state) /* LS1 */
{
    (void)state;
    static const char *const asked[] = {"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /" NAME " HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
        "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"};
    char first[4096], answer[4096];
    struct bw_lan *one = lan_of(3, 0);
    put(one, NAME, "letter");
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        stranger_asks(bw_lan_port(one), asked[i], strlen(asked[i]), answer);
        assert_non_null(strstr(answer, " 404 "));
        assert_null(strstr(answer, "letter"));
        assert_null(strstr(answer, "events"));
        assert_null(strstr(answer, "ocation:"));
        char *date = strstr(answer, "Date:");
        if (date) { /* the one thing that may differ */
            memset(date, '-', strcspn(date, "\r"));
        }
        if (i == 0) {
            memcpy(first, answer, sizeof first);
        }
        assert_string_equal(answer, first);
    }
    bw_lan_stop(one);
}

static void
bodies_long_heads_and_noise_are_cut_off_and_others_are_served(void **state) /* LS2 */
{
    (void)state;
    static char bytes[64 * 1024];
    char answer[4096];
    struct bw_lan *one = lan_of(3, 0);
    static const char post[] =
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n";
    memset(bytes, 'a', sizeof bytes);
    memcpy(bytes, post, sizeof post - 1);
    stranger_asks(bw_lan_port(one), bytes, sizeof bytes, answer);
    assert_null(strstr(answer, " 200 "));
    memset(bytes, 'a', sizeof bytes);
    memcpy(bytes, "GET /", 5);
    stranger_asks(bw_lan_port(one), bytes, sizeof bytes, answer);
    assert_null(strstr(answer, " 200 "));
    memset(bytes, 0, sizeof bytes);
    stranger_asks(bw_lan_port(one), bytes, sizeof bytes, answer);
    assert_null(strstr(answer, " 200 "));
    put(one, NAME, "letter");
    struct bw_lan *other = lan_of(4, bw_lan_port(one));
    listed_await(other, NAME);
    bw_lan_stop(other);
    bw_lan_stop(one);
}

static void
who_asks_too_fast_is_cut_off(void **state) /* LS3 */
{
    (void)state;
    static const char asked[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    char answer[4096] = "404";
    struct bw_lan *one = lan_of(3, 0);
    int answered = 0;
    for (int i = 0; i < 1000 && answer[0]; i++) {
        stranger_asks(bw_lan_port(one), asked, sizeof asked - 1, answer);
        answered += answer[0] != '\0';
    }
    assert_in_range(answered, 40, 900);
    bw_lan_stop(one);
}

/* ---- one that has the key, and misbehaves ---- */

static void
a_rogue_kiosk_harms_nobody_else(void **state) /* LA1, LH1 */
{
    (void)state;
    for (int way = 0; way < LAN_ROGUE_WAYS; way++) {
        char text[64], peers[64], folder[64];
        struct lan_rogue rogue;
        lan_rogue_start(&rogue, (enum lan_rogue_way)way, keys[0], 9);
        struct bw_lan *one = lan_of(3, 0), *other = NULL;
        struct bw_lan_options options = {.folder = folder, .device = 4, .peers = peers};
        put(one, NAME, "letter");
        (void)snprintf(folder, sizeof folder, "%s/4", place);
        (void)snprintf(peers, sizeof peers, "127.0.0.1:%d, 127.0.0.1:%d", rogue.port,
            bw_lan_port(one));
        assert_int_equal(bw_lan_start(&options, &other, NULL), BW_OK);
        bw_lan_keys(other, keys, 1);
        lan_rogue_await(&rogue);
        struct bw_carrier *carrier = open_on(other);
        unsigned char *bytes = NULL;
        size_t length = 0;
        (void)!bw_carrier_get(
            carrier, LAN_ROGUE_NAME, 1000, &bytes, &length, NULL); /* whatever it says */
        assert_true(length <= 1000);
        free(bytes);
        bw_carrier_close(carrier);
        reached_await(other, lan_rogue_answers(&rogue) ? 2 : 1);
        assert_int_equal(get(other, NAME, 100, text), BW_OK);
        assert_string_equal(text, "letter");
        bw_lan_stop(other);
        bw_lan_stop(one);
        lan_rogue_stop(&rogue);
        empty(NULL);
    }
}

/* ---- settings ---- */

static void
addresses_are_checked(void **state)
{
    (void)state;
    static const char *const good[] = {
        "", "192.168.1.20", "balie2.local:47200", "[fd00::20], [::1]:8080\t10.0.0.1:1"};
    static const char *const bad[] = {"http://a", "a:0", "a:65536", "a:b", "[::1", "::1",
        "a:1:2", "a/b", "a@b", "[]", ":80", "a:+1", "a: 80"};
    char folder[64];
    (void)snprintf(folder, sizeof folder, "%s/3", place);
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct bw_lan *lan = NULL;
        struct bw_lan_options options = {.folder = folder, .device = 3, .peers = good[i]};
        assert_int_equal(bw_lan_start(&options, &lan, NULL), BW_OK);
        bw_lan_stop(lan);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct bw_lan *lan = NULL;
        struct bw_error err = {.text = ""};
        struct bw_lan_options options = {.folder = folder, .device = 3, .peers = bad[i]};
        assert_int_equal(bw_lan_start(&options, &lan, &err), BW_BAD_INPUT);
        assert_non_null(strstr(err.text, "--lan-peers"));
    }
}

static void
a_port_that_is_taken_is_said(void **state)
{
    (void)state;
    char folder[64];
    struct bw_lan *one = lan_of(3, 0), *other = NULL;
    struct bw_error err = {.text = ""};
    struct bw_lan_options options = {
        .folder = folder, .device = 4, .port = bw_lan_port(one)};
    (void)snprintf(folder, sizeof folder, "%s/4", place);
    assert_int_equal(bw_lan_start(&options, &other, &err), BW_BUSY);
    assert_non_null(strstr(err.text, "--lan-port"));
    bw_lan_stop(one);
}

static int
tear_down(void **state)
{
    (void)state;
    empty(NULL);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(
            what_one_kiosk_puts_the_other_hears_lists_and_gets, tear_down),
        cmocka_unit_test_teardown(
            a_kiosk_that_goes_has_nothing_and_is_heard_again_when_it_comes, tear_down),
        cmocka_unit_test_teardown(
            kiosks_that_share_one_of_their_sessions_reach_each_other, tear_down),
        cmocka_unit_test_teardown(a_kiosk_is_not_its_own_peer, tear_down),
        cmocka_unit_test_teardown(
            a_stranger_learns_nothing_but_that_something_is_there, tear_down),
        cmocka_unit_test_teardown(
            bodies_long_heads_and_noise_are_cut_off_and_others_are_served, tear_down),
        cmocka_unit_test_teardown(who_asks_too_fast_is_cut_off, tear_down),
        cmocka_unit_test_teardown(a_rogue_kiosk_harms_nobody_else, tear_down),
        cmocka_unit_test_teardown(addresses_are_checked, tear_down),
        cmocka_unit_test_teardown(a_port_that_is_taken_is_said, tear_down),
    };
    const struct carrier_kind lan = {
        .open = open_here, .plant = plant, .empty = empty_own};
    static const uint8_t secret[BW_LAN_KEY_BYTES] = {1};
    if (bw_core_init(NULL) != BW_OK || !mkdtemp(place)) {
        return 1;
    }
    bw_details_lan_key(secret, 7, keys[0]);
    bw_details_lan_key(secret, 8, keys[1]);
    contract_lan = lan_of(3, 0);
    int failed = carrier_contract_run(&lan);
    bw_lan_stop(contract_lan);
    empty(NULL);
    failed += cmocka_run_group_tests(tests, NULL, NULL);
    (void)rmdir(place);
    return failed;
}
