/* Where the keyboard is: a ring about one of the page's targets. UI thread. */
#ifndef BW_UI_FOCUS_H
#define BW_UI_FOCUS_H

#include "ui/draw/page.h"
#include "touch.h"

/* Known by what it does, so that it stays while the page is laid out anew. */
struct bw_ui_focus_ring {
    enum bw_action action; /* BW_ACTION_NONE: no ring */
    int index;
};

void bw_ui_focus_off(struct bw_ui_focus_ring *focus);
void bw_ui_focus_move(struct bw_ui_focus_ring *focus, const struct bw_ui_page *page,
    enum bw_ui_focus_move move);
void bw_ui_focus_draw(struct bw_ui_focus_ring *focus, struct bw_ui_page *page);
/* The target under the ring on that page; NULL: there's none. */
const struct bw_ui_target *bw_ui_focus_target(
    const struct bw_ui_focus_ring *focus, const struct bw_ui_page *page);
struct bw_ui_hit bw_ui_focus_hit(
    const struct bw_ui_focus_ring *focus, const struct bw_ui_page *page);

#endif
