/* What the organiser should look at: scans that happened, and that somebody must judge.
 *
 * Nothing here is refused or changed; all was merged and counted once (design: a scan
 * that happened is a fact). One thread. */
#ifndef BW_SYNC_CONFLICTS_H
#define BW_SYNC_CONFLICTS_H

#include "central/base/wording.h"
#include "central/central.h"

#include <brugwachter/event.h>

struct bw_book;

/* kind: "cancelled", "blocked", "replaced", "unknown", "unlisted", "double_entry",
 * "twice", "over_capacity", "moved", "clock", "fork", "broken", "annulled". */
struct bw_conflict {
    const char *kind;
    char *text; /* one sentence, with what each kiosk saw */
    int events_count;
    struct bw_event_id *events;
};

struct bw_conflicts {
    int count;
    struct bw_conflict *items; /* by kind, then by first event */
};

/* All of the session that `book` holds, with sentences in that language (the words are
 * opened, central/base/wording.h); bw_conflicts_finish frees them. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_conflicts_find(const struct bw_book *book,
    enum bw_wording_language language, struct bw_conflicts *ret_conflicts,
    struct bw_error *err);
void bw_conflicts_finish(struct bw_conflicts *conflicts);

/* Their number alone. The errors of bw_book_open. */
BW_NODISCARD enum bw_status bw_conflicts_count(struct bw_central *central,
    uint32_t session_no, int *ret_count, struct bw_error *err);

#endif
