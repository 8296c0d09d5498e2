/* The phrase that opens a backup: twelve words drawn by lot, or what somebody chose. They
 * write it down; this program keeps it nowhere. Any thread; nothing allocates past the
 * call. */
#ifndef BW_SYNC_PHRASE_H
#define BW_SYNC_PHRASE_H

#include <brugwachter/error.h>
#include <brugwachter/limits.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { BW_PHRASE_BYTES = BW_TITLE_BYTES, BW_PHRASE_LEAST_CHARS = 20 };

/* A new one: twelve of 256 Dutch words, 96 bits, in groups of four: "molen dijk …". The
 * caller overwrites it. bw_core_init first; doesn't fail then. */
void bw_phrase_make(char ret_phrase[BW_PHRASE_BYTES]);

/* What was typed, as it counts: ASCII in lower case, blanks, hyphens and commas as one
 * blank each, the rest in NFC. BW_BAD_INPUT for what is no text, or isn't
 * BW_PHRASE_LEAST_CHARS to BW_TITLE_CHARS characters. */
BW_NODISCARD enum bw_status bw_phrase_settle(
    const char *typed, char ret_phrase[BW_PHRASE_BYTES], struct bw_error *err);

/* The phrase that a file holds, line breaks as blanks; `-` is standard input. The errors
 * of bw_phrase_settle and of bw_file_read. */
BW_NODISCARD enum bw_status bw_phrase_read(
    const char *path, char ret_phrase[BW_PHRASE_BYTES], struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
