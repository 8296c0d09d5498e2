/* What every engine of the central database shares, once it is open: see engine.h. */
#include "central/engine/engine.h"

#include <assert.h>
#include <string.h>

struct bw_sql_value
bw_sql_null(void)
{
    return (struct bw_sql_value){.type = BW_SQL_NULL, .text = ""};
}

struct bw_sql_value
bw_sql_int(int64_t number)
{
    return (struct bw_sql_value){.type = BW_SQL_INT, .number = number, .text = ""};
}

struct bw_sql_value
bw_sql_text(const char *text)
{
    if (text == NULL) {
        return bw_sql_null();
    }
    return (struct bw_sql_value){
        .type = BW_SQL_TEXT, .text = text, .bytes = strlen(text)};
}

struct bw_sql_value
bw_sql_blob(const void *blob, size_t bytes)
{
    return (struct bw_sql_value){
        .type = BW_SQL_BLOB, .text = "", .blob = blob, .bytes = bytes};
}

void
bw_central_close(struct bw_central *central)
{
    if (central != NULL) {
        bw_central_rollback(central);
        if (central->reading > 0) {
            central->engine->rollback(central);
        }
        central->engine->close(central);
    }
}

const char *
bw_central_name(const struct bw_central *central)
{
    return central->name;
}

const char *
bw_central_key_path(const struct bw_central *central)
{
    return central->key_path != NULL ? central->key_path : "";
}

static enum bw_status
begin(struct bw_central *central, enum bw_central_way way, struct bw_error *err)
{
    assert(!central->in_transaction && central->reading == 0);
    enum bw_status status = central->engine->begin(central, way, err);
    central->in_transaction = status == BW_OK;
    central->step_no = 0;
    return status;
}

enum bw_status
bw_central_begin(struct bw_central *central, struct bw_error *err)
{
    return begin(central, BW_CENTRAL_ALONE, err);
}

enum bw_status
bw_central_begin_beside(struct bw_central *central, struct bw_error *err)
{
    return begin(central, BW_CENTRAL_BESIDE, err);
}

enum bw_status
bw_central_begin_step(struct bw_central *central, struct bw_error *err)
{
    return begin(central, BW_CENTRAL_STEP, err);
}

void
bw_central_check_only(struct bw_central *central)
{
    central->check_only = true;
}

bool
bw_central_is_check_only(const struct bw_central *central)
{
    return central->check_only;
}

void
bw_central_foresee(struct bw_central *central, bw_central_look *look, void *context)
{
    assert(central->check_only);
    central->look = look;
    central->look_context = context;
}

/* The end of what isn't kept. */
static enum bw_status
look_and_forget(struct bw_central *central, struct bw_error *err)
{
    enum bw_status status = central->look != NULL
                                ? central->look(central, central->look_context, err)
                                : BW_OK;
    bw_central_rollback(central);
    return status;
}

enum bw_status
bw_central_commit(struct bw_central *central, struct bw_error *err)
{
    assert(central->in_transaction);
    if (central->check_only) {
        return look_and_forget(central, err);
    }
    enum bw_status status = central->engine->commit(central, err);
    if (status == BW_OK) {
        central->in_transaction = false;
    }
    return status;
}

void
bw_central_rollback(struct bw_central *central)
{
    if (central->in_transaction) {
        central->engine->rollback(central);
        central->in_transaction = false;
        central->look = NULL;
    }
}

enum bw_status
bw_central_read_begin(struct bw_central *central, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    if (!central->in_transaction && central->reading == 0) {
        status = central->engine->read_begin(central, err);
    }
    central->reading += status == BW_OK;
    return status;
}

void
bw_central_read_end(struct bw_central *central)
{
    if (central->reading == 0) {
        return;
    }
    central->reading--;
    if (central->reading == 0 && !central->in_transaction) {
        central->engine->rollback(central);
    }
}

bool
bw_central_in_transaction(const struct bw_central *central)
{
    return central->in_transaction;
}

enum bw_status
bw_central_run(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int count, bw_sql_row *row, void *context,
    struct bw_error *err)
{
    assert(count >= 0 && count <= BW_CENTRAL_PARAMETERS_MAX);
    return central->engine->run(central, sql, parameters, count, row, context, err);
}

int64_t
bw_central_changed(const struct bw_central *central)
{
    return central->changed;
}

struct central_number {
    bool found;
    int64_t value;
};

static bool
on_number(const struct bw_sql_value *columns, int count, void *context)
{
    struct central_number *number = context;
    assert(count >= 1);
    number->found = true;
    if (columns[0].type == BW_SQL_INT) {
        number->value = columns[0].number;
    }
    return false;
}

enum bw_status
bw_central_number(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int count, int64_t missing,
    int64_t *ret_number, struct bw_error *err)
{
    struct central_number number = {.value = missing};
    enum bw_status status =
        bw_central_run(central, sql, parameters, count, on_number, &number, err);
    if (status != BW_OK) {
        return status;
    }
    if (!number.found) {
        return BW_NOT_FOUND;
    }
    *ret_number = number.value;
    return BW_OK;
}

enum bw_status
bw_central_lock_numbers(struct bw_central *central, struct bw_error *err)
{
    assert(central->in_transaction); /* C3 */
    int64_t one;
    enum bw_status status = bw_central_number(central,
        "UPDATE central SET one = one WHERE one = 1 RETURNING one", NULL, 0, 0, &one,
        err);
    if (status == BW_NOT_FOUND) {
        return bw_error_set(err, BW_CORRUPT, 0,
            "changing %s: its row of numbers is gone; restore it from a copy",
            central->name);
    }
    return status;
}

enum bw_status
bw_central_sweep(struct bw_central *central, struct bw_error *err)
{
    assert(!central->in_transaction);
    return central->check_only ? BW_OK : central->engine->sweep(central, err);
}

enum bw_status
bw_central_take_turn(struct bw_central *central, struct bw_error *err)
{
    assert(!central->in_transaction);
    if (central->has_turn || central->check_only) { /* who only looks tells nobody */
        return BW_OK;
    }
    enum bw_status status = central->engine->take_turn(central, &central->has_turn, err);
    return status == BW_OK && !central->has_turn
               ? bw_error_set(err, BW_BUSY, 0,
                     "mailing from %s: another program is at it; wait until it has ended",
                     central->name)
               : status;
}
