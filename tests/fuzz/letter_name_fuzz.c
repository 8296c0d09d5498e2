/* Names in a folder: what is taken for a letter's is written back as it was. */
#include "fuzz.h"

#include "exchange/letter/name.h"

#include <stdlib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct bw_letter_name name;
    char again[BW_LETTER_NAME_BYTES];
    char *text = fuzz_text(bytes, length);
    if (bw_letter_name_parse(text, &name)) {
        bw_letter_name_format(&name, again);
        FUZZ_CHECK(strcmp(text, again) == 0); /* LN1 */
        FUZZ_CHECK(name.device > 0 && name.from <= name.to);
    }
    free(text);
    return 0;
}
