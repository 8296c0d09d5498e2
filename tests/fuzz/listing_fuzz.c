/* A WebDAV server's listing: any bytes give letters' names alone, or a sentence. */
#include "fuzz.h"

#include "exchange/carrier/web/listing.h"

#include <string.h>

static bool
on_letter(
    void *context, const char *name, const struct bw_letter_name *parsed, uint64_t bytes)
{
    (void)bytes;
    struct bw_letter_name again;
    char text[BW_LETTER_NAME_BYTES];
    FUZZ_CHECK(bw_letter_name_parse(name, &again));
    bw_letter_name_format(parsed, text);
    FUZZ_CHECK(strcmp(text, name) == 0);
    return ++*(size_t *)context < 1000;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct bw_error err = {.text = ""};
    size_t count = 0;
    bool more = false;
    enum bw_status status =
        bw_carrier_listing_read(bytes, length, on_letter, &count, &more, &err);
    FUZZ_CHECK(count <= length); /* each is named in it */
    FUZZ_CHECK(status == BW_OK || err.text[0] != '\0');
    FUZZ_CHECK(status != BW_OK || length > 0);
    return 0;
}
