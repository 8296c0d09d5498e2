/* A step taken back, which is a step too; and where its place is gone meanwhile, what is
 * left to choose (lost.h). */
#include "office/place/lost.h"
#include "office/step.h"
#include "web/desk/form.h"
#include "web/page/pages.h"
#include "web/page/part/people.h"
#include "web/page/part/step_about.h"

#include <stdlib.h>
#include <string.h>

/* ---- a place that is gone ---- */

struct losing {
    const struct bw_web_visit *visit;
    json_t *groups; /* of one circle and one deed each: [{"code","doe","people"}] */
};

/* The group that takes somebody, the last one or a new one. */
static json_t *
group_for(struct losing *l, const struct bw_registration *r, const char *session_code)
{
    const char *deed = r->status == BW_BLOCKED ? "deblokkeer" : "herstel";
    json_t *last = json_array_get(l->groups, json_array_size(l->groups) - 1);
    if (last != NULL &&
        strcmp(json_string_value(json_object_get(last, "code")), session_code) == 0 &&
        strcmp(json_string_value(json_object_get(last, "deed")), deed) == 0) {
        return last;
    }
    bw_web_add(&l->groups, json_pack("{s:o, s:s, s:[]}", "code",
                               bw_web_text(session_code), "deed", deed, "people"));
    return json_array_get(l->groups, json_array_size(l->groups) - 1);
}

static bool
on_lost(const struct bw_place_lost *lost, void *context)
{
    struct losing *l = context;
    const struct bw_registration *r = &lost->registration.roster;
    json_t *group = group_for(l, r, lost->registration.session_code);
    json_t *name = bw_web_name(r->person.first_name, r->person.name);
    json_t *row = json_object();
    if (group == NULL) {
        json_decref(name);
        json_decref(row);
        return false;
    }
    bool taken = lost->taken_first_name[0] != '\0' || lost->taken_name[0] != '\0';
    bw_web_set(&row, "person", bw_web_code(r->code));
    bw_web_set(&row, "text",
        bw_web_filled(l->visit, taken ? "undo.taken" : "undo.full",
            json_pack("{s:o, s:O, s:I, s:s}", "other",
                bw_web_name(lost->taken_first_name, lost->taken_name), "name", name,
                "number", (json_int_t)lost->number, "k", lost->session_title)));
    json_decref(name);
    return json_array_append_new(json_object_get(group, "people"), row) == 0;
}

/* Says so, where that is why; else *ret_shown stays false. */
static enum bw_status
show_lost(
    struct bw_web_visit *visit, int64_t step_no, bool *ret_shown, struct bw_error *err)
{
    struct losing l = {visit, json_array()};
    enum bw_status status =
        bw_place_lost_walk(&visit->desk->office, step_no, on_lost, &l, err);
    if (status != BW_OK || json_array_size(l.groups) == 0) {
        json_decref(l.groups);
        return status;
    }
    json_t *model = json_object();
    *ret_shown = true;
    bw_web_set(&model, "heading", bw_web_sentence(visit, "undo.lost"));
    bw_web_set(&model, "groups", l.groups);
    return bw_web_show(visit, "undo", model, err);
}

/* ---- what was built on it ---- */

enum { LOOKED_MAX = 4000 };

/* What is asked to be taken back, and what stands on it. */
struct taking_back {
    struct bw_web_visit *visit;
    int64_t number;                  /* that the form says; of several the newest */
    bool several;                    /* it says several */
    int64_t steps[BW_WEB_STEPS_MAX]; /* that it means, newest first */
    int count;
    int64_t *built; /* on any of them, newest first; owned */
    size_t built_count;
    json_t *list;
    /* as done */
    int64_t redo[BW_WEB_STEPS_MAX], newest, told;
    int done;
};

static bool
is_among(const int64_t *steps, size_t count, int64_t number)
{
    size_t i = 0;
    while (i < count && steps[i] != number) {
        i++;
    }
    return i < count;
}

static int
by_newest(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a < b) - (a > b);
}

/* Those of `more` that aren't meant themselves, each once. */
static enum bw_status
keep_built(struct taking_back *u, const int64_t *more, size_t count, struct bw_error *err)
{
    int64_t *built = realloc(u->built, (u->built_count + count + 1) * sizeof *built);
    if (built == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "taking back a step: no memory");
    }
    u->built = built;
    for (size_t i = 0; i < count; i++) {
        if (!is_among(u->steps, (size_t)u->count, more[i]) &&
            !is_among(built, u->built_count, more[i])) {
            built[u->built_count++] = more[i];
        }
    }
    return BW_OK;
}

static enum bw_status
read_built(struct taking_back *u, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (int i = 0; status == BW_OK && i < u->count; i++) {
        int64_t *more = NULL;
        size_t count = 0;
        status = bw_step_built_on(
            u->visit->desk->office.central, u->steps[i], 0, true, &more, &count, err);
        if (status == BW_OK) {
            status = keep_built(u, more, count, err);
        }
        free(more);
    }
    if (status == BW_OK && u->built_count > 0) {
        qsort(u->built, u->built_count, sizeof *u->built, by_newest);
    }
    return status;
}

/* "12,10", as the form says them. */
static void
numbers_of(const struct taking_back *u, char ret_numbers[BW_TITLE_BYTES])
{
    size_t used = 0;
    ret_numbers[0] = '\0';
    for (size_t i = 0; i < u->built_count && used < BW_TITLE_BYTES; i++) {
        used += (size_t)snprintf(ret_numbers + used, BW_TITLE_BYTES - used, "%s%lld",
            i > 0 ? "," : "", (long long)u->built[i]);
    }
}

static bool
is_together(const struct taking_back *u)
{
    return u->built_count + (size_t)u->count <= BW_WEB_STEPS_MAX;
}

static bool
on_built(const struct bw_step *step, void *context)
{
    struct taking_back *u = context;
    if (is_among(u->built, u->built_count, step->number)) {
        json_t *row = json_object();
        bw_web_set(&row, "number", json_integer(step->number));
        bw_web_set(&row, "what", bw_web_step_what(u->visit, step->what));
        bw_web_set(&row, "verb", bw_web_text(step->what));
        bw_web_set(&row, "about", bw_web_text(step->about));
        bw_web_set(&row, "when",
            bw_web_when(
                u->visit, u->visit->desk->zone, BW_WEB_MOMENT_SHORT, step->at_ms));
        bw_web_add(&u->list, row);
    }
    return u->list != NULL && json_array_size(u->list) < u->built_count;
}

/* What the form named: of what was done as a whole the last alone. */
static json_t *
meant_of(const struct taking_back *u)
{
    json_t *list = json_array();
    for (int i = 0; i < (u->several ? u->count : 1); i++) {
        bw_web_add(&list, json_pack("{s:I}", "number",
                              (json_int_t)(u->several ? u->steps[i] : u->number)));
    }
    return list;
}

/* Names them, and offers to take all of them back; more than can be taken back with one
 * press are named alone. */
static enum bw_status
show_built(struct taking_back *u, struct bw_error *err)
{
    struct bw_web_visit *visit = u->visit;
    char numbers[BW_TITLE_BYTES];
    u->list = json_array();
    enum bw_status status =
        bw_step_walk(visit->desk->office.central, LOOKED_MAX, on_built, u, err);
    if (status != BW_OK) {
        json_decref(u->list);
        return status;
    }
    bw_web_step_about_rows(visit, u->list);
    json_t *model = json_object();
    numbers_of(u, numbers);
    bw_web_set(&model, "heading", bw_web_sentence(visit, "undo.built"));
    bw_web_set(&model, "groups", json_array());
    bw_web_set(&model, "meant", meant_of(u));
    bw_web_set(&model, "built_count", json_integer((json_int_t)u->built_count));
    bw_web_set(&model, "together", json_boolean(is_together(u)));
    bw_web_set(&model, "numbers", json_string(numbers));
    bw_web_set(&model, "back", bw_web_text(bw_web_request_sent(visit->request, "naar")));
    bw_web_set(&model, "built", u->list);
    return bw_web_show(visit, "undo", model, err);
}

/* What the form names is what stands on them now: then all of it goes with them, newest
 * first. Else false, and nothing is added. */
static bool
add_built(struct taking_back *u)
{
    char numbers[BW_TITLE_BYTES];
    numbers_of(u, numbers);
    if (u->built_count == 0 || !is_together(u) ||
        strcmp(numbers, bw_web_request_sent(u->visit->request, "samen")) != 0) {
        return false;
    }
    memcpy(u->steps + u->count, u->built, u->built_count * sizeof *u->built);
    u->count += (int)u->built_count;
    qsort(u->steps, (size_t)u->count, sizeof *u->steps, by_newest);
    return true;
}

/* ---- taking back ---- */

static bool
on_newest(const struct bw_step *step, void *context)
{
    int64_t *newest = context;
    *newest = step->number;
    return false;
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

static enum bw_status
answer_refused(struct bw_web_visit *visit)
{
    enum { HTTP_CONFLICT = 409 };
    visit->reply->status = HTTP_CONFLICT;
    return BW_OK;
}

struct step_looking {
    int64_t number, undone_by;
    char what[BW_LABEL_BYTES]; /* as bw_step has it; "" */
};

static bool
on_looked_for(const struct bw_step *step, void *context)
{
    struct step_looking *looking = context;
    if (step->number == looking->number) {
        looking->undone_by = step->undone_by;
        (void)snprintf(looking->what, sizeof looking->what, "%s", step->what);
    }
    return step->number > looking->number;
}

static enum bw_status
look_for(const struct taking_back *u, struct step_looking *looking, struct bw_error *err)
{
    *looking = (struct step_looking){.number = u->steps[0]};
    return bw_step_walk(
        u->visit->desk->office.central, LOOKED_MAX, on_looked_for, looking, err);
}

/* One after the other, up to one that can't be. */
static enum bw_status
undo_all(struct taking_back *u, struct bw_error *err)
{
    struct bw_office *office = &u->visit->desk->office;
    enum bw_status status = BW_OK;
    while (status == BW_OK && u->done < u->count) {
        struct bw_step_undone undone;
        status = bw_step_undo(office, u->steps[u->done], "", &undone, err);
        if (status == BW_OK) {
            u->told += (int64_t)undone.count;
            bw_step_undone_finish(&undone);
            status = bw_step_walk(office->central, 1, on_newest, &u->newest, err);
            u->redo[u->done++] = u->newest;
        }
    }
    u->visit->desk->changed = u->visit->desk->changed || u->done > 0;
    return status;
}

/* Somebody took it back already: who, and when. */
static bool
show_second(struct taking_back *u)
{
    struct step_looking looking;
    return look_for(u, &looking, NULL) == BW_OK && looking.undone_by > 0 &&
           bw_web_log_show(u->visit, looking.undone_by, NULL) == BW_OK;
}

/* Nothing was taken back: because somebody was first, a place is gone, or because of what
 * stands on it. */
static enum bw_status
refuse(struct taking_back *u, bool whole, enum bw_status status)
{
    struct bw_error ignored;
    bool shown = status == BW_REFUSED && show_second(u);
    if (status == BW_REFUSED && !shown) {
        (void)!show_lost(u->visit, u->steps[0], &shown, &ignored);
    }
    if (status == BW_REFUSED && !shown && !whole) {
        u->built_count = 0;
        shown = read_built(u, &ignored) == BW_OK && u->built_count > 0 &&
                show_built(u, &ignored) == BW_OK;
    }
    return shown ? answer_refused(u->visit) : status;
}

/* Of several none goes where something stands on one of them: that is looked at first. */
static enum bw_status
take_back(struct taking_back *u, struct bw_error *err)
{
    bool named = bw_web_request_sent(u->visit->request, "samen")[0] != '\0';
    bool several = u->count > 1, whole = false;
    enum bw_status status = several || named ? read_built(u, err) : BW_OK;
    if (status != BW_OK) {
        return status;
    }
    whole = named && add_built(u);
    if (several && !whole && u->built_count > 0) {
        status = show_built(u, err);
        return status == BW_OK ? answer_refused(u->visit) : status;
    }
    struct step_looking looking;
    status = look_for(u, &looking, err);
    bool again = strcmp(looking.what, "undo") == 0;
    if (status == BW_OK) {
        status = undo_all(u, err);
    }
    if (status != BW_OK && u->done == 0) {
        return refuse(u, whole, status);
    }
    bw_web_said(u->visit,
        status != BW_OK ? "undone.part"
        : u->several    ? "undone.several"
        : again         ? "undone.again"
        : u->told == 0  ? "undone.alone"
                        : "undone.said",
        json_pack("{s:I, s:o, s:I}", "n", (json_int_t)u->told, "what",
            bw_web_step_what(u->visit, looking.what), "k", (json_int_t)u->done),
        u->newest);
    struct bw_web_said *said = &u->visit->session->said;
    said->redo = !again;
    memcpy(said->steps, u->redo, (size_t)u->done * sizeof u->redo[0]);
    said->steps_count = u->done;
    bw_web_go_back(u->visit, "/geschiedenis");
    return BW_OK;
}

/* The steps that a form names, each once, newest first. BW_BAD_INPUT, BW_REFUSED. */
static enum bw_status
read_steps(struct taking_back *u, struct bw_error *err)
{
    const struct bw_web_request *request = u->visit->request;
    for (size_t i = 0; i < request->fields_count; i++) {
        const struct bw_web_field *field = &request->fields[i];
        char *end = NULL;
        if (!field->of_form || strcmp(field->name, "stap") != 0) {
            continue;
        }
        int64_t number = strtoll(field->value, &end, 10);
        if (number <= 0 || *end != '\0') {
            return bw_error_set(
                err, BW_BAD_INPUT, 0, "taking back a step: it has a number");
        }
        if (u->count == BW_WEB_STEPS_MAX) {
            return bw_error_set(err, BW_REFUSED, 0,
                "taking back steps: at most %d at once; tick fewer", BW_WEB_STEPS_MAX);
        }
        if (!is_among(u->steps, (size_t)u->count, number)) {
            u->steps[u->count++] = number;
        }
    }
    u->several = u->count > 1;
    if (u->several) {
        qsort(u->steps, (size_t)u->count, sizeof *u->steps, by_newest);
    }
    u->number = u->steps[0];
    return BW_OK;
}

enum bw_status
bw_web_page_undo(struct bw_web_visit *visit, struct bw_error *err)
{
    struct taking_back u = {.visit = visit};
    visit->form = &undo_form;
    enum bw_status status = read_steps(&u, err);
    if (status == BW_OK && u.count == 0) {
        if (bw_web_request_sent(visit->request, "meer")[0] == '\0') {
            return bw_error_set(
                err, BW_BAD_INPUT, 0, "taking back a step: it has a number");
        }
        bw_web_said(visit, "undo.none", json_object(), 0);
        bw_web_go_back(visit, "/geschiedenis");
        return BW_OK;
    }
    if (status == BW_OK && !u.several) {
        u.count = steps_of(&visit->session->said, u.number, u.steps);
    }
    status = status == BW_OK ? take_back(&u, err) : status;
    free(u.built);
    return status;
}
