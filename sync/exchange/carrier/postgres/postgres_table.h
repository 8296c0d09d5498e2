/* The tables of a PostgreSQL carrier, as the office makes them, once:
 *
 *   FAMILY_letters.place    the signed file that says whose letters these are, and the
 *                            version of these tables
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
 * CG6 a version's step only adds: who knows an older one works on what it knows, so a
 *     kiosk that is newer than the tables takes them as they are. The office brings them
 *     up to date. Tables that are newer than the program are refused by both, in a
 *     sentence.
 *
 *   1  without a version
 *   2  place.version
 *
 * Inside the carrier alone. One thread. */
#ifndef BW_CARRIER_POSTGRES_TABLE_H
#define BW_CARRIER_POSTGRES_TABLE_H

#include "exchange/carrier/postgres/postgres_link.h"

enum {
    BW_CARRIER_SLOTS = 4096,
    BW_CARRIER_SLOTS_LARGE = 16,
    BW_CARRIER_SMALL_BYTES = 256 * 1024,
    BW_CARRIER_TABLE_VERSION = 2,
};

/* The version, as a text, of the row `p` of place, whether it has that column or not. */
#define BW_CARRIER_TABLE_VERSION_SQL "COALESCE(to_jsonb(p) ->> 'version', '1')"

/* Makes them where they aren't there, and brings older ones up to date. `doing` begins a
 * sentence. BW_NEWER. BW_READ_ONLY: this login may not; and the other errors of
 * bw_carrier_link_fail. */
BW_NODISCARD enum bw_status bw_carrier_table_make(
    PGconn *db, const char *family, const char *doing, struct bw_error *err);

/* Whether this program knows tables of that version. BW_NEWER. */
BW_NODISCARD enum bw_status bw_carrier_table_version_check(
    int64_t version, const char *doing, struct bw_error *err);

#endif
