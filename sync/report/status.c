/* `status`: sessions, kiosks, keys; how long ago a kiosk was heard, and what is missing.
 *
 * Exit status 1 where there are conflicts, gaps, forks or broken chains. */
#include "central/records.h"
#include "central/chain.h"
#include "cli/answer.h"
#include "central/base/array.h"
#include "cli/commands.h"
#include "report/book.h"
#include "report/conflicts.h"

#include <brugwachter/zone.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct session_line {
    struct bw_session session;
    int64_t counts[BW_BLOCKED + 1];
    int present, walk_ins, guests, conflicts;
};

struct device_line {
    uint32_t device;
    char name[BW_NAME_BYTES];
    char session[BW_LABEL_BYTES]; /* the first that it is enrolled for */
    int64_t last_contact_ms;      /* 0: never */
    struct bw_device_chain chain;
};

struct key_line {
    uint8_t key;
    char public_hex[2 * BW_PUBLIC_KEY_BYTES + 1];
    bool retired;
};

struct state {
    struct session_line *sessions;
    size_t sessions_count, sessions_room;
    struct device_line *devices;
    size_t devices_count, devices_room;
    struct key_line *keys;
    size_t keys_count, keys_room;
    struct bw_zone *zone;
    bool no_memory;
};

/* ---- reading ---- */

static bool
on_session(const struct bw_sql_value *columns, int count, void *context)
{
    struct state *state = context;
    (void)count;
    struct session_line *line = bw_array_more(
        &state->sessions, &state->sessions_count, &state->sessions_room, sizeof *line);
    state->no_memory = line == NULL;
    if (line != NULL) {
        bw_session_of_row(columns, &line->session);
    }
    return line != NULL;
}

static bool
on_count(const struct bw_sql_value *columns, int count, void *context)
{
    struct session_line *line = context;
    (void)count;
    if (columns[0].number >= 0 && columns[0].number <= BW_BLOCKED) {
        line->counts[columns[0].number] = columns[1].number;
    }
    return true;
}

static bool
on_device(const struct bw_sql_value *columns, int count, void *context)
{
    struct state *state = context;
    (void)count;
    struct device_line *line = bw_array_more(
        &state->devices, &state->devices_count, &state->devices_room, sizeof *line);
    state->no_memory = line == NULL;
    if (line != NULL) {
        line->device = (uint32_t)columns[0].number;
        bw_text_copy(line->name, sizeof line->name, columns[1].text);
        bw_text_copy(line->session, sizeof line->session, columns[2].text);
        line->last_contact_ms = columns[3].number;
    }
    return line != NULL;
}

static bool
on_key(const struct bw_sql_value *columns, int count, void *context)
{
    struct state *state = context;
    (void)count;
    struct key_line *line =
        bw_array_more(&state->keys, &state->keys_count, &state->keys_room, sizeof *line);
    state->no_memory = line == NULL;
    if (line != NULL) {
        line->key = (uint8_t)columns[0].number;
        if (columns[1].bytes == BW_PUBLIC_KEY_BYTES) {
            (void)sodium_bin2hex(line->public_hex, sizeof line->public_hex,
                columns[1].blob, columns[1].bytes);
        }
        line->retired = columns[2].type != BW_SQL_NULL;
    }
    return line != NULL;
}

static const struct {
    const char *sql;
    bw_sql_row *row;
} readings[] = {
    {"SELECT " BW_SESSION_COLUMNS " FROM " BW_SESSION_TABLES
     " ORDER BY s.starts_ms, s.code",
        on_session},
    {"SELECT d.device, d.name, coalesce((SELECT s.code FROM device_session x"
     " JOIN session s ON s.session_no = x.session_no WHERE x.device = d.device"
     " ORDER BY x.rank LIMIT 1), ''), coalesce(d.last_contact_ms, 0) FROM device d"
     " ORDER BY d.device",
        on_device},
    {"SELECT signing_key, public, retired_ms FROM signing_key ORDER BY signing_key",
        on_key},
};

static enum bw_status
read_session(struct bw_central *central, struct session_line *line, struct bw_error *err)
{
    struct bw_sql_value number = bw_sql_int(line->session.session_no);
    enum bw_status status = bw_central_run(central,
        "SELECT status, count(*) FROM registration WHERE session_no = $1 GROUP BY status",
        &number, 1, on_count, line, err);
    struct bw_book *book = NULL;
    if (status == BW_OK) {
        status = bw_book_open(central, line->session.session_no, &book, err);
    }
    if (status != BW_OK) {
        return status;
    }
    line->present = bw_presence_in(book->presence);
    line->walk_ins = bw_presence_walk_ins(book->presence);
    line->guests = bw_presence_guests(book->presence);
    struct bw_conflicts conflicts = {.count = 0};
    status = bw_conflicts_find(book, &conflicts, err);
    line->conflicts = conflicts.count;
    bw_conflicts_finish(&conflicts);
    bw_book_close(book);
    return status;
}

/* Without a lock: a kiosk that pushes meanwhile needn't wait for somebody who looks. */
static enum bw_status
read_state(struct bw_call *call, struct state *state, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < sizeof readings / sizeof readings[0]; i++) {
        status = bw_central_run(
            call->central, readings[i].sql, NULL, 0, readings[i].row, state, err);
    }
    if (status == BW_OK && state->no_memory) {
        status = bw_error_set(err, BW_NO_MEMORY, 0, "reading %s: no memory",
            bw_central_name(call->central));
    }
    for (size_t i = 0; status == BW_OK && i < state->sessions_count; i++) {
        status = read_session(call->central, &state->sessions[i], err);
    }
    for (size_t i = 0; status == BW_OK && i < state->devices_count; i++) {
        status = bw_central_chain_read(
            call->central, state->devices[i].device, &state->devices[i].chain, err);
    }
    return status;
}

/* ---- telling ---- */

static json_t *
session_json(const struct session_line *line)
{
    const struct bw_session *s = &line->session;
    return json_pack("{s:s, s:I, s:s, s:i, s:I, s:I, s:I, s:I, s:i, s:i, s:i, s:i}",
        "code", s->code, "session_no", (json_int_t)s->session_no, "title", s->title,
        "capacity", s->capacity, "confirmed", (json_int_t)line->counts[BW_CONFIRMED],
        "waitlisted", (json_int_t)line->counts[BW_WAITLISTED], "cancelled",
        (json_int_t)line->counts[BW_CANCELLED], "blocked",
        (json_int_t)line->counts[BW_BLOCKED], "present", line->present, "walk_ins",
        line->walk_ins, "guests", line->guests, "conflicts", line->conflicts);
}

static json_t *
device_json(const struct state *state, const struct device_line *line)
{
    json_t *missing = json_array();
    for (int i = 0; i < line->chain.gaps_count; i++) {
        (void)json_array_append_new(
            missing, json_pack("[I, I]", (json_int_t)line->chain.gaps[i].from,
                         (json_int_t)line->chain.gaps[i].to));
    }
    json_t *object = json_pack("{s:I, s:s, s:s}", "device", (json_int_t)line->device,
        "name", line->name, "session", line->session);
    if (line->last_contact_ms != 0) {
        char at[BW_ISO_BYTES];
        bw_zone_format_iso(state->zone, line->last_contact_ms, at);
        (void)json_object_set_new(object, "last_contact", json_string(at));
    }
    json_t *chain = json_pack("{s:I, s:o, s:s}", "contiguous_seq",
        (json_int_t)line->chain.contiguous_seq, "missing", missing, "chain",
        bw_chain_state_name(line->chain.state));
    (void)json_object_update(object, chain);
    json_decref(chain);
    return object;
}

static json_t *
state_json(const struct state *state)
{
    json_t *sessions = json_array();
    json_t *devices = json_array();
    json_t *keys = json_array();
    for (size_t i = 0; i < state->sessions_count; i++) {
        (void)json_array_append_new(sessions, session_json(&state->sessions[i]));
    }
    for (size_t i = 0; i < state->devices_count; i++) {
        (void)json_array_append_new(devices, device_json(state, &state->devices[i]));
    }
    for (size_t i = 0; i < state->keys_count; i++) {
        if (!state->keys[i].retired) {
            (void)json_array_append_new(
                keys, json_pack("{s:i, s:s}", "key", (int)state->keys[i].key, "public",
                          state->keys[i].public_hex));
        }
    }
    return json_pack(
        "{s:o, s:o, s:o}", "sessions", sessions, "devices", devices, "keys", keys);
}

static void
print_device(const struct state *state, const struct device_line *line, FILE *out)
{
    char at[BW_ISO_BYTES] = "never";
    if (line->last_contact_ms != 0) {
        bw_zone_format_iso(state->zone, line->last_contact_ms, at);
    }
    fprintf(out, "  %" PRIu32 "  %s  %s  last contact %s, ", line->device, line->name,
        line->session, at);
    if (line->chain.contiguous_seq > 0) {
        fprintf(out, "events 1 to %" PRIu64 ", ", line->chain.contiguous_seq);
    } else {
        fputs("no events yet, ", out);
    }
    fprintf(out, "chain %s", bw_chain_state_name(line->chain.state));
    for (int i = 0; i < line->chain.gaps_count; i++) {
        fprintf(out, ", missing %" PRIu64 "-%" PRIu64, line->chain.gaps[i].from,
            line->chain.gaps[i].to);
    }
    fputc('\n', out);
}

static void
print_state(const struct state *state, FILE *out)
{
    fputs("Sessions:\n", out);
    for (size_t i = 0; i < state->sessions_count; i++) {
        const struct session_line *line = &state->sessions[i];
        fprintf(out,
            "  %s  %s: %d places, %" PRId64 " confirmed, %" PRId64 " waiting, %" PRId64
            " cancelled, %" PRId64 " blocked; %d present (walk-ins %d, guests %d)",
            line->session.code, line->session.title, line->session.capacity,
            line->counts[BW_CONFIRMED], line->counts[BW_WAITLISTED],
            line->counts[BW_CANCELLED], line->counts[BW_BLOCKED], line->present,
            line->walk_ins, line->guests);
        if (line->conflicts > 0) {
            fprintf(out, "; conflicts %d (report tells)", line->conflicts);
        }
        fputc('\n', out);
    }
    fputs("Kiosks:\n", out);
    for (size_t i = 0; i < state->devices_count; i++) {
        print_device(state, &state->devices[i], out);
    }
    fputs("Signing keys:\n", out);
    for (size_t i = 0; i < state->keys_count; i++) {
        fprintf(out, "  %d  %s%s\n", state->keys[i].key, state->keys[i].public_hex,
            state->keys[i].retired ? "  (retired)" : "");
    }
}

static bool
needs_a_look(const struct state *state)
{
    for (size_t i = 0; i < state->sessions_count; i++) {
        if (state->sessions[i].conflicts > 0) {
            return true;
        }
    }
    for (size_t i = 0; i < state->devices_count; i++) {
        const struct bw_device_chain *chain = &state->devices[i].chain;
        if (chain->gaps_count > 0 || chain->state != BW_CHAIN_OK) {
            return true;
        }
    }
    return false;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct state state = {.sessions = NULL};
    enum bw_status status = bw_zone_open(BW_ZONE_DEFAULT, &state.zone, err);
    if (status == BW_OK) {
        status = bw_central_read_begin(call->central, err);
    }
    if (status == BW_OK) {
        status = read_state(call, &state, err);
        bw_central_read_end(call->central);
    }
    if (status == BW_OK && call->json) {
        status = bw_cli_json(call, state_json(&state), err);
    } else if (status == BW_OK) {
        print_state(&state, call->out);
    }
    bool look = needs_a_look(&state);
    free(state.sessions);
    free(state.devices);
    free(state.keys);
    bw_zone_close(state.zone);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    return look ? BW_EXIT_LOOK : BW_EXIT_DONE;
}

const struct bw_sync_command bw_sync_command_status = {
    .name = "status",
    .operands = "",
    .summary = "sessions, kiosks, last contact, gaps, conflicts, keys",
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_IN,
    .run = run,
};
