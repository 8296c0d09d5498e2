/* Details from outside: what is read fits its rooms, is text, and is written again as the
 * same bytes, so that the commitment holds. */
#include "fuzz.h"

#include <brugwachter/event.h>
#include <brugwachter/text.h>

#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct bw_error err = {0};
    struct bw_event_details details;
    uint8_t again[BW_DETAILS_WIRE_BYTES_MAX];
    char clean[BW_TITLE_BYTES];
    if (bw_details_decode(bytes, length, &details, &err) != BW_OK) {
        FUZZ_CHECK(err.text[0] != '\0');
        return 0;
    }
    FUZZ_CHECK(bw_details_encode(&details, again) == length);
    FUZZ_CHECK(memcmp(bytes, again, length) == 0);
    FUZZ_CHECK(bw_text_clean(details.person.name, BW_NAME_CHARS, clean) == BW_TEXT_FINE);
    FUZZ_CHECK(bw_text_clean(details.reason, BW_TITLE_CHARS, clean) == BW_TEXT_FINE);
    return 0;
}
