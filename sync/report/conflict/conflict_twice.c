/* One person at two places: see conflict_finder.h.
 *
 * Who somebody is, the sign-ups say: a guest and a place of this session may be one
 * person's. A walk-in, and who came instead of somebody, are known by name alone:
 * conflict_alike.c. */
#include "report/conflict/conflict_finder.h"

#include <stdlib.h>

/* One place that its own person came to. */
struct twice_place {
    bw_code code;
    struct bw_attendance stay;
};

static int
by_person(const void *left, const void *right)
{
    const struct bw_finder_place *a = left, *b = right;
    if (a->person_no != b->person_no) {
        return a->person_no < b->person_no ? -1 : 1;
    }
    return (a->code > b->code) - (a->code < b->code);
}

/* False where only somebody else came to it instead. */
static bool
stay_of(const struct bw_finder *finder, const struct bw_finder_place *came,
    struct twice_place *ret_place)
{
    ret_place->code = came->code;
    return bw_book_own_stay(finder->book->presence,
        (struct bw_subject){.code = came->code}, &ret_place->stay);
}

/* The places from `first` on that are one person's. */
static size_t
same_person(const struct bw_finder *finder, size_t first)
{
    size_t count = 1;
    while (first + count < finder->came_count &&
           finder->came[first + count].person_no == finder->came[first].person_no) {
        count++;
    }
    return count;
}

/* Of the places that one person has, two and more that they came to by themselves. */
static void
tell_here(struct bw_finder *finder, const struct bw_finder_place *came, size_t count)
{
    char who[BW_WHO_BYTES], seen[BW_SEEN_BYTES], also[BW_CODE_SHOWN_BYTES];
    struct bw_gathering gathering = {0};
    struct twice_place place;
    bw_code codes[2];
    size_t own = 0;
    for (size_t i = 0; i < count; i++) {
        if (stay_of(finder, &came[i], &place)) {
            if (own < 2) {
                codes[own] = place.code;
            }
            own++;
            bw_finder_gather(finder, &gathering, place.stay.first);
        }
    }
    if (own < 2) {
        free(gathering.ids);
        return;
    }
    bw_finder_who(finder, codes[0], who);
    bw_finder_seen(finder, &gathering, seen);
    bw_code_format_shown(codes[1], also);
    bw_finder_add(finder, "twice", &gathering, "cf.twice.here", 1, "name", who, "also",
        also, "seen", seen, NULL);
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
    bw_finder_who(finder, here->code, who);
    bw_finder_seen(finder, &gathering, seen);
    bw_finder_gather(finder, &gathering, there->stay.first);
    bw_finder_add(finder, "twice", &gathering, "cf.twice.elsewhere", 1, "name", who,
        "seen", seen, "title", there->title, "session", there->session, NULL);
}

/* The first of the places that they came to here by themselves. False: none. */
static bool
place_here(
    const struct bw_finder *finder, int64_t person_no, struct twice_place *ret_place)
{
    size_t low = 0, high = finder->came_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (finder->came[middle].person_no < person_no) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < finder->came_count && finder->came[low].person_no == person_no; low++) {
        if (stay_of(finder, &finder->came[low], ret_place)) {
            return true;
        }
    }
    return false;
}

void
bw_finder_twice(struct bw_finder *finder)
{
    if (finder->came_count > 1) {
        qsort(finder->came, finder->came_count, sizeof *finder->came, by_person);
    }
    for (size_t i = 0, count = 0; i < finder->came_count; i += count) {
        count = same_person(finder, i);
        if (count > 1) {
            tell_here(finder, &finder->came[i], count);
        }
    }
    for (size_t i = 0; i < finder->book->elsewhere_count; i++) {
        const struct bw_book_elsewhere *there = &finder->book->elsewhere[i];
        struct twice_place here;
        if (place_here(finder, there->person_no, &here) &&
            !left_before(&here.stay, &there->stay) &&
            !left_before(&there->stay, &here.stay)) {
            tell_elsewhere(finder, &here, there);
        }
    }
    bw_finder_alike(finder);
}
