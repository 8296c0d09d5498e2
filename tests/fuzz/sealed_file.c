/* See sealed_file.h. */
#include "sealed_file.h"

#include "fuzz.h"

#include <string.h>

static const struct bw_identity *
identity(uint8_t which)
{
    static struct bw_identity known[2];
    static bool made;
    if (!made) {
        for (uint8_t i = 0; i < 2; i++) {
            uint8_t seed[BW_SEED_BYTES] = {i};
            bw_identity_of_seed(seed, &known[i]);
        }
        made = true;
    }
    return &known[which];
}

void
fuzz_check_envelope(enum bw_envelope_kind kind, const uint8_t *bytes, size_t length)
{
    char *letter = NULL;
    size_t letter_bytes = 0;
    struct bw_error err = {.text = ""};
    FUZZ_CHECK(bw_envelope_open(kind, bytes, length, identity(0)->sign_public,
                   identity(1), &letter, &letter_bytes, &err) == BW_BAD_INPUT);
    FUZZ_CHECK(err.text[0] != '\0');
}

void
fuzz_check_letter(enum bw_envelope_kind kind, const uint8_t *bytes, size_t length)
{
    struct bw_envelope_head head = {.kind = kind, .device = 3, .from = 1, .to = 2};
    unsigned char *file = NULL;
    char *letter = NULL;
    size_t file_bytes = 0, letter_bytes = 0;
    FUZZ_CHECK(bw_envelope_close(&head, identity(0)->sign_secret, identity(1)->box_public,
                   bytes, length, &file, &file_bytes, NULL) == BW_OK);
    FUZZ_CHECK(bw_envelope_open(kind, file, file_bytes, identity(0)->sign_public,
                   identity(1), &letter, &letter_bytes, NULL) == BW_OK);
    FUZZ_CHECK(letter_bytes == length && letter[length] == '\0');
    FUZZ_CHECK(length == 0 || memcmp(letter, bytes, length) == 0);
    free(letter);
    free(file);
}
