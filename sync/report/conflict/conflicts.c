/* What the organiser should look at: see conflicts.h.
 *
 * Every kind is one function: of those of people, each over somebody who came; of the
 * others, over the book. Tables hold them in order, so that the list reads the same
 * however the events came in. All is asked of a person while their rows are at hand: a
 * large session's don't stay in the processor's memory from one walk to the next. */
#include "report/conflict/conflicts.h"

#include "report/conflict/conflict_finder.h"

#include <stdlib.h>
#include <string.h>

static void
arrivals_gather(struct bw_finder *finder, const struct bw_attendance *attendance,
    struct bw_gathering *gathering)
{
    for (int i = 0; i < attendance->arrivals_count; i++) {
        bw_finder_gather(finder, gathering, attendance->arrivals[i]);
    }
}

/* ---- kinds ---- */

static void
on_status(struct bw_finder *finder, const struct bw_attendance *attendance,
    const struct bw_book_person *person)
{
    char name[BW_WHO_BYTES], seen[BW_SEEN_BYTES];
    struct bw_gathering gathering = {0};
    if (!person || (person->registration.status != BW_CANCELLED &&
                       person->registration.status != BW_BLOCKED)) {
        return;
    }
    bool cancelled = person->registration.status == BW_CANCELLED;
    arrivals_gather(finder, attendance, &gathering);
    bw_finder_who(finder, attendance->subject.code, name);
    bw_finder_seen(finder, &gathering, seen);
    bw_finder_add(finder, cancelled ? "cancelled" : "blocked", &gathering,
        cancelled ? "cf.cancelled" : "cf.blocked", 1, "name", name, "seen", seen, NULL);
}

static void
on_unknown(struct bw_finder *finder, const struct bw_attendance *attendance,
    const struct bw_book_person *person)
{
    char name[BW_WHO_BYTES], seen[BW_SEEN_BYTES];
    struct bw_gathering gathering = {0};
    if (person || finder->book->purged) {
        return;
    }
    arrivals_gather(finder, attendance, &gathering);
    bw_finder_who(finder, attendance->subject.code, name);
    bw_finder_seen(finder, &gathering, seen);
    bw_finder_add(
        finder, "unknown", &gathering, "cf.unknown", 1, "name", name, "seen", seen, NULL);
}

/* Let in on the signature alone, by a kiosk that didn't know them, while they only
 * waited. Who has a place by now is as it should be. */
static void
on_unlisted(struct bw_finder *finder, const struct bw_attendance *attendance,
    const struct bw_book_person *person)
{
    char name[BW_WHO_BYTES], seen[BW_SEEN_BYTES];
    struct bw_gathering gathering = {0};
    if (!person || person->registration.status != BW_WAITLISTED) {
        return;
    }
    for (int i = 0; i < attendance->arrivals_count; i++) {
        const struct bw_book_event *arrival =
            bw_book_event_of(finder->book, attendance->arrivals[i]);
        if (arrival && arrival->event.flags & BW_EVENT_UNLISTED) {
            bw_finder_gather(finder, &gathering, attendance->arrivals[i]);
        }
    }
    if (gathering.count == 0) {
        return;
    }
    bw_finder_who(finder, attendance->subject.code, name);
    bw_finder_seen(finder, &gathering, seen);
    bw_finder_add(finder, "unlisted", &gathering, "cf.unlisted", 1, "name", name, "seen",
        seen, NULL);
}

/* An arrival with a ticket that a newer one had replaced; told per arrival. */
static void
on_replaced(struct bw_finder *finder, const struct bw_attendance *attendance,
    const struct bw_book_person *person)
{
    char name[BW_WHO_BYTES], seen[BW_SEEN_BYTES];
    struct bw_gathering gathering = {0};
    if (!person) {
        return;
    }
    for (int i = 0; i < attendance->arrivals_count; i++) {
        const struct bw_book_event *arrival =
            bw_book_event_of(finder->book, attendance->arrivals[i]);
        bool by_ticket = arrival && (arrival->event.basis == BW_BASIS_TICKET ||
                                        arrival->event.basis == BW_BASIS_GUEST);
        if (by_ticket && arrival->event.generation < person->registration.generation) {
            bw_finder_gather(finder, &gathering, attendance->arrivals[i]);
        }
    }
    if (gathering.count == 0) {
        return;
    }
    bw_finder_who(finder, attendance->subject.code, name);
    bw_finder_seen(finder, &gathering, seen);
    bw_finder_add(finder, "replaced", &gathering, "cf.replaced", 1, "name", name, "seen",
        seen, NULL);
}

/* What was typed in from paper says of the same arrival what a kiosk may have seen. */
static bool
counts(const struct bw_book_event *event)
{
    return event->event.kind == BW_EVENT_ARRIVED && !event->annulled &&
           event->event.basis != BW_BASIS_PAPER && !event->before_day;
}

/* Arrivals while already in: a ticket that two people carried, or two kiosks that could
 * not hear each other. After leaving, coming back is no second entry. */
static void
on_double_entry(struct bw_finder *finder, const struct bw_attendance *attendance,
    const struct bw_book_person *person)
{
    (void)person;
    const struct bw_book *book = finder->book;
    struct bw_gathering gathering = {0};
    struct bw_event_id in_by = {0};
    if (attendance->arrivals_count < 2) {
        return;
    }
    size_t count = 0;
    const struct bw_book_event *const *about =
        bw_book_events_of(book, attendance->subject.code, &count);
    for (size_t i = 0; i < count; i++) {
        const struct bw_event *event = &about[i]->event;
        if (event->kind == BW_EVENT_LEFT) {
            in_by.device = 0;
        } else if (counts(about[i])) {
            bool same = in_by.device == event->id.device && in_by.seq == event->id.seq;
            if (in_by.device != 0 && !same) {
                if (gathering.count == 0) {
                    bw_finder_gather(finder, &gathering, in_by);
                }
                bw_finder_gather(finder, &gathering, event->id);
            }
            if (in_by.device == 0) {
                in_by = event->id;
            }
        }
    }
    char name[BW_WHO_BYTES], seen[BW_SEEN_BYTES];
    if (gathering.count == 0) {
        return;
    }
    bw_finder_who(finder, attendance->subject.code, name);
    bw_finder_seen(finder, &gathering, seen);
    bw_finder_add(finder, "double_entry", &gathering, "cf.double_entry", 1, "name", name,
        "seen", seen, NULL);
}

/* ---- all ---- */

typedef void each_person(struct bw_finder *finder, const struct bw_attendance *attendance,
    const struct bw_book_person *person);

static each_person *const of_people[] = {
    on_status,
    on_unknown,
    on_unlisted,
    on_replaced,
    on_double_entry,
};

enum { PEOPLES_COUNT = sizeof of_people / sizeof of_people[0] };

/* One walk over who came, a list of conflicts a kind; then the lists, one by one. */
static void
people_find(struct bw_finder *finder)
{
    const struct bw_presence *presence = finder->book->presence;
    struct bw_finder lists[PEOPLES_COUNT];
    for (size_t k = 0; k < PEOPLES_COUNT; k++) {
        lists[k] = (struct bw_finder){.book = finder->book, .language = finder->language};
    }
    for (size_t i = 0; i < bw_presence_size(presence); i++) {
        const struct bw_attendance *attendance = bw_presence_at(presence, i);
        if (!attendance->attended || attendance->subject.code == BW_CODE_NONE) {
            continue;
        }
        const struct bw_book_person *person =
            bw_book_person_of(finder->book, attendance->subject.code);
        if (person) {
            bw_finder_came(finder, person);
        }
        for (size_t k = 0; k < PEOPLES_COUNT; k++) {
            of_people[k](&lists[k], attendance, person);
        }
    }
    for (size_t k = 0; k < PEOPLES_COUNT; k++) {
        bw_finder_join(finder, &lists[k]);
    }
}

static void (*const finders[])(struct bw_finder *finder) = {
    people_find,
    bw_finder_twice,
    bw_finder_house,
    bw_finder_moved,
    bw_finder_clocks,
    bw_finder_forks,
    bw_finder_breaks,
    bw_finder_annulments,
};

/* ---- what the organiser answered ---- */

/* Numbers in databases: more may follow these. */
static const char *const kinds[] = {"cancelled", "blocked", "replaced", "unknown",
    "unlisted", "double_entry", "twice", "over_capacity", "moved", "clock", "fork",
    "broken", "annulled"};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

int
bw_conflicts_kind_number(const char *kind)
{
    int number = 0;
    for (int i = 0; i < KINDS; i++) {
        number = strcmp(kinds[i], kind) == 0 ? i + 1 : number;
    }
    return number;
}

const char *
bw_conflicts_kind_name(int number)
{
    return number > 0 && number <= KINDS ? kinds[number - 1] : "";
}

/* The last word counts. */
static const struct bw_book_answer *
answer_of(const struct bw_book *book, int kind, struct bw_event_id event)
{
    for (size_t i = book->answers_count; i > 0; i--) {
        const struct bw_book_answer *answer = &book->answers[i - 1];
        if (answer->kind == kind && answer->event.device == event.device &&
            answer->event.seq == event.seq) {
            return answer;
        }
    }
    return NULL;
}

/* One event more, and it is another conflict. */
static bool
is_answered(const struct bw_book *book, const struct bw_conflict *conflict)
{
    int kind = bw_conflicts_kind_number(conflict->kind);
    for (int i = 0; i < conflict->events_count; i++) {
        if (answer_of(book, kind, conflict->events[i]) == NULL) {
            return false;
        }
    }
    return true;
}

const struct bw_book_answer *
bw_conflicts_answer(const struct bw_book *book, const struct bw_conflict *conflict)
{
    return is_answered(book, conflict)
               ? answer_of(
                     book, bw_conflicts_kind_number(conflict->kind), conflict->events[0])
               : NULL;
}

static void
keep_those(struct bw_conflicts *conflicts, const struct bw_book *book, bool answered)
{
    int kept = 0;
    for (int i = 0; i < conflicts->count; i++) {
        if (is_answered(book, &conflicts->items[i]) == answered) {
            conflicts->items[kept++] = conflicts->items[i];
        } else {
            free(conflicts->items[i].text);
            free(conflicts->items[i].events);
        }
    }
    conflicts->count = kept;
}

static enum bw_status
find(const struct bw_book *book, enum bw_wording_language language, bool answered,
    struct bw_conflicts *ret_conflicts, struct bw_error *err)
{
    struct bw_finder finder = {.book = book, .language = language};
    for (size_t i = 0; i < sizeof finders / sizeof finders[0]; i++) {
        finders[i](&finder);
    }
    free(finder.came);
    struct bw_conflicts conflicts = {(int)finder.count, finder.items};
    if (finder.full) {
        bw_conflicts_finish(&conflicts);
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "looking for conflicts: out of memory; close other programs");
    }
    if (answered || book->answers_count > 0) {
        keep_those(&conflicts, book, answered);
    }
    *ret_conflicts = conflicts;
    return BW_OK;
}

enum bw_status
bw_conflicts_find(const struct bw_book *book, enum bw_wording_language language,
    struct bw_conflicts *ret_conflicts, struct bw_error *err)
{
    return find(book, language, false, ret_conflicts, err);
}

enum bw_status
bw_conflicts_find_answered(const struct bw_book *book, enum bw_wording_language language,
    struct bw_conflicts *ret_conflicts, struct bw_error *err)
{
    if (book->answers_count == 0) {
        *ret_conflicts = (struct bw_conflicts){.count = 0};
        return BW_OK;
    }
    return find(book, language, true, ret_conflicts, err);
}

void
bw_conflicts_finish(struct bw_conflicts *conflicts)
{
    if (!conflicts) {
        return;
    }
    for (int i = 0; i < conflicts->count; i++) {
        free(conflicts->items[i].text);
        free(conflicts->items[i].events);
    }
    free(conflicts->items);
    *conflicts = (struct bw_conflicts){0};
}

enum bw_status
bw_conflicts_count(
    struct bw_central *central, uint32_t session_no, int *ret_count, struct bw_error *err)
{
    struct bw_book *book;
    struct bw_conflicts conflicts = {0};
    enum bw_status status = bw_book_open(central, session_no, NULL, &book, err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_conflicts_find(book, BW_WORDING_DUTCH, &conflicts, err);
    if (status == BW_OK) {
        *ret_count = conflicts.count;
    }
    bw_conflicts_finish(&conflicts);
    bw_book_close(book);
    return status;
}
