/* Every statement of the store but the schema's: see statements.h. */
#include "statements.h"

#include "core/store/log/sum.h"

#include <brugwachter/said.h>

#define STAGING BW_SAYS("Reading a roster letter for")
#define SESSION_READ "SELECT " SESSION_COLUMNS ", sum IS " SUM_OF_SESSION " FROM session"
#define REGISTRATION_READ "SELECT " REGISTRATION_COLUMNS ", sum IS " SUM_OF_REGISTRATION
#define SESSION_PLACES                                                                   \
    "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"   \
    " ?19, ?20, ?21, ?22"
#define REGISTRATION_PLACES "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14"
#define KIOSK_PLACES                                                                     \
    "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16"

const struct store_statement bw_store_statements[SQL_COUNT] = {
    [SQL_BEGIN] = {"BEGIN IMMEDIATE", BW_SAYS("Beginning to write to")},
    [SQL_BEGIN_READ] = {"BEGIN", BW_SAYS("Beginning to read")},
    [SQL_COMMIT] = {"COMMIT", BW_SAYS("Saving to")},
    [SQL_DATA_VERSION] = {"PRAGMA data_version", BW_SAYS("Looking for news in")},
    [SQL_SETTING_GET] = {"SELECT value, sum IS bw_sum('setting', name, value)"
                         " FROM setting WHERE name = ?1",
        BW_SAYS("Reading the settings of")},
    [SQL_SETTING_PUT] = {"INSERT INTO setting (name, value, sum)"
                         " VALUES (?1, ?2, bw_sum('setting', ?1, ?2))"
                         " ON CONFLICT (name) DO UPDATE SET value = excluded.value,"
                         " sum = excluded.sum",
        BW_SAYS("Keeping the settings in")},
    [SQL_NUMBER_GET] = {"SELECT value, sum IS bw_sum('number', name, value)"
                        " FROM number WHERE name = ?1",
        BW_SAYS("Reading the settings of")},
    [SQL_NUMBER_PUT] = {"INSERT INTO number (name, value, sum)"
                        " VALUES (?1, ?2, bw_sum('number', ?1, ?2))"
                        " ON CONFLICT (name) DO UPDATE SET value = excluded.value,"
                        " sum = excluded.sum",
        BW_SAYS("Keeping the settings in")},
    [SQL_KEYS] = {"SELECT key, public, sum IS bw_sum('key', position, key, public)"
                  " FROM organiser_key ORDER BY position",
        BW_SAYS("Reading the keys of")},
    [SQL_KEYS_EMPTY] = {"DELETE FROM organiser_key", BW_SAYS("Keeping the keys in")},
    [SQL_KEY_PUT] = {"INSERT INTO organiser_key (position, key, public, sum)"
                     " VALUES (?1, ?2, ?3, bw_sum('key', ?1, ?2, ?3))",
        BW_SAYS("Keeping the keys in")},
    [SQL_OWN_SESSIONS] = {"SELECT code, sum IS bw_sum('own_session', position, code)"
                          " FROM own_session ORDER BY position",
        BW_SAYS("Reading the settings of")},
    [SQL_OWN_SESSIONS_EMPTY] = {"DELETE FROM own_session",
        BW_SAYS("Keeping the settings in")},
    [SQL_OWN_SESSION_PUT] = {"INSERT INTO own_session (position, code, sum)"
                             " VALUES (?1, ?2, bw_sum('own_session', ?1, ?2))",
        BW_SAYS("Keeping the settings in")},

    [SQL_SESSION_BY_CODE] = {SESSION_READ " WHERE code = ?1",
        BW_SAYS("Reading the sessions of")},
    [SQL_SESSION_BY_NUMBER] = {SESSION_READ " WHERE session_no = ?1",
        BW_SAYS("Reading the sessions of")},
    [SQL_SESSIONS] = {SESSION_READ " ORDER BY starts_ms, session_no",
        BW_SAYS("Reading the sessions of")},
    [SQL_SESSIONS_PROOF] = {SESSION_READ " ORDER BY session_no",
        BW_SAYS("Proving the sessions of")},
    [SQL_SESSION_PUT] = {"INSERT OR REPLACE INTO session (" SESSION_COLUMNS ", sum)"
                         " VALUES (" SESSION_PLACES ", bw_sum('session', " SESSION_PLACES
                         "))",
        BW_SAYS("Keeping the sessions in")},

    [SQL_REGISTRATION] = {REGISTRATION_READ ", id FROM registration WHERE code = ?1",
        BW_SAYS("Reading the roster of")},
    /* All sessions: a row whose session is wrong is met by its checksum (S9). */
    [SQL_ROSTER_BY_NAME] = {REGISTRATION_READ " FROM registration"
                                              " ORDER BY sort_key, code",
        BW_SAYS("Reading the roster of")},
    [SQL_ROSTER_BY_SIGN_UP] = {REGISTRATION_READ
        " FROM registration ORDER BY signed_up_ms, line, code",
        BW_SAYS("Reading the roster of")},
    [SQL_ROSTER_ALL] = {REGISTRATION_READ ", id FROM registration NOT INDEXED"
                                          " ORDER BY id",
        BW_SAYS("Proving the roster of")},
    /* The id of the last row that could be shown; ids come by name. */
    [SQL_SEARCH_EDGE] = {"SELECT max(id) FROM (SELECT r.id AS id FROM person AS p"
                         " CROSS JOIN registration AS r ON r.id = p.rowid"
                         " WHERE p.person MATCH ?1 AND r.session_no = ?2"
                         " ORDER BY p.rowid LIMIT ?3)",
        BW_SAYS("Searching in")},
    [SQL_SEARCH_NAME] = {REGISTRATION_READ
        " FROM (SELECT r.* FROM person AS p"
        " CROSS JOIN registration AS r ON r.id = p.rowid"
        " WHERE p.person MATCH ?1 AND p.rowid <= ?4"
        " AND r.session_no = ?2) ORDER BY sort_key, code LIMIT ?3",
        BW_SAYS("Searching in")},
    [SQL_SEARCH_CODE] = {REGISTRATION_READ
        " FROM registration"
        " WHERE code BETWEEN ?1 AND ?4 AND session_no = ?2"
        " ORDER BY sort_key, code LIMIT ?3",
        BW_SAYS("Searching in")},
    [SQL_REGISTRATION_KEYS] = {REGISTRATION_READ ", sort_key, words"
                                                 " FROM registration WHERE code = ?1",
        BW_SAYS("Reading the roster of")},
    [SQL_REGISTRATION_LAST_ID] = {"SELECT max(id) FROM registration"
                                  " WHERE id BETWEEN ?1 AND ?2",
        BW_SAYS("Reading the roster of")},
    [SQL_REGISTRATION_PUT] = {"INSERT INTO registration (" REGISTRATION_COLUMNS
                              ", id, sort_key, words, sum) VALUES (" REGISTRATION_PLACES
                              ", ?15, ?16, ?17, bw_sum('registration',"
                              " " REGISTRATION_PLACES ", ?15, ?16, ?17))",
        BW_SAYS("Keeping the roster in")},
    [SQL_REGISTRATION_SET] =
        {"UPDATE registration SET session_no = ?2, status = ?3,"
         " generation = ?4, signed_up_ms = ?5, line = ?6,"
         " first_name = ?7, name = ?8, school = ?9, region = ?10,"
         " table_name = ?11, attention = ?12, names_key = ?13, box = ?14,"
         " sum = bw_sum('registration',"
         " " REGISTRATION_PLACES ", id, sort_key, words)"
         " WHERE code = ?1",
            BW_SAYS("Keeping the roster in")},
    [SQL_REGISTRATION_REMOVE] = {"DELETE FROM registration WHERE code = ?1",
        BW_SAYS("Keeping the roster in")},

    [SQL_PERSON_PUT] = {"INSERT INTO person (rowid, words) VALUES (?1, ?2)",
        BW_SAYS("Keeping the names in")},
    /* The index keeps no text of its own: it has to be told what it is to forget. */
    [SQL_PERSON_REMOVE] = {"INSERT INTO person (person, rowid, words)"
                           " SELECT 'delete', id, words FROM registration"
                           " WHERE code = ?1",
        BW_SAYS("Keeping the names in")},

    [SQL_AGENDA] = {"SELECT kind, title, starts_ms, ends_ms, audience, url FROM agenda"
                    " ORDER BY position",
        BW_SAYS("Reading the agenda of")},
    [SQL_AGENDA_EMPTY] = {"DELETE FROM agenda", BW_SAYS("Keeping the agenda in")},
    [SQL_AGENDA_PUT] = {"INSERT INTO agenda (kind, title, starts_ms, ends_ms, audience,"
                        " url) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        BW_SAYS("Keeping the agenda in")},
    [SQL_SEALED] = {"SELECT box FROM sealed WHERE id = ?1",
        BW_SAYS("Reading other sessions' tickets of")},
    [SQL_SEALED_ALL] = {"SELECT id, sum IS bw_sum('sealed', id, box, series) FROM sealed"
                        " ORDER BY id",
        BW_SAYS("Proving other sessions' tickets of")},

    [SQL_KIOSKS] = {"SELECT " KIOSK_COLUMNS ", sum IS " SUM_OF_KIOSK " FROM kiosk"
                    " ORDER BY device, session",
        BW_SAYS("Reading the other kiosks of")},
    [SQL_KIOSK] = {"SELECT " KIOSK_COLUMNS ", sum IS " SUM_OF_KIOSK " FROM kiosk"
                   " WHERE device = ?1 AND session = ?2",
        BW_SAYS("Reading the other kiosks of")},
    [SQL_KIOSK_PUT] = {"INSERT OR REPLACE INTO kiosk (" KIOSK_COLUMNS ", sum)"
                       " VALUES (" KIOSK_PLACES ", bw_sum('kiosk', " KIOSK_PLACES "))",
        BW_SAYS("Keeping the other kiosks in")},
    [SQL_REVOKED] = {"SELECT device, seq, hash,"
                     " sum IS bw_sum('revoked', device, seq, hash) FROM revoked",
        BW_SAYS("Reading the other kiosks of")},
    [SQL_REVOKED_OF] = {"SELECT seq, hash, sum IS bw_sum('revoked', device, seq, hash)"
                        " FROM revoked WHERE device = ?1",
        BW_SAYS("Reading the other kiosks of")},
    [SQL_REVOKED_PUT] = {"INSERT OR REPLACE INTO revoked (device, seq, hash, sum)"
                         " VALUES (?1, ?2, ?3, bw_sum('revoked', ?1, ?2, ?3))",
        BW_SAYS("Keeping the other kiosks in")},
    [SQL_REVOKED_DROP] = {"DELETE FROM revoked WHERE device = ?1",
        BW_SAYS("Keeping the other kiosks in")},

    [SQL_HELD] = {"SELECT epoch, revision, roster_ms,"
                  " sum IS bw_sum('held', session_no, epoch, revision, roster_ms)"
                  " FROM held WHERE session_no = ?1",
        BW_SAYS("Reading the roster's revision in")},
    [SQL_HELD_PUT] = {"INSERT OR REPLACE INTO held (session_no, epoch, revision,"
                      " roster_ms, sum)"
                      " VALUES (?1, ?2, ?3, ?4, bw_sum('held', ?1, ?2, ?3, ?4))",
        BW_SAYS("Keeping the roster's revision in")},
    [SQL_DETAILS_KEY] = {"SELECT key, sealed, lan, sum IS " SUM_OF_DETAILS_KEY
                         " FROM details_key WHERE session_no = ?1",
        BW_SAYS("Reading a session's key in")},
    [SQL_DETAILS_KEY_PUT] = {"INSERT OR REPLACE INTO details_key (session_no, key,"
                             " sealed, lan, sum) VALUES (?1, ?2, ?3, ?4,"
                             " bw_sum('details_key', ?1, ?2, ?3, ?4))",
        BW_SAYS("Keeping a session's key in")},
    [SQL_DETAILS_KEY_CLEAR] = {"SELECT session_no, key, sum IS " SUM_OF_DETAILS_KEY
                               " FROM details_key WHERE sealed = 0 LIMIT 1",
        BW_SAYS("Sealing the names in")},
    [SQL_DETAILS_KEYS_EMPTY] = {"UPDATE details_key SET key = x'', sealed = 1,"
                                " sum = bw_sum('details_key', session_no, x'', 1, lan)"
                                " WHERE sum IS " SUM_OF_DETAILS_KEY,
        BW_SAYS("Giving up the names in")},
    [SQL_DETAILS_KEY_DROP] = {"DELETE FROM details_key WHERE session_no = 0",
        BW_SAYS("Giving up the names in")},
    [SQL_HELD_EMPTY] = {"DELETE FROM held", "Giving up the names in"},
    [SQL_NAMES_KEY] = {"SELECT box FROM names_key WHERE id = ?1", "Reading the names of"},
    [SQL_NAMES_KEY_PUT] = {"INSERT INTO names_key (id, box) VALUES (?1, ?2)",
        BW_SAYS("Sealing the names in")},
    [SQL_NAMES_KEYS_DROP] = {"DELETE FROM names_key WHERE id NOT IN"
                             " (SELECT names_key FROM registration)",
        BW_SAYS("Sealing the names in")},
    [SQL_NAMES_CLEAR] = {REGISTRATION_READ ", id FROM registration NOT INDEXED"
                                           " WHERE id > ?1 AND names_key = 0"
                                           " ORDER BY id LIMIT ?2",
        BW_SAYS("Sealing the names in")},
    [SQL_NAMES_EMPTY] = {"UPDATE registration SET names_key = 0, box = x'',"
                         " sum = bw_sum('registration', code, session_no, status,"
                         " generation, signed_up_ms, line, first_name, name, school,"
                         " region, table_name, attention, 0, x'', id, sort_key, words)"
                         " WHERE sum IS " SUM_OF_REGISTRATION,
        BW_SAYS("Giving up the names in")},
    /* The index by name that an opened connection has in its memory (names_find.c). */
    [SQL_OPEN_LAST_ROW] = {"SELECT max(row) FROM temp.name_row"
                           " WHERE row BETWEEN ?1 AND ?2",
        BW_SAYS("Searching in")},
    [SQL_OPEN_ROW_PUT] = {"INSERT INTO temp.name_row (row, of_code, sorted, named)"
                          " VALUES (?1, ?2, ?3, ?4)",
        BW_SAYS("Searching in")},
    [SQL_OPEN_WORDS_PUT] = {"INSERT INTO temp.name_index (rowid, named) VALUES (?1, ?2)",
        BW_SAYS("Searching in")},
    [SQL_OPEN_ROSTER] = {REGISTRATION_READ
        " FROM registration LEFT JOIN temp.name_row ON of_code = code"
        " ORDER BY sorted, code",
        BW_SAYS("Reading the roster of")},
    [SQL_OPEN_EDGE] = {"SELECT max(row) FROM (SELECT n.row AS row FROM temp.name_index"
                       " AS p CROSS JOIN temp.name_row AS n ON n.row = p.rowid"
                       " CROSS JOIN registration AS r ON r.code = n.of_code"
                       " WHERE p.name_index MATCH ?1 AND r.session_no = ?2"
                       " ORDER BY p.rowid LIMIT ?3)",
        BW_SAYS("Searching in")},
    [SQL_OPEN_NAME] = {REGISTRATION_READ
        " FROM (SELECT r.*, n.sorted FROM temp.name_index AS p"
        " CROSS JOIN temp.name_row AS n ON n.row = p.rowid"
        " CROSS JOIN registration AS r ON r.code = n.of_code"
        " WHERE p.name_index MATCH ?1 AND p.rowid <= ?4"
        " AND r.session_no = ?2) ORDER BY sorted, code LIMIT ?3",
        BW_SAYS("Searching in")},
    [SQL_OPEN_CODE] = {REGISTRATION_READ
        " FROM registration LEFT JOIN temp.name_row ON of_code = code"
        " WHERE code BETWEEN ?1 AND ?4 AND session_no = ?2"
        " ORDER BY sorted, code LIMIT ?3",
        BW_SAYS("Searching in")},
    [SQL_SENT_PUT] = {"INSERT OR REPLACE INTO sent_letter (carrier, name, from_seq,"
                      " to_seq, counter, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        BW_SAYS("Keeping what was sent in")},
    [SQL_SENT] = {"SELECT carrier, name, from_seq, to_seq, counter, hash FROM sent_letter"
                  " WHERE carrier = ?1 ORDER BY counter, name",
        BW_SAYS("Reading what was sent of")},
    [SQL_SENT_DROP] = {"DELETE FROM sent_letter WHERE carrier = ?1 AND name = ?2",
        BW_SAYS("Keeping what was sent in")},

    [SQL_HEAD] = {"SELECT bytes, hash, ?1, seq, session_no, hlc, 0 FROM own_event"
                  " ORDER BY seq DESC LIMIT 1",
        BW_SAYS("Reading the log of")},
    [SQL_OWN_EVENT_PUT] = {"INSERT INTO own_event (seq, session_no, hlc, wall_ms, hash,"
                           " bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        BW_SAYS("Writing to the log of")},
    [SQL_OWN_EVENT_HASH] = {"SELECT hash FROM own_event WHERE seq = ?1",
        BW_SAYS("Reading the log of")},
    [SQL_PEER_EVENT_PUT] = {"INSERT OR IGNORE INTO peer_event (device, seq, hash,"
                            " session_no, hlc, bytes, quarantine)"
                            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        BW_SAYS("Keeping another kiosk's event in")},
    [SQL_PEER_EVENT_QUARANTINE] = {"UPDATE peer_event SET quarantine = ?2 WHERE id = ?1",
        BW_SAYS("Judging another kiosk's event in")},
    [SQL_PEER_EVENT_FIND] = {"SELECT id, quarantine FROM peer_event"
                             " WHERE device = ?1 AND seq = ?2 AND hash = ?3",
        BW_SAYS("Judging another kiosk's event in")},
    [SQL_PEER_STAMPS] = {"SELECT id, hlc FROM peer_event WHERE id > ?1"
                         " AND quarantine IN (0, 10) ORDER BY id",
        BW_SAYS("Reading the log of")},
    [SQL_PEER_EVENTS_SINCE] = {"SELECT bytes, hash, device, seq, session_no, hlc,"
                               " quarantine, id FROM peer_event WHERE id > ?1"
                               " ORDER BY id",
        BW_SAYS("Reading other kiosks' events of")},
    [SQL_PEER_EVENTS_JUDGE] = {"SELECT bytes, hash, device, seq, session_no, hlc,"
                               " quarantine, id FROM peer_event ORDER BY id",
        BW_SAYS("Judging other kiosks' events of")},
    [SQL_DETAIL_PUT] = {"INSERT OR IGNORE INTO detail (device, seq, hash, session_no,"
                        " wall_ms, bytes, sealed, sum) VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
                        " ?7, bw_sum('detail', ?1, ?2, ?3, ?4, ?5, ?6, ?7))",
        BW_SAYS("Keeping an event's details in")},
    [SQL_DETAIL_EMPTY] = {"INSERT INTO detail (device, seq, hash, session_no, wall_ms,"
                          " bytes, sealed, sum) VALUES (?1, ?2, ?3, 0, 0, NULL, 0,"
                          " bw_sum('detail', ?1, ?2, ?3, 0, 0, NULL, 0))"
                          " ON CONFLICT (device, seq, hash) DO UPDATE SET bytes = NULL,"
                          " sum = bw_sum('detail', device, seq, hash, session_no,"
                          " wall_ms, NULL, sealed)",
        BW_SAYS("Forgetting an event's details in")},
    [SQL_DETAIL_CLEAR] = {"SELECT device, seq, hash, session_no, bytes FROM detail"
                          " WHERE (device, seq, hash) > (?1, ?2, ?3)"
                          " AND bytes IS NOT NULL AND sealed = 0"
                          " ORDER BY device, seq, hash LIMIT 1",
        BW_SAYS("Sealing the names in")},
    /* A row that didn't hold before doesn't after. */
    [SQL_DETAIL_SEAL] = {"UPDATE detail SET bytes = ?4, sealed = ?5,"
                         " sum = CASE WHEN sum IS " SUM_OF_DETAIL
                         " THEN bw_sum('detail', device, seq, hash, session_no, wall_ms,"
                         " ?4, ?5) ELSE x'' END"
                         " WHERE device = ?1 AND seq = ?2 AND hash = ?3",
        BW_SAYS("Sealing the names in")},
    /* Of two events under one number the own one goes first. */
    [SQL_DETAIL_GET] = {"SELECT bytes, sum IS " SUM_OF_DETAIL ", sealed, session_no, hash"
                        " FROM detail AS d WHERE device = ?1 AND seq = ?2"
                        " AND bytes IS NOT NULL ORDER BY hash IS NOT"
                        " (SELECT hash FROM own_event WHERE seq = d.seq), hash LIMIT 1",
        BW_SAYS("Reading an event's details of")},
    /* All sessions: a column that says the wrong one is met by its event (S9). */
    [SQL_EVENTS] = {"SELECT bytes, hash, ?1 AS device, seq, session_no, hlc, 0, 1 FROM"
                    " own_event UNION ALL"
                    " SELECT bytes, hash, device, seq, session_no, hlc, quarantine, 0"
                    " FROM peer_event ORDER BY hlc, device, seq, hash",
        BW_SAYS("Reading the log of")},
    [SQL_OWN_EVENTS] = {"SELECT bytes, hash, ?2 AS device, seq, session_no, hlc, 0"
                        " FROM own_event WHERE seq >= ?1 ORDER BY seq",
        BW_SAYS("Reading the log of")},
    [SQL_OWN_CHAIN] = {"SELECT seq, session_no, hlc, wall_ms, hash, bytes FROM own_event"
                       " ORDER BY seq",
        BW_SAYS("Proving the log of")},
    [SQL_PEER_EVENTS] = {"SELECT device, seq, hash, session_no, hlc, bytes"
                         " FROM peer_event",
        BW_SAYS("Proving the log of")},
    [SQL_PEER_FORKS] = {"SELECT count(*) FROM peer_event AS p WHERE p.device = ?1"
                        " AND NOT EXISTS (SELECT 1 FROM own_event AS o"
                        " WHERE o.seq = p.seq AND o.hash = p.hash)",
        BW_SAYS("Proving the log of")},
    [SQL_DETAIL_ROW] = {"SELECT bytes, sealed, sum IS " SUM_OF_DETAIL ", session_no"
                        " FROM detail"
                        " WHERE device = ?1 AND seq = ?2 AND hash = ?3",
        BW_SAYS("Proving the log of")},

    /* Where the session isn't known any more, the event's own time says how old it is. */
    [SQL_FORGET_DETAILS] =
        {"UPDATE detail SET bytes = NULL, sum = bw_sum('detail', device,"
         " seq, hash, session_no, wall_ms, NULL, sealed)"
         " WHERE bytes IS NOT NULL AND"
         " CASE WHEN session_no IN (SELECT session_no FROM session)"
         " THEN session_no IN (SELECT session_no FROM session"
         "   WHERE ends_ms < ?1)"
         " ELSE wall_ms < ?1 END"
         " AND (device <> ?2 OR seq <= ?3)",
            BW_SAYS("Forgetting what is past in")},
    [SQL_FORGET_NAMES] = {"INSERT INTO person (person, rowid, words)"
                          " SELECT 'delete', id, words FROM registration"
                          " WHERE session_no NOT IN"
                          " (SELECT session_no FROM session WHERE ends_ms >= ?1)",
        BW_SAYS("Forgetting what is past in")},
    [SQL_FORGET_ROSTERS] = {"DELETE FROM registration WHERE session_no NOT IN"
                            " (SELECT session_no FROM session WHERE ends_ms >= ?1)",
        BW_SAYS("Forgetting what is past in")},
    [SQL_FORGET_SEALED] = {"DELETE FROM sealed WHERE NOT EXISTS"
                           " (SELECT 1 FROM session WHERE ends_ms >= ?1)",
        BW_SAYS("Forgetting what is past in")},
    /* Deleted names linger in the full-text index until its segments are merged. */
    [SQL_SETTLE_SEARCH] = {"INSERT INTO person (person) VALUES ('optimize')",
        BW_SAYS("Forgetting what is past in")},
    [SQL_INTEGRITY] = {"PRAGMA integrity_check(1)", BW_SAYS("Proving the file")},

    /* A letter's rows, kept aside till all have come (letter.c). */
    [SQL_STAGE_SESSION] = {"INSERT OR REPLACE INTO temp.staged_session"
                           " VALUES (" SESSION_PLACES ")",
        STAGING},
    [SQL_STAGED_SESSIONS] = {"SELECT " SESSION_COLUMNS ", 1 FROM temp.staged_session",
        STAGING},
    [SQL_STAGE_REGISTRATION] = {"INSERT OR REPLACE INTO temp.staged_registration"
                                " VALUES (" REGISTRATION_PLACES ")",
        STAGING},
    [SQL_STAGED_REGISTRATIONS] = {"SELECT " REGISTRATION_COLUMNS
                                  ", 1 FROM temp.staged_registration",
        STAGING},
    [SQL_STAGE_GONE] = {"INSERT OR IGNORE INTO temp.staged_gone VALUES (?1)", STAGING},
    [SQL_STAGED_GONE] = {"SELECT g.code FROM temp.staged_gone AS g JOIN registration AS r"
                         " ON r.code = g.code AND r.session_no = ?1",
        STAGING},
    [SQL_STAGE_SEALED] = {"INSERT OR REPLACE INTO temp.staged_sealed VALUES (?1, ?2)",
        STAGING},
    [SQL_STAGE_SEALED_GONE] = {"INSERT OR IGNORE INTO temp.staged_sealed_gone"
                               " VALUES (?1)",
        STAGING},
    [SQL_STAGE_AGENDA] = {"INSERT INTO temp.staged_agenda VALUES (?1, ?2, ?3, ?4, ?5,"
                          " ?6)",
        STAGING},
    [SQL_STAGED_AGENDA] = {"SELECT kind, title, starts_ms, ends_ms, audience, url"
                           " FROM temp.staged_agenda ORDER BY rowid",
        STAGING},
    [SQL_STAGE_EVENT] = {"INSERT INTO temp.staged_event VALUES (?1, ?2)", STAGING},
    [SQL_STAGED_EVENTS] = {"SELECT bytes, details FROM temp.staged_event ORDER BY rowid",
        STAGING},
    [SQL_STAGE_FORGET] = {"INSERT INTO temp.staged_forget VALUES (?1, ?2, ?3)", STAGING},
    [SQL_STAGED_FORGET] = {"SELECT device, seq, hash FROM temp.staged_forget", STAGING},
    [SQL_APPLY_SEALED] = {"INSERT INTO sealed (id, box, series, sum) SELECT id, box, ?1,"
                          " bw_sum('sealed', id, box, ?1) FROM temp.staged_sealed"
                          " WHERE true ON CONFLICT (id) DO UPDATE SET box = excluded.box,"
                          " series = excluded.series, sum = excluded.sum"
                          " WHERE sum IS NOT excluded.sum",
        BW_SAYS("Keeping other sessions' tickets in")},
    [SQL_APPLY_SEALED_GONE] = {"DELETE FROM sealed WHERE series = ?1"
                               " AND id IN (SELECT id FROM temp.staged_sealed_gone)",
        BW_SAYS("Keeping other sessions' tickets in")},
    [SQL_DROP_SESSIONS] = {"DELETE FROM session WHERE series = ?1 AND session_no NOT IN"
                           " (SELECT session_no FROM temp.staged_session)",
        BW_SAYS("Keeping the sessions in")},
    /* The index keeps no text of its own: it has to be told what it is to forget. */
    [SQL_DROP_NAMES] = {"INSERT INTO person (person, rowid, words)"
                        " SELECT 'delete', id, words FROM registration"
                        " WHERE session_no = ?1 AND code NOT IN"
                        " (SELECT code FROM temp.staged_registration)",
        BW_SAYS("Keeping the names in")},
    [SQL_DROP_REGISTRATIONS] = {"DELETE FROM registration WHERE session_no = ?1"
                                " AND code NOT IN"
                                " (SELECT code FROM temp.staged_registration)",
        BW_SAYS("Keeping the roster in")},
    /* '' is of before rows knew their series. */
    [SQL_DROP_SEALED] = {"DELETE FROM sealed WHERE series IN (?1, '') AND id NOT IN"
                         " (SELECT id FROM temp.staged_sealed)",
        BW_SAYS("Keeping other sessions' tickets in")},
    [SQL_DROP_KIOSK] = {"DELETE FROM kiosk WHERE device = ?1 AND session = ?2",
        BW_SAYS("Keeping the other kiosks in")},
};
