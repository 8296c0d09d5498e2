/* A table of letters in PostgreSQL (13 or newer) as a carrier.
 *
 *   postgresql://[ROLE@]HOST[:PORT]/DATABASE     CP1, CP2 of central/base/postgres.h
 *
 * The office's login owns the schema FAMILY_letters, and makes it where it isn't there.
 * FAMILY is "bw_" and the first 8 hex digits of the central database's id, so that
 * several organisers may share a database. A kiosk comes in under a role of its own,
 * FAMILY_kiosk_N (bw_carrier_owner.login), which inserts its own letters and selects
 * those that are for it; the database refuses it all else (postgres_table.h). It lets the
 * office remove: its own remove does nothing, and is done.
 *
 * CG1 a letter is one row, or one for each of its kiosk's sessions, put by one statement:
 *     all are there or none is.
 * CG2 whose letter a row is, the database tells from the role, never from what is said.
 *
 * Every statement has a deadline. One thread at a time. */
#ifndef BW_CARRIER_POSTGRES_H
#define BW_CARRIER_POSTGRES_H

#include "exchange/carrier/carrier.h"

/* `rest` is what stands behind `postgresql://`. BW_BAD_INPUT: it is no such address, has
 * a password in it, or lets others pose as the server. */
BW_NODISCARD enum bw_status bw_carrier_postgres_check(
    const char *rest, struct bw_error *err);

/* See bw_carrier_open; `rest` holds by the check. BW_OFFLINE: it is not reached, doesn't
 * let us in, or for a kiosk isn't the office's yet. BW_REFUSED, BW_BAD_INPUT: another's
 * letters. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_carrier_postgres_open(const char *rest,
    enum bw_carrier_role role, const struct bw_carrier_owner *owner,
    struct bw_carrier **ret_carrier, struct bw_error *err);

#endif
