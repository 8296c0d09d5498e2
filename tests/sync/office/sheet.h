/* A sheet of paper as a camera sees it: the QR codes of a PDF, read. */
#ifndef BW_TESTS_SHEET_H
#define BW_TESTS_SHEET_H

enum { SHEET_CODES_MAX = 4, SHEET_TEXT_BYTES = 4096 };

struct sheet {
    int count;
    char texts[SHEET_CODES_MAX][SHEET_TEXT_BYTES]; /* as zbar gives them, in any order */
};

/* Draws what is black on the first page of a PDF that cairo wrote, and has zbar read it.
 * Not drawn: curves, colours, letters. Fails the test where it can't be read. */
void sheet_read(const char *path, struct sheet *ret_sheet);

/* The code that begins so; fails the test where there isn't exactly one. */
const char *sheet_text(const struct sheet *sheet, const char *begins);

#endif
