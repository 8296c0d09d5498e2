/* `enrol-device`: makes this kiosk's store from an enrolment, or gives it new settings.
 *
 * A store of another device is refused while it holds events that the central side hasn't
 * acknowledged, else moved aside; nothing is ever deleted. */
#include "exchange/enrolment_file.h"
#include "cli/answer.h"
#include "cli/commands.h"
#include "central/base/output.h"

#include <brugwachter/store.h>
#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_BYTES_MAX = 8192, ASIDE_MAX = 1000 };

struct run {
    struct bw_call *call;
    const char *path;
    struct bw_enrolment1 file;
    bool made;
    char aside[PATH_MAX]; /* where the old store went; "" */
};

static enum bw_status
enrolment_read(struct run *run, struct bw_error *err)
{
    unsigned char *bytes;
    size_t length;
    const char *from = run->call->operands[0];
    enum bw_status status = bw_file_read(from, FILE_BYTES_MAX, &bytes, &length, err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_enrolment1_read(bytes, length, &run->file, err);
    sodium_memzero(bytes, length);
    free(bytes);
    return status;
}

/* A file and what SQLite keeps beside it. A side file that isn't there is no fault. */
static enum bw_status
move_aside(struct run *run, uint32_t device, struct bw_error *err)
{
    static const char *const endings[] = {"", "-wal", "-shm", ".credentials"};
    char from[PATH_MAX + 16], to[PATH_MAX + 48], aside[PATH_MAX + 32];
    int number = 0;
    do {
        (void)snprintf(
            aside, sizeof aside, "%s.kiosk-%u.%d", run->path, device, ++number);
    } while (access(aside, F_OK) == 0 && number < ASIDE_MAX);
    for (size_t i = sizeof endings / sizeof endings[0]; i-- > 0;) {
        (void)snprintf(from, sizeof from, "%s%s", run->path, endings[i]);
        (void)snprintf(to, sizeof to, "%s%s", aside, endings[i]);
        if (rename(from, to) != 0 && !(errno == ENOENT && endings[i][0])) {
            return bw_error_set(err, BW_IO, errno,
                "moving the store of kiosk %u aside, from %s to %s: %s; mind the "
                "folder's "
                "rights",
                device, from, to, strerror(errno));
        }
    }
    if (strlen(aside) < sizeof run->aside) {
        memcpy(run->aside, aside, strlen(aside) + 1);
    }
    return BW_OK;
}

/* Of a store of another device. */
static enum bw_status
check_acknowledged(
    struct run *run, struct bw_store *store, uint32_t device, struct bw_error *err)
{
    struct bw_head head;
    int64_t acknowledged = 0;
    enum bw_status status = bw_store_head(store, &head, err);
    if (status == BW_OK) {
        status =
            bw_store_get_number(store, BW_NUMBER_ACKNOWLEDGED, 0, &acknowledged, err);
    }
    if (status == BW_OK && head.seq > (uint64_t)acknowledged) {
        return bw_error_set(err, BW_REFUSED, 0,
            "enrolling %s as kiosk %u: it is kiosk %u, and %" PRIu64 " of its events are "
            "not in the central database yet; push or export them first",
            run->path, run->file.enrolment.device, device,
            head.seq - (uint64_t)acknowledged);
    }
    return status;
}

/* A restored copy stops appending; new settings for the same number would not make it
 * whole. */
static enum bw_status
settings_renew(struct run *run, struct bw_store *store, struct bw_error *err)
{
    int64_t restored = 0;
    enum bw_status status =
        bw_store_get_number(store, BW_NUMBER_RESTORED, 0, &restored, err);
    if (status == BW_OK && restored != 0) {
        return bw_error_set(err, BW_REFUSED, 0,
            "enrolling %s again as kiosk %u: this store is a restored copy; push it, "
            "then "
            "enrol it under a new number",
            run->path, run->file.enrolment.device);
    }
    if (status == BW_OK) {
        status = bw_store_enrol(store, &run->file.enrolment, err);
    }
    /* perhaps other sessions: the next roster comes whole */
    if (status == BW_OK) {
        status = bw_store_set_number(store, BW_NUMBER_ROSTER_REVISION, 0, err);
    }
    return status;
}

static enum bw_status
store_make(struct run *run, struct bw_error *err)
{
    run->made = true;
    return bw_store_create(run->path, &run->file.enrolment, err);
}

static enum bw_status
store_take(struct run *run, struct bw_error *err)
{
    struct bw_store *store = NULL;
    if (access(run->path, F_OK) != 0 && errno == ENOENT) {
        return store_make(run, err);
    }
    enum bw_status status = bw_store_open(run->path, BW_STORE_SYNC, &store, err);
    if (status != BW_OK) {
        return status;
    }
    uint32_t device = bw_store_enrolment(store)->device;
    bool same = device == run->file.enrolment.device;
    status = same ? settings_renew(run, store, err)
                  : check_acknowledged(run, store, device, err);
    bw_store_close(store);
    if (status == BW_OK && !same) {
        status = move_aside(run, device, err);
        if (status == BW_OK) {
            status = store_make(run, err);
        }
    }
    return status;
}

static enum bw_status
answer(const struct run *run, struct bw_error *err)
{
    const struct bw_enrolment *enrolment = &run->file.enrolment;
    if (run->call->json) {
        json_t *sessions = json_array();
        for (int i = 0; i < enrolment->sessions_count; i++) {
            (void)json_array_append_new(sessions, json_string(enrolment->sessions[i]));
        }
        return bw_cli_json(run->call,
            json_pack("{s:I, s:s, s:o, s:s, s:b, s:s?}", "device",
                (json_int_t)enrolment->device, "name", enrolment->name, "sessions",
                sessions, "store", run->path, "made", (int)run->made, "moved_aside",
                run->aside[0] ? run->aside : NULL),
            err);
    }
    if (run->aside[0]) {
        (void)fprintf(
            run->call->out, "Moved the store that was there to %s.\n", run->aside);
    }
    (void)fprintf(run->call->out, "%s %s: kiosk %u, \"%s\". Now pull its roster.\n",
        run->made ? "Made" : "Gave new settings to", run->path, enrolment->device,
        enrolment->name);
    return BW_OK;
}

static enum bw_exit
run_enrol_device(struct bw_call *call, struct bw_error *err)
{
    struct run run = {.call = call, .path = bw_call_value(call, BW_OPTION_STORE)};
    enum bw_status status = enrolment_read(&run, err);
    if (status == BW_OK) {
        status = store_take(&run, err);
    }
    if (status == BW_OK) {
        status = bw_credentials1_save(run.path, &run.file.credentials, err);
    }
    bw_credentials1_finish(&run.file.credentials);
    if (status == BW_OK) {
        status = answer(&run, err);
    }
    return bw_exit_of(status);
}

const struct bw_sync_command bw_sync_command_enrol_device = {
    .name = "enrol-device",
    .operands = "ENROLMENT|-",
    .summary = "make this kiosk's store from its enrolment file, or from standard input",
    .help =
        "A store of the same kiosk takes the new settings. A store of another kiosk is\n"
        "refused while it holds events that were not pushed; else it is moved aside.\n"
        "What the network needs goes into FILE.credentials (mode 0600).\n",
    .operands_min = 1,
    .operands_max = 1,
    .needs = BW_NEEDS_STORE,
    .run = run_enrol_device,
};
