/* Gauss with partial pivoting: fourteen unknowns at most,
 * so nothing cleverer pays. Pure. */
#include "solve.h"

#include <math.h>

static void
swap_rows(double a[static BW_SOLVE_MAX][BW_SOLVE_MAX], double b[static BW_SOLVE_MAX],
    int one, int other, int size)
{
    for (int k = 0; k < size; k++) {
        double kept = a[one][k];
        a[one][k] = a[other][k];
        a[other][k] = kept;
    }
    double kept = b[one];
    b[one] = b[other];
    b[other] = kept;
}

bool
bw_solve(
    double a[static BW_SOLVE_MAX][BW_SOLVE_MAX], double b[static BW_SOLVE_MAX], int size)
{
    for (int i = 0; i < size; i++) {
        int best = i;
        for (int k = i + 1; k < size; k++) {
            best = fabs(a[k][i]) > fabs(a[best][i]) ? k : best;
        }
        if (!(fabs(a[best][i]) > 1e-12)) {
            return false;
        }
        swap_rows(a, b, i, best, size);
        for (int k = i + 1; k < size; k++) {
            double part = a[k][i] / a[i][i];
            for (int c = i; c < size; c++) {
                a[k][c] -= part * a[i][c];
            }
            b[k] -= part * b[i];
        }
    }
    for (int i = size - 1; i >= 0; i--) {
        for (int c = i + 1; c < size; c++) {
            b[i] -= a[i][c] * b[c];
        }
        b[i] /= a[i][i];
        if (!isfinite(b[i])) {
            return false;
        }
    }
    return true;
}
