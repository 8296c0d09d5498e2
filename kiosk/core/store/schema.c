/* The store's schema: see schema.h.
 *
 * A version that was released is never edited; a change is a new row of the table of
 * migrations, and BW_STORE_SCHEMA one more.
 *
 * own_event is keyed by seq, so that a check-in writes at the right edge of one table.
 * Its columns beside `bytes` only repeat what is in them, for ordering and picking. The
 * triggers hold E1 and S2 against our own mistakes too.
 *
 * registration.id is a packed sort key (name.h): the full-text index gives its rows
 * in order of rowid, and so by name, without sorting what nobody will see. */
#include "schema.h"

#include "core/store/log/sum.h"

#include <brugwachter/store.h>

static const char version_1[] =
    "CREATE TABLE setting ("
    "  name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE number ("
    "  name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE organiser_key ("
    "  position INTEGER PRIMARY KEY, key INTEGER NOT NULL, public BLOB NOT NULL) STRICT;"
    "CREATE TABLE own_session ("
    "  position INTEGER PRIMARY KEY, code TEXT NOT NULL) STRICT;"

    "CREATE TABLE session ("
    "  session_no INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE COLLATE NOCASE,"
    "  series TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL,"
    "  region TEXT NOT NULL, venue TEXT NOT NULL, address TEXT NOT NULL,"
    "  timezone TEXT NOT NULL, go_to TEXT NOT NULL, desk TEXT NOT NULL,"
    "  audience TEXT NOT NULL, starts_ms INTEGER NOT NULL, ends_ms INTEGER NOT NULL,"
    "  capacity INTEGER NOT NULL, doors_minutes INTEGER NOT NULL,"
    "  release_minutes INTEGER NOT NULL, extra_places INTEGER NOT NULL,"
    "  own_region_first INTEGER NOT NULL) STRICT;"
    "CREATE TABLE registration ("
    "  id INTEGER PRIMARY KEY, code INTEGER NOT NULL UNIQUE, session_no INTEGER NOT NULL,"
    "  status INTEGER NOT NULL, generation INTEGER NOT NULL,"
    "  signed_up_ms INTEGER NOT NULL, line INTEGER NOT NULL, first_name TEXT NOT NULL,"
    "  name TEXT NOT NULL, school TEXT NOT NULL, region TEXT NOT NULL,"
    "  table_name TEXT NOT NULL, sort_key TEXT NOT NULL, words TEXT NOT NULL) STRICT;"
    "CREATE TABLE sealed ("
    "  id BLOB PRIMARY KEY, box BLOB NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE agenda ("
    "  position INTEGER PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL,"
    "  starts_ms INTEGER NOT NULL, ends_ms INTEGER NOT NULL, audience TEXT NOT NULL,"
    "  url TEXT NOT NULL) STRICT;"
    "CREATE TABLE peer ("
    "  device INTEGER PRIMARY KEY, name TEXT NOT NULL, session TEXT NOT NULL,"
    "  heard_ms INTEGER NOT NULL, head_seq INTEGER NOT NULL) STRICT;"

    /* The `ascii` tokenizer splits at the same places as name.c does. One token a
     * query word, so no positions are kept (detail=none); no ranking, so no sizes. Not by
     * triggers: a file's own triggers aren't trusted with virtual tables. */
    "CREATE VIRTUAL TABLE person USING fts5(words, content='registration',"
    "  content_rowid='id', prefix='1 2 3', tokenize='ascii', detail=none, columnsize=0);"
    "CREATE TRIGGER registration_keeps_id"
    "  BEFORE UPDATE OF id, words ON registration BEGIN"
    "  SELECT RAISE(ABORT, 'a renamed registration is a new row'); END;"

    "CREATE TABLE own_event ("
    "  seq INTEGER PRIMARY KEY, session_no INTEGER NOT NULL, hlc INTEGER NOT NULL,"
    "  wall_ms INTEGER NOT NULL, hash BLOB NOT NULL, bytes BLOB NOT NULL) STRICT;"
    "CREATE TABLE peer_event ("
    "  id INTEGER PRIMARY KEY, device INTEGER NOT NULL, seq INTEGER NOT NULL,"
    "  hash BLOB NOT NULL, session_no INTEGER NOT NULL, hlc INTEGER NOT NULL,"
    "  bytes BLOB NOT NULL, UNIQUE (device, seq, hash)) STRICT;"
    /* bytes is NULL where the details were emptied. */
    "CREATE TABLE detail ("
    "  device INTEGER NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL,"
    "  session_no INTEGER NOT NULL, wall_ms INTEGER NOT NULL, bytes BLOB,"
    "  PRIMARY KEY (device, seq, hash)) STRICT, WITHOUT ROWID;"
    "CREATE TRIGGER own_event_has_no_gap BEFORE INSERT ON own_event"
    "  WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM own_event) BEGIN"
    "  SELECT RAISE(ABORT, 'the log counts without a gap'); END;"
    "CREATE TRIGGER own_event_stands BEFORE UPDATE ON own_event BEGIN"
    "  SELECT RAISE(ABORT, 'the log is never changed'); END;"
    "CREATE TRIGGER own_event_stays BEFORE DELETE ON own_event BEGIN"
    "  SELECT RAISE(ABORT, 'the log is never changed'); END;"
    "CREATE TRIGGER peer_event_stands BEFORE UPDATE ON peer_event BEGIN"
    "  SELECT RAISE(ABORT, 'the log is never changed'); END;"
    "CREATE TRIGGER peer_event_stays BEFORE DELETE ON peer_event BEGIN"
    "  SELECT RAISE(ABORT, 'the log is never changed'); END;";

/* Letters: positions a session, other kiosks' keys and hellos, quarantine, and a keyed
 * checksum (bw_sum, see sum.h) at the end of every row that a verdict rests on. */
static const char version_2[] =
    "ALTER TABLE setting ADD COLUMN sum BLOB NOT NULL DEFAULT x'';"
    "ALTER TABLE number ADD COLUMN sum BLOB NOT NULL DEFAULT x'';"
    "ALTER TABLE organiser_key ADD COLUMN sum BLOB NOT NULL DEFAULT x'';"
    "ALTER TABLE own_session ADD COLUMN sum BLOB NOT NULL DEFAULT x'';"
    "ALTER TABLE session ADD COLUMN sum BLOB NOT NULL DEFAULT x'';"
    "ALTER TABLE registration ADD COLUMN sum BLOB NOT NULL DEFAULT x'';"
    "ALTER TABLE detail ADD COLUMN sum BLOB NOT NULL DEFAULT x'';"
    /* Of which series a row is wasn't kept: '' goes with the next whole letter. */
    "ALTER TABLE sealed ADD COLUMN series TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE sealed ADD COLUMN sum BLOB NOT NULL DEFAULT x'';"

    /* What a session's roster stands at, and the key of its walk-ins' details. */
    "CREATE TABLE held ("
    "  session_no INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, revision INTEGER NOT NULL,"
    "  roster_ms INTEGER NOT NULL, sum BLOB NOT NULL) STRICT;"
    "CREATE TABLE details_key ("
    "  session_no INTEGER PRIMARY KEY, key BLOB NOT NULL, sum BLOB NOT NULL) STRICT;"

    "CREATE TABLE kiosk ("
    "  device INTEGER NOT NULL, session TEXT NOT NULL, name TEXT NOT NULL,"
    "  heard_ms INTEGER NOT NULL, head_seq INTEGER NOT NULL, sign BLOB NOT NULL,"
    "  box BLOB NOT NULL, first_sign BLOB NOT NULL, first_box BLOB NOT NULL,"
    "  store_id BLOB NOT NULL, introduced INTEGER NOT NULL,"
    "  provisional INTEGER NOT NULL, hello_counter INTEGER NOT NULL,"
    "  hello_ms INTEGER NOT NULL, echo_counter INTEGER NOT NULL,"
    "  echo_ms INTEGER NOT NULL, sum BLOB NOT NULL,"
    "  PRIMARY KEY (device, session)) STRICT, WITHOUT ROWID;"
    "INSERT INTO kiosk SELECT device, session, name, heard_ms, head_seq, zeroblob(32),"
    "  zeroblob(32), zeroblob(32), zeroblob(32), zeroblob(32), 0, 0, 0, heard_ms, 0, 0,"
    "  x'' FROM peer;"
    "DROP TABLE peer;"
    "CREATE TABLE revoked ("
    "  device INTEGER PRIMARY KEY, seq INTEGER NOT NULL, hash BLOB NOT NULL,"
    "  sum BLOB NOT NULL) STRICT;"

    /* The one column of the log that may change: whether an event counts. */
    "ALTER TABLE peer_event ADD COLUMN quarantine INTEGER NOT NULL DEFAULT 0;"
    "DROP TRIGGER peer_event_stands;"
    "CREATE TRIGGER peer_event_stands"
    "  BEFORE UPDATE OF id, device, seq, hash, session_no, hlc, bytes ON peer_event BEGIN"
    "  SELECT RAISE(ABORT, 'the log is never changed'); END;"

    "CREATE TABLE sent_letter ("
    "  carrier TEXT NOT NULL, name TEXT NOT NULL, from_seq INTEGER NOT NULL,"
    "  to_seq INTEGER NOT NULL, counter INTEGER NOT NULL, hash BLOB NOT NULL,"
    "  PRIMARY KEY (carrier, name)) STRICT, WITHOUT ROWID;";

/* Columns that rows had then, as their checksums are made of them. */
#define SESSION_OF_2                                                                     \
    "session_no, code, series, title, kind, region, venue, address, timezone, go_to,"    \
    " desk, audience, starts_ms, ends_ms, capacity, doors_minutes, release_minutes,"     \
    " extra_places, own_region_first"
#define REGISTRATION_OF_2                                                                \
    "code, session_no, status, generation, signed_up_ms, line, first_name, name,"        \
    " school, region, table_name"
#define ROW_OF_2 ", id, sort_key, words"
#define SUM_OF_DETAIL_2 "bw_sum('detail', device, seq, hash, session_no, wall_ms, bytes)"
#define SUM_OF_DETAILS_KEY_2 "bw_sum('details_key', session_no, key)"

static const char fill_2[] =
    "UPDATE setting SET sum = bw_sum('setting', name, value);"
    "UPDATE number SET sum = bw_sum('number', name, value);"
    "UPDATE organiser_key SET sum = bw_sum('key', position, key, public);"
    "UPDATE own_session SET sum = bw_sum('own_session', position, code);"
    "UPDATE session SET sum = bw_sum('session', " SESSION_OF_2 ");"
    "UPDATE registration SET sum = bw_sum('registration', " REGISTRATION_OF_2 ROW_OF_2
    ");"
    "UPDATE detail SET sum = " SUM_OF_DETAIL_2 ";"
    "UPDATE sealed SET sum = bw_sum('sealed', id, box, series);"
    "UPDATE kiosk SET sum = " SUM_OF_KIOSK ";";

/* When check-in opens, and the organiser's word to staff. */
static const char version_3[] =
    "ALTER TABLE session ADD COLUMN opens_ms INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE registration ADD COLUMN attention TEXT NOT NULL DEFAULT '';";

#define SESSION_OF_3 SESSION_OF_2 ", opens_ms"
#define REGISTRATION_OF_3 REGISTRATION_OF_2 ", attention"

/* A row that didn't hold before doesn't after. */
static const char fill_3[] =
    "UPDATE session SET sum = bw_sum('session', " SESSION_OF_3 ")"
    " WHERE sum = bw_sum('session', " SESSION_OF_2 ");"
    "UPDATE registration SET sum = bw_sum('registration', " REGISTRATION_OF_3 ROW_OF_2 ")"
    " WHERE sum = bw_sum('registration', " REGISTRATION_OF_2 ROW_OF_2 ");";

/* Minutes around the opening hour and the end in which people are let in all the same. */
static const char version_4[] =
    "ALTER TABLE session ADD COLUMN tolerance_minutes INTEGER NOT NULL DEFAULT 0;";
#define SESSION_OF_4 SESSION_OF_3 ", tolerance_minutes"
static const char fill_4[] =
    "UPDATE session SET sum = bw_sum('session', " SESSION_OF_4 ")"
    " WHERE sum = bw_sum('session', " SESSION_OF_3 ");";

/* A session that doesn't take place. */
static const char version_5[] =
    "ALTER TABLE session ADD COLUMN called_off_ms INTEGER NOT NULL DEFAULT 0;";
static const char fill_5[] = "UPDATE session SET sum = " SUM_OF_SESSION
                             " WHERE sum = bw_sum('session', " SESSION_OF_4 ");";

/* Names at rest (store_names.h): a row's box and the key that it is under, keys sealed to
 * the store's pair, details as letters bear them, and for the local network the key that
 * was made of a sealed one. */
static const char version_6[] =
    "ALTER TABLE registration ADD COLUMN names_key INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE registration ADD COLUMN box BLOB NOT NULL DEFAULT x'';"
    "ALTER TABLE detail ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE details_key ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE details_key ADD COLUMN lan BLOB NOT NULL DEFAULT x'';"
    "CREATE TABLE names_key (id INTEGER PRIMARY KEY, box BLOB NOT NULL) STRICT;";
static const char fill_6[] =
    "UPDATE registration SET sum = " SUM_OF_REGISTRATION
    " WHERE sum = bw_sum('registration', " REGISTRATION_OF_3 ROW_OF_2 ");"
    "UPDATE detail SET sum = " SUM_OF_DETAIL " WHERE sum = " SUM_OF_DETAIL_2 ";"
    "UPDATE details_key SET sum = " SUM_OF_DETAILS_KEY
    " WHERE sum = " SUM_OF_DETAILS_KEY_2 ";";

const struct store_migration bw_store_migrations[] = {
    {version_1, false, NULL, {0}},
    {version_2, true, fill_2, {0}},
    {version_3, false, fill_3, {0}},
    {version_4, false, fill_4, {0}},
    {version_5, false, fill_5, {0}},
    {version_6, false, fill_6,
        {0x04, 0xEC, 0x0A, 0xD4, 0x2B, 0x7E, 0xE4, 0x0D, 0xC3, 0x2D, 0xF0, 0x74, 0xDB,
            0xEB, 0x4C, 0xAF, 0xE8, 0x3C, 0xEC, 0x19, 0x62, 0xF2, 0x6E, 0x32, 0x4C, 0x53,
            0x6D, 0x0F, 0x41, 0x50, 0x24, 0xBB}},
};

_Static_assert(
    sizeof bw_store_migrations / sizeof bw_store_migrations[0] == BW_STORE_SCHEMA,
    "a step to every version");
