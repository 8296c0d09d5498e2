/* Live: the circles of today, as the letters that came say; and whether that is news. */
#include "central/records.h"
#include "report/book/book.h"
#include "web/page/part/circles.h"
#include "web/page/pages.h"
#include "web/page/part/people.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { STEP_MS = 5 * 60 * 1000, COLUMNS = 60, WIDE = 600, HIGH = 120 };

/* ---- arrivals, summed per five minutes ---- */

/* How many came by the end of each column. The curve begins when doors open. */
struct curve {
    int64_t from_ms;
    int64_t came[COLUMNS];
    int64_t most;
};

static void
curve_fill(struct curve *curve, const struct bw_book *book)
{
    for (size_t i = 0; i < bw_presence_size(book->presence); i++) {
        const struct bw_attendance *attendance = bw_presence_at(book->presence, i);
        int64_t at = (attendance->since_ms - curve->from_ms) / STEP_MS;
        if (attendance->attended) {
            curve->came[at < 0 ? 0 : at >= COLUMNS ? COLUMNS - 1 : at]++;
        }
    }
    for (int i = 1; i < COLUMNS; i++) {
        curve->came[i] += curve->came[i - 1];
    }
    curve->most = curve->came[COLUMNS - 1];
}

static json_t *
curve_of(struct bw_web_visit *visit, const struct bw_book *book, struct bw_zone *zone)
{
    struct curve curve = {.from_ms = book->session.starts_ms -
                                     (int64_t)book->session.doors_minutes * 60 * 1000};
    json_t *columns = json_array();
    curve_fill(&curve, book);
    if (curve.most == 0) {
        json_decref(columns);
        return json_false();
    }
    int64_t now = (bw_office_now_ms(&visit->desk->office) - curve.from_ms) / STEP_MS;
    for (int i = 0; i < COLUMNS && i <= now; i++) {
        int64_t high = curve.came[i] * (HIGH - 4) / curve.most;
        bw_web_add(&columns,
            json_pack("{s:I, s:I, s:I, s:I}", "x", (json_int_t)i * (WIDE / COLUMNS), "y",
                (json_int_t)(HIGH - high), "w", (json_int_t)(WIDE / COLUMNS - 1), "h",
                (json_int_t)high));
    }
    json_t *object = json_object();
    bw_web_set(&object, "columns", columns);
    bw_web_set(&object, "came", json_integer(curve.most));
    bw_web_set(
        &object, "doors", bw_web_when(visit, zone, BW_WEB_MOMENT_TIME, curve.from_ms));
    return object;
}

/* ---- one circle ---- */

static json_t *
kiosks_of(struct bw_web_visit *visit, const struct bw_web_circles *circles,
    const struct bw_book *book)
{
    json_t *list = json_array();
    for (size_t i = 0; i < circles->figures.kiosks_count; i++) {
        const struct bw_status_kiosk *kiosk = &circles->figures.kiosks[i];
        const struct bw_book_kiosk *own = bw_book_kiosk_of(book, kiosk->device);
        if (own == NULL || !own->enrolled || own->revoked) {
            continue;
        }
        json_t *row = bw_web_kiosk_chip(visit, kiosk, true);
        bw_web_set(&row, "name", bw_web_text(kiosk->name));
        if (kiosk->last_contact_ms != 0) {
            bw_web_set(&row, "word",
                bw_web_filled(visit, "live.heard",
                    json_pack("{s:O, s:o}", "how", json_object_get(row, "word"), "at",
                        bw_web_when(visit, visit->desk->zone, BW_WEB_MOMENT_SHORT,
                            kiosk->last_contact_ms))));
        }
        bw_web_add(&list, row);
    }
    return list;
}

/* Who has a place, and is neither in nor gone home. */
static int64_t
expected_of(const struct bw_book *book)
{
    int64_t expected = 0;
    for (size_t i = 0; i < book->people_count; i++) {
        const struct bw_registration *r = &book->people[i].registration;
        const struct bw_attendance *a = bw_presence_of_code(book->presence, r->code);
        expected += r->status == BW_CONFIRMED && (a == NULL || (!a->in && !a->left));
    }
    return expected;
}

static json_t *
circle_of(struct bw_web_visit *visit, const struct bw_web_circles *circles, size_t i,
    const struct bw_book *book)
{
    const struct bw_session *session = &circles->sessions[i];
    const struct bw_status_session *figures = &circles->figures.sessions[i];
    struct bw_zone *zone = bw_web_zone_of(visit, session);
    int64_t inside = bw_presence_in(book->presence), expected = expected_of(book);
    json_t *row = json_object();
    bw_web_set(&row, "code", bw_web_text(session->code));
    bw_web_set(&row, "circle", bw_web_text(session->title));
    bw_web_set(&row, "venue", bw_web_text(session->venue));
    bw_web_set(
        &row, "from", bw_web_when(visit, zone, BW_WEB_MOMENT_TIME, session->starts_ms));
    bw_web_set(
        &row, "to", bw_web_when(visit, zone, BW_WEB_MOMENT_TIME, session->ends_ms));
    bw_web_set(&row, "inside", json_integer(inside));
    bw_web_set(&row, "expected", json_integer(expected));
    bw_web_set(&row, "capacity", json_integer(session->capacity));
    bw_web_set(&row, "waiting", json_integer(figures->counts[BW_WAITLISTED]));
    bw_web_set(&row, "walk_ins", json_integer(figures->walk_ins));
    bw_web_set(&row, "guests", json_integer(figures->guests));
    bw_web_set(&row, "dots", bw_web_ring(inside, expected, session->capacity));
    bw_web_set(&row, "curve", curve_of(visit, book, zone));
    bw_web_set(&row, "kiosks", kiosks_of(visit, circles, book));
    bw_web_zone_close(visit, zone);
    return row;
}

/* The model of the page, of all that belongs together. The caller drops *ret_model. */
static enum bw_status
read_live(struct bw_web_visit *visit, json_t **ret_model, struct bw_error *err)
{
    struct bw_central *central = visit->desk->office.central;
    struct bw_web_circles circles = {.sessions = NULL};
    json_t *rows = json_array(), *model = json_object();
    int64_t inside = 0, places = 0;
    enum bw_status status = bw_web_circles_read(visit, &circles, err);
    for (size_t i = 0; status == BW_OK && i < circles.figures.sessions_count; i++) {
        struct bw_book *book = NULL;
        if (circles.figures.sessions[i].state != BW_SESSION_TODAY) {
            continue;
        }
        status = bw_book_open(central, circles.sessions[i].session_no, NULL, &book, err);
        if (status == BW_OK) {
            inside += bw_presence_in(book->presence);
            places += circles.sessions[i].capacity;
            bw_web_add(&rows, circle_of(visit, &circles, i, book));
        }
        bw_book_close(book);
    }
    if (status == BW_OK) {
        json_t *next = bw_web_next_circle(visit, &circles);
        if (json_is_object(next)) {
            (void)json_object_update(model, next);
        }
        bw_web_set(&model, "next", json_boolean(json_is_object(next)));
        json_decref(next);
        bw_web_set(&model, "count", json_integer((json_int_t)json_array_size(rows)));
        bw_web_set(&model, "inside_all", json_integer(inside));
        bw_web_set(&model, "places_all", json_integer(places));
        bw_web_set(&model, "circles", rows);
        *ret_model = model;
    } else {
        json_decref(rows);
        json_decref(model);
    }
    bw_web_circles_finish(&circles);
    return status;
}

static enum bw_status
show_live(struct bw_web_visit *visit, const char *page, struct bw_error *err)
{
    json_t *model = NULL;
    enum bw_status status = bw_central_read_begin(visit->desk->office.central, err);
    if (status == BW_OK) {
        status = read_live(visit, &model, err);
        bw_central_read_end(visit->desk->office.central);
    }
    if (status != BW_OK) {
        return status;
    }
    bw_web_set(&model, "heading", bw_web_sentence(visit, "nav.live"));
    bw_web_set(&model, "date",
        bw_web_when(visit, visit->desk->zone, BW_WEB_MOMENT_DATE,
            bw_office_now_ms(&visit->desk->office)));
    return bw_web_show(visit, page, model, err);
}

enum bw_status
bw_web_page_live(struct bw_web_visit *visit, struct bw_error *err)
{
    return show_live(visit, "live", err);
}

enum bw_status
bw_web_page_live_big(struct bw_web_visit *visit, struct bw_error *err)
{
    enum { AGAIN_S = 15 };
    if (strcmp(visit->request->segments[1], "groot") != 0) {
        return bw_error_set(err, BW_NOT_FOUND, 0, "looking for a page: there's none");
    }
    visit->reply->again_s = AGAIN_S;
    return show_live(visit, "live_big", err);
}

enum bw_status
bw_web_page_stream(struct bw_web_visit *visit, struct bw_error *err)
{
    static const char hello[] = "retry: 5000\n\n";
    (void)err;
    visit->reply->status = 200;
    visit->reply->type = "text/event-stream";
    visit->reply->lent = hello;
    visit->reply->bytes = sizeof hello - 1;
    visit->reply->personal = true;
    visit->reply->stream = true;
    return BW_OK;
}

enum bw_status
bw_web_desk_look(struct bw_web_desk *desk, bool *ret_news, struct bw_error *err)
{
    struct bw_web_visit visit = {.desk = desk, .language = BW_WORDING_DUTCH, .place = ""};
    unsigned char hash[(BW_WEB_KEY_BYTES - 1) / 2];
    char digest[BW_WEB_KEY_BYTES];
    json_t *model = NULL;
    enum bw_status status = read_live(&visit, &model, err);
    char *text =
        status == BW_OK ? json_dumps(model, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    json_decref(model);
    if (text == NULL) {
        return status != BW_OK
                   ? status
                   : bw_error_set(err, BW_NO_MEMORY, 0, "looking at Live: no memory");
    }
    (void)crypto_generichash(
        hash, sizeof hash, (const unsigned char *)text, strlen(text), NULL, 0);
    (void)sodium_bin2hex(digest, sizeof digest, hash, sizeof hash);
    free(text);
    *ret_news = strcmp(digest, desk->live) != 0;
    memcpy(desk->live, digest, sizeof desk->live);
    return BW_OK;
}
