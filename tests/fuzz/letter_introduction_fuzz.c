/* What an introduction with a valid signature of the one-time key holds: any bytes.
 * What is taken is signed by the key that it names. */
#include "fuzz.h"

#include "exchange/letter/introduction.h"

#include <brugwachter/core.h>
#include <stdlib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct bw_letter_head head = {
        .kind = BW_LETTER_INTRODUCTION, .writer = 3, .part = 1, .parts = 1};
    struct bw_introduction introduction, again;
    struct bw_error err = {.text = ""};
    uint8_t seed[BW_SEED_BYTES];
    struct bw_identity first;
    char *text = NULL;
    FUZZ_CHECK(bw_core_init(NULL) == BW_OK);
    memset(seed, 3, sizeof seed);
    bw_identity_of_seed(seed, &first);
    memcpy(head.signer, first.sign_public, sizeof head.signer);
    if (bw_introduction_read(&head, bytes, length, &introduction, &err) != BW_OK) {
        FUZZ_CHECK(err.text[0] != '\0');
        return 0;
    }
    FUZZ_CHECK(introduction.device == 3);
    FUZZ_CHECK(bw_introduction_write(&introduction, &text, NULL) == BW_OK);
    FUZZ_CHECK(bw_introduction_read(&head, text, strlen(text), &again, NULL) == BW_OK);
    FUZZ_CHECK(memcmp(&introduction, &again, sizeof again) == 0);
    free(text);
    return 0;
}
