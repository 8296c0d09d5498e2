/* Where the keyboard is: a ring about one of the page's targets. UI thread. */
#ifndef BW_UI_FOCUS_H
#define BW_UI_FOCUS_H

#include "ui/draw/page.h"
#include "ui/ui.h"

/* Known by what it does, so that it stays while the page is laid out anew. */
struct bw_focus {
    enum bw_action action; /* BW_ACTION_NONE: no ring */
    int index;
};

void bw_focus_off(struct bw_focus *focus);
void bw_focus_move(
    struct bw_focus *focus, const struct bw_page *page, enum bw_focus_move move);
void bw_focus_draw(struct bw_focus *focus, struct bw_page *page);
/* The target under the ring on that page; NULL: there's none. */
const struct bw_target *bw_focus_target(
    const struct bw_focus *focus, const struct bw_page *page);
struct bw_ui_hit bw_focus_hit(const struct bw_focus *focus, const struct bw_page *page);

#endif
