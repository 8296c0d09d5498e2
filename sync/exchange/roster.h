/* A roster on its way: what one kiosk may know, from the central database or a file, into
 * a store or a file.
 *
 * A source calls the sink's functions in the order in which they stand here; the first
 * failure ends it. So the way by network and the way by USB give the same store. One
 * thread. */
#ifndef BW_SYNC_ROSTER_H
#define BW_SYNC_ROSTER_H

#include "central/central.h"

#include <brugwachter/event.h>
#include <brugwachter/sealed.h>
#include <brugwachter/session.h>
#include <brugwachter/store.h>

struct bw_roster1_head {
    uint32_t device;
    bool whole;                /* all there is; else what changed since a revision */
    int64_t revision;          /* the receiver is up to it afterwards */
    int64_t made_ms;           /* by the central side's clock */
    uint64_t acknowledged_seq; /* of the kiosk's own chain, at the central side */
    uint64_t newest_seq;       /* highest of its numbers that the central side knows */
    struct bw_keyring keyring; /* the organiser's keys in use */
};

struct bw_roster1_sink {
    void *context;
    enum bw_status (*begin)(
        void *context, const struct bw_roster1_head *head, struct bw_error *err);
    enum bw_status (*session)(
        void *context, const struct bw_session *session, struct bw_error *err);
    enum bw_status (*registration)(
        void *context, const struct bw_registration *registration, struct bw_error *err);
    enum bw_status (*sealed)(
        void *context, const struct bw_sealed_row *row, struct bw_error *err);
    enum bw_status (*agenda)(
        void *context, const struct bw_agenda_item *item, struct bw_error *err);
    enum bw_status (*peer)(
        void *context, const struct bw_peer *peer, struct bw_error *err);
    enum bw_status (*event)(void *context, const struct bw_event *event,
        const struct bw_event_details *details, struct bw_error *err);
    enum bw_status (*end)(void *context, struct bw_error *err);
};

struct bw_roster1_counts {
    int64_t sessions, registrations, sealed, agenda, peers, events;
};

/* From the central database: what `device` may know and doesn't since revision `since`; 0
 * gives all, and so does a purge in between. */
BW_NODISCARD enum bw_status bw_roster1_of_central(struct bw_central *central,
    uint32_t device, int64_t since, int64_t now_ms, const struct bw_roster1_sink *sink,
    struct bw_roster1_head *ret_head, struct bw_roster1_counts *ret_counts,
    struct bw_error *err);

/* From a letter (roster file): parsed and checked; nothing of it is trusted but who
 * wrote. */
BW_NODISCARD enum bw_status bw_roster1_of_letter(const void *bytes, size_t length,
    const struct bw_roster1_sink *sink, struct bw_roster1_head *ret_head,
    struct bw_roster1_counts *ret_counts, struct bw_error *err);

/* A sink that checks a letter and keeps nothing. */
struct bw_roster1_sink bw_roster1_sink_nowhere(void);

/* Into a store, in its one transaction. */
struct bw_roster1_to_store {
    struct bw_store *store;
    const struct bw_roster1_head *head; /* borrowed from begin to end */
};
struct bw_roster1_sink bw_roster1_sink_store(struct bw_roster1_to_store *to);

/* Into a letter; the caller finishes it and frees the text. */
struct bw_roster1_to_letter;
BW_NODISCARD enum bw_status bw_roster1_to_letter_create(
    struct bw_roster1_to_letter **ret_to, struct bw_error *err);
struct bw_roster1_sink bw_roster1_sink_letter(struct bw_roster1_to_letter *to);
BW_NODISCARD enum bw_status bw_roster1_to_letter_text(
    struct bw_roster1_to_letter *to, char **ret_text, struct bw_error *err);
void bw_roster1_to_letter_destroy(struct bw_roster1_to_letter *to);

#endif
