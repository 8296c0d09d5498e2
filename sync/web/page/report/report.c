/* Verslag: one series, its figures and how whole they are; the wording apart, the
 * figures are the report's (report/figures/report.h). */
#include "report/figures/report.h"
#include "web/page/part/circles.h"
#include "web/page/pages.h"

#include <string.h>

struct report_sums {
    int64_t present, placed, came, waitlist, guests, walk_ins, places;
    int held, called_off, kiosks, kiosks_complete;
    bool interim; /* some circle isn't closed yet */
};

/* Over circles that were held. */
static void
sums_add(struct report_sums *sums, const struct bw_report_session *s)
{
    sums->called_off += s->state == BW_SESSION_CANCELLED;
    sums->interim = sums->interim ||
                    (s->state != BW_SESSION_CLOSED && s->state != BW_SESSION_CANCELLED);
    if (!bw_session_state_is_over(s->state)) {
        return;
    }
    sums->held++;
    sums->present += s->present;
    sums->placed += s->confirmed;
    sums->came += s->confirmed - s->no_show;
    sums->waitlist += s->from_waitlist;
    sums->guests += s->guests;
    sums->walk_ins += s->walk_ins;
    sums->places += s->capacity;
    sums->kiosks += s->kiosks;
    sums->kiosks_complete += s->kiosks_complete;
}

/* A number, or "–" where there can't be one yet. */
static json_t *
number_if(bool known, int64_t number)
{
    char text[24];
    (void)snprintf(text, sizeof text, "%lld", (long long)number);
    return json_string(known ? text : "–");
}

static json_t *
row_of(struct bw_web_visit *visit, const struct bw_report_session *s)
{
    char kiosks[64];
    bool over = bw_session_state_is_over(s->state);
    (void)snprintf(kiosks, sizeof kiosks, "%d/%d", s->kiosks_complete, s->kiosks);
    json_t *state = bw_web_state_chip(visit, s->state);
    json_t *row = json_object();
    bw_web_set(&row, "code", bw_web_text(s->code));
    bw_web_set(&row, "title", bw_web_text(s->title));
    bw_web_set(&row, "day", bw_web_text(s->when.day));
    bw_web_set(&row, "word", json_incref(json_object_get(state, "word")));
    bw_web_set(&row, "off", json_boolean(s->state == BW_SESSION_CANCELLED));
    bw_web_set(&row, "registered", json_integer(s->registered));
    bw_web_set(&row, "confirmed", json_integer(s->confirmed));
    bw_web_set(&row, "came", number_if(over, s->confirmed - s->no_show));
    bw_web_set(&row, "no_show", number_if(over, s->no_show));
    bw_web_set(&row, "from_waitlist", number_if(over, s->from_waitlist));
    bw_web_set(&row, "guests", number_if(over, s->guests));
    bw_web_set(&row, "walk_ins", number_if(over, s->walk_ins));
    bw_web_set(&row, "kiosks", json_string(s->kiosks > 0 ? kiosks : "–"));
    json_decref(state);
    return row;
}

/* What is missing, in the report's own words, and what is to be judged. */
static void
add_lacking(const struct bw_report_session *s, json_t **missing, json_t **conflicts)
{
    for (size_t i = 0; i < s->lines_count; i++) {
        if (s->lines[i].counted && !s->lines[i].complete &&
            bw_session_state_is_over(s->state)) {
            char text[BW_ERROR_TEXT_BYTES];
            (void)snprintf(text, sizeof text, "%s, %.100s: %.300s", s->code,
                s->lines[i].name, s->lines[i].why);
            bw_web_add(missing, json_pack("{s:o}", "text", bw_web_text(text)));
        }
    }
    for (int i = 0; i < s->conflicts.count; i++) {
        bw_web_add(conflicts, json_pack("{s:o, s:o}", "circle", bw_web_text(s->code),
                                  "text", bw_web_text(s->conflicts.items[i].text)));
    }
}

static json_t *
listed(json_t *list)
{
    if (list != NULL && json_array_size(list) == 0) {
        json_decref(list);
        return json_false();
    }
    return list != NULL ? json_pack("{s:o}", "list", list) : NULL;
}

static void
add_figures(
    const struct bw_report *report, const struct report_sums *sums, json_t **model)
{
    bool held = sums->held > 0; /* before it nothing is known yet */
    bw_web_set(model, "present", number_if(held, sums->present));
    bw_web_set(model, "places", json_integer(sums->places));
    bw_web_set(model, "people", number_if(held, report->unique_people));
    bw_web_set(model, "show",
        json_integer(sums->placed > 0 ? (sums->came * 200 / sums->placed + 1) / 2 : 0));
    bw_web_set(model, "came", json_integer(sums->came));
    bw_web_set(model, "placed", json_integer(sums->placed));
    bw_web_set(
        model, "extra", number_if(held, sums->waitlist + sums->guests + sums->walk_ins));
    bw_web_set(model, "waitlist", json_integer(sums->waitlist));
    bw_web_set(model, "guests", json_integer(sums->guests));
    bw_web_set(model, "walk_ins", json_integer(sums->walk_ins));
    bw_web_set(model, "held", json_integer(sums->held));
    bw_web_set(model, "called_off", json_integer(sums->called_off));
    bw_web_set(model, "kiosks", json_integer(sums->kiosks));
    bw_web_set(model, "kiosks_complete", json_integer(sums->kiosks_complete));
    bw_web_set(model, "interim", json_boolean(sums->interim));
}

static json_t *
model_of(struct bw_web_visit *visit, const struct bw_report *report)
{
    struct report_sums sums = {.held = 0};
    json_t *model = json_object(), *rows = json_array(), *missing = json_array();
    json_t *conflicts = json_array(), *moves = json_array();
    for (size_t i = 0; i < report->sessions_count; i++) {
        sums_add(&sums, &report->sessions[i]);
        bw_web_add(&rows, row_of(visit, &report->sessions[i]));
        add_lacking(&report->sessions[i], &missing, &conflicts);
    }
    for (size_t i = 0; i < report->moves_count; i++) {
        bw_web_add(&moves,
            json_pack("{s:o, s:o, s:i}", "from", bw_web_text(report->moves[i].from), "to",
                bw_web_text(report->moves[i].to), "people", report->moves[i].people));
    }
    add_figures(report, &sums, &model);
    bw_web_set(&model, "heading",
        bw_web_filled(
            visit, "r.h", json_pack("{s:o}", "series", bw_web_text(report->title))));
    bw_web_set(&model, "made",
        bw_web_when(visit, visit->desk->zone, BW_WEB_MOMENT_SHORT, report->generated_ms));
    bw_web_set(
        &model, "complete", json_boolean(json_array_size(missing) == 0 && sums.held > 0));
    bw_web_set(&model, "circles", rows);
    bw_web_set(&model, "missing", missing);
    bw_web_set(&model, "conflicts", listed(conflicts));
    bw_web_set(&model, "moves", listed(moves));
    return model;
}

/* Every series once; the address's, or the newest one, in *ret_chosen. */
static json_t *
series_of(const struct bw_web_circles *circles, const char *wanted,
    char ret_chosen[BW_LABEL_BYTES])
{
    json_t *list = json_array();
    for (size_t i = 0; i < circles->figures.sessions_count; i++) {
        const char *series = circles->sessions[i].series;
        bool known = false;
        for (size_t k = 0; k < i; k++) {
            known = known || strcmp(circles->sessions[k].series, series) == 0;
        }
        if (!known) {
            bw_web_add(&list, json_pack("{s:s}", "series", series));
            if (wanted[0] == '\0' || strcmp(wanted, series) == 0) {
                (void)snprintf(ret_chosen, BW_LABEL_BYTES, "%s", series);
            }
        }
    }
    return list;
}

enum bw_status
bw_web_page_report(struct bw_web_visit *visit, struct bw_error *err)
{
    struct bw_office *office = &visit->desk->office;
    struct bw_web_circles circles = {.sessions = NULL};
    struct bw_report report = {.series = NULL};
    char series[BW_LABEL_BYTES] = "";
    json_t *others = NULL, *model = NULL;
    enum bw_status status = bw_web_circles_read(visit, &circles, err);
    if (status == BW_OK) {
        others = series_of(&circles, visit->request->segments[1], series);
        bw_web_circles_finish(&circles);
        status = series[0] == '\0'
                     ? bw_error_set(err, BW_NOT_FOUND, 0,
                           "writing the report: there is no such series yet; import "
                           "sessions first")
                     : bw_report_of_series(office->central, visit->language, series,
                           bw_office_now_ms(office), NULL, NULL, &report, err);
    }
    if (status != BW_OK) {
        json_decref(others);
        return status;
    }
    model = model_of(visit, &report);
    bw_web_set(&model, "series", bw_web_text(series));
    bw_web_set(&model, "others",
        json_array_size(others) > 1 ? json_incref(others) : json_false());
    json_decref(others);
    bw_report_finish(&report);
    return bw_web_show(visit, "report", model, err);
}
