/* Tickets, issued: whoever gives a code or a new generation issues the ticket with it, in
 * the same transaction, and its text stays in the table `ticket` for ever.
 *
 * So everybody else reads tickets: `tickets` prints the newest of each registration,
 * `pull` and `pack` make a sealed row of each. One thread, that of the database. */
#ifndef BW_SYNC_ISSUE_H
#define BW_SYNC_ISSUE_H

#include "central/central.h"
#include "central/keys.h"
#include "central/signing.h"

/* A code that no registration and no walk-in has or had, in this transaction. What the
 * database answers; BW_FULL where none was found in 64 tries. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_issue_code(
    struct bw_central *central, bw_code *ret_code, struct bw_error *err);

/* So many of them, all different, in no order, asked after in one turn. As bw_issue_code:
 * what the database answers, BW_FULL, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_issue_codes(
    struct bw_central *central, bw_code *ret_codes, size_t count, struct bw_error *err);

/* Writes the ticket with the newest key, of which there must be one, and seals its row
 * anew. In a transaction (asserted). The same again changes nothing. now_ms is UTC. What
 * the database answers; BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_issue_ticket(struct bw_central *central,
    const struct bw_keys *keys, uint32_t session_no, bw_code code, uint8_t generation,
    int64_t now_ms, struct bw_error *err);

/* The first ticket (generation 0) of each registration that a batch brought to a session
 * and that has none, and their sealed rows: as bw_issue_ticket for each, in less time.
 * Texts that `signing` (may be NULL) has are not made again.
 * In a transaction (asserted) that holds the session (C8). What the database answers;
 * BW_NO_MEMORY: it holds them all at once. */
BW_NODISCARD enum bw_status bw_issue_batch(struct bw_central *central,
    const struct bw_keys *keys, struct bw_signing *signing, uint32_t session_no,
    int64_t batch_no, int64_t now_ms, struct bw_error *err);

#endif
