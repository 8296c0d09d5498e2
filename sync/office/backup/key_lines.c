/* Bytes as lines for paper: see key_lines.h. */
#include "office/backup/key_lines.h"

#include <assert.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum {
    DATA_CHARS = 24,
    CHECK_CHARS = 4,
    CHARS = DATA_CHARS + CHECK_CHARS,
    GROUP = 4,
    BITS = 5,
    BYTE_BITS = 8,
    TEN = 10,
};

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

_Static_assert(DATA_CHARS *BITS == BW_KEY_LINE_DATA * BYTE_BITS, "whole groups");

/* ---- one line ---- */

static void
chars_of(const uint8_t *bytes, size_t chars, char *ret_chars)
{
    unsigned bits = 0, held = 0;
    for (size_t i = 0; i < chars; i++) {
        if (held < BITS) {
            bits = bits << BYTE_BITS | *bytes++;
            held += BYTE_BITS;
        }
        held -= BITS;
        ret_chars[i] = alphabet[bits >> held & (sizeof alphabet - 2)];
    }
}

/* The check of a line: the first 20 bits of it. */
static void
check_of(int number, const uint8_t data[BW_KEY_LINE_DATA], char ret_chars[CHECK_CHARS])
{
    static const char context[] = "BWK-line";
    unsigned char sum[crypto_generichash_BYTES], which = (unsigned char)number;
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, sizeof sum);
    (void)crypto_generichash_update(
        &state, (const unsigned char *)context, sizeof context);
    (void)crypto_generichash_update(&state, &which, 1);
    (void)crypto_generichash_update(&state, data, BW_KEY_LINE_DATA);
    (void)crypto_generichash_final(&state, sum, sizeof sum);
    chars_of(sum, CHECK_CHARS, ret_chars);
}

size_t
bw_key_lines_write(
    const uint8_t *bytes, size_t length, char ret_text[BW_KEY_LINES_TEXT_BYTES])
{
    assert(length > 0 && length <= BW_KEY_LINES_DATA_MAX);
    size_t lines = (length + BW_KEY_LINE_DATA - 1) / BW_KEY_LINE_DATA, used = 0;
    for (size_t i = 0; i < lines; i++) {
        uint8_t data[BW_KEY_LINE_DATA] = {0};
        char chars[CHARS];
        size_t from = i * BW_KEY_LINE_DATA, left = length - from;
        memcpy(data, bytes + from, left < sizeof data ? left : sizeof data);
        chars_of(data, DATA_CHARS, chars);
        check_of((int)i + 1, data, chars + DATA_CHARS);
        used += (size_t)snprintf(
            ret_text + used, BW_KEY_LINES_TEXT_BYTES - used, "%02zu", i + 1);
        for (size_t c = 0; c < CHARS; c++) {
            used += (size_t)snprintf(ret_text + used, BW_KEY_LINES_TEXT_BYTES - used,
                "%s%c", c % GROUP == 0 ? " " : "", chars[c]);
        }
        ret_text[used++] = '\n';
    }
    ret_text[used] = '\0';
    return lines;
}

/* ---- reading ---- */

struct line_reading {
    int number; /* 0: none yet */
    char chars[CHARS];
    size_t count;
};

struct lines_reading {
    struct line_reading line;
    bool have[BW_KEY_LINES_MAX];
    uint8_t *bytes;
    int highest;
};

/* As it counts: what people write for it. '\0': no such letter. */
static char
letter_of(char c)
{
    c = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    c = (char)(c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c);
    return c != '\0' && strchr(alphabet, c) != NULL ? c : '\0';
}

static void
data_of(const char chars[DATA_CHARS], uint8_t ret_data[BW_KEY_LINE_DATA])
{
    unsigned bits = 0, held = 0;
    for (size_t i = 0; i < DATA_CHARS; i++) {
        bits = bits << BITS | (unsigned)(strchr(alphabet, chars[i]) - alphabet);
        held += BITS;
        if (held >= BYTE_BITS) {
            held -= BYTE_BITS;
            *ret_data++ = (uint8_t)(bits >> held);
        }
    }
}

static enum bw_status
wrong(int number, struct bw_error *err)
{
    return bw_error_set(err, BW_BAD_INPUT, 0,
        "reading a key from paper: line %02d doesn't hold; compare it with the paper, "
        "and type it again",
        number);
}

/* The line that was gathered takes its place. */
static enum bw_status
line_end(struct lines_reading *r, struct bw_error *err)
{
    const struct line_reading *line = &r->line;
    uint8_t data[BW_KEY_LINE_DATA];
    char check[CHECK_CHARS];
    if (line->number == 0) {
        return BW_OK;
    }
    if (line->count != CHARS) {
        return wrong(line->number, err);
    }
    uint8_t *place = r->bytes + (size_t)(line->number - 1) * BW_KEY_LINE_DATA;
    bool *have = &r->have[line->number - 1];
    data_of(line->chars, data);
    check_of(line->number, data, check);
    if (memcmp(check, line->chars + DATA_CHARS, CHECK_CHARS) != 0 ||
        (*have && memcmp(place, data, sizeof data) != 0)) {
        return wrong(line->number, err);
    }
    memcpy(place, data, sizeof data);
    *have = true;
    r->highest = line->number > r->highest ? line->number : r->highest;
    return BW_OK;
}

/* The two characters that begin a line; 0: they are no number of one. */
static int
number_of(const char *word)
{
    char tens = letter_of(word[0]), ones = letter_of(word[1]);
    int number = tens >= '0' && tens <= '9' && ones >= '0' && ones <= '9'
                     ? (tens - '0') * TEN + ones - '0'
                     : 0;
    return number <= BW_KEY_LINES_MAX ? number : 0;
}

/* How many bytes of what stands between words are here; 0: a word, or the end. Programs
 * put blanks that don't break and hyphens of their own, and a mark before it all. */
static size_t
gap_at(const char *at)
{
    static const char *const gaps[] = {" ", "-", "\t", "\r", "\n", "\u00a0", "\u202f",
        "\u2010", "\u2011", "\u2013", "\ufeff"};
    size_t bytes = 0;
    for (size_t i = 0; bytes == 0 && i < sizeof gaps / sizeof gaps[0]; i++) {
        size_t length = strlen(gaps[i]);
        bytes = strncmp(at, gaps[i], length) == 0 ? length : 0;
    }
    return bytes;
}

static size_t
gaps_skip(const char *at)
{
    size_t bytes = 0;
    for (size_t gap = gap_at(at); gap > 0; gap = gap_at(at + bytes)) {
        bytes += gap;
    }
    return bytes;
}

static size_t
word_length(const char *at)
{
    size_t bytes = 0;
    while (at[bytes] != '\0' && gap_at(at + bytes) == 0) {
        bytes++;
    }
    return bytes;
}

/* One word, without the blanks and hyphens around it. */
static enum bw_status
word_take(struct lines_reading *r, const char *word, size_t length, struct bw_error *err)
{
    enum { NUMBER = 2 };
    bool begins = length == NUMBER || length == NUMBER + CHARS;
    enum bw_status status = begins ? line_end(r, err) : BW_OK;
    if (begins) {
        r->line = (struct line_reading){.number = number_of(word)};
    }
    if (status == BW_OK && r->line.number == 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "reading a key from paper: \"%.*s\" is no line of it; type the lines as they "
            "stand there, each with its number",
            (int)(length < CHARS ? length : CHARS), word);
    }
    for (size_t i = begins ? NUMBER : 0; status == BW_OK && i < length; i++) {
        char letter = letter_of(word[i]);
        if (letter == '\0' || r->line.count == CHARS) {
            return wrong(r->line.number, err);
        }
        r->line.chars[r->line.count++] = letter;
    }
    return status;
}

enum bw_status
bw_key_lines_read(const char *text, uint8_t ret_bytes[BW_KEY_LINES_DATA_MAX],
    size_t *ret_length, struct bw_error *err)
{
    uint8_t bytes[BW_KEY_LINES_DATA_MAX] = {0};
    struct lines_reading r = {.bytes = bytes};
    enum bw_status status = BW_OK;
    for (const char *at = text + gaps_skip(text); status == BW_OK && *at != '\0';
         at += gaps_skip(at)) {
        size_t length = word_length(at);
        status = word_take(&r, at, length, err);
        at += length;
    }
    status = status == BW_OK ? line_end(&r, err) : status;
    for (int i = 0; status == BW_OK && i < r.highest; i++) {
        status = r.have[i] ? BW_OK
                           : bw_error_set(err, BW_BAD_INPUT, 0,
                                 "reading a key from paper: line %02d isn't there; type "
                                 "that one too",
                                 i + 1);
    }
    if (status == BW_OK && r.highest == 0) {
        status = bw_error_set(err, BW_BAD_INPUT, 0,
            "reading a key from paper: there is no line of it; type them as they stand "
            "there");
    }
    if (status == BW_OK) {
        *ret_length = (size_t)r.highest * BW_KEY_LINE_DATA;
        memcpy(ret_bytes, bytes, *ret_length);
    }
    return status;
}
