/* Names in order, and names found: see name.h. Any thread.
 *
 * A row id holds the first eight characters of the sort key in five bits each, and then
 * spare bits to tell people apart. A character class that stands for many (a digit,
 * another script) ends the packing, for what comes after it can't be compared any more:
 * only so is key order never against id order. */
#include "name.h"

#include <assert.h>
#include <brugwachter/error.h>
#include <brugwachter/text.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    PACKED_CHARS = 8,
    BITS_A_CHAR = 5,
    WORDS_MAX = 10, /* of a query; more only cost time */
    /* Letters of a word that may be two: fewer are a beginning, more nobody's name. */
    PARTED_LEAST = 4,
    PARTED_MOST = 24,
    /* Values in byte order: end, blank, below 'a', letters, above 'z'. */
    PACK_END = 0,
    PACK_BLANK,
    PACK_LOW,
    PACK_LETTER,
    PACK_HIGH = PACK_LETTER + 26,
};

_Static_assert(PACKED_CHARS *BITS_A_CHAR + STORE_ID_SPARE_BITS < 63, "a positive id");

static bool
is_word_byte(char c)
{
    /* As FTS5's `ascii` tokenizer splits folded text. */
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static void
append(char *text, size_t capacity, const char *more)
{
    size_t length = strlen(text);
    if (more[0] != '\0') {
        (void)snprintf(
            text + length, capacity - length, "%s%s", length > 0 ? " " : "", more);
    }
}

void
bw_store_name_words(
    const struct bw_registration *registration, char ret_words[STORE_WORDS_BYTES])
{
    const char *const names[] = {
        registration->person.first_name, registration->person.name};
    ret_words[0] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char plain[STORE_FOLD_BYTES];
        char with_e[STORE_FOLD_BYTES];
        bw_text_fold(names[i], false, plain, sizeof plain);
        bw_text_fold(names[i], true, with_e, sizeof with_e);
        append(ret_words, STORE_WORDS_BYTES, plain);
        if (strcmp(plain, with_e) != 0) {
            append(ret_words, STORE_WORDS_BYTES, with_e);
        }
    }
}

void
bw_store_name_sort_key(
    const struct bw_registration *registration, char ret_key[STORE_SORT_BYTES])
{
    char folded[STORE_FOLD_BYTES];
    ret_key[0] = '\0';
    bw_text_fold(bw_name_proper(registration->person.name), false, folded, sizeof folded);
    append(ret_key, STORE_SORT_BYTES, folded);
    bw_text_fold(registration->person.first_name, false, folded, sizeof folded);
    append(ret_key, STORE_SORT_BYTES, folded);
}

static int
pack(unsigned char c)
{
    if (c == '\0') {
        return PACK_END;
    }
    if (c == ' ') {
        return PACK_BLANK;
    }
    if (c < 'a') {
        return PACK_LOW;
    }
    return c <= 'z' ? PACK_LETTER + (c - 'a') : PACK_HIGH;
}

int64_t
bw_store_name_first_id(const char *sort_key)
{
    int64_t packed = 0;
    bool ended = false;
    for (int i = 0; i < PACKED_CHARS; i++) {
        int value = ended ? PACK_END : pack((unsigned char)sort_key[i]);
        ended = ended || value == PACK_END || value == PACK_LOW || value == PACK_HIGH;
        packed = packed << BITS_A_CHAR | value;
    }
    return packed << STORE_ID_SPARE_BITS;
}

/* ---- a query as a full-text expression ---- */

struct expression {
    char *text;
    size_t length;
};

/* Whole, or not at all: the room suffices for whatever a query may hold. */
BW_PRINTF(2, 3) static void put(struct expression *to, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int bytes = vsnprintf(
        to->text + to->length, STORE_MATCH_BYTES - to->length, format, arguments);
    va_end(arguments);
    assert(bytes >= 0 && to->length + (size_t)bytes < STORE_MATCH_BYTES);
    to->length += (size_t)bytes;
}

/* "d" AND "arcy": however two words of a name were typed as one. Letters alone. */
static void
put_parted(struct expression *to, const char *word, int bytes)
{
    for (int at = 1; at < bytes; at++) {
        put(to, " OR (\"%.*s\" AND \"%.*s\"*)", at, word, bytes - at, word + at);
    }
}

/* "janssen" AND "de" AND "wit": two names about a prefix. */
static void
put_about_prefix(struct expression *to, const char *word, int bytes)
{
    static const char *const prefixes[] = {"de", "den", "der", "van", "ter", "ten", "el"};
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        int length = (int)strlen(prefixes[i]);
        for (int at = 2; at + length < bytes; at++) {
            const char *rest = word + at + length;
            if (memcmp(word + at, prefixes[i], (size_t)length) == 0) {
                put(to, " OR (\"%.*s\" AND \"%s\" AND \"%.*s\"*)", at, word, prefixes[i],
                    bytes - at - length, rest);
            }
        }
    }
}

/* Prefixes that are left joined, or shortened: as they are typed, and what they are. */
static void
put_prefixes(struct expression *to, const char *word, int bytes)
{
    static const struct {
        const char *typed, *second;
    } prefixes[] = {
        {"vander", "der"},
        {"vanden", "den"},
        {"vande", "de"},
        {"vanhet", "het"},
        {"vant", "t"},
        {"vd", "der"},
        {"vd", "den"},
        {"vd", "de"},
    };
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        int length = (int)strlen(prefixes[i].typed);
        if (bytes < length || memcmp(word, prefixes[i].typed, (size_t)length) != 0) {
            continue;
        }
        put(to, " OR (\"van\" AND \"%s\"", prefixes[i].second);
        if (bytes > length) {
            put(to, " AND \"%.*s\"*", bytes - length, word + length);
        }
        put(to, ")");
    }
}

/* Quoted, so that no word of a visitor's is an operator. */
static void
put_word(struct expression *to, const char *word, int bytes)
{
    bool letters = bytes <= PARTED_MOST;
    for (int i = 0; i < bytes; i++) {
        letters = letters && word[i] >= 'a' && word[i] <= 'z';
    }
    put(to, "%s(\"%.*s\"*", to->length > 0 ? " AND " : "", bytes, word);
    if (letters) {
        put_prefixes(to, word, bytes);
    }
    if (letters && bytes >= PARTED_LEAST) {
        put_parted(to, word, bytes);
        put_about_prefix(to, word, bytes);
    }
    put(to, ")");
}

bool
bw_store_name_match(const char *query, char ret_match[STORE_MATCH_BYTES])
{
    char folded[4 * BW_QUERY_BYTES];
    bw_text_fold(query, false, folded, sizeof folded);
    struct expression to = {.text = ret_match};
    int words = 0;
    const char *at = folded;
    while (*at != '\0' && words < WORDS_MAX) {
        size_t bytes = 0;
        while (is_word_byte(at[bytes])) {
            bytes++;
        }
        if (bytes > 0) {
            put_word(&to, at, (int)bytes);
            words++;
        }
        at += bytes > 0 ? bytes : 1;
    }
    return words > 0;
}
