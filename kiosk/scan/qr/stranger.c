/* A look is the light and dark of 24 by 24 places over the symbol: of two codes of one
 * size in one place, half of them differ. */
#include "stranger.h"

enum { SIDE = BW_STRANGER_SIDE, DIFFER_MAX = SIDE * SIDE / 16 };

static void
look(const struct bw_scan_view *frame, const float corner[static 4][2], uint8_t *ret_look)
{
    float grey[SIDE * SIDE], sum = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        int row = i / SIDE, column = i % SIDE;
        float u = ((float)column + 0.5F) / SIDE, v = ((float)row + 0.5F) / SIDE;
        float at[2];
        for (int k = 0; k < 2; k++) {
            float top = corner[0][k] + u * (corner[1][k] - corner[0][k]);
            float low = corner[3][k] + u * (corner[2][k] - corner[3][k]);
            at[k] = top + v * (low - top);
        }
        grey[i] = bw_scan_view_sample(frame, at[0], at[1]);
        sum += grey[i];
    }
    for (int i = 0; i < SIDE * SIDE; i++) {
        ret_look[i] = grey[i] * SIDE * SIDE < sum;
    }
}

void
bw_stranger_look(const struct bw_scan_view *frame, struct bw_stranger *stranger)
{
    look(frame, stranger->corner, stranger->look);
}

bool
bw_stranger_stays(const struct bw_scan_view *frame, const struct bw_stranger *stranger)
{
    uint8_t now[SIDE * SIDE];
    int differ = 0;
    look(frame, stranger->corner, now);
    for (int i = 0; i < SIDE * SIDE; i++) {
        differ += now[i] != stranger->look[i];
    }
    return differ <= DIFFER_MAX;
}

bool
bw_strangers_hold(const struct bw_strangers *strangers, float x, float y)
{
    for (int i = 0; i < strangers->count; i++) {
        const struct bw_stranger *stranger = &strangers->list[i];
        int turns = 0;
        for (int c = 0; c < 4; c++) {
            const float *from = stranger->corner[c], *to = stranger->corner[(c + 1) % 4];
            turns +=
                (to[0] - from[0]) * (y - from[1]) >= (to[1] - from[1]) * (x - from[0])
                    ? 1
                    : -1;
        }
        if (turns == 4 || turns == -4) { /* mirrored ones turn the other way */
            return true;
        }
    }
    return false;
}
