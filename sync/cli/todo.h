/* What there is to do at the office, most urgent first, each with the command that does
 * it. Computed anew each time: an item goes once its cause is gone. Texts are Dutch, as
 * the people who read them are. One thread. */
#ifndef BW_CLI_TODO_H
#define BW_CLI_TODO_H

#include "office/office.h"

/* In the order of the list; urgent ones come first, whatever they are. */
enum bw_cli_todo_kind {
    BW_CLI_TODO_KIOSK_SILENT, /* of a circle today or tomorrow */
    BW_CLI_TODO_CHAIN,        /* broken, double, or events are missing */
    BW_CLI_TODO_CONFLICT,
    BW_CLI_TODO_QUARANTINE,
    BW_CLI_TODO_INTRODUCTION,
    BW_CLI_TODO_FREE_PLACE, /* while people wait */
    BW_CLI_TODO_TELL,       /* who was last told another thing than is true now */
    BW_CLI_TODO_DOUBT,
    BW_CLI_TODO_NO_KIOSK, /* a circle of the next 14 days */
    BW_CLI_TODO_SEVERAL,  /* people with places in several circles */
    BW_CLI_TODO_NOT_CLOSED,
    BW_CLI_TODO_PURGE, /* circles whose people are kept too long */
};

struct bw_cli_todo {
    enum bw_cli_todo_kind kind;
    bool urgent;   /* before tomorrow is over */
    int64_t at_ms; /* of its circle, UTC; 0: of none */
    char *text;    /* a sentence, owned */
    char *command; /* after "brugwachter-sync", owned */
};

/* Zeroed is empty. */
struct bw_cli_todos {
    struct bw_cli_todo *items;
    size_t count, capacity;
    bool no_memory;
};

/* Gathers and sorts, in one snapshot. `retention_days`: how long people of a circle are
 * to be kept after its end; whole days by the venue's clock. The caller finishes what
 * BW_OK gives. BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_cli_todos_read(const struct bw_office *office,
    int64_t retention_days, struct bw_cli_todos *ret_todos, struct bw_error *err);
void bw_cli_todos_finish(struct bw_cli_todos *todos);

/* "free_place" …, as in JSON. Static; never NULL. */
const char *bw_cli_todo_name(enum bw_cli_todo_kind kind);

#endif
