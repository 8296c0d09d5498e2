/* Kiosks' own roles on a PostgreSQL server, as the office gives and takes them:
 *
 *   FAMILY_kiosks        may use the tables, as far as their policies go; nobody's login
 *   FAMILY_session_N     whoever is a member is a kiosk of that session; nobody's login
 *   FAMILY_kiosk_N       kiosk N's login, member of these; and of FAMILY_kiosk_M where it
 *                        takes the place of M, whose number its machine may keep
 *
 * A kiosk's is dropped at a later admission or dismissal, BW_CARRIER_ROLE_KEPT_DAYS after
 * its login was taken, where none of its letters lies there, no other kiosk's role is in
 * its place, and nothing in the server depends on it. A password is made here and goes to
 * the server as a SCRAM verifier alone.
 *
 * CG5 what PUBLIC may is closed in this database, as far as the office's login may:
 *     temporary and other own tables, DO blocks, large objects, advisory locks,
 *     pg_notify().
 *
 * What PostgreSQL can't refuse a role: NOTIFY and LISTEN by
 * their commands (hints alone go that way), its own password and its own defaults, by
 * which it shuts out or slows down itself. Inside the carrier alone. One thread. */
#ifndef BW_CARRIER_POSTGRES_ROLE_H
#define BW_CARRIER_POSTGRES_ROLE_H

#include "exchange/carrier/postgres/postgres_link.h"

enum { BW_CARRIER_ROLE_KEPT_DAYS = 30 };

/* See bw_carrier_admit; `uri` is for sentences. *ret_open: something of CG5 is still
 * open, as this login may not close it. BW_READ_ONLY: it may not make roles. Else as
 * bw_carrier_link_fail says. */
BW_NODISCARD enum bw_status bw_carrier_role_admit(PGconn *db, const char *family,
    const char *uri, const struct bw_carrier_guest *guest,
    char ret_login[BW_CARRIER_LOGIN_BYTES], bool *ret_open, struct bw_error *err);

/* See bw_carrier_dismiss. BW_READ_ONLY, BW_OFFLINE and the others of
 * bw_carrier_link_fail. */
BW_NODISCARD enum bw_status bw_carrier_role_dismiss(PGconn *db, const char *family,
    const char *uri, uint32_t device, bool *ret_connected, struct bw_error *err);

#endif
