/* One of the records that a conflict is between: what a kiosk saw, and of whom. For who
 * shows them side by side. One thread. */
#ifndef BW_SYNC_CONFLICT_SIDE_H
#define BW_SYNC_CONFLICT_SIDE_H

#include "report/book/book.h"
#include "report/conflict/conflicts.h"

/* Borrowed from the book it was read of. */
struct bw_conflict_side {
    struct bw_event_id event;
    const char *kiosk; /* its name; "" for one that isn't known */
    int64_t wall_ms;   /* by the kiosk's clock; 0 where the event isn't in the book */
    bool unsure;       /* that clock was suspect */
    int64_t came_ms;   /* when it came here, where the kiosk hadn't been heard for longer
                        * than a letter takes; 0: at once, or it can't be said */
    enum bw_event_kind kind;
    enum bw_basis basis;
    bw_code code;                   /* of whose ticket or place; BW_CODE_NONE */
    const struct bw_person *person; /* who came, as far as that is known; or NULL */
    bool instead;                   /* they came in the place of who has the code */
    const char *mail;               /* of a sign-up; "" */
    const char *session, *title;    /* of another session that it was at; NULL: here */
};

/* Reads the side that is `event`. */
void bw_conflicts_side_read(const struct bw_book *book, struct bw_event_id event,
    struct bw_conflict_side *ret_side);

/* Whether the kiosk of `side` can't have known of any other event of that conflict, which
 * another kiosk saw before, as that came here later. Of a suspect clock that can't be
 * said. */
bool bw_conflicts_side_is_unaware(const struct bw_book *book,
    const struct bw_conflict *conflict, const struct bw_conflict_side *side);

/* True for the kinds that are a kiosk's and not a person's ("clock", "fork", "broken"):
 * what it wrote stays as it is, and there is nobody to judge. */
bool bw_conflicts_is_of_kiosk(const struct bw_conflict *conflict);

#endif
