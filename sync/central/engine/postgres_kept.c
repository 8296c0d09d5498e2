/* Statements that a PostgreSQL server has prepared for this connection: see
 * postgres.h. One thread. */
#include "central/engine/postgres.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t
hash_of(const char *sql, const Oid *types, int count)
{
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
    for (const char *at = sql; *at != '\0'; at++) {
        hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
    }
    for (int i = 0; i < count; i++) {
        hash = (hash ^ types[i]) * UINT64_C(1099511628211);
    }
    return hash;
}

void
bw_central_postgres_forget(struct bw_central_postgres_db *self)
{
    for (int i = 0; i < self->kept_count; i++) {
        free(self->kept[i].sql);
    }
    self->kept_count = 0;
}

void
bw_central_postgres_kept_name(const struct bw_central_postgres_kept *kept,
    char ret_name[BW_CENTRAL_POSTGRES_NAME_BYTES])
{
    (void)snprintf(ret_name, BW_CENTRAL_POSTGRES_NAME_BYTES, "bw_%u", kept->number);
}

/* -1 where it isn't kept. */
static int
find(const struct bw_central_postgres_db *self,
    const struct bw_central_postgres_kept *wanted)
{
    for (int i = 0; i < self->kept_count; i++) {
        const struct bw_central_postgres_kept *kept = &self->kept[i];
        if (kept->hash == wanted->hash && kept->count == wanted->count &&
            strcmp(kept->sql, wanted->sql) == 0 &&
            memcmp(kept->types, wanted->types, sizeof kept->types) == 0) {
            return i;
        }
    }
    return -1;
}

/* Names are never used twice: a failed DEALLOCATE does no harm. */
static void
make_room(struct bw_central_postgres_db *self)
{
    if (self->kept_count == BW_CENTRAL_POSTGRES_KEPT_MAX) {
        PQclear(bw_central_postgres_exec(
            self, "DEALLOCATE ALL", BW_CENTRAL_POSTGRES_GRACE_MS, false));
        bw_central_postgres_forget(self);
    }
}

int
bw_central_postgres_keep(struct bw_central_postgres_db *self, const char *sql,
    const Oid *types, int count, int64_t until_ms, PGresult **ret_failed)
{
    char name[BW_CENTRAL_POSTGRES_NAME_BYTES];
    struct bw_central_postgres_kept wanted = {.hash = hash_of(sql, types, count),
        .sql = (char *)(uintptr_t)sql,
        .count = count};
    memcpy(wanted.types, types, (size_t)count * sizeof types[0]);
    int slot = find(self, &wanted);
    if (slot >= 0) {
        return slot;
    }
    *ret_failed = bw_central_postgres_drain(self);
    if (*ret_failed != NULL) {
        return -1;
    }
    make_room(self);
    wanted.number = ++self->prepared;
    bw_central_postgres_kept_name(&wanted, name);
    wanted.sql = strdup(sql);
    PGresult *result =
        wanted.sql != NULL && PQsendPrepare(self->db, name, sql, count, types) != 0
            ? bw_central_postgres_wait(self, until_ms, false)
            : PQmakeEmptyPGresult(self->db, PGRES_FATAL_ERROR);
    if (!bw_postgres_is_fine(result)) {
        free(wanted.sql);
        *ret_failed = result;
        return -1;
    }
    PQclear(result);
    self->kept[self->kept_count] = wanted;
    return self->kept_count++;
}
