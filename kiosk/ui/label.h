/* A badge to stick on: first name, last name, school, and the region's letters in a disc,
 * black on white, as a page of PDF that a label printer takes. It needs no window. One
 * thread, in a process that has no other window of ours. */
#ifndef BW_UI_LABEL_H
#define BW_UI_LABEL_H

#include <brugwachter/error.h>
#include <brugwachter/limits.h>
#include <stdio.h>

enum bw_label_size { BW_LABEL_62X29, BW_LABEL_89X36, BW_LABEL_SIZES };

struct bw_label {
    char first_name[BW_NAME_BYTES];
    char name[BW_NAME_BYTES];
    char school[BW_TITLE_BYTES];
    char region[BW_NAME_BYTES]; /* "Noordwest": NW in the disc; "": no disc */
};

/* "62x29", "89x36": what a setting says; static. */
const char *bw_ui_label_size_name(enum bw_label_size size);

/* Width and height in mm. */
void bw_ui_label_size_mm(enum bw_label_size size, double *ret_width, double *ret_height);

/* Draws the label at 300 dpi, and writes it to `out` as PDF. A name that doesn't fit is
 * set smaller, then on two lines, and is never cut. BW_NOT_FOUND without fonts,
 * BW_NO_MEMORY, BW_IO. */
BW_NODISCARD enum bw_status bw_ui_label_write(enum bw_label_size size,
    const struct bw_label *label, FILE *out, struct bw_error *err);

#endif
