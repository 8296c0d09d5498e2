/* An S3 server's answers: any bytes give letters' names alone, or a sentence. */
#include "fuzz.h"

#include "exchange/carrier/web/s3_answer.h"

#include <stdint.h>
#include <string.h>

#define PREFIX "kring/2025/"

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
    char next[BW_S3_TOKEN_BYTES];
    enum bw_status status =
        bw_carrier_s3_page_read(bytes, length, PREFIX, on_letter, &count, next, &err);
    FUZZ_CHECK(count <= length); /* each is named in it */
    FUZZ_CHECK(status == BW_OK || (err.text[0] != '\0' && next[0] == '\0'));
    FUZZ_CHECK(strlen(next) < sizeof next);
    const struct bw_carrier_reply reply = {
        .code = 403, .bytes = (unsigned char *)(uintptr_t)bytes, .length = length};
    FUZZ_CHECK(bw_carrier_s3_fault(&reply, "asking", &err) != BW_OK);
    FUZZ_CHECK(strncmp(err.text, "asking: ", 8) == 0);
    (void)bw_carrier_s3_no_bucket(&reply);
    return 0;
}
