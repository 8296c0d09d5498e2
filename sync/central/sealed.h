/* Sealed rows (brugwachter/sealed.h) of every ticket ever issued, as kiosks of the series
 * hold them: made where a ticket is issued, and again where what is sealed changes.
 *
 * SL1 each ticket whose key is in use and whose session isn't purged has a row, and that
 *     says what the registration says now.
 * SL2 a row that is made, made again or taken away (its box is then NULL) has no mark (0)
 *     until somebody is about to read those "since m" (bw_central_sealed_mark): then it
 *     gets one above all that its series gave before, so who asks misses nothing. If it
 *     were given by who changes something, all steps of a series would wait for each
 *     other at the series' row.
 *
 * All of it within bw_central_begin and bw_central_commit; one thread. Besides what each
 * one names, they answer what the database answers. */
#ifndef BW_SYNC_SEALED_H
#define BW_SYNC_SEALED_H

#include "central/central.h"

#include <brugwachter/sealed.h>
#include <brugwachter/ticket.h>

/* Seals the rows of one registration's tickets anew. To be called after a ticket of it
 * was issued, and after its name, school, status or generation changed. A code without a
 * registration or tickets changes nothing. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_central_sealed_refresh(
    struct bw_central *central, bw_code code, struct bw_error *err);

/* Gives a mark to all rows of a series that have none, but for those that somebody else
 * is changing just now. Who does so waits for others who do, to the end of the
 * transaction. What the database answers. */
BW_NODISCARD enum bw_status bw_central_sealed_mark(
    struct bw_central *central, const char *series, struct bw_error *err);

/* A ticket that was issued just now, and its row. */
struct bw_sealed_ticket {
    bw_code code;
    char text[BW_TICKET_TEXT_BYTES];
    struct bw_sealed_row row;
};

/* Keeps the rows of first tickets (generation 0) of one session that were issued in this
 * transaction, which holds the session (C8): none has one. What the database answers. */
BW_NODISCARD enum bw_status bw_central_sealed_new(struct bw_central *central,
    uint32_t session_no, uint8_t signing_key, const struct bw_sealed_ticket *tickets,
    size_t count, struct bw_error *err);

/* Takes away the rows of a retired signing key's tickets; none is BW_OK. What the
 * database answers, as for all here. */
BW_NODISCARD enum bw_status bw_central_sealed_retire(
    struct bw_central *central, uint8_t signing_key, struct bw_error *err);

/* Takes away the rows of one registration, which is to go. What the database answers. */
BW_NODISCARD enum bw_status bw_central_sealed_drop(
    struct bw_central *central, bw_code code, struct bw_error *err);

/* Takes away the rows of a session whose people are purged. What the database answers. */
BW_NODISCARD enum bw_status bw_central_sealed_purge(
    struct bw_central *central, uint32_t session_no, struct bw_error *err);

/* The session was of `from_series` and is of another now: its rows are gone there, and
 * made where it is. Its own kiosks' next letters are whole:
 * a mark is of one series. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_central_sealed_move(struct bw_central *central,
    uint32_t session_no, const char *from_series, struct bw_error *err);

/* Seals the rows of all tickets of a session anew: it was called off, or takes place
 * after all. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_central_sealed_session(
    struct bw_central *central, uint32_t session_no, struct bw_error *err);

/* Makes the rows of all tickets there are: for a database that had none. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_central_sealed_fill(
    struct bw_central *central, struct bw_error *err);

#endif
