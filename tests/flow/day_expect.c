/* What stands on the screen, field by field, for the expectations of a day. */
#include "day.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static const char *const screens[BW_SCREEN_COUNT] = {"idle", "result", "search", "pin",
    "staff", "form", "kiosk", "first_start", "no_roster", "fault", "agenda", "evacuation",
    "check"};
static const char *const sounds[] = {"none", "welcome", "already", "other", "unknown",
    "wait", "done", "back", "no", "key", "reading"};
static const char *const signs[] = {"none", "table", "place", "free", "full"};
static const char *const guides[] = {"ready", "reading", "closer", "other", "certificate",
    "not_yet", "away", "light", "whole", "over"};
static const char *const steps[] = {"audience", "referral", "region", "fields"};
static const char *const fields[] = {"name", "school", "region", "reason"};
static const char *const helpers[] = {
    "none", "update", "export", "import", "enrol", "enrol_usb", "inside"};

/* A text field, where it lies in the view. */
struct text_row {
    const char *field;
    size_t offset;
};
#define TEXT(field, member)                                                              \
    {                                                                                    \
        field, offsetof(struct bw_view, member)                                          \
    }
static const struct text_row texts[] = {
    TEXT("headline", result.headline),
    TEXT("kicker", result.kicker),
    TEXT("help", result.help),
    TEXT("school", result.school),
    TEXT("table", result.table),
    TEXT("go_to", result.go_to),
    TEXT("venue", result.venue),
    TEXT("name", result.values.name),
    TEXT("place", result.values.place),
    TEXT("kind", result.values.kind),
    TEXT("dialog", dialog.question),
    TEXT("dialog_text", dialog.text),
    TEXT("dialog_name", dialog.values.name),
    TEXT("dialog_name2", dialog.values.name2),
    TEXT("search_text", search.text),
    TEXT("search_hint", search.hint),
    TEXT("search_name", search.values.name),
    TEXT("pin_hint", pin.hint),
    TEXT("pin_name", pin.values.name),
    TEXT("toast", staff.toast),
    TEXT("toast_name", staff.values.name),
    TEXT("query", staff.text),
    TEXT("empty", staff.empty),
    TEXT("form_name", form.name),
    TEXT("form_school", form.school),
    TEXT("form_reason", form.reason),
    TEXT("form_region", form.region),
    TEXT("form_for", form.values.name),
    TEXT("referral", form.referral),
    TEXT("audience", form.values.audience),
    TEXT("suggestion", form.suggestions[0]),
    TEXT("unsent_line", kiosk.tiles[1].line1),
    TEXT("busy", kiosk.busy),
    TEXT("outcome", kiosk.outcome),
    TEXT("fault", fault),
    TEXT("fault_help", fault_help),
    TEXT("notice", notice.key),
    TEXT("notice_name", notice.values.name),
    TEXT("row", staff.rows[0].row.person.first_name),
    TEXT("row_button", staff.rows[0].button.key),
    TEXT("row2", staff.rows[1].row.person.first_name),
    TEXT("row2_button", staff.rows[1].button.key),
    TEXT("agenda", agenda.items[0].title),
};

static void
tell_buttons(const struct bw_view *view, char *ret_text, size_t capacity)
{
    size_t used = 0;
    ret_text[0] = '\0';
    for (int i = 0; i < view->buttons_count && used < capacity; i++) {
        used += (size_t)snprintf(ret_text + used, capacity - used, "%s%s",
            i > 0 ? " " : "", view->buttons[i].key);
    }
}

struct number_row {
    const char *field;
    long value;
};

static bool
tell_number(
    const struct door_day *day, const char *field, char *ret_text, size_t capacity)
{
    const struct bw_view *v = &day->view;
    /* the screens share their room: another's yes or no is no bool */
    bool pin = v->screen == BW_SCREEN_PIN, staff = v->screen == BW_SCREEN_STAFF;
    bool form = v->screen == BW_SCREEN_FORM, kiosk = v->screen == BW_SCREEN_KIOSK;
    const struct number_row numbers[] = {
        {"scans", day->scans},
        {"given", day->commands[BW_COMMAND_SCAN]},
        {"events", (long)v->overview.events},
        {"present", v->overview.ledger.present},
        {"free", v->overview.ledger.free},
        {"waiting", v->overview.present_waiting},
        {"attended", v->overview.attended},
        {"unsent", (long)v->overview.unsent},
        {"n", v->result.values.n},
        {"m", v->result.values.m},
        {"sign_n", v->result.sign_values.n},
        {"left", v->result.left_s},
        {"search_left", v->search.left_s},
        {"pin_n", v->pin.values.n},
        {"digits", v->pin.digits},
        {"pin_help", pin && v->pin.help},
        {"pin_locked", pin && v->pin.locked},
        {"staff_left", v->staff_left_s},
        {"rows", v->staff.rows_count},
        {"total", v->staff.total},
        {"more", v->staff.more_row},
        {"changed", staff && v->staff.rows[0].changed},
        {"may_release", staff && v->staff.may_release},
        {"tab", (long)v->staff.filter},
        {"suggestions", v->form.suggestions_count},
        {"missing", form && v->form.missing},
        {"agenda_count", v->agenda.count},
        {"sessions", v->kiosk.sessions_count},
        {"closing", kiosk && v->kiosk.closing},
        {"camera", day->camera_on},
        {"english", v->language == BW_ENGLISH},
        {"larger", v->larger},
        {"rehearsal", v->rehearsal},
        {"quit", day->quit},
        {"reopen", day->reopen},
        {"evacuated", v->values.n},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (strcmp(numbers[i].field, field) == 0) {
            (void)snprintf(ret_text, capacity, "%ld", numbers[i].value);
            return true;
        }
    }
    return false;
}

static bool
tell_word(struct door_day *day, const char *field, char *ret_text, size_t capacity)
{
    const struct bw_view *v = &day->view;
    const struct {
        const char *field, *value;
    } words[] = {
        {"screen", screens[v->screen]},
        {"verdict",
            v->screen == BW_SCREEN_RESULT ? bw_verdict_name(v->result.verdict) : "none"},
        {"sign", v->screen == BW_SCREEN_RESULT ? signs[v->result.sign] : "none"},
        {"guide", guides[v->guide]},
        {"step", v->screen == BW_SCREEN_FORM ? steps[v->form.step] : "none"},
        {"field", v->screen == BW_SCREEN_FORM ? fields[v->form.field] : "none"},
        {"helper", helpers[day->helper]},
        {"sound", sounds[day->sound]},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].field, field) == 0) {
            (void)snprintf(ret_text, capacity, "%s", words[i].value);
            day->sound = strcmp(field, "sound") == 0 ? BW_SOUND_NONE : day->sound;
            return true;
        }
    }
    return false;
}

bool
day_tell(struct door_day *day, const char *field, char *ret_text, size_t capacity)
{
    if (strcmp(field, "buttons") == 0) {
        tell_buttons(&day->view, ret_text, capacity);
        return true;
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (strcmp(texts[i].field, field) == 0) {
            (void)snprintf(
                ret_text, capacity, "%s", (const char *)&day->view + texts[i].offset);
            return true;
        }
    }
    return tell_number(day, field, ret_text, capacity) ||
           tell_word(day, field, ret_text, capacity);
}

void
day_expect(struct door_day *day, const char *field, const char *value)
{
    char text[2000];
    if (!day_tell(day, field, text, sizeof text)) {
        fail_msg("there is no field %s", field);
    }
    if (strcmp(text, value) != 0) {
        char screen[40];
        (void)day_tell(day, "screen", screen, sizeof screen);
        fail_msg("%s: %s is \"%s\", not \"%s\" (screen %s)", day->line, field, text,
            value, screen);
    }
}
