/* Who is to hear of their certificate (TM4): see told_list.h. */
#include "office/mail/told_list.h"

#include "central/base/array.h"
#include "office/mail/told_reach.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct certificates_due {
    const struct bw_session *session;
    struct bw_told_list found; /* everybody who was there; its texts stay empty */
    struct bw_told_list *list; /* whose texts all have, and who goes apart */
    bool *told; /* of each of them, once it was read: the last one says the same */
    bool no_memory;
};

static const char *
keep(struct certificates_due *due, const char *text)
{
    const char *kept = bw_arena_text(&due->list->texts, text);
    due->no_memory = due->no_memory || kept == NULL;
    return kept != NULL ? kept : "";
}

static bool
apart_add(struct bw_told_list *list, const struct bw_told_due *due)
{
    struct bw_told_due *slot = bw_array_more(
        &list->apart, &list->apart_count, &list->apart_capacity, sizeof *slot);
    if (slot != NULL) {
        *slot = *due;
    }
    return slot != NULL;
}

static bool
on_attendee(const struct bw_office_attendee *attendee, void *context)
{
    struct certificates_due *due = context;
    const struct bw_session *session = due->session;
    struct bw_told_due one = {.kind = BW_TOLD_CERTIFICATE,
        .code = attendee->code,
        .first_name = keep(due, attendee->first_name),
        .name = keep(due, attendee->name),
        .school = keep(due, attendee->school),
        .table = "",
        .text = "",
        .message_id = "",
        .session = session,
        .now = {.status = BW_CONFIRMED,
            .session_no = session->session_no,
            .starts_ms = session->starts_ms,
            .ends_ms = session->ends_ms,
            .title = session->title,
            .timezone = session->timezone,
            .venue = session->venue,
            .address = session->address,
            .mail = keep(due, attendee->mail)},
        .entry.uid = "",
        .on_its_way.uid = ""};
    bool apart = attendee->came != BW_OFFICE_CAME_SIGNED_UP;
    one.hindrance =
        attendee->came == BW_OFFICE_CAME_INSTEAD ? BW_TOLD_INSTEAD : BW_TOLD_WALKED_IN;
    if (!due->no_memory &&
        !(apart ? apart_add(due->list, &one) : bw_told_list_add(&due->found, &one))) {
        due->no_memory = true;
    }
    return !due->no_memory;
}

/* Rows come in the order they were told: the last one counts. */
static bool
on_told(const struct bw_sql_value *c, int count, void *context)
{
    struct certificates_due *due = context;
    (void)count;
    for (size_t i = 0; i < due->found.count; i++) {
        struct bw_told_due *one = &due->found.due[i];
        bool same = strcasecmp(c[1].text, one->now.mail) == 0 &&
                    strcmp(c[2].text, one->first_name) == 0 &&
                    strcmp(c[3].text, one->name) == 0 &&
                    strcmp(c[4].text, one->now.title) == 0 &&
                    c[5].number == one->now.starts_ms && c[6].number == one->now.ends_ms;
        if (one->code != (bw_code)c[0].number) {
            continue;
        }
        bool on_its_way = same && c[7].number != 0; /* TM3 */
        one->written = on_its_way && c[9].number != BW_TOLD_BY_SMTP;
        one->unsure = on_its_way && !one->written;
        one->message_id = one->unsure ? keep(due, c[8].text) : "";
        due->told[i] = same && c[7].number == 0;
    }
    return !due->no_memory;
}

static enum bw_status
read_told(
    const struct bw_office *office, struct certificates_due *due, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(due->session->session_no), bw_sql_int(BW_TOLD_CERTIFICATE)};
    due->told = calloc(due->found.count + 1, sizeof *due->told);
    due->no_memory = due->no_memory || due->told == NULL;
    return due->no_memory ? BW_OK
                          : bw_central_run(office->central,
                                "SELECT code, mail, first_name, name, title, starts_ms,"
                                " ends_ms, on_its_way, message_id, way FROM told"
                                " WHERE session_no = $1 AND kind = $2 ORDER BY told_no",
                                values, 2, on_told, due, err);
}

static enum bw_status
add_one(const struct bw_office *office, struct bw_told_due *one,
    struct certificates_due *due, struct bw_error *err)
{
    struct bw_told_reached reached = {.came_back = false};
    enum bw_status status = bw_told_reach_read(office->central, one->code, &reached, err);
    if (status != BW_OK && status != BW_NOT_FOUND) {
        return status;
    }
    one->came_back = reached.came_back;
    one->wants_none = reached.wants_none;
    due->no_memory = !bw_told_list_add(due->list, one);
    return BW_OK;
}

enum bw_status
bw_told_certificates_add(const struct bw_office *office, const struct bw_session *session,
    struct bw_told_list *list, struct bw_error *err)
{
    struct certificates_due due = {.session = session, .list = list};
    enum bw_status status = office->attendees(
        office->central, session->code, bw_office_now_ms(office), on_attendee, &due, err);
    if (status == BW_OK) {
        status = read_told(office, &due, err);
    }
    for (size_t i = 0; status == BW_OK && !due.no_memory && i < due.found.count; i++) {
        if (!due.told[i]) {
            status = add_one(office, &due.found.due[i], &due, err);
        }
    }
    free(due.told);
    free(due.found.due);
    return status == BW_OK && due.no_memory
               ? bw_error_set(err, BW_NO_MEMORY, 0,
                     "reading who is to be told: no memory; close other programs")
               : status;
}
