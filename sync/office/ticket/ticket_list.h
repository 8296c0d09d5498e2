/* Who of a session has a ticket to carry, in order of sign-up: what `tickets` reads in
 * one snapshot, before anything is drawn. A few hundred bytes a person. One thread, that
 * of the database. */
#ifndef BW_TICKET_TICKET_LIST_H
#define BW_TICKET_TICKET_LIST_H

#include "central/base/arena.h"
#include "central/central.h"

#include <brugwachter/session.h>

/* Texts are the list's. */
struct bw_ticket_list_person {
    bw_code code;
    enum bw_registration_status status; /* confirmed or waitlisted */
    uint8_t generation;
    bool is_new;      /* an earlier list in the folder doesn't have this ticket */
    int64_t position; /* on the waiting list, in the order of offers; 0: has a place */
    const char *first_name, *name, *school, *table, *mail, *region;
    const char *text; /* of the ticket; "" where none was issued */
};

/* Zeroed is empty. */
struct bw_ticket_list {
    struct bw_ticket_list_person *people; /* owned */
    size_t count, capacity;
    bw_code *gone; /* who have no ticket any more: cancelled or blocked; owned */
    size_t gone_count, gone_capacity;
    struct bw_arena texts;
};

/* Everybody is new in it. BW_NO_MEMORY, what the database answers; the caller finishes
 * it all the same. */
BW_NODISCARD enum bw_status bw_ticket_list_read(struct bw_central *central,
    const struct bw_session *session, struct bw_ticket_list *ret_list,
    struct bw_error *err);

/* Says who isn't new, by the bytes of an earlier tickets.csv, NUL behind them, whatever
 * program saved it since. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_ticket_list_compare(
    struct bw_ticket_list *list, const char *earlier, struct bw_error *err);

/* NULL, zeroed and finished ones are fine. */
void bw_ticket_list_finish(struct bw_ticket_list *list);

#endif
