/* Finds and keeps fonts.
 *
 * FT1 faces[0] is Lato in every weight; the others came by need, one for each Noto file.
 * FT2 An open font is never closed before the end: marks may still point at its size.
 *
 * fontconfig's answer for a character is kept a block of 128,
 * checked by the font itself. */
#include "font.h"

#include <assert.h>
#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FACES_MAX = 24, OPEN_MAX = 192, BLOCKS_MAX = 128, PROBE_PX = 32 };

/* Mapped once for all its sizes: SDL_ttf seeks and reads by the glyph, which from a file
 * is ten thousand system calls in the first picture, a sixth of its time. */
struct font_file {
    void *bytes; /* NULL: not mapped, or it couldn't be */
    size_t size;
};

struct face {
    char *path[BW_WEIGHT_COUNT];
    struct font_file file[BW_WEIGHT_COUNT];
    TTF_Font *probe[BW_WEIGHT_COUNT]; /* knows which characters it has */
};

struct open_font {
    int face;
    struct bw_ui_style style;
    TTF_Font *font;
};

struct font_block {
    uint32_t character;
    enum bw_ui_weight weight;
    int face;
};

struct bw_ui_fonts {
    FcConfig *config; /* NULL until the first look-up beyond Lato */
    struct face faces[FACES_MAX];
    int faces_count;
    struct open_font open[OPEN_MAX];
    int open_count;
    struct font_block blocks[BLOCKS_MAX];
    int blocks_count;
};

static const int fc_weights[BW_WEIGHT_COUNT] = {
    [BW_MEDIUM] = FC_WEIGHT_MEDIUM,
    [BW_BOLD] = FC_WEIGHT_BOLD,
    [BW_BLACK] = FC_WEIGHT_BLACK,
};

static bool
config_ready(struct bw_ui_fonts *fonts)
{
    if (!fonts->config) {
        fonts->config = FcInitLoadConfigAndFonts();
    }
    return fonts->config != NULL;
}

/* Lato where Debian's package has it, without waking fontconfig, which takes a tenth of
 * the first frame; the caller frees. NULL: it isn't there. */
static char *
find_lato(enum bw_ui_weight weight)
{
    static const char *const paths[BW_WEIGHT_COUNT] = {
        [BW_MEDIUM] = "/usr/share/fonts/truetype/lato/Lato-Medium.ttf",
        [BW_BOLD] = "/usr/share/fonts/truetype/lato/Lato-Bold.ttf",
        [BW_BLACK] = "/usr/share/fonts/truetype/lato/Lato-Black.ttf",
    };
    return access(paths[weight], R_OK) == 0 ? strdup(paths[weight]) : NULL;
}

/* File of the family's font in that weight; the caller frees.
 * NULL where the family isn't installed. */
static char *
find_family(struct bw_ui_fonts *fonts, const char *family, enum bw_ui_weight weight)
{
    if (!config_ready(fonts)) {
        return NULL;
    }
    FcPattern *pattern = FcPatternCreate();
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
    FcPatternAddInteger(pattern, FC_WEIGHT, fc_weights[weight]);
    FcPatternAddInteger(pattern, FC_SLANT, FC_SLANT_ROMAN);
    FcConfigSubstitute(fonts->config, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    FcResult result;
    FcPattern *match = FcFontMatch(fonts->config, pattern, &result);
    char *path = NULL;
    FcChar8 *file = NULL;
    FcChar8 *found = NULL;
    if (match && FcPatternGetString(match, FC_FILE, 0, &file) == FcResultMatch &&
        FcPatternGetString(match, FC_FAMILY, 0, &found) == FcResultMatch &&
        strcmp((const char *)found, family) == 0) {
        path = strdup((const char *)file);
    }
    if (match) {
        FcPatternDestroy(match);
    }
    FcPatternDestroy(pattern);
    return path;
}

/* How well a font stands in: Noto Sans before other Notos before anything, the nearest
 * weight, upright. Less is better. */
static int
strangeness(const FcPattern *font, enum bw_ui_weight weight)
{
    FcChar8 *family = NULL;
    int own_weight = FC_WEIGHT_REGULAR;
    int slant = FC_SLANT_ROMAN;
    FcPatternGetString(font, FC_FAMILY, 0, &family);
    FcPatternGetInteger(font, FC_WEIGHT, 0, &own_weight);
    FcPatternGetInteger(font, FC_SLANT, 0, &slant);
    const char *name = family ? (const char *)family : "";
    int away = strncmp(name, "Noto Sans", 9) == 0 ? 0
               : strncmp(name, "Noto", 4) == 0    ? 1
                                                  : 2;
    int length = (int)strnlen(name, 64);
    return away * 1000000 + (slant != FC_SLANT_ROMAN) * 500000 +
           abs(own_weight - fc_weights[weight]) * 1000 + length;
}

/* File of the font that has the character and stands in best; the caller frees. */
static char *
find_character(struct bw_ui_fonts *fonts, enum bw_ui_weight weight, uint32_t character)
{
    if (!config_ready(fonts)) {
        return NULL;
    }
    FcCharSet *wanted = FcCharSetCreate();
    FcCharSetAddChar(wanted, character);
    FcPattern *pattern = FcPatternBuild(NULL, FC_CHARSET, FcTypeCharSet, wanted,
        FC_SCALABLE, FcTypeBool, FcTrue, FC_COLOR, FcTypeBool, FcFalse, NULL);
    FcObjectSet *objects =
        FcObjectSetBuild(FC_FILE, FC_FAMILY, FC_WEIGHT, FC_SLANT, NULL);
    FcFontSet *set = FcFontList(fonts->config, pattern, objects);
    const FcPattern *best = NULL;
    for (int i = 0; set && i < set->nfont; i++) {
        if (!best || strangeness(set->fonts[i], weight) < strangeness(best, weight)) {
            best = set->fonts[i];
        }
    }
    FcChar8 *file = NULL;
    char *path = NULL;
    if (best && FcPatternGetString(best, FC_FILE, 0, &file) == FcResultMatch) {
        path = strdup((const char *)file);
    }
    if (set) {
        FcFontSetDestroy(set);
    }
    FcObjectSetDestroy(objects);
    FcPatternDestroy(pattern);
    FcCharSetDestroy(wanted);
    return path;
}

static bool
map_file(const char *path, struct font_file *ret_file)
{
    struct stat stat;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool found = fd >= 0 && fstat(fd, &stat) == 0 && S_ISREG(stat.st_mode) &&
                 stat.st_size > 0 && stat.st_size <= INT_MAX;
    void *bytes = found ? mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_PRIVATE, fd, 0)
                        : MAP_FAILED;
    if (fd >= 0) {
        (void)close(fd);
    }
    if (bytes == MAP_FAILED) {
        return false;
    }
    *ret_file = (struct font_file){.bytes = bytes, .size = (size_t)stat.st_size};
    return true;
}

static TTF_Font *
open_at(struct face *face, enum bw_ui_weight weight, int px)
{
    const char *path = face->path[weight];
    struct font_file *file = &face->file[weight];
    if (!path || (!file->bytes && !map_file(path, file))) {
        return NULL;
    }
    SDL_RWops *rw = SDL_RWFromConstMem(file->bytes, (int)file->size);
    TTF_Font *font = rw ? TTF_OpenFontRW(rw, 1, px) : NULL;
    if (font) {
        TTF_SetFontHinting(font, TTF_HINTING_LIGHT_SUBPIXEL);
    }
    return font;
}

static TTF_Font *
probe(struct bw_ui_fonts *fonts, int face, enum bw_ui_weight weight)
{
    struct face *f = &fonts->faces[face];
    if (!f->probe[weight]) {
        f->probe[weight] = open_at(f, weight, PROBE_PX);
    }
    return f->probe[weight];
}

bool
bw_ui_fonts_has(
    struct bw_ui_fonts *fonts, int face, enum bw_ui_weight weight, uint32_t character)
{
    TTF_Font *font = probe(fonts, face, weight);
    return font && TTF_GlyphIsProvided32(font, character);
}

enum bw_status
bw_ui_fonts_create(struct bw_ui_fonts **ret_fonts, struct bw_error *err)
{
    struct bw_ui_fonts *fonts = calloc(1, sizeof *fonts);
    if (!fonts) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "opening the fonts: out of memory");
    }
    fonts->faces_count = 1;
    for (int weight = 0; weight < BW_WEIGHT_COUNT; weight++) {
        char *path = find_lato((enum bw_ui_weight)weight);
        fonts->faces[0].path[weight] =
            path ? path : find_family(fonts, "Lato", (enum bw_ui_weight)weight);
        if (!probe(fonts, 0, (enum bw_ui_weight)weight)) {
            bw_ui_fonts_destroy(fonts);
            return bw_error_set(err, BW_NOT_FOUND, 0,
                "opening the fonts: Lato isn't "
                "installed; install the package fonts-lato");
        }
    }
    *ret_fonts = fonts;
    return BW_OK;
}

/* After the fonts of all its sizes. */
static void
close_face(struct face *face, int weight)
{
    if (face->probe[weight]) {
        TTF_CloseFont(face->probe[weight]);
    }
    if (face->file[weight].bytes) {
        (void)munmap(face->file[weight].bytes, face->file[weight].size);
    }
    free(face->path[weight]);
}

void
bw_ui_fonts_destroy(struct bw_ui_fonts *fonts)
{
    if (!fonts) {
        return;
    }
    for (int i = 0; i < fonts->open_count; i++) {
        TTF_CloseFont(fonts->open[i].font);
    }
    for (int i = 0; i < fonts->faces_count; i++) {
        for (int weight = 0; weight < BW_WEIGHT_COUNT; weight++) {
            close_face(&fonts->faces[i], weight);
        }
    }
    if (fonts->config) {
        FcConfigDestroy(fonts->config);
    }
    free(fonts);
}

/* The face with that file, made where it is new; 0 where there is no room. */
static int
face_of_file(struct bw_ui_fonts *fonts, enum bw_ui_weight weight, char *path)
{
    for (int i = 1; i < fonts->faces_count; i++) {
        const char *known = fonts->faces[i].path[weight];
        if (known && strcmp(known, path) == 0) {
            free(path);
            return i;
        }
    }
    if (fonts->faces_count == FACES_MAX) {
        free(path);
        return 0;
    }
    fonts->faces[fonts->faces_count].path[weight] = path;
    return fonts->faces_count++;
}

static int
look_up(struct bw_ui_fonts *fonts, enum bw_ui_weight weight, uint32_t character)
{
    char *path = find_character(fonts, weight, character);
    if (!path) {
        return 0;
    }
    int face = face_of_file(fonts, weight, path);
    return bw_ui_fonts_has(fonts, face, weight, character) ? face : 0;
}

int
bw_ui_fonts_face(struct bw_ui_fonts *fonts, enum bw_ui_weight weight, uint32_t character)
{
    if (bw_ui_fonts_has(fonts, 0, weight, character)) {
        return 0;
    }
    for (int i = 0; i < fonts->blocks_count; i++) {
        const struct font_block *block = &fonts->blocks[i];
        if (block->weight != weight) {
            continue;
        }
        if (block->character == character) {
            return block->face;
        }
        if (block->face && block->character >> 7 == character >> 7 &&
            bw_ui_fonts_has(fonts, block->face, weight, character)) {
            return block->face;
        }
    }
    int face = look_up(fonts, weight, character);
    if (fonts->blocks_count < BLOCKS_MAX) {
        fonts->blocks[fonts->blocks_count++] =
            (struct font_block){.character = character, .weight = weight, .face = face};
    }
    return face;
}

TTF_Font *
bw_ui_fonts_get(struct bw_ui_fonts *fonts, int face, struct bw_ui_style style)
{
    for (int i = 0; i < fonts->open_count; i++) {
        struct open_font *open = &fonts->open[i];
        if (open->face == face && open->style.px == style.px &&
            open->style.weight == style.weight) {
            return open->font;
        }
    }
    TTF_Font *font = fonts->open_count < OPEN_MAX
                         ? open_at(&fonts->faces[face], style.weight, style.px)
                         : NULL;
    if (!font) {
        return probe(fonts, 0, style.weight);
    }
    assert(fonts->open_count < OPEN_MAX); /* FT2 */
    fonts->open[fonts->open_count++] =
        (struct open_font){.face = face, .style = style, .font = font};
    return font;
}
