/* Texts from outside, made fit to keep, to compare and to show.
 *
 * UTF-8 throughout, ended by NUL. Any thread; nothing allocates past the call, and no
 * pointer is kept. The caller owns all texts. */
#ifndef BRUGWACHTER_TEXT_H
#define BRUGWACHTER_TEXT_H

#include <stdbool.h>
#include <stddef.h>

enum { BW_TEXT_CHARS_MOST = 1024 }; /* the most that bw_text_clean can be asked for */

enum bw_text_fault {
    BW_TEXT_FINE,
    BW_TEXT_NOT_UTF8,
    BW_TEXT_CONTROL,  /* a control, a bidi control, or a code point that is none */
    BW_TEXT_TOO_LONG, /* more than `chars_max` characters */
};

/* Cleans `text`: valid UTF-8, NFC, blanks (Unicode White_Space) collapsed and trimmed, at
 * most chars_max characters. Where blanks include line breaks or tabs these become one
 * blank, as does a letter that is drawn as nothing (Hangul filler, Braille without dots);
 * what nobody sees (soft hyphen, zero-width blank, byte order mark, tags) goes, and so
 * does a mark or joiner with nothing before it to join: a text that isn't empty can be
 * seen.
 * `ret_text` has room for chars_max * 4 + 1 bytes, may be `text`, and is untouched on a
 * fault. BW_TEXT_FINE, or what is wrong with it. */
enum bw_text_fault bw_text_clean(const char *text, size_t chars_max, char *ret_text);

/* Makes a text fit for a terminal or a file, in place and in as many bytes: what
 * bw_text_clean would call BW_TEXT_CONTROL, line breaks and tabs included, becomes `with`
 * byte by byte, and bytes that are no UTF-8 become question marks. For what is quoted
 * rather than kept. Can't fail. */
void bw_text_defuse(char *text, char with);

/* "holds a control character", "isn't valid UTF-8", "is too long": for an error
 * sentence. Static: nobody frees it; never NULL. */
const char *bw_text_fault_name(enum bw_text_fault fault);

/* Folds for search and comparing: lower case, marks off, ł ø đ ı ß æ œ þ and the like as
 * ASCII, apostrophes and hyphens as blanks, blanks collapsed and trimmed. With
 * `umlaut_e`, ä ö ü ø å become ae oe ue oe aa instead of a o u o a. The index holds both
 * forms, so that either way of typing finds the name. Bytes that are no UTF-8 count as a
 * blank. `ret_text` has `capacity` bytes, one at least, and may not be `text`; what does
 * not fit is cut at a character. Can't fail. */
void bw_text_fold(const char *text, bool umlaut_e, char *ret_text, size_t capacity);

/* Number of characters (code points, not bytes) of a valid UTF-8 text; the second: of its
 * first `bytes` bytes, which end at a character. */
size_t bw_text_chars(const char *text);
size_t bw_text_chars_of(const char *text, size_t bytes);

/* Reads a switch of a settings file, in any case: yes, true, on, 1, ja, aan; no, false,
 * off, 0, nee, uit. False for anything else; *ret_on is untouched then. */
bool bw_text_switch(const char *text, bool *ret_on);

/* Splits a full name at the first blank; "de Vries, Anna" is turned. Rooms of
 * BW_NAME_BYTES, each cut at BW_NAME_CHARS, neither of them `full`. A name of one word
 * has an empty last name. Can't fail. */
void bw_name_split(const char *full, char *ret_first, char *ret_last);

/* Where the name proper begins in a last name, folded or not: after its particles (van,
 * de, el, 't …), never at its end. Borrowed from `last`; the caller frees nothing. Can't
 * fail. */
const char *bw_name_proper(const char *last);

/* "Fatima I.": first name, and the first letter of the last name after its particles
 * (van, de, der, den, el, ten, ter, 't …). Room of BW_NAME_BYTES + 8, not `first` nor
 * `last`. Without a last name it is the first name alone. Can't fail. */
void bw_name_initial(const char *first, const char *last, char *ret_text);

#endif
