/* People's names, split and shortened: see brugwachter/text.h. Any thread. */
#include <brugwachter/text.h>

#include <brugwachter/limits.h>

#include <assert.h>
#include <string.h>
#include <utf8proc.h>

/* As bw_text_fold writes them. A capital makes no difference:
 * forms are filled in by people. */
static const char *const particles[] = {
    "a",
    "aan",
    "af",
    "al",
    "at",
    "bij",
    "d",
    "da",
    "de",
    "del",
    "della",
    "den",
    "der",
    "des",
    "di",
    "do",
    "dos",
    "du",
    "el",
    "het",
    "in",
    "l",
    "la",
    "le",
    "les",
    "of",
    "onder",
    "op",
    "over",
    "s",
    "t",
    "te",
    "ten",
    "ter",
    "tot",
    "uit",
    "uyt",
    "van",
    "ver",
    "vom",
    "von",
    "voor",
    "zu",
    "zum",
    "zur",
};

/* Copies a part of a text, without blanks at its ends, cut at BW_NAME_CHARS. */
static void
copy_trimmed(char *to, const char *from, size_t length)
{
    while (length > 0 && *from == ' ') {
        from++;
        length--;
    }
    while (length > 0 && from[length - 1] == ' ') {
        length--;
    }
    size_t kept = 0;
    size_t chars = 0;
    for (; kept < length; kept++) {
        bool starts = ((unsigned char)from[kept] & 0xc0) != 0x80;
        if (starts && ++chars > BW_NAME_CHARS) {
            break;
        }
    }
    assert(kept < BW_NAME_BYTES);
    memcpy(to, from, kept);
    to[kept] = '\0';
}

void
bw_name_split(const char *full, char *ret_first, char *ret_last)
{
    size_t length = strlen(full);
    const char *comma = strchr(full, ',');
    if (comma != NULL) {
        size_t before = (size_t)(comma - full);
        bool after = strspn(comma + 1, " ") < length - before - 1;
        if (strspn(full, " ") < before && after) {
            copy_trimmed(ret_last, full, before);
            copy_trimmed(ret_first, comma + 1, length - before - 1);
            return;
        }
    }
    size_t lead = strspn(full, " ");
    size_t first = strcspn(full + lead, " ");
    copy_trimmed(ret_first, full + lead, first);
    copy_trimmed(ret_last, full + lead + first, length - lead - first);
}

static bool
is_particle(const char *word, size_t length)
{
    char copy[16];
    char folded[16];
    if (length >= sizeof copy) {
        return false;
    }
    memcpy(copy, word, length);
    copy[length] = '\0';
    bw_text_fold(copy, false, folded, sizeof folded);
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++) {
        if (strcmp(folded, particles[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* The bytes of an apostrophe, straight or curled, at `at`; 0 where there is none. */
static size_t
apostrophe_bytes(const char *at)
{
    if (*at == '\'') {
        return 1;
    }
    return strncmp(at, "\u2019", 3) == 0 || strncmp(at, "\u2018", 3) == 0 ? 3 : 0;
}

/* Length of the word at `at`, its separator not included. The apostrophe belongs to the
 * word before it (d'Hondt), but one at the start belongs to the word it begins ('t). */
static size_t
word_length(const char *at)
{
    size_t length = apostrophe_bytes(at);
    while (at[length] != '\0' && at[length] != ' ' && at[length] != '-') {
        size_t mark = apostrophe_bytes(at + length);
        if (mark > 0) {
            return length + mark;
        }
        length++;
    }
    return length;
}

const char *
bw_name_proper(const char *last)
{
    const char *at = last + strspn(last, " -");
    for (;;) {
        size_t length = word_length(at);
        const char *next = at + length;
        next += strspn(next, " -");
        if (*next == '\0' || !is_particle(at, length)) {
            return at;
        }
        at = next;
    }
}

/* Writes the first letter of a name as a capital, with its marks. Returns the bytes. */
static size_t
write_letter(const char *name, char *ret_text)
{
    name += apostrophe_bytes(name);
    if (strncmp(name, "IJ", 2) == 0) { /* one letter, to the Dutch */
        memcpy(ret_text, name, 2);
        return 2;
    }
    utf8proc_int32_t point;
    if (utf8proc_iterate((const utf8proc_uint8_t *)name, -1, &point) <= 0) {
        return 0;
    }
    if (point == 0) {
        return 0;
    }
    return (size_t)utf8proc_encode_char(
        utf8proc_toupper(point), (utf8proc_uint8_t *)ret_text);
}

void
bw_name_initial(const char *first, const char *last, char *ret_text)
{
    copy_trimmed(ret_text, first, strlen(first));
    char letter[4];
    size_t bytes = write_letter(bw_name_proper(last), letter);
    if (bytes == 0) {
        return;
    }
    size_t length = strlen(ret_text);
    if (length > 0) {
        ret_text[length++] = ' ';
    }
    memcpy(ret_text + length, letter, bytes);
    memcpy(ret_text + length + bytes, ".", 2);
}
