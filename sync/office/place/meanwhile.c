/* Who is who, looked at again: see meanwhile.h. */
#include "office/place/meanwhile.h"

#include "central/central.h"

#include <errno.h>

enum { TOGETHER = 128, EACH = 4 };

enum bw_status
bw_place_overtaken(struct bw_central *central, struct bw_error *err)
{
    return bw_error_set(err, BW_BUSY, 0,
        "changing people of %s: somebody else has just changed the same ones; look at "
        "them (log), then try again",
        bw_central_name(central));
}

enum bw_status
bw_place_refused(struct bw_central *central, enum bw_status status, struct bw_error *err)
{
    bool by_others = err == NULL || err->os_errno == EEXIST || err->os_errno == ENOENT;
    return status == BW_REFUSED && by_others ? bw_place_overtaken(central, err) : status;
}

struct names_look {
    const struct bw_place_named *named;
    size_t last;  /* of which something was found, + 1 */
    size_t found; /* so many lead to somebody */
    bool differs;
};

/* A name is given to a person before a former one is asked; who was made has no other. */
static bool
on_person(size_t at, const struct bw_sql_value *columns, int count, void *context)
{
    struct names_look *looking = context;
    bool first = looking->last != at + 1;
    (void)count;
    if (first || looking->named[at].made) {
        looking->differs = looking->differs || columns[0].number != 0;
    }
    looking->found += first;
    looking->last = at + 1;
    return true;
}

/* What the step itself joined with somebody, of the same session, is cancelled, and its
 * person has no name any more. */
static enum bw_status
look_at_names(struct bw_central *central, const struct bw_place_named *named,
    size_t count, bool *inout_same, struct bw_error *err)
{
    struct bw_sql_value values[TOGETHER * EACH];
    enum bw_status status = BW_OK;
    for (size_t at = 0; status == BW_OK && at < count; at += TOGETHER) {
        struct names_look looking = {.named = named + at};
        size_t some = count - at < TOGETHER ? count - at : TOGETHER;
        for (size_t i = 0; i < some; i++) {
            values[i * EACH] = bw_sql_text(named[at + i].identity);
            values[i * EACH + 1] = bw_sql_int(named[at + i].session_no);
            values[i * EACH + 2] = bw_sql_int((int64_t)named[at + i].code);
            values[i * EACH + 3] = bw_sql_int(BW_CANCELLED);
        }
        status = bw_central_each(central,
            "SELECT CASE WHEN r.status <> $4 OR x.person_no = r.person_no"
            " OR p.identity IS NOT NULL THEN x.person_no - r.person_no ELSE 0 END"
            " FROM (SELECT person_no FROM person WHERE identity = $1 UNION ALL"
            " SELECT person_no FROM person_alias WHERE identity = $1) AS x"
            " JOIN registration r ON r.session_no = $2 AND r.code = $3"
            " JOIN person p ON p.person_no = r.person_no",
            values, EACH, some, on_person, &looking, err);
        *inout_same = *inout_same && !looking.differs && looking.found == some;
    }
    return status;
}

/* $1 the step. What was changed under a higher number has to have come after it (ST2 of
 * step.h), and who is joined with somebody else leaves nothing behind. */
static const char *const counts[] = {
    "SELECT count(*) FROM step_registration x JOIN registration r"
    " ON r.session_no = x.session_no AND r.code = x.code JOIN step_person y"
    " ON y.person_no = r.person_no AND y.step_no > x.step_no WHERE x.step_no = $1",
    "SELECT count(*) FROM step_person x JOIN step_person y"
    " ON y.person_no = x.person_no AND y.step_no > x.step_no WHERE x.step_no = $1",
    "SELECT count(*) FROM step_person x JOIN person p ON p.person_no = x.person_no"
    " JOIN registration r ON r.person_no = x.person_no WHERE x.step_no = $1"
    " AND p.identity IS NULL AND NOT EXISTS (SELECT 1 FROM step_registration y"
    " WHERE y.step_no = $1 AND y.session_no = r.session_no AND y.code = r.code)",
};

enum bw_status
bw_place_meanwhile(struct bw_central *central, const struct bw_place_named *named,
    size_t count, struct bw_error *err)
{
    struct bw_sql_value step = bw_sql_int(bw_central_step(central));
    bool beside = false, same = true;
    enum bw_status status = bw_central_lock_people(central, &beside, err);
    if (status != BW_OK || !beside) {
        return status;
    }
    status = look_at_names(central, named, count, &same, err);
    for (size_t i = 0; status == BW_OK && i < sizeof counts / sizeof counts[0]; i++) {
        int64_t others = 0;
        status = bw_central_number(central, counts[i], &step, 1, 0, &others, err);
        same = same && others == 0;
    }
    return status == BW_OK && !same ? bw_place_overtaken(central, err) : status;
}

enum bw_status
bw_place_meanwhile_of(
    struct bw_central *central, int64_t step_no, bool *ret_again, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(step_no);
    int64_t people = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT (SELECT count(*) FROM step_person WHERE step_no = $1)"
        " + (SELECT count(*) FROM step_alias WHERE step_no = $1)",
        &value, 1, 0, &people, err);
    return status == BW_OK && people > 0 ? bw_central_lock_people(central, ret_again, err)
                                         : status;
}
