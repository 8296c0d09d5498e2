/* See pair.h. */
#include "pair.h"

#include "tests/sync/testing.h"

#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOOK_MS = 20, LOOKS = 15000 };

#define WORD(text) ((char *)(uintptr_t)(text))

/* Asks until the answer is "t". */
static void
await(struct postgres *postgres, const char *sql)
{
    bool holds = false;
    for (int i = 0; i < LOOKS && !holds; i++) {
        PGresult *result = PQexec(postgres->db, sql);
        holds = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1 &&
                strcmp(PQgetvalue(result, 0, 0), "t") == 0;
        PQclear(result);
        if (!holds) {
            (void)poll(NULL, 0, LOOK_MS);
        }
    }
    if (!holds) {
        fail_msg("%s: never so", sql);
    }
}

static void
await_streaming(struct pair *pair)
{
    await(&pair->leader,
        "SELECT count(*) = 1 FROM pg_stat_replication WHERE state = 'streaming'");
}

bool
pair_start(struct pair *pair)
{
    char data[120];
    *pair = (struct pair){
        .leader = {.server = -1, .pair = true}, .standby = {.server = -1, .pair = true}};
    if (!postgres_start_as(&pair->leader)) {
        return false;
    }
    postgres_folder(&pair->standby);
    (void)snprintf(data, sizeof data, "%s/data", pair->standby.folder);
    char *words[] = {WORD("pg_basebackup"), WORD("-h"), pair->leader.folder, WORD("-U"),
        WORD("bw"), WORD("-D"), data, WORD("-R"), WORD("--checkpoint=fast"),
        WORD("--no-sync"), NULL};
    assert_true(postgres_tool("pg_basebackup", words));
    postgres_run(&pair->standby);
    postgres_connect(&pair->standby);
    await_streaming(pair);
    (void)snprintf(pair->uri, sizeof pair->uri, "postgresql://bw@/postgres?host=%s,%s",
        pair->standby.folder, pair->leader.folder);
    return true;
}

void
pair_stop(struct pair *pair)
{
    postgres_stop(&pair->standby);
    postgres_stop(&pair->leader);
}

void
pair_replayed(struct pair *pair)
{
    char sql[120];
    PGresult *result = PQexec(pair->leader.db, "SELECT pg_current_wal_lsn()");
    assert_int_equal(PQresultStatus(result), PGRES_TUPLES_OK);
    (void)snprintf(sql, sizeof sql, "SELECT pg_last_wal_replay_lsn() >= '%s'",
        PQgetvalue(result, 0, 0));
    PQclear(result);
    await(&pair->standby, sql);
}

void
pair_synchronous(struct pair *pair, bool wanted)
{
    postgres_do(&pair->leader, wanted ? "ALTER SYSTEM SET synchronous_standby_names = '*'"
                                      : "ALTER SYSTEM RESET synchronous_standby_names");
    postgres_do(&pair->leader, "SELECT pg_reload_conf()");
    await(&pair->leader,
        wanted ? "SELECT count(*) = 1 FROM pg_stat_replication WHERE sync_state = 'sync'"
               : "SELECT current_setting('synchronous_standby_names') = ''");
    if (wanted) { /* what was committed before didn't wait for it */
        pair_replayed(pair);
    }
}

void
pair_kill(struct postgres *postgres)
{
    (void)kill(postgres->server, SIGKILL);
    (void)waitpid(postgres->server, NULL, 0);
    postgres->server = -1;
    /* its children end by themselves, once they see that they are orphans */
    char path[120];
    (void)snprintf(path, sizeof path, "%s/data/postmaster.pid", postgres->folder);
    (void)unlink(path);
    (void)snprintf(path, sizeof path, "%s/.s.PGSQL.5432", postgres->folder);
    (void)unlink(path);
}

void
pair_come_back(struct pair *pair)
{
    postgres_run(&pair->standby);
    postgres_connect(&pair->standby);
}

void
pair_promote(struct pair *pair)
{
    postgres_do(&pair->standby, "SELECT pg_promote(false)");
    await(&pair->standby, "SELECT NOT pg_is_in_recovery()");
}
