/* Lines measured once and drawn once.
 *
 * TX1 A line is known by its bytes, style and colour; its picture never changes.
 * TX2 Pictures take at most `most_bytes` together, and are at most PICTURES; the longest
 *     unused go first. Of times of day that nobody asks for any more, one makes way for
 *     the next: a clock that runs for days would push out what the next visitor needs.
 * TX3 A measured width stays valid for the life of the fonts; the table of widths is
 *     emptied as a whole when full. */
#include "text.h"
#include "run.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    WIDTHS = 8192, /* a power of two */
    PICTURES = 512,
    PICTURES_BYTES = 96 * 1024 * 1024,
    PROBES = 8,
    PASSED = 200, /* lookups, some pages of them, and a time of day has passed */
};

struct width {
    uint64_t key; /* 0: empty */
    int px;
};

struct picture {
    uint64_t key;
    SDL_Surface *surface;
    int above;
    uint64_t used; /* tick of the last use */
    bool passes;   /* a time of day */
};

struct bw_ui_text {
    struct bw_ui_fonts *fonts;
    struct width widths[WIDTHS];
    struct picture pictures[PICTURES];
    size_t bytes, most_bytes;
    uint64_t tick;
    long drawn;
    struct bw_ui_runs runs; /* scratch */
};

/* FNV-1a, 64 bits: two of some thousand texts alike once in 10^12 days. */
static uint64_t
hash_bytes(uint64_t hash, const void *data, size_t bytes)
{
    const unsigned char *p = data;
    for (size_t i = 0; i < bytes; i++) {
        hash = (hash ^ p[i]) * 0x100000001B3u;
    }
    return hash;
}

static uint64_t
key_of(const char *utf8, size_t bytes, struct bw_ui_style style, bw_ui_colour colour)
{
    uint32_t numbers[3] = {(uint32_t)style.weight, (uint32_t)style.px, colour};
    uint64_t hash = hash_bytes(0xCBF29CE484222325u, numbers, sizeof numbers);
    hash = hash_bytes(hash, utf8, bytes);
    return hash ? hash : 1;
}

enum bw_status
bw_ui_text_create(
    struct bw_ui_fonts *fonts, struct bw_ui_text **ret_text, struct bw_error *err)
{
    struct bw_ui_text *text = calloc(1, sizeof *text);
    if (!text) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "setting up text: out of memory");
    }
    text->fonts = fonts;
    text->most_bytes = PICTURES_BYTES;
    *ret_text = text;
    return BW_OK;
}

void
bw_ui_text_destroy(struct bw_ui_text *text)
{
    if (!text) {
        return;
    }
    for (int i = 0; i < PICTURES; i++) {
        SDL_FreeSurface(text->pictures[i].surface);
    }
    free(text);
}

void
bw_ui_text_keep(struct bw_ui_text *text, size_t most_bytes)
{
    text->most_bytes = most_bytes < PICTURES_BYTES ? most_bytes : PICTURES_BYTES;
}

size_t
bw_ui_text_kept(const struct bw_ui_text *text)
{
    return text->bytes;
}

int
bw_ui_text_ascent(struct bw_ui_text *text, struct bw_ui_style style)
{
    return TTF_FontAscent(bw_ui_fonts_get(text->fonts, 0, style));
}

int
bw_ui_text_height(struct bw_ui_text *text, struct bw_ui_style style)
{
    TTF_Font *font = bw_ui_fonts_get(text->fonts, 0, style);
    return TTF_FontAscent(font) - TTF_FontDescent(font);
}

static TTF_Font *
run_font(struct bw_ui_text *text, const struct bw_ui_run *run, struct bw_ui_style style)
{
    TTF_Font *font = bw_ui_fonts_get(text->fonts, run->face, style);
    TTF_SetFontDirection(
        font, run->right_to_left ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
    TTF_SetFontScriptName(font, run->script);
    return font;
}

static int
measure(struct bw_ui_text *text, const char *utf8, size_t bytes, struct bw_ui_style style)
{
    char spelled[BW_LINE_BYTES * 2];
    int sum = 0;
    bw_ui_runs_split(text->fonts, style.weight, utf8, bytes, &text->runs);
    for (int i = 0; i < text->runs.count; i++) {
        const struct bw_ui_run *run = &text->runs.runs[i];
        int width = 0;
        bw_ui_run_spell(&text->runs, run, spelled, sizeof spelled);
        if (TTF_SizeUTF8(run_font(text, run, style), spelled, &width, NULL) == 0) {
            sum += width;
        }
    }
    return sum;
}

static int
width_of(
    struct bw_ui_text *text, const char *utf8, size_t bytes, struct bw_ui_style style)
{
    if (!bytes) {
        return 0;
    }
    uint64_t key = key_of(utf8, bytes, style, 0);
    struct width *free_slot = NULL;
    for (uint64_t i = 0; i < PROBES; i++) {
        struct width *slot = &text->widths[(key + i) % WIDTHS];
        if (slot->key == key) {
            return slot->px;
        }
        if (!slot->key && !free_slot) {
            free_slot = slot;
        }
    }
    if (!free_slot) {
        memset(text->widths, 0, sizeof text->widths);
        free_slot = &text->widths[key % WIDTHS];
    }
    *free_slot = (struct width){.key = key, .px = measure(text, utf8, bytes, style)};
    return free_slot->px;
}

int
bw_ui_text_width(struct bw_ui_text *text, const char *utf8, struct bw_ui_style style)
{
    return width_of(text, utf8, strlen(utf8), style);
}

/* Pixels by which the run's glyphs pass the font's ascent. */
static int
above_ascent(TTF_Font *font, const struct bw_ui_runs *runs, const struct bw_ui_run *run)
{
    int highest = TTF_FontAscent(font);
    int ascent = highest;
    for (int i = run->first; i < run->first + run->count; i++) {
        int min_x, max_x, min_y, max_y, advance;
        if (TTF_GlyphMetrics32(font, runs->characters[i], &min_x, &max_x, &min_y, &max_y,
                &advance) == 0 &&
            max_y > highest) {
            highest = max_y;
        }
    }
    return highest - ascent;
}

static SDL_Surface *
draw_run(struct bw_ui_text *text, const struct bw_ui_run *run, struct bw_ui_style style,
    bw_ui_colour colour, int *ret_rise)
{
    char spelled[BW_LINE_BYTES * 2];
    SDL_Color sdl = {.r = (Uint8)(colour >> 16),
        .g = (Uint8)(colour >> 8),
        .b = (Uint8)colour,
        .a = 255};
    bw_ui_run_spell(&text->runs, run, spelled, sizeof spelled);
    TTF_Font *font = run_font(text, run, style);
    SDL_Surface *surface = TTF_RenderUTF8_Blended(font, spelled, sdl);
    if (!surface) {
        return NULL;
    }
    int taller = surface->h - (TTF_FontAscent(font) - TTF_FontDescent(font));
    int above = above_ascent(font, &text->runs, run);
    *ret_rise = TTF_FontAscent(font) + (above < taller ? above : taller > 0 ? taller : 0);
    SDL_SetSurfaceBlendMode(surface, SDL_BLENDMODE_NONE);
    return surface;
}

/* Puts the runs of a line side by side on one baseline. */
static SDL_Surface *
draw_line(struct bw_ui_text *text, struct bw_ui_style style, bw_ui_colour colour,
    int *ret_above)
{
    SDL_Surface *parts[BW_RUNS_MAX];
    int rises[BW_RUNS_MAX];
    int count = 0;
    int width = 0;
    int rise = bw_ui_text_ascent(text, style);
    int drop = bw_ui_text_height(text, style) - rise;
    int ascent = rise;
    for (int i = 0; i < text->runs.count; i++) {
        SDL_Surface *part =
            draw_run(text, &text->runs.runs[i], style, colour, &rises[count]);
        if (part) {
            rise = rises[count] > rise ? rises[count] : rise;
            drop = part->h - rises[count] > drop ? part->h - rises[count] : drop;
            width += part->w;
            parts[count++] = part;
        }
    }
    *ret_above = rise - ascent;
    SDL_Surface *line = NULL;
    if (count == 1 && rises[0] == rise) {
        line = parts[0];
        count = 0;
    } else if (count) {
        line = SDL_CreateRGBSurfaceWithFormat(
            0, width, rise + drop, 32, SDL_PIXELFORMAT_ARGB8888);
    }
    int x = 0;
    for (int i = 0; i < count; i++) {
        SDL_Rect at = {.x = x, .y = rise - rises[i]};
        x += parts[i]->w;
        if (line) {
            SDL_BlitSurface(parts[i], NULL, line, &at);
        }
        SDL_FreeSurface(parts[i]);
    }
    if (line) {
        SDL_SetSurfaceBlendMode(line, SDL_BLENDMODE_BLEND);
    }
    return line;
}

static size_t
surface_bytes(const SDL_Surface *surface)
{
    return surface ? (size_t)surface->pitch * (size_t)surface->h : 0;
}

static void
drop_picture(struct bw_ui_text *text, struct picture *picture)
{
    text->bytes -= surface_bytes(picture->surface);
    SDL_FreeSurface(picture->surface);
    *picture = (struct picture){0};
}

static struct picture *
oldest_of(struct bw_ui_text *text)
{
    struct picture *oldest = NULL;
    for (int i = 0; i < PICTURES; i++) {
        struct picture *picture = &text->pictures[i];
        if (!picture->key) {
            return picture;
        }
        oldest = !oldest || picture->used < oldest->used ? picture : oldest;
    }
    return oldest;
}

/* Digits with a point or colon between. */
static bool
is_time(const char *utf8)
{
    size_t bytes = strlen(utf8);
    return bytes > 2 && strspn(utf8, "0123456789.:") == bytes && strpbrk(utf8, ".:");
}

/* NULL: none has. */
static struct picture *
passed_of(struct bw_ui_text *text)
{
    for (int i = 0; i < PICTURES; i++) {
        struct picture *picture = &text->pictures[i];
        if (picture->passes && text->tick - picture->used > PASSED) {
            return picture;
        }
    }
    return NULL;
}

static void
make_space(struct bw_ui_text *text)
{
    while (text->bytes > text->most_bytes) {
        struct picture *oldest = NULL;
        for (int i = 0; i < PICTURES; i++) {
            struct picture *picture = &text->pictures[i];
            if (picture->surface && (!oldest || picture->used < oldest->used)) {
                oldest = picture;
            }
        }
        if (!oldest) {
            break;
        }
        drop_picture(text, oldest);
    }
    assert(text->bytes <= text->most_bytes); /* TX2 */
}

SDL_Surface *
bw_ui_text_picture(struct bw_ui_text *text, const char *utf8, struct bw_ui_style style,
    bw_ui_colour colour, int *ret_above)
{
    size_t bytes = strlen(utf8);
    uint64_t key = key_of(utf8, bytes, style, colour);
    text->tick++;
    for (int i = 0; i < PICTURES; i++) {
        struct picture *picture = &text->pictures[i];
        if (picture->key == key) {
            picture->used = text->tick;
            *ret_above = picture->above;
            return picture->surface;
        }
    }
    make_space(text);
    bool passes = is_time(utf8);
    struct picture *passed = passes ? passed_of(text) : NULL;
    struct picture *slot = passed ? passed : oldest_of(text);
    drop_picture(text, slot);
    bw_ui_runs_split(text->fonts, style.weight, utf8, bytes, &text->runs);
    *slot = (struct picture){.key = key, .used = text->tick, .passes = passes};
    slot->surface = draw_line(text, style, colour, &slot->above);
    text->bytes += surface_bytes(slot->surface);
    text->drawn++;
    *ret_above = slot->above;
    return slot->surface;
}

int
bw_ui_text_width_of(
    struct bw_ui_text *text, const char *utf8, size_t bytes, struct bw_ui_style style)
{
    return width_of(text, utf8, bytes, style);
}

long
bw_ui_text_drawn(const struct bw_ui_text *text)
{
    return text->drawn;
}
