/* Parts of the staff screens. Lengths are pixels. Nothing here fails. UI thread. */
#ifndef BW_UI_STAFF_H
#define BW_UI_STAFF_H

#include "ui/draw/page.h"

/* The person's name as it fits: whole, with short particles, with an ellipsis.
 * ret_line has BW_LINE_BYTES. */
void bw_ui_name_fit(struct bw_ui_page *page, const char *first, const char *last,
    struct bw_ui_style style, int width, char *ret_line);

/* Ring, numbers, and in a full house what that means. */
void bw_ui_staff_overview(
    struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area);

/* The list's age, what is still to send, the other kiosks. */
void bw_ui_staff_sync(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area);

/* Two lines, as close as they may be. */
int bw_ui_staff_row_height(const struct bw_ui_metric *metric);

/* One person in a list; `index` is the row's. `with_actions` draws its button. */
void bw_ui_staff_row(struct bw_ui_page *page, const struct bw_view *view,
    const struct bw_row_view *row, int index, SDL_Rect rect, bool with_actions);

/* What stands on the list: Verwacht, Aanwezig, Wachtlijst, Gasten. */
void bw_ui_staff_tabs(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area);

/* The letters to jump to, in place of the rows. */
void bw_ui_staff_letters(struct bw_ui_page *page, SDL_Rect area);

/* The line under a list. */
void bw_ui_staff_bottom(
    struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area);

/* What else can be done with a row: a panel over everything. */
void bw_ui_staff_more(struct bw_ui_page *page, const struct bw_view *view);

/* What happened to the person of the row that is open, the newest last: as much of it as
 * the area has room for. Returns the height it takes; draws it only where asked. */
int bw_ui_staff_history(struct bw_ui_page *page, const struct bw_view *view,
    struct bw_ui_style style, SDL_Rect area, bool draw);

/* What the row says of the person: "aanwezig 13.14"; and its icon's name, static: nobody
 * frees it. */
void bw_ui_person_status(struct bw_ui_page *page, const struct bw_view *view,
    const struct bw_list_entry *row, const char **ret_icon,
    char ret_text[BW_WORDING_BYTES]);

#endif
