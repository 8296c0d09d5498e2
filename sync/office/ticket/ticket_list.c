/* Who has a ticket to carry: see ticket_list.h. */
#include "office/ticket/ticket_list.h"

#include "central/base/array.h"
#include "central/records.h"

#include <brugwachter/text.h>
#include <brugwachter/ticket.h>
#include <stdlib.h>
#include <string.h>

enum { FOLD_BYTES = 3 * BW_NAME_BYTES, TEXT_CHARS = BW_TICKET_TEXT_BYTES - 1 };

static const char ticket_mark[] = "BW1:";

struct list_reading {
    struct bw_ticket_list *list;
    bool no_memory;
};

static const char *
kept(struct list_reading *reading, const char *text)
{
    const char *copy = bw_arena_text(&reading->list->texts, text);
    reading->no_memory = reading->no_memory || copy == NULL;
    return copy;
}

static void
person_add(struct list_reading *reading, const struct bw_registration *r,
    const char *mail, const char *text)
{
    struct bw_ticket_list *list = reading->list;
    struct bw_ticket_list_person *person =
        bw_array_more(&list->people, &list->count, &list->capacity, sizeof *person);
    if (person == NULL) {
        reading->no_memory = true;
        return;
    }
    *person = (struct bw_ticket_list_person){.code = r->code,
        .status = r->status,
        .generation = r->generation,
        .is_new = true,
        .first_name = kept(reading, r->person.first_name),
        .name = kept(reading, r->person.name),
        .school = kept(reading, r->person.school),
        .table = kept(reading, r->person.table),
        .mail = kept(reading, mail),
        .region = kept(reading, r->person.region),
        .text = kept(reading, text)};
}

static void
gone_add(struct list_reading *reading, bw_code code)
{
    struct bw_ticket_list *list = reading->list;
    bw_code *slot =
        bw_array_more(&list->gone, &list->gone_count, &list->gone_capacity, sizeof *slot);
    reading->no_memory = reading->no_memory || slot == NULL;
    if (slot != NULL) {
        *slot = code;
    }
}

static bool
on_row(const struct bw_sql_value *columns, int count, void *context)
{
    struct list_reading *reading = context;
    struct bw_registration r;
    (void)count;
    bw_registration_of_row(columns, &r);
    switch (r.status) {
    case BW_CONFIRMED:
    case BW_WAITLISTED:
        person_add(reading, &r, columns[BW_REGISTRATION_COLUMNS_COUNT].text,
            columns[BW_REGISTRATION_COLUMNS_COUNT + 1].text);
        break;
    case BW_CANCELLED:
    case BW_BLOCKED:
        gone_add(reading, r.code);
        break;
    }
    return !reading->no_memory;
}

/* Numbers who waits: the own region first, where the series says so. */
static void
positions_give(struct bw_ticket_list *list, const struct bw_session *session)
{
    char own[FOLD_BYTES], other[FOLD_BYTES];
    int64_t position = 0;
    int rounds = session->own_region_first ? 2 : 1;
    bw_text_fold(session->region, false, own, sizeof own);
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < list->count; i++) {
            struct bw_ticket_list_person *person = &list->people[i];
            bw_text_fold(person->region, false, other, sizeof other);
            bool turn = rounds == 1 || (strcmp(own, other) == 0) == (round == 0);
            if (person->status == BW_WAITLISTED && turn) {
                person->position = ++position;
            }
        }
    }
}

enum bw_status
bw_ticket_list_read(struct bw_central *central, const struct bw_session *session,
    struct bw_ticket_list *ret_list, struct bw_error *err)
{
    struct list_reading reading = {.list = ret_list};
    struct bw_sql_value value = bw_sql_int(session->session_no);
    enum bw_status status = bw_central_run(central,
        "SELECT " BW_REGISTRATION_COLUMNS
        ", p.mail, (SELECT t.text FROM ticket t WHERE t.code = r.code"
        " AND t.generation = r.generation ORDER BY t.signing_key DESC LIMIT 1)"
        " FROM registration r JOIN person p ON p.person_no = r.person_no"
        " WHERE r.session_no = $1 ORDER BY " BW_SIGN_UP_ORDER,
        &value, 1, on_row, &reading, err);
    if (status == BW_OK && reading.no_memory) {
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "writing the tickets of %s: no memory", session->code);
    }
    if (status == BW_OK) {
        positions_give(ret_list, session);
    }
    return status;
}

/* ---- who had theirs ---- */

static int
by_text(const void *one, const void *other)
{
    return strncmp(*(const char *const *)one, *(const char *const *)other, TEXT_CHARS);
}

enum bw_status
bw_ticket_list_compare(
    struct bw_ticket_list *list, const char *earlier, struct bw_error *err)
{
    const char **known = NULL, **slot;
    size_t count = 0, capacity = 0;
    for (const char *at = earlier; (at = strstr(at, ticket_mark)) != NULL; at++) {
        if (strnlen(at, TEXT_CHARS) < TEXT_CHARS) {
            break;
        }
        slot = bw_array_more(&known, &count, &capacity, sizeof(const char *));
        if (slot == NULL) {
            free((void *)known);
            return bw_error_set(
                err, BW_NO_MEMORY, 0, "reading the earlier tickets.csv: no memory");
        }
        *slot = at;
    }
    if (count > 0) {
        qsort((void *)known, count, sizeof(const char *), by_text);
        for (size_t i = 0; i < list->count; i++) {
            list->people[i].is_new = bsearch(&list->people[i].text, (const void *)known,
                                         count, sizeof(const char *), by_text) == NULL;
        }
    }
    free((void *)known);
    return BW_OK;
}

void
bw_ticket_list_finish(struct bw_ticket_list *list)
{
    if (list != NULL) {
        free(list->people);
        free(list->gone);
        bw_arena_finish(&list->texts);
        *list = (struct bw_ticket_list){.count = 0};
    }
}
