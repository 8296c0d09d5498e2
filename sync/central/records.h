/* Rows of the central database as the values that both programs know. One thread. */
#ifndef BW_SYNC_RECORDS_H
#define BW_SYNC_RECORDS_H

#include "central/central.h"
#include "central/keys.h"

#include <brugwachter/session.h>
#include <brugwachter/ticket.h>

/* FROM session s JOIN series ON series.code = s.series */
#define BW_SESSION_COLUMNS                                                               \
    "s.session_no, s.code, s.series, s.title, s.kind, s.region, s.venue, s.address,"     \
    " s.timezone, s.go_to, s.desk, s.audience, s.starts_ms, s.ends_ms, s.capacity,"      \
    " s.doors_minutes, s.release_minutes, s.extra_places, series.own_region_first,"      \
    " s.opens_ms, s.tolerance_minutes, s.called_off_ms, s.closed_ms,"                    \
    " s.route, s.venue_phone"
#define BW_SESSION_TABLES "session s JOIN series ON series.code = s.series"
enum { BW_SESSION_COLUMNS_COUNT = 25 };
void bw_session_of_row(
    const struct bw_sql_value *columns, struct bw_session *ret_session);

/* FROM registration r */
#define BW_REGISTRATION_COLUMNS                                                          \
    "r.code, r.session_no, r.status, r.generation, r.signed_up_ms, r.line,"              \
    " r.first_name, r.name, r.school, r.region, r.table_name, r.attention"
enum { BW_REGISTRATION_COLUMNS_COUNT = 12 };
void bw_registration_of_row(
    const struct bw_sql_value *columns, struct bw_registration *ret_registration);

/* What kiosks are told of a registration: of a session that is called off nobody has a
 * place, and nobody waits. */
enum bw_registration_status bw_record_told(
    enum bw_registration_status status, int64_t called_off_ms);

/* Order of sign-up, over all forms; ties as the kiosks break them, which know of no
 * forms. */
#define BW_SIGN_UP_ORDER "r.signed_up_ms, r.line, r.code"

/* Of `device d`: it was enrolled by a sheet that a newer one ended before it was used. */
#define BW_RECORD_SHEET_ENDED                                                            \
    "(d.state = 0 AND EXISTS (SELECT 1 FROM device newer WHERE newer.device > d.device"  \
    " AND newer.replaces IN (d.device, d.replaces) AND newer.replaces <> 0))"

/* Case doesn't matter. BW_NOT_FOUND with a sentence, and what the database answers. */
BW_NODISCARD enum bw_status bw_record_session(struct bw_central *central,
    const char *code, struct bw_session *ret_session, struct bw_error *err);
BW_NODISCARD enum bw_status bw_record_session_by_number(struct bw_central *central,
    uint32_t session_no, struct bw_session *ret_session, struct bw_error *err);

/* What a kiosk signs with and reads with; its secret halves are on the kiosk alone. */
struct bw_device_keys {
    uint8_t sign_public[BW_PUBLIC_KEY_BYTES];
    uint8_t box_public[BW_BOX_KEY_BYTES];
};

/* BW_NOT_FOUND with a sentence, and what the database answers. */
BW_NODISCARD enum bw_status bw_record_device_keys(struct bw_central *central,
    uint32_t device, struct bw_device_keys *ret_keys, struct bw_error *err);

/* Gives each session of a kiosk a new revision, and notes it as that of this kiosk's last
 * change (it came, said who it is, was moved, was revoked): who holds an older roster
 * doesn't know of it. In a transaction only. BW_NO_MEMORY, what the database answers. */
BW_NODISCARD enum bw_status bw_record_kiosk_changed(
    struct bw_central *central, uint32_t device, struct bw_error *err);

/* How many sessions and registrations there are. What the database answers. */
BW_NODISCARD enum bw_status bw_record_counts(struct bw_central *central,
    int64_t *ret_sessions, int64_t *ret_registrations, struct bw_error *err);

/* Reads `sql` (one column, a number) into an array that the caller frees. What the
 * database answers. */
BW_NODISCARD enum bw_status bw_record_numbers(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int count, int64_t **ret_numbers,
    size_t *ret_count, struct bw_error *err);

/* Copies what fits, cut at a character and defused (bw_text_defuse), whatever an older
 * program kept. */
void bw_text_copy(char *to, size_t capacity, const char *from);

#endif
