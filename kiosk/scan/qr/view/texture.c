/* A block of 8 by 8 pixels averages noise away: what is left of it is the middle of all
 * differences between neighbours, and what is well above that is texture. */
#include "texture.h"

#include <stdlib.h>
#include <string.h>

enum {
    TILE = BW_TEXTURE_TILE,
    PAIRS = 2 * TILE * TILE,
    STEP_MIN = 2, /* grey levels between neighbours */
    STEP_MAX = 5, /* … where all of the frame is noise, or texture */
    STEP_FAINT = 16,
    BUSY_PART = 45, /* per cent of a tile's pairs */
    BRIGHT = 236,
    DARK = 100,
    CHANGE = 6,         /* grey levels of a block */
    CHANGED_PART = 400, /* one block in so many */
};

static int
mean_of(const struct bw_binarise *blocks, int bx, int by)
{
    size_t row = (size_t)blocks->blocks_x + 1;
    const uint32_t *top = blocks->sums + (size_t)by * row + (size_t)bx;
    const uint32_t *low = top + row;
    return (int)((low[1] - low[0] - top[1] + top[0]) /
                 (BW_BINARISE_BLOCK_PX * BW_BINARISE_BLOCK_PX));
}

/* Takes the means, and says how many blocks differ from those of the last frame. */
static int
take_means(struct bw_texture *texture, const struct bw_binarise *blocks)
{
    int differ = 0;
    texture->bright = 0;
    for (int by = 0; by < blocks->blocks_y; by++) {
        for (int bx = 0; bx < blocks->blocks_x; bx++) {
            uint8_t *kept = &texture->mean[by * blocks->blocks_x + bx];
            int mean = mean_of(blocks, bx, by);
            differ += abs(mean - *kept) > CHANGE;
            texture->bright += mean >= BRIGHT;
            *kept = (uint8_t)mean;
        }
    }
    return differ;
}

/* The difference to the right (way 0) or below; -1 at the frame's edge. */
static int
step_at(const struct bw_texture *texture, int x, int y, int way)
{
    int at = y * texture->blocks_x + x;
    if (way ? y + 1 >= texture->blocks_y : x + 1 >= texture->blocks_x) {
        return -1;
    }
    return abs(texture->mean[at] - texture->mean[at + (way ? texture->blocks_x : 1)]);
}

static int
least_step(const struct bw_texture *texture)
{
    int count[256] = {0}, all = 0, below = 0, middle = 0;
    for (int y = 0; y < texture->blocks_y; y++) {
        for (int x = 0; x + 1 < texture->blocks_x; x++) {
            count[step_at(texture, x, y, 0)]++;
            all++;
        }
    }
    while (middle < 255 && (below += count[middle]) * 2 < all) {
        middle++;
    }
    int least = 1 + middle * 5 / 2;
    return least < STEP_MIN ? STEP_MIN : least > STEP_MAX ? STEP_MAX : least;
}

static void
look_at_tile(struct bw_texture *texture, int tx, int ty, int least)
{
    int pairs = 0, steps = 0, strong = 0, sum = 0, blocks = 0, ways[2] = {0};
    for (int y = ty; y < ty + TILE && y < texture->blocks_y; y++) {
        for (int x = tx; x < tx + TILE && x < texture->blocks_x; x++) {
            sum += texture->mean[y * texture->blocks_x + x];
            blocks++;
            for (int way = 0; way < 2; way++) {
                int step = step_at(texture, x, y, way);
                pairs += step >= 0;
                steps += step >= least;
                ways[way] += step >= least;
                strong += step > STEP_FAINT;
            }
        }
    }
    if (pairs * 2 < PAIRS || steps * 100 < pairs * BUSY_PART) {
        return;
    }
    texture->busy++;
    int fewer = ways[0] < ways[1] ? ways[0] : ways[1];
    texture->tile[ty / TILE * texture->tiles_x + tx / TILE] =
        (uint8_t)(fewer * 200 / pairs);
    bool faint = strong * 8 < pairs;
    texture->faint += faint;
    int mean = sum / blocks;
    if (faint && mean < DARK && (texture->dim == 0 || mean < texture->dim)) {
        texture->dim = mean > 0 ? mean : 1;
    }
}

void
bw_texture_look(struct bw_texture *texture, const struct bw_binarise *blocks)
{
    bool other =
        texture->blocks_x != blocks->blocks_x || texture->blocks_y != blocks->blocks_y;
    int all = blocks->blocks_x * blocks->blocks_y;
    int differ = take_means(texture, blocks);
    texture->changed = other || differ * CHANGED_PART > all;
    texture->blocks_x = blocks->blocks_x;
    texture->blocks_y = blocks->blocks_y;
    texture->busy = texture->faint = texture->dim = 0;
    texture->tiles_x = (texture->blocks_x + TILE - 1) / TILE;
    texture->tiles_y = (texture->blocks_y + TILE - 1) / TILE;
    memset(texture->tile, 0, sizeof texture->tile);
    int least = least_step(texture);
    for (int y = 0; y < texture->blocks_y; y += TILE) {
        for (int x = 0; x < texture->blocks_x; x += TILE) {
            look_at_tile(texture, x, y, least);
        }
    }
}

void
bw_texture_forget(struct bw_texture *texture)
{
    texture->blocks_x = texture->blocks_y = 0;
}
