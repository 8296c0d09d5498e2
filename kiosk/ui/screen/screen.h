/* Every screen: a view to marks and targets. Layout only; no screen keeps anything.
 * UI thread. */
#ifndef BW_UI_SCREEN_H
#define BW_UI_SCREEN_H

#include "ui/draw/page.h"

typedef void bw_screen_draw(struct bw_page *page, const struct bw_view *view);

bw_screen_draw bw_screen_idle, bw_screen_result, bw_screen_search, bw_screen_pin,
    bw_screen_staff, bw_screen_form, bw_screen_kiosk, bw_screen_first_start,
    bw_screen_no_roster, bw_screen_fault, bw_screen_agenda, bw_screen_evacuation,
    bw_screen_check;

/* Lays the whole page out: the screen, its dialog, the rehearsal's bar. */
void bw_screens_lay_out(
    struct bw_page *page, const struct bw_kit *kit, const struct bw_view *view);

/* Rows of the staff list on this screen. */
int bw_screen_staff_rows(const struct bw_metric *metric);

/* Names of those inside that fit on this screen. */
int bw_screen_evacuation_rows(const struct bw_metric *metric);

/* Illustration's file name and width, for preparation; false after the last. */
bool bw_scene_prepare(
    const struct bw_metric *metric, int number, const char **ret_name, int *ret_width);

#endif
