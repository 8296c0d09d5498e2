/* Geschiedenis: the office's steps (undo.c takes one back). */
#include "office/step.h"
#include "web/page/part/paging.h"
#include "web/page/part/stale.h"
#include "web/page/part/step_about.h"
#include "web/page/pages.h"

enum { STEPS_EACH = 100 }; /* of one page */

struct listing {
    struct bw_web_visit *visit;
    json_t *list;
    size_t first, seen; /* of those that are walked, from the newest */
};

static bool
on_step(const struct bw_step *step, void *context)
{
    struct listing *l = context;
    if (l->seen++ < l->first) {
        return true;
    }
    if (json_array_size(l->list) == STEPS_EACH) {
        return false; /* there is an earlier page */
    }
    json_t *row = json_object();
    bw_web_set(&row, "number", json_integer(step->number));
    bw_web_set(&row, "what", bw_web_step_what(l->visit, step->what));
    bw_web_set(&row, "verb", bw_web_text(step->what));
    bw_web_set(&row, "about", bw_web_text(step->about));
    bw_web_set(&row, "why", bw_web_text(step->why));
    bw_web_set(&row, "who", bw_web_text(step->who));
    bw_web_set(&row, "when",
        bw_web_when(l->visit, l->visit->desk->zone, BW_WEB_MOMENT_SHORT, step->at_ms));
    bw_web_set(&row, "people", json_integer(step->registrations));
    bw_web_set(&row, "stands", json_boolean(step->undone_by == 0));
    bw_web_set(&row, "note",
        step->undone_by > 0                 ? bw_web_sentence(l->visit, "h.undone")
        : step->undone_by == BW_STEP_PURGED ? bw_web_sentence(l->visit, "h.purged")
                                            : json_string(""));
    bw_web_add(&l->list, row);
    return l->list != NULL;
}

enum bw_status
bw_web_log_show(struct bw_web_visit *visit, int64_t undone_by, struct bw_error *err)
{
    size_t page = bw_web_paging_asked(visit);
    struct listing l = {visit, json_array(), page * STEPS_EACH, 0};
    enum bw_status status = bw_step_walk(visit->desk->office.central,
        (int64_t)(l.first + STEPS_EACH + 1), on_step, &l, err);
    if (status != BW_OK) {
        json_decref(l.list);
        return status;
    }
    bw_web_step_about_rows(visit, l.list);
    json_t *model = json_object();
    bw_web_set(&model, "heading", bw_web_sentence(visit, "top.history"));
    bw_web_set(&model, "stale",
        bw_web_stale_notice(visit, undone_by > 0, undone_by - 1, "h.stale.p"));
    bw_web_set(&model, "steps", l.list);
    bw_web_set(&model, "newer", json_integer((json_int_t)page));
    bw_web_set(&model, "older",
        json_integer((json_int_t)(l.seen > l.first + STEPS_EACH ? page + 2 : 0)));
    return bw_web_show(visit, "log", model, err);
}

enum bw_status
bw_web_page_log(struct bw_web_visit *visit, struct bw_error *err)
{
    return bw_web_log_show(visit, 0, err);
}
