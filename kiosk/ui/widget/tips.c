/* A card that says what to do, and how. */
#include "tips.h"

#include "parts.h"
#include "say.h"

enum { TIPS_MAX = 3 };

/* Height of the tip's row: of its icon or its lines. */
static int
tip_height(
    struct bw_ui_page *page, const struct bw_ui_block *line, int icon, const char *key)
{
    char text[BW_WORDING_BYTES];
    bw_ui_say(page, key, NULL, text);
    int height = bw_ui_block_height(page, line, text);
    return height > icon ? height : icon;
}

static void
draw_tip(struct bw_ui_page *page, const struct bw_ui_block *line,
    const struct bw_ui_tip *tip, SDL_Rect row, int icon)
{
    char text[BW_WORDING_BYTES];
    bw_ui_say(page, tip->key, NULL, text);
    int text_h = bw_ui_block_height(page, line, text);
    SDL_Rect at = {.x = row.x, .y = row.y + (row.h - icon) / 2, .w = icon, .h = icon};
    bw_ui_page_icon(page, tip->icon, at, BW_ZON);
    bw_ui_page_block(page, row.x + row.w - line->width, row.y + (row.h - text_h) / 2,
        line, BW_WIT, text);
}

/* What to do, then as many tips as there is room for, evenly. */
void
bw_ui_tips_card(struct bw_ui_page *page, SDL_Rect card, const char *headline,
    const char *shorter, const struct bw_ui_tip *tips, int count)
{
    const struct bw_ui_metric *m = page->kit.metric;
    const char *text = headline;
    int pad = bw_ui_px(m, m->size == BW_UI_ROOMY ? 2.8 : 2.6);
    int gap = bw_ui_px(m, m->size == BW_UI_ROOMY ? 1.7 : 1.4);
    bw_ui_page_round(page, card, m->r3, BW_GRACHT);
    SDL_Rect inside = bw_ui_inset(card, pad, pad);
    struct bw_ui_block head = {.style = bw_ui_page_style(page, BW_T5, BW_BLACK),
        .leading = 1.08,
        .width = inside.w,
        .lines_max = 5,
        .balanced = true};
    for (int type = BW_T4;
         type >= BW_T2 && bw_ui_block_height(page, &head, text) > inside.h; type--) {
        head.style = bw_ui_page_style(page, (enum bw_ui_type)type, BW_BLACK);
    }
    if (shorter && bw_ui_block_height(page, &head, text) > inside.h) {
        text = shorter;
    }
    struct bw_ui_block line = {.style = bw_ui_page_style(page, BW_T2, BW_MEDIUM),
        .leading = 1.15,
        .lines_max = 3};
    int icon = bw_ui_icon_px(page, 5, line.style);
    line.width = inside.w - icon - gap;
    int heights[TIPS_MAX];
    int shown = 0;
    int spare = inside.h - bw_ui_block_height(page, &head, text);
    for (; shown < count && shown < TIPS_MAX && !m->tiny; shown++) {
        heights[shown] = tip_height(page, &line, icon, tips[shown].key);
        if (heights[shown] + gap > spare) {
            break;
        }
        spare -= heights[shown] + gap;
    }
    int loose = shown ? spare / (shown + 1) : 0;
    int most = bw_ui_px(m, 1.4);
    loose = loose > most ? most : loose;
    int y = inside.y + (spare - loose * (shown + (shown > 0))) / 2;
    page->said = BW_SAID_HEADLINE;
    y += bw_ui_page_block(page, inside.x, y, &head, BW_WIT, text) + loose;
    page->said = BW_SAID_TO_DO;
    for (int i = 0; i < shown; i++) {
        y += gap + loose;
        SDL_Rect row = {.x = inside.x, .y = y, .w = inside.w, .h = heights[i]};
        draw_tip(page, &line, &tips[i], row, icon);
        y += heights[i];
    }
    page->said = BW_SAID_DETAIL;
}
