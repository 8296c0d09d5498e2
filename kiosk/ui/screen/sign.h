/* The sign of a result: a table, a place and a time, the free places; and the signpost of
 * 04. Lengths are pixels. UI thread only. */
#ifndef BW_UI_SIGN_H
#define BW_UI_SIGN_H

#include "ui/draw/page.h"
#include "ui/widget/scene.h"

enum { BW_UI_SIGN_FACTS = 3 };

struct bw_ui_sign_fact {
    const char *icon;
    char text[BW_WORDING_BYTES];
};

/* Made anew with every page: a value, laid out by bw_ui_sign_init. */
struct bw_ui_sign {
    int width, height; /* 0 where the view has none */
    int count;
    int pad_x, pad_y, gap, between, icon;
    struct bw_ui_block block;
    int heights[BW_UI_SIGN_FACTS];
    struct bw_ui_sign_fact facts[BW_UI_SIGN_FACTS];
};

/* Measures the view's sign, no wider than that. */
void bw_ui_sign_init(struct bw_ui_sign *sign, struct bw_ui_page *page,
    const struct bw_view *view, int width_max);

/* Draws it with its top left there; nothing where there is none. */
void bw_ui_sign_draw(const struct bw_ui_sign *sign, struct bw_ui_page *page,
    const struct bw_ui_tone_look *tone, int x, int y);

/* The words of the illustration's signpost, which stands in `box`. */
void bw_ui_signpost_draw(
    struct bw_ui_page *page, const struct bw_view *view, const SDL_Rect *box);

#endif
