/* Letters of any kind, framed: any bytes as a letter that nobody signed, and the same
 * bytes framed and signed anew. What opens is what was sealed. */
#include "fuzz.h"

#include "exchange/letter/letter.h"

#include <brugwachter/core.h>
#include <stdlib.h>
#include <string.h>

static struct bw_identity
identity(uint8_t which)
{
    uint8_t seed[BW_SEED_BYTES];
    struct bw_identity made;
    memset(seed, which, sizeof seed);
    bw_identity_of_seed(seed, &made);
    return made;
}

/* No bytes are a letter that the trusted hand signed. */
static void
check_unsigned(const uint8_t *bytes, size_t length, const struct bw_identity *writer,
    const struct bw_identity *reader)
{
    struct bw_letter_head head;
    struct bw_error err = {.text = ""};
    char *content = NULL;
    size_t content_bytes = 0;
    enum bw_status status = bw_letter_open(bytes, length, writer->sign_public, reader,
        &head, &content, &content_bytes, &err);
    FUZZ_CHECK(status != BW_OK && err.text[0] != '\0' && content == NULL);
    if (bw_letter_read_head(bytes, length, &head, &err) == BW_OK) {
        FUZZ_CHECK(head.from <= head.to && head.part <= head.parts);
        (void)bw_letter_is_for(bytes, length, reader->box_public);
    }
}

static void
check_sealed(const uint8_t *bytes, size_t length, const struct bw_identity *writer,
    const struct bw_identity *reader)
{
    struct bw_letter_head head = {.kind = BW_LETTER_EVENTS,
        .writer = 3,
        .from = 1,
        .to = 2,
        .counter = length,
        .part = 1,
        .parts = 1};
    struct bw_letter_head opened;
    struct bw_letter_reader readers[2];
    unsigned char *letter = NULL;
    char *content = NULL;
    size_t letter_bytes = 0, content_bytes = 0;
    memcpy(readers[0].box, writer->box_public, sizeof readers[0].box);
    memcpy(readers[1].box, reader->box_public, sizeof readers[1].box);
    FUZZ_CHECK(bw_letter_seal(&head, writer, readers, 2, bytes, length, &letter,
                   &letter_bytes, NULL) == BW_OK);
    FUZZ_CHECK(bw_letter_open(letter, letter_bytes, writer->sign_public, reader, &opened,
                   &content, &content_bytes, NULL) == BW_OK);
    FUZZ_CHECK(content_bytes == length && content[length] == '\0');
    FUZZ_CHECK(length == 0 || memcmp(content, bytes, length) == 0);
    bw_letter_content_free(content, content_bytes);
    if (length > 0) { /* one bit of it, and nothing opens */
        letter[bytes[0] * letter_bytes / 256] ^= (unsigned char)(1 << (length % 8));
        check_unsigned(letter, letter_bytes, writer, reader);
    }
    free(letter);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    FUZZ_CHECK(bw_core_init(NULL) == BW_OK);
    struct bw_identity writer = identity(3), reader = identity(1);
    check_unsigned(bytes, length, &writer, &reader);
    check_sealed(bytes, length, &writer, &reader);
    return 0;
}
