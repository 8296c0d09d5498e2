/* Small parts: tags, panels, the dialog, the toast. */
#include "widget.h"

SDL_Rect
bw_centred(SDL_Rect area, int width, int height)
{
    return (SDL_Rect){.x = area.x + (area.w - width) / 2,
        .y = area.y + (area.h - height) / 2,
        .w = width,
        .h = height};
}

SDL_Rect
bw_inset(SDL_Rect rect, int by_x, int by_y)
{
    return (SDL_Rect){.x = rect.x + by_x,
        .y = rect.y + by_y,
        .w = rect.w - 2 * by_x,
        .h = rect.h - 2 * by_y};
}

int
bw_icon_px(const struct bw_page *page, double k, struct bw_style style)
{
    int own = bw_px(page->kit.metric, k);
    return own > style.px ? own : style.px;
}

int
bw_tag(struct bw_page *page, SDL_Rect area, const char *icon, int icon_px,
    struct bw_style style, bw_colour colour, const char *text)
{
    int gap = bw_px(page->kit.metric, 1.4);
    SDL_Rect at = {
        .x = area.x, .y = area.y + (area.h - icon_px) / 2, .w = icon_px, .h = icon_px};
    bw_page_icon(page, icon, at, colour);
    int used = bw_page_line_fit(page, area.x + icon_px + gap,
        area.y + (area.h - bw_line_height(style)) / 2, area.w - icon_px - gap, style,
        colour, text);
    return icon_px + gap + used;
}

SDL_Rect
bw_ear_size(const struct bw_page *page, const struct bw_view *view, bool above)
{
    const struct bw_metric *m = page->kit.metric;
    int more = view->aloud ? m->touch + bw_mm(m, BW_GAP_MM) : 0;
    return (SDL_Rect){
        .w = m->touch + (above ? 0 : more), .h = m->touch + (above ? more : 0)};
}

static void
draw_louder(struct bw_page *page, const struct bw_view *view, SDL_Rect rect,
    bw_colour ink, bw_colour field)
{
    static const char *const bars[BW_VOLUME_LEVELS + 1] = {
        "sound-off", "volume-1", "volume-2", "volume-3", "volume-4"};
    char name[BW_WORDING_BYTES];
    struct bw_values values = {.n = view->volume, .m = BW_VOLUME_LEVELS};
    struct bw_look look = {.kind = BW_BUTTON_SECONDARY,
        .fill = field,
        .ink = ink,
        .edge = ink,
        .icon = bars[view->volume],
        .text = "",
        .name = name};
    bw_say(page, "louder", &values, name);
    bw_look_draw(page, rect, &look, BW_ACTION_LOUDER, 0);
}

void
bw_ear(struct bw_page *page, const struct bw_view *view, SDL_Rect rect, bw_colour ink,
    bw_colour paper, bw_colour field)
{
    int touch = page->kit.metric->touch;
    char name[BW_WORDING_BYTES];
    struct bw_look look = {.kind = BW_BUTTON_QUIET,
        .fill = view->aloud ? ink : BW_NO_COLOUR,
        .ink = view->aloud ? paper : ink,
        .icon = "sound-on",
        .text = "",
        .name = name};
    bw_say(page, view->aloud ? "aloud.on" : "aloud", NULL, name);
    SDL_Rect corner = {.x = rect.x + rect.w - touch,
        .y = rect.y + rect.h - touch,
        .w = touch,
        .h = touch};
    bw_look_draw(page, corner, &look, BW_ACTION_READ_ALOUD, 0);
    if (view->aloud) {
        corner.x = rect.x;
        corner.y = rect.y;
        draw_louder(page, view, corner, ink, field);
    }
}

void
bw_panel(struct bw_page *page, SDL_Rect rect, bw_colour fill, bw_colour edge)
{
    const struct bw_metric *m = page->kit.metric;
    bw_page_bordered(page, rect, m->r2, fill, (m->line + 1) / 2, edge)->decoration = true;
}

static int
panel_padding(const struct bw_metric *m)
{
    return bw_px(m, m->portrait || m->room == BW_COMPACT ? 4 : 6);
}

int
bw_dialog_width(const struct bw_page *page)
{
    const struct bw_metric *m = page->kit.metric;
    int width = bw_px(m, m->portrait ? 82 : 112);
    int most = m->width_px - 2 * m->margin;
    return (width < most ? width : most) - 2 * panel_padding(m);
}

SDL_Rect
bw_dialog_panel(struct bw_page *page, int content_height)
{
    const struct bw_metric *m = page->kit.metric;
    int pad_x = panel_padding(m);
    int width = bw_dialog_width(page) + 2 * pad_x;
    int pad_y = bw_px(m, m->room == BW_COMPACT ? 3 : 5.5);
    int height = content_height + 2 * pad_y;
    int bottom = bw_px(m, m->portrait ? 30 : 14);
    if (bottom + height > m->height_px - m->gap) {
        bottom = (m->height_px - height) / 2;
    }
    SDL_Rect panel = {.x = (m->width_px - width) / 2,
        .y = m->height_px - bottom - height,
        .w = width,
        .h = height};
    bw_page_fill(page, (SDL_Rect){.w = m->width_px, .h = m->height_px}, BW_SCRIM);
    bw_page_cover(page);
    bw_page_round(page, panel, m->r3, BW_PAPIER);
    return bw_inset(panel, pad_x, pad_y);
}

static struct bw_look
dialog_look(const struct bw_button *button, const char *text)
{
    return (struct bw_look){.kind = button->kind, .icon = button->icon, .text = text};
}

void
bw_dialog(struct bw_page *page, const struct bw_view *view)
{
    const struct bw_metric *m = page->kit.metric;
    const struct bw_dialog_view *dialog = &view->dialog;
    char question[BW_WORDING_BYTES], more[BW_WORDING_BYTES] = "";
    char no[BW_WORDING_BYTES], yes[BW_WORDING_BYTES];
    if (!dialog->open) {
        return;
    }
    page->crowded = false;
    bw_say(page, dialog->question, &dialog->values, question);
    if (dialog->text[0]) {
        bw_say(page, dialog->text, &dialog->values, more);
    }
    bw_say(page, dialog->no.key, &dialog->values, no);
    bw_say(page, dialog->yes.key, &dialog->values, yes);
    int width = bw_px(m, m->portrait ? 74 : 100);
    int most = m->width_px - 2 * m->margin - bw_px(m, 8);
    width = width < most ? width : most;
    struct bw_block head = {
        .style = bw_page_style(page, m->portrait ? BW_T4 : BW_T5, BW_BLACK),
        .leading = 1.15,
        .width = width,
        .lines_max = 4,
        .balanced = true};
    struct bw_block body = {.style = bw_page_style(page, BW_T2, BW_MEDIUM),
        .leading = 1.28,
        .width = width,
        .lines_max = 4,
        .balanced = true};
    int head_h = bw_block_height(page, &head, question);
    int more_h = *more ? bw_block_height(page, &body, more) + bw_px(m, 1.4) : 0;
    int space = bw_px(m, m->room == BW_COMPACT ? 2.5 : 5);
    int button = bw_px(m, 11) > m->touch ? bw_px(m, 11) : m->touch;
    bool single = !dialog->no.key[0];
    bool stacked = m->portrait && !single;
    int buttons = stacked ? 2 * button + m->gap : button;
    SDL_Rect inside = bw_dialog_panel(page, head_h + more_h + space + buttons);
    int y = inside.y;
    y += bw_page_block(page, inside.x, y, &head, BW_INKT, question);
    if (*more) {
        bw_page_block(page, inside.x, y + bw_px(m, 1.4), &body, BW_INKT, more);
    }
    y += more_h + space;
    struct bw_look no_look = dialog_look(&dialog->no, no);
    struct bw_look yes_look = dialog_look(&dialog->yes, yes);
    int part = (inside.w - m->gap) * 2 / 5;
    SDL_Rect first = {.x = inside.x, .y = y, .w = part, .h = button};
    SDL_Rect second = {.x = inside.x + part + m->gap,
        .y = y,
        .w = inside.w - part - m->gap,
        .h = button};
    if (stacked) {
        first.w = second.w = inside.w;
        second.x = inside.x;
        first.y = y + button + m->gap;
    }
    if (single) {
        second = (SDL_Rect){.x = inside.x, .y = y, .w = inside.w, .h = button};
    } else {
        bw_look_draw(page, first, &no_look, dialog->no.action, dialog->no.index);
    }
    bw_look_draw(page, second, &yes_look, dialog->yes.action, dialog->yes.index);
}

void
bw_first_words(char *name)
{
    enum { CHARS_MOST = 24 };
    int chars = 0;
    char *blank = NULL; /* the last that fits */
    for (char *at = name; *at; at++) {
        if (*at == ' ' && (chars <= CHARS_MOST || !blank)) {
            blank = at;
        }
        chars += ((unsigned char)*at & 0xC0) != 0x80;
    }
    if (chars > CHARS_MOST && blank) {
        *blank = '\0';
    }
}

enum { TOAST_LINES = 2 };

static struct bw_block
toast_block(struct bw_page *page, int width)
{
    const struct bw_metric *m = page->kit.metric;
    struct bw_block block = {.style = bw_page_style(page, BW_T1, BW_BOLD),
        .leading = 1.15,
        .lines_max = TOAST_LINES,
        .balanced = true};
    block.width =
        width - 2 * bw_px(m, 2) - bw_icon_px(page, 4, block.style) - bw_px(m, 1.4);
    return block;
}

bool
bw_toast_fits(struct bw_page *page, int width, const char *text)
{
    struct bw_block block = toast_block(page, width);
    struct bw_lines lines = {.cut = true};
    if (block.width > bw_px(page->kit.metric, 10)) {
        bw_text_wrap(
            page->kit.text, text, block.style, block.width, TOAST_LINES, true, &lines);
    }
    return !lines.cut;
}

void
bw_toast(struct bw_page *page, SDL_Rect area, const char *icon, const char *text,
    const struct bw_row_button *button)
{
    const struct bw_metric *m = page->kit.metric;
    if (button) {
        int width = bw_look_width(page, &button->look);
        SDL_Rect right = {
            .x = area.x + area.w - width, .y = area.y, .w = width, .h = area.h};
        bw_look_draw(page, right, &button->look, button->action, button->index);
        area.w -= width + bw_px(m, 1.2);
    }
    bw_page_round(page, area, m->r2, BW_DIEP);
    SDL_Rect inside = bw_inset(area, bw_px(m, 2), 0);
    struct bw_block block = toast_block(page, area.w);
    int size = bw_icon_px(page, 4, block.style);
    int gap = bw_px(m, 1.4);
    int height = bw_block_height(page, &block, text);
    bw_page_icon(page, icon,
        (SDL_Rect){
            .x = inside.x, .y = area.y + (area.h - size) / 2, .w = size, .h = size},
        BW_WIT);
    bw_page_block(page, inside.x + size + gap, area.y + (area.h - height) / 2, &block,
        BW_WIT, text);
}
