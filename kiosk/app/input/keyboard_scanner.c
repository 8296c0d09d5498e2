/* A scanner that types: see keyboard_scanner.h. UI thread only. */
#include "keyboard_scanner.h"

#include <assert.h>
#include <brugwachter/ticket.h>
#include <string.h>

enum {
    USAGE_A = 4,
    USAGE_1 = 30,
    USAGE_ENTER = 40,
    USAGE_TAB = 43,
    USAGE_SLASH = 56,
    USAGE_KEYPAD_DIVIDE = 84,
    USAGE_KEYPAD_ENTER = 88,
    USAGE_KEYPAD_POINT = 99,
    SHIFTED = 0x80,
};

_Static_assert((int)BW_KEYBOARD_SCANNER_TAIL == (int)BW_TICKET_TEXT_BYTES,
    "a certificate has one more character");

/* Positions from 1 (usage 30) to / (usage 56), plain and shifted, US layout;
 * NUL: no character. */
static const char plain[] = "1234567890\0\0\0\0 -=[]\\\\;'`,./";
static const char shifted[] = "!@#$%^&*()\0\0\0\0 _+{}||:\"~<>?";

/* The same for the characters of a ticket alone, on each layout that scanners are set to;
 * `_`: no such character. Letters from A (usage 4) on. */
static const struct layout {
    const char *letters, *plain, *shifted;
} layouts[] = {
    /* us */
    {"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "1234567890____ -_________./",
        "___$%__*______ _+____:_____"},
    /* de */
    {"ABCDEFGHIJKLMNOPQRSTUVWXZY", "1234567890____ ___+______.-",
        "___$%_/_______ ___*______:_"},
    /* fr */
    {"QBCDEFGHIJKL_NOPARSTUVZXYW", "_____-________ ___$**M___:_",
        "1234567890____ _+____M%_./_"},
    /* be */
    {"QBCDEFGHIJKL_NOPARSTUVZXYW", "______________ _-_$__M___:_",
        "1234567890____ ___*__M%_./+"},
};

enum { LAYOUTS = sizeof layouts / sizeof *layouts };

static char
keypad(int usage)
{
    static const char characters[] = "/*-+\0"
                                     "1234567890.";
    return usage >= USAGE_KEYPAD_DIVIDE && usage <= USAGE_KEYPAD_POINT
               ? characters[usage - USAGE_KEYPAD_DIVIDE]
               : '\0';
}

static char
character(int usage, bool shift)
{
    if (usage >= USAGE_A && usage < USAGE_A + 26) {
        return (char)((shift ? 'A' : 'a') + usage - USAGE_A);
    }
    if (usage >= USAGE_1 && usage <= USAGE_SLASH) {
        return shift ? shifted[usage - USAGE_1] : plain[usage - USAGE_1];
    }
    return keypad(usage);
}

static char
on_layout(const struct layout *layout, uint8_t key)
{
    int usage = key & ~SHIFTED;
    if (usage >= USAGE_A && usage < USAGE_A + 26) {
        return layout->letters[usage - USAGE_A];
    }
    if (usage >= USAGE_1 && usage <= USAGE_SLASH) {
        return (key & SHIFTED ? layout->shifted : layout->plain)[usage - USAGE_1];
    }
    return keypad(usage);
}

/* What comes from here on may be a scanner's. */
static void
restart(struct bw_keyboard_scanner *scanner)
{
    scanner->scanned_from = scanner->line_length;
    scanner->overlong = false;
    scanner->hasty = true;
}

static void
restart_line(struct bw_keyboard_scanner *scanner)
{
    scanner->line_length = 0;
    scanner->tail_length = 0;
    scanner->composed_length = 0;
    restart(scanner);
}

static int
scanned_length(const struct bw_keyboard_scanner *scanner)
{
    return scanner->line_length - scanner->scanned_from;
}

/* ---- tickets ---- */

/* The line's last keys by a layout, or as they were composed. Returns how many. */
static int
read_tail(const struct bw_keyboard_scanner *scanner, int layout,
    char ret_tail[BW_KEYBOARD_SCANNER_TAIL])
{
    if (layout == LAYOUTS) {
        memcpy(ret_tail, scanner->composed, sizeof scanner->composed);
        return scanner->composed_length;
    }
    for (int i = 0; i < scanner->tail_length; i++) {
        ret_tail[i] = on_layout(&layouts[layout], scanner->tail[i]);
    }
    return scanner->tail_length;
}

static char
folded(char c)
{
    return (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
}

/* Does a tail end in a ticket's first characters, two at least, or hold them all? */
static bool
begins(const char *tail, int length)
{
    static const char start[] = "BW1:";
    for (int at = 0; at + 2 <= length; at++) {
        int same = 0;
        while (same < 4 && at + same < length && folded(tail[at + same]) == start[same]) {
            same++;
        }
        if (same == 4 || (same >= 2 && at + same == length)) {
            return true;
        }
    }
    return false;
}

bool
bw_keyboard_scanner_may_be_ticket(const struct bw_keyboard_scanner *scanner)
{
    char tail[BW_KEYBOARD_SCANNER_TAIL];
    for (int i = 0; i <= LAYOUTS; i++) {
        if (begins(tail, read_tail(scanner, i, tail))) {
            return true;
        }
    }
    return false;
}

/* A certificate is a ticket with a C after its two first letters. */
static bool
find_in(const char *tail, int length, char ret_text[BW_KEYBOARD_SCANNER_TAIL + 1])
{
    char ticket[BW_TICKET_TEXT_BYTES];
    if (bw_ticket_find(tail, (size_t)length, ticket)) {
        memcpy(ret_text, ticket, sizeof ticket);
        return true;
    }
    if (length < BW_KEYBOARD_SCANNER_TAIL || folded(tail[2]) != 'C') {
        return false;
    }
    char without[BW_KEYBOARD_SCANNER_TAIL - 1];
    memcpy(without, tail, 2);
    memcpy(without + 2, tail + 3, sizeof without - 2);
    if (!bw_ticket_find(without, sizeof without, ticket)) {
        return false;
    }
    memcpy(ret_text, "BWC", 3);
    memcpy(ret_text + 3, ticket + 2, sizeof ticket - 2);
    return true;
}

/* The last key, or the last composed text, may have ended a ticket. What was composed
 * goes before positions: a Spanish scanner's keys are a German one's but for two. */
static enum bw_keyboard_scanner_result
end_ticket(
    struct bw_keyboard_scanner *scanner, char ret_text[BW_KEYBOARD_SCANNER_TEXT_BYTES])
{
    char tail[BW_KEYBOARD_SCANNER_TAIL];
    char found[BW_KEYBOARD_SCANNER_TAIL + 1];
    for (int i = LAYOUTS; i >= 0; i--) {
        int length = read_tail(scanner, i, tail);
        if (!find_in(tail, length, found)) {
            continue;
        }
        bool again = scanner->after && strcmp(scanner->last, found) == 0;
        memcpy(scanner->last, found, strlen(found) + 1);
        scanner->typed[0] = '\0';
        scanner->after = true;
        restart_line(scanner);
        if (again) {
            return BW_KEYBOARD_SCANNER_PART;
        }
        memcpy(ret_text, found, strlen(found) + 1);
        return BW_KEYBOARD_SCANNER_SCAN;
    }
    return BW_KEYBOARD_SCANNER_HELD;
}

/* Will the text that the system composes of the last key end a ticket? Its key comes
 * first. */
static bool
is_composed(const struct bw_keyboard_scanner *scanner)
{
    enum { BEFORE = BW_TICKET_TEXT_BYTES - 2 }; /* the last character is to come */
    const char *from = scanner->composed + scanner->composed_length - BEFORE;
    if (scanner->composed_length < BEFORE || !begins(from, 4)) {
        return false;
    }
    uint8_t bytes[BEFORE];
    char upper[BEFORE];
    for (int i = 0; i < BEFORE; i++) {
        upper[i] = folded(from[i]);
    }
    /* in threes, but for the last two of which one is there */
    return bw_base45_decode(upper + 4, BEFORE - 5, bytes, sizeof bytes) > 0;
}

static void
append(char *line, int *length, char c)
{
    if (*length == BW_KEYBOARD_SCANNER_TAIL) {
        memmove(line, line + 1, (size_t)-- * length);
    }
    line[(*length)++] = c;
}

/* ---- other texts ---- */

/* A ticket that is damaged is a scan too. */
static bool
is_like_ticket(const struct bw_keyboard_scanner *scanner)
{
    static const char start[] = "BW1:";
    return !scanner->overlong && scanner->line_length == BW_TICKET_TEXT_BYTES - 1 &&
           memcmp(scanner->line, start, sizeof start - 1) == 0;
}

/* How long the next key may take. A person's fingers roll over two or three keys within a
 * scanner's gap, not over four. */
static int
gap_ms(const struct bw_keyboard_scanner *scanner)
{
    bool sure = scanner->hasty && scanned_length(scanner) >= BW_KEYBOARD_SCANNER_SURE;
    return sure ? BW_KEYBOARD_SCANNER_STALL_MS : BW_KEYBOARD_SCANNER_GAP_MS;
}

/* How long what was typed is held back: it may still become a scan. */
static int
hold_ms(const struct bw_keyboard_scanner *scanner)
{
    if (scanner->after) {
        return BW_KEYBOARD_SCANNER_AFTER_MS;
    }
    if (bw_keyboard_scanner_may_be_ticket(scanner)) {
        return BW_KEYBOARD_SCANNER_STALL_MS;
    }
    int gap = gap_ms(scanner);
    return gap > BW_KEYBOARD_SCANNER_HOLD_MS ? gap : BW_KEYBOARD_SCANNER_HOLD_MS;
}

static enum bw_keyboard_scanner_result
end_line(struct bw_keyboard_scanner *scanner, bool tab,
    char ret_text[BW_KEYBOARD_SCANNER_TEXT_BYTES])
{
    assert(scanned_length(scanner) >= 0 &&
           scanner->line_length < BW_KEYBOARD_SCANNER_TEXT_BYTES); /* KS1 */
    int least = tab ? BW_KEYBOARD_SCANNER_LEAST_TAB : BW_KEYBOARD_SCANNER_LEAST;
    bool whole = is_like_ticket(scanner);
    bool scan = whole || (scanner->hasty && scanned_length(scanner) >= least);
    if (scan) {
        /* a text that is too long is no ticket, and is given as such: empty */
        int from = whole ? 0 : scanner->scanned_from;
        int length = scanner->overlong ? 0 : scanner->line_length - from;
        memcpy(ret_text, scanner->line + from, (size_t)length);
        ret_text[length] = '\0';
        scanner->typed[0] = '\0';
    }
    assert(!scan || scanner->typed[0] == '\0'); /* KS2 */
    if (scan || !tab) {
        restart_line(scanner);
    }
    return scan  ? BW_KEYBOARD_SCANNER_SCAN
           : tab ? BW_KEYBOARD_SCANNER_HELD
                 : BW_KEYBOARD_SCANNER_ENTER;
}

/* Who types after so long a pause? */
static void
pause(struct bw_keyboard_scanner *scanner, int64_t pause_ms)
{
    if (scanner->after && pause_ms > BW_KEYBOARD_SCANNER_AFTER_MS) {
        scanner->after = false;
        scanner->typed[0] = '\0';
        restart_line(scanner);
    }
    if (scanned_length(scanner) > 0) {
        scanner->hasty = scanner->hasty && pause_ms <= gap_ms(scanner);
    } else if (pause_ms > BW_KEYBOARD_SCANNER_STALL_MS) {
        restart_line(scanner);
    } else {
        restart(scanner);
    }
}

enum bw_keyboard_scanner_result
bw_keyboard_scanner_key(struct bw_keyboard_scanner *scanner, int usage, bool shift,
    int64_t now_ms, char ret_text[BW_KEYBOARD_SCANNER_TEXT_BYTES])
{
    bool enter = usage == USAGE_ENTER || usage == USAGE_KEYPAD_ENTER;
    bool tab = usage == USAGE_TAB;
    char c = character(usage, shift);
    if (!enter && !tab && c == '\0' && usage != 0) {
        return BW_KEYBOARD_SCANNER_HELD; /* shift, arrows, … say nothing about haste */
    }
    pause(scanner, now_ms - scanner->last_ms);
    scanner->last_ms = now_ms;
    if (enter || tab) {
        if (scanner->after) {
            restart_line(scanner);
            return BW_KEYBOARD_SCANNER_PART;
        }
        enum bw_keyboard_scanner_result ended = end_ticket(scanner, ret_text);
        return ended == BW_KEYBOARD_SCANNER_HELD ? end_line(scanner, tab, ret_text)
                                                 : ended;
    }
    if (scanner->line_length < BW_KEYBOARD_SCANNER_TEXT_BYTES - 1) {
        scanner->line[scanner->line_length++] = c == '\0' ? '?' : c;
    } else {
        scanner->overlong = true;
    }
    append((char *)scanner->tail, &scanner->tail_length,
        (char)(usage | (shift ? SHIFTED : 0)));
    enum bw_keyboard_scanner_result ended = BW_KEYBOARD_SCANNER_HELD;
    if (!is_composed(scanner)) {
        ended = end_ticket(scanner, ret_text);
    }
    return ended == BW_KEYBOARD_SCANNER_HELD && scanner->after ? BW_KEYBOARD_SCANNER_PART
                                                               : ended;
}

enum bw_keyboard_scanner_result
bw_keyboard_scanner_text(struct bw_keyboard_scanner *scanner, const char *utf8,
    char ret_text[BW_KEYBOARD_SCANNER_TEXT_BYTES])
{
    size_t have = strlen(scanner->typed);
    size_t more = strlen(utf8);
    if (!scanner->after && have + more < sizeof scanner->typed) {
        memcpy(scanner->typed + have, utf8, more + 1);
    }
    for (; *utf8 != '\0'; utf8++) {
        if (((unsigned char)*utf8 & 0xc0) != 0x80) {
            append(scanner->composed, &scanner->composed_length,
                (char)((unsigned char)*utf8 < 0x80 ? *utf8 : '\0'));
        }
    }
    return end_ticket(scanner, ret_text);
}

bool
bw_keyboard_scanner_flush(struct bw_keyboard_scanner *scanner, int64_t now_ms, bool all,
    char ret_text[BW_KEYBOARD_SCANNER_TYPED_BYTES])
{
    bool waits = now_ms - scanner->last_ms <= hold_ms(scanner);
    if (waits && !all) {
        return false;
    }
    bool some = scanner->typed[0] != '\0';
    memcpy(ret_text, scanner->typed, strlen(scanner->typed) + 1);
    scanner->typed[0] = '\0';
    restart(scanner);
    return some;
}

int64_t
bw_keyboard_scanner_next_ms(const struct bw_keyboard_scanner *scanner)
{
    return scanner->typed[0] != '\0' || scanned_length(scanner) > 0
               ? scanner->last_ms + hold_ms(scanner) + 1
               : INT64_MAX;
}
