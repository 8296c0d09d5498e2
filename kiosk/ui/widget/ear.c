/* "Lees voor", and how loud. */
#include "ear.h"

#include "button.h"
#include "say.h"

SDL_Rect
bw_ui_ear_size(const struct bw_ui_page *page, const struct bw_view *view, bool above)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int more = view->aloud ? m->touch + bw_ui_mm(m, BW_GAP_MM) : 0;
    return (SDL_Rect){
        .w = m->touch + (above ? 0 : more), .h = m->touch + (above ? more : 0)};
}

static void
draw_louder(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect rect,
    bw_ui_colour ink, bw_ui_colour field)
{
    static const char *const bars[BW_VOLUME_LEVELS + 1] = {
        "sound-off", "volume-1", "volume-2", "volume-3", "volume-4"};
    char name[BW_WORDING_BYTES];
    struct bw_values values = {.n = view->volume, .m = BW_VOLUME_LEVELS};
    struct bw_ui_look look = {.kind = BW_BUTTON_SECONDARY,
        .fill = field,
        .ink = ink,
        .edge = ink,
        .icon = bars[view->volume],
        .text = "",
        .name = name};
    bw_ui_say(page, "louder", &values, name);
    bw_ui_look_draw(page, rect, &look, BW_ACTION_LOUDER, 0);
}

void
bw_ui_ear(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect rect,
    bw_ui_colour ink, bw_ui_colour paper, bw_ui_colour field)
{
    int touch = page->kit.metric->touch;
    char name[BW_WORDING_BYTES];
    struct bw_ui_look look = {.kind = BW_BUTTON_QUIET,
        .fill = view->aloud ? ink : BW_NO_COLOUR,
        .ink = view->aloud ? paper : ink,
        .edge = ink,
        .icon = "sound-on",
        .text = "",
        .name = name};
    bw_ui_say(page, view->aloud ? "aloud.on" : "aloud", NULL, name);
    SDL_Rect corner = {.x = rect.x + rect.w - touch,
        .y = rect.y + rect.h - touch,
        .w = touch,
        .h = touch};
    bw_ui_look_draw(page, corner, &look, BW_ACTION_READ_ALOUD, 0);
    if (view->aloud) {
        corner.x = rect.x;
        corner.y = rect.y;
        draw_louder(page, view, corner, ink, field);
    }
}
