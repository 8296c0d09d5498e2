/* Uitzoeken in parts: what settle.c gathers, and what its siblings add. Each row of what
 * can be decided has "picture", a digest of what there is to decide about, which the form
 * sends back: where no row has it any more, somebody else was first, and nothing is done.
 * One thread. */
#ifndef BW_WEB_SETTLE_H
#define BW_WEB_SETTLE_H

#include "report/conflict/conflict_advice.h"
#include "report/figures/status_figures.h"
#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Conflicts of one page: they are asked one at a time. */
enum { BW_WEB_SETTLE_CONFLICTS = 1 };

/* Lists of rows, owned; NULL once one couldn't be made. */
struct bw_web_settling {
    struct bw_web_visit *visit;
    json_t *doubts, *events, *conflicts;
    json_t *introductions, *letters; /* that wait; that were set aside */
    json_t *kiosks;                  /* their names, by number */
    json_t *done;                    /* what was settled lately */
    size_t page;                     /* that is shown: only its decisions are foreseen */
};

/* Adds the sign-ups in doubt, by rank. In a snapshot. BW_NO_MEMORY, and what the database
 * answers. */
BW_NODISCARD enum bw_status bw_web_settle_doubts(
    struct bw_web_settling *settling, struct bw_error *err);

/* Adds to each of these rows what can be said of it, what that leads to, and what is
 * chosen: what was before a mistake, else what is likeliest. In no snapshot. */
void bw_web_settle_offer(const struct bw_web_visit *visit, json_t *doubts);

/* Does what the form says of doubts that are listed, as one step, and says it.
 * *ret_stale: one of them isn't what it was, and nothing was done. BW_BAD_INPUT for what
 * the page doesn't offer; else as bw_place_doubts_settle. */
BW_NODISCARD enum bw_status bw_web_settle_answers(const struct bw_web_settling *settling,
    const char *why, bool *ret_stale, struct bw_error *err);

/* Adds the conflicts of a session, with their records side by side and what can be said
 * of each. In a snapshot. BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_web_settle_conflicts(struct bw_web_settling *settling,
    const struct bw_status_session *session, struct bw_error *err);

/* What a decision would make of the circle's figures, read of the verb itself on the
 * connection that keeps nothing (WD2): "50 aanwezig wordt 49". "" on a page that isn't
 * shown, and where the verb refuses it. `typed` is of IS alone: whose it is. NULL without
 * memory. */
json_t *bw_web_settle_effect(struct bw_web_settling *settling, const struct bw_book *book,
    enum bw_conflict_answer answer, struct bw_event_id entry, const char *typed);

/* Does what the form says of a conflict that `row` shows, and says it. BW_BAD_INPUT for
 * what its page doesn't offer; else as the verbs of office/ruling.h. */
BW_NODISCARD enum bw_status bw_web_settle_conflict(
    struct bw_web_visit *visit, const json_t *row, const char *why, struct bw_error *err);

/* What was typed of whose it is, and what is wrong with it, into sides of a conflict;
 * `here`: it is the one that the form was of. */
void bw_web_settle_mark(const struct bw_web_visit *visit, bool here, json_t *sides);

/* Adds introductions that wait, letters that were set aside, and the kiosks' names. In a
 * snapshot. BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_web_settle_letters(
    struct bw_web_settling *settling, struct bw_error *err);

/* "Balie"; "zuil 3" for one that was never enrolled here. After the names were added.
 * NULL without memory. */
json_t *bw_web_settle_kiosk(const struct bw_web_settling *settling, int64_t device);

#ifdef __cplusplus
}
#endif

#endif
