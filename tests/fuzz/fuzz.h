/* The one function of a fuzz target, and a check that stays in every build. */
#ifndef BW_TESTS_FUZZ_H
#define BW_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Takes any bytes; returns 0. What must hold is said by FUZZ_CHECK. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#define FUZZ_CHECK(holds)                                                                \
    do {                                                                                 \
        if (!(holds)) {                                                                  \
            (void)fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #holds);            \
            abort();                                                                     \
        }                                                                                \
    } while (0)

/* The bytes as a text, ended by NUL, in no more memory than that, so that reading past it
 * is seen. The caller frees it. */
static inline char *
fuzz_text(const uint8_t *bytes, size_t length)
{
    char *text = malloc(length + 1);
    FUZZ_CHECK(text != NULL);
    if (length > 0) {
        memcpy(text, bytes, length);
    }
    text[length] = '\0';
    return text;
}

#endif
