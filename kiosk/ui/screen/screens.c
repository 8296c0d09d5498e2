/* The table of screens, and what lies over any of them. */
#include "screen.h"

#include "ui/widget/widget.h"

static bw_ui_screen_draw *const screens[BW_SCREEN_COUNT] = {
    [BW_SCREEN_IDLE] = bw_ui_screen_idle,
    [BW_SCREEN_RESULT] = bw_ui_screen_result,
    [BW_SCREEN_SEARCH] = bw_ui_screen_search,
    [BW_SCREEN_PIN] = bw_ui_screen_pin,
    [BW_SCREEN_STAFF] = bw_ui_screen_staff,
    [BW_SCREEN_FORM] = bw_ui_screen_form,
    [BW_SCREEN_KIOSK] = bw_ui_screen_kiosk,
    [BW_SCREEN_FIRST_START] = bw_ui_screen_first_start,
    [BW_SCREEN_NO_ROSTER] = bw_ui_screen_no_roster,
    [BW_SCREEN_FAULT] = bw_ui_screen_fault,
    [BW_SCREEN_AGENDA] = bw_ui_screen_agenda,
    [BW_SCREEN_EVACUATION] = bw_ui_screen_evacuation,
    [BW_SCREEN_CHECK] = bw_ui_screen_check,
};

static void
move_down(struct bw_ui_page *page, int by)
{
    for (int i = 0; i < page->marks_count; i++) {
        page->marks[i].rect.y += by;
        page->marks[i].guide.y += by;
    }
    for (int i = 0; i < page->targets_count; i++) {
        page->targets[i].rect.y += by;
    }
}

static void
draw_rehearsal(struct bw_ui_page *page, int height)
{
    char text[BW_WORDING_BYTES];
    SDL_Rect bar = {.w = page->kit.metric->width_px, .h = height};
    page->reader = BW_ATTENDEE;
    page->must_read = true;
    struct bw_ui_style style = bw_ui_page_style(page, BW_T2, BW_BOLD);
    bw_ui_page_fill(page, bar, BW_PAARS);
    bw_ui_say(page, "re.bar", NULL, text);
    int width = bw_ui_text_width(page->kit.text, text, style);
    bw_ui_page_line_fit(page, (bar.w - width) / 2,
        (height - bw_ui_line_height(style)) / 2, bar.w, style, BW_WIT, text);
}

/* Below a rehearsal's bar the screen is a little lower, and laid out for that. */
void
bw_ui_screens_lay_out(
    struct bw_ui_page *page, const struct bw_ui_kit *kit, const struct bw_view *view)
{
    struct bw_ui_metric lower = *kit->metric;
    int bar = 0;
    bw_ui_page_init(page, kit);
    if (view->rehearsal) {
        bar = bw_ui_line_height(bw_ui_page_style(page, BW_T2, BW_BOLD)) + lower.r1;
        lower.height_px -= bar;
        page->kit.metric = &lower;
    }
    screens[view->screen](page, view);
    bw_ui_dialog(page, view);
    bw_ui_notice(page, view);
    if (bar) {
        move_down(page, bar);
        draw_rehearsal(page, bar);
    }
    page->kit.metric = kit->metric;
}
