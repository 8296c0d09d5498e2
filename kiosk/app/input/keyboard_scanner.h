/* A scanner that types ("keyboard wedge"), told from a person by what it types, or by its
 * haste.
 *
 * Such a scanner is a USB keyboard: it sends key positions, fast, and often a key at the
 * end. What the positions mean is read by the layouts that scanners are set to (USB HID
 * Usage Tables 1.4, chapter 10: us, de, fr, be), so that the machine's own layout, and
 * Caps Lock, do no harm; and what the system composed of them is looked at too, for any
 * other layout that both were set to.
 *
 * A ticket, or a certificate, is a scan as soon as its last character is there, however
 * haltingly it came and whatever stood before it: nobody types 113 such characters and
 * means something else. What follows at once belongs to it: Enter, Tab, a blank, the same
 * text again. Any other text is a scan where it came fast and ended with Enter, or Tab
 * where it is long; it is read by the US layout. What a person types is given back as the
 * system composed it, once it is clear that no scanner is typing.
 *
 * - KS1: scanned_from <= line_length < BW_KEYBOARD_SCANNER_TEXT_BYTES.
 * - KS2: a text that is given as a scan is not given as typed too.
 *
 * Pure: time is given. UI thread only. */
#ifndef BW_APP_KEYBOARD_SCANNER_H
#define BW_APP_KEYBOARD_SCANNER_H

#include <stdbool.h>
#include <stdint.h>

enum {
    BW_KEYBOARD_SCANNER_GAP_MS =
        35, /* a scanner's keys follow each other within this … */
    BW_KEYBOARD_SCANNER_SURE =
        4, /* … and after so many nobody else can have typed them: */
    BW_KEYBOARD_SCANNER_STALL_MS =
        400,                          /* then a busy machine may keep the rest waiting */
    BW_KEYBOARD_SCANNER_HOLD_MS = 90, /* slow ones follow each other within this: what is
                                         typed so is held back that long */
    BW_KEYBOARD_SCANNER_AFTER_MS = 250, /* what follows a ticket so soon belongs to it */
    BW_KEYBOARD_SCANNER_LEAST = 6,      /* shorter texts are a person's … */
    BW_KEYBOARD_SCANNER_LEAST_TAB = 20, /* … and so are these, where Tab ends them */
    BW_KEYBOARD_SCANNER_TAIL = 118,     /* the longer of ticket and certificate */
    BW_KEYBOARD_SCANNER_TEXT_BYTES = 2049,
    BW_KEYBOARD_SCANNER_TYPED_BYTES = 512,
};

struct bw_keyboard_scanner {
    char line
        [BW_KEYBOARD_SCANNER_TEXT_BYTES]; /* by position, since Enter or a long pause */
    int line_length;
    int scanned_from; /* where in the line a scanner may have begun */
    bool overlong;
    char typed[BW_KEYBOARD_SCANNER_TYPED_BYTES]; /* as composed, held back */
    uint8_t tail[BW_KEYBOARD_SCANNER_TAIL];      /* the line's last keys: usage, and 128
                                                    with Shift; 0: no such character */
    char composed[BW_KEYBOARD_SCANNER_TAIL];     /* … as composed; NUL: not ASCII */
    int tail_length, composed_length;
    bool after; /* a ticket was given, and nothing but what belongs to it came since */
    char last[BW_KEYBOARD_SCANNER_TAIL + 1]; /* … this one */
    int64_t last_ms;
    bool hasty; /* every gap so far was a scanner's */
};

enum bw_keyboard_scanner_result {
    BW_KEYBOARD_SCANNER_HELD,  /* nothing to do yet */
    BW_KEYBOARD_SCANNER_ENTER, /* a person's Enter (after what flush gives) */
    BW_KEYBOARD_SCANNER_SCAN,  /* ret_text holds a scanned text */
    BW_KEYBOARD_SCANNER_PART,  /* a key that belongs to a scan, and means nothing */
};

/* A key went down: `usage` is its HID usage (the same numbers as SDL's scancodes), 0 for
 * one that gives a character on no layout here (with AltGr). */
enum bw_keyboard_scanner_result bw_keyboard_scanner_key(
    struct bw_keyboard_scanner *scanner, int usage, bool shift, int64_t now_ms,
    char ret_text[BW_KEYBOARD_SCANNER_TEXT_BYTES]);

/* The system composed a text from keys: SCAN where it ends a ticket, else HELD. */
enum bw_keyboard_scanner_result bw_keyboard_scanner_text(
    struct bw_keyboard_scanner *scanner, const char *utf8,
    char ret_text[BW_KEYBOARD_SCANNER_TEXT_BYTES]);

/* Gives what a person typed, once no scanner can be typing it any more; false: nothing.
 * With `all`, whatever is held. */
bool bw_keyboard_scanner_flush(struct bw_keyboard_scanner *scanner, int64_t now_ms,
    bool all, char ret_text[BW_KEYBOARD_SCANNER_TYPED_BYTES]);

/* May what came last be a ticket, or the beginning of one? A touch then leaves it whole;
 * anything else that is held was typed before the touch, and is flushed before it. */
bool bw_keyboard_scanner_may_be_ticket(const struct bw_keyboard_scanner *scanner);

/* When to flush next; INT64_MAX: nothing is held. */
int64_t bw_keyboard_scanner_next_ms(const struct bw_keyboard_scanner *scanner);

#endif
