/* What a text may hold: see character.h. */
#include "core/base/character.h"

#include <stdbool.h>
#include <stddef.h>
#include <utf8proc.h>

struct range {
    int32_t first, last;
    enum bw_character is;
};

/* In order. What stands in no row is seen, but for the noncharacters that end a plane,
 * and the marks of Unicode's own table. */
static const struct range table[] = {
    {0x0001, 0x0008, BW_CHARACTER_FORBIDDEN},
    {0x0009, 0x000d, BW_CHARACTER_BLANK},
    {0x000e, 0x001f, BW_CHARACTER_FORBIDDEN},
    {0x0020, 0x0020, BW_CHARACTER_BLANK},
    {0x007f, 0x0084, BW_CHARACTER_FORBIDDEN},
    {0x0085, 0x0085, BW_CHARACTER_BLANK}, /* next line */
    {0x0086, 0x009f, BW_CHARACTER_FORBIDDEN},
    {0x00a0, 0x00a0, BW_CHARACTER_BLANK},
    {0x00ad, 0x00ad, BW_CHARACTER_UNSEEN}, /* soft hyphen */
    {0x034f, 0x034f, BW_CHARACTER_JOINS},  /* combining grapheme joiner */
    {0x061c, 0x061c, BW_CHARACTER_FORBIDDEN},
    {0x115f, 0x1160, BW_CHARACTER_BLANK}, /* Hangul fillers */
    {0x1680, 0x1680, BW_CHARACTER_BLANK},
    {0x17b4, 0x17b5, BW_CHARACTER_JOINS}, /* Khmer inherent vowels */
    {0x180b, 0x180d, BW_CHARACTER_JOINS}, /* Mongolian variations */
    {0x180e, 0x180e, BW_CHARACTER_UNSEEN},
    {0x180f, 0x180f, BW_CHARACTER_JOINS},
    {0x2000, 0x200a, BW_CHARACTER_BLANK},
    {0x200b, 0x200b, BW_CHARACTER_UNSEEN}, /* zero-width blank */
    {0x200c, 0x200d, BW_CHARACTER_JOINS},  /* letters to some */
    {0x200e, 0x200f, BW_CHARACTER_FORBIDDEN},
    {0x2028, 0x2029, BW_CHARACTER_BLANK},
    {0x202a, 0x202e, BW_CHARACTER_FORBIDDEN},
    {0x202f, 0x202f, BW_CHARACTER_BLANK},
    {0x205f, 0x205f, BW_CHARACTER_BLANK},
    {0x2060, 0x2065, BW_CHARACTER_UNSEEN}, /* word joiner, unseen operators */
    {0x2066, 0x2069, BW_CHARACTER_FORBIDDEN},
    {0x206a, 0x206f, BW_CHARACTER_UNSEEN},
    {0x2800, 0x2800, BW_CHARACTER_BLANK}, /* Braille without dots */
    {0x3000, 0x3000, BW_CHARACTER_BLANK},
    {0x3164, 0x3164, BW_CHARACTER_BLANK}, /* Hangul filler */
    {0xd800, 0xdfff, BW_CHARACTER_FORBIDDEN},
    {0xfdd0, 0xfdef, BW_CHARACTER_FORBIDDEN}, /* noncharacters */
    {0xfe00, 0xfe0f, BW_CHARACTER_JOINS},     /* variations */
    {0xfeff, 0xfeff, BW_CHARACTER_UNSEEN},    /* byte order mark */
    {0xffa0, 0xffa0, BW_CHARACTER_BLANK},     /* Hangul filler, half as wide */
    {0xfff0, 0xfff8, BW_CHARACTER_UNSEEN},
    {0xfff9, 0xfffb, BW_CHARACTER_FORBIDDEN}, /* annotations: hide what follows */
    {0x1bca0, 0x1bca3, BW_CHARACTER_UNSEEN},  /* shorthand controls */
    {0x1d173, 0x1d17a, BW_CHARACTER_UNSEEN},  /* music controls */
    {0xe0000, 0xe00ff, BW_CHARACTER_UNSEEN},  /* tags */
    {0xe0100, 0xe01ef, BW_CHARACTER_JOINS},   /* variations */
    {0xe01f0, 0xe0fff, BW_CHARACTER_UNSEEN},
    {0x110000, INT32_MAX, BW_CHARACTER_FORBIDDEN},
};

enum bw_character
bw_character_of(int32_t point)
{
    if (point > ' ' && point < 0x7f) {
        return BW_CHARACTER_SEEN; /* as most are: no search */
    }
    size_t low = 0;
    size_t high = sizeof table / sizeof *table;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (point > table[middle].last) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < sizeof table / sizeof *table && point >= table[low].first) {
        return table[low].is;
    }
    if (point <= 0 || (point & 0xfffe) == 0xfffe) {
        return BW_CHARACTER_FORBIDDEN;
    }
    utf8proc_category_t category = utf8proc_category(point);
    bool mark = category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
    return mark ? BW_CHARACTER_JOINS : BW_CHARACTER_SEEN;
}
