/* Every statement of the store but the schema's: see store_statements.h. */
#include "statements.h"

#define SESSION_COLUMNS                                                                  \
    "session_no, code, series, title, kind, region, venue, address, timezone, go_to,"    \
    " desk, audience, starts_ms, ends_ms, capacity, doors_minutes, release_minutes,"     \
    " extra_places, own_region_first"
#define REGISTRATION_COLUMNS                                                             \
    "code, session_no, status, generation, signed_up_ms, line, first_name, name,"        \
    " school, region, table_name"

const struct store_statement store_statements[SQL_COUNT] = {
    [SQL_BEGIN] = {"BEGIN IMMEDIATE", "Beginning to write to"},
    [SQL_BEGIN_READ] = {"BEGIN", "Beginning to read"},
    [SQL_COMMIT] = {"COMMIT", "Saving to"},
    [SQL_DATA_VERSION] = {"PRAGMA data_version", "Looking for news in"},
    [SQL_SETTING_GET] = {"SELECT value FROM setting WHERE name = ?1",
        "Reading the settings of"},
    [SQL_SETTING_PUT] = {"INSERT INTO setting (name, value) VALUES (?1, ?2)"
                         " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        "Keeping the settings in"},
    [SQL_NUMBER_GET] = {"SELECT value FROM number WHERE name = ?1",
        "Reading the settings of"},
    [SQL_NUMBER_PUT] = {"INSERT INTO number (name, value) VALUES (?1, ?2)"
                        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        "Keeping the settings in"},
    [SQL_KEYS] = {"SELECT key, public FROM organiser_key ORDER BY position",
        "Reading the keys of"},
    [SQL_KEYS_EMPTY] = {"DELETE FROM organiser_key", "Keeping the keys in"},
    [SQL_KEY_PUT] = {"INSERT INTO organiser_key (position, key, public)"
                     " VALUES (?1, ?2, ?3)",
        "Keeping the keys in"},
    [SQL_OWN_SESSIONS] = {"SELECT code FROM own_session ORDER BY position",
        "Reading the settings of"},
    [SQL_OWN_SESSIONS_EMPTY] = {"DELETE FROM own_session", "Keeping the settings in"},
    [SQL_OWN_SESSION_PUT] = {"INSERT INTO own_session (position, code) VALUES (?1, ?2)",
        "Keeping the settings in"},

    [SQL_SESSION_BY_CODE] = {"SELECT " SESSION_COLUMNS " FROM session WHERE code = ?1",
        "Reading the sessions of"},
    [SQL_SESSION_BY_NUMBER] = {"SELECT " SESSION_COLUMNS
                               " FROM session WHERE session_no = ?1",
        "Reading the sessions of"},
    [SQL_SESSIONS] = {"SELECT " SESSION_COLUMNS
                      " FROM session ORDER BY starts_ms, session_no",
        "Reading the sessions of"},
    [SQL_SESSION_PUT] = {"INSERT OR REPLACE INTO session (" SESSION_COLUMNS ")"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
                         " ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        "Keeping the sessions in"},

    [SQL_REGISTRATION] = {"SELECT " REGISTRATION_COLUMNS
                          " FROM registration WHERE code = ?1",
        "Reading the roster of"},
    [SQL_ROSTER_BY_NAME] = {"SELECT " REGISTRATION_COLUMNS
                            " FROM registration WHERE session_no = ?1"
                            " ORDER BY sort_key, code",
        "Reading the roster of"},
    [SQL_ROSTER_BY_SIGN_UP] = {"SELECT " REGISTRATION_COLUMNS
                               " FROM registration WHERE session_no = ?1"
                               " ORDER BY signed_up_ms, line, code",
        "Reading the roster of"},
    /* The id of the last row that could be shown; ids come by name. */
    [SQL_SEARCH_EDGE] = {"SELECT max(id) FROM (SELECT r.id AS id FROM person AS p"
                         " CROSS JOIN registration AS r ON r.id = p.rowid"
                         " WHERE p.person MATCH ?1 AND r.session_no = ?2"
                         " ORDER BY p.rowid LIMIT ?3)",
        "Searching in"},
    [SQL_SEARCH_NAME] = {"SELECT " REGISTRATION_COLUMNS " FROM person AS p"
                         " CROSS JOIN registration AS r ON r.id = p.rowid"
                         " WHERE p.person MATCH ?1 AND p.rowid <= ?4"
                         " AND r.session_no = ?2 ORDER BY r.sort_key, r.code LIMIT ?3",
        "Searching in"},
    [SQL_SEARCH_CODE] = {"SELECT " REGISTRATION_COLUMNS " FROM registration"
                         " WHERE code BETWEEN ?1 AND ?4 AND session_no = ?2"
                         " ORDER BY sort_key, code LIMIT ?3",
        "Searching in"},
    [SQL_REGISTRATION_KEYS] = {"SELECT " REGISTRATION_COLUMNS ", sort_key, words"
                               " FROM registration WHERE code = ?1",
        "Reading the roster of"},
    [SQL_REGISTRATION_LAST_ID] = {"SELECT max(id) FROM registration"
                                  " WHERE id BETWEEN ?1 AND ?2",
        "Reading the roster of"},
    [SQL_REGISTRATION_PUT] = {"INSERT INTO registration (" REGISTRATION_COLUMNS
                              ", id, sort_key, words) VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
                              " ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        "Keeping the roster in"},
    [SQL_REGISTRATION_SET] = {"UPDATE registration SET session_no = ?2, status = ?3,"
                              " generation = ?4, signed_up_ms = ?5, line = ?6,"
                              " first_name = ?7, name = ?8, school = ?9, region = ?10,"
                              " table_name = ?11 WHERE code = ?1",
        "Keeping the roster in"},
    [SQL_REGISTRATION_REMOVE] = {"DELETE FROM registration WHERE code = ?1",
        "Keeping the roster in"},

    [SQL_PERSON_PUT] = {"INSERT INTO person (rowid, words) VALUES (?1, ?2)",
        "Keeping the names in"},
    /* The index keeps no text of its own: it has to be told what it is to forget. */
    [SQL_PERSON_REMOVE] = {"INSERT INTO person (person, rowid, words)"
                           " SELECT 'delete', id, words FROM registration"
                           " WHERE code = ?1",
        "Keeping the names in"},

    [SQL_AGENDA] = {"SELECT kind, title, starts_ms, ends_ms, audience, url FROM agenda"
                    " ORDER BY position",
        "Reading the agenda of"},
    [SQL_AGENDA_EMPTY] = {"DELETE FROM agenda", "Keeping the agenda in"},
    [SQL_AGENDA_PUT] = {"INSERT INTO agenda (kind, title, starts_ms, ends_ms, audience,"
                        " url) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        "Keeping the agenda in"},
    [SQL_SEALED] = {"SELECT box FROM sealed WHERE id = ?1",
        "Reading other sessions' tickets of"},
    [SQL_SEALED_PUT] = {"INSERT INTO sealed (id, box) VALUES (?1, ?2)"
                        " ON CONFLICT (id) DO UPDATE SET box = excluded.box"
                        " WHERE box IS NOT excluded.box",
        "Keeping other sessions' tickets in"},
    [SQL_SEEN_NUMBER] = {"INSERT OR IGNORE INTO temp.seen_number (what, number)"
                         " VALUES (?1, ?2)",
        "Keeping the roster in"},
    [SQL_SEEN_ID] = {"INSERT OR IGNORE INTO temp.seen_id (id) VALUES (?1)",
        "Keeping the roster in"},

    /* What a kiosk said last stands; an older file can't take it back. */
    [SQL_PEER_PUT] = {"INSERT INTO peer (device, name, session, heard_ms, head_seq)"
                      " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (device) DO UPDATE SET"
                      " name = excluded.name, session = excluded.session,"
                      " head_seq = iif(excluded.heard_ms >= heard_ms,"
                      "   excluded.head_seq, head_seq),"
                      " heard_ms = max(excluded.heard_ms, heard_ms)",
        "Keeping the other kiosks in"},
    [SQL_PEERS_COUNT] = {"SELECT count(*) FROM peer", "Reading the other kiosks of"},
    [SQL_PEERS] = {"SELECT device, name, session, heard_ms, head_seq FROM peer"
                   " ORDER BY device",
        "Reading the other kiosks of"},

    [SQL_HEAD] = {"SELECT seq, hash, hlc, wall_ms FROM own_event"
                  " ORDER BY seq DESC LIMIT 1",
        "Reading the log of"},
    [SQL_OWN_EVENT_PUT] = {"INSERT INTO own_event (seq, session_no, hlc, wall_ms, hash,"
                           " bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        "Writing to the log of"},
    [SQL_OWN_EVENT_HASH] = {"SELECT hash FROM own_event WHERE seq = ?1",
        "Reading the log of"},
    [SQL_PEER_EVENT_PUT] = {"INSERT OR IGNORE INTO peer_event (device, seq, hash,"
                            " session_no, hlc, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        "Keeping another kiosk's event in"},
    [SQL_PEER_STAMPS] = {"SELECT id, hlc FROM peer_event WHERE id > ?1 ORDER BY id",
        "Reading the log of"},
    [SQL_PEER_EVENTS_SINCE] = {"SELECT bytes, id FROM peer_event WHERE id > ?1"
                               " ORDER BY id",
        "Reading other kiosks' events of"},
    [SQL_DETAIL_PUT] = {"INSERT OR IGNORE INTO detail (device, seq, hash, session_no,"
                        " wall_ms, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        "Keeping an event's details in"},
    /* Of two events under one number the own one goes first. */
    [SQL_DETAIL_GET] = {"SELECT bytes FROM detail AS d WHERE device = ?1 AND seq = ?2"
                        " AND bytes IS NOT NULL ORDER BY hash IS NOT"
                        " (SELECT hash FROM own_event WHERE seq = d.seq), hash LIMIT 1",
        "Reading an event's details of"},
    [SQL_EVENTS] = {"SELECT bytes FROM ("
                    " SELECT hlc, ?2 AS device, seq, hash, bytes FROM own_event"
                    " WHERE ?1 = 0 OR session_no = ?1 UNION ALL"
                    " SELECT hlc, device, seq, hash, bytes FROM peer_event"
                    " WHERE ?1 = 0 OR session_no = ?1)"
                    " ORDER BY hlc, device, seq, hash",
        "Reading the log of"},
    [SQL_OWN_EVENTS] = {"SELECT bytes FROM own_event WHERE seq >= ?1 ORDER BY seq",
        "Reading the log of"},
    [SQL_OWN_CHAIN] = {"SELECT seq, session_no, hlc, wall_ms, hash, bytes FROM own_event"
                       " ORDER BY seq",
        "Proving the log of"},
    [SQL_PEER_EVENTS] = {"SELECT device, seq, hash, session_no, hlc, bytes"
                         " FROM peer_event",
        "Proving the log of"},
    [SQL_PEER_FORKS] = {"SELECT count(*) FROM peer_event AS p WHERE p.device = ?1"
                        " AND NOT EXISTS (SELECT 1 FROM own_event AS o"
                        " WHERE o.seq = p.seq AND o.hash = p.hash)",
        "Proving the log of"},
    [SQL_DETAIL_ROW] = {"SELECT bytes FROM detail"
                        " WHERE device = ?1 AND seq = ?2 AND hash = ?3",
        "Proving the log of"},

    /* Where the session isn't known any more, the event's own time says how old it is. */
    [SQL_FORGET_DETAILS] = {"UPDATE detail SET bytes = NULL WHERE bytes IS NOT NULL AND"
                            " CASE WHEN session_no IN (SELECT session_no FROM session)"
                            " THEN session_no IN (SELECT session_no FROM session"
                            "   WHERE ends_ms < ?1)"
                            " ELSE wall_ms < ?1 END"
                            " AND (device <> ?2 OR seq <= ?3)",
        "Forgetting what is past in"},
    [SQL_FORGET_NAMES] = {"INSERT INTO person (person, rowid, words)"
                          " SELECT 'delete', id, words FROM registration"
                          " WHERE session_no NOT IN"
                          " (SELECT session_no FROM session WHERE ends_ms >= ?1)",
        "Forgetting what is past in"},
    [SQL_FORGET_ROSTERS] = {"DELETE FROM registration WHERE session_no NOT IN"
                            " (SELECT session_no FROM session WHERE ends_ms >= ?1)",
        "Forgetting what is past in"},
    [SQL_FORGET_SEALED] = {"DELETE FROM sealed WHERE NOT EXISTS"
                           " (SELECT 1 FROM session WHERE ends_ms >= ?1)",
        "Forgetting what is past in"},
    /* Deleted names linger in the full-text index until its segments are merged. */
    [SQL_SETTLE_SEARCH] = {"INSERT INTO person (person) VALUES ('optimize')",
        "Forgetting what is past in"},
    [SQL_INTEGRITY] = {"PRAGMA integrity_check(1)", "Proving the file"},
};
