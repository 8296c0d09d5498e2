/* What the steps of an attempt cost at most, in microseconds on the machine of the
 * measurements, by the number of modules along a side. attempt.c's alone; pure. */
#ifndef BW_SCAN_COSTS_H
#define BW_SCAN_COSTS_H

#include "scan/qr/grid/warp.h"
#include "scan/qr/symbol/clean.h"

#include <stdbool.h>
#include <stdint.h>

/* zbar on the clean picture. */
static inline uint32_t
read_cost_us(int modules)
{
    uint32_t cells = (uint32_t)(modules * modules);
    return 150 + (modules > BW_CLEAN_LARGE ? cells / 7 : cells * 2 / 5);
}

/* Greys of all modules, and their levels. */
static inline uint32_t
look_cost_us(int modules)
{
    return 20 + (uint32_t)(modules * modules) / 16;
}

/* A round of relax.h. */
static inline uint32_t
settle_cost_us(int modules)
{
    return 50 + (uint32_t)(modules * modules) / 4;
}

/* Following curved paper (warp.h). */
static inline uint32_t
warp_cost_us(int modules)
{
    uint32_t nodes = (uint32_t)bw_warp_nodes(modules);
    return 300 + 3 * nodes * nodes + (uint32_t)(modules * modules) / 8;
}

/* Undoing blur (deblur.h), for the first time or again. */
static inline uint32_t
deblur_cost_us(int modules, bool again)
{
    uint32_t cells = (uint32_t)(modules * modules);
    return 400 + (again ? cells * 2 : cells * 9 / 2);
}

/* Laying the grid by all modules (fit.h). */
static inline uint32_t
fit_cost_us(int modules)
{
    return 100 + (uint32_t)(modules * modules) / 2;
}

/* Looking all over each module (doubt.h), and correcting. */
static inline uint32_t
doubt_cost_us(int modules)
{
    return 100 + (uint32_t)(modules * modules) / 8;
}

/* Looking and correcting; where it does, with what neighbours do to each other
 * (equalise.h). */
static inline uint32_t
recipe_cost_us(int modules, bool equalise)
{
    uint32_t cells = (uint32_t)(modules * modules);
    return 300 + look_cost_us(modules) + (equalise ? cells / 4 : 0);
}

#endif
