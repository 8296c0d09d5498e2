/* Files that were imported before: see import_before.h. */
#include "office/import/import_before.h"

#include "central/central.h"

/* What a file says of nobody (a paper list of those who are known) names its circle with
 * the step alone: "S-1 list.csv" (bw_import_begin_step). */
#define OF_STEP                                                                          \
    "(SELECT c.title FROM session c WHERE substr(s.about, 1, length(c.code) + 1)"        \
    " = c.code || ' ' ORDER BY length(c.code) DESC LIMIT 1)"

/* The newest $1. */
#define NEWEST                                                                           \
    " FROM step t WHERE t.batch_no <> 0 AND t.undoes = 0 ORDER BY t.step_no DESC"        \
    " LIMIT $1"

/* Of each how many circles its people are of, one of those, and how many are in doubt. */
static const char before_sql[] =
    "SELECT s.step_no, s.at_ms, s.undone_by, b.file, COALESCE(p.circles, 0), b.added,"
    " b.changed, CASE COALESCE(p.circles, 0) WHEN 0 THEN COALESCE(" OF_STEP ", '')"
    " WHEN 1 THEN COALESCE(c.title, '') ELSE '' END, COALESCE(p.doubts, 0)"
    " FROM (SELECT t.step_no, t.at_ms, t.undone_by, t.about, t.batch_no" NEWEST ") s"
    " JOIN import_batch b ON b.batch_no = s.batch_no"
    " LEFT JOIN (SELECT x.step_no, count(DISTINCT x.session_no) AS circles,"
    " min(x.session_no) AS one,"
    " count(CASE WHEN x.fresh = 1 AND r.doubt <> 0 THEN 1 END) AS doubts"
    " FROM step_registration x LEFT JOIN registration r"
    " ON r.session_no = x.session_no AND r.code = x.code"
    " WHERE x.step_no IN (SELECT t.step_no" NEWEST ") GROUP BY x.step_no) p"
    " ON p.step_no = s.step_no LEFT JOIN session c ON c.session_no = p.one"
    " ORDER BY s.step_no DESC";

struct before_walk {
    bw_import_before_each *each;
    void *context;
};

static bool
on_before(const struct bw_sql_value *c, int count, void *context)
{
    const struct before_walk *walk = context;
    (void)count;
    const struct bw_import_before before = {.step = c[0].number,
        .at_ms = c[1].number,
        .undone_by = c[2].number,
        .file = c[3].text,
        .circles = c[4].number,
        .added = c[5].number,
        .changed = c[6].number,
        .circle = c[7].text,
        .waiting = c[8].number};
    return walk->each(&before, walk->context);
}

enum bw_status
bw_import_before_walk(struct bw_central *central, int64_t most,
    bw_import_before_each *each, void *context, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(most);
    struct before_walk walk = {each, context};
    return bw_central_run(central, before_sql, &value, 1, on_before, &walk, err);
}
