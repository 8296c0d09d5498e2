/* From a request to its answer: who may, which page, and what goes wrong: see desk.h.
 *
 *   host -> address -> method -> who is it -> (POST: origin, form, token) -> page
 *
 * Each step that doesn't hold ends it there; nothing of the next was looked at. */
#include "web/page/pages.h"
#include "web/desk/visit.h"

#include "central/base/output.h"
#include "web/template/asset.h"
#include "web/desk/form.h"
#include "web/desk/guide.h"
#include "web/desk/practice.h"
#include "web/request/multipart.h"

#include <brugwachter/said.h>
#include <string.h>

enum {
    HTTP_OK = 200,
    HTTP_BAD = 400,
    HTTP_FORBIDDEN = 403,
    HTTP_NOT_FOUND = 404,
    HTTP_NO_METHOD = 405,
    HTTP_CONFLICT = 409,
    HTTP_TOO_LARGE = 413,
    HTTP_NOT_OURS = 421,
    HTTP_FAILED = 500,
    HTTP_BUSY = 503
};

/* Whom a page is for, and what keeps a session awake. */
enum for_whom { FOR_EVERYBODY, FOR_SESSION, FOR_SESSION_ASLEEP };

static const struct route {
    enum bw_web_method method;
    const char *first; /* segment of the address */
    int segments;
    enum for_whom whom;
    const char *place; /* of the menu */
    bw_web_page *page;
} routes[] = {
    {BW_WEB_GET, "", 0, FOR_SESSION, "vandaag", bw_web_page_today},
    {BW_WEB_GET, "binnen", 1, FOR_EVERYBODY, "", bw_web_page_enter},
    {BW_WEB_POST, "binnen", 1, FOR_EVERYBODY, "", bw_web_page_enter_by_password},
    {BW_WEB_GET, "kringen", 1, FOR_SESSION, "kringen", bw_web_page_circles},
    {BW_WEB_GET, "kringen", 2, FOR_SESSION, "kringen", bw_web_page_circle_new},
    {BW_WEB_POST, "kringen", 2, FOR_SESSION, "kringen", bw_web_page_circle_new},
    {BW_WEB_GET, "kring", 2, FOR_SESSION, "kringen", bw_web_page_circle},
    {BW_WEB_POST, "kring", 2, FOR_SESSION, "kringen", bw_web_page_deed},
    {BW_WEB_GET, "kring", 3, FOR_SESSION, "kringen", bw_web_page_circle_edit},
    {BW_WEB_POST, "kring", 3, FOR_SESSION, "kringen", bw_web_page_circle_deed},
    {BW_WEB_GET, "inlezen", 1, FOR_SESSION, "inlezen", bw_web_page_import},
    {BW_WEB_POST, "inlezen", 1, FOR_SESSION, "inlezen", bw_web_page_import_given},
    {BW_WEB_GET, "inlezen", 2, FOR_SESSION, "inlezen", bw_web_page_draft},
    {BW_WEB_POST, "inlezen", 2, FOR_SESSION, "inlezen", bw_web_page_draft_answered},
    {BW_WEB_GET, "mensen", 1, FOR_SESSION, "", bw_web_page_search},
    {BW_WEB_GET, "mensen", 2, FOR_SESSION, "", bw_web_page_several},
    {BW_WEB_GET, "mens", 2, FOR_SESSION, "", bw_web_page_person},
    {BW_WEB_POST, "mens", 2, FOR_SESSION, "", bw_web_page_person_deed},
    {BW_WEB_GET, "mens", 3, FOR_SESSION, "", bw_web_page_person_place},
    {BW_WEB_POST, "mens", 3, FOR_SESSION, "", bw_web_page_person_place},
    {BW_WEB_GET, "live", 1, FOR_SESSION_ASLEEP, "live", bw_web_page_live},
    {BW_WEB_GET, "live", 2, FOR_SESSION_ASLEEP, "live", bw_web_page_live_big},
    {BW_WEB_GET, "ontruiming", 1, FOR_SESSION, "live", bw_web_page_evacuation},
    {BW_WEB_GET, "stroom", 1, FOR_SESSION_ASLEEP, "live", bw_web_page_stream},
    {BW_WEB_GET, "mail", 1, FOR_SESSION, "mail", bw_web_page_mail},
    {BW_WEB_GET, "zuilen", 1, FOR_SESSION, "zuilen", bw_web_page_kiosks},
    {BW_WEB_GET, "uitzoeken", 1, FOR_SESSION, "uitzoeken", bw_web_page_settle},
    {BW_WEB_POST, "uitzoeken", 1, FOR_SESSION, "uitzoeken", bw_web_page_settled},
    {BW_WEB_POST, "stukken", 1, FOR_SESSION, "", bw_web_page_errand_begin},
    {BW_WEB_GET, "stukken", 2, FOR_SESSION, "", bw_web_page_errand},
    {BW_WEB_POST, "stukken", 2, FOR_SESSION, "", bw_web_page_errand_stop},
    {BW_WEB_GET, "stukken", 3, FOR_SESSION, "", bw_web_page_errand_file},
    {BW_WEB_GET, "zuilen", 2, FOR_SESSION, "zuilen", bw_web_page_kiosk_new},
    {BW_WEB_POST, "zuilen", 1, FOR_SESSION, "zuilen", bw_web_page_kiosk_deed},
    {BW_WEB_POST, "zuilen", 2, FOR_SESSION, "zuilen", bw_web_page_kiosk_sent},
    {BW_WEB_POST, "mail", 1, FOR_SESSION, "mail", bw_web_page_mail_back},
    {BW_WEB_GET, "mail", 2, FOR_SESSION, "mail", bw_web_page_mail_text},
    {BW_WEB_POST, "mail", 2, FOR_SESSION, "mail", bw_web_page_mail_text_kept},
    {BW_WEB_GET, "instellingen", 1, FOR_SESSION, "instellingen", bw_web_page_settings},
    {BW_WEB_POST, "instellingen", 1, FOR_SESSION, "instellingen",
        bw_web_page_settings_kept},
    {BW_WEB_POST, "oefenen", 1, FOR_SESSION, "", bw_web_page_practice},
    {BW_WEB_GET, "verslag", 1, FOR_SESSION, "verslag", bw_web_page_report},
    {BW_WEB_GET, "verslag", 2, FOR_SESSION, "verslag", bw_web_page_report},
    {BW_WEB_GET, "geschiedenis", 1, FOR_SESSION, "", bw_web_page_log},
    {BW_WEB_POST, "terug", 1, FOR_SESSION, "", bw_web_page_undo},
    {BW_WEB_GET, "toetsen", 1, FOR_SESSION, "", bw_web_page_keys},
    {BW_WEB_POST, "taal", 1, FOR_SESSION, "", bw_web_page_language},
    {BW_WEB_POST, "uit", 1, FOR_SESSION, "", bw_web_page_leave},
};

static int
http_of(enum bw_status status)
{
    switch (status) {
    case BW_OK:
        return HTTP_OK;
    case BW_BAD_INPUT:
        return HTTP_BAD;
    case BW_NOT_FOUND:
        return HTTP_NOT_FOUND;
    case BW_REFUSED:
        return HTTP_CONFLICT;
    case BW_BUSY:
    case BW_OFFLINE:
        return HTTP_BUSY;
    case BW_NEWER:
    case BW_CORRUPT:
    case BW_FULL:
    case BW_READ_ONLY:
    case BW_IO:
    case BW_NO_MEMORY:
        return HTTP_FAILED;
    }
    return HTTP_FAILED;
}

/* What to do about it. */
static const char *
next_key(int http, const char *key)
{
    return strcmp(key, "fault.large") == 0 ? "fault.large.p"
           : http == HTTP_NOT_FOUND        ? "fault.notfound.p"
           : http == HTTP_BAD              ? "fault.bad.p"
           : http == HTTP_CONFLICT         ? "fault.refused.p"
           : http == HTTP_FAILED           ? "fault.failed.p"
                                           : NULL;
}

/* A page that says what is wrong; `key` is its heading's. Without memory it is empty. */
static void
fault(struct bw_web_visit *visit, int http, const char *key, const char *why)
{
    struct bw_error err;
    json_t *model = json_object();
    bw_web_set(&model, "heading", bw_web_sentence(visit, key));
    bw_web_set(&model, "why", bw_web_text(why));
    if (next_key(http, key) != NULL) {
        bw_web_set(&model, "next", bw_web_sentence(visit, next_key(http, key)));
    }
    bw_web_reply_finish(visit->reply);
    if (bw_web_show(visit, visit->session != NULL ? "fault" : "closed", model, &err) !=
        BW_OK) {
        bw_web_reply_finish(visit->reply);
    }
    visit->reply->status = http;
}

static const char *
fault_key(int http)
{
    return http == HTTP_NOT_FOUND  ? "fault.notfound"
           : http == HTTP_BAD      ? "fault.bad"
           : http == HTTP_CONFLICT ? "fault.refused"
           : http == HTTP_BUSY     ? "fault.busy"
                                   : "fault.failed";
}

/* Style sheet, script, pictures: nothing personal, for everybody. */
static bool
answer_asset(const struct bw_web_request *request, struct bw_web_reply *reply)
{
    static const struct {
        const char *name, *type;
    } files[] = {{"desk.css", "text/css; charset=utf-8"},
        {"desk.js", "text/javascript; charset=utf-8"}, {"favicon.svg", "image/svg+xml"}};
    for (size_t i = 0; request->segments_count == 1 && i < sizeof files / sizeof *files;
         i++) {
        const struct bw_web_asset *asset = bw_web_asset_of(files[i].name);
        if (asset != NULL && strcmp(request->segments[0], files[i].name) == 0) {
            *reply = (struct bw_web_reply){.status = HTTP_OK,
                .type = files[i].type,
                .lent = asset->bytes,
                .bytes = asset->length};
            return true;
        }
    }
    return false;
}

/* Lato, as its package has it; a machine without it has another font. */
static bool
answer_font(const struct bw_web_request *request, struct bw_web_reply *reply)
{
    enum { FONT_BYTES_MAX = 4 * 1024 * 1024 };
    static const char *const fonts[] = {
        "Lato-Medium.ttf", "Lato-Bold.ttf", "Lato-Black.ttf"};
    unsigned char *bytes = NULL;
    size_t length = 0;
    for (size_t i = 0; i < sizeof fonts / sizeof fonts[0]; i++) {
        char path[BW_LABEL_BYTES];
        (void)snprintf(path, sizeof path, "/usr/share/fonts/truetype/lato/%s", fonts[i]);
        if (request->segments_count == 2 && strcmp(request->segments[0], "fonts") == 0 &&
            strcmp(request->segments[1], fonts[i]) == 0 &&
            bw_file_read(path, FONT_BYTES_MAX, &bytes, &length, NULL) == BW_OK) {
            *reply = (struct bw_web_reply){.status = HTTP_OK,
                .type = "font/ttf",
                .body = (char *)bytes,
                .bytes = length};
            return true;
        }
    }
    return false;
}

/* What goes wrong from here on is said in her language. */
static void
speak(struct bw_web_visit *visit)
{
    if (visit->session != NULL) {
        visit->language = visit->session->language;
    }
    bw_wording_speak(visit->language);
}

/* Who asks, where a cookie says so: what went wrong is then said within the desk. */
static void
recognise(struct bw_web_visit *visit, const struct bw_web_asked *asked, bool awake)
{
    struct bw_clock *clock = &visit->desk->office.clock;
    visit->session = bw_web_guard_session(
        &visit->desk->guard, asked->cookie, awake, clock->mono_ms(clock));
    speak(visit);
}

/* WG6: what Live asks by itself keeps no session awake, and goes on without one. */
static void
recognise_for(struct bw_web_visit *visit, const struct route *route,
    const struct bw_web_asked *asked, const struct bw_web_request *request)
{
    struct bw_clock *clock = &visit->desk->office.clock;
    bool live = route->whom == FOR_SESSION_ASLEEP;
    bool by_itself = live && (bw_web_request_asked(request, "zelf")[0] != '\0' ||
                                 route->page == bw_web_page_stream ||
                                 route->page == bw_web_page_live_big);
    recognise(visit, asked, !by_itself);
    if (by_itself || (live && visit->session == NULL)) {
        visit->session =
            bw_web_guard_watch(&visit->desk->guard, asked->cookie, clock->mono_ms(clock));
    }
    speak(visit);
}

/* The page for an address; *ret_known tells whether another method would do. */
static const struct route *
route_of(const struct bw_web_request *request, enum bw_web_method method, bool *ret_known)
{
    *ret_known = false;
    for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++) {
        if (routes[i].segments == request->segments_count &&
            strcmp(routes[i].first, request->segments[0]) == 0) {
            *ret_known = true;
            if (routes[i].method == method) {
                return &routes[i];
            }
        }
    }
    return NULL;
}

/* WG4, and the form itself; what doesn't hold is answered. */
static bool
take_form(struct bw_web_visit *visit, const struct bw_web_asked *asked,
    struct bw_web_request *request)
{
    static const char type[] = "application/x-www-form-urlencoded";
    struct bw_error err;
    if (!bw_web_guard_origin(&visit->desk->guard, asked->origin) ||
        (asked->site != NULL && strcmp(asked->site, "same-origin") != 0)) {
        fault(visit, HTTP_FORBIDDEN, "fault.origin", "");
        return false;
    }
    bool files = bw_web_multipart_is(asked->content_type);
    if (asked->too_large) {
        fault(visit, HTTP_TOO_LARGE, "fault.large", "");
        return false;
    }
    if (!files && (asked->content_type == NULL ||
                      strncmp(asked->content_type, type, sizeof type - 1) != 0)) {
        fault(visit, HTTP_BAD, "fault.bad", "");
        return false;
    }
    enum bw_status status =
        files ? bw_web_multipart_read(request, asked->content_type, asked->body,
                    asked->body_bytes, visit->uploads, &err)
              : bw_web_request_form(request, asked->body, asked->body_bytes, &err);
    if (status != BW_OK) {
        fault(
            visit, status == BW_FULL ? HTTP_TOO_LARGE : HTTP_BAD, "fault.bad", err.text);
        return false;
    }
    if (visit->session != NULL &&
        !bw_web_guard_token(visit->session, bw_web_request_sent(request, "teken"))) {
        fault(visit, HTTP_FORBIDDEN, "fault.origin", "");
        return false;
    }
    return true;
}

/* What was typed wrong is said where it was typed; false where there is no such place. */
static bool
come_back(struct bw_web_visit *visit, enum bw_status status, struct bw_error *err)
{
    struct bw_error again = {.text = ""};
    if (!bw_web_form_note(visit, status, err)) {
        return false;
    }
    bw_web_reply_finish(visit->reply);
    if (visit->form->page(visit, &again) != BW_OK) {
        visit->wrong = (struct bw_web_wrong){.field = NULL};
        return false;
    }
    visit->reply->status = http_of(status);
    return true;
}

static void
answer_route(struct bw_web_visit *visit, const struct route *route,
    const struct bw_web_asked *asked, struct bw_web_request *request)
{
    struct bw_error err = {.text = ""};
    if (route->whom != FOR_EVERYBODY) {
        recognise_for(visit, route, asked, request);
        if (visit->session == NULL && route->method == BW_WEB_GET &&
            bw_web_password_is_set(&visit->desk->guard.password)) {
            bw_web_go(visit, "/binnen");
            return;
        }
        if (visit->session == NULL) {
            fault(visit, HTTP_FORBIDDEN, "fault.closed", "");
            return;
        }
    }
    bool known = false;
    visit->place = route->place;
    visit->stays = route_of(request, BW_WEB_GET, &known) != NULL;
    if (route->method == BW_WEB_POST && !take_form(visit, asked, request)) {
        return;
    }
    visit->desk = bw_web_practice_desk(visit->desk, visit->session); /* WZ1 */
    visit->desk->office.who = visit->session != NULL && visit->session->who[0] != '\0'
                                  ? visit->session->who
                                  : visit->desk->setup.who;
    bw_web_visit_begin(visit);
    enum bw_status status = route->page(visit, &err);
    if (route->method == BW_WEB_POST) {
        visit->desk->waits.read_ms = 0; /* the menu counts anew */
    }
    if (status != BW_OK && !come_back(visit, status, &err)) {
        int http = http_of(status);
        fault(visit, http, fault_key(http), err.text);
    }
}

size_t
bw_web_body_most(struct bw_web_desk *desk, const struct bw_web_asked *asked)
{
    struct bw_clock *clock = &desk->office.clock;
    bool brings = asked->method == BW_WEB_POST &&
                  bw_web_multipart_is(asked->content_type) &&
                  bw_web_guard_host(&desk->guard, asked->host) &&
                  bw_web_guard_origin(&desk->guard, asked->origin) &&
                  bw_web_guard_session(
                      &desk->guard, asked->cookie, false, clock->mono_ms(clock)) != NULL;
    return brings ? BW_WEB_UPLOAD_BYTES_MAX : BW_WEB_FORM_BYTES_MAX;
}

void
bw_web_answer(struct bw_web_desk *desk, const struct bw_web_asked *asked,
    struct bw_web_reply *ret_reply)
{
    struct bw_web_request request = {.fields = NULL};
    struct bw_web_uploads uploads = {.count = 0};
    struct bw_error err = {.text = ""};
    *ret_reply = (struct bw_web_reply){.status = HTTP_FAILED};
    struct bw_web_visit visit = {.desk = desk,
        .request = &request,
        .uploads = &uploads,
        .language = BW_WORDING_DUTCH,
        .place = "",
        .circles = json_object(),
        .reply = ret_reply};
    bool known = false;
    bw_wording_speak(visit.language);
    bw_said_read_in("desk");
    if (!bw_web_guard_host(&desk->guard, asked->host)) {
        fault(&visit, HTTP_NOT_OURS, "fault.host", "");
    } else if (bw_web_request_target(&request, asked->target, &err) != BW_OK) {
        fault(&visit, HTTP_BAD, "fault.bad", err.text);
    } else if (asked->method == BW_WEB_GET &&
               (answer_asset(&request, ret_reply) || answer_font(&request, ret_reply) ||
                   bw_web_guide_answer(desk->setup.guides, &request, ret_reply))) {
        ret_reply->personal = false;
    } else {
        const struct route *route = route_of(&request, asked->method, &known);
        if (route != NULL) {
            answer_route(&visit, route, asked, &request);
        } else {
            recognise(&visit, asked, false);
            visit.desk = bw_web_practice_desk(desk, visit.session);
            fault(&visit, known ? HTTP_NO_METHOD : HTTP_NOT_FOUND,
                known ? "fault.bad" : "fault.notfound", "");
        }
    }
    bw_said_read_in(NULL); /* what is said between visits is the terminal's */
    json_decref(visit.circles);
    bw_web_request_finish(&request);
}
