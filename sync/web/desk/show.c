/* A page, with what every page has: bw_web_show of visit.h. */
#include "web/desk/frame.h"
#include "web/desk/visit.h"

#include <stdlib.h>
#include <string.h>

static enum bw_status
write_page(struct bw_web_visit *visit, const char *page, const json_t *model,
    char **ret_body, size_t *ret_bytes, struct bw_error *err)
{
    struct bw_web_tongue tongue = bw_web_tongue_of(visit->language);
    char *body = NULL;
    size_t bytes = 0;
    FILE *to = open_memstream(&body, &bytes);
    if (to == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "writing a page: no memory");
    }
    enum bw_status status =
        bw_web_template_write(&visit->desk->templates, page, model, &tongue, to, err);
    if (fclose(to) != 0 && status == BW_OK) {
        status = bw_error_set(err, BW_NO_MEMORY, 0, "writing a page: no memory");
    }
    if (status != BW_OK) {
        free(body);
        return status;
    }
    *ret_body = body;
    *ret_bytes = bytes;
    return BW_OK;
}

/* The menu, and which of it is here. */
static json_t *
menu(const struct bw_web_visit *visit)
{
    static const struct {
        const char *place, *address, *icon, *key;
    } entries[] = {
        {"vandaag", "", "sun", "nav.today"},
        {"kringen", "kringen", "kring", "nav.circles"},
        {"inlezen", "inlezen", "inbox", "nav.import"},
        {"mail", "mail", "ticket", "nav.mail"},
        {"zuilen", "zuilen", "kiosk", "nav.kiosks"},
        {"live", "live", "people", "nav.live"},
        {"uitzoeken", "uitzoeken", "question", "nav.settle"},
        {"verslag", "verslag", "list", "nav.report"},
        {"instellingen", "instellingen", "settings", "nav.settings"},
    };
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
        bw_web_add(&list,
            json_pack("{s:s, s:s, s:o, s:b, s:I}", "address", entries[i].address, "icon",
                entries[i].icon, "word", bw_web_sentence(visit, entries[i].key), "here",
                strcmp(entries[i].place, visit->place) == 0, "waits",
                (json_int_t)bw_web_frame_waits(visit, entries[i].place)));
    }
    return list;
}

/* What was typed wrong (form.h), where its field looks for it. */
static void
add_wrong(const struct bw_web_visit *visit, json_t **model)
{
    char name[BW_LABEL_BYTES] = "wrong";
    if (visit->wrong.field != NULL) {
        (void)snprintf(name, sizeof name, "wrong_%s", visit->wrong.field);
    }
    bw_web_set(model, name, bw_web_text(visit->wrong.text));
    bw_web_set(model, "wrong_any", json_true());
}

/* What every page has. */
static void
add_frame(struct bw_web_visit *visit, json_t **model)
{
    const struct bw_web_session *session = visit->session;
    bool english = visit->language == BW_WORDING_ENGLISH;
    bw_web_set(model, "lang", json_string(bw_wording_code(visit->language)));
    if (session == NULL) {
        return;
    }
    char path[BW_WEB_TARGET_BYTES_MAX] = "/";
    if (visit->stays) {
        bw_web_path(visit->request, path, sizeof path);
    }
    bw_web_set(model, "here_path", json_string(path));
    bw_web_set(model, "token", json_string(session->token));
    bw_web_set(model, "newest_step", json_integer(visit->newest_step));
    bw_web_frame_add(visit, model);
    bw_web_set(model, "menu", menu(visit));
    const char *guides = visit->desk->setup.guides;
    bw_web_set(model, "guides", json_boolean(guides != NULL && guides[0] != '\0'));
    bw_web_set(model, "other_lang", json_string(english ? "nl" : "en"));
    bw_web_set(model, "other_lang_word", json_string(english ? "Nederlands" : "English"));
    bw_web_set(model, "now",
        bw_web_when(visit, visit->desk->zone, BW_WEB_MOMENT_TIME,
            bw_office_now_ms(&visit->desk->office)));
    bw_web_set(model, "letters",
        bw_web_when(
            visit, visit->desk->zone, BW_WEB_MOMENT_SHORT, visit->desk->letters_ms));
    if (visit->wrong.text[0] != '\0') {
        add_wrong(visit, model);
    } else if (session->said.text[0] != '\0') {
        bw_web_set(model, "said",
            json_pack("{s:o, s:I, s:b, s:s}", "text", bw_web_text(session->said.text),
                "step", (json_int_t)session->said.step, "redo", session->said.redo,
                "password", session->said.password));
    }
}

enum bw_status
bw_web_show(
    struct bw_web_visit *visit, const char *page, json_t *model, struct bw_error *err)
{
    enum { HTTP_OK = 200, HTTP_CONFLICT = 409 };
    struct bw_web_reply *reply = visit->reply;
    char *body = NULL;
    size_t bytes = 0;
    add_frame(visit, &model);
    if (model == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "making a page: no memory");
    }
    enum bw_status status = write_page(visit, page, model, &body, &bytes, err);
    json_decref(model);
    if (status != BW_OK) {
        return status;
    }
    reply->status = visit->wrong.text[0] != '\0' ? HTTP_CONFLICT : HTTP_OK;
    reply->type = "text/html; charset=utf-8";
    reply->body = body;
    reply->bytes = bytes;
    reply->personal = true;
    return BW_OK;
}
