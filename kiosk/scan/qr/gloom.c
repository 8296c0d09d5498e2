/* Of white noise, the means of blocks differ an eighth as much as the pixels do: so many
 * times more as they differ, so much is there besides. That number is told of each tile
 * of dark blocks, along rows and columns, by fourth differences, in which the slopes and
 * waves of a wall's light are gone; where it stands out of the frame's middle, in a patch
 * about as wide as high and alike all over, there is a code. */
#include "gloom.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK = BW_BINARISE_BLOCK_PX,
    AREA = BLOCK * BLOCK,
    TILE = BW_TEXTURE_TILE,
    SIDE_MIN = 4, /* tiles */
    DARK = 75,    /* a block's mean; all round it, too */
    BENT = 70,    /* variance of bends, where that of blocks is 1 */
    PAIRS = 4,    /* pixels compared in a row of a block */
    KEPT = 300,   /* the most that one tile counts to its neighbours */
};

/* What is there besides noise, in parts of it; and how far above the frame's middle. */
#define BESIDES 1.8F
#define ABOVE 1.8F

/* More than that is all over a frame that is full of things, or more than dark. */
#define QUIET 2.0F
#define SWING 2.3F

/* A symbol is alike all over, edges in a room aren't: median in parts of the mean. */
#define EVEN 0.55F

/* Means are whole grey levels: as noise, so much of each pixel's variance. */
#define ROUNDED ((float)AREA / 12)

struct tiles {
    const struct bw_scan_view *frame;
    const struct bw_texture *texture;
    float besides[BW_TEXTURE_TILES_MAX]; /* of a tile; 0 where it isn't dark */
    float swing[BW_TEXTURE_TILES_MAX]; /* variance of its blocks' greys, less the noise */
    float smooth[BW_TEXTURE_TILES_MAX];
    float least;
    bool rich[BW_TEXTURE_TILES_MAX];
};

/* How the means of five blocks in a row bend. *ret_dark becomes false where one of them
 * isn't dark, or isn't in the frame. */
static int
bend(const struct bw_texture *texture, int bx, int by, int dx, int dy, bool *ret_dark)
{
    static const int part[] = {1, -4, 6, -4, 1};
    int sum = 0;
    for (int i = 0; i < 5; i++) {
        int x = bx + (i - 2) * dx, y = by + (i - 2) * dy;
        bool inside = x >= 0 && y >= 0 && x < texture->blocks_x && y < texture->blocks_y;
        int mean = inside ? texture->mean[y * texture->blocks_x + x] : DARK;
        *ret_dark = *ret_dark && mean < DARK;
        sum += part[i] * mean;
    }
    return sum;
}

/* Twice the variance of the noise: of neighbours in two rows of the block. */
static float
noise_of(const struct bw_scan_view *frame, int bx, int by)
{
    int sum = 0;
    for (int i = 0; i < 2 * PAIRS; i++) {
        int x = bx * BLOCK + i % PAIRS * 2, y = by * BLOCK + 2 + i / PAIRS * 4;
        if (x + 1 < frame->width_px && y < frame->height_px) {
            const uint8_t *at = frame->grey + (ptrdiff_t)y * frame->width_px + x;
            sum += (at[1] - at[0]) * (at[1] - at[0]);
        }
    }
    return (float)sum / (2 * PAIRS);
}

/* False where it isn't dark. */
static bool
look_at_tile(struct tiles *look, int tile)
{
    int tx = tile % look->texture->tiles_x, ty = tile / look->texture->tiles_x;
    const struct bw_texture *texture = look->texture;
    int across = 0, down = 0, dark = 0;
    float noise = 0;
    for (int i = 0; i < TILE * TILE; i++) {
        int bx = tx * TILE + i % TILE, by = ty * TILE + i / TILE;
        bool is_dark = true;
        if (bx >= texture->blocks_x || by >= texture->blocks_y ||
            texture->mean[by * texture->blocks_x + bx] >= DARK) {
            continue;
        }
        int row = bend(texture, bx, by, 1, 0, &is_dark);
        int column = bend(texture, bx, by, 0, 1, &is_dark);
        if (is_dark) {
            across += row * row;
            down += column * column;
            noise += noise_of(look->frame, bx, by);
            dark++;
        }
    }
    if (dark * 2 < TILE * TILE) {
        return false;
    }
    noise = noise / (float)dark / 2 + ROUNDED;
    float least = (float)(across < down ? across : down) / (float)dark / BENT;
    look->besides[tile] = fminf(least * AREA / noise, KEPT);
    look->swing[tile] = fmaxf(least - noise / AREA, 0);
    return true;
}

static int
by_size(const void *one, const void *other)
{
    float a = *(const float *)one, b = *(const float *)other;
    return a < b ? -1 : a > b ? 1 : 0;
}

/* Means of three by three tiles, of those that are dark. */
static void
smoothen(struct tiles *look)
{
    for (int i = 0; i < look->texture->tiles_x * look->texture->tiles_y; i++) {
        float sum = 0;
        int count = 0;
        for (int k = 0; k < 9; k++) {
            int x = i % look->texture->tiles_x + k % 3 - 1,
                y = i / look->texture->tiles_x + k / 3 - 1;
            if (x >= 0 && y >= 0 && x < look->texture->tiles_x &&
                y < look->texture->tiles_y &&
                look->besides[y * look->texture->tiles_x + x] > 0) {
                sum += look->besides[y * look->texture->tiles_x + x];
                count++;
            }
        }
        look->smooth[i] = look->besides[i] > 0 && count > 3 ? sum / (float)count : 0;
    }
}

static float
middle_of(const struct tiles *look)
{
    static _Thread_local float sorted[BW_TEXTURE_TILES_MAX];
    size_t count = (size_t)(look->texture->tiles_x * look->texture->tiles_y);
    memcpy(sorted, look->smooth, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_size);
    return sorted[count / 2];
}

/* Full, and nearly as wide as high. */
static bool
is_square(const struct bw_patch *patch)
{
    int width = patch->right - patch->left, height = patch->bottom - patch->top;
    int most = width > height ? width : height, least = width < height ? width : height;
    return least >= SIDE_MIN && most * 3 <= least * 5 &&
           patch->tiles * 9 >= width * height * 4;
}

/* Of the patch's tiles. */
struct sum {
    float besides, middle; /* mean and median */
    float swing;           /* of the blocks' greys, without the noise */
};

static struct sum
sum_of(const struct tiles *look, const struct bw_patch *patch)
{
    float sorted[BW_TEXTURE_TILES_MAX];
    struct sum sum = {0};
    size_t count = 0;
    for (int y = patch->top; y < patch->bottom; y++) {
        for (int x = patch->left; x < patch->right; x++) {
            int tile = y * look->texture->tiles_x + x;
            if (look->smooth[tile] > look->least) {
                sorted[count++] = look->besides[tile];
                sum.besides += look->besides[tile];
                sum.swing += look->swing[tile];
            }
        }
    }
    if (count > 0) {
        qsort(sorted, count, sizeof *sorted, by_size);
        sum.middle = sorted[count / 2];
        sum.besides /= (float)count;
        sum.swing = sqrtf(sum.swing / (float)count);
    }
    return sum;
}

bool
bw_gloom_look(const struct bw_scan_view *frame, const struct bw_texture *texture,
    struct bw_patch *ret_patch)
{
    struct tiles look = {.frame = frame, .texture = texture};
    struct bw_patch patches[BW_PATCHES_MAX];
    int tiles = texture->tiles_x * texture->tiles_y;
    int dark = 0;
    for (int i = 0; i < tiles; i++) {
        dark += look_at_tile(&look, i);
    }
    if (dark < SIDE_MIN * SIDE_MIN) {
        return false;
    }
    smoothen(&look);
    float middle = middle_of(&look), best = 0;
    look.least = fmaxf(BESIDES, ABOVE * middle);
    for (int i = 0; i < tiles; i++) {
        look.rich[i] = look.smooth[i] > look.least;
    }
    int found = middle > QUIET ? 0
                               : bw_patches_find(texture->tiles_x, texture->tiles_y,
                                     look.rich, patches);
    for (int i = 0; i < found; i++) {
        struct sum sum = sum_of(&look, &patches[i]);
        if (is_square(&patches[i]) && sum.middle > EVEN * sum.besides &&
            sum.swing < SWING && sum.besides > best) {
            *ret_patch = patches[i];
            best = sum.besides;
        }
    }
    return best > 0;
}
