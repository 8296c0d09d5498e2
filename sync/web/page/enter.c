/* In, out, and in which language. */
#include "web/page/pages.h"

#include <string.h>

/* The answer is a page that goes on by itself, no redirect: the cookie is
 * SameSite=Strict, and comes only where a page of the desk itself led to the request. */
enum bw_status
bw_web_page_enter(struct bw_web_visit *visit, struct bw_error *err)
{
    struct bw_clock *clock = &visit->desk->office.clock;
    struct bw_web_session *session = bw_web_guard_enter(&visit->desk->guard,
        bw_web_request_asked(visit->request, "sleutel"), clock->mono_ms(clock));
    json_t *model = json_object();
    bw_web_set(&model, "heading",
        bw_web_sentence(visit, session != NULL ? "enter.h" : "fault.closed"));
    bw_web_set(&model, "why", json_string(""));
    enum bw_status status =
        bw_web_show(visit, session != NULL ? "enter" : "closed", model, err);
    if (status == BW_OK && session != NULL) {
        (void)snprintf(visit->reply->cookie, sizeof visit->reply->cookie,
            BW_WEB_COOKIE "=%s; Path=/; HttpOnly; SameSite=Strict", session->cookie);
    } else {
        visit->reply->status = session != NULL ? visit->reply->status : 403;
        bw_web_guard_leave(session);
    }
    return status;
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
    (void)strcpy(visit->reply->cookie,
        BW_WEB_COOKIE "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    return status;
}

enum bw_status
bw_web_page_language(struct bw_web_visit *visit, struct bw_error *err)
{
    if (!bw_web_language_parse(
            bw_web_request_sent(visit->request, "taal"), &visit->session->language)) {
        return bw_error_set(err, BW_BAD_INPUT, 0, "choosing a language: it is nl or en");
    }
    visit->session->said = (struct bw_web_said){.step = 0}; /* it was in the other one */
    bw_web_go(visit, "/");
    return BW_OK;
}

enum bw_status
bw_web_page_keys(struct bw_web_visit *visit, struct bw_error *err)
{
    static const struct {
        const char *key, *word;
    } keys[] = {{"v", "nav.today"}, {"k", "nav.circles"}, {"t", "nav.mail"},
        {"z", "nav.kiosks"}, {"l", "nav.live"}, {"u", "nav.settle"}, {"r", "nav.report"}};
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
