/* Tickets en mail: who is to be told what, how that reads, who can't be reached, and what
 * went. Sending is the command's (errand.c). */
#include "office/mail/told.h"
#include "web/desk/form.h"
#include "web/page/mail/mail_sample.h"
#include "web/page/pages.h"
#include "web/page/part/people.h"
#include "web/desk/settled.h"

#include <stdlib.h>

enum { LINES_SHOWN = 50 };

/* What a mail says, in words: "told.ticket" …. */
static json_t *
kind_of(const struct bw_web_visit *visit, enum bw_told_kind kind)
{
    char key[BW_LABEL_BYTES];
    (void)snprintf(key, sizeof key, "told.%s", bw_told_kind_name(kind));
    return bw_web_sentence(visit, key);
}

/* ---- who is to be told ---- */

/* How many of one circle hear the same. */
static json_t *
group_of(const struct bw_web_visit *visit, const struct bw_told_list *list, size_t first)
{
    const struct bw_told_due *due = &list->due[first];
    json_int_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct bw_told_due *other = &list->due[i];
        if (other->session == due->session && other->kind == due->kind &&
            other->hindrance == BW_TOLD_NO_HINDRANCE) {
            if (i < first) {
                return NULL; /* told with that one */
            }
            count++;
        }
    }
    json_t *row = json_object();
    bw_web_set(&row, "code", bw_web_text(due->session->code));
    bw_web_set(&row, "circle", bw_web_text(due->session->title));
    bw_web_set(&row, "what", kind_of(visit, due->kind));
    bw_web_set(&row, "count", json_integer(count));
    return row;
}

static json_t *
hindered_of(const struct bw_web_visit *visit, const struct bw_told_due *due)
{
    json_t *row = json_object();
    bw_web_set(&row, "person", bw_web_code(due->code));
    bw_web_set(&row, "name", bw_web_name(due->first_name, due->name));
    bw_web_set(&row, "circle", bw_web_text(due->session->title));
    bw_web_set(&row, "what", kind_of(visit, due->kind));
    bw_web_set(&row, "why",
        bw_web_sentence(visit,
            due->hindrance == BW_TOLD_NO_ADDRESS ? "ml.no_address" : "ml.bad_address"));
    return row;
}

static void
add_due(const struct bw_web_visit *visit, const struct bw_told_list *list, json_t **model)
{
    json_t *groups = json_array(), *hindered = json_array();
    for (size_t i = 0; i < list->count; i++) {
        if (list->due[i].hindrance != BW_TOLD_NO_HINDRANCE) {
            bw_web_add(&hindered, hindered_of(visit, &list->due[i]));
            continue;
        }
        json_t *group = group_of(visit, list, i);
        if (group != NULL) {
            bw_web_add(&groups, group);
        }
    }
    bw_web_set(model, "count", json_integer((json_int_t)list->count - list->hindered));
    bw_web_set(model, "hindered_count", json_integer(list->hindered));
    bw_web_set(model, "groups", groups);
    bw_web_set(model, "hindered", hindered);
}

/* ---- what went ---- */

struct mail_log {
    const struct bw_web_visit *visit;
    json_t *lines;
};

static bool
on_line(const struct bw_told_line *line, void *context)
{
    struct mail_log *log = context;
    json_t *row = json_object();
    bw_web_set(&row, "person", bw_web_code(line->code));
    bw_web_set(&row, "name", bw_web_name(line->first_name, line->name));
    bw_web_set(&row, "circle", bw_web_text(line->session_code));
    bw_web_set(&row, "what", kind_of(log->visit, line->kind));
    bw_web_set(&row, "mail", bw_web_text(line->mail));
    bw_web_set(&row, "when",
        bw_web_when(
            log->visit, log->visit->desk->zone, BW_WEB_MOMENT_SHORT, line->at_ms));
    bw_web_set(&row, "under_way", json_boolean(line->on_its_way));
    bw_web_add(&log->lines, row);
    return log->lines != NULL;
}

enum bw_status
bw_web_page_mail(struct bw_web_visit *visit, struct bw_error *err)
{
    const struct bw_office *office = &visit->desk->office;
    struct bw_told_list list = {.due = NULL};
    struct mail_log log = {visit, json_array()};
    json_t *model = json_object(), *sample = NULL;
    char server[BW_TITLE_BYTES] = "";
    int64_t wanted = strtoll(bw_web_request_asked(visit->request, "mail"), NULL, 10);
    const char *circle = bw_web_request_asked(visit->request, "kring");
    enum bw_status status = bw_central_read_begin(office->central, err);
    if (status == BW_OK) {
        status =
            bw_told_read(office, circle[0] != '\0' ? circle : NULL, NULL, &list, err);
        if (status == BW_OK) {
            status = bw_told_walk(
                office->central, BW_CODE_NONE, LINES_SHOWN, on_line, &log, err);
        }
        bw_central_read_end(office->central);
    }
    if (status == BW_OK) {
        add_due(visit, &list, &model);
        status = bw_web_mail_sample(visit, &list, wanted, &sample, err);
    }
    if (status == BW_OK) {
        status = bw_web_settled_server(visit, server, err);
    }
    bw_told_list_finish(&list);
    if (status != BW_OK) {
        json_decref(model);
        json_decref(log.lines);
        return status;
    }
    bw_web_set(&model, "heading", bw_web_sentence(visit, "nav.mail"));
    bw_web_set(&model, "lines", log.lines);
    bw_web_set(&model, "sample", sample);
    bw_web_set(&model, "here_circle", bw_web_text(circle));
    bw_web_set(&model, "server", bw_web_text(server));
    return bw_web_show(visit, "mail", model, err);
}

enum bw_status
bw_web_page_mail_back(struct bw_web_visit *visit, struct bw_error *err)
{
    static const struct bw_web_form form = {bw_web_page_mail, {{NULL, NULL, NULL}}};
    int64_t count = 0;
    visit->form = &form;
    enum bw_status status = bw_told_take_back(&visit->desk->office, 0, &count, err);
    if (status == BW_OK) {
        bw_web_said(visit, "ml.back", json_pack("{s:I}", "n", (json_int_t)count), 0);
        bw_web_go(visit, "/mail");
    }
    return status;
}
