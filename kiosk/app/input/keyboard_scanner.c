/* A scanner that types: see keyboard_scanner.h. UI thread only. */
#include "keyboard_scanner.h"

#include <assert.h>
#include <brugwachter/ticket.h>
#include <string.h>

enum {
    USAGE_A = 4,
    USAGE_1 = 30,
    USAGE_ENTER = 40,
    USAGE_SPACE = 44,
    USAGE_KEYPAD_ENTER = 88
};

/* Positions from 1 (usage 30) to / (usage 56), plain and shifted, US layout;
 * NUL: no character. */
static const char plain[] = "1234567890\0\0\0\0 -=[]\\\\;'`,./";
static const char shifted[] = "!@#$%^&*()\0\0\0\0 _+{}||:\"~<>?";

static char
character(int usage, bool shift)
{
    if (usage >= USAGE_A && usage < USAGE_A + 26) {
        return (char)((shift ? 'A' : 'a') + usage - USAGE_A);
    }
    if (usage >= USAGE_1 && usage < USAGE_1 + (int)sizeof plain - 1) {
        return shift ? shifted[usage - USAGE_1] : plain[usage - USAGE_1];
    }
    if (usage >= 89 && usage <= 97) {
        return (char)('1' + usage - 89);
    }
    return usage == 98 ? '0' : '\0';
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
    restart(scanner);
}

static int
scanned_length(const struct bw_keyboard_scanner *scanner)
{
    return scanner->line_length - scanner->scanned_from;
}

static bool
is_ticket(const struct bw_keyboard_scanner *scanner)
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

static enum bw_keyboard_scanner_result
end_line(
    struct bw_keyboard_scanner *scanner, char ret_text[BW_KEYBOARD_SCANNER_TEXT_BYTES])
{
    assert(scanned_length(scanner) >= 0 &&
           scanner->line_length < BW_KEYBOARD_SCANNER_TEXT_BYTES); /* KS1 */
    bool whole = is_ticket(scanner);
    bool scan =
        whole || (scanner->hasty && scanned_length(scanner) >= BW_KEYBOARD_SCANNER_LEAST);
    if (scan) {
        /* a text that is too long is no ticket, and is given as such: empty */
        int from = whole ? 0 : scanner->scanned_from;
        int length = scanner->overlong ? 0 : scanner->line_length - from;
        memcpy(ret_text, scanner->line + from, (size_t)length);
        ret_text[length] = '\0';
        scanner->typed[0] = '\0';
    }
    assert(!scan || scanner->typed[0] == '\0'); /* KS2 */
    restart_line(scanner);
    return scan ? BW_KEYBOARD_SCANNER_SCAN : BW_KEYBOARD_SCANNER_ENTER;
}

enum bw_keyboard_scanner_result
bw_keyboard_scanner_key(struct bw_keyboard_scanner *scanner, int usage, bool shift,
    int64_t now_ms, char ret_text[BW_KEYBOARD_SCANNER_TEXT_BYTES])
{
    bool enter = usage == USAGE_ENTER || usage == USAGE_KEYPAD_ENTER;
    char c = character(usage, shift);
    if (!enter && c == '\0') {
        return BW_KEYBOARD_SCANNER_HELD; /* shift, arrows, … say nothing about haste */
    }
    int64_t pause_ms = now_ms - scanner->last_ms;
    if (scanned_length(scanner) > 0) {
        scanner->hasty = scanner->hasty && pause_ms <= gap_ms(scanner);
    } else if (pause_ms > BW_KEYBOARD_SCANNER_STALL_MS) {
        restart_line(scanner);
    } else {
        restart(scanner);
    }
    scanner->last_ms = now_ms;
    if (enter) {
        return end_line(scanner, ret_text);
    }
    if (scanner->line_length < BW_KEYBOARD_SCANNER_TEXT_BYTES - 1) {
        scanner->line[scanner->line_length++] = c;
    } else {
        scanner->overlong = true;
    }
    return BW_KEYBOARD_SCANNER_HELD;
}

void
bw_keyboard_scanner_text(struct bw_keyboard_scanner *scanner, const char *utf8)
{
    size_t have = strlen(scanner->typed);
    size_t more = strlen(utf8);
    if (have + more < sizeof scanner->typed) {
        memcpy(scanner->typed + have, utf8, more + 1);
    }
}

bool
bw_keyboard_scanner_flush(struct bw_keyboard_scanner *scanner, int64_t now_ms, bool all,
    char ret_text[BW_KEYBOARD_SCANNER_TYPED_BYTES])
{
    bool waits = now_ms - scanner->last_ms <= gap_ms(scanner) && scanner->hasty;
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
               ? scanner->last_ms + gap_ms(scanner) + 1
               : INT64_MAX;
}
