/* One pass that asks what the bytes can be, then the C library's conversion. */
#include "charset.h"

#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>

struct bw_charset {
    iconv_t japanese, western;
};

/* What a text can be, and how much of it looks Japanese. */
struct looks {
    bool japanese, western;
    int kana, pairs;      /* the longest runs of one and of two bytes a letter */
    size_t kana_all, odd; /* `odd`: in ISO 8859-1 no letters */
};

struct bw_charset *
bw_charset_create(void)
{
    struct bw_charset *charset = malloc(sizeof *charset);
    if (!charset) {
        return NULL;
    }
    charset->japanese = iconv_open("UTF-8", "CP932");
    charset->western = iconv_open("UTF-8", "ISO8859-1");
    if (charset->japanese == (iconv_t)-1 || charset->western == (iconv_t)-1) {
        bw_charset_destroy(charset);
        return NULL;
    }
    return charset;
}

void
bw_charset_destroy(struct bw_charset *charset)
{
    if (!charset) {
        return;
    }
    if (charset->japanese != (iconv_t)-1) {
        (void)iconv_close(charset->japanese);
    }
    if (charset->western != (iconv_t)-1) {
        (void)iconv_close(charset->western);
    }
    free(charset);
}

static bool
is_pair(const uint8_t *at, size_t left)
{
    return left > 1 &&
           ((at[0] >= 0x81 && at[0] <= 0x9f) || (at[0] >= 0xe0 && at[0] <= 0xfc)) &&
           at[1] >= 0x40 && at[1] != 0x7f && at[1] <= 0xfc;
}

static struct looks
look(const uint8_t *bytes, size_t count)
{
    struct looks looks = {.japanese = true, .western = true};
    for (size_t i = 0; i < count; i++) {
        looks.western = looks.western && (bytes[i] < 0x80 || bytes[i] > 0x9f);
        looks.odd +=
            bytes[i] > 0x9f && (bytes[i] < 0xc0 || bytes[i] == 0xd7 || bytes[i] == 0xf7);
    }
    int kana = 0, pairs = 0;
    for (size_t i = 0; i < count && looks.japanese; i++) {
        bool pair = is_pair(bytes + i, count - i);
        bool single = !pair && bytes[i] >= 0xa1 && bytes[i] <= 0xdf;
        looks.japanese = pair || single || bytes[i] < 0x80;
        kana = single ? kana + 1 : 0;
        pairs = pair ? pairs + 1 : 0;
        looks.kana_all += single;
        looks.kana = kana > looks.kana ? kana : looks.kana;
        looks.pairs = pairs > looks.pairs ? pairs : looks.pairs;
        i += pair;
    }
    return looks;
}

static bool
is_japanese(const struct looks *looks, size_t count)
{
    return looks->japanese &&
           (looks->kana >= 3 || looks->pairs >= 3 || !looks->western ||
               (looks->kana == 2 && looks->kana_all == 2) || looks->odd * 10 >= count);
}

bool
bw_charset_convert(struct bw_charset *charset, const char *bytes, size_t count,
    size_t capacity, char *ret_text, size_t *ret_bytes)
{
    struct looks looks = look((const uint8_t *)bytes, count);
    bool japanese = is_japanese(&looks, count);
    if (!japanese && !looks.western) {
        return false;
    }
    iconv_t turn = japanese ? charset->japanese : charset->western;
    char *from = (char *)(uintptr_t)bytes; /* iconv's type isn't const; it reads alone */
    char *to = ret_text;
    size_t from_left = count, to_left = capacity - 1;
    (void)iconv(turn, NULL, NULL, NULL, NULL);
    if (iconv(turn, &from, &from_left, &to, &to_left) == (size_t)-1) {
        return false;
    }
    *to = '\0';
    *ret_bytes = (size_t)(to - ret_text);
    return true;
}
