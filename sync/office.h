/* What most commands on the central database need first: the secret keys that belong to it,
 * a session by its code, a registration by its code. One thread. */
#ifndef BRUGWACHTER_SYNC_OFFICE_H
#define BRUGWACHTER_SYNC_OFFICE_H

#include "central.h"
#include "command.h"
#include "keys.h"

#include <brugwachter/session.h>
#include <brugwachter/zone.h>

/* --key-file, else PATH.key. Borrowed; "" where neither is known. */
const char *bw_office_key_path(const struct bw_call *call);

/* Loads the keys and checks that the newest is this database's. */
BW_NODISCARD enum bw_status bw_office_keys(
    struct bw_call *call, struct bw_keys *ret_keys, struct bw_error *err);

/* A session by its code (case doesn't matter) or by its number. BW_NOT_FOUND with a
 * sentence. */
BW_NODISCARD enum bw_status bw_office_session(struct bw_central *central,
    const char *code, struct bw_session *ret_session, struct bw_error *err);
BW_NODISCARD enum bw_status bw_office_session_by_number(struct bw_central *central,
    uint32_t session_no, struct bw_session *ret_session, struct bw_error *err);

/* Every session, by start and code; stops where `each` returns false. */
typedef bool bw_office_session_each(const struct bw_session *session, void *context);
BW_NODISCARD enum bw_status bw_office_sessions(struct bw_central *central,
    bw_office_session_each *each, void *context, struct bw_error *err);

/* The columns of table session in the order that bw_office_read_session reads, the series'
 * own_region_first included: "SELECT " BW_SESSION_COLUMNS " FROM session s JOIN series x ON
 * x.code = s.series". */
#define BW_SESSION_COLUMNS                                                                 \
    "s.session_no, s.code, s.series, s.title, s.kind, s.region, s.venue, s.address, "      \
    "s.timezone, s.go_to, s.desk, s.audience, s.starts_ms, s.ends_ms, s.capacity, "        \
    "s.doors_minutes, s.release_minutes, s.extra_places, x.own_region_first, s.revision"
#define BW_SESSION_FROM " FROM session s JOIN series x ON x.code = s.series "
enum { BW_SESSION_COLUMNS_COUNT = 20 };
void bw_office_read_session(
    const struct bw_sql_value *columns, struct bw_session *ret_session);

/* A registration as the office knows it. */
struct bw_office_registration {
    struct bw_registration roster; /* what kiosks get */
    enum bw_registration_status status_before;
    int64_t person_no;
    char role[BW_TITLE_BYTES];
    char why[BW_TITLE_BYTES];
    char session_code[BW_LABEL_BYTES];
    char mail[BW_TITLE_BYTES];
    int64_t batch_no;
    int64_t revision;
    bool placed; /* was ever given a place */
};

#define BW_REGISTRATION_COLUMNS                                                            \
    "r.code, r.session_no, r.status, r.generation, r.signed_up_ms, r.line, r.first_name, " \
    "r.name, r.school, r.region, r.table_name, r.status_before, r.person_no, r.role, "     \
    "r.why, s.code, p.mail, r.batch_no, r.revision, r.placed_ms"
#define BW_REGISTRATION_FROM                                                               \
    " FROM registration r JOIN session s ON s.session_no = r.session_no"                   \
    " JOIN person p ON p.person_no = r.person_no "
/* Order of sign-up over all forms, ties by line, then by which file came first. */
#define BW_REGISTRATION_ORDER " ORDER BY r.signed_up_ms, r.line, r.batch_no, r.code "
void bw_office_read_registration(const struct bw_sql_value *columns,
    struct bw_office_registration *ret_registration);

/* By what somebody typed. BW_BAD_INPUT where it's no code, BW_NOT_FOUND. */
BW_NODISCARD enum bw_status bw_office_registration_by_code(struct bw_central *central,
    const char *typed, struct bw_office_registration *ret_registration,
    struct bw_error *err);

#endif
