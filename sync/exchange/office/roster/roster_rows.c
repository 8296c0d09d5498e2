/* Rows of a roster letter: see roster_rows.h. */
#include "exchange/office/roster/roster_rows.h"

#include "exchange/office/introduction_again.h"

#include "central/records.h"
#include "exchange/office/roster/roster_settings.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

struct roster_rows_reading {
    const struct bw_roster_sink *sink;
    enum bw_status status;
    struct bw_error *err;
};

static bool
on_session(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct roster_rows_reading *reading = context;
    struct bw_session session;
    bw_session_of_row(columns, &session);
    reading->status =
        reading->sink->session(reading->sink->context, &session, reading->err);
    return reading->status == BW_OK;
}

enum {
    CALLED_OFF = BW_REGISTRATION_COLUMNS_COUNT,
    FOLLOWER,   /* 0 nobody follows, 1 they went to another session, 2 a colleague came */
    GOES_TO,    /* its title */
    FIRST_NAME, /* the colleague's */
    NAME
};

/* At most BW_NAME_CHARS characters: a kiosk takes no longer word. */
static void
cut(char *text)
{
    size_t characters = 0;
    for (char *c = text; *c != '\0'; c++) {
        bool begins = ((unsigned char)*c & 0xc0) != 0x80;
        characters += begins;
        if (begins && characters > BW_NAME_CHARS) {
            *c = '\0';
            return;
        }
    }
}

/* Where somebody went whose place or turn was given up for another one: a word to staff,
 * in the place of the organiser's, which was about their coming. */
static void
tell_where(const struct bw_sql_value *c, struct bw_registration *registration)
{
    char text[2 * BW_TITLE_BYTES];
    char *attention = registration->person.attention;
    if (registration->status != BW_CANCELLED || c[FOLLOWER].number == 0) {
        return;
    }
    if (c[FOLLOWER].number == 1) {
        (void)snprintf(
            text, sizeof text, "verplaatst naar %.*s", BW_TITLE_BYTES, c[GOES_TO].text);
    } else {
        (void)snprintf(text, sizeof text, "vervangen door %.*s%s%.*s", BW_NAME_BYTES,
            c[FIRST_NAME].text, c[NAME].text[0] != '\0' ? " " : "", BW_NAME_BYTES,
            c[NAME].text);
    }
    cut(text);
    bw_text_copy(attention, sizeof registration->person.attention, text);
}

static bool
on_registration(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct roster_rows_reading *reading = context;
    struct bw_registration registration;
    bw_registration_of_row(columns, &registration);
    registration.status = bw_record_told(registration.status, columns[CALLED_OFF].number);
    tell_where(columns, &registration);
    reading->status =
        reading->sink->registration(reading->sink->context, &registration, reading->err);
    return reading->status == BW_OK;
}

static bool
on_gone(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct roster_rows_reading *reading = context;
    reading->status = reading->sink->gone(
        reading->sink->context, (bw_code)columns[0].number, reading->err);
    return reading->status == BW_OK;
}

static bool
on_sealed(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct roster_rows_reading *reading = context;
    struct bw_sealed_row row;
    if (columns[0].bytes != sizeof row.id) {
        return true;
    }
    memcpy(row.id, columns[0].blob, sizeof row.id);
    if (columns[1].type != BW_SQL_BLOB) {
        reading->status =
            reading->sink->sealed_gone(reading->sink->context, row.id, reading->err);
    } else if (columns[1].bytes == sizeof row.box) {
        memcpy(row.box, columns[1].blob, sizeof row.box);
        reading->status =
            reading->sink->sealed(reading->sink->context, &row, reading->err);
    }
    return reading->status == BW_OK;
}

static bool
on_agenda(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct roster_rows_reading *reading = context;
    struct bw_agenda_item item = {
        .starts_ms = columns[2].number, .ends_ms = columns[3].number};
    bw_text_copy(item.kind, sizeof item.kind, columns[0].text);
    bw_text_copy(item.title, sizeof item.title, columns[1].text);
    bw_text_copy(item.audience, sizeof item.audience, columns[4].text);
    bw_text_copy(item.url, sizeof item.url, columns[5].text);
    reading->status = reading->sink->agenda(reading->sink->context, &item, reading->err);
    return reading->status == BW_OK;
}

/* A blob of exactly this length; else it stays zero. */
static bool
copy_bytes(uint8_t *to, size_t length, const struct bw_sql_value *column)
{
    if (column->type != BW_SQL_BLOB || column->bytes != length) {
        return false;
    }
    memcpy(to, column->blob, length);
    return true;
}

static bool
on_peer(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct roster_rows_reading *reading = context;
    struct bw_roster_peer peer = {.device = (uint32_t)columns[0].number,
        .introduced = columns[2].number != 0,
        .heard_ms = columns[7].number,
        .counter = (uint64_t)columns[8].number,
        .head_seq = (uint64_t)columns[9].number};
    bw_text_copy(peer.name, sizeof peer.name, columns[1].text);
    (void)copy_bytes(peer.own.sign, sizeof peer.own.sign, &columns[3]);
    (void)copy_bytes(peer.own.box, sizeof peer.own.box, &columns[4]);
    (void)copy_bytes(peer.first.sign, sizeof peer.first.sign, &columns[5]);
    (void)copy_bytes(peer.first.box, sizeof peer.first.box, &columns[6]);
    if (!peer.introduced) {
        memset(&peer.own, 0, sizeof peer.own);
    }
    reading->status = reading->sink->peer(reading->sink->context, &peer, reading->err);
    return reading->status == BW_OK;
}

static bool
on_revoked(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct roster_rows_reading *reading = context;
    struct bw_roster_revoked revoked = {
        .device = (uint32_t)columns[0].number, .seq = (uint64_t)columns[1].number};
    (void)copy_bytes(revoked.hash, sizeof revoked.hash, &columns[2]);
    reading->status =
        reading->sink->revoked(reading->sink->context, &revoked, reading->err);
    return reading->status == BW_OK;
}

static bool
on_event(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct roster_rows_reading *reading = context;
    struct bw_event event;
    struct bw_event_details details;
    if (bw_event_decode(columns[0].blob, columns[0].bytes, &event, NULL) != BW_OK) {
        return true; /* the office's copy is damaged: `status` tells; the kiosk goes on */
    }
    bool known =
        columns[1].type == BW_SQL_BLOB && columns[1].bytes > 0 &&
        bw_details_decode(columns[1].blob, columns[1].bytes, &details, NULL) == BW_OK;
    reading->status = reading->sink->event(
        reading->sink->context, &event, known ? &details : NULL, reading->err);
    return reading->status == BW_OK;
}

static bool
on_forget(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct roster_rows_reading *reading = context;
    struct bw_roster_forget forget = {
        .device = (uint32_t)columns[0].number, .seq = (uint64_t)columns[1].number};
    (void)copy_bytes(forget.hash, sizeof forget.hash, &columns[2]);
    reading->status =
        reading->sink->forget(reading->sink->context, &forget, reading->err);
    return reading->status == BW_OK;
}

/* $1 device, $2 session, $3 revision, $4 series, $5 mark of sealed rows. Each statement
 * names all of its parameters up to the highest it uses. */
#define AGENDA_SQL                                                                       \
    "SELECT kind, title, starts_ms, ends_ms, audience, url FROM agenda_item"             \
    " ORDER BY item_no"
#define SESSIONS_SQL                                                                     \
    "SELECT " BW_SESSION_COLUMNS " FROM " BW_SESSION_TABLES                              \
    " WHERE s.series = $1 ORDER BY s.session_no"
#define PEOPLE_FROM                                                                      \
    ", s.called_off_ms, CASE WHEN f.code IS NULL THEN 0"                                 \
    " WHEN f.person_no = r.person_no THEN 1 ELSE 2 END, coalesce(fs.title, ''),"         \
    " coalesce(f.first_name, ''), coalesce(f.name, '')"                                  \
    " FROM registration r JOIN session s ON s.session_no = r.session_no"                 \
    " LEFT JOIN registration f ON f.code = r.followed_by"                                \
    " LEFT JOIN session fs ON fs.session_no = f.session_no"
#define PEER_FROM                                                                        \
    " FROM device_session x JOIN device d ON d.device = x.device"                        \
    " WHERE x.session_no = $2 AND x.rank >= 0 AND d.device <> $1"                        \
    " AND " BW_KIOSK_IS_LIVE " ORDER BY d.device"
#define PEER_KEYS                                                                        \
    "d.device, d.name, CASE WHEN d.state = 1 THEN 1 ELSE 0 END, d.sign_public,"          \
    " d.box_public, d.first_sign, d.first_box"
/* The last ones: a kiosk takes BW_PEERS_MAX, and of a letter with more nothing. */
#define REVOKED_SQL                                                                      \
    "SELECT device, revoked_seq, revoked_hash FROM (SELECT d.device, d.revoked_seq,"     \
    " d.revoked_hash FROM device_session x JOIN device d ON d.device = x.device"         \
    " WHERE x.session_no = $1 AND d.state = 2"                                           \
    " ORDER BY d.revoked_ms DESC, d.device DESC LIMIT 64) AS r ORDER BY device"
_Static_assert(BW_PEERS_MAX == 64, "as REVOKED_SQL has it");
#define FORGET_SQL                                                                       \
    "SELECT device, seq, hash FROM event_details"                                        \
    " WHERE bytes IS NULL AND (session_no = $2 OR session_no IN"                         \
    " (SELECT session_no FROM device_session WHERE device = $1 AND rank < 0))"           \
    " ORDER BY device, seq, hash"

static enum bw_status
run(struct bw_central *central, const char *sql, const struct bw_sql_value *values,
    int count, bw_sql_row *row, struct roster_rows_reading *reading)
{
    enum bw_status status =
        bw_central_run(central, sql, values, count, row, reading, reading->err);
    return status == BW_OK ? reading->status : status;
}

static enum bw_status
sealed_read(struct bw_central *central, const struct bw_roster_want *want,
    struct roster_rows_reading *reading)
{
    struct bw_sql_value values[] = {bw_sql_text(want->session->series),
        bw_sql_int(want->sealed_since), bw_sql_int(want->device)};
    if (want->sealed_since == 0) {
        return run(central,
            "SELECT id, box FROM sealed WHERE series = $1 AND mark > $2"
            " AND box IS NOT NULL AND session_no NOT IN"
            " (SELECT session_no FROM device_session WHERE device = $3 AND rank >= 0)"
            " ORDER BY mark",
            values, 3, on_sealed, reading);
    }
    return run(central,
        "SELECT id, box FROM sealed WHERE series = $1 AND mark > $2"
        " AND session_no NOT IN (SELECT session_no FROM device_session"
        " WHERE device = $3 AND rank >= 0) ORDER BY mark",
        values, 3, on_sealed, reading);
}

static enum bw_status
people_read(struct bw_central *central, const struct bw_roster_want *want,
    struct roster_rows_reading *reading)
{
    struct bw_sql_value values[] = {bw_sql_int(want->session->session_no),
        bw_sql_int((int64_t)want->since), bw_sql_int(want->device)};
    enum bw_status status = run(central,
        want->since == 0 ? "SELECT " BW_REGISTRATION_COLUMNS PEOPLE_FROM
                           " WHERE r.session_no = $1 AND CAST($2 AS BIGINT) IS NOT NULL"
                           " ORDER BY r.code"
                         : "SELECT " BW_REGISTRATION_COLUMNS PEOPLE_FROM
                           " WHERE r.session_no = $1 AND r.revision > $2 ORDER BY r.code",
        values, 2, on_registration, reading);
    if (status == BW_OK && want->since > 0) {
        status = run(central,
            "SELECT code FROM registration_gone WHERE session_no = $1 AND revision > $2"
            " ORDER BY code",
            values, 2, on_gone, reading);
    }
    if (status == BW_OK) {
        status = sealed_read(central, want, reading);
    }
    return status;
}

static enum bw_status
kiosks_read(struct bw_central *central, const struct bw_roster_want *want,
    struct roster_rows_reading *reading)
{
    struct bw_sql_value values[] = {
        bw_sql_int(want->device), bw_sql_int(want->session->session_no)};
    struct bw_sql_value since[] = {bw_sql_int(want->session->session_no),
        bw_sql_int((int64_t)want->since), bw_sql_int(want->device)};
    enum bw_status status = run(central,
        "SELECT " PEER_KEYS ", COALESCE(d.last_contact_ms, 0), d.hello_counter,"
        " COALESCE((SELECT max(h.seq) FROM head_statement h WHERE h.session_no = $2"
        " AND h.device = d.device), 0)" PEER_FROM,
        values, 2, on_peer, reading);
    if (status == BW_OK) {
        status = run(central, REVOKED_SQL, &values[1], 1, on_revoked, reading);
    }
    if (status == BW_OK) {
        status = run(central,
            "SELECT e.bytes, d.bytes FROM event e LEFT JOIN event_details d"
            " ON d.session_no = e.session_no AND d.device = e.device AND d.seq = e.seq"
            " AND d.hash = e.hash"
            " WHERE e.session_no = $1 AND e.revision > $2 AND e.device <> $3"
            " ORDER BY e.device, e.seq, e.hash",
            since, 3, on_event, reading);
    }
    if (status == BW_OK) {
        status = run(central, FORGET_SQL, values, 2, on_forget, reading);
    }
    return status;
}

enum bw_status
bw_roster_rows_of_central(struct bw_central *central, const struct bw_roster_want *want,
    const struct bw_roster_sink *sink, struct bw_error *err)
{
    struct roster_rows_reading reading = {.sink = sink, .err = err};
    struct bw_sql_value series = bw_sql_text(want->session->series);
    enum bw_status status =
        want->sessions ? run(central, SESSIONS_SQL, &series, 1, on_session, &reading)
                       : BW_OK;
    if (status == BW_OK) {
        status = people_read(central, want, &reading);
    }
    if (status == BW_OK) {
        status = run(central, AGENDA_SQL, NULL, 0, on_agenda, &reading);
    }
    if (status == BW_OK) {
        status = kiosks_read(central, want, &reading);
    }
    return status;
}

/* ---- what has no revision ---- */

static bool
on_digest(const struct bw_sql_value *columns, int count, void *context)
{
    crypto_generichash_state *hash = context;
    for (int i = 0; i < count; i++) {
        uint8_t head[17] = {(uint8_t)columns[i].type};
        uint64_t bytes = columns[i].bytes, number = (uint64_t)columns[i].number;
        memcpy(head + 1, &number, sizeof number);
        memcpy(head + 9, &bytes, sizeof bytes);
        (void)crypto_generichash_update(hash, head, sizeof head);
        const void *text = columns[i].type == BW_SQL_BLOB ? (const void *)columns[i].blob
                                                          : columns[i].text;
        if (bytes > 0) {
            (void)crypto_generichash_update(hash, text, bytes);
        }
    }
    return true;
}

static enum bw_status
digest_run(struct bw_central *central, const char *sql, const struct bw_sql_value *values,
    int count, crypto_generichash_state *hash, struct bw_error *err)
{
    uint8_t apart = 0xff; /* between two tables */
    (void)crypto_generichash_update(hash, &apart, 1);
    return bw_central_run(central, sql, values, count, on_digest, hash, err);
}

static enum bw_status
rest_read(struct bw_central *central, uint32_t device, uint32_t session_no,
    crypto_generichash_state *hash, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(device), bw_sql_int(session_no)};
    const struct {
        const char *sql;
        const struct bw_sql_value *values;
        int count;
    } parts[] = {
        {"SELECT " BW_ROSTER_SETTINGS_COLUMNS ", d.state, d.sign_public, d.box_public,"
         " d.receipt_seq, d.receipt_hash, c.sign_public, c.box_public"
         " FROM device d CROSS JOIN central c WHERE d.device = $1",
            values, 1},
        {"SELECT s.code FROM device_session x JOIN session s"
         " ON s.session_no = x.session_no WHERE x.device = $1 AND x.rank >= 0"
         " ORDER BY x.rank",
            values, 1},
        {BW_INTRODUCTION_AGAIN_SQL, values, 1},
        {BW_ROSTER_AWAY_SQL, values, 1},
        {BW_ROSTER_KEYRING_SQL, NULL, 0},
        {AGENDA_SQL, NULL, 0},
        {"SELECT " PEER_KEYS PEER_FROM, values, 2},
        {REVOKED_SQL, &values[1], 1},
        {FORGET_SQL, values, 2},
    };
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < sizeof parts / sizeof parts[0]; i++) {
        status =
            digest_run(central, parts[i].sql, parts[i].values, parts[i].count, hash, err);
    }
    return status;
}

enum bw_status
bw_roster_state_read(struct bw_central *central, uint32_t device,
    const struct bw_kiosk_session *session, struct bw_roster_state *ret_state,
    struct bw_error *err)
{
    struct bw_roster_state state = {0};
    crypto_generichash_state hash;
    struct bw_sql_value series = bw_sql_text(session->series);
    enum bw_status status = bw_central_number(central,
        "SELECT COALESCE(max(sealed_mark), 0) FROM series WHERE code = $1", &series, 1, 0,
        &state.sealed_mark, err);
    int64_t newer = 0;
    if (status == BW_OK) {
        status = bw_central_number(central,
            "SELECT CASE WHEN EXISTS (SELECT 1 FROM sealed WHERE series = $1"
            " AND mark = 0) THEN 1 ELSE 0 END",
            &series, 1, 0, &newer, err);
    }
    state.sealed_newer = newer != 0;
    (void)crypto_generichash_init(&hash, NULL, 0, BW_ROSTER_DIGEST_BYTES);
    if (status == BW_OK) {
        status = digest_run(central, SESSIONS_SQL, &series, 1, &hash, err);
    }
    (void)crypto_generichash_final(&hash, state.sessions, BW_ROSTER_DIGEST_BYTES);
    (void)crypto_generichash_init(&hash, NULL, 0, BW_ROSTER_DIGEST_BYTES);
    if (status == BW_OK) {
        status = rest_read(central, device, session->session_no, &hash, err);
    }
    (void)crypto_generichash_final(&hash, state.rest, BW_ROSTER_DIGEST_BYTES);
    if (status == BW_OK) {
        *ret_state = state;
    }
    return status;
}

enum bw_status
bw_roster_rows_since(struct bw_central *central, uint32_t device, uint32_t session_no,
    uint64_t since, bool *ret_some, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(session_no), bw_sql_int((int64_t)since), bw_sql_int(device)};
    int64_t newest = 0, some = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT revision FROM session WHERE session_no = $1", values, 1, 0, &newest, err);
    if (status == BW_OK && (uint64_t)newest > since) {
        status = bw_central_number(central,
            "SELECT (CASE WHEN EXISTS (SELECT 1 FROM registration"
            " WHERE session_no = $1 AND revision > $2) OR EXISTS"
            " (SELECT 1 FROM registration_gone WHERE session_no = $1 AND revision > $2)"
            " OR EXISTS (SELECT 1 FROM event WHERE session_no = $1 AND revision > $2"
            " AND device <> $3) THEN 1 ELSE 0 END)",
            values, 3, 0, &some, err);
    }
    if (status == BW_OK) {
        *ret_some = some != 0;
    }
    return status;
}
