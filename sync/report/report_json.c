/* The report as JSON: see report.h; its fields are in the design. */
#include "report/report.h"

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
            (void)json_array_append_new(events, json_string(id));
        }
        (void)json_array_append_new(
            list, json_pack("{s:s, s:s, s:o}", "kind", conflict->kind, "text",
                      conflict->text, "events", events));
    }
    return list;
}

static json_t *
kiosks_json(const struct bw_book *book)
{
    json_t *list = json_array();
    for (size_t i = 0; i < book->kiosks_count; i++) {
        const struct bw_book_kiosk *kiosk = &book->kiosks[i];
        (void)json_array_append_new(
            list, json_pack("{s:I, s:s, s:b, s:s, s:I, s:s}", "device",
                      (json_int_t)kiosk->chain.device, "name", kiosk->name, "complete",
                      (int)kiosk->complete, "why", kiosk->why, "contiguous_seq",
                      (json_int_t)kiosk->chain.contiguous_seq, "chain",
                      bw_chain_state_name(kiosk->chain.state)));
    }
    return list;
}

static json_t *
session_json(const struct bw_report_session *session)
{
    const struct bw_session *facts = &session->book->session;
    return json_pack(
        "{s:s, s:s, s:s, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:b, s:i, "
        "s:i, s:o, s:o}",
        "code", facts->code, "title", facts->title, "starts_at", session->when.start_iso,
        "capacity", facts->capacity, "registered", session->registered, "confirmed",
        session->confirmed, "waitlisted", session->waitlisted, "present",
        session->present, "no_show", session->no_show, "from_waitlist",
        session->from_waitlist, "guests", session->guests, "walk_ins", session->walk_ins,
        "complete", (int)session->complete, "kiosks_complete", session->kiosks_complete,
        "kiosks_total", session->kiosks, "kiosks", kiosks_json(session->book),
        "conflicts", conflicts_json(&session->conflicts));
}

/* {"from region":{"to region":people}} */
static json_t *
regions_json(const struct bw_report *report)
{
    json_t *regions = json_object();
    for (size_t i = 0; i < report->moves_count; i++) {
        const struct bw_report_move *move = &report->moves[i];
        json_t *from = json_object_get(regions, move->from);
        if (!from) {
            from = json_object();
            (void)json_object_set_new(regions, move->from, from);
        }
        (void)json_object_set_new(from, move->to, json_integer(move->people));
    }
    return regions;
}

json_t *
bw_report_json(const struct bw_report *report)
{
    json_t *sessions = json_array();
    for (size_t i = 0; i < report->sessions_count; i++) {
        (void)json_array_append_new(sessions, session_json(&report->sessions[i]));
    }
    json_t *series = report->series
                         ? json_pack("{s:s, s:s, s:i, s:o}", "code", report->series,
                               "title", report->title, "unique_people",
                               report->unique_people, "regions", regions_json(report))
                         : json_null();
    return json_pack("{s:s, s:o, s:o}", "generated_at", report->generated_iso, "sessions",
        sessions, "series", series);
}
