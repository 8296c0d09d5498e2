/* Whether mail reaches somebody: see person_mail.h. */
#include "web/page/person/person_mail.h"

#include "web/page/part/people.h"
#include "web/page/part/picture.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *deed, *step, *said;
} words[] = {
    [BW_TOLD_REACH_SAY_BACK] = {"mail-terug", "mail back", "pm.back.said"},
    [BW_TOLD_REACH_SAY_NONE] = {"geen-mail", "mail none", "pm.none.said"},
    [BW_TOLD_REACH_SAY_AGAIN] = {"weer-mail", "mail again", "pm.again.said"},
};

enum bw_status
bw_web_person_mail_add(const struct bw_web_visit *visit, const char *code, json_t **model,
    struct bw_error *err)
{
    struct bw_told_reached reached = {.came_back = false};
    bw_code parsed = BW_CODE_NONE;
    enum bw_status status =
        bw_code_parse(code, &parsed)
            ? bw_told_reach_read(visit->desk->office.central, parsed, &reached, err)
            : BW_NOT_FOUND;
    if (status != BW_OK && status != BW_NOT_FOUND) { /* a walk-in has no address */
        return status;
    }
    json_t *reach = json_false();
    if (reached.came_back || reached.wants_none) {
        reach = json_object();
        bw_web_set(
            &reach, "came_back", json_boolean(reached.came_back && !reached.wants_none));
        bw_web_set(&reach, "wants_none", json_boolean(reached.wants_none));
        bw_web_set(&reach, "when",
            bw_web_when(visit, visit->desk->zone, BW_WEB_MOMENT_SHORT, reached.since_ms));
        bw_web_set(&reach, "why", bw_web_text(reached.why));
    }
    bw_web_set(model, "reach", reach);
    return BW_OK;
}

bool
bw_web_person_mail_is(const char *deed, enum bw_told_reach_word *ret_word)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i].deed, deed) == 0) {
            *ret_word = (enum bw_told_reach_word)i;
            return true;
        }
    }
    return false;
}

enum bw_status
bw_web_person_mail(
    struct bw_web_visit *visit, enum bw_told_reach_word word, struct bw_error *err)
{
    const struct bw_office *office = &visit->desk->office;
    const char *code = visit->request->segments[1];
    int64_t mailing = strtoll(bw_web_request_sent(visit->request, "zending"), NULL, 10);
    struct bw_told_reach_said said;
    char why[BW_TITLE_BYTES];
    bw_web_picture_why(visit, why);
    enum bw_status status =
        bw_told_reach_say(office, code, word, mailing, why, &said, err);
    if (status != BW_OK) {
        return status;
    }
    const struct bw_person *person = &said.who.roster.person;
    bw_web_said(visit, said.changed ? words[word].said : "pm.same",
        json_pack("{s:o, s:s}", "name", bw_web_name(person->first_name, person->name),
            "mail", said.mail),
        said.changed ? bw_web_picture_newest(office, words[word].step) : 0);
    if (mailing > 0) {
        bw_web_go(visit, "/mail?zending=%" PRId64 "#zending", mailing);
    } else {
        bw_web_go(visit, "/mens/%s", code);
    }
    return BW_OK;
}
