/* Lays parts under each other, centred in the area (at its top in portrait). What doesn't
 * fit is tried again a size smaller: first the name,
 * then the headline, then everything. */
#include "column.h"

#include "widget.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Sizes to try, from the drafts' own down. */
struct sizes {
    enum bw_ui_type name, headline, line, help;
    double spacing; /* of the drafts' distances */
};

static const struct sizes tries[] = {
    {BW_T8, BW_T7, BW_T4, BW_T3, 1}, /* where no scene stands beside */
    {BW_T8, BW_T6, BW_T4, BW_T3, 1},
    {BW_T8, BW_T6, BW_T4, BW_T2, 1},
    {BW_T7, BW_T6, BW_T4, BW_T2, 0.8},
    {BW_T7, BW_T6, BW_T3, BW_T2, 0.6},
    {BW_T6, BW_T5, BW_T3, BW_T2, 0.6},
    {BW_T6, BW_T5, BW_T2, BW_T1, 0.4},
    {BW_T5, BW_T4, BW_T2, BW_T1, 0.3},
    {BW_T4, BW_T3, BW_T1, BW_T1, 0.2},
};
enum { TRIES = sizeof tries / sizeof tries[0] };

void
bw_ui_column_init(struct bw_ui_column *column, struct bw_ui_page *page,
    const struct bw_ui_tone_look *tone, SDL_Rect area, int64_t since_ms, bool less_motion)
{
    *column = (struct bw_ui_column){.page = page,
        .tone = tone,
        .area = area,
        .since_ms = since_ms,
        .less_motion = less_motion,
        .headline_lines = 5,
        .help_lines = 5};
}

static struct bw_ui_column_part *
add(struct bw_ui_column *column, enum bw_ui_column_kind kind, const char *text)
{
    struct bw_ui_column_part *part = &column->parts[column->count];
    column->count += column->count < BW_COLUMN_PARTS;
    *part = (struct bw_ui_column_part){.kind = kind, .colour = column->tone->ink};
    snprintf(part->text, sizeof part->text, "%s", text);
    return part;
}

void
bw_ui_column_kicker(struct bw_ui_column *column, const char *icon, const char *text)
{
    struct bw_ui_column_part *part = add(column, BW_COLUMN_KICKER, text);
    snprintf(part->icon, sizeof part->icon, "%s", icon);
}

void
bw_ui_column_headline(struct bw_ui_column *column, const char *text, bw_ui_colour colour)
{
    add(column, BW_COLUMN_HEADLINE, text)->colour = colour;
}

void
bw_ui_column_name(struct bw_ui_column *column, const char *text, bw_ui_colour colour)
{
    add(column, BW_COLUMN_NAME, text)->colour = colour;
}

void
bw_ui_column_line(struct bw_ui_column *column, const char *icon, const char *text,
    enum bw_ui_weight weight)
{
    struct bw_ui_column_part *part = add(column, BW_COLUMN_LINE, text);
    part->weight = weight;
    snprintf(part->icon, sizeof part->icon, "%s", icon);
}

void
bw_ui_column_help(struct bw_ui_column *column, const char *text, bool loud)
{
    add(column, loud ? BW_COLUMN_HELP : BW_COLUMN_QUIET, text);
}

/* Room to the right for a part from y to `bottom`: beside the sign,
 * and left of the bridge. */
static int
width_at(const struct bw_ui_column *column, int y, int bottom, double most_k)
{
    const struct bw_ui_metric *m = column->page->kit.metric;
    int width = column->area.w;
    int most = bw_ui_px(m, most_k);
    if (y < column->area.y + column->beside_h) {
        width -= column->beside_w;
    }
    if (!SDL_RectEmpty(&column->box)) {
        int space = bw_ui_scene_space(column->scene, &column->box, bottom) -
                    column->area.x - bw_ui_px(m, 1.5);
        width = width > space ? space : width;
    }
    return most_k > 0 && width > most && m->size != BW_UI_COMPACT && !m->portrait ? most
                                                                                  : width;
}

static int
badge_size(const struct bw_ui_column *column, const struct sizes *sizes)
{
    struct bw_ui_style beside = bw_ui_page_style(column->page, BW_T3, BW_BOLD);
    return bw_ui_icon_px(column->page, sizes->spacing < 0.5 ? 5 : 7, beside);
}

struct laid {
    struct bw_ui_block block;
    int icon, gap, before, height;
};

static void
lay_name(const struct bw_ui_column *column, const struct bw_ui_column_part *part,
    enum bw_ui_type type, struct laid *laid)
{
    struct bw_ui_page *page = column->page;
    laid->block.leading = 1.05;
    for (int step = (int)type; step >= (type < BW_T6 ? (int)type : (int)BW_T6); step--) {
        laid->block.style = bw_ui_page_style(page, (enum bw_ui_type)step, BW_BLACK);
        laid->block.lines_max = 1;
        if (bw_ui_text_width(page->kit.text, part->text, laid->block.style) <=
            laid->block.width) {
            return;
        }
    }
    laid->block.lines_max = 2;
}

/* How the part is laid at that height, as if it reached down to `bottom`. */
static void
lay_between(const struct bw_ui_column *column, const struct bw_ui_column_part *part,
    const struct sizes *sizes, int y, int bottom, struct laid *laid)
{
    struct bw_ui_page *page = column->page;
    const struct bw_ui_metric *m = page->kit.metric;
    bool first = part == column->parts;
    double s = first ? 0 : sizes->spacing;
    *laid = (struct laid){0};
    switch (part->kind) {
    case BW_COLUMN_KICKER:
        laid->icon = badge_size(column, sizes);
        laid->gap = bw_ui_px(m, 1.8);
        laid->block =
            (struct bw_ui_block){.style = bw_ui_page_style(page, BW_T3, BW_BOLD),
                .leading = 1.2,
                .width = width_at(column, y, bottom, 0),
                .lines_max = 2};
        break;
    case BW_COLUMN_HEADLINE:
        laid->before = bw_ui_px(m, 2.4 * s);
        laid->block = (struct bw_ui_block){
            .style = bw_ui_page_style(page, sizes->headline, BW_BLACK),
            .leading = 1.06,
            .width = width_at(column, y, bottom, 78),
            .lines_max = column->headline_lines,
            .balanced = true};
        break;
    case BW_COLUMN_NAME:
        laid->block.width = width_at(column, y, bottom, 86);
        lay_name(column, part, sizes->name, laid);
        break;
    case BW_COLUMN_LINE:
        laid->before = bw_ui_px(m, 2 * s);
        laid->gap = bw_ui_px(m, 1.5);
        laid->block = (struct bw_ui_block){
            .style = bw_ui_page_style(page, sizes->line, part->weight),
            .leading = 1.2,
            .width = width_at(column, y, bottom, 0),
            .lines_max = 2,
            .balanced = true};
        laid->icon = bw_ui_icon_px(page, 5, laid->block.style);
        break;
    case BW_COLUMN_HELP:
    case BW_COLUMN_QUIET:
        laid->before = bw_ui_px(m, 2.4 * s);
        laid->block = (struct bw_ui_block){
            .style = bw_ui_page_style(
                page, part->kind == BW_COLUMN_HELP ? sizes->help : BW_T1, BW_MEDIUM),
            .leading = sizes->spacing < 0.3 ? 1.15 : 1.28,
            .width = width_at(column, y, bottom, 76),
            .lines_max = column->help_lines,
            .balanced = true};
        break;
    }
    laid->block.width -= laid->icon + laid->gap;
    laid->height = bw_ui_block_height(page, &laid->block, part->text);
    laid->height = laid->height > laid->icon ? laid->height : laid->icon;
}

static void
lay_part(const struct bw_ui_column *column, const struct bw_ui_column_part *part,
    const struct sizes *sizes, int y, struct laid *laid)
{
    lay_between(column, part, sizes, y, y, laid);
    for (int i = 0; i < 3; i++) {
        int before = laid->height;
        lay_between(column, part, sizes, y, y + laid->before + laid->height, laid);
        if (laid->height == before) {
            break;
        }
    }
}

static int
total_height(const struct bw_ui_column *column, const struct sizes *sizes, int top)
{
    int y = top;
    for (int i = 0; i < column->count; i++) {
        struct laid laid;
        lay_part(column, &column->parts[i], sizes, y, &laid);
        y += laid.before + laid.height;
    }
    return y - top;
}

static void
draw_badge(
    const struct bw_ui_column *column, const struct bw_ui_column_part *part, SDL_Rect box)
{
    const struct bw_ui_metric *m = column->page->kit.metric;
    double grown = 1;
    if (column->since_ms >= 0 && column->since_ms < BW_BADGE_MS && !column->less_motion) {
        grown = 0.8 + 0.2 * bw_ui_ease_back((double)column->since_ms / BW_BADGE_MS);
        bw_ui_page_again(column->page, 16);
    }
    int radius = column->tone->badge_round ? box.w / 2 : m->r2;
    bw_ui_page_round(column->page, box, radius, column->tone->badge);
    int icon = (int)lround(box.w * 0.64 * grown);
    bw_ui_page_icon(column->page, part->icon, bw_ui_centred(box, icon, icon),
        column->tone->badge_ink);
}

static void
draw_part(const struct bw_ui_column *column, const struct bw_ui_column_part *part,
    const struct laid *laid, int y)
{
    static const enum bw_ui_said said[] = {
        [BW_COLUMN_KICKER] = BW_SAID_HEADLINE,
        [BW_COLUMN_HEADLINE] = BW_SAID_HEADLINE,
        [BW_COLUMN_NAME] = BW_SAID_HEADLINE,
        [BW_COLUMN_LINE] = BW_SAID_DETAIL,
        [BW_COLUMN_HELP] = BW_SAID_TO_DO,
        [BW_COLUMN_QUIET] = BW_SAID_DETAIL,
    };
    struct bw_ui_page *page = column->page;
    int x = column->area.x;
    SDL_Rect box = {.x = x,
        .y = y + (laid->height - laid->icon) / 2,
        .w = laid->icon,
        .h = laid->icon};
    if (part->kind == BW_COLUMN_KICKER) {
        draw_badge(column, part, box);
    } else if (laid->icon) {
        bw_ui_page_icon(page, part->icon, box, part->colour);
    }
    int text_h = bw_ui_block_height(page, &laid->block, part->text);
    page->said = said[part->kind];
    if (part->kind == BW_COLUMN_LINE && part->weight == BW_BLACK) {
        page->said = BW_SAID_TO_DO; /* where to go */
    }
    bw_ui_page_block(page, x + laid->icon + laid->gap, y + (laid->height - text_h) / 2,
        &laid->block, part->colour, part->text);
    page->said = BW_SAID_DETAIL;
}

/* The first size that fits; TRIES where none does. */
static int
choose_size(const struct bw_ui_column *column, int space, int *ret_height)
{
    const struct bw_ui_metric *m = column->page->kit.metric;
    int chosen = m->size == BW_UI_COMPACT && !m->portrait ? 0 : 1;
    while (chosen < TRIES) {
        *ret_height = total_height(column, &tries[chosen], column->area.y);
        if (*ret_height <= space) {
            break;
        }
        chosen++;
    }
    return chosen;
}

/* Leaves the least needed part out: the school, the quiet line, the kicker. */
static bool
drop_part(struct bw_ui_column *column)
{
    static const enum bw_ui_column_kind order[] = {
        BW_COLUMN_LINE, BW_COLUMN_QUIET, BW_COLUMN_KICKER};
    for (size_t o = 0; o < sizeof order / sizeof order[0]; o++) {
        for (int i = column->count - 1; i >= 0; i--) {
            bool is_way =
                column->parts[i].kind == BW_COLUMN_LINE &&
                column->parts[i].weight == BW_BLACK; /* where to go: never left out */
            if (column->parts[i].kind == order[o] && !is_way) {
                memmove(&column->parts[i], &column->parts[i + 1],
                    (size_t)(column->count - i - 1) * sizeof column->parts[0]);
                column->count--;
                return true;
            }
        }
    }
    return false;
}

int
bw_ui_column_draw(struct bw_ui_column *column)
{
    const struct bw_ui_metric *m = column->page->kit.metric;
    int space = column->area.h - column->below_h;
    int height = 0;
    int chosen = choose_size(column, space, &height);
    while (chosen == TRIES && drop_part(column)) {
        chosen = choose_size(column, space, &height);
    }
    while (chosen == TRIES && column->headline_lines > 3) { /* what to do goes first */
        column->headline_lines--;
        chosen = choose_size(column, space, &height);
    }
    while (chosen == TRIES && column->help_lines > 1) {
        column->help_lines--;
        chosen = choose_size(column, space, &height);
    }
    chosen = chosen == TRIES ? TRIES - 1 : chosen;
    int y = column->area.y;
    if (!m->portrait &&
        height < space) { /* lower down, the bridge may leave less width */
        int shift = (space - height) / 2;
        while (shift > 0 &&
               shift + total_height(column, &tries[chosen], y + shift) > space) {
            shift = shift / 2;
        }
        y += shift;
    }
    if (column->since_ms >= 0 && column->since_ms < BW_IN_MS && !column->less_motion) {
        double part = bw_ui_ease_out((double)column->since_ms / BW_IN_MS);
        y += (int)lround((1 - part) * bw_ui_px(m, 2));
        column->page->part = (int)lround(60 + 195 * part);
        bw_ui_page_again(column->page, 16);
    }
    for (int i = 0; i < column->count; i++) {
        struct laid laid;
        lay_part(column, &column->parts[i], &tries[chosen], y, &laid);
        y += laid.before;
        draw_part(column, &column->parts[i], &laid, y);
        y += laid.height;
    }
    column->page->part = 255;
    return y;
}
