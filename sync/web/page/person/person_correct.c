/* Verbeter gegevens: /mens/CODE/gegevens. Somebody's name, address and school, as they
 * stand; what is kept is done at once and can be taken back. The form carries a digest of
 * what it was drawn with: where somebody else changed that meanwhile nothing is done, and
 * both are shown. */
#include "office/place/correct.h"
#include "office/place/words.h"
#include "web/desk/form.h"
#include "web/page/pages.h"
#include "web/page/part/people.h"
#include "web/page/part/picture.h"
#include "web/page/part/stale.h"

#include <string.h>

static const struct bw_web_form correct_form = {bw_web_page_person_correct,
    {{"first-name", "voornaam", NULL}, {"name", "naam", NULL},
        {"mail", "mail", "wr.mail"}, {"school", "school", NULL},
        {"why", "waarom", "wr.why"}}};

struct correcting_page {
    struct bw_web_visit *visit;
    const char *code; /* of the address */
    struct bw_office_registration who;
    struct bw_place_stands stands;
    char digest[BW_WEB_KEY_BYTES];
};

/* What was typed, where the form came; where it is an old one, what stands there is said
 * beside it. */
static void
add_field(const struct correcting_page *p, json_t **model, const char *field,
    const char *stands, bool stale)
{
    char key[BW_LABEL_BYTES];
    const char *typed = bw_web_request_sent(p->visit->request, field);
    (void)snprintf(key, sizeof key, "now_%s", field);
    bw_web_set(model, field,
        stale ? bw_web_text(typed) : bw_web_form_typed(p->visit, field, stands));
    bw_web_set(model, key,
        stale && strcmp(typed, stands) != 0
            ? bw_web_text(stands[0] != '\0' ? stands : "–")
            : json_string(""));
}

static enum bw_status
show(const struct correcting_page *p, bool stale, struct bw_error *err)
{
    const struct bw_place_stands *stands = &p->stands;
    json_t *model = json_object();
    bw_web_set(&model, "name_now", bw_web_name(stands->first_name, stands->name));
    bw_web_set(&model, "heading",
        bw_web_filled(p->visit, "cr.h",
            json_pack("{s:o}", "name", bw_web_name(stands->first_name, stands->name))));
    bw_web_set(&model, "here_code", bw_web_text(p->code));
    bw_web_set(&model, "picture", json_string(p->digest));
    bw_web_set(&model, "stale", bw_web_stale(p->visit, stale, "cr.stale.p"));
    bw_web_set(&model, "circles_open", json_integer((json_int_t)stands->open));
    bw_web_set(&model, "circles_fixed", json_integer((json_int_t)stands->fixed));
    add_field(p, &model, "voornaam", stands->first_name, stale);
    add_field(p, &model, "naam", stands->name, stale);
    add_field(p, &model, "mail", stands->mail, stale);
    add_field(p, &model, "school", stands->school, stale);
    bw_web_set(&model, "why", bw_web_form_typed(p->visit, "waarom", ""));
    return bw_web_show(p->visit, "person_correct", model, err);
}

static enum bw_status
keep(const struct correcting_page *p, const char *why, struct bw_error *err)
{
    struct bw_web_desk *desk = p->visit->desk;
    const struct bw_web_request *request = p->visit->request;
    const struct bw_place_correction correction = {
        .first_name = bw_web_request_sent(request, "voornaam"),
        .name = bw_web_request_sent(request, "naam"),
        .mail = bw_web_request_sent(request, "mail"),
        .school = bw_web_request_sent(request, "school")};
    struct bw_place_corrected corrected;
    enum bw_status status =
        bw_place_correct(&desk->office, p->code, &correction, why, &corrected, err);
    if (status != BW_OK) {
        return status;
    }
    const struct bw_person *person = &corrected.registration.roster.person;
    bool any = corrected.changed > 0 || corrected.mail;
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(corrected.registration.roster.code, shown);
    desk->changed = desk->changed || any;
    bw_web_said(p->visit,
        !any             ? "cr.same"
        : corrected.mail ? "cr.said.mail"
                         : "cr.said",
        json_pack("{s:o}", "name", bw_web_name(person->first_name, person->name)),
        any ? bw_web_picture_newest(&desk->office, "correct") : 0);
    bw_web_go(p->visit, "/mens/%s", shown);
    return BW_OK;
}

/* What stands there, and its digest. */
static enum bw_status
read_page(struct correcting_page *p, struct bw_error *err)
{
    struct bw_central *central = p->visit->desk->office.central;
    struct bw_place_stands *stands = &p->stands;
    enum bw_status status =
        bw_office_registration_by_code(central, p->code, &p->who, err);
    if (status == BW_OK) {
        status = bw_place_words_read(central, p->who.roster.code, stands, err);
    }
    if (status == BW_OK) {
        json_t *seen = json_pack("[s, s, s, s]", stands->first_name, stands->name,
            stands->mail, stands->school);
        status = bw_web_picture_digest(seen, p->digest, err);
        json_decref(seen);
    }
    return status;
}

enum bw_status
bw_web_page_person_correct(struct bw_web_visit *visit, struct bw_error *err)
{
    struct correcting_page p = {.visit = visit, .code = visit->request->segments[1]};
    const char *seen = bw_web_request_sent(visit->request, "beeld");
    bool wrong = bw_web_form_is_wrong(visit);
    char why[BW_TITLE_BYTES];
    visit->form = &correct_form;
    enum bw_status status = read_page(&p, err);
    if (status != BW_OK || seen[0] == '\0' || wrong) {
        return status == BW_OK ? show(&p, false, err) : status;
    }
    if (strcmp(seen, p.digest) != 0) {
        return show(&p, true, err);
    }
    bw_web_picture_why(visit, why);
    return bw_web_form_is_wrong(visit) ? show(&p, false, err) : keep(&p, why, err);
}
