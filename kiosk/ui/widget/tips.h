/* A card that says what to do, and under it how, for visitors. Nothing here fails. UI
 * thread only. */
#ifndef BW_UI_TIPS_H
#define BW_UI_TIPS_H

#include "ui/draw/page.h"

struct bw_ui_tip {
    const char *icon, *key; /* the icon's file, the text's key */
};

/* The headline, or `shorter` (NULL: none) where it has no room, then as many of the tips
 * as there is room for, three at most. Texts are borrowed for the call. */
void bw_ui_tips_card(struct bw_ui_page *page, SDL_Rect card, const char *headline,
    const char *shorter, const struct bw_ui_tip *tips, int count);

#endif
