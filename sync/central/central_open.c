/* Opening a central database, and making its tables or bringing them up to date: see
 * central.h. The only file that knows which engines there are. One thread. */
#include "central/central.h"

#include "central/engine/schema.h"
#include "central/sealed.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

static enum bw_status
run_list(struct bw_central *central, const char *const *list, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (; status == BW_OK && *list != NULL; list++) {
        status = bw_central_run(central, *list, NULL, 0, NULL, NULL, err);
    }
    return status;
}

static enum bw_status
setup_in_transaction(
    struct bw_central *central, int64_t version, int64_t now_ms, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (int64_t step = version; status == BW_OK && bw_schema_steps[step] != NULL;
         step++) {
        for (int list = 0; status == BW_OK && bw_schema_steps[step][list] != NULL;
             list++) {
            status = run_list(central, bw_schema_steps[step][list], err);
        }
    }
    if (status == BW_OK && version == 0) {
        uint8_t id[32];
        randombytes_buf(id, sizeof id);
        struct bw_sql_value values[] = {bw_sql_blob(id, sizeof id), bw_sql_int(now_ms)};
        status = bw_central_run(central,
            "INSERT INTO central (one, id, created_ms) VALUES (1, $1, $2)", values, 2,
            NULL, NULL, err);
    }
    if (status == BW_OK && version == 1) { /* kiosks were sealed for when they pulled */
        status = bw_central_sealed_fill(central, err);
    }
    if (status == BW_OK) {
        status = central->engine->set_schema_version(central, BW_CENTRAL_SCHEMA, err);
    }
    return status;
}

enum bw_status
bw_central_prepare(
    struct bw_central *central, int64_t now_ms, bool *ret_created, struct bw_error *err)
{
    assert(central->in_transaction);
    int64_t version = 0; /* read again, under the lock */
    enum bw_status status = central->engine->schema_version(central, &version, err);
    if (status == BW_OK && version < BW_CENTRAL_SCHEMA) {
        status = setup_in_transaction(central, version, now_ms, err);
    }
    if (status == BW_OK) {
        *ret_created = version == 0;
    }
    return status;
}

enum bw_status
bw_central_setup(
    struct bw_central *central, int64_t now_ms, bool *ret_created, struct bw_error *err)
{
    bool created = false;
    enum bw_status status = bw_central_begin(central, err);
    if (status == BW_OK) {
        status = bw_central_prepare(central, now_ms, &created, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(central, err);
    }
    bw_central_rollback(central);
    if (status == BW_OK) {
        *ret_created = created;
    }
    return status;
}

static const struct bw_central_engine *const engines[] = {
    &bw_central_sqlite, &bw_central_postgres};

/* NULL for an address that is nobody's. */
static const struct bw_central_engine *
engine_of(const char *uri)
{
    for (size_t i = 0; i < sizeof engines / sizeof engines[0]; i++) {
        size_t bytes = strlen(engines[i]->scheme);
        if (strncmp(uri, engines[i]->scheme, bytes) == 0 && uri[bytes] != '\0') {
            return engines[i];
        }
    }
    return NULL;
}

/* The engine that an address names. */
static enum bw_status
engine_find(
    const char *uri, const struct bw_central_engine **ret_engine, struct bw_error *err)
{
    const struct bw_central_engine *engine = engine_of(uri);
    if (engine == NULL) {
        const char *rest = strstr(uri, "://"); /* what follows may hold a password */
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "opening the central database: \"%.*s\" is no sqlite:PATH and no "
            "postgresql://…",
            (int)(rest != NULL ? (size_t)(rest - uri) : strlen(uri)), uri);
    }
    *ret_engine = engine;
    return BW_OK;
}

static enum bw_status
version_read(struct bw_central *central, int64_t *ret_version, struct bw_error *err)
{
    int64_t version = 0;
    enum bw_status status = central->engine->schema_version(central, &version, err);
    if (status == BW_OK && version > BW_CENTRAL_SCHEMA) {
        return bw_error_set(err, BW_NEWER, 0,
            "opening %s: it was written by a newer version of this program; "
            "update this program",
            central->name);
    }
    if (status == BW_OK) {
        *ret_version = version;
    }
    return status;
}

/* Looks at the tables; again where another program brought them up to date between the
 * look at the version and that at them. Versions only rise, so it ends. */
static enum bw_status
tables_check(struct bw_central *central, int64_t *inout_version, struct bw_error *err)
{
    int64_t version = *inout_version, before;
    enum bw_status status;
    do {
        before = version;
        status =
            version > 0 ? central->engine->schema_check(central, version, err) : BW_OK;
        if (status == BW_CORRUPT) {
            struct bw_error why;
            enum bw_status again = version_read(central, &version, &why);
            if (again == BW_NEWER) {
                return bw_error_set(err, again, 0, "%s", why.text);
            }
        }
    } while (status == BW_CORRUPT && version > before);
    if (status == BW_OK) {
        *inout_version = version;
    }
    return status;
}

enum bw_status
bw_central_open(const char *uri, enum bw_central_mode mode,
    struct bw_central **ret_central, struct bw_error *err)
{
    const struct bw_central_engine *engine = NULL;
    struct bw_central *central = NULL;
    int64_t version = 0;
    enum bw_status status = engine_find(uri, &engine, err);
    if (status == BW_OK) {
        assert(engine != NULL);
        status = engine->open(uri, mode, &central, err);
    }
    if (status != BW_OK) {
        return status;
    }
    central->engine = engine;
    status = version_read(central, &version, err);
    if (status == BW_OK && version == 0 && mode == BW_CENTRAL_OPEN) {
        status = bw_error_set(err, BW_NOT_FOUND, 0,
            "opening %s: it isn't set up; run: brugwachter-sync --central %s init",
            central->name, central->name);
    }
    if (status == BW_OK) {
        status = tables_check(central, &version, err);
    }
    if (status == BW_OK && version < BW_CENTRAL_SCHEMA && mode == BW_CENTRAL_OPEN) {
        bool created;
        status = bw_central_setup(central, 0, &created, err);
    }
    if (status != BW_OK) {
        bw_central_close(central);
        return status;
    }
    *ret_central = central;
    return BW_OK;
}
