/* The tables of the central database, as statements in order; see schema.sql.c. */
#ifndef BW_SYNC_SCHEMA_H
#define BW_SYNC_SCHEMA_H

#include <stdbool.h>
#include <stdint.h>

/* Lists of statements that bring a database of schema `version` to the next one; the
 * lists, and each of them, end with NULL. Index 0 makes a new one. */
extern const char *const *const *const bw_schema_steps[];

/* The tables of schema 2 that letters need; a part of its step. Ends with NULL. */
extern const char *const bw_schema_letters[];
/* The step to schema 7: what people were told by mail. Ends with NULL. */
extern const char *const bw_schema_mail[];
/* The step to schema 13: who comes in whose place, and settings. Ends with NULL. */
extern const char *const bw_schema_follow[];
/* The step to schema 16: her words in mails, whom none goes to, whom to call at a venue.
 * Ends with NULL. */
extern const char *const bw_schema_post[];
/* The step to schema 17: the list of schools, rulings by kiosk. Ends with NULL. */
extern const char *const bw_schema_school[];
/* The step to schema 10: what reports said. Ends with NULL. */
extern const char *const bw_schema_report[];
/* The step to schema 8: what becomes of a whole session. Ends with NULL. */
extern const char *const bw_schema_states[];

/* What the steps make, for engines that name types otherwise: *ret_tables are the names
 * of the tables of `version` with a blank between, *ret_columns a line a column by table
 * and name: table, name, INTEGER, TEXT or BLOB, 1 where it is never NULL, with tabs
 * between. The caller frees both. Any thread. False without memory, and both
 * untouched. */
bool bw_schema_columns(int64_t version, char **ret_tables, char **ret_columns);

#endif
