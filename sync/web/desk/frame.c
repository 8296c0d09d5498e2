/* What stands around every page: see frame.h. */
#include "web/desk/frame.h"

#include "office/backup/backup.h"
#include "office/mail/told.h"
#include "office/practice/practice_mark.h"
#include "report/figures/status_series.h"
#include "web/desk/settled.h"

#include <string.h>

static void
on_due(const struct bw_session *session, int64_t count, enum bw_told_news news,
    void *context)
{
    if (news == BW_TOLD_NEWS_CERTIFICATES) {
        bw_todo_certificates(context, session, count);
    } else if (news == BW_TOLD_NEWS_CAME_BACK) {
        bw_todo_mail_back(context, session, count);
    } else {
        bw_todo_tell(context, session, count, news == BW_TOLD_NEWS_CALLED_OFF);
    }
}

/* Reading what there is to do costs as much as a page of Vandaag, so the menu's counts
 * are kept till something is posted here, and so long at most. */
enum { WAITS_KEPT_MS = 60 * 1000 };

static bool
are_fresh(const struct bw_web_waits *waits, int64_t now_ms)
{
    return waits->read_ms != 0 && now_ms >= waits->read_ms &&
           now_ms < waits->read_ms + WAITS_KEPT_MS;
}

static void
note_waits(struct bw_web_waits *waits, const struct bw_todos *todos, int64_t now_ms)
{
    *waits = (struct bw_web_waits){.read_ms = now_ms};
    for (size_t i = 0; i < todos->count; i++) {
        const struct bw_todo *todo = &todos->items[i];
        if (todo->kind == BW_TODO_TELL || todo->kind == BW_TODO_CERTIFICATE) {
            waits->mails += todo->count;
        } else if (todo->kind == BW_TODO_CONFLICT || todo->kind == BW_TODO_QUARANTINE ||
                   todo->kind == BW_TODO_DOUBT) {
            waits->unsettled += todo->count;
        }
    }
}

enum bw_status
bw_web_todos_read(
    struct bw_web_visit *visit, struct bw_todos *inout_todos, struct bw_error *err)
{
    struct bw_office *office = &visit->desk->office;
    struct bw_todo_days days;
    enum bw_status status = bw_central_read_begin(office->central, err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_told_sums(office, on_due, inout_todos, err);
    if (status == BW_OK) {
        status = bw_web_settled_days(visit, &days, err);
    }
    if (status == BW_OK) {
        status = bw_todos_read(
            office->central, bw_office_now_ms(office), &days, inout_todos, err);
    }
    bw_central_read_end(office->central);
    if (status == BW_OK) {
        note_waits(&visit->desk->waits, inout_todos, bw_office_now_ms(office));
    }
    return status;
}

int64_t
bw_web_frame_waits(const struct bw_web_visit *visit, const char *place)
{
    const struct bw_web_waits *waits = &visit->desk->waits;
    return strcmp(place, "mail") == 0        ? waits->mails
           : strcmp(place, "uitzoeken") == 0 ? waits->unsettled
                                             : 0;
}

/* The last backup, its day by name where it is near. */
static json_t *
backup_line(const struct bw_web_visit *visit, int64_t made_ms)
{
    const struct bw_zone *zone = visit->desk->zone;
    int64_t today_ms = bw_zone_day_start(zone, bw_office_now_ms(&visit->desk->office));
    int64_t yesterday_ms = bw_zone_day_start(zone, today_ms - 1);
    if (made_ms == 0) {
        return bw_web_sentence(visit, "side.backup.never");
    }
    enum bw_web_moment how =
        made_ms >= yesterday_ms ? BW_WEB_MOMENT_TIME : BW_WEB_MOMENT_SHORT;
    json_t *values = json_object();
    bw_web_set(&values, "t", bw_web_when(visit, zone, how, made_ms));
    return bw_web_filled(visit,
        made_ms >= today_ms       ? "side.backup.today"
        : made_ms >= yesterday_ms ? "side.backup.yesterday"
                                  : "side.backup",
        values);
}

void
bw_web_frame_add(struct bw_web_visit *visit, json_t **inout_model)
{
    const struct bw_office *office = &visit->desk->office;
    struct bw_todos todos = {.items = NULL};
    struct bw_office_backups backups;
    char series[BW_TITLE_BYTES] = "";
    enum bw_practice_state practice = BW_PRACTICE_NOT;
    bool told = are_fresh(&visit->desk->waits, bw_office_now_ms(office)) ||
                bw_web_todos_read(visit, &todos, NULL) == BW_OK;
    bw_todos_finish(&todos);
    if (told &&
        bw_practice_state_of(office->central, &practice, NULL) == BW_OK) { /* PZ2 */
        bw_web_set(inout_model, "practice", json_boolean(practice != BW_PRACTICE_NOT));
        bw_web_set(inout_model, "practice_here", json_boolean(visit->desk->of != NULL));
    }
    if (told && bw_status_series(
                    office->central, bw_office_now_ms(office), series, NULL) == BW_OK) {
        bw_web_set(inout_model, "side_series", bw_web_text(series));
    }
    if (told && bw_office_backups_read(office->central, &backups, NULL) == BW_OK) {
        bw_web_set(inout_model, "side_backup", backup_line(visit, backups.made_ms));
    }
}
