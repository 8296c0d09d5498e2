/* Draws a picture and has the scanner read it: for the tests of the pipeline. What is
 * drawn and seen is kept here, one at a time. One thread. */
#ifndef BW_TEST_SCAN_EYE_H
#define BW_TEST_SCAN_EYE_H

#include "scan/qr/scanner.h"

#include "scene.h"

#include <stdint.h>

enum { EYE_WIDTH = 1280, EYE_HEIGHT = 720 };

extern uint8_t eye_pixels[EYE_WIDTH * EYE_HEIGHT];
extern struct scan_symbol eye_symbol;
extern struct bw_sighting eye_sighting;

/* A scanner that has as long as it takes; the caller destroys it. */
struct bw_scanner *eye_open(struct bw_scanner_options options);

/* Shows it the frame, as often, until there is a text: see eye_sighting. */
void eye_read(struct bw_scanner *scanner, const struct bw_luma *frame, int frames);

/* Draws a text; version 0 is the least that holds it. */
void eye_draw(
    const char *text, int version, const struct scan_scene *scene, uint8_t *ret_pixels);

/* Draws, and reads with a new scanner. */
void eye_see(const char *text, int version, const struct scan_scene *scene,
    struct bw_scanner_options options);

#endif
