/* What is done to people of a circle: first shown, by the verb itself on the connection
 * that keeps nothing (WD2), then done.
 *
 *   form of Kring --> picture --> "beeld" fits --> done, said, undo offered
 *                        ^           |
 *                        '-- it doesn't: somebody changed it meanwhile --'
 *
 * The form of the picture carries a digest of it. Before anything is done the picture is
 * made again: with another digest nothing is done, and the new one is shown. */
#include "central/records.h"
#include "office/place/promote.h"
#include "web/desk/form.h"
#include "web/page/pages.h"
#include "web/page/part/people.h"
#include "web/page/part/picture.h"

#include <stdlib.h>
#include <string.h>

static enum bw_status
cancel(const struct bw_office *office, const char *typed, const char *why,
    struct bw_place_change *ret_change, struct bw_error *err)
{
    (void)why;
    return bw_place_cancel(office, typed, ret_change, err);
}

static enum bw_status
reinstate(const struct bw_office *office, const char *typed, const char *why,
    struct bw_place_change *ret_change, struct bw_error *err)
{
    (void)why;
    return bw_place_reinstate(office, typed, ret_change, err);
}

static enum bw_status
unblock(const struct bw_office *office, const char *typed, const char *why,
    struct bw_place_change *ret_change, struct bw_error *err)
{
    (void)why;
    return bw_place_unblock(office, typed, ret_change, err);
}

static enum bw_status
reissue(const struct bw_office *office, const char *typed, const char *why,
    struct bw_place_change *ret_change, struct bw_error *err)
{
    (void)why;
    return bw_place_reissue(office, typed, ret_change, err);
}

/* By the word of the form. `change` NULL: places are given, to whoever's turn it is. */
static const struct deed_row {
    const char *word, *heading, *button, *said;
    bool asks_why;
    enum bw_status (*change)(const struct bw_office *office, const char *typed,
        const char *why, struct bw_place_change *ret_change, struct bw_error *err);
} deeds[] = {
    {"afmelden", "deed.cancel.h", "deed.cancel.b", "deed.cancel.said", false, cancel},
    {"herstel", "deed.reinstate.h", "deed.reinstate.b", "deed.reinstate.said", false,
        reinstate},
    {"blokkeer", "deed.block.h", "deed.block.b", "deed.block.said", true, bw_place_block},
    {"deblokkeer", "deed.unblock.h", "deed.unblock.b", "deed.unblock.said", false,
        unblock},
    {"ticket", "deed.reissue.h", "deed.reissue.b", "deed.reissue.said", false, reissue},
    {"plek", "deed.promote.h", "deed.promote.b", "deed.promote.said", false, NULL},
};

/* What became of somebody, for the list of effects: its sentence. */
static const char *const effects[] = {
    [BW_PLACE_CANCELLED] = "effect.cancelled",
    [BW_PLACE_CANCELLED_FREE] = "effect.free",
    [BW_PLACE_CANCELLED_ALREADY] = "effect.already",
    [BW_PLACE_BLOCKED] = "effect.blocked",
    [BW_PLACE_BLOCKED_AGAIN] = "effect.again",
    [BW_PLACE_UNBLOCKED] = "effect.unblocked",
    [BW_PLACE_UNBLOCKED_WAITS] = "effect.waits",
    [BW_PLACE_REISSUED] = "effect.reissued",
    [BW_PLACE_REINSTATED] = "effect.reinstated",
    [BW_PLACE_REINSTATED_WAITS] = "effect.waits",
};
enum { EFFECTS = sizeof effects / sizeof effects[0] };

static const struct bw_web_form deed_form = {
    bw_web_page_circle, {{"why", "waarom", "wr.why"}}};

struct doing {
    struct bw_web_visit *visit;
    const struct deed_row *deed;
    struct bw_session session;
    const char *codes[BW_WEB_STEPS_MAX]; /* of the form */
    int codes_count;
    int64_t number; /* places to give at most */
    char why[BW_TITLE_BYTES];
    /* as a picture, or as done */
    json_t *people;
    int64_t counts[EFFECTS];
    int64_t steps[BW_WEB_STEPS_MAX]; /* that were written */
    int steps_count;
};

/* ---- one run of the verbs: as a picture, or in earnest ---- */

static void
add_person(struct doing *d, const struct bw_office_registration *now,
    enum bw_registration_status before, const char *after_key)
{
    const struct bw_person *person = &now->roster.person;
    json_t *row = json_object();
    bw_web_set(&row, "person", bw_web_code(now->roster.code));
    bw_web_set(&row, "name", bw_web_name(person->first_name, person->name));
    bw_web_set(&row, "school", bw_web_text(person->school));
    bw_web_set(&row, "before", bw_web_sentence(d->visit, bw_web_status_key(before)));
    bw_web_set(&row, "after", bw_web_sentence(d->visit, after_key));
    bw_web_add(&d->people, row);
}

/* Notes the step that was just written, where it is about this: somebody else's isn't. */
static void
note_step(struct doing *d, const struct bw_office *office, const char *about)
{
    int64_t step =
        office == &d->visit->desk->office ? bw_web_picture_step(office, about) : 0;
    if (step != 0 && d->steps_count < BW_WEB_STEPS_MAX) {
        d->steps[d->steps_count++] = step;
    }
}

static enum bw_status
run_promote(struct doing *d, const struct bw_office *office, struct bw_error *err)
{
    struct bw_place_promotion promotion = {.promoted = NULL};
    enum bw_status status =
        bw_place_promote(office, d->session.code, d->number, &promotion, err);
    for (size_t i = 0; status == BW_OK && i < promotion.promoted_count; i++) {
        add_person(d, &promotion.promoted[i], BW_WAITLISTED, "status.confirmed");
    }
    if (status == BW_OK && promotion.promoted_count > 0) {
        note_step(d, office, d->session.code);
    }
    bw_place_promotion_finish(&promotion);
    return status;
}

static enum bw_status
run(struct doing *d, const struct bw_office *office, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    json_decref(d->people);
    d->people = json_array();
    memset(d->counts, 0, sizeof d->counts);
    if (d->deed->change == NULL) {
        return run_promote(d, office, err);
    }
    for (int i = 0; status == BW_OK && i < d->codes_count; i++) {
        struct bw_place_change change;
        status = d->deed->change(office, d->codes[i], d->why, &change, err);
        if (status == BW_OK) {
            char shown[BW_CODE_SHOWN_BYTES];
            bw_code_format_shown(change.registration.roster.code, shown);
            add_person(d, &change.registration, change.before,
                change.outcome == BW_PLACE_REISSUED
                    ? "status.newticket"
                    : bw_web_status_key(change.registration.roster.status));
            d->counts[change.outcome]++;
            if (bw_place_is_changed(change.outcome)) {
                note_step(d, office, shown);
            }
        }
    }
    return status;
}

/* ---- the picture ---- */

static json_t *
effects_of(const struct doing *d)
{
    json_t *list = json_array();
    for (int i = 0; i < EFFECTS; i++) {
        if (d->counts[i] > 0) {
            bw_web_add(
                &list, json_pack("{s:o}", "text",
                           bw_web_filled(d->visit, effects[i],
                               json_pack("{s:I}", "n", (json_int_t)d->counts[i]))));
        }
    }
    if (d->deed->change == NULL) {
        bw_web_add(&list,
            json_pack("{s:o}", "text", bw_web_sentence(d->visit, "effect.promoted")));
    }
    bw_web_add(
        &list, json_pack("{s:o}", "text", bw_web_sentence(d->visit, "effect.mail")));
    bw_web_add(
        &list, json_pack("{s:o}", "text", bw_web_sentence(d->visit, "effect.undo")));
    return list;
}

static enum bw_status
show(struct doing *d, const char *digest, bool stale, struct bw_error *err)
{
    struct bw_web_visit *visit = d->visit;
    json_int_t people = (json_int_t)json_array_size(d->people);
    json_t *model = json_object();
    json_t *heading = bw_web_filled(visit, d->deed->heading,
        json_pack("{s:I, s:s}", "n", people, "k", d->session.title));
    bw_web_set(&model, "heading", heading);
    bw_web_set(&model, "circle", bw_web_text(d->session.title));
    bw_web_set(&model, "code", bw_web_text(d->session.code));
    bw_web_set(
        &model, "here_list", bw_web_text(bw_web_request_sent(visit->request, "lijst")));
    bw_web_set(&model, "deed", json_string(d->deed->word));
    bw_web_set(&model, "number", json_integer(d->number));
    bw_web_set(&model, "picture", json_string(digest));
    bw_web_set(&model, "stale", json_boolean(stale));
    bw_web_set(&model, "asks_why", json_boolean(d->deed->asks_why));
    bw_web_set(&model, "why", bw_web_text(bw_web_request_sent(visit->request, "waarom")));
    bw_web_set(&model, "button", bw_web_sentence(visit, d->deed->button));
    bw_web_set(&model, "effects", effects_of(d));
    bw_web_set(&model, "people", json_incref(d->people));
    return bw_web_show(visit, "deed", model, err);
}

/* ---- the form ---- */

static enum bw_status
read_form(struct doing *d, struct bw_error *err)
{
    const struct bw_web_request *request = d->visit->request;
    const char *word = bw_web_request_sent(request, "doe");
    const char *number = bw_web_request_sent(request, "aantal");
    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++) {
        d->deed = strcmp(deeds[i].word, word) == 0 ? &deeds[i] : d->deed;
    }
    if (d->deed == NULL) {
        return bw_error_set(
            err, BW_BAD_INPUT, 0, "reading a form: nothing is called that");
    }
    for (size_t i = 0; i < request->fields_count; i++) {
        const struct bw_web_field *field = &request->fields[i];
        bw_code code;
        if (!field->of_form || strcmp(field->name, "mens") != 0) {
            continue;
        }
        if (!bw_code_parse(field->value, &code)) {
            return bw_error_set(err, BW_BAD_INPUT, 0, "reading a form: a code is none");
        }
        if (d->codes_count == BW_WEB_STEPS_MAX) {
            return bw_error_set(err, BW_FULL, 0,
                "changing people of a circle: more than %d at once; choose fewer",
                BW_WEB_STEPS_MAX);
        }
        d->codes[d->codes_count++] = field->value;
    }
    d->number = strtoll(number[0] != '\0' ? number : "1", NULL, 10);
    if (d->number < 1 || d->number > BW_CAPACITY_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0, "reading a form: a number is none");
    }
    bw_web_picture_why(d->visit, d->why);
    return bw_record_session(
        d->visit->desk->office.central, request->segments[1], &d->session, err);
}

static void
go_back(const struct doing *d)
{
    char code[BW_LABEL_BYTES * 3], list[BW_LABEL_BYTES];
    bw_web_encode(d->session.code, code, sizeof code);
    bw_web_encode(bw_web_request_sent(d->visit->request, "lijst"), list, sizeof list);
    bw_web_go(d->visit, "/kring/%s?lijst=%s", code, list);
}

/* In earnest. Whoever was done before one was refused stays done, and that is said. */
static enum bw_status
carry_out(struct doing *d, struct bw_error *err)
{
    struct bw_web_desk *desk = d->visit->desk;
    enum bw_status status = run(d, &desk->office, err);
    json_int_t done = (json_int_t)json_array_size(d->people);
    desk->changed = desk->changed || d->steps_count > 0;
    if (status != BW_OK && d->steps_count == 0) {
        return status;
    }
    const json_t *first = json_array_get(d->people, 0);
    bw_web_said(d->visit, status == BW_OK ? d->deed->said : "deed.part.said",
        json_pack("{s:I, s:O}", "n", done, "name", json_object_get(first, "name")),
        d->steps_count > 0 ? d->steps[d->steps_count - 1] : 0);
    struct bw_web_said *said = &d->visit->session->said;
    memcpy(said->steps, d->steps, sizeof said->steps);
    said->steps_count = d->steps_count;
    go_back(d);
    return BW_OK;
}

static enum bw_status
look_then_do(struct doing *d, struct bw_error *err)
{
    const char *seen = bw_web_request_sent(d->visit->request, "beeld");
    char digest[BW_WEB_KEY_BYTES];
    if (d->deed->change != NULL && d->codes_count == 0) {
        bw_web_said(d->visit, "deed.nobody", json_object(), 0);
        go_back(d);
        return BW_OK;
    }
    if (d->deed->asks_why && d->why[0] == '\0') { /* asked with the picture */
        (void)strcpy(d->why, "?");
        if (seen[0] != '\0' && !bw_web_form_is_wrong(d->visit)) {
            bw_web_form_wrong(d->visit, "waarom", "wr.why");
        }
    }
    enum bw_status status = run(d, &d->visit->desk->preview, err);
    if (status == BW_OK) {
        status = bw_web_picture_digest(d->people, digest, err);
    }
    if (status != BW_OK) {
        return status;
    }
    bool fits = strcmp(seen, digest) == 0;
    return fits && !bw_web_form_is_wrong(d->visit)
               ? carry_out(d, err)
               : show(d, digest, seen[0] != '\0' && !fits, err);
}

enum bw_status
bw_web_page_deed(struct bw_web_visit *visit, struct bw_error *err)
{
    struct doing d = {.visit = visit};
    if (strcmp(bw_web_request_sent(visit->request, "doe"), "verplaats") == 0) {
        return bw_web_page_people_place(visit, err);
    }
    visit->form = &deed_form;
    enum bw_status status = read_form(&d, err);
    if (status == BW_OK) {
        status = look_then_do(&d, err);
    }
    json_decref(d.people);
    return status;
}
