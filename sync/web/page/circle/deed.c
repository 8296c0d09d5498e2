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
#include "web/page/part/offer.h"
#include "web/page/part/people.h"
#include "web/page/part/picture.h"
#include "web/page/part/stale.h"

#include <stdlib.h>
#include <string.h>

/* By the word of the form. `gives`: places are given, to whoever's turn it is; `chosen`:
 * one, to whom the form names, and why is asked where others wait before them. */
static const struct deed_row {
    const char *word, *heading, *button, *said;
    bool asks_why, gives, chosen;
    enum bw_place_verb verb;
} deeds[] = {
    {"afmelden", "deed.cancel.h", "deed.cancel.b", "deed.cancel.said", false, false,
        false, BW_PLACE_CANCEL},
    {"herstel", "deed.reinstate.h", "deed.reinstate.b", "deed.reinstate.said", false,
        false, false, BW_PLACE_REINSTATE},
    {"blokkeer", "deed.block.h", "deed.block.b", "deed.block.said", true, false, false,
        BW_PLACE_BLOCK},
    {"deblokkeer", "deed.unblock.h", "deed.unblock.b", "deed.unblock.said", false, false,
        false, BW_PLACE_UNBLOCK},
    {"ticket", "deed.reissue.h", "deed.reissue.b", "deed.reissue.said", false, false,
        false, BW_PLACE_REISSUE},
    {"plek", "deed.promote.h", "deed.promote.b", "deed.promote.said", false, true, false,
        BW_PLACE_REINSTATE},
    {"kies", "deed.choose.h", "deed.choose.b", "deed.promote.said", true, true, true,
        BW_PLACE_REINSTATE},
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
    const char *codes[BW_WEB_FIELDS_MAX]; /* of the form */
    size_t codes_count;
    const char *own; /* the code of the row whose menu it was; NULL: none */
    int64_t number;  /* places to give at most */
    char why[BW_TITLE_BYTES];
    /* as a picture, or as done */
    json_t *people;
    int64_t counts[EFFECTS];
    json_int_t passed; /* who wait before the one who was chosen */
    bool changed;      /* one of them is another than before */
};

/* ---- one run of the verbs: as a picture, or in earnest ---- */

static enum bw_status
run_promote(struct doing *d, const struct bw_office *office, struct bw_error *err)
{
    struct bw_place_promotion promotion = {.promoted = NULL};
    enum bw_status status =
        d->deed->chosen
            ? bw_place_promote_chosen(
                  office, d->session.code, d->codes[0], d->why, &promotion, err)
            : bw_place_promote(office, d->session.code, d->number, &promotion, err);
    d->passed = (json_int_t)promotion.passed;
    for (size_t i = 0; status == BW_OK && i < promotion.promoted_count; i++) {
        bw_web_add(&d->people, bw_web_offer_row(d->visit, &promotion.promoted[i].roster,
                                   BW_WAITLISTED, "status.confirmed"));
        d->changed = true;
    }
    bw_place_promotion_finish(&promotion);
    return status;
}

/* All of them, or none: one step. */
static enum bw_status
run_change(struct doing *d, const struct bw_office *office, struct bw_error *err)
{
    struct bw_place_change *changes = calloc(d->codes_count, sizeof *changes);
    enum bw_status status =
        changes != NULL
            ? bw_place_change_all(
                  office, d->deed->verb, d->codes, d->codes_count, d->why, changes, err)
            : bw_error_set(err, BW_NO_MEMORY, 0, "changing registrations: no memory");
    for (size_t i = 0; status == BW_OK && i < d->codes_count; i++) {
        const struct bw_place_change *change = &changes[i];
        const struct bw_registration *now = &change->registration.roster;
        bw_web_add(&d->people,
            bw_web_offer_row(d->visit, now, change->before,
                change->outcome == BW_PLACE_REISSUED ? "status.newticket"
                                                     : bw_web_status_key(now->status)));
        d->counts[change->outcome]++;
        d->changed = d->changed || bw_place_is_changed(change->outcome);
    }
    free(changes);
    return status;
}

static enum bw_status
run(struct doing *d, const struct bw_office *office, struct bw_error *err)
{
    json_decref(d->people);
    d->people = json_array();
    d->changed = false;
    memset(d->counts, 0, sizeof d->counts);
    return d->deed->gives ? run_promote(d, office, err) : run_change(d, office, err);
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
    if (d->passed > 0) {
        bw_web_add(&list, json_pack("{s:o}", "text",
                              bw_web_filled(d->visit, "effect.passed",
                                  json_pack("{s:I}", "n", d->passed))));
    }
    if (d->deed->gives) {
        bw_web_add(&list,
            json_pack("{s:o}", "text", bw_web_sentence(d->visit, "effect.promoted")));
    }
    bw_web_add(
        &list, json_pack("{s:o}", "text", bw_web_sentence(d->visit, "effect.mail")));
    bw_web_add(
        &list, json_pack("{s:o}", "text", bw_web_sentence(d->visit, "effect.undo")));
    return list;
}

static bool
asks_why(const struct doing *d)
{
    return d->deed->asks_why && (!d->deed->chosen || d->passed > 0);
}

static enum bw_status
show(struct doing *d, const char *digest, bool stale, struct bw_error *err)
{
    struct bw_web_visit *visit = d->visit;
    json_int_t people = (json_int_t)json_array_size(d->people);
    json_t *model = json_object();
    json_t *heading = bw_web_filled(visit, d->deed->heading,
        json_pack("{s:I, s:s, s:O?}", "n", people, "k", d->session.title, "name",
            json_object_get(json_array_get(d->people, 0), "name")));
    bw_web_set(&model, "heading", heading);
    bw_web_set(&model, "circle", bw_web_text(d->session.title));
    bw_web_set(&model, "code", bw_web_text(d->session.code));
    bw_web_set(
        &model, "here_list", bw_web_text(bw_web_request_sent(visit->request, "lijst")));
    bw_web_set(&model, "deed", json_string(d->deed->word));
    bw_web_set(&model, "number", json_integer(d->number));
    bw_web_set(&model, "picture", json_string(digest));
    bw_web_set(&model, "stale", bw_web_stale(visit, stale, "er.stale.p"));
    bw_web_set(&model, "asks_why", json_boolean(asks_why(d)));
    bw_web_set(&model, "why", bw_web_text(bw_web_request_sent(visit->request, "waarom")));
    bw_web_set(&model, "button", bw_web_sentence(visit, d->deed->button));
    bw_web_set(&model, "effects", effects_of(d));
    bw_web_set(&model, "people", json_incref(d->people));
    return bw_web_show(visit, "deed", model, err);
}

/* ---- the form ---- */

/* A row's own menu: "afmelden K7QM-2XRD", whoever was ticked. False: it wasn't that. */
static bool
read_own(struct doing *d, char ret_word[BW_LABEL_BYTES])
{
    const char *own = bw_web_request_sent(d->visit->request, "een");
    size_t length = strcspn(own, " ");
    if (own[0] == '\0' || length >= BW_LABEL_BYTES) {
        return false;
    }
    memcpy(ret_word, own, length);
    ret_word[length] = '\0';
    d->own = own[length] == ' ' ? own + length + 1 : "";
    return true;
}

/* Whom a form names twice a verb would change twice. */
static bool
is_named(const struct doing *d, bw_code code)
{
    bool named = false;
    for (size_t i = 0; i < d->codes_count && !named; i++) {
        bw_code one = BW_CODE_NONE;
        named = bw_code_parse(d->codes[i], &one) && one == code;
    }
    return named;
}

static enum bw_status
read_form(struct doing *d, struct bw_error *err)
{
    const struct bw_web_request *request = d->visit->request;
    char own[BW_LABEL_BYTES];
    const char *word = read_own(d, own) ? own : bw_web_request_sent(request, "doe");
    const char *number = bw_web_request_sent(request, "aantal");
    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++) {
        d->deed = strcmp(deeds[i].word, word) == 0 ? &deeds[i] : d->deed;
    }
    if (d->deed == NULL) {
        return bw_error_set(
            err, BW_BAD_INPUT, 0, "reading a form: nothing is called that");
    }
    const char *ticked = d->own != NULL ? "een" : bw_web_form_ticked(request, "mens");
    for (size_t i = 0; i < request->fields_count; i++) {
        const struct bw_web_field *field = &request->fields[i];
        bw_code code;
        if (!field->of_form || strcmp(field->name, ticked) != 0) {
            continue;
        }
        const char *typed = d->own != NULL ? d->own : field->value;
        if (!bw_code_parse(typed, &code)) {
            return bw_error_set(err, BW_BAD_INPUT, 0, "reading a form: a code is none");
        }
        if (!is_named(d, code)) {
            d->codes[d->codes_count++] = typed;
        }
    }
    d->number = strtoll(number[0] != '\0' ? number : "1", NULL, 10);
    if (d->number < 1 || d->number > BW_CAPACITY_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0, "reading a form: a number is none");
    }
    if (d->deed->chosen && d->codes_count > 1) {
        return bw_error_set(err, BW_BAD_INPUT, 0, "reading a form: one place is for one");
    }
    bw_web_picture_why(d->visit, d->why);
    return bw_record_session(
        d->visit->desk->office.central, request->segments[1], &d->session, err);
}

static void
go_back(const struct doing *d)
{
    char code[BW_LABEL_BYTES * 3], list[BW_LABEL_BYTES], shown[BW_CODE_SHOWN_BYTES];
    bw_code whose = BW_CODE_NONE;
    if (d->codes_count == 1 && bw_code_parse(d->codes[0], &whose) &&
        strcmp(bw_web_request_sent(d->visit->request, "van"), "mens") == 0) {
        bw_code_format_shown(whose, shown);
        bw_web_go(d->visit, "/mens/%s", shown);
        return;
    }
    bw_web_encode(d->session.code, code, sizeof code);
    bw_web_encode(bw_web_request_sent(d->visit->request, "lijst"), list, sizeof list);
    bw_web_go(d->visit, "/kring/%s?lijst=%s", code, list);
}

static enum bw_status
carry_out(struct doing *d, struct bw_error *err)
{
    struct bw_web_desk *desk = d->visit->desk;
    enum bw_status status = run(d, &desk->office, err);
    if (status != BW_OK) {
        return status;
    }
    const json_t *first = json_array_get(d->people, 0);
    const char *what = d->deed->gives ? "promote" : bw_place_verb_name(d->deed->verb);
    desk->changed = desk->changed || d->changed;
    bw_web_said(d->visit, d->deed->said,
        json_pack("{s:I, s:O}", "n", (json_int_t)json_array_size(d->people), "name",
            json_object_get(first, "name")),
        d->changed ? bw_web_picture_newest(&desk->office, what) : 0);
    go_back(d);
    return BW_OK;
}

static enum bw_status
look_then_do(struct doing *d, struct bw_error *err)
{
    const char *seen = bw_web_request_sent(d->visit->request, "beeld");
    char digest[BW_WEB_KEY_BYTES];
    if ((!d->deed->gives || d->deed->chosen) && d->codes_count == 0) {
        bw_web_said(d->visit, "deed.nobody", json_object(), 0);
        go_back(d);
        return BW_OK;
    }
    bool without = d->deed->asks_why && d->why[0] == '\0';
    if (without) { /* asked with the picture */
        (void)strcpy(d->why, "?");
    }
    enum bw_status status = run(d, &d->visit->desk->preview, err);
    if (without) {
        d->why[0] = '\0';
    }
    if (status == BW_OK && without && asks_why(d) && seen[0] != '\0' &&
        !bw_web_form_is_wrong(d->visit)) {
        bw_web_form_wrong(d->visit, "waarom", "wr.why");
    }
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
    if (strcmp(bw_web_request_sent(visit->request, "doe"), "lijst") == 0) {
        return bw_web_page_circle_list(visit, err);
    }
    visit->form = &deed_form;
    enum bw_status status = read_form(&d, err);
    if (status == BW_OK) {
        status = look_then_do(&d, err);
    }
    json_decref(d.people);
    return status;
}
