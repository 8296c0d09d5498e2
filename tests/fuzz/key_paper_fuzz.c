/* Lines that somebody typed from a sheet of keys: read whole or not at all, and what was
 * read is written the one way. */
#include "fuzz.h"

#include "office/backup/key_lines.h"
#include "office/backup/key_paper.h"

#include <brugwachter/core.h>
#include <stdlib.h>
#include <string.h>

static void
check(const char *text)
{
    static uint8_t bytes[BW_KEY_LINES_DATA_MAX], again[BW_KEY_LINES_DATA_MAX];
    static char written[BW_KEY_LINES_TEXT_BYTES];
    struct bw_error err = {.text = ""};
    size_t length = 0, got = 0;
    if (bw_key_lines_read(text, bytes, &length, &err) != BW_OK) {
        FUZZ_CHECK(length == 0 && err.text[0] != '\0');
        return;
    }
    (void)bw_key_lines_write(bytes, length, written);
    FUZZ_CHECK(bw_key_lines_read(written, again, &got, &err) == BW_OK);
    FUZZ_CHECK(got == length && memcmp(bytes, again, length) == 0);
    bool cheap = length > 8 && bytes[4] == 0 && bytes[5] == 0 && bytes[3] < 4;
    struct bw_keys keys = {.count = 0};
    if (cheap &&
        bw_key_paper_open(text, "een zin van twintig tekens", &keys, &err) != BW_OK) {
        FUZZ_CHECK(keys.count == 0);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    FUZZ_CHECK(bw_core_init(NULL) == BW_OK);
    char *text = fuzz_text(bytes, length);
    check(text);
    free(text);
    return 0;
}
