/* Tickets signed ahead, on the processors that the caller leaves free: a signature costs
 * as much as all else that a sign-up needs of the office, and who imports a form knows
 * which codes it may give before anybody has a place. Ed25519 says the same each time, so
 * that a text may be made whenever it is needed; one that nobody gets then is nothing.
 *
 * SG1 the threads see the key and the orders, never the database.
 * SG2 an order is written by who took its turn, and read after all have ended. */
#ifndef BW_SYNC_SIGNING_H
#define BW_SYNC_SIGNING_H

#include "central/keys.h"

#include <stddef.h>

/* A first ticket (generation 0) that may be wanted. */
struct bw_signing_order {
    uint32_t session_no;
    bw_code code;
    char text[BW_TICKET_TEXT_BYTES]; /* SG2; the caller leaves it alone */
};

struct bw_signing;

/* Begins to sign. Borrows the key; takes the orders, which came from malloc, codes all
 * different. NULL where there are too few to be worth a thread, or no memory for it: the
 * orders are freed then, and every ticket is signed when it is asked for. Any thread, and
 * all of one signing by the same. */
struct bw_signing *bw_signing_start(
    const struct bw_signing_key *key, struct bw_signing_order *orders, size_t count);

/* The text of a ticket of the key that was given; it waits until all are there, and
 * helps. What was not ordered, and all where `self` is NULL, is signed now. Can't
 * fail. */
void bw_signing_write(struct bw_signing *self, const struct bw_signing_key *key,
    const struct bw_ticket *ticket, char ret_text[BW_TICKET_TEXT_BYTES]);

/* Ends the threads, done or not. NULL is nothing to end. */
void bw_signing_destroy(struct bw_signing *self);

#endif
