/* Small systems of linear equations, for the fits of this folder. Pure, on the caller's
 * memory; any thread. */
#ifndef BW_SCAN_SOLVE_H
#define BW_SCAN_SOLVE_H

#include <stdbool.h>

enum { BW_SOLVE_MAX = 26 };

/* Solves a * x = b of `size` unknowns (plain numbers) by elimination with pivots; b
 * becomes x. False, with a and b spoilt, when the system says nothing. */
bool bw_solve(double a[BW_SOLVE_MAX][BW_SOLVE_MAX], double b[BW_SOLVE_MAX], int size);

#endif
