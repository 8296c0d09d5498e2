/* A table for what reports said: see schema.sql.c. */
#include "central/engine/schema.h"

#include <stddef.h>

const char *const bw_schema_report[] = {
    /* What a report said once its sessions were closed (report_version.h). */
    "CREATE TABLE report_version ("
    " scope TEXT NOT NULL,"      /* session:CODE, series:CODE */
    " version INTEGER NOT NULL," /* 0: kept before a purge */
    " made_ms INTEGER NOT NULL,"
    " figures TEXT NOT NULL," /* JSON, nobody's name */
    " PRIMARY KEY (scope, version))",
    NULL,
};
