/* Kiosks' own roles on a PostgreSQL server: see postgres_role.h. */
#include "exchange/carrier/postgres/postgres_role.h"
#include "exchange/carrier/folder/walk.h"

#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum {
    SQL_BYTES = 4096,
    PASSWORD_RANDOM_BYTES = 24,
    PASSWORD_BYTES = 40,
    DATE_BYTES = 40,
};

struct role_name {
    char text[BW_CARRIER_LINK_NAME_BYTES];
};

static struct role_name
role_of(const char *family, const char *kind, uint32_t number)
{
    struct role_name name;
    (void)snprintf(name.text, sizeof name.text, "%s_%s_%" PRIu32, family, kind, number);
    return name;
}

static enum bw_status
role_is_there(PGconn *db, const char *name, const char *doing, bool *ret_there,
    struct bw_error *err)
{
    const struct bw_carrier_value value = {name, -1};
    return bw_carrier_link_ask_bool(
        db, "SELECT to_regrole($1) IS NOT NULL", &value, 1, doing, ret_there, err);
}

static enum bw_status
role_make(PGconn *db, const char *name, const char *doing, struct bw_error *err)
{
    char sql[SQL_BYTES];
    bool there = false;
    enum bw_status status = role_is_there(db, name, doing, &there, err);
    if (status == BW_OK && !there) {
        (void)snprintf(sql, sizeof sql, "CREATE ROLE %s NOLOGIN", name);
        status = bw_carrier_link_do(db, sql, doing, err);
    }
    return status;
}

/* ---- what is everybody's ---- */

/* Functions of the server that a kiosk has no need of. */
#define SHUT_FUNCTIONS                                                                   \
    "pg_catalog.pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace"             \
    " AND p.proname ~ '^(lo_.*|loread|lowrite|pg_advisory_.*|pg_try_advisory_.*"         \
    "|pg_notify|pg_logical_emit_message)$'"                                              \
    " AND has_function_privilege('public', p.oid, 'EXECUTE')"

/* Those that DO runs. */
#define SHUT_LANGUAGES                                                                   \
    "pg_catalog.pg_language WHERE laninline <> 0 AND lanpltrusted"                       \
    " AND has_language_privilege('public', oid, 'USAGE')"

/* A DO block of our own closes DO. Who works in this database today keeps these rights;
 * roles of kiosks never get them. */
static const char shutting[] =
    "DO $shut$ DECLARE f regprocedure; r regrole; l name; BEGIN"
    " EXECUTE format('REVOKE TEMPORARY, CREATE ON DATABASE %I FROM PUBLIC',"
    " current_database());"
    " IF to_regnamespace('public') IS NOT NULL THEN"
    " REVOKE CREATE ON SCHEMA public FROM PUBLIC; END IF;"
    " IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN RETURN;"
    " END IF;"
    " FOR f IN SELECT p.oid::regprocedure FROM " SHUT_FUNCTIONS " LOOP"
    " FOR r IN SELECT oid::regrole FROM pg_roles WHERE rolcanlogin AND NOT rolsuper"
    " AND rolname !~ '^bw_[0-9a-f]{8}_kiosk_' LOOP"
    " EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', f, r); END LOOP;"
    " EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f); END LOOP;"
    " FOR l IN SELECT lanname FROM " SHUT_LANGUAGES " LOOP"
    " EXECUTE format('REVOKE USAGE ON LANGUAGE %I FROM PUBLIC', l); END LOOP;"
    " END $shut$";

static const char asking_open[] =
    "SELECT has_database_privilege('public', current_database(), 'TEMPORARY')"
    " OR has_database_privilege('public', current_database(), 'CREATE')"
    " OR COALESCE(has_schema_privilege('public', to_regnamespace('public'), 'CREATE'),"
    " false)"
    " OR EXISTS (SELECT 1 FROM " SHUT_LANGUAGES ")"
    " OR EXISTS (SELECT 1 FROM " SHUT_FUNCTIONS ")";

/* What can't be closed is told, and no reason to stop. */
static enum bw_status
shut(PGconn *db, const char *doing, bool *ret_open, struct bw_error *err)
{
    enum bw_status status =
        bw_carrier_link_ask_bool(db, asking_open, NULL, 0, doing, ret_open, err);
    if (status == BW_OK && *ret_open) {
        struct bw_error ignored;
        (void)!bw_carrier_link_do(db, shutting, doing, &ignored);
        status = bw_carrier_link_ask_bool(db, asking_open, NULL, 0, doing, ret_open, err);
    }
    return status;
}

static enum bw_status
group_make(PGconn *db, const char *family, const char *doing, struct bw_error *err)
{
    char sql[SQL_BYTES], name[BW_CARRIER_LINK_NAME_BYTES];
    (void)snprintf(name, sizeof name, "%s_kiosks", family);
    enum bw_status status = role_make(db, name, doing, err);
    if (status == BW_OK) {
        (void)snprintf(sql, sizeof sql,
            "GRANT USAGE ON SCHEMA %s_letters TO %s;"
            " GRANT SELECT, INSERT ON %s_letters.letter TO %s;"
            " GRANT SELECT ON %s_letters.place TO %s",
            family, name, family, name, family, name);
        status = bw_carrier_link_do(db, sql, doing, err);
    }
    return status;
}

/* ---- one kiosk's ---- */

static void
password_make(char ret_password[PASSWORD_BYTES])
{
    uint8_t random[PASSWORD_RANDOM_BYTES];
    randombytes_buf(random, sizeof random);
    (void)sodium_bin2base64(ret_password, PASSWORD_BYTES, random, sizeof random,
        sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(random, sizeof random);
}

/* By the server's clock, as that is what looks at it. */
static enum bw_status
until_ask(PGconn *db, int64_t expires_ms, const char *doing, char ret_until[DATE_BYTES],
    struct bw_error *err)
{
    char number[DATE_BYTES];
    (void)snprintf(number, sizeof number, "%" PRId64, expires_ms / 1000);
    const struct bw_carrier_value value = {number, -1};
    PGresult *result = bw_carrier_link_ask(db,
        "SELECT to_char((greatest(to_timestamp(CAST($1 AS BIGINT)), now())"
        " + interval '60 days') AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS\"+00\"')",
        &value, 1, false);
    enum bw_status status = BW_OK;
    if (bw_carrier_link_is(result, 1, 1)) {
        (void)snprintf(ret_until, DATE_BYTES, "%s", PQgetvalue(result, 0, 0));
    } else {
        status = bw_carrier_link_fail(db, result, doing, err);
    }
    PQclear(result);
    return status;
}

/* What holds in each of its connections, so that it needn't be asked for every time. */
#define LOGIN_SETTINGS                                                                   \
    " ALTER ROLE %s SET statement_timeout = '" BW_CARRIER_LINK_STATEMENT "';"            \
    " ALTER ROLE %s SET lock_timeout = '" BW_CARRIER_LINK_LOCK "';"                      \
    " ALTER ROLE %s SET default_transaction_isolation = 'read committed';"               \
    " ALTER ROLE %s SET standard_conforming_strings = on;"                               \
    " ALTER ROLE %s SET idle_in_transaction_session_timeout = '60s'"

/* The login, with all that a role may have turned off. Events may come late: it is good
 * for 60 days more than the sessions are. */
static enum bw_status
login_make(PGconn *db, const char *name, const char *password, int64_t expires_ms,
    const char *doing, struct bw_error *err)
{
    char sql[SQL_BYTES], until[DATE_BYTES] = "";
    char *verifier = PQencryptPasswordConn(db, password, name, "scram-sha-256");
    enum bw_status status = role_make(db, name, doing, err);
    if (status == BW_OK) {
        status = until_ask(db, expires_ms, doing, until, err);
    }
    if (status == BW_OK && verifier == NULL) {
        status = bw_carrier_link_fail(db, NULL, doing, err);
    }
    if (status == BW_OK) {
        (void)snprintf(sql, sizeof sql,
            "ALTER ROLE %s LOGIN INHERIT NOCREATEDB NOCREATEROLE CONNECTION LIMIT 6"
            " VALID UNTIL '%s' PASSWORD '%s';" LOGIN_SETTINGS,
            name, until, verifier, name, name, name, name, name);
        status = bw_carrier_link_do(db, sql, doing, err);
        sodium_memzero(sql, sizeof sql);
    }
    PQfreemem(verifier);
    return status;
}

static enum bw_status
grant(
    PGconn *db, const char *role, const char *to, const char *doing, struct bw_error *err)
{
    char sql[SQL_BYTES];
    (void)snprintf(sql, sizeof sql, "GRANT %s TO %s", role, to);
    return bw_carrier_link_do(db, sql, doing, err);
}

/* Runs what a query answers, a statement a row. */
static enum bw_status
run_each(PGconn *db, const char *sql, const char *name, const char *doing,
    struct bw_error *err)
{
    const struct bw_carrier_value value = {name, -1};
    PGresult *result = bw_carrier_link_ask(db, sql, &value, 1, false);
    enum bw_status status = bw_carrier_link_is(result, -1, 1)
                                ? BW_OK
                                : bw_carrier_link_fail(db, result, doing, err);
    for (int i = 0; status == BW_OK && i < PQntuples(result); i++) {
        status = bw_carrier_link_do(db, PQgetvalue(result, i, 0), doing, err);
    }
    PQclear(result);
    return status;
}

/* From the role $1, all that it is a member of. */
static const char leaving[] =
    "SELECT format('REVOKE %I FROM %I', r.rolname, m.rolname)"
    " FROM pg_catalog.pg_auth_members a JOIN pg_catalog.pg_roles r ON r.oid = a.roleid"
    " JOIN pg_catalog.pg_roles m ON m.oid = a.member WHERE m.rolname = $1";
/* From the kiosks that are members of $1: that kiosk's number is nobody's then. */
static const char orphaning[] =
    "SELECT format('REVOKE %I FROM %I', r.rolname, m.rolname)"
    " FROM pg_catalog.pg_auth_members a JOIN pg_catalog.pg_roles r ON r.oid = a.roleid"
    " JOIN pg_catalog.pg_roles m ON m.oid = a.member WHERE r.rolname = $1"
    " AND m.rolname ~ '^bw_[0-9a-f]{8}_kiosk_'";

static enum bw_status
memberships_make(PGconn *db, const char *family, const struct bw_carrier_guest *guest,
    const char *name, const char *doing, struct bw_error *err)
{
    char group[BW_CARRIER_LINK_NAME_BYTES];
    (void)snprintf(group, sizeof group, "%s_kiosks", family);
    enum bw_status status = run_each(db, leaving, name, doing, err);
    if (status == BW_OK) {
        status = grant(db, group, name, doing, err);
    }
    for (size_t i = 0; status == BW_OK && i < guest->sessions_count; i++) {
        struct role_name session =
            role_of(family, "session", (uint32_t)guest->session_nos[i]);
        status = role_make(db, session.text, doing, err);
        if (status == BW_OK) {
            status = grant(db, session.text, name, doing, err);
        }
    }
    struct role_name before = role_of(family, "kiosk", guest->replaces);
    bool there = false;
    if (status == BW_OK && guest->replaces != 0) {
        status = role_is_there(db, before.text, doing, &there, err);
    }
    return status == BW_OK && there ? grant(db, before.text, name, doing, err) : status;
}

/* Between BEGIN and COMMIT, which undoes what failed. */
static enum bw_status
finish(PGconn *db, enum bw_status status, const char *doing, struct bw_error *err)
{
    if (status == BW_OK) {
        return bw_carrier_link_do(db, "COMMIT", doing, err);
    }
    (void)!bw_carrier_link_do(db, "ROLLBACK", doing, NULL);
    return status;
}

/* Ends what is connected as that role; what isn't allowed is told. */
static enum bw_status
hang_up(PGconn *db, const char *name, const char *doing, bool *ret_connected,
    struct bw_error *err)
{
    static const char not_allowed[] = "42501";
    const struct bw_carrier_value value = {name, -1};
    PGresult *result = bw_carrier_link_ask(db,
        "SELECT pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
        " WHERE usename = $1",
        &value, 1, false);
    enum bw_status status = BW_OK;
    *ret_connected = strcmp(bw_carrier_link_state(result), not_allowed) == 0;
    if (!*ret_connected && !bw_carrier_link_is(result, -1, 1)) {
        status = bw_carrier_link_fail(db, result, doing, err);
    }
    PQclear(result);
    return status;
}

/* Roles of kiosks whose login was taken long ago (what an older version took was valid
 * until its own end). $1: the family; % of printf: the same, in the table's name. */
static const char outdated[] =
    "SELECT format('DROP ROLE %%I', r.rolname) FROM (SELECT oid, rolname, rolvaliduntil,"
    " rolcanlogin, CAST(substr(rolname, length($1) + 8) AS BIGINT) AS device"
    " FROM pg_catalog.pg_roles"
    " WHERE rolname ~ ('^' || $1 || '_kiosk_[1-9][0-9]{0,9}$')) r"
    " WHERE NOT r.rolcanlogin AND r.rolvaliduntil < now() - interval '%d days'"
    " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_auth_members a"
    " JOIN pg_catalog.pg_roles m ON m.oid = a.member"
    " WHERE a.roleid = r.oid AND m.rolname ~ '^bw_[0-9a-f]{8}_kiosk_')"
    " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_stat_activity WHERE usesysid = r.oid)"
    " AND NOT EXISTS (SELECT 1 FROM %s_letters.letter WHERE writer = r.device)"
    " AND NOT EXISTS (SELECT 1 FROM %s_letters.letter WHERE writer = 0"
    " AND name > 'bw-roster-' || r.device || '-' AND name < 'bw-roster-' || r.device ||"
    " '.') LIMIT 100";

/* Housekeeping, each by itself: one that something depends on stays, and no command
 * fails for it. */
static void
outdated_drop(PGconn *db, const char *family, const char *doing)
{
    char sql[SQL_BYTES];
    const struct bw_carrier_value value = {family, -1};
    struct bw_error ignored;
    (void)snprintf(sql, sizeof sql, outdated, BW_CARRIER_ROLE_KEPT_DAYS, family, family);
    PGresult *result = bw_carrier_link_ask(db, sql, &value, 1, false);
    for (int i = 0; bw_carrier_link_is(result, -1, 1) && i < PQntuples(result); i++) {
        (void)!bw_carrier_link_do(db, PQgetvalue(result, i, 0), doing, &ignored);
    }
    PQclear(result);
}

/* What it may write while it sorts, which no query of ours does: else a stolen login
 * fills the server's disk. A superuser alone may set it, and no role for itself. */
static void
sorting_limit(PGconn *db, const char *name, const char *doing)
{
    char sql[SQL_BYTES];
    struct bw_error ignored;
    (void)snprintf(sql, sizeof sql, "ALTER ROLE %s SET temp_file_limit = '16MB'", name);
    (void)!bw_carrier_link_do(db, sql, doing, &ignored);
}

enum bw_status
bw_carrier_role_admit(PGconn *db, const char *family, const char *uri,
    const struct bw_carrier_guest *guest, char ret_login[BW_CARRIER_LOGIN_BYTES],
    bool *ret_open, struct bw_error *err)
{
    char password[PASSWORD_BYTES], doing[BW_CARRIER_DOING_BYTES];
    struct role_name name = role_of(family, "kiosk", guest->device);
    (void)bw_carrier_doing(
        doing, "giving kiosk %" PRIu32 " its login in %.100s", guest->device, uri);
    password_make(password);
    enum bw_status status = shut(db, doing, ret_open, err);
    if (status == BW_OK) {
        status = bw_carrier_link_do(db, "BEGIN", doing, err);
    }
    if (status == BW_OK) {
        status = group_make(db, family, doing, err);
        if (status == BW_OK) {
            status = login_make(db, name.text, password, guest->expires_ms, doing, err);
        }
        if (status == BW_OK) {
            status = memberships_make(db, family, guest, name.text, doing, err);
        }
        status = finish(db, status, doing, err);
    }
    if (status == BW_OK) {
        sorting_limit(db, name.text, doing);
        outdated_drop(db, family, doing);
        (void)snprintf(ret_login, BW_CARRIER_LOGIN_BYTES, "%s:%s", name.text, password);
    }
    sodium_memzero(password, sizeof password);
    return status == BW_READ_ONLY
               ? bw_error_set(err, BW_READ_ONLY, EACCES,
                     "%s: the office's own login may not make roles there; have a "
                     "superuser say ALTER ROLE … CREATEROLE, or name another --carrier",
                     doing)
               : status;
}

enum bw_status
bw_carrier_role_dismiss(PGconn *db, const char *family, const char *uri, uint32_t device,
    bool *ret_connected, struct bw_error *err)
{
    char sql[SQL_BYTES], doing[BW_CARRIER_DOING_BYTES];
    bool there = false;
    struct role_name name = role_of(family, "kiosk", device);
    (void)bw_carrier_doing(
        doing, "taking kiosk %" PRIu32 "'s login in %.100s", device, uri);
    *ret_connected = false;
    enum bw_status status = role_is_there(db, name.text, doing, &there, err);
    if (status != BW_OK || !there) {
        return status;
    }
    status = bw_carrier_link_do(db, "BEGIN", doing, err);
    if (status == BW_OK) {
        (void)snprintf(sql, sizeof sql,
            "ALTER ROLE %s NOLOGIN PASSWORD NULL VALID UNTIL 'now'", name.text);
        status = bw_carrier_link_do(db, sql, doing, err);
        if (status == BW_OK) {
            status = run_each(db, leaving, name.text, doing, err);
        }
        if (status == BW_OK) {
            status = run_each(db, orphaning, name.text, doing, err);
        }
        status = finish(db, status, doing, err);
    }
    if (status == BW_OK) {
        status = hang_up(db, name.text, doing, ret_connected, err);
        outdated_drop(db, family, doing);
    }
    return status;
}
