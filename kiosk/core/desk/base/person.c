/* People as presence knows them: see person.h. */
#include "person.h"

#include <string.h>

static bool
is_same(struct bw_event_id a, struct bw_event_id b)
{
    return a.device == b.device && a.seq == b.seq;
}

static bool
names(const struct bw_attendance *who, struct bw_event_id event)
{
    for (int i = 0; i < who->arrivals_count; i++) {
        if (is_same(who->arrivals[i], event)) {
            return true;
        }
    }
    return is_same(who->first, event) || is_same(who->waiting_event, event) ||
           is_same(who->subject.walk_in, event);
}

const struct bw_attendance *
bw_desk_attendance(const struct bw_desk *desk, bw_code code, struct bw_event_id event)
{
    if (code != BW_CODE_NONE) {
        return bw_presence_of_code(desk->presence, code);
    }
    if (event.device == 0) {
        return NULL;
    }
    const struct bw_attendance *who = bw_presence_of_event(desk->presence, event);
    for (size_t i = 0; who == NULL && i < bw_presence_size(desk->presence); i++) {
        const struct bw_attendance *other = bw_presence_at(desk->presence, i);
        if (names(other, event)) {
            who = other;
        }
    }
    return who;
}

/* The event that a person's typed or opened names are kept with. */
static struct bw_event_id
naming_event(const struct bw_attendance *who)
{
    if (who->subject.code == BW_CODE_NONE) {
        return who->subject.walk_in;
    }
    return who->first.device != 0 ? who->first : who->waiting_event;
}

/* Reading again won't help. */
static bool
is_lost(enum bw_status status)
{
    return status == BW_NOT_FOUND || status == BW_CORRUPT;
}

/* BW_NOT_FOUND where the roster doesn't know them. */
static enum bw_status
roster_names(struct bw_desk *desk, bw_code code, struct bw_person *ret_person,
    struct bw_error *err)
{
    struct bw_registration r;
    enum bw_status status = code == BW_CODE_NONE
                                ? BW_NOT_FOUND
                                : bw_store_registration(desk->store, code, &r, err);
    if (status == BW_OK) {
        *ret_person = r.person;
    }
    return status;
}

enum bw_status
bw_desk_name(struct bw_desk *desk, const struct bw_attendance *who,
    struct bw_person *ret_person, struct bw_error *err)
{
    *ret_person = (struct bw_person){0};
    enum bw_status status = roster_names(desk, who->subject.code, ret_person, err);
    bool known = status == BW_OK;
    struct bw_event_id event = naming_event(who);
    if ((known && !who->substitute) || event.device == 0) {
        return is_lost(status) ? BW_OK : status;
    }
    struct bw_event_details details;
    if (known || is_lost(status)) {
        status = bw_store_details(desk->store, event, &details, err);
    }
    if (status != BW_OK) {
        return is_lost(status) ? BW_OK : status;
    }
    if (!known) {
        *ret_person = details.person;
        return BW_OK;
    }
    memcpy(
        ret_person->first_name, details.person.first_name, sizeof ret_person->first_name);
    memcpy(ret_person->name, details.person.name, sizeof ret_person->name);
    return BW_OK;
}
