/* What happened to one person, for staff who are asked why. UI thread. */
#include "staff.h"

#include "widget.h"
#include <stdio.h>

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

int
bw_staff_history(struct bw_page *page, const struct bw_view *view, struct bw_style style,
    SDL_Rect area, int lines)
{
    int count = view->staff.history_count;
    int shown = count < lines ? count : lines < 0 ? 0 : lines;
    for (int i = 0; i < shown; i++) {
        const struct bw_history_item *item = &view->staff.history[count - shown + i];
        char word[BW_WORDING_BYTES], text[BW_WORDING_BYTES];
        struct bw_values values = {.time_ms = item->wall_ms};
        bw_say(page, verdict_key(item->verdict), NULL, word);
        snprintf(values.x, sizeof values.x, "%.*s", (int)sizeof values.x - 1, word);
        snprintf(values.id, sizeof values.id, "%s", item->device_name);
        bw_say(page, event_key(item->kind), &values, text);
        bw_page_line_fit(page, area.x, area.y + i * bw_line_height(style), area.w, style,
            BW_INKT, text);
    }
    return shown;
}
