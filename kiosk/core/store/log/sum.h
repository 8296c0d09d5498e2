/* Checksums of rows: BLAKE2b-128, keyed with a random key of the store's own, over the
 * table's name and all columns of a row. Core alone; the store's thread.
 *
 * S9 a row that a verdict rests on carries its checksum, and is an error where that
 *    doesn't hold: a bit that flipped on the disk never becomes an answer. What is
 *    missing is looked for in the table itself before it is believed (prove.c).
 *
 * SQL calls it bw_sum(TABLE, COLUMN …); the statements that read a row give, as its last
 * column, whether the checksum holds. */
#ifndef BW_CORE_STORE_SUM_H
#define BW_CORE_STORE_SUM_H

#include "core/store/sql.h"

enum { STORE_SUM_BYTES = 16 };

/* Columns, in the order in which rows are read and written. */
#define SESSION_COLUMNS                                                                  \
    "session_no, code, series, title, kind, region, venue, address, timezone, go_to,"    \
    " desk, audience, starts_ms, ends_ms, capacity, doors_minutes, release_minutes,"     \
    " extra_places, own_region_first, opens_ms, tolerance_minutes, called_off_ms"
#define REGISTRATION_COLUMNS                                                             \
    "code, session_no, status, generation, signed_up_ms, line, first_name, name,"        \
    " school, region, table_name, attention, names_key, box"
#define KIOSK_COLUMNS                                                                    \
    "device, session, name, heard_ms, head_seq, sign, box, first_sign, first_box,"       \
    " store_id, introduced, provisional, hello_counter, hello_ms, echo_counter, echo_ms"
#define SUM_OF_SESSION "bw_sum('session', " SESSION_COLUMNS ")"
#define SUM_OF_REGISTRATION                                                              \
    "bw_sum('registration', " REGISTRATION_COLUMNS ", id, sort_key, words)"
#define SUM_OF_KIOSK "bw_sum('kiosk', " KIOSK_COLUMNS ")"
#define SUM_OF_DETAIL                                                                    \
    "bw_sum('detail', device, seq, hash, session_no, wall_ms, bytes, sealed)"
#define SUM_OF_DETAILS_KEY "bw_sum('details_key', session_no, key, sealed, lan)"

/* Makes bw_sum known to the connection; it uses store->sum_key as it then is. Store
 * errors. */
BW_NODISCARD enum bw_status bw_store_sum_register(
    struct bw_store *store, struct bw_error *err);

#endif
