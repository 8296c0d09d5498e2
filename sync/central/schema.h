/* The tables of the central database, as statements in order; see schema.sql.c. */
#ifndef BW_SYNC_SCHEMA_H
#define BW_SYNC_SCHEMA_H

/* Lists of statements that bring a database of schema `version` to the next one; the
 * lists, and each of them, end with NULL. Index 0 makes a new one. */
extern const char *const *const *const bw_schema_steps[];

/* The tables of schema 2 that letters need; a part of its step. Ends with NULL. */
extern const char *const bw_schema_letters[];

#endif
