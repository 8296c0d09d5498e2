/* A day at the door: see day.h. */
#include "day.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct bw_now
now_of(const struct door_day *day)
{
    return (struct bw_now){.mono_ms = day->fx.at.mono_ms, .wall_ms = day->fx.at.wall_ms};
}

static void
give(struct door_day *day, struct bw_answer *answer)
{
    struct bw_stimulus stimulus = {.kind = BW_STIMULUS_ANSWER, .answer = answer};
    day_step(day, &stimulus);
    bw_answer_finish(answer);
    free(answer);
}

static struct bw_answer *
ask(struct door_day *day, const struct bw_command *command)
{
    struct bw_answer *answer = malloc(sizeof *answer);
    assert_non_null(answer);
    day->commands[command->kind]++;
    if (day->desk != NULL && !day->fails) {
        bw_desk_run(day->desk, command, answer);
        if (day->free_bytes != 0 && answer->kind == BW_ANSWER_OVERVIEW) {
            answer->overview->free_bytes = day->free_bytes;
        }
        if (day->called_off_ms != 0 && answer->kind == BW_ANSWER_OVERVIEW) {
            answer->overview->session.called_off_ms = day->called_off_ms;
        }
        return answer;
    }
    bw_answer_init(answer, BW_ANSWER_ERROR);
    answer->command = command->kind;
    answer->request_no = command->request_no;
    bool writes = command->kind != BW_COMMAND_OVERVIEW;
    answer->failure.not_saved = day->fails && writes;
    (void)bw_error_set(
        &answer->failure.error, writes ? BW_FULL : BW_BUSY, 0, "disk full");
    return answer;
}

static void
carry_out(struct door_day *day, const struct bw_effect *effect)
{
    switch (effect->kind) {
    case BW_EFFECT_DESK: {
        struct bw_answer *answer = ask(day, &effect->command);
        assert_true(day->held_count < DAY_ANSWERS);
        day->held[day->held_count++] = answer;
        break;
    }
    case BW_EFFECT_SOUND:
        day->sound = effect->sound;
        break;
    case BW_EFFECT_VOLUME:
        day->volume = effect->volume;
        break;
    case BW_EFFECT_HELPER:
        day->helper = effect->helper;
        (void)strcpy(day->enrolment, effect->text);
        break;
    case BW_EFFECT_CAMERA:
        day->camera_on = effect->on;
        day->camera_enrolment = effect->enrolment;
        break;
    case BW_EFFECT_NEXT_CAMERA:
        day->next_cameras++;
        break;
    case BW_EFFECT_REOPEN:
        day->reopen = true;
        break;
    case BW_EFFECT_CLOSE:
        day->closed = true;
        break;
    case BW_EFFECT_SAVE_INSIDE:
        day->saved += effect->answer->list.count;
        day->saved_whole = effect->on;
        day->saved_by = effect->helper;
        break;
    case BW_EFFECT_LABEL:
        day->labels++;
        (void)strcpy(day->label, effect->text);
        break;
    case BW_EFFECT_REHEARSE:
        day->rehearse = effect->on;
        break;
    case BW_EFFECT_SPEAK:
        day->spoke = true;
        break;
    case BW_EFFECT_SPEAK_FOCUS:
        day->spoke_focus = true;
        break;
    case BW_EFFECT_HUSH:
        day->spoke = day->spoke_focus = false;
        break;
    case BW_EFFECT_QUIT:
        day->quit = true;
        break;
    }
}

void
day_let_go(struct door_day *day)
{
    while (day->held_count > 0) {
        struct bw_answer *answer = day->held[0];
        day->held_count--;
        memmove(day->held, day->held + 1, (size_t)day->held_count * sizeof(*day->held));
        give(day, answer);
    }
}

void
day_step(struct door_day *day, const struct bw_stimulus *stimulus)
{
    struct bw_effects *effects = malloc(sizeof *effects);
    assert_non_null(effects);
    bw_flow_step(day->flow, stimulus, now_of(day), effects);
    if (effects->count > day->effects_most) {
        day->effects_most = effects->count;
    }
    for (int i = 0; i < effects->count; i++) {
        carry_out(day, &effects->items[i]);
    }
    free(effects);
    if (!day->holds && stimulus->kind != BW_STIMULUS_ANSWER) {
        day_let_go(day);
    }
    bw_flow_view(day->flow, now_of(day), &day->view);
}

static void
tick(struct door_day *day)
{
    struct bw_stimulus stimulus = {.kind = BW_STIMULUS_TICK};
    day_step(day, &stimulus);
}

void
day_pass(struct door_day *day, int64_t ms)
{
    int64_t until = day->fx.at.mono_ms + ms;
    while (day->fx.at.mono_ms < until) {
        int64_t next = bw_flow_next_ms(day->flow, now_of(day));
        int64_t step = next > day->fx.at.mono_ms ? next - day->fx.at.mono_ms : 1;
        int64_t left = until - day->fx.at.mono_ms;
        step = step < left ? step : left;
        day->fx.at.mono_ms += step;
        day->fx.at.wall_ms += step;
        tick(day);
    }
    tick(day);
}

void
day_until(struct door_day *day, int64_t wall_ms)
{
    assert_true(wall_ms >= day->fx.at.wall_ms);
    day_pass(day, wall_ms - day->fx.at.wall_ms);
}

void
day_create(struct door_day *day, int capacity, int extra_places, bool pin)
{
    memset(day, 0, sizeof *day);
    fixture_create(&day->fx, capacity, extra_places, pin);
}

void
day_store(struct door_day *day, enum bw_store_state state, enum bw_status status)
{
    struct bw_stimulus stimulus = {.kind = BW_STIMULUS_STORE, .store = state};
    if (state == BW_STORE_FAILED) {
        (void)bw_error_set(&stimulus.error, status, 0, "the store can't be used");
    }
    day_step(day, &stimulus);
}

void
day_open(struct door_day *day, const struct bw_flow_options *options)
{
    static const struct bw_flow_options usual = {.camera_wanted = true};
    struct bw_error err = {0};
    day->desk = fixture_desk(&day->fx);
    assert_int_equal(
        bw_flow_create(options != NULL ? options : &usual, now_of(day), &day->flow, &err),
        BW_OK);
    struct bw_stimulus camera = {.kind = BW_STIMULUS_CAMERA, .present = true};
    day_step(day, &camera);
    day_store(day, BW_STORE_OPENED, BW_OK);
}

void
day_destroy(struct door_day *day)
{
    for (int i = 0; i < day->held_count; i++) {
        bw_answer_finish(day->held[i]);
        free(day->held[i]);
    }
    bw_flow_destroy(day->flow);
    bw_desk_destroy(day->desk);
    fixture_destroy(&day->fx);
}

void
day_touch(struct door_day *day, enum bw_action action, int index)
{
    struct bw_stimulus stimulus = {
        .kind = BW_STIMULUS_ACTION, .action = action, .index = index};
    day_step(day, &stimulus);
}

static int
code_point(const char **at)
{
    const unsigned char *p = (const unsigned char *)*at;
    int length = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : 3;
    int point = length == 1 ? p[0] : length == 2 ? p[0] & 0x1f : p[0] & 0x0f;
    for (int i = 1; i < length; i++) {
        point = point << 6 | (p[i] & 0x3f);
    }
    *at += length;
    return point;
}

void
day_write(struct door_day *day, const char *text)
{
    while (*text != '\0') {
        int point = code_point(&text);
        day_touch(day, point == ' ' ? BW_ACTION_SPACE : BW_ACTION_KEY, point);
    }
}

void
day_type(struct door_day *day, const char *text)
{
    while (*text != '\0') {
        struct bw_stimulus stimulus = {.kind = BW_STIMULUS_TEXT};
        const char *start = text;
        (void)code_point(&text);
        memcpy(stimulus.text, start, (size_t)(text - start));
        day_step(day, &stimulus);
    }
}

void
day_show(struct door_day *day, const char *text)
{
    struct bw_stimulus stimulus = {.kind = BW_STIMULUS_SCAN};
    assert_true(strlen(text) < sizeof stimulus.text);
    (void)strcpy(stimulus.text, text);
    day_step(day, &stimulus);
}

void
day_hand(struct door_day *day, const char *text)
{
    struct bw_stimulus stimulus = {.kind = BW_STIMULUS_SCAN, .hand_scanner = true};
    assert_true(strlen(text) < sizeof stimulus.text);
    (void)strcpy(stimulus.text, text);
    day_step(day, &stimulus);
}

static void
write_ticket(struct door_day *day, uint32_t session_no, const char *code,
    uint8_t generation, char ret_text[BW_TICKET_TEXT_BYTES])
{
    bw_code number = BW_CODE_NONE;
    assert_true(bw_code_parse(code, &number));
    fixture_ticket(&day->fx, session_no, number, generation, ret_text);
    day->scans++;
}

void
day_scan(struct door_day *day, uint32_t session_no, const char *code, uint8_t generation)
{
    char text[BW_TICKET_TEXT_BYTES];
    write_ticket(day, session_no, code, generation, text);
    day_show(day, text);
}

void
day_hand_scan(
    struct door_day *day, uint32_t session_no, const char *code, uint8_t generation)
{
    char text[BW_TICKET_TEXT_BYTES];
    write_ticket(day, session_no, code, generation, text);
    day_hand(day, text);
}

void
day_unlock(struct door_day *day)
{
    day_touch(day, BW_ACTION_STAFF, 0);
    assert_int_equal(day->view.screen, BW_SCREEN_PIN);
    day_write(day, FIXTURE_PIN);
    assert_true(bw_flow_is_staff(day->flow));
}
