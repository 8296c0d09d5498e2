/* "Lees voor": reads a text aloud through espeak-ng, one at a time.
 *
 * espeak-ng is a program of its own, started with an argument vector and no shell; the
 * text goes through its standard input. Where it isn't installed nothing is heard.
 * UI thread. */
#ifndef BW_APP_SPEECH_H
#define BW_APP_SPEECH_H

#include <stdbool.h>

struct bw_speech {
    int pid;     /* 0: nobody speaks */
    int quieter; /* per cent below full loudness */
};

/* Begins to read `text`, which is copied to the program; what was being read stops first.
 * The text stays far below 64 KiB, what a pipe takes at once. Can't fail.
 * `language` is its code, "nl". */
void bw_speech_say(struct bw_speech *speech, const char *language, const char *text);

/* True until all was said. */
bool bw_speech_reads(struct bw_speech *speech);

/* Stops at once. */
void bw_speech_hush(struct bw_speech *speech);

#endif
