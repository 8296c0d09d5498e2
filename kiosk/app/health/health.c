/* `brugwachter-kiosk health`: see health.h. The desk that the screens ask is asked here,
 * on a store that is opened to be read alone. */
#include "health.h"

#include "app/door/venue_clock.h"
#include "sign.h"

#include <brugwachter/core.h>
#include <brugwachter/machine.h>
#include <brugwachter/said.h>
#include <core/desk/desk.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EXIT_WRONG_USE = 3 };

static const char usage[] = BW_SAYS(
    "Usage: brugwachter-kiosk --store FILE health [--json]\n"
    "Says of each thing that must be right whether it is: a line each, the sum of them\n"
    "first. Exit status as of a monitor's plugin: 0 right, 1 to be looked at, 2 wrong,\n"
    "3 wrong use.\n"
    "  --json      one JSON object, with figures\n"
    "  --help      this text\n");

static const char *const state_names[] = {[BW_SIGN_RIGHT] = BW_SAYS("ok"),
    [BW_SIGN_LOOK] = BW_SAYS("warning"),
    [BW_SIGN_WRONG] = BW_SAYS("critical")};

struct health {
    struct bw_sign_facts facts;
    struct bw_sign_line signs[BW_SIGNS_COUNT];
    int count;
    enum bw_sign_state worst;
};

/* ---- facts ---- */

static enum bw_status
read_numbers(struct bw_store *store, struct bw_sign_facts *facts, struct bw_error *err)
{
    const struct {
        const char *name;
        int64_t *to;
    } numbers[] = {
        {BW_NUMBER_ACKNOWLEDGED, &facts->acknowledged},
        {BW_NUMBER_HELLO_MS, &facts->sent_ms},
        {BW_NUMBER_CAMERA_SEEN, &facts->camera},
        {BW_NUMBER_RUNS, &facts->runs},
        {BW_NUMBER_CUTS, &facts->cuts},
        {BW_NUMBER_CUT_MS, &facts->cut_ms},
    };
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < sizeof numbers / sizeof numbers[0]; i++) {
        status = bw_store_get_number(store, numbers[i].name, 0, numbers[i].to, err);
    }
    return status;
}

/* An enrolment holds till the end of its last session. */
static enum bw_status
read_enrolment(struct bw_store *store, struct bw_sign_facts *facts, struct bw_error *err)
{
    const struct bw_enrolment *enrolment = bw_store_enrolment(store);
    facts->keys = enrolment->keyring.count;
    enum bw_status status = BW_OK;
    for (int i = 0; i < enrolment->sessions_count; i++) {
        struct bw_session session;
        status = bw_store_session_by_code(store, enrolment->sessions[i], &session, err);
        if (status == BW_OK && session.ends_ms > facts->enrolled_till_ms) {
            facts->enrolled_till_ms = session.ends_ms;
        }
        if (status != BW_OK && status != BW_NOT_FOUND) {
            return status;
        }
    }
    return BW_OK;
}

static enum bw_status
read_store(struct bw_store *store, struct bw_sign_facts *facts, struct bw_error *err)
{
    struct bw_head head;
    struct stat file;
    enum bw_status status = bw_store_verify(store, &facts->proof, err);
    if (status == BW_OK) {
        status = bw_store_head(store, &head, err);
    }
    if (status == BW_OK) {
        facts->last_ms = head.seq > 0 ? head.wall_ms : 0;
        facts->store_bytes =
            stat(bw_store_path(store), &file) == 0 ? (int64_t)file.st_size : 0;
        status = read_numbers(store, facts, err);
    }
    return status == BW_OK ? read_enrolment(store, facts, err) : status;
}

static enum bw_status
ask_desk(struct bw_desk *desk, struct bw_sign_facts *facts, struct bw_error *err)
{
    struct bw_command command;
    struct bw_answer answer;
    bw_command_init(&command, BW_COMMAND_OVERVIEW);
    bw_desk_run(desk, &command, &answer);
    enum bw_status status = BW_OK;
    if (answer.kind == BW_ANSWER_OVERVIEW) {
        facts->overview = *answer.overview;
    } else {
        *err = answer.failure.error;
        status = err->status;
    }
    bw_answer_finish(&answer);
    return status;
}

static enum bw_status
look(const struct bw_options *options, struct health *health, struct bw_error *err)
{
    struct bw_store *store = NULL;
    struct bw_desk *desk = NULL;
    struct bw_clock clock;
    struct bw_desk_options wanted = {.session_code = options->session_code};
    if (options->store_path == NULL) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Looking at the kiosk failed: no kiosk file was named. Give --store FILE.");
    }
    enum bw_status status =
        bw_store_open(options->store_path, BW_STORE_READ, &store, err);
    if (status == BW_OK) {
        status = bw_venue_clock_start(
            &clock, store, options->session_code, options->clock_text, err);
    }
    if (status == BW_OK) {
        status = read_store(store, &health->facts, err);
    }
    if (status != BW_OK) {
        bw_store_close(store);
        return status;
    }
    health->facts.fell_back = access(BW_MACHINE_FELL_BACK_PATH, F_OK) == 0;
    health->facts.now_ms = clock.wall_ms(&clock);
    health->facts.camera_wanted =
        options->camera == NULL || strcmp(options->camera, "none") != 0;
    status = bw_desk_create(store, &clock, &wanted, &desk, err);
    if (status == BW_OK) {
        status = ask_desk(desk, &health->facts, err);
    }
    if (status == BW_OK) {
        bw_signs_read(&health->facts, bw_desk_zone(desk), health->signs);
        health->count = BW_SIGNS_COUNT;
    }
    bw_desk_destroy(desk);
    return status;
}

/* Of a store that can't be looked at there is one sign. */
static void
judge(struct health *health, enum bw_status status, const struct bw_error *err)
{
    if (status != BW_OK) {
        struct bw_sign_line *sign = &health->signs[0];
        *sign = (struct bw_sign_line){.name = "store", .state = BW_SIGN_WRONG};
        (void)snprintf(
            sign->text, sizeof sign->text, "%.*s", (int)sizeof sign->text - 1, err->text);
        health->count = 1;
    }
    for (int i = 0; i < health->count; i++) {
        if (health->signs[i].state > health->worst) {
            health->worst = health->signs[i].state;
        }
    }
}

/* ---- telling ---- */

static void
tell(const struct health *health)
{
    static const char *const sums[] = {
        [BW_SIGN_RIGHT] = "OK", [BW_SIGN_LOOK] = "WARNING", [BW_SIGN_WRONG] = "CRITICAL"};
    const char *between = ": ";
    (void)printf("KIOSK %s", sums[health->worst]);
    for (int i = 0; i < health->count; i++) {
        const struct bw_sign_line *sign = &health->signs[i];
        if (sign->state != BW_SIGN_RIGHT) {
            (void)printf("%s%s: %s", between, bw_said(sign->name), sign->text);
            between = "; ";
        }
    }
    (void)putchar('\n');
    for (int i = 0; i < health->count; i++) {
        const struct bw_sign_line *sign = &health->signs[i];
        (void)printf("%-9s %-10s %s\n", bw_said(state_names[sign->state]),
            bw_said(sign->name), sign->text);
    }
}

static json_t *
figures_json(const struct bw_sign_facts *facts)
{
    const struct bw_overview *overview = &facts->overview;
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}",
        "device", (json_int_t)overview->device, "events", (json_int_t)overview->events,
        "unsent", (json_int_t)overview->unsent, "acknowledged",
        (json_int_t)facts->acknowledged, "store_bytes", (json_int_t)facts->store_bytes,
        "free_bytes", (json_int_t)overview->free_bytes, "clock_ahead_ms",
        (json_int_t)overview->clock_ahead_ms, "roster_ms",
        (json_int_t)overview->roster_ms, "contact_ms", (json_int_t)overview->contact_ms,
        "last_event_ms", (json_int_t)facts->last_ms, "runs", (json_int_t)facts->runs,
        "cuts", (json_int_t)facts->cuts);
}

/* False: out of memory, or nobody reads. */
static bool
tell_json(const struct health *health, bool opened)
{
    json_t *checks = json_array();
    json_t *root = json_object();
    for (int i = 0; i < health->count; i++) {
        const struct bw_sign_line *sign = &health->signs[i];
        (void)json_array_append_new(
            checks, json_pack("{s:s, s:s, s:s}", "check", sign->name, "status",
                        state_names[sign->state], "text", sign->text));
    }
    (void)json_object_set_new(root, "status", json_string(state_names[health->worst]));
    (void)json_object_set_new(root, "version", json_string(BW_VERSION));
    (void)json_object_set_new(root, "checks", checks);
    if (opened) {
        (void)json_object_set_new(root, "figures", figures_json(&health->facts));
    }
    bool fine = json_dumpf(root, stdout, JSON_COMPACT) == 0 && putchar('\n') != EOF;
    json_decref(root);
    return fine;
}

int
bw_health_main(const struct bw_options *options)
{
    static struct health health; /* an overview is large */
    struct bw_error err = {0};
    bool json = false;
    for (int i = 1; i < options->rest_count; i++) {
        if (strcmp(options->rest[i], "--help") == 0) {
            (void)fputs(bw_said(usage), stdout);
            return 0;
        }
        if (strcmp(options->rest[i], "--json") != 0) {
            (void)fputs(bw_said(usage), stderr);
            return EXIT_WRONG_USE;
        }
        json = true;
        bw_said_speak("en"); /* for programs: the same everywhere */
    }
    enum bw_status status = look(options, &health, &err);
    judge(&health, status, &err);
    if (!json) {
        tell(&health);
    } else if (!tell_json(&health, status == BW_OK)) {
        return EXIT_WRONG_USE;
    }
    return (int)health.worst;
}
