/* What happened to one person, for staff who are asked why. UI thread. */
#include "staff.h"

#include "ui/widget/widget.h"
#include <stdio.h>
#include <string.h>

static const char *
verdict_key(enum bw_verdict verdict)
{
    switch (verdict) {
    case BW_VERDICT_NOT_A_TICKET:
    case BW_VERDICT_FORGED:
        return "hv.forged";
    case BW_VERDICT_BLOCKED:
        return "hv.blocked";
    case BW_VERDICT_REPLACED:
        return "hv.replaced";
    case BW_VERDICT_ALREADY_IN:
        return "hv.already";
    case BW_VERDICT_OTHER_SESSION:
        return "hv.other";
    case BW_VERDICT_CANCELLED:
        return "hv.cancelled";
    case BW_VERDICT_TOO_EARLY:
        return "hv.early";
    case BW_VERDICT_SESSION_OVER:
        return "hv.over";
    case BW_VERDICT_WAITLISTED:
        return "hv.waiting";
    case BW_VERDICT_FULL:
        return "hv.full";
    case BW_VERDICT_NO_AUDIENCE:
        return "hv.audience";
    case BW_VERDICT_UNKNOWN:
    case BW_VERDICT_WELCOME:
        return "hv.unknown";
    }
    return "hv.unknown";
}

static const char *
event_key(enum bw_event_kind kind)
{
    switch (kind) {
    case BW_EVENT_REFUSED:
        return "hi.no";
    case BW_EVENT_WAITING:
        return "hi.row";
    case BW_EVENT_UNDONE:
        return "hi.undone";
    case BW_EVENT_LEFT:
        return "hi.left";
    case BW_EVENT_ARRIVED:
    case BW_EVENT_RELEASED:
    case BW_EVENT_NOTE:
        return "hi.in";
    }
    return "hi.in";
}

static const char *
event_icon(enum bw_event_kind kind)
{
    switch (kind) {
    case BW_EVENT_REFUSED:
        return "info";
    case BW_EVENT_WAITING:
        return "hourglass";
    case BW_EVENT_UNDONE:
        return "undo";
    case BW_EVENT_LEFT:
        return "arrow-right";
    case BW_EVENT_ARRIVED:
    case BW_EVENT_RELEASED:
    case BW_EVENT_NOTE:
        return "check";
    }
    return "check";
}

static void
item_text(struct bw_ui_page *page, const struct bw_history_item *item, char *ret_text)
{
    char word[BW_WORDING_BYTES];
    struct bw_values values = {.time_ms = item->wall_ms};
    bw_ui_say(page, verdict_key(item->verdict), NULL, word);
    snprintf(values.x, sizeof values.x, "%.*s", (int)sizeof values.x - 1, word);
    snprintf(values.id, sizeof values.id, "%s", item->device_name);
    bw_ui_say(page, event_key(item->kind), &values, ret_text);
    size_t used = strlen(ret_text);
    if (item->reason[0] != '\0') {
        (void)snprintf(ret_text + used, BW_WORDING_BYTES - used, " · %.*s",
            (int)sizeof values.x - 1, item->reason);
    }
}

int
bw_ui_staff_history(struct bw_ui_page *page, const struct bw_view *view,
    struct bw_ui_style style, SDL_Rect area, bool draw)
{
    int icon = bw_ui_icon_px(page, 2.6, style);
    int gap = bw_ui_px(page->kit.metric, 1.4);
    struct bw_ui_block block = {
        .style = style, .leading = 1.2, .width = area.w - icon - gap, .lines_max = 2};
    char text[BW_WORDING_BYTES];
    int first = view->staff.history_count;
    int used = 0;
    while (first > 0) { /* the newest, as many as there is room for */
        item_text(page, &view->staff.history[first - 1], text);
        int height = bw_ui_block_height(page, &block, text);
        if (used + height > area.h) {
            break;
        }
        used += height;
        first--;
    }
    for (int i = first; draw && i < view->staff.history_count; i++) {
        const struct bw_history_item *item = &view->staff.history[i];
        SDL_Rect at = {.x = area.x,
            .y = area.y + (bw_ui_line_height(style) - icon) / 2,
            .w = icon,
            .h = icon};
        item_text(page, item, text);
        bw_ui_page_icon(page, event_icon(item->kind), at, BW_INKT);
        area.y +=
            bw_ui_page_block(page, area.x + icon + gap, area.y, &block, BW_INKT, text);
    }
    return used;
}
