/* `move CODE… --session S`: people to another circle. */
#include "office/place/move.h"

#include "cli/answer.h"
#include "cli/registration.h"
#include "commands.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <stdlib.h>

static json_t *
to_json(const struct bw_place_move *move)
{
    const struct bw_registration *to = &move->to.roster;
    json_t *root = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:i}", "session",
        move->to.session_code, "status", bw_registration_status_name(to->status),
        "first_name", to->person.first_name, "name", to->person.name, "from_session",
        move->from.session_code, "status_before",
        bw_registration_status_name(move->before), "generation", (int)to->generation);
    bw_cli_set(&root, "code", bw_cli_code(to->code));
    bw_cli_set(&root, "from_code", bw_cli_code(move->from.roster.code));
    if (move->number > 0) {
        bw_cli_set(&root, "position", json_integer((json_int_t)move->number));
    }
    bw_cli_set(&root, "frees", json_boolean(move->frees));
    if (move->next.roster.code != BW_CODE_NONE) {
        bw_cli_set(&root, "next", bw_cli_code(move->next.roster.code));
    }
    return root;
}

static void
print(const struct bw_place_move *move, FILE *out)
{
    const struct bw_person *person = &move->to.roster.person;
    char from[BW_CODE_SHOWN_BYTES], to[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(move->from.roster.code, from);
    bw_code_format_shown(move->to.roster.code, to);
    (void)fprintf(out, bw_said("%s (%s%s%s) goes from %s to %s, as %s: "), from,
        person->first_name, person->name[0] != '\0' ? " " : "", person->name,
        move->from.session_code, move->to.session_code, to);
    if (move->number > 0) {
        (void)fprintf(
            out, bw_said("%" PRId64 " on the waiting list there.\n"), move->number);
    } else {
        (void)fputs(bw_said("with a place there.\n"), out);
    }
    if (move->next.roster.code != BW_CODE_NONE) {
        const struct bw_person *next = &move->next.roster.person;
        char shown[BW_CODE_SHOWN_BYTES];
        bw_code_format_shown(move->next.roster.code, shown);
        (void)fprintf(out,
            bw_said("  Their place in %s is free: %s (%s %s) waits first (promote gives "
                    "it).\n"),
            move->from.session_code, shown, next->first_name, next->name);
    } else if (move->frees) {
        (void)fprintf(
            out, bw_said("  Their place in %s is free.\n"), move->from.session_code);
    }
}

static enum bw_status
move_all(struct bw_call *call, json_t *list, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    char why[BW_TITLE_BYTES];
    size_t count = (size_t)call->operands_count;
    struct bw_place_move *moves = calloc(count, sizeof *moves);
    enum bw_status status =
        moves != NULL ? bw_call_why(call, why, err)
                      : bw_error_set(err, BW_NO_MEMORY, 0, "moving people: no memory");
    if (status == BW_OK) {
        status = bw_place_move_all(&office, call->operands, count,
            bw_call_value(call, BW_OPTION_SESSION), why, moves, err);
    }
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        if (call->json) {
            (void)json_array_append_new(list, to_json(&moves[i]));
        } else {
            print(&moves[i], call->out);
        }
    }
    free(moves);
    return status;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    json_t *list = call->json ? json_array() : NULL;
    enum bw_status status = bw_cli_registrations_find(call, err);
    if (status == BW_OK) {
        status = move_all(call, list, err);
    }
    if (status != BW_OK) {
        json_decref(list);
        return bw_exit_of(status);
    }
    if (call->json) {
        json_t *answer = call->operands_count == 1 ? json_incref(json_array_get(list, 0))
                                                   : json_pack("{s:O}", "moves", list);
        json_decref(list);
        status = bw_cli_json(call, answer, err);
    } else {
        (void)fputs(
            bw_said("The old ticket is cancelled. mail tells them, with the new one.\n"),
            call->out);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

const struct bw_sync_command bw_sync_command_move = {
    .name = "move",
    .operands = "CODE…",
    .summary = BW_SAYS("move people to another circle of the series"),
    .help = BW_SAYS(
        "Gives up what they have in the one, and asks for a place in the other: a\n"
        "place where one is free and nobody waits, else the end of its waiting list.\n"
        "With a new ticket; one mail tells of both. Several are moved as one step, who\n"
        "signed up first before the others, or none; undo takes it back whole.\n"),
    .takes = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_WHY) |
             BW_TAKES(BW_OPTION_KEY_FILE) | BW_TAKES(BW_OPTION_CHECK),
    .requires = BW_TAKES(BW_OPTION_SESSION),
    .operands_min = 1,
    .operands_max = BW_OPERANDS_MAX,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
