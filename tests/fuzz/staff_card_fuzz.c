/* What calls itself a staff card: read whole or not at all, and there is one way to write
 * any secret. */
#include "fuzz.h"

#include <brugwachter/certificate.h>
#include <brugwachter/core.h>
#include <brugwachter/staff_card.h>

#include <string.h>

static void
check(const char *text)
{
    static const uint8_t before[BW_STAFF_CARD_BYTES] = {1, 2, 3};
    uint8_t secret[BW_STAFF_CARD_BYTES];
    char back[BW_STAFF_CARD_TEXT_BYTES] = "BWM1:";
    memcpy(secret, before, sizeof secret);
    if (!bw_staff_card_read(text, secret)) {
        FUZZ_CHECK(memcmp(secret, before, sizeof secret) == 0);
        return;
    }
    struct bw_keyring keyring = {.count = 0};
    struct bw_ticket ticket;
    bw_base45_encode(secret, sizeof secret, back + 5);
    FUZZ_CHECK(strcmp(back, text) == 0);
    FUZZ_CHECK(bw_staff_card_is(text) && !bw_certificate_is(text));
    FUZZ_CHECK(bw_ticket_read(text, &keyring, &ticket) == BW_TICKET_NONE);
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
