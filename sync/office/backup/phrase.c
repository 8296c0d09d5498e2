/* The phrase that opens a backup: see phrase.h. */
#include "office/backup/phrase.h"

#include "central/base/output.h"

#include <brugwachter/check_words.h>
#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GROUPS = 3, FILE_BYTES_MAX = 4096 };

_Static_assert(GROUPS *BW_CHECK_WORDS_BYTES < BW_PHRASE_BYTES, "they fit");

void
bw_phrase_make(char ret_phrase[BW_PHRASE_BYTES])
{
    size_t used = 0;
    for (int i = 0; i < GROUPS; i++) {
        char words[BW_CHECK_WORDS_BYTES];
        bw_check_words_say(randombytes_random(), words);
        used += (size_t)snprintf(
            ret_phrase + used, BW_PHRASE_BYTES - used, "%s%s", i > 0 ? " " : "", words);
        sodium_memzero(words, sizeof words);
    }
}

static char
counts_as(char letter)
{
    if (letter == '-' || letter == ',') {
        return ' ';
    }
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

enum bw_status
bw_phrase_settle(
    const char *typed, char ret_phrase[BW_PHRASE_BYTES], struct bw_error *err)
{
    char phrase[BW_PHRASE_BYTES];
    enum bw_text_fault fault = bw_text_clean(typed, BW_TITLE_CHARS, phrase);
    if (fault == BW_TEXT_FINE) {
        for (char *at = phrase; *at != '\0'; at++) {
            *at = counts_as(*at);
        }
        fault = bw_text_clean(phrase, BW_TITLE_CHARS, phrase);
    }
    enum bw_status status = BW_OK;
    if (fault != BW_TEXT_FINE) {
        status = bw_error_set(err, BW_BAD_INPUT, 0,
            "reading the phrase: it %s; give it as it was written down",
            bw_said(bw_text_fault_name(fault)));
    } else if (bw_text_chars(phrase) < BW_PHRASE_LEAST_CHARS) {
        status = bw_error_set(err, BW_BAD_INPUT, 0,
            "reading the phrase: it is shorter than %d characters, so others could guess "
            "it, or not all of it is there; give all its words",
            BW_PHRASE_LEAST_CHARS);
    } else {
        memcpy(ret_phrase, phrase, sizeof phrase);
    }
    sodium_memzero(phrase, sizeof phrase);
    return status;
}

enum bw_status
bw_phrase_read(const char *path, char ret_phrase[BW_PHRASE_BYTES], struct bw_error *err)
{
    unsigned char *text = NULL;
    size_t length = 0;
    enum bw_status status = bw_file_read(path, FILE_BYTES_MAX, &text, &length, err);
    if (status != BW_OK) {
        return bw_error_prefix(err, status, "reading the phrase");
    }
    status =
        strlen((const char *)text) == length
            ? bw_phrase_settle((const char *)text, ret_phrase, err)
            : bw_error_set(err, BW_BAD_INPUT, 0,
                  "reading the phrase from %s: it is no text; give the right file", path);
    sodium_memzero(text, length);
    free(text);
    return status;
}
