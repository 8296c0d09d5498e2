/* Pictures and folders for the tests of kiosk/scan: a folder that goes away, grey
 * pictures, rendered codes (libqrencode). Failures end the test. */
#ifndef BW_TESTS_SCAN_FIXTURE_H
#define BW_TESTS_SCAN_FIXTURE_H

#include <stdint.h>
#include <stdio.h>

/* CLOCK_MONOTONIC when it was asked first, and so on: for who mustn't be late because the
 * machine does something else. Any thread. */
uint64_t still_clock_ms(void);

/* A new folder; folder_remove takes it and the files in it away. */
struct picture_folder {
    char path[256];
};
void folder_make(struct picture_folder *folder);
void folder_remove(struct picture_folder *folder);

/* `path/name`, in a buffer that the next call writes over. */
const char *folder_file(const struct picture_folder *folder, const char *name);

void file_write(const char *path, const void *bytes, size_t count);

/* A grey picture as PGM, all of one grey. */
void pgm_write_flat(const char *path, int width_px, int height_px, uint8_t grey);
void pgm_write(const char *path, const uint8_t *pixels, int width_px, int height_px);

/* Draws a code of `text`, dark on light, into the middle of a light grey picture. */
void code_draw(
    uint8_t *pixels, int width_px, int height_px, const char *text, int module_px);

/* The same as a 1280x720 PGM file. */
void code_write_pgm(const char *path, const char *text);

/* A text like a ticket's (its signature isn't one): 117 characters, with two blanks in a
 * row, which nothing may collapse. */
extern const char ticket_like_text[];

#endif
