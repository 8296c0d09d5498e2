/* What `status` states: every session, kiosk and signing key, and what is to be looked
 * at. Figures alone; the words are the command's. One thread. */
#ifndef BW_SYNC_STATUS_FIGURES_H
#define BW_SYNC_STATUS_FIGURES_H

#include "central/central.h"
#include "central/chain.h"
#include "central/pending.h"
#include "central/session_state.h"
#include "report/book/book.h"
#include "report/conflict/conflicts.h"

#include <brugwachter/session.h>
#include <brugwachter/ticket.h>

struct bw_status_session {
    uint32_t session_no;
    int capacity;
    char code[BW_LABEL_BYTES];
    char title[BW_TITLE_BYTES];
    enum bw_session_state state;
    int64_t counts[BW_BLOCKED + 1];           /* registrations, by status */
    int present, walk_ins, guests, conflicts; /* present: in, the others of these */
    struct bw_conflicts decisions;            /* decisions.h: with their reasons */
};

struct bw_status_kiosk {
    uint32_t device;
    char name[BW_NAME_BYTES];
    char session[BW_LABEL_BYTES]; /* the first that it is enrolled for */
    int64_t last_contact_ms;      /* UTC, by the office's clock; 0: never */
    int state;                    /* of schema_letters.sql.c: enum bw_kiosk_state */
    struct bw_device_chain chain;
    bool undecided; /* there are copies, and nobody said which goes on (fork.h) */
    bool silent;    /* bw_status_kiosks_silent (status_kiosk.h), once it looked */
};

struct bw_status_key {
    uint8_t key;
    char public_hex[2 * BW_PUBLIC_KEY_BYTES + 1];
    bool retired;
};

struct bw_status_figures {
    struct bw_status_session *sessions; /* by start */
    size_t sessions_count, sessions_capacity;
    struct bw_status_kiosk *kiosks; /* by number */
    size_t kiosks_count, kiosks_capacity;
    struct bw_status_key *keys;
    size_t keys_count, keys_capacity;
    struct bw_pending pending;
    int64_t now_ms;                    /* that they were read at */
    enum bw_wording_language language; /* of what was decided */
    bool no_memory;
};

/* Reads all of it in one snapshot (C4), every hash computed (CH1). `now_ms` is the
 * office's time, UTC. The caller finishes the figures. BW_NO_MEMORY, and what the
 * database answers. */
BW_NODISCARD enum bw_status bw_status_read(struct bw_central *central,
    enum bw_wording_language language, int64_t now_ms,
    struct bw_status_figures *ret_figures, struct bw_error *err);
/* Of one session's book: its kiosks alone, in the caller's snapshot; the caller finishes
 * the figures. BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_status_read_kiosks(struct bw_central *central,
    const struct bw_book *book, struct bw_status_figures *ret_figures,
    struct bw_error *err);
void bw_status_finish(struct bw_status_figures *figures);

/* Conflicts, gaps, forks, a chain that doesn't hold,
 * or what bw_pending_needs_a_look says. */
bool bw_status_needs_a_look(const struct bw_status_figures *figures, int64_t now_ms);

#endif
