/* How a circle stands at its door: see status_door.h. */
#include "report/figures/status_door.h"

#include <stdio.h>
#include <string.h>

enum { MINUTE_MS = 60 * 1000, STEP_MS = BW_STATUS_CURVE_MINUTES * MINUTE_MS };

/* ---- the ledger ---- */

static bool
is_at_door(const struct bw_attendance *at)
{
    return !at->in && (at->waiting || at->seen);
}

static int64_t
expected_of(const struct bw_book *book)
{
    int64_t expected = 0;
    for (size_t i = 0; i < book->people_count; i++) {
        const struct bw_registration *r = &book->people[i].registration;
        const struct bw_attendance *a = bw_presence_of_code(book->presence, r->code);
        expected += r->status == BW_CONFIRMED && (a == NULL || (!a->in && !a->left));
    }
    return expected;
}

static int64_t
at_door_of(const struct bw_book *book)
{
    int64_t count = 0;
    for (size_t i = 0; i < bw_presence_size(book->presence); i++) {
        count += is_at_door(bw_presence_at(book->presence, i));
    }
    return count;
}

/* 0 for none, and for those of several. */
static uint32_t
home_of_guests(const struct bw_book *book)
{
    uint32_t home = 0;
    for (size_t i = 0; i < bw_presence_size(book->presence); i++) {
        const struct bw_attendance *at = bw_presence_at(book->presence, i);
        if (!at->in || !at->guest) {
            continue;
        }
        if (at->home_session_no == 0 || (home != 0 && home != at->home_session_no)) {
            return 0;
        }
        home = at->home_session_no;
    }
    return home;
}

/* ---- who is first ---- */

/* People are in order of sign-up. */
static const struct bw_person *
first_of_list(const struct bw_book *book, bool own_region)
{
    for (size_t i = 0; i < book->people_count; i++) {
        const struct bw_registration *r = &book->people[i].registration;
        const struct bw_attendance *a = bw_presence_of_code(book->presence, r->code);
        bool own = strcmp(r->person.region, book->session.region) == 0;
        if (r->status == BW_WAITLISTED && a != NULL && is_at_door(a) &&
            (own || !own_region)) {
            return &r->person;
        }
    }
    return NULL;
}

static bool
is_on_list(const struct bw_book *book, const struct bw_attendance *at)
{
    const struct bw_book_person *person = bw_book_person_of(book, at->subject.code);
    return person != NULL && person->registration.session_no == book->session.session_no;
}

/* Of guests and walk-ins. */
static const struct bw_person *
first_of_others(const struct bw_book *book)
{
    const struct bw_attendance *first = NULL;
    for (size_t i = 0; i < bw_presence_size(book->presence); i++) {
        const struct bw_attendance *at = bw_presence_at(book->presence, i);
        if (is_at_door(at) && !is_on_list(book, at) &&
            (first == NULL || at->waiting_hlc < first->waiting_hlc)) {
            first = at;
        }
    }
    const struct bw_book_person *guest =
        first != NULL ? bw_book_person_of(book, first->subject.code) : NULL;
    const struct bw_event_details *details =
        first != NULL ? bw_book_details_of(book, first->waiting_event) : NULL;
    return guest != NULL     ? &guest->registration.person
           : details != NULL ? &details->person
                             : NULL;
}

static void
name_first(const struct bw_book *book, struct bw_status_door *door)
{
    const struct bw_person *first =
        book->session.own_region_first ? first_of_list(book, true) : NULL;
    first = first != NULL ? first : first_of_list(book, false);
    first = first != NULL ? first : first_of_others(book);
    door->named =
        first != NULL && (first->first_name[0] != '\0' || first->name[0] != '\0');
    if (door->named) {
        (void)snprintf(
            door->first_name, sizeof door->first_name, "%s", first->first_name);
        (void)snprintf(door->name, sizeof door->name, "%s", first->name);
    }
}

void
bw_status_door_read(const struct bw_book *book, struct bw_status_door *ret_door)
{
    const struct bw_session *session = &book->session;
    struct bw_status_door door = {.inside = bw_presence_in(book->presence),
        .expected = expected_of(book),
        .at_door = at_door_of(book),
        .guests_of = home_of_guests(book),
        .release_ms = session->starts_ms + INT64_C(60000) * session->release_minutes,
        .released = bw_presence_is_released(book->presence)};
    int64_t room = session->capacity - door.inside - (door.released ? 0 : door.expected);
    door.free = room > 0 ? room : 0;
    name_first(book, &door);
    *ret_door = door;
}

/* ---- how it filled ---- */

static int64_t
column_of(const struct bw_status_curve *curve, int64_t wall_ms)
{
    int64_t at = (wall_ms - curve->from_ms) / STEP_MS;
    return at < 0 || wall_ms < curve->from_ms ? 0
           : at >= curve->count               ? curve->count - 1
                                              : at;
}

struct earliest {
    int64_t ms; /* 0: nobody came */
};

static void
on_first_stay(const struct bw_attendance *stay, void *context)
{
    struct earliest *earliest = context;
    if (stay->attended && (earliest->ms == 0 || stay->since_ms < earliest->ms)) {
        earliest->ms = stay->since_ms;
    }
}

static void
on_stay(const struct bw_attendance *stay, void *context)
{
    struct bw_status_curve *curve = context;
    int64_t now = curve->known > 0 ? curve->known - 1 : 0;
    if (!stay->attended) {
        return;
    }
    curve->inside[column_of(curve, stay->since_ms)]++;
    if (!stay->in) {
        curve->inside[stay->left_ms != 0 ? column_of(curve, stay->left_ms) : now]--;
    }
    curve->came++;
}

static void
each_stay(const struct bw_book *book, bw_presence_on_stay *on_one, void *context)
{
    for (size_t i = 0; i < bw_presence_size(book->presence); i++) {
        bw_presence_stays(
            book->presence, bw_presence_at(book->presence, i)->subject, on_one, context);
    }
}

/* From a whole ten minutes, which all zones' hours have; to twenty minutes past the
 * start, or a column past now. */
static void
span(const struct bw_book *book, int64_t first_ms, int64_t now_ms,
    struct bw_status_curve *curve)
{
    enum { TEN_MS = 10 * MINUTE_MS, AFTER_START_MS = 20 * MINUTE_MS };
    const struct bw_session *session = &book->session;
    int64_t doors_ms = session->starts_ms - INT64_C(60000) * session->doors_minutes;
    int64_t from_ms = first_ms > doors_ms ? first_ms : doors_ms;
    from_ms = from_ms < session->starts_ms ? from_ms : session->starts_ms;
    curve->from_ms = from_ms - from_ms % TEN_MS;
    int64_t to_ms = session->starts_ms + AFTER_START_MS;
    to_ms = now_ms > to_ms ? now_ms : to_ms;
    int64_t count = (to_ms - curve->from_ms + STEP_MS - 1) / STEP_MS;
    curve->count = count > BW_STATUS_CURVE_MAX ? BW_STATUS_CURVE_MAX : count;
    int64_t known = (now_ms - curve->from_ms) / STEP_MS + 1;
    curve->known = now_ms < curve->from_ms ? 1
                   : known > curve->count  ? curve->count
                                           : known;
}

void
bw_status_curve_read(
    const struct bw_book *book, int64_t now_ms, struct bw_status_curve *ret_curve)
{
    struct bw_status_curve curve = {.count = 0};
    struct earliest earliest = {0};
    each_stay(book, on_first_stay, &earliest);
    span(book, earliest.ms, now_ms, &curve);
    each_stay(book, on_stay, &curve);
    for (int64_t i = 0; i < curve.count; i++) {
        curve.inside[i] += i > 0 ? curve.inside[i - 1] : 0;
        if (curve.inside[i] > curve.most) {
            curve.most = curve.inside[i];
            curve.most_at = i;
        }
    }
    *ret_curve = curve;
}
