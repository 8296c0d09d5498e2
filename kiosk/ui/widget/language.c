/* In a circle from the language that is set, so that a button keeps its place however
 * often the language changes. */
#include "language.h"

int
bw_ui_language_buttons(struct bw_ui_page *page, struct bw_ui_look look, bool whole,
    bool one, struct bw_ui_bar_button *ret_buttons)
{
    const struct bw_ui_wording *wording = page->kit.wording;
    int now = (int)bw_ui_wording_language(wording);
    int all = bw_ui_wording_languages(wording);
    int others = all - 1;
    one = one || others > BW_UI_LANGUAGE_BUTTONS;
    int count = one ? 1 : others;
    for (int i = 0; i < count; i++) {
        enum bw_language other = (enum bw_language)((now + 1 + i) % all);
        look.icon = i == 0 ? "globe" : NULL;
        look.name = bw_ui_wording_in(wording, other, "lang");
        look.text = whole ? look.name : bw_ui_wording_in(wording, other, "lang.code");
        ret_buttons[i] =
            (struct bw_ui_bar_button){look, BW_ACTION_LANGUAGE, one ? 0 : (int)other + 1};
    }
    return count;
}

/* As they stand beside a clock: outlines. On a low panel the globe leaves its room to
 * the letters, where there are several. */
static int
outlined(struct bw_ui_page *page, bw_ui_colour ink, bool one,
    struct bw_ui_bar_button *ret_buttons)
{
    const struct bw_ui_metric *m = page->kit.metric;
    struct bw_ui_look look = {
        .kind = BW_BUTTON_QUIET, .ink = ink, .edge = ink, .icon_px = bw_ui_px(m, 3.4)};
    int count = bw_ui_language_buttons(page, look, false, one, ret_buttons);
    if (m->size == BW_UI_COMPACT && count > 1) {
        ret_buttons[0].look.icon = NULL;
    }
    return count;
}

int
bw_ui_languages_width(struct bw_ui_page *page)
{
    struct bw_ui_bar_button buttons[BW_UI_LANGUAGE_BUTTONS];
    int count = outlined(page, BW_INKT, false, buttons);
    int width = 0;
    for (int i = 0; i < count; i++) {
        width += bw_ui_look_width(page, &buttons[i].look) +
                 bw_ui_mm(page->kit.metric, BW_GAP_MM);
    }
    return width;
}

int
bw_ui_languages_draw(
    struct bw_ui_page *page, int right, int middle, bw_ui_colour ink, bool one)
{
    const struct bw_ui_metric *m = page->kit.metric;
    struct bw_ui_bar_button buttons[BW_UI_LANGUAGE_BUTTONS];
    int count = outlined(page, ink, one, buttons);
    int gap = bw_ui_mm(m, BW_GAP_MM);
    int x = right;
    for (int i = count - 1; i >= 0; i--) {
        int width = bw_ui_look_width(page, &buttons[i].look);
        x -= width;
        SDL_Rect rect = {.x = x, .y = middle - m->touch / 2, .w = width, .h = m->touch};
        rect.y = rect.y < 0 ? 0 : rect.y;
        bw_ui_look_draw(
            page, rect, &buttons[i].look, buttons[i].action, buttons[i].index);
        x -= gap;
    }
    return right - x;
}
