/* Roster files: `pack` at the office, `pull --from` at the kiosk. See usb.h, envelope.h.
 */
#include "central/keys_in_use.h"
#include "central/records.h"
#include "exchange/usb.h"
#include "cli/answer.h"
#include "cli/commands.h"
#include "central/base/output.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* ---- at the kiosk ---- */

static enum bw_status
letter_open(struct bw_link *link, const char *path, char **ret_letter, size_t *ret_length,
    struct bw_error *err)
{
    unsigned char *bytes;
    size_t length;
    struct bw_envelope_head head;
    struct bw_identity own;
    enum bw_status status =
        bw_file_read(path, BW_ENVELOPE_BYTES_MAX, &bytes, &length, err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_envelope_head_read(BW_ENVELOPE_ROSTER, bytes, length, &head, err);
    if (status == BW_OK && head.device != link->device) {
        status = bw_error_set(err, BW_REFUSED, 0,
            "it is for kiosk %u, and this is kiosk %u; choose bw-roster-%u-….bwr",
            head.device, link->device, link->device);
    }
    if (status == BW_OK) {
        bw_identity_of_seed(link->credentials.seed, &own);
        status = bw_envelope_open(BW_ENVELOPE_ROSTER, bytes, length,
            link->credentials.organiser_sign, &own, ret_letter, ret_length, err);
        sodium_memzero(&own, sizeof own);
    }
    free(bytes);
    return status;
}

/* All of the letter is read once for nothing, so that the store's transaction begins only
 * for a letter that holds. */
static enum bw_status
letter_check(
    struct bw_link *link, const char *letter, size_t length, struct bw_error *err)
{
    struct bw_roster1_sink nowhere = bw_roster1_sink_nowhere();
    struct bw_roster1_head head;
    struct bw_roster1_counts counts;
    int64_t known = 0;
    enum bw_status status =
        bw_roster1_of_letter(letter, length, &nowhere, &head, &counts, err);
    if (status == BW_OK && head.device != link->device) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "its letter is for kiosk %u, its outside for kiosk %u; have it made again",
            head.device, link->device);
    }
    if (status == BW_OK) {
        status =
            bw_store_get_number(link->store, BW_NUMBER_ROSTER_REVISION, 0, &known, err);
    }
    if (status == BW_OK && head.revision < known) {
        return bw_error_set(err, BW_REFUSED, 0,
            "its roster is revision %" PRId64 ", and this kiosk has %" PRId64
            " already; have a newer one packed",
            head.revision, known);
    }
    return status;
}

static enum bw_status
letter_take(struct bw_link *link, const char *letter, size_t length, struct bw_error *err)
{
    struct bw_roster1_to_store to = {.store = link->store};
    struct bw_roster1_sink sink = bw_roster1_sink_store(&to);
    struct bw_roster1_head head;
    struct bw_roster1_counts counts;
    int64_t server_ms = 0, mono_ms = 0;
    bool same_boot = false;
    enum bw_status status =
        bw_roster1_of_letter(letter, length, &sink, &head, &counts, err);
    if (status != BW_OK) {
        bw_store_update_rollback(link->store);
        return status;
    }
    status = bw_link_heed(link, &head, err);
    if (status == BW_OK) {
        status = bw_store_server_time(
            link->store, &link->call->clock, &server_ms, &mono_ms, &same_boot, err);
    }
    /* a file has been on its way: it tells a time that is past, never what time it is */
    if (status == BW_OK && head.made_ms > server_ms) {
        status =
            bw_store_set_server_time(link->store, head.made_ms, &link->call->clock, err);
    }
    return status;
}

enum bw_status
bw_usb_roster_take(struct bw_link *link, const char *path, struct bw_pulled *ret_pulled,
    struct bw_error *err)
{
    char *letter = NULL;
    size_t length = 0;
    struct bw_pulled pulled = {0};
    enum bw_status status = letter_open(link, path, &letter, &length, err);
    if (status == BW_OK) {
        status = letter_check(link, letter, length, err);
    }
    if (status == BW_OK) {
        status = letter_take(link, letter, length, err);
    }
    if (letter) {
        sodium_memzero(letter, length);
        free(letter);
    }
    if (status != BW_OK) {
        return bw_error_prefix(err, status, "taking the roster from %s", path);
    }
    status = bw_link_counts(link, &pulled, err);
    if (status == BW_OK) {
        *ret_pulled = pulled;
    }
    return status;
}

/* ---- at the office ---- */

static enum bw_status
letter_make(struct bw_call *call, uint32_t device, char **ret_letter,
    struct bw_roster1_head *ret_head, struct bw_roster1_counts *ret_counts,
    struct bw_error *err)
{
    struct bw_roster1_to_letter *to;
    enum bw_status status = bw_roster1_to_letter_create(&to, err);
    if (status != BW_OK) {
        return status;
    }
    struct bw_roster1_sink sink = bw_roster1_sink_letter(to);
    status = bw_roster1_of_central(
        call->central, device, 0, bw_call_now_ms(call), &sink, ret_head, ret_counts, err);
    if (status == BW_OK) {
        status = bw_roster1_to_letter_text(to, ret_letter, err);
    }
    bw_roster1_to_letter_destroy(to);
    return status;
}

static enum bw_status
letter_send(struct bw_call *call, const struct bw_roster1_head *head,
    const struct bw_device_keys *device, const char *letter, char ret_path[PATH_MAX],
    struct bw_error *err)
{
    struct bw_keys keys;
    char name[80];
    unsigned char *bytes = NULL;
    size_t length = 0;
    const char *folder = bw_call_value(call, BW_OPTION_OUT);
    struct bw_envelope_head outside = {.kind = BW_ENVELOPE_ROSTER,
        .device = head->device,
        .to = (uint64_t)head->revision};
    (void)snprintf(
        name, sizeof name, "bw-roster-%u-%" PRId64 ".bwr", head->device, head->revision);
    enum bw_status status =
        bw_keys_in_use(call->central, bw_call_key_path(call), &keys, err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_envelope_close(&outside, keys.sign_secret, device->box_public, letter,
        strlen(letter), &bytes, &length, err);
    bw_keys_finish(&keys);
    if (status == BW_OK) {
        status = bw_usb_write(folder, name, bytes, length, ret_path, err);
    }
    free(bytes);
    return status;
}

static void
packed_note(struct bw_call *call, const struct bw_roster1_head *head)
{
    struct bw_error ignored;
    struct bw_sql_value values[] = {bw_sql_int(head->device), bw_sql_int(head->revision)};
    if (bw_central_begin(call->central, &ignored) == BW_OK) {
        if (bw_central_run(call->central,
                "UPDATE device SET packed_revision = $2 WHERE device = $1", values, 2,
                NULL, NULL, &ignored) == BW_OK) {
            (void)!bw_central_commit(call->central, &ignored);
        }
        bw_central_rollback(call->central);
    }
}

static enum bw_exit
run_pack(struct bw_call *call, struct bw_error *err)
{
    int64_t device = 0;
    struct bw_device_keys keys;
    struct bw_roster1_head head;
    struct bw_roster1_counts counts;
    char *letter = NULL, path[PATH_MAX];
    if (bw_call_number(call, BW_OPTION_DEVICE, 1, UINT32_MAX, 0, &device, err) != BW_OK) {
        return BW_EXIT_USAGE;
    }
    enum bw_status status =
        bw_record_device_keys(call->central, (uint32_t)device, &keys, err);
    if (status != BW_OK) {
        status = bw_error_prefix(err, status, "packing a roster");
    } else {
        status = letter_make(call, (uint32_t)device, &letter, &head, &counts, err);
    }
    if (status == BW_OK) {
        status = letter_send(call, &head, &keys, letter, path, err);
    }
    if (letter) {
        sodium_memzero(letter, strlen(letter));
        free(letter);
    }
    if (status == BW_OK) {
        packed_note(call, &head);
    }
    if (status == BW_OK && call->json) {
        status = bw_cli_json(call,
            json_pack("{s:s, s:I, s:I, s:I, s:I}", "file", path, "device",
                (json_int_t)device, "revision", (json_int_t)head.revision,
                "registrations", (json_int_t)counts.registrations, "sessions",
                (json_int_t)counts.sessions),
            err);
    } else if (status == BW_OK) {
        (void)fprintf(call->out,
            "Wrote %s: %" PRId64 " registrations, %" PRId64 " sessions, revision %" PRId64
            ". Only kiosk %" PRId64 " can open it.\n",
            path, counts.registrations, counts.sessions, head.revision, device);
    }
    return bw_exit_of(status);
}

const struct bw_sync_command bw_sync_command_pack1 = {
    .name = "pack",
    .operands = "",
    .summary = "write a kiosk's roster as a file for USB",
    .help = "The file is sealed to that kiosk and signed by the organiser.\n"
            "At the kiosk: pull --from FILE.\n",
    .takes = BW_TAKES(BW_OPTION_DEVICE) | BW_TAKES(BW_OPTION_OUT) |
             BW_TAKES(BW_OPTION_KEY_FILE),
    .requires = BW_TAKES(BW_OPTION_DEVICE) | BW_TAKES(BW_OPTION_OUT),
    .needs = BW_NEEDS_CENTRAL,
    .run = run_pack,
};
