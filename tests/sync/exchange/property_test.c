/* A day's post, all of it harmed: letters of three kiosks of one session and of one
 * kiosk elsewhere are lost, doubled, reordered, cut, altered, mixed up and late, on two
 * carriers and a stick, while people come, leave, are taken back, wait and are admitted,
 * and the office changes its lists. Once the harm ends and all was delivered, the central
 * database and the stores of one session say the same, and every receipt covers its log.
 *
 *   build/tests/test_sync_exchange_property [SEEDS [FIRST]]     by hand, 2000 or so */
#include "tests/sync/exchange/mail.h"
#include "tests/sync/testing.h"
#include "tests/pace.h"

#include "exchange/office/merge/quarantine.h"
#include "report/book/book.h"

#include <brugwachter/core.h>
#include <brugwachter/presence.h>
#include <brugwachter/store_letter.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STEPS = 90, ROUNDS_MAX = 8, TEXT_BYTES = 1 << 18, LINES_MAX = 4000 };

static struct mail mail;
static int seeds = 12, first_seed = 1;

/* ---- one day ---- */

static void
step(void)
{
    struct bw_kiosk_pushed pushed;
    struct bw_kiosk_pulled pulled;
    int kiosk = mail_pick(MAIL_KIOSKS), what = mail_pick(100);
    mail_clock(&mail, mail.desk.now_ms + mail_pick(80000));
    if (what < 34) {
        mail_door(&mail, kiosk);
    } else if (what < 46) {
        mail_push(&mail, kiosk, &pushed);
    } else if (what < 56) {
        mail_pull(&mail, kiosk, &pulled);
    } else if (what < 62) {
        mail_in(&mail);
    } else if (what < 68) {
        mail_out(&mail);
    } else if (what < 71) {
        mail_change(&mail);
    } else if (what < 74) {
        mail_export(&mail, kiosk);
    } else if (what < 76) {
        mail_merge_stick(&mail);
    } else if (what < 78) {
        mail_pack_stick(&mail);
    } else if (what < 80) {
        mail_pull_stick(&mail, kiosk);
    } else {
        mail_harm(&mail);
    }
}

/* Everybody to everybody until nothing is waited for; at first, storms between them. */
static void
deliver_all(void)
{
    bool waits = true;
    mail_deliver(&mail);
    for (int round = 0; waits && round < ROUNDS_MAX; round++) {
        struct bw_kiosk_pushed pushed;
        struct bw_kiosk_pulled pulled;
        waits = round < 4; /* a roster, what it asks for, and its receipt */
        mail_clock(&mail, mail.desk.now_ms + 130000);
        for (int i = 0; i < MAIL_KIOSKS; i++) {
            mail_push(&mail, i, &pushed);
            waits = waits || pushed.acknowledged_seq < pushed.head_seq;
        }
        if (round == 0) {
            mail_storm(&mail);
        }
        mail_in(&mail);
        mail_out(&mail);
        if (round == 0) {
            mail_storm(&mail);
        }
        for (int i = 0; i < MAIL_KIOSKS; i++) {
            mail_pull(&mail, i, &pulled);
        }
    }
}

/* ---- what each says ---- */

struct lines {
    struct bw_store *store;
    int count;
    char *items[LINES_MAX];
};

static void line_add(struct lines *lines, const char *format, ...) BW_PRINTF(2, 3);

static void
line_add(struct lines *lines, const char *format, ...)
{
    va_list list;
    assert_true(lines->count < LINES_MAX);
    va_start(list, format);
    assert_true(vasprintf(&lines->items[lines->count++], format, list) > 0);
    va_end(list);
}

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* As one text, sorted; the caller frees. Empties the lines. */
static char *
lines_join(struct lines *lines)
{
    size_t used = 0;
    char *text = calloc(1, TEXT_BYTES);
    assert_non_null(text);
    qsort(lines->items, (size_t)lines->count, sizeof lines->items[0], by_text);
    for (int i = 0; i < lines->count; i++) {
        used += (size_t)snprintf(text + used, TEXT_BYTES - used, "%s\n", lines->items[i]);
        assert_true(used < TEXT_BYTES - 1);
        free(lines->items[i]);
    }
    lines->count = 0;
    return text;
}

static void
event_say(struct lines *lines, const struct bw_event *event,
    const struct bw_event_details *details)
{
    line_add(lines, "event %u-%llu %02x%02x%02x%02x %d %s", event->id.device,
        (unsigned long long)event->id.seq, event->hash[0], event->hash[1], event->hash[2],
        event->hash[3], (int)event->kind, details ? details->person.first_name : "-");
}

static bool
on_event(const struct bw_event *event, void *context)
{
    struct lines *lines = context;
    struct bw_event_details details;
    bool has = bw_event_has_details(event) &&
               bw_store_details(lines->store, event->id, &details, NULL) == BW_OK;
    event_say(lines, event, has ? &details : NULL);
    return true;
}

static bool
on_registration(const struct bw_registration *registration, void *context)
{
    line_add(context, "person %lld %d %d %s", (long long)registration->code,
        (int)registration->status, (int)registration->generation,
        registration->person.name);
    return true;
}

static char *
store_says(int number)
{
    struct lines lines = {.count = 0};
    struct bw_error err;
    uint32_t session = number < MAIL_OWN ? 1 : 2;
    lines.store = kiosk_store(&mail.kiosks[number], BW_STORE_READ);
    if (bw_store_events(lines.store, session, on_event, &lines, &err) != BW_OK ||
        bw_store_roster(lines.store, session, BW_ROSTER_BY_NAME, on_registration, &lines,
            &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    bw_store_close(lines.store);
    return lines_join(&lines);
}

static bool
on_central_event(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_event event;
    struct bw_event_details details;
    assert_int_equal(
        bw_event_decode(columns[0].blob, columns[0].bytes, &event, NULL), BW_OK);
    bool has = columns[1].bytes > 0;
    if (has) {
        assert_int_equal(
            bw_details_decode(columns[1].blob, columns[1].bytes, &details, NULL), BW_OK);
    }
    event_say(context, &event, has ? &details : NULL);
    return true;
}

static bool
on_central_person(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    line_add(context, "person %lld %d %d %s", (long long)columns[0].number,
        (int)columns[1].number, (int)columns[2].number, columns[3].text);
    return true;
}

static char *
central_says(uint32_t session)
{
    struct lines lines = {.count = 0};
    struct bw_error err;
    struct bw_sql_value number = bw_sql_int(session);
    if (bw_central_run(mail.desk.central,
            "SELECT e.bytes, d.bytes FROM event e LEFT JOIN event_details d"
            " ON d.session_no = e.session_no AND d.device = e.device AND d.seq = e.seq"
            " AND d.hash = e.hash WHERE e.session_no = $1",
            &number, 1, on_central_event, &lines, &err) != BW_OK ||
        bw_central_run(mail.desk.central,
            "SELECT code, status, generation, name FROM registration"
            " WHERE session_no = $1",
            &number, 1, on_central_person, &lines, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    return lines_join(&lines);
}

/* ---- what must be true of them ---- */

static bool
on_session_event(const struct bw_event *event, void *context)
{
    struct bw_error err;
    if (bw_presence_add(context, event, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    return true;
}

static int
store_counts(int number)
{
    struct bw_presence *presence = NULL;
    struct bw_store *store = kiosk_store(&mail.kiosks[number], BW_STORE_READ);
    assert_int_equal(bw_presence_create(1, &presence, NULL), BW_OK);
    assert_int_equal(bw_store_events(store, 1, on_session_event, presence, NULL), BW_OK);
    int in = bw_presence_in(presence);
    bw_presence_destroy(presence);
    bw_store_close(store);
    return in;
}

static void
check_receipts(int seed)
{
    for (int i = 0; i < MAIL_KIOSKS; i++) {
        struct bw_head head;
        int64_t acknowledged = -1, restored = -1;
        struct bw_store *store = kiosk_store(&mail.kiosks[i], BW_STORE_READ);
        assert_int_equal(bw_store_head(store, &head, NULL), BW_OK);
        assert_int_equal(
            bw_store_get_number(store, BW_NUMBER_ACKNOWLEDGED, 0, &acknowledged, NULL),
            BW_OK);
        assert_int_equal(
            bw_store_get_number(store, BW_NUMBER_RESTORED, 0, &restored, NULL), BW_OK);
        bw_store_close(store);
        if (restored != 0 || (uint64_t)acknowledged != head.seq) {
            (void)!system("rm -rf /tmp/exch-dump; cp -a $OFFICE /tmp/exch-dump");
            fail_msg("seed %d: kiosk %d has %llu events, receipt %lld, restored %lld",
                seed, i + 1, (unsigned long long)head.seq, (long long)acknowledged,
                (long long)restored);
        }
    }
}

static void
check_same(int seed)
{
    struct bw_error err;
    struct bw_book *book = NULL;
    char *ours = central_says(1), *theirs = central_says(2);
    if (bw_book_open(mail.desk.central, 1, NULL, &book, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    int in = bw_presence_in(book->presence);
    bw_book_close(book);
    for (int i = 0; i < MAIL_KIOSKS; i++) {
        char *says = store_says(i);
        const char *central = i < MAIL_OWN ? ours : theirs;
        if (strcmp(says, central) != 0) {
            print_message("--- central\n%s--- kiosk\n%s", central, says);
            fail_msg("seed %d: kiosk %d and the office don't say the same", seed, i + 1);
        }
        free(says);
        if (i < MAIL_OWN && store_counts(i) != in) {
            fail_msg("seed %d: %d in at kiosk %d, %d at the office", seed,
                store_counts(i), i + 1, in);
        }
    }
    free(ours);
    free(theirs);
    if (desk_number(&mail.desk, "SELECT count(*) FROM quarantine") != 0) {
        fail_msg("seed %d: an honest kiosk's event is in quarantine", seed);
    }
    if (desk_number(&mail.desk, "SELECT count(*) FROM (SELECT DISTINCT device, seq"
                                " FROM event) AS numbers") !=
        desk_number(&mail.desk, "SELECT count(*) FROM event")) {
        fail_msg("seed %d: a fork", seed);
    }
}

static void
letters_in_any_state_end_the_same_everywhere(void **state)
{
    (void)state;
    int64_t events = 0;
    mail_seed(1);
    mail_open(&mail);
    mail_keep(&mail);
    for (int seed = first_seed; seed < first_seed + seeds; seed++) {
        mail_seed((uint64_t)seed * 7919);
        mail_put_back(&mail);
        for (int i = 0; i < MAIL_KIOSKS; i++) {
            mail.skew_ms[i] = mail_pick(200000) - 100000;
        }
        mail_clock(&mail, KIOSK_START_MS - 25 * KIOSK_MINUTE_MS);
        for (int i = 0; i < STEPS; i++) {
            step();
        }
        deliver_all();
        check_receipts(seed);
        check_same(seed);
        events += desk_number(&mail.desk, "SELECT count(*) FROM event");
    }
    assert_true(events > (int64_t)seeds * STEPS / 3); /* a day in which something was */
    mail_close(&mail);
}

int
main(int argc, char *argv[])
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_in_any_state_end_the_same_everywhere),
    };
    if (access("/dev/shm", W_OK) == 0) { /* no power fails here: a disk only waits */
        (void)setenv("TMPDIR", "/dev/shm", 0);
    }
    seeds = argc > 1 ? atoi(argv[1]) : pace_count(seeds);
    first_seed = argc > 2 ? atoi(argv[2]) : first_seed;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
