/* `status`: sessions, kiosks, keys; how long ago a kiosk was heard, and what is missing.
 *
 * Exit status 1 where there are conflicts, gaps, forks or broken chains, events in
 * quarantine, introductions that wait, or letters set aside in the last 7 days. */
#include "office/place/people.h"
#include "report/figures/status_figures.h"

#include "cli/answer.h"
#include "cli/pending.h"
#include "commands.h"
#include "exchange/office/kiosk_record.h"

#include <brugwachter/said.h>
#include <brugwachter/zone.h>
#include <inttypes.h>

/* What staff passed and the organiser settled, with the reasons. */
static json_t *
reasons_json(const struct bw_conflicts *decisions)
{
    json_t *list = json_array();
    for (int i = 0; i < decisions->count; i++) {
        bw_cli_add(&list, json_pack("{s:s, s:s}", "kind", decisions->items[i].kind,
                              "text", decisions->items[i].text));
    }
    return list;
}

static json_t *
session_json(const struct bw_status_session *line)
{
    json_t *object = json_pack("{s:s, s:I, s:s, s:i, s:I, s:I, s:I, s:I, s:i, s:i, s:i, "
                               "s:i, s:i}",
        "code", line->code, "session_no", (json_int_t)line->session_no, "title",
        line->title, "capacity", line->capacity, "confirmed",
        (json_int_t)line->counts[BW_CONFIRMED], "waitlisted",
        (json_int_t)line->counts[BW_WAITLISTED], "cancelled",
        (json_int_t)line->counts[BW_CANCELLED], "blocked",
        (json_int_t)line->counts[BW_BLOCKED], "present", line->present, "walk_ins",
        line->walk_ins, "guests", line->guests, "conflicts", line->conflicts, "decisions",
        line->decisions.count);
    bw_cli_set(&object, "state", json_string(bw_session_state_name(line->state)));
    bw_cli_set(&object, "reasons", reasons_json(&line->decisions));
    return object;
}

static json_t *
device_json(const struct bw_zone *zone, const struct bw_status_kiosk *line)
{
    json_t *missing = json_array();
    for (int i = 0; i < line->chain.gaps_count; i++) {
        bw_cli_add(&missing, json_pack("[I, I]", (json_int_t)line->chain.gaps[i].from,
                                 (json_int_t)line->chain.gaps[i].to));
    }
    json_t *object = json_pack("{s:I, s:s, s:s, s:s, s:I, s:s}", "device",
        (json_int_t)line->device, "name", line->name, "session", line->session, "state",
        bw_kiosk_state_name((enum bw_kiosk_state)line->state), "contiguous_seq",
        (json_int_t)line->chain.contiguous_seq, "chain",
        bw_chain_state_name(line->chain.state));
    bw_cli_set(&object, "missing", missing);
    if (line->last_contact_ms != 0) {
        char at[BW_ISO_BYTES];
        bw_zone_format_iso(zone, line->last_contact_ms, at);
        bw_cli_set(&object, "last_contact", json_string(at));
    }
    if (line->chain.broken_at != 0) {
        bw_cli_set(&object, "broken_at", json_integer((json_int_t)line->chain.broken_at));
    }
    if (line->chain.forked_at != 0) {
        bw_cli_set(&object, "forked_at", json_integer((json_int_t)line->chain.forked_at));
    }
    return object;
}

static json_t *
state_json(const struct bw_status_figures *figures, const struct bw_zone *zone)
{
    json_t *sessions = json_array();
    json_t *devices = json_array();
    json_t *keys = json_array();
    for (size_t i = 0; i < figures->sessions_count; i++) {
        bw_cli_add(&sessions, session_json(&figures->sessions[i]));
    }
    for (size_t i = 0; i < figures->kiosks_count; i++) {
        bw_cli_add(&devices, device_json(zone, &figures->kiosks[i]));
    }
    for (size_t i = 0; i < figures->keys_count; i++) {
        if (!figures->keys[i].retired) {
            bw_cli_add(&keys, json_pack("{s:i, s:s}", "key", (int)figures->keys[i].key,
                                  "public", figures->keys[i].public_hex));
        }
    }
    json_t *object = json_object();
    bw_cli_set(&object, "sessions", sessions);
    bw_cli_set(&object, "devices", devices);
    bw_cli_set(&object, "keys", keys);
    bw_cli_set(&object, "quarantine", bw_cli_quarantine_json(&figures->pending));
    bw_cli_set(&object, "letters_aside", bw_cli_aside_json(&figures->pending, zone));
    bw_cli_set(
        &object, "introductions", bw_cli_introductions_json(&figures->pending, zone));
    bw_cli_set(&object, "need_roster", bw_cli_behind_json(&figures->pending));
    return object;
}

static void
print_device(const struct bw_zone *zone, const struct bw_status_kiosk *line, FILE *out)
{
    char at[BW_ISO_BYTES];
    (void)snprintf(at, sizeof at, "%s", bw_said("never"));
    if (line->last_contact_ms != 0) {
        bw_zone_format_iso(zone, line->last_contact_ms, at);
    }
    fprintf(out, bw_said("  %" PRIu32 "  %s  %s  last contact %s, "), line->device,
        line->name, line->session, at);
    if (line->state == BW_KIOSK_REVOKED) {
        fputs(line->last_contact_ms != 0 ? bw_said("revoked, ")
                                         : bw_said("revoked before it was ever heard, "),
            out);
    }
    if (line->chain.contiguous_seq > 0) {
        fprintf(out, bw_said("events 1 to %" PRIu64 ", "), line->chain.contiguous_seq);
    } else {
        fputs(bw_said("no events yet, "), out);
    }
    fprintf(out, bw_said("chain %s"), bw_said(bw_chain_state_name(line->chain.state)));
    if (line->chain.broken_at != 0) {
        fprintf(out, bw_said(" from event %" PRIu32 "-%" PRIu64), line->device,
            line->chain.broken_at);
    } else if (line->chain.forked_at != 0) {
        fprintf(out, bw_said(" from event %" PRIu32 "-%" PRIu64), line->device,
            line->chain.forked_at);
    }
    for (int i = 0; i < line->chain.gaps_count; i++) {
        fprintf(out, bw_said(", missing %" PRIu64 "-%" PRIu64), line->chain.gaps[i].from,
            line->chain.gaps[i].to);
    }
    fputc('\n', out);
}

static void
print_state(
    const struct bw_status_figures *figures, const struct bw_zone *zone, FILE *out)
{
    fputs(bw_said("Sessions:\n"), out);
    for (size_t i = 0; i < figures->sessions_count; i++) {
        const struct bw_status_session *line = &figures->sessions[i];
        fprintf(out,
            bw_said("  %s  %s (%s): %d places, %" PRId64 " confirmed, %" PRId64
                    " waiting, %" PRId64 " cancelled, %" PRId64
                    " blocked; %d present (walk-ins %d, guests %d)"),
            line->code, line->title, bw_said(bw_session_state_name(line->state)),
            line->capacity, line->counts[BW_CONFIRMED], line->counts[BW_WAITLISTED],
            line->counts[BW_CANCELLED], line->counts[BW_BLOCKED], line->present,
            line->walk_ins, line->guests);
        if (line->conflicts > 0) {
            fprintf(out, bw_said("; conflicts %d (report tells)"), line->conflicts);
        }
        if (line->decisions.count > 0) {
            fprintf(out, bw_said("; decisions %d"), line->decisions.count);
        }
        fputc('\n', out);
        for (int d = 0; d < line->decisions.count; d++) {
            fprintf(out, "    %s: %s\n", line->decisions.items[d].kind,
                line->decisions.items[d].text);
        }
    }
    fputs(bw_said("Kiosks:\n"), out);
    for (size_t i = 0; i < figures->kiosks_count; i++) {
        print_device(zone, &figures->kiosks[i], out);
    }
    bw_cli_introductions_print(&figures->pending, zone, out);
    bw_cli_quarantine_print(&figures->pending, out);
    bw_cli_aside_print(&figures->pending, zone, out);
    bw_cli_behind_print(&figures->pending, out);
    fputs(bw_said("Signing keys:\n"), out);
    for (size_t i = 0; i < figures->keys_count; i++) {
        fprintf(out, "  %d  %s%s\n", figures->keys[i].key, figures->keys[i].public_hex,
            figures->keys[i].retired ? bw_said("  (retired)") : "");
    }
}

/* ---- people with places in several sessions of a series ---- */

struct several_telling {
    FILE *out;
    bool json;
    json_t *list; /* for programs; NULL once memory ran out */
    int count;
};

static bool
on_several(const struct bw_person_place *place, void *context)
{
    struct several_telling *telling = context;
    char shown[BW_CODE_SHOWN_BYTES];
    if (telling->json) {
        json_t *entry = json_pack("{s:s, s:s, s:s, s:I}", "first_name", place->first_name,
            "name", place->name, "session", place->session_code, "person",
            (json_int_t)place->person_no);
        bw_cli_set(&entry, "code", bw_cli_code(place->code));
        bw_cli_add(&telling->list, entry);
        return true;
    }
    bw_code_format_shown(place->code, shown);
    if (telling->count++ == 0) {
        fputs(bw_said("Places in several sessions of a series (cancel gives one up):\n"),
            telling->out);
    }
    fprintf(telling->out, bw_said("  %s  %s %s: %s, and %s\n"), shown, place->first_name,
        place->name, place->session_code, place->other_code);
    return true;
}

static enum bw_status
tell_state(struct bw_call *call, const struct bw_status_figures *figures,
    const struct bw_zone *zone, struct bw_error *err)
{
    struct several_telling telling = {
        .out = call->out, .json = call->json, .list = call->json ? json_array() : NULL};
    if (!call->json) {
        print_state(figures, zone, call->out);
    }
    enum bw_status status = bw_place_people_several(
        call->central, 0, bw_call_now_ms(call), on_several, &telling, err);
    if (status != BW_OK || !call->json) {
        json_decref(telling.list);
        return status;
    }
    json_t *root = state_json(figures, zone);
    bw_cli_set(&root, "in_several", telling.list);
    return bw_cli_json(call, root, err);
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct bw_status_figures figures = {.sessions = NULL};
    struct bw_zone *zone = NULL;
    enum bw_status status = bw_zone_open(BW_ZONE_DEFAULT, &zone, err);
    if (status == BW_OK) {
        status = bw_status_read(call->central,
            call->json ? BW_WORDING_DUTCH : bw_wording_spoken(), bw_call_now_ms(call),
            &figures, err);
    }
    if (status == BW_OK) {
        status = tell_state(call, &figures, zone, err);
    }
    bool look = bw_status_needs_a_look(&figures, bw_call_now_ms(call));
    bw_status_finish(&figures);
    bw_zone_close(zone);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    return look ? BW_EXIT_LOOK : BW_EXIT_DONE;
}

const struct bw_sync_command bw_sync_command_status = {
    .name = "status",
    .operands = "",
    .summary = BW_SAYS("sessions, kiosks, last contact, gaps, conflicts, keys"),
    .takes = BW_TAKES(BW_OPTION_KEY_FILE),
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_IN,
    .run = run,
};
