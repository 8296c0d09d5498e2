/* Where the keyboard is: a ring about one of the page's targets. Nothing here
 * fails. UI thread. */
#ifndef BW_UI_FOCUS_H
#define BW_UI_FOCUS_H

#include "ui/draw/page.h"
#include "touch.h"

/* Known by what it does, so that it stays while the page is laid out anew. */
struct bw_ui_focus_ring {
    enum bw_action action; /* BW_ACTION_NONE: no ring */
    int index;
};

/* No ring any more. */
void bw_ui_focus_off(struct bw_ui_focus_ring *focus);
/* To the next target: in reading order, round and round, or in a direction. */
void bw_ui_focus_move(struct bw_ui_focus_ring *focus, const struct bw_ui_page *page,
    enum bw_ui_focus_move move);
/* Adds the ring to the page, the caller's, where its target stands; without one the ring
 * goes. */
void bw_ui_focus_draw(struct bw_ui_focus_ring *focus, struct bw_ui_page *page);
/* The target under the ring on that page, borrowed from it; NULL: there's none. Also as
 * what a touch gives. */
const struct bw_ui_target *bw_ui_focus_target(
    const struct bw_ui_focus_ring *focus, const struct bw_ui_page *page);
struct bw_ui_hit bw_ui_focus_hit(
    const struct bw_ui_focus_ring *focus, const struct bw_ui_page *page);

#endif
