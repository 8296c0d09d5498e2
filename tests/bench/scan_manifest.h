/* The list beside a folder of photos: file, set and what it says, separated by tabs.
 *
 * `*` is anything, empty nothing; bytes outside ASCII and control characters are %xx, and
 * all is cut at 120. */
#ifndef BW_BENCH_SCAN_MANIFEST_H
#define BW_BENCH_SCAN_MANIFEST_H

#include "scan_peer.h"

#include <stdbool.h>

/* File, set and expected text of a line, which is cut in place; the text may be empty. */
bool scan_manifest_split(char *line, char *ret_field[static 3]);

/* 1: one of the texts is what was expected; -1: none is; 0: there is none. */
int scan_manifest_judge(const struct scan_texts *texts, const char *expected);

#endif
