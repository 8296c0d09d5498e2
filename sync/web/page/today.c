/* Vandaag: what there is to do (todo.h), then the circles, series by series. */
#include "web/desk/frame.h"
#include "web/page/part/circles.h"
#include "web/page/part/offer.h"
#include "web/page/part/people.h"
#include "web/page/pages.h"

#include <string.h>

/* How a thing to do looks: its sentence (one of two, by `others`), and its deed: a button
 * that says it, and where it leads: /to/page/then, where `page` NULL is the code of its
 * circle; `ask` puts ?ask= behind it, with `asked`, where that is NULL the code of its
 * circle. `deed`: of the form that is sent there; NULL is a link. */
static const struct todo_look {
    const char *icon, *key, *other_key, *button, *to, *page, *then, *deed, *ask, *asked;
} looks[] = {
    [BW_TODO_KIOSK_SILENT] = {"kiosk", "todo.never", "todo.silent", "todo.help.b",
        "zuilen", "", "", NULL, NULL, NULL},
    [BW_TODO_CHAIN] = {"kiosk-pair", "todo.chain", "todo.chain", "todo.help.b", "zuilen",
        "", "", NULL, NULL, NULL},
    [BW_TODO_CONFLICT] = {"question", "todo.conflict", "todo.conflict", "todo.settle.b",
        "uitzoeken", "", "", NULL, NULL, NULL},
    [BW_TODO_QUARANTINE] = {"question", "todo.quarantine", "todo.quarantine",
        "todo.settle.b", "uitzoeken", "", "", NULL, NULL, NULL},
    [BW_TODO_INTRODUCTION] = {"kiosk", "todo.introduction", "todo.introduction",
        "todo.introduction.b", "zuilen", "", "", NULL, NULL, NULL},
    [BW_TODO_FREE_PLACE] = {"seat", "todo.free", "todo.free", "todo.free.b", "kring",
        NULL, "", NULL, NULL, NULL},
    [BW_TODO_TELL] = {"outbox", "todo.tell", "todo.off", "todo.tell.b", "mail", "", "",
        NULL, "kring", NULL},
    [BW_TODO_MAIL_BACK] = {"alert", "todo.back", "todo.back", "todo.several.b", "kring",
        NULL, "", NULL, "mail", "terug"},
    [BW_TODO_DOUBT] = {"question", "todo.doubt", "todo.doubt", "todo.doubt.b",
        "uitzoeken", "", "", NULL, NULL, NULL},
    [BW_TODO_NO_KIOSK] = {"kiosk", "todo.nokiosk", "todo.nokiosk", "todo.nokiosk.b",
        "zuilen", "nieuw", "", NULL, "kring", NULL},
    [BW_TODO_SEVERAL] = {"people", "todo.several", "todo.several.wanted",
        "todo.several.b", "mensen", "dubbel", "", NULL, NULL, NULL},
    [BW_TODO_CERTIFICATE] = {"outbox", "todo.certificate", "todo.certificate",
        "todo.tell.b", "mail", "", "", NULL, "kring", NULL},
    [BW_TODO_BACKUP] = {"storage", "todo.backup", "todo.backup.never", "st.backup",
        "stukken", "", "", "reserve", NULL, NULL},
    [BW_TODO_NOT_CLOSED] = {"lock", "todo.notclosed", "todo.notclosed",
        "todo.notclosed.b", "kring", NULL, "staat", "afsluiten", NULL, NULL},
    [BW_TODO_PURGE] = {"storage", "todo.purge", "todo.purge", "todo.look", "kringen", "",
        "", NULL, NULL, NULL},
};

/* Each is a run of the verb; who sees more cards than this looks at the circle first. */
enum { OFFERS_MOST = 8 };

/* The circle that it is about; NULL: none of these. */
static const struct bw_session *
circle_of(const struct bw_web_circles *circles, const struct bw_todo *todo)
{
    for (size_t i = 0; i < circles->figures.sessions_count; i++) {
        if (strcmp(circles->sessions[i].code, todo->session) == 0) {
            return &circles->sessions[i];
        }
    }
    return NULL;
}

/* What stands below a card's sentence: who is first, when a kiosk was heard; else the
 * circle's day, and its code as small print. */
static json_t *
detail_of(const struct bw_web_visit *visit, const struct bw_todo *todo,
    const json_t *offer, json_t *day)
{
    json_t *detail = NULL;
    if (json_is_object(offer)) {
        detail = bw_web_filled(visit, "todo.free.p", json_incref((json_t *)offer));
    } else if (todo->kind == BW_TODO_KIOSK_SILENT && todo->heard_ms != 0) {
        detail = bw_web_filled(visit, "todo.silent.p",
            json_pack("{s:o}", "when",
                bw_web_when(
                    visit, visit->desk->zone, BW_WEB_MOMENT_SHORT, todo->heard_ms)));
    } else {
        return day;
    }
    json_decref(day);
    return detail;
}

static json_t *
sentence_of(const struct bw_web_visit *visit, const struct bw_session *circle,
    const struct bw_todo *todo)
{
    const struct todo_look *look = &looks[todo->kind];
    return bw_web_filled(visit, todo->others != 0 ? look->other_key : look->key,
        json_pack("{s:I, s:I, s:s, s:s, s:I}", "n", (json_int_t)todo->count, "m",
            (json_int_t)todo->others, "k", circle != NULL ? circle->title : todo->session,
            "name", todo->name, "device", (json_int_t)todo->device));
}

/* One thing to do, with its sentence filled in by the template's own way: the circle by
 * its name, its day and its code as small print. */
static json_t *
todo_row(struct bw_web_visit *visit, const struct bw_web_circles *circles,
    const struct bw_todo *todo, int *inout_offers)
{
    const struct todo_look *look = &looks[todo->kind];
    const struct bw_session *circle = circle_of(circles, todo);
    struct bw_zone *zone = circle != NULL ? bw_web_zone_of(visit, circle) : NULL;
    bool offers = todo->kind == BW_TODO_FREE_PLACE && circle != NULL &&
                  (*inout_offers)++ < OFFERS_MOST;
    json_t *row = json_object();
    json_t *offer = offers ? bw_web_offer_place(visit, circle, 1) : json_false();
    json_t *day = zone != NULL
                      ? bw_web_when(visit, zone, BW_WEB_MOMENT_DAY, circle->starts_ms)
                      : json_string("");
    bw_web_set(&row, "text", sentence_of(visit, circle, todo));
    bw_web_set(&row, "detail", detail_of(visit, todo, offer, day));
    bw_web_set(&row, "code", bw_web_text(todo->session));
    bw_web_set(&row, "circle", bw_web_text(circle != NULL ? circle->title : ""));
    bw_web_set(&row, "phone",
        bw_web_phone(todo->kind == BW_TODO_KIOSK_SILENT && circle != NULL
                         ? circle->venue_phone
                         : ""));
    bw_web_set(&row, "icon", json_string(look->icon));
    bw_web_set(&row, "button",
        json_is_object(offer) ? bw_web_filled(visit, "v.b", json_incref(offer))
                              : bw_web_sentence(visit, look->button));
    bw_web_set(&row, "to", json_string(look->to));
    bw_web_set(
        &row, "page", bw_web_text(look->page != NULL ? look->page : todo->session));
    bw_web_set(&row, "then", json_string(look->then));
    bw_web_set(&row, "ask", bw_web_text(look->ask != NULL ? look->ask : ""));
    bw_web_set(
        &row, "asked", bw_web_text(look->asked != NULL ? look->asked : todo->session));
    bw_web_set(&row, "deed",
        json_is_object(offer) ? json_string("plek")
        : look->deed != NULL  ? json_string(look->deed)
                              : json_false());
    bw_web_set(&row, "offer", offer);
    if (zone != NULL) {
        bw_web_zone_close(visit, zone);
    }
    return row;
}

/* ---- mails of several circles: one thing to do, as they go at once ---- */

static bool
is_of_mails(const struct bw_todo *todo, bool urgent)
{
    return (todo->kind == BW_TODO_TELL || todo->kind == BW_TODO_CERTIFICATE) &&
           todo->urgent == urgent;
}

static size_t
count_of_mails(const struct bw_todos *todos, bool urgent)
{
    size_t count = 0;
    for (size_t i = 0; i < todos->count; i++) {
        count += is_of_mails(&todos->items[i], urgent);
    }
    return count;
}

/* "44 over Leerkring Tilburg · 6 over …": the first few. */
static json_t *
mails_of_circles(const struct bw_web_visit *visit, const struct bw_web_circles *circles,
    const struct bw_todos *todos, bool urgent)
{
    enum { NAMED_MOST = 4 };
    char text[BW_WEB_SAID_BYTES] = "";
    size_t used = 0, named = 0, all = count_of_mails(todos, urgent);
    for (size_t i = 0; i < todos->count && named < NAMED_MOST; i++) {
        const struct bw_todo *todo = &todos->items[i];
        const struct bw_session *circle = circle_of(circles, todo);
        if (!is_of_mails(todo, urgent)) {
            continue;
        }
        json_t *one = bw_web_filled(visit, "todo.mails.of",
            json_pack("{s:I, s:s}", "n", (json_int_t)todo->count, "k",
                circle != NULL ? circle->title : todo->session));
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s",
            named++ > 0 ? " · " : "", json_is_string(one) ? json_string_value(one) : "");
        json_decref(one);
        if (used >= sizeof text) {
            break;
        }
    }
    if (named < all && used + sizeof " · …" <= sizeof text) {
        (void)snprintf(text + used, sizeof text - used, " · …");
    }
    return bw_web_text(text);
}

static json_t *
mails_row(const struct bw_web_visit *visit, const struct bw_web_circles *circles,
    const struct bw_todos *todos, bool urgent)
{
    const struct todo_look *look = &looks[BW_TODO_TELL];
    int64_t mails = 0;
    for (size_t i = 0; i < todos->count; i++) {
        mails += is_of_mails(&todos->items[i], urgent) ? todos->items[i].count : 0;
    }
    json_t *row = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:b}", "code", "",
        "circle", "", "icon", look->icon, "to", look->to, "page", look->page, "then",
        look->then, "ask", "", "deed", 0, "offer", 0);
    bw_web_set(&row, "text",
        bw_web_filled(visit, "todo.mails", json_pack("{s:I}", "n", (json_int_t)mails)));
    bw_web_set(&row, "detail", mails_of_circles(visit, circles, todos, urgent));
    bw_web_set(&row, "button", bw_web_sentence(visit, look->button));
    return row;
}

static void
add_todos(struct bw_web_visit *visit, const struct bw_web_circles *circles,
    const struct bw_todos *todos, json_t **model)
{
    json_t *urgent = json_array(), *later = json_array();
    bool shown[] = {false, false}; /* those of mails, by urgency */
    int offers = 0;
    for (size_t i = 0; i < todos->count; i++) {
        const struct bw_todo *todo = &todos->items[i];
        bool together =
            is_of_mails(todo, todo->urgent) && count_of_mails(todos, todo->urgent) > 1;
        if (together && shown[todo->urgent]) {
            continue;
        }
        shown[todo->urgent] = shown[todo->urgent] || together;
        json_t *row = together ? mails_row(visit, circles, todos, todo->urgent)
                               : todo_row(visit, circles, todo, &offers);
        bw_web_set(&row, "first", json_boolean(i == 0 && todo->urgent));
        bw_web_add(todo->urgent ? &urgent : &later, row);
    }
    bw_web_set(model, "todo_now", json_integer((json_int_t)json_array_size(urgent)));
    bw_web_set(model, "calm", json_boolean(json_array_size(later) > 0));
    bw_web_set(model, "urgent", urgent);
    bw_web_set(model, "later", later);
}

/* ---- series ---- */

struct series_sums {
    int64_t taken, places, free_places, waiting;
};

/* Over circles that are planned or today; those called off and over don't count. */
static void
sums_add(struct series_sums *sums, const struct bw_status_session *figures)
{
    if (figures->state != BW_SESSION_PLANNED && figures->state != BW_SESSION_TODAY) {
        return;
    }
    int64_t taken = figures->counts[BW_CONFIRMED];
    sums->taken += taken;
    sums->places += figures->capacity;
    sums->free_places += figures->capacity > taken ? figures->capacity - taken : 0;
    sums->waiting += figures->counts[BW_WAITLISTED];
}

/* The circles of the series of circle `first`. */
static json_t *
series_of(struct bw_web_visit *visit, const struct bw_web_circles *circles, size_t first,
    int number)
{
    struct series_sums sums = {.taken = 0};
    json_int_t called_off = 0;
    json_t *rows = json_array();
    for (size_t i = first; i < circles->figures.sessions_count; i++) {
        if (strcmp(circles->sessions[i].series, circles->sessions[first].series) == 0) {
            bw_web_add(&rows, bw_web_circle_row(visit, circles, i));
            sums_add(&sums, &circles->figures.sessions[i]);
            called_off += circles->figures.sessions[i].state == BW_SESSION_CANCELLED;
        }
    }
    json_t *series = json_pack("{s:s, s:i, s:I, s:I, s:I, s:I}", "series_title",
        circles->sessions[first].series, "series_no", number, "taken",
        (json_int_t)sums.taken, "places", (json_int_t)sums.places, "free",
        (json_int_t)sums.free_places, "waiting", (json_int_t)sums.waiting);
    bw_web_set(&series, "called_off", json_integer(called_off));
    bw_web_set(&series, "circles", rows);
    return series;
}

static bool
is_first_of_series(const struct bw_web_circles *circles, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (strcmp(circles->sessions[i].series, circles->sessions[at].series) == 0) {
            return false;
        }
    }
    return true;
}

static void
add_series(
    struct bw_web_visit *visit, const struct bw_web_circles *circles, json_t **model)
{
    json_t *list = json_array();
    int number = 0;
    for (size_t i = 0; i < circles->figures.sessions_count; i++) {
        if (is_first_of_series(circles, i)) {
            bw_web_add(&list, series_of(visit, circles, i, ++number));
        }
    }
    bw_web_set(model, "series", list);
    json_t *next = bw_web_next_circle(visit, circles);
    if (json_is_object(next)) {
        (void)json_object_update(*model, next);
    }
    bw_web_set(model, "next", json_boolean(json_is_object(next)));
    json_decref(next);
}

enum bw_status
bw_web_page_today(struct bw_web_visit *visit, struct bw_error *err)
{
    struct bw_web_circles circles = {.sessions = NULL};
    struct bw_todos todos = {.items = NULL};
    bool fresh = false;
    enum bw_status status = bw_web_is_fresh(visit, &fresh, err);
    if (status == BW_OK && fresh) {
        bw_web_go(visit, "/instellingen");
    }
    if (status != BW_OK || fresh) {
        return status;
    }
    json_t *model = json_object();
    status = bw_web_todos_read(visit, &todos, err);
    if (status == BW_OK) {
        status = bw_web_circles_read(visit, &circles, err);
    }
    if (status == BW_OK) {
        add_todos(visit, &circles, &todos, &model);
        add_series(visit, &circles, &model);
        bw_web_set(&model, "heading", bw_web_sentence(visit, "nav.today"));
        bw_web_set(&model, "date",
            bw_web_when(visit, visit->desk->zone, BW_WEB_MOMENT_DATE,
                bw_office_now_ms(&visit->desk->office)));
        bw_web_set(&model, "search", json_string(""));
        bw_web_set(&model, "filter", json_string(""));
        status = bw_web_show(visit, "today", model, err);
    } else {
        json_decref(model);
    }
    bw_todos_finish(&todos);
    bw_web_circles_finish(&circles);
    return status;
}
