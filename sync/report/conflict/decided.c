/* What one step of Uitzoeken decided: see decided.h. */
#include "report/conflict/decided.h"

#include "central/records.h"
#include "report/book/book_rulings.h"
#include "report/conflict/conflicts.h"

enum { TAKEN_IN = 1 };

static enum bw_decided_kind
kind_of(int64_t ruling)
{
    switch (ruling) {
    case BW_BOOK_RULING_IS:
        return BW_DECIDED_IS;
    case BW_BOOK_RULING_OUT:
        return BW_DECIDED_OUT;
    case BW_BOOK_RULING_OTHER:
        return BW_DECIDED_OTHER;
    default: /* with a conflict's kind added */
        return ruling > BW_BOOK_RULING_STANDS    ? BW_DECIDED_STANDS
               : ruling > BW_BOOK_RULING_UNKNOWN ? BW_DECIDED_UNKNOWN
                                                 : BW_DECIDED_NOTHING;
    }
}

static const char *
conflict_of(int64_t ruling)
{
    int64_t above = ruling > BW_BOOK_RULING_STANDS    ? BW_BOOK_RULING_STANDS
                    : ruling > BW_BOOK_RULING_UNKNOWN ? BW_BOOK_RULING_UNKNOWN
                                                      : ruling;
    return bw_conflicts_kind_name((int)(ruling - above));
}

static bool
on_ruling(const struct bw_sql_value *c, int count, void *context)
{
    struct bw_decided *decided = context;
    (void)count;
    decided->kind = kind_of(c[0].number);
    decided->conflict = conflict_of(c[0].number);
    decided->device = (uint32_t)c[1].number;
    bw_text_copy(decided->kiosk, sizeof decided->kiosk, c[2].text);
    decided->wall_ms = c[3].number;
    bw_text_copy(decided->timezone, sizeof decided->timezone, c[4].text);
    bw_text_copy(decided->first_name, sizeof decided->first_name, c[5].text);
    bw_text_copy(decided->name, sizeof decided->name, c[6].text);
    return false;
}

static bool
on_waited(const struct bw_sql_value *c, int count, void *context)
{
    struct bw_decided *decided = context;
    (void)count;
    if (c[0].number == 0) {
        return true; /* it waits again */
    }
    decided->kind = c[0].number == TAKEN_IN ? BW_DECIDED_IN : BW_DECIDED_THROWN;
    decided->device = decided->events == 0 ? (uint32_t)c[1].number : decided->device;
    bw_text_copy(decided->kiosk, sizeof decided->kiosk, c[2].text);
    decided->events++;
    return true;
}

/* Of a ruling whose event isn't here any more only the kiosk is known. */
enum bw_status
bw_decisions_decided(struct bw_central *central, int64_t step_no,
    struct bw_decided *ret_decided, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(step_no);
    struct bw_decided decided = {.conflict = ""};
    enum bw_status status = bw_central_run(central,
        "SELECT r.kind, r.device, coalesce(d.name, ''), coalesce(e.wall_ms, 0),"
        " s.timezone, coalesce(g.first_name, ''), coalesce(g.name, '') FROM ruling r"
        " JOIN session s ON s.session_no = r.session_no"
        " LEFT JOIN device d ON d.device = r.device"
        " LEFT JOIN event e ON e.session_no = r.session_no AND e.device = r.device"
        " AND e.seq = r.seq"
        " LEFT JOIN registration g ON g.code = coalesce(r.code, e.code)"
        " WHERE r.step_no = $1 ORDER BY coalesce(e.wall_ms, 9223372036854775807),"
        " r.device, r.seq",
        &value, 1, on_ruling, &decided, err);
    if (status == BW_OK && decided.kind == BW_DECIDED_NOTHING) {
        status = bw_central_run(central,
            "SELECT q.settled, q.device, coalesce(d.name, '') FROM step_quarantine x"
            " JOIN quarantine q ON q.number = x.number"
            " LEFT JOIN device d ON d.device = q.device WHERE x.step_no = $1"
            " ORDER BY q.number",
            &value, 1, on_waited, &decided, err);
    }
    if (status == BW_OK) {
        *ret_decided = decided;
    }
    return status;
}
