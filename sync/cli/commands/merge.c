/* `merge`: letters in, from the carriers or from a stick; receipts go back to it. */
#include "cli/answer.h"
#include "cli/letters.h"
#include "commands.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The folder that a stick's letters lie in. */
static void
folder_of(const char *path, char ret_folder[PATH_MAX])
{
    struct stat facts;
    (void)snprintf(ret_folder, PATH_MAX, "%s", path);
    if (stat(path, &facts) == 0 && S_ISDIR(facts.st_mode)) {
        return;
    }
    char *slash = strrchr(ret_folder, '/');
    if (slash && slash != ret_folder) {
        *slash = '\0';
    } else {
        (void)snprintf(ret_folder, PATH_MAX, "%s", slash ? "/" : ".");
    }
}

/* A stick that can't be written to is told, and no failure: the events are in. */
static void
receipts_write(const struct bw_exchange_post *post, const char *path,
    struct bw_round_summary *summary)
{
    char folder[PATH_MAX];
    struct bw_error why;
    folder_of(path, folder);
    for (size_t i = 0; i < summary->devices_count; i++) {
        enum bw_status status =
            bw_round_pack(post, summary->devices[i], folder, false, summary, NULL, &why);
        if (status != BW_OK && status != BW_REFUSED) {
            bw_round_note(summary, "No receipt was written to %s: %s.", folder, why.text);
        }
    }
}

static enum bw_status
operands_merge(struct bw_call *call, const struct bw_exchange_post *post,
    struct bw_round_summary *summary, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (int i = 0; status == BW_OK && i < call->operands_count; i++) {
        bw_progress_step(call->progress, "letters", i + 1, call->operands_count);
        status = bw_round_stick(post, call->operands[i], summary, err);
    }
    bw_progress_end(call->progress);
    if (bw_central_is_check_only(call->central)) {
        return status;
    }
    for (int i = 0; status == BW_OK && i < call->operands_count; i++) {
        bool same = i > 0;
        char folder[PATH_MAX], before[PATH_MAX];
        folder_of(call->operands[i], folder);
        if (same) {
            folder_of(call->operands[i - 1], before);
        }
        if (!same || strcmp(folder, before) != 0) {
            receipts_write(post, call->operands[i], summary);
        }
    }
    return status;
}

static enum bw_status
answer(struct bw_call *call, const struct bw_round_summary *s, struct bw_error *err)
{
    if (call->json) {
        json_t *notes = json_array();
        for (size_t i = 0; i < s->notes_count; i++) {
            bw_cli_add(&notes, json_string(s->notes[i]));
        }
        return bw_cli_json(call,
            json_pack("{s:i, s:i, s:i, s:i, s:I, s:I, s:I, s:i, s:o}", "files",
                s->looked_at, "taken", s->taken, "left", s->left, "aside", s->aside,
                "events", (json_int_t)s->events, "accepted", (json_int_t)s->accepted,
                "quarantined", (json_int_t)s->quarantined, "receipts", s->written,
                "notes", notes),
            err);
    }
    (void)fprintf(call->out,
        bw_said("Looked at %d letters and took %d: %" PRId64 " events, of which %" PRId64
                " were new.\n"),
        s->looked_at, s->taken, s->events, s->accepted);
    bw_letters_tell(call, s);
    return BW_OK;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct bw_exchange_post post = {0};
    struct bw_round_summary summary = {0};
    enum bw_status status = bw_letters_post(call, &post, err);
    if (status == BW_OK) {
        status = call->operands_count > 0 ? operands_merge(call, &post, &summary, err)
                                          : bw_round_in(&post, &summary, err);
    }
    bool look = bw_round_needs_a_look(&summary) || summary.left > 0;
    enum bw_exit result = status == BW_OK && !look ? BW_EXIT_DONE : BW_EXIT_LOOK;
    if (status == BW_OK) {
        result = bw_cli_exit(answer(call, &summary, err), result, err);
    } else if (summary.taken == 0 && summary.aside == 0) {
        result = bw_exit_of(status); /* nothing was changed */
    }
    bw_round_summary_finish(&summary);
    bw_exchange_post_finish(&post);
    return result;
}

const struct bw_sync_command bw_sync_command_merge = {
    .name = "merge",
    .operands = "[FILE|DIR…]",
    .summary =
        BW_SAYS("take letters in, from the carriers or from a stick; receipts go back"),
    .help = BW_SAYS(
        "Any order, any number of times: what is known already changes nothing. A\n"
        "letter that doesn't hold is set aside, and the others are taken.\n"),
    .takes = BW_TAKES(BW_OPTION_KEY_FILE) | BW_TAKES(BW_OPTION_CHECK),
    .operands_max = BW_OPERANDS_MAX,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
