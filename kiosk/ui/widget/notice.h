/* A line over any screen, for a moment: what came of a scan. UI thread only. */
#ifndef BW_UI_NOTICE_H
#define BW_UI_NOTICE_H

#include "ui/draw/page.h"

/* Over the header, whose words make room; nothing where the view has none. Two lines at
 * most on a panel of staff's, three for visitors. */
void bw_ui_notice(struct bw_ui_page *page, const struct bw_view *view);

#endif
