/* A question over everything: scrim, panel, two ways on. */
#include "dialog.h"

#include "button.h"
#include "parts.h"
#include "say.h"

static int
panel_padding(const struct bw_ui_metric *m)
{
    return bw_ui_px(m, m->portrait || m->size == BW_UI_COMPACT ? 4 : 6);
}

int
bw_ui_dialog_width(const struct bw_ui_page *page)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int width = bw_ui_px(m, m->portrait ? 82 : 112);
    int most = m->width_px - 2 * m->margin;
    return (width < most ? width : most) - 2 * panel_padding(m);
}

SDL_Rect
bw_ui_dialog_panel(struct bw_ui_page *page, int content_height)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int pad_x = panel_padding(m);
    int width = bw_ui_dialog_width(page) + 2 * pad_x;
    int pad_y = bw_ui_px(m, m->size == BW_UI_COMPACT ? 3 : 5.5);
    int height = content_height + 2 * pad_y;
    int bottom = bw_ui_px(m, m->portrait ? 30 : 14);
    if (bottom + height > m->height_px - m->gap) {
        bottom = (m->height_px - height) / 2;
    }
    SDL_Rect panel = {.x = (m->width_px - width) / 2,
        .y = m->height_px - bottom - height,
        .w = width,
        .h = height};
    bw_ui_page_fill(page, (SDL_Rect){.w = m->width_px, .h = m->height_px}, BW_SCRIM);
    bw_ui_page_cover(page);
    bw_ui_page_round(page, panel, m->r3, BW_PAPIER);
    return bw_ui_inset(panel, pad_x, pad_y);
}

static struct bw_ui_look
dialog_look(const struct bw_button *button, const char *text)
{
    return (struct bw_ui_look){.kind = button->kind, .icon = button->icon, .text = text};
}

/* A question's two ways on within that line: side by side, or in portrait the quiet one
 * below; one alone takes it all. */
static void
draw_ways(struct bw_ui_page *page, const struct bw_dialog_view *dialog, SDL_Rect line,
    bool single, bool stacked)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char no[BW_WORDING_BYTES], yes[BW_WORDING_BYTES];
    bw_ui_say(page, dialog->no.key, &dialog->values, no);
    bw_ui_say(page, dialog->yes.key, &dialog->values, yes);
    struct bw_ui_look no_look = dialog_look(&dialog->no, no);
    struct bw_ui_look yes_look = dialog_look(&dialog->yes, yes);
    int part = (line.w - m->gap) * 2 / 5;
    SDL_Rect first = {.x = line.x, .y = line.y, .w = part, .h = line.h};
    SDL_Rect second = {.x = line.x + part + m->gap,
        .y = line.y,
        .w = line.w - part - m->gap,
        .h = line.h};
    if (stacked) {
        first.w = second.w = line.w;
        second.x = line.x;
        first.y = line.y + line.h + m->gap;
    }
    if (single) {
        second = line;
    } else {
        bw_ui_look_draw(page, first, &no_look, dialog->no.action, dialog->no.index);
    }
    bw_ui_look_draw(page, second, &yes_look, dialog->yes.action, dialog->yes.index);
}

void
bw_ui_dialog(struct bw_ui_page *page, const struct bw_view *view)
{
    const struct bw_ui_metric *m = page->kit.metric;
    const struct bw_dialog_view *dialog = &view->dialog;
    char question[BW_WORDING_BYTES], more[BW_WORDING_BYTES] = "";
    if (!dialog->open) {
        return;
    }
    page->crowded = false;
    bw_ui_say(page, dialog->question, &dialog->values, question);
    if (dialog->text[0]) {
        bw_ui_say(page, dialog->text, &dialog->values, more);
    }
    int width = bw_ui_px(m, m->portrait ? 74 : 100);
    int most = m->width_px - 2 * m->margin - bw_ui_px(m, 8);
    struct bw_ui_block head = {
        .style = bw_ui_page_style(page, m->portrait ? BW_T4 : BW_T5, BW_BLACK),
        .leading = 1.15,
        .width = width < most ? width : most,
        .lines_max = 4,
        .balanced = true};
    struct bw_ui_block body = head;
    body.style = bw_ui_page_style(page, BW_T2, BW_MEDIUM);
    body.leading = 1.28;
    int head_h = bw_ui_block_height(page, &head, question);
    int more_h = *more ? bw_ui_block_height(page, &body, more) + bw_ui_px(m, 1.4) : 0;
    int space = bw_ui_px(m, m->size == BW_UI_COMPACT ? 2.5 : 5);
    int button = bw_ui_px(m, 11) > m->touch ? bw_ui_px(m, 11) : m->touch;
    bool single = !dialog->no.key[0];
    bool stacked = m->portrait && !single;
    int buttons = stacked ? 2 * button + m->gap : button;
    SDL_Rect inside = bw_ui_dialog_panel(page, head_h + more_h + space + buttons);
    int y = inside.y;
    page->said = BW_SAID_HEADLINE;
    y += bw_ui_page_block(page, inside.x, y, &head, BW_INKT, question);
    page->said = BW_SAID_TO_DO;
    if (*more) {
        bw_ui_page_block(page, inside.x, y + bw_ui_px(m, 1.4), &body, BW_INKT, more);
    }
    page->said = BW_SAID_DETAIL;
    y += more_h + space;
    draw_ways(page, dialog, (SDL_Rect){.x = inside.x, .y = y, .w = inside.w, .h = button},
        single, stacked);
}
