/* Every screen: a view to marks and targets. Layout only; no screen keeps anything.
 * UI thread. */
#ifndef BW_UI_SCREEN_H
#define BW_UI_SCREEN_H

#include "ui/draw/page.h"

typedef void bw_ui_screen_draw(struct bw_ui_page *page, const struct bw_view *view);

bw_ui_screen_draw bw_ui_screen_idle, bw_ui_screen_result, bw_ui_screen_search,
    bw_ui_screen_pin, bw_ui_screen_staff, bw_ui_screen_form, bw_ui_screen_kiosk,
    bw_ui_screen_first_start, bw_ui_screen_no_roster, bw_ui_screen_fault,
    bw_ui_screen_agenda, bw_ui_screen_evacuation, bw_ui_screen_check;

/* Lays the whole page out: the screen, its dialog, the rehearsal's bar. */
void bw_ui_screens_lay_out(
    struct bw_ui_page *page, const struct bw_ui_kit *kit, const struct bw_view *view);

/* Rows of the staff list on this screen. */
int bw_ui_screen_staff_rows(const struct bw_ui_metric *metric);

/* Names of those inside that fit on this screen. */
int bw_ui_screen_evacuation_rows(const struct bw_ui_metric *metric);

#endif
