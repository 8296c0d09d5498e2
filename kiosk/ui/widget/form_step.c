/* The form's first steps: for whom it is, from which region. See form.h. */
#include "form.h"

#include "widget.h"

/* The most that an answer, or a region, is high. */
enum { ANSWER_U = 36, REGION_U = 18 };

/* Where a question of that height begins, so that what answers it stands below the first
 * third. */
static int
below_third(const struct bw_ui_metric *m, int y, int height)
{
    int third = m->height_px / 3 - height;
    return y + bw_ui_px(m, 1) > third ? y + bw_ui_px(m, 1) : third;
}

void
bw_ui_form_audience(struct bw_ui_page *page, int y, int bottom)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char ask[BW_WORDING_BYTES], yes[BW_WORDING_BYTES], no[BW_WORDING_BYTES];
    int left = m->margin;
    int width = m->width_px - 2 * left;
    bw_ui_say(page, "wi.ask", NULL, ask);
    bw_ui_say(page, "wi.yes", NULL, yes);
    bw_ui_say(page, "wi.nee", NULL, no);
    struct bw_ui_block block = {.style = bw_ui_page_style(page, BW_T5, BW_BOLD),
        .leading = 1.2,
        .width = width,
        .lines_max = 2,
        .balanced = true};
    y = below_third(m, y, bw_ui_block_height(page, &block, ask) + bw_ui_px(m, 3));
    y += bw_ui_page_block(page, left, y, &block, BW_INKT, ask) + bw_ui_px(m, 3);
    int height = bottom - y; /* the answers are all there is to touch */
    height = height > bw_ui_px(m, ANSWER_U) ? bw_ui_px(m, ANSWER_U) : height;
    height = height < m->touch ? m->touch : height;
    int part = (width - m->gap) / 2;
    struct bw_ui_look yes_look = {.kind = BW_BUTTON_PRIMARY,
        .icon = "check",
        .text = yes,
        .type = BW_T5,
        .icon_px = bw_ui_px(m, 6)};
    struct bw_ui_look no_look = {.kind = BW_BUTTON_SECONDARY,
        .icon = "close",
        .text = no,
        .type = BW_T5,
        .icon_px = bw_ui_px(m, 6)};
    bw_ui_look_draw(page, (SDL_Rect){.x = left, .y = y, .w = part, .h = height},
        &yes_look, BW_ACTION_AUDIENCE_YES, 0);
    bw_ui_look_draw(page,
        (SDL_Rect){.x = left + part + m->gap, .y = y, .w = part, .h = height}, &no_look,
        BW_ACTION_AUDIENCE_NO, 0);
}

void
bw_ui_form_referral(struct bw_ui_page *page, const struct bw_view *view, int y)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    const char *key = view->form.referral[0] ? view->form.referral : "wi.no";
    bw_ui_say(page, key, &view->form.values, text);
    struct bw_ui_block block = {.style = bw_ui_page_style(page, BW_T5, BW_MEDIUM),
        .leading = 1.35,
        .width = m->width_px - 2 * m->margin,
        .lines_max = 8,
        .balanced = true};
    block.width = block.width > bw_ui_px(m, 116) ? bw_ui_px(m, 116) : block.width;
    bw_ui_page_block(page, m->margin, y + bw_ui_px(m, 5), &block, BW_INKT, text);
}

void
bw_ui_form_regions(struct bw_ui_page *page, const struct bw_view *view, int y, int bottom)
{
    const struct bw_ui_metric *m = page->kit.metric;
    const struct bw_overview *o = &view->overview;
    char ask[BW_WORDING_BYTES];
    int left = m->margin;
    int width = m->width_px - 2 * left;
    bw_ui_say(page, "wi.regionq", NULL, ask);
    struct bw_ui_style style = bw_ui_page_style(page, BW_T5, BW_BOLD);
    y = below_third(m, y, bw_ui_line_height(style) + bw_ui_px(m, 2));
    bw_ui_page_line_fit(page, left, y, width, style, BW_INKT, ask);
    y += bw_ui_line_height(style) + bw_ui_px(m, 2);
    int count = o->regions_count + 1; /* the last: another one */
    int columns = m->portrait ? 2 : 3;
    int fits = (bottom - y + m->gap) / (m->touch + m->gap);
    while (columns < 5 && count > columns * fits) {
        columns++;
    }
    int rows = (count + columns - 1) / columns;
    int height = (bottom - y - (rows - 1) * m->gap) / rows;
    int most = bw_ui_px(m, REGION_U) > m->touch ? bw_ui_px(m, REGION_U) : m->touch;
    height = height > most ? most : height < m->touch ? m->touch : height;
    int part = (width - (columns - 1) * m->gap) / columns;
    for (int i = 0; i < count; i++) {
        char region[BW_WORDING_BYTES];
        bool other = i == o->regions_count;
        bool here = !other && SDL_strcmp(o->regions[i], o->session.region) == 0;
        if (other) {
            bw_ui_say(page, "wi.other", NULL, region);
        } else {
            bw_ui_wording_clean(o->regions[i], region, sizeof region);
        }
        struct bw_ui_look look = {.kind = here ? BW_BUTTON_PRIMARY : BW_BUTTON_SECONDARY,
            .icon = here    ? "pin"
                    : other ? "edit"
                            : NULL,
            .text = region,
            .type = m->size == BW_UI_COMPACT || count > 9 ? BW_T2 : BW_T4};
        SDL_Rect rect = {.x = left + i % columns * (part + m->gap),
            .y = y + i / columns * (height + m->gap),
            .w = part,
            .h = height};
        bw_ui_look_draw(page, rect, &look, BW_ACTION_REGION, i);
    }
}
