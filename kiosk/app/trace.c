/* What stands on the screen, a line each, for the demo and for tests that touch the real
 * window. No names. UI thread only.
 *
 *   MS SCREEN WHAT… [en] [still] TAB TARGET:INDEX@X,Y[*] … [TAB STATION=US …]
 *
 * The star: the keyboard is there. A new line where words or places differ from the last
 * one's; `still` once nothing moves in any more, so that a picture can be taken of it.
 * The stations of a scan whose answer is shown are the way of its ticket (struct
 * kiosk_stations). The last line, at the end of the run, has the numbers: draws, how many
 * of them changed a pixel, and camera frames. */
#include "action_name.h"
#include "kiosk_parts.h"

#include <inttypes.h>
#include <time.h>
#include <ui/draw/page.h>

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

#define STILL " still"
enum { MOVING_MS = 16 }; /* the screens ask to be drawn so soon while they move in */

static const char *
field_text(const struct bw_form_view *form)
{
    switch (form->field) {
    case BW_FIELD_NAME:
        return form->name;
    case BW_FIELD_SCHOOL:
        return form->school;
    case BW_FIELD_REGION:
        return form->region;
    case BW_FIELD_REASON:
        return form->reason;
    }
    return "";
}

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
        (void)snprintf(ret_text, room,
            "staff %d rows=%d present=%d toast=%s more=%d first=%d %s",
            view->staff.filter, view->staff.rows_count, view->overview.ledger.present,
            view->staff.toast[0] ? view->staff.toast : "-", view->staff.more_row,
            view->staff.first, dialog);
        break;
    case BW_SCREEN_FORM:
        (void)snprintf(ret_text, room, "form %d step=%d field=%d chars=%zu %s",
            view->form.kind, view->form.step, view->form.field,
            strlen(field_text(&view->form)), dialog);
        break;
    case BW_SCREEN_PIN:
        (void)snprintf(ret_text, room, "pin digits=%d %s%s", view->pin.digits,
            view->pin.hint, view->pin.locked ? " locked" : "");
        break;
    case BW_SCREEN_IDLE:
        (void)snprintf(ret_text, room, "idle present=%d guide=%d camera=%d roster=%d",
            view->overview.ledger.present, view->guide, view->camera_present,
            view->overview.has_roster);
        break;
    case BW_SCREEN_SEARCH:
        (void)snprintf(ret_text, room, "search %s chars=%zu %s", dialog,
            strlen(view->search.text), view->search.hint);
        break;
    case BW_SCREEN_CHECK:
        (void)snprintf(ret_text, room, "check volume=%ld corners=%d", view->values.n,
            view->check.corners);
        break;
    case BW_SCREEN_KIOSK:
    case BW_SCREEN_FIRST_START:
    case BW_SCREEN_NO_ROSTER:
        (void)snprintf(ret_text, room, "%s %s outcome=%s%s%s", screen_names[view->screen],
            dialog, view->kiosk.outcome[0] ? view->kiosk.outcome : "-",
            view->kiosk.busy[0] ? " busy" : "",
            view->kiosk.camera_test ? " scanning" : "");
        break;
    case BW_SCREEN_FAULT:
        (void)snprintf(ret_text, room, "fault %s %s", view->fault, view->fault_help);
        break;
    default:
        (void)snprintf(ret_text, room, "%s %s", screen_names[view->screen], dialog);
        break;
    }
}

/* FNV-1a over where the targets are, and the keyboard: changes when one moves. */
static uint32_t
places_of(const struct bw_ui_page *page, struct bw_ui_hit focus)
{
    uint32_t hash = 0x811c9dc5u ^ (uint32_t)focus.action << 8 ^ (uint32_t)focus.index;
    for (int i = 0; i < page->targets_count; i++) {
        const struct bw_ui_target *target = &page->targets[i];
        const int parts[] = {(int)target->action, target->index, target->rect.x,
            target->rect.y, target->rect.w, target->rect.h};
        for (size_t part = 0; part < sizeof parts / sizeof *parts; part++) {
            hash = (hash ^ (uint32_t)parts[part]) * 0x01000193u;
        }
    }
    return hash;
}

static void
trace_targets(FILE *trace, const struct bw_ui_page *page, struct bw_ui_hit focus)
{
    for (int i = 0; i < page->targets_count; i++) {
        const struct bw_ui_target *target = &page->targets[i];
        bool here = target->action == focus.action && target->index == focus.index;
        (void)fprintf(trace, " %s:%d@%d,%d%s", bw_action_name(target->action),
            target->index, target->rect.x + target->rect.w / 2,
            target->rect.y + target->rect.h / 2, here ? "*" : "");
    }
}

/* The words that stood still before: only a caret blinks, or a pill breathes. */
static bool
is_known_still(const char *traced, const char *text)
{
    size_t length = strlen(text);
    return strncmp(traced, text, length) == 0 && strcmp(traced + length, STILL) == 0;
}

int64_t
kiosk_clock_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* The first frame in which a picture was read counts; the same is read in the next. */
void
kiosk_trace_read(struct kiosk *kiosk, const struct bw_camera_message *message)
{
    int64_t since_us = (int64_t)message->since_ms * 1000;
    if (message->sighting.kind == BW_SIGHTING_TEXT &&
        since_us != kiosk->stations.since_us) {
        kiosk->stations = (struct kiosk_stations){.since_us = since_us,
            .begun_us = (int64_t)message->begun_us,
            .read_us = (int64_t)message->read_us,
            .heard_us = kiosk_clock_us()};
    }
}

void
kiosk_trace_answer(struct kiosk *kiosk, const struct bw_desk_news *news)
{
    if (news->answer.command == BW_COMMAND_SCAN) {
        kiosk->stations.desk_us = news->begun_us;
        kiosk->stations.committed_us = news->ended_us;
        kiosk->stations.answered_us = kiosk_clock_us();
    }
}

static void
trace_stations(struct kiosk *kiosk)
{
    struct kiosk_stations *at = &kiosk->stations;
    if (at->answered_us != 0) {
        (void)fprintf(kiosk->trace,
            "\tsince=%" PRId64 " begun=%" PRId64 " read=%" PRId64 " heard=%" PRId64
            " desk=%" PRId64 " committed=%" PRId64 " answered=%" PRId64
            " drawing=%" PRId64 " shown=%" PRId64,
            at->since_us, at->begun_us, at->read_us, at->heard_us, at->desk_us,
            at->committed_us, at->answered_us, at->drawing_us, kiosk_clock_us());
        at->answered_us = 0;
    }
}

void
kiosk_trace(
    struct kiosk *kiosk, const struct bw_view *view, const struct bw_ui_drawn *drawn)
{
    char text[sizeof kiosk->traced] = "";
    if (kiosk->trace == NULL) {
        return;
    }
    kiosk->draws++;
    kiosk->drawn += drawn->areas > 0;
    describe(view, text, sizeof text - sizeof " en still");
    if (view->language == BW_ENGLISH) {
        (void)strcat(text, " en");
    }
    bool still = drawn->again_ms == 0 || drawn->again_ms > MOVING_MS;
    if (still || is_known_still(kiosk->traced, text)) {
        (void)strcat(text, STILL);
    }
    struct bw_ui_hit focus = bw_ui_focused(kiosk->ui);
    uint32_t places = places_of(bw_ui_page(kiosk->ui), focus);
    if (strcmp(text, kiosk->traced) != 0 || places != kiosk->traced_places) {
        kiosk->traced_places = places;
        memcpy(kiosk->traced, text, sizeof text);
        (void)fprintf(kiosk->trace, "%" PRId64 " %s\t", view->mono_ms, text);
        trace_targets(kiosk->trace, bw_ui_page(kiosk->ui), focus);
        trace_stations(kiosk);
        (void)fputc('\n', kiosk->trace);
        (void)fflush(kiosk->trace);
    }
}

void
kiosk_trace_end(struct kiosk *kiosk)
{
    if (kiosk->trace != NULL) {
        (void)fprintf(kiosk->trace, "%" PRId64 " end draws=%ld drawn=%ld frames=%ld\n",
            kiosk_now(kiosk).mono_ms, kiosk->draws, kiosk->drawn, kiosk->frames);
        (void)fclose(kiosk->trace);
    }
}
