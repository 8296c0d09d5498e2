/* How alike two names are: see likeness.h. */
#include "office/import/read/likeness.h"

#include <brugwachter/text.h>
#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

enum { CHARS_MAX = 256, SHORT_CHARS = 8, INITIAL_LEAST = 3 };

/* Letters that begin a character of two bytes where UTF-8 was read as Windows-1252. */
static const utf8proc_int32_t leads[] = {0xc2, 0xc3, 0xc4, 0xc5};

/* What Windows-1252 makes of letters of CP850 and MacRoman, and is in no name after a
 * letter: ¡ ¢ £ ¤ ¥ ¦ § ¿ ‘ “ ” „ † ‡ • … ‰ ‹ ‚ ˆ ˜ ™ */
static const utf8proc_int32_t strangers[] = {0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7,
    0xbf, 0x2018, 0x201c, 0x201d, 0x201e, 0x2020, 0x2021, 0x2022, 0x2026, 0x2030, 0x2039,
    0x201a, 0x02c6, 0x02dc, 0x2122};

/* What Windows-1252 has at 0x80 to 0x9f. */
static const utf8proc_int32_t upper[] = {0x20ac, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020,
    0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x017d, 0x2018, 0x2019, 0x201c,
    0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x017e,
    0x0178};

static bool
is_among(utf8proc_int32_t c, const utf8proc_int32_t *some, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (some[i] == c) {
            return true;
        }
    }
    return false;
}
#define IS_AMONG(c, some) is_among((c), (some), sizeof(some) / sizeof((some)[0]))

static bool
is_letter(utf8proc_int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

static bool
is_tail(utf8proc_int32_t c)
{
    return (c >= 0x80 && c <= 0xbf) || IS_AMONG(c, upper);
}

/* How many characters at `at` are one that was damaged; 0: none. `before`: letters of
 * this word that stand before it. A quote after one letter is an apostrophe
 * (D‘Angelo). */
static int
damaged_at(const utf8proc_int32_t *at, size_t left, size_t before)
{
    utf8proc_int32_t c = at[0];
    if (c == 0xfffd) {
        return 1;
    }
    if (left > 1 && IS_AMONG(c, leads) && is_tail(at[1])) {
        return 2;
    }
    if (c == '?') {
        return before > 0 || (left > 1 && is_letter(at[1])) ? 1 : 0;
    }
    return IS_AMONG(c, strangers) && before > (c == 0x2018 ? 1U : 0U) ? 1 : 0;
}

enum quoted { NOT_QUOTED, QUOTED_ONCE, QUOTED_TWICE };

/* What opens a quotation, at the beginning of a word, and what closes it, at its end:
 * OBS “De Brug”. */
static enum quoted
opens_quote(const utf8proc_int32_t *at, size_t left, size_t before)
{
    static const utf8proc_int32_t once[] = {0x2018, 0x201a}, twice[] = {0x201c, 0x201e};
    bool begins = before == 0 && left > 1 && is_letter(at[1]);
    return begins && IS_AMONG(at[0], once)    ? QUOTED_ONCE
           : begins && IS_AMONG(at[0], twice) ? QUOTED_TWICE
                                              : NOT_QUOTED;
}

static bool
closes_quote(const utf8proc_int32_t *at, size_t left, size_t before, enum quoted quoted)
{
    static const utf8proc_int32_t once[] = {0x2018, 0x2019}, twice[] = {0x201c, 0x201d};
    bool ends = before > 0 && (left == 1 || !is_letter(at[1]));
    return ends && ((quoted == QUOTED_ONCE && IS_AMONG(at[0], once)) ||
                       (quoted == QUOTED_TWICE && IS_AMONG(at[0], twice)));
}

/* Whether nothing of it can be damaged, as of most: ASCII without a question mark, which
 * is marked as it stands. */
static bool
is_plain(const char *text)
{
    size_t i = 0;
    while (text[i] != '\0' && text[i] != '?' && (unsigned char)text[i] < 0x80) {
        i++;
    }
    return text[i] == '\0' && i < CHARS_MAX;
}

/* The text with '?' for each damaged letter; how many there are. */
static size_t
mark(const char *text, char *ret_marked, size_t capacity)
{
    utf8proc_int32_t chars[CHARS_MAX];
    size_t count = 0, used = 0, before = 0, damaged = 0;
    enum quoted quoted = NOT_QUOTED;
    for (size_t i = 0; text[i] != '\0' && count < CHARS_MAX;) {
        utf8proc_ssize_t taken =
            utf8proc_iterate((const utf8proc_uint8_t *)text + i, -1, &chars[count]);
        if (taken < 1) {
            break;
        }
        i += (size_t)taken;
        count++;
    }
    for (size_t i = 0; i < count && used + 5 < capacity;) {
        bool closes = closes_quote(&chars[i], count - i, before, quoted);
        int wide = closes ? 0 : damaged_at(&chars[i], count - i, before);
        if (closes || quoted == NOT_QUOTED) {
            quoted = closes ? NOT_QUOTED : opens_quote(&chars[i], count - i, before);
        }
        if (wide > 0) {
            ret_marked[used++] = '?';
            damaged++;
            before++;
            i += (size_t)wide;
            continue;
        }
        used +=
            (size_t)utf8proc_encode_char(chars[i], (utf8proc_uint8_t *)ret_marked + used);
        before = is_letter(chars[i]) ? before + 1 : 0;
        i++;
    }
    ret_marked[used] = '\0';
    return damaged;
}

bool
bw_likeness_is_damaged(const char *text)
{
    char marked[4 * CHARS_MAX + 8];
    return !is_plain(text) && mark(text, marked, sizeof marked) > 0;
}

void
bw_likeness_fold(const char *text, char *ret_fold, size_t capacity)
{
    char marked[4 * CHARS_MAX + 8];
    bool plain = is_plain(text);
    if (!plain) {
        (void)mark(text, marked, sizeof marked);
    }
    bw_text_fold(plain ? text : marked, false, ret_fold, capacity);
}

bool
bw_likeness_fits(const char *fold, const char *other)
{
    while (*fold != '\0' && *other != '\0') {
        if (*fold != *other && *fold != '?' && *other != '?') {
            return false;
        }
        fold++;
        other++;
    }
    return *fold == *other;
}

static size_t
least(size_t a, size_t b, size_t c)
{
    size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Levenshtein's distance, or anything above `most` where it is more. */
static size_t
distance(const char *a, const char *b, size_t most)
{
    size_t row[CHARS_MAX + 1];
    size_t a_bytes = strlen(a), b_bytes = strlen(b);
    size_t apart = a_bytes > b_bytes ? a_bytes - b_bytes : b_bytes - a_bytes;
    if (apart > most || b_bytes > CHARS_MAX) {
        return most + 1;
    }
    for (size_t j = 0; j <= b_bytes; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a_bytes; i++) {
        size_t diagonal = row[0], best = i;
        row[0] = i;
        for (size_t j = 1; j <= b_bytes; j++) {
            size_t above = row[j];
            row[j] = least(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
            best = row[j] < best ? row[j] : best;
        }
        if (best > most) {
            return most + 1;
        }
    }
    return row[b_bytes];
}

static bool
has_digit(const char *text)
{
    return strpbrk(text, "0123456789") != NULL;
}

bool
bw_likeness_within_two(const char *fold, const char *other)
{
    bool digits = has_digit(fold) || has_digit(other);
    return digits ? strcmp(fold, other) == 0 : distance(fold, other, 2) <= 2;
}

/* The rest of a name that begins with an initial, a dot behind it or none; else NULL. */
static const char *
after_initial(const char *fold)
{
    size_t blank = fold[0] != '\0' && fold[1] == '.' ? 2 : 1;
    return fold[0] != '\0' && fold[blank] == ' ' ? fold + blank + 1 : NULL;
}

/* "a de vries" and "anna de vries". */
static bool
is_initial_of(const char *fold, const char *other)
{
    const char *rest = after_initial(fold), *others = strchr(other, ' ');
    return rest != NULL && others != NULL && fold[0] == other[0] &&
           strlen(rest) >= INITIAL_LEAST && strcmp(rest, others + 1) == 0;
}

bool
bw_likeness_is_near(const char *fold, const char *other)
{
    if (strcmp(fold, other) == 0) {
        return true;
    }
    if (has_digit(fold) || has_digit(other)) {
        return false;
    }
    if (after_initial(fold) != NULL || after_initial(other) != NULL) {
        return is_initial_of(fold, other) || is_initial_of(other, fold);
    }
    size_t shorter = strlen(fold) < strlen(other) ? strlen(fold) : strlen(other);
    size_t most = shorter < SHORT_CHARS ? 1 : 2;
    return bw_likeness_fits(fold, other) || distance(fold, other, most) <= most;
}

struct bw_likeness_mark
bw_likeness_mark_of(const char *fold)
{
    struct bw_likeness_mark mark = {.open = after_initial(fold) != NULL};
    for (; *fold != '\0' && mark.bytes < UINT16_MAX; fold++) {
        mark.letters |= UINT32_C(1) << (*fold & 31);
        mark.digits = mark.digits || (*fold >= '0' && *fold <= '9');
        mark.open = mark.open || *fold == '?';
        mark.bytes++;
    }
    return mark;
}

/* A letter more or less changes one bit, another letter in its place two. */
bool
bw_likeness_may_be_near(struct bw_likeness_mark one, struct bw_likeness_mark other)
{
    enum { LETTERS = 2 };
    int apart =
        one.bytes > other.bytes ? one.bytes - other.bytes : other.bytes - one.bytes;
    if (one.digits || other.digits) {
        return one.digits == other.digits && apart == 0 && one.letters == other.letters;
    }
    return one.open || other.open ||
           (apart <= LETTERS &&
               __builtin_popcount(one.letters ^ other.letters) <= 2 * LETTERS);
}
