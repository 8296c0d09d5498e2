/* Who came to two sessions at once: see book_elsewhere.h.
 *
 * First a look whether there can be anybody, as for most sessions there can't; then the
 * pairs are found, of a person and a code that came in elsewhere, which are few; then
 * each is folded by itself, as that session's own book would. */
#include "report/book/book_elsewhere.h"

#include "central/base/array.h"
#include "central/records.h"

#include <brugwachter/zone.h>

/* A row where somebody who came here has a place in a session of the same hours, or was
 * anybody's guest elsewhere; parameters as below. No table of its own is made for it. */
static const char any_sql[] =
    "SELECT 1 FROM event e CROSS JOIN registration r ON r.code = e.code"
    " CROSS JOIN registration o ON o.person_no = r.person_no"
    " CROSS JOIN session s ON s.session_no = o.session_no"
    " LEFT JOIN event g ON g.code = o.code AND g.home_session_no <> g.session_no"
    " AND g.session_no <> $1"
    " WHERE e.session_no = $1 AND e.kind = $4 AND (g.code IS NOT NULL"
    " OR (s.session_no <> $1 AND s.starts_ms < $3 AND s.ends_ms > $2)) LIMIT 1";

/* $1: this session, which lasts from $2 to $3; $4: arrived. People from here by any code
 * of theirs; there by their own place, or as a guest. CROSS JOIN keeps the order, so that
 * a person costs look-ups and no session is read for nothing. */
static const char pairs_sql[] =
    "WITH here AS (SELECT DISTINCT r.person_no AS who FROM event e"
    " JOIN registration r ON r.code = e.code"
    " WHERE e.session_no = $1 AND e.kind = $4),"
    " there AS (SELECT DISTINCT r.session_no AS place FROM here"
    " CROSS JOIN registration r ON r.person_no = here.who"
    " CROSS JOIN session s ON s.session_no = r.session_no"
    " WHERE s.session_no <> $1 AND s.starts_ms < $3 AND s.ends_ms > $2)"
    " SELECT r.person_no, e.session_no AS place, e.code AS code FROM there"
    " CROSS JOIN event e ON e.session_no = there.place AND e.kind = $4"
    " CROSS JOIN registration r ON r.code = e.code"
    " WHERE r.person_no IN (SELECT who FROM here)"
    " UNION"
    " SELECT r.person_no, e.session_no, e.code FROM here"
    " CROSS JOIN registration r ON r.person_no = here.who"
    " CROSS JOIN event e ON e.code = r.code AND e.home_session_no <> e.session_no"
    " CROSS JOIN session s ON s.session_no = e.session_no"
    " WHERE e.session_no <> $1 AND e.kind = $4"
    " AND s.starts_ms < $3 AND s.ends_ms > $2 ORDER BY place, code";

static bool
on_pair(const struct bw_sql_value *columns, int count, void *context)
{
    struct bw_book *book = context;
    (void)count;
    struct bw_book_elsewhere *pair = bw_array_more(&book->elsewhere,
        &book->elsewhere_count, &book->elsewhere_capacity, sizeof *pair);
    book->full = pair == NULL;
    if (pair != NULL) {
        pair->person_no = columns[0].number;
        pair->session_no = (uint32_t)columns[1].number;
        pair->code = (bw_code)columns[2].number;
    }
    return pair != NULL;
}

/* One person's events there. */
struct elsewhere_fold {
    struct bw_book_elsewhere *pair;
    struct bw_presence *presence;
    struct bw_zone *zone;
    int64_t day_start_ms;
    enum bw_status status;
    struct bw_error *err;
};

static bool
on_place(const struct bw_sql_value *columns, int count, void *context)
{
    struct elsewhere_fold *fold = context;
    (void)count;
    bw_text_copy(fold->pair->session, sizeof fold->pair->session, columns[0].text);
    bw_text_copy(fold->pair->title, sizeof fold->pair->title, columns[1].text);
    fold->status = bw_zone_open(columns[2].text, &fold->zone, fold->err);
    if (fold->status == BW_OK) {
        fold->day_start_ms = bw_zone_day_start(fold->zone, columns[3].number);
    }
    return false;
}

static bool
on_event(const struct bw_sql_value *columns, int count, void *context)
{
    struct elsewhere_fold *fold = context;
    struct bw_event event;
    (void)count;
    if (bw_event_decode(columns[0].blob, columns[0].bytes, &event, NULL) == BW_OK &&
        !bw_presence_is_before_day(&event, fold->day_start_ms)) {
        fold->status = bw_presence_add(fold->presence, &event, fold->err);
    }
    return fold->status == BW_OK;
}

static enum bw_status
fold_events(struct bw_central *central, struct elsewhere_fold *fold, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(fold->pair->session_no), bw_sql_int((int64_t)fold->pair->code)};
    enum bw_status status = bw_central_run(central,
        "SELECT code, title, timezone, starts_ms FROM session WHERE session_no = $1",
        values, 1, on_place, fold, err);
    status = status == BW_OK ? fold->status : status;
    if (status == BW_OK) {
        status = bw_presence_create(fold->pair->session_no, &fold->presence, err);
    }
    if (status == BW_OK) {
        status = bw_central_run(central,
            "SELECT bytes FROM event WHERE session_no = $1 AND code = $2"
            " ORDER BY hlc, device, seq, hash",
            values, 2, on_event, fold, err);
    }
    return status == BW_OK ? fold->status : status;
}

/* *ret_came: themselves, and not annulled. */
static enum bw_status
fold_pair(struct bw_central *central, struct bw_book_elsewhere *pair, bool *ret_came,
    struct bw_error *err)
{
    struct elsewhere_fold fold = {.pair = pair, .status = BW_OK, .err = err};
    enum bw_status status = fold_events(central, &fold, err);
    if (status == BW_OK) {
        *ret_came = bw_book_own_stay(
            fold.presence, (struct bw_subject){.code = pair->code}, &pair->stay);
    }
    bw_presence_destroy(fold.presence);
    bw_zone_close(fold.zone);
    return status;
}

enum bw_status
bw_book_elsewhere_read(
    struct bw_central *central, struct bw_book *book, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(book->session.session_no),
        bw_sql_int(book->session.starts_ms), bw_sql_int(book->session.ends_ms),
        bw_sql_int(BW_EVENT_ARRIVED)};
    int64_t any = 0;
    enum bw_status status = bw_central_number(central, any_sql, values, 4, 0, &any, err);
    if (status == BW_NOT_FOUND) {
        return BW_OK;
    }
    if (status == BW_OK) {
        status = bw_central_run(central, pairs_sql, values, 4, on_pair, book, err);
    }
    if (status == BW_OK && book->full) {
        status = bw_error_set(err, BW_NO_MEMORY, 0,
            "reading who was elsewhere: out of memory; close other programs");
    }
    size_t kept = 0;
    for (size_t i = 0; status == BW_OK && i < book->elsewhere_count; i++) {
        bool came = false;
        status = fold_pair(central, &book->elsewhere[i], &came, err);
        if (status == BW_OK && came) {
            book->elsewhere[kept++] = book->elsewhere[i];
        }
    }
    book->elsewhere_count = kept;
    return status;
}

/* ---- one's own stay ---- */

struct own_stay {
    struct bw_attendance *stay;
    bool found;
};

/* The first of theirs: with the last it may be that they came twice, in turns with
 * somebody else; where they were is told by the first. */
static void
on_stay(const struct bw_attendance *stay, void *context)
{
    struct own_stay *own = context;
    if (!own->found && !stay->substitute) {
        *own->stay = *stay;
        own->found = true;
    }
}

bool
bw_book_own_stay(const struct bw_presence *presence, struct bw_subject subject,
    struct bw_attendance *ret_stay)
{
    struct own_stay own = {.stay = ret_stay};
    bw_presence_stays(presence, subject, on_stay, &own);
    return own.found;
}
