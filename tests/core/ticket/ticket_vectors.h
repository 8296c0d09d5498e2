/* The published ticket vectors (BW1), as tables: a build without the samples tests them
 * too. Seeds are for tests only. */
#ifndef BW_TESTS_TICKET_VECTORS_H
#define BW_TESTS_TICKET_VECTORS_H

#include <brugwachter/ticket.h>

struct vector_key {
    uint8_t key;
    const char *seed, *public_key;
};

struct vector_valid {
    struct bw_ticket ticket;
    const char *code, *text;
};

struct vector_invalid {
    enum bw_ticket_reading reading;
    const char *why, *text;
};

static const struct vector_key vector_keys[] = {
    {1, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"},
    {2, "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f",
        "29acbae141bccaf0b22e1a94d34d0bc7361e526d0bfe12c89794bc9322966dd7"},
};

static const struct vector_valid vector_valids[] = {
    {{1, 1u, UINT64_C(0x0), 0}, "00000000",
        "BW1:V50000V50000000J20P$3KESH5A+.AW%NHJVKIFLIM9-J0-6W$0C8IM06DZDSPOH.8"
        "A.4*NPMG21Z7JFCWRS:GL70P1WDER3CXK4FE9QH70OTWR20"},
    {{1, 7u, UINT64_C(0x99ef41770d), 0}, "K7QM2XRD",
        "BW1:V50000A/04BUC2F:20K9A9TI.JD3SHN:8HRR4XN-6C0/G  E7N7U K6XT+QTJT5 SS"
        "U:B/704KB2HG0R4/IN01JGDE/TL1MRLJF GMHUSN*1ISMD0"},
    {{1, 4294967295u, UINT64_C(0xffffffffff), 255}, "ZZZZZZZZ",
        "BW1:GB0FGWFGWFGWFGWXFW+QS7:H%7JW/2419 XL%2NT1HP4CK6LFA7S$8:EUK.IL%64-4"
        "CX2 YNDZO4MENYA.QE%0F6V2YV9BY49CST.B6UNCDJPP180"},
    {{2, 12u, UINT64_C(0x1), 3}, "00000001",
        "BW1:HB0000CN1000100XI0C:VX14EVR-KN947*6ALRLLI0.SCR$72T8B991SIW70:GEA 7"
        "%HNMH1552/$52XC-$8LFU6P1EPE061Q$MSFQ6ET*X1JUP20"},
};

static const struct vector_invalid vector_invalids[] = {
    {BW_TICKET_FORGED, "one signature bit flipped",
        "BW1:V50000A/04BUC2F:20K9A9TI.JD3SHN:8HRR4XN-6C0/G  E7N7U K6XT+QTJT5 SS"
        "U:B/704KB2HG0R4/IN01JGDE/TL1MRLJF GMHUSN*1ISMC0"},
    {BW_TICKET_FORGED, "session number changed",
        "BW1:V50000O$04BUC2F:20K9A9TI.JD3SHN:8HRR4XN-6C0/G  E7N7U K6XT+QTJT5 SS"
        "U:B/704KB2HG0R4/IN01JGDE/TL1MRLJF GMHUSN*1ISMD0"},
    {BW_TICKET_FORGED, "generation changed",
        "BW1:V50000A/04BUC2FU80K9A9TI.JD3SHN:8HRR4XN-6C0/G  E7N7U K6XT+QTJT5 SS"
        "U:B/704KB2HG0R4/IN01JGDE/TL1MRLJF GMHUSN*1ISMD0"},
    {BW_TICKET_FORGED, "unknown key number",
        "BW1:961000A/04BUC2F:20K9A9TI.JD3SHN:8HRR4XN-6C0/G  E7N7U K6XT+QTJT5 SS"
        "U:B/704KB2HG0R4/IN01JGDE/TL1MRLJF GMHUSN*1ISMD0"},
    {BW_TICKET_FORGED, "signed by another key under key number 1",
        "BW1:V50000A/04BUC2FW00+P1-13P09I+QSI8NG2YNIXCNL%OYHC0MFJE6B+QH*J57R%EA"
        "31L5*PA$D+VQ++C3B89BE %KTLC K0I2JVZH20C624:6G00"},
    {BW_TICKET_FORGED, "one byte short",
        "BW1:V50000A/04BUC2F:20K9A9TI.JD3SHN:8HRR4XN-6C0/G  E7N7U K6XT+QTJT5 SS"
        "U:B/704KB2HG0R4/IN01JGDE/TL1MRLJF GMHUSN*1ISM"},
    {BW_TICKET_FORGED, "one byte long",
        "BW1:V50000A/04BUC2F:20K9A9TI.JD3SHN:8HRR4XN-6C0/G  E7N7U K6XT+QTJT5 SS"
        "U:B/704KB2HG0R4/IN01JGDE/TL1MRLJF GMHUSN*1ISM/S1"},
    {BW_TICKET_FORGED, "a triple above 65535",
        "BW1::::000A/04BUC2F:20K9A9TI.JD3SHN:8HRR4XN-6C0/G  E7N7U K6XT+QTJT5 SS"
        "U:B/704KB2HG0R4/IN01JGDE/TL1MRLJF GMHUSN*1ISMD0"},
    {BW_TICKET_FORGED, "a character outside base45",
        "BW1:V50000A/04BUC2F:!0K9A9TI.JD3SHN:8HRR4XN-6C0/G  E7N7U K6XT+QTJT5 SS"
        "U:B/704KB2HG0R4/IN01JGDE/TL1MRLJF GMHUSN*1ISMD0"},
    {BW_TICKET_FORGED, "a lone last character",
        "BW1:V50000A/04BUC2F:20K9A9TI.JD3SHN:8HRR4XN-6C0/G  E7N7U K6XT+QTJT5 SS"
        "U:B/704KB2HG0R4/IN01JGDE/TL1MRLJF GMHUSN*1ISMD000"},
    {BW_TICKET_FORGED, "lower-case letters",
        "BW1:v50000a/04buc2f:20k9a9ti.jd3shn:8hrr4xn-6c0/g  e7n7u k6xt+qtjt5 ss"
        "u:b/704kb2hg0r4/in01jgde/tl1mrljf gmhusn*1ismd0"},
    {BW_TICKET_FORGED, "nothing after the prefix", "BW1:"},
    {BW_TICKET_NONE, "a link", "https://voorbeeld.example/aanmelden"},
    {BW_TICKET_NONE, "an article number", "8712345678906"},
    {BW_TICKET_NONE, "prefix in lower case",
        "bw1:V50000A/04BUC2F:20K9A9TI.JD3SHN:8HRR4XN-6C0/G  E7N7U K6XT+QTJT5 SS"
        "U:B/704KB2HG0R4/IN01JGDE/TL1MRLJF GMHUSN*1ISMD0"},
};

#endif
