/* The store's schema and the way to it from older ones. Core alone. */
#ifndef BW_CORE_STORE_SCHEMA_H
#define BW_CORE_STORE_SCHEMA_H

#include <stdbool.h>
#include <stdint.h>

/* "BWst" in PRAGMA application_id: tells a store from any other SQLite file. */
enum { STORE_APPLICATION_ID = 0x42577374 };

enum { STORE_DIGEST_BYTES = 32 };

/* What makes version n + 1 of version n; a table of them is in order, from 0 on. */
struct store_migration {
    const char *sql;  /* tables, triggers, indexes */
    bool makes_key;   /* checksums begin: their key is made, and rows are counted */
    const char *fill; /* then what is in them; may be NULL */
    /* of the schema that it makes (hostile.h); zeros: not known, it is made to compare */
    uint8_t digest[STORE_DIGEST_BYTES];
};

extern const struct store_migration bw_store_migrations[];

#endif
