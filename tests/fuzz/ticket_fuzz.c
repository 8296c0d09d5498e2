/* Scanned texts: any bytes are read as a ticket and as base45, and nothing unsigned
 * passes. The first seed's key pair of the published vectors is known here, so valid ones
 * are met. */
#include "fuzz.h"

#include <brugwachter/certificate.h>
#include <brugwachter/core.h>
#include <brugwachter/ticket.h>

#include <string.h>

static const struct bw_keyring keyring = {
    .count = 1,
    .keys = {{1, {0x03, 0xa1, 0x07, 0xbf, 0xf3, 0xce, 0x10, 0xbe, 0x1d, 0x70, 0xdd, 0x18,
                     0xe7, 0x4b, 0xc0, 0x99, 0x67, 0xe4, 0xd6, 0x30, 0x9b, 0xa5, 0x0d,
                     0x5f, 0x1d, 0xdc, 0x86, 0x64, 0x12, 0x55, 0x31, 0xb8}}},
};

/* The only texts that this key ever signed. */
static const char *const signed_texts[] = {
    "BW1:V50000V50000000J20P$3KESH5A+.AW%NHJVKIFLIM9-J0-6W$0C8IM06DZDSPOH.8"
    "A.4*NPMG21Z7JFCWRS:GL70P1WDER3CXK4FE9QH70OTWR20",
    "BW1:V50000A/04BUC2F:20K9A9TI.JD3SHN:8HRR4XN-6C0/G  E7N7U K6XT+QTJT5 SS"
    "U:B/704KB2HG0R4/IN01JGDE/TL1MRLJF GMHUSN*1ISMD0",
    "BW1:GB0FGWFGWFGWFGWXFW+QS7:H%7JW/2419 XL%2NT1HP4CK6LFA7S$8:EUK.IL%64-4"
    "CX2 YNDZO4MENYA.QE%0F6V2YV9BY49CST.B6UNCDJPP180",
};

static void
check_ticket(const char *text)
{
    struct bw_ticket ticket;
    enum bw_ticket_reading reading = bw_ticket_read(text, &keyring, &ticket);
    bool is_marked = strncmp(text, "BW1:", 4) == 0 && strlen(text) <= 512;
    bool is_known = false;
    for (size_t i = 0; i < sizeof signed_texts / sizeof *signed_texts; i++) {
        is_known = is_known || strcmp(text, signed_texts[i]) == 0;
    }
    FUZZ_CHECK((reading == BW_TICKET_NONE) == !is_marked);
    FUZZ_CHECK((reading == BW_TICKET_SIGNED) == is_known);
}

/* This key signed no certificate, whatever the text says. */
static void
check_certificate(const char *text)
{
    struct bw_certificate certificate;
    bw_code code = BW_CODE_NONE;
    enum bw_ticket_reading reading = bw_certificate_read(text, &keyring, &certificate);
    bool is_marked = bw_certificate_is(text) && strlen(text) <= 512;
    FUZZ_CHECK(reading == (is_marked ? BW_TICKET_FORGED : BW_TICKET_NONE));
    FUZZ_CHECK(!is_marked || strncmp(text, "BW1:", 4) != 0);
    FUZZ_CHECK(!bw_certificate_code_parse(text, &code) || code >> 40 == 0);
}

/* What is found is a ticket by its form, and found again in itself. */
static void
check_found(const char *bytes, size_t length)
{
    char found[BW_TICKET_TEXT_BYTES], again[BW_TICKET_TEXT_BYTES];
    if (!bw_ticket_find(bytes, length, found)) {
        return;
    }
    FUZZ_CHECK(strlen(found) == BW_TICKET_TEXT_BYTES - 1);
    FUZZ_CHECK(strncmp(found, "BW1:", 4) == 0);
    FUZZ_CHECK(bw_ticket_find(found, strlen(found), again));
    FUZZ_CHECK(strcmp(found, again) == 0);
}

/* What decodes is written back as the same text: there is one way to write any bytes. */
static void
check_base45(const char *text, size_t length)
{
    uint8_t bytes[256];
    char back[256 / 2 * 3 + 3];
    int count = bw_base45_decode(text, length, bytes, sizeof bytes);
    FUZZ_CHECK(count >= -1 && count <= (int)sizeof bytes);
    if (count >= 0) {
        bw_base45_encode(bytes, (size_t)count, back);
        FUZZ_CHECK(strlen(back) == length && memcmp(back, text, length) == 0);
    }
}

static void
check_code(const char *text)
{
    bw_code code = BW_CODE_NONE;
    bool read = bw_code_parse(text, &code);
    FUZZ_CHECK(read == (code != BW_CODE_NONE));
    FUZZ_CHECK(read || !bw_code_is_likely(text));
    if (read) {
        char shown[BW_CODE_SHOWN_BYTES];
        bw_code back = BW_CODE_NONE;
        bw_code_format_shown(code, shown);
        FUZZ_CHECK(bw_code_is_likely(shown));
        FUZZ_CHECK(bw_code_parse(shown, &back) && back == code);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    FUZZ_CHECK(bw_core_init(NULL) == BW_OK);
    check_base45((const char *)bytes, length);
    check_found((const char *)bytes, length);
    char *text = fuzz_text(bytes, length);
    check_ticket(text);
    check_certificate(text);
    check_code(text);
    free(text);
    return 0;
}
