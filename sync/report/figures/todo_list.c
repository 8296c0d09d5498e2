/* The list of what there is to do: see todo_list.h. */
#include "report/figures/todo_list.h"

#include "central/base/array.h"
#include "central/records.h"

#include <stdlib.h>

static const char *const names[] = {
    [BW_TODO_KIOSK_SILENT] = "kiosk_silent",
    [BW_TODO_CHAIN] = "chain",
    [BW_TODO_CONFLICT] = "conflict",
    [BW_TODO_QUARANTINE] = "quarantine",
    [BW_TODO_INTRODUCTION] = "introduction",
    [BW_TODO_FREE_PLACE] = "free_place",
    [BW_TODO_TELL] = "tell",
    [BW_TODO_MAIL_BACK] = "mail_back",
    [BW_TODO_DOUBT] = "doubt",
    [BW_TODO_NO_KIOSK] = "no_kiosk",
    [BW_TODO_SEVERAL] = "several",
    [BW_TODO_CERTIFICATE] = "certificate",
    [BW_TODO_BACKUP] = "backup",
    [BW_TODO_NOT_CLOSED] = "not_closed",
    [BW_TODO_PURGE] = "purge",
};

const char *
bw_todo_name(enum bw_todo_kind kind)
{
    return names[kind];
}

struct bw_todo *
bw_todo_add(struct bw_todos *todos, enum bw_todo_kind kind, int64_t at_ms,
    const char *session, const char *title)
{
    struct bw_todo *todo =
        bw_array_more(&todos->items, &todos->count, &todos->capacity, sizeof *todo);
    if (todo == NULL) {
        todos->no_memory = true;
        return NULL;
    }
    todo->kind = kind;
    todo->at_ms = at_ms;
    bw_text_copy(todo->session, sizeof todo->session, session);
    bw_text_copy(todo->title, sizeof todo->title, title);
    return todo;
}

struct bw_todo *
bw_todo_add_counted(struct bw_todos *todos, enum bw_todo_kind kind, const char *session,
    int64_t count, int64_t others)
{
    struct bw_todo *todo = bw_todo_add(todos, kind, 0, session, "");
    if (todo != NULL) {
        todo->count = count;
        todo->others = others;
    }
    return todo;
}

static void
tell(struct bw_todos *todos, enum bw_todo_kind kind, const struct bw_session *session,
    int64_t count, int64_t others)
{
    struct bw_todo *todo =
        bw_todo_add(todos, kind, session->starts_ms, session->code, session->title);
    if (todo != NULL) {
        todo->count = count;
        todo->others = others;
    }
}

void
bw_todo_tell(struct bw_todos *todos, const struct bw_session *session, int64_t count,
    bool called_off)
{
    tell(todos, BW_TODO_TELL, session, count, called_off);
}

void
bw_todo_mail_back(struct bw_todos *todos, const struct bw_session *session, int64_t count)
{
    tell(todos, BW_TODO_MAIL_BACK, session, count, 0);
}

void
bw_todo_certificates(
    struct bw_todos *todos, const struct bw_session *session, int64_t count)
{
    tell(todos, BW_TODO_CERTIFICATE, session, count, 0);
}

static int
by_urgency(const void *left, const void *right)
{
    const struct bw_todo *a = left, *b = right;
    if (a->urgent != b->urgent) {
        return a->urgent ? -1 : 1;
    }
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    return (a->at_ms > b->at_ms) - (a->at_ms < b->at_ms);
}

void
bw_todos_sort(struct bw_todos *todos)
{
    if (todos->count > 0) {
        qsort(todos->items, todos->count, sizeof *todos->items, by_urgency);
    }
}

void
bw_todos_finish(struct bw_todos *todos)
{
    if (todos != NULL) {
        free(todos->items);
        *todos = (struct bw_todos){.items = NULL};
    }
}
