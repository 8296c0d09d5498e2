/* What stands on the screen, a line each: see trace.h. */
#include "trace.h"

#include "action_name.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>
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
enum { NOTICE_BYTES = sizeof " notice=" + BW_KEY_BYTES };
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
describe(const struct bw_view *view, char *ret_text, size_t capacity)
{
    const char *dialog = view->dialog.open ? view->dialog.question : "-";
    switch ((int)view->screen) {
    case BW_SCREEN_RESULT:
        (void)snprintf(ret_text, capacity, "result %s %s",
            bw_verdict_name(view->result.verdict), dialog);
        break;
    case BW_SCREEN_STAFF:
        (void)snprintf(ret_text, capacity,
            "staff %d rows=%d present=%d toast=%s more=%d first=%d %s",
            view->staff.filter, view->staff.rows_count, view->overview.ledger.present,
            view->staff.toast[0] ? view->staff.toast : "-", view->staff.more_row,
            view->staff.first, dialog);
        break;
    case BW_SCREEN_FORM:
        (void)snprintf(ret_text, capacity, "form %d step=%d field=%d chars=%zu %s",
            view->form.kind, view->form.step, view->form.field,
            strlen(field_text(&view->form)), dialog);
        break;
    case BW_SCREEN_PIN:
        (void)snprintf(ret_text, capacity, "pin digits=%d %s%s", view->pin.digits,
            view->pin.hint, view->pin.locked ? " locked" : "");
        break;
    case BW_SCREEN_IDLE:
        (void)snprintf(ret_text, capacity, "idle present=%d guide=%d camera=%d roster=%d",
            view->overview.ledger.present, view->guide, view->camera_present,
            view->overview.has_roster);
        break;
    case BW_SCREEN_SEARCH:
        (void)snprintf(ret_text, capacity, "search %s chars=%zu %s", dialog,
            strlen(view->search.text), view->search.hint);
        break;
    case BW_SCREEN_CHECK:
        (void)snprintf(ret_text, capacity, "check volume=%ld corners=%d", view->values.n,
            view->check.corners);
        break;
    case BW_SCREEN_KIOSK:
    case BW_SCREEN_FIRST_START:
    case BW_SCREEN_NO_ROSTER:
        (void)snprintf(ret_text, capacity, "%s %s outcome=%s%s%s",
            screen_names[view->screen], dialog,
            view->kiosk.outcome[0] ? view->kiosk.outcome : "-",
            view->kiosk.busy[0] ? " busy" : "",
            view->kiosk.camera_test ? " scanning" : "");
        break;
    case BW_SCREEN_FAULT:
        (void)snprintf(ret_text, capacity, "fault %s %s", view->fault, view->fault_help);
        break;
    default:
        (void)snprintf(ret_text, capacity, "%s %s", screen_names[view->screen], dialog);
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
tell_targets(FILE *file, const struct bw_ui_page *page, struct bw_ui_hit focus)
{
    for (int i = 0; i < page->targets_count; i++) {
        const struct bw_ui_target *target = &page->targets[i];
        bool here = target->action == focus.action && target->index == focus.index;
        (void)fprintf(file, " %s:%d@%d,%d%s", bw_action_name(target->action),
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

static int64_t
clock_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

enum bw_status
bw_trace_open(struct bw_trace *trace, const char *path, struct bw_error *err)
{
    if (path != NULL && (trace->file = fopen(path, "we")) == NULL) {
        return bw_error_set(err, BW_IO, errno, "opening the trace %s: %s", path,
            bw_said(strerror(errno)));
    }
    return BW_OK;
}

void
bw_trace_close(struct bw_trace *trace, int64_t now_ms, long frames)
{
    if (trace->file != NULL) {
        (void)fprintf(trace->file, "%" PRId64 " end draws=%ld drawn=%ld frames=%ld\n",
            now_ms, trace->draws, trace->drawn, frames);
        (void)fclose(trace->file);
        trace->file = NULL;
    }
}

/* The first frame in which a picture was read counts; the same is read in the next. */
void
bw_trace_read(struct bw_trace *trace, const struct bw_camera_message *message)
{
    int64_t since_us = (int64_t)message->since_ms * 1000;
    if (message->sighting.kind == BW_SIGHTING_TEXT && since_us != trace->at.since_us) {
        trace->at = (struct bw_trace_stations){.since_us = since_us,
            .begun_us = (int64_t)message->begun_us,
            .read_us = (int64_t)message->read_us,
            .heard_us = clock_us()};
    }
}

void
bw_trace_answer(struct bw_trace *trace, const struct bw_desk_news *news)
{
    if (news->answer.command == BW_COMMAND_SCAN) {
        trace->at.desk_us = news->begun_us;
        trace->at.committed_us = news->ended_us;
        trace->at.answered_us = clock_us();
    }
}

void
bw_trace_drawing(struct bw_trace *trace)
{
    trace->at.drawing_us = clock_us();
}

static void
tell_stations(struct bw_trace *trace)
{
    struct bw_trace_stations *at = &trace->at;
    if (at->answered_us != 0) {
        (void)fprintf(trace->file,
            "\tsince=%" PRId64 " begun=%" PRId64 " read=%" PRId64 " heard=%" PRId64
            " desk=%" PRId64 " committed=%" PRId64 " answered=%" PRId64
            " drawing=%" PRId64 " shown=%" PRId64,
            at->since_us, at->begun_us, at->read_us, at->heard_us, at->desk_us,
            at->committed_us, at->answered_us, at->drawing_us, clock_us());
        at->answered_us = 0;
    }
}

void
bw_trace_shown(struct bw_trace *trace, const struct bw_ui *ui, const struct bw_view *view,
    const struct bw_ui_drawn *drawn)
{
    char text[sizeof trace->told] = "";
    if (trace->file == NULL) {
        return;
    }
    trace->draws++;
    trace->drawn += drawn->areas > 0;
    describe(view, text, sizeof text - NOTICE_BYTES - sizeof " en still");
    if (view->notice.key[0] != '\0') {
        size_t length = strlen(text);
        (void)snprintf(text + length, sizeof text - length - sizeof " en still",
            " notice=%s", view->notice.key);
    }
    if (view->language != BW_DUTCH) {
        (void)strcat(text, " ");
        (void)strcat(text, bw_ui_language_code(ui, view->language));
    }
    bool still = drawn->again_ms == 0 || drawn->again_ms > MOVING_MS;
    if (still || is_known_still(trace->told, text)) {
        (void)strcat(text, STILL);
    }
    struct bw_ui_hit focus = bw_ui_focused(ui);
    uint32_t places = places_of(bw_ui_page(ui), focus);
    if (strcmp(text, trace->told) != 0 || places != trace->places) {
        trace->places = places;
        memcpy(trace->told, text, sizeof text);
        (void)fprintf(trace->file, "%" PRId64 " %s\t", view->mono_ms, text);
        tell_targets(trace->file, bw_ui_page(ui), focus);
        tell_stations(trace);
        (void)fputc('\n', trace->file);
        (void)fflush(trace->file);
    }
}
