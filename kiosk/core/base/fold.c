/* Folding for search and comparing: see brugwachter/text.h. Any thread.
 *
 * utf8proc takes characters apart and makes them small; what has no decomposition in
 * Unicode (ł, ø, ı …) stands in the table. SQLite's own remove_diacritics doesn't know
 * those, so both the index and the query go through here. */
#include <brugwachter/text.h>

#include <assert.h>
#include <string.h>
#include <utf8proc.h>

struct letter {
    utf8proc_int32_t point;
    char ascii[4];
};

/* Small letters only: they come after case folding, which makes ß ss by itself. */
static const struct letter letters[] = {
    {0x00b7, ""},   /* · as in Gal·la */
    {0x00e6, "ae"}, /* æ */
    {0x00f0, "d"},  /* ð */
    {0x00f8, "o"},  /* ø */
    {0x00fe, "th"}, /* þ */
    {0x0111, "d"},  /* đ */
    {0x0127, "h"},  /* ħ */
    {0x0131, "i"},  /* ı */
    {0x0138, "k"},  /* ĸ */
    {0x0142, "l"},  /* ł */
    {0x014b, "n"},  /* ŋ */
    {0x0153, "oe"}, /* œ */
    {0x0167, "t"},  /* ŧ */
    {0x0180, "b"},  /* ƀ */
    {0x0192, "f"},  /* ƒ */
    {0x0199, "k"},  /* ƙ */
    {0x01b4, "y"},  /* ƴ */
    {0x01b6, "z"},  /* ƶ */
    {0x01e5, "g"},  /* ǥ */
    {0x0237, "j"},  /* ȷ */
    {0x0253, "b"},  /* ɓ */
    {0x0254, "o"},  /* ɔ */
    {0x0256, "d"},  /* ɖ */
    {0x0257, "d"},  /* ɗ */
    {0x0259, "e"},  /* ə */
    {0x025b, "e"},  /* ɛ */
    {0x0268, "i"},  /* ɨ */
    {0x0272, "n"},  /* ɲ */
    {0x0289, "u"},  /* ʉ */
};

/* Apostrophes and hyphens, straight and curled, which people type as they like. */
static const utf8proc_int32_t joints[] = {
    '\'',
    '`',
    '-',
    0xb4,
    0x02b9,
    0x02bb,
    0x02bc,
    0x02be,
    0x02bf,
    0x2010,
    0x2011,
    0x2012,
    0x2013,
    0x2014,
    0x2015,
    0x2018,
    0x2019,
    0x201b,
    0x2032,
    0x2212,
};

enum {
    DIAERESIS = 0x0308,
    RING = 0x030a,
    PARTS_MOST = 32, /* the longest decomposition, U+FDFA, has 18 */
};

struct fold {
    char *to;
    size_t capacity;
    size_t length;
    utf8proc_int32_t base; /* the letter that a mark would stand on, 0 for none */
    bool umlaut_e;
    bool blank_due;
    bool full;
};

static void
put(struct fold *fold, const char *bytes, size_t length)
{
    size_t blank = fold->blank_due && fold->length > 0 ? 1 : 0;
    if (fold->full || fold->length + blank + length >= fold->capacity) {
        fold->full = true;
        return;
    }
    if (blank > 0) {
        fold->to[fold->length++] = ' ';
    }
    fold->blank_due = false;
    memcpy(fold->to + fold->length, bytes, length);
    fold->length += length;
}

/* ä and ö and ü as ae, oe, ue; å as aa. The base letter has been put already. */
static void
fold_mark(struct fold *fold, utf8proc_int32_t mark)
{
    if (!fold->umlaut_e) {
        return;
    }
    utf8proc_int32_t base = fold->base;
    if (mark == DIAERESIS && (base == 'a' || base == 'o' || base == 'u')) {
        put(fold, "e", 1);
        fold->base = 0;
    } else if (mark == RING && base == 'a') {
        put(fold, "a", 1);
        fold->base = 0;
    }
}

static bool
is_joint(utf8proc_int32_t point)
{
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        if (joints[i] == point) {
            return true;
        }
    }
    return false;
}

static const struct letter *
letter_find(utf8proc_int32_t point)
{
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        if (letters[i].point == point) {
            return &letters[i];
        }
    }
    return NULL;
}

/* Takes one code point of the decomposed, small text. */
static void
take(struct fold *fold, utf8proc_int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);
    if (category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME) {
        fold_mark(fold, point);
        return;
    }
    fold->base = point;
    if (category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
        category == UTF8PROC_CATEGORY_ZP || category == UTF8PROC_CATEGORY_CC ||
        is_joint(point)) {
        fold->blank_due = true;
        return;
    }
    if (fold->umlaut_e && point == 0xf8) {
        put(fold, "oe", 2);
        return;
    }
    const struct letter *letter = letter_find(point);
    if (letter != NULL) {
        if (letter->ascii[0] != '\0') {
            put(fold, letter->ascii, strlen(letter->ascii));
        }
        return;
    }
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t length = utf8proc_encode_char(point, bytes);
    put(fold, (const char *)bytes, (size_t)length);
}

/* Takes a letter or a digit of ASCII, which most of them are: it decomposes into itself,
 * and is in neither table. False for every other byte. */
static bool
take_plain(struct fold *fold, utf8proc_uint8_t byte)
{
    bool large = byte >= 'A' && byte <= 'Z';
    if (!large && !(byte >= 'a' && byte <= 'z') && !(byte >= '0' && byte <= '9')) {
        return false;
    }
    utf8proc_uint8_t small = (utf8proc_uint8_t)(large ? byte - 'A' + 'a' : byte);
    char text = (char)small;
    fold->base = small;
    put(fold, &text, 1);
    return true;
}

void
bw_text_fold(const char *text, bool umlaut_e, char *ret_text, size_t capacity)
{
    assert(capacity > 0);
    struct fold fold = {.to = ret_text, .capacity = capacity, .umlaut_e = umlaut_e};
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    while (*at != '\0' && !fold.full) {
        if (take_plain(&fold, *at)) {
            at++;
            continue;
        }
        utf8proc_int32_t point;
        utf8proc_ssize_t bytes = utf8proc_iterate(at, -1, &point);
        if (bytes <= 0) { /* no text: as if a blank stood there */
            at++;
            take(&fold, ' ');
            continue;
        }
        at += bytes;
        utf8proc_int32_t parts[PARTS_MOST];
        int boundary = 0;
        utf8proc_ssize_t count = utf8proc_decompose_char(point, parts, PARTS_MOST,
            UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
            &boundary);
        for (utf8proc_ssize_t i = 0; i < count && i < PARTS_MOST; i++) {
            take(&fold, parts[i]);
        }
    }
    ret_text[fold.length] = '\0';
}
