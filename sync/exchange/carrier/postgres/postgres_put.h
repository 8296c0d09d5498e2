/* A letter becomes rows of the table of letters (postgres_table.h): CG1, CA2. Inside the
 * carrier alone. One thread. */
#ifndef BW_CARRIER_POSTGRES_PUT_H
#define BW_CARRIER_POSTGRES_PUT_H

#include "exchange/carrier/postgres/postgres_link.h"

/* Decimal, of any number here. */
enum { BW_CARRIER_NUMBER_BYTES = 24 };

/* Who puts, and where. Borrowed. */
struct bw_carrier_putter {
    const struct bw_carrier *carrier; /* for sentences */
    PGconn *db;
    const char *family;
    const char *sessions; /* of a kiosk, as "{5,7}"; "": the office, by the letter */
    int sessions_count;
};

/* Rows that are looked for by a name and whose: a kiosk's in its own sessions alone, as
 * the rest isn't shown to it anyway, and would be looked through. $n is `sessions`. */
#define BW_CARRIER_OWN_SQL(n)                                                            \
    " ($" #n " = '' OR session_no = ANY(CAST(NULLIF($" #n ", '') AS BIGINT[])))"

/* Whose a letter of that name is: the organiser's are 0's. The name fits the grammar. */
void bw_carrier_writer_of(const char *name, char ret_writer[BW_CARRIER_NUMBER_BYTES],
    struct bw_letter_name *ret_name);

/* What the office puts is a roster, whose head names its session; else 0. */
void bw_carrier_session_of(
    const void *bytes, size_t length, char ret_session[BW_CARRIER_NUMBER_BYTES]);

/* Puts it into each of the sessions where it isn't; *ret_fresh: into one at least.
 * BW_REFUSED: the name has other bytes (CA2); nothing is put then. BW_FULL: no slot is
 * free. BW_BUSY: others put letters of that name all the time. And as
 * bw_carrier_link_fail says. */
BW_NODISCARD enum bw_status bw_carrier_rows_put(const struct bw_carrier_putter *putter,
    const char *name, const void *bytes, size_t length, bool *ret_fresh,
    struct bw_error *err);

#endif
