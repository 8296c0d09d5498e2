/* See pooler.h. */
#include "pooler.h"

#include "tests/sync/testing.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void
write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs(text, file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0644), 0);
}

bool
pooler_start(struct pooler *pooler, struct postgres *postgres)
{
    static const char program[] = "/usr/sbin/pgbouncer";
    char path[120], users[120], text[1024];
    if (access(program, X_OK) != 0) {
        return false;
    }
    (void)snprintf(pooler->folder, sizeof pooler->folder, "%s/pool", postgres->folder);
    assert_int_equal(mkdir(pooler->folder, 0777), 0);
    assert_int_equal(chmod(pooler->folder, 0777), 0);
    (void)snprintf(users, sizeof users, "%s/users", pooler->folder);
    write_file(users, "\"bw\" \"" POOLER_PASSWORD "\"\n");
    (void)snprintf(text, sizeof text,
        "[databases]\n* = host=%s port=5432\n"
        "[pgbouncer]\nlisten_port = 5432\nunix_socket_dir = %s\n"
        "auth_type = scram-sha-256\nauth_file = %s\nauth_user = bw\n"
        "pool_mode = transaction\ndefault_pool_size = 3\nmin_pool_size = 3\n"
        "server_round_robin = 1\n",
        postgres->folder, pooler->folder, users);
    (void)snprintf(path, sizeof path, "%s/pgbouncer.ini", pooler->folder);
    write_file(path, text);
    char *words[] = {(char *)(uintptr_t) "pgbouncer", path, NULL};
    pooler->pid = postgres_daemon(program, words, "process up");
    return true;
}

void
pooler_stop(struct pooler *pooler)
{
    (void)kill(pooler->pid, SIGKILL);
    (void)waitpid(pooler->pid, NULL, 0);
}
