/* Base45 (RFC 9285): see brugwachter/ticket.h. Any thread.
 *
 * Two bytes are three characters, the least significant first; a last single byte
 * is two. */
#include <brugwachter/ticket.h>

#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

static int
char_value(char c)
{
    if (c == '\0') {
        return -1;
    }
    const char *at = strchr(alphabet, c);
    return at == NULL ? -1 : (int)(at - alphabet);
}

void
bw_base45_encode(const uint8_t *bytes, size_t length, char *ret_text)
{
    size_t i = 0;
    for (; i + 1 < length; i += 2) {
        unsigned value = (unsigned)bytes[i] << 8 | bytes[i + 1];
        *ret_text++ = alphabet[value % 45];
        *ret_text++ = alphabet[value / 45 % 45];
        *ret_text++ = alphabet[value / 45 / 45];
    }
    if (i < length) {
        *ret_text++ = alphabet[bytes[i] % 45];
        *ret_text++ = alphabet[bytes[i] / 45];
    }
    *ret_text = '\0';
}

/* The value of two or three characters, or -1 where one is outside the alphabet. */
static int
group_value(const char *text, size_t chars)
{
    int value = 0;
    for (size_t i = chars; i-- > 0;) {
        int digit = char_value(text[i]);
        if (digit < 0) {
            return -1;
        }
        value = value * 45 + digit;
    }
    return value;
}

/* Reads one group of two or three characters; -1 where it stands for no bytes. */
static int
read_group(const char *text, size_t chars)
{
    int value = group_value(text, chars);
    return value > (chars == 3 ? 0xffff : 0xff) ? -1 : value;
}

static bool
is_whole(const char *text, size_t length)
{
    for (size_t at = 0; at < length; at += 3) {
        if (read_group(text + at, length - at < 3 ? length - at : 3) < 0) {
            return false;
        }
    }
    return true;
}

int
bw_base45_decode(const char *text, size_t length, uint8_t *ret_bytes, size_t capacity)
{
    size_t groups = length / 3;
    size_t rest = length % 3;
    if (rest == 1 || groups * 2 + rest / 2 > capacity || !is_whole(text, length)) {
        return -1;
    }
    uint8_t *to = ret_bytes;
    for (size_t i = 0; i < groups; i++, text += 3) {
        int value = read_group(text, 3);
        *to++ = (uint8_t)(value >> 8);
        *to++ = (uint8_t)(value & 0xff);
    }
    if (rest == 2) {
        *to++ = (uint8_t)read_group(text, 2);
    }
    return (int)(to - ret_bytes);
}
