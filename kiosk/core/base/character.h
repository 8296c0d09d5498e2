/* What a text may hold: one table, for texts that come in and texts that go out.
 *
 * Unicode 15: White_Space, Bidi_Control, Default_Ignorable_Code_Point, noncharacters.
 * Any thread; nothing allocates. */
#ifndef BW_CORE_CHARACTER_H
#define BW_CORE_CHARACTER_H

#include <stdint.h>

enum bw_character {
    BW_CHARACTER_SEEN,      /* a letter, a mark, a sign: kept */
    BW_CHARACTER_BLANK,     /* white space, and letters that are drawn as nothing */
    BW_CHARACTER_UNSEEN,    /* left behind by spreadsheets and pages: dropped */
    BW_CHARACTER_JOINS,     /* changes its neighbour, as marks do: kept only behind a
                               seen one */
    BW_CHARACTER_FORBIDDEN, /* a control, a bidi control, or no character at all */
};

/* The class of a code point, 1 to 0x10ffff (a number of Unicode, no bytes). */
enum bw_character bw_character_of(int32_t point);

#endif
