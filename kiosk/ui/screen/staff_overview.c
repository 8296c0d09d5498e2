/* How it stands, for staff: the house, and whether everything is safe. */
#include "staff.h"

#include "ui/widget/widget.h"
#include <stdio.h>
#include <string.h>

void
bw_ui_staff_overview(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    const struct bw_ledger *ledger = &view->overview.ledger;
    bool full = view->staff.full;
    char head[BW_WORDING_BYTES], more[BW_WORDING_BYTES], did[BW_WORDING_BYTES];
    struct bw_values values = {
        .cap = ledger->capacity, .w = ledger->waitlisted + ledger->queued};
    bw_ui_figures(page, view, head);
    bw_ui_figures_release(page, view, did);
    bw_ui_say(page, full ? "wl.fullp" : "st.sum", &values, more);
    if (*did && !full) { /* what matters now */
        memcpy(more, did, sizeof more);
    }
    bw_ui_panel(page, area, full ? BW_WACHT : BW_WIT, full ? BW_INKT : BW_PANEEL_RAND);
    int ring = area.h - bw_ui_px(m, 1.6);
    int x = area.x + bw_ui_px(m, 2);
    bw_ui_figures_ring(page, view,
        (SDL_Rect){.x = x, .y = area.y + (area.h - ring) / 2, .w = ring, .h = ring},
        full ? BW_INKT : BW_GRACHT);
    x += ring + bw_ui_px(m, 2.4);
    int space = area.x + area.w - x - bw_ui_px(m, 1.4);
    struct bw_ui_block figures = {.style = bw_ui_page_style(page, BW_T3, BW_BLACK),
        .leading = 1.15,
        .width = space,
        .lines_max = 2,
        .balanced = true};
    if (bw_ui_text_width(page->kit.text, head, figures.style) > space) {
        figures.style = bw_ui_page_style(page, BW_T2, BW_BLACK);
    }
    struct bw_ui_block body = {.style = bw_ui_page_style(page, BW_T1, BW_MEDIUM),
        .leading = 1.2,
        .width = space,
        .lines_max = 2,
        .balanced = true};
    int head_h = bw_ui_block_height(page, &figures, head);
    int more_h = bw_ui_block_height(page, &body, more);
    int y = area.y + (area.h - head_h - more_h) / 2;
    bw_ui_page_block(page, x, y, &figures, BW_INKT, head);
    bw_ui_page_block(page, x, y + head_h, &body, BW_INKT, more);
}

static void
peer_line(struct bw_ui_page *page, const struct bw_view *view, char *ret_text)
{
    enum { QUIET_MS = 10 * 60 * 1000 };
    const struct bw_overview *o = &view->overview;
    struct bw_values values = {0};
    if (o->peers_count == 0) {
        bw_ui_say(page, "st.alone", NULL, ret_text);
        return;
    }
    const struct bw_overview_peer *oldest = &o->peers[0];
    for (int i = 1; i < o->peers_count; i++) {
        oldest = o->peers[i].heard_ms < oldest->heard_ms ? &o->peers[i] : oldest;
    }
    snprintf(values.id, sizeof values.id, "%s", oldest->name);
    values.time_ms = oldest->heard_ms;
    bool away = view->now_ms - oldest->heard_ms > QUIET_MS;
    bw_ui_say_when(page, view,
        !oldest->heard_ms ? "ev.never"
        : away            ? "st.away"
                          : "st.sync3",
        &values, ret_text);
}

void
bw_ui_staff_sync(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    static const char *const icons[] = {"list", "outbox", "kiosk-pair"};
    const struct bw_ui_metric *m = page->kit.metric;
    char lines[3][BW_WORDING_BYTES];
    struct bw_values values = {
        .time_ms = view->overview.roster_ms, .n = (long)view->overview.unsent_check_ins};
    bw_ui_say_when(page, view, "st.sync1", &values, lines[0]);
    bw_ui_say(page,
        values.n > 0            ? "st.sync2"
        : view->overview.unsent ? "de.pendnote"
                                : "st.synced",
        &values, lines[1]);
    peer_line(page, view, lines[2]);
    bw_ui_panel(page, area, BW_WIT, BW_PANEEL_RAND);
    struct bw_ui_style style = bw_ui_page_style(page, BW_T1, BW_MEDIUM);
    SDL_Rect inside = bw_ui_inset(area, bw_ui_px(m, 2.2), bw_ui_px(m, 0.5));
    SDL_Rect line = inside;
    line.h = inside.h / 3;
    for (int i = 0; i < 3; i++, line.y += line.h) {
        bw_ui_tag(page, line, icons[i], bw_ui_icon_px(page, 3.4, style), style, BW_INKT,
            lines[i]);
    }
}
