/* A line over the bottom, for a moment. */
#include "toast.h"

#include "parts.h"

enum { TOAST_LINES = 2 };

static struct bw_ui_block
toast_block(struct bw_ui_page *page, int width)
{
    const struct bw_ui_metric *m = page->kit.metric;
    struct bw_ui_block block = {.style = bw_ui_page_style(page, BW_T1, BW_BOLD),
        .leading = 1.15,
        .lines_max = TOAST_LINES,
        .balanced = true};
    block.width = width - 2 * bw_ui_px(m, 2) - bw_ui_icon_px(page, 4, block.style) -
                  bw_ui_px(m, 1.4);
    return block;
}

bool
bw_ui_toast_fits(struct bw_ui_page *page, int width, const char *text)
{
    struct bw_ui_block block = toast_block(page, width);
    struct bw_ui_lines lines = {.cut = true};
    if (block.width > bw_ui_px(page->kit.metric, 10)) {
        bw_ui_text_wrap(
            page->kit.text, text, block.style, block.width, TOAST_LINES, true, &lines);
    }
    return !lines.cut;
}

void
bw_ui_toast(struct bw_ui_page *page, SDL_Rect area, const char *icon, const char *text,
    const struct bw_ui_bar_button *button)
{
    const struct bw_ui_metric *m = page->kit.metric;
    if (button) {
        int width = bw_ui_look_width(page, &button->look);
        SDL_Rect right = {
            .x = area.x + area.w - width, .y = area.y, .w = width, .h = area.h};
        bw_ui_look_draw(page, right, &button->look, button->action, button->index);
        area.w -= width + bw_ui_px(m, 1.2);
    }
    bw_ui_page_round(page, area, m->r2, BW_DIEP);
    SDL_Rect inside = bw_ui_inset(area, bw_ui_px(m, 2), 0);
    struct bw_ui_block block = toast_block(page, area.w);
    int size = bw_ui_icon_px(page, 4, block.style);
    int gap = bw_ui_px(m, 1.4);
    int height = bw_ui_block_height(page, &block, text);
    bw_ui_page_icon(page, icon,
        (SDL_Rect){
            .x = inside.x, .y = area.y + (area.h - size) / 2, .w = size, .h = size},
        BW_WIT);
    bw_ui_page_block(page, inside.x + size + gap, area.y + (area.h - height) / 2, &block,
        BW_WIT, text);
}
