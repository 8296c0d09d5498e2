/* Ears of carriers: see ear.h. PostgreSQL's LISTEN, on the channels that postgres_link.h
 * names. */
#include "exchange/carrier/ear.h"

#include "exchange/carrier/postgres/postgres_entry.h"

#include <brugwachter/said.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SQL_BYTES = 8192 };

struct bw_carrier_ear {
    PGconn *db;
};

/* LISTEN for each of "{5,7}". */
static void
listen_make(const char *family, const char *sessions, char ret_sql[SQL_BYTES])
{
    size_t used = 0;
    for (const char *at = sessions + 1; *at >= '0' && *at <= '9';) {
        char *end;
        unsigned long number = strtoul(at, &end, 10);
        int more = snprintf(
            ret_sql + used, SQL_BYTES - used, "LISTEN %s_session_%lu;", family, number);
        if (more < 0 || (size_t)more >= SQL_BYTES - used) {
            ret_sql[used] = '\0';
            return;
        }
        used += (size_t)more;
        at = *end == ',' ? end + 1 : end;
    }
}

/* Connects, and tells what there is to listen for; no SQL: nothing. */
static enum bw_status
ear_come_in(struct bw_carrier_ear *ear, const char *uri, enum bw_carrier_role role,
    const struct bw_carrier_owner *owner, bool *ret_pooled, char ret_sql[SQL_BYTES],
    struct bw_error *err)
{
    struct bw_carrier_entry entry = {.sessions = ""};
    char family[BW_CARRIER_LINK_FAMILY_BYTES];
    bw_carrier_link_family(owner->central_id, family);
    if (role == BW_CARRIER_OFFICE) {
        (void)snprintf(ret_sql, SQL_BYTES, "LISTEN %s_office", family);
        return bw_carrier_link_open(uri, owner->login, &ear->db, ret_pooled, err);
    }
    enum bw_status status = bw_carrier_link_connect(uri, owner->login, &ear->db, err);
    if (status == BW_OK) {
        status = bw_carrier_entry_ask(
            ear->db, family, bw_said("listening for letters"), &entry, err);
    }
    if (status == BW_OK) {
        *ret_pooled = entry.pooled;
        listen_make(family, entry.sessions, ret_sql);
        bw_carrier_entry_finish(&entry);
    }
    return status;
}

enum bw_status
bw_carrier_ear_open(const char *uri, enum bw_carrier_role role,
    const struct bw_carrier_owner *owner, struct bw_carrier_ear **ret_ear,
    struct bw_error *err)
{
    char sql[SQL_BYTES] = "";
    bool pooled = false;
    if (!bw_carrier_gives_logins(uri)) {
        return bw_error_set(
            err, BW_NOT_FOUND, 0, "listening at %.200s: it tells nothing", uri);
    }
    struct bw_carrier_ear *ear = calloc(1, sizeof *ear);
    if (ear == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "listening at %.200s: out of memory", uri);
    }
    enum bw_status status = ear_come_in(ear, uri, role, owner, &pooled, sql, err);
    if (status == BW_OK && pooled) { /* CP4 */
        status = bw_error_set(err, BW_NOT_FOUND, 0,
            "listening at %.200s: a pooler is between, which tells nothing", uri);
    }
    if (status == BW_OK && sql[0] != '\0') {
        status = bw_carrier_link_do(ear->db, sql, bw_said("listening for letters"), err);
    }
    if (status != BW_OK) {
        bw_carrier_ear_close(ear);
        return status;
    }
    *ret_ear = ear;
    return BW_OK;
}

void
bw_carrier_ear_close(struct bw_carrier_ear *ear)
{
    if (ear != NULL) {
        PQfinish(ear->db);
        free(ear);
    }
}

/* *ret_lost: it hears nothing any more. Its own hints are none. */
static bool
ear_heard(struct bw_carrier_ear *ear, bool *ret_lost)
{
    bool heard = false;
    PGnotify *notice;
    *ret_lost = PQconsumeInput(ear->db) == 0 || PQstatus(ear->db) != CONNECTION_OK;
    while ((notice = PQnotifies(ear->db)) != NULL) {
        heard = heard || strcmp(notice->extra, PQuser(ear->db)) != 0;
        PQfreemem(notice);
    }
    return heard;
}

int
bw_carrier_ears_fds(const struct bw_carrier_ears *ears, int ret_fds[BW_CARRIERS_MAX])
{
    int count = 0;
    for (int i = 0; i < BW_CARRIERS_MAX; i++) {
        if (ears->items[i] != NULL) {
            ret_fds[count++] = PQsocket(ears->items[i]->db);
        }
    }
    return count;
}

unsigned
bw_carrier_ears_heard(struct bw_carrier_ears *ears)
{
    unsigned heard = 0;
    for (int i = 0; i < BW_CARRIERS_MAX; i++) {
        bool lost = false;
        if (ears->items[i] == NULL) {
            continue;
        }
        heard |= ear_heard(ears->items[i], &lost) ? 1U << i : 0;
        if (lost) {
            bw_carrier_ear_close(ears->items[i]);
            ears->items[i] = NULL;
        }
    }
    return heard;
}

unsigned
bw_carrier_ears_open(const struct bw_carrier_ears *ears)
{
    unsigned open = 0;
    for (int i = 0; i < BW_CARRIERS_MAX; i++) {
        open |= ears->items[i] != NULL ? 1U << i : 0;
    }
    return open;
}

void
bw_carrier_ears_close(struct bw_carrier_ears *ears)
{
    for (int i = 0; i < BW_CARRIERS_MAX; i++) {
        bw_carrier_ear_close(ears->items[i]);
        ears->items[i] = NULL;
    }
}
