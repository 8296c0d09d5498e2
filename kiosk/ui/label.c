/* A label, drawn and written: see label.h. Places and sizes are those of the house's
 * labels (62 by 29 and 89 by 36 mm): type begins at its size, and while it doesn't fit
 * its box it is half a point smaller, down to the least; then it takes another line. */
#include "label.h"

#include "ui/draw/text.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define INCH_MM 25.4
#define INCH_PT 72.0
#define DPI 300.0
#define BLACK 0xFF000000u

enum { PART_FIRST, PART_LAST, PART_SCHOOL, PARTS, LINES_MAX = 3 };

struct box {
    double x, y, width, height; /* mm */
    double most_pt, least_pt;
    enum bw_ui_weight weight;
};

struct label_sheet {
    const char *name;
    double width, height;
    struct box parts[PARTS], disc;
};

static const struct label_sheet sheets[BW_LABEL_SIZES] = {
    [BW_LABEL_62X29] = {"62x29", 62, 29,
        {{2.5, 1.5, 57, 12, 32, 15, BW_BLACK}, {2.5, 13.4, 46, 5.4, 12.5, 8.5, BW_BOLD},
            {2.5, 18.6, 46, 9.2, 9, 7, BW_MEDIUM}},
        {49.5, 16.2, 10, 10, 14, 9, BW_BLACK}},
    [BW_LABEL_89X36] = {"89x36", 89, 36,
        {{5, 2.4, 79, 16.6, 46, 18, BW_BLACK}, {5, 19, 65, 6.8, 16, 10, BW_BOLD},
            {5, 25.8, 65, 8, 10, 8, BW_MEDIUM}},
        {72, 21, 12, 12, 17, 10, BW_BLACK}},
};

struct label_drawing {
    struct bw_ui_fonts *fonts;
    struct bw_ui_text *text;
    SDL_Surface *page;
};

const char *
bw_ui_label_size_name(enum bw_label_size size)
{
    return sheets[size].name;
}

void
bw_ui_label_size_mm(enum bw_label_size size, double *ret_width, double *ret_height)
{
    *ret_width = sheets[size].width;
    *ret_height = sheets[size].height;
}

static int
px(double mm)
{
    return (int)(mm * DPI / INCH_MM + 0.5);
}

static struct bw_ui_style
style_of(const struct box *box, double pt)
{
    return (struct bw_ui_style){
        .weight = box->weight, .px = (int)(pt * DPI / INCH_PT + 0.5)};
}

/* A line ends in the midst of a word. */
static bool
breaks_word(const struct bw_ui_lines *lines)
{
    for (int i = 1; i < lines->count; i++) {
        if (lines->start[i] == lines->start[i - 1] + lines->bytes[i - 1]) {
            return true;
        }
    }
    return false;
}

/* The largest type in which all of it stands in the box; at the least, on as many lines
 * as there have to be. */
static struct bw_ui_style
set_type(const struct label_drawing *drawing, const struct box *box, const char *utf8,
    struct bw_ui_lines *ret_lines)
{
    double pt = box->most_pt;
    for (;; pt -= 0.5) {
        struct bw_ui_style style = style_of(box, pt);
        int line = bw_ui_text_height(drawing->text, style);
        int room = px(box->height) / (line > 0 ? line : 1);
        bool last = pt <= box->least_pt;
        int lines = room < 1 ? 1 : room > LINES_MAX ? LINES_MAX : room;
        bw_ui_text_wrap(drawing->text, utf8, style, px(box->width),
            last ? BW_LINES_MAX : lines, true, ret_lines);
        bool fits = !ret_lines->cut && ret_lines->widest <= px(box->width);
        if (last || (fits && !breaks_word(ret_lines))) {
            return style;
        }
    }
}

static void
draw_line(const struct label_drawing *drawing, int x, int y, const char *utf8,
    struct bw_ui_style style, bw_ui_colour colour)
{
    int above = 0;
    SDL_Surface *line = bw_ui_text_picture(drawing->text, utf8, style, colour, &above);
    if (line != NULL) {
        SDL_Rect to = {.x = x, .y = y - above};
        (void)SDL_BlitSurface(line, NULL, drawing->page, &to);
    }
}

static void
draw_box(const struct label_drawing *drawing, const struct box *box, const char *utf8)
{
    struct bw_ui_lines lines = {0};
    if (utf8[0] == '\0') {
        return; /* its line stays empty, nothing moves up */
    }
    struct bw_ui_style style = set_type(drawing, box, utf8, &lines);
    int height = bw_ui_text_height(drawing->text, style);
    int y = px(box->y);
    if (box->weight == BW_BLACK) { /* the first name stands in the middle of its box */
        y += (px(box->height) - lines.count * height) / 2;
    }
    for (int i = 0; i < lines.count; i++, y += height) {
        char line[BW_LINE_BYTES];
        (void)snprintf(line, sizeof line, "%.*s", lines.bytes[i], utf8 + lines.start[i]);
        draw_line(drawing, px(box->x), y, line, style, BLACK);
    }
}

/* The points of the compass that a region's name is made of begin a letter each. */
static size_t
compass_bytes(const char *word)
{
    static const char *const points[] = {"noord", "oost", "zuid", "west", "midden"};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        size_t length = strlen(points[i]);
        if (strncasecmp(word, points[i], length) == 0) {
            return length;
        }
    }
    return 0;
}

enum { LETTERS_MAX = 3, LETTERS_BYTES = 4 * LETTERS_MAX + 1 };

/* "Noord": N; "Noordwest", "Noord-West": NW; "Regio Groningen": G. */
static void
region_letters(const char *region, char ret_letters[LETTERS_BYTES])
{
    size_t have = 0, count = 0;
    const char *at = strncasecmp(region, "regio ", 6) == 0 ? region + 6 : region;
    bool begins = true;
    while (*at != '\0' && count < LETTERS_MAX) {
        bool breaks = *at == ' ' || *at == '-' || *at == '\'' || *at == '/';
        size_t point = breaks ? 0 : compass_bytes(at);
        if (begins && !breaks) {
            ret_letters[have++] = (char)toupper((unsigned char)*at);
            for (size_t k = 1; ((unsigned char)at[k] & 0xc0) == 0x80 && k < 4; k++) {
                ret_letters[have++] = at[k];
            }
            count++;
        }
        at += begins && point > 0 ? point : 1;
        /* after a point of the compass another may follow in the same word */
        begins = breaks || (begins && point > 0 && compass_bytes(at) > 0);
    }
    ret_letters[have] = '\0';
}

static void
draw_disc(const struct label_drawing *drawing, const struct box *box, const char *region)
{
    char letters[LETTERS_BYTES];
    int side = px(box->width);
    double pt = box->most_pt;
    region_letters(region, letters);
    struct bw_ui_style style = style_of(box, pt);
    int width = bw_ui_text_width(drawing->text, letters, style);
    while (width > side * 4 / 5 && pt > box->least_pt) {
        pt -= 0.5;
        style = style_of(box, pt);
        width = bw_ui_text_width(drawing->text, letters, style);
    }
    if (letters[0] == '\0') {
        return;
    }
    for (int y = 0; y < side; y++) {
        double away = y + 0.5 - side / 2.0;
        int half = (int)(SDL_sqrt(side * side / 4.0 - away * away) + 0.5);
        SDL_Rect row = {.x = px(box->x) + side / 2 - half,
            .y = px(box->y) + y,
            .w = 2 * half,
            .h = 1};
        (void)SDL_FillRect(drawing->page, &row, 0);
    }
    draw_line(drawing, px(box->x) + (side - width) / 2,
        px(box->y) + (side - bw_ui_text_height(drawing->text, style)) / 2, letters, style,
        0xFFFFFFFFu);
}

/* One page that holds one grey picture, in PDF 1.4 (ISO 32000). */
static enum bw_status
write_pdf(const struct label_sheet *sheet, const SDL_Surface *page, FILE *out,
    struct bw_error *err)
{
    double width = sheet->width * INCH_PT / INCH_MM;
    double height = sheet->height * INCH_PT / INCH_MM;
    char draws[96];
    long at[6] = {0};
    int length =
        snprintf(draws, sizeof draws, "q %.2f 0 0 %.2f 0 0 cm /P Do Q", width, height);
    long size = fprintf(out, "%%PDF-1.4\n");
    at[1] = size;
    size += fprintf(out, "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n");
    at[2] = size;
    size += fprintf(out, "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n");
    at[3] = size;
    size += fprintf(out,
        "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Contents 4 0 R"
        "/Resources<</XObject<</P 5 0 R>>>>>>\nendobj\n",
        width, height);
    at[4] = size;
    size += fprintf(
        out, "4 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n", length, draws);
    at[5] = size;
    size += fprintf(out,
        "5 0 obj\n<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray"
        "/BitsPerComponent 8/Length %d>>\nstream\n",
        page->w, page->h, page->w * page->h);
    for (int y = 0; y < page->h; y++) {
        const uint8_t *row =
            (const uint8_t *)page->pixels + (size_t)y * (size_t)page->pitch;
        for (int x = 0; x < page->w; x++) {
            (void)fputc(row[4 * x], out); /* grey: one channel is all of it */
        }
    }
    size += (long)page->w * page->h;
    size += fprintf(out, "\nendstream\nendobj\n");
    (void)fprintf(out, "xref\n0 6\n0000000000 65535 f \n");
    for (int i = 1; i < 6; i++) {
        (void)fprintf(out, "%010ld 00000 n \n", at[i]);
    }
    (void)fprintf(
        out, "trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%ld\n%%%%EOF\n", size);
    return fflush(out) == 0 && !ferror(out)
               ? BW_OK
               : bw_error_set(err, BW_IO, 0, "writing the label failed");
}

static enum bw_status
open_drawing(
    const struct label_sheet *sheet, struct label_drawing *drawing, struct bw_error *err)
{
    if (TTF_Init() != 0) {
        return bw_error_set(err, BW_IO, 0, "starting the fonts: %s", TTF_GetError());
    }
    enum bw_status status = bw_ui_fonts_create(&drawing->fonts, err);
    if (status == BW_OK) {
        status = bw_ui_text_create(drawing->fonts, &drawing->text, err);
    }
    drawing->page = SDL_CreateRGBSurfaceWithFormat(
        0, px(sheet->width), px(sheet->height), 32, SDL_PIXELFORMAT_RGB888);
    if (status == BW_OK && drawing->page == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "drawing a label: out of memory");
    }
    return status;
}

enum bw_status
bw_ui_label_write(enum bw_label_size size, const struct bw_label *label, FILE *out,
    struct bw_error *err)
{
    const struct label_sheet *sheet = &sheets[size];
    const char *const texts[PARTS] = {label->first_name, label->name, label->school};
    struct label_drawing drawing = {0};
    enum bw_status status = open_drawing(sheet, &drawing, err);
    if (status == BW_OK) {
        (void)SDL_FillRect(drawing.page, NULL, 0xFFFFFF);
        for (int i = 0; i < PARTS; i++) {
            draw_box(&drawing, &sheet->parts[i], texts[i]);
        }
        draw_disc(&drawing, &sheet->disc, label->region);
        status = write_pdf(sheet, drawing.page, out, err);
    }
    SDL_FreeSurface(drawing.page);
    bw_ui_text_destroy(drawing.text);
    bw_ui_fonts_destroy(drawing.fonts);
    TTF_Quit();
    return status;
}
