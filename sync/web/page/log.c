/* Geschiedenis: the office's steps; and one taken back, which is a step too. */
#include "office/step.h"
#include "web/desk/form.h"
#include "web/page/pages.h"

#include <stdlib.h>
#include <string.h>

enum { STEPS_SHOWN = 100 };

struct listing {
    struct bw_web_visit *visit;
    json_t *list;
};

json_t *
bw_web_step_what(const struct bw_web_visit *visit, const char *what)
{
    char key[BW_LABEL_BYTES * 2];
    (void)snprintf(key, sizeof key, "step.%.60s", what);
    json_t *said = bw_web_sentence(visit, key);
    if (said != NULL && strcmp(json_string_value(said), key) == 0) {
        json_decref(said);
        return bw_web_text(what);
    }
    return said;
}

static bool
on_step(const struct bw_step *step, void *context)
{
    struct listing *l = context;
    json_t *row = json_object();
    bw_web_set(&row, "number", json_integer(step->number));
    bw_web_set(&row, "what", bw_web_step_what(l->visit, step->what));
    bw_web_set(&row, "verb", bw_web_text(step->what));
    bw_web_set(&row, "about", bw_web_text(step->about));
    bw_web_set(&row, "why", bw_web_text(step->why));
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
bw_web_page_log(struct bw_web_visit *visit, struct bw_error *err)
{
    struct listing l = {visit, json_array()};
    enum bw_status status =
        bw_step_walk(visit->desk->office.central, STEPS_SHOWN, on_step, &l, err);
    if (status != BW_OK) {
        json_decref(l.list);
        return status;
    }
    json_t *model = json_object();
    bw_web_set(&model, "heading", bw_web_sentence(visit, "top.history"));
    bw_web_set(&model, "steps", l.list);
    return bw_web_show(visit, "log", model, err);
}

/* ---- undo ---- */

static bool
on_newest(const struct bw_step *step, void *context)
{
    int64_t *newest = context;
    *newest = step->number;
    return false;
}

/* Back to the page that the form stood on; one that is none of ours is Geschiedenis. */
static void
go_back(struct bw_web_visit *visit)
{
    struct bw_web_request page = {.fields = NULL};
    char path[BW_WEB_TARGET_BYTES_MAX] = "/geschiedenis";
    const char *wanted = bw_web_request_sent(visit->request, "naar");
    if (wanted[0] != '\0' && bw_web_request_target(&page, wanted, NULL) == BW_OK) {
        bw_web_path(&page, path, sizeof path);
    }
    bw_web_request_finish(&page);
    bw_web_go(visit, "%s", path);
}

/* The steps that the form means, newest first: what was said was done as a whole is taken
 * back as a whole. */
static int
steps_of(const struct bw_web_said *said, int64_t number, int64_t ret_steps[])
{
    if (number != said->step || said->steps_count == 0) {
        ret_steps[0] = number;
        return 1;
    }
    for (int i = 0; i < said->steps_count; i++) {
        ret_steps[i] = said->steps[said->steps_count - 1 - i];
    }
    return said->steps_count;
}

static const struct bw_web_form undo_form = {bw_web_page_log, {{NULL, NULL, NULL}}};

enum bw_status
bw_web_page_undo(struct bw_web_visit *visit, struct bw_error *err)
{
    struct bw_office *office = &visit->desk->office;
    const char *typed = bw_web_request_sent(visit->request, "stap");
    char *end = NULL;
    int64_t number = strtoll(typed, &end, 10), newest = 0, told = 0;
    int64_t steps[BW_WEB_STEPS_MAX], redo[BW_WEB_STEPS_MAX];
    visit->form = &undo_form;
    if (number <= 0 || *end != '\0') {
        return bw_error_set(err, BW_BAD_INPUT, 0, "taking back a step: it has a number");
    }
    int count = steps_of(&visit->session->said, number, steps), done = 0;
    enum bw_status status = BW_OK;
    while (status == BW_OK && done < count) {
        struct bw_step_undone undone;
        status = bw_step_undo(office, steps[done], "", &undone, err);
        if (status == BW_OK) {
            told += (int64_t)undone.count;
            bw_step_undone_finish(&undone);
            status = bw_step_walk(office->central, 1, on_newest, &newest, err);
            redo[done++] = newest;
        }
    }
    visit->desk->changed = visit->desk->changed || done > 0;
    if (status != BW_OK && done == 0) {
        return status;
    }
    bw_web_said(visit, status == BW_OK ? "undone.said" : "undone.part",
        json_pack("{s:I, s:I}", "n", (json_int_t)told, "step", (json_int_t)number),
        newest);
    memcpy(visit->session->said.steps, redo, (size_t)done * sizeof redo[0]);
    visit->session->said.steps_count = done;
    go_back(visit);
    return BW_OK;
}
