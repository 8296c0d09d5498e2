/* What the tests of the desk share: see help.h. */
#include "help.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

struct fixture fx;
struct bw_desk *desk;
struct bw_answer answer;

bw_code
code_of(const char *text)
{
    bw_code code = BW_CODE_NONE;
    assert_true(bw_code_parse(text, &code));
    return code;
}

void
open_desk(int capacity, int extra_places)
{
    fixture_create(&fx, capacity, extra_places, false);
    fixture_person(&fx, FATIMA, "Fatima", "el Amrani", BW_CONFIRMED, 0);
    fixture_person(&fx, ANNA, "Anna", "de Vries", BW_CONFIRMED, 1);
    fixture_person(&fx, WIM, "Wim", "Bakker", BW_WAITLISTED, 0);
    fixture_person(&fx, WILLEM, "Willem", "Visser", BW_WAITLISTED, 0);
    desk = fixture_desk(&fx);
    bw_answer_init(&answer, BW_ANSWER_DONE);
}

void
close_desk(void)
{
    bw_answer_finish(&answer);
    bw_desk_destroy(desk);
    desk = NULL;
    fixture_destroy(&fx);
}

const struct bw_answer *
run(const struct bw_command *command)
{
    bw_answer_finish(&answer);
    bw_desk_run(desk, command, &answer);
    return &answer;
}

struct bw_command
staff(enum bw_command_kind kind)
{
    struct bw_command command;
    bw_command_init(&command, kind);
    command.operated_by = BW_OPERATOR_STAFF;
    return command;
}

struct bw_command_known *
named(struct bw_command *command)
{
    switch ((int)command->kind) {
    case BW_COMMAND_CODE:
        return &command->code;
    case BW_COMMAND_WAITLIST:
        return &command->waitlist;
    case BW_COMMAND_UNDO:
        return &command->undo;
    case BW_COMMAND_LEAVE:
        return &command->leave;
    case BW_COMMAND_HISTORY:
        return &command->history;
    case BW_COMMAND_OVERRIDE:
        return &command->override.who;
    }
    fail_msg("command %d names nobody", (int)command->kind);
    return NULL;
}

const struct bw_answer *
by_code(enum bw_command_kind kind, const char *code)
{
    struct bw_command command = staff(kind);
    named(&command)->code = code_of(code);
    return run(&command);
}

const struct bw_answer *
by_event(enum bw_command_kind kind, struct bw_event_id event)
{
    struct bw_command command = staff(kind);
    named(&command)->event = event;
    return run(&command);
}

const struct bw_answer *
scan(uint32_t session_no, const char *code, uint8_t generation)
{
    struct bw_command command = staff(BW_COMMAND_SCAN);
    fixture_ticket(&fx, session_no, code_of(code), generation, command.scan.text);
    command.operated_by = BW_OPERATOR_ATTENDEE;
    return run(&command);
}

const struct bw_answer *
newcomer(enum bw_command_kind kind, const char *first_name, const char *reason)
{
    struct bw_command command = staff(kind);
    struct bw_command_newcomer *newcomer =
        kind == BW_COMMAND_QUEUE ? &command.queue : &command.walk_in;
    (void)strcpy(newcomer->person.first_name, first_name);
    (void)strcpy(newcomer->reason, reason);
    newcomer->audience = true;
    return run(&command);
}

const struct bw_answer *
simply(enum bw_command_kind kind)
{
    struct bw_command command = staff(kind);
    return run(&command);
}

void
assert_verdict(const struct bw_answer *a, enum bw_verdict verdict)
{
    if (a->kind != BW_ANSWER_VERDICT || a->verdict.verdict != verdict) {
        print_error("kind %d, %s was answered\n", (int)a->kind,
            a->kind == BW_ANSWER_ERROR     ? a->failure.error.text
            : a->kind == BW_ANSWER_VERDICT ? bw_verdict_name(a->verdict.verdict)
                                           : "no verdict");
    }
    assert_int_equal(a->kind, BW_ANSWER_VERDICT);
    assert_int_equal(a->verdict.verdict, verdict);
}

uint64_t
events(void)
{
    return simply(BW_COMMAND_OVERVIEW)->overview->events;
}
