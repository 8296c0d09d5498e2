/* Presence: see brugwachter/presence.h.
 *
 * An event with a code is about that code. One without a code and without references is
 * about itself: a walk-in, whose identity is that event. One that refers goes with what
 * its first reference goes with. References may point at events that come later, from
 * another kiosk; until then the bare number is the person. When such a number gets its
 * event, people may turn out to be one: then everything is put together again from the
 * events, which is rare and takes milliseconds. So the result is a function of the set of
 * events alone. */
#include "people.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { CLOSINGS_ROOM = 4 };

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0,
        "Counting who is in failed: the memory is used up. End other programs, then "
        "start the kiosk again.");
}

static struct map_key
key_of_person(const void *value)
{
    const struct bw_subject *subject =
        &((const struct person *)value)->attendance.subject;
    return subject->code != BW_CODE_NONE
               ? (struct map_key){subject->code, 0}
               : (struct map_key){subject->walk_in.device, subject->walk_in.seq};
}

static struct map_key
key_of_entry(const void *value)
{
    const struct entry *entry = value;
    return (struct map_key){entry->id.device, entry->id.seq};
}

enum bw_status
bw_presence_create(
    uint32_t session_no, struct bw_presence **ret_presence, struct bw_error *err)
{
    struct bw_presence *presence = calloc(1, sizeof *presence);
    if (presence == NULL) {
        return no_memory(err);
    }
    presence->session_no = session_no;
    bw_presence_map_init(&presence->by_code, key_of_person);
    bw_presence_map_init(&presence->by_event, key_of_person);
    bw_presence_map_init(&presence->entries, key_of_entry);
    *ret_presence = presence;
    return BW_OK;
}

void
bw_presence_destroy(struct bw_presence *presence)
{
    if (presence == NULL) {
        return;
    }
    for (size_t i = 0; i < presence->known.count; i++) {
        struct person *person = presence->known.items[i];
        free(person->facts);
        free(person);
    }
    free(presence->closings.items);
    free(presence->facts.items);
    free(presence->known.items);
    free(presence->dirty.items);
    free(presence->shown.items);
    bw_presence_map_finish(&presence->by_code);
    bw_presence_map_finish(&presence->by_event);
    bw_presence_map_finish(&presence->entries);
    bw_presence_pool_finish(&presence->pool);
    free(presence);
}

/* ---- adding ---- */

/* What can say something of a person. */
static bool
counts(const struct bw_event *event)
{
    switch (event->kind) {
    case BW_EVENT_ARRIVED:
    case BW_EVENT_WAITING:
    case BW_EVENT_LEFT:
    case BW_EVENT_UNDONE:
        return true;
    case BW_EVENT_REFUSED:
        return event->verdict == BW_VERDICT_WAITLISTED &&
               (event->code != BW_CODE_NONE || event->refs_count > 0);
    case BW_EVENT_RELEASED:
    case BW_EVENT_NOTE:
        return false;
    }
    return false;
}

static bool
is_known(const struct entry *entry, const struct bw_event *event)
{
    const struct fact *fact = entry->facts;
    for (; fact != NULL; fact = fact->next_same_id) {
        if (memcmp(fact->hash, event->hash, BW_HASH_BYTES) == 0) {
            return true;
        }
    }
    return false;
}

/* Makes what the event names count for nothing, whether it is here already or not. */
static bool
annul(struct bw_presence *presence, const struct fact *undone)
{
    bool done = true;
    for (int i = 0; i < undone->refs_count; i++) {
        struct entry *entry = undone->refs[i];
        bool news = !entry->annulled;
        entry->annulled = true;
        for (struct fact *fact = entry->facts; news && done && fact != NULL;
             fact = fact->next_same_id) {
            done = fact->person == NULL || bw_people_soil(presence, fact->person);
        }
    }
    return done;
}

/* Keeps what it says. NULL where memory is used up. */
static struct fact *
keep(struct bw_presence *presence, struct entry *entry, const struct bw_event *event)
{
    size_t refs_count = (size_t)event->refs_count;
    struct fact *fact = bw_presence_pool_take(
        &presence->pool, sizeof *fact + refs_count * sizeof fact->refs[0]);
    if (fact == NULL || !bw_people_list_reserve(&presence->facts)) {
        return NULL;
    }
    bw_presence_fact_fill(fact, entry, event);
    for (; fact->refs_count < event->refs_count; fact->refs_count++) {
        struct entry *ref = bw_people_entry(presence, event->refs[fact->refs_count]);
        if (ref == NULL) {
            return NULL;
        }
        ref->referred = true;
        fact->refs[fact->refs_count] = ref;
    }
    bw_people_entry_put(fact);
    presence->facts.items[presence->facts.count++] = fact;
    return fact;
}

/* Brings people up to the facts that were kept. */
static bool
settle(struct bw_presence *presence)
{
    if (presence->regroup) {
        bw_people_scatter(presence);
        presence->regroup = false;
    }
    while (presence->placed_count < presence->facts.count) {
        if (!bw_people_place(presence, presence->facts.items[presence->placed_count])) {
            return false;
        }
        presence->placed_count++;
    }
    return bw_people_fold(presence);
}

/* What takes back or sends home acts on nothing that isn't there. */
bool
bw_presence_is_before_day(const struct bw_event *event, int64_t day_start_ms)
{
    return event->wall_ms < day_start_ms && event->kind != BW_EVENT_LEFT &&
           event->kind != BW_EVENT_UNDONE &&
           (event->flags & (BW_EVENT_OVERRIDE | BW_EVENT_CLOCK_SUSPECT)) == 0;
}

bool
bw_presence_is_closing(const struct bw_event *event)
{
    return event->kind == BW_EVENT_LEFT && event->code == BW_CODE_NONE &&
           event->refs_count == 0;
}

static bool
closings_reserve(struct closings *closings)
{
    if (closings->count < closings->capacity) {
        return true;
    }
    size_t capacity = closings->capacity == 0 ? CLOSINGS_ROOM : 2 * closings->capacity;
    struct fact **wider = realloc(closings->items, capacity * sizeof(struct fact *));
    if (wider != NULL) {
        closings->items = wider;
        closings->capacity = capacity;
    }
    return wider != NULL;
}

/* Keeps what let everybody out at its place, once; soils whom it may concern. */
static bool
close_house(struct bw_presence *presence, const struct bw_event *event)
{
    struct closings *closings = &presence->closings;
    struct entry number = {.id = event->id};
    struct fact closing = {0};
    bw_presence_fact_fill(&closing, &number, event);
    size_t at = closings->count;
    while (at > 0 && bw_presence_fact_compare(closings->items[at - 1], &closing) > 0) {
        at--;
    }
    if (at > 0 && bw_presence_fact_compare(closings->items[at - 1], &closing) == 0) {
        return true; /* P4 */
    }
    struct fact *fact = bw_presence_pool_take(&presence->pool, sizeof *fact);
    struct entry *entry = bw_people_entry(presence, event->id);
    if (fact == NULL || entry == NULL || !closings_reserve(closings)) {
        return false;
    }
    bw_presence_fact_fill(fact, entry, event);
    memmove(closings->items + at + 1, closings->items + at,
        (closings->count - at) * sizeof(struct fact *));
    closings->items[at] = fact;
    closings->count++;
    bool done = true;
    for (size_t i = 0; done && i < presence->known.count; i++) {
        done = bw_people_soil(presence, presence->known.items[i]);
    }
    return done && (presence->held || settle(presence));
}

enum bw_status
bw_presence_add(
    struct bw_presence *presence, const struct bw_event *event, struct bw_error *err)
{
    assert(event->refs_count >= 0 && event->refs_count <= BW_REFS_MAX);
    if (event->session_no != presence->session_no) {
        return BW_OK;
    }
    presence->released = presence->released || event->kind == BW_EVENT_RELEASED;
    if (bw_presence_is_closing(event)) {
        return close_house(presence, event) ? BW_OK : no_memory(err);
    }
    if (!counts(event)) {
        return BW_OK;
    }
    struct entry *entry = bw_people_entry(presence, event->id);
    if (entry == NULL) {
        return no_memory(err);
    }
    if (is_known(entry, event)) {
        return BW_OK;
    }
    const struct fact *fact = keep(presence, entry, event);
    bool done = fact != NULL;
    presence->regroup = presence->regroup || entry->followed;
    if (done && event->kind == BW_EVENT_UNDONE) {
        done = annul(presence, fact);
    }
    if (done && !presence->held) {
        done = settle(presence);
    }
    return done ? BW_OK : no_memory(err);
}

void
bw_presence_hold(struct bw_presence *presence)
{
    presence->held = true;
}

enum bw_status
bw_presence_settle(struct bw_presence *presence, struct bw_error *err)
{
    presence->held = false;
    return settle(presence) ? BW_OK : no_memory(err);
}

/* ---- reading ---- */

/* An `undone` alone, of what isn't known here, makes nobody. */
static const struct bw_attendance *
attendance(const struct person *person)
{
    return person != NULL && person->first != NULL ? &person->attendance : NULL;
}

static const struct bw_attendance *
attendance_of(const struct bw_presence *presence, struct bw_subject subject)
{
    return attendance(bw_people_find(presence, subject));
}

const struct bw_attendance *
bw_presence_of_code(const struct bw_presence *presence, bw_code code)
{
    return code == BW_CODE_NONE
               ? NULL
               : attendance_of(presence, (struct bw_subject){.code = code});
}

const struct bw_attendance *
bw_presence_of_event(const struct bw_presence *presence, struct bw_event_id id)
{
    const struct entry *entry = bw_people_entry_find(presence, id);
    return entry != NULL && entry->facts != NULL
               ? attendance(entry->facts->person)
               : attendance_of(
                     presence, (struct bw_subject){.code = BW_CODE_NONE, .walk_in = id});
}

bool
bw_presence_is_arrival(const struct bw_presence *presence, struct bw_event_id id)
{
    const struct entry *entry = bw_people_entry_find(presence, id);
    return entry != NULL && entry->facts != NULL &&
           entry->facts->kind == BW_EVENT_ARRIVED;
}

bool
bw_presence_is_in_force(const struct bw_presence *presence, struct bw_event_id id)
{
    return bw_presence_is_arrival(presence, id) &&
           !bw_people_entry_find(presence, id)->annulled;
}

void
bw_presence_stays(const struct bw_presence *presence, struct bw_subject subject,
    bw_presence_on_stay *on_stay, void *context)
{
    const struct person *person = bw_people_find(presence, subject);
    if (person != NULL) {
        bw_presence_person_stays(person, on_stay, context);
    }
}

size_t
bw_presence_size(const struct bw_presence *presence)
{
    return presence->shown.count;
}

const struct bw_attendance *
bw_presence_at(const struct bw_presence *presence, size_t index)
{
    assert(index < presence->shown.count);
    return &((const struct person *)presence->shown.items[index])->attendance;
}

struct turning {
    size_t person;
    bool in;
    bw_presence_on_turn *on_turn;
    void *context;
};

static void
on_turn_fact(const struct fact *fact, bool closing, void *context)
{
    struct turning *turning = context;
    bool comes = !closing && fact->kind == BW_EVENT_ARRIVED && !fact->entry->annulled;
    bool goes = fact->kind == BW_EVENT_LEFT;
    if (turning->in ? goes : comes) {
        turning->in = !turning->in;
        turning->on_turn(&(struct bw_presence_turn){turning->person, turning->in,
                             fact->entry->id, fact->hash},
            turning->context);
    }
}

void
bw_presence_turns(
    const struct bw_presence *presence, bw_presence_on_turn *on_turn, void *context)
{
    for (size_t i = 0; i < presence->shown.count; i++) {
        const struct person *person = presence->shown.items[i];
        struct turning turning = {i, false, on_turn, context};
        bw_presence_person_walk(person, on_turn_fact, &turning);
        assert(turning.in == person->attendance.in); /* P1 */
    }
}

int
bw_presence_in(const struct bw_presence *presence)
{
    return presence->in;
}

int
bw_presence_walk_ins(const struct bw_presence *presence)
{
    return presence->walk_ins;
}

int
bw_presence_guests(const struct bw_presence *presence)
{
    return presence->guests;
}

bool
bw_presence_is_released(const struct bw_presence *presence)
{
    return presence->released;
}
