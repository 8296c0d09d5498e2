/* Buttons: the only things that react. A label takes one line, two where it must. */
#include "button.h"

#include <assert.h>
#include <string.h>

struct colours {
    bw_ui_colour fill, ink, edge;
};

static const struct colours kinds[] = {
    [BW_BUTTON_SUN] = {BW_ZON, BW_INKT, BW_NO_COLOUR},
    [BW_BUTTON_PRIMARY] = {BW_GRACHT, BW_WIT, BW_NO_COLOUR},
    [BW_BUTTON_SECONDARY] = {BW_WIT, BW_GRACHT, BW_GRACHT},
    [BW_BUTTON_QUIET] = {BW_NO_COLOUR, BW_STEEN, BW_NO_COLOUR},
    [BW_BUTTON_OFF] = {BW_MIST, BW_STEEN, BW_RAND},
};

static struct colours
colours_of(const struct bw_ui_look *look)
{
    struct colours c = kinds[look->kind];
    c.fill = look->fill ? look->fill : c.fill;
    c.ink = look->ink ? look->ink : c.ink;
    c.edge = look->edge ? look->edge : c.edge;
    return c;
}

static struct bw_ui_style
label_style(const struct bw_ui_page *page, const struct bw_ui_look *look)
{
    enum bw_ui_type type = look->small ? BW_T1 : look->type ? look->type : BW_T2;
    return bw_ui_page_style(
        page, type, look->kind == BW_BUTTON_QUIET ? BW_MEDIUM : BW_BOLD);
}

static bool
has_icon(const struct bw_ui_look *look)
{
    return look->icon && *look->icon;
}

static int
icon_px(const struct bw_ui_page *page, const struct bw_ui_look *look)
{
    if (!has_icon(look)) {
        return 0;
    }
    int label = label_style(page, look).px;
    int own = look->icon_px ? look->icon_px : bw_ui_px(page->kit.metric, 4);
    return own > label ? own : label;
}

static int
padding(const struct bw_ui_page *page, const struct bw_ui_look *look)
{
    double k = look->kind == BW_BUTTON_QUIET ? 1 : look->left ? 2 : 2.6;
    return bw_ui_px(
        page->kit.metric, page->kit.metric->size == BW_UI_COMPACT ? k * 0.7 : k);
}

static int
between(const struct bw_ui_page *page)
{
    return bw_ui_px(page->kit.metric, 1.5);
}

/* Beside the label: padding, icon, count. */
static int
overhead(struct bw_ui_page *page, const struct bw_ui_look *look)
{
    int sum = 2 * padding(page, look);
    if (has_icon(look) && !look->stacked) {
        sum += icon_px(page, look) + (*look->text ? between(page) : 0);
    }
    if (look->count) {
        sum += between(page) +
               bw_ui_text_width(page->kit.text, look->count, label_style(page, look));
    }
    return sum;
}

static struct bw_ui_block
label_block(struct bw_ui_page *page, const struct bw_ui_look *look, int width)
{
    return (struct bw_ui_block){.style = label_style(page, look),
        .leading = 1.1,
        .width = width - overhead(page, look),
        .lines_max = 6,
        .balanced = true,
        .align = look->stacked ? BW_CENTRE : BW_LEFT};
}

int
bw_ui_look_width(struct bw_ui_page *page, const struct bw_ui_look *look)
{
    int width = overhead(page, look) +
                bw_ui_text_width(page->kit.text, look->text, label_style(page, look));
    return width < page->kit.metric->touch ? page->kit.metric->touch : width;
}

int
bw_ui_look_lines_width(struct bw_ui_page *page, const struct bw_ui_look *look)
{
    struct bw_ui_block block = label_block(page, look, page->kit.metric->width_px);
    block.balanced = false;
    int width = overhead(page, look) + bw_ui_block_width(page, &block, look->text);
    return width < page->kit.metric->touch ? page->kit.metric->touch : width;
}

int
bw_ui_look_height(struct bw_ui_page *page, const struct bw_ui_look *look, int width)
{
    struct bw_ui_block block = label_block(page, look, width);
    int height =
        bw_ui_block_height(page, &block, look->text) + bw_ui_px(page->kit.metric, 1.6);
    return height < page->kit.metric->touch ? page->kit.metric->touch : height;
}

static void
draw_box(struct bw_ui_page *page, SDL_Rect rect, const struct bw_ui_look *look,
    const struct colours *c, bool pressed)
{
    const struct bw_ui_metric *metric = page->kit.metric;
    bw_ui_colour fill = c->fill;
    if (pressed) {
        fill = fill ? bw_ui_colour_pressed(fill) : BW_PANEEL_RAND;
    }
    if (!fill && !c->edge) {
        return;
    }
    struct bw_ui_mark *box =
        bw_ui_page_bordered(page, rect, look->radius ? look->radius : metric->r2, fill,
            c->edge ? metric->line : 0, c->edge);
    box->dashed = look->kind == BW_BUTTON_OFF;
}

static void
draw_label(struct bw_ui_page *page, SDL_Rect rect, const struct bw_ui_look *look,
    bw_ui_colour ink)
{
    struct bw_ui_block block = label_block(page, look, rect.w);
    int text_w = bw_ui_block_width(page, &block, look->text);
    int text_h = bw_ui_block_height(page, &block, look->text);
    int icon = icon_px(page, look);
    int gap = icon && *look->text ? between(page) : 0;
    int x = rect.x + padding(page, look);
    if (look->stacked) {
        int top = rect.y + (rect.h - icon - text_h - gap / 4) / 2;
        SDL_Rect at = {.x = rect.x + (rect.w - icon) / 2, .y = top, .w = icon, .h = icon};
        bw_ui_page_icon(page, look->icon, at, ink);
        bw_ui_page_block(page, x, top + icon + gap / 4, &block, ink, look->text);
        return;
    }
    if (!look->left) {
        x = rect.x + (rect.w - icon - gap - text_w) / 2;
    }
    if (icon) {
        SDL_Rect at = {.x = x, .y = rect.y + (rect.h - icon) / 2, .w = icon, .h = icon};
        bw_ui_page_icon(page, look->icon, at, ink);
        x += icon + gap;
    }
    bw_ui_page_block(page, x, rect.y + (rect.h - text_h) / 2, &block, ink, look->text);
    if (look->count) {
        struct bw_ui_style style = label_style(page, look);
        style.weight = BW_BLACK;
        int width = bw_ui_text_width(page->kit.text, look->count, style);
        bw_ui_page_line(page, rect.x + rect.w - padding(page, look) - width,
            rect.y + (rect.h - bw_ui_line_height(style)) / 2, style, ink, look->count);
    }
}

/* A label that needs its icon's place to stay on one line gets it. */
static struct bw_ui_look
fitted(struct bw_ui_page *page, const struct bw_ui_look *look, int width)
{
    struct bw_ui_look bare = *look;
    bare.icon = NULL;
    bool wants = has_icon(look) && *look->text && !look->stacked &&
                 bw_ui_look_lines_width(page, look) > width;
    if (wants && bw_ui_look_lines_width(page, &bare) <= width) {
        return bare;
    }
    return *look;
}

void
bw_ui_look_draw(struct bw_ui_page *page, SDL_Rect rect, const struct bw_ui_look *wanted,
    enum bw_action action, int index)
{
    struct bw_ui_look kept = fitted(page, wanted, rect.w);
    const struct bw_ui_look *look = &kept;
    struct colours c = colours_of(look);
    bool pressed = action != BW_ACTION_NONE && page->kit.pressed == action &&
                   page->kit.pressed_index == index;
    draw_box(page, rect, look, &c, pressed);
    enum bw_ui_said said = page->said;
    page->said = action == BW_ACTION_NONE ? said : BW_SAID_BY_NAME;
    draw_label(page, rect, look, c.ink);
    page->said = said;
    if (action != BW_ACTION_NONE) {
        bw_ui_page_target(page, rect, action, index);
        bw_ui_page_name(page, look->name ? look->name : look->text);
        page->targets[page->targets_count - 1].primary = look->kind == BW_BUTTON_PRIMARY;
        page->targets[page->targets_count - 1].sunny = look->kind == BW_BUTTON_SUN;
    }
}

bool
bw_ui_button_bar_fits(
    struct bw_ui_page *page, int space, const struct bw_ui_bar_button *buttons, int count)
{
    int sum = (count - 1) * page->kit.metric->gap;
    for (int i = 0; i < count; i++) {
        struct bw_ui_look bare = buttons[i].look;
        bare.icon = *bare.text ? NULL : bare.icon;
        sum += bw_ui_look_width(page, &bare);
    }
    return sum <= space;
}

int
bw_ui_button_bar(struct bw_ui_page *page, SDL_Rect area, int height, bool to_right,
    struct bw_ui_bar_button *buttons, int count)
{
    int widths[BW_UI_BAR_MAX];
    assert(count <= BW_UI_BAR_MAX);
    int gap = page->kit.metric->gap;
    int natural = 0;
    int fixed = gap * (count - 1);
    for (int i = 0; i < count; i++) {
        widths[i] = bw_ui_look_width(page, &buttons[i].look);
        natural += widths[i];
        fixed += overhead(page, &buttons[i].look);
    }
    for (int i = 0; i < count && natural + gap * (count - 1) > area.w; i++) {
        natural -= widths[i]; /* icons go before words are broken */
        fixed -= overhead(page, &buttons[i].look);
        buttons[i].look.icon = *buttons[i].look.text ? NULL : buttons[i].look.icon;
        widths[i] = bw_ui_look_width(page, &buttons[i].look);
        natural += widths[i];
        fixed += overhead(page, &buttons[i].look);
    }
    int over = natural + gap * (count - 1) - area.w;
    int labels = natural + gap * (count - 1) - fixed;
    int sum = gap * (count - 1);
    for (int i = 0; i < count; i++) {
        if (over > 0 && labels > 0) {
            int label = widths[i] - overhead(page, &buttons[i].look);
            int less = (int)((long)label * over / labels) + 1;
            widths[i] -= less;
            widths[i] =
                widths[i] < page->kit.metric->touch ? page->kit.metric->touch : widths[i];
        }
        sum += widths[i];
    }
    int x = to_right ? area.x + area.w - sum : area.x;
    for (int i = 0; i < count; i++) {
        SDL_Rect rect = {
            .x = x, .y = area.y + (area.h - height) / 2, .w = widths[i], .h = height};
        bw_ui_look_draw(
            page, rect, &buttons[i].look, buttons[i].action, buttons[i].index);
        x += widths[i] + gap;
    }
    return sum;
}
