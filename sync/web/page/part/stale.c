/* Who was first: see stale.h. */
#include "web/page/part/stale.h"

#include "office/step.h"
#include "web/page/pages.h"
#include "web/page/part/step_about.h"

#include <stdlib.h>
#include <string.h>

enum { LOOKED_MAX = 200 }; /* steps since: who waited longer sees "200" */

struct since {
    const struct bw_web_visit *visit;
    int64_t number;
    json_t *steps;
    int64_t count;
    bool others; /* somebody else did one of them, or it isn't known who */
};

static bool
on_newest(const struct bw_step *step, void *context)
{
    struct bw_web_visit *visit = context;
    visit->newest_step = step->number;
    return false;
}

void
bw_web_visit_begin(struct bw_web_visit *visit)
{
    (void)!bw_step_walk(visit->desk->office.central, 1, on_newest, visit, NULL);
}

int64_t
bw_web_stale_sent(const struct bw_web_visit *visit)
{
    const char *text = bw_web_request_sent(visit->request, "sinds");
    char *end = NULL;
    int64_t number = strtoll(text, &end, 10);
    return text[0] == '\0' || *end != '\0' || number < 0 ? -1 : number;
}

static bool
on_step(const struct bw_step *step, void *context)
{
    struct since *s = context;
    const char *own = s->visit->desk->office.who;
    if (step->number <= s->number) {
        return false;
    }
    s->count++;
    s->others = s->others || own == NULL || own[0] == '\0' || strcmp(step->who, own) != 0;
    if (s->count > BW_WEB_STALE_STEPS) {
        return true;
    }
    json_t *row = json_object();
    bw_web_set(&row, "what", bw_web_step_what(s->visit, step->what));
    bw_web_set(&row, "number", json_integer(step->number));
    bw_web_set(&row, "verb", bw_web_text(step->what));
    bw_web_set(&row, "about", bw_web_text(step->about));
    bw_web_set(&row, "why", bw_web_text(step->why));
    bw_web_set(&row, "who",
        step->who[0] != '\0' ? bw_web_text(step->who)
                             : bw_web_sentence(s->visit, "er.stale.who"));
    bw_web_set(&row, "when",
        bw_web_when(s->visit, s->visit->desk->zone, BW_WEB_MOMENT_SHORT, step->at_ms));
    bw_web_add(&s->steps, row);
    return s->steps != NULL;
}

json_t *
bw_web_stale_notice(
    const struct bw_web_visit *visit, bool stale, int64_t since, const char *key)
{
    struct since s = {.visit = visit, .number = since, .others = since < 0};
    if (!stale) {
        return json_false();
    }
    s.steps = json_array();
    if (since >= 0) {
        (void)!bw_step_walk(visit->desk->office.central, LOOKED_MAX, on_step, &s, NULL);
        bw_web_step_about_rows(visit, s.steps);
    }
    json_t *notice = json_object();
    bw_web_set(&notice, "heading",
        bw_web_sentence(visit, s.others       ? "er.stale"
                               : s.count == 0 ? "er.stale.moved"
                                              : "er.stale.own"));
    bw_web_set(&notice, "text", bw_web_sentence(visit, key));
    bw_web_set(&notice, "steps", s.steps);
    bw_web_set(&notice, "more",
        json_integer(s.count > BW_WEB_STALE_STEPS ? s.count - BW_WEB_STALE_STEPS : 0));
    return notice;
}

json_t *
bw_web_stale(const struct bw_web_visit *visit, bool stale, const char *key)
{
    return bw_web_stale_notice(visit, stale, bw_web_stale_sent(visit), key);
}
