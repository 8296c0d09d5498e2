/* One new circle, by hand: /kringen/nieuw. What it is stands in a form; what it would be
 * is shown first, by the verb itself (WD2).
 *
 *   Vandaag, Kringen --> form --> picture --"beeld" fits--> done, said, undo offered */
#include "office/import/read/spelling.h"
#include "office/import/session_add.h"
#include "web/desk/form.h"
#include "web/page/pages.h"
#include "web/page/part/people.h"
#include "web/page/part/picture.h"
#include "web/page/part/stale.h"

#include <stdio.h>
#include <string.h>

static const struct bw_web_form new_form = {bw_web_page_circle_new,
    {{"title", "naam", NULL}, {"code", "kenmerk", NULL}, {"series", "reeks", NULL},
        {"starts_at", "begin", NULL}, {"ends_at", "einde", NULL},
        {"venue", "plaats", NULL}, {"address", "adres", NULL},
        {"venue_phone", "telefoon", NULL}, {"region", "regio", NULL},
        {"capacity", "plekken", NULL}, {"audience", "doelgroep", NULL}}};

struct circle_making {
    struct bw_web_visit *visit;
    struct bw_import_session_said said;
    struct bw_session like; /* the one that begins last; code "": there's none */
};

static bool
on_region(const struct bw_import_region *region, void *context)
{
    json_t **list = context;
    if (region->known) {
        bw_web_add(list, json_pack("{s:o}", "name", bw_web_text(region->name)));
    }
    return *list != NULL;
}

/* What was typed, once something was. */
static json_t *
typed(const struct circle_making *m, const char *field, const char *otherwise)
{
    const struct bw_web_request *request = m->visit->request;
    return bw_web_text(bw_web_request_sent(request, "doe")[0] != '\0'
                           ? bw_web_request_sent(request, field)
                           : otherwise);
}

/* What stands in the form, for who looks at it first and for who looks again. */
static enum bw_status
model_of(const struct circle_making *m, json_t **ret_model, struct bw_error *err)
{
    static const char *const fields[] = {
        "naam", "kenmerk", "begin", "einde", "plaats", "adres", "telefoon", "regio"};
    json_t *model = json_object(), *regions = json_array();
    char places[24] = "";
    enum bw_status status =
        bw_import_regions_walk(m->visit->desk->office.central, on_region, &regions, err);
    if (m->like.code[0] != '\0') {
        (void)snprintf(places, sizeof places, "%d", m->like.capacity);
    }
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        bw_web_set(&model, fields[i], typed(m, fields[i], ""));
    }
    bw_web_set(&model, "reeks", typed(m, "reeks", m->like.series));
    bw_web_set(&model, "plekken", typed(m, "plekken", places));
    bw_web_set(&model, "doelgroep", typed(m, "doelgroep", m->like.audience));
    bw_web_set(&model, "heading", bw_web_sentence(m->visit, "home.new"));
    bw_web_set(&model, "like", bw_web_text(m->like.code));
    bw_web_set(&model, "regions", regions);
    *ret_model = model;
    return status;
}

static json_t *
picture_of(const struct circle_making *m, const struct bw_session *session)
{
    struct bw_zone *zone = bw_web_zone_of(m->visit, session);
    json_t *picture = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i}", "title",
        session->title, "code", session->code, "series", session->series, "venue",
        session->venue, "address", session->address, "venue_phone", session->venue_phone,
        "region", session->region, "audience", session->audience, "capacity",
        session->capacity);
    bw_web_set(&picture, "date",
        bw_web_when(m->visit, zone, BW_WEB_MOMENT_DATE, session->starts_ms));
    bw_web_set(&picture, "from",
        bw_web_when(m->visit, zone, BW_WEB_MOMENT_TIME, session->starts_ms));
    bw_web_set(&picture, "to",
        bw_web_when(m->visit, zone, BW_WEB_MOMENT_TIME, session->ends_ms));
    bw_web_zone_close(m->visit, zone);
    return picture;
}

/* Whether only a word of hers keeps it from being made: it is in the past, or another is
 * there then. */
static bool
may_be_meant(const struct circle_making *m)
{
    struct bw_import_session_said sure = m->said;
    struct bw_session session;
    struct bw_error err;
    sure.confirmed = true;
    return bw_web_form_is_wrong(m->visit) &&
           bw_import_session_add(&m->visit->desk->preview, &sure, "", &session, &err) ==
               BW_OK;
}

/* `picture` NULL: the form alone. Takes it. */
static enum bw_status
show(const struct circle_making *m, json_t *picture, const char *digest,
    struct bw_error *err)
{
    const struct bw_web_request *request = m->visit->request;
    json_t *model = NULL;
    bool again = bw_web_request_sent(request, "beeld")[0] != '\0' &&
                 bw_web_request_sent(request, "kijk")[0] == '\0';
    enum bw_status status = model_of(m, &model, err);
    if (status != BW_OK) {
        json_decref(picture);
        json_decref(model);
        return status;
    }
    bw_web_set(&model, "sure", json_boolean(m->said.confirmed));
    bw_web_set(&model, "asked", json_boolean(m->said.confirmed || may_be_meant(m)));
    if (picture != NULL) {
        bw_web_set(&model, "picture", json_string(digest));
        bw_web_set(&model, "stale", bw_web_stale(m->visit, again, "er.stale.p"));
        bw_web_set(&model, "seen", picture);
    }
    return bw_web_show(m->visit, "circle_new", model, err);
}

static enum bw_status
carry_out(const struct circle_making *m, struct bw_error *err)
{
    struct bw_web_desk *desk = m->visit->desk;
    struct bw_session made;
    char code[BW_LABEL_BYTES * 3];
    enum bw_status status =
        bw_import_session_add(&desk->office, &m->said, "", &made, err);
    if (status != BW_OK) {
        return status;
    }
    desk->changed = true;
    bw_web_said(m->visit, "cn.said", json_pack("{s:s}", "k", made.title),
        bw_web_picture_step(&desk->office, made.code));
    bw_web_encode(made.code, code, sizeof code);
    bw_web_go(m->visit, "/kring/%s", code);
    return BW_OK;
}

static enum bw_status
look_then_do(const struct circle_making *m, struct bw_error *err)
{
    const struct bw_web_request *request = m->visit->request;
    struct bw_session session;
    char digest[BW_WEB_KEY_BYTES];
    if (bw_web_request_sent(request, "doe")[0] == '\0' ||
        bw_web_form_is_wrong(m->visit)) {
        return show(m, NULL, "", err);
    }
    enum bw_status status =
        bw_import_session_add(&m->visit->desk->preview, &m->said, "", &session, err);
    if (status != BW_OK) {
        return status;
    }
    json_t *picture = picture_of(m, &session);
    status = bw_web_picture_digest(picture, digest, err);
    bool fits = status == BW_OK &&
                strcmp(bw_web_request_sent(request, "beeld"), digest) == 0 &&
                bw_web_request_sent(request, "kijk")[0] == '\0';
    if (status == BW_OK && !fits) {
        return show(m, picture, digest, err);
    }
    json_decref(picture);
    return status == BW_OK ? carry_out(m, err) : status;
}

enum bw_status
bw_web_page_circle_new(struct bw_web_visit *visit, struct bw_error *err)
{
    const struct bw_web_request *request = visit->request;
    struct circle_making m = {.visit = visit,
        .said = {.title = bw_web_request_sent(request, "naam"),
            .code = bw_web_request_sent(request, "kenmerk"),
            .series = bw_web_request_sent(request, "reeks"),
            .starts = bw_web_request_sent(request, "begin"),
            .ends = bw_web_request_sent(request, "einde"),
            .venue = bw_web_request_sent(request, "plaats"),
            .address = bw_web_request_sent(request, "adres"),
            .venue_phone = bw_web_request_sent(request, "telefoon"),
            .region = bw_web_request_sent(request, "regio"),
            .places = bw_web_request_sent(request, "plekken"),
            .audience = bw_web_request_sent(request, "doelgroep"),
            .confirmed = bw_web_request_sent(request, "toch")[0] != '\0'}};
    visit->form = &new_form;
    enum bw_status status =
        bw_import_session_last(visit->desk->office.central, NULL, &m.like, err);
    return status == BW_OK || status == BW_NOT_FOUND ? look_then_do(&m, err) : status;
}
