/* Registration codes: see brugwachter/code.h. Any thread. */
#include <brugwachter/code.h>

#include <assert.h>
#include <sodium.h>

enum { CODE_CHARS = 8, BITS_A_CHAR = 5, CODE_BITS = 40, TOGETHER = 64 };

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* The value of one typed character, or -1. U is no base32 character of Crockford's. */
static int
char_value(char c)
{
    if (c >= 'a' && c <= 'z') {
        c = (char)(c - 'a' + 'A');
    }
    if (c == 'O') {
        return 0;
    }
    if (c == 'I' || c == 'L') {
        return 1;
    }
    for (int i = 0; alphabet[i] != '\0'; i++) {
        if (alphabet[i] == c) {
            return i;
        }
    }
    return -1;
}

void
bw_code_random_many(bw_code *ret_codes, size_t count)
{
    uint8_t bytes[TOGETHER][CODE_BITS / 8];
    for (size_t at = 0; at < count; at += TOGETHER) {
        size_t some = count - at < TOGETHER ? count - at : TOGETHER;
        randombytes_buf(bytes, some * sizeof bytes[0]);
        for (size_t i = 0; i < some; i++) {
            bw_code code = 0;
            for (size_t k = 0; k < sizeof bytes[i]; k++) {
                code = code << 8 | bytes[i][k];
            }
            ret_codes[at + i] = code;
        }
    }
}

bw_code
bw_code_random(void)
{
    bw_code code = 0;
    bw_code_random_many(&code, 1);
    return code;
}

void
bw_code_format(bw_code code, char ret_text[BW_CODE_BYTES])
{
    assert(code >> CODE_BITS == 0);
    for (int i = CODE_CHARS - 1; i >= 0; i--) {
        ret_text[i] = alphabet[code & 31];
        code >>= BITS_A_CHAR;
    }
    ret_text[CODE_CHARS] = '\0';
}

void
bw_code_format_shown(bw_code code, char ret_text[BW_CODE_SHOWN_BYTES])
{
    char plain[BW_CODE_BYTES];
    bw_code_format(code, plain);
    for (int i = 0; i < CODE_CHARS; i++) {
        ret_text[i + (i >= CODE_CHARS / 2)] = plain[i];
    }
    ret_text[CODE_CHARS / 2] = '-';
    ret_text[CODE_CHARS + 1] = '\0';
}

bool
bw_code_parse(const char *text, bw_code *ret_code)
{
    bw_code code = 0;
    int count = 0;
    for (; *text != '\0'; text++) {
        if (*text == ' ' || *text == '-') {
            continue;
        }
        int value = char_value(*text);
        if (value < 0 || count == CODE_CHARS) {
            return false;
        }
        code = code << BITS_A_CHAR | (bw_code)value;
        count++;
    }
    if (count != CODE_CHARS) {
        return false;
    }
    *ret_code = code;
    return true;
}

bool
bw_code_is_likely(const char *text)
{
    bw_code code;
    if (!bw_code_parse(text, &code)) {
        return false;
    }
    int count = 0;
    int hyphens = 0;
    int hyphen_after = 0;
    bool digit = false;
    for (; *text != '\0'; text++) {
        if (*text == '-') {
            hyphens++;
            hyphen_after = count;
        } else if (*text != ' ') {
            digit = digit || (*text >= '0' && *text <= '9');
            count++;
        }
    }
    if (hyphens == 0) {
        return digit;
    }
    return hyphens == 1 && hyphen_after == CODE_CHARS / 2;
}
