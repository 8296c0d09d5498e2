/* Lays a grid over a symbol that is blurred, moved, cut or scratched, from a place that
 * is off by a module or two. What is known of a symbol (finder patterns, and the light
 * round them) is blurred as the picture is, and the grid moves to where that explains it
 * best.
 * Any thread, one at a time for a room to work in; view and pattern are borrowed. */
#ifndef BW_SCAN_FIT_H
#define BW_SCAN_FIT_H

#include "deblur.h"

/* Moves the grid to where its finder patterns are, then its last alignment pattern.
 * `pattern` are the function modules (symbol.h). Returns what part of the differences
 * among the modules round them is explained, 0..1; what lies outside the view isn't
 * asked. */
float bw_fit_known(struct bw_deblur *work, const struct bw_scan_view *view,
    const int8_t *pattern, struct bw_grid *grid);

/* Moves the grid by all modules, as bw_deblur_run() has just decided them in it. */
void bw_fit_all(struct bw_deblur *work, const struct bw_scan_view *view,
    const struct bw_sampled *sampled, struct bw_grid *grid);

#endif
