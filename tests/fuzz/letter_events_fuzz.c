/* What an events letter with a valid signature holds: any bytes. What is taken is one
 * kiosk's own, in order, and as the head says. */
#include "fuzz.h"

#include "exchange/letter/events.h"
#include "exchange/letter/figures.h"

#include <brugwachter/core.h>
#include <string.h>

struct seen {
    uint64_t next;
    uint32_t writer;
};

static enum bw_status
on_row(void *context, const struct bw_events_row *row, struct bw_error *err)
{
    (void)err;
    struct seen *seen = context;
    struct bw_event_details details;
    const uint8_t key[BW_DETAILS_KEY_BYTES] = {1};
    FUZZ_CHECK(row->event->id.device == seen->writer);
    FUZZ_CHECK(row->event->id.seq == seen->next++);
    (void)bw_events_row_details(row, key, &details);
    return BW_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct bw_error err = {.text = ""};
    struct bw_events_letter letter;
    struct bw_letter_head head = {.kind = BW_LETTER_EVENTS, .part = 1, .parts = 1};
    FUZZ_CHECK(bw_core_init(NULL) == BW_OK);
    if (length >= 29) { /* the head that says the same, as a liar's would */
        for (int i = 0; i < 4; i++) {
            head.writer = head.writer << 8 | bytes[1 + i];
        }
        for (int i = 0; i < 8; i++) {
            head.from = head.from << 8 | bytes[5 + i];
            head.to = head.to << 8 | bytes[13 + i];
            head.counter = head.counter << 8 | bytes[21 + i];
        }
    }
    struct seen seen = {.next = head.from, .writer = head.writer};
    if (bw_events_read(&head, bytes, length, &letter, on_row, &seen, &err) != BW_OK) {
        FUZZ_CHECK(err.text[0] != '\0');
        return 0;
    }
    FUZZ_CHECK(letter.hello.held_count <= BW_SESSIONS_OWN_MAX);
    FUZZ_CHECK(letter.hello.heard_count <= BW_PEERS_MAX);
    FUZZ_CHECK(letter.hello.battery_percent <= 100);
    FUZZ_CHECK(strlen(letter.hello.version) < sizeof letter.hello.version);
    struct bw_hello_figures figures;
    char version[BW_LABEL_BYTES], again[BW_LABEL_BYTES];
    bw_hello_figures_read(letter.hello.version, version, &figures);
    FUZZ_CHECK(strchr(version, ' ') == NULL && figures.cuts >= -1);
    bw_hello_figures_write(version, &figures, again);
    FUZZ_CHECK(strncmp(again, version, strlen(version)) == 0);
    FUZZ_CHECK(letter.from == 0 || seen.next == letter.to + 1);
    return 0;
}
