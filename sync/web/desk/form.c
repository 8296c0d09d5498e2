/* Forms that come back: see form.h. */
#include "web/desk/form.h"

#include "central/records.h"

#include <string.h>

void
bw_web_form_wrong(struct bw_web_visit *visit, const char *field, const char *key)
{
    struct bw_web_tongue tongue = bw_web_tongue_of(visit->language);
    visit->wrong.field = field;
    bw_text_copy(
        visit->wrong.text, sizeof visit->wrong.text, tongue.say(tongue.context, key, 2));
}

bool
bw_web_form_is_wrong(const struct bw_web_visit *visit)
{
    return visit->wrong.text[0] != '\0';
}

static const struct bw_web_form_field *
field_of(const struct bw_web_form *form, const char *given)
{
    for (int i = 0; given != NULL && i < BW_WEB_FORM_FIELDS_MAX; i++) {
        const struct bw_web_form_field *field = &form->fields[i];
        if (field->given != NULL && strcmp(field->given, given) == 0) {
            return field;
        }
    }
    return NULL;
}

bool
bw_web_form_note(
    struct bw_web_visit *visit, enum bw_status status, const struct bw_error *err)
{
    bool mends = status == BW_BAD_INPUT || status == BW_REFUSED || status == BW_NOT_FOUND;
    if (!mends || visit->form == NULL || bw_web_form_is_wrong(visit)) {
        return mends && visit->form != NULL;
    }
    const struct bw_web_form_field *field = field_of(visit->form, err->given);
    if (field != NULL && field->key != NULL) {
        bw_web_form_wrong(visit, field->field, field->key);
    } else {
        visit->wrong.field = field != NULL ? field->field : NULL;
        bw_text_copy(visit->wrong.text, sizeof visit->wrong.text, err->text);
    }
    return true;
}

json_t *
bw_web_form_typed(
    const struct bw_web_visit *visit, const char *field, const char *otherwise)
{
    const struct bw_web_request *request = visit->request;
    for (size_t i = 0; bw_web_form_is_wrong(visit) && i < request->fields_count; i++) {
        const struct bw_web_field *sent = &request->fields[i];
        if (sent->of_form && strcmp(sent->name, field) == 0) {
            return bw_web_text(sent->value);
        }
    }
    return bw_web_text(otherwise);
}

const char *
bw_web_form_ticked(const struct bw_web_request *request, const char *name)
{
    return bw_web_request_sent(request, "alles")[0] != '\0' ? "getoond" : name;
}
