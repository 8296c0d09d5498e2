/* Data modules are never changed here: what isn't function pattern or format is as seen,
 * and the symbol's check words say whether it is a code (codewords.h). Pure. */
#include "clean.h"

#include <string.h>

void
bw_clean_mend(int modules, const int8_t *pattern, uint32_t format, uint8_t *cells)
{
    for (int i = 0; i < modules * modules; i++) {
        if (pattern[i] >= 0) {
            cells[i] = (uint8_t)pattern[i];
        }
    }
    bw_symbol_write_format(modules, format, cells);
}

int
bw_clean_draw(int modules, const uint8_t *cells,
    uint8_t ret_pixels[static BW_CLEAN_SIDE_MAX * BW_CLEAN_SIDE_MAX])
{
    int module_px = modules > BW_CLEAN_LARGE ? BW_CLEAN_LARGE_PX : BW_CLEAN_MODULE_PX;
    int side = (modules + 2 * BW_CLEAN_QUIET) * module_px;
    int margin = BW_CLEAN_QUIET * module_px;
    memset(ret_pixels, 255, (size_t)side * (size_t)side);
    for (int y = 0; y < modules; y++) {
        uint8_t *row = ret_pixels + (size_t)(margin + y * module_px) * (size_t)side;
        for (int x = 0; x < modules; x++) {
            memset(row + margin + x * module_px, cells[y * modules + x] ? 0 : 255,
                (size_t)module_px);
        }
        for (int k = 1; k < module_px; k++) {
            memcpy(row + (size_t)k * (size_t)side, row, (size_t)side);
        }
    }
    return side;
}

void
bw_clean_transpose(int modules, uint8_t *cells)
{
    for (int y = 0; y < modules; y++) {
        for (int x = 0; x < y; x++) {
            uint8_t kept = cells[y * modules + x];
            cells[y * modules + x] = cells[x * modules + y];
            cells[x * modules + y] = kept;
        }
    }
}
