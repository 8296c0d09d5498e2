/* `kiosks`: the fleet; `kiosks accept N [WORDS]`: an introduction that waits; `kiosks
 * keep N COPY`: which of two copies goes on. */
#include "cli/answer.h"
#include "commands.h"
#include "exchange/office/fleet.h"
#include "exchange/office/merge/introduction_in.h"
#include "office/kiosk.h"

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
    enum bw_status status; /* of what was read of the kiosks, one by one */
    struct bw_error *err;
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

/* The copies of one that forked, and which of them is to be chosen yet. */
static void
copies_json(json_t **object, const struct bw_fork *fork)
{
    json_t *copies = json_array();
    for (int i = 0; i < fork->count; i++) {
        const struct bw_fork_copy *copy = &fork->copies[i];
        bw_cli_add(
            &copies, json_pack("{s:s, s:I, s:I, s:b}", "copy", copy->name, "from",
                         (json_int_t)copy->from_seq, "last",
                         (json_int_t)copy->last.id.seq, "followed", (int)copy->followed));
    }
    bw_cli_set(object, "copies", copies);
    bw_cli_set(object, "choose", json_boolean(bw_fork_waits(fork)));
}

static void
copies_print(
    const struct kiosks_telling *telling, uint32_t device, const struct bw_fork *fork)
{
    for (int i = 0; i < fork->count; i++) {
        const struct bw_fork_copy *copy = &fork->copies[i];
        char at[BW_ISO_BYTES];
        bw_zone_format_iso(telling->zone, copy->last.wall_ms, at);
        (void)fprintf(telling->call->out,
            bw_said("    copy %s: its own from event %" PRIu64 ", the last is %" PRIu64
                    " at %s%s\n"),
            copy->name, copy->from_seq, copy->last.id.seq, at,
            copy->followed ? bw_said(", and the office follows it") : "");
    }
    if (bw_fork_waits(fork)) {
        (void)fprintf(telling->call->out,
            bw_said("    there are two of it: kiosks keep %" PRIu32
                    " COPY says which goes on\n"),
            device);
    }
}

static json_t *
kiosk_json(const struct kiosks_telling *telling, const struct bw_fleet_kiosk *k,
    const struct bw_fork *fork)
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
    if (fork->count > 1) {
        copies_json(&object, fork);
    }
    return object;
}

static bool
on_kiosk(const struct bw_fleet_kiosk *k, void *context)
{
    struct kiosks_telling *telling = context;
    FILE *out = telling->call->out;
    struct bw_fork fork;
    char at[BW_ISO_BYTES];
    (void)snprintf(at, sizeof at, "%s", bw_said("never"));
    telling->status =
        bw_fork_read(telling->call->central, k->record.device, &fork, telling->err);
    if (telling->status != BW_OK) {
        return false;
    }
    telling->waiting += k->waiting_count;
    telling->waiting += bw_fork_waits(&fork);
    if (telling->call->json) {
        bw_cli_add(&telling->list, kiosk_json(telling, k, &fork));
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
    if (fork.count > 1) {
        copies_print(telling, k->record.device, &fork);
    }
    return true;
}

static enum bw_exit
run_list(struct bw_call *call, struct bw_error *err)
{
    struct kiosks_telling telling = {.call = call, .err = err};
    enum bw_status status = bw_zone_open(BW_ZONE_DEFAULT, &telling.zone, err);
    if (status == BW_OK) {
        telling.list = call->json ? json_array() : NULL;
        status = bw_fleet_list(call->central, on_kiosk, &telling, err);
        status = status == BW_OK ? telling.status : status;
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

/* A kiosk's number; 0: there's none. */
static uint32_t
number_of(const struct bw_call *call)
{
    char *end = NULL;
    const char *text = call->operands_count > 1 ? call->operands[1] : "";
    long long number = strtoll(text, &end, 10);
    return number <= 0 || number > UINT32_MAX || *end != '\0' ? 0 : (uint32_t)number;
}

static enum bw_exit
run_accept(struct bw_call *call, uint32_t device, struct bw_error *err)
{
    char capacity[2 * BW_CHECK_WORDS_BYTES];
    struct bw_office office = bw_call_office(call);
    struct bw_introduction_accepting accepting = {.central = call->central,
        .device = device,
        .words = words_join(call, capacity, sizeof capacity),
        .now_ms = bw_call_now_ms(call)};
    enum bw_status status =
        bw_office_kiosk_accept(&office, device, bw_introduction_accept, &accepting, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call,
            json_pack("{s:I, s:s, s:I}", "device", (json_int_t)device, "words",
                accepting.taken, "events", (json_int_t)accepting.events),
            err);
    } else {
        (void)fprintf(call->out,
            bw_said("Kiosk %lld is the one with the words \"%s\" from now on; %" PRId64
                    " events that waited count.\n"),
            (long long)device, accepting.taken, accepting.events);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

static enum bw_exit
run_keep(struct bw_call *call, uint32_t device, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_fork_copy copy;
    char why[BW_TITLE_BYTES];
    enum bw_status status = bw_call_why(call, why, err);
    if (status == BW_OK) {
        status =
            bw_office_kiosk_keep(&office, device, call->operands[2], why, &copy, err);
    }
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call,
            json_pack("{s:I, s:s, s:I}", "device", (json_int_t)device, "copy", copy.name,
                "last", (json_int_t)copy.last.id.seq),
            err);
    } else {
        (void)fprintf(call->out,
            bw_said("Of kiosk %" PRIu32 " copy %s goes on, from event %" PRIu64
                    ". The other stops with its next roster: enrol it again. What both "
                    "wrote stays.\n"),
            device, copy.name, copy.last.id.seq);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

static enum bw_exit
run_deed(struct bw_call *call, struct bw_error *err)
{
    const char *deed = call->operands[0];
    uint32_t device = number_of(call);
    if (device != 0 && strcmp(deed, "accept") == 0) {
        return run_accept(call, device, err);
    }
    if (device != 0 && strcmp(deed, "keep") == 0 && call->operands_count == 3) {
        return run_keep(call, device, err);
    }
    return bw_call_usage(
        err, "the use is kiosks, kiosks accept N [WORDS], or kiosks keep N COPY");
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    return call->operands_count == 0 ? run_list(call, err) : run_deed(call, err);
}

const struct bw_sync_command bw_sync_command_kiosks = {
    .name = "kiosks",
    .operands = "[accept N [WORDS] | keep N COPY]",
    .summary =
        BW_SAYS("the fleet: who was heard when; accept N: an introduction that waits; "
                "keep N COPY: which of two goes on"),
    .takes = BW_TAKES(BW_OPTION_WHY) | BW_TAKES(BW_OPTION_KEY_FILE) |
             BW_TAKES(BW_OPTION_CHECK),
    .operands_max = 6,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_IN | BW_LETTERS_OUT,
    .run = run,
};
