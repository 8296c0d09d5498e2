/* Patches of busy tiles, and how steep their edges are.
 *
 * A symbol changes in both directions from block to block, however soft it is: its tiles
 * hang together in a patch about as wide as high. In it the steepest edges of a sharp
 * picture take 2 or 3 pixels, those of one that isn't read for being soft 7 and more;
 * where it moved, far more in one direction than across (the two eigenvalues of the
 * gradients' products). The numbers come from tests/scan/qr/kind.h: symbols that are
 * read, letters and prints stay below 5 pixels and below 1.25 to 1. Pure. */
#include "hint.h"

#include "gloom.h"
#include "patch.h"

#include <math.h>
#include <stdlib.h>

enum {
    TILE_PX = BW_PATCH_TILE_PX,
    SAMPLES = 48, /* on a side of a patch */
    REACH_PX = 3,
    WAYS = 4,
    RICH_DIM = 40,   /* before a window a symbol changes less from block to block */
    LIGHT_DARK = 70, /* paper as dark as that, with so little contrast, wants light */
    CONTRAST_DARK = 30,
    CONTRAST_MIN = 32, /* less may be noise */
    DARK_EVERY = 4,    /* in one frame of so many that don't move, what is dark */
    STILL_FRAMES = 15, /* frames without a move: half a second */
    ROUND_MIN = 15,    /* of BW_RING_LOOKS directions */
    CORNER = 9, /* modules from a corner, quiet zone and all, to a finder pattern */
    /* modules across a patch, with what is cut off or beside it: */
    SYMBOL_MIN = 15,
    SYMBOL_MAX = 60,
};

#define SOFT_PX 7.0F
#define MOVING_PX 6.0F
#define MOVING_RATIO 1.35F
#define BLUNT 4.5F /* contrast in parts of the mean step across 4 pixels */

/* How a patch looks. */
struct edges {
    int dark, light, lightish; /* a tenth is darker, a tenth lighter; three tenths are */
    float least_px, most_px;   /* widths of the steepest edges, over the directions */
    float ratio, blunt;
};

/* Much of the frame is white, and something dark has a little texture. */
static int
least_rich(const struct bw_texture *texture)
{
    bool backlit =
        texture->dim > 0 && texture->bright * 5 > texture->blocks_x * texture->blocks_y;
    return backlit ? RICH_DIM : BW_TEXTURE_RICH;
}

/* Below which grey are so many in a thousand? */
static int
grey_at(const int count[256], int all, int per_mille)
{
    int below = 0, at = 0;
    while (at < 255 && (below += count[at]) * 1000 < all * per_mille) {
        at++;
    }
    return at;
}

struct edge_count {
    int grey[256], step[WAYS][256], all;
    float xx, yy, xy; /* products of the gradients */
};

static void
add(const struct bw_scan_view *frame, int x, int y, struct edge_count *count)
{
    static const int ways[WAYS][2] = {{3, 0}, {2, 2}, {0, 3}, {-2, 2}};
    ptrdiff_t row = frame->width_px;
    const uint8_t *at = frame->grey + (ptrdiff_t)y * row + x;
    count->all++;
    count->grey[*at]++;
    for (int way = 0; way < WAYS; way++) {
        count->step[way][abs(at[ways[way][1] * row + ways[way][0]] - *at)]++;
    }
    float across = (float)(at[2] - at[-2]), down = (float)(at[2 * row] - at[-2 * row]);
    count->xx += across * across;
    count->yy += down * down;
    count->xy += across * down;
}

static struct edges
edges_of(const struct edge_count *count)
{
    struct edges edges = {.dark = grey_at(count->grey, count->all, 100),
        .light = grey_at(count->grey, count->all, 900),
        .lightish = grey_at(count->grey, count->all, 700),
        .least_px = 1e6F};
    float contrast = (float)(edges.light - edges.dark);
    for (int way = 0; way < WAYS; way++) {
        int step = grey_at(count->step[way], count->all, 950);
        float width_px = REACH_PX * contrast / (float)(1 + step);
        edges.least_px = fminf(edges.least_px, width_px);
        edges.most_px = fmaxf(edges.most_px, width_px);
    }
    float mean = (count->xx + count->yy) / 2;
    float off = hypotf((count->xx - count->yy) / 2, count->xy);
    float least = fmaxf(mean - off, 0);
    edges.ratio = sqrtf((mean + off) / (least + 1));
    edges.blunt = contrast / sqrtf(least / (float)count->all + 1);
    return edges;
}

/* False where nothing of it lies far enough inside the frame. */
static bool
measure(const struct bw_scan_view *frame, const struct bw_texture *texture,
    const struct bw_patch *patch, struct edges *ret_edges)
{
    struct edge_count count = {.all = 0};
    int least = least_rich(texture);
    int width = (patch->right - patch->left) * TILE_PX;
    int height = (patch->bottom - patch->top) * TILE_PX;
    for (int i = 0; i < SAMPLES * SAMPLES; i++) {
        int x = patch->left * TILE_PX + width * (i % SAMPLES) / SAMPLES;
        int y = patch->top * TILE_PX + height * (i / SAMPLES) / SAMPLES;
        int tile = y / TILE_PX * texture->tiles_x + x / TILE_PX;
        if (texture->tile[tile] >= least && x >= REACH_PX && y >= REACH_PX &&
            x < frame->width_px - REACH_PX && y < frame->height_px - REACH_PX) {
            add(frame, x, y, &count);
        }
    }
    if (count.all > 0) {
        *ret_edges = edges_of(&count);
    }
    return count.all > 0;
}

/* Over the edge of the picture, and full: a print that goes on there has gaps. */
static bool
is_cut(const struct bw_texture *texture, const struct bw_patch *patch)
{
    int tiles = (patch->right - patch->left) * (patch->bottom - patch->top);
    if (patch->tiles * 100 < tiles * 55) {
        return false;
    }
    return patch->left == 0 || patch->top == 0 || patch->right == texture->tiles_x ||
           patch->bottom == texture->tiles_y;
}

/* Is a finder pattern at one of its corners, of a size that fits? */
static bool
has_sight(const struct bw_patch *patch, const struct bw_hint_sights *sights)
{
    float left = (float)(patch->left * TILE_PX), right = (float)(patch->right * TILE_PX);
    float top = (float)(patch->top * TILE_PX), bottom = (float)(patch->bottom * TILE_PX);
    float side_px = fmaxf(right - left, bottom - top);
    for (int i = 0; i < sights->count; i++) {
        const struct bw_hint_sight *sight = &sights->list[i];
        float modules = side_px / sight->module_px;
        float near_px = CORNER * sight->module_px + TILE_PX;
        float across = fminf(sight->x - left, right - sight->x);
        float down = fminf(sight->y - top, bottom - sight->y);
        if (modules > SYMBOL_MIN && modules < SYMBOL_MAX && across >= 0 && down >= 0 &&
            across < near_px && down < near_px) {
            return true;
        }
    }
    return false;
}

static enum bw_scan_trouble
trouble_of(const struct edges *edges)
{
    if (edges->lightish < LIGHT_DARK && edges->lightish - edges->dark < CONTRAST_DARK) {
        return BW_TROUBLE_DARK;
    }
    if (edges->light - edges->dark < CONTRAST_MIN) {
        return BW_TROUBLE_NONE;
    }
    if (edges->ratio >= MOVING_RATIO && edges->most_px >= MOVING_PX &&
        edges->blunt >= BLUNT) {
        return BW_TROUBLE_MOVING;
    }
    return edges->least_px >= SOFT_PX ? BW_TROUBLE_SOFT : BW_TROUBLE_NONE;
}

/* Is the patch one that a code was read in, or in such a code? */
static bool
is_explained(const struct bw_hint *hint, const struct bw_strangers *strangers)
{
    for (int i = 0; i < strangers->count; i++) {
        float x = 0, y = 0;
        for (int k = 0; k < 4; k++) {
            x += strangers->list[i].corner[k][0] / 4;
            y += strangers->list[i].corner[k][1] / 4;
        }
        if (x >= hint->left && x < hint->right && y >= hint->top && y < hint->bottom) {
            return true;
        }
    }
    return bw_strangers_hold(
        strangers, (hint->left + hint->right) / 2, (hint->top + hint->bottom) / 2);
}

static struct bw_hint
hint_at(const struct bw_scan_view *frame, const struct bw_patch *patch)
{
    return (struct bw_hint){BW_TROUBLE_NONE, (float)(patch->left * TILE_PX),
        (float)(patch->top * TILE_PX),
        fminf((float)(patch->right * TILE_PX), (float)frame->width_px),
        fminf((float)(patch->bottom * TILE_PX), (float)frame->height_px)};
}

void
bw_scan_hint_see(struct bw_hint_sights *sights, const struct bw_scan_view *view,
    const struct bw_scan_finder *finders, int count)
{
    for (int i = 0; i < count && sights->count < BW_HINT_SIGHTS_MAX; i++) {
        if (finders[i].round >= ROUND_MIN) {
            sights->list[sights->count++] = (struct bw_hint_sight){
                finders[i].x * view->scale + view->x,
                finders[i].y * view->scale + view->y, finders[i].module_px * view->scale};
        }
    }
}

/* What the tiles don't tell, or of a part of the patch only. */
static struct bw_hint
look_in_the_dark(const struct bw_scan_view *frame, const struct bw_texture *texture,
    const struct bw_strangers *strangers)
{
    struct bw_patch patch;
    struct bw_hint hint = {BW_TROUBLE_NONE, 0, 0, 0, 0};
    if (bw_gloom_look(frame, texture, &patch)) {
        hint = hint_at(frame, &patch);
        hint.trouble = is_explained(&hint, strangers) ? BW_TROUBLE_NONE : BW_TROUBLE_DARK;
    }
    return hint;
}

static struct bw_hint
look(const struct bw_scan_view *frame, const struct bw_texture *texture,
    const struct bw_strangers *strangers, const struct bw_hint_sights *sights,
    bool dark_too)
{
    struct bw_hint hint = {BW_TROUBLE_NONE, 0, 0, 0, 0};
    struct bw_patch patches[BW_PATCHES_MAX];
    bool rich[BW_TEXTURE_TILES_MAX];
    int least = least_rich(texture);
    for (int i = 0; i < texture->tiles_x * texture->tiles_y; i++) {
        rich[i] = texture->tile[i] >= least;
    }
    int found = bw_patches_find(texture->tiles_x, texture->tiles_y, rich, patches);
    for (int i = 0; i < found && hint.trouble == BW_TROUBLE_NONE; i++) {
        const struct bw_patch *patch = &patches[i];
        struct bw_hint place = hint_at(frame, patch);
        struct edges edges;
        if (is_explained(&place, strangers) || !measure(frame, texture, patch, &edges)) {
            continue;
        }
        hint = place;
        hint.trouble = trouble_of(&edges);
        if (hint.trouble == BW_TROUBLE_NONE && is_cut(texture, patch) &&
            has_sight(patch, sights)) {
            hint.trouble = BW_TROUBLE_CUT;
        }
    }
    if (hint.trouble ? hint.trouble != BW_TROUBLE_DARK : !dark_too) {
        return hint;
    }
    struct bw_hint dark = look_in_the_dark(frame, texture, strangers);
    return dark.trouble ? dark : hint;
}

void
bw_scan_hint_renew(const struct bw_scan_view *frame, const struct bw_texture *texture,
    const struct bw_strangers *strangers, const struct bw_hint_sights *sights,
    unsigned still, struct bw_hint *inout_hint)
{
    if (still < STILL_FRAMES) {
        struct bw_hint hint =
            look(frame, texture, strangers, sights, still % DARK_EVERY == 0);
        *inout_hint = hint.trouble || still == 0 ? hint : *inout_hint;
    } else if (still % STILL_FRAMES == 0 &&
               (!inout_hint->trouble || inout_hint->trouble == BW_TROUBLE_DARK)) {
        *inout_hint = look_in_the_dark(frame, texture, strangers);
    }
}
