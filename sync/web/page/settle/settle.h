/* Uitzoeken in parts: what settle.c gathers, and what its siblings add. Each row of what
 * can be decided has "picture", a digest of what there is to decide about, which the form
 * sends back: where no row has it any more, somebody else was first, and nothing is done.
 * One thread. */
#ifndef BW_WEB_SETTLE_H
#define BW_WEB_SETTLE_H

#include "report/figures/status_figures.h"
#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Lists of rows, owned; NULL once one couldn't be made. */
struct bw_web_settling {
    struct bw_web_visit *visit;
    json_t *doubts, *events, *conflicts;
    json_t *introductions, *letters; /* that wait; that were set aside */
    json_t *done;                    /* what was settled lately */
    int foreseen;                    /* decisions whose figures were looked at */
};

/* Adds the conflicts of a session, with their records side by side and what can be said
 * of each. In a snapshot. BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_web_settle_conflicts(struct bw_web_settling *settling,
    const struct bw_status_session *session, struct bw_error *err);

/* What a decision would make of the circle's figures, read of the verb itself on the
 * connection that keeps nothing (WD2): "50 aanwezig wordt 49". "" past as many as a page
 * may ask about, and where the verb refuses it. `typed` NULL: the entry doesn't stand;
 * else it is theirs. NULL without memory. */
json_t *bw_web_settle_effect(struct bw_web_settling *settling, const struct bw_book *book,
    struct bw_event_id entry, const char *typed);

/* Does what the form says of a conflict that `row` shows, and says it. BW_BAD_INPUT for
 * what its page doesn't offer; else as the verbs of office/ruling.h. */
BW_NODISCARD enum bw_status bw_web_settle_conflict(
    struct bw_web_visit *visit, const json_t *row, const char *why, struct bw_error *err);

/* What was typed of whose it is, and what is wrong with it, into sides of a conflict;
 * `here`: it is the one that the form was of. */
void bw_web_settle_mark(const struct bw_web_visit *visit, bool here, json_t *sides);

/* Adds introductions that wait, and letters that were set aside. In a snapshot.
 * BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_web_settle_letters(
    struct bw_web_settling *settling, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
