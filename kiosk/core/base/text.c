/* Texts from outside, cleaned: see brugwachter/text.h. Any thread. */
#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <brugwachter/error.h>

#include "core/base/character.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

enum {
    CHARS_MOST = BW_TEXT_CHARS_MOST,
    /* A canonical decomposition has at most four code points. So a text of more than four
     * times the allowed ones is too long whatever normalising makes of it, and buffers of
     * this size are enough for every text that isn't. */
    GROWTH = 4,
    POINTS_MOST = CHARS_MOST * GROWTH,
};

/* What is kept of a text before it is normalised. */
struct draft {
    size_t points_max;
    size_t points;
    size_t length;
    bool blank_due; /* a blank comes before the next character */
    bool has_seen;  /* the last one was seen, so that it may be joined */
    bool too_long;
    bool beyond_ascii;
    utf8proc_uint8_t bytes[POINTS_MOST * 4];
};

/* All but the bytes, which are many. */
static void
draft_begin(struct draft *draft, size_t chars_max)
{
    draft->points_max = chars_max * GROWTH;
    draft->points = draft->length = 0;
    draft->blank_due = draft->has_seen = draft->too_long = draft->beyond_ascii = false;
}

static void
draft_put(struct draft *draft, utf8proc_int32_t point)
{
    if (draft->points >= draft->points_max) {
        draft->too_long = true;
        return;
    }
    draft->points++;
    draft->beyond_ascii = draft->beyond_ascii || point > 0x7f;
    draft->length += (size_t)utf8proc_encode_char(point, draft->bytes + draft->length);
}

static enum bw_text_fault
draft_add(struct draft *draft, utf8proc_int32_t point)
{
    switch (bw_character_of(point)) {
    case BW_CHARACTER_FORBIDDEN:
        return BW_TEXT_CONTROL;
    case BW_CHARACTER_UNSEEN:
        return BW_TEXT_FINE;
    case BW_CHARACTER_BLANK:
        draft->blank_due = draft->points > 0;
        draft->has_seen = false;
        return BW_TEXT_FINE;
    case BW_CHARACTER_JOINS:
        if (draft->has_seen) {
            draft_put(draft, point);
        }
        return BW_TEXT_FINE;
    case BW_CHARACTER_SEEN:
        break;
    }
    if (draft->blank_due) {
        draft->blank_due = false;
        draft_put(draft, ' ');
    }
    draft_put(draft, point);
    draft->has_seen = true;
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
            fault = draft_add(draft, point);
        }
    }
    return fault == BW_TEXT_FINE && draft->too_long ? BW_TEXT_TOO_LONG : fault;
}

static enum bw_text_fault
draft_normalise(const struct draft *draft, size_t chars_max, char *ret_text)
{
    utf8proc_int32_t points[POINTS_MOST + 1]; /* one more: reencode ends it with NUL */
    utf8proc_ssize_t count =
        utf8proc_decompose(draft->bytes, (utf8proc_ssize_t)draft->length, points,
            POINTS_MOST, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    if (count < 0 || (size_t)count > draft->points_max) {
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

enum bw_text_fault
bw_text_clean(const char *text, size_t chars_max, char *ret_text)
{
    assert(chars_max <= CHARS_MOST);
    struct draft draft;
    draft_begin(&draft, chars_max);
    enum bw_text_fault fault = draft_read(&draft, text);
    if (fault != BW_TEXT_FINE) {
        return fault;
    }
    if (!draft.beyond_ascii) { /* is NFC */
        if (draft.length > chars_max) {
            return BW_TEXT_TOO_LONG;
        }
        memcpy(ret_text, draft.bytes, draft.length);
        ret_text[draft.length] = '\0';
        return BW_TEXT_FINE;
    }
    return draft_normalise(&draft, chars_max, ret_text);
}

void
bw_text_defuse(char *text, char with)
{
    utf8proc_uint8_t *at = (utf8proc_uint8_t *)text;
    while (*at != '\0') {
        utf8proc_int32_t point;
        utf8proc_ssize_t bytes = 1;
        if (*at >= 0x80) {
            bytes = utf8proc_iterate(at, -1, &point);
        } else {
            point = *at;
        }
        if (bytes <= 0) {
            *at++ = '?';
        } else if ((point < 0x20 && point != 0) ||
                   bw_character_of(point) == BW_CHARACTER_FORBIDDEN) {
            memset(at, with, (size_t)bytes);
            at += bytes;
        } else {
            at += bytes;
        }
    }
}

bool
bw_text_switch(const char *text, bool *ret_on)
{
    static const char *const words[] = {
        "yes", "true", "on", "1", "ja", "aan", "no", "false", "off", "0", "nee", "uit"};
    enum { WORDS = sizeof words / sizeof words[0] };
    for (int i = 0; i < WORDS; i++) {
        if (strcasecmp(text, words[i]) == 0) {
            *ret_on = i < WORDS / 2;
            return true;
        }
    }
    return false;
}

const char *
bw_text_fault_name(enum bw_text_fault fault)
{
    switch (fault) {
    case BW_TEXT_FINE:
        return BW_SAYS("is fine");
    case BW_TEXT_NOT_UTF8:
        return BW_SAYS("isn't valid UTF-8");
    case BW_TEXT_CONTROL:
        return BW_SAYS("holds a control character");
    case BW_TEXT_TOO_LONG:
        return BW_SAYS("is too long");
    }
    return BW_SAYS("can't be read");
}

size_t
bw_text_chars(const char *text)
{
    return bw_text_chars_of(text, strlen(text));
}

size_t
bw_text_chars_of(const char *text, size_t bytes)
{
    size_t chars = 0;
    for (size_t i = 0; i < bytes; i++) {
        chars += ((unsigned char)text[i] & 0xc0) != 0x80;
    }
    return chars;
}
