/* Verslag: one series, its figures and how whole they are; the wording apart, the
 * figures are the report's (report/figures/report.h), and as they may be published where
 * the address asks for that (?anoniem=1). Looking makes no version and publishes nothing:
 * what would is asked of the connection that keeps nothing (WD2). */
#include "office/contact.h"
#include "office/setting.h"
#include "report/figures/report_published.h"
#include "web/page/pages.h"
#include "web/page/part/circles.h"
#include "web/page/report/report_tables.h"

#include <string.h>

/* A number, or "–" where there can't be one yet. */
static json_t *
number_if(bool known, int64_t number)
{
    char text[24];
    (void)snprintf(text, sizeof text, "%lld", (long long)number);
    return json_string(known ? text : "–");
}

/* Of a circle that is over; n of m, "–" of nothing. */
static json_t *
percent_of(bool known, int n, int m)
{
    char text[24];
    (void)snprintf(text, sizeof text, "%d%%", bw_report_percent(n, m));
    return json_string(known && m > 0 ? text : "–");
}

static json_t *
row_of(const struct bw_report_session *s)
{
    bool over = bw_session_state_is_over(s->state);
    json_t *row = json_object();
    bw_web_set(&row, "code", bw_web_text(s->code));
    bw_web_set(&row, "title", bw_web_text(s->title));
    bw_web_set(&row, "starred", json_boolean(over && !s->complete));
    bw_web_set(&row, "day", bw_web_text(s->date));
    bw_web_set(&row, "registered", json_integer(s->registered));
    bw_web_set(&row, "confirmed", json_integer(s->confirmed));
    bw_web_set(&row, "came", number_if(over, s->confirmed_came));
    bw_web_set(&row, "share", percent_of(over, s->confirmed_came, s->confirmed));
    bw_web_set(&row, "from_waitlist", number_if(over, s->from_waitlist));
    bw_web_set(&row, "guests", number_if(over, s->guests));
    bw_web_set(&row, "walk_ins", number_if(over, s->walk_ins));
    bw_web_set(&row, "here", number_if(over, s->present));
    bw_web_set(&row, "width", bw_web_report_bar(over ? s->present : 0, s->capacity));
    return row;
}

/* Sums of the rows above them; what no row tells yet counts nowhere. */
static json_t *
totals_of(const struct bw_report *report)
{
    int registered = 0, confirmed = 0, came = 0, placed = 0, waitlist = 0, guests = 0;
    int walk_ins = 0, here = 0, places = 0;
    bool held = false;
    for (size_t i = 0; i < report->sessions_count; i++) {
        const struct bw_report_session *s = &report->sessions[i];
        bool over = bw_session_state_is_over(s->state);
        if (s->state == BW_SESSION_CANCELLED) {
            continue;
        }
        held = held || over;
        registered += s->registered;
        confirmed += s->confirmed;
        came += over ? s->confirmed_came : 0;
        placed += over ? s->confirmed : 0;
        waitlist += over ? s->from_waitlist : 0;
        guests += over ? s->guests : 0;
        walk_ins += over ? s->walk_ins : 0;
        here += over ? s->present : 0;
        places += over ? s->capacity : 0;
    }
    return json_pack("{s:i, s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "registered",
        registered, "confirmed", confirmed, "came", number_if(held, came), "share",
        percent_of(held, came, placed), "from_waitlist", number_if(held, waitlist),
        "guests", number_if(held, guests), "walk_ins", number_if(held, walk_ins), "here",
        number_if(held, here), "width", bw_web_report_bar(here, places));
}

/* What a kiosk's part lacks, and what that can mean at most. How many people have room
 * yet tells how many came, so what is published doesn't say so. */
static json_t *
lacking_of(const struct bw_web_visit *visit, const struct bw_report_session *s,
    const struct bw_report_kiosk *line, bool is_public)
{
    int room = s->capacity > s->present ? s->capacity - s->present : 0;
    const char *key = line->missing > 0 && line->bounded
                          ? (line->reached[0] != '\0' ? "r.miss.after" : "r.miss")
                      : is_public ? "r.miss.unknown"
                                  : "r.miss.room";
    return bw_web_filled(visit, key,
        json_pack("{s:o, s:o, s:o, s:s, s:I, s:i}", "k", bw_web_text(s->title), "kiosk",
            bw_web_text(line->name), "why", bw_web_text(line->why), "t", line->reached,
            "n", (json_int_t)line->missing, "m", room));
}

/* What is missing, circle by circle, and what is to be judged. */
static void
add_lacking(const struct bw_web_visit *visit, const struct bw_report_session *s,
    bool is_public, json_t **missing, json_t **conflicts)
{
    for (size_t i = 0; i < s->lines_count; i++) {
        if (s->lines[i].counted && !s->lines[i].complete &&
            bw_session_state_is_over(s->state)) {
            bw_web_add(missing, json_pack("{s:o}", "text",
                                    lacking_of(visit, s, &s->lines[i], is_public)));
        }
    }
    for (int i = 0; i < s->conflicts.count; i++) {
        bw_web_add(conflicts, json_pack("{s:o, s:o}", "circle", bw_web_text(s->title),
                                  "text", bw_web_text(s->conflicts.items[i].text)));
    }
}

/* "* Leerkring Haarlem, Leerkring Assen: niet compleet."; how many are in *ret_count. */
static json_t *
starred_of(
    const struct bw_web_visit *visit, const struct bw_report *report, int *ret_count)
{
    char names[BW_ERROR_TEXT_BYTES] = "";
    size_t used = 0;
    *ret_count = 0;
    for (size_t i = 0; i < report->sessions_count; i++) {
        const struct bw_report_session *s = &report->sessions[i];
        bool starred = bw_session_state_is_over(s->state) && !s->complete;
        if (starred && used < sizeof names) {
            used += (size_t)snprintf(names + used, sizeof names - used, "%s%s",
                *ret_count > 0 ? ", " : "", s->title);
        }
        *ret_count += starred;
    }
    return *ret_count == 0 ? json_string("")
                           : bw_web_filled(visit, "r.starred",
                                 json_pack("{s:i, s:o}", "n", *ret_count, "names",
                                     bw_web_text(names)));
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

/* ---- key figures ---- */

static void
card_add(json_t **cards, json_t *label, json_t *figure, json_t *sub)
{
    bw_web_add(cards,
        json_pack("{s:o, s:o, s:o}", "label", label, "figure", figure, "sub", sub));
}

/* A total as it may be published; one that mayn't is a dot. */
static json_t *
published(const struct bw_report_sums *sums, int count, bool shown)
{
    char text[BW_REPORT_TALLY_TEXT_BYTES];
    const struct bw_report_tally_cell hidden = {count, BW_REPORT_TALLY_HIDDEN};
    if (shown) {
        bw_report_tally_total_text(count, sums->is_public, text);
    } else {
        bw_report_tally_text(&hidden, text);
    }
    return json_string(sums->held > 0 ? text : "–");
}

/* Circles that were called off, by name. */
static json_t *
called_off_of(const struct bw_web_visit *visit, const struct bw_report *report)
{
    char names[BW_ERROR_TEXT_BYTES] = "";
    size_t used = 0;
    json_int_t count = 0;
    for (size_t i = 0; i < report->sessions_count; i++) {
        const struct bw_report_session *s = &report->sessions[i];
        if (s->state == BW_SESSION_CANCELLED && used < sizeof names) {
            used += (size_t)snprintf(names + used, sizeof names - used, "%s%s",
                count > 0 ? ", " : "", s->title);
        }
        count += s->state == BW_SESSION_CANCELLED;
    }
    return count == 0
               ? json_string("")
               : bw_web_filled(visit, "r.off",
                     json_pack("{s:I, s:o}", "n", count, "names", bw_web_text(names)));
}

static json_t *
show_up_of(const struct bw_web_visit *visit, const struct bw_report_sums *sums)
{
    return bw_web_filled(visit, "r.show.sub",
        json_pack("{s:i, s:i}", "came", sums->confirmed_came, "placed", sums->confirmed));
}

/* "44% van de 1100 · 53 schoolnamen staan niet op de lijst · bij 9 keer is de school niet
 * bekend"; each part where it can be told. */
static json_t *
schools_sub(const struct bw_web_visit *visit, const struct bw_report_sums *sums)
{
    const struct bw_report *report = sums->report;
    char beside[BW_WORDING_SAID_BYTES], all[3 * BW_WORDING_SAID_BYTES] = "";
    bool shared = report->schools_of > 0 && sums->schools_shown;
    bool lacking = report->schoolless > 0 && !sums->is_public;
    bw_report_beside_say(sums, beside);
    json_t *parts[] = {
        shared ? bw_web_filled(visit, "r.share",
                     json_pack("{s:i, s:i}", "p",
                         bw_report_percent(report->schools, report->schools_of), "m",
                         report->schools_of))
               : NULL,
        beside[0] != '\0' ? bw_web_text(beside) : NULL,
        lacking ? bw_web_filled(
                      visit, "r.lacking", json_pack("{s:i}", "n", report->schoolless))
                : NULL,
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const char *part = json_string_value(parts[i]);
        size_t used = strlen(all);
        if (part != NULL) {
            (void)snprintf(
                all + used, sizeof all - used, "%s%s", used > 0 ? " · " : "", part);
        }
        json_decref(parts[i]);
    }
    return bw_web_text(all);
}

static json_t *
cards_of(const struct bw_web_visit *visit, const struct bw_report_sums *sums)
{
    const struct bw_report *report = sums->report;
    int extra = 0, guests = 0, walk_ins = 0;
    char schools[BW_WORDING_SAID_BYTES];
    json_t *cards = json_array();
    for (size_t i = 0; i < report->sessions_count; i++) {
        guests += report->sessions[i].guests;
        walk_ins += report->sessions[i].walk_ins;
    }
    extra = sums->from_waitlist + guests + walk_ins;
    card_add(&cards, bw_web_sentence(visit, "r.present"),
        published(sums, sums->visits, true),
        bw_report_visits_are_few(sums)
            ? json_string("")
            : bw_web_filled(visit, "r.full",
                  json_pack("{s:i, s:i}", "p",
                      bw_report_percent(sums->visits, sums->places), "m", sums->places)));
    card_add(&cards, bw_web_sentence(visit, "r.people"),
        published(sums, report->unique_people, sums->people_shown),
        sums->often_shown
            ? bw_web_filled(visit, "r.again",
                  json_pack("{s:i}", "n",
                      report->often[BW_OFTEN_TWICE] + report->often[BW_OFTEN_MORE]))
            : json_string(""));
    bw_report_schools_say(sums, schools);
    card_add(&cards, bw_web_text(schools),
        published(sums, report->schools, sums->schools_shown), schools_sub(visit, sums));
    if (!sums->is_public) {
        card_add(&cards, bw_web_sentence(visit, "r.show"),
            percent_of(sums->held > 0, sums->confirmed_came, sums->confirmed),
            show_up_of(visit, sums));
        card_add(&cards, bw_web_sentence(visit, "r.extra"),
            number_if(sums->held > 0, extra),
            bw_web_filled(visit, "r.extra.sub",
                json_pack("{s:i, s:i, s:i}", "waitlist", sums->from_waitlist, "guests",
                    guests, "walk_ins", walk_ins)));
    }
    card_add(&cards, bw_web_sentence(visit, "r.held"), json_integer(sums->held),
        called_off_of(visit, report));
    return cards;
}

/* ---- the model ---- */

/* Which version it is: fixed, to be fixed by who fetches it, or none yet. */
static json_t *
version_of(const struct bw_web_visit *visit, const struct bw_report *report)
{
    const struct bw_report_version *version = &report->version;
    const char *key = version->number == 0                       ? "r.interim"
                      : version->made_ms >= report->generated_ms ? "r.unfixed"
                                                                 : "r.fixed";
    return bw_web_filled(
        visit, key, json_pack("{s:i, s:s}", "n", version->number, "when", version->made));
}

/* Names of schools that aren't on the list: not in what may be published. */
static json_t *
beside_of(const struct bw_report_sums *sums)
{
    const struct bw_report *report = sums->report;
    json_t *list = json_array();
    for (size_t i = 0; !sums->is_public && i < report->beside_count; i++) {
        bw_web_add(
            &list, json_pack("{s:o, s:i}", "name", bw_web_text(report->beside[i].name),
                       "visits", report->beside[i].visits));
    }
    return list;
}

static void
add_parts(
    const struct bw_web_visit *visit, const struct bw_report_sums *sums, json_t **model)
{
    const struct bw_report *report = sums->report;
    json_t *rows = json_array(), *missing = json_array(), *conflicts = json_array();
    char beside[BW_WORDING_SAID_BYTES];
    int starred = 0;
    for (size_t i = 0; i < report->sessions_count; i++) {
        const struct bw_report_session *s = &report->sessions[i];
        if (!sums->is_public && s->state != BW_SESSION_CANCELLED) {
            bw_web_add(&rows, row_of(s));
        }
        add_lacking(visit, s, sums->is_public, &missing, &conflicts);
    }
    if (sums->is_public) { /* they name people */
        json_decref(conflicts);
        conflicts = json_array();
    }
    bw_web_set(model, "starred_names", starred_of(visit, report, &starred));
    bw_web_set(model, "unlisted_h",
        bw_web_text(bw_report_word(sums->language, BW_REPORT_BESIDE_HEAD)));
    bw_web_set(model, "unlisted_p",
        bw_web_text(bw_report_word(sums->language, BW_REPORT_BESIDE_TEXT)));
    bw_report_beside_say(sums, beside);
    bw_web_set(model, "unlisted_n", bw_web_text(beside));
    bw_web_set(model, "unlisted", listed(beside_of(sums)));
    bw_web_set(model, "lacks", json_boolean(json_array_size(missing) > 0));
    bw_web_set(model, "others_whole",
        json_boolean(json_array_size(missing) > 0 && sums->held > starred));
    bw_web_set(model, "circles", listed(rows));
    bw_web_set(model, "row_totals", totals_of(report));
    bw_web_set(model, "missing", missing);
    bw_web_set(
        model, "conflicts_count", json_integer((json_int_t)json_array_size(conflicts)));
    bw_web_set(model, "conflicts", listed(conflicts));
}

static json_t *
model_of(struct bw_web_visit *visit, const struct bw_report_sums *sums)
{
    const struct bw_report *report = sums->report;
    struct bw_office_contact contact = {.organiser = ""};
    struct bw_error ignored;
    json_t *model = json_object();
    (void)!bw_office_contact_read(visit->desk->office.central, &contact, &ignored);
    add_parts(visit, sums, &model);
    bw_web_set(&model, "heading",
        bw_web_filled(visit, report->version.number == 0 ? "r.h.interim" : "r.h",
            json_pack("{s:o}", "series", bw_web_text(report->title))));
    bw_web_set(&model, "owner", bw_web_text(contact.organiser));
    bw_web_set(&model, "series_title", bw_web_text(report->title));
    bw_web_set(&model, "made",
        bw_web_when(visit, visit->desk->zone, BW_WEB_MOMENT_STAMP, report->generated_ms));
    bw_web_set(&model, "version", version_of(visit, report));
    bw_web_set(&model, "anonymous", json_boolean(sums->is_public));
    bw_web_set(&model, "order", json_string(sums->is_public ? "anoniem" : "verslag"));
    bw_web_set(&model, "kiosks", json_integer(sums->kiosks));
    bw_web_set(&model, "kiosks_complete", json_integer(sums->kiosks_complete));
    bw_web_set(&model, "held", json_integer(sums->held));
    bw_web_set(&model, "complete",
        json_boolean(sums->held > 0 && !json_is_true(json_object_get(model, "lacks"))));
    bw_web_set(&model, "cards", cards_of(visit, sums));
    bw_web_report_tables(visit, sums, &model);
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

/* Its figures, and which version they are. */
static enum bw_status
read_report(struct bw_web_visit *visit, const char *series, struct bw_report *ret_report,
    struct bw_error *err)
{
    struct bw_office *office = &visit->desk->office;
    int64_t schools = 0;
    enum bw_status status =
        bw_office_setting_number(office->central, BW_OFFICE_SCHOOLS, 0, &schools, err);
    if (status == BW_OK) {
        status = bw_report_of_series(office->central, visit->language, series,
            bw_office_now_ms(office), NULL, NULL, ret_report, err);
    }
    if (status != BW_OK) {
        return status;
    }
    status = bw_report_version_fix(visit->desk->preview.central, ret_report, err);
    ret_report->schools_of =
        ret_report->schools_listed ? ret_report->schools_of : (int)schools;
    if (status != BW_OK) {
        bw_report_finish(ret_report);
    }
    return status;
}

/* What mayn't be published beside what was is said in its place. */
static enum bw_status
make_model(struct bw_web_visit *visit, const struct bw_report *report, json_t **ret_model,
    struct bw_error *err)
{
    bool anonymous = bw_web_request_asked(visit->request, "anoniem")[0] == '1';
    struct bw_report_sums sums = {.report = NULL};
    enum bw_status status =
        bw_report_sums_make(report, visit->language, anonymous, &sums, err);
    if (status == BW_OK && anonymous) {
        status = bw_report_publish(visit->desk->preview.central, &sums, false, err);
    }
    if (status == BW_OK) {
        *ret_model = model_of(visit, &sums);
    }
    bw_report_sums_finish(&sums);
    return status;
}

enum bw_status
bw_web_page_report(struct bw_web_visit *visit, struct bw_error *err)
{
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
                     : read_report(visit, series, &report, err);
    }
    if (status == BW_OK) {
        status = make_model(visit, &report, &model, err);
        bw_report_finish(&report);
    }
    if (status != BW_OK) {
        json_decref(others);
        return status;
    }
    bw_web_set(&model, "series", bw_web_text(series));
    bw_web_set(&model, "others",
        json_array_size(others) > 1 ? json_incref(others) : json_false());
    json_decref(others);
    return bw_web_show(visit, "report", model, err);
}
