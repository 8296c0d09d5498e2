/* Texts from outside, cleaned: see brugwachter/text.h. Any thread. */
#include <brugwachter/text.h>

#include <assert.h>
#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

enum {
    CHARS_MOST = BW_TEXT_CHARS_MOST,
    /* A canonical decomposition has at most four code points. So a text of more than four
     * times the allowed ones is too long whatever normalising makes of it, and buffers of
     * this size are enough for every text that isn't. */
    GROWTH = 4,
    POINTS_MOST = CHARS_MOST * GROWTH,
};

struct range {
    utf8proc_int32_t first, last;
};

/* Unicode White_Space. */
static const struct range blanks[] = {
    {0x09, 0x0d},
    {0x20, 0x20},
    {0x85, 0x85},
    {0xa0, 0xa0},
    {0x1680, 0x1680},
    {0x2000, 0x200a},
    {0x2028, 0x2029},
    {0x202f, 0x202f},
    {0x205f, 0x205f},
    {0x3000, 0x3000},
};

/* Controls, and Unicode Bidi_Control: these make a name look like another one. */
static const struct range controls[] = {
    {0x01, 0x1f},
    {0x7f, 0x9f},
    {0x061c, 0x061c},
    {0x200e, 0x200f},
    {0x202a, 0x202e},
    {0x2066, 0x2069},
};

/* Soft hyphen, zero-width blank, word joiner, byte order mark: spreadsheets and web pages
 * leave them behind, nobody sees them. (The zero-width joiners are letters to some.) */
static const struct range unseen[] = {
    {0xad, 0xad},
    {0x200b, 0x200b},
    {0x2060, 0x2060},
    {0xfeff, 0xfeff},
};

#define HOLDS(ranges, point) is_in(ranges, sizeof(ranges) / sizeof *(ranges), point)

static bool
is_in(const struct range *ranges, size_t count, utf8proc_int32_t point)
{
    for (size_t i = 0; i < count; i++) {
        if (point >= ranges[i].first && point <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

/* What is kept of a text before it is normalised. */
struct draft {
    size_t points_max;
    size_t points;
    size_t length;
    bool blank_due; /* a blank comes before the next character */
    bool too_long;
    utf8proc_uint8_t bytes[POINTS_MOST * 4];
};

static void
draft_put(struct draft *draft, utf8proc_int32_t point)
{
    if (draft->points >= draft->points_max) {
        draft->too_long = true;
        return;
    }
    draft->points++;
    draft->length += (size_t)utf8proc_encode_char(point, draft->bytes + draft->length);
}

static enum bw_text_fault
draft_take(struct draft *draft, utf8proc_int32_t point)
{
    if (HOLDS(blanks, point)) {
        draft->blank_due = draft->points > 0;
        return BW_TEXT_FINE;
    }
    if (HOLDS(controls, point)) {
        return BW_TEXT_CONTROL;
    }
    if (HOLDS(unseen, point)) {
        return BW_TEXT_FINE;
    }
    if (draft->blank_due) {
        draft->blank_due = false;
        draft_put(draft, ' ');
    }
    draft_put(draft, point);
    return BW_TEXT_FINE;
}

/* Reads all of the text even where it is too long already: of two faults, the one that
 * says "this is no text" is the one to hear. */
static enum bw_text_fault
draft_read(struct draft *draft, const char *text)
{
    enum bw_text_fault fault = BW_TEXT_FINE;
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    while (*at != '\0') {
        utf8proc_int32_t point;
        utf8proc_ssize_t bytes = utf8proc_iterate(at, -1, &point);
        if (bytes <= 0) {
            return BW_TEXT_NOT_UTF8;
        }
        at += bytes;
        if (fault == BW_TEXT_FINE) {
            fault = draft_take(draft, point);
        }
    }
    return fault == BW_TEXT_FINE && draft->too_long ? BW_TEXT_TOO_LONG : fault;
}

enum bw_text_fault
bw_text_clean(const char *text, size_t chars_max, char *ret_text)
{
    assert(chars_max <= CHARS_MOST);
    struct draft draft = {.points_max = chars_max * GROWTH};
    enum bw_text_fault fault = draft_read(&draft, text);
    if (fault != BW_TEXT_FINE) {
        return fault;
    }
    utf8proc_int32_t points[POINTS_MOST + 1]; /* one more: reencode ends it with NUL */
    utf8proc_ssize_t count =
        utf8proc_decompose(draft.bytes, (utf8proc_ssize_t)draft.length, points,
            POINTS_MOST, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    if (count < 0 || (size_t)count > draft.points_max) {
        return BW_TEXT_TOO_LONG;
    }
    utf8proc_ssize_t length =
        utf8proc_reencode(points, count, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    if (length < 0) {
        return BW_TEXT_NOT_UTF8;
    }
    const char *clean = (const char *)points;
    if (bw_text_chars(clean) > chars_max) {
        return BW_TEXT_TOO_LONG;
    }
    memcpy(ret_text, clean, (size_t)length + 1);
    return BW_TEXT_FINE;
}

const char *
bw_text_fault_name(enum bw_text_fault fault)
{
    switch (fault) {
    case BW_TEXT_FINE:
        return "is fine";
    case BW_TEXT_NOT_UTF8:
        return "isn't valid UTF-8";
    case BW_TEXT_CONTROL:
        return "holds a control character";
    case BW_TEXT_TOO_LONG:
        return "is too long";
    }
    return "can't be read";
}

size_t
bw_text_chars(const char *text)
{
    size_t chars = 0;
    for (; *text != '\0'; text++) {
        chars += ((unsigned char)*text & 0xc0) != 0x80;
    }
    return chars;
}
