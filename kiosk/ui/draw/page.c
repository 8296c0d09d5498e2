/* Marks and targets are put down in order; texts go into the page's own names. Pure but
 * for measuring text. */
#include "page.h"

#include <assert.h>
#include <math.h>
#include <string.h>

void
bw_ui_page_init(struct bw_ui_page *page, const struct bw_ui_kit *kit)
{
    page->kit = *kit;
    page->reader = BW_ATTENDEE;
    page->must_read = true;
    page->said = BW_SAID_DETAIL;
    page->crowded = false;
    page->part = 255;
    page->again_ms = 0;
    page->marks_count = 0;
    page->targets_count = 0;
    page->names_bytes = 1;
    page->names[0] = '\0';
    page->overfull = false;
}

void
bw_ui_page_again(struct bw_ui_page *page, int64_t in_ms)
{
    if (!page->again_ms || in_ms < page->again_ms) {
        page->again_ms = in_ms;
    }
}

static int
keep_name(struct bw_ui_page *page, const char *name, size_t bytes)
{
    if (page->names_bytes + (int)bytes + 1 > BW_NAMES_BYTES) {
        page->overfull = true;
        return 0;
    }
    assert(memchr(name, '\0', bytes) == NULL); /* PG1 */
    int at = page->names_bytes;
    memcpy(page->names + at, name, bytes);
    page->names[at + (int)bytes] = '\0';
    page->names_bytes += (int)bytes + 1;
    return at;
}

static struct bw_ui_mark *
add_mark(struct bw_ui_page *page, enum bw_ui_mark_kind kind, SDL_Rect rect,
    bw_ui_colour colour)
{
    static struct bw_ui_mark spare; /* takes what doesn't fit; `overfull` tells */
    struct bw_ui_mark *mark = &spare;
    assert(page->part >= 0 && page->part <= 255);
    if (page->marks_count < BW_MARKS_MAX) {
        mark = &page->marks[page->marks_count++];
    } else {
        page->overfull = true;
    }
    memset(mark, 0, sizeof *mark); /* padding too: marks are compared as bytes */
    mark->kind = kind;
    mark->rect = rect;
    mark->colour = colour;
    mark->part = page->part;
    mark->reader = page->reader;
    return mark;
}

struct bw_ui_mark *
bw_ui_page_fill(struct bw_ui_page *page, SDL_Rect rect, bw_ui_colour colour)
{
    return add_mark(page, BW_MARK_FILL, rect, colour);
}

struct bw_ui_mark *
bw_ui_page_round(struct bw_ui_page *page, SDL_Rect rect, int radius, bw_ui_colour colour)
{
    return bw_ui_page_bordered(page, rect, radius, colour, 0, BW_NO_COLOUR);
}

struct bw_ui_mark *
bw_ui_page_bordered(struct bw_ui_page *page, SDL_Rect rect, int radius,
    bw_ui_colour colour, int border, bw_ui_colour border_colour)
{
    int most = (rect.w < rect.h ? rect.w : rect.h) / 2;
    struct bw_ui_mark *mark = add_mark(page, BW_MARK_ROUND, rect, colour);
    mark->radius = radius < most ? radius : most;
    mark->border = border;
    mark->colour2 = border_colour;
    return mark;
}

struct bw_ui_mark *
bw_ui_page_icon(
    struct bw_ui_page *page, const char *name, SDL_Rect rect, bw_ui_colour colour)
{
    struct bw_ui_mark *mark = add_mark(page, BW_MARK_ICON, rect, colour);
    mark->name = keep_name(page, name, strlen(name));
    return mark;
}

struct bw_ui_mark *
bw_ui_page_scene(struct bw_ui_page *page, const char *name, SDL_Rect rect)
{
    struct bw_ui_mark *mark = add_mark(page, BW_MARK_SCENE, rect, BW_NO_COLOUR);
    mark->name = keep_name(page, name, strlen(name));
    mark->decoration = true;
    return mark;
}

struct bw_ui_mark *
bw_ui_page_corner(struct bw_ui_page *page, SDL_Rect rect, int corner, int radius,
    int thick, bw_ui_colour colour)
{
    struct bw_ui_mark *mark = add_mark(page, BW_MARK_CORNER, rect, colour);
    mark->corner = corner;
    mark->radius = radius;
    mark->border = thick;
    mark->decoration = true;
    return mark;
}

struct bw_ui_mark *
bw_ui_page_mask(struct bw_ui_page *page, SDL_Rect rect, int radius, bw_ui_colour colour)
{
    struct bw_ui_mark *mark = add_mark(page, BW_MARK_MASK, rect, colour);
    mark->radius = radius;
    mark->decoration = true;
    return mark;
}

struct bw_ui_mark *
bw_ui_page_qr(struct bw_ui_page *page, const char *text, SDL_Rect rect)
{
    struct bw_ui_mark *mark = add_mark(page, BW_MARK_QR, rect, BW_INKT);
    mark->name = keep_name(page, text, strlen(text));
    return mark;
}

struct bw_ui_mark *
bw_ui_page_ring(struct bw_ui_page *page, SDL_Rect rect, int taken, int expected,
    int seats, bw_ui_colour colour, bw_ui_colour expected_colour)
{
    struct bw_ui_mark *mark = add_mark(page, BW_MARK_RING, rect, colour);
    mark->colour2 = expected_colour;
    mark->taken = taken;
    mark->expected = expected;
    mark->seats = seats;
    return mark;
}

void
bw_ui_page_target(
    struct bw_ui_page *page, SDL_Rect rect, enum bw_action action, int index)
{
    if (page->targets_count == BW_TARGETS_MAX) {
        page->overfull = true;
        return;
    }
    struct bw_ui_target *target = &page->targets[page->targets_count++];
    memset(target, 0, sizeof *target);
    target->rect = rect;
    target->action = action;
    target->index = index;
    target->crowded = page->crowded;
}

void
bw_ui_page_name(struct bw_ui_page *page, const char *name)
{
    if (page->targets_count > 0) {
        int at = keep_name(page, name, strlen(name));
        page->targets[page->targets_count - 1].name = at;
    }
}

void
bw_ui_page_cover(struct bw_ui_page *page)
{
    page->targets_count = 0;
}

struct bw_ui_style
bw_ui_page_style(
    const struct bw_ui_page *page, enum bw_ui_type type, enum bw_ui_weight weight)
{
    const struct bw_ui_metric *metric = page->kit.metric;
    enum bw_ui_reader reader = page->must_read ? page->reader : BW_STAFF;
    int px = metric->type_px[reader][type];
    bool small = !page->must_read && page->reader == BW_ATTENDEE;
    if (small && metric->larger && metric->size != BW_UI_COMPACT) {
        px = px * 13 / 10; /* "Groter" is for what nobody has to read, too */
    }
    return (struct bw_ui_style){.weight = weight, .px = px};
}

/* Lato's own ascent and descent, of its size: what browsers and the drafts centre by. */
#define ASCENT_PART 0.987
#define CONTENT_PART 1.2

/* From the top of a line box to the top of its glyphs' box. */
static int
drop_in_line(struct bw_ui_page *page, struct bw_ui_style style, double leading)
{
    double baseline = style.px * ((leading - CONTENT_PART) / 2 + ASCENT_PART);
    return (int)lround(baseline) - bw_ui_text_ascent(page->kit.text, style);
}

static struct bw_ui_mark *
add_line(struct bw_ui_page *page, int x, int y, int width, struct bw_ui_style style,
    bw_ui_colour colour, const char *utf8, size_t bytes)
{
    SDL_Rect rect = {
        .x = x, .y = y, .w = width, .h = bw_ui_text_height(page->kit.text, style)};
    struct bw_ui_mark *mark = add_mark(page, BW_MARK_TEXT, rect, colour);
    mark->style = style;
    mark->must_read = page->must_read && page->reader == BW_ATTENDEE;
    mark->said = page->said;
    mark->name = keep_name(page, utf8, bytes);
    return mark;
}

int
bw_ui_page_line(struct bw_ui_page *page, int x, int y, struct bw_ui_style style,
    bw_ui_colour colour, const char *utf8)
{
    if (!*utf8) {
        return 0;
    }
    int width = bw_ui_text_width(page->kit.text, utf8, style);
    int top = y + drop_in_line(page, style, CONTENT_PART);
    add_line(page, x, top, width, style, colour, utf8, strlen(utf8));
    return width;
}

int
bw_ui_page_line_fit(struct bw_ui_page *page, int x, int y, int width,
    struct bw_ui_style style, bw_ui_colour colour, const char *utf8)
{
    char line[BW_LINE_BYTES];
    if (!*utf8) {
        return 0;
    }
    bool cut = bw_ui_text_fit(page->kit.text, utf8, style, width, line);
    int used = bw_ui_text_width(page->kit.text, line, style);
    int top = y + drop_in_line(page, style, CONTENT_PART);
    add_line(page, x, top, used, style, colour, line, strlen(line))->cut = cut;
    return used;
}

int
bw_ui_line_height(struct bw_ui_style style)
{
    return (int)lround(style.px * CONTENT_PART);
}

static int
lines_height(const struct bw_ui_block *block, int count)
{
    return (int)lround(block->style.px * block->leading * count);
}

int
bw_ui_page_block(struct bw_ui_page *page, int x, int y, const struct bw_ui_block *block,
    bw_ui_colour colour, const char *utf8)
{
    struct bw_ui_lines lines;
    bw_ui_text_wrap(page->kit.text, utf8, block->style, block->width,
        block->lines_max ? block->lines_max : BW_LINES_MAX, block->balanced, &lines);
    int drop = drop_in_line(page, block->style, block->leading);
    for (int i = 0; i < lines.count; i++) {
        char line[BW_LINE_BYTES + 4];
        size_t bytes = (size_t)lines.bytes[i];
        bytes = bytes < BW_LINE_BYTES ? bytes : BW_LINE_BYTES - 1;
        bool cut = lines.cut && i == lines.count - 1;
        memcpy(line, utf8 + lines.start[i], bytes);
        memcpy(line + bytes, cut ? "\xE2\x80\xA6" : "", cut ? 4 : 1);
        int width = bw_ui_text_width(page->kit.text, line, block->style);
        int slack = block->width - width;
        int shift = block->align == BW_LEFT     ? 0
                    : block->align == BW_CENTRE ? slack / 2
                                                : slack;
        if (*line) {
            struct bw_ui_mark *mark =
                add_line(page, x + shift, y + lines_height(block, i) + drop, width,
                    block->style, colour, line, strlen(line));
            mark->cut = cut;
            mark->goes_on = i > 0;
        }
    }
    return lines_height(block, lines.count);
}

int
bw_ui_block_height(
    struct bw_ui_page *page, const struct bw_ui_block *block, const char *utf8)
{
    struct bw_ui_lines lines;
    bw_ui_text_wrap(page->kit.text, utf8, block->style, block->width,
        block->lines_max ? block->lines_max : BW_LINES_MAX, block->balanced, &lines);
    return lines_height(block, lines.count);
}

int
bw_ui_block_width(
    struct bw_ui_page *page, const struct bw_ui_block *block, const char *utf8)
{
    struct bw_ui_lines lines;
    bw_ui_text_wrap(page->kit.text, utf8, block->style, block->width,
        block->lines_max ? block->lines_max : BW_LINES_MAX, block->balanced, &lines);
    return lines.widest;
}

const char *
bw_ui_mark_name(const struct bw_ui_page *page, const struct bw_ui_mark *mark)
{
    return page->names + mark->name;
}

const struct bw_ui_target *
bw_ui_page_hit(const struct bw_ui_page *page, int x, int y)
{
    SDL_Point point = {.x = x, .y = y};
    for (int i = page->targets_count - 1; i >= 0; i--) {
        if (SDL_PointInRect(&point, &page->targets[i].rect)) {
            return &page->targets[i];
        }
    }
    return NULL;
}
