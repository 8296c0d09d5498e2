/* `roster`: the paper list for the door of a session, the card for its desk, and the list
 * for an evacuation. */
#include "office/ticket/door_pack.h"

#include "central/base/arena.h"
#include "cli/answer.h"
#include "commands.h"
#include "report/figures/report.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <stdlib.h>

enum { BY_KIOSK_BYTES = 1024 };

/* Who is in now, by the events that came. */
struct roster_inside {
    struct bw_evacuation_list_person *people; /* owned */
    size_t count;
    char by_kiosk[BY_KIOSK_BYTES];
    struct bw_arena texts;
};

static const char *
kept(struct roster_inside *inside, const char *text)
{
    const char *copy = bw_arena_text(&inside->texts, text);
    return copy != NULL ? copy : "";
}

/* Walk-ins and substitutes are named by their arrival, the others by their
 * registration. */
static void
person_take(struct roster_inside *inside, const struct bw_book *book,
    const struct bw_attendance *attendance, struct bw_event_id arrival)
{
    struct bw_evacuation_list_person *person = &inside->people[inside->count++];
    const struct bw_event_details *details = bw_book_details_of(book, arrival);
    const struct bw_book_person *known =
        attendance->subject.code == BW_CODE_NONE
            ? NULL
            : bw_book_person_of(book, attendance->subject.code);
    const struct bw_person *who = details != NULL ? &details->person
                                  : known != NULL ? &known->registration.person
                                                  : NULL;
    person->first_name = who != NULL ? kept(inside, who->first_name) : "";
    person->name = who != NULL ? kept(inside, who->name) : "";
}

/* "Zuil bij de ingang: 29 · Zuil tuin: 18": by where they came in. */
static void
kiosks_count(struct roster_inside *inside, const struct bw_book *book)
{
    size_t used = 0;
    for (size_t k = 0; k < book->kiosks_count; k++) {
        const struct bw_book_kiosk *kiosk = &book->kiosks[k];
        int count = 0;
        for (size_t i = 0; i < bw_presence_size(book->presence); i++) {
            const struct bw_attendance *a = bw_presence_at(book->presence, i);
            count += a->in && a->arrivals_count > 0 &&
                     a->arrivals[a->arrivals_count - 1].device == kiosk->chain.device;
        }
        if (count > 0 && used < sizeof inside->by_kiosk) {
            used +=
                (size_t)snprintf(inside->by_kiosk + used, sizeof inside->by_kiosk - used,
                    "%s%s: %d", used > 0 ? " · " : "", kiosk->name, count);
        }
    }
}

static enum bw_status
on_session(const struct bw_report_session *session, void *context, struct bw_error *err)
{
    struct roster_inside *inside = context;
    const struct bw_book *book = session->book;
    size_t size = bw_presence_size(book->presence);
    inside->people = calloc(size + 1, sizeof *inside->people);
    if (inside->people == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "writing the evacuation list: no memory");
    }
    for (size_t i = 0; i < size; i++) {
        const struct bw_attendance *a = bw_presence_at(book->presence, i);
        if (a->in && a->arrivals_count > 0) {
            person_take(inside, book, a, a->arrivals[a->arrivals_count - 1]);
        }
    }
    kiosks_count(inside, book);
    return BW_OK;
}

static enum bw_status
pack_write(struct bw_call *call, struct roster_inside *inside,
    struct bw_door_pack *ret_pack, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_report report = {0};
    const char *session = bw_call_value(call, BW_OPTION_SESSION);
    enum bw_status status = bw_report_of_session(call->central, bw_call_language(call),
        session, bw_call_now_ms(call), on_session, inside, &report, err);
    bw_report_finish(&report);
    const struct bw_door_pack_inside now = {
        inside->people, inside->count, inside->by_kiosk};
    return status == BW_OK ? bw_office_door_pack_write(&office, session, &now,
                                 bw_call_value(call, BW_OPTION_OUT), ret_pack, err)
                           : status;
}

static enum bw_status
answer(struct bw_call *call, const struct bw_door_pack *pack, size_t inside,
    struct bw_error *err)
{
    if (call->json) {
        return bw_cli_json(call,
            json_pack("{s:s, s:I, s:I, s:I, s:s, s:s, s:s}", "session",
                pack->session.code, "confirmed", (json_int_t)pack->confirmed,
                "waitlisted", (json_int_t)pack->waiting, "inside", (json_int_t)inside,
                "path", pack->path, "card", pack->card_path, "evacuation",
                pack->inside_path),
            err);
    }
    (void)fprintf(call->out,
        bw_said(
            "Wrote %s: %" PRId64 " people with a place, %" PRId64
            " on the waitlist, and lines for others; print it on the day, shred it when "
            "it was typed in (import attendance). %s hangs at the desk. %s: %zu people "
            "are "
            "inside, by what is known here.\n"),
        pack->path, pack->confirmed, pack->waiting, pack->card_path, pack->inside_path,
        inside);
    return BW_OK;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct bw_door_pack pack;
    struct roster_inside inside = {.count = 0};
    enum bw_status status = pack_write(call, &inside, &pack, err);
    bool written = status == BW_OK;
    if (written) {
        status = answer(call, &pack, inside.count, err);
    }
    free(inside.people);
    bw_arena_finish(&inside.texts);
    return written ? bw_cli_exit(status, BW_EXIT_DONE, err) : bw_exit_of(status);
}

const struct bw_sync_command bw_sync_command_roster = {
    .name = "roster",
    .operands = "",
    .summary = BW_SAYS("write the paper lists of a session, and the card for its desk"),
    .help = BW_SAYS(
        "An A4 PDF: people with a place by surname, the waitlist in order, and lines\n"
        "for who is on neither; for a door whose kiosk fails. A card that says what\n"
        "staff do. And the evacuation list: who is inside by what came from the\n"
        "kiosks; before the day it is empty lines.\n"),
    .takes = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_OUT) |
             BW_TAKES(BW_OPTION_KEY_FILE) | BW_TAKES(BW_OPTION_LANGUAGE),
    .requires = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_OUT),
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_IN,
    .run = run,
};
