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

static const char *
pick(bool one, const char *first, const char *other)
{
    return one ? first : other;
}

static const char *
chain_word(int64_t what)
{
    return what == BW_TODO_CHAIN_FORKED   ? "is dubbel"
           : what == BW_TODO_CHAIN_BROKEN ? "klopt niet"
                                          : "mist een stuk";
}

static void
put_text(const struct bw_todo *t, FILE *to)
{
    bool one = t->count == 1;
    switch (t->kind) {
    case BW_TODO_KIOSK_SILENT:
        (void)fprintf(to, "%s: van zuil %u (%s) is %s niets gehoord.", t->session,
            t->device, t->name, pick(t->others == 0, "nog", "een dag lang"));
        return;
    case BW_TODO_CHAIN:
        (void)fprintf(to, "Het logboek van zuil %u (%s, %s) %s.", t->device, t->name,
            t->session, chain_word(t->others));
        return;
    case BW_TODO_CONFLICT:
        (void)fprintf(to, "%s: %" PRId64 " keer uit te zoeken.", t->session, t->count);
        return;
    case BW_TODO_QUARANTINE:
        (void)fprintf(to, "%" PRId64 " %s in quarantaine, en %s nergens mee.", t->count,
            pick(one, "gebeurtenis staat", "gebeurtenissen staan"),
            pick(one, "telt", "tellen"));
        return;
    case BW_TODO_INTRODUCTION:
        (void)fprintf(to,
            "Zuil %u stelt zich voor de tweede keer voor; vergelijk de vier woorden.",
            t->device);
        return;
    case BW_TODO_FREE_PLACE:
        (void)fprintf(to, "%s: %" PRId64 " %s vrij, en er %s %" PRId64 ".", t->session,
            t->count, pick(one, "plek is", "plekken zijn"),
            pick(t->others == 1, "wacht", "wachten"), t->others);
        return;
    case BW_TODO_TELL:
        (void)fprintf(to, "%s: %" PRId64 " %s nog te horen %s.", t->session, t->count,
            pick(one, "mens krijgt", "mensen krijgen"),
            pick(t->others != 0, "dat het niet doorgaat", "hoe het nu is"));
        return;
    case BW_TODO_DOUBT:
        (void)fprintf(to, "%s: %" PRId64 " %s op een antwoord, en %s zo lang geen plek.",
            t->session, t->count, pick(one, "aanmelding wacht", "aanmeldingen wachten"),
            pick(one, "krijgt", "krijgen"));
        return;
    case BW_TODO_NO_KIOSK:
        (void)fprintf(to, "%s (%s) heeft nog geen zuil.", t->session, t->title);
        return;
    case BW_TODO_SEVERAL:
        (void)fprintf(to, "%" PRId64 " %s een plek in meer dan één kring van een reeks.",
            t->count, pick(one, "mens heeft", "mensen hebben"));
        return;
    case BW_TODO_CERTIFICATE:
        (void)fprintf(to, "%s: %" PRId64 " %s er geweest en %s nog een bewijs.",
            t->session, t->count, pick(one, "mens is", "mensen zijn"),
            pick(one, "krijgt", "krijgen"));
        return;
    case BW_TODO_BACKUP:
        if (t->others != 0) {
            (void)fputs("Er is nog nooit een reservekopie gemaakt.", to);
        } else {
            (void)fprintf(to,
                "De laatste reservekopie is van %" PRId64
                " %s geleden, en sindsdien is er iets veranderd.",
                t->count, pick(one, "dag", "dagen"));
        }
        return;
    case BW_TODO_NOT_CLOSED:
        (void)fprintf(to, "%s is geweest en nog niet afgesloten.", t->session);
        return;
    case BW_TODO_PURGE:
        (void)fprintf(to,
            "Van %" PRId64 " %s de gegevens van mensen langer bewaard dan %" PRId64
            " dagen.",
            t->count, pick(one, "kring worden", "kringen worden"), t->others);
        return;
    }
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

/* Through a stream, so that what doesn't fit is cut. */
static void
into(char ret_text[BW_CLI_TODO_BYTES], const struct bw_todo *todo,
    void (*put)(const struct bw_todo *todo, FILE *to))
{
    FILE *to = fmemopen(ret_text, BW_CLI_TODO_BYTES, "w");
    ret_text[0] = '\0';
    if (to != NULL) {
        put(todo, to);
        (void)fclose(to);
    }
    ret_text[BW_CLI_TODO_BYTES - 1] = '\0';
}

void
bw_cli_todo_text(const struct bw_todo *todo, char ret_text[BW_CLI_TODO_BYTES])
{
    into(ret_text, todo, put_text);
}

void
bw_cli_todo_command(const struct bw_todo *todo, char ret_text[BW_CLI_TODO_BYTES])
{
    into(ret_text, todo, put_command);
}
