/* The store's schema: see store_schema.h.
 *
 * A version that was released is never edited; a change is a new row of store_migrations,
 * and BW_STORE_SCHEMA one more.
 *
 * own_event is keyed by seq, so that a check-in writes at the right edge of one table.
 * Its columns beside `bytes` only repeat what is in them, for ordering and picking. The
 * triggers hold E1 and S2 against our own mistakes too.
 *
 * registration.id is a packed sort key (store_name.h): the full-text index gives its rows
 * in order of rowid, and so by name, without sorting what nobody will see. */
#include "schema.h"

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

    /* The `ascii` tokenizer splits at the same places as store_name.c does. One token a
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

const struct store_migration store_migrations[] = {
    {version_1},
};

_Static_assert(sizeof store_migrations / sizeof store_migrations[0] == BW_STORE_SCHEMA,
    "a step to every version");
