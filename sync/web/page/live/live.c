/* Live: the circles of today, as the letters that came say; and whether that is news. */
#include "web/page/live/live.h"

#include "central/records.h"
#include "report/book/book.h"
#include "report/figures/status_door.h"
#include "web/page/live/live_curve.h"
#include "web/page/pages.h"
#include "web/page/part/people.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { MINUTE_MS = 60 * 1000 };

/* ---- one circle ---- */

/* Whether it is one of the circle's, at work. */
static bool
is_at_work(const struct bw_book *book, const struct bw_status_kiosk *kiosk)
{
    const struct bw_book_kiosk *own = bw_book_kiosk_of(book, kiosk->device);
    return own != NULL && own->enrolled && !own->revoked;
}

static json_t *
kiosk_of(struct bw_web_visit *visit, const struct bw_status_kiosk *kiosk)
{
    json_t *row = bw_web_kiosk_chip(visit, kiosk, true);
    bool silent = kiosk->silent && kiosk->chain.state != BW_CHAIN_BROKEN;
    bw_web_set(&row, "name", bw_web_text(kiosk->name));
    if (kiosk->last_contact_ms != 0) {
        bw_web_set(&row, "word",
            bw_web_filled(visit, silent ? "live.silent" : "live.heard",
                json_pack("{s:O, s:o}", "how", json_object_get(row, "word"), "at",
                    bw_web_when(visit, visit->desk->zone, BW_WEB_MOMENT_SHORT,
                        kiosk->last_contact_ms))));
    }
    return row;
}

static json_t *
kiosks_of(struct bw_web_visit *visit, const struct bw_web_circles *circles,
    const struct bw_book *book)
{
    json_t *list = json_array();
    for (size_t i = 0; i < circles->figures.kiosks_count; i++) {
        const struct bw_status_kiosk *kiosk = &circles->figures.kiosks[i];
        if (is_at_work(book, kiosk)) {
            bw_web_add(&list, kiosk_of(visit, kiosk));
        }
    }
    return list;
}

/* ---- its door ---- */

/* "begint over 6 minuten", "begon ruim 2 uur geleden" */
static json_t *
begins_of(const struct bw_web_visit *visit, const struct bw_session *session)
{
    enum { IN_HOURS = 120, HOUR = 60 };
    int64_t now_ms = bw_office_now_ms(&visit->desk->office);
    bool before = now_ms < session->starts_ms;
    int64_t apart_ms = before ? session->starts_ms - now_ms : now_ms - session->starts_ms;
    int64_t minutes = (apart_ms + (before ? MINUTE_MS - 1 : 0)) / MINUTE_MS;
    bool hours = minutes >= IN_HOURS;
    if (minutes == 0) {
        return bw_web_sentence(visit, "live.now");
    }
    return bw_web_filled(visit,
        before  ? (hours ? "live.in.hours" : "live.in")
        : hours ? "live.since.hours"
                : "live.since",
        json_pack("{s:I}", "n", (json_int_t)(hours ? minutes / HOUR : minutes)));
}

/* When places of who isn't there come free, and who is offered the first; "" where that
 * concerns nobody. */
static json_t *
release_of(const struct bw_web_visit *visit, const struct bw_zone *zone,
    const struct bw_status_door *door)
{
    int64_t now_ms = bw_office_now_ms(&visit->desk->office);
    if (door->expected == 0) {
        return json_string("");
    }
    return bw_web_filled(visit,
        door->released              ? "live.released"
        : now_ms < door->release_ms ? "live.release"
                                    : "live.release.late",
        json_pack("{s:o}", "t",
            bw_web_when(visit, zone, BW_WEB_MOMENT_TIME, door->release_ms)));
}

static json_t *
first_of(const struct bw_web_visit *visit, const struct bw_status_door *door)
{
    return door->named ? bw_web_filled(visit, "live.first",
                             json_pack("{s:o}", "name",
                                 bw_web_name(door->first_name, door->name)))
                       : json_string("");
}

/* "1 gast van Leerkring Assen", where all are of one. */
static json_t *
guests_of(const struct bw_web_visit *visit, const struct bw_web_circles *circles,
    const struct bw_book *book, const struct bw_status_door *door)
{
    const char *from = "";
    json_int_t count = bw_presence_guests(book->presence);
    for (size_t i = 0; i < circles->figures.sessions_count; i++) {
        if (door->guests_of != 0 && circles->sessions[i].session_no == door->guests_of) {
            from = circles->sessions[i].title;
        }
    }
    return count == 0
               ? json_string("")
               : bw_web_filled(visit, from[0] != '\0' ? "live.guests.of" : "live.guests",
                     json_pack("{s:I, s:o}", "n", count, "k", bw_web_text(from)));
}

static json_t *
counted(const struct bw_web_visit *visit, const char *key, int64_t count)
{
    return count > 0
               ? bw_web_filled(visit, key, json_pack("{s:I}", "n", (json_int_t)count))
               : json_string("");
}

static void
add_door(const struct bw_web_visit *visit, const struct bw_web_circles *circles, size_t i,
    const struct bw_book *book, struct bw_zone *zone, json_t **row)
{
    const struct bw_session *session = &circles->sessions[i];
    const struct bw_status_session *figures = &circles->figures.sessions[i];
    struct bw_status_door door;
    bw_status_door_read(book, &door);
    bw_web_set(row, "inside", json_integer(door.inside));
    bw_web_set(row, "expected", json_integer(door.expected));
    bw_web_set(row, "free", json_integer(door.free));
    bw_web_set(row, "door", json_integer(door.at_door));
    bw_web_set(
        row, "waiting", counted(visit, "live.waiting", figures->counts[BW_WAITLISTED]));
    bw_web_set(row, "walk_ins",
        counted(visit, "live.walkins", bw_presence_walk_ins(book->presence)));
    bw_web_set(row, "guests", guests_of(visit, circles, book, &door));
    bw_web_set(row, "release", release_of(visit, zone, &door));
    bw_web_set(row, "first", first_of(visit, &door));
    bw_web_set(row, "dots", bw_web_ring(door.inside, door.expected, session->capacity));
}

/* Figures are as of the kiosk that was heard longest ago; each that isn't heard is named,
 * for what it saw isn't among them. */
static void
add_as_of(struct bw_web_visit *visit, const struct bw_web_circles *circles,
    const struct bw_book *book, json_t **row)
{
    int64_t heard_ms = 0, now_ms = bw_office_now_ms(&visit->desk->office);
    json_t *late = json_array(), *unheard = json_array();
    for (size_t i = 0; i < circles->figures.kiosks_count; i++) {
        const struct bw_status_kiosk *kiosk = &circles->figures.kiosks[i];
        int64_t last_ms = kiosk->last_contact_ms;
        if (!is_at_work(book, kiosk)) {
            continue;
        }
        if (last_ms == 0) {
            bw_web_add(&unheard, json_pack("{s:o}", "name", bw_web_text(kiosk->name)));
            continue;
        }
        if (kiosk->silent) {
            bw_web_add(
                &late, json_pack("{s:o, s:I}", "name", bw_web_text(kiosk->name),
                           "minutes", (json_int_t)((now_ms - last_ms) / MINUTE_MS)));
        }
        heard_ms = heard_ms == 0 || last_ms < heard_ms ? last_ms : heard_ms;
    }
    bw_web_set(row, "as_of",
        bw_web_when(visit, visit->desk->zone, BW_WEB_MOMENT_SHORT, heard_ms));
    bw_web_set(row, "late", late);
    bw_web_set(row, "unheard", unheard);
}

json_t *
bw_web_live_circle(struct bw_web_visit *visit, const struct bw_web_circles *circles,
    size_t i, const struct bw_book *book)
{
    const struct bw_session *session = &circles->sessions[i];
    struct bw_zone *zone = bw_web_zone_of(visit, session);
    json_t *row = json_object();
    bw_web_set(&row, "code", bw_web_text(session->code));
    bw_web_set(&row, "circle", bw_web_text(session->title));
    bw_web_set(&row, "venue", bw_web_text(session->venue));
    bw_web_set(
        &row, "from", bw_web_when(visit, zone, BW_WEB_MOMENT_TIME, session->starts_ms));
    bw_web_set(
        &row, "to", bw_web_when(visit, zone, BW_WEB_MOMENT_TIME, session->ends_ms));
    bw_web_set(&row, "begins", begins_of(visit, session));
    bw_web_set(&row, "capacity", json_integer(session->capacity));
    add_door(visit, circles, i, book, zone, &row);
    bw_web_set(&row, "curve", bw_web_live_curve(visit, book, zone));
    bw_web_set(&row, "kiosks", kiosks_of(visit, circles, book));
    add_as_of(visit, circles, book, &row);
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
            bw_web_add(&rows, bw_web_live_circle(visit, &circles, i, book));
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
