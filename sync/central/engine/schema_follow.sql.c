/* Columns and tables for who comes in whose place, and for the desk's settings: see
 * schema.sql.c. */
#include "central/engine/schema.h"

#include <stddef.h>

const char *const bw_schema_follow[] = {
    /* The registration that took over its place or its turn: the same person's in another
     * session, or a colleague's in this one. NULL: none. */
    "ALTER TABLE registration ADD COLUMN followed_by INTEGER",
    "ALTER TABLE step_registration ADD COLUMN followed_by INTEGER",
    "CREATE INDEX registration_by_follower ON registration (followed_by)"
    " WHERE followed_by IS NOT NULL",

    /* Of a mail that told of a place elsewhere: the code that they had been told before.
     * NULL: the same. */
    "ALTER TABLE told ADD COLUMN instead_of INTEGER",
    "CREATE INDEX told_by_number ON told (told_no)",
    "CREATE INDEX told_by_instead ON told (instead_of) WHERE instead_of IS NOT NULL",

    /* What the organiser settled once for all commands: it holds for as long as its step
     * stands, and the last one that stands counts. Names stand in office/setting.h. */
    "CREATE TABLE setting ("
    " step_no INTEGER NOT NULL,"
    " name TEXT NOT NULL,"
    " value TEXT NOT NULL,"
    " PRIMARY KEY (step_no, name))",
    NULL,
};
