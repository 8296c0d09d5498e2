/* Buttons: the only things that react. A label takes one line, two where it must. */
#include "button.h"

#include <assert.h>
#include <string.h>

/* Of lines that would touch the button's edges. */
#define TIGHT_LEADING 0.92

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
    k = look->tight ? k / 2 : k;
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
    if (text_h > rect.h) {
        block.leading = TIGHT_LEADING;
        text_h = bw_ui_block_height(page, &block, look->text);
    }
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

static int
longest_word(struct bw_ui_page *page, struct bw_ui_style style, const char *text)
{
    int longest = 0;
    for (const char *at = text; *at;) {
        char word[256];
        size_t bytes = strcspn(at, " \n");
        if (bytes > 0 && bytes < sizeof word) {
            memcpy(word, at, bytes);
            word[bytes] = '\0';
            int width = bw_ui_text_width(page->kit.text, word, style);
            longest = width > longest ? width : longest;
        }
        at += bytes + (at[bytes] != '\0');
    }
    return longest;
}

/* Of a button whose words stay whole. */
static int
least_width(struct bw_ui_page *page, const struct bw_ui_look *look)
{
    int width =
        overhead(page, look) + longest_word(page, label_style(page, look), look->text);
    return width < page->kit.metric->touch ? page->kit.metric->touch : width;
}

/* A label that needs its icon's place to stay on one line gets it; where a word would
 * break even so, the icon stands for it. */
static struct bw_ui_look
fitted(struct bw_ui_page *page, const struct bw_ui_look *look, int width)
{
    struct bw_ui_look bare = *look, alone = *look;
    bare.icon = look->stacked ? look->icon : NULL;
    alone.name = look->name ? look->name : look->text;
    alone.text = "";
    if (!has_icon(look) || !*look->text || bw_ui_look_lines_width(page, look) <= width) {
        return *look;
    }
    if (least_width(page, &bare) > width) {
        return alone;
    }
    return bw_ui_look_lines_width(page, &bare) <= width ? bare : *look;
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

/* As wide as their labels, or narrower by `over` in all: each by its label's part of all
 * labels; but none so that it breaks a word, while others have more than they need. */
static void
bar_widths(struct bw_ui_page *page, int over, const struct bw_ui_bar_button *buttons,
    int count, int ret_widths[static BW_UI_BAR_MAX])
{
    int labels = 0, spare = 0, short_of = 0;
    for (int i = 0; i < count; i++) {
        ret_widths[i] = bw_ui_look_width(page, &buttons[i].look);
        labels += ret_widths[i] - overhead(page, &buttons[i].look);
    }
    for (int i = 0; i < count && over > 0 && labels > 0; i++) {
        int label = ret_widths[i] - overhead(page, &buttons[i].look);
        int least = least_width(page, &buttons[i].look);
        ret_widths[i] -= (int)((long)label * over / labels) + 1;
        spare += ret_widths[i] > least ? ret_widths[i] - least : 0;
        short_of += ret_widths[i] < least ? least - ret_widths[i] : 0;
        ret_widths[i] = ret_widths[i] < least ? least : ret_widths[i];
    }
    for (int i = 0; i < count && short_of > 0 && spare > 0; i++) {
        int more = ret_widths[i] - least_width(page, &buttons[i].look);
        int less = short_of < spare ? (int)((long)more * short_of / spare) : more;
        ret_widths[i] -= less;
    }
}

static int
sum_of(const struct bw_ui_page *page, const int *widths, int count)
{
    int sum = page->kit.metric->gap * (count - 1);
    for (int i = 0; i < count; i++) {
        sum += widths[i];
    }
    return sum;
}

int
bw_ui_button_bar(struct bw_ui_page *page, SDL_Rect area, int height, bool to_right,
    struct bw_ui_bar_button *buttons, int count)
{
    int widths[BW_UI_BAR_MAX], gap = page->kit.metric->gap;
    assert(count <= BW_UI_BAR_MAX);
    bar_widths(page, 0, buttons, count, widths);
    for (int i = 0; i < count && sum_of(page, widths, count) > area.w; i++) {
        buttons[i].look.icon = *buttons[i].look.text ? NULL : buttons[i].look.icon;
        bar_widths(page, 0, buttons, count, widths);
    }
    bar_widths(page, sum_of(page, widths, count) - area.w, buttons, count, widths);
    int sum = sum_of(page, widths, count);
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
