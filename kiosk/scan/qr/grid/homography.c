/* Least squares over the linear form (x w = ..., y w = ...). Pure. */
#include "homography.h"

#include "solve.h"

static void
add_row(double a[static BW_SOLVE_MAX][BW_SOLVE_MAX], double b[static BW_SOLVE_MAX],
    const double row[static 8], double value, double weight)
{
    for (int i = 0; i < 8; i++) {
        for (int k = 0; k < 8; k++) {
            a[i][k] += weight * row[i] * row[k];
        }
        b[i] += weight * row[i] * value;
    }
}

bool
bw_homography_fit(const struct bw_match *matches, int count, float size_px,
    struct bw_homography *ret_map)
{
    double a[BW_SOLVE_MAX][BW_SOLVE_MAX] = {{0}}, b[BW_SOLVE_MAX] = {0};
    double middle_x = 0, middle_y = 0, scale = (double)size_px;
    for (int i = 0; i < count; i++) {
        middle_x += (double)matches[i].x / count;
        middle_y += (double)matches[i].y / count;
    }
    for (int i = 0; i < count; i++) {
        const struct bw_match *m = &matches[i];
        double s = (double)m->s, t = (double)m->t;
        double x = ((double)m->x - middle_x) / scale,
               y = ((double)m->y - middle_y) / scale;
        add_row(
            a, b, (double[8]){s, t, 1, 0, 0, 0, -s * x, -t * x}, x, (double)m->weight);
        add_row(
            a, b, (double[8]){0, 0, 0, s, t, 1, -s * y, -t * y}, y, (double)m->weight);
    }
    /* A breath of ridge on the perspective: three finders alone leave it loose. */
    a[6][6] += 1e-4;
    a[7][7] += 1e-4;
    if (!bw_solve(a, b, 8)) {
        return false;
    }
    for (int i = 0; i < 3; i++) {
        double last = i < 2 ? b[6 + i] : 1;
        ret_map->h[i] = b[i] * scale + middle_x * last;
        ret_map->h[3 + i] = b[3 + i] * scale + middle_y * last;
    }
    ret_map->h[6] = b[6];
    ret_map->h[7] = b[7];
    return true;
}
