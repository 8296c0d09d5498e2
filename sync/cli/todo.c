/* What there is to do, in words: see todo.h. */
#include "cli/todo.h"

#include "office/mail/told.h"

#include <inttypes.h>
#include <stdio.h>

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

enum bw_status
bw_cli_todo_days(
    const struct bw_call *call, struct bw_todo_days *ret_days, struct bw_error *err)
{
    enum { RETENTION_DAYS = 365, BACKUP_DAYS = 7, DAYS_MOST = 36500 };
    struct bw_todo_days days = {.retention = 0};
    enum bw_status status = bw_call_number(call, BW_OPTION_RETENTION_DAYS, 1, DAYS_MOST,
        RETENTION_DAYS, &days.retention, err);
    if (status == BW_OK) {
        status = bw_call_number(
            call, BW_OPTION_BACKUP_DAYS, 0, DAYS_MOST, BACKUP_DAYS, &days.backup, err);
    }
    if (status == BW_OK) {
        *ret_days = days;
    }
    return status;
}

enum bw_status
bw_cli_todos_read(const struct bw_office *office, const struct bw_todo_days *days,
    struct bw_todos *ret_todos, struct bw_error *err)
{
    struct bw_todos todos = {.items = NULL};
    enum bw_status status = bw_central_read_begin(office->central, err);
    if (status == BW_OK) {
        status = bw_told_sums(office, on_due, &todos, err);
        if (status == BW_OK) {
            status = bw_todos_read(
                office->central, bw_office_now_ms(office), days, &todos, err);
        }
        bw_central_read_end(office->central);
    }
    if (status != BW_OK) {
        bw_todos_finish(&todos);
        return status;
    }
    *ret_todos = todos;
    return BW_OK;
}

/* Of its sentence; as a plural is of `count`. */
static const char *
key_of(const struct bw_todo *t)
{
    switch (t->kind) {
    case BW_TODO_KIOSK_SILENT:
        return t->others == 0 ? "td.kiosk_silent.never" : "td.kiosk_silent.since";
    case BW_TODO_CHAIN:
        return t->others == BW_TODO_CHAIN_FORKED   ? "td.chain.forked"
               : t->others == BW_TODO_CHAIN_BROKEN ? "td.chain.broken"
                                                   : "td.chain.missing";
    case BW_TODO_CONFLICT:
        return "td.conflict";
    case BW_TODO_QUARANTINE:
        return "td.quarantine";
    case BW_TODO_INTRODUCTION:
        return "td.introduction";
    case BW_TODO_FREE_PLACE:
        return "td.free_place";
    case BW_TODO_TELL:
        return t->others != 0 ? "td.tell.called_off" : "td.tell.news";
    case BW_TODO_MAIL_BACK:
        return "td.mail_back";
    case BW_TODO_DOUBT:
        return "td.doubt";
    case BW_TODO_NO_KIOSK:
        return "td.no_kiosk";
    case BW_TODO_SEVERAL:
        return "td.several";
    case BW_TODO_CERTIFICATE:
        return "td.certificate";
    case BW_TODO_BACKUP:
        return t->others != 0 ? "td.backup.never" : "td.backup.old";
    case BW_TODO_NOT_CLOSED:
        return "td.not_closed";
    case BW_TODO_PURGE:
        return "td.purge";
    }
    return "";
}

static void
put_command(const struct bw_todo *t, FILE *to)
{
    switch (t->kind) {
    case BW_TODO_KIOSK_SILENT:
    case BW_TODO_INTRODUCTION:
        (void)fputs("kiosks", to);
        return;
    case BW_TODO_CHAIN:
    case BW_TODO_SEVERAL:
        (void)fputs("status", to);
        return;
    case BW_TODO_CONFLICT:
    case BW_TODO_QUARANTINE:
        (void)fputs("conflicts", to);
        return;
    case BW_TODO_FREE_PLACE:
        (void)fprintf(to, "promote --session %s", t->session);
        return;
    case BW_TODO_TELL:
    case BW_TODO_CERTIFICATE:
        (void)fprintf(to, "mail --session %s --check", t->session);
        return;
    case BW_TODO_MAIL_BACK:
        (void)fputs("mail log mails.xlsx", to);
        return;
    case BW_TODO_DOUBT:
        (void)fputs("doubts", to);
        return;
    case BW_TODO_NO_KIOSK:
        (void)fprintf(to,
            "enrol --session %s --name \"Zuil bij de ingang\" --pin-file pin.txt --out .",
            t->session);
        return;
    case BW_TODO_BACKUP:
        (void)fprintf(to, "backup --out kringen-%s.bwb", t->day);
        return;
    case BW_TODO_NOT_CLOSED:
        (void)fprintf(to, "session close %s", t->session);
        return;
    case BW_TODO_PURGE:
        (void)fprintf(to, "purge --before %s", t->day);
        return;
    }
}

void
bw_cli_todo_text(const struct bw_todo *todo, enum bw_wording_language language,
    char ret_text[BW_WORDING_SAID_BYTES])
{
    enum { NUMBER_BYTES = 24 };
    char count[NUMBER_BYTES], others[NUMBER_BYTES], device[NUMBER_BYTES];
    char waiting[BW_WORDING_SAID_BYTES];
    (void)snprintf(count, sizeof count, "%" PRId64, todo->count);
    (void)snprintf(others, sizeof others, "%" PRId64, todo->others);
    (void)snprintf(device, sizeof device, "%" PRIu32, todo->device);
    bw_wording_say(waiting, language, "td.waiting", todo->others, "n", others, NULL);
    bw_wording_say(ret_text, language, key_of(todo), todo->count, "session",
        todo->session, "n", count, "m", others, "waiting", waiting, "device", device,
        "name", todo->name, "title", todo->title, NULL);
}

/* Through a stream, so that what doesn't fit is cut. */
void
bw_cli_todo_command(const struct bw_todo *todo, char ret_text[BW_WORDING_SAID_BYTES])
{
    FILE *to = fmemopen(ret_text, BW_WORDING_SAID_BYTES, "w");
    ret_text[0] = '\0';
    if (to != NULL) {
        put_command(todo, to);
        (void)fclose(to);
    }
    ret_text[BW_WORDING_SAID_BYTES - 1] = '\0';
}
