/* A letter sealed and signed on the way of a fuzz target, so that what is inside an
 * envelope is met too. */
#ifndef BW_TESTS_FUZZ_SEALED_FILE_H
#define BW_TESTS_FUZZ_SEALED_FILE_H

#include "exchange/envelope.h"

/* Any bytes as a whole file: never opened, for nobody signed them. */
void fuzz_check_envelope(enum bw_envelope_kind kind, const uint8_t *bytes, size_t length);

/* Sealed and opened again, they are the same bytes. */
void fuzz_check_letter(enum bw_envelope_kind kind, const uint8_t *bytes, size_t length);

#endif
