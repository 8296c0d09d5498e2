/* A roster from the central database: see roster.h.
 *
 * The revision is read first, then the rows above `since`: what commits in between has a
 * higher revision, is perhaps sent now, and surely the next time (C2). Nothing here takes
 * the write lock, so a kiosk's pull never holds up an import. */
#include "central/records.h"
#include "central/chain.h"
#include "exchange/roster.h"

#include <stdio.h>
#include <string.h>

#define OWN_SESSIONS "(SELECT session_no FROM device_session WHERE device = $1)"

/* What every row needs, and what became of the rows before it. */
struct reading {
    const struct bw_roster1_sink *sink;
    struct bw_roster1_counts counts;
    enum bw_status status;
    struct bw_error *err;
};

static bool
on_session(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct reading *reading = context;
    struct bw_session session;
    bw_session_of_row(columns, &session);
    reading->counts.sessions++;
    reading->status =
        reading->sink->session(reading->sink->context, &session, reading->err);
    return reading->status == BW_OK;
}

static bool
on_registration(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct reading *reading = context;
    struct bw_registration registration;
    bw_registration_of_row(columns, &registration);
    reading->counts.registrations++;
    reading->status =
        reading->sink->registration(reading->sink->context, &registration, reading->err);
    return reading->status == BW_OK;
}

static bool
on_sealed(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct reading *reading = context;
    struct bw_registration registration;
    struct bw_sealed_row row;
    bw_registration_of_row(columns, &registration);
    bw_sealed_close(columns[BW_REGISTRATION_COLUMNS_COUNT].text, &registration, &row);
    reading->counts.sealed++;
    reading->status = reading->sink->sealed(reading->sink->context, &row, reading->err);
    return reading->status == BW_OK;
}

static bool
on_agenda(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct reading *reading = context;
    struct bw_agenda_item item = {
        .starts_ms = columns[2].number, .ends_ms = columns[3].number};
    bw_text_copy(item.kind, sizeof item.kind, columns[0].text);
    bw_text_copy(item.title, sizeof item.title, columns[1].text);
    bw_text_copy(item.audience, sizeof item.audience, columns[4].text);
    bw_text_copy(item.url, sizeof item.url, columns[5].text);
    reading->counts.agenda++;
    reading->status = reading->sink->agenda(reading->sink->context, &item, reading->err);
    return reading->status == BW_OK;
}

static bool
on_peer(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct reading *reading = context;
    struct bw_peer peer = {.device = (uint32_t)columns[0].number,
        .heard_ms = columns[3].number,
        .head_seq = (uint64_t)columns[4].number};
    bw_text_copy(peer.name, sizeof peer.name, columns[1].text);
    bw_text_copy(peer.session, sizeof peer.session, columns[2].text);
    reading->counts.peers++;
    reading->status = reading->sink->peer(reading->sink->context, &peer, reading->err);
    return reading->status == BW_OK;
}

static bool
on_event(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct reading *reading = context;
    struct bw_event event;
    struct bw_event_details details;
    if (bw_event_decode(columns[0].blob, columns[0].bytes, &event, NULL) != BW_OK) {
        return true; /* the office's copy is damaged: `status` tells; the kiosk goes on */
    }
    bool known =
        columns[1].type == BW_SQL_BLOB && columns[1].bytes > 0 &&
        bw_details_decode(columns[1].blob, columns[1].bytes, &details, NULL) == BW_OK;
    reading->counts.events++;
    reading->status = reading->sink->event(
        reading->sink->context, &event, known ? &details : NULL, reading->err);
    return reading->status == BW_OK;
}

/* $1 is the device, $2 the revision. */
static const struct {
    const char *sql;
    bw_sql_row *row;
} readings[] = {
    {"SELECT " BW_SESSION_COLUMNS " FROM " BW_SESSION_TABLES
     " WHERE s.revision > $2 AND CAST($1 AS BIGINT) IS NOT NULL ORDER BY s.session_no",
        on_session},
    {"SELECT " BW_REGISTRATION_COLUMNS " FROM registration r"
     " WHERE r.session_no IN " OWN_SESSIONS " AND r.revision > $2 ORDER BY r.code",
        on_registration},
    {"SELECT " BW_REGISTRATION_COLUMNS ", t.text FROM registration r"
     " JOIN ticket t ON t.code = r.code"
     " JOIN signing_key k ON k.signing_key = t.signing_key AND k.retired_ms IS NULL"
     " WHERE r.session_no NOT IN " OWN_SESSIONS " AND r.revision > $2"
     " ORDER BY t.code, t.generation",
        on_sealed},
    {"SELECT kind, title, starts_ms, ends_ms, audience, url FROM agenda_item"
     " WHERE CAST($1 AS BIGINT) IS NOT NULL AND CAST($2 AS BIGINT) IS NOT NULL"
     " ORDER BY item_no",
        on_agenda},
    {"SELECT d.device, d.name,"
     " (SELECT s.code FROM device_session x JOIN session s ON s.session_no = x.session_no"
     "  WHERE x.device = d.device AND x.session_no IN " OWN_SESSIONS
     "  ORDER BY x.rank LIMIT 1),"
     " COALESCE((SELECT max(h.stated_ms) FROM head_statement h"
     "  WHERE h.device = d.device AND h.suspect = 0), 0),"
     " COALESCE((SELECT max(h.seq) FROM head_statement h WHERE h.device = d.device), 0)"
     " FROM device d WHERE d.device <> $1 AND CAST($2 AS BIGINT) IS NOT NULL AND EXISTS"
     " (SELECT 1 FROM device_session x WHERE x.device = d.device"
     "  AND x.session_no IN " OWN_SESSIONS ") ORDER BY d.device",
        on_peer},
    {"SELECT e.bytes, d.bytes FROM event e LEFT JOIN event_details d"
     " ON d.session_no = e.session_no AND d.device = e.device AND d.seq = e.seq"
     " AND d.hash = e.hash"
     " WHERE e.session_no IN " OWN_SESSIONS " AND e.device <> $1 AND e.revision > $2"
     " ORDER BY e.device, e.seq, e.hash",
        on_event},
};

static bool
on_key(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_keyring *keyring = context;
    if (columns[1].bytes == BW_PUBLIC_KEY_BYTES && keyring->count < BW_KEYS_MAX) {
        struct bw_public_key *key = &keyring->keys[keyring->count++];
        key->key = (uint8_t)columns[0].number;
        memcpy(key->bytes, columns[1].blob, BW_PUBLIC_KEY_BYTES);
    }
    return true;
}

static enum bw_status
head_read(struct bw_central *central, int64_t since, struct bw_roster1_head *head,
    struct bw_error *err)
{
    struct bw_device_chain chain;
    struct bw_sql_value revision = bw_sql_int(since);
    int64_t gone = 0;
    enum bw_status status = bw_central_number(
        central, "SELECT revision FROM central", NULL, 0, 0, &head->revision, err);
    if (status == BW_OK) {
        status = bw_central_number(central,
            "SELECT count(*) FROM registration_gone WHERE revision > $1", &revision, 1, 0,
            &gone, err);
    }
    if (status == BW_OK) {
        status = bw_central_run(central,
            "SELECT signing_key, public FROM signing_key WHERE retired_ms IS NULL"
            " ORDER BY signing_key DESC",
            NULL, 0, on_key, &head->keyring, err);
    }
    if (status == BW_OK) {
        status = bw_central_chain_read(central, head->device, &chain, err);
    }
    if (status == BW_OK) {
        head->whole = since <= 0 || gone > 0 || since > head->revision;
        head->acknowledged_seq = chain.contiguous_seq;
        head->newest_seq = chain.newest_seq;
    }
    return status;
}

enum bw_status
bw_roster1_of_central(struct bw_central *central, uint32_t device, int64_t since,
    int64_t now_ms, const struct bw_roster1_sink *sink, struct bw_roster1_head *ret_head,
    struct bw_roster1_counts *ret_counts, struct bw_error *err)
{
    struct bw_roster1_head head = {.device = device, .made_ms = now_ms};
    struct reading reading = {.sink = sink, .err = err};
    enum bw_status status = bw_central_read_begin(central, err);
    if (status != BW_OK) {
        return status;
    }
    status = head_read(central, since, &head, err);
    if (status == BW_OK) {
        status = sink->begin(sink->context, &head, err);
    }
    struct bw_sql_value values[] = {
        bw_sql_int(device), bw_sql_int(head.whole ? -1 : since)};
    for (size_t i = 0; status == BW_OK && i < sizeof readings / sizeof readings[0]; i++) {
        status = bw_central_run(
            central, readings[i].sql, values, 2, readings[i].row, &reading, err);
        if (status == BW_OK) {
            status = reading.status;
        }
    }
    bw_central_read_end(central);
    if (status == BW_OK) {
        status = sink->end(sink->context, err);
    }
    if (status == BW_OK) {
        *ret_head = head;
        *ret_counts = reading.counts;
    }
    return status;
}
