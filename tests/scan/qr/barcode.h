/* Codes that aren't QR, as far as a scanner of QR codes can tell them apart: those of one
 * dimension are whole, the others have their patterns and noise for data. */
#ifndef BW_TEST_SCAN_BARCODE_H
#define BW_TEST_SCAN_BARCODE_H

#include <stdint.h>

enum scan_barcode_kind {
    SCAN_EAN_13,
    SCAN_CODE_128,
    SCAN_PDF417,
    SCAN_DATA_MATRIX,
    SCAN_AZTEC,
    SCAN_MICRO_QR, /* versions M1 to M4 by turns */
    SCAN_MODEL_1,  /* QR as it was before alignment patterns */
    SCAN_PART,     /* one of two parts of a structured append */
};

/* Modules, 1 dark, row after row. */
struct scan_barcode {
    int width, height;
    uint8_t cells[177 * 177];
};

/* Another one at each call, as `seed` moves on. */
void scan_barcode_make(
    enum scan_barcode_kind kind, uint32_t *seed, struct scan_barcode *ret_barcode);

#endif
