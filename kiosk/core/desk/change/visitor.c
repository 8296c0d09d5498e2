/* Who stands before the desk: see visitor.h. */
#include "visitor.h"
#include "core/desk/base/person.h"
#include "core/desk/base/release.h"
#include "core/desk/base/door_queue.h"

#include "core/event/details.h"

#include <brugwachter/text.h>

#include <stdio.h>
#include <string.h>

enum { MINUTE_MS = 60 * 1000 };

void
bw_visitor_init(struct visitor *visitor, struct bw_desk *desk,
    enum bw_operator operated_by, enum bw_request request, const char *reason)
{
    *visitor = (struct visitor){.code = BW_CODE_NONE, .reason = reason};
    bw_desk_sum(desk, &visitor->ledger);
    int64_t now_ms = bw_desk_clock_now_ms(&desk->clock);
    int64_t tolerance_ms = (int64_t)desk->session.tolerance_minutes * MINUTE_MS;
    visitor->facts = (struct bw_facts){
        .request = request,
        .operated_by = operated_by,
        .reading = BW_TICKET_SIGNED,
        .here = true,
        .clock_suspect = bw_desk_clock_is_suspect(&desk->clock, desk->store),
        .now_ms = now_ms,
        .opens_ms = desk->session.opens_ms != 0
                        ? desk->session.opens_ms - tolerance_ms
                        : bw_zone_day_start(desk->zone, desk->session.starts_ms),
        .ends_ms = desk->session.ends_ms + tolerance_ms,
        .ledger = &visitor->ledger,
    };
}

static void
note_attendance(struct visitor *visitor, const struct bw_attendance *attendance)
{
    struct bw_facts *facts = &visitor->facts;
    visitor->attendance = attendance;
    if (attendance == NULL) {
        return;
    }
    facts->in = attendance->in;
    bool comes_instead = facts->request == BW_REQUEST_SUBSTITUTE;
    facts->left = attendance->left && !attendance->in &&
                  attendance->substitute == comes_instead; /* else it was another (P7) */
    if (attendance->generation > facts->newest_generation) {
        facts->newest_generation = attendance->generation;
    }
}

/* Where they stand among those who wait: on the waitlist, or in the queue behind it. */
static void
note_place(struct visitor *visitor, const struct bw_desk *desk)
{
    struct bw_facts *facts = &visitor->facts;
    const struct ledger_row *row = bw_ledger_find(&desk->ledger, visitor->code);
    if (row != NULL && row->status == BW_WAITLISTED) {
        facts->position = bw_ledger_position(&desk->ledger, row);
        facts->before = bw_ledger_before(&desk->ledger, row);
    } else if (row == NULL) {
        bw_desk_queue_place(desk, visitor->attendance, &facts->position, &facts->before);
    }
}

/* What a roster says of them: this session's, or another own session's. */
static void
note_registration(struct visitor *visitor, const struct bw_desk *desk)
{
    struct bw_facts *facts = &visitor->facts;
    const struct bw_registration *r = &visitor->listed;
    visitor->has_names = true;
    if (r->session_no == desk->session.session_no) {
        facts->on_roster = true;
        facts->status = r->status;
        facts->roster_generation = r->generation;
    } else {
        facts->here = false;
        facts->has_sealed = true;
        facts->sealed_status = r->status;
        facts->sealed_generation = r->generation;
    }
}

/* Another session's ticket: an own roster may know it, else its holder just made the
 * sealed row readable. Neither is fine too. */
static enum bw_status
look_up_elsewhere(struct visitor *visitor, struct bw_desk *desk, const char *text,
    const struct bw_ticket *ticket, struct bw_error *err)
{
    enum bw_status status =
        bw_store_registration(desk->store, ticket->code, &visitor->listed, err);
    if (status == BW_OK && visitor->listed.session_no != ticket->session_no) {
        status = BW_NOT_FOUND;
    }
    if (status == BW_NOT_FOUND) {
        status = bw_store_sealed(desk->store, text, &visitor->listed, err);
        visitor->listed.session_no = ticket->session_no;
    }
    if (status == BW_OK) {
        note_registration(visitor, desk);
    }
    return status == BW_NOT_FOUND ? BW_OK : status;
}

static enum bw_status
look_up_here(struct visitor *visitor, struct bw_desk *desk,
    const struct bw_ticket *ticket, struct bw_error *err)
{
    enum bw_status status =
        bw_store_registration(desk->store, ticket->code, &visitor->listed, err);
    if (status == BW_OK && visitor->listed.session_no == ticket->session_no) {
        note_registration(visitor, desk);
    }
    return status == BW_NOT_FOUND ? BW_OK : status;
}

enum bw_status
bw_visitor_by_ticket(
    struct visitor *visitor, struct bw_desk *desk, const char *text, struct bw_error *err)
{
    struct bw_facts *facts = &visitor->facts;
    struct bw_ticket ticket = {0};
    (void)snprintf(visitor->key, sizeof visitor->key, "%s", text);
    facts->reading =
        bw_ticket_read(text, &bw_store_enrolment(desk->store)->keyring, &ticket);
    if (facts->reading != BW_TICKET_SIGNED) {
        return BW_OK;
    }
    facts->here = ticket.session_no == desk->session.session_no;
    facts->ticket_generation = ticket.generation;
    visitor->code = ticket.code;
    visitor->home_session_no = ticket.session_no;
    if (facts->here) {
        facts->request = BW_REQUEST_TICKET;
    }
    enum bw_status status = facts->here
                                ? look_up_here(visitor, desk, &ticket, err)
                                : look_up_elsewhere(visitor, desk, text, &ticket, err);
    note_attendance(visitor, bw_presence_of_code(desk->presence, ticket.code));
    if (status == BW_OK && (!facts->here || facts->status == BW_WAITLISTED)) {
        note_place(visitor, desk);
    }
    return status;
}

struct looking {
    struct bw_event_id id;
    struct bw_event found;
};

static bool
on_event(const struct bw_event *event, void *context)
{
    struct looking *looking = context;
    if (event->id.device == looking->id.device && event->id.seq == looking->id.seq) {
        looking->found = *event;
    }
    return looking->found.id.device == 0;
}

/* A guest whom the queue knows: there's no text to read again, and it was signed when
 * they were put there. */
static enum bw_status
look_up_waiting_guest(struct visitor *visitor, struct bw_desk *desk, struct bw_error *err)
{
    struct looking looking = {.id = visitor->attendance->waiting_event};
    enum bw_status status =
        bw_store_events(desk->store, desk->session.session_no, on_event, &looking, err);
    visitor->facts.request = BW_REQUEST_GUEST;
    visitor->facts.here = false;
    visitor->facts.ticket_generation = looking.found.generation;
    visitor->home_session_no = looking.found.home_session_no;
    if (status == BW_OK) {
        status = bw_desk_name(desk, visitor->attendance, &visitor->listed.person, err);
    }
    visitor->has_names = true;
    note_place(visitor, desk);
    return status;
}

static bool
is_called_alike(const struct bw_person *a, const struct bw_person *b)
{
    char names[2][4 * BW_NAME_BYTES];
    const struct bw_person *people[] = {a, b};
    for (int i = 0; i < 2; i++) {
        char full[2 * BW_NAME_BYTES];
        (void)snprintf(full, sizeof full, "%.*s %.*s", BW_NAME_BYTES - 1,
            people[i]->first_name, BW_NAME_BYTES - 1, people[i]->name);
        bw_text_fold(full, false, names[i], sizeof names[i]);
    }
    return strcmp(names[0], names[1]) == 0;
}

/* Who comes instead again is the one who left, where the name is; else another. */
static enum bw_status
note_substitute(struct visitor *visitor, struct bw_desk *desk, struct bw_error *err)
{
    struct bw_facts *facts = &visitor->facts;
    if (facts->request != BW_REQUEST_SUBSTITUTE || !facts->left) {
        return BW_OK;
    }
    struct bw_person before;
    enum bw_status status = bw_desk_name(desk, visitor->attendance, &before, err);
    visitor->comes_back =
        status == BW_OK && is_called_alike(&before, &visitor->details.person);
    facts->left = visitor->comes_back;
    return status;
}

enum bw_status
bw_visitor_by_code(
    struct visitor *visitor, struct bw_desk *desk, bw_code code, struct bw_error *err)
{
    char text[BW_CODE_BYTES];
    bw_code_format(code, text);
    (void)snprintf(visitor->key, sizeof visitor->key, "code %s %d", text,
        (int)visitor->facts.request);
    visitor->code = code;
    enum bw_status status =
        bw_store_registration(desk->store, code, &visitor->listed, err);
    if (status == BW_OK) {
        note_registration(visitor, desk);
    } else if (status != BW_NOT_FOUND) {
        return status;
    }
    note_attendance(visitor, bw_presence_of_code(desk->presence, code));
    status = note_substitute(visitor, desk, err);
    if (status != BW_OK) {
        return status;
    }
    if (!visitor->facts.on_roster && visitor->attendance != NULL &&
        visitor->attendance->waiting && visitor->facts.request == BW_REQUEST_WAITLIST) {
        return look_up_waiting_guest(visitor, desk, err);
    }
    note_place(visitor, desk);
    return BW_OK;
}

enum bw_status
bw_visitor_by_event(struct visitor *visitor, struct bw_desk *desk,
    struct bw_event_id event, struct bw_error *err)
{
    const struct bw_attendance *who = bw_desk_attendance(desk, BW_CODE_NONE, event);
    char shown[BW_EVENT_ID_BYTES];
    bw_event_id_format(event, shown);
    if (who == NULL) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "Admitting %s failed: nobody at this session "
            "has that number. Look them up in the list.",
            shown);
    }
    if (who->subject.code != BW_CODE_NONE) {
        return bw_visitor_by_code(visitor, desk, who->subject.code, err);
    }
    (void)snprintf(visitor->key, sizeof visitor->key, "event %s", shown);
    visitor->facts.request = BW_REQUEST_WALK_IN;
    visitor->facts.audience = true; /* they were asked when they were put in the queue */
    note_attendance(visitor, who);
    note_place(visitor, desk);
    visitor->has_names = true;
    return bw_desk_name(desk, who, &visitor->listed.person, err);
}

enum bw_status
bw_visitor_by_names(struct visitor *visitor, struct bw_desk *desk,
    const struct bw_command_newcomer *newcomer, struct bw_error *err)
{
    struct bw_event_details *details = &visitor->details;
    details->person = newcomer->person;
    details->person.table[0] = details->person.attention[0] = '\0'; /* newcomers' */
    visitor->facts.audience = newcomer->audience;
    enum bw_status status = bw_details_clean(details, err);
    if (status != BW_OK) {
        return status;
    }
    if (details->person.first_name[0] == '\0' && details->person.name[0] == '\0') {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Recording somebody without a ticket failed: no name was given. Type at "
            "least a first name.");
    }
    visitor->has_details = true;
    if (visitor->facts.request == BW_REQUEST_WALK_IN) {
        (void)snprintf(visitor->key, sizeof visitor->key, "names %s\t%s",
            details->person.first_name, details->person.name);
        bw_desk_queue_place(desk, NULL, &visitor->facts.position, &visitor->facts.before);
    }
    return BW_OK;
}
