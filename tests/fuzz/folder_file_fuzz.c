/* The signed file of a folder: no bytes are one that a known organiser signed. */
#include "fuzz.h"

#include "exchange/carrier/folder/folder.h"

#include <brugwachter/core.h>
#include <stdlib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct bw_carrier_owner owner = {.central_id = {1}};
    struct bw_error err = {.text = ""};
    uint8_t seed[BW_SEED_BYTES];
    struct bw_identity organiser;
    char *text = NULL;
    FUZZ_CHECK(bw_core_init(NULL) == BW_OK);
    memset(seed, 1, sizeof seed);
    bw_identity_of_seed(seed, &organiser);
    memcpy(owner.sign_public, organiser.sign_public, sizeof owner.sign_public);
    owner.sign_secret = organiser.sign_secret;
    FUZZ_CHECK(bw_folder_file_write(&owner, &text, NULL) == BW_OK);
    FUZZ_CHECK(bw_folder_file_check(text, strlen(text), &owner, NULL) == BW_OK);
    bool same = strlen(text) == length && memcmp(text, bytes, length) == 0;
    enum bw_status status = bw_folder_file_check(bytes, length, &owner, &err);
    FUZZ_CHECK(status != BW_OK || same || length > 0);
    FUZZ_CHECK(status == BW_OK || err.text[0] != '\0');
    free(text);
    return 0;
}
