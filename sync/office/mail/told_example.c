/* Somebody to show words of mails with: see told_example.h. */
#include "office/mail/told_example.h"

#include "central/base/array.h"
#include "central/records.h"
#include "office/mail/told_list.h"

#include <stdlib.h>

enum { EARLIER_MS = 30 * 60 * 1000 };

struct example {
    enum bw_letter_words_kind kind;
    struct bw_told_list list;
    bool no_memory;
};

static const char *
keep(struct example *example, const char *text)
{
    const char *kept = bw_arena_text(&example->list.texts, text);
    example->no_memory = example->no_memory || kept == NULL;
    return kept != NULL ? kept : "";
}

/* What it would be about: a place that is theirs, or that they wait. */
static enum bw_registration_status
status_of(enum bw_letter_words_kind kind)
{
    switch (kind) {
    case BW_LETTER_WORDS_WAITING:
    case BW_LETTER_WORDS_MOVED_WAITING:
        return BW_WAITLISTED;
    case BW_LETTER_WORDS_CANCELLED:
    case BW_LETTER_WORDS_CALLED_OFF:
        return BW_CANCELLED;
    case BW_LETTER_WORDS_TICKET:
    case BW_LETTER_WORDS_PLACE:
    case BW_LETTER_WORDS_MOVED:
    case BW_LETTER_WORDS_MOVED_SAME:
    case BW_LETTER_WORDS_RENEWED:
    case BW_LETTER_WORDS_CERTIFICATE:
    case BW_LETTER_WORDS_KINDS:
        break;
    }
    return BW_CONFIRMED;
}

/* As though they had been told of half an hour earlier, where that is the news. */
static void
was_make(enum bw_letter_words_kind kind, struct bw_told_due *due)
{
    enum bw_told_kind told = due->kind;
    if (told == BW_TOLD_TICKET || told == BW_TOLD_WAITING ||
        told == BW_TOLD_CERTIFICATE) {
        return;
    }
    due->was = due->now;
    due->was.status = told == BW_TOLD_PLACE              ? BW_WAITLISTED
                      : due->now.status == BW_WAITLISTED ? BW_WAITLISTED
                                                         : BW_CONFIRMED;
    due->was.starts_ms -= told == BW_TOLD_MOVED ? EARLIER_MS : 0;
    due->was.generation -= kind == BW_LETTER_WORDS_MOVED ? 1 : 0;
}

static bool
on_row(const struct bw_sql_value *c, int count, void *context)
{
    struct example *example = context;
    struct bw_registration r;
    struct bw_session *session = malloc(sizeof *session);
    struct bw_session **slot =
        session != NULL
            ? bw_array_more(&example->list.sessions, &example->list.sessions_count,
                  &example->list.sessions_capacity, sizeof(struct bw_session *))
            : NULL;
    (void)count;
    example->no_memory = slot == NULL;
    if (slot == NULL) {
        free(session);
        return false;
    }
    bw_session_of_row(c, session);
    *slot = session;
    bw_registration_of_row(c + BW_SESSION_COLUMNS_COUNT, &r);
    const char *mail = c[BW_SESSION_COLUMNS_COUNT + BW_REGISTRATION_COLUMNS_COUNT].text;
    struct bw_told_due due = {.kind = bw_letter_words_told(example->kind),
        .code = r.code,
        .first_name = keep(example, r.person.first_name),
        .name = keep(example, r.person.name),
        .school = keep(example, r.person.school),
        .table = keep(example, r.person.table),
        .text = "",
        .message_id = "",
        .session = session,
        .called_off = example->kind == BW_LETTER_WORDS_CALLED_OFF,
        .position = status_of(example->kind) == BW_WAITLISTED ? 1 : 0,
        .now = {.status = status_of(example->kind),
            .generation = r.generation,
            .session_no = session->session_no,
            .starts_ms = session->starts_ms,
            .ends_ms = session->ends_ms,
            .title = session->title,
            .timezone = session->timezone,
            .venue = session->venue,
            .address = session->address,
            .mail = keep(example, mail)},
        .entry.uid = "",
        .on_its_way.uid = ""};
    was_make(example->kind, &due);
    if (!example->no_memory && !bw_told_list_add(&example->list, &due)) {
        example->no_memory = true;
    }
    return false;
}

enum bw_status
bw_told_example(const struct bw_office *office, enum bw_letter_words_kind kind,
    struct bw_told_list *ret_list, struct bw_error *err)
{
    struct example example = {.kind = kind};
    struct bw_sql_value values[] = {bw_sql_int(bw_office_now_ms(office)),
        bw_sql_int(status_of(kind) == BW_WAITLISTED ? BW_WAITLISTED : BW_CONFIRMED)};
    enum bw_status status = bw_central_run(office->central,
        "SELECT " BW_SESSION_COLUMNS ", " BW_REGISTRATION_COLUMNS
        ", p.mail FROM " BW_SESSION_TABLES
        " JOIN registration r ON r.session_no = s.session_no"
        " JOIN person p ON p.person_no = r.person_no"
        " WHERE p.identity IS NOT NULL AND r.doubt = 0 AND r.status IN (0, 1)"
        " ORDER BY CASE WHEN r.status = $2 THEN 0 ELSE 1 END,"
        " CASE WHEN s.ends_ms > $1 THEN s.starts_ms ELSE 9000000000000000 - s.starts_ms"
        " END, r.signed_up_ms, r.line, r.code LIMIT 1",
        values, 2, on_row, &example, err);
    if (status == BW_OK && example.no_memory) {
        status = bw_error_set(err, BW_NO_MEMORY, 0, "showing a mail: no memory");
    }
    if (status != BW_OK) {
        bw_told_list_finish(&example.list);
        return status;
    }
    *ret_list = example.list;
    return BW_OK;
}
