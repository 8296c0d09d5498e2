/* A roster letter on its way through the writer, shared by its head and its rows. Inside
 * the letters' room alone. One thread. */
#ifndef BW_LETTER_ROSTER_WRITING_H
#define BW_LETTER_ROSTER_WRITING_H

#include "exchange/letter/json.h"
#include "exchange/letter/roster.h"

struct bw_roster_writer {
    struct bw_roster_letter letter;
    json_t *root; /* the lists of rows */
    size_t bytes; /* about those of the rows */
    bool failed;  /* memory ran out on the way */
};

/* Bytes as hex, or an empty text (the caller's reference, NULL without memory). */
json_t *bw_roster_hex_if(bool given, const uint8_t *bytes, size_t length);

#endif
