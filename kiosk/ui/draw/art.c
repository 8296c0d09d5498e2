/* Pictures from SVG by SDL_image, each made once a size and colour.
 *
 * AR1 All pictures together take at most ART_BYTES; the longest unused go first. */
#include "art.h"

#include <SDL_image.h>
#include <assert.h>
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    PIECES = 256,
    NAME_BYTES = 600,
    PATH_BYTES = 1024,
    QUIET = 4, /* modules round a QR code */
    ART_BYTES = 192 * 1024 * 1024,
};

enum art_kind { ICON, SCENE, QR };

struct piece {
    enum art_kind kind;
    char name[NAME_BYTES];
    int px;
    bw_ui_colour colour;
    SDL_Surface *surface; /* NULL: could not be made, and isn't tried again */
    uint64_t used;        /* 0: no piece */
};

struct bw_ui_art {
    char dir[PATH_BYTES];
    struct piece pieces[PIECES];
    size_t bytes;
    uint64_t tick;
};

enum bw_status
bw_ui_art_create(const char *assets_dir, struct bw_ui_art **ret_art, struct bw_error *err)
{
    char probe[PATH_BYTES + 32];
    snprintf(probe, sizeof probe, "%s/icons/lock.svg", assets_dir);
    if (access(probe, R_OK) != 0) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "looking for the screens' pictures in %s: they aren't there; install the "
            "program again, or name their folder in BW_ASSETS",
            assets_dir);
    }
    struct bw_ui_art *art = calloc(1, sizeof *art);
    if (!art) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "setting up pictures: out of memory");
    }
    snprintf(art->dir, sizeof art->dir, "%s", assets_dir);
    *ret_art = art;
    return BW_OK;
}

void
bw_ui_art_destroy(struct bw_ui_art *art)
{
    if (!art) {
        return;
    }
    for (int i = 0; i < PIECES; i++) {
        SDL_FreeSurface(art->pieces[i].surface);
    }
    free(art);
}

static size_t
surface_bytes(const SDL_Surface *surface)
{
    return surface ? (size_t)surface->pitch * (size_t)surface->h : 0;
}

static struct piece *
oldest_piece(struct bw_ui_art *art, bool with_surface)
{
    struct piece *oldest = NULL;
    for (int i = 0; i < PIECES; i++) {
        struct piece *piece = &art->pieces[i];
        if (with_surface && !piece->surface) {
            continue;
        }
        if (!oldest || piece->used < oldest->used) {
            oldest = piece;
        }
    }
    return oldest;
}

static void
drop_piece(struct bw_ui_art *art, struct piece *piece)
{
    art->bytes -= surface_bytes(piece->surface);
    SDL_FreeSurface(piece->surface);
    *piece = (struct piece){0};
}

static struct piece *
find_piece(struct bw_ui_art *art, enum art_kind kind, const char *name, int px,
    bw_ui_colour colour)
{
    art->tick++;
    for (int i = 0; i < PIECES; i++) {
        struct piece *piece = &art->pieces[i];
        if (piece->used && piece->kind == kind && piece->px == px &&
            piece->colour == colour && strcmp(piece->name, name) == 0) {
            piece->used = art->tick;
            return piece;
        }
    }
    return NULL;
}

static struct piece *
new_piece(struct bw_ui_art *art, enum art_kind kind, const char *name, int px,
    bw_ui_colour colour)
{
    struct piece *piece;
    while (art->bytes > ART_BYTES && (piece = oldest_piece(art, true)) != NULL) {
        drop_piece(art, piece);
    }
    assert(art->bytes <= ART_BYTES); /* AR1 */
    piece = oldest_piece(art, false);
    drop_piece(art, piece);
    piece->kind = kind;
    piece->px = px;
    piece->colour = colour;
    piece->used = art->tick;
    snprintf(piece->name, sizeof piece->name, "%s", name);
    return piece;
}

static SDL_Surface *
load_svg(struct bw_ui_art *art, const char *folder, const char *name, int width)
{
    char path[PATH_BYTES * 2];
    snprintf(path, sizeof path, "%s/%s/%s.svg", art->dir, folder, name);
    SDL_RWops *rw = SDL_RWFromFile(path, "rb");
    SDL_Surface *raw = rw ? IMG_LoadSizedSVG_RW(rw, width, 0) : NULL;
    if (rw) {
        SDL_RWclose(rw);
    }
    if (!raw) {
        return NULL;
    }
    SDL_Surface *surface = SDL_ConvertSurfaceFormat(raw, SDL_PIXELFORMAT_ARGB8888, 0);
    SDL_FreeSurface(raw);
    return surface;
}

static void
tint(SDL_Surface *surface, bw_ui_colour colour)
{
    for (int y = 0; y < surface->h; y++) {
        uint32_t *row =
            (uint32_t *)(void *)((Uint8 *)surface->pixels + y * surface->pitch);
        for (int x = 0; x < surface->w; x++) {
            row[x] = (row[x] & 0xFF000000u) | (colour & 0xFFFFFFu);
        }
    }
}

static SDL_Surface *
keep(struct bw_ui_art *art, struct piece *piece, SDL_Surface *surface)
{
    if (surface) {
        SDL_SetSurfaceBlendMode(surface, SDL_BLENDMODE_BLEND);
    }
    piece->surface = surface;
    art->bytes += surface_bytes(surface);
    return surface;
}

SDL_Surface *
bw_ui_art_icon(struct bw_ui_art *art, const char *name, int px, bw_ui_colour colour)
{
    struct piece *piece = find_piece(art, ICON, name, px, colour);
    if (piece) {
        return piece->surface;
    }
    piece = new_piece(art, ICON, name, px, colour);
    const char *folder = strncmp(name, "logo", 4) == 0 ? "logo" : "icons";
    SDL_Surface *surface = load_svg(art, folder, name, px);
    if (surface) {
        tint(surface, colour);
    }
    return keep(art, piece, surface);
}

SDL_Surface *
bw_ui_art_scene(struct bw_ui_art *art, const char *name, int width)
{
    struct piece *piece = find_piece(art, SCENE, name, width, 0);
    if (piece) {
        return piece->surface;
    }
    piece = new_piece(art, SCENE, name, width, 0);
    const char *folder = strncmp(name, "logo", 4) == 0 ? "logo" : "illustrations";
    return keep(art, piece, load_svg(art, folder, name, width));
}

static SDL_Surface *
draw_qr(const char *text, int px)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (!code) {
        return NULL;
    }
    int modules = code->width + 2 * QUIET;
    int size = px / modules > 0 ? px / modules : 1;
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(
        0, modules * size, modules * size, 32, SDL_PIXELFORMAT_ARGB8888);
    if (surface) {
        SDL_FillRect(surface, NULL, BW_WIT);
        for (int i = 0; i < code->width * code->width; i++) {
            SDL_Rect module = {.x = (i % code->width + QUIET) * size,
                .y = (i / code->width + QUIET) * size,
                .w = size,
                .h = size};
            if (code->data[i] & 1) {
                SDL_FillRect(surface, &module, 0xFF000000u);
            }
        }
    }
    QRcode_free(code);
    return surface;
}

SDL_Surface *
bw_ui_art_qr(struct bw_ui_art *art, const char *text, int px)
{
    struct piece *piece = find_piece(art, QR, text, px, 0);
    if (piece) {
        return piece->surface;
    }
    piece = new_piece(art, QR, text, px, 0);
    return keep(art, piece, draw_qr(text, px));
}

enum bw_status
bw_ui_art_save(SDL_Surface *surface, const char *path, struct bw_error *err)
{
    if (IMG_SavePNG(surface, path) != 0) {
        return bw_error_set(
            err, BW_IO, 0, "writing the picture %s: %s", path, SDL_GetError());
    }
    return BW_OK;
}
