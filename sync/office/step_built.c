/* What was built on a step: see step.h. */
#include "office/step.h"

#include "central/base/array.h"

#include <stdlib.h>

/* $1 the step, $2 that which takes it back or 0. A pair of steps that came later and
 * cancel each other out are nothing built. */
static const char *const built_sql[] = {
    "SELECT DISTINCT t.step_no FROM step_registration x"
    " JOIN step_registration y ON y.code = x.code AND y.step_no > x.step_no"
    " JOIN step t ON t.step_no = y.step_no WHERE x.step_no = $1"
    " AND t.step_no <> $2 AND t.undone_by = 0 AND t.undoes <= x.step_no",
    "SELECT DISTINCT t.step_no FROM step_person x"
    " JOIN step_person y ON y.person_no = x.person_no AND y.step_no > x.step_no"
    " JOIN step t ON t.step_no = y.step_no WHERE x.step_no = $1"
    " AND t.step_no <> $2 AND t.undone_by = 0 AND t.undoes <= x.step_no",
    /* who came with it signed up for another session since */
    "SELECT DISTINCT t.step_no FROM step_person x"
    " JOIN registration r ON r.person_no = x.person_no"
    " JOIN step_registration y ON y.code = r.code AND y.step_no > x.step_no"
    " JOIN step t ON t.step_no = y.step_no WHERE x.step_no = $1 AND x.fresh = 1"
    " AND t.step_no <> $2 AND t.undone_by = 0 AND t.undoes <= x.step_no",
    /* a paper list says of whom it brought that they came */
    "SELECT DISTINCT t.step_no FROM step_registration x"
    " JOIN ruling y ON y.session_no = x.session_no AND y.code = x.code AND y.kind = 3"
    " JOIN step t ON t.step_no = y.step_no WHERE x.step_no = $1 AND x.fresh = 1"
    " AND t.step_no <> $2 AND t.undone_by = 0 AND t.undoes = 0",
    /* what is said of somebody's mail went along to whom they were joined with */
    "SELECT DISTINCT t.step_no FROM mail_state x"
    " JOIN step_person p ON p.person_no = x.person_no AND p.step_no > x.step_no"
    " JOIN mail_state y ON y.step_no = p.step_no AND y.person_no <> x.person_no"
    " AND y.kind = x.kind"
    " JOIN step t ON t.step_no = y.step_no WHERE x.step_no = $1"
    " AND t.step_no <> $2 AND t.undone_by = 0 AND t.undoes = 0"};

struct built {
    int64_t *steps;
    size_t count, capacity;
    bool no_memory;
};

static bool
on_built(const struct bw_sql_value *c, int count, void *context)
{
    struct built *built = context;
    (void)count;
    for (size_t i = 0; i < built->count; i++) {
        if (built->steps[i] == c[0].number) {
            return true;
        }
    }
    int64_t *step =
        bw_array_more(&built->steps, &built->count, &built->capacity, sizeof *step);
    built->no_memory = step == NULL;
    if (step != NULL) {
        *step = c[0].number;
    }
    return step != NULL;
}

static int
newest_first(const void *one, const void *other)
{
    const int64_t *a = one, *b = other;
    return (*a < *b) - (*a > *b);
}

static enum bw_status
read_on(struct bw_central *central, int64_t number, int64_t own, struct built *built,
    struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(number), bw_sql_int(own)};
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < sizeof built_sql / sizeof built_sql[0];
         i++) {
        status = bw_central_run(central, built_sql[i], values, 2, on_built, built, err);
    }
    return status == BW_OK && built->no_memory
               ? bw_error_set(err, BW_NO_MEMORY, 0, "taking back a step: no memory")
               : status;
}

enum bw_status
bw_step_built_on(struct bw_central *central, int64_t number, int64_t own, bool whole,
    int64_t **ret_steps, size_t *ret_count, struct bw_error *err)
{
    struct built built = {.steps = NULL};
    enum bw_status status = read_on(central, number, own, &built, err);
    for (size_t i = 0; whole && status == BW_OK && i < built.count; i++) {
        status = read_on(central, built.steps[i], own, &built, err);
    }
    if (status != BW_OK) {
        free(built.steps);
        return status;
    }
    if (built.count > 0) {
        qsort(built.steps, built.count, sizeof *built.steps, newest_first);
    }
    *ret_steps = built.steps;
    *ret_count = built.count;
    return BW_OK;
}
