/* Somebody who may be known here already: see alike.h. */
#include "alike.h"
#include "core/desk/base/person.h"

#include <brugwachter/text.h>

#include <stdio.h>
#include <string.h>

enum { ASKED_MS = 60 * 1000, CANDIDATES_MAX = 50, FOLDED_BYTES = 2 * BW_NAME_BYTES };

struct likeness {
    char name[FOLDED_BYTES], school[BW_TITLE_BYTES]; /* folded */
};

struct alike {
    const struct bw_desk *desk;
    struct likeness wanted;
    struct bw_alike *found; /* device 0 and BW_CODE_NONE: nobody yet */
};

static void
likeness_of(const struct bw_person *person, struct likeness *ret_likeness)
{
    char full[2 * BW_NAME_BYTES];
    (void)snprintf(full, sizeof full, "%.*s %.*s", BW_NAME_BYTES - 1, person->first_name,
        BW_NAME_BYTES - 1, person->name);
    bw_text_fold(full, false, ret_likeness->name, sizeof ret_likeness->name);
    bw_text_fold(
        person->school, false, ret_likeness->school, sizeof ret_likeness->school);
}

static bool
is_alike(const struct likeness *wanted, const struct bw_person *person)
{
    struct likeness other;
    likeness_of(person, &other);
    return strcmp(wanted->name, other.name) == 0 &&
           strcmp(wanted->school, other.school) == 0;
}

/* Who cancelled comes as a walk-in, and is no other person. */
static bool
on_registration(const struct bw_registration *r, void *context)
{
    struct alike *alike = context;
    if (r->status == BW_CANCELLED || !is_alike(&alike->wanted, &r->person)) {
        return true;
    }
    alike->found->known = true;
    alike->found->code = r->code;
    alike->found->person = r->person;
    return false;
}

/* `self`: presence's own knowledge of the visitor, which is no other person; or NULL. */
static enum bw_status
look_among_strangers(struct bw_desk *desk, struct alike *alike,
    const struct bw_attendance *self, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0;
         status == BW_OK && !alike->found->known && i < bw_presence_size(desk->presence);
         i++) {
        const struct bw_attendance *who = bw_presence_at(desk->presence, i);
        if (who == self || !(who->attended || who->waiting) ||
            bw_ledger_find(&desk->ledger, who->subject.code) != NULL) {
            continue;
        }
        struct bw_person person;
        status = bw_desk_name(desk, who, &person, err);
        if (status == BW_OK && is_alike(&alike->wanted, &person)) {
            alike->found->known = true;
            alike->found->code = who->subject.code;
            alike->found->event =
                who->first.device != 0 ? who->first : who->waiting_event;
            alike->found->person = person;
        }
    }
    return status;
}

static enum bw_status
look(struct bw_desk *desk, const struct bw_person *person,
    const struct bw_attendance *self, struct bw_alike *found, struct bw_error *err)
{
    struct alike alike = {.desk = desk, .found = found};
    char query[2 * BW_NAME_BYTES];
    likeness_of(person, &alike.wanted);
    if (alike.wanted.school[0] == '\0') {
        return BW_OK; /* a name alone is many people's */
    }
    (void)snprintf(query, sizeof query, "%.*s %.*s", BW_NAME_BYTES - 1,
        person->first_name, BW_NAME_BYTES - 1, person->name);
    enum bw_status status = bw_store_search(desk->store, desk->session.session_no, query,
        CANDIDATES_MAX, on_registration, &alike, err);
    return status == BW_OK && !found->known
               ? look_among_strangers(desk, &alike, self, err)
               : status;
}

/* Once asked, the same again is another person. */
static bool
was_asked(struct bw_desk *desk, const struct likeness *likeness)
{
    uint8_t key[REFUSAL_KEY_BYTES];
    char text[FOLDED_BYTES + BW_TITLE_BYTES];
    int64_t mono_ms = bw_desk_clock_mono_ms(&desk->clock);
    (void)snprintf(text, sizeof text, "%s\t%s", likeness->name, likeness->school);
    bw_refusals_key(text, key);
    bool asked = desk->has_asked_alike &&
                 memcmp(desk->asked_alike, key, sizeof key) == 0 &&
                 mono_ms - desk->asked_alike_mono_ms <= ASKED_MS;
    memcpy(desk->asked_alike, key, sizeof key);
    desk->asked_alike_mono_ms = mono_ms;
    desk->has_asked_alike = !asked;
    return asked;
}

enum bw_status
bw_desk_ask_alike(
    struct bw_desk *desk, const struct visitor *visitor, struct bw_failure *failure)
{
    const struct bw_person *person = visitor->facts.request == BW_REQUEST_GUEST
                                         ? &visitor->listed.person
                                         : &visitor->details.person;
    struct bw_alike found = {.code = BW_CODE_NONE};
    struct likeness likeness;
    enum bw_status status =
        look(desk, person, visitor->attendance, &found, &failure->error);
    likeness_of(person, &likeness);
    if (status != BW_OK || !found.known || was_asked(desk, &likeness)) {
        return status;
    }
    char shown[BW_EVENT_ID_BYTES];
    if (found.code != BW_CODE_NONE) {
        bw_code_format_shown(found.code, shown);
    } else {
        bw_event_id_format(found.event, shown);
    }
    failure->alike = found;
    return bw_error_set(&failure->error, BW_REFUSED, 0,
        "Recording %.*s %.*s was held back: somebody of that name and school is known "
        "here already, as %s. Check them in by that, or give the same again within a "
        "minute if this is another person.",
        BW_NAME_BYTES - 1, person->first_name, BW_NAME_BYTES - 1, person->name, shown);
}
