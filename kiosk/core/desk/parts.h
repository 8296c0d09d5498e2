/* What the parts of the desk share (desk.c, desk_*.c); nobody else includes this.
 *
 * D1 presence, ledger and session in memory are what the store held at `version`; when
 *    another program wrote since, they follow before the next decision.
 * D2 an event is folded only after it is durable; if folding fails, `stale` is set and
 *    all is read again before the next decision.
 * D3 nothing personal is kept in memory longer than one command.
 *
 * Desk thread only. */
#ifndef BW_CORE_DESK_PARTS_H
#define BW_CORE_DESK_PARTS_H

#include "clock.h"
#include "core/admission/ledger.h"
#include "peers.h"
#include "pin.h"
#include "refusals.h"

#include "core/desk/desk.h"
#include <brugwachter/presence.h>
#include <brugwachter/zone.h>

/* Own events that are to be sent: how many of [from, to) are arrivals. */
struct unsent {
    uint64_t from, to;
    uint64_t check_ins;
};

struct bw_desk {
    struct bw_store *store; /* owned */
    struct bw_clock clock;
    char wanted[BW_LABEL_BYTES]; /* session that was asked for; empty: by the clock */

    bool has_roster; /* the fields below hold */
    struct bw_session session;
    struct bw_zone *zone; /* owned; never NULL once created */
    struct bw_presence *presence;
    struct ledger ledger;
    struct bw_event_id release_event; /* device 0: not released */

    bool stale;
    uint32_t version;   /* of the store, when last followed */
    int64_t peer_after; /* peer events folded up to here */
    uint64_t own_seq;   /* own events folded up to here */
    int64_t roster_revision, roster_ms, contact_ms, acknowledged_seq, sent_seq;
    bool restored;
    struct unsent unsent;
    int64_t check_number; /* BW_NUMBER_CHECK_WORDS; 0: none */
    int64_t refolded;     /* BW_NUMBER_REFOLDED that presence was folded at */
    struct desk_peers peers;

    enum bw_camera_seen camera_seen; /* as in the store, once this desk was told */

    bool is_dirty; /* appended since the last checkpoint */
    int64_t appended_mono_ms;

    struct desk_clock watch;
    struct refusals refusals;
    bool has_pin_state;
    struct pin_state
        pin; /* as in the store; goes on in memory when that can't be written */
    struct bw_event_id own_arrival; /* the last one an attendee made by code or name … */
    int64_t own_arrival_mono_ms;    /* … who may take it back for a short while */
};

int64_t desk_now_ms(const struct bw_desk *desk);
int64_t desk_mono_ms(const struct bw_desk *desk);

/* ---- desk_follow.c ---- */

/* Brings memory up to what the store holds now (D1). */
BW_NODISCARD enum bw_status desk_follow(struct bw_desk *desk, struct bw_error *err);
/* Folds one event into presence and ledger. */
BW_NODISCARD enum bw_status desk_fold(
    struct bw_desk *desk, const struct bw_event *event, struct bw_error *err);
/* Reads session, roster and presence again. */
BW_NODISCARD enum bw_status desk_reload(struct bw_desk *desk, struct bw_error *err);

/* ---- desk_session.c ---- */

/* Picks the active session; *ret_found is false where the store holds none of its own. */
BW_NODISCARD enum bw_status desk_choose_session(struct bw_desk *desk,
    struct bw_session *ret_session, bool *ret_found, struct bw_error *err);
/* True where the session was chosen by the clock and another one's turn has come. */
bool desk_session_is_due(struct bw_desk *desk);
int64_t desk_doors_ms(const struct bw_session *session);
int64_t desk_release_ms(const struct bw_session *session);

/* ---- desk_record.c ---- */

/* Appends and folds; event->id is then given. On failure failure->not_saved. */
BW_NODISCARD enum bw_status desk_append(struct bw_desk *desk,
    enum bw_operator operated_by, struct bw_event *event,
    struct bw_event_details *details, struct bw_failure *failure);
/* Sums the ledger, lead included. */
void desk_sum(struct bw_desk *desk, struct bw_ledger *ret_sum);
/* Records the release where the clock says so and nothing is unknown. */
void desk_release_by_clock(struct bw_desk *desk);

/* ---- desk_person.c ---- */

/* Somebody that presence knows, by code or any event of theirs. NULL where it doesn't. */
const struct bw_attendance *desk_attendance(
    const struct bw_desk *desk, bw_code code, struct bw_event_id event);
/* Names for an answer: the roster's, or those kept with the person's event. */
void desk_name(struct bw_desk *desk, const struct bw_attendance *attendance,
    struct bw_person *ret_person);
/* The row at the door behind the waitlist: guests and walk-ins by when they came. Fills
 * at most `room`, returns how many there are. */
int desk_row(const struct bw_desk *desk, const struct bw_attendance **ret_row, int room);
/* Rank and present people before, of somebody in the row (device 0 in subject and no
 * code: of a newcomer at its end). */
void desk_row_place(const struct bw_desk *desk, const struct bw_attendance *attendance,
    int *ret_position, int *ret_before);

/* ---- handlers, one for each command (desk.c has the table) ---- */

/* Fills `answer`, which is DONE before; on failure `failure`, and what stands in the
 * answer counts for nothing. */
typedef enum bw_status desk_handler(struct bw_desk *desk,
    const struct bw_command *command, struct bw_answer *answer,
    struct bw_failure *failure);

/* desk_admit.c */
desk_handler desk_on_scan, desk_on_code, desk_on_waitlist, desk_on_guest, desk_on_walk_in,
    desk_on_queue, desk_on_substitute, desk_on_override;
/* desk_change.c */
desk_handler desk_on_undo, desk_on_leave, desk_on_release, desk_on_clock,
    desk_on_confirm_clock, desk_on_close_day, desk_on_tidy, desk_on_switch,
    desk_on_keep_camera;
/* peers.c */
desk_handler desk_on_absent;
/* desk_list.c */
desk_handler desk_on_search, desk_on_list, desk_on_offers;
/* desk_find.c */
desk_handler desk_on_find;
/* desk_history.c */
desk_handler desk_on_history;
/* desk_overview.c */
desk_handler desk_on_counts, desk_on_overview, desk_on_agenda, desk_on_sessions;
/* desk_pin.c */
desk_handler desk_on_pin;

#endif
