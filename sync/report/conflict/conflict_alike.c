/* One person twice by what they are called: see conflict_finder.h.
 *
 * A walk-in, and who came instead of somebody, are known by name and school alone: the
 * same person where both are equal, folded. They are few: they are gathered first, and of
 * those who signed up only whoever is called as one of them. */
#include "report/conflict/conflict_finder.h"

#include "central/base/array.h"

#include <brugwachter/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIKE_BYTES = 3 * (2 * BW_NAME_BYTES + BW_TITLE_BYTES) };

/* Somebody who came, by what they are called. */
struct twice_alike {
    char *key, *name; /* owned; the key is name and school, folded */
    bool signed_up;
    struct bw_event_id first;
};

struct twice_alikes {
    size_t count, capacity;
    struct twice_alike *items;
    size_t strangers; /* the first ones, sorted */
    bool signed_up;   /* who is gathered now */
    struct bw_finder *finder;
    const struct bw_book_person *person; /* whose place is walked; NULL: a walk-in's */
};

static int
by_key_alone(const void *left, const void *right)
{
    return strcmp(left, ((const struct twice_alike *)right)->key);
}

static bool
is_stranger(const struct twice_alikes *alikes, const char *key)
{
    return bsearch(key, alikes->items, alikes->strangers, sizeof *alikes->items,
               by_key_alone) != NULL;
}

static void
alike_add(struct twice_alikes *alikes, const struct bw_person *person, bool signed_up,
    struct bw_event_id first)
{
    char full[2 * BW_NAME_BYTES], both[ALIKE_BYTES], key[ALIKE_BYTES];
    (void)snprintf(full, sizeof full, "%s%s%s", person->first_name,
        person->first_name[0] != '\0' && person->name[0] != '\0' ? " " : "",
        person->name);
    if (full[0] == '\0' || person->school[0] == '\0') {
        return;
    }
    (void)snprintf(both, sizeof both, "%s, %s", full, person->school);
    bw_text_fold(both, false, key, sizeof key);
    if (signed_up && !is_stranger(alikes, key)) {
        return;
    }
    struct twice_alike *alike =
        bw_array_more(&alikes->items, &alikes->count, &alikes->capacity, sizeof *alike);
    if (alike != NULL) {
        *alike = (struct twice_alike){strdup(key), strdup(full), signed_up, first};
    }
    alikes->finder->full = alikes->finder->full || alike == NULL || alike->key == NULL ||
                           alike->name == NULL;
}

static void
on_alike_stay(const struct bw_attendance *stay, void *context)
{
    struct twice_alikes *alikes = context;
    const struct bw_event_details *details =
        stay->substitute || alikes->person == NULL
            ? bw_book_details_of(alikes->finder->book, stay->first)
            : NULL;
    if (details != NULL && !alikes->signed_up) {
        alike_add(alikes, &details->person, false, stay->first);
    } else if (!stay->substitute && alikes->person != NULL && alikes->signed_up) {
        alike_add(alikes, &alikes->person->registration.person, true, stay->first);
    }
}

static int
by_key(const void *left, const void *right)
{
    const struct twice_alike *a = left, *b = right;
    int order = strcmp(a->key, b->key);
    if (order == 0) {
        order = (a->first.device > b->first.device) - (a->first.device < b->first.device);
    }
    return order != 0 ? order
                      : (a->first.seq > b->first.seq) - (a->first.seq < b->first.seq);
}

/* Two sign-ups of one name are two people's: the sign-ups would say else. */
static void
tell_alike(struct bw_finder *finder, const struct twice_alike *alike, size_t count)
{
    char seen[BW_SEEN_BYTES];
    struct bw_gathering gathering = {0};
    bool strange = false;
    for (size_t i = 0; i < count; i++) {
        strange = strange || !alike[i].signed_up;
        bw_finder_gather(finder, &gathering, alike[i].first);
    }
    if (count < 2 || !strange) {
        free(gathering.ids);
        return;
    }
    bw_finder_seen(finder, &gathering, seen);
    bw_finder_add(finder, "twice", &gathering, "cf.twice.alike", 1, "name", alike[0].name,
        "seen", seen, NULL);
}

/* Walks everybody who came: strangers, or those who signed up. */
static void
walk(struct twice_alikes *alikes, bool signed_up)
{
    const struct bw_book *book = alikes->finder->book;
    alikes->signed_up = signed_up;
    for (size_t i = 0; i < bw_presence_size(book->presence); i++) {
        const struct bw_attendance *attendance = bw_presence_at(book->presence, i);
        bw_code code = attendance->subject.code;
        bool plain =
            code != BW_CODE_NONE && attendance->stays < 2 && !attendance->substitute;
        if (!attendance->attended || (plain && !signed_up)) {
            continue;
        }
        alikes->person = code != BW_CODE_NONE ? bw_book_person_of(book, code) : NULL;
        bw_presence_stays(book->presence, attendance->subject, on_alike_stay, alikes);
    }
}

static void
sort(struct twice_alikes *alikes)
{
    if (alikes->count > 1) {
        qsort(alikes->items, alikes->count, sizeof *alikes->items, by_key);
    }
}

void
bw_finder_alike(struct bw_finder *finder)
{
    struct twice_alikes alikes = {.finder = finder};
    walk(&alikes, false);
    alikes.strangers = alikes.count;
    if (!finder->full && alikes.count > 0) {
        sort(&alikes);
        walk(&alikes, true);
    }
    if (!finder->full) {
        sort(&alikes);
    }
    for (size_t i = 0, same = 1; i < alikes.count && !finder->full; i += same) {
        same = 1;
        while (i + same < alikes.count &&
               strcmp(alikes.items[i].key, alikes.items[i + same].key) == 0) {
            same++;
        }
        tell_alike(finder, &alikes.items[i], same);
    }
    for (size_t i = 0; i < alikes.count; i++) {
        free(alikes.items[i].key);
        free(alikes.items[i].name);
    }
    free(alikes.items);
}
