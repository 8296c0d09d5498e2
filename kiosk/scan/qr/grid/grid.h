/* The module grid of one symbol in a view: where each module is,
 * and whether it is dark. Pure, on the caller's memory; any thread. */
#ifndef BW_SCAN_GRID_H
#define BW_SCAN_GRID_H

#include "homography.h"
#include "scan/qr/symbol/symbol.h"

enum { BW_GRID_BENDS = 10 };

/* Coordinates in modules: (0, 0) is the symbol's outer corner, (0.5, 0.5) the middle of
 * its first module. Paper bends: a polynomial of third degree moves the place
 * before the homography. */
struct bw_grid {
    struct bw_homography map;
    float bend[2][BW_GRID_BENDS]; /* in parts of half the symbol, along and down */
    int modules;
};

/* What sampling gives, and memory for it; 900 kB, so one a scanner. */
struct bw_sampled {
    struct bw_point at[BW_SYMBOL_CELLS]; /* pixels of the view */
    float grey[BW_SYMBOL_CELLS];
    float dark[BW_SYMBOL_CELLS], light[BW_SYMBOL_CELLS]; /* levels around each module */
    uint8_t cells[BW_SYMBOL_CELLS];                      /* 1 dark */
    float table[3][(BW_SYMBOL_MODULES_MAX + 1) * (BW_SYMBOL_MODULES_MAX + 1)];
};

/* The terms of the bend at a place (-1..1). */
void bw_grid_terms(float s, float t, float ret_terms[BW_GRID_BENDS]);

/* Where (u, v) of the grid is seen, in pixels of the view. */
struct bw_point bw_grid_at(const struct bw_grid *grid, float u, float v);

/* The symbol's outer corners, clockwise from its top left one, in pixels of the view. */
void bw_grid_corners(const struct bw_grid *grid, float ret_corner[4][2]);

/* Places the middle of every module as the grid has it. */
void bw_grid_place(const struct bw_grid *grid, struct bw_sampled *ret_sampled);

/* Reads the grey of every module: a small patch round its middle. */
void bw_grid_sample(
    int modules, const struct bw_scan_view *view, struct bw_sampled *sampled);

/* Adds `part` of the difference to the four neighbours, against blur. */
void bw_grid_sharpen(int modules, float part, struct bw_sampled *sampled);

/* Decides dark and light by the levels within `radius` modules. */
void bw_grid_decide(int modules, int radius, struct bw_sampled *sampled);

#endif
