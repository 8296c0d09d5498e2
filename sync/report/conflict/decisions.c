/* What people decided past a rule: see decisions.h. */
#include "report/conflict/decisions.h"

#include "report/conflict/conflict_finder.h"

#include <stdio.h>

enum {
    PASSED = BW_EVENT_OVERRIDE | BW_EVENT_OUT_OF_ORDER,
    TAKEN_IN = 1,
    RULED_OTHER = 4
};

/* By their code, or by the name that was typed. */
static void
who_of(const struct bw_finder *finder, const struct bw_book_event *event,
    char ret_text[BW_WHO_BYTES])
{
    const struct bw_event_details *details =
        bw_book_details_of(finder->book, event->event.id);
    if (event->event.code != BW_CODE_NONE) {
        bw_finder_who(finder, event->event.code, ret_text);
    } else if (details != NULL && details->person.first_name[0] != '\0') {
        (void)snprintf(ret_text, BW_WHO_BYTES, "%.120s %.120s",
            details->person.first_name, details->person.name);
    } else {
        (void)snprintf(
            ret_text, BW_WHO_BYTES, "%s", bw_wording(finder->language, "cf.nobody"));
    }
}

static void
add_event(struct bw_finder *finder, const struct bw_book_event *event)
{
    static const char *const keys[2][2] = {
        {"cf.out_of_order.plain", "cf.out_of_order.why"},
        {"cf.override.plain", "cf.override.why"}};
    char who[BW_WHO_BYTES];
    char seen[BW_SEEN_BYTES];
    struct bw_gathering gathering = {0};
    bool override = (event->event.flags & BW_EVENT_OVERRIDE) != 0;
    const char *reason = event->details != NULL ? event->details->reason : "";
    bw_finder_gather(finder, &gathering, event->event.id);
    bw_finder_seen(finder, &gathering, seen);
    who_of(finder, event, who);
    bw_finder_add(finder, override ? "override" : "out_of_order", &gathering,
        keys[override][reason[0] != '\0'], 1, "name", who, "seen", seen, "why", reason,
        NULL);
}

static bool
passed_a_rule(const struct bw_book_event *event)
{
    return event->event.kind == BW_EVENT_ARRIVED && !event->before_day &&
           (event->event.flags & PASSED) != 0;
}

static bool
on_settled(const struct bw_sql_value *columns, int count, void *context)
{
    static const char *const keys[2][2] = {{"cf.settled_out.plain", "cf.settled_out.why"},
        {"cf.settled_in.plain", "cf.settled_in.why"}};
    struct bw_finder *finder = context;
    struct bw_gathering gathering = {0};
    bool in = columns[2].number == TAKEN_IN;
    struct bw_event_id id = {(uint32_t)columns[0].number, (uint64_t)columns[1].number};
    char shown[BW_EVENT_ID_BYTES];
    const char *why = columns[3].text;
    (void)count;
    bw_event_id_format(id, shown);
    bw_finder_gather(finder, &gathering, id);
    bw_finder_add(finder, in ? "settled_in" : "settled_out", &gathering,
        keys[in][why[0] != '\0'], 1, "event", shown, "why", why, NULL);
    return true;
}

static bool
on_ruling(const struct bw_sql_value *columns, int count, void *context)
{
    static const char *const kinds[] = {"settled_entry", "settled_is", "settled_other"};
    static const char *const keys[][2] = {
        {"cf.settled_entry.plain", "cf.settled_entry.why"},
        {"cf.settled_is.plain", "cf.settled_is.why"},
        {"cf.settled_other.plain", "cf.settled_other.why"}};
    struct bw_finder *finder = context;
    struct bw_gathering gathering = {0};
    struct bw_event_id id = {(uint32_t)columns[0].number, (uint64_t)columns[1].number};
    bool is = columns[2].type == BW_SQL_INT;
    size_t kind = is ? 1 : columns[4].number == RULED_OTHER ? 2 : 0;
    const char *why = columns[3].text;
    char shown[BW_EVENT_ID_BYTES], who[BW_WHO_BYTES] = "";
    (void)count;
    bw_event_id_format(id, shown);
    bw_finder_gather(finder, &gathering, id);
    if (is) {
        bw_finder_who(finder, (bw_code)columns[2].number, who);
    }
    bw_finder_add(finder, kinds[kind], &gathering, keys[kind][why[0] != '\0'], 1, "event",
        shown, "name", who, "why", why, NULL);
    return true;
}

static enum bw_status
add_answered(struct bw_finder *finder, struct bw_error *err)
{
    static const char *const keys[2][2] = {
        {"cf.left_open.plain", "cf.left_open.why"}, {"cf.stands.plain", "cf.stands.why"}};
    struct bw_conflicts answered = {.count = 0};
    enum bw_status status =
        bw_conflicts_find_answered(finder->book, finder->language, &answered, err);
    for (int i = 0; status == BW_OK && i < answered.count; i++) {
        const struct bw_conflict *conflict = &answered.items[i];
        const struct bw_book_answer *answer = bw_conflicts_answer(finder->book, conflict);
        struct bw_gathering gathering = {0};
        for (int k = 0; k < conflict->events_count; k++) {
            bw_finder_gather(finder, &gathering, conflict->events[k]);
        }
        bw_finder_add(finder, answer->stands ? "stands" : "left_open", &gathering,
            keys[answer->stands][answer->why[0] != '\0'], 1, "what", conflict->text,
            "why", answer->why, NULL);
    }
    bw_conflicts_finish(&answered);
    return status;
}

enum bw_status
bw_decisions_find(struct bw_central *central, const struct bw_book *book,
    enum bw_wording_language language, struct bw_conflicts *ret_decisions,
    struct bw_error *err)
{
    struct bw_finder finder = {.book = book, .language = language};
    for (size_t i = 0; i < book->events_count; i++) {
        if (passed_a_rule(&book->events[i])) {
            add_event(&finder, &book->events[i]);
        }
    }
    struct bw_sql_value number = bw_sql_int(book->session.session_no);
    enum bw_status status = bw_central_run(central,
        "SELECT device, seq, settled, why FROM quarantine"
        " WHERE session_no = $1 AND settled > 0 ORDER BY settled_ms, device, seq",
        &number, 1, on_settled, &finder, err);
    if (status == BW_OK) {
        status = bw_central_run(central,
            "SELECT r.device, r.seq, r.code, t.why, r.kind FROM ruling r JOIN step t"
            " ON t.step_no = r.step_no AND t.undone_by = 0 WHERE r.session_no = $1"
            " AND r.kind IN (1, 2, 4) ORDER BY r.step_no",
            &number, 1, on_ruling, &finder, err);
    }
    if (status == BW_OK) {
        status = add_answered(&finder, err);
    }
    struct bw_conflicts decisions = {(int)finder.count, finder.items};
    if (status == BW_OK && finder.full) {
        status = bw_error_set(err, BW_NO_MEMORY, 0,
            "looking for decisions: out of memory; close other programs");
    }
    if (status != BW_OK) {
        bw_conflicts_finish(&decisions);
        return status;
    }
    *ret_decisions = decisions;
    return BW_OK;
}
