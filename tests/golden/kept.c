/* Shrinks, reduces and compares: see kept.h. */
#include "kept.h"

#include <SDL_image.h>
#include <limits.h>
#include <stdlib.h>

enum { COLOURS = 255 };

static Uint8 *
pixel_at(const SDL_Surface *surface, int x, int y)
{
    return (Uint8 *)surface->pixels + y * surface->pitch + x * 3;
}

static void
mean_of(const SDL_Surface *from, SDL_Rect area, Uint8 *ret_pixel)
{
    long sums[3] = {0};
    for (int y = area.y; y < area.y + area.h; y++) {
        const void *start = (const Uint8 *)from->pixels + y * from->pitch;
        const Uint32 *row = start;
        for (int x = area.x; x < area.x + area.w; x++) {
            sums[0] += row[x] >> 16 & 0xFF;
            sums[1] += row[x] >> 8 & 0xFF;
            sums[2] += row[x] & 0xFF;
        }
    }
    for (int c = 0; c < 3; c++) {
        ret_pixel[c] = (Uint8)(sums[c] / ((long)area.w * area.h));
    }
}

SDL_Surface *
kept_shrink(const SDL_Surface *drawn)
{
    int longer = drawn->w > drawn->h ? drawn->w : drawn->h;
    int width = drawn->w * KEPT_SIDE / longer;
    int height = drawn->h * KEPT_SIDE / longer;
    SDL_Surface *small =
        SDL_CreateRGBSurfaceWithFormat(0, width, height, 24, SDL_PIXELFORMAT_RGB24);
    for (int y = 0; small && y < height; y++) {
        int top = y * drawn->h / height;
        for (int x = 0; x < width; x++) {
            int left = x * drawn->w / width;
            SDL_Rect area = {.x = left,
                .y = top,
                .w = (x + 1) * drawn->w / width - left,
                .h = (y + 1) * drawn->h / height - top};
            mean_of(drawn, area, pixel_at(small, x, y));
        }
    }
    return small;
}

/* Mean difference of the block at x, y. */
static int
block_shades(const SDL_Surface *a, const SDL_Surface *b, int x, int y)
{
    int width = a->w - x < KEPT_BLOCK ? a->w - x : KEPT_BLOCK;
    int height = a->h - y < KEPT_BLOCK ? a->h - y : KEPT_BLOCK;
    long sum = 0;
    for (int v = y; v < y + height; v++) {
        const Uint8 *one = pixel_at(a, x, v);
        const Uint8 *other = pixel_at(b, x, v);
        for (int i = 0; i < width * 3; i++) {
            sum += abs(one[i] - other[i]);
        }
    }
    return (int)(sum / (width * height * 3));
}

struct kept_difference
kept_compare(const SDL_Surface *kept, const SDL_Surface *small, int screen_width_px)
{
    struct kept_difference found = {0};
    if (kept->w != small->w || kept->h != small->h) {
        return (struct kept_difference){.blocks = INT_MAX, .worst = 255};
    }
    for (int y = 0; y < kept->h; y += KEPT_BLOCK) {
        for (int x = 0; x < kept->w; x += KEPT_BLOCK) {
            int shades = block_shades(kept, small, x, y);
            if (shades > KEPT_SHADES_MOST) {
                SDL_Rect block = {.x = x, .y = y, .w = KEPT_BLOCK, .h = KEPT_BLOCK};
                SDL_UnionRect(
                    found.blocks++ ? &found.where : &block, &block, &found.where);
            }
            found.worst = shades > found.worst ? shades : found.worst;
        }
    }
    found.where.x = found.where.x * screen_width_px / kept->w;
    found.where.y = found.where.y * screen_width_px / kept->w;
    found.where.w = found.where.w * screen_width_px / kept->w;
    found.where.h = found.where.h * screen_width_px / kept->w;
    return found;
}

/* ---- few colours ---- */

struct shade {
    Uint32 rgb;
    int count, nearest, apart;
};

static Uint32
rgb_of(const Uint8 *pixel)
{
    return (Uint32)pixel[0] << 16 | (Uint32)pixel[1] << 8 | pixel[2];
}

static int
by_rgb(const void *a, const void *b)
{
    Uint32 one = ((const struct shade *)a)->rgb;
    Uint32 other = ((const struct shade *)b)->rgb;
    return one < other ? -1 : one > other;
}

static int
by_count(const void *a, const void *b)
{
    int one = ((const struct shade *)a)->count;
    int other = ((const struct shade *)b)->count;
    return one != other ? (one < other ? 1 : -1) : by_rgb(a, b);
}

static int
distance(Uint32 a, Uint32 b)
{
    int sum = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        int d = (int)(a >> shift & 0xFF) - (int)(b >> shift & 0xFF);
        sum += d * d;
    }
    return sum;
}

/* Each colour once, the commonest first; returns how many. */
static int
count_shades(const SDL_Surface *small, struct shade *shades)
{
    int all = 0, count = 0;
    for (int y = 0; y < small->h; y++) {
        for (int x = 0; x < small->w; x++) {
            shades[all++] = (struct shade){.rgb = rgb_of(pixel_at(small, x, y))};
        }
    }
    qsort(shades, (size_t)all, sizeof *shades, by_rgb);
    for (int i = 0; i < all; i++) {
        if (count == 0 || shades[count - 1].rgb != shades[i].rgb) {
            shades[count++] = shades[i];
        }
        shades[count - 1].count++;
    }
    qsort(shades, (size_t)count, sizeof *shades, by_count);
    return count;
}

/* That shade becomes a colour of the palette: whatever is nearer to it now than to any
 * other, takes it. */
static void
take_shade(struct shade *shades, int count, int taken, SDL_Palette *palette, int place)
{
    Uint32 rgb = shades[taken].rgb;
    palette->colors[place] = (SDL_Color){
        .r = (Uint8)(rgb >> 16), .g = (Uint8)(rgb >> 8), .b = (Uint8)rgb, .a = 255};
    for (int i = 0; i < count; i++) {
        int apart = distance(shades[i].rgb, rgb);
        if (place == 0 || apart < shades[i].apart) {
            shades[i].apart = apart;
            shades[i].nearest = place;
        }
    }
}

/* The one that is served worst, over all its pixels; -1: all are there. */
static int
worst_served(const struct shade *shades, int count)
{
    int64_t most = 0;
    int worst = -1;
    for (int i = 0; i < count; i++) {
        int64_t cost = (int64_t)shades[i].apart * shades[i].count;
        if (cost > most) {
            most = cost;
            worst = i;
        }
    }
    return worst;
}

/* The palette, and every shade's place in it, ordered to be looked up. */
static void
choose_palette(struct shade *shades, int count, SDL_Palette *palette)
{
    int next = 0;
    for (int place = 0; place < COLOURS && next >= 0; place++) {
        take_shade(shades, count, next, palette, place);
        next = worst_served(shades, count);
    }
    qsort(shades, (size_t)count, sizeof *shades, by_rgb);
}

bool
kept_save(const SDL_Surface *small, const char *path)
{
    struct shade *shades = calloc((size_t)(small->w * small->h), sizeof *shades);
    SDL_Surface *few =
        SDL_CreateRGBSurfaceWithFormat(0, small->w, small->h, 8, SDL_PIXELFORMAT_INDEX8);
    bool saved = false;
    if (shades && few) {
        int count = count_shades(small, shades);
        choose_palette(shades, count, few->format->palette);
        for (int y = 0; y < small->h; y++) {
            for (int x = 0; x < small->w; x++) {
                struct shade wanted = {.rgb = rgb_of(pixel_at(small, x, y))};
                const struct shade *found =
                    bsearch(&wanted, shades, (size_t)count, sizeof *shades, by_rgb);
                ((Uint8 *)few->pixels)[y * few->pitch + x] = (Uint8)found->nearest;
            }
        }
        saved = IMG_SavePNG(few, path) == 0;
    }
    SDL_FreeSurface(few);
    free(shades);
    return saved;
}

SDL_Surface *
kept_load(const char *path)
{
    SDL_Surface *raw = IMG_Load(path);
    SDL_Surface *kept =
        raw ? SDL_ConvertSurfaceFormat(raw, SDL_PIXELFORMAT_RGB24, 0) : NULL;
    SDL_FreeSurface(raw);
    return kept;
}

/* ---- what differs ---- */

/* Black where they are the same, so much lighter where they aren't. */
static void
draw_difference(const SDL_Surface *kept, const SDL_Surface *small, SDL_Surface *sheet)
{
    for (int y = 0; y < small->h && y < kept->h; y++) {
        for (int x = 0; x < small->w && x < kept->w; x++) {
            const Uint8 *one = pixel_at(kept, x, y);
            const Uint8 *other = pixel_at(small, x, y);
            Uint8 *pixel = pixel_at(sheet, x, 2 * small->h + y);
            for (int c = 0; c < 3; c++) {
                int apart = 4 * abs(one[c] - other[c]);
                pixel[c] = (Uint8)(apart > 255 ? 255 : apart);
            }
        }
    }
}

bool
kept_save_difference(const SDL_Surface *kept, const SDL_Surface *small, const char *path)
{
    SDL_Surface *sheet = SDL_CreateRGBSurfaceWithFormat(
        0, small->w, small->h * 3, 24, SDL_PIXELFORMAT_RGB24);
    if (!sheet) {
        return false;
    }
    SDL_Rect below = {.y = small->h};
    SDL_BlitSurface((SDL_Surface *)(uintptr_t)kept, NULL, sheet, NULL);
    SDL_BlitSurface((SDL_Surface *)(uintptr_t)small, NULL, sheet, &below);
    draw_difference(kept, small, sheet);
    bool saved = IMG_SavePNG(sheet, path) == 0;
    SDL_FreeSurface(sheet);
    return saved;
}
