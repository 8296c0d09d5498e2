/* Small parts: tags, the mark, the clock, panels. */
#include "parts.h"

SDL_Rect
bw_ui_centred(SDL_Rect area, int width, int height)
{
    return (SDL_Rect){.x = area.x + (area.w - width) / 2,
        .y = area.y + (area.h - height) / 2,
        .w = width,
        .h = height};
}

SDL_Rect
bw_ui_inset(SDL_Rect rect, int by_x, int by_y)
{
    return (SDL_Rect){.x = rect.x + by_x,
        .y = rect.y + by_y,
        .w = rect.w - 2 * by_x,
        .h = rect.h - 2 * by_y};
}

int
bw_ui_icon_px(const struct bw_ui_page *page, double k, struct bw_ui_style style)
{
    int own = bw_ui_px(page->kit.metric, k);
    return own > style.px ? own : style.px;
}

int
bw_ui_tag(struct bw_ui_page *page, SDL_Rect area, const char *icon, int icon_px,
    struct bw_ui_style style, bw_ui_colour colour, const char *text)
{
    int gap = bw_ui_px(page->kit.metric, 1.4);
    SDL_Rect at = {
        .x = area.x, .y = area.y + (area.h - icon_px) / 2, .w = icon_px, .h = icon_px};
    bw_ui_page_icon(page, icon, at, colour);
    int used = bw_ui_page_line_fit(page, area.x + icon_px + gap,
        area.y + (area.h - bw_ui_line_height(style)) / 2, area.w - icon_px - gap, style,
        colour, text);
    return icon_px + gap + used;
}

void
bw_ui_logo(
    struct bw_ui_page *page, const char *name, int x, int y, int width, bw_ui_colour ink)
{
    SDL_Rect rect = {.x = x, .y = y, .w = width, .h = width};
    if (ink) {
        bw_ui_page_icon(page, "logo-mark-mono", rect, ink)->decoration = true;
    } else {
        bw_ui_page_scene(page, name, rect);
    }
}

void
bw_ui_clock(struct bw_ui_page *page, const struct bw_view *view, int right, int y,
    struct bw_ui_style style, bw_ui_colour colour)
{
    char text[32];
    bw_ui_wording_moment(
        page->kit.wording, BW_MOMENT_TIME, view->now_ms, text, sizeof text);
    enum bw_ui_said said = page->said;
    page->said = BW_SAID_ABOUT;
    bw_ui_page_line(page, right - bw_ui_text_width(page->kit.text, text, style), y, style,
        colour, text);
    page->said = said;
}

void
bw_ui_panel(struct bw_ui_page *page, SDL_Rect rect, bw_ui_colour fill, bw_ui_colour edge)
{
    const struct bw_ui_metric *m = page->kit.metric;
    bw_ui_page_bordered(page, rect, m->r2, fill, (m->line + 1) / 2, edge)->decoration =
        true;
}
