/* How many are to be told, and whose mail came back, by session: see told.h. */
#include "office/mail/told.h"
#include "office/mail/told_reach.h"

#include "central/records.h"

/* $1 now. Told by voice (way 3) since it came back: they know. */
static const char backs_sql[] =
    "SELECT " BW_SESSION_COLUMNS ", b.people FROM " BW_SESSION_TABLES
    " JOIN (SELECT t.session_no, count(*) AS people"
    " FROM (SELECT r.session_no, r.code, " BW_TOLD_REACH_BACK_SINCE_OF_P " AS since_ms"
    " FROM registration r JOIN person p ON p.person_no = r.person_no"
    " JOIN session q ON q.session_no = r.session_no"
    " WHERE r.status IN (0, 1) AND q.ends_ms > $1 AND q.called_off_ms = 0"
    " AND q.closed_ms = 0 AND p.mail_fold IN"
    " (SELECT x.mail_fold FROM mail_state x WHERE x.kind = 1 AND x.holds = 1)"
    " AND " BW_TOLD_REACH_NONE_OF_P " = 0) AS t WHERE t.since_ms > 0"
    " AND NOT EXISTS (SELECT 1 FROM told v WHERE v.session_no = t.session_no"
    " AND v.code = t.code AND v.way = 3 AND v.at_ms >= t.since_ms)"
    " GROUP BY t.session_no) AS b ON b.session_no = s.session_no"
    " ORDER BY s.starts_ms, s.code";

struct backs_walking {
    bw_told_sum *each;
    void *context;
};

static bool
on_backs(const struct bw_sql_value *c, int count, void *context)
{
    const struct backs_walking *walking = context;
    struct bw_session session;
    (void)count;
    bw_session_of_row(c, &session);
    walking->each(&session, c[BW_SESSION_COLUMNS_COUNT].number, BW_TOLD_NEWS_CAME_BACK,
        walking->context);
    return true;
}

static enum bw_status
backs_walk(const struct bw_office *office, bw_told_sum *each, void *context,
    struct bw_error *err)
{
    struct backs_walking walking = {each, context};
    struct bw_sql_value now = bw_sql_int(bw_office_now_ms(office));
    return bw_central_run(office->central, backs_sql, &now, 1, on_backs, &walking, err);
}

/* Adds one to the sums of its session. */
static void
sum_add(const struct bw_told_due *due, int64_t *count, enum bw_told_news *news)
{
    bool certificate = due->kind == BW_TOLD_CERTIFICATE;
    *count += !certificate || due->hindrance == BW_TOLD_NO_HINDRANCE;
    if (certificate || due->called_off) {
        *news = certificate ? BW_TOLD_NEWS_CERTIFICATES : BW_TOLD_NEWS_CALLED_OFF;
    }
}

enum bw_status
bw_told_sums(const struct bw_office *office, bw_told_sum *each, void *context,
    struct bw_error *err)
{
    struct bw_told_list list = {.due = NULL};
    enum bw_status status = bw_told_read(office, NULL, NULL, &list, err);
    for (size_t i = 0; status == BW_OK && i < list.count;) {
        const struct bw_session *session = list.due[i].session;
        enum bw_told_news news = BW_TOLD_NEWS_CHANGE;
        int64_t count = 0;
        for (; i < list.count && list.due[i].session == session; i++) {
            sum_add(&list.due[i], &count, &news);
        }
        if (count > 0) {
            each(session, count, news, context);
        }
    }
    bw_told_list_finish(&list);
    return status == BW_OK ? backs_walk(office, each, context, err) : status;
}
