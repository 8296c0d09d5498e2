/* Kring: one circle with its places, its people by list, and what can be done to them.
 * What the lists are is the report's book; what a place would do is the verb's own
 * preview (WD2). */
#include "web/page/circle/circle.h"

#include "web/page/part/circles.h"
#include "web/page/part/offer.h"
#include "web/page/pages.h"
#include "web/page/part/people.h"

#include <string.h>

static const struct {
    const char *key, *empty;
} lists[BW_WEB_LISTS] = {
    [BW_WEB_LIST_PLACED] = {"tab.conf", "empty.conf"},
    [BW_WEB_LIST_WAITING] = {"tab.wait", "empty.wait"},
    [BW_WEB_LIST_CANCELLED] = {"tab.can", "empty.can"},
    [BW_WEB_LIST_CAME] = {"tab.came", "empty.came"},
};

static const struct {
    const char *name, *key;
} orders[BW_WEB_ORDERS] = {{"naam", "sort.name"}, {"regio", "sort.region"},
    {"tijd", "sort.time"}, {"school", "sort.school"}};

/* ---- the frame around the lists ---- */

static void
add_tabs(const struct bw_web_circle *c, json_t **model)
{
    json_t *tabs = json_array(), *sorts = json_array();
    for (int i = 0; i < BW_WEB_LISTS; i++) {
        char number[24] = "–"; /* nobody can have come yet */
        if (i != BW_WEB_LIST_CAME || bw_session_state_is_over(c->state)) {
            (void)snprintf(number, sizeof number, "%zu",
                bw_web_circle_count(c, (enum bw_web_list)i));
        }
        bw_web_add(&tabs, json_pack("{s:s, s:o, s:s, s:b}", "list",
                              bw_web_circle_list_name((enum bw_web_list)i), "word",
                              bw_web_sentence(c->visit, lists[i].key), "number", number,
                              "here", i == (int)c->list));
    }
    for (int i = 0; i < BW_WEB_ORDERS; i++) {
        bw_web_add(&sorts,
            json_pack("{s:s, s:o, s:b}", "value", orders[i].name, "word",
                bw_web_sentence(c->visit, orders[i].key), "chosen", i == (int)c->order));
    }
    bw_web_set(model, "tabs", tabs);
    bw_web_set(model, "sorts", sorts);
    bw_web_set(model, "sort_by", json_string(orders[c->order].name));
    bw_web_set(model, "by_name", json_boolean(c->order == BW_WEB_BY_NAME));
    bw_web_set(model, "by_region", json_boolean(c->order == BW_WEB_BY_REGION));
    bw_web_set(model, "by_time", json_boolean(c->order == BW_WEB_BY_TIME));
    bw_web_set(model, "here_list", json_string(bw_web_circle_list_name(c->list)));
    bw_web_set(model, "came_list", json_boolean(c->list == BW_WEB_LIST_CAME));
    bw_web_set(model, "caption", bw_web_sentence(c->visit, lists[c->list].key));
    bw_web_set(model, "backs_only", json_boolean(c->backs_only));
    bw_web_set(model, "search", bw_web_text(c->search));
    bw_web_set(model, "empty",
        bw_web_sentence(
            c->visit, c->search[0] != '\0' ? "empty.search" : lists[c->list].empty));
    bw_web_set(model, "empty_p",
        bw_web_sentence(c->visit, c->search[0] != '\0' ? "empty.search.p" : "empty.p"));
}

/* What can be done to all of this list. A circle that is over takes no changes. */
static void
add_deeds(const struct bw_web_circle *c, json_t **model)
{
    static const enum bw_registration_status of[BW_WEB_LISTS] = {
        BW_CONFIRMED, BW_WAITLISTED, BW_CANCELLED, BW_CONFIRMED};
    bool open = c->state == BW_SESSION_PLANNED || c->state == BW_SESSION_TODAY;
    if (!open || c->list == BW_WEB_LIST_CAME) {
        bw_web_set(model, "deeds", json_false());
        return;
    }
    json_t *deeds = json_object();
    json_t *list = bw_web_deeds_of(c->visit, of[c->list]);
    if (c->list != BW_WEB_LIST_CANCELLED) { /* of one it has a page of its own */
        bw_web_add(
            &list, json_pack("{s:s, s:s, s:o}", "deed", "verplaats", "icon",
                       "arrow-right", "word", bw_web_sentence(c->visit, "mv.open")));
    }
    bw_web_set(&deeds, "of_list", list);
    bw_web_set(model, "deeds", deeds);
}

/* What can be done to the circle itself, as it stands. */
static void
add_acts(const struct bw_web_circle *c, json_t **model)
{
    static const struct {
        const char *act, *icon, *key, *small;
        unsigned in; /* states, or-ed */
    } acts[] = {
        {"afgelasten", "close", "act.cancel.b", "k.calloff2",
            1u << BW_SESSION_PLANNED | 1u << BW_SESSION_TODAY | 1u << BW_SESSION_HELD},
        {"afsluiten", "lock", "act.close.b", "k.close2", 1u << BW_SESSION_HELD},
        {"heropenen", "undo", "act.reopen.b", "k.reopen2",
            1u << BW_SESSION_CANCELLED | 1u << BW_SESSION_CLOSED},
    };
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
        if ((acts[i].in & 1u << c->state) != 0) {
            bw_web_add(
                &list, json_pack("{s:s, s:s, s:o, s:o}", "act", acts[i].act, "icon",
                           acts[i].icon, "word", bw_web_sentence(c->visit, acts[i].key),
                           "small", bw_web_sentence(c->visit, acts[i].small)));
        }
    }
    bw_web_set(model, "acts", list);
    bw_web_set(model, "may_move",
        json_boolean(c->state == BW_SESSION_PLANNED || c->state == BW_SESSION_TODAY));
}

/* How many of those with a place are from where, the own region first. */
static void
add_regions(const struct bw_web_circle *c, json_t **model)
{
    json_t *regions = json_array();
    int64_t own = 0;
    for (size_t i = 0; i < c->book->people_count; i++) {
        const char *region = c->book->people[i].registration.person.region;
        bool new_one = bw_web_circle_is_of(c, &c->book->people[i], BW_WEB_LIST_PLACED);
        int64_t people = 0;
        for (size_t k = 0; new_one && k < c->book->people_count; k++) {
            const struct bw_book_person *other = &c->book->people[k];
            bool same = strcmp(other->registration.person.region, region) == 0 &&
                        bw_web_circle_is_of(c, other, BW_WEB_LIST_PLACED);
            new_one = !(same && k < i);
            people += same;
        }
        if (new_one) {
            own = strcmp(region, c->session.region) == 0 ? people : own;
            bw_web_add(&regions,
                json_pack("{s:o, s:I, s:b}", "region",
                    region[0] != '\0' ? bw_web_text(region)
                                      : bw_web_sentence(c->visit, "region.unknown"),
                    "people", (json_int_t)people, "more", 1));
        }
    }
    size_t last = json_array_size(regions);
    if (last > 0) {
        (void)json_object_set_new(
            json_array_get(regions, last - 1), "more", json_false());
    }
    bw_web_set(model, "from_where", json_boolean(last > 0));
    bw_web_set(model, "regions", regions);
    bw_web_set(model, "own", json_integer(own));
}

/* "Zuil bij de ingang: gehoord 09.58 uur"; how it is first, where that isn't fine. */
static json_t *
kiosk_line(const struct bw_web_circle *c, const struct bw_status_kiosk *kiosk)
{
    json_t *line = bw_web_kiosk_chip(
        c->visit, kiosk, bw_web_kiosk_needed(c->visit, &c->session, c->state));
    const char *kind = json_string_value(json_object_get(line, "kind"));
    bool fine = kind != NULL && strcmp(kind, "ok") == 0;
    bw_web_set(&line, "text",
        bw_web_filled(c->visit,
            kiosk->last_contact_ms == 0 ? "ready.kiosk"
            : fine                      ? "ready.kiosk.heard"
                                        : "ready.kiosk.look",
            json_pack("{s:s, s:O, s:o}", "name", kiosk->name, "how",
                json_object_get(line, "word"), "at",
                bw_web_when(
                    c->visit, c->zone, BW_WEB_MOMENT_SHORT, kiosk->last_contact_ms))));
    return line;
}

static json_t *
told_line(const struct bw_web_circle *c)
{
    bool due = c->told.count > 0;
    json_t *line = bw_web_circle_chip(
        c, due ? "let" : "ok", due ? "outbox" : "check", due ? "tk.todo" : "tk.sent");
    bw_web_set(&line, "text",
        bw_web_filled(c->visit, due ? "ready.tell" : "ready.told",
            json_pack("{s:I}", "n", (json_int_t)c->told.count)));
    bw_web_set(&line, "mails", json_boolean(due));
    return line;
}

/* Whom no mail reaches: who it is, where it is one. */
static void
add_back(const struct bw_web_circle *c, json_t **ready)
{
    if (c->backs_count == 0) {
        return;
    }
    json_t *line = bw_web_circle_chip(c, "fout", "alert", "tk.back");
    bw_web_set(&line, "backs", json_boolean(c->backs_count > 1));
    bw_web_set(&line, "text",
        bw_web_filled(
            c->visit, "ready.back", json_pack("{s:I}", "n", (json_int_t)c->backs_count)));
    for (size_t i = 0; c->backs_count == 1 && i < c->book->people_count; i++) {
        const struct bw_registration *r = &c->book->people[i].registration;
        if ((int64_t)r->code == c->backs[0]) {
            bw_web_set(&line, "back", bw_web_code(r->code));
            bw_web_set(
                &line, "back_name", bw_web_name(r->person.first_name, r->person.name));
        }
    }
    bw_web_add(ready, line);
}

/* Ready for the day: the kiosks, and who is to be told. */
static void
add_ready(const struct bw_web_circle *c, json_t **model)
{
    json_t *ready = json_array();
    size_t kiosks = 0;
    for (size_t i = 0; i < c->kiosks.kiosks_count; i++) {
        const struct bw_status_kiosk *kiosk = &c->kiosks.kiosks[i];
        const struct bw_book_kiosk *own = bw_book_kiosk_of(c->book, kiosk->device);
        if (own != NULL && own->enrolled && !own->revoked) {
            bw_web_add(&ready, kiosk_line(c, kiosk));
            kiosks++;
        }
    }
    if (kiosks == 0) {
        json_t *line = bw_web_circle_chip(c, "let", "plus", "kz.none");
        bw_web_set(&line, "text", bw_web_sentence(c->visit, "kz.none"));
        bw_web_add(&ready, line);
    }
    bw_web_add(&ready, told_line(c));
    add_back(c, &ready);
    bw_web_set(model, "ready", ready);
}

/* The free places, and who would get them. */
static void
add_offer(const struct bw_web_circle *c, json_t **model)
{
    size_t waiting = bw_web_circle_count(c, BW_WEB_LIST_WAITING);
    json_t *offer = waiting > 0
                        ? bw_web_offer_place(c->visit, &c->session, c->free_places)
                        : json_false();
    if (json_is_object(offer)) {
        bw_web_set(&offer, "others", json_boolean(waiting > 1));
    }
    bw_web_set(model, "offer", offer);
}

static void
add_facts(const struct bw_web_circle *c, json_t **model)
{
    const struct bw_session *s = &c->session;
    int64_t taken = (int64_t)bw_web_circle_count(c, BW_WEB_LIST_PLACED);
    bw_web_set(model, "heading", bw_web_text(s->title));
    bw_web_set(model, "circle", bw_web_text(s->title));
    bw_web_set(model, "code", bw_web_text(s->code));
    bw_web_set(model, "series_title",
        bw_web_text(
            c->book->series_title[0] != '\0' ? c->book->series_title : s->series));
    bw_web_set(model, "venue", bw_web_text(s->venue));
    bw_web_set(model, "venue_phone", bw_web_text(s->venue_phone));
    bw_web_set(model, "venue_tel", bw_web_phone(s->venue_phone));
    bw_web_set(model, "address", bw_web_text(s->address));
    bw_web_set(
        model, "date", bw_web_when(c->visit, c->zone, BW_WEB_MOMENT_DATE, s->starts_ms));
    bw_web_set(
        model, "from", bw_web_when(c->visit, c->zone, BW_WEB_MOMENT_TIME, s->starts_ms));
    bw_web_set(
        model, "to", bw_web_when(c->visit, c->zone, BW_WEB_MOMENT_TIME, s->ends_ms));
    bw_web_set(model, "state", bw_web_state_chip(c->visit, c->state));
    bw_web_set(model, "taken", json_integer(taken));
    bw_web_set(model, "capacity", json_integer(s->capacity));
    bw_web_set(model, "free", json_integer(c->free_places));
    bw_web_set(model, "waiting",
        json_integer((json_int_t)bw_web_circle_count(c, BW_WEB_LIST_WAITING)));
    bw_web_set(model, "cancelled",
        json_integer((json_int_t)bw_web_circle_count(c, BW_WEB_LIST_CANCELLED)));
    bw_web_set(model, "bar",
        bw_web_bar(taken, c->free_places,
            (int64_t)bw_web_circle_count(c, BW_WEB_LIST_WAITING), s->capacity));
    bw_web_set(model, "dots", bw_web_ring(taken, 0, s->capacity));
}

/* Who asks whose mail came back, and for no list, sees the first that has one. */
static void
choose_list(struct bw_web_circle *c)
{
    bool placed = false;
    for (size_t i = 0; !placed && i < c->book->people_count; i++) {
        placed = bw_web_circle_is_of(c, &c->book->people[i], BW_WEB_LIST_PLACED) &&
                 bw_web_circle_is_back(c, c->book->people[i].registration.code);
    }
    if (c->backs_only && !placed && c->backs_count > 0 &&
        bw_web_request_asked(c->visit->request, "lijst")[0] == '\0') {
        c->list = BW_WEB_LIST_WAITING;
    }
}

static void
read_address(struct bw_web_circle *c)
{
    const char *order = bw_web_request_asked(c->visit->request, "sorteer");
    c->search = bw_web_request_asked(c->visit->request, "zoek");
    c->backs_only = bw_web_request_asked(c->visit->request, "mail")[0] != '\0';
    c->whole = bw_web_request_asked(c->visit->request, "alle")[0] != '\0';
    c->list = bw_web_circle_list_of(bw_web_request_asked(c->visit->request, "lijst"));
    c->order = c->list == BW_WEB_LIST_WAITING ? BW_WEB_BY_TIME : BW_WEB_BY_NAME;
    for (int i = 0; i < BW_WEB_ORDERS; i++) {
        c->order = strcmp(order, orders[i].name) == 0 ? (enum bw_web_order)i : c->order;
    }
}

enum bw_status
bw_web_page_circle(struct bw_web_visit *visit, struct bw_error *err)
{
    struct bw_web_circle c = {.visit = visit};
    json_t *model = json_object();
    read_address(&c);
    enum bw_status status = bw_web_circle_open(&c, err);
    if (status == BW_OK) {
        choose_list(&c);
        add_facts(&c, &model);
        add_ready(&c, &model);
        add_regions(&c, &model);
        add_tabs(&c, &model);
        add_acts(&c, &model);
        add_deeds(&c, &model);
        add_offer(&c, &model);
        status = bw_web_circle_people(&c, &model, err);
    }
    bw_web_circle_close(&c);
    if (status != BW_OK) {
        json_decref(model);
        return status;
    }
    return bw_web_show(visit, "circle", model, err);
}
