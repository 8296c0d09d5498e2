/* Zet een zuil klaar: what an enrolment needs to know, and what its sheet will be. */
#include "web/page/kiosk/kiosk_new.h"

#include "central/records.h"
#include "office/kiosk.h"
#include "office/staff_pin.h"
#include "web/page/import/import.h"
#include "web/page/kiosk/kiosk_fleet.h"
#include "web/page/kiosk/kiosk_sheet.h"
#include "web/page/pages.h"

#include <stdlib.h>
#include <string.h>

/* The way that the form chose: by stick, else as the office has it. */
static bool
is_stick(const struct bw_web_request *request)
{
    return strcmp(bw_web_request_sent(request, "weg"), "none") == 0;
}

/* Puts the circles that no kiosk serves before the others; how many there are. */
static enum bw_status
bare_first(const struct bw_web_visit *visit, json_t *circles, json_int_t *ret_count,
    struct bw_error *err)
{
    const struct bw_office *office = &visit->desk->office;
    int64_t *bare = NULL;
    size_t count = 0;
    enum bw_status status = bw_office_kiosk_bare(office, &bare, &count, err);
    for (size_t i = count; status == BW_OK && i-- > 0;) { /* the first one last */
        struct bw_session session;
        status = bw_record_session_by_number(
            office->central, (uint32_t)bare[i], &session, err);
        for (size_t at = 0; status == BW_OK && at < json_array_size(circles); at++) {
            json_t *one = json_array_get(circles, at);
            const char *code = json_string_value(json_object_get(one, "value"));
            if (code != NULL && strcmp(code, session.code) == 0) {
                json_incref(one);
                (void)json_array_remove(circles, at);
                (void)json_array_insert_new(circles, 0, one);
                break;
            }
        }
    }
    free(bare);
    *ret_count = (json_int_t)count;
    return status;
}

/* What stands in a field: what came with the form, else `otherwise`. */
static const char *
filled_in(const struct bw_web_visit *visit, const char *field, const char *otherwise)
{
    const struct bw_web_request *request = visit->request;
    for (size_t i = 0; i < request->fields_count; i++) {
        const struct bw_web_field *sent = &request->fields[i];
        if (sent->of_form && strcmp(sent->name, field) == 0) {
            return sent->value;
        }
    }
    return otherwise;
}

/* The circle that stands in the list: the one that was chosen, else the first. */
static const char *
circle_shown(const json_t *circles)
{
    const json_t *shown = json_array_get(circles, 0);
    for (size_t i = 0; i < json_array_size(circles); i++) {
        const json_t *one = json_array_get(circles, i);
        shown = json_is_true(json_object_get(one, "chosen")) ? one : shown;
    }
    return json_string_value(json_object_get(shown, "value"));
}

/* The form with `pin` in its field, and the sheet that it would make. */
static enum bw_status
show_form(struct bw_web_visit *visit, const char *pin, struct bw_error *err)
{
    const char *asked = bw_web_request_asked(visit->request, "kring");
    json_t *circles = NULL, *entrance = bw_web_sentence(visit, "zn.name.v");
    json_int_t bare = 0;
    enum bw_status status =
        bw_web_import_circles(visit, filled_in(visit, "kring", asked), &circles, err);
    if (status == BW_OK) {
        status = bare_first(visit, circles, &bare, err);
    }
    if (status != BW_OK) {
        json_decref(circles);
        json_decref(entrance);
        return status;
    }
    const char *name = filled_in(visit, "naam", json_string_value(entrance));
    const char *replaces =
        filled_in(visit, "zuil", bw_web_request_asked(visit->request, "zuil"));
    json_t *model = json_object();
    bw_web_set(&model, "name", bw_web_text(name != NULL ? name : ""));
    bw_web_set(&model, "pin", bw_web_text(pin));
    bw_web_set(&model, "replaces", bw_web_text(replaces));
    bw_web_set(&model, "sheet",
        bw_web_kiosk_sheet(visit, circle_shown(circles), name, replaces));
    json_decref(entrance);
    bw_web_set(&model, "heading", bw_web_sentence(visit, "z.new"));
    bw_web_set(&model, "some", json_boolean(json_array_size(circles) > 0));
    bw_web_set(&model, "circles", circles);
    bw_web_set(&model, "bare", json_integer(bare));
    bw_web_set(&model, "stick", json_boolean(is_stick(visit->request)));
    return bw_web_show(visit, "kiosk_new", model, err);
}

static enum bw_status
show_new(struct bw_web_visit *visit, struct bw_error *err)
{
    return show_form(visit, filled_in(visit, "pin", ""), err);
}

const struct bw_web_form bw_web_kiosk_form = {
    show_new, {{"name", "naam", NULL}, {"device", "zuil", "wr.kiosk"},
                  {"pin-file", "pin", "wr.pin"}}};

enum bw_status
bw_web_page_kiosk_new(struct bw_web_visit *visit, struct bw_error *err)
{
    if (strcmp(visit->request->segments[1], "nieuw") != 0) {
        return bw_error_set(err, BW_NOT_FOUND, 0, "looking for a page: there's none");
    }
    return show_new(visit, err);
}

/* The form, looked at before it makes anything; WD1: with a PIN that was made up for it,
 * which stands in no address. */
static enum bw_status
look_at_form(struct bw_web_visit *visit, struct bw_error *err)
{
    char pin[BW_STAFF_PIN_DIGITS + 1];
    if (strcmp(bw_web_request_sent(visit->request, "doe"), "verzin") != 0) {
        return show_new(visit, err);
    }
    bw_staff_pin_make(pin);
    return show_form(visit, pin, err);
}

enum bw_status
bw_web_page_kiosk_sent(struct bw_web_visit *visit, struct bw_error *err)
{
    return strcmp(visit->request->segments[1], "nieuw") == 0
               ? look_at_form(visit, err)
               : bw_web_page_kiosk_stick(visit, err);
}

enum bw_status
bw_web_kiosk_check(const struct bw_web_visit *visit, struct bw_error *err)
{
    const struct bw_web_request *request = visit->request;
    const char *replaces = bw_web_request_sent(request, "zuil");
    struct bw_kiosk_request wanted = {.sessions = bw_web_request_sent(request, "kring"),
        .name = bw_web_request_sent(request, "naam")};
    struct bw_kiosk_plan plan;
    enum bw_status status = BW_OK;
    if (bw_web_request_sent(request, "weg")[0] != '\0' && !is_stick(request)) {
        return bw_error_set(
            err, BW_BAD_INPUT, 0, "reading a form: nothing is called that");
    }
    if (replaces[0] != '\0') {
        status = bw_web_kiosk_number(replaces, &wanted.replaces, err);
    }
    return status == BW_OK
               ? bw_office_kiosk_plan(&visit->desk->office, &wanted, &plan, err)
               : status;
}
