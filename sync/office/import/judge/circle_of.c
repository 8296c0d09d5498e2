/* Which circle a form, or a row of one, is of: see circle_of.h. */
#include "office/import/judge/circle_of.h"

#include "central/records.h"
#include "office/import/import_read.h"
#include "office/import/read/alias.h"

#include <brugwachter/said.h>
#include <string.h>

/* ---- a file ---- */

/* Of sheets that each name a circle of their own each is a file (import_list.h). */
static enum bw_status
refuse_file(const struct bw_import *import, const struct bw_session_names *names,
    struct bw_error *err)
{
    const struct bw_table_passed *passed = &import->passed;
    const struct bw_session *named =
        bw_session_names_in(names, passed->chosen, bw_office_now_ms(import->office));
    if (passed->others.forms) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: its sheets %s and %s are each a form, and don't name a circle "
            "each; give --session %s, which reads %s alone, or save each as a file of "
            "its own",
            import->request->path, passed->chosen, passed->others.names,
            named != NULL ? named->code : "S", passed->chosen);
    }
    return bw_error_set(err, BW_BAD_INPUT, 0,
        "importing %s: neither a column Leerkring nor the name \"%.80s\" nor a title "
        "says for which session it is; give --session S (status lists them)",
        import->request->path, bw_import_name(import));
}

/* Each row names its circle; but whoever waits is no registration. */
static enum bw_status
check_named(const struct bw_import *import, struct bw_error *err)
{
    if (import->request->confirmed || !bw_import_circle_is_waitlist(import)) {
        return BW_OK;
    }
    if (import->request->ret_asked != NULL) {
        *import->request->ret_asked = true;
    }
    if (import->request->ret_reading != NULL) {
        import->request->ret_reading->circle.waitlist = true;
    }
    return bw_error_set(err, BW_REFUSED, 0,
        "importing %s: it has a column Leerkring and is called so: is it the waiting "
        "list's form (import waitlist)? Nothing was changed; say --yes where these are "
        "registrations all the same",
        import->request->path);
}

/* To whoever looks. */
static void
say_circle(const struct bw_import *import, const struct bw_session_names *names,
    uint32_t session_no, enum bw_import_circle_by by)
{
    if (import->request->ret_reading != NULL) {
        struct bw_import_read_circles *circle = &import->request->ret_reading->circle;
        circle->by = by;
        bw_import_read_circle(
            bw_session_names_by_number(names, session_no), &circle->taken);
    }
}

enum bw_status
bw_import_circle_of_file(struct bw_import *import, const struct bw_session_names *names,
    uint32_t *inout_session_no, struct bw_error *err)
{
    if (*inout_session_no != 0) {
        say_circle(import, names, *inout_session_no, BW_IMPORT_CIRCLE_REQUEST);
        return BW_OK;
    }
    if (import->columns.of[BW_SIGN_UP_SESSION] >= 0) {
        say_circle(import, names, 0, BW_IMPORT_CIRCLE_ROWS);
    }
    if (import->request->kind != BW_IMPORT_REGISTRATIONS) {
        return BW_OK;
    }
    if (import->columns.of[BW_SIGN_UP_SESSION] >= 0) {
        return check_named(import, err);
    }
    int64_t now_ms = bw_office_now_ms(import->office);
    const struct bw_session *session =
        bw_session_names_in(names, bw_import_name(import), now_ms);
    bool by_name = session != NULL;
    if (!by_name) {
        session = bw_session_names_in(names, import->title, now_ms);
    }
    if (session == NULL) {
        return refuse_file(import, names, err);
    }
    *inout_session_no = session->session_no;
    say_circle(import, names, session->session_no,
        by_name ? BW_IMPORT_CIRCLE_NAME : BW_IMPORT_CIRCLE_TITLE);
    bw_import_note(import, false, "taken as the form of %s (%s), as its %s says",
        session->title, session->code,
        bw_said(by_name ? BW_SAYS("name") : BW_SAYS("title")));
    return BW_OK;
}

/* ---- a row ---- */

static void
keep_unknown(struct bw_import_circle_words *words, const char *text)
{
    for (int i = 0; i < words->count; i++) {
        if (strcmp(words->unknown[i], text) == 0) {
            return;
        }
    }
    if (words->count < BW_CIRCLES_UNKNOWN_MAX && text[0] != '\0') {
        words->unknown[words->count++] = text;
    }
}

/* Somebody said that it is none of them. */
static bool
is_none(const struct bw_import *import, const char *text)
{
    const char *meaning = bw_import_alias_find(import, BW_LEARNED_REGION, text);
    return meaning != NULL && strcmp(meaning, "-") == 0;
}

static bool
reject_unknown(struct bw_import_circle_words *words, struct bw_import *import,
    int32_t line, const char *text, bool several)
{
    if (!is_none(import, text)) {
        keep_unknown(words, text);
    }
    bw_import_reject(import, line, BW_REJECT_INVALID,
        several
            ? BW_SAYS("Leerkring \"%.80s\" names more than one session: write its code")
            : BW_SAYS("Leerkring \"%.80s\" names no session: write its title or "
                      "code, or say which with --alias SPELLING=CODE"),
        text);
    return false;
}

/* A row of one session's form may still say which one it is for; another one than
 * --session is a mistake that would seat people in the wrong town. */
bool
bw_import_circle_of_row(struct bw_import_circle_words *words, struct bw_import *import,
    const struct bw_session_names *names, uint32_t session_no,
    const struct bw_csv_row *row, struct bw_sign_up *s)
{
    const char *text = bw_import_text(import, row, BW_SIGN_UP_SESSION, BW_TITLE_CHARS);
    if (text == NULL) {
        return false;
    }
    bool several = false;
    const char *alias = bw_import_alias_find(import, BW_LEARNED_CIRCLE, text);
    const struct bw_session *named =
        bw_session_names_find(names, alias != NULL ? alias : text, s->time_ms, &several);
    s->session_no = session_no != 0 ? session_no : named != NULL ? named->session_no : 0;
    if (named == NULL) {
        return session_no != 0 || reject_unknown(words, import, row->line, text, several);
    }
    if (session_no != 0 && words->check != NULL) {
        bw_import_circle_note(words->check, session_no, named->session_no);
    }
    if (named->session_no != s->session_no) {
        bw_import_reject(import, row->line, BW_REJECT_INVALID,
            "Leerkring \"%.80s\" is another session (%s)", text, named->title);
        return false;
    }
    return true;
}

/* ---- questions ---- */

/* The circles to come: who signs up late for one that was is told of --session. */
static void
choices_add(
    const struct bw_session_names *names, int64_t now_ms, struct bw_import_question *q)
{
    for (size_t i = 0; i < names->count && q->count < BW_IMPORT_CHOICES_MAX; i++) {
        const struct bw_session *session = &names->sessions[i];
        if (session->ends_ms > now_ms) {
            bw_text_copy(q->choices[q->count].value, BW_TITLE_BYTES, session->code);
            bw_text_copy(q->choices[q->count++].shown, BW_TITLE_BYTES, session->title);
        }
    }
}

enum bw_status
bw_import_circle_ask(const struct bw_import_circle_words *words,
    const struct bw_import *import, const struct bw_session_names *names,
    struct bw_error *err)
{
    struct bw_import_questions *questions = import->request->ret_questions;
    if (questions == NULL || words->count == 0) {
        return BW_OK;
    }
    questions->count = 0;
    for (int i = 0; i < words->count; i++) {
        struct bw_import_question *q = &questions->items[questions->count++];
        *q = (struct bw_import_question){.ask = BW_IMPORT_ASK_CIRCLE, .best = -1};
        bw_text_copy(q->about, sizeof q->about, words->unknown[i]);
        bw_text_copy(q->shown, sizeof q->shown, words->unknown[i]);
        choices_add(names, bw_office_now_ms(import->office), q);
    }
    return bw_error_set(err, BW_REFUSED, 0,
        "importing %s: Leerkring \"%.80s\" names no session; nothing was changed. Say "
        "which it is with --alias \"%.80s=CODE\", or =- for none",
        import->request->path, words->unknown[0], words->unknown[0]);
}
