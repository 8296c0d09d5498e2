/* What looks for conflicts: see conflict_finder.h. */
#include "report/conflict/conflict_finder.h"

#include "central/base/array.h"

#include <brugwachter/text.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEEN_MAX = 4 };

void
bw_finder_gather(
    struct bw_finder *finder, struct bw_gathering *gathering, struct bw_event_id id)
{
    struct bw_event_id *place = bw_array_more(
        &gathering->ids, &gathering->count, &gathering->capacity, sizeof *place);
    if (!place) {
        finder->full = true;
        return;
    }
    *place = id;
}

void
bw_finder_add(struct bw_finder *finder, const char *kind, struct bw_gathering *gathering,
    const char *key, int64_t n, ...)
{
    char text[BW_WORDING_SAID_BYTES];
    va_list pairs;
    va_start(pairs, n);
    bw_wording_say_pairs(text, finder->language, key, n, pairs);
    va_end(pairs);
    bw_text_defuse(text, '?'); /* a name or reason may have been cut in a character */
    struct bw_conflict *place = NULL;
    char *copy = strdup(text);
    if (gathering->count > 0 && copy) {
        place = bw_array_more(
            &finder->items, &finder->count, &finder->capacity, sizeof *place);
    }
    if (!place) {
        finder->full = finder->full || gathering->count > 0;
        free(copy);
        free(gathering->ids);
    } else {
        *place = (struct bw_conflict){kind, copy, (int)gathering->count, gathering->ids};
    }
    *gathering = (struct bw_gathering){0};
}

void
bw_finder_came(struct bw_finder *finder, const struct bw_book_person *person)
{
    struct bw_finder_place *place = bw_array_more(
        &finder->came, &finder->came_count, &finder->came_capacity, sizeof *place);
    finder->full = finder->full || !place;
    if (place) {
        *place = (struct bw_finder_place){person->person_no, person->registration.code};
    }
}

void
bw_finder_join(struct bw_finder *finder, struct bw_finder *other)
{
    for (size_t i = 0; i < other->count; i++) {
        struct bw_conflict *place = bw_array_more(
            &finder->items, &finder->count, &finder->capacity, sizeof *place);
        if (place) {
            *place = other->items[i];
        } else {
            finder->full = true;
            free(other->items[i].text);
            free(other->items[i].events);
        }
    }
    finder->full = finder->full || other->full;
    free(other->items);
    other->items = NULL;
    other->count = other->capacity = 0;
}

/* One more of them into a list; false where nothing more fits. */
static bool
seen_add(char text[BW_SEEN_BYTES], const char *one)
{
    size_t used = strlen(text), length = strlen(one);
    if (used + length >= BW_SEEN_BYTES) {
        return false;
    }
    memcpy(text + used, one, length + 1);
    return true;
}

static void
hour_of(const struct bw_finder *finder, const struct bw_event *event, char ret_text[8])
{
    struct bw_civil at;
    bw_zone_to_civil(finder->book->zone, event->wall_ms, &at);
    (void)snprintf(ret_text, 8,
        finder->language == BW_WORDING_DUTCH ? "%02u.%02u" : "%02u:%02u",
        (unsigned)at.hour % 100u, (unsigned)at.minute % 100u);
}

/* "Balie links om 13.07" */
static void
say_one(const struct bw_finder *finder, const struct bw_event *event,
    char ret_text[BW_WORDING_SAID_BYTES])
{
    char hour[8], name[BW_NAME_BYTES];
    const struct bw_book_kiosk *kiosk = bw_book_kiosk_of(finder->book, event->id.device);
    hour_of(finder, event, hour);
    (void)snprintf(name, sizeof name, "%.80s",
        kiosk ? kiosk->name : bw_wording(finder->language, "cf.seen.unknown"));
    bw_wording_say(
        ret_text, finder->language, "cf.seen.at", 1, "name", name, "time", hour, NULL);
}

void
bw_finder_seen(const struct bw_finder *finder, const struct bw_gathering *gathering,
    char ret_text[BW_SEEN_BYTES])
{
    bool fits = true;
    ret_text[0] = '\0';
    for (size_t i = 0; i < gathering->count && fits; i++) {
        const struct bw_book_event *event =
            bw_book_event_of(finder->book, gathering->ids[i]);
        char one[BW_WORDING_SAID_BYTES], more[24];
        if (!event) {
            continue;
        }
        if (i == SEEN_MAX) {
            (void)snprintf(more, sizeof more, "%zu", gathering->count - i);
            bw_wording_say(one, finder->language, "cf.seen.more",
                (int64_t)(gathering->count - i), "n", more, NULL);
            (void)seen_add(ret_text, one);
            return;
        }
        say_one(finder, &event->event, one);
        fits =
            (ret_text[0] == '\0' || seen_add(ret_text, ", ")) && seen_add(ret_text, one);
    }
}

void
bw_finder_who(const struct bw_finder *finder, bw_code code, char ret_text[BW_WHO_BYTES])
{
    const struct bw_book_person *person = bw_book_person_of(finder->book, code);
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(code, shown);
    if (person && person->registration.person.first_name[0] != '\0') { /* else purged */
        (void)snprintf(ret_text, BW_WHO_BYTES, "%.120s %.120s (%s)",
            person->registration.person.first_name, person->registration.person.name,
            shown);
    } else {
        (void)snprintf(ret_text, BW_WHO_BYTES, "%s %s",
            bw_wording(finder->language, "cf.code"), shown);
    }
}
