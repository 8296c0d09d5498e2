/* A table for the list of schools, and the way to a kiosk's rulings: see schema.sql.c. */
#include "central/engine/schema.h"

#include <stddef.h>

const char *const bw_schema_school[] = {
    /* The schools that are to be reached, as a file had them: the whole list holds for as
     * long as its step stands, and the last one that stands counts. */
    "CREATE TABLE school ("
    " step_no INTEGER NOT NULL,"
    " school_no INTEGER NOT NULL," /* 1 is the first */
    " code TEXT NOT NULL,"         /* of the place where it is, else of the school */
    " name TEXT NOT NULL,"
    " town TEXT NOT NULL,"
    " region TEXT NOT NULL,"
    " PRIMARY KEY (step_no, school_no))",
    /* each roster asks whether the organiser chose among copies of its kiosk */
    "CREATE INDEX ruling_by_device ON ruling (device)",
    NULL,
};
