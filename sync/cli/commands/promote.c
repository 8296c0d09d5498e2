/* `promote [CODE]`: free places to people who wait, in their order; or one to CODE. */
#include "office/place/promote.h"

#include "cli/answer.h"
#include "commands.h"

#include <brugwachter/said.h>
#include <inttypes.h>

static json_t *
to_json(const struct bw_place_promotion *p)
{
    json_t *list = json_array();
    for (size_t i = 0; i < p->promoted_count; i++) {
        const struct bw_registration *r = &p->promoted[i].roster;
        bw_cli_add(
            &list, json_pack("{s:o, s:s, s:s, s:s, s:i}", "code", bw_cli_code(r->code),
                       "first_name", r->person.first_name, "name", r->person.name,
                       "school", r->person.school, "generation", (int)r->generation));
    }
    return json_pack("{s:s, s:o, s:I, s:I, s:I, s:I}", "session", p->session.code,
        "promoted", list, "free", (json_int_t)p->free_places, "kept", (json_int_t)p->kept,
        "waitlisted", (json_int_t)p->waiting, "passed", (json_int_t)p->passed);
}

static void
print(const struct bw_place_promotion *p, FILE *out)
{
    fprintf(out,
        bw_said("%s: %zu people got a place; %" PRId64 " places are free, %zu wait.\n"),
        p->session.code, p->promoted_count, p->free_places, p->waiting);
    if (p->kept > 0) {
        fprintf(out,
            bw_said("Of these %" PRId64
                    " are kept for people whose sign-up is in doubt (doubts)."
                    "\n"),
            p->kept);
    }
    if (p->passed > 0) {
        fprintf(out, bw_said("%zu people wait before them, and still do.\n"), p->passed);
    }
    for (size_t i = 0; i < p->promoted_count; i++) {
        const struct bw_registration *r = &p->promoted[i].roster;
        char code[BW_CODE_SHOWN_BYTES];
        bw_code_format_shown(r->code, code);
        fprintf(out, "  %s  %s %s, %s\n", code, r->person.first_name, r->person.name,
            r->person.school);
    }
    if (p->promoted_count > 0) {
        fputs(bw_said("Send them their new ticket: the old one is replaced (tickets).\n"),
            out);
    }
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    int64_t count = 0;
    if (bw_call_number(call, BW_OPTION_COUNT, 1, BW_CAPACITY_MAX, BW_CAPACITY_MAX, &count,
            err) != BW_OK) {
        return BW_EXIT_USAGE;
    }
    struct bw_office office = bw_call_office(call);
    struct bw_place_promotion promotion;
    const char *session = bw_call_value(call, BW_OPTION_SESSION);
    const char *why = bw_call_value(call, BW_OPTION_WHY);
    bool chosen = call->operands_count > 0;
    if (chosen ? bw_call_value(call, BW_OPTION_COUNT) != NULL : why != NULL) {
        (void)bw_error_set(err, BW_BAD_INPUT, 0,
            "giving out places: --count is for people in turn, --why for one who was "
            "chosen (CODE)");
        return BW_EXIT_USAGE;
    }
    enum bw_status status =
        chosen ? bw_place_promote_chosen(&office, session, call->operands[0],
                     why != NULL ? why : "", &promotion, err)
               : bw_place_promote(&office, session, count, &promotion, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call, to_json(&promotion), err);
    } else {
        print(&promotion, call->out);
    }
    bool asked = bw_call_value(call, BW_OPTION_COUNT) != NULL;
    bool short_of = asked && (int64_t)promotion.promoted_count < count;
    bw_place_promotion_finish(&promotion);
    return bw_cli_exit(status, short_of ? BW_EXIT_LOOK : BW_EXIT_DONE, err);
}

const struct bw_sync_command bw_sync_command_promote = {
    .name = "promote",
    .operands = "[CODE]",
    .summary = BW_SAYS("give free places to people on the waitlist, in their order"),
    .help = BW_SAYS("As many as there are free places; --count N: at most N. "
                    "Each gets a new ticket.\n"
                    "With CODE: one place to that one, whoever waits before them; --why "
                    "is kept.\n"),
    .operands_max = 1,
    .takes = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_COUNT) |
             BW_TAKES(BW_OPTION_WHY) | BW_TAKES(BW_OPTION_KEY_FILE) |
             BW_TAKES(BW_OPTION_CHECK),
    .requires = BW_TAKES(BW_OPTION_SESSION),
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
