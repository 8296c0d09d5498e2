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
struct bw_book_answer;

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

/* The number of a kind in the database (office/ruling.h), from 1 on: it stays for good.
 * 0 for none of the above. */
int bw_conflicts_kind_number(const char *kind);
/* And back; "" for another number. Static. */
const char *bw_conflicts_kind_name(int number);

/* All that is to be judged of the session that `book` holds, with sentences in that
 * language (the words are opened, central/base/wording.h); bw_conflicts_finish frees
 * them. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_conflicts_find(const struct bw_book *book,
    enum bw_wording_language language, struct bw_conflicts *ret_conflicts,
    struct bw_error *err);
void bw_conflicts_finish(struct bw_conflicts *conflicts);

/* Those that the organiser answered as a whole, and which are as they were then: nobody
 * has to judge them any more. bw_conflicts_finish frees them. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_conflicts_find_answered(const struct bw_book *book,
    enum bw_wording_language language, struct bw_conflicts *ret_conflicts,
    struct bw_error *err);

/* What was answered to one of those; NULL for one that is to be judged. Borrowed from the
 * book. */
const struct bw_book_answer *bw_conflicts_answer(
    const struct bw_book *book, const struct bw_conflict *conflict);

/* The number of those to be judged alone. The errors of bw_book_open. */
BW_NODISCARD enum bw_status bw_conflicts_count(struct bw_central *central,
    uint32_t session_no, int *ret_count, struct bw_error *err);

#endif
