/* The report as JSON: see report.h; its fields are in the design. */
#include "report/writer/report_writer.h"

/* Adds an entry, and takes it; the whole list is NULL once one couldn't be made. */
static void
add(json_t **list, json_t *entry)
{
    if (json_array_append_new(*list, entry) != 0) {
        json_decref(*list);
        *list = NULL;
    }
}

static json_t *
conflicts_json(const struct bw_conflicts *conflicts)
{
    json_t *list = json_array();
    for (int i = 0; i < conflicts->count; i++) {
        const struct bw_conflict *conflict = &conflicts->items[i];
        json_t *events = json_array();
        for (int e = 0; e < conflict->events_count; e++) {
            char id[BW_EVENT_ID_BYTES];
            bw_event_id_format(conflict->events[e], id);
            add(&events, json_string(id));
        }
        add(&list, json_pack("{s:s, s:s, s:o}", "kind", conflict->kind, "text",
                       conflict->text, "events", events));
    }
    return list;
}

static json_t *
kiosks_json(const struct bw_report_session *session)
{
    json_t *list = json_array();
    for (size_t i = 0; i < session->lines_count; i++) {
        const struct bw_report_kiosk *kiosk = &session->lines[i];
        add(&list, json_pack("{s:I, s:s, s:b, s:b, s:s, s:I, s:s}", "device",
                       (json_int_t)kiosk->device, "name", kiosk->name, "complete",
                       (int)kiosk->complete, "counted", (int)kiosk->counted, "why",
                       kiosk->why, "contiguous_seq", (json_int_t)kiosk->contiguous_seq,
                       "chain", bw_chain_state_name(kiosk->chain)));
    }
    return list;
}

static json_t *
session_json(const struct bw_report_session *session)
{
    return json_pack(
        "{s:s, s:s, s:s, s:I, s:s, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:b, "
        "s:i, s:i, s:o, s:I, s:o, s:o, s:i, s:i, s:i, s:i}",
        "code", session->code, "state", bw_session_state_name(session->state), "title",
        session->title, "after_closing", (json_int_t)session->late, "starts_at",
        session->when.start_iso, "capacity", session->capacity, "registered",
        session->registered, "confirmed", session->confirmed, "waitlisted",
        session->waitlisted, "present", session->present, "no_show", session->no_show,
        "from_waitlist", session->from_waitlist, "guests", session->guests, "walk_ins",
        session->walk_ins, "complete", (int)session->complete, "kiosks_complete",
        session->kiosks_complete, "kiosks_total", session->kiosks, "kiosks",
        kiosks_json(session), "quarantined", (json_int_t)session->quarantined,
        "conflicts", conflicts_json(&session->conflicts), "decisions",
        conflicts_json(&session->decisions), "came", session->came, "confirmed_came",
        session->confirmed_came, "overrides", session->overrides, "before_doors",
        session->arrivals.early);
}

/* {"from region":{"to region":people}} */
static json_t *
regions_json(const struct bw_report *report)
{
    json_t *regions = json_object();
    bool fine = true;
    for (size_t i = 0; fine && i < report->moves_count; i++) {
        const struct bw_report_move *move = &report->moves[i];
        json_t *from = json_object_get(regions, move->from);
        if (!from) {
            from = json_object();
            fine = json_object_set_new(regions, move->from, from) == 0;
        }
        fine =
            fine && json_object_set_new(from, move->to, json_integer(move->people)) == 0;
    }
    if (!fine) {
        json_decref(regions);
        return NULL;
    }
    return regions;
}

static json_t *
often_json(const struct bw_report *report)
{
    return json_pack("[i, i, i]", report->often[BW_OFTEN_ONCE],
        report->often[BW_OFTEN_TWICE], report->often[BW_OFTEN_MORE]);
}

static json_t *
version_json(const struct bw_report *report)
{
    const struct bw_report_version *version = &report->version;
    json_t *changed = json_array();
    for (size_t i = 0; i < version->changes_count; i++) {
        const struct bw_report_change *change = &version->changes[i];
        add(&changed, json_pack("{s:s, s:s, s:i, s:i}", "where", change->where, "what",
                          bw_report_word(BW_WORDING_ENGLISH, change->what), "before",
                          change->before, "now", change->now));
    }
    if (version->number == 0) {
        json_decref(changed);
        return json_null(); /* not all sessions are closed */
    }
    return json_pack("{s:i, s:I, s:s, s:o}", "number", version->number, "made_ms",
        (json_int_t)version->made_ms, "made", version->made, "changed", changed);
}

/* null without a list. */
static json_t *
beside_json(const struct bw_report *report)
{
    json_t *names = report->schools_listed ? json_array() : json_null();
    for (size_t i = 0; i < report->beside_count; i++) {
        add(&names, json_pack("{s:s, s:i}", "name", report->beside[i].name, "visits",
                        report->beside[i].visits));
    }
    return names;
}

static json_t *
series_json(const struct bw_report *report)
{
    return report->series
               ? json_pack("{s:s, s:s, s:i, s:o, s:i, s:i, s:i, s:o, s:o}", "code",
                     report->series, "title", report->title, "unique_people",
                     report->unique_people, "regions", regions_json(report), "schools",
                     report->schools, "schools_of", report->schools_of, "schools_beside",
                     report->schools_beside, "names_beside", beside_json(report), "often",
                     often_json(report))
               : json_null();
}

json_t *
bw_report_json(const struct bw_report *report)
{
    json_t *sessions = json_array();
    for (size_t i = 0; i < report->sessions_count; i++) {
        add(&sessions, session_json(&report->sessions[i]));
    }
    return json_pack("{s:s, s:o, s:o, s:o}", "generated_at", report->generated_iso,
        "sessions", sessions, "series", series_json(report), "version",
        version_json(report));
}

/* False without memory; what the disk refuses shows when the file is committed. */
static bool
put(json_t *value, FILE *file)
{
    bool fine = value && json_dumpf(value, file,
                             JSON_INDENT(1) | JSON_PRESERVE_ORDER | JSON_ENCODE_ANY) == 0;
    json_decref(value);
    return fine || ferror(file);
}

enum bw_status
bw_report_write_json(const struct bw_report *report, FILE *file, struct bw_error *err)
{
    (void)fputs("{\n\"generated_at\": ", file);
    bool fine = put(json_string(report->generated_iso), file);
    (void)fputs(",\n\"sessions\": [\n", file);
    for (size_t i = 0; fine && i < report->sessions_count; i++) {
        fine = put(session_json(&report->sessions[i]), file);
        (void)fputs(i + 1 < report->sessions_count ? ",\n" : "\n", file);
    }
    (void)fputs("],\n\"series\": ", file);
    fine = fine && put(series_json(report), file);
    (void)fputs(",\n\"version\": ", file);
    fine = fine && put(version_json(report), file);
    (void)fputs("\n}\n", file);
    return fine ? BW_OK
                : bw_error_set(err, BW_NO_MEMORY, 0,
                      "writing the report: out of memory; close other programs");
}
