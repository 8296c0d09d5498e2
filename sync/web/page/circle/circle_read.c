/* One circle, read for its page or a list of it: see circle.h. */
#include "web/page/circle/circle.h"

#include "central/base/array.h"
#include "central/records.h"
#include "office/mail/told_reach.h"
#include "office/place/doubt.h"
#include "office/place/people.h"
#include "office/session.h"
#include "report/figures/status_kiosk.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[BW_WEB_LISTS] = {
    [BW_WEB_LIST_PLACED] = "plek",
    [BW_WEB_LIST_WAITING] = "wacht",
    [BW_WEB_LIST_CANCELLED] = "afgemeld",
    [BW_WEB_LIST_CAME] = "geweest",
};

enum bw_web_list
bw_web_circle_list_of(const char *name)
{
    int list = 0;
    while (list < BW_WEB_LISTS && strcmp(names[list], name) != 0) {
        list++;
    }
    return list < BW_WEB_LISTS ? (enum bw_web_list)list : BW_WEB_LIST_PLACED;
}

const char *
bw_web_circle_list_name(enum bw_web_list list)
{
    return names[list];
}

static bool
remark_add(struct bw_web_circle *c, struct bw_web_remark **list, size_t *count,
    size_t *capacity, bw_code code, const char *text)
{
    struct bw_web_remark *remark = bw_array_more(list, count, capacity, sizeof *remark);
    if (remark == NULL) {
        c->no_memory = true;
        return false;
    }
    remark->code = code;
    bw_text_copy(remark->text, sizeof remark->text, text);
    return true;
}

static bool
on_several(const struct bw_person_place *place, void *context)
{
    struct bw_web_circle *c = context;
    return remark_add(
        c, &c->also, &c->also_count, &c->also_capacity, place->code, place->other_code);
}

static bool
on_doubt(enum bw_place_doubt doubt, const struct bw_place_doubt_side *who,
    const struct bw_place_doubt_side *other, void *context)
{
    struct bw_web_circle *c = context;
    (void)doubt;
    (void)other;
    return strcmp(who->session_code, c->session.code) != 0 ||
           remark_add(
               c, &c->doubts, &c->doubts_count, &c->doubts_capacity, who->code, "");
}

static enum bw_status
read_all(struct bw_web_circle *c, struct bw_error *err)
{
    const struct bw_office *office = &c->visit->desk->office;
    struct bw_central *central = office->central;
    enum bw_status status =
        bw_record_session(central, c->visit->request->segments[1], &c->session, err);
    if (status == BW_OK) {
        status =
            bw_session_state_of(&c->session, bw_office_now_ms(office), &c->state, err);
    }
    if (status == BW_OK) {
        status = bw_book_open(central, c->session.session_no, NULL, &c->book, err);
    }
    if (status == BW_OK) {
        status = bw_told_read(office, c->session.code, NULL, &c->told, err);
    }
    if (status == BW_OK) {
        status = bw_place_people_several_in(
            central, c->session.session_no, on_several, c, err);
    }
    if (status == BW_OK) {
        status = bw_place_doubts_walk(central, on_doubt, c, err);
    }
    if (status == BW_OK) {
        status = bw_told_reach_backs(
            central, c->session.session_no, &c->backs, &c->backs_count, err);
    }
    if (status == BW_OK) {
        status = bw_office_free_places(central, &c->session, &c->free_places, err);
    }
    if (status == BW_OK) {
        status = bw_status_read_kiosks(central, c->book, &c->kiosks, err);
    }
    if (status == BW_OK) {
        status = bw_status_kiosks_silent(central, bw_office_now_ms(office),
            c->kiosks.kiosks, c->kiosks.kiosks_count, err);
    }
    return status == BW_OK && c->no_memory
               ? bw_error_set(err, BW_NO_MEMORY, 0, "reading a circle: no memory")
               : status;
}

enum bw_status
bw_web_circle_open(struct bw_web_circle *c, struct bw_error *err)
{
    struct bw_central *central = c->visit->desk->office.central;
    enum bw_status status = bw_central_read_begin(central, err);
    if (status == BW_OK) {
        status = read_all(c, err);
        bw_central_read_end(central);
    }
    if (status == BW_OK) {
        c->zone = bw_web_zone_of(c->visit, &c->session);
    }
    return status;
}

void
bw_web_circle_close(struct bw_web_circle *c)
{
    bw_book_close(c->book);
    bw_told_list_finish(&c->told);
    bw_status_finish(&c->kiosks);
    free(c->also);
    free(c->doubts);
    free(c->backs);
    if (c->zone != NULL) {
        bw_web_zone_close(c->visit, c->zone);
    }
}
