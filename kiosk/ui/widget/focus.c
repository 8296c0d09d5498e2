/* Reading order is by row, then from the left, the languages last; rows are targets whose
 * middles are within half a target of each other. A direction takes the nearest target
 * that lies that way. */
#include "focus.h"

#include <limits.h>
#include <stdlib.h>

void
bw_ui_focus_off(struct bw_ui_focus_ring *focus)
{
    *focus = (struct bw_ui_focus_ring){.action = BW_ACTION_NONE};
}

static int
find(const struct bw_ui_focus_ring *focus, const struct bw_ui_page *page)
{
    for (int i = 0; i < page->targets_count; i++) {
        const struct bw_ui_target *target = &page->targets[i];
        if (focus->action != BW_ACTION_NONE && target->action == focus->action &&
            target->index == focus->index) {
            return i;
        }
    }
    return -1;
}

static int
middle_x(const struct bw_ui_target *target)
{
    return target->rect.x + target->rect.w / 2;
}

static int
middle_y(const struct bw_ui_target *target)
{
    return target->rect.y + target->rect.h / 2;
}

/* Negative where `a` is read before `b`: what a screen is for before its languages. */
static int
reading_order(const struct bw_ui_target *a, const struct bw_ui_target *b)
{
    bool a_last = a->action == BW_ACTION_LANGUAGE;
    bool b_last = b->action == BW_ACTION_LANGUAGE;
    if (a_last != b_last) {
        return a_last ? 1 : -1;
    }
    int apart = middle_y(a) - middle_y(b);
    int row = (a->rect.h < b->rect.h ? a->rect.h : b->rect.h) / 2;
    return abs(apart) > row ? apart : a->rect.x - b->rect.x;
}

/* The next in reading order after `from`, or the first; `back` turns the order about. */
static int
next_in_order(const struct bw_ui_page *page, int from, bool back)
{
    int best = -1;
    int first = -1;
    for (int i = 0; i < page->targets_count; i++) {
        const struct bw_ui_target *target = &page->targets[i];
        int sign = back ? -1 : 1;
        if (first < 0 || sign * reading_order(target, &page->targets[first]) < 0) {
            first = i;
        }
        if (from >= 0 && i != from &&
            sign * reading_order(target, &page->targets[from]) > 0 &&
            (best < 0 || sign * reading_order(target, &page->targets[best]) < 0)) {
            best = i;
        }
    }
    return best >= 0 ? best : first;
}

static int
nearest_that_way(const struct bw_ui_page *page, int from, enum bw_ui_focus_move move)
{
    const struct bw_ui_target *here = &page->targets[from];
    int best = from;
    long best_cost = LONG_MAX;
    for (int i = 0; i < page->targets_count; i++) {
        int dx = middle_x(&page->targets[i]) - middle_x(here);
        int dy = middle_y(&page->targets[i]) - middle_y(here);
        bool across = move == BW_FOCUS_LEFT || move == BW_FOCUS_RIGHT;
        int along = move == BW_FOCUS_LEFT    ? -dx
                    : move == BW_FOCUS_RIGHT ? dx
                    : move == BW_FOCUS_UP    ? -dy
                                             : dy;
        int aside = abs(across ? dy : dx);
        if (i == from || along <= 0) {
            continue;
        }
        long cost = along + 3L * aside;
        if (cost < best_cost) {
            best_cost = cost;
            best = i;
        }
    }
    return best;
}

void
bw_ui_focus_move(struct bw_ui_focus_ring *focus, const struct bw_ui_page *page,
    enum bw_ui_focus_move move)
{
    int from = find(focus, page);
    int to;
    if (move == BW_FOCUS_OFF || page->targets_count == 0) {
        bw_ui_focus_off(focus);
        return;
    }
    if (move == BW_FOCUS_NEXT || move == BW_FOCUS_PREVIOUS || from < 0) {
        to = next_in_order(page, from, move == BW_FOCUS_PREVIOUS);
    } else {
        to = nearest_that_way(page, from, move);
    }
    focus->action = page->targets[to].action;
    focus->index = page->targets[to].index;
}

void
bw_ui_focus_draw(struct bw_ui_focus_ring *focus, struct bw_ui_page *page)
{
    int at = find(focus, page);
    if (at < 0) {
        bw_ui_focus_off(focus);
        return;
    }
    const struct bw_ui_metric *m = page->kit.metric;
    struct bw_ui_mark *mark = bw_ui_page_fill(page, page->targets[at].rect, BW_ZON);
    mark->kind = BW_MARK_FRAME;
    mark->colour2 = BW_INKT;
    mark->border = bw_ui_px(m, 0.5);
    mark->radius = m->r2;
    mark->decoration = true;
}

const struct bw_ui_target *
bw_ui_focus_target(const struct bw_ui_focus_ring *focus, const struct bw_ui_page *page)
{
    int at = find(focus, page);
    return at < 0 ? NULL : &page->targets[at];
}

struct bw_ui_hit
bw_ui_focus_hit(const struct bw_ui_focus_ring *focus, const struct bw_ui_page *page)
{
    int at = find(focus, page);
    if (at < 0) {
        return (struct bw_ui_hit){.action = BW_ACTION_NONE};
    }
    return (struct bw_ui_hit){
        .action = page->targets[at].action, .index = page->targets[at].index};
}
