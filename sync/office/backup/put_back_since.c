/* What is taken along into the copy: see put_back_since.h. Rows are read from the one
 * database and written to the other as they come. */
#include "office/backup/put_back_since.h"

#include "central/records.h"
#include "office/forget.h"
#include "office/purge.h"
#include "office/step.h"
#include "office/ticket/signing_key.h"

#include <brugwachter/code.h>
#include <inttypes.h>
#include <stdio.h>

struct put_back_carrying {
    const struct bw_office_put_back_since *since;
    struct bw_office copy; /* the office that the copy is */
    enum bw_status status;
    struct bw_error *err;
};

/* ---- what was told ---- */

#define TOLD_COLUMNS                                                                     \
    "session_no, told_no, mailing_no, on_its_way, code, kind, way, at_ms, mail,"         \
    " first_name, name, message_id, status, generation, signing_key, title, starts_ms,"  \
    " ends_ms, timezone, venue, address, uid, sequence, calendar, instead_of"
enum { TOLD_COLUMNS_COUNT = 25 };

static bool
on_told(const struct bw_sql_value *columns, int count, void *context)
{
    struct put_back_carrying *c = context;
    c->status = bw_central_run(c->copy.central,
        "INSERT INTO told (" TOLD_COLUMNS ") SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9,"
        " $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25"
        " WHERE EXISTS (SELECT 1 FROM registration WHERE code = $5)"
        " ON CONFLICT DO NOTHING",
        columns, count, NULL, NULL, c->err);
    if (c->status == BW_OK) {
        c->since->put->told += bw_central_changed(c->copy.central);
    }
    return c->status == BW_OK;
}

/* The log only grows: what the copy lacks is above its newest. */
static enum bw_status
carry_told(struct put_back_carrying *c)
{
    int64_t newest = 0;
    enum bw_status status = bw_central_number(
        c->copy.central, "SELECT max(told_no) FROM told", NULL, 0, 0, &newest, c->err);
    struct bw_sql_value value = bw_sql_int(newest);
    if (status == BW_OK) {
        status = bw_central_run(c->since->office->central,
            "SELECT " TOLD_COLUMNS " FROM told WHERE told_no > $1 ORDER BY told_no",
            &value, 1, on_told, c, c->err);
    }
    return status == BW_OK ? c->status : status;
}

/* ---- which kiosks were revoked ---- */

/* As whom it was known, and the head up to which its key held: what it sent before comes
 * again, and holds. */
static bool
on_revoked(const struct bw_sql_value *columns, int count, void *context)
{
    struct put_back_carrying *c = context;
    char about[16];
    c->status = bw_central_run(c->copy.central,
        "UPDATE device SET state = 2, revoked_ms = $3, revoked_seq = $4,"
        " revoked_hash = $5, revoked_why = $6, sign_public = $7, box_public = $8,"
        " store_id = $9 WHERE device = $1 AND state < 2"
        " AND (first_sign = $2 OR first_sign IS NULL)",
        columns, count, NULL, NULL, c->err);
    if (c->status != BW_OK || bw_central_changed(c->copy.central) == 0) {
        return c->status == BW_OK;
    }
    (void)snprintf(about, sizeof about, "%" PRId64, columns[0].number);
    c->status = bw_step_for_good(&c->copy, "revoke", about, columns[5].text, c->err);
    if (c->status == BW_OK) {
        c->status =
            bw_record_kiosk_changed(c->copy.central, (uint32_t)columns[0].number, c->err);
    }
    c->since->put->revoked += c->status == BW_OK;
    return c->status == BW_OK;
}

/* Else its introduction, which carriers have still, were that of a revoked one. */
static bool
on_introduction(const struct bw_sql_value *columns, int count, void *context)
{
    struct put_back_carrying *c = context;
    c->status = bw_central_run(c->copy.central,
        "INSERT INTO introduction (device, sign_public, box_public, store_id,"
        " received_ms, state) SELECT $1, $2, $3, $4, $5, $6 WHERE EXISTS"
        " (SELECT 1 FROM device WHERE device = $1 AND store_id = $4 AND state = 2)"
        " ON CONFLICT DO NOTHING",
        columns, count, NULL, NULL, c->err);
    return c->status == BW_OK;
}

/* One without sessions wasn't revoked by anybody: its kiosk kept the number that it had
 * (introduction_again.h), and says so again. */
static enum bw_status
carry_revoked(struct put_back_carrying *c)
{
    enum bw_status status = bw_central_run(c->since->office->central,
        "SELECT device, first_sign, revoked_ms, revoked_seq, revoked_hash, revoked_why,"
        " sign_public, box_public, store_id FROM device WHERE state = 2"
        " AND device IN (SELECT device FROM device_session)"
        " ORDER BY device",
        NULL, 0, on_revoked, c, c->err);
    if (status == BW_OK && c->status == BW_OK) {
        status = bw_central_run(c->since->office->central,
            "SELECT i.device, i.sign_public, i.box_public, i.store_id, i.received_ms,"
            " i.state FROM introduction i JOIN device d ON d.device = i.device"
            " WHERE d.state = 2",
            NULL, 0, on_introduction, c, c->err);
    }
    return status == BW_OK ? c->status : status;
}

/* ---- which signing keys were retired ---- */

/* One that is all that the copy has signs on: there is no other. */
static bool
on_retired(const struct bw_sql_value *columns, int count, void *context)
{
    struct put_back_carrying *c = context;
    struct bw_office_key_retirement retirement;
    int64_t to_retire = 0;
    c->status = bw_central_number(c->copy.central,
        "SELECT count(*) FROM signing_key k WHERE signing_key = $1 AND public = $2"
        " AND retired_ms IS NULL AND EXISTS (SELECT 1 FROM signing_key o"
        "  WHERE o.retired_ms IS NULL AND o.signing_key <> k.signing_key)",
        columns, count, 0, &to_retire, c->err);
    if (c->status == BW_OK && to_retire > 0) {
        c->status = bw_office_key_retire(
            &c->copy, (uint8_t)columns[0].number, &retirement, c->err);
    }
    return c->status == BW_OK;
}

static enum bw_status
carry_retired(struct put_back_carrying *c)
{
    enum bw_status status = bw_central_run(c->since->office->central,
        "SELECT signing_key, public FROM signing_key WHERE retired_ms IS NOT NULL"
        " ORDER BY signing_key",
        NULL, 0, on_retired, c, c->err);
    return status == BW_OK ? c->status : status;
}

/* ---- who was forgotten ---- */

/* Details that are gone: the row without them is what no letter fills again. */
static bool
on_details_gone(const struct bw_sql_value *columns, int count, void *context)
{
    struct put_back_carrying *c = context;
    c->status = bw_central_run(c->copy.central,
        "INSERT INTO event_details (session_no, device, seq, hash, bytes)"
        " VALUES ($1, $2, $3, $4, NULL)"
        " ON CONFLICT (session_no, device, seq, hash) DO UPDATE SET bytes = NULL",
        columns, count, NULL, NULL, c->err);
    return c->status == BW_OK;
}

/* A registration that is nobody's any more: in the copy it may be somebody's. */
static bool
on_forgotten(const struct bw_sql_value *columns, int count, void *context)
{
    struct put_back_carrying *c = context;
    struct bw_office_forget gone;
    char code[BW_CODE_BYTES];
    int64_t named = 0;
    (void)count;
    c->status = bw_central_number(c->copy.central,
        "SELECT count(*) FROM registration WHERE code = $1"
        " AND (first_name <> '' OR name <> '')",
        columns, 1, 0, &named, c->err);
    if (c->status == BW_OK && named > 0) {
        bw_code_format((bw_code)columns[0].number, code);
        c->status = bw_office_forget(&c->copy, code, true, &gone, c->err);
        c->since->put->forgotten += c->status == BW_OK;
    }
    return c->status == BW_OK;
}

static enum bw_status
carry_forgotten(struct put_back_carrying *c)
{
    enum bw_status status = bw_central_run(c->since->office->central,
        "SELECT r.code FROM registration r JOIN person p ON p.person_no = r.person_no"
        " WHERE p.identity IS NULL AND r.first_name = '' AND r.name = ''"
        " AND r.session_no NOT IN (SELECT session_no FROM purged_session)"
        " ORDER BY r.code",
        NULL, 0, on_forgotten, c, c->err);
    return status == BW_OK ? c->status : status;
}

/* Sessions whose people were purged since: those that ended before the last of them were
 * purged with it. */
static enum bw_status
carry_purged(struct put_back_carrying *c)
{
    int64_t last_ms = 0;
    struct bw_purge purge;
    enum bw_status status = bw_central_number(c->since->office->central,
        "SELECT max(ends_ms) FROM session WHERE session_no IN"
        " (SELECT session_no FROM purged_session)",
        NULL, 0, 0, &last_ms, c->err);
    if (status == BW_OK && last_ms > 0) {
        status = bw_office_purge(&c->copy, last_ms + 1, &purge, c->err);
    }
    if (status == BW_OK && last_ms > 0) {
        c->since->put->forgotten += purge.people;
        bw_office_purge_finish(&purge);
    }
    return status;
}

/* ---- all of it ---- */

/* Rows one by one, in one transaction of the copy. */
static enum bw_status
carry_rows(struct put_back_carrying *c)
{
    enum bw_status status = bw_central_begin(c->copy.central, c->err);
    if (status == BW_OK) {
        status = carry_told(c);
    }
    if (status == BW_OK) {
        status = carry_revoked(c);
    }
    if (status == BW_OK) {
        status = bw_central_run(c->since->office->central,
            "SELECT session_no, device, seq, hash FROM event_details WHERE bytes IS NULL",
            NULL, 0, on_details_gone, c, c->err);
        status = status == BW_OK ? c->status : status;
    }
    if (status == BW_OK) {
        status = bw_central_commit(c->copy.central, c->err);
    }
    bw_central_rollback(c->copy.central);
    return status;
}

enum bw_status
bw_office_put_back_carry(
    const struct bw_office_put_back_since *since, struct bw_error *err)
{
    struct put_back_carrying c = {.since = since,
        .copy = {.central = since->copy,
            .key_path = since->copy_keys,
            .clock = since->office->clock},
        .err = err};
    enum bw_status status = carry_rows(&c);
    if (status == BW_OK) {
        status = carry_retired(&c);
    }
    if (status == BW_OK) {
        status = carry_forgotten(&c);
    }
    return status == BW_OK ? carry_purged(&c) : status;
}

/* ---- counted beforehand ---- */

enum bw_status
bw_office_since(struct bw_central *central, int64_t since_ms,
    struct bw_office_since *ret_since, struct bw_error *err)
{
    struct bw_office_since since = {.steps = 0};
    const struct {
        const char *sql;
        int64_t *count;
    } counts[] = {
        {"SELECT count(*) FROM step WHERE at_ms >= $1", &since.steps},
        {"SELECT count(*) FROM device WHERE enrolled_ms >= $1", &since.kiosks},
        {"SELECT count(*) FROM told WHERE at_ms >= $1", &since.mails},
        {"SELECT count(*) FROM step WHERE at_ms >= $1 AND what IN ('forget', 'purge')",
            &since.forgotten},
        {"SELECT count(*) FROM event WHERE received_ms >= $1", &since.events},
    };
    struct bw_sql_value value = bw_sql_int(since_ms);
    enum bw_status status = bw_central_read_begin(central, err);
    bool begun = status == BW_OK;
    for (size_t i = 0; status == BW_OK && i < sizeof counts / sizeof counts[0]; i++) {
        status =
            bw_central_number(central, counts[i].sql, &value, 1, 0, counts[i].count, err);
    }
    if (begun) {
        bw_central_read_end(central);
    }
    if (status == BW_OK) {
        *ret_since = since;
    }
    return status;
}
