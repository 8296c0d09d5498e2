/* Which areas two pages paint differently.
 *
 * Marks that both pages have, in the same order, are unchanged; the bounds of all others
 * are the difference. Order is kept by walking both lists along their longest greedy
 * match; a mark that moved in the stack counts as changed. Pure. */
#include "page.h"

#include <string.h>

enum { LOOK_AHEAD = 400 };

static void
grow(SDL_Rect *rect, int by)
{
    rect->x -= by;
    rect->y -= by;
    rect->w += 2 * by;
    rect->h += 2 * by;
}

SDL_Rect
bw_ui_mark_bounds(const struct bw_ui_mark *mark)
{
    SDL_Rect bounds = mark->rect;
    switch (mark->kind) {
    case BW_MARK_TEXT: /* slanted and marked letters pass their box */
        grow(&bounds, mark->style.px / 3 + 2);
        break;
    case BW_MARK_FRAME:
        grow(&bounds, mark->border * 2);
        break;
    case BW_MARK_FILL:
    case BW_MARK_ROUND:
    case BW_MARK_ICON:
    case BW_MARK_SCENE:
    case BW_MARK_CAMERA:
    case BW_MARK_QR:
    case BW_MARK_RING:
    case BW_MARK_CORNER:
    case BW_MARK_MASK:
        break;
    }
    return bounds;
}

static bool
same_mark(const struct bw_ui_page *a, const struct bw_ui_mark *one,
    const struct bw_ui_page *b, const struct bw_ui_mark *other)
{
    struct bw_ui_mark left = *one;
    struct bw_ui_mark right = *other;
    left.name = right.name = 0;
    return memcmp(&left, &right, sizeof left) == 0 &&
           strcmp(bw_ui_mark_name(a, one), bw_ui_mark_name(b, other)) == 0;
}

static long
area_of(const SDL_Rect *rect)
{
    return (long)rect->w * rect->h;
}

/* Joins what overlaps, and what costs little to join. */
static void
add_area(SDL_Rect area, SDL_Rect *areas, int *count)
{
    for (int i = 0; i < *count; i++) {
        SDL_Rect both;
        SDL_UnionRect(&areas[i], &area, &both);
        if (area_of(&both) <= area_of(&areas[i]) + area_of(&area) ||
            (*count == BW_AREAS_MAX && i == *count - 1)) {
            areas[i] = areas[--*count];
            add_area(both, areas, count);
            return;
        }
    }
    areas[(*count)++] = area;
}

static void
add_mark_area(const struct bw_ui_mark *mark, SDL_Rect *areas, int *count)
{
    SDL_Rect bounds = bw_ui_mark_bounds(mark);
    if (!SDL_RectEmpty(&bounds)) {
        add_area(bounds, areas, count);
    }
}

static int
find_ahead(const struct bw_ui_page *before, int from, const struct bw_ui_page *after,
    const struct bw_ui_mark *mark)
{
    int end =
        from + LOOK_AHEAD < before->marks_count ? from + LOOK_AHEAD : before->marks_count;
    for (int i = from; i < end; i++) {
        if (same_mark(before, &before->marks[i], after, mark)) {
            return i;
        }
    }
    return -1;
}

int
bw_ui_page_differ(
    const struct bw_ui_page *before, const struct bw_ui_page *after, SDL_Rect *ret_areas)
{
    int count = 0;
    int at = 0;
    for (int i = 0; i < after->marks_count; i++) {
        int found = find_ahead(before, at, after, &after->marks[i]);
        if (found < 0) {
            add_mark_area(&after->marks[i], ret_areas, &count);
            continue;
        }
        while (at < found) {
            add_mark_area(&before->marks[at++], ret_areas, &count);
        }
        at = found + 1;
    }
    while (at < before->marks_count) {
        add_mark_area(&before->marks[at++], ret_areas, &count);
    }
    return count;
}
