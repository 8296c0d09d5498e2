/* Keys of a scanner or a person, three bytes each: the key with Shift, what the system
 * composed, and the pause before it. Whatever comes: a scan is a whole text, what was
 * scanned isn't typed too, and in the end nothing is held. */
#include "fuzz.h"

#include "app/input/keyboard_scanner.h"

#include <stdbool.h>
#include <string.h>

static char text[BW_KEYBOARD_SCANNER_TEXT_BYTES];
static char typed[BW_KEYBOARD_SCANNER_TYPED_BYTES];

static void
check(struct bw_keyboard_scanner *scanner, enum bw_keyboard_scanner_result result,
    int64_t now_ms)
{
    if (result == BW_KEYBOARD_SCANNER_SCAN) {
        FUZZ_CHECK(memchr(text, '\0', sizeof text) != NULL);
        FUZZ_CHECK(!bw_keyboard_scanner_flush(scanner, now_ms, true, typed));
    }
}

static void
strike(struct bw_keyboard_scanner *scanner, const uint8_t *key, int64_t now_ms)
{
    bool shift = key[0] >= 128;
    check(scanner, bw_keyboard_scanner_key(scanner, key[0] % 128, shift, now_ms, text),
        now_ms);
    const char composed[2] = {(char)key[1], '\0'};
    if (key[1] >= 32 && key[1] < 127) {
        check(scanner, bw_keyboard_scanner_text(scanner, composed, text), now_ms);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct bw_keyboard_scanner scanner = {.last_ms = 0};
    int64_t now_ms = 1000;
    for (size_t at = 0; at + 3 <= length; at += 3) {
        now_ms += bytes[at + 2] * 2;
        int64_t due_ms = bw_keyboard_scanner_next_ms(&scanner);
        if (due_ms <= now_ms && bytes[at + 2] % 2) {
            (void)bw_keyboard_scanner_flush(&scanner, due_ms, false, typed);
            FUZZ_CHECK(memchr(typed, '\0', sizeof typed) != NULL);
        }
        strike(&scanner, bytes + at, now_ms);
    }
    now_ms += BW_KEYBOARD_SCANNER_STALL_MS + 1;
    (void)bw_keyboard_scanner_flush(&scanner, now_ms, false, typed);
    FUZZ_CHECK(bw_keyboard_scanner_next_ms(&scanner) == INT64_MAX);
    return 0;
}
