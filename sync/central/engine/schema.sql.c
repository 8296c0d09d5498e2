/* The tables of the central database.
 *
 * Types are SQLite's; the PostgreSQL adapter reads INTEGER as BIGINT and BLOB as BYTEA.
 * Times are UTC in ms. Status, kind, basis, verdict, flags: the numbers of the enums in
 * brugwachter/session.h and event.h. Codes: 40-bit numbers; NULL where there's none. */
#include "central/engine/schema.h"

#include <stddef.h>

static const char *const first[] = {
    /* One row: its lock is that of numbers (C3). `id` names this central database for
     * ever. The public halves of the organiser's pairs (keys.h). */
    "CREATE TABLE central ("
    " one INTEGER PRIMARY KEY CHECK (one = 1),"
    " id BLOB NOT NULL,"
    " revision INTEGER NOT NULL,"
    " created_ms INTEGER NOT NULL,"
    " sign_public BLOB,"
    " box_public BLOB,"
    " organiser TEXT NOT NULL DEFAULT '',"
    " phone TEXT NOT NULL DEFAULT '',"
    " privacy_url TEXT NOT NULL DEFAULT '')",

    "CREATE TABLE series ("
    " code TEXT PRIMARY KEY,"
    " title TEXT NOT NULL,"
    " own_region_first INTEGER NOT NULL DEFAULT 0)",

    "CREATE TABLE session ("
    " session_no INTEGER PRIMARY KEY,"
    " code TEXT NOT NULL UNIQUE,"
    " series TEXT NOT NULL REFERENCES series (code),"
    " title TEXT NOT NULL,"
    " kind TEXT NOT NULL,"
    " region TEXT NOT NULL,"
    " venue TEXT NOT NULL,"
    " address TEXT NOT NULL,"
    " timezone TEXT NOT NULL,"
    " go_to TEXT NOT NULL,"
    " desk TEXT NOT NULL,"
    " audience TEXT NOT NULL," /* words, separated by ';' */
    " starts_ms INTEGER NOT NULL,"
    " ends_ms INTEGER NOT NULL,"
    " capacity INTEGER NOT NULL,"
    " doors_minutes INTEGER NOT NULL,"
    " release_minutes INTEGER NOT NULL,"
    " extra_places INTEGER NOT NULL,"
    " revision INTEGER NOT NULL)",

    /* Who somebody is over all sessions: `identity` is folded mail and name, or name and
     * school without a mail; NULL once purged. */
    "CREATE TABLE person ("
    " person_no INTEGER PRIMARY KEY,"
    " identity TEXT UNIQUE,"
    " mail TEXT NOT NULL," /* as typed; '' where not given */
    " mail_fold TEXT NOT NULL)",
    "CREATE INDEX person_by_mail ON person (mail_fold)",

    "CREATE TABLE import_batch ("
    " batch_no INTEGER PRIMARY KEY,"
    " kind TEXT NOT NULL," /* sessions, registrations, waitlist, agenda */
    " file TEXT NOT NULL," /* its name, without folders */
    " hash BLOB NOT NULL," /* BLAKE2b-256 of the file */
    " imported_ms INTEGER NOT NULL,"
    " rows_count INTEGER NOT NULL,"
    " added INTEGER NOT NULL,"
    " changed INTEGER NOT NULL,"
    " rejected INTEGER NOT NULL)",

    "CREATE TABLE registration ("
    " code INTEGER PRIMARY KEY,"
    " session_no INTEGER NOT NULL REFERENCES session (session_no),"
    " person_no INTEGER NOT NULL REFERENCES person (person_no),"
    " status INTEGER NOT NULL,"        /* enum bw_registration_status */
    " status_before INTEGER NOT NULL," /* of a blocked one: what it was */
    " generation INTEGER NOT NULL,"
    " signed_up_ms INTEGER NOT NULL,"
    " line INTEGER NOT NULL,"
    " batch_no INTEGER NOT NULL,"   /* breaks ties between files */
    " answers_ms INTEGER NOT NULL," /* sign-up time of the answers that stand */
    " first_name TEXT NOT NULL,"
    " name TEXT NOT NULL,"
    " school TEXT NOT NULL,"
    " role TEXT NOT NULL,"
    " region TEXT NOT NULL,"
    " table_name TEXT NOT NULL,"
    " why TEXT NOT NULL," /* of a block; never leaves the central side */
    " placed_ms INTEGER," /* when the place was given; NULL: never */
    " changed_ms INTEGER NOT NULL,"
    " revision INTEGER NOT NULL,"
    " UNIQUE (session_no, person_no))",
    "CREATE INDEX registration_by_revision ON registration (revision)",

    /* Registrations that are gone (purged): pullers take them off their roster. */
    "CREATE TABLE registration_gone ("
    " code INTEGER PRIMARY KEY,"
    " session_no INTEGER NOT NULL,"
    " revision INTEGER NOT NULL)",

    /* Every ticket ever issued. A retired key's tickets are issued again under the same
     * generation, so the key is part of the key. */
    "CREATE TABLE ticket ("
    " code INTEGER NOT NULL,"
    " generation INTEGER NOT NULL,"
    " signing_key INTEGER NOT NULL,"
    " session_no INTEGER NOT NULL,"
    " text TEXT NOT NULL UNIQUE,"
    " issued_ms INTEGER NOT NULL,"
    " PRIMARY KEY (code, generation, signing_key))",
    "CREATE INDEX ticket_by_session ON ticket (session_no)",

    "CREATE TABLE signing_key ("
    " signing_key INTEGER PRIMARY KEY,"
    " public BLOB NOT NULL,"
    " created_ms INTEGER NOT NULL,"
    " retired_ms INTEGER)", /* NULL: in use; a retired one leaves every keyring */

    "CREATE TABLE agenda_item ("
    " item_no INTEGER PRIMARY KEY," /* order of the file */
    " kind TEXT NOT NULL,"
    " title TEXT NOT NULL,"
    " starts_ms INTEGER NOT NULL," /* 0: no date */
    " ends_ms INTEGER NOT NULL,"
    " audience TEXT NOT NULL,"
    " url TEXT NOT NULL,"
    " revision INTEGER NOT NULL)",

    "CREATE TABLE device ("
    " device INTEGER PRIMARY KEY,"
    " name TEXT NOT NULL,"
    " enrolled_ms INTEGER NOT NULL,"
    " enrolments INTEGER NOT NULL DEFAULT 1,"
    " sign_public BLOB NOT NULL," /* signs event files (Ed25519) */
    " box_public BLOB NOT NULL,"  /* opens roster files (X25519) */
    " credential BLOB,"           /* BLAKE2b-256 of its secret; NULL: none */
    " store_id BLOB,"             /* first link of its chain, once heard */
    " last_contact_ms INTEGER,"
    " pulled_revision INTEGER NOT NULL DEFAULT 0,"
    " packed_revision INTEGER NOT NULL DEFAULT 0,"
    " acknowledged_seq INTEGER NOT NULL DEFAULT 0)",

    "CREATE TABLE device_session ("
    " device INTEGER NOT NULL REFERENCES device (device),"
    " session_no INTEGER NOT NULL REFERENCES session (session_no),"
    " rank INTEGER NOT NULL," /* order of the enrolment */
    " PRIMARY KEY (device, session_no))",

    /* E1: two events under one number are a fork; both are kept. `bytes` are the
     * canonical bytes (event.h), the other columns are read from them. */
    "CREATE TABLE event ("
    " device INTEGER NOT NULL,"
    " seq INTEGER NOT NULL,"
    " hash BLOB NOT NULL,"
    " prev BLOB NOT NULL,"
    " bytes BLOB NOT NULL,"
    " session_no INTEGER NOT NULL,"
    " home_session_no INTEGER NOT NULL,"
    " code INTEGER,"
    " kind INTEGER NOT NULL,"
    " basis INTEGER NOT NULL,"
    " verdict INTEGER NOT NULL,"
    " flags INTEGER NOT NULL,"
    " wall_ms INTEGER NOT NULL,"
    " hlc INTEGER NOT NULL,"
    " received_ms INTEGER NOT NULL,"
    " revision INTEGER NOT NULL,"
    " PRIMARY KEY (device, seq, hash))",
    "CREATE INDEX event_by_session ON event (session_no, revision)",

    /* E3: details beside the chain; `bytes` NULL once forgotten. */
    "CREATE TABLE event_details ("
    " device INTEGER NOT NULL,"
    " seq INTEGER NOT NULL,"
    " hash BLOB NOT NULL,"
    " bytes BLOB,"
    " PRIMARY KEY (device, seq, hash))",

    /* The code that a walk-in is given at the merge; seq is of the first event. */
    "CREATE TABLE walk_in ("
    " device INTEGER NOT NULL,"
    " seq INTEGER NOT NULL,"
    " hash BLOB NOT NULL,"
    " session_no INTEGER NOT NULL,"
    " code INTEGER NOT NULL UNIQUE,"
    " PRIMARY KEY (device, seq, hash))",

    /* What a kiosk stated at each push or export: completeness rests on it. */
    "CREATE TABLE head_statement ("
    " device INTEGER NOT NULL,"
    " seq INTEGER NOT NULL,"
    " hash BLOB NOT NULL,"
    " stated_ms INTEGER NOT NULL," /* by the kiosk's clock */
    " store_id BLOB NOT NULL,"
    " suspect INTEGER NOT NULL," /* 1: that clock was suspect */
    " received_ms INTEGER NOT NULL,"
    " way TEXT NOT NULL," /* push, usb */
    " PRIMARY KEY (device, seq, hash, stated_ms))",

    /* What a purge leaves: numbers of sessions whose people are gone. */
    "CREATE TABLE purged_session ("
    " session_no INTEGER PRIMARY KEY,"
    " purged_ms INTEGER NOT NULL,"
    " registered INTEGER NOT NULL,"
    " confirmed INTEGER NOT NULL,"
    " waitlisted INTEGER NOT NULL)",
    NULL,
};

/* Events, and what hangs on them, by session first: a session's rows lie together, and
 * its revisions are its own. A table can't change its key, so it is copied out and back;
 * a renamed one would keep a text that no fresh database has (sqlite_schema.c). */
static const char *const second[] = {
    "CREATE TABLE event_kept AS SELECT * FROM event",
    "DROP TABLE event",
    /* As in the first step, the key aside. */
    "CREATE TABLE event ("
    " session_no INTEGER NOT NULL,"
    " device INTEGER NOT NULL,"
    " seq INTEGER NOT NULL,"
    " hash BLOB NOT NULL,"
    " prev BLOB NOT NULL,"
    " bytes BLOB NOT NULL,"
    " home_session_no INTEGER NOT NULL,"
    " code INTEGER,"
    " kind INTEGER NOT NULL,"
    " basis INTEGER NOT NULL,"
    " verdict INTEGER NOT NULL,"
    " flags INTEGER NOT NULL,"
    " wall_ms INTEGER NOT NULL,"
    " hlc INTEGER NOT NULL,"
    " received_ms INTEGER NOT NULL,"
    " revision INTEGER NOT NULL,"
    " PRIMARY KEY (session_no, device, seq, hash))",
    "INSERT INTO event (session_no, device, seq, hash, prev, bytes, home_session_no,"
    " code, kind, basis, verdict, flags, wall_ms, hlc, received_ms, revision)"
    " SELECT session_no, device, seq, hash, prev, bytes, home_session_no,"
    " code, kind, basis, verdict, flags, wall_ms, hlc, received_ms, revision"
    " FROM event_kept",
    "CREATE INDEX event_by_revision ON event (session_no, revision)",
    "CREATE INDEX event_by_device ON event (device, seq)",

    "CREATE TABLE details_kept AS SELECT * FROM event_details",
    "DROP TABLE event_details",
    "CREATE TABLE event_details ("
    " session_no INTEGER NOT NULL,"
    " device INTEGER NOT NULL,"
    " seq INTEGER NOT NULL,"
    " hash BLOB NOT NULL,"
    " bytes BLOB,"
    " PRIMARY KEY (session_no, device, seq, hash))",
    "INSERT INTO event_details (session_no, device, seq, hash, bytes)"
    " SELECT e.session_no, d.device, d.seq, d.hash, d.bytes FROM details_kept d"
    " JOIN event_kept e ON e.device = d.device AND e.seq = d.seq AND e.hash = d.hash",
    "DROP TABLE details_kept",
    "DROP TABLE event_kept",

    "CREATE TABLE walk_in_kept AS SELECT * FROM walk_in",
    "DROP TABLE walk_in",
    "CREATE TABLE walk_in ("
    " session_no INTEGER NOT NULL,"
    " device INTEGER NOT NULL,"
    " seq INTEGER NOT NULL,"
    " hash BLOB NOT NULL,"
    " code INTEGER NOT NULL UNIQUE,"
    " PRIMARY KEY (session_no, device, seq, hash))",
    "INSERT INTO walk_in (session_no, device, seq, hash, code)"
    " SELECT session_no, device, seq, hash, code FROM walk_in_kept",
    "DROP TABLE walk_in_kept",

    /* A statement is of the whole log: one row for each session of the kiosk's, so that
     * a session's completeness rests on that session's rows; 0 where it has none. */
    "CREATE TABLE statement_kept AS SELECT * FROM head_statement",
    "DROP TABLE head_statement",
    "CREATE TABLE head_statement ("
    " session_no INTEGER NOT NULL,"
    " device INTEGER NOT NULL,"
    " seq INTEGER NOT NULL,"
    " hash BLOB NOT NULL,"
    " stated_ms INTEGER NOT NULL," /* by the kiosk's clock */
    " store_id BLOB NOT NULL,"
    " suspect INTEGER NOT NULL," /* 1: that clock was suspect */
    " received_ms INTEGER NOT NULL,"
    " way TEXT NOT NULL," /* push, usb, letter */
    " PRIMARY KEY (session_no, device, seq, hash, stated_ms))",
    "INSERT INTO head_statement (session_no, device, seq, hash, stated_ms, store_id,"
    " suspect, received_ms, way)"
    " SELECT coalesce(x.session_no, 0), k.device, k.seq, k.hash, k.stated_ms,"
    " k.store_id, k.suspect, k.received_ms, k.way"
    " FROM statement_kept k LEFT JOIN device_session x ON x.device = k.device",
    "DROP TABLE statement_kept",
    "CREATE INDEX head_statement_by_device ON head_statement (device)",

    /* Revisions are a session's own from now on; what was given before stays below. */
    "UPDATE session SET revision = (SELECT revision FROM central WHERE one = 1)",
    "ALTER TABLE central DROP COLUMN revision",
    "DROP INDEX registration_by_revision",
    "CREATE INDEX registration_by_revision ON registration (session_no, revision)",
    "CREATE INDEX registration_gone_by_revision"
    " ON registration_gone (session_no, revision)",

    "CREATE INDEX registration_by_person ON registration (person_no)",
    "CREATE INDEX device_session_by_session ON device_session (session_no)",
    "CREATE INDEX session_by_series ON session (series, starts_ms)",
    NULL,
};

/* When check-in opens (0: with the day), and the organiser's word to staff. */
static const char *const third[] = {
    "ALTER TABLE session ADD COLUMN opens_ms INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE registration ADD COLUMN attention TEXT NOT NULL DEFAULT ''",
    NULL,
};

/* Minutes around the opening hour and the end in which people are let in all the same;
 * and a look-up of guests by who they are. */
static const char *const fourth[] = {
    "ALTER TABLE session ADD COLUMN tolerance_minutes INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX event_of_guest ON event (code) WHERE home_session_no <> session_no",
    NULL,
};

/* Whether a kiosk is live depends on who replaces it, and is asked of each. */
static const char *const fifth[] = {
    "CREATE INDEX device_by_replaces ON device (replaces)",
    NULL,
};

/* Who an answer is from, doubts about that, and the office's steps, which keep what was
 * before. An office log is of an epoch: a database that was put back from a copy begins
 * another. */
static const char *const sixth[] = {
    "ALTER TABLE device ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0",
    "UPDATE device SET epoch = (SELECT epoch FROM central WHERE one = 1)"
    " WHERE state = 3",

    /* enum bw_place_doubt (office/place/doubt.h); whose answer it may be: a code, or
     * NULL */
    "ALTER TABLE registration ADD COLUMN doubt INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE registration ADD COLUMN doubt_of INTEGER",

    /* Who somebody was before a correction or a merge; as `identity` of person. */
    "CREATE TABLE person_alias ("
    " identity TEXT PRIMARY KEY,"
    " person_no INTEGER NOT NULL REFERENCES person (person_no))",
    "CREATE INDEX person_alias_by_person ON person_alias (person_no)",

    "CREATE TABLE step ("
    " step_no INTEGER PRIMARY KEY,"
    " at_ms INTEGER NOT NULL,"
    " what TEXT NOT NULL,"  /* the command */
    " about TEXT NOT NULL," /* a session, a file */
    " why TEXT NOT NULL,"
    " batch_no INTEGER NOT NULL,"   /* of an import; 0: none */
    " undoes INTEGER NOT NULL,"     /* the step that it took back; 0: none */
    " undone_by INTEGER NOT NULL)", /* which took it back; 0: none, <0: bw_step_end */
    "CREATE INDEX step_by_batch ON step (batch_no)",
    /* What a step changed, as it was; `fresh` 1: it wasn't there, and the rest says
     * nothing. The columns are those of the table that they come from. */
    "CREATE TABLE step_registration ("
    " step_no INTEGER NOT NULL,"
    " code INTEGER NOT NULL,"
    " fresh INTEGER NOT NULL,"
    " session_no INTEGER NOT NULL,"
    " person_no INTEGER NOT NULL,"
    " status INTEGER NOT NULL,"
    " status_before INTEGER NOT NULL,"
    " generation INTEGER NOT NULL,"
    " signed_up_ms INTEGER NOT NULL,"
    " line INTEGER NOT NULL,"
    " batch_no INTEGER NOT NULL,"
    " answers_ms INTEGER NOT NULL,"
    " first_name TEXT NOT NULL,"
    " name TEXT NOT NULL,"
    " school TEXT NOT NULL,"
    " role TEXT NOT NULL,"
    " region TEXT NOT NULL,"
    " table_name TEXT NOT NULL,"
    " why TEXT NOT NULL,"
    " placed_ms INTEGER,"
    " changed_ms INTEGER NOT NULL,"
    " attention TEXT NOT NULL,"
    " doubt INTEGER NOT NULL,"
    " doubt_of INTEGER,"
    " PRIMARY KEY (step_no, code))",
    "CREATE INDEX step_registration_by_code ON step_registration (code)",
    "CREATE TABLE step_person ("
    " step_no INTEGER NOT NULL,"
    " person_no INTEGER NOT NULL,"
    " fresh INTEGER NOT NULL,"
    " identity TEXT,"
    " mail TEXT NOT NULL,"
    " mail_fold TEXT NOT NULL,"
    " PRIMARY KEY (step_no, person_no))",
    "CREATE INDEX step_person_by_person ON step_person (person_no)",
    "CREATE TABLE step_alias ("
    " step_no INTEGER NOT NULL,"
    " identity TEXT NOT NULL,"
    " fresh INTEGER NOT NULL,"
    " person_no INTEGER NOT NULL,"
    " PRIMARY KEY (step_no, identity))",
    NULL,
};

/* What a spelling in a file means, as the organiser said in an import: it holds for as
 * long as that step stands, and the last one that stands counts. Kinds and meanings stand
 * in office/import/read/learned.h. */
static const char *const ninth[] = {
    "CREATE TABLE learned ("
    " step_no INTEGER NOT NULL,"
    " kind INTEGER NOT NULL,"
    " spelling TEXT NOT NULL,"
    " meaning TEXT NOT NULL,"
    " PRIMARY KEY (step_no, kind, spelling))",
    NULL,
};

/* How to get there, for tickets and mail. */
static const char *const eleventh[] = {
    "ALTER TABLE session ADD COLUMN route TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE step_session ADD COLUMN route TEXT NOT NULL DEFAULT ''",
    NULL,
};

/* When a backup was last made of it, UTC; 0: never. */
static const char *const twelfth[] = {
    "ALTER TABLE central ADD COLUMN backed_up_ms INTEGER NOT NULL DEFAULT 0",
    NULL,
};

/* When a backup of it was last opened and found whole, and when the mail server last took
 * a mail to try it, UTC; 0: never. No step: what was seen isn't taken back. */
static const char *const fourteenth[] = {
    "ALTER TABLE central ADD COLUMN backup_seen_ms INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE central ADD COLUMN mail_tried_ms INTEGER NOT NULL DEFAULT 0",
    NULL,
};

/* Who made a step; '': it isn't known. */
static const char *const fifteenth[] = {
    "ALTER TABLE step ADD COLUMN who TEXT NOT NULL DEFAULT ''",
    NULL,
};

/* Each step is made of lists, run one after the other. */
static const char *const *const making[] = {first, NULL};
static const char *const *const by_session[] = {second, bw_schema_letters, NULL};
static const char *const *const attentive[] = {third, NULL};
static const char *const *const tolerant[] = {fourth, NULL};
static const char *const *const by_replaced[] = {fifth, NULL};
static const char *const *const in_steps[] = {sixth, NULL};
static const char *const *const mailing[] = {bw_schema_mail, NULL};
static const char *const *const with_states[] = {bw_schema_states, NULL};
static const char *const *const learning[] = {ninth, NULL};
static const char *const *const in_versions[] = {bw_schema_report, NULL};
static const char *const *const with_routes[] = {eleventh, NULL};
static const char *const *const backed_up[] = {twelfth, NULL};
static const char *const *const following[] = {bw_schema_follow, NULL};
static const char *const *const tried[] = {fourteenth, NULL};
static const char *const *const by_whom[] = {fifteenth, NULL};
static const char *const *const worded[] = {bw_schema_post, NULL};
static const char *const *const with_schools[] = {bw_schema_school, NULL};

const char *const *const *const bw_schema_steps[] = {making, by_session, attentive,
    tolerant, by_replaced, in_steps, mailing, with_states, learning, in_versions,
    with_routes, backed_up, following, tried, by_whom, worded, with_schools, NULL};
