/* One person at two places: see conflict_finder.h.
 *
 * Who somebody is, the sign-ups say: a guest and a place of this session may be one
 * person's. A walk-in, and who came instead of somebody, are known by name alone, and not
 * told of here: staff were asked at the door. */
#include "report/conflict_finder.h"

#include "central/base/array.h"

#include <stdlib.h>

/* One place that its own person came to. */
struct twice_place {
    int64_t person_no;
    bw_code code;
    struct bw_attendance stay;
};

struct twice_places {
    size_t count, capacity;
    struct twice_place *items;
};

static int
by_person(const void *left, const void *right)
{
    const struct twice_place *a = left, *b = right;
    if (a->person_no != b->person_no) {
        return a->person_no < b->person_no ? -1 : 1;
    }
    return (a->code > b->code) - (a->code < b->code);
}

static void
places_fill(struct bw_finder *finder, struct twice_places *places)
{
    const struct bw_book *book = finder->book;
    for (size_t i = 0; i < bw_presence_size(book->presence); i++) {
        const struct bw_attendance *attendance = bw_presence_at(book->presence, i);
        const struct bw_book_person *person =
            attendance->attended && attendance->subject.code != BW_CODE_NONE
                ? bw_book_person_of(book, attendance->subject.code)
                : NULL;
        struct bw_attendance stay;
        if (person == NULL ||
            !bw_book_own_stay(book->presence, attendance->subject, &stay)) {
            continue;
        }
        struct twice_place *place = bw_array_more(
            &places->items, &places->count, &places->capacity, sizeof *place);
        finder->full = finder->full || place == NULL;
        if (place != NULL) {
            *place =
                (struct twice_place){person->person_no, person->registration.code, stay};
        }
    }
    if (places->count > 1) {
        qsort(places->items, places->count, sizeof *places->items, by_person);
    }
}

/* The places from `first` on that are one person's. */
static size_t
same_person(const struct twice_places *places, size_t first)
{
    size_t count = 1;
    while (first + count < places->count &&
           places->items[first + count].person_no == places->items[first].person_no) {
        count++;
    }
    return count;
}

static void
tell_here(struct bw_finder *finder, const struct twice_place *places, size_t count)
{
    char who[BW_WHO_BYTES], seen[BW_SEEN_BYTES], also[BW_CODE_SHOWN_BYTES];
    struct bw_gathering gathering = {0};
    for (size_t i = 0; i < count; i++) {
        bw_finder_gather(finder, &gathering, places[i].stay.first);
    }
    bw_finder_who(finder->book, places[0].code, who);
    bw_finder_seen(finder, &gathering, seen);
    bw_code_format_shown(places[1].code, also);
    bw_finder_add(finder, "twice", &gathering,
        "%s kwam hier op twee plaatsen binnen, ook als %s (%s); telt op elke plaats mee.",
        who, also, seen);
}

/* Nobody is sure of a time that a suspect clock gave. */
static bool
left_before(const struct bw_attendance *one, const struct bw_attendance *other)
{
    return one->left && one->left_ms != 0 && !other->since_suspect &&
           one->left_ms <= other->since_ms;
}

static void
tell_elsewhere(struct bw_finder *finder, const struct twice_place *here,
    const struct bw_book_elsewhere *there)
{
    char who[BW_WHO_BYTES], seen[BW_SEEN_BYTES];
    struct bw_gathering gathering = {0};
    bw_finder_gather(finder, &gathering, here->stay.first);
    bw_finder_who(finder->book, here->code, who);
    bw_finder_seen(finder, &gathering, seen);
    bw_finder_gather(finder, &gathering, there->stay.first);
    bw_finder_add(finder, "twice", &gathering,
        "%s was tegelijk hier (%s) en bij %.200s (%s); telt bij beide mee.", who, seen,
        there->title, there->session);
}

static int
by_person_no(const void *left, const void *right)
{
    const struct twice_place *a = left, *b = right;
    return (a->person_no > b->person_no) - (a->person_no < b->person_no);
}

void
bw_finder_twice(struct bw_finder *finder)
{
    struct twice_places places = {0};
    places_fill(finder, &places);
    for (size_t i = 0, count = 0; i < places.count; i += count) {
        count = same_person(&places, i);
        if (count > 1) {
            tell_here(finder, &places.items[i], count);
        }
    }
    for (size_t i = 0; i < finder->book->elsewhere_count && places.count > 0; i++) {
        const struct bw_book_elsewhere *there = &finder->book->elsewhere[i];
        struct twice_place wanted = {.person_no = there->person_no};
        const struct twice_place *here = bsearch(
            &wanted, places.items, places.count, sizeof *places.items, by_person_no);
        if (here != NULL && !left_before(&here->stay, &there->stay) &&
            !left_before(&there->stay, &here->stay)) {
            tell_elsewhere(finder, here, there);
        }
    }
    free(places.items);
}
