/* `doubts`: sign-ups that wait for the organiser's word. */
#include "cli/answer.h"
#include "commands.h"
#include "office/place/doubt.h"

#include <brugwachter/said.h>

struct doubts_telling {
    struct bw_call *call;
    json_t *list; /* NULL where text is printed */
    int count;
};

static const char *
kind_name(enum bw_place_doubt doubt)
{
    switch (doubt) {
    case BW_PLACE_DOUBT_MAIL:
        return "mail";
    case BW_PLACE_DOUBT_NAME:
        return "name";
    case BW_PLACE_DOUBT_ROLE:
        return "role";
    case BW_PLACE_DOUBT_NONE:
        break;
    }
    return "none";
}

static json_t *
side_json(const struct bw_place_doubt_side *side)
{
    return json_pack("{s:o, s:s, s:s, s:s, s:s, s:s, s:s}", "code",
        bw_cli_code(side->code), "first_name", side->first_name, "name", side->name,
        "email", side->mail, "school", side->school, "role", side->role, "session",
        side->session_code);
}

static void
side_print(FILE *out, const char *before, const struct bw_place_doubt_side *side)
{
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(side->code, shown);
    (void)fprintf(out, "%s%s  %s %s, %s, %s, %s\n", before, shown, side->first_name,
        side->name, side->mail[0] != '\0' ? side->mail : bw_said("no mail"), side->school,
        side->session_code);
}

static bool
on_doubt(enum bw_place_doubt doubt, const struct bw_place_doubt_side *who,
    const struct bw_place_doubt_side *other, void *context)
{
    struct doubts_telling *telling = context;
    FILE *out = telling->call->out;
    telling->count++;
    if (telling->list != NULL) {
        json_t *item =
            json_pack("{s:s, s:o}", "kind", kind_name(doubt), "who", side_json(who));
        if (item != NULL && other->code != BW_CODE_NONE) {
            (void)json_object_set_new(item, "other", side_json(other));
        }
        (void)json_array_append_new(telling->list, item);
        return true;
    }
    side_print(out, "", who);
    if (doubt == BW_PLACE_DOUBT_ROLE) {
        (void)fprintf(
            out, bw_said("  says in the role \"%s\": in, or out?\n"), who->role);
    } else if (other->code != BW_CODE_NONE) {
        (void)fputs(doubt == BW_PLACE_DOUBT_MAIL
                        ? bw_said("  uses the mail address of: the same, or other?\n")
                        : bw_said("  is nearly called as: the same, or other?\n"),
            out);
        side_print(out, "  ", other);
    }
    return true;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct doubts_telling telling = {
        .call = call, .list = call->json ? json_array() : NULL};
    enum bw_status status = bw_place_doubts_walk(call->central, on_doubt, &telling, err);
    if (status != BW_OK) {
        json_decref(telling.list);
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call, json_pack("{s:o}", "doubts", telling.list), err);
    } else {
        (void)fputs(
            telling.count == 0
                ? bw_said("Nothing is in doubt.\n")
                : bw_said("Settle each: settle CODE same|other|in|out --why \"…\".\n"),
            call->out);
    }
    return bw_cli_exit(status, telling.count > 0 ? BW_EXIT_LOOK : BW_EXIT_DONE, err);
}

const struct bw_sync_command bw_sync_command_doubts = {
    .name = "doubts",
    .operands = "",
    .summary = BW_SAYS("sign-ups that get no place until they are settled"),
    .help = BW_SAYS(
        "An answer with the mail of somebody with another name, or nearly the name of\n"
        "somebody at the same school, or a role that denies the audience. It waits,\n"
        "and keeps its rank.\n"),
    .takes = BW_TAKES(BW_OPTION_KEY_FILE),
    .needs = BW_NEEDS_CENTRAL,
    .run = run,
};
