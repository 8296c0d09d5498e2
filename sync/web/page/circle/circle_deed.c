/* What is done to a whole circle: called off, moved, its figures fixed, opened again. As
 * with people (deed.c) the verb first shows what would become of it (WD2).
 *
 *   Kring --"Wijzig"--> form of times and place --.
 *   Kring --button------------------------------->+--> picture --fits--> done, said
 */
#include "central/records.h"
#include "office/session.h"
#include "report/figures/report.h"
#include "web/desk/form.h"
#include "web/page/pages.h"
#include "web/page/part/people.h"
#include "web/page/part/picture.h"
#include "web/page/part/stale.h"

#include <string.h>

enum act { ACT_CANCEL, ACT_MOVE, ACT_CLOSE, ACT_REOPEN, ACTS };

static const struct {
    const char *word, *heading, *button, *said;
    bool needs_why;
} acts[ACTS] = {
    [ACT_CANCEL] = {"afgelasten", "act.cancel.h", "act.cancel.b", "act.cancel.said",
        false},
    [ACT_MOVE] = {"verplaatsen", "act.move.h", "act.move.b", "act.move.said", false},
    [ACT_CLOSE] = {"afsluiten", "act.close.h", "act.close.b", "act.close.said", false},
    [ACT_REOPEN] = {"heropenen", "act.reopen.h", "act.reopen.b", "act.reopen.said", true},
};

/* The second: of its times and place. */
static const struct bw_web_form act_form = {
    bw_web_page_circle, {{"why", "waarom", "wr.why"}}};
static const struct bw_web_form move_form = {bw_web_page_circle_edit,
    {{"starts", "begin", NULL}, {"ends", "einde", NULL}, {"venue", "plaats", NULL},
        {"address", "adres", NULL}, {"venue-phone", "telefoon", NULL},
        {"why", "waarom", "wr.why"}}};

struct acting {
    struct bw_web_visit *visit;
    struct bw_session session;
    enum act act;
    char why[BW_TITLE_BYTES];
    char lacking[BW_ERROR_TEXT_BYTES]; /* why closing needs a word; "" */
    struct bw_office_session_change change;
};

/* ---- the verb ---- */

static enum bw_status
run(struct acting *a, const struct bw_office *office, const char *why,
    struct bw_error *err)
{
    const struct bw_web_request *request = a->visit->request;
    const char *code = a->session.code;
    const char *phone = bw_web_request_sent(request, "telefoon");
    const struct bw_office_session_move to = {/* as it stands: of that venue alone */
        .venue_phone = strcmp(phone, a->session.venue_phone) != 0 ? phone : NULL,
        .starts = bw_web_request_sent(request, "begin"),
        .ends = bw_web_request_sent(request, "einde"),
        .venue = bw_web_request_sent(request, "plaats"),
        .address = bw_web_request_sent(request, "adres")};
    bw_office_session_change_finish(&a->change);
    switch (a->act) {
    case ACT_CANCEL:
        return bw_office_session_cancel(office, code, why, &a->change, err);
    case ACT_MOVE:
        return bw_office_session_move(office, code, &to, why, &a->change, err);
    case ACT_CLOSE:
        return bw_office_session_close(office, code, why, &a->change, err);
    case ACT_REOPEN:
        return bw_office_session_reopen(office, code, why, &a->change, err);
    case ACTS:
        break;
    }
    return bw_error_set(err, BW_BAD_INPUT, 0, "reading a form: nothing is called that");
}

/* ---- the picture ---- */

static json_t *
moment_of(const struct acting *a, const struct bw_session *session)
{
    struct bw_zone *zone = bw_web_zone_of(a->visit, session);
    json_t *moment = json_object();
    bw_web_set(&moment, "date",
        bw_web_when(a->visit, zone, BW_WEB_MOMENT_DATE, session->starts_ms));
    bw_web_set(&moment, "from",
        bw_web_when(a->visit, zone, BW_WEB_MOMENT_TIME, session->starts_ms));
    bw_web_set(
        &moment, "to", bw_web_when(a->visit, zone, BW_WEB_MOMENT_TIME, session->ends_ms));
    bw_web_set(&moment, "venue", bw_web_text(session->venue));
    bw_web_set(&moment, "address", bw_web_text(session->address));
    bw_web_set(&moment, "venue_phone", bw_web_text(session->venue_phone));
    bw_web_zone_close(a->visit, zone);
    return moment;
}

static json_t *
picture_of(const struct acting *a)
{
    enum bw_session_state state = BW_SESSION_PLANNED;
    json_t *told = json_array(), *picture = json_object();
    for (size_t i = 0; i < a->change.count; i++) {
        const struct bw_step_told *one = &a->change.told[i];
        json_t *row = json_object();
        bw_web_set(&row, "person", bw_web_code(one->code));
        bw_web_set(&row, "name", bw_web_name(one->first_name, one->name));
        bw_web_set(&row, "chip", bw_web_status_chip(a->visit, one->status));
        bw_web_add(&told, row);
    }
    if (bw_session_state_of(&a->change.now, bw_office_now_ms(&a->visit->desk->office),
            &state, NULL) != BW_OK) {
        state = BW_SESSION_PLANNED; /* no such zone here: without it nothing is told */
    }
    bw_web_set(&picture, "was", moment_of(a, &a->change.before));
    bw_web_set(&picture, "becomes", moment_of(a, &a->change.now));
    bw_web_set(&picture, "state", bw_web_state_chip(a->visit, state));
    bw_web_set(&picture, "told_count", json_integer((json_int_t)a->change.count));
    bw_web_set(&picture, "told", told);
    bw_web_set(&picture, "lacking", bw_web_text(a->lacking));
    return picture;
}

static enum bw_status
show(const struct acting *a, json_t *model, const char *digest, bool stale,
    struct bw_error *err)
{
    const struct bw_web_request *request = a->visit->request;
    bw_web_set(&model, "heading",
        bw_web_filled(
            a->visit, acts[a->act].heading, json_pack("{s:s}", "k", a->session.title)));
    bw_web_set(&model, "circle", bw_web_text(a->session.title));
    bw_web_set(&model, "code", bw_web_text(a->session.code));
    bw_web_set(&model, "act", json_string(acts[a->act].word));
    bw_web_set(&model, "moves", json_boolean(a->act == ACT_MOVE));
    bw_web_set(&model, "button", bw_web_sentence(a->visit, acts[a->act].button));
    bw_web_set(&model, "picture", json_string(digest));
    bw_web_set(&model, "stale", bw_web_stale(a->visit, stale, "er.stale.p"));
    bw_web_set(&model, "why", bw_web_text(bw_web_request_sent(request, "waarom")));
    bw_web_set(&model, "needs_why",
        json_boolean(acts[a->act].needs_why || a->lacking[0] != '\0'));
    bw_web_set(&model, "begin", bw_web_text(bw_web_request_sent(request, "begin")));
    bw_web_set(&model, "end", bw_web_text(bw_web_request_sent(request, "einde")));
    bw_web_set(&model, "place", bw_web_text(bw_web_request_sent(request, "plaats")));
    bw_web_set(&model, "street", bw_web_text(bw_web_request_sent(request, "adres")));
    bw_web_set(&model, "number", bw_web_text(bw_web_request_sent(request, "telefoon")));
    return bw_web_show(a->visit, "circle_deed", model, err);
}

/* ---- the form ---- */

static enum bw_status
read_form(struct acting *a, struct bw_error *err)
{
    const struct bw_web_request *request = a->visit->request;
    const char *word = bw_web_request_sent(request, "doe");
    a->act = ACTS;
    for (int i = 0; i < ACTS; i++) {
        a->act = strcmp(acts[i].word, word) == 0 ? (enum act)i : a->act;
    }
    a->visit->form = a->act == ACT_MOVE ? &move_form : &act_form;
    bw_web_picture_why(a->visit, a->why);
    enum bw_status status = bw_record_session(
        a->visit->desk->office.central, request->segments[1], &a->session, err);
    if (status == BW_OK && a->act == ACT_CLOSE) { /* what would be said without a word */
        struct bw_error lacks = {.text = ""};
        enum bw_status closable = bw_report_check_closing(a->visit->desk->office.central,
            a->session.code, bw_office_now_ms(&a->visit->desk->office), "", &lacks);
        if (closable == BW_REFUSED) {
            memcpy(a->lacking, lacks.text, sizeof a->lacking);
        }
    }
    return status;
}

static enum bw_status
carry_out(struct acting *a, struct bw_error *err)
{
    struct bw_web_desk *desk = a->visit->desk;
    char code[BW_LABEL_BYTES * 3];
    enum bw_status status = BW_OK;
    if (a->lacking[0] != '\0' && a->why[0] == '\0') {
        status = bw_error_about(
            err, bw_error_set(err, BW_REFUSED, 0, "%s", a->lacking), "why");
    } else {
        status = run(a, &desk->office, a->why, err);
    }
    if (status != BW_OK) {
        return status;
    }
    desk->changed = true;
    bw_web_said(a->visit, acts[a->act].said,
        json_pack("{s:s, s:I}", "k", a->session.title, "n", (json_int_t)a->change.count),
        bw_web_picture_step(&desk->office, a->session.code));
    bw_web_encode(a->session.code, code, sizeof code);
    bw_web_go(a->visit, "/kring/%s", code);
    return BW_OK;
}

static enum bw_status
look_then_do(struct acting *a, struct bw_error *err)
{
    const char *seen = bw_web_request_sent(a->visit->request, "beeld");
    char digest[BW_WEB_KEY_BYTES];
    /* a reason is asked for with the picture */
    enum bw_status status =
        run(a, &a->visit->desk->preview, a->why[0] != '\0' ? a->why : "?", err);
    if (status != BW_OK) {
        return status;
    }
    json_t *picture = picture_of(a);
    status = bw_web_picture_digest(picture, digest, err);
    bool fits = strcmp(seen, digest) == 0;
    if (status == BW_OK && fits && !bw_web_form_is_wrong(a->visit)) {
        status = carry_out(a, err);
        if (status == BW_OK || !bw_web_form_note(a->visit, status, err)) {
            json_decref(picture);
            return status;
        }
        status = BW_OK; /* what is wrong is said with the picture */
    }
    if (status == BW_OK) {
        return show(a, picture, digest, seen[0] != '\0' && !fits, err);
    }
    json_decref(picture);
    return status;
}

enum bw_status
bw_web_page_circle_deed(struct bw_web_visit *visit, struct bw_error *err)
{
    struct acting a = {.visit = visit};
    enum bw_status status = read_form(&a, err);
    if (status == BW_OK) {
        status = look_then_do(&a, err);
    }
    bw_office_session_change_finish(&a.change);
    return status;
}

/* "2025-03-25 13:30", as the verb reads it. */
static json_t *
typed_of(const struct bw_web_visit *visit, const char *field, const struct bw_zone *zone,
    int64_t wall_ms)
{
    char iso[BW_ISO_BYTES];
    enum { AS_TYPED = 16, T_AT = 10 };
    bw_zone_format_iso(zone, wall_ms, iso);
    iso[T_AT] = ' ';
    iso[AS_TYPED] = '\0';
    return bw_web_form_typed(visit, field, iso);
}

enum bw_status
bw_web_page_circle_edit(struct bw_web_visit *visit, struct bw_error *err)
{
    struct bw_session session;
    enum bw_status status = bw_record_session(
        visit->desk->office.central, visit->request->segments[1], &session, err);
    if (status != BW_OK) {
        return status;
    }
    struct bw_zone *zone = bw_web_zone_of(visit, &session);
    json_t *model = json_object();
    bw_web_set(&model, "heading",
        bw_web_filled(
            visit, acts[ACT_MOVE].heading, json_pack("{s:s}", "k", session.title)));
    bw_web_set(&model, "circle", bw_web_text(session.title));
    bw_web_set(&model, "code", bw_web_text(session.code));
    bw_web_set(&model, "begin", typed_of(visit, "begin", zone, session.starts_ms));
    bw_web_set(&model, "end", typed_of(visit, "einde", zone, session.ends_ms));
    bw_web_set(&model, "place", bw_web_form_typed(visit, "plaats", session.venue));
    bw_web_set(&model, "street", bw_web_form_typed(visit, "adres", session.address));
    bw_web_set(
        &model, "number", bw_web_form_typed(visit, "telefoon", session.venue_phone));
    bw_web_zone_close(visit, zone);
    return bw_web_show(visit, "circle_edit", model, err);
}
