/* What stands on the screen, a line each, for the demo and for tests that touch the real
 * window: `screen result welcome`, and where its targets are. No names. UI thread only.
 */
#include "action_name.h"
#include "kiosk_parts.h"

#include <inttypes.h>
#include <ui/page.h>

static const char *const screen_names[BW_SCREEN_COUNT] = {
    [BW_SCREEN_IDLE] = "idle",
    [BW_SCREEN_RESULT] = "result",
    [BW_SCREEN_SEARCH] = "search",
    [BW_SCREEN_PIN] = "pin",
    [BW_SCREEN_STAFF] = "staff",
    [BW_SCREEN_FORM] = "form",
    [BW_SCREEN_KIOSK] = "kiosk",
    [BW_SCREEN_FIRST_START] = "first_start",
    [BW_SCREEN_NO_ROSTER] = "no_roster",
    [BW_SCREEN_FAULT] = "fault",
    [BW_SCREEN_AGENDA] = "agenda",
    [BW_SCREEN_EVACUATION] = "evacuation",
    [BW_SCREEN_CHECK] = "check",
};

/* What else tells two pictures of one screen apart. */
static void
describe(const struct bw_view *view, char *ret_text, size_t room)
{
    const char *dialog = view->dialog.open ? view->dialog.question : "-";
    switch ((int)view->screen) {
    case BW_SCREEN_RESULT:
        (void)snprintf(ret_text, room, "result %s %s",
            bw_verdict_name(view->result.verdict), dialog);
        break;
    case BW_SCREEN_STAFF:
        (void)snprintf(ret_text, room, "staff %d rows=%d present=%d toast=%s more=%d %s",
            view->staff.filter, view->staff.rows_count, view->overview.ledger.present,
            view->staff.toast[0] ? view->staff.toast : "-", view->staff.more_row, dialog);
        break;
    case BW_SCREEN_FORM:
        (void)snprintf(ret_text, room, "form %d step=%d field=%d %s", view->form.kind,
            view->form.step, view->form.field, dialog);
        break;
    case BW_SCREEN_PIN:
        (void)snprintf(ret_text, room, "pin digits=%d %s%s", view->pin.digits,
            view->pin.hint, view->pin.locked ? " locked" : "");
        break;
    case BW_SCREEN_IDLE:
        (void)snprintf(ret_text, room, "idle present=%d guide=%d camera=%d",
            view->overview.ledger.present, view->guide, view->camera_present);
        break;
    case BW_SCREEN_SEARCH:
        (void)snprintf(ret_text, room, "search %s", dialog);
        break;
    case BW_SCREEN_FAULT:
        (void)snprintf(ret_text, room, "fault %s %s", view->fault, view->fault_help);
        break;
    default:
        (void)snprintf(ret_text, room, "%s %s", screen_names[view->screen], dialog);
        break;
    }
}

static void
trace_targets(FILE *trace, const struct bw_page *page)
{
    for (int i = 0; i < page->targets_count; i++) {
        const struct bw_target *target = &page->targets[i];
        (void)fprintf(trace, " %s:%d@%d,%d", bw_action_name(target->action),
            target->index, target->rect.x + target->rect.w / 2,
            target->rect.y + target->rect.h / 2);
    }
}

void
kiosk_trace(struct kiosk *kiosk, const struct bw_view *view)
{
    char text[sizeof kiosk->traced] = "";
    if (kiosk->trace == NULL) {
        return;
    }
    describe(view, text, sizeof text - sizeof " en");
    if (view->language == BW_ENGLISH) {
        (void)strcat(text, " en");
    }
    if (strcmp(text, kiosk->traced) != 0) {
        memcpy(kiosk->traced, text, sizeof text);
        (void)fprintf(kiosk->trace, "%" PRId64 " %s\t", view->mono_ms, text);
        trace_targets(kiosk->trace, bw_ui_page(kiosk->ui));
        (void)fputc('\n', kiosk->trace);
        (void)fflush(kiosk->trace);
    }
}
