/* Letters around a command: see letters.h. */
#include "cli/letters.h"

#include "exchange/office/fleet.h"

#include <string.h>

bool
bw_letters_netrc(const struct bw_call *call, char ret_path[PATH_MAX])
{
    static const char ending[] = ".key";
    const char *given = bw_call_value(call, BW_OPTION_NETRC_FILE);
    const char *keys = bw_central_key_path(call->central);
    size_t length = strlen(keys);
    ret_path[0] = '\0';
    if (given) {
        (void)snprintf(ret_path, PATH_MAX, "%s", given);
    } else if (length > sizeof ending) {
        (void)snprintf(
            ret_path, PATH_MAX, "%.*s.netrc", (int)(length - (sizeof ending - 1)), keys);
    }
    return given != NULL;
}

enum bw_status
bw_letters_post(
    struct bw_call *call, struct bw_exchange_post *ret_post, struct bw_error *err)
{
    enum bw_status status = bw_exchange_post_init(
        ret_post, call->central, bw_call_key_path(call), &call->clock, err);
    if (status == BW_OK) {
        ret_post->netrc_given = bw_letters_netrc(call, ret_post->netrc_path);
    }
    return status;
}

void
bw_letters_print(const struct bw_round_summary *summary, FILE *out)
{
    for (size_t i = 0; i < summary->notes_count; i++) {
        (void)fprintf(out, "%s\n", summary->notes[i]);
    }
}

/* True the first time. More than are kept are said each time. */
static bool
is_news(struct bw_call *call, const char *sentence)
{
    uint64_t digest = UINT64_C(0xcbf29ce484222325); /* FNV-1a */
    for (const char *c = sentence; *c; c++) {
        digest = (digest ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
    }
    for (int i = 0; i < call->told_count; i++) {
        if (call->told[i] == digest) {
            return false;
        }
    }
    if (call->told_count < BW_CALL_TOLD) {
        call->told[call->told_count++] = digest;
    }
    return true;
}

void
bw_letters_tell(struct bw_call *call, const struct bw_round_summary *summary)
{
    for (size_t i = 0; i < summary->notes_count; i++) {
        if (is_news(call, summary->notes[i])) {
            (void)fprintf(call->out, "%s\n", summary->notes[i]);
        }
    }
}

/* Sentences into the one line that the program prints. */
static void
notes_join(const struct bw_round_summary *summary, struct bw_error *err)
{
    char text[BW_ERROR_TEXT_BYTES] = "";
    for (size_t i = 0; i < summary->notes_count; i++) {
        size_t used = strlen(text);
        (void)snprintf(
            text + used, sizeof text - used, "%s%s", used ? " " : "", summary->notes[i]);
    }
    (void)bw_error_set(err, BW_OK, 0, "%s", text);
}

typedef enum bw_status round_of(const struct bw_exchange_post *post,
    struct bw_round_summary *summary, struct bw_error *err);

/* Without the organiser's keys nothing can be opened or signed. Where there are kiosks,
 * figures and rosters are then behind, which is said once a command. */
static enum bw_exit
keys_miss(
    struct bw_call *call, bool said, const struct bw_error *why, struct bw_error *err)
{
    int64_t kiosks = 1;
    if (said || (bw_fleet_count(call->central, &kiosks, NULL) == BW_OK && kiosks == 0)) {
        return BW_EXIT_DONE;
    }
    (void)bw_error_set(err, why->status, why->os_errno,
        "letters of kiosks weren't taken in, nor put for them: %s", why->text);
    return BW_EXIT_LOOK;
}

static enum bw_exit
round_run(struct bw_call *call, round_of *round, bool said, struct bw_error *err)
{
    struct bw_exchange_post post;
    struct bw_round_summary summary = {0};
    struct bw_error why = {.text = ""};
    if (bw_letters_post(call, &post, &why) != BW_OK) {
        return keys_miss(call, said, &why, err);
    }
    enum bw_status status = round(&post, &summary, err);
    enum bw_exit result = BW_EXIT_DONE;
    if (status != BW_OK) {
        result = BW_EXIT_LOOK;
    } else if (bw_round_needs_a_look(&summary)) {
        notes_join(&summary, err);
        result = BW_EXIT_LOOK;
    } else if (!call->json) {
        bw_letters_tell(call, &summary);
    }
    bw_round_summary_finish(&summary);
    bw_exchange_post_finish(&post);
    return result;
}

enum bw_exit
bw_letters_in(struct bw_call *call, struct bw_error *err)
{
    return round_run(call, bw_round_in, false, err);
}

enum bw_exit
bw_letters_out(struct bw_call *call, struct bw_error *err)
{
    bool said = (call->command->letters & BW_LETTERS_IN) != 0;
    return round_run(call, bw_round_out, said, err);
}
