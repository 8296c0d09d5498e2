/* One session's numbers and rows: see report.h. */
#include "central/base/array.h"
#include "report/figures/report.h"

#include <brugwachter/text.h>
#include <brugwachter/zone.h>
#include <stdlib.h>
#include <string.h>

/* As writers name it: rp.how.name of the wording. */
static const char *
basis_name(enum bw_basis basis)
{
    switch (basis) {
    case BW_BASIS_NONE:
        return "";
    case BW_BASIS_TICKET:
        return "ticket";
    case BW_BASIS_CODE:
        return "code";
    case BW_BASIS_NAME:
        return "name";
    case BW_BASIS_WAITLIST:
        return "waitlist";
    case BW_BASIS_GUEST:
        return "guest";
    case BW_BASIS_WALK_IN:
        return "walk_in";
    case BW_BASIS_SUBSTITUTE:
        return "substitute";
    case BW_BASIS_PAPER:
        return "paper";
    }
    return "";
}

/* When, where and how somebody came. */
static void
arrival_take(const struct bw_report_session *session, const struct bw_zone *zone,
    const struct bw_attendance *attendance, struct bw_report_row *row)
{
    row->attended = attendance->attended;
    if (!attendance->attended) {
        return;
    }
    row->since_ms = attendance->since_ms;
    const struct bw_book_kiosk *kiosk =
        bw_book_kiosk_of(session->book, attendance->first.device);
    row->kiosk = kiosk ? kiosk->name : "";
    row->how = basis_name(attendance->basis);
    const struct bw_book_event *first =
        bw_book_event_of(session->book, attendance->first);
    bool given = first && first->event.flags & BW_EVENT_CLOCK_INJECTED;
    if (!attendance->since_suspect || given) {
        struct bw_civil at;
        bw_zone_to_civil(zone, attendance->since_ms, &at);
        (void)snprintf(row->arrived, sizeof row->arrived, "%02u.%02u",
            (unsigned)at.hour % 100u, (unsigned)at.minute % 100u);
    }
    const struct bw_event_details *details =
        attendance->substitute ? bw_book_details_of(session->book, attendance->first)
                               : NULL;
    if (details) {
        (void)snprintf(row->substitute, sizeof row->substitute, "%s %s",
            details->person.first_name, details->person.name);
    }
}

static struct bw_report_row *
row_add(struct bw_report_session *session)
{
    struct bw_report_row *row = bw_array_more(
        &session->rows, &session->rows_count, &session->rows_capacity, sizeof *row);
    if (row) {
        row->code = BW_CODE_NONE;
        row->first_name = row->name = row->school = row->region = "";
        row->mail = row->status = row->how = row->kiosk = "";
    }
    return row;
}

static void
person_take(const struct bw_book_person *person, struct bw_report_row *row)
{
    const struct bw_registration *registration = &person->registration;
    row->code = registration->code;
    row->first_name = registration->person.first_name;
    row->name = registration->person.name;
    row->school = registration->person.school;
    row->region = registration->person.region;
    row->mail = person->mail;
    row->person_no = person->person_no;
    row->status = bw_registration_status_name(registration->status);
}

/* Rows of one place: of each who was on it, one after another. */
struct place_rows {
    struct bw_report_session *session;
    const struct bw_zone *zone;
    const struct bw_book_person *person;
    bool fine;
};

static void
on_stay(const struct bw_attendance *stay, void *context)
{
    struct place_rows *place = context;
    struct bw_report_row *row = row_add(place->session);
    place->fine = place->fine && row != NULL;
    if (row) {
        person_take(place->person, row);
        arrival_take(place->session, place->zone, stay, row);
    }
}

static bool
rows_of_people(struct bw_report_session *session, const struct bw_zone *zone)
{
    const struct bw_book *book = session->book;
    bool fine = true;
    for (size_t i = 0; fine && i < book->people_count; i++) {
        const struct bw_book_person *person = &book->people[i];
        const struct bw_attendance *attendance =
            bw_presence_of_code(book->presence, person->registration.code);
        if (attendance && attendance->attended) {
            struct place_rows place = {session, zone, person, true};
            bw_presence_stays(book->presence, attendance->subject, on_stay, &place);
            fine = place.fine;
        } else {
            struct bw_report_row *row = row_add(session);
            fine = row != NULL;
            if (row) {
                person_take(person, row);
            }
        }
    }
    return fine;
}

static bool
is_own(const struct bw_book *book, bw_code code)
{
    const struct bw_book_person *person = bw_book_person_of(book, code);
    return person && person->registration.session_no == book->session.session_no;
}

/* Everybody who came and isn't registered here: guests, walk-ins, unknown codes. */
static bool
rows_of_others(struct bw_report_session *session, const struct bw_zone *zone)
{
    const struct bw_book *book = session->book;
    for (size_t i = 0; i < bw_presence_size(book->presence); i++) {
        const struct bw_attendance *attendance = bw_presence_at(book->presence, i);
        bw_code code = attendance->subject.code;
        if (!attendance->attended || (code != BW_CODE_NONE && is_own(book, code))) {
            continue;
        }
        struct bw_report_row *row = row_add(session);
        if (!row) {
            return false;
        }
        const struct bw_book_person *person =
            code == BW_CODE_NONE ? NULL : bw_book_person_of(book, code);
        const struct bw_event_details *details =
            bw_book_details_of(book, attendance->first);
        if (person) {
            person_take(person, row);
        } else if (details) {
            row->first_name = details->person.first_name;
            row->name = details->person.name;
            row->school = details->person.school;
            row->region = details->person.region;
        }
        row->code = code == BW_CODE_NONE
                        ? bw_book_code_of(book, attendance->subject.walk_in)
                        : code;
        row->status = code == BW_CODE_NONE ? "walk_in"
                      : attendance->guest  ? "guest"
                                           : "unknown";
        arrival_take(session, zone, attendance, row);
    }
    return true;
}

static int
by_name(const void *left, const void *right)
{
    const struct bw_report_row *a = left, *b = right;
    char one[2 * BW_NAME_BYTES], two[2 * BW_NAME_BYTES];
    bw_text_fold(a->name, false, one, sizeof one);
    bw_text_fold(b->name, false, two, sizeof two);
    int order = strcmp(one, two);
    if (order == 0) {
        bw_text_fold(a->first_name, false, one, sizeof one);
        bw_text_fold(b->first_name, false, two, sizeof two);
        order = strcmp(one, two);
    }
    return order ? order : (a->code > b->code) - (a->code < b->code);
}

/* Counts rest on the events and statuses alone, so they hold after a purge. */
static void
numbers_take(struct bw_report_session *session)
{
    const struct bw_book *book = session->book;
    session->purged = book->purged;
    session->registered = book->registered;
    session->confirmed = book->confirmed;
    session->waitlisted = book->waitlisted;
    session->present = bw_book_present(book);
    for (size_t i = 0; i < bw_presence_size(book->presence); i++) {
        const struct bw_attendance *attendance = bw_presence_at(book->presence, i);
        if (!attendance->attended) {
            continue;
        }
        if (attendance->subject.code == BW_CODE_NONE) {
            session->walk_ins++;
            continue;
        }
        if (attendance->guest) {
            session->guests++;
            continue;
        }
        const struct bw_book_person *person =
            bw_book_person_of(book, attendance->subject.code);
        bool waited = attendance->basis == BW_BASIS_WAITLIST ||
                      (person && person->registration.status == BW_WAITLISTED);
        bool confirmed = person ? person->registration.status == BW_CONFIRMED
                                : book->purged && !waited;
        session->from_waitlist += waited;
        session->came += confirmed && !waited ? attendance->stays : 0;
        session->confirmed_came += confirmed;
    }
    session->other = session->present - session->came - session->from_waitlist -
                     session->guests - session->walk_ins;
    session->no_show = session->confirmed > session->confirmed_came
                           ? session->confirmed - session->confirmed_came
                           : 0;
    session->kiosks = bw_book_kiosks_counted(book);
    session->kiosks_complete = bw_book_kiosks_complete(book);
    /* where no kiosk is known, nothing says that nobody came */
    session->complete =
        session->kiosks > 0 && session->kiosks_complete == session->kiosks;
}

static void
arrivals_take(struct bw_report_session *session)
{
    const int64_t bin_ms = BW_ARRIVALS_MINUTES * INT64_C(60000);
    const struct bw_session *facts = &session->book->session;
    struct bw_report_arrivals *arrivals = &session->arrivals;
    int64_t from_ms = facts->starts_ms - BW_ARRIVALS_START * bin_ms;
    for (size_t i = 0; i < session->rows_count; i++) {
        const struct bw_report_row *row = &session->rows[i];
        bool known = row->arrived[0] != '\0';
        int64_t since_ms = row->since_ms - from_ms;
        int *bin = !row->attended                          ? NULL
                   : !known                                ? &arrivals->unknown
                   : since_ms < 0                          ? &arrivals->before
                   : since_ms / bin_ms >= BW_ARRIVALS_BINS ? &arrivals->after
                                                           : NULL;
        if (row->attended) {
            *(bin ? bin : &arrivals->bins[since_ms / bin_ms]) += 1;
            arrivals->early += known && row->since_ms < bw_when_doors_ms(facts);
        }
    }
}

enum bw_status
bw_report_session_fill(struct bw_report_session *session, struct bw_error *err)
{
    const struct bw_zone *zone = session->book->zone;
    numbers_take(session);
    bool fine = rows_of_people(session, zone) && rows_of_others(session, zone);
    if (!fine) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "making the report: out of memory; close other programs");
    }
    arrivals_take(session);
    if (session->rows_count > 1) {
        qsort(session->rows, session->rows_count, sizeof *session->rows, by_name);
    }
    return BW_OK;
}
