/* A flood over the tiles. */
#include "patch.h"

enum { SIDE_MIN = 3 /* tiles */ };

static void
include(struct bw_patch *patch, int x, int y)
{
    patch->left = x < patch->left ? x : patch->left;
    patch->top = y < patch->top ? y : patch->top;
    patch->right = x >= patch->right ? x + 1 : patch->right;
    patch->bottom = y >= patch->bottom ? y + 1 : patch->bottom;
    patch->tiles++;
}

/* All tiles that hang together with one, taken out of `rich`. */
static struct bw_patch
spread(int tiles_x, int tiles_y, int from, bool *rich)
{
    static const int beside[4][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    int waiting[BW_TEXTURE_TILES_MAX], count = 0;
    struct bw_patch patch = {tiles_x, tiles_y, 0, 0, 0};
    waiting[count++] = from;
    rich[from] = false;
    while (count > 0) {
        int at = waiting[--count], x = at % tiles_x, y = at / tiles_x;
        include(&patch, x, y);
        for (int i = 0; i < 4; i++) {
            int bx = x + beside[i][0], by = y + beside[i][1], b = by * tiles_x + bx;
            if (bx >= 0 && by >= 0 && bx < tiles_x && by < tiles_y && rich[b]) {
                rich[b] = false;
                waiting[count++] = b;
            }
        }
    }
    return patch;
}

static bool
is_like_symbol(int tiles, const struct bw_patch *patch)
{
    int width = patch->right - patch->left, height = patch->bottom - patch->top;
    int most = width > height ? width : height, least = width < height ? width : height;
    return least >= SIDE_MIN && most <= 2 * least && patch->tiles * 3 >= width * height &&
           width * height * 2 <= tiles;
}

int
bw_patches_find(int tiles_x, int tiles_y, bool rich[static BW_TEXTURE_TILES_MAX],
    struct bw_patch ret_patches[static BW_PATCHES_MAX])
{
    int found = 0;
    for (int i = 0; i < tiles_x * tiles_y; i++) {
        if (!rich[i]) {
            continue;
        }
        struct bw_patch patch = spread(tiles_x, tiles_y, i, rich);
        if (!is_like_symbol(tiles_x * tiles_y, &patch)) {
            continue;
        }
        int at = found < BW_PATCHES_MAX ? found++ : BW_PATCHES_MAX;
        for (; at > 0 && ret_patches[at - 1].tiles < patch.tiles; at--) {
            if (at < BW_PATCHES_MAX) {
                ret_patches[at] = ret_patches[at - 1];
            }
        }
        if (at < BW_PATCHES_MAX) {
            ret_patches[at] = patch;
        }
    }
    return found;
}
