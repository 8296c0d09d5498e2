/* The list of what there is to do, as todo.c gathers it. One thread. */
#ifndef BW_SYNC_TODO_LIST_H
#define BW_SYNC_TODO_LIST_H

#include "report/figures/todo.h"

/* Adds one, of the circle with that code, or "". The list owns it, until the next is
 * added. NULL without memory, which is noted. */
struct bw_todo *bw_todo_add(struct bw_todos *todos, enum bw_todo_kind kind, int64_t at_ms,
    const char *session, const char *title);

/* The same with its numbers. */
struct bw_todo *bw_todo_add_counted(struct bw_todos *todos, enum bw_todo_kind kind,
    const char *session, int64_t count, int64_t others);

/* Urgent ones first, then by kind, then by when. */
void bw_todos_sort(struct bw_todos *todos);

#endif
