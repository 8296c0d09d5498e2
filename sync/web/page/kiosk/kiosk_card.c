/* What to look at of a kiosk: see kiosk_card.h. */
#include "web/page/kiosk/kiosk_card.h"

#include "central/records.h"
#include "web/page/part/people.h"

#include <stdio.h>

/* First that which can't wait; 0: nothing. */
enum fleet_look {
    LOOK_NOT,
    LOOK_UNUSED_TODAY,
    LOOK_SILENT_TODAY,
    LOOK_BROKEN,
    LOOK_FORKED,
    LOOK_GAP,
    LOOK_UNUSED
};

/* Its words, and which buttons it has. */
static const struct card_look {
    const char *icon, *key, *text_key;
    bool urgent, list, stick, choose, remove;
} looks[] = {
    [LOOK_UNUSED_TODAY] = {"kiosk", "z.c.unheard", "z.c.unheard.p", .urgent = true,
        .list = true},
    [LOOK_SILENT_TODAY] = {"kiosk", "z.c.silent", "z.c.silent.p", .urgent = true,
        .list = true},
    [LOOK_BROKEN] = {"alert", "z.c.broken", "z.c.broken.p", .stick = true},
    [LOOK_FORKED] = {"kiosk-pair", "z.c.fork", "z.c.fork.p", .choose = true},
    [LOOK_GAP] = {"history", "z.c.gap", "z.c.gap.p", .stick = true},
    [LOOK_UNUSED] = {"question", "z.c.unused", "z.c.unused.p", .remove = true},
};

/* By log alone. */
static enum fleet_look
look_of_log(const struct bw_status_view *view)
{
    return view->log == BW_STATUS_LOG_BROKEN ? LOOK_BROKEN
           : view->undecided                 ? LOOK_FORKED
           : view->missing > 0               ? LOOK_GAP
                                             : LOOK_NOT;
}

static enum fleet_look
look_of(const struct bw_web_kiosk *one)
{
    if (bw_web_kiosk_is_revoked(one)) {
        return LOOK_NOT;
    }
    if (one->unused) { /* no log either */
        return one->view.today ? LOOK_UNUSED_TODAY : LOOK_UNUSED;
    }
    return one->view.silent && one->view.today ? LOOK_SILENT_TODAY
                                               : look_of_log(&one->view);
}

/* Where it is needed, when and by which list: into `values`. */
static enum bw_status
add_need(const struct bw_web_visit *visit, const struct bw_web_kiosk *one,
    const struct bw_status_session *circle, json_t **values, struct bw_error *err)
{
    struct bw_session session;
    char place[2 * BW_TITLE_BYTES + 4];
    enum bw_status status = bw_record_session_by_number(
        visit->desk->office.central, circle->session_no, &session, err);
    if (status != BW_OK) {
        return status;
    }
    struct bw_zone *zone = bw_web_zone_of(visit, &session);
    (void)snprintf(place, sizeof place, "%s%s%s", session.venue,
        session.venue[0] != '\0' && session.address[0] != '\0' ? ", " : "",
        session.address);
    bw_web_set(
        values, "at", bw_web_when(visit, zone, BW_WEB_MOMENT_TIME, session.starts_ms));
    bw_web_set(values, "phone", bw_web_phone(session.venue_phone));
    bw_web_set(values, "place", bw_web_text(place[0] != '\0' ? place : session.title));
    bw_web_set(values, "list",
        one->view.list_ms != 0 ? bw_web_kiosk_when(visit, one->view.list_ms)
                               : bw_web_sentence(visit, "z.c.list"));
    bw_web_zone_close(visit, zone);
    return BW_OK;
}

static json_t *
values_of(const struct bw_web_visit *visit, const struct bw_web_kiosk *one)
{
    const struct bw_device_chain *chain = one->chain;
    const struct bw_gap gap = chain->gaps_count > 0 ? chain->gaps[0] : (struct bw_gap){0};
    return json_pack("{s:s, s:o, s:I, s:I, s:I, s:I}", "name", one->kiosk->record.name,
        "when", bw_web_kiosk_when(visit, one->kiosk->record.last_contact_ms), "a",
        (json_int_t)gap.from, "b", (json_int_t)gap.to, "at_event",
        (json_int_t)chain->broken_at, "n", (json_int_t)(gap.to - gap.from + 1));
}

enum bw_status
bw_web_kiosk_card_add(const struct bw_web_visit *visit, const struct bw_web_kiosk *one,
    struct bw_web_kiosk_cards *cards, struct bw_error *err)
{
    const struct card_look *look = &looks[look_of(one)];
    const struct bw_status_session *circle = bw_web_kiosk_circle(one);
    if (look->key == NULL) {
        return BW_OK;
    }
    json_t *values = values_of(visit, one), *row = json_object();
    if (look->urgent && circle != NULL) {
        enum bw_status status = add_need(visit, one, circle, &values, err);
        if (status != BW_OK) {
            json_decref(values);
            json_decref(row);
            return status;
        }
    }
    json_t *phone = json_object_get(values, "phone");
    bw_web_set(&row, "phone", phone != NULL ? json_incref(phone) : json_string(""));
    bw_web_set(&row, "icon", json_string(look->icon));
    bw_web_set(&row, "circle", bw_web_kiosk_circles(one));
    bw_web_set(&row, "title", bw_web_filled(visit, look->key, json_incref(values)));
    bw_web_set(&row, "text", bw_web_filled(visit, look->text_key, values));
    bw_web_set(&row, "name", bw_web_text(one->kiosk->record.name));
    bw_web_set(&row, "number", json_integer(one->kiosk->record.device));
    bw_web_set(
        &row, "list", bw_web_text(look->list && circle != NULL ? circle->code : ""));
    bw_web_set(&row, "stick", json_boolean(look->stick));
    bw_web_set(&row, "choose", json_boolean(look->choose));
    bw_web_set(&row, "remove", json_boolean(look->remove));
    bw_web_set(&row, "first", /* one red card */
        json_boolean(look->urgent && json_array_size(cards->urgent) == 0));
    bw_web_add(look->urgent ? &cards->urgent : &cards->later, row);
    return BW_OK;
}
