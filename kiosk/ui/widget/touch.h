/* What a finger or a key asks of the page, in the flow's words. Plain values. */
#ifndef BW_UI_TOUCH_H
#define BW_UI_TOUCH_H

#include "flow/view.h"

/* A target by what it does, so that it stays the same when the page is laid out anew. */
struct bw_ui_hit {
    enum bw_action action; /* BW_ACTION_TOUCH where there is no target */
    int index;
};

/* Where the keyboard's ring goes: along the reading order, or in a direction. */
enum bw_ui_focus_move {
    BW_FOCUS_NEXT,
    BW_FOCUS_PREVIOUS,
    BW_FOCUS_LEFT,
    BW_FOCUS_RIGHT,
    BW_FOCUS_UP,
    BW_FOCUS_DOWN,
    BW_FOCUS_OFF
};

#endif
