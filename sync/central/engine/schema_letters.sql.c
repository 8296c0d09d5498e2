/* The tables of schema 2 that letters need (design.md, letters; enrolment): what the
 * office knows of kiosks, of letters that came and went, and what waits for the
 * organiser's word.
 *
 * Types and times as in schema.sql.c. Numbers of `state` stand beside their columns. */
#include "central/engine/schema.h"

#include <stddef.h>

const char *const bw_schema_letters[] = {
    /* Rosters are ordered by epoch, then revision. A database that was put back from a
     * copy begins a new one. `carriers`: URIs, one a line;
     * '' is the folder beside the file. */
    "ALTER TABLE central ADD COLUMN epoch INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE central ADD COLUMN epoch_ms INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE central ADD COLUMN epoch_why TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE central ADD COLUMN carriers TEXT NOT NULL DEFAULT ''",

    /* Details of walk-ins are encrypted once more for their session under this; made at
     * the first enrolment for it. */
    "ALTER TABLE session ADD COLUMN details_key BLOB",

    /* Sealed rows of a series, by a mark that rises with every row made or taken away. */
    "ALTER TABLE series ADD COLUMN sealed_mark INTEGER NOT NULL DEFAULT 0",
    "CREATE TABLE sealed ("
    " series TEXT NOT NULL,"
    " session_no INTEGER NOT NULL,"
    " code INTEGER NOT NULL,"
    " generation INTEGER NOT NULL,"
    " signing_key INTEGER NOT NULL,"
    " id BLOB NOT NULL,"
    " box BLOB," /* NULL: gone (purged, its key retired, or to another series) */
    " mark INTEGER NOT NULL,"
    " PRIMARY KEY (series, session_no, code, generation, signing_key))",
    "CREATE INDEX sealed_by_session ON sealed (session_no)",
    "CREATE INDEX sealed_by_mark ON sealed (series, mark)",

    /* `sign_public` and `box_public` are the keys in force: the enrolment's one-time pair
     * until the introduction came, then the kiosk's own. A device that was enrolled under
     * schema 1 has no one-time pair. `state`: 0 enrolled, 1 introduced, 2 revoked, 3 the
     * office's own log, which is no kiosk's. */
    "ALTER TABLE device ADD COLUMN first_sign BLOB",
    "ALTER TABLE device ADD COLUMN first_box BLOB",
    "ALTER TABLE device ADD COLUMN state INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE device ADD COLUMN replaces INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE device ADD COLUMN expires_ms INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE device ADD COLUMN pin_hash TEXT NOT NULL DEFAULT ''",
    /* what this kiosk shows instead of the organiser's own; NULL: the organiser's */
    "ALTER TABLE device ADD COLUMN organiser TEXT",
    "ALTER TABLE device ADD COLUMN phone TEXT",
    "ALTER TABLE device ADD COLUMN privacy_url TEXT",
    "ALTER TABLE device ADD COLUMN revoked_ms INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE device ADD COLUMN revoked_seq INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE device ADD COLUMN revoked_hash BLOB",
    "ALTER TABLE device ADD COLUMN revoked_why TEXT NOT NULL DEFAULT ''",
    /* the newest hello, by its counter */
    "ALTER TABLE device ADD COLUMN hello_counter INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE device ADD COLUMN hello_ms INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE device ADD COLUMN version TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE device ADD COLUMN disk_free_mib INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE device ADD COLUMN camera INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE device ADD COLUMN battery INTEGER NOT NULL DEFAULT 255",
    /* its chain is here without a gap up to this: the receipt that rosters give */
    "ALTER TABLE device ADD COLUMN receipt_seq INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE device ADD COLUMN receipt_hash BLOB",

    /* The revision of the session at which this kiosk came, introduced itself or was
     * revoked: whose roster is older doesn't know it. And what its newest hello says that
     * it holds of this session's roster. */
    "ALTER TABLE device_session ADD COLUMN changed_revision INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE device_session ADD COLUMN held_epoch INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE device_session ADD COLUMN held_revision INTEGER NOT NULL DEFAULT 0",

    /* The newest hello's `heard`: which hello of whom the kiosk knows. */
    "CREATE TABLE heard ("
    " device INTEGER NOT NULL,"
    " peer INTEGER NOT NULL,"
    " counter INTEGER NOT NULL,"
    " heard_ms INTEGER NOT NULL,"
    " PRIMARY KEY (device, peer))",

    /* The first introduction counts (state 1, in force); a second waits (0) until it is
     * accepted: the one before is then 2. */
    "CREATE TABLE introduction ("
    " device INTEGER NOT NULL REFERENCES device (device),"
    " sign_public BLOB NOT NULL,"
    " box_public BLOB NOT NULL,"
    " store_id BLOB NOT NULL,"
    " received_ms INTEGER NOT NULL,"
    " state INTEGER NOT NULL,"
    " PRIMARY KEY (device, sign_public))",

    /* Letters that came, by name. `state`: 0 taken, 1 set aside with its reason, 2 left
     * for later. `hash` is of the whole letter: another one under the same name is looked
     * at anew. `taken_ms` by the office's clock: carriers drop it so long after. */
    "CREATE TABLE letter_in ("
    " name TEXT PRIMARY KEY,"
    " hash BLOB NOT NULL,"
    " kind INTEGER NOT NULL,"
    " device INTEGER NOT NULL,"
    " from_seq INTEGER NOT NULL,"
    " to_seq INTEGER NOT NULL,"
    " counter INTEGER NOT NULL,"
    " taken_ms INTEGER NOT NULL,"
    " state INTEGER NOT NULL,"
    " why TEXT NOT NULL DEFAULT '')",
    "CREATE INDEX letter_in_by_device ON letter_in (device)",

    /* Roster letters that went: the next one carries what changed since. `place` is the
     * carrier's URI, or 'stick'. */
    "CREATE TABLE letter_out ("
    " name TEXT PRIMARY KEY,"
    " device INTEGER NOT NULL,"
    " session_no INTEGER NOT NULL,"
    " epoch INTEGER NOT NULL,"
    " from_revision INTEGER NOT NULL,"
    " to_revision INTEGER NOT NULL,"
    " part INTEGER NOT NULL,"
    " parts INTEGER NOT NULL,"
    " sealed_mark INTEGER NOT NULL,"
    " digest BLOB NOT NULL,"
    " receipt_seq INTEGER NOT NULL,"
    " place TEXT NOT NULL,"
    " written_ms INTEGER NOT NULL)",
    "CREATE INDEX letter_out_by_device ON letter_out (device, session_no, to_revision)",

    /* Events that count nowhere until the organiser settles them: `number` is theirs.
     * Bytes as they came, details as they are once opened. `reason` is the number of enum
     * bw_quarantine_reason. `settled`: 0 waits, 1 taken in, 2 thrown out. */
    "CREATE TABLE quarantine ("
    " number INTEGER PRIMARY KEY,"
    " device INTEGER NOT NULL,"
    " seq INTEGER NOT NULL,"
    " hash BLOB NOT NULL,"
    " prev BLOB NOT NULL,"
    " bytes BLOB NOT NULL,"
    " details BLOB,"
    " session_no INTEGER NOT NULL,"
    " reason INTEGER NOT NULL,"
    " received_ms INTEGER NOT NULL,"
    " sign_public BLOB NOT NULL," /* of the letter's writer */
    " settled INTEGER NOT NULL DEFAULT 0,"
    " settled_ms INTEGER NOT NULL DEFAULT 0,"
    " why TEXT NOT NULL DEFAULT '',"
    " UNIQUE (device, seq, hash))",
    "CREATE INDEX quarantine_by_session ON quarantine (session_no)",

    /* A kiosk of schema 1 has its own pairs already. */
    "UPDATE device SET state = 1",
    NULL,
};
