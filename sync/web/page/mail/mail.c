/* Tickets en mail: who can't be reached, and what went; who is to be told what stands in
 * mail_groups.c, how that reads in mail_sample.c. Sending is the command's (errand.c). */
#include "office/mail/told.h"
#include "web/desk/form.h"
#include "web/page/mail/mail_groups.h"
#include "web/page/mail/mail_sample.h"
#include "web/page/pages.h"
#include "web/page/part/people.h"
#include "web/page/part/stale.h"

#include <stdlib.h>
#include <string.h>

enum { MAILINGS_SHOWN = 50, LINES_SHOWN = 1000 };

/* ---- whom no mail reaches ---- */

static const char *
why_of(enum bw_told_hindrance hindrance)
{
    switch (hindrance) {
    case BW_TOLD_NO_ADDRESS:
        return "ml.no_address";
    case BW_TOLD_CAME_BACK:
        return "ml.came_back";
    case BW_TOLD_WANTS_NONE:
        return "ml.wants_none";
    case BW_TOLD_NO_HINDRANCE:
    case BW_TOLD_BAD_ADDRESS:
    case BW_TOLD_WALKED_IN:
    case BW_TOLD_INSTEAD:
    case BW_TOLD_WRITTEN:
        break;
    }
    return "ml.bad_address";
}

static json_t *
hindered_of(const struct bw_web_visit *visit, const struct bw_told_list *list,
    const struct bw_told_due *due)
{
    char digest[BW_WEB_KEY_BYTES];
    bw_web_mail_picture(list, due, "", digest);
    json_t *row = json_object();
    bw_web_set(&row, "person", bw_web_code(due->code));
    bw_web_set(&row, "picture", bw_web_text(digest));
    bw_web_set(&row, "name", bw_web_name(due->first_name, due->name));
    bw_web_set(&row, "circle", bw_web_text(due->session->title));
    bw_web_set(&row, "code", bw_web_text(due->session->code));
    bw_web_set(&row, "what", bw_web_mail_kind(visit, due->kind));
    bw_web_set(&row, "on_paper",
        json_boolean(
            due->hindrance != BW_TOLD_BAD_ADDRESS && due->now.status == BW_CONFIRMED));
    bw_web_set(&row, "improve",
        json_boolean(due->hindrance == BW_TOLD_CAME_BACK ||
                     due->hindrance == BW_TOLD_BAD_ADDRESS));
    bw_web_set(&row, "ends",
        json_boolean(
            due->hindrance == BW_TOLD_CAME_BACK || due->hindrance == BW_TOLD_WANTS_NONE));
    bw_web_set(&row, "why", bw_web_sentence(visit, why_of(due->hindrance)));
    return row;
}

static void
add_due(const struct bw_web_visit *visit, const struct bw_told_list *list, json_t **model)
{
    json_t *hindered = json_array();
    for (size_t i = 0; i < list->count; i++) {
        const struct bw_told_due *due = &list->due[i];
        if (due->hindrance != BW_TOLD_NO_HINDRANCE && !due->written) {
            bw_web_add(&hindered, hindered_of(visit, list, due));
        }
    }
    json_int_t count = (json_int_t)(list->count) - list->hindered - list->written;
    bw_web_set(model, "count", json_integer(count));
    bw_web_set(model, "hindered_count", json_integer(list->hindered));
    bw_web_set(model, "hindered", hindered);
    bw_web_mail_groups(visit, list, bw_web_request_asked(visit->request, "groep"), model);
}

/* ---- what went ---- */

struct mail_log {
    const struct bw_web_visit *visit;
    json_t *mailings; /* by run, kind and circle */
    json_t *lines;    /* the people of the one that the address asks for */
    json_t *asked;    /* by run: whether what was written went */
    int64_t asked_no; /* the last of those; 0: none */
    int64_t asked_count;
    bool back; /* the newest that can be taken back has been seen */
};

/* What became of a run's mails: {"kind","icon","text"}. */
static json_t *
outcome_of(const struct bw_web_visit *visit, const struct bw_told_mailing *mailing)
{
    static const struct {
        const char *kind, *icon, *key;
    } outcomes[] = {[BW_TOLD_BY_EML] = {"rust", "outbox", "ml.drafts"},
        [BW_TOLD_BY_MERGE_FILE] = {"rust", "list", "ml.merged"},
        [BW_TOLD_BY_SMTP] = {"ok", "check", "ml.taken"},
        [BW_TOLD_BY_VOICE] = {"ok", "check", "ml.told"}};
    if (mailing->on_its_way > 0) {
        return json_pack("{s:s, s:s, s:o}", "kind", "let", "icon", "outbox", "text",
            bw_web_filled(visit,
                mailing->way == BW_TOLD_BY_SMTP ? "ml.unsure" : "ml.waits",
                json_pack("{s:I}", "n", (json_int_t)mailing->on_its_way)));
    }
    size_t way = (size_t)mailing->way; /* of the database */
    way = way < sizeof outcomes / sizeof outcomes[0] ? way : BW_TOLD_BY_EML;
    return json_pack("{s:s, s:s, s:o}", "kind", outcomes[way].kind, "icon",
        outcomes[way].icon, "text", bw_web_sentence(visit, outcomes[way].key));
}

/* Of how many it came back, and who the one is. */
static json_t *
back_of(const struct bw_told_mailing *mailing)
{
    json_t *back = json_false();
    if (mailing->came_back > 0) {
        back = json_object();
        bw_web_set(&back, "n", json_integer((json_int_t)mailing->came_back));
        bw_web_set(&back, "code", bw_web_code(mailing->back_code));
        bw_web_set(
            &back, "who", bw_web_text(mailing->came_back == 1 ? mailing->back_name : ""));
    }
    return back;
}

/* Whether what was written went: one question a run, whose rows follow each other. */
static void
ask(struct mail_log *log, const struct bw_told_mailing *mailing)
{
    bool again = mailing->mailing_no == log->asked_no;
    if (mailing->way == BW_TOLD_BY_SMTP || mailing->on_its_way == 0) {
        return;
    }
    log->asked_count = mailing->on_its_way + (again ? log->asked_count : 0);
    log->asked_no = mailing->mailing_no;
    if (again) {
        (void)json_array_remove(log->asked, json_array_size(log->asked) - 1);
    }
    json_t *row = json_object();
    bw_web_set(&row, "number", json_integer((json_int_t)mailing->mailing_no));
    bw_web_set(&row, "written", json_integer((json_int_t)log->asked_count));
    bw_web_set(&row, "when",
        bw_web_when(
            log->visit, log->visit->desk->zone, BW_WEB_MOMENT_SHORT, mailing->at_ms));
    bw_web_add(&log->asked, row);
}

static bool
on_mailing(const struct bw_told_mailing *mailing, void *context)
{
    struct mail_log *log = context;
    ask(log, mailing);
    const char *title = mailing->session_title;
    json_t *row = json_object();
    bw_web_set(&row, "number", json_integer((json_int_t)mailing->mailing_no));
    bw_web_set(&row, "when",
        bw_web_when(
            log->visit, log->visit->desk->zone, BW_WEB_MOMENT_SHORT, mailing->at_ms));
    bw_web_set(&row, "what", bw_web_mail_kind(log->visit, mailing->kind));
    bw_web_set(&row, "code", bw_web_text(mailing->session_code));
    bw_web_set(
        &row, "circle", bw_web_text(title[0] != '\0' ? title : mailing->session_code));
    bw_web_set(&row, "count", json_integer((json_int_t)mailing->count));
    bw_web_set(&row, "outcome", outcome_of(log->visit, mailing));
    bw_web_set(&row, "back", back_of(mailing));
    bool by_hand = mailing->way != BW_TOLD_BY_SMTP;
    bool waits = by_hand && mailing->on_its_way > 0; /* the question stands above */
    bw_web_set(&row, "takes_back", json_boolean(by_hand && !waits && !log->back));
    log->back = log->back || by_hand;
    bw_web_add(&log->mailings, row);
    return log->mailings != NULL;
}

/* Of one that was mailed, as its mailing has it; its code where none is shown. */
static const char *
title_of(const struct mail_log *log, const char *code)
{
    const char *title = code;
    size_t i;
    json_t *row;
    json_array_foreach(log->mailings, i, row)
    {
        if (strcmp(json_string_value(json_object_get(row, "code")), code) == 0) {
            title = json_string_value(json_object_get(row, "circle"));
        }
    }
    return title;
}

static bool
on_line(const struct bw_told_line *line, void *context)
{
    struct mail_log *log = context;
    json_t *row = json_object();
    bw_web_set(&row, "person", bw_web_code(line->code));
    bw_web_set(&row, "name", bw_web_name(line->first_name, line->name));
    bw_web_set(&row, "circle", bw_web_text(title_of(log, line->session_code)));
    bw_web_set(&row, "what", bw_web_mail_kind(log->visit, line->kind));
    bw_web_set(&row, "mail", bw_web_text(line->mail));
    bw_web_set(&row, "when",
        bw_web_when(
            log->visit, log->visit->desk->zone, BW_WEB_MOMENT_SHORT, line->at_ms));
    bw_web_set(&row, "under_way", json_boolean(line->on_its_way));
    bw_web_set(&row, "came_back", json_boolean(line->came_back));
    bw_web_set(&row, "may_return",
        json_boolean(
            !line->came_back && !line->on_its_way && line->way != BW_TOLD_BY_VOICE));
    bw_web_set(&row, "number", json_integer((json_int_t)line->mailing_no));
    bw_web_add(&log->lines, row);
    return log->lines != NULL;
}

static enum bw_status
read_log(struct mail_log *log, struct bw_error *err)
{
    struct bw_central *central = log->visit->desk->office.central;
    int64_t wanted =
        strtoll(bw_web_request_asked(log->visit->request, "zending"), NULL, 10);
    enum bw_status status =
        bw_told_mailings(central, MAILINGS_SHOWN, on_mailing, log, err);
    return status == BW_OK && wanted > 0
               ? bw_told_walk_mailing(central, wanted, LINES_SHOWN, on_line, log, err)
               : status;
}

/* A form came back whose ticks or whose person were there (mail_form.h). */
static bool
is_stale(const struct bw_web_visit *visit)
{
    const struct bw_web_request *request = visit->request;
    return bw_web_form_is_wrong(visit) && bw_web_stale_sent(visit) >= 0 &&
           (bw_web_request_sent(request, "groep")[0] != '\0' ||
               bw_web_request_sent(request, "beeld")[0] != '\0');
}

enum bw_status
bw_web_page_mail(struct bw_web_visit *visit, struct bw_error *err)
{
    const struct bw_office *office = &visit->desk->office;
    struct bw_told_list list = {.due = NULL};
    struct mail_log log = {.visit = visit,
        .mailings = json_array(),
        .lines = json_array(),
        .asked = json_array()};
    json_t *model = json_object(), *sample = NULL;
    const char *circle = bw_web_request_asked(visit->request, "kring");
    enum bw_status status = bw_central_read_begin(office->central, err);
    if (status == BW_OK) {
        status =
            bw_told_read(office, circle[0] != '\0' ? circle : NULL, NULL, &list, err);
        if (status == BW_OK) {
            status = read_log(&log, err);
        }
        bw_central_read_end(office->central);
    }
    if (status == BW_OK) {
        add_due(visit, &list, &model);
        status = bw_web_mail_sample(visit, &list, &sample, err);
    }
    if (status == BW_OK) {
        status = bw_web_mail_server(visit, &model, err);
    }
    bw_told_list_finish(&list);
    if (status != BW_OK) {
        json_decref(model);
        json_decref(log.mailings);
        json_decref(log.lines);
        json_decref(log.asked);
        return status;
    }
    bw_web_set(&model, "stale", bw_web_stale(visit, is_stale(visit), "ml.stale.p"));
    bw_web_set(&model, "heading", bw_web_sentence(visit, "nav.mail"));
    bw_web_set(&model, "of_run", json_boolean(json_array_size(log.lines) > 0));
    bw_web_set(&model, "lines", log.lines);
    bw_web_set(&model, "any_sent", json_boolean(json_array_size(log.mailings) > 0));
    bw_web_set(&model, "mailings", log.mailings);
    bw_web_set(&model, "sample", sample);
    bw_web_set(&model, "here_circle", bw_web_text(circle));
    bw_web_set(&model, "asking", json_boolean(json_array_size(log.asked) > 0));
    bw_web_set(&model, "asked", log.asked);
    return bw_web_show(visit, "mail", model, err);
}

/* ---- what was done by hand ---- */

static void
on_noted(const struct bw_told_due *due, void *context)
{
    json_t **name = context;
    json_decref(*name);
    *name = bw_web_name(due->first_name, due->name);
}

/* What was told has to be what stands: "beeld" is what the page showed. */
static enum bw_status
check_told(const struct bw_web_visit *visit, bw_code code, struct bw_error *err)
{
    const char *seen = bw_web_request_sent(visit->request, "beeld");
    struct bw_told_list list = {.due = NULL};
    char digest[BW_WEB_KEY_BYTES];
    bool fits = false;
    if (seen[0] == '\0') {
        return BW_OK;
    }
    enum bw_status status = bw_told_read(&visit->desk->office, NULL, NULL, &list, err);
    for (size_t i = 0; status == BW_OK && i < list.count; i++) {
        if (list.due[i].code == code) {
            bw_web_mail_picture(&list, &list.due[i], "", digest);
            fits = fits || strcmp(seen, digest) == 0;
        }
    }
    bw_told_list_finish(&list);
    return status != BW_OK || fits
               ? status
               : bw_error_set(err, BW_REFUSED, 0,
                     "noting who was told: what they are to hear was changed meanwhile");
}

/* Somebody called them, or met them. */
static enum bw_status
note_told(struct bw_web_visit *visit, struct bw_error *err)
{
    bw_code code = BW_CODE_NONE;
    json_t *name = NULL;
    if (!bw_code_parse(bw_web_request_sent(visit->request, "mens"), &code)) {
        return bw_error_set(err, BW_BAD_INPUT, 0, "reading a form: a code is none");
    }
    const struct bw_told_voice voice = {.codes = &code, .codes_count = 1};
    enum bw_status status = check_told(visit, code, err);
    status = status != BW_OK
                 ? status
                 : bw_told_by_voice(&visit->desk->office, &voice, on_noted, &name, err);
    if (status == BW_OK) {
        bw_web_said(visit, "ml.voice.said", json_pack("{s:O?}", "name", name), 0);
        bw_web_go(visit, "/mail");
    }
    json_decref(name);
    return status;
}

/* The mailing that a form is about: another may be the newest by now. */
static enum bw_status
read_number(const struct bw_web_visit *visit, int64_t *ret_number, struct bw_error *err)
{
    *ret_number = strtoll(bw_web_request_sent(visit->request, "zending"), NULL, 10);
    return *ret_number > 0 ? BW_OK
                           : bw_error_set(err, BW_BAD_INPUT, 0,
                                 "reading a form: which mails is meant isn't said");
}

/* Whether what was written went, as she says. */
static enum bw_status
note_gone(struct bw_web_visit *visit, bool went, struct bw_error *err)
{
    int64_t number = 0, count = 0;
    enum bw_status status = read_number(visit, &number, err);
    if (status == BW_OK) {
        status = bw_told_answer(&visit->desk->office, number, went, &count, err);
    }
    if (status == BW_OK) {
        const char *key = count == 0 ? "ml.answered" : went ? "ml.went" : "ml.back";
        bw_web_said(visit, key, json_pack("{s:I}", "n", (json_int_t)count), 0);
        bw_web_go(visit, "/mail");
    }
    return status;
}

enum bw_status
bw_web_page_mail_back(struct bw_web_visit *visit, struct bw_error *err)
{
    static const struct bw_web_form form = {bw_web_page_mail, {{NULL, NULL, NULL}}};
    int64_t number = 0, count = 0;
    const char *deed = bw_web_request_sent(visit->request, "doe");
    visit->form = &form;
    if (strcmp(deed, "verteld") == 0) {
        return note_told(visit, err);
    }
    if (strcmp(deed, "weg") == 0 || strcmp(deed, "niet-weg") == 0) {
        return note_gone(visit, strcmp(deed, "weg") == 0, err);
    }
    enum bw_status status = read_number(visit, &number, err);
    if (status == BW_OK) {
        status = bw_told_take_back(&visit->desk->office, number, &count, err);
    }
    if (status == BW_OK) {
        bw_web_said(visit, count == 0 ? "ml.answered" : "ml.back",
            json_pack("{s:I}", "n", (json_int_t)count), 0);
        bw_web_go(visit, "/mail");
    }
    return status;
}
