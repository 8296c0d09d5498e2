/* Tables for what the organiser does to whole sessions: see schema.sql.c. */
#include "central/engine/schema.h"

#include <stddef.h>

/* A circle that is called off, or whose figures are fixed; and sessions, the agenda, and
 * what came into quarantine, as steps keep them. */
const char *const bw_schema_states[] = {
    /* when; 0: it isn't */
    "ALTER TABLE session ADD COLUMN called_off_ms INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE session ADD COLUMN closed_ms INTEGER NOT NULL DEFAULT 0",
    /* As step_registration, of a session's own words. */
    "CREATE TABLE step_session ("
    " step_no INTEGER NOT NULL,"
    " session_no INTEGER NOT NULL,"
    " fresh INTEGER NOT NULL,"
    " code TEXT NOT NULL,"
    " series TEXT NOT NULL,"
    " title TEXT NOT NULL,"
    " kind TEXT NOT NULL,"
    " region TEXT NOT NULL,"
    " venue TEXT NOT NULL,"
    " address TEXT NOT NULL,"
    " timezone TEXT NOT NULL,"
    " go_to TEXT NOT NULL,"
    " desk TEXT NOT NULL,"
    " audience TEXT NOT NULL,"
    " starts_ms INTEGER NOT NULL,"
    " ends_ms INTEGER NOT NULL,"
    " opens_ms INTEGER NOT NULL,"
    " capacity INTEGER NOT NULL,"
    " doors_minutes INTEGER NOT NULL,"
    " release_minutes INTEGER NOT NULL,"
    " extra_places INTEGER NOT NULL,"
    " tolerance_minutes INTEGER NOT NULL,"
    " called_off_ms INTEGER NOT NULL,"
    " closed_ms INTEGER NOT NULL,"
    " PRIMARY KEY (step_no, session_no))",
    "CREATE INDEX step_session_by_session ON step_session (session_no)",
    /* The whole agenda, as it was before. */
    "CREATE TABLE step_agenda ("
    " step_no INTEGER NOT NULL,"
    " item_no INTEGER NOT NULL,"
    " kind TEXT NOT NULL,"
    " title TEXT NOT NULL,"
    " starts_ms INTEGER NOT NULL,"
    " ends_ms INTEGER NOT NULL,"
    " audience TEXT NOT NULL,"
    " url TEXT NOT NULL,"
    " PRIMARY KEY (step_no, item_no))",
    /* What the organiser said of it before: numbers as in `quarantine`. */
    "CREATE TABLE step_quarantine ("
    " step_no INTEGER NOT NULL,"
    " number INTEGER NOT NULL,"
    " settled INTEGER NOT NULL,"
    " settled_ms INTEGER NOT NULL,"
    " why TEXT NOT NULL,"
    " PRIMARY KEY (step_no, number))",
    /* What the organiser says of a conflict, for as long as its step stands: the event's
     * arrival is that of `code` (kind 1), or doesn't stand (kind 2; `code` is NULL).
     * Kind 3: the step wrote the event, from the paper list of who came. */
    "CREATE TABLE ruling ("
    " step_no INTEGER NOT NULL,"
    " session_no INTEGER NOT NULL,"
    " kind INTEGER NOT NULL,"
    " device INTEGER NOT NULL,"
    " seq INTEGER NOT NULL,"
    " code INTEGER,"
    " PRIMARY KEY (step_no, session_no, device, seq))",
    "CREATE INDEX ruling_by_session ON ruling (session_no)",
    NULL,
};
