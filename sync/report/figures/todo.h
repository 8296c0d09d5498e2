/* What there is to do at the office, most urgent first. Computed anew each time: an item
 * goes once its cause is gone. Figures alone; the words are the command's and the desk's.
 * One thread. */
#ifndef BW_SYNC_TODO_H
#define BW_SYNC_TODO_H

#include "central/central.h"

#include <brugwachter/session.h>

/* In the order of the list; urgent ones come first, whatever they are. What `count` and
 * `others` of each are stands beside it. */
enum bw_todo_kind {
    BW_TODO_KIOSK_SILENT, /* of a circle today or tomorrow, as bw_status_kiosk_silent has
                           * it; others: 0 where never heard */
    BW_TODO_CHAIN,      /* broken, double, or events are missing; others: bw_todo_chain */
    BW_TODO_CONFLICT,   /* count: things to settle */
    BW_TODO_QUARANTINE, /* count: events */
    BW_TODO_INTRODUCTION,
    BW_TODO_FREE_PLACE, /* while people wait; count: free places for them, others: they */
    BW_TODO_TELL,       /* count: who was last told another thing than is true now;
                         * others: 1 where the circle is called off */
    BW_TODO_MAIL_BACK,  /* count: who was not told since, in a circle to come */
    BW_TODO_DOUBT,      /* count: sign-ups */
    BW_TODO_NO_KIOSK,   /* a circle of the next 14 days */
    BW_TODO_SEVERAL,    /* count: people with places in several circles of a series;
                         * others: such circles where somebody waits */
    BW_TODO_CERTIFICATE, /* count: who was there, and to hear of their certificate */
    BW_TODO_BACKUP, /* of what changed since the last one; count: days since, others: 1
                     * where there was never one, then since the beginning */
    BW_TODO_NOT_CLOSED,
    BW_TODO_PURGE, /* count: circles whose people are kept too long; others: days */
};

/* How long what may wait; whole days by the venue's clock. */
struct bw_todo_days {
    int64_t retention; /* people of a circle are to be kept, after its end */
    int64_t backup;    /* between two backups; 0: nobody is reminded */
};

/* What is wrong with a log. */
enum bw_todo_chain { BW_TODO_CHAIN_GAP, BW_TODO_CHAIN_FORKED, BW_TODO_CHAIN_BROKEN };

struct bw_todo {
    enum bw_todo_kind kind;
    bool urgent;                  /* before tomorrow is over */
    int64_t at_ms;                /* of its circle, UTC; 0: of none */
    char session[BW_LABEL_BYTES]; /* its circle's code; "": of none */
    char title[BW_TITLE_BYTES];   /* of the circle; "" where it isn't known */
    uint32_t device;              /* its kiosk; 0: of none */
    int64_t heard_ms;         /* when that was last heard, UTC; 0: never, or of none */
    char name[BW_NAME_BYTES]; /* the kiosk's; "" */
    int64_t count, others;
    char day[BW_LABEL_BYTES]; /* of BW_TODO_PURGE: 2024-03-18, before which; of
                               * BW_TODO_BACKUP: today; "" */
};

/* Zeroed is empty. */
struct bw_todos {
    struct bw_todo *items;
    size_t count, capacity;
    bool no_memory;
};

/* Adds one of BW_TODO_TELL, BW_TODO_MAIL_BACK or BW_TODO_CERTIFICATE: what they are made
 * of is the office's (office/mail/told.h), and the caller's to bring. What memory doesn't
 * hold is noted. */
void bw_todo_tell(struct bw_todos *todos, const struct bw_session *session, int64_t count,
    bool called_off);
void bw_todo_mail_back(
    struct bw_todos *todos, const struct bw_session *session, int64_t count);
void bw_todo_certificates(
    struct bw_todos *todos, const struct bw_session *session, int64_t count);

/* Gathers the others, and sorts all, in the caller's snapshot (bw_central_read_begin).
 * The caller finishes *inout_todos, whatever is answered.
 * BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_todos_read(struct bw_central *central, int64_t now_ms,
    const struct bw_todo_days *days, struct bw_todos *inout_todos, struct bw_error *err);
void bw_todos_finish(struct bw_todos *todos);

/* "free_place" …, as in JSON. Static; never NULL. */
const char *bw_todo_name(enum bw_todo_kind kind);

#endif
