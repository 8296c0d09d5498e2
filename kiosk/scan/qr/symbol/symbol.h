/* What ISO 18004 says of QR symbols (model 2, versions 1 to 40) that doesn't depend on
 * data: which modules belong to the pattern, and what they are. Pure, on the caller's
 * memory; any thread. `modules` are those along a side. */
#ifndef BW_SCAN_SYMBOL_H
#define BW_SCAN_SYMBOL_H

#include <stdbool.h>
#include <stdint.h>

enum {
    BW_SYMBOL_MODULES_MIN = 21,
    BW_SYMBOL_MODULES_MAX = 177,
    BW_SYMBOL_ALIGNMENTS_MAX = 7,
    BW_SYMBOL_CELLS = BW_SYMBOL_MODULES_MAX * BW_SYMBOL_MODULES_MAX,
};

/* The version, 1 to 40, of a symbol with so many modules along a side. */
static inline int
bw_symbol_version(int modules)
{
    return (modules - 17) / 4;
}

/* Coordinates of the alignment patterns' middles on either axis, rising; how many (0 for
 * version 1). The places where a finder pattern stands have none. */
int bw_symbol_alignments(int version, int ret_at[BW_SYMBOL_ALIGNMENTS_MAX]);

/* 1 dark and 0 light for the modules of the function patterns but format information, -1
 * for the others; cells are row after row. */
void bw_symbol_pattern(int modules, int8_t *ret_cells);

/* Writes the 15 bits of format information, as they stand in the symbol (masked). */
void bw_symbol_write_format(int modules, uint32_t format, uint8_t *cells);

/* Reads both copies, finds the valid format with the fewest wrong bits over both (of 30)
 * and says how many. */
uint32_t bw_symbol_read_format(int modules, const uint8_t *cells, int *ret_wrong);

#endif
