/* Vandaag: what there is to do (todo.h), then the circles, series by series. */
#include "office/mail/told.h"
#include "report/figures/todo.h"
#include "web/page/part/circles.h"
#include "web/page/pages.h"
#include "web/desk/settled.h"

#include <string.h>

/* How a thing to do looks: its sentence (one of two, by `others`), and where its button
 * leads: "kring" and the circle's code, or a page of its own. */
static const struct todo_look {
    const char *icon, *key, *other_key, *button, *to;
    bool of_circle;
} looks[] = {
    [BW_TODO_KIOSK_SILENT] = {"kiosk", "todo.never", "todo.silent", "todo.look", "zuilen",
        false},
    [BW_TODO_CHAIN] = {"kiosk-pair", "todo.chain", "todo.chain", "todo.look", "zuilen",
        false},
    [BW_TODO_CONFLICT] = {"question", "todo.conflict", "todo.conflict", "todo.look",
        "uitzoeken", false},
    [BW_TODO_QUARANTINE] = {"question", "todo.quarantine", "todo.quarantine", "todo.look",
        "uitzoeken", false},
    [BW_TODO_INTRODUCTION] = {"kiosk", "todo.introduction", "todo.introduction",
        "todo.look", "zuilen", false},
    [BW_TODO_FREE_PLACE] = {"seat", "todo.free", "todo.free", "todo.free.b", "kring",
        true},
    [BW_TODO_TELL] = {"outbox", "todo.tell", "todo.off", "todo.look", "mail", false},
    [BW_TODO_DOUBT] = {"question", "todo.doubt", "todo.doubt", "todo.look", "uitzoeken",
        false},
    [BW_TODO_NO_KIOSK] = {"kiosk", "todo.nokiosk", "todo.nokiosk", "todo.look", "kring",
        true},
    [BW_TODO_SEVERAL] = {"people", "todo.several", "todo.several", "todo.look", "kringen",
        false},
    [BW_TODO_CERTIFICATE] = {"outbox", "todo.certificate", "todo.certificate",
        "todo.look", "mail", false},
    [BW_TODO_BACKUP] = {"storage", "todo.backup", "todo.backup.never", "st.backup",
        "instellingen", false},
    [BW_TODO_NOT_CLOSED] = {"lock", "todo.notclosed", "todo.notclosed", "todo.look",
        "kring", true},
    [BW_TODO_PURGE] = {"storage", "todo.purge", "todo.purge", "todo.look", "kringen",
        false},
};

static void
on_due(const struct bw_session *session, int64_t count, enum bw_told_news news,
    void *context)
{
    if (news == BW_TOLD_NEWS_CERTIFICATES) {
        bw_todo_certificates(context, session, count);
    } else {
        bw_todo_tell(context, session, count, news == BW_TOLD_NEWS_CALLED_OFF);
    }
}

static enum bw_status
read_todos(struct bw_web_visit *visit, struct bw_todos *todos, struct bw_error *err)
{
    struct bw_office *office = &visit->desk->office;
    struct bw_todo_days days;
    enum bw_status status = bw_central_read_begin(office->central, err);
    if (status == BW_OK) {
        status = bw_told_sums(office, on_due, todos, err);
        if (status == BW_OK) {
            status = bw_web_settled_days(visit, &days, err);
        }
        if (status == BW_OK) {
            status = bw_todos_read(
                office->central, bw_office_now_ms(office), &days, todos, err);
        }
        bw_central_read_end(office->central);
    }
    return status;
}

/* One thing to do, with its sentence filled in by the template's own way. */
static json_t *
todo_row(struct bw_web_visit *visit, const struct bw_todo *todo, bool first)
{
    const struct todo_look *look = &looks[todo->kind];
    json_t *row = json_object();
    bw_web_set(&row, "text",
        bw_web_filled(visit, todo->others != 0 ? look->other_key : look->key,
            json_pack("{s:I, s:I, s:s, s:s, s:I}", "n", (json_int_t)todo->count, "m",
                (json_int_t)todo->others, "k", todo->session, "name", todo->name,
                "device", (json_int_t)todo->device)));
    bw_web_set(&row, "title", bw_web_text(todo->title));
    bw_web_set(&row, "icon", json_string(look->icon));
    bw_web_set(&row, "button", bw_web_sentence(visit, look->button));
    bw_web_set(&row, "to", json_string(look->to));
    bw_web_set(&row, "to_what", bw_web_text(look->of_circle ? todo->session : ""));
    bw_web_set(&row, "first", json_boolean(first));
    return row;
}

static void
add_todos(struct bw_web_visit *visit, const struct bw_todos *todos, json_t **model)
{
    json_t *urgent = json_array(), *later = json_array();
    for (size_t i = 0; i < todos->count; i++) {
        const struct bw_todo *todo = &todos->items[i];
        bw_web_add(todo->urgent ? &urgent : &later,
            todo_row(visit, todo, i == 0 && todo->urgent));
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
    json_t *rows = json_array();
    for (size_t i = first; i < circles->figures.sessions_count; i++) {
        if (strcmp(circles->sessions[i].series, circles->sessions[first].series) == 0) {
            bw_web_add(&rows, bw_web_circle_row(visit, circles, i));
            sums_add(&sums, &circles->figures.sessions[i]);
        }
    }
    json_t *series = json_pack("{s:s, s:i, s:I, s:I, s:I, s:I}", "series_title",
        circles->sessions[first].series, "series_no", number, "taken",
        (json_int_t)sums.taken, "places", (json_int_t)sums.places, "free",
        (json_int_t)sums.free_places, "waiting", (json_int_t)sums.waiting);
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
    status = read_todos(visit, &todos, err);
    if (status == BW_OK) {
        status = bw_web_circles_read(visit, &circles, err);
    }
    if (status == BW_OK) {
        add_todos(visit, &todos, &model);
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
