/* Texts from outside: cleaning is stable and within its limits, folding too, and names
 * made of anything keep to their rooms. */
#include "fuzz.h"

#include <brugwachter/limits.h>
#include <brugwachter/text.h>

#include <string.h>

enum { FOLD_ROOM = 300 };

static void
check_fold(const char *text, bool umlaut_e)
{
    char once[FOLD_ROOM];
    char twice[FOLD_ROOM];
    bw_text_fold(text, umlaut_e, once, sizeof once);
    size_t length = strlen(once);
    FUZZ_CHECK(length < FOLD_ROOM);
    FUZZ_CHECK(length == 0 || (once[0] != ' ' && once[length - 1] != ' '));
    FUZZ_CHECK(strstr(once, "  ") == NULL);
    char *clean = malloc(FOLD_ROOM * 4 + 1);
    FUZZ_CHECK(clean != NULL);
    enum bw_text_fault fault = bw_text_clean(once, FOLD_ROOM, clean);
    FUZZ_CHECK(fault == BW_TEXT_FINE || fault == BW_TEXT_CONTROL);
    free(clean);
    bw_text_fold(once, umlaut_e, twice, sizeof twice);
    FUZZ_CHECK(strcmp(once, twice) == 0);
    char *small = malloc(3);
    FUZZ_CHECK(small != NULL);
    bw_text_fold(text, umlaut_e, small, 3);
    FUZZ_CHECK(strlen(small) < 3);
    free(small);
}

static void
check_names(const char *full)
{
    char *first = malloc(BW_NAME_BYTES);
    char *last = malloc(BW_NAME_BYTES);
    char *shown = malloc(BW_NAME_BYTES + 8);
    FUZZ_CHECK(first != NULL && last != NULL && shown != NULL);
    bw_name_split(full, first, last);
    FUZZ_CHECK(bw_text_chars(first) <= BW_NAME_CHARS);
    FUZZ_CHECK(bw_text_chars(last) <= BW_NAME_CHARS);
    bw_name_initial(first, last, shown);
    FUZZ_CHECK(strncmp(shown, first, strlen(first)) == 0);
    free(shown);
    free(last);
    free(first);
}

static void
check_clean(const char *text, size_t chars_max)
{
    char *clean = malloc(chars_max * 4 + 1);
    char *again = malloc(chars_max * 4 + 1);
    FUZZ_CHECK(clean != NULL && again != NULL);
    if (bw_text_clean(text, chars_max, clean) == BW_TEXT_FINE) {
        FUZZ_CHECK(bw_text_chars(clean) <= chars_max);
        FUZZ_CHECK(bw_text_clean(clean, chars_max, again) == BW_TEXT_FINE);
        FUZZ_CHECK(strcmp(clean, again) == 0);
        check_names(clean);
    }
    free(again);
    free(clean);
}

static void
check_defuse(const char *text)
{
    size_t length = strlen(text);
    char *defused = malloc(length + 1);
    char *clean = malloc(BW_TEXT_CHARS_MOST * 4 + 1);
    FUZZ_CHECK(defused != NULL && clean != NULL);
    memcpy(defused, text, length + 1);
    bw_text_defuse(defused, '?');
    FUZZ_CHECK(strlen(defused) == length);
    enum bw_text_fault fault = bw_text_clean(defused, BW_TEXT_CHARS_MOST, clean);
    FUZZ_CHECK(fault == BW_TEXT_FINE || fault == BW_TEXT_TOO_LONG);
    free(clean);
    free(defused);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char *text = fuzz_text(bytes, length);
    check_clean(text, 3);
    check_clean(text, BW_NAME_CHARS);
    check_clean(text, BW_TITLE_CHARS);
    check_defuse(text);
    check_fold(text, false);
    check_fold(text, true);
    free(text);
    return 0;
}
