/* The tables of a PostgreSQL carrier, as the office makes them, once:
 *
 *   FAMILY_letters.place    the signed file that says whose letters these are
 *   FAMILY_letters.letter   a row a letter and session: session_no, writer (0: the
 *                            organiser), name, reader (a device; 0: all of the
 *                            session), slot, bytes
 *
 * CG3 a kiosk's role inserts rows of its own (writer, and its name says so) for sessions
 *     whose role it is a member of, and no rosters; it selects its own, those for it, and
 *     the events of its sessions. Row level security tells by session_user, so that SET
 *     ROLE changes nothing, and by the roles' names, so that there is no table to ask.
 * CG4 a kiosk has 4,096 slots a session: 16 for letters of up to 64 MiB, the others for
 *     256 KiB; a letter takes one, and the office alone gives it back. So a stolen login
 *     fills 2 GiB a session, and no more.
 *
 * Inside the carrier alone. One thread. */
#ifndef BW_CARRIER_POSTGRES_TABLE_H
#define BW_CARRIER_POSTGRES_TABLE_H

#include "exchange/carrier/postgres/postgres_link.h"

enum {
    BW_CARRIER_SLOTS = 4096,
    BW_CARRIER_SLOTS_LARGE = 16,
    BW_CARRIER_SMALL_BYTES = 256 * 1024,
};

/* Makes them where they aren't there. BW_READ_ONLY: this login may not; and the other
 * errors of bw_carrier_link_fail. */
BW_NODISCARD enum bw_status bw_carrier_table_make(
    PGconn *db, const char *family, struct bw_error *err);

#endif
