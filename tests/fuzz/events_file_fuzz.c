/* Event files: any bytes as a file and as a letter. What is taken is one kiosk's own, its
 * details fit their commitments, and written back it is read as the same. */
#include "fuzz.h"
#include "sealed_file.h"

#include "exchange/batch.h"

#include <brugwachter/core.h>
#include <string.h>

static void
check_batch(const struct bw_batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        const struct bw_batch_item *item = &batch->items[i];
        struct bw_event_details details;
        uint8_t commitment[BW_HASH_BYTES];
        FUZZ_CHECK(item->event.id.device == batch->device);
        if (item->details_bytes > 0) {
            FUZZ_CHECK(bw_details_decode(
                           item->details, item->details_bytes, &details, NULL) == BW_OK);
            bw_details_commit(&details, commitment);
            FUZZ_CHECK(
                memcmp(commitment, item->event.commitment, sizeof commitment) == 0);
        }
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct bw_batch batch, again;
    struct bw_error err = {.text = ""};
    char *text = NULL;
    FUZZ_CHECK(bw_core_init(NULL) == BW_OK);
    fuzz_check_envelope(BW_ENVELOPE_EVENTS, bytes, length);
    if (bw_batch_read(bytes, length, &batch, &err) != BW_OK) {
        FUZZ_CHECK(err.text[0] != '\0');
        return 0;
    }
    fuzz_check_letter(BW_ENVELOPE_EVENTS, bytes, length);
    check_batch(&batch);
    FUZZ_CHECK(bw_batch_write(&batch, &text, NULL) == BW_OK);
    FUZZ_CHECK(bw_batch_read(text, strlen(text), &again, NULL) == BW_OK);
    FUZZ_CHECK(again.count == batch.count && again.head.seq == batch.head.seq);
    free(text);
    bw_batch_finish(&again);
    bw_batch_finish(&batch);
    return 0;
}
