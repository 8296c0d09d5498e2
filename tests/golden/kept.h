/* Kept pictures of screens: made smaller, few colours, compared block by block. Any
 * thread; surfaces are the caller's. */
#ifndef BW_TEST_KEPT_H
#define BW_TEST_KEPT_H

#include <SDL.h>
#include <stdbool.h>

enum {
    KEPT_SIDE = 480, /* of the longer side, in pixels of the kept picture */
    KEPT_BLOCK = 8,
    /* Mean difference of a block, of 255: what 255 colours in all cost, and no more. */
    KEPT_SHADES_MOST = 3,
};

/* How two pictures differ: how many blocks, the worst of them, and all of them as one
 * rectangle of the screen that was drawn. */
struct kept_difference {
    int blocks, worst;
    SDL_Rect where;
};

/* The drawn screen (32 bits) at the size in which it is kept (RGB24). */
SDL_Surface *kept_shrink(const SDL_Surface *drawn);

struct kept_difference kept_compare(
    const SDL_Surface *kept, const SDL_Surface *small, int screen_width_px);

/* As a PNG with a palette: the 255 colours that serve it best. */
bool kept_save(const SDL_Surface *small, const char *path);

SDL_Surface *kept_load(const char *path);

/* Kept, drawn, and where they differ, under each other. */
bool kept_save_difference(
    const SDL_Surface *kept, const SDL_Surface *small, const char *path);

#endif
