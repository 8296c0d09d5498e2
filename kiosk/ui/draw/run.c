/* Runs: bidi levels by libfribidi, script by block, face by what the fonts have. */
#include "run.h"

#include <fribidi.h>
#include <string.h>

struct run_script {
    uint32_t first, last;
    char tag[5];
};

/* Blocks that Latin names of Europe, Asia and Africa are written in. What stands in none
 * (blanks, digits, signs) goes along with its neighbour. */
static const struct run_script scripts[] = {
    {0x0041, 0x005A, "Latn"},
    {0x0061, 0x007A, "Latn"},
    {0x00AA, 0x00AA, "Latn"},
    {0x00C0, 0x024F, "Latn"},
    {0x0250, 0x02AF, "Latn"},
    {0x0370, 0x03FF, "Grek"},
    {0x0400, 0x052F, "Cyrl"},
    {0x0530, 0x058F, "Armn"},
    {0x0590, 0x05FF, "Hebr"},
    {0x0600, 0x06FF, "Arab"},
    {0x0700, 0x074F, "Syrc"},
    {0x0750, 0x077F, "Arab"},
    {0x08A0, 0x08FF, "Arab"},
    {0x0900, 0x097F, "Deva"},
    {0x0980, 0x09FF, "Beng"},
    {0x0A00, 0x0A7F, "Guru"},
    {0x0A80, 0x0AFF, "Gujr"},
    {0x0B80, 0x0BFF, "Taml"},
    {0x0C00, 0x0C7F, "Telu"},
    {0x0D80, 0x0DFF, "Sinh"},
    {0x0E00, 0x0E7F, "Thai"},
    {0x0F00, 0x0FFF, "Tibt"},
    {0x1000, 0x109F, "Mymr"},
    {0x10A0, 0x10FF, "Geor"},
    {0x1200, 0x137F, "Ethi"},
    {0x1E00, 0x1EFF, "Latn"},
    {0x1F00, 0x1FFF, "Grek"},
    {0x2D30, 0x2D7F, "Tfng"},
    {0x2DE0, 0x2DFF, "Cyrl"},
    {0xA640, 0xA69F, "Cyrl"},
    {0xA720, 0xA7FF, "Latn"},
    {0xFB1D, 0xFB4F, "Hebr"},
    {0xFB50, 0xFDFF, "Arab"},
    {0xFE70, 0xFEFF, "Arab"},
};

enum { REPLACEMENT = 0xFFFD, RTL_FROM = 0x0590, SILENT = 0x200B, WIDE = 0xFEE0 };

uint32_t
bw_ui_utf8_next(const char **cursor, const char *end)
{
    const unsigned char *p = (const unsigned char *)*cursor;
    const unsigned char *stop = (const unsigned char *)end;
    if (p >= stop || !*p) {
        return 0;
    }
    int more = *p < 0x80                 ? 0
               : *p >= 0xF0 && *p < 0xF5 ? 3
               : *p >= 0xE0 && *p < 0xF0 ? 2
               : *p >= 0xC2 && *p < 0xE0 ? 1
                                         : -1;
    uint32_t character = more < 0 ? REPLACEMENT : more == 0 ? *p : *p & (0x3Fu >> more);
    p++;
    for (int i = 0; i < more; i++) {
        if (p >= stop || (*p & 0xC0) != 0x80) {
            character = REPLACEMENT;
            break;
        }
        character = character << 6 | (*p++ & 0x3Fu);
    }
    *cursor = (const char *)p;
    return character;
}

int
bw_ui_utf8_put(uint32_t character, char *ret_bytes)
{
    unsigned char *out = (unsigned char *)ret_bytes;
    if (character < 0x80) {
        out[0] = (unsigned char)character;
        return 1;
    }
    if (character < 0x800) {
        out[0] = (unsigned char)(0xC0 | character >> 6);
        out[1] = (unsigned char)(0x80 | (character & 0x3F));
        return 2;
    }
    if (character < 0x10000) {
        out[0] = (unsigned char)(0xE0 | character >> 12);
        out[1] = (unsigned char)(0x80 | (character >> 6 & 0x3F));
        out[2] = (unsigned char)(0x80 | (character & 0x3F));
        return 3;
    }
    out[0] = (unsigned char)(0xF0 | character >> 18);
    out[1] = (unsigned char)(0x80 | (character >> 12 & 0x3F));
    out[2] = (unsigned char)(0x80 | (character >> 6 & 0x3F));
    out[3] = (unsigned char)(0x80 | (character & 0x3F));
    return 4;
}

/* Draws nothing and joins nothing: controls, bidi marks, isolates and overrides. */
static bool
is_silent(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200B ||
           c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0x00AD;
}

/* What is drawn for a character that no font has: never a box, in which nobody reads
 * anything. Wide forms are what they are forms of; marks are left out. */
static uint32_t
stand_in(uint32_t c)
{
    bool mark = (c >= 0x0300 && c <= 0x036F) || (c >= 0x180B && c <= 0x180F) ||
                (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
    bool wide = c >= 0xFF01 && c <= 0xFF5E;
    return mark ? SILENT : wide ? c - WIDE : c == 0x3000 ? ' ' : '?';
}

static const char *
script_of(uint32_t character)
{
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
        if (character >= scripts[i].first && character <= scripts[i].last) {
            return scripts[i].tag;
        }
    }
    return NULL;
}

static bool
find_levels(const struct bw_ui_runs *runs, FriBidiLevel *ret_levels)
{
    static FriBidiCharType types[BW_RUN_CHARS];
    static FriBidiBracketType brackets[BW_RUN_CHARS];
    FriBidiParType direction = FRIBIDI_PAR_LTR;
    const FriBidiChar *characters = runs->characters;
    fribidi_get_bidi_types(characters, runs->characters_count, types);
    fribidi_get_bracket_types(characters, runs->characters_count, types, brackets);
    return fribidi_get_par_embedding_levels_ex(
               types, brackets, runs->characters_count, &direction, ret_levels) != 0;
}

static bool
joins_neighbour(uint32_t c)
{
    return (c >= 0x0300 && c <= 0x036F) || c == 0x200C || c == 0x200D || c == ' ';
}

/* Turns the runs about, level by level from the highest (rule L2 of the algorithm). */
static void
order_runs(struct bw_ui_runs *runs, const int *levels)
{
    int order[BW_RUNS_MAX];
    int highest = 0;
    for (int i = 0; i < runs->count; i++) {
        order[i] = i;
        highest = levels[i] > highest ? levels[i] : highest;
    }
    for (int level = highest; level > 0; level--) {
        for (int i = 0; i < runs->count; i++) {
            int end = i;
            while (end < runs->count && levels[order[end]] >= level) {
                end++;
            }
            for (int a = i, b = end - 1; a < b; a++, b--) {
                int kept = order[a];
                order[a] = order[b];
                order[b] = kept;
            }
            i = end > i ? end : i;
        }
    }
    static struct bw_ui_run sorted[BW_RUNS_MAX];
    for (int i = 0; i < runs->count; i++) {
        sorted[i] = runs->runs[order[i]];
    }
    memcpy(runs->runs, sorted, (size_t)runs->count * sizeof sorted[0]);
}

static void
read_characters(const char *utf8, size_t bytes, struct bw_ui_runs *runs, bool *ret_bidi)
{
    const char *cursor = utf8;
    const char *end = utf8 + bytes;
    uint32_t character;
    runs->characters_count = 0;
    *ret_bidi = false;
    while (runs->characters_count < BW_RUN_CHARS &&
           (character = bw_ui_utf8_next(&cursor, end)) != 0) {
        runs->characters[runs->characters_count++] = character;
        *ret_bidi = *ret_bidi || (character >= RTL_FROM && script_of(character)) ||
                    character >= 0x1E800;
    }
}

void
bw_ui_runs_split(struct bw_ui_fonts *fonts, enum bw_ui_weight weight, const char *utf8,
    size_t bytes, struct bw_ui_runs *ret_runs)
{
    static FriBidiLevel levels[BW_RUN_CHARS];
    int run_levels[BW_RUNS_MAX] = {0};
    struct bw_ui_runs *runs = ret_runs;
    bool bidi;
    read_characters(utf8, bytes, runs, &bidi);
    bool has_levels = bidi && find_levels(runs, levels);
    runs->count = 0;
    for (int i = 0; i < runs->characters_count; i++) {
        uint32_t c = runs->characters[i];
        if (is_silent(c)) {
            continue;
        }
        int level = has_levels ? levels[i] : 0;
        struct bw_ui_run *last = runs->count ? &runs->runs[runs->count - 1] : NULL;
        const char *script = script_of(c);
        bool same = last && run_levels[runs->count - 1] == level;
        int face =
            same && joins_neighbour(c) ? last->face : bw_ui_fonts_face(fonts, weight, c);
        if (face == 0 && c > 0x7E && !bw_ui_fonts_has(fonts, 0, weight, c)) {
            runs->characters[i] = stand_in(c);
        }
        same =
            same && last->face == face && (!script || strcmp(script, last->script) == 0);
        if (last && (same || runs->count >= BW_RUNS_MAX)) {
            last->count = i + 1 - last->first;
            continue;
        }
        struct bw_ui_run *run = &runs->runs[runs->count];
        *run = (struct bw_ui_run){
            .first = i, .count = 1, .face = face, .right_to_left = level & 1};
        bool goes_along = last && last->right_to_left == run->right_to_left;
        memcpy(run->script, script ? script : goes_along ? last->script : "Latn", 5);
        run_levels[runs->count++] = level;
    }
    if (has_levels) {
        order_runs(runs, run_levels);
    }
}

void
bw_ui_run_spell(const struct bw_ui_runs *runs, const struct bw_ui_run *run,
    char *ret_text, size_t capacity)
{
    size_t used = 0;
    for (int i = run->first; i < run->first + run->count && used + 8 < capacity; i++) {
        uint32_t c = runs->characters[i];
        if (is_silent(c)) {
            continue;
        }
        used += (size_t)bw_ui_utf8_put(c, ret_text + used);
        bool more = i + 1 < run->first + run->count && runs->characters[i + 1] > ' ';
        if (run->face == 0 && more && (c == 't' || c == 'f')) {
            used += (size_t)bw_ui_utf8_put(0x200C, ret_text + used);
        }
    }
    ret_text[used] = '\0';
}
