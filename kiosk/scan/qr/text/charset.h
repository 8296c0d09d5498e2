/* Texts of codes that name no charset, as UTF-8: for `decode`, which shows whatever
 * stands in a symbol. The kiosk takes ASCII alone and never asks.
 *
 * Japanese symbols, of any age, have Shift-JIS; European ones ISO 8859-1, the standard's
 * own. Which of the two is guessed as zxing does: bytes that only one can be decide, then
 * runs of Japanese letters. Belongs to one thread. */
#ifndef BW_SCAN_CHARSET_H
#define BW_SCAN_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

struct bw_charset;

/* NULL where the C library's tables can't be had, or there is no memory: texts stay
 * unread. Opens files, so never in a locked process. */
struct bw_charset *bw_charset_create(void);
void bw_charset_destroy(struct bw_charset *charset);

/* Turns bytes that are no UTF-8 into UTF-8; `capacity` counts the NUL. False where they
 * are neither, or don't fit. */
bool bw_charset_convert(struct bw_charset *charset, const char *bytes, size_t count,
    size_t capacity, char *ret_text, size_t *ret_bytes);

#endif
