/* See postgres_help.h. */
#include "postgres_help.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <grp.h>
#include <pthread.h>
#include <pwd.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATH_BYTES = 256, LINE_BYTES = 1024, USUAL_PORT = 5432, CONNECTIONS = 30 };

static char programs[PATH_BYTES]; /* their folder */

static _Noreturn void
give_up(const char *why)
{
    (void)fprintf(stderr, "%s\n", why);
    exit(1);
}

static bool
find_programs(void)
{
    glob_t found;
    if (glob("/usr/lib/postgresql/*/bin/initdb", 0, NULL, &found) != 0) {
        return false;
    }
    const char *last = found.gl_pathv[found.gl_pathc - 1];
    (void)snprintf(
        programs, sizeof programs, "%.*s", (int)(strlen(last) - strlen("/initdb")), last);
    globfree(&found);
    return true;
}

/* The server refuses to be root's. */
static const struct passwd *
who_runs_it(void)
{
    if (geteuid() != 0) {
        return NULL;
    }
    const struct passwd *who = getpwnam("postgres");
    return who != NULL ? who : getpwnam("nobody");
}

static void
become(const struct passwd *who)
{
    if (who != NULL && (setgroups(0, NULL) != 0 || setgid(who->pw_gid) != 0 ||
                           setuid(who->pw_uid) != 0)) {
        _exit(126);
    }
    (void)prctl(PR_SET_PDEATHSIG, SIGQUIT); /* after setuid, which clears it */
}

/* Starts a program; what it says goes to `said`. */
static pid_t
spawn(const char *path, char *const *words, int said)
{
    const struct passwd *who = who_runs_it();
    pid_t child = fork();
    if (child == 0) {
        become(who);
        (void)dup2(said, STDOUT_FILENO);
        (void)dup2(said, STDERR_FILENO);
        (void)!chdir("/");
        (void)execv(path, words);
        _exit(127);
    }
    return child;
}

static const char *
program_path(const char *name)
{
    static char path[PATH_BYTES + 16];
    (void)snprintf(path, sizeof path, "%s/%s", programs, name);
    return path;
}

bool
postgres_tool(const char *name, char *const *words)
{
    int quiet = open("/dev/null", O_WRONLY | O_CLOEXEC);
    int result = 0;
    pid_t child = spawn(program_path(name), words, quiet);
    (void)close(quiet);
    return waitpid(child, &result, 0) == child && result == 0;
}

#define WORD(text) ((char *)(uintptr_t)(text))

/* A log that lies elsewhere comes in files of 1 MiB, so that a small disk has room. */
static bool
make_cluster(const char *data, const char *log, bool dutch)
{
    char at[PATH_BYTES];
    (void)snprintf(at, sizeof at, "--waldir=%s", log ? log : "");
    char *words[] = {WORD("initdb"), WORD("-D"), WORD(data), WORD("-U"), WORD("bw"),
        WORD("-A"), WORD("trust"), WORD("-E"), WORD("UTF8"), WORD("--no-sync"),
        WORD("--locale=C.UTF-8"), WORD(dutch ? "--locale-provider=icu" : "--no-sync"),
        WORD(dutch ? "--icu-locale=nl" : "--no-sync"), WORD(log ? at : "--no-sync"),
        WORD(log ? "--wal-segsize=1" : "--no-sync"), NULL};
    return postgres_tool("initdb", words);
}

static void *
drain(void *context)
{
    FILE *said = context;
    char line[LINE_BYTES];
    while (fgets(line, sizeof line, said) != NULL) {
        /* else the server stands still once the pipe is full */
    }
    (void)fclose(said);
    return NULL;
}

/* Reads what a server says until it is ready; somebody has to go on reading. */
static void
wait_until_ready(int said, const char *ready)
{
    char line[LINE_BYTES];
    pthread_t reader;
    FILE *stream = fdopen(said, "r");
    while (stream != NULL && fgets(line, sizeof line, stream) != NULL) {
        if (strstr(line, ready) != NULL) {
            if (pthread_create(&reader, NULL, drain, stream) != 0) {
                give_up("starting a thread");
            }
            (void)pthread_detach(reader);
            return;
        }
        (void)fputs(line, stderr);
    }
    give_up("a server of the test didn't start");
}

pid_t
postgres_daemon(const char *path, char *const *words, const char *ready)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        give_up("making a pipe");
    }
    pid_t child = spawn(path, words, ends[1]);
    (void)close(ends[1]);
    wait_until_ready(ends[0], ready);
    return child;
}

void
postgres_run(struct postgres *postgres)
{
    char data[PATH_BYTES], port[32], addresses[48], connections[48];
    bool pair = postgres->pair;
    (void)snprintf(data, sizeof data, "%s/data", postgres->folder);
    (void)snprintf(connections, sizeof connections, "max_connections=%d",
        postgres->connections > 0 ? postgres->connections : CONNECTIONS);
    (void)snprintf(
        port, sizeof port, "port=%d", postgres->port > 0 ? postgres->port : USUAL_PORT);
    (void)snprintf(addresses, sizeof addresses, "listen_addresses=%s",
        postgres->port > 0 ? "127.0.0.1" : "");
    char *words[] = {WORD("postgres"), WORD("-D"), WORD(data), WORD("-k"),
        postgres->folder, WORD("-c"), addresses, WORD("-c"), port, WORD("-c"),
        WORD("fsync=off"), WORD("-c"), WORD(connections), WORD("-c"),
        WORD("shared_buffers=16MB"), WORD("-c"), WORD("autovacuum=off"), WORD("-c"),
        WORD("full_page_writes=off"), WORD("-c"),
        WORD(pair ? "wal_level=replica" : "wal_level=minimal"), WORD("-c"),
        WORD(pair ? "max_wal_senders=4" : "max_wal_senders=0"), WORD("-c"),
        WORD(pair ? "synchronous_commit=on" : "synchronous_commit=off"), WORD("-c"),
        WORD(postgres->log ? "wal_buffers=32kB" : "wal_buffers=-1"), NULL};
    postgres->server =
        postgres_daemon(program_path("postgres"), words, "ready to accept");
}

void
postgres_connect(struct postgres *postgres)
{
    char uri[PATH_BYTES];
    (void)snprintf(uri, sizeof uri, "postgresql://bw@/postgres?host=%s&port=%d",
        postgres->folder, postgres->port > 0 ? postgres->port : USUAL_PORT);
    PQfinish(postgres->db);
    postgres->db = PQconnectdb(uri);
    if (PQstatus(postgres->db) != CONNECTION_OK) {
        give_up("PostgreSQL doesn't let the test in");
    }
}

void
postgres_folder(struct postgres *postgres)
{
    (void)snprintf(postgres->folder, sizeof postgres->folder, "/tmp/bw-pg-XXXXXX");
    const struct passwd *who = who_runs_it();
    if (mkdtemp(postgres->folder) == NULL ||
        (who != NULL && chown(postgres->folder, who->pw_uid, who->pw_gid) != 0)) {
        give_up("making a folder for PostgreSQL");
    }
}

bool
postgres_start(struct postgres *postgres)
{
    return postgres_start_at(postgres, 0);
}

bool
postgres_start_at(struct postgres *postgres, int port)
{
    *postgres = (struct postgres){
        .server = -1, .port = port, .connections = postgres->connections};
    return postgres_start_as(postgres);
}

bool
postgres_start_as(struct postgres *postgres)
{
    char data[PATH_BYTES];
    if (!find_programs()) {
        return false;
    }
    postgres_folder(postgres);
    (void)snprintf(data, sizeof data, "%s/data", postgres->folder);
    if (!make_cluster(data, postgres->log, true) &&
        !make_cluster(data, postgres->log, false)) {
        give_up("initdb failed");
    }
    postgres_run(postgres);
    postgres_connect(postgres);
    return true;
}

static int
on_entry(const char *path, const struct stat *facts, int kind, struct FTW *walk)
{
    (void)facts, (void)kind, (void)walk;
    return remove(path);
}

void
postgres_kill(struct postgres *postgres)
{
    PQfinish(postgres->db);
    postgres->db = NULL;
    if (postgres->server > 0) {
        (void)kill(postgres->server, SIGQUIT);
        (void)waitpid(postgres->server, NULL, 0);
        postgres->server = -1;
    }
}

void
postgres_stop(struct postgres *postgres)
{
    postgres_kill(postgres);
    (void)nftw(postgres->folder, on_entry, 16, FTW_DEPTH | FTW_PHYS);
}

static PGresult *
asked(struct postgres *postgres, const char *sql)
{
    PGresult *result = PQexec(postgres->db, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        (void)fprintf(stderr, "%s: %s", sql, PQerrorMessage(postgres->db));
        give_up("the test's own SQL failed");
    }
    return result;
}

void
postgres_do(struct postgres *postgres, const char *sql)
{
    PQclear(asked(postgres, sql));
}

int64_t
postgres_number(struct postgres *postgres, const char *sql)
{
    PGresult *result = asked(postgres, sql);
    if (PQntuples(result) != 1) {
        give_up("the test's own SQL asks for no number");
    }
    int64_t number = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    return number;
}

bool
postgres_has_waiter(struct postgres *postgres)
{
    return postgres_number(postgres, "SELECT count(*) FROM pg_stat_activity"
                                     " WHERE wait_event_type = 'Lock'") > 0;
}

void
postgres_await_waiter(struct postgres *postgres)
{
    const struct timespec nap = {0, 2000000};
    while (!postgres_has_waiter(postgres)) {
        (void)nanosleep(&nap, NULL);
    }
}

void
postgres_place(struct postgres *postgres)
{
    char sql[128];
    int place = ++postgres->places;
    (void)snprintf(
        sql, sizeof sql, "CREATE SCHEMA s%d; SET search_path = s%d", place, place);
    postgres_do(postgres, sql);
    (void)snprintf(postgres->uri, sizeof postgres->uri,
        "postgresql://bw@/postgres?host=%s&options=-csearch_path%%3Ds%d",
        postgres->folder, place);
}

void
postgres_clear(struct postgres *postgres)
{
    char sql[128];
    (void)snprintf(sql, sizeof sql,
        "SET client_min_messages = warning; DROP SCHEMA s%d CASCADE", postgres->places);
    postgres_do(postgres, sql);
}
