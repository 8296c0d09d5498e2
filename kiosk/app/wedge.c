/* A scanner that types: see wedge.h. UI thread only. */
#include "wedge.h"

#include <brugwachter/ticket.h>
#include <string.h>

enum {
    USAGE_A = 4,
    USAGE_1 = 30,
    USAGE_ENTER = 40,
    USAGE_SPACE = 44,
    USAGE_KEYPAD_ENTER = 88
};

/* Positions from 1 (usage 30) to / (usage 56), plain and shifted, US layout; NUL: no
 * character. */
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
restart(struct bw_wedge *wedge)
{
    wedge->scanned_from = wedge->line_length;
    wedge->overlong = false;
    wedge->hasty = true;
}

static void
restart_line(struct bw_wedge *wedge)
{
    wedge->line_length = 0;
    restart(wedge);
}

static int
scanned_length(const struct bw_wedge *wedge)
{
    return wedge->line_length - wedge->scanned_from;
}

static bool
is_ticket(const struct bw_wedge *wedge)
{
    static const char start[] = "BW1:";
    return !wedge->overlong && wedge->line_length == BW_TICKET_TEXT_BYTES - 1 &&
           memcmp(wedge->line, start, sizeof start - 1) == 0;
}

/* How long the next key may take. A person's fingers roll over two or three keys within a
 * scanner's gap, not over four. */
static int
gap_ms(const struct bw_wedge *wedge)
{
    bool sure = wedge->hasty && scanned_length(wedge) >= BW_WEDGE_SURE;
    return sure ? BW_WEDGE_STALL_MS : BW_WEDGE_GAP_MS;
}

static enum bw_wedge_result
end_line(struct bw_wedge *wedge, char ret_text[BW_WEDGE_TEXT_BYTES])
{
    bool whole = is_ticket(wedge);
    bool scan = whole || (wedge->hasty && scanned_length(wedge) >= BW_WEDGE_LEAST);
    if (scan) {
        /* a text that is too long is no ticket, and is given as such: empty */
        int from = whole ? 0 : wedge->scanned_from;
        int length = wedge->overlong ? 0 : wedge->line_length - from;
        memcpy(ret_text, wedge->line + from, (size_t)length);
        ret_text[length] = '\0';
        wedge->typed[0] = '\0';
    }
    restart_line(wedge);
    return scan ? BW_WEDGE_SCAN : BW_WEDGE_ENTER;
}

enum bw_wedge_result
bw_wedge_key(struct bw_wedge *wedge, int usage, bool shift, int64_t now_ms,
    char ret_text[BW_WEDGE_TEXT_BYTES])
{
    bool enter = usage == USAGE_ENTER || usage == USAGE_KEYPAD_ENTER;
    char c = character(usage, shift);
    if (!enter && c == '\0') {
        return BW_WEDGE_HELD; /* shift, arrows, … say nothing about haste */
    }
    int64_t pause_ms = now_ms - wedge->last_ms;
    if (scanned_length(wedge) > 0) {
        wedge->hasty = wedge->hasty && pause_ms <= gap_ms(wedge);
    } else if (pause_ms > BW_WEDGE_STALL_MS) {
        restart_line(wedge);
    } else {
        restart(wedge);
    }
    wedge->last_ms = now_ms;
    if (enter) {
        return end_line(wedge, ret_text);
    }
    if (wedge->line_length < BW_WEDGE_TEXT_BYTES - 1) {
        wedge->line[wedge->line_length++] = c;
    } else {
        wedge->overlong = true;
    }
    return BW_WEDGE_HELD;
}

void
bw_wedge_text(struct bw_wedge *wedge, const char *utf8)
{
    size_t have = strlen(wedge->typed);
    size_t more = strlen(utf8);
    if (have + more < sizeof wedge->typed) {
        memcpy(wedge->typed + have, utf8, more + 1);
    }
}

bool
bw_wedge_flush(
    struct bw_wedge *wedge, int64_t now_ms, bool all, char ret_text[BW_WEDGE_TYPED_BYTES])
{
    bool waits = now_ms - wedge->last_ms <= gap_ms(wedge) && wedge->hasty;
    if (waits && !all) {
        return false;
    }
    bool some = wedge->typed[0] != '\0';
    memcpy(ret_text, wedge->typed, strlen(wedge->typed) + 1);
    wedge->typed[0] = '\0';
    restart(wedge);
    return some;
}

int64_t
bw_wedge_next_ms(const struct bw_wedge *wedge)
{
    return wedge->typed[0] != '\0' || scanned_length(wedge) > 0
               ? wedge->last_ms + gap_ms(wedge) + 1
               : INT64_MAX;
}
