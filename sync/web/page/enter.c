/* In, out, and in which language. */
#include "web/page/pages.h"

#include <brugwachter/text.h>

/* The answer is a page that goes on by itself, no redirect: the cookie is
 * SameSite=Strict, and comes only where a page of the desk itself led to the request. */
static enum bw_status
show_entry(
    struct bw_web_visit *visit, struct bw_web_session *session, struct bw_error *err)
{
    json_t *model = json_object();
    bw_web_set(&model, "heading",
        bw_web_sentence(visit, session != NULL ? "enter.h" : "fault.closed"));
    bw_web_set(&model, "why", json_string(""));
    enum bw_status status =
        bw_web_show(visit, session != NULL ? "enter" : "closed", model, err);
    if (status == BW_OK && session != NULL) {
        bw_web_guard_cookie(&bw_web_desk_root(visit->desk)->guard, session,
            visit->reply->cookie, sizeof visit->reply->cookie);
    } else {
        visit->reply->status = session != NULL ? visit->reply->status : 403;
        bw_web_guard_leave(session);
    }
    return status;
}

/* Where a password opens the desk: what was wrong with the last one, or nothing yet. */
static enum bw_status
ask_password(
    struct bw_web_visit *visit, const char *wrong_key, bool of_name, struct bw_error *err)
{
    enum { HTTP_FORBIDDEN = 403 };
    json_t *model = json_object();
    bw_web_set(&model, "heading", bw_web_sentence(visit, "pw.h"));
    bw_web_set(&model, "who", bw_web_text(bw_web_request_sent(visit->request, "naam")));
    bw_web_set(&model, of_name ? "wrong_who" : "wrong",
        wrong_key != NULL ? bw_web_sentence(visit, wrong_key) : json_string(""));
    bw_web_set(&model, of_name ? "wrong" : "wrong_who", json_string(""));
    enum bw_status status = bw_web_show(visit, "password", model, err);
    visit->reply->status =
        status == BW_OK && wrong_key != NULL ? HTTP_FORBIDDEN : visit->reply->status;
    return status;
}

enum bw_status
bw_web_page_enter(struct bw_web_visit *visit, struct bw_error *err)
{
    struct bw_web_guard *guard = &bw_web_desk_root(visit->desk)->guard;
    struct bw_clock *clock = &visit->desk->office.clock;
    if (bw_web_password_is_set(&guard->password)) {
        return ask_password(visit, NULL, false, err);
    }
    return show_entry(visit,
        bw_web_guard_enter(guard, bw_web_request_asked(visit->request, "sleutel"),
            clock->mono_ms(clock)),
        err);
}

enum bw_status
bw_web_page_enter_by_password(struct bw_web_visit *visit, struct bw_error *err)
{
    struct bw_clock *clock = &visit->desk->office.clock;
    enum bw_web_password_answer answer = BW_WEB_PASSWORD_WRONG;
    char who[BW_NAME_BYTES] = "";
    if (bw_text_clean(bw_web_request_sent(visit->request, "naam"), BW_NAME_CHARS, who) !=
            BW_TEXT_FINE ||
        who[0] == '\0') {
        return ask_password(visit, "pw.who.wrong", true, err);
    }
    struct bw_web_session *session =
        bw_web_guard_enter_by_password(&bw_web_desk_root(visit->desk)->guard,
            bw_web_request_sent(visit->request, "wachtwoord"), who, clock->mono_ms(clock),
            &answer);
    return session != NULL
               ? show_entry(visit, session, err)
               : ask_password(visit,
                     answer == BW_WEB_PASSWORD_LATER ? "pw.later" : "pw.wrong", false,
                     err);
}

enum bw_status
bw_web_page_leave(struct bw_web_visit *visit, struct bw_error *err)
{
    json_t *model = json_object();
    bw_web_guard_leave(visit->session);
    visit->session = NULL;
    bw_web_set(&model, "heading", bw_web_sentence(visit, "left.h"));
    bw_web_set(&model, "why", json_string(""));
    enum bw_status status = bw_web_show(visit, "closed", model, err);
    bw_web_guard_cookie(&bw_web_desk_root(visit->desk)->guard, NULL, visit->reply->cookie,
        sizeof visit->reply->cookie);
    return status;
}

enum bw_status
bw_web_page_language(struct bw_web_visit *visit, struct bw_error *err)
{
    if (!bw_wording_parse(
            bw_web_request_sent(visit->request, "taal"), &visit->session->language)) {
        return bw_error_set(err, BW_BAD_INPUT, 0, "choosing a language: it is nl or en");
    }
    visit->session->said = (struct bw_web_said){.step = 0}; /* it was in the other one */
    bw_web_go_back(visit, "/");
    return BW_OK;
}

enum bw_status
bw_web_page_keys(struct bw_web_visit *visit, struct bw_error *err)
{
    static const struct {
        const char *key, *word;
    } keys[] = {{"v", "nav.today"}, {"k", "nav.circles"}, {"i", "nav.import"},
        {"t", "nav.mail"}, {"z", "nav.kiosks"}, {"l", "nav.live"}, {"u", "nav.settle"},
        {"r", "nav.report"}};
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        bw_web_add(&list, json_pack("{s:s, s:o}", "key", keys[i].key, "word",
                              bw_web_sentence(visit, keys[i].word)));
    }
    json_t *model = json_object();
    bw_web_set(&model, "heading", bw_web_sentence(visit, "keys.h"));
    bw_web_set(&model, "list", list);
    return bw_web_show(visit, "keys", model, err);
}
