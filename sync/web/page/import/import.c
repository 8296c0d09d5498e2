/* Inlezen: where files are given, what waits to be taken over, and what was taken in
 * before. */
#include "web/page/import/import.h"

#include "central/records.h"
#include "office/import/import_before.h"
#include "web/page/part/circles.h"
#include "web/page/pages.h"

#include <string.h>

enum { SHOWN_MAX = 20 };

static const struct {
    enum bw_import_kind kind;
    const char *word, *key;
} kinds[] = {
    {BW_IMPORT_REGISTRATIONS, "aanmeldingen", "im.k.registrations"},
    {BW_IMPORT_WAITLIST, "wachtlijst", "im.k.waitlist"},
    {BW_IMPORT_SESSIONS, "kringen", "im.k.sessions"},
    {BW_IMPORT_ATTENDANCE, "aanwezig", "im.k.attendance"},
    {BW_IMPORT_AGENDA, "agenda", "im.k.agenda"},
    {BW_IMPORT_SCHOOLS, "scholen", "im.k.schools"},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

json_t *
bw_web_import_kinds(const struct bw_web_visit *visit, enum bw_import_kind chosen)
{
    json_t *list = json_array();
    for (size_t i = 0; i < KINDS; i++) {
        bw_web_add(&list,
            json_pack("{s:s, s:o, s:b}", "value", kinds[i].word, "word",
                bw_web_sentence(visit, kinds[i].key), "chosen", kinds[i].kind == chosen));
    }
    return list;
}

bool
bw_web_import_kind_parse(const char *word, enum bw_import_kind *ret_kind)
{
    for (size_t i = 0; i < KINDS; i++) {
        if (strcmp(kinds[i].word, word) == 0) {
            *ret_kind = kinds[i].kind;
            return true;
        }
    }
    return false;
}

enum bw_status
bw_web_import_circles(const struct bw_web_visit *visit, const char *chosen,
    json_t **ret_list, struct bw_error *err)
{
    struct bw_web_circles circles;
    json_t *list = json_array();
    int64_t now_ms = bw_office_now_ms(&visit->desk->office);
    struct bw_web_visit own = *visit;
    enum bw_status status = bw_web_circles_read(&own, &circles, err);
    if (status != BW_OK) {
        json_decref(list);
        return status;
    }
    for (int past = 0; past < 2; past++) {
        for (size_t i = 0; i < circles.figures.sessions_count; i++) {
            const struct bw_session *session = &circles.sessions[i];
            if ((session->ends_ms < now_ms) != (past == 1)) {
                continue;
            }
            struct bw_zone *zone = bw_web_zone_of(visit, session);
            bw_web_add(&list,
                json_pack("{s:o, s:o, s:o, s:b}", "value", bw_web_text(session->code),
                    "word", bw_web_text(session->title), "day",
                    bw_web_when(visit, zone, BW_WEB_MOMENT_DAY, session->starts_ms),
                    "chosen", strcmp(session->code, chosen) == 0));
            bw_web_zone_close(visit, zone);
        }
    }
    bw_web_circles_finish(&circles);
    *ret_list = list;
    return list != NULL
               ? BW_OK
               : bw_error_set(err, BW_NO_MEMORY, 0, "listing the circles: no memory");
}

/* ---- what was before ---- */

struct imports_listing {
    const struct bw_web_visit *visit;
    json_t *list;
    json_int_t count, standing, undone; /* undone: that can be put back */
};

/* "Zwolle", "3 kringen", or "–" where a file is of none. */
static json_t *
circle_of(const struct bw_web_visit *visit, const struct bw_import_before *before)
{
    return before->circle[0] != '\0' ? bw_web_text(before->circle)
           : before->circles > 0
               ? bw_web_filled(visit, "im.circles",
                     json_pack("{s:I}", "n", (json_int_t)before->circles))
               : bw_web_sentence(visit, "im.nocircle");
}

static bool
on_before(const struct bw_import_before *before, void *context)
{
    struct imports_listing *l = context;
    bool stands = before->undone_by == 0, gone = before->undone_by < 0;
    json_t *row = json_object();
    bw_web_set(&row, "number", json_integer(before->step));
    bw_web_set(&row, "undoing", json_integer(before->undone_by));
    bw_web_set(&row, "file", bw_web_text(before->file));
    bw_web_set(&row, "circle", circle_of(l->visit, before));
    bw_web_set(&row, "when",
        bw_web_when(l->visit, l->visit->desk->zone, BW_WEB_MOMENT_SHORT, before->at_ms));
    bw_web_set(&row, "news",
        bw_web_filled(l->visit, stands ? "im.news" : "im.news.was",
            json_pack("{s:I, s:I}", "a", (json_int_t)before->added, "b",
                (json_int_t)before->changed)));
    bw_web_set(&row, "waiting_count", json_integer(stands ? before->waiting : 0));
    bw_web_set(&row, "stands", json_boolean(stands));
    bw_web_set(&row, "gone", json_boolean(gone));
    bw_web_set(&row, "may_come", json_boolean(!stands && !gone));
    bw_web_add(&l->list, row);
    l->standing += stands;
    l->undone += !stands && !gone;
    l->count++;
    return l->list != NULL;
}

static json_t *
open_drafts(const struct bw_web_visit *visit)
{
    json_t *list = json_array();
    for (int i = 0; i < BW_WEB_DRAFTS_MAX; i++) {
        const struct bw_web_draft *draft = &visit->desk->drafts.items[i];
        if (draft->id[0] != '\0' && !draft->taken) {
            bw_web_add(
                &list, json_pack("{s:s, s:o, s:b}", "id", draft->id, "names",
                           bw_web_text(draft->names), "works", draft->work != NULL));
        }
    }
    return list;
}

enum bw_status
bw_web_page_import(struct bw_web_visit *visit, struct bw_error *err)
{
    struct imports_listing l = {.visit = visit, .list = json_array()};
    json_t *circles = NULL;
    enum bw_status status =
        bw_import_before_walk(visit->desk->office.central, SHOWN_MAX, on_before, &l, err);
    if (status == BW_OK) {
        status = bw_web_import_circles(
            visit, bw_web_request_asked(visit->request, "kring"), &circles, err);
    }
    if (status != BW_OK) {
        json_decref(l.list);
        return status;
    }
    enum bw_import_kind kind = BW_IMPORT_REGISTRATIONS;
    (void)bw_web_import_kind_parse(bw_web_request_asked(visit->request, "soort"), &kind);
    json_t *model = json_object();
    bw_web_set(&model, "heading", bw_web_sentence(visit, "nav.import"));
    bw_web_set(&model, "kinds", bw_web_import_kinds(visit, kind));
    bw_web_set(&model, "circles", circles);
    bw_web_set(&model, "drafts", open_drafts(visit));
    bw_web_set(&model, "before_count", json_integer(l.count));
    bw_web_set(&model, "several_stand", json_boolean(l.standing > 1));
    bw_web_set(&model, "several_undone", json_boolean(l.undone > 1));
    bw_web_set(&model, "before", l.list);
    return bw_web_show(visit, "import", model, err);
}

enum bw_status
bw_web_page_import_given(struct bw_web_visit *visit, struct bw_error *err)
{
    const struct bw_web_request *request = visit->request;
    const struct bw_web_setup *setup = &visit->desk->setup;
    const struct bw_web_work_plan plan = {.central_uri = setup->central_uri,
        .key_path = setup->key_path,
        .clock = setup->clock,
        .attendees = setup->attendees};
    struct bw_web_draft *draft = NULL;
    if (visit->uploads->count == 0) {
        bw_web_said(visit, "im.nofile", json_object(), 0);
        bw_web_go(visit, "/inlezen");
        return BW_OK;
    }
    enum bw_status status =
        bw_web_draft_new(&visit->desk->drafts, &plan, visit->uploads, &draft, err);
    if (status != BW_OK) {
        return status;
    }
    (void)bw_web_import_kind_parse(bw_web_request_sent(request, "soort"), &draft->kind);
    bw_text_copy(
        draft->session, sizeof draft->session, bw_web_request_sent(request, "kring"));
    visit->session->said = (struct bw_web_said){.text = ""};
    bw_web_go(visit, "/inlezen/%s", draft->id);
    return BW_OK;
}
