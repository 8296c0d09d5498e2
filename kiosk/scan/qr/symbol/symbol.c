/* Tables made from the standard's rules, rather than typed. */
#include "symbol.h"

#include <string.h>

int
bw_symbol_alignments(int version, int ret_at[static BW_SYMBOL_ALIGNMENTS_MAX])
{
    if (version < 2) {
        return 0;
    }
    int count = version / 7 + 2;
    /* Steps are even, alike but for the first, and 32 has its own. */
    int step = version == 32 ? 26 : (version * 4 + count * 2 + 1) / (count * 2 - 2) * 2;
    int at = version * 4 + 10;
    for (int i = count - 1; i > 0; i--, at -= step) {
        ret_at[i] = at;
    }
    ret_at[0] = 6;
    return count;
}

static void
put_finder(int modules, int8_t *cells, int x0, int y0)
{
    for (int y = -1; y <= 7; y++) {
        for (int x = -1; x <= 7; x++) {
            int at_x = x0 + x, at_y = y0 + y;
            if (at_x < 0 || at_y < 0 || at_x >= modules || at_y >= modules) {
                continue;
            }
            int ring_x = x < 3 ? 3 - x : x - 3, ring_y = y < 3 ? 3 - y : y - 3;
            int ring = ring_x > ring_y ? ring_x : ring_y;
            cells[at_y * modules + at_x] = ring != 2 && ring != 4;
        }
    }
}

static void
put_alignment(int modules, int8_t *cells, int middle_x, int middle_y)
{
    for (int y = -2; y <= 2; y++) {
        for (int x = -2; x <= 2; x++) {
            bool ring = x == -2 || x == 2 || y == -2 || y == 2 || (x == 0 && y == 0);
            cells[(middle_y + y) * modules + middle_x + x] = ring;
        }
    }
}

/* 18 bits: version, and 12 of a Golay code (generator 1F25). */
static void
put_version(int modules, int8_t *cells)
{
    uint32_t version = (uint32_t)bw_symbol_version(modules), rest = version;
    for (int i = 0; i < 12; i++) {
        rest = rest << 1 ^ (rest >> 11) * 0x1F25;
    }
    uint32_t bits = version << 12 | rest;
    for (int i = 0; i < 18; i++) {
        int8_t bit = bits >> i & 1;
        int near = modules - 11 + i % 3, far = i / 3;
        cells[far * modules + near] = bit;
        cells[near * modules + far] = bit;
    }
}

void
bw_symbol_pattern(int modules, int8_t *ret_cells)
{
    int at[BW_SYMBOL_ALIGNMENTS_MAX];
    int version = bw_symbol_version(modules), count = bw_symbol_alignments(version, at);
    memset(ret_cells, -1, (size_t)modules * (size_t)modules);
    for (int i = 0; i < modules; i++) {
        ret_cells[6 * modules + i] = i % 2 == 0;
        ret_cells[i * modules + 6] = i % 2 == 0;
    }
    put_finder(modules, ret_cells, 0, 0);
    put_finder(modules, ret_cells, modules - 7, 0);
    put_finder(modules, ret_cells, 0, modules - 7);
    for (int y = 0; y < count; y++) {
        for (int x = 0; x < count; x++) {
            bool finder = (x == 0 && y == 0) || (x == 0 && y == count - 1) ||
                          (x == count - 1 && y == 0);
            if (!finder) {
                put_alignment(modules, ret_cells, at[x], at[y]);
            }
        }
    }
    ret_cells[(modules - 8) * modules + 8] = 1;
    if (version >= 7) {
        put_version(modules, ret_cells);
    }
}

/* Where bit i of the format stands: copy 0 round the first finder,
 * copy 1 at the others. */
static int
format_cell(int modules, int copy, int i)
{
    int x = 8, y = 8;
    if (copy == 0) {
        y = i < 6 ? i : i < 8 ? i + 1 : 8;
        x = i < 8 ? 8 : i == 8 ? 7 : 14 - i;
    } else {
        x = i < 8 ? modules - 1 - i : 8;
        y = i < 8 ? 8 : modules - 15 + i;
    }
    return y * modules + x;
}

static uint32_t
format_bits(uint32_t five)
{
    uint32_t rest = five;
    for (int i = 0; i < 10; i++) {
        rest = rest << 1 ^ (rest >> 9) * 0x537;
    }
    return (five << 10 | rest) ^ 0x5412;
}

void
bw_symbol_write_format(int modules, uint32_t format, uint8_t *cells)
{
    for (int copy = 0; copy < 2; copy++) {
        for (int i = 0; i < 15; i++) {
            cells[format_cell(modules, copy, i)] = format >> i & 1;
        }
    }
}

uint32_t
bw_symbol_read_format(int modules, const uint8_t *cells, int *ret_wrong)
{
    uint32_t seen[2] = {0}, best = 0;
    for (int copy = 0; copy < 2; copy++) {
        for (int i = 0; i < 15; i++) {
            seen[copy] |= (uint32_t)cells[format_cell(modules, copy, i)] << i;
        }
    }
    *ret_wrong = 31;
    for (uint32_t five = 0; five < 32; five++) {
        uint32_t bits = format_bits(five);
        int wrong =
            __builtin_popcount(bits ^ seen[0]) + __builtin_popcount(bits ^ seen[1]);
        if (wrong < *ret_wrong) {
            *ret_wrong = wrong;
            best = bits;
        }
    }
    return best;
}
