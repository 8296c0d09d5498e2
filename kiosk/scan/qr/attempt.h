/* From a grid to a text: follow the paper, sample, clean, and let zbar read. The
 * scanner's thread. All that is given is borrowed for the call; what is written to is the
 * caller's. Nothing here fails: what can't be read isn't. */
#ifndef BW_SCAN_ATTEMPT_H
#define BW_SCAN_ATTEMPT_H

#include "budget.h"
#include "scan/qr/symbol/clean.h"
#include "scan/qr/symbol/codewords.h"
#include "scan/qr/grid/deblur.h"
#include "scan/qr/grid/equalise.h"
#include "scan/qr/grid/glare.h"
#include "scan/qr/grid/locate.h"
#include "scan/qr/text/reader.h"
#include "scan/qr/grid/warp.h"

enum { BW_ATTEMPT_RECIPES_A_FRAME = 4 };

/* Below this part of the function patterns, a grid isn't a symbol's. */
#define BW_ATTEMPT_LIKENESS_MIN 0.7F

/* Room for one attempt at a time; 2 MB, so one a scanner. */
struct bw_attempt {
    struct bw_scan_reader *reader; /* borrowed */
    int modules_max;               /* larger symbols are left alone */
    struct bw_reading readings[BW_READER_TEXTS];
    struct bw_sampled sampled;
    struct bw_codewords codewords;
    struct bw_equalise equalise;
    struct bw_glare glare;
    struct bw_warp warp;
    struct bw_deblur deblur;
    float sure[BW_SYMBOL_CELLS];     /* of each module: how clear it is */
    int8_t pattern[BW_SYMBOL_CELLS]; /* of a symbol of `pattern_modules` */
    int pattern_modules;
    int8_t told[BW_SYMBOL_CELLS];   /* the pattern, and blocks that were read */
    bool half;                      /* … are some of the symbol's */
    uint8_t cells[BW_SYMBOL_CELLS]; /* the cleaned symbol, as last drawn */
    bool drawn;                     /* … if the attempt came so far */
    uint8_t pixels[BW_CLEAN_SIDE_MAX * BW_CLEAN_SIDE_MAX];
    float likeness;        /* part of the function patterns that was as it should be */
    int wrong_format_bits; /* of 30 */
    uint32_t reads;        /* clean pictures given to zbar so far */
    float pace;            /* of this machine: 1 as fast as that of the measurements */
};

/* May a step begin that takes so long on the machine of the measurements? */
bool bw_attempt_allows(
    const struct bw_attempt *attempt, const struct bw_budget *budget, uint32_t cost_us);

/* A step is done that was thought to take `cost_us` there, and began at `from_us` of the
 * budget: what is slower here is remembered. */
void bw_attempt_learn(struct bw_attempt *attempt, const struct bw_budget *budget,
    uint32_t from_us, uint32_t cost_us);

/* Tries to read the symbol of `located`: as its grid is, along the paper where that is
 * curved (warp.h), then settled (relax.h) with BW_ATTEMPT_RECIPES_A_FRAME recipes, the
 * best and those that are `turn`'s. `located` has the settled grid afterwards. The
 * reading's corners are those of the grid, in pixels of the view. A refused text ends the
 * attempt as well as one that is read: true for both. */
bool bw_attempt_run(struct bw_attempt *attempt, const struct bw_scan_view *view,
    const struct bw_budget *budget, unsigned turn, struct bw_located *located,
    struct bw_reading *ret_reading);

/* Three rings say that a symbol lies there, its timing patterns don't: they are bent, or
 * covered, or blurred by more than a module. Reads the grid as it is, then along the
 * paper, then, if it may be `blurred`, with the blur undone (deblur.h). */
bool bw_attempt_untimed(struct bw_attempt *attempt, const struct bw_scan_view *view,
    const struct bw_budget *budget, const struct bw_located *located, bool blurred,
    struct bw_reading *ret_reading);

/* Lays the grid, which is off by a module or two, over the symbol (fit.h). Returns what
 * part of its finder patterns is explained. */
float bw_attempt_fit(
    struct bw_attempt *attempt, const struct bw_scan_view *view, struct bw_grid *grid);

/* Reads the grid that was laid so: with blur undone, then as bw_attempt_run() does; or,
 * where it is `sharp`, the other way round. */
bool bw_attempt_fitted(struct bw_attempt *attempt, const struct bw_scan_view *view,
    const struct bw_budget *budget, unsigned turn, bool sharp, struct bw_located *located,
    struct bw_reading *ret_reading);

#endif
