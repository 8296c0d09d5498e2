/* A colleague comes in somebody's place: /mens/CODE/collega. Who it is stands in a form;
 * what that would change is shown first, by the verb itself (WD2).
 *
 *   Persoon --> form --> picture --"beeld" fits--> done, said, undo offered */
#include "central/records.h"
#include "office/place/substitute.h"
#include "web/desk/form.h"
#include "web/page/pages.h"
#include "web/page/part/people.h"
#include "web/page/part/picture.h"
#include "web/page/part/stale.h"

#include <string.h>

static const struct bw_web_form colleague_form = {bw_web_page_person_colleague,
    {{"name", "collega", NULL}, {"mail", "mail", "wr.mail"}, {"school", "school", NULL}}};

struct replacing {
    struct bw_web_visit *visit;
    const char *code; /* of the address */
    struct bw_place_colleague colleague;
    struct bw_office_registration who;
    struct bw_session session;
};

/* Name, mail and school as typed, for the form and for the next one. */
static json_t *
model_of(const struct replacing *r)
{
    const struct bw_person *person = &r->who.roster.person;
    json_t *model = json_object();
    bw_web_set(&model, "name", bw_web_name(person->first_name, person->name));
    bw_web_set(&model, "heading",
        bw_web_filled(r->visit, "co.h",
            json_pack("{s:o}", "name", bw_web_name(person->first_name, person->name))));
    bw_web_set(&model, "at_present",
        bw_web_filled(r->visit, "co.p", json_pack("{s:s}", "k", r->session.title)));
    bw_web_set(&model, "here_code", bw_web_text(r->code));
    bw_web_set(&model, "colleague", bw_web_text(r->colleague.name));
    bw_web_set(&model, "mail", bw_web_text(r->colleague.mail));
    bw_web_set(&model, "school",
        bw_web_text(
            r->colleague.school[0] != '\0' ? r->colleague.school : person->school));
    return model;
}

static void
add_effect(const struct replacing *r, json_t **list, const char *key, const char *to)
{
    const struct bw_person *person = &r->who.roster.person;
    bw_web_add(list, json_pack("{s:o}", "text",
                         bw_web_filled(r->visit, key,
                             json_pack("{s:o, s:s, s:s}", "name",
                                 bw_web_name(person->first_name, person->name), "to", to,
                                 "k", r->session.title))));
}

static enum bw_status
show_picture(const struct replacing *r, const struct bw_place_substitution *picture,
    const char *digest, struct bw_error *err)
{
    const struct bw_person *person = &picture->to.roster.person;
    json_t *model = model_of(r), *effects = json_array();
    json_t *to = bw_web_name(person->first_name, person->name);
    const char *whose = to != NULL ? json_string_value(to) : "";
    add_effect(r, &effects, "co.place", whose);
    add_effect(r, &effects, "co.ticket", whose);
    if (picture->known) {
        add_effect(r, &effects, "co.known", whose);
    }
    add_effect(r, &effects, "co.mail", whose);
    add_effect(r, &effects, "effect.undo", whose);
    bw_web_set(&model, "button",
        bw_web_filled(r->visit, "co.b", json_pack("{s:s}", "to", whose)));
    bw_web_set(&model, "stale",
        bw_web_stale(r->visit,
            bw_web_request_sent(r->visit->request, "beeld")[0] != '\0' &&
                bw_web_request_sent(r->visit->request, "kijk")[0] == '\0',
            "er.stale.p"));
    bw_web_set(&model, "picture", json_string(digest));
    bw_web_set(&model, "effects", effects);
    json_decref(to);
    return bw_web_show(r->visit, "person_colleague", model, err);
}

/* Not the code, which is drawn anew each time. */
static enum bw_status
digest_of(const struct bw_place_substitution *picture, char ret_digest[BW_WEB_KEY_BYTES],
    struct bw_error *err)
{
    const struct bw_person *to = &picture->to.roster.person;
    json_t *seen = json_pack("{s:I, s:s, s:s, s:s, s:b}", "from",
        (json_int_t)picture->from.roster.code, "first", to->first_name, "name", to->name,
        "school", to->school, "known", picture->known);
    enum bw_status status = bw_web_picture_digest(seen, ret_digest, err);
    json_decref(seen);
    return status;
}

static enum bw_status
carry_out(const struct replacing *r, struct bw_error *err)
{
    struct bw_web_desk *desk = r->visit->desk;
    struct bw_place_substitution done;
    enum bw_status status =
        bw_place_substitute(&desk->office, r->code, &r->colleague, "", &done, err);
    if (status != BW_OK) {
        return status;
    }
    const struct bw_person *person = &done.to.roster.person;
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(done.from.roster.code, shown); /* it stays when this is undone */
    desk->changed = true;
    bw_web_said(r->visit, "co.said",
        json_pack("{s:o, s:s}", "name", bw_web_name(person->first_name, person->name),
            "k", r->session.title),
        bw_web_picture_newest(&desk->office, "substitute"));
    bw_web_go(r->visit, "/mens/%s", shown);
    return BW_OK;
}

static enum bw_status
look_then_do(const struct replacing *r, struct bw_error *err)
{
    const struct bw_web_request *request = r->visit->request;
    struct bw_place_substitution picture;
    char digest[BW_WEB_KEY_BYTES];
    if (r->colleague.name[0] == '\0' || bw_web_form_is_wrong(r->visit)) {
        return bw_web_show(r->visit, "person_colleague", model_of(r), err);
    }
    enum bw_status status = bw_place_substitute(
        &r->visit->desk->preview, r->code, &r->colleague, "", &picture, err);
    if (status == BW_OK) {
        status = digest_of(&picture, digest, err);
    }
    if (status != BW_OK) {
        return status;
    }
    return strcmp(bw_web_request_sent(request, "beeld"), digest) == 0 &&
                   bw_web_request_sent(request, "kijk")[0] == '\0'
               ? carry_out(r, err)
               : show_picture(r, &picture, digest, err);
}

enum bw_status
bw_web_page_person_colleague(struct bw_web_visit *visit, struct bw_error *err)
{
    const struct bw_web_request *request = visit->request;
    struct bw_central *central = visit->desk->office.central;
    struct replacing r = {.visit = visit,
        .code = request->segments[1],
        .colleague = {.name = bw_web_request_sent(request, "collega"),
            .mail = bw_web_request_sent(request, "mail"),
            .school = bw_web_request_sent(request, "school")}};
    visit->form = &colleague_form;
    enum bw_status status = bw_office_registration_by_code(central, r.code, &r.who, err);
    if (status == BW_OK) {
        status = bw_record_session_by_number(
            central, r.who.roster.session_no, &r.session, err);
    }
    return status == BW_OK ? look_then_do(&r, err) : status;
}
