/* Reads a day's script and lives it: see day.h. */
#include "day.h"

#include "app/loop/action_name.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { WORDS = 8, LINE_BYTES = 1024 };

struct line {
    int count;
    char *word[WORDS]; /* the last one holds the rest */
    char rest[LINE_BYTES];
};

/* Everything after the first `skip` words. */
static const char *
rest_of(const struct line *line, int skip)
{
    const char *at = line->rest;
    for (int i = 0; i < skip; i++) {
        at += strcspn(at, " ");
        at += strspn(at, " ");
    }
    return at;
}

static void
split(char *text, struct line *line)
{
    char *rest = text;
    (void)snprintf(line->rest, sizeof line->rest, "%s", text);
    line->count = 0;
    for (char *word; line->count < WORDS && (word = strsep(&rest, " ")) != NULL;) {
        if (word[0] != '\0') {
            line->word[line->count++] = word;
        }
    }
    for (int i = line->count; i < WORDS; i++) {
        line->word[i] = "";
    }
}

static bool
read_time(const char *word, int64_t *ret_wall_ms)
{
    int hour = 0;
    int minute = 0;
    int second = 0;
    int end = 0;
    if (sscanf(word, "%d:%d:%d%n", &hour, &minute, &second, &end) != 3 ||
        word[end] != '\0') {
        return false;
    }
    int64_t half_past_one = (13 * 60 + 30) * FIXTURE_MINUTE_MS;
    *ret_wall_ms = FIXTURE_START_MS - half_past_one +
                   ((hour * 60 + minute) * 60 + second) * INT64_C(1000);
    return true;
}

static enum bw_action
action_of(const char *name)
{
    for (int i = BW_ACTION_NONE; i <= BW_ACTION_USB_ENROLMENT; i++) {
        const char *known = bw_action_name((enum bw_action)i);
        if (known != NULL && strcmp(known, name) == 0) {
            return (enum bw_action)i;
        }
    }
    fail_msg("there is no action %s", name);
    return BW_ACTION_NONE;
}

static int
row_of(const struct door_day *day, const char *first_name)
{
    for (int i = 0; i < day->view.staff.rows_count; i++) {
        if (strcmp(day->view.staff.rows[i].row.person.first_name, first_name) == 0) {
            return i;
        }
    }
    fail_msg("%s: %s isn't on this page", day->line, first_name);
    return -1;
}

static enum bw_registration_status
status_of(const char *name)
{
    enum bw_registration_status status = BW_CONFIRMED;
    assert_true(bw_registration_status_parse(name, &status));
    return status;
}

/* ---- before the doors open ---- */

static bool
prepare(struct door_day *day, const struct line *line)
{
    const char *verb = line->word[0];
    if (strcmp(verb, "house") == 0) {
        day->fx.session.capacity = atoi(line->word[1]);
        day->fx.session.extra_places = atoi(line->word[2]);
        fixture_put_session(&day->fx);
    } else if (strcmp(verb, "person") == 0) {
        fixture_person(&day->fx, line->word[1], line->word[4], rest_of(line, 5),
            status_of(line->word[2]), (uint8_t)atoi(line->word[3]));
    } else if (strcmp(verb, "guest") == 0) {
        fixture_sealed(
            &day->fx, line->word[1], line->word[2], rest_of(line, 3), BW_CONFIRMED, 0);
    } else if (strcmp(verb, "peer") == 0) {
        fixture_peer(&day->fx, (uint32_t)atoi(line->word[1]),
            FIXTURE_START_MS - atoi(line->word[2]) * FIXTURE_MINUTE_MS);
    } else if (strcmp(verb, "open") == 0) {
        day_open(day, NULL);
    } else {
        return false;
    }
    return true;
}

/* ---- at the door ---- */

static bool
show(struct door_day *day, const struct line *line)
{
    const char *verb = line->word[0];
    if (strcmp(verb, "scan") == 0) {
        day_scan(day, FIXTURE_SESSION, line->word[1], (uint8_t)atoi(line->word[2]));
    } else if (strcmp(verb, "elsewhere") == 0) {
        day_scan(day, FIXTURE_ELSEWHERE, line->word[1], (uint8_t)atoi(line->word[2]));
    } else if (strcmp(verb, "hand") == 0) {
        day_hand_scan(day, FIXTURE_SESSION, line->word[1], (uint8_t)atoi(line->word[2]));
    } else if (strcmp(verb, "beam") == 0) {
        day_hand(day, rest_of(line, 1));
    } else if (strcmp(verb, "show") == 0) {
        day_show(day, rest_of(line, 1));
    } else {
        return false;
    }
    return true;
}

static void
tell_helper(struct door_day *day, const char *outcome)
{
    static const char *const outcomes[] = {"done", "offline", "no_stick", "failed"};
    struct bw_stimulus stimulus = {.kind = BW_STIMULUS_HELPER, .helper = day->helper};
    for (int i = 0; i < 4; i++) {
        if (strcmp(outcomes[i], outcome) == 0) {
            stimulus.outcome = (enum bw_helper_outcome)i;
        }
    }
    day->helper = BW_HELPER_NONE;
    day_step(day, &stimulus);
}

static bool
act(struct door_day *day, const struct line *line)
{
    const char *verb = line->word[0];
    if (strcmp(verb, "touch") == 0) {
        day_touch(day, action_of(line->word[1]), atoi(line->word[2]));
    } else if (strcmp(verb, "write") == 0 || strcmp(verb, "pin") == 0) {
        day_write(day, rest_of(line, 1));
    } else if (strcmp(verb, "type") == 0) {
        day_type(day, rest_of(line, 1));
    } else if (strcmp(verb, "row") == 0) {
        day_touch(day, BW_ACTION_ROW, row_of(day, line->word[1]));
    } else if (strcmp(verb, "more") == 0) {
        day_touch(day, BW_ACTION_ROW_MORE, row_of(day, line->word[1]));
    } else if (strcmp(verb, "wait") == 0) {
        day_pass(day, atoi(line->word[1]));
    } else if (strcmp(verb, "motion") == 0) {
        struct bw_stimulus stimulus = {.kind = BW_STIMULUS_MOTION};
        day_step(day, &stimulus);
    } else if (strcmp(verb, "helper") == 0) {
        tell_helper(day, line->word[1]);
    } else {
        return false;
    }
    return true;
}

/* ---- nothing goes by unseen ---- */

static bool
is_one_of(const char *const *words, const char *word)
{
    while (*words != NULL && strcmp(*words, word) != 0) {
        words++;
    }
    return *words != NULL;
}

/* What tells that the script looked at this screen, and not at the house's figures. */
static bool
looks_at_screen(const struct door_day *day, const char *field)
{
    static const char *const result[] = {"verdict", "headline", "kicker", NULL};
    static const char *const house[] = {"present", "free", "waiting", "attended",
        "unsent", "helper", "quit", "sound", NULL};
    return day->view.screen == BW_SCREEN_RESULT ? is_one_of(result, field)
                                                : !is_one_of(house, field);
}

static void
expect_seen(const struct door_day *day)
{
    if (day->owes_screen || day->owes_sound) {
        fail_msg("%s: nobody looked at the %s of screen %d before", day->line,
            day->owes_screen ? "face" : "sound", (int)day->view.screen);
    }
}

struct moment {
    enum bw_screen screen;
    int64_t shown_ms; /* of a result */
    enum bw_verdict verdict;
};

static struct moment
moment_of(const struct door_day *day)
{
    bool result = day->view.screen == BW_SCREEN_RESULT;
    const struct bw_result_view *shown = &day->view.result;
    return (struct moment){day->view.screen, result ? shown->shown_ms : 0,
        result ? shown->verdict : BW_VERDICT_NOT_A_TICKET};
}

static void
note_change(struct door_day *day, struct moment before)
{
    struct moment now = moment_of(day);
    if (now.screen != before.screen || now.shown_ms != before.shown_ms ||
        now.verdict != before.verdict) {
        day->owes_screen = true;
        day->owes_sound = now.screen == BW_SCREEN_RESULT;
    }
}

static void
look(struct door_day *day, const struct line *line)
{
    const char *field = line->word[1];
    day_expect(day, field, rest_of(line, 2));
    day->owes_screen = day->owes_screen && !looks_at_screen(day, field);
    day->owes_sound = day->owes_sound && strcmp(field, "sound") != 0;
}

/* Time runs on to the line's; what came up meanwhile is looked at first. */
static void
run_on(struct door_day *day, int64_t wall_ms)
{
    expect_seen(day);
    struct moment before = moment_of(day);
    day_until(day, wall_ms);
    note_change(day, before);
}

static void
live(struct door_day *day, char *text)
{
    struct line line;
    char copy[LINE_BYTES];
    int64_t wall_ms = 0;
    size_t word = strcspn(text, " ");
    (void)snprintf(copy, sizeof copy, "%.*s", (int)word, text);
    if (read_time(copy, &wall_ms)) {
        run_on(day, wall_ms);
        text += word + strspn(text + word, " ");
    }
    split(text, &line);
    if (line.count == 0) {
        return;
    }
    if (strcmp(line.word[0], "expect") == 0) {
        look(day, &line);
        return;
    }
    expect_seen(day);
    struct moment before = moment_of(day);
    if (!prepare(day, &line) && !show(day, &line) && !act(day, &line)) {
        fail_msg("%s: nobody knows how to %s", day->line, line.word[0]);
    }
    note_change(day, before);
}

void
day_replay(struct door_day *day, const char *name)
{
    char path[600];
    char text[LINE_BYTES];
    (void)snprintf(path, sizeof path, BW_SOURCE_DIR "/tests/flow/%s", name);
    FILE *script = fopen(path, "r");
    assert_non_null(script);
    for (int number = 1; fgets(text, sizeof text, script) != NULL; number++) {
        text[strcspn(text, "#\n")] = '\0';
        size_t length = strlen(text);
        while (length > 0 && text[length - 1] == ' ') {
            text[--length] = '\0';
        }
        (void)snprintf(day->line, sizeof day->line, "%s:%d: %.150s", name, number, text);
        live(day, text);
    }
    expect_seen(day);
    (void)fclose(script);
}
