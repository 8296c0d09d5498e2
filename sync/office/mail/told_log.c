/* What went to whom: see told.h. */
#include "office/mail/told.h"

#include "office/mail/told_reach.h"

#include <assert.h>

enum bw_status
bw_told_new_mailing(
    struct bw_central *central, int64_t *ret_mailing_no, struct bw_error *err)
{
    assert(bw_central_in_transaction(central)); /* TM1 */
    return bw_central_number(central,
        "UPDATE central SET last_mailing_no = last_mailing_no + 1 WHERE one = 1"
        " RETURNING last_mailing_no",
        NULL, 0, 0, ret_mailing_no, err);
}

/* A mail that was on its way makes room: this one is it, or says what is newer. */
static enum bw_status
drop_unsure(
    struct bw_central *central, const struct bw_told_due *due, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int((int64_t)due->code),
        bw_sql_int(due->now.session_no), bw_sql_int(BW_TOLD_CERTIFICATE)};
    return bw_central_run(central,
        due->kind == BW_TOLD_CERTIFICATE /* TM4 */
            ? "DELETE FROM told WHERE code = $1 AND on_its_way = 1"
              " AND session_no = $2 AND kind = $3"
            : "DELETE FROM told WHERE code = $1 AND on_its_way = 1 AND $2 > 0"
              " AND kind <> $3",
        values, 3, NULL, NULL, err);
}

enum bw_status
bw_told_note(const struct bw_office *office, int64_t mailing_no,
    const struct bw_told_said *said, int64_t *ret_told_no, struct bw_error *err)
{
    const struct bw_told_due *due = said->due;
    const struct bw_told_state *now = &due->now;
    assert(bw_central_in_transaction(office->central)); /* TM1 */
    struct bw_sql_value values[] = {bw_sql_int(now->session_no), bw_sql_int(mailing_no),
        bw_sql_int(said->on_its_way ? 1 : 0), bw_sql_int((int64_t)due->code),
        bw_sql_int(due->kind), bw_sql_int(said->way),
        bw_sql_int(bw_office_now_ms(office)), bw_sql_text(now->mail),
        bw_sql_text(due->first_name), bw_sql_text(due->name),
        bw_sql_text(said->message_id), bw_sql_int(now->status),
        bw_sql_int(now->generation), bw_sql_int(now->signing_key),
        bw_sql_text(now->title), bw_sql_int(now->starts_ms), bw_sql_int(now->ends_ms),
        bw_sql_text(now->timezone), bw_sql_text(now->venue), bw_sql_text(now->address),
        bw_sql_text(said->entry.uid), bw_sql_int(said->entry.sequence),
        bw_sql_int(said->entry.state),
        due->elsewhere ? bw_sql_int((int64_t)due->was_code) : bw_sql_null()};
    enum bw_status status = drop_unsure(office->central, due, err);
    return status != BW_OK
               ? status
               : bw_central_number(office->central,
                     "INSERT INTO told (session_no, told_no, mailing_no, on_its_way,"
                     " code, kind, way, at_ms, mail, first_name, name, message_id,"
                     " status, generation, signing_key, title, starts_ms, ends_ms,"
                     " timezone, venue, address, uid, sequence, calendar, instead_of)"
                     " SELECT CAST($1 AS BIGINT), coalesce(max(told_no), 0) + 1,"
                     " CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT),"
                     " CAST($5 AS BIGINT), CAST($6 AS BIGINT), CAST($7 AS BIGINT),"
                     " CAST($8 AS TEXT), CAST($9 AS TEXT), CAST($10 AS TEXT),"
                     " CAST($11 AS TEXT), CAST($12 AS BIGINT), CAST($13 AS BIGINT),"
                     " CAST($14 AS BIGINT), CAST($15 AS TEXT), CAST($16 AS BIGINT),"
                     " CAST($17 AS BIGINT), CAST($18 AS TEXT), CAST($19 AS TEXT),"
                     " CAST($20 AS TEXT), CAST($21 AS TEXT), CAST($22 AS BIGINT),"
                     " CAST($23 AS BIGINT), CAST($24 AS BIGINT) FROM told"
                     " RETURNING told_no",
                     values, sizeof values / sizeof values[0], 0, ret_told_no, err);
}

enum bw_status
bw_told_settle(const struct bw_office *office, uint32_t session_no, int64_t told_no,
    bool taken, struct bw_error *err)
{
    struct bw_central *central = office->central;
    struct bw_sql_value values[] = {bw_sql_int(session_no), bw_sql_int(told_no)};
    enum bw_status status = bw_central_begin_step(central, err);
    if (status == BW_OK) {
        status = bw_central_run(central,
            taken ? "UPDATE told SET on_its_way = 0 WHERE session_no = $1"
                    " AND told_no = $2"
                  : "DELETE FROM told WHERE session_no = $1 AND told_no = $2",
            values, 2, NULL, NULL, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(central, err);
    }
    bw_central_rollback(central);
    return status;
}

/* Of `sql` how many rows it changed, in a transaction of its own. */
static enum bw_status
change_runs(const struct bw_office *office, const char *sql,
    const struct bw_sql_value *values, int values_count, int64_t *ret_count,
    struct bw_error *err)
{
    struct bw_central *central = office->central;
    int64_t count = 0;
    enum bw_status status = bw_central_begin_step(central, err);
    if (status == BW_OK) {
        status = bw_central_lock_numbers(central, err);
    }
    if (status == BW_OK) {
        status = bw_central_run(central, sql, values, values_count, NULL, NULL, err);
    }
    if (status == BW_OK) {
        count = bw_central_changed(central);
        status = bw_central_commit(central, err);
    }
    bw_central_rollback(central);
    if (status == BW_OK) {
        *ret_count = count;
    }
    return status;
}

/* Of the run $1, 0 for the newest that waits for an answer; $2 is BW_TOLD_BY_SMTP. */
#define WAITS_FOR_ANSWER                                                                 \
    " WHERE on_its_way = 1 AND way <> $2 AND mailing_no = CASE WHEN $1 > 0 THEN $1 ELSE" \
    " (SELECT max(mailing_no) FROM told WHERE on_its_way = 1 AND way <> $2) END"

enum bw_status
bw_told_answer(const struct bw_office *office, int64_t mailing_no, bool went,
    int64_t *ret_count, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(mailing_no), bw_sql_int(BW_TOLD_BY_SMTP)};
    return change_runs(office,
        went ? "UPDATE told SET on_its_way = 0" WAITS_FOR_ANSWER
             : "DELETE FROM told" WAITS_FOR_ANSWER,
        values, 2, ret_count, err);
}

enum bw_status
bw_told_take_back(const struct bw_office *office, int64_t mailing_no, int64_t *ret_count,
    struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(BW_TOLD_BY_SMTP), bw_sql_int(mailing_no)};
    return change_runs(office,
        "DELETE FROM told WHERE mailing_no ="
        " (SELECT max(mailing_no) FROM told WHERE way <> $1)"
        " AND (mailing_no = $2 OR $2 = 0)",
        values, 2, ret_count, err);
}

/* ---- telling ---- */

struct told_walk {
    bw_told_each *each;
    void *context;
};

static bool
on_line(const struct bw_sql_value *c, int count, void *context)
{
    const struct told_walk *walk = context;
    (void)count;
    const struct bw_told_line line = {.code = (bw_code)c[0].number,
        .kind = (enum bw_told_kind)c[1].number,
        .way = (enum bw_told_way)c[2].number,
        .on_its_way = c[3].number != 0,
        .at_ms = c[4].number,
        .mailing_no = c[5].number,
        .mail = c[6].text,
        .first_name = c[7].text,
        .name = c[8].text,
        .session_code = c[9].text,
        .message_id = c[10].text,
        .came_back = c[11].number != 0};
    return walk->each(&line, walk->context);
}

static enum bw_status
walk_lines(struct bw_central *central, bw_code code, int64_t mailing_no, int64_t most,
    struct told_walk *walk, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(code == BW_CODE_NONE ? -1 : (int64_t)code),
        bw_sql_int(most), bw_sql_int(mailing_no)};
    return bw_central_run(central,
        "SELECT t.code, t.kind, t.way, t.on_its_way, t.at_ms, t.mailing_no, t.mail,"
        " t.first_name, t.name, s.code, t.message_id,"
        " " BW_TOLD_REACH_BACK_OF(
            "t.mail") " FROM told t"
                      " JOIN session s ON s.session_no = t.session_no"
                      " WHERE ($1 < 0 OR t.code = $1) AND ($3 < 0 OR t.mailing_no = $3)"
                      " ORDER BY t.told_no DESC LIMIT $2",
        values, 3, on_line, walk, err);
}

enum bw_status
bw_told_walk(struct bw_central *central, bw_code code, int64_t most, bw_told_each *each,
    void *context, struct bw_error *err)
{
    struct told_walk walk = {each, context};
    return walk_lines(central, code, -1, most, &walk, err);
}

enum bw_status
bw_told_walk_mailing(struct bw_central *central, int64_t mailing_no, int64_t most,
    bw_told_each *each, void *context, struct bw_error *err)
{
    struct told_walk walk = {each, context};
    return walk_lines(
        central, BW_CODE_NONE, mailing_no > 0 ? mailing_no : 0, most, &walk, err);
}

/* ---- run by run ---- */

struct told_runs {
    bw_told_mailing_each *each;
    void *context;
};

static bool
on_mailing(const struct bw_sql_value *c, int count, void *context)
{
    const struct told_runs *runs = context;
    (void)count;
    const struct bw_told_mailing mailing = {.mailing_no = c[0].number,
        .kind = (enum bw_told_kind)c[1].number,
        .way = (enum bw_told_way)c[2].number,
        .session_code = c[3].text,
        .session_title = c[4].text,
        .at_ms = c[5].number,
        .count = c[6].number,
        .on_its_way = c[7].number,
        .came_back = c[8].number,
        .back_code = (bw_code)c[9].number,
        .back_name = c[10].text};
    return runs->each(&mailing, runs->context);
}

#define BACK_OF_X BW_TOLD_REACH_BACK_OF("x.mail")

enum bw_status
bw_told_mailings(struct bw_central *central, int64_t most, bw_told_mailing_each *each,
    void *context, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(most);
    struct told_runs runs = {each, context};
    return bw_central_run(central,
        "SELECT t.mailing_no, t.kind, t.way, s.code, s.title, max(t.at_ms), count(*),"
        " count(CASE WHEN t.on_its_way = 1 THEN 1 END), sum(t.back),"
        " max(CASE WHEN t.back = 1 THEN t.code ELSE 0 END),"
        " max(CASE WHEN t.back = 1 THEN t.first_name || ' ' || t.name ELSE '' END)"
        " FROM (SELECT x.*, " BACK_OF_X " AS back FROM told x) t"
        " JOIN session s ON s.session_no = t.session_no"
        " GROUP BY t.mailing_no, t.kind, t.way, s.session_no, s.code, s.title"
        " ORDER BY t.mailing_no DESC, max(t.told_no) DESC LIMIT $1",
        &value, 1, on_mailing, &runs, err);
}
