/* The shared SQL as PostgreSQL has it: see postgres.h.
 *
 * Statements are written so that both engines take them as they are. What differs is the
 * types of tables: INTEGER has 64 bits, BLOB is BYTEA, and TEXT is put in order by its
 * bytes, as SQLite does, whatever the database's own collation is. And "CROSS JOIN x ON",
 * by which SQLite is told an order, is a JOIN. Pure; any thread. */
#include "central/engine/postgres.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *ours, *theirs;
} types[] = {
    {"INTEGER", "BIGINT"},
    {"BLOB", "BYTEA"},
    {"TEXT", "TEXT COLLATE \"C\""},
};

static size_t
word_bytes(const char *at)
{
    size_t bytes = 0;
    while (isalnum((unsigned char)at[bytes]) || at[bytes] == '_') {
        bytes++;
    }
    return bytes;
}

static void
put_word(FILE *out, const char *word, size_t bytes)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (strlen(types[i].ours) == bytes && memcmp(types[i].ours, word, bytes) == 0) {
            (void)fputs(types[i].theirs, out);
            return;
        }
    }
    (void)fwrite(word, 1, bytes, out);
}

static const char crossing[] = "CROSS JOIN ";

/* "CROSS JOIN table alias ON": PostgreSQL knows it without ON alone. */
static bool
is_crossing_on(const char *at)
{
    if (strncmp(at, crossing, sizeof crossing - 1) != 0) {
        return false;
    }
    at += sizeof crossing - 1;
    for (int word = 0; word < 2; word++) {
        at += word_bytes(at);
        at += *at == ' ';
    }
    return strncmp(at, "ON ", 3) == 0;
}

/* What stands here, where it isn't as it is; *ret_bytes of it are read. */
static bool
put_translated(FILE *out, const char *at, bool of_tables, size_t *ret_bytes)
{
    if (is_crossing_on(at)) {
        *ret_bytes = strlen("CROSS ");
        return true;
    }
    *ret_bytes = of_tables ? word_bytes(at) : 0;
    if (*ret_bytes > 0) {
        put_word(out, at, *ret_bytes);
    }
    return *ret_bytes > 0;
}

/* Whole words, outside of quotes. */
static void
put_all(FILE *out, const char *sql, bool of_tables)
{
    bool quoted = false;
    while (*sql != '\0') {
        size_t bytes = 0;
        if (!quoted && put_translated(out, sql, of_tables, &bytes)) {
            sql += bytes;
            continue;
        }
        quoted = quoted != (*sql == '\'');
        (void)fputc(*sql++, out);
    }
}

char *
bw_central_postgres_sql(const char *sql, bool *ret_failed)
{
    *ret_failed = false;
    bool of_tables =
        strncmp(sql, "CREATE TABLE", 12) == 0 || strncmp(sql, "ALTER TABLE", 11) == 0;
    if (!of_tables && strstr(sql, crossing) == NULL) {
        return NULL;
    }
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (out != NULL) {
        put_all(out, sql, of_tables);
    }
    if (out == NULL || fclose(out) != 0) {
        *ret_failed = true;
        free(text);
        return NULL;
    }
    return text;
}
