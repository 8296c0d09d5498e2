/* `kiosks`: the fleet; `kiosks accept N [WORDS]`: an introduction that waits. */
#include "cli/answer.h"
#include "commands.h"
#include "exchange/office/fleet.h"
#include "exchange/office/merge/introduction_in.h"

#include <brugwachter/said.h>
#include <brugwachter/zone.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct kiosks_telling {
    struct bw_call *call;
    struct bw_zone *zone;
    json_t *list; /* NULL where text is printed */
    int waiting;
};

static const char *
camera_name(enum bw_hello_camera camera)
{
    switch (camera) {
    case BW_HELLO_CAMERA_FINE:
        return BW_SAYS("fine");
    case BW_HELLO_CAMERA_MISSING:
        return BW_SAYS("missing");
    case BW_HELLO_CAMERA_UNKNOWN:
        break;
    }
    return "unknown";
}

static void
figures_print(const struct bw_hello_figures *figures, FILE *out)
{
    if (figures->runs >= 0) {
        (void)fprintf(out, bw_said(", %" PRId64 " runs"), figures->runs);
    }
    if (figures->cuts > 0) {
        (void)fprintf(out, bw_said(" (%" PRId64 " of them cut off)"), figures->cuts);
    }
    if (figures->up_hours >= 0) {
        (void)fprintf(out, bw_said(", up %" PRId64 " h"), figures->up_hours);
    }
    if (figures->store_mib >= 0) {
        (void)fprintf(out, bw_said(", store %" PRId64 " MiB"), figures->store_mib);
    }
    if (figures->fell_back > 0) {
        (void)fputs(
            bw_said(", its system's update didn't start: the one before runs"), out);
    }
}

/* What its newest hello tells of the machine; nothing of what it doesn't know. */
static void
machine_print(const struct bw_fleet_kiosk *k, FILE *out)
{
    if (!k->version[0]) {
        return;
    }
    (void)fprintf(out, bw_said("    version %s, %" PRId64 " MiB free"), k->version,
        k->disk_free_mib);
    if (k->camera != BW_HELLO_CAMERA_UNKNOWN) {
        (void)fprintf(out, bw_said(", camera %s"), bw_said(camera_name(k->camera)));
    }
    if (k->battery_percent >= 0) {
        (void)fprintf(out, bw_said(", battery %d%%"), k->battery_percent);
    }
    figures_print(&k->figures, out);
    (void)fputc('\n', out);
}

static void
figures_json(json_t **object, const struct bw_hello_figures *figures)
{
    const struct {
        const char *key;
        int64_t value;
    } rows[] = {{"runs", figures->runs}, {"cuts", figures->cuts},
        {"up_hours", figures->up_hours}, {"store_mib", figures->store_mib},
        {"fell_back", figures->fell_back}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].value >= 0) {
            bw_cli_set(object, rows[i].key, json_integer((json_int_t)rows[i].value));
        }
    }
}

static json_t *
kiosk_json(const struct kiosks_telling *telling, const struct bw_fleet_kiosk *k)
{
    json_t *sessions = json_array(), *waiting = json_array();
    for (int i = 0; i < k->sessions_count; i++) {
        bw_cli_add(&sessions, json_pack("{s:s, s:I, s:I}", "code", k->sessions[i].code,
                                  "epoch", (json_int_t)k->sessions[i].held_epoch,
                                  "revision", (json_int_t)k->sessions[i].held_revision));
    }
    for (int i = 0; i < k->waiting_count; i++) {
        bw_cli_add(&waiting, json_string(k->waiting[i].words));
    }
    json_t *object = json_pack("{s:I, s:s, s:s, s:s, s:I, s:o, s:o}", "device",
        (json_int_t)k->record.device, "name", k->record.name, "state",
        bw_kiosk_state_name(k->record.state), "words", k->words, "replaces",
        (json_int_t)k->record.replaces, "sessions", sessions, "waiting", waiting);
    if (k->ended) {
        bw_cli_set(&object, "ended", json_true());
    }
    if (k->version[0]) {
        bw_cli_set(&object, "version", json_string(k->version));
        bw_cli_set(&object, "disk_free_mib", json_integer(k->disk_free_mib));
        figures_json(&object, &k->figures);
    }
    if (k->camera != BW_HELLO_CAMERA_UNKNOWN) {
        bw_cli_set(&object, "camera", json_string(camera_name(k->camera)));
    }
    if (k->battery_percent >= 0) {
        bw_cli_set(&object, "battery", json_integer(k->battery_percent));
    }
    if (k->record.last_contact_ms != 0) {
        char at[BW_ISO_BYTES];
        bw_zone_format_iso(telling->zone, k->record.last_contact_ms, at);
        bw_cli_set(&object, "last_contact", json_string(at));
    }
    return object;
}

static bool
on_kiosk(const struct bw_fleet_kiosk *k, void *context)
{
    struct kiosks_telling *telling = context;
    FILE *out = telling->call->out;
    char at[BW_ISO_BYTES];
    (void)snprintf(at, sizeof at, "%s", bw_said("never"));
    telling->waiting += k->waiting_count;
    if (telling->call->json) {
        bw_cli_add(&telling->list, kiosk_json(telling, k));
        return true;
    }
    if (k->record.last_contact_ms != 0) {
        bw_zone_format_iso(telling->zone, k->record.last_contact_ms, at);
    }
    (void)fprintf(out, bw_said("%" PRIu32 "  %s  %s, last heard %s%s%s\n"),
        k->record.device, k->record.name, bw_said(bw_kiosk_state_name(k->record.state)),
        at, k->words[0] ? bw_said(", words ") : "", k->words);
    machine_print(k, out);
    if (k->ended) {
        (void)fputs(
            bw_said("    a newer sheet ended its own before that was used\n"), out);
    }
    for (int i = 0; i < k->sessions_count; i++) {
        (void)fprintf(out,
            bw_said("    %s: holds its roster up to revision %" PRIu64 "\n"),
            k->sessions[i].code, k->sessions[i].held_revision);
    }
    for (int i = 0; i < k->waiting_count; i++) {
        (void)fprintf(out,
            bw_said("    was introduced again, with the words %s: kiosks accept %" PRIu32
                    " takes it\n"),
            k->waiting[i].words, k->record.device);
    }
    return true;
}

static enum bw_exit
run_list(struct bw_call *call, struct bw_error *err)
{
    struct kiosks_telling telling = {.call = call};
    enum bw_status status = bw_zone_open(BW_ZONE_DEFAULT, &telling.zone, err);
    if (status == BW_OK) {
        telling.list = call->json ? json_array() : NULL;
        status = bw_fleet_list(call->central, on_kiosk, &telling, err);
    }
    if (status == BW_OK && call->json) {
        status = bw_cli_json(call, json_pack("{s:o}", "kiosks", telling.list), err);
    } else {
        json_decref(telling.list);
    }
    bw_zone_close(telling.zone);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    return telling.waiting > 0 ? BW_EXIT_LOOK : BW_EXIT_DONE;
}

/* The words, as one text or several operands. */
static const char *
words_join(const struct bw_call *call, char *capacity, size_t room_bytes)
{
    capacity[0] = '\0';
    for (int i = 2; i < call->operands_count; i++) {
        size_t used = strlen(capacity);
        (void)snprintf(capacity + used, room_bytes - used, "%s%s", used ? " " : "",
            call->operands[i]);
    }
    return capacity[0] ? capacity : NULL;
}

static enum bw_exit
run_accept(struct bw_call *call, struct bw_error *err)
{
    char *end = NULL, capacity[2 * BW_CHECK_WORDS_BYTES];
    struct bw_accepted accepted;
    long long number =
        call->operands_count > 1 ? strtoll(call->operands[1], &end, 10) : 0;
    if (strcmp(call->operands[0], "accept") != 0 || number <= 0 || number > UINT32_MAX ||
        *end != '\0') {
        return bw_call_usage(err, "the use is kiosks, or kiosks accept N [WORDS]");
    }
    enum bw_status status = bw_introduction_accept(call->central, (uint32_t)number,
        words_join(call, capacity, sizeof capacity), bw_call_now_ms(call), &accepted,
        err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call,
            json_pack("{s:I, s:s, s:I}", "device", (json_int_t)number, "words",
                accepted.words, "events", (json_int_t)accepted.events),
            err);
    } else {
        (void)fprintf(call->out,
            bw_said("Kiosk %lld is the one with the words \"%s\" from now on; %" PRId64
                    " events that waited count.\n"),
            number, accepted.words, accepted.events);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    return call->operands_count == 0 ? run_list(call, err) : run_accept(call, err);
}

const struct bw_sync_command bw_sync_command_kiosks = {
    .name = "kiosks",
    .operands = "[accept N [WORDS]]",
    .summary =
        BW_SAYS("the fleet: who was heard when; accept N: an introduction that waits"),
    .takes = BW_TAKES(BW_OPTION_KEY_FILE) | BW_TAKES(BW_OPTION_CHECK),
    .operands_max = 6,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_IN | BW_LETTERS_OUT,
    .run = run,
};
