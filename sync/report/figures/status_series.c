/* The series: see status_series.h. */
#include "report/figures/status_series.h"

#include "central/records.h"

static bool
on_title(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    bw_text_copy(context, BW_TITLE_BYTES, columns[0].text);
    return false;
}

enum bw_status
bw_status_series(struct bw_central *central, int64_t now_ms,
    char ret_title[BW_TITLE_BYTES], struct bw_error *err)
{
    const struct bw_sql_value now = bw_sql_int(now_ms);
    ret_title[0] = '\0';
    return bw_central_run(central,
        "SELECT r.title FROM session s JOIN series r ON r.code = s.series"
        " ORDER BY CASE WHEN s.called_off_ms <> 0 THEN 2 WHEN s.ends_ms < $1 THEN 1"
        " ELSE 0 END, CASE WHEN s.ends_ms < $1 THEN -s.starts_ms ELSE s.starts_ms END,"
        " s.code LIMIT 1",
        &now, 1, on_title, ret_title, err);
}

struct series_walk {
    bw_status_series_row *row;
    void *context;
};

static bool
on_series(const struct bw_sql_value *columns, int count, void *context)
{
    const struct series_walk *walk = context;
    (void)count;
    return walk->row(columns[0].text, columns[1].number, walk->context);
}

enum bw_status
bw_status_series_walk(struct bw_central *central, bw_status_series_row *row,
    void *context, struct bw_error *err)
{
    struct series_walk walk = {row, context};
    return bw_central_run(central,
        "SELECT r.title, max(s.ends_ms) FROM session s JOIN series r ON r.code = s.series"
        " WHERE s.session_no NOT IN (SELECT session_no FROM purged_session)"
        " GROUP BY r.code, r.title ORDER BY 2, r.code",
        NULL, 0, on_series, &walk, err);
}
