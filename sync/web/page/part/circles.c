/* The table of circles, and the page Kringen: see circles.h. */
#include "web/page/part/circles.h"

#include "central/records.h"
#include "exchange/office/fleet.h"
#include "report/figures/status_kiosk.h"
#include "web/page/pages.h"

#include <brugwachter/text.h>

#include <stdlib.h>
#include <string.h>

enum { NEEDED_MS = 36 * 60 * 60 * 1000 };

/* ---- reading ---- */

/* The kiosk of a circle: one that is at work, the first by number. */
static bool
on_kiosk(const struct bw_fleet_kiosk *kiosk, void *context)
{
    struct bw_web_circles *circles = context;
    for (int s = 0; s < kiosk->sessions_count; s++) {
        for (size_t i = 0; i < circles->figures.sessions_count; i++) {
            if (!kiosk->sessions[s].away && kiosk->record.state != BW_KIOSK_REVOKED &&
                circles->kiosks[i] == 0 &&
                circles->figures.sessions[i].session_no ==
                    kiosk->sessions[s].session_no) {
                circles->kiosks[i] = kiosk->record.device;
            }
        }
    }
    return true;
}

static enum bw_status
read_within(struct bw_central *central, int64_t now_ms, struct bw_web_circles *circles,
    struct bw_error *err)
{
    struct bw_status_figures *figures = &circles->figures;
    enum bw_status status =
        bw_status_read(central, BW_WORDING_DUTCH, now_ms, figures, err);
    if (status != BW_OK) {
        return status;
    }
    circles->sessions = calloc(figures->sessions_count + 1, sizeof *circles->sessions);
    circles->kiosks = calloc(figures->sessions_count + 1, sizeof *circles->kiosks);
    if (circles->sessions == NULL || circles->kiosks == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "reading the circles: no memory");
    }
    for (size_t i = 0; status == BW_OK && i < figures->sessions_count; i++) {
        status = bw_record_session_by_number(
            central, figures->sessions[i].session_no, &circles->sessions[i], err);
    }
    if (status == BW_OK) {
        status = bw_status_kiosks_silent(
            central, now_ms, figures->kiosks, figures->kiosks_count, err);
    }
    return status == BW_OK ? bw_fleet_list(central, on_kiosk, circles, err) : status;
}

enum bw_status
bw_web_circles_read(
    struct bw_web_visit *visit, struct bw_web_circles *ret_circles, struct bw_error *err)
{
    struct bw_office *office = &visit->desk->office;
    struct bw_web_circles circles = {.sessions = NULL};
    enum bw_status status = bw_central_read_begin(office->central, err);
    if (status == BW_OK) {
        status = read_within(office->central, bw_office_now_ms(office), &circles, err);
        bw_central_read_end(office->central);
    }
    if (status != BW_OK) {
        bw_web_circles_finish(&circles);
        return status;
    }
    *ret_circles = circles;
    return BW_OK;
}

void
bw_web_circles_finish(struct bw_web_circles *circles)
{
    if (circles != NULL) {
        bw_status_finish(&circles->figures);
        free(circles->sessions);
        free(circles->kiosks);
        *circles = (struct bw_web_circles){.sessions = NULL};
    }
}

/* ---- kiosks ---- */

static json_t *
chip(
    const struct bw_web_visit *visit, const char *kind, const char *icon, const char *key)
{
    return json_pack("{s:s, s:s, s:o}", "kind", kind, "icon", icon, "word",
        bw_web_sentence(visit, key));
}

json_t *
bw_web_kiosk_chip(
    struct bw_web_visit *visit, const struct bw_status_kiosk *kiosk, bool needed)
{
    if (kiosk->chain.state == BW_CHAIN_BROKEN) {
        return chip(visit, "fout", "alert", "kz.broken");
    }
    if (needed && kiosk->silent) {
        return chip(visit, "fout", "alert", "kz.silent");
    }
    if (kiosk->chain.state == BW_CHAIN_FORKED) {
        return chip(visit, "let", "kiosk-pair", "kz.fork");
    }
    if (kiosk->chain.gaps_count > 0) {
        return chip(visit, "let", "history", "kz.gap");
    }
    return kiosk->last_contact_ms == 0 ? chip(visit, "let", "clock-alert", "kz.never")
                                       : chip(visit, "ok", "kiosk-ok", "kz.ok");
}

bool
bw_web_kiosk_needed(const struct bw_web_visit *visit, const struct bw_session *session,
    enum bw_session_state state)
{
    return state == BW_SESSION_TODAY ||
           (state == BW_SESSION_PLANNED &&
               session->starts_ms < bw_office_now_ms(&visit->desk->office) + NEEDED_MS);
}

static json_t *
kiosk_of_circle(
    struct bw_web_visit *visit, const struct bw_web_circles *circles, size_t i)
{
    const struct bw_session *session = &circles->sessions[i];
    enum bw_session_state state = circles->figures.sessions[i].state;
    bool needed = bw_web_kiosk_needed(visit, session, state);
    for (size_t k = 0; k < circles->figures.kiosks_count; k++) {
        if (circles->figures.kiosks[k].device == circles->kiosks[i] &&
            circles->kiosks[i] != 0) {
            return bw_web_kiosk_chip(visit, &circles->figures.kiosks[k], needed);
        }
    }
    return state == BW_SESSION_CANCELLED || state == BW_SESSION_CLOSED
               ? json_null()
               : chip(visit, "let", "plus", "kz.none");
}

/* ---- rows ---- */

json_t *
bw_web_circle_row(
    struct bw_web_visit *visit, const struct bw_web_circles *circles, size_t i)
{
    const struct bw_status_session *figures = &circles->figures.sessions[i];
    const struct bw_session *session = &circles->sessions[i];
    struct bw_zone *zone = bw_web_zone_of(visit, session);
    int64_t taken = figures->counts[BW_CONFIRMED];
    int64_t waiting = figures->counts[BW_WAITLISTED];
    int64_t room = figures->capacity > taken ? figures->capacity - taken : 0;
    bool over = bw_session_state_is_over(figures->state);
    json_t *row = json_object();
    bw_web_set(&row, "code", bw_web_text(session->code));
    bw_web_set(&row, "title", bw_web_text(session->title));
    bw_web_set(&row, "region", bw_web_text(session->region));
    bw_web_set(&row, "venue", bw_web_text(session->venue));
    bw_web_set(
        &row, "day", bw_web_when(visit, zone, BW_WEB_MOMENT_DAY, session->starts_ms));
    bw_web_set(&row, "taken", json_integer(taken));
    bw_web_set(&row, "free", json_integer(over ? 0 : room));
    bw_web_set(&row, "waiting", json_integer(over ? 0 : waiting));
    bw_web_set(&row, "bar",
        bw_web_bar(taken, over ? 0 : room, over ? 0 : waiting, figures->capacity));
    bw_web_set(&row, "off", json_boolean(figures->state == BW_SESSION_CANCELLED));
    bw_web_set(&row, "kiosk", kiosk_of_circle(visit, circles, i));
    bw_web_set(&row, "state", bw_web_state_chip(visit, figures->state));
    bw_web_zone_close(visit, zone);
    return row;
}

/* "morgen", or "di 25 mrt". */
static json_t *
near_day(const struct bw_web_visit *visit, const struct bw_zone *zone, int64_t wall_ms)
{
    int64_t today_ms = bw_zone_day_start(zone, bw_office_now_ms(&visit->desk->office));
    int64_t eve_ms = bw_zone_day_start(zone, bw_zone_day_start(zone, wall_ms) - 1);
    return eve_ms == today_ms ? bw_web_sentence(visit, "day.tomorrow")
                              : bw_web_when(visit, zone, BW_WEB_MOMENT_DAY, wall_ms);
}

json_t *
bw_web_next_circle(struct bw_web_visit *visit, const struct bw_web_circles *circles)
{
    int64_t now_ms = bw_office_now_ms(&visit->desk->office);
    for (size_t i = 0; i < circles->figures.sessions_count; i++) {
        const struct bw_session *session = &circles->sessions[i];
        if (session->starts_ms > now_ms && session->called_off_ms == 0) {
            struct bw_zone *zone = bw_web_zone_of(visit, session);
            json_t *next = json_object();
            bw_web_set(&next, "next_title", bw_web_text(session->title));
            bw_web_set(&next, "next_day", near_day(visit, zone, session->starts_ms));
            bw_web_set(&next, "next_today",
                json_boolean(bw_web_is_today(visit, zone, session->starts_ms)));
            bw_web_set(&next, "next_time",
                bw_web_when(visit, zone, BW_WEB_MOMENT_TIME, session->starts_ms));
            bw_web_zone_close(visit, zone);
            return next;
        }
    }
    return json_null();
}

/* ---- the page ---- */

static int
by_title(const void *left, const void *right)
{
    const json_t *a = *(json_t *const *)left, *b = *(json_t *const *)right;
    char folded_a[BW_TITLE_BYTES], folded_b[BW_TITLE_BYTES];
    bw_text_fold(
        json_string_value(json_object_get(a, "title")), false, folded_a, sizeof folded_a);
    bw_text_fold(
        json_string_value(json_object_get(b, "title")), false, folded_b, sizeof folded_b);
    return strcmp(folded_a, folded_b);
}

/* Sorted by title; by start is how they are read. NULL without memory. */
static json_t *
sorted(json_t *rows)
{
    size_t count = json_array_size(rows);
    json_t **order = calloc(count + 1, sizeof(json_t *));
    json_t *list = order != NULL && rows != NULL ? json_array() : NULL;
    for (size_t i = 0; order != NULL && i < count; i++) {
        order[i] = json_array_get(rows, i);
    }
    if (order != NULL) {
        qsort(order, count, sizeof(json_t *), by_title);
    }
    for (size_t i = 0; list != NULL && i < count; i++) {
        bw_web_add(&list, json_incref(order[i]));
    }
    free(order);
    json_decref(rows);
    return list;
}

/* Whether each word of `search` stands in what is known of the circle, folded. */
static bool
fits(const struct bw_session *session, const char *search)
{
    char known[BW_TITLE_BYTES * 4], folded[BW_TITLE_BYTES * 4], word[BW_TITLE_BYTES];
    char wanted[BW_TITLE_BYTES], *rest = wanted;
    (void)snprintf(known, sizeof known, "%s %s %s %s %s", session->title, session->code,
        session->region, session->venue, session->series);
    bw_text_fold(known, false, folded, sizeof folded);
    bw_text_fold(search, false, wanted, sizeof wanted);
    for (char *part; (part = strsep(&rest, " ")) != NULL;) {
        (void)snprintf(word, sizeof word, "%s", part);
        if (strstr(folded, word) == NULL) {
            return false;
        }
    }
    return true;
}

static json_t *
filters(const struct bw_web_visit *visit, const char *chosen)
{
    static const struct {
        const char *value, *key;
    } all[] = {{"", "filter.all"}, {"planned", "state.planned"}, {"today", "state.today"},
        {"held", "state.held"}, {"closed", "state.closed"},
        {"cancelled", "state.cancelled"}};
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        bw_web_add(&list, json_pack("{s:s, s:o, s:b}", "value", all[i].value, "word",
                              bw_web_sentence(visit, all[i].key), "chosen",
                              strcmp(all[i].value, chosen) == 0));
    }
    return list;
}

enum bw_status
bw_web_page_circles(struct bw_web_visit *visit, struct bw_error *err)
{
    const char *search = bw_web_request_asked(visit->request, "zoek");
    const char *state = bw_web_request_asked(visit->request, "staat");
    bool by_name = strcmp(bw_web_request_asked(visit->request, "sorteer"), "naam") == 0;
    struct bw_web_circles circles = {.sessions = NULL};
    enum bw_status status = bw_web_circles_read(visit, &circles, err);
    if (status != BW_OK) {
        return status;
    }
    json_t *rows = json_array();
    for (size_t i = 0; i < circles.figures.sessions_count; i++) {
        const char *is = bw_session_state_name(circles.figures.sessions[i].state);
        if ((state[0] == '\0' || strcmp(state, is) == 0) &&
            fits(&circles.sessions[i], search)) {
            bw_web_add(&rows, bw_web_circle_row(visit, &circles, i));
        }
    }
    rows = by_name ? sorted(rows) : rows;
    json_t *model = json_object();
    bw_web_set(&model, "heading", bw_web_sentence(visit, "nav.circles"));
    bw_web_set(&model, "count", json_integer((json_int_t)json_array_size(rows)));
    bw_web_set(&model, "all", json_integer((json_int_t)circles.figures.sessions_count));
    bw_web_set(&model, "circles", rows);
    bw_web_set(&model, "search", bw_web_text(search));
    bw_web_set(&model, "filter", bw_web_text(state));
    bw_web_set(&model, "filters", filters(visit, state));
    bw_web_set(&model, "sort_name", json_boolean(by_name));
    bw_web_set(&model, "sort_when", json_boolean(!by_name));
    bw_web_circles_finish(&circles);
    return bw_web_show(visit, "circles", model, err);
}
