/* Event files: `export` at the kiosk, `merge` at the office. See usb.h, envelope.h.
 *
 * merge reads and checks every file before it writes anything, then puts all of them in
 * one transaction. */
#include "central/keys_in_use.h"
#include "central/records.h"
#include "central/chain.h"
#include "exchange/usb.h"
#include "cli/answer.h"
#include "cli/commands.h"
#include "central/base/output.h"
#include "report/conflicts.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* ---- export ---- */

/* What the central side isn't known to have; where it has all, the last event again, so
 * that the file still states the head. */
static enum bw_status
export_from(struct bw_link *link, uint64_t *ret_from, struct bw_error *err)
{
    struct bw_head head;
    int64_t acknowledged = 0;
    enum bw_status status = bw_store_head(link->store, &head, err);
    if (status == BW_OK) {
        status = bw_store_get_number(
            link->store, BW_NUMBER_ACKNOWLEDGED, 0, &acknowledged, err);
    }
    if (status == BW_OK) {
        uint64_t next = (uint64_t)acknowledged + 1;
        *ret_from = next <= head.seq ? next : head.seq;
    }
    return status;
}

static enum bw_status
batch_send(struct bw_link *link, const struct bw_batch *batch, char ret_path[PATH_MAX],
    struct bw_error *err)
{
    struct bw_envelope_head outside = {
        .kind = BW_ENVELOPE_EVENTS, .device = batch->device};
    struct bw_identity own;
    char *letter = NULL, name[120];
    unsigned char *bytes = NULL;
    size_t length = 0;
    const char *folder = link->call->operands[0];
    if (batch->count > 0) {
        outside.from = batch->items[0].event.id.seq;
        outside.to = batch->items[batch->count - 1].event.id.seq;
    }
    (void)snprintf(name, sizeof name, "bw-events-%u-%" PRIu64 "-%" PRIu64 ".bwe",
        outside.device, outside.from, outside.to);
    enum bw_status status = bw_batch_write(batch, &letter, err);
    if (status != BW_OK) {
        return status;
    }
    bw_identity_of_seed(link->credentials.seed, &own);
    status = bw_envelope_close(&outside, own.sign_secret, link->credentials.organiser_box,
        letter, strlen(letter), &bytes, &length, err);
    sodium_memzero(&own, sizeof own);
    sodium_memzero(letter, strlen(letter));
    free(letter);
    if (status == BW_OK) {
        status = bw_usb_write(folder, name, bytes, length, ret_path, err);
    }
    free(bytes);
    return status;
}

static enum bw_exit
run_export(struct bw_call *call, struct bw_error *err)
{
    struct bw_link link;
    struct bw_batch batch = {0};
    uint64_t from = 0;
    char path[PATH_MAX];
    enum bw_status status = bw_link_open(call, &link, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    status = export_from(&link, &from, err);
    if (status == BW_OK) {
        status = bw_batch_of_store(
            link.store, &call->clock, from, BW_BATCH_EVENTS_MAX, &batch, err);
    }
    if (status == BW_OK) {
        status = batch_send(&link, &batch, path, err);
    }
    if (status == BW_OK && call->json) {
        status = bw_cli_json(call,
            json_pack("{s:s, s:I, s:I, s:I}", "file", path, "device",
                (json_int_t)batch.device, "events", (json_int_t)batch.count, "head",
                (json_int_t)batch.head.seq),
            err);
    } else if (status == BW_OK) {
        (void)fprintf(call->out,
            "Wrote %s: %zu events. Only the organiser can open it: merge it at the "
            "office. "
            "The events stay here too.\n",
            path, batch.count);
    }
    bw_batch_finish(&batch);
    bw_link_close(&link);
    return bw_exit_of(status);
}

const struct bw_sync_command bw_sync_command_export = {
    .name = "export",
    .operands = "DIR",
    .summary = "write this kiosk's events as a file for USB",
    .help = "The file is sealed to the organiser and signed by this kiosk. It holds what "
            "the\n"
            "central database isn't known to have. At the office: merge FILE.\n",
    .operands_min = 1,
    .operands_max = 1,
    .needs = BW_NEEDS_STORE,
    .run = run_export,
};

/* ---- merge ---- */

static enum bw_status
letter_open(struct bw_call *call, const struct bw_identity *office,
    const unsigned char *bytes, size_t length, char **ret_letter,
    size_t *ret_letter_bytes, struct bw_envelope_head *ret_head, struct bw_error *err)
{
    struct bw_device_keys keys;
    enum bw_status status =
        bw_envelope_head_read(BW_ENVELOPE_EVENTS, bytes, length, ret_head, err);
    if (status == BW_OK) {
        status = bw_record_device_keys(call->central, ret_head->device, &keys, err);
    }
    return status == BW_OK
               ? bw_envelope_open(BW_ENVELOPE_EVENTS, bytes, length, keys.sign_public,
                     office, ret_letter, ret_letter_bytes, err)
               : status;
}

static enum bw_status
file_read(struct bw_call *call, const struct bw_identity *office, const char *path,
    struct bw_batch *ret_batch, struct bw_error *err)
{
    unsigned char *bytes = NULL;
    char *letter = NULL;
    size_t length = 0, letter_bytes = 0;
    struct bw_envelope_head head;
    enum bw_status status =
        bw_file_read(path, BW_ENVELOPE_BYTES_MAX, &bytes, &length, err);
    if (status == BW_OK) {
        status =
            letter_open(call, office, bytes, length, &letter, &letter_bytes, &head, err);
    }
    if (status == BW_OK) {
        status = bw_batch_read(letter, letter_bytes, ret_batch, err);
    }
    if (status == BW_OK && ret_batch->device != head.device) {
        bw_batch_finish(ret_batch);
        status = bw_error_set(err, BW_BAD_INPUT, 0,
            "its letter is another kiosk's than its outside says; have it made again");
    }
    free(bytes);
    if (letter) {
        sodium_memzero(letter, letter_bytes);
        free(letter);
    }
    return status == BW_OK ? BW_OK : bw_error_prefix(err, status, "merging %s", path);
}

struct merged {
    int64_t events, accepted;
    int forks, broken, gaps, conflicts;
};

static enum bw_status
batches_put(struct bw_call *call, const struct bw_batch *batches, int count,
    struct merged *merged, struct bw_error *err)
{
    enum bw_status status = bw_central_begin(call->central, err);
    for (int i = 0; status == BW_OK && i < count; i++) {
        int64_t accepted = 0;
        status = bw_batch_put(
            call->central, &batches[i], "usb", bw_call_now_ms(call), &accepted, err);
        merged->events += (int64_t)batches[i].count;
        merged->accepted += accepted;
        bw_progress_step(call->progress, "files", i + 1, count);
    }
    if (status == BW_OK) {
        status = bw_central_commit(call->central, err);
    }
    bw_central_rollback(call->central);
    bw_progress_end(call->progress);
    return status;
}

/* What is to be looked at, of the kiosks that the files came from. */
static enum bw_status
chains_look(struct bw_call *call, const struct bw_batch *batches, int count,
    struct merged *merged, struct bw_error *err)
{
    for (int i = 0; i < count; i++) {
        struct bw_device_chain chain;
        bool seen = false;
        for (int j = 0; j < i; j++) {
            seen = seen || batches[j].device == batches[i].device;
        }
        if (seen) {
            continue;
        }
        enum bw_status status =
            bw_central_chain_read(call->central, batches[i].device, &chain, err);
        if (status != BW_OK) {
            return status;
        }
        merged->forks += chain.state == BW_CHAIN_FORKED;
        merged->broken += chain.state == BW_CHAIN_BROKEN;
        merged->gaps += chain.gaps_count > 0;
    }
    return BW_OK;
}

static enum bw_status
conflicts_look(struct bw_call *call, const struct bw_batch *batches, int count,
    struct merged *merged, struct bw_error *err)
{
    int64_t *sessions = NULL;
    size_t sessions_count = 0;
    enum bw_status status = bw_record_numbers(call->central,
        "SELECT session_no FROM session ORDER BY session_no", NULL, 0, &sessions,
        &sessions_count, err);
    for (size_t s = 0; status == BW_OK && s < sessions_count; s++) {
        bool touched = false;
        int conflicts = 0;
        for (int i = 0; i < count && !touched; i++) {
            for (size_t e = 0; e < batches[i].count && !touched; e++) {
                touched = batches[i].items[e].event.session_no == (uint32_t)sessions[s];
            }
        }
        if (touched) {
            status =
                bw_conflicts_count(call->central, (uint32_t)sessions[s], &conflicts, err);
            merged->conflicts += conflicts;
        }
    }
    free(sessions);
    return status;
}

static enum bw_status
merge_answer(
    struct bw_call *call, int files, const struct merged *merged, struct bw_error *err)
{
    if (call->json) {
        return bw_cli_json(call,
            json_pack("{s:i, s:I, s:I, s:i, s:i, s:i, s:i}", "files", files, "events",
                (json_int_t)merged->events, "accepted", (json_int_t)merged->accepted,
                "conflicts", merged->conflicts, "gaps", merged->gaps, "forks",
                merged->forks, "broken", merged->broken),
            err);
    }
    (void)fprintf(call->out,
        "Merged %d files: %" PRId64 " events, of which %" PRId64 " were new.\n", files,
        merged->events, merged->accepted);
    if (merged->conflicts + merged->gaps + merged->forks + merged->broken > 0) {
        (void)fprintf(call->out,
            "To look at: %d conflicts; kiosks with gaps %d, with two histories %d, with "
            "a "
            "broken chain %d. The report names them.\n",
            merged->conflicts, merged->gaps, merged->forks, merged->broken);
    }
    return BW_OK;
}

static enum bw_exit
run_merge(struct bw_call *call, struct bw_error *err)
{
    int count = 0;
    struct bw_keys keys;
    struct bw_identity office;
    struct merged merged = {0};
    struct bw_batch *batches = calloc((size_t)call->operands_count, sizeof *batches);
    enum bw_status status =
        batches ? bw_keys_in_use(call->central, bw_call_key_path(call), &keys, err)
                : bw_error_set(err, BW_NO_MEMORY, 0, "merging: out of memory");
    if (status == BW_OK) {
        bw_identity_of_organiser(&keys, &office);
        bw_keys_finish(&keys);
        while (status == BW_OK && count < call->operands_count) {
            status =
                file_read(call, &office, call->operands[count], &batches[count], err);
            count += status == BW_OK;
        }
        sodium_memzero(&office, sizeof office);
    }
    if (status == BW_OK) {
        status = batches_put(call, batches, count, &merged, err);
    }
    if (status == BW_OK) {
        status = chains_look(call, batches, count, &merged, err);
    }
    if (status == BW_OK) {
        status = conflicts_look(call, batches, count, &merged, err);
    }
    if (status == BW_OK) {
        status = merge_answer(call, count, &merged, err);
    }
    for (int i = 0; i < count; i++) {
        bw_batch_finish(&batches[i]);
    }
    free(batches);
    bool look = merged.conflicts + merged.gaps + merged.forks + merged.broken > 0;
    return status == BW_OK && look ? BW_EXIT_LOOK : bw_exit_of(status);
}

const struct bw_sync_command bw_sync_command_merge1 = {
    .name = "merge",
    .operands = "FILE…",
    .summary = "take event files that came by USB",
    .help = "Any order, any number of times: what is known already changes nothing. One "
            "file\n"
            "that doesn't hold, and nothing is taken.\n",
    .takes = BW_TAKES(BW_OPTION_KEY_FILE),
    .operands_min = 1,
    .operands_max = BW_OPERANDS_MAX,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run_merge,
};
