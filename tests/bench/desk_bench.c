/* What the desk costs beside the pages that it shows.
 *
 *   desk_bench DATABASE LOCALE [quick|REQUESTS]
 *
 * The database has 200 circles of 50 people, all today (tests/bench/desk makes it). In
 * one run and process, with one thread on both ends of the sockets:
 *   the page of a circle of 50, and Live of 200 circles, asked by HTTP on loopback,
 *   beside the same answers without it (bw_web_answer): within 1.5 times, medians;
 *   20 organisers, each with a session and a connection, who at once look at a
 *   cancellation and confirm it, again and again: each is done once;
 *   memory after REQUESTS (100,000) by HTTP beside after a quarter of them, resident and
 *   in use: within 1.02 times.
 * A connection that the desk shut at its rest, as it does after half a minute (and one
 * second too many is soon over on a busy machine), is made anew, as browsers do.
 * Exit status 1: a goal was missed. `quick`: fewer of each, for the run of all tests; the
 * machine is busy there, so what passes on the clock is told and not judged. */
#include "series.h"

#include "central/central.h"
#include "web/server.h"
#include "web/template/wording.h"

#include <brugwachter/core.h>
#include <brugwachter/zone.h>

#include <arpa/inet.h>
#include <malloc.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    ORGANISERS = 20,
    PEOPLE = 50,
    ANSWER_BYTES = 4 * 1024 * 1024,
    FORM_BYTES = 1024,
    ADDRESS_BYTES = 96,
};

static const double goal_http = 1.5, goal_memory = 1.02;

/* One browser: a session, and a connection that stays. */
struct browser {
    int socket;
    char cookie[BW_WEB_KEY_BYTES + 16], token[BW_WEB_KEY_BYTES];
    char *answer; /* what came of the last one; ANSWER_BYTES */
    size_t used;
    bool whole;
};

static struct bw_web_desk desk;
static struct bw_web_server *server;
static struct browser browsers[ORGANISERS];
static int made_anew; /* connections */
static bool quick, missed;

static void
must(enum bw_status status, const struct bw_error *err)
{
    if (status != BW_OK) {
        (void)fprintf(stderr, "desk_bench: %s\n", err->text);
        exit(2);
    }
}

static void
fail(const char *what)
{
    (void)fprintf(stderr, "desk_bench: %s\n", what);
    exit(2);
}

static void
judge(const char *what, double ratio, double goal)
{
    bool fine = ratio <= goal;
    (void)printf(
        "%-46s %6.3f   goal %.2f%s\n", what, ratio, goal, fine ? "" : ": MISSED");
    missed = missed || !fine;
}

/* ---- asking ---- */

static const char *
host(void)
{
    static char text[32];
    (void)snprintf(text, sizeof text, "127.0.0.1:%d", bw_web_server_port(server));
    return text;
}

/* The same answer without HTTP; its bytes. */
static size_t
ask_bare(const struct browser *b, const char *target)
{
    const struct bw_web_asked asked = {.method = BW_WEB_GET,
        .target = target,
        .host = host(),
        .cookie = b->cookie,
        .body = ""};
    struct bw_web_reply reply;
    bw_web_answer(&desk, &asked, &reply);
    size_t bytes = reply.status == 200 ? reply.bytes : 0;
    bw_web_reply_finish(&reply);
    return bytes;
}

static void
connect_to_desk(struct browser *b)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
        .sin_port = htons((uint16_t)bw_web_server_port(server)),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    b->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (b->socket < 0 || connect(b->socket, (struct sockaddr *)&at, sizeof at) != 0) {
        fail("no connection to the desk");
    }
}

/* One that was shut while it rested; between requests nothing else comes. The desk takes
 * its turn first: on a machine that stood still it learns of the time only then. */
static void
connect_again_where_shut(struct browser *b)
{
    char byte;
    bw_web_server_turn(server, 1);
    if (recv(b->socket, &byte, 1, MSG_DONTWAIT | MSG_PEEK) == 0) {
        (void)close(b->socket);
        connect_to_desk(b);
        made_anew++;
    }
}

static void
send_text(struct browser *b, const char *text, size_t bytes)
{
    b->used = 0;
    b->whole = false;
    b->answer[0] = '\0';
    connect_again_where_shut(b);
    if (send(b->socket, text, bytes, MSG_NOSIGNAL) != (ssize_t)bytes) {
        fail("a request didn't go out");
    }
}

static void
get_send(struct browser *b, const char *target)
{
    char head[FORM_BYTES];
    int bytes = snprintf(head, sizeof head,
        "GET %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\n\r\n", target, host(), b->cookie);
    send_text(b, head, (size_t)bytes);
}

static void
form_send(struct browser *b, const char *target, const char *form)
{
    char head[2 * FORM_BYTES];
    int length = (int)(strlen(form) + sizeof "teken=&" - 1 + strlen(b->token));
    int bytes = snprintf(head, sizeof head,
        "POST %s HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nCookie: %s\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n"
        "teken=%s&%s",
        target, host(), host(), b->cookie, length, b->token, form);
    send_text(b, head, (size_t)bytes);
}

/* Takes what came; the head tells how long the body is. */
static void
take(struct browser *b)
{
    ssize_t got =
        recv(b->socket, b->answer + b->used, ANSWER_BYTES - b->used - 1, MSG_DONTWAIT);
    if (got == 0) {
        (void)fprintf(stderr, "desk_bench: %zu bytes came: %.200s\n", b->used, b->answer);
        fail("the desk shut a connection in the midst of an answer");
    }
    b->used += got > 0 ? (size_t)got : 0;
    b->answer[b->used] = '\0';
    const char *end = strstr(b->answer, "\r\n\r\n");
    const char *length = strcasestr(b->answer, "content-length:");
    if (end != NULL && length != NULL && length < end) {
        size_t body = strtoull(length + sizeof "content-length:" - 1, NULL, 10);
        b->whole = b->used >= (size_t)(end + 4 - b->answer) + body;
    }
}

/* Turns until `count` browsers have their answers whole. */
static void
wait_for(struct browser *first, int count)
{
    int whole = 0;
    while (whole < count) {
        bw_web_server_turn(server, 1);
        whole = 0;
        for (int i = 0; i < count; i++) {
            if (!first[i].whole) {
                take(&first[i]);
            }
            whole += first[i].whole;
        }
    }
}

static const char *
field(const struct browser *b, const char *name)
{
    static char value[256];
    char start[64];
    (void)snprintf(start, sizeof start, "name=\"%s\" value=\"", name);
    const char *at = strstr(b->answer, start);
    value[0] = '\0';
    if (at != NULL) {
        at += strlen(start);
        (void)snprintf(value, sizeof value, "%.*s", (int)strcspn(at, "\""), at);
    }
    return value;
}

static void
browser_open(struct browser *b)
{
    char target[BW_WEB_KEY_BYTES + 32];
    bw_web_guard_link(&desk.guard, bw_web_server_port(server));
    (void)snprintf(target, sizeof target, "/binnen?sleutel=%s", desk.guard.link);
    b->answer = malloc(ANSWER_BYTES);
    if (b->answer == NULL) {
        fail("no memory");
    }
    connect_to_desk(b);
    get_send(b, target);
    wait_for(b, 1);
    const char *cookie = strcasestr(b->answer, "set-cookie: ");
    if (cookie == NULL) {
        fail("the desk gives no session");
    }
    cookie += sizeof "set-cookie: " - 1;
    (void)snprintf(
        b->cookie, sizeof b->cookie, "%.*s", (int)strcspn(cookie, ";"), cookie);
    get_send(b, "/toetsen");
    wait_for(b, 1);
    (void)snprintf(b->token, sizeof b->token, "%s", field(b, "teken"));
}

/* ---- parts ---- */

static void
measure_page(const char *what, const char *target, int rounds)
{
    struct series http, bare;
    if (!series_init(&http, rounds) || !series_init(&bare, rounds)) {
        fail("no memory");
    }
    for (int i = 0; i < rounds; i++) { /* in turns: a busy machine is busy for both */
        double from = series_now_us();
        size_t bytes = ask_bare(&browsers[0], target);
        double middle = series_now_us();
        get_send(&browsers[0], target);
        wait_for(browsers, 1);
        double end = series_now_us();
        if (bytes == 0 || browsers[0].used < bytes) {
            fail("a page isn't answered");
        }
        series_add(&bare, middle - from);
        series_add(&http, end - middle);
    }
    double made = series_at(&bare, 50), asked = series_at(&http, 50);
    (void)printf("%s: %.2f ms, made alone %.2f ms\n", what, asked / 1000, made / 1000);
    if (quick) {
        (void)printf("%-46s %6.3f   not judged\n", what, asked / made);
    } else {
        judge(what, asked / made, goal_http);
    }
    series_finish(&http);
    series_finish(&bare);
}

/* Codes of a circle's people, as its page has them. */
static int
codes_of(struct browser *b, char ret_codes[PEOPLE][16])
{
    static const char start[] = "name=\"mens\" value=\"";
    int count = 0;
    for (const char *at = strstr(b->answer, start); at != NULL && count < PEOPLE;
         at = strstr(at, start)) {
        at += sizeof start - 1;
        (void)snprintf(ret_codes[count++], 16, "%.*s", (int)strcspn(at, "\""), at);
    }
    return count;
}

/* Organiser i cancels people of circle i + 1; all of them at once, each step. */
static void
click_together(int rounds)
{
    static char codes[ORGANISERS][PEOPLE][16];
    char target[ORGANISERS][ADDRESS_BYTES], form[FORM_BYTES];
    for (int i = 0; i < ORGANISERS; i++) {
        (void)snprintf(target[i], sizeof target[i], "/kring/S-%d", i + 1);
        get_send(&browsers[i], target[i]);
    }
    wait_for(browsers, ORGANISERS);
    for (int i = 0; i < ORGANISERS; i++) {
        if (codes_of(&browsers[i], codes[i]) < rounds) {
            fail("a circle has too few people");
        }
    }
    for (int r = 0; r < rounds; r++) {
        for (int i = 0; i < ORGANISERS; i++) {
            (void)snprintf(form, sizeof form, "doe=afmelden&mens=%.15s", codes[i][r]);
            form_send(&browsers[i], target[i], form);
        }
        wait_for(browsers, ORGANISERS);
        for (int i = 0; i < ORGANISERS; i++) {
            (void)snprintf(form, sizeof form, "doe=afmelden&mens=%.15s&beeld=%s",
                codes[i][r], field(&browsers[i], "beeld"));
            form_send(&browsers[i], target[i], form);
        }
        wait_for(browsers, ORGANISERS);
    }
    struct bw_error err = {.text = ""};
    int64_t cancelled = 0, steps = 0;
    must(bw_central_number(desk.office.central,
             "SELECT count(*) FROM registration WHERE status = 2", NULL, 0, 0, &cancelled,
             &err),
        &err);
    must(bw_central_number(desk.office.central,
             "SELECT count(*) FROM step WHERE what = 'cancel'", NULL, 0, 0, &steps, &err),
        &err);
    int64_t wanted = (int64_t)ORGANISERS * rounds;
    (void)printf("20 organisers at once: %lld clicks, %lld done, %lld steps%s\n",
        (long long)wanted, (long long)cancelled, (long long)steps,
        cancelled == wanted && steps == wanted ? "" : ": MISSED");
    missed = missed || cancelled != wanted || steps != wanted;
}

static double
resident_kib(void)
{
    long pages = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%ld %ld", &pages, &resident) != 2) {
        fail("/proc/self/statm can't be read");
    }
    (void)fclose(file);
    return (double)resident * (double)sysconf(_SC_PAGESIZE) / 1024;
}

static void
soak(int requests)
{
    static const char *const targets[] = {
        "/toetsen", "/geschiedenis", "/instellingen", "/inlezen/0", "/nergens"};
    enum { TARGETS = sizeof targets / sizeof targets[0], PART = 4, HEAVY = 200 };
    double resident = 0, in_use = 0;
    for (int i = 0; i < requests; i++) {
        get_send(&browsers[i % ORGANISERS],
            i % HEAVY == 0 ? "/kring/S-30" : targets[i % TARGETS]);
        wait_for(&browsers[i % ORGANISERS], 1);
        if (i == requests / PART) {
            resident = resident_kib();
            in_use = (double)mallinfo2().uordblks;
        }
    }
    (void)printf("memory after %d requests: %.0f KiB resident, %.0f KiB in use; "
                 "connections made anew: %d\n",
        requests, resident_kib(), (double)mallinfo2().uordblks / 1024, made_anew);
    judge("resident, beside after a quarter of them", resident_kib() / resident,
        goal_memory);
    judge("in use, beside after a quarter of them", (double)mallinfo2().uordblks / in_use,
        goal_memory);
}

/* ---- all ---- */

static void
open_desk(const char *database, const char *locale)
{
    static char uri[512];
    struct bw_error err = {.text = ""};
    struct bw_zone *zone = NULL;
    int64_t now_ms = 0;
    struct bw_web_setup setup = {.central_uri = uri, .days = {.retention = 365}};
    (void)snprintf(uri, sizeof uri, "sqlite:%s", database);
    must(bw_core_init(&err), &err);
    must(bw_zone_open(BW_ZONE_DEFAULT, &zone, &err), &err);
    must(bw_zone_parse_iso(zone, "2025-03-18T13:00:00", &now_ms, &err), &err);
    bw_zone_close(zone);
    bw_clock_init_system(&setup.clock);
    bw_clock_inject(&setup.clock, now_ms);
    must(bw_wording_open(locale, &err), &err);
    must(bw_web_desk_open(&desk, &setup, &err), &err);
    must(bw_web_server_start(&desk, "127.0.0.1", 0, &server, &err), &err);
    browser_open(&browsers[0]);
}

int
main(int argc, char *argv[])
{
    enum { REQUESTS = 100000, REQUESTS_QUICK = 400 };
    quick = argc > 3 && strcmp(argv[3], "quick") == 0;
    int requests = quick ? REQUESTS_QUICK : argc > 3 ? atoi(argv[3]) : REQUESTS;
    if (argc < 3 || requests < REQUESTS_QUICK) {
        (void)fprintf(stderr,
            "usage: desk_bench DATABASE LOCALE [quick|REQUESTS], %d or more\n",
            REQUESTS_QUICK);
        return 2;
    }
    open_desk(argv[1], argv[2]);
    measure_page("a circle of 50", "/kring/S-30", quick ? 10 : 300);
    measure_page("Live of 200 circles", "/live", quick ? 3 : 50);
    for (int i = 1; i < ORGANISERS; i++) { /* who rests half a minute is shut */
        browser_open(&browsers[i]);
    }
    click_together(quick ? 1 : 10);
    soak(requests);
    for (int i = 0; i < ORGANISERS; i++) {
        (void)close(browsers[i].socket);
        free(browsers[i].answer);
    }
    bw_web_server_stop(server);
    bw_web_desk_close(&desk);
    return missed ? 1 : 0;
}
