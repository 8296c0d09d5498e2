/* One session as the central database knows it: see book.h. */
#include "report/book/book.h"
#include "report/book/book_elsewhere.h"
#include "report/book/book_index.h"
#include "report/book/book_kiosks.h"
#include "report/book/book_rulings.h"

#include "central/records.h"
#include "central/base/array.h"

#include <brugwachter/zone.h>

#include <stdlib.h>
#include <string.h>

enum { KIOSK_COLUMN_NAME = 1, KIOSK_COLUMN_ENROLLED, KIOSK_COLUMN_STATE };
enum { STATE_REVOKED = 2, STATE_OFFICE }; /* of schema_letters.sql.c */

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0,
        "reading a session's events: out of memory; close other programs");
}

static bool
person_take(struct bw_book_person **people, size_t *count, size_t *capacity,
    const struct bw_sql_value *columns)
{
    struct bw_book_person *person =
        bw_array_more(people, count, capacity, sizeof **people);
    if (!person) {
        return false;
    }
    const struct bw_sql_value *more = columns + BW_REGISTRATION_COLUMNS_COUNT;
    bw_registration_of_row(columns, &person->registration);
    person->person_no = more[0].number;
    bw_text_copy(person->mail, sizeof person->mail, more[1].text);
    return true;
}

static bool
on_person(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_book *book = context;
    book->full =
        !person_take(&book->people, &book->people_count, &book->people_capacity, columns);
    return !book->full;
}

static bool
on_stranger(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_book *book = context;
    book->full = !person_take(
        &book->strangers, &book->strangers_count, &book->strangers_capacity, columns);
    return !book->full;
}

static bool
on_event(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_book *book = context;
    struct bw_event event;
    /* rows were checked when they came; one that no longer reads shows as
     * a broken chain */
    if (bw_event_decode(columns[0].blob, columns[0].bytes, &event, NULL) != BW_OK) {
        return true;
    }
    struct bw_book_event *place = bw_array_more(
        &book->events, &book->events_count, &book->events_capacity, sizeof *place);
    if (!place) {
        book->full = true;
        return false;
    }
    place->event = event;
    place->received_ms = columns[2].number;
    if (columns[1].type == BW_SQL_BLOB && columns[1].bytes > 0) {
        struct bw_event_details *details = malloc(sizeof *details);
        if (!details) {
            book->full = true;
            return false;
        }
        if (bw_details_decode(columns[1].blob, columns[1].bytes, details, NULL) ==
            BW_OK) {
            place->details = details;
        } else {
            free(details);
        }
    }
    return true;
}

static bool
on_kiosk(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_book *book = context;
    struct bw_book_kiosk *kiosk = bw_array_more(
        &book->kiosks, &book->kiosks_count, &book->kiosks_capacity, sizeof *kiosk);
    if (!kiosk) {
        book->full = true;
        return false;
    }
    kiosk->chain.device = (uint32_t)columns[0].number;
    bw_text_copy(kiosk->name, sizeof kiosk->name, columns[KIOSK_COLUMN_NAME].text);
    kiosk->enrolled = columns[KIOSK_COLUMN_ENROLLED].number != 0;
    kiosk->revoked = columns[KIOSK_COLUMN_STATE].number == STATE_REVOKED;
    kiosk->paper = columns[KIOSK_COLUMN_STATE].number == STATE_OFFICE;
    return true;
}

static bool
on_code(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_book *book = context;
    struct bw_book_code *code = bw_array_more(
        &book->codes, &book->codes_count, &book->codes_capacity, sizeof *code);
    if (!code) {
        book->full = true;
        return false;
    }
    code->event.device = (uint32_t)columns[0].number;
    code->event.seq = (uint64_t)columns[1].number;
    code->code = (bw_code)columns[2].number;
    return true;
}

static bool
on_series(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_book *book = context;
    bw_text_copy(book->series_title, sizeof book->series_title, columns[0].text);
    return false;
}

static bool
on_purged(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_book *book = context;
    book->purged = true;
    book->registered = (int)columns[0].number;
    book->confirmed = (int)columns[1].number;
    book->waitlisted = (int)columns[2].number;
    return false;
}

static int
compare_codes(const void *a, const void *b)
{
    bw_code x = *(const bw_code *)a, y = *(const bw_code *)b;
    return (x > y) - (x < y);
}

/* Is there an event of a code that is nobody's here? True too without memory. */
static bool
has_strangers(const struct bw_book *book)
{
    size_t count = book->people_count;
    bw_code *codes = malloc((count + 1) * sizeof *codes);
    bool found = codes == NULL;
    for (size_t i = 0; codes != NULL && i < count; i++) {
        codes[i] = book->people[i].registration.code;
    }
    if (codes != NULL) {
        qsort(codes, count, sizeof *codes, compare_codes);
    }
    for (size_t i = 0; !found && i < book->events_count; i++) {
        const bw_code *code = &book->events[i].event.code;
        found = *code != BW_CODE_NONE &&
                bsearch(code, codes, count, sizeof *codes, compare_codes) == NULL;
    }
    free(codes);
    return found;
}

/* In this order. */
static const struct {
    const char *sql; /* $1 is the session's number */
    bw_sql_row *row;
    bool (*is_wanted)(const struct bw_book *book); /* NULL: always */
} readings[] = {
    {"SELECT title FROM series WHERE code ="
     " (SELECT series FROM session WHERE session_no = $1)",
        on_series, NULL},
    {"SELECT " BW_REGISTRATION_COLUMNS ", r.person_no, p.mail"
     " FROM registration r JOIN person p ON p.person_no = r.person_no"
     " WHERE r.session_no = $1 ORDER BY " BW_SIGN_UP_ORDER,
        on_person, NULL},
    {"SELECT e.bytes, d.bytes, e.received_ms FROM event e LEFT JOIN event_details d"
     " ON d.session_no = e.session_no AND d.device = e.device AND d.seq = e.seq"
     " AND d.hash = e.hash"
     " WHERE e.session_no = $1 AND e.received_ms <=" /* B4 */
     " (SELECT CASE closed_ms WHEN 0 THEN 9223372036854775807 ELSE closed_ms END"
     " FROM session WHERE session_no = $1)"
     " ORDER BY e.hlc, e.device, e.seq, e.hash",
        on_event, NULL},
    {"SELECT " BW_REGISTRATION_COLUMNS ", r.person_no, p.mail"
     " FROM registration r JOIN person p ON p.person_no = r.person_no"
     " WHERE r.session_no <> $1 AND r.code IN"
     " (SELECT code FROM event WHERE session_no = $1 AND code IS NOT NULL)"
     " ORDER BY r.code",
        on_stranger, has_strangers},
    {"SELECT d.device, d.name, 1, d.state FROM device_session x"
     " JOIN device d ON d.device = x.device WHERE x.session_no = $1"
     " AND NOT " BW_RECORD_SHEET_ENDED /* nothing ever comes of it */
     " UNION SELECT d.device, d.name, 0, d.state FROM device d"
     " WHERE d.device IN (SELECT device FROM event WHERE session_no = $1)"
     " AND NOT EXISTS (SELECT 1 FROM device_session x"
     " WHERE x.session_no = $1 AND x.device = d.device) ORDER BY 1",
        on_kiosk, NULL},
    {"SELECT device, seq, code FROM walk_in WHERE session_no = $1"
     " ORDER BY device, seq, hash",
        on_code, NULL},
    {"SELECT registered, confirmed, waitlisted FROM purged_session WHERE session_no = $1",
        on_purged, NULL},
};

static enum bw_status
zone_take(struct bw_book *book, const struct bw_book_chains *chains, struct bw_error *err)
{
    const char *timezone = book->session.timezone;
    book->zone_is_shared =
        chains != NULL && chains->zone != NULL && strcmp(chains->timezone, timezone) == 0;
    if (book->zone_is_shared) {
        book->zone = chains->zone;
        return BW_OK;
    }
    return bw_zone_open(timezone, &book->zone, err);
}

static enum bw_status
presence_fold(
    struct bw_book *book, const struct bw_book_chains *chains, struct bw_error *err)
{
    enum bw_status status = zone_take(book, chains, err);
    if (status == BW_OK) {
        status = bw_presence_create(book->session.session_no, &book->presence, err);
    }
    if (status != BW_OK) {
        return status;
    }
    int64_t day_start_ms = bw_zone_day_start(book->zone, book->session.starts_ms);
    bw_presence_hold(book->presence);
    for (size_t i = 0; status == BW_OK && i < book->events_count; i++) {
        struct bw_book_event *event = &book->events[i];
        event->before_day = bw_presence_is_before_day(&event->event, day_start_ms);
        if (!event->before_day) {
            status = bw_presence_add(book->presence, &event->event, err);
        }
    }
    return status == BW_OK ? bw_presence_settle(book->presence, err) : status;
}

static void
people_count(struct bw_book *book)
{
    for (size_t i = 0; i < book->people_count; i++) {
        switch (book->people[i].registration.status) {
        case BW_CONFIRMED:
            book->confirmed++;
            book->registered++;
            break;
        case BW_WAITLISTED:
            book->waitlisted++;
            book->registered++;
            break;
        case BW_CANCELLED:
        case BW_BLOCKED:
            break;
        }
    }
}

static enum bw_status
book_read(struct bw_central *central, uint32_t session_no, struct bw_book_chains *chains,
    struct bw_book *book, struct bw_error *err)
{
    enum bw_status status =
        bw_record_session_by_number(central, session_no, &book->session, err);
    struct bw_sql_value parameters[] = {bw_sql_int(session_no)};
    size_t readings_count = sizeof readings / sizeof readings[0];
    for (size_t i = 0; status == BW_OK && i < readings_count; i++) {
        if (readings[i].is_wanted != NULL && !readings[i].is_wanted(book)) {
            continue;
        }
        status = bw_central_run(
            central, readings[i].sql, parameters, 1, readings[i].row, book, err);
        if (status == BW_OK && book->full) {
            status = no_memory(err);
        }
    }
    if (status == BW_OK) {
        status = bw_book_rulings_take(central, book, err);
    }
    if (status == BW_OK && book->full) {
        status = no_memory(err);
    }
    return status == BW_OK ? bw_book_kiosks_read(central, book, chains, err) : status;
}

enum bw_status
bw_book_open(struct bw_central *central, uint32_t session_no,
    struct bw_book_chains *chains, struct bw_book **ret_book, struct bw_error *err)
{
    struct bw_book *book = calloc(1, sizeof *book);
    if (!book) {
        return no_memory(err);
    }
    enum bw_status status = bw_central_read_begin(central, err);
    if (status == BW_OK) {
        status = book_read(central, session_no, chains, book, err);
        if (status == BW_OK) {
            status = bw_book_elsewhere_read(central, book, err);
        }
        bw_central_read_end(central);
    }
    if (status == BW_OK) {
        status = bw_book_index_make(book, &book->index) ? presence_fold(book, chains, err)
                                                        : no_memory(err);
    }
    if (status != BW_OK) {
        bw_book_close(book);
        return status;
    }
    if (!book->purged) {
        people_count(book);
    }
    *ret_book = book;
    return BW_OK;
}

int
bw_book_present(const struct bw_book *book)
{
    int present = 0;
    for (size_t i = 0; i < bw_presence_size(book->presence); i++) {
        const struct bw_attendance *attendance = bw_presence_at(book->presence, i);
        present += attendance->attended ? attendance->stays : 0;
    }
    return present;
}

void
bw_book_close(struct bw_book *book)
{
    if (!book) {
        return;
    }
    for (size_t i = 0; i < book->events_count; i++) {
        free(book->events[i].details);
    }
    bw_presence_destroy(book->presence);
    if (!book->zone_is_shared) {
        bw_zone_close(book->zone);
    }
    bw_book_index_close(book->index);
    free(book->people);
    free(book->strangers);
    free(book->events);
    free(book->kiosks);
    free(book->codes);
    free(book->elsewhere);
    for (size_t i = 0; i < book->answers_count; i++) {
        free(book->answers[i].why);
    }
    free(book->answers);
    free(book);
}

const struct bw_event_details *
bw_book_details_of(const struct bw_book *book, struct bw_event_id arrival)
{
    const struct bw_book_event *found = bw_book_event_of(book, arrival);
    if (!found) {
        return NULL;
    }
    /* an override's details may hold a reason alone;
     * the person's then stand in `waiting` */
    if (found->details &&
        (found->details->person.first_name[0] || found->details->person.name[0])) {
        return found->details;
    }
    for (int i = 0; i < found->event.refs_count; i++) {
        const struct bw_book_event *before = bw_book_event_of(book, found->event.refs[i]);
        if (before && before->event.kind == BW_EVENT_WAITING && before->details) {
            return before->details;
        }
    }
    return NULL;
}
