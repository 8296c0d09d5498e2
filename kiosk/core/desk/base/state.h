/* What the desk holds in memory: one session, its presence and its places, and how far of
 * the store it has followed. Parts of the desk alone include this.
 *
 * D1 presence, ledger and session in memory are what the store held at `version`; when
 *    another program wrote since, they follow before the next decision.
 * D2 an event is folded only after it is durable; if folding fails, `stale` is set and
 *    all is read again before the next decision.
 * D3 nothing personal is kept in memory longer than one command.
 *
 * Desk thread only. */
#ifndef BW_CORE_DESK_STATE_H
#define BW_CORE_DESK_STATE_H

#include "clock.h"
#include "core/admission/ledger.h"
#include "peers.h"
#include "pin.h"
#include "refusals.h"

#include <brugwachter/command.h>
#include <brugwachter/presence.h>
#include <brugwachter/store.h>
#include <brugwachter/zone.h>

/* Own events that are to be sent: how many of [from, to) are arrivals, and since when the
 * first of those waits (0: none, or its clock was suspect). */
struct desk_unsent {
    uint64_t from, to;
    uint64_t check_ins;
    int64_t since_ms;
};

struct bw_desk {
    struct bw_store *store; /* owned */
    struct desk_clock clock;
    char wanted[BW_LABEL_BYTES]; /* session that was asked for; empty: by the clock */

    bool has_roster; /* the fields below hold */
    struct bw_session session;
    int64_t day_start_ms; /* of the session's local day */
    struct bw_zone *zone; /* owned; never NULL once created */
    struct bw_presence *presence;
    struct ledger ledger;
    struct bw_event_id release_event; /* device 0: not released */

    bool stale;
    uint32_t version;   /* of the store, when last followed */
    int64_t peer_after; /* peer events folded up to here */
    uint64_t own_seq;   /* own events folded up to here */
    int64_t roster_revision, roster_ms, contact_ms, acknowledged_seq, sent_seq;
    int64_t lan, lan_ms;                 /* BW_NUMBER_LAN, BW_NUMBER_LAN_MS */
    int64_t road, road_ms;               /* BW_NUMBER_ROAD, BW_NUMBER_ROAD_MS */
    int64_t receipt_seq, receipt_gap_ms; /* clock_gap.h: of the last receipt */
    bool restored;
    char aside[BW_ASIDE_BYTES]; /* BW_BYTES_ASIDE; "": none */
    struct desk_unsent unsent;
    int64_t check_number; /* BW_NUMBER_CHECK_WORDS; 0: none */
    int64_t refolded;     /* BW_NUMBER_REFOLDED that presence was folded at */
    struct desk_peers peers;

    enum bw_camera_seen camera_seen; /* as in the store, once this desk was told */

    int64_t names_day_ms; /* the day's start when names were opened last */

    bool is_dirty; /* appended since the last checkpoint */
    int64_t appended_mono_ms;

    struct refusals refusals;
    bool has_asked_alike;                   /* alike.h: staff were asked about them … */
    uint8_t asked_alike[REFUSAL_KEY_BYTES]; /* … kept as a hash alone (D3) */
    int64_t asked_alike_mono_ms;
    bool has_pin_state;
    struct pin_state pin; /* as in the store, or newer where that can't be written */
    struct bw_event_id own_arrival; /* the last one an attendee made by code or name … */
    int64_t own_arrival_mono_ms;    /* … who may take it back for a short while */
};

#endif
