/* `key new` and `key retire N`: the organiser's signing keys.
 *
 * A retired key leaves every kiosk's keyring with the next update, and tickets that it
 * signed become forged there. So the newest tickets that it signed are signed again, with
 * the newest key and the same generation, and whoever held one must be sent the new one:
 * exit status 1 says so. */
#include "office/office.h"
#include "cli/answer.h"
#include "cli/commands.h"
#include "central/keys_in_use.h"
#include "central/issue.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Above every number that the database or the file knows (K1). */
static enum bw_status
give_number(struct bw_call *call, const struct bw_keys *file, uint8_t *ret_number,
    struct bw_error *err)
{
    int64_t number = 0;
    enum bw_status status = bw_central_number(call->central,
        "SELECT max(signing_key) FROM signing_key", NULL, 0, 0, &number, err);
    int64_t newest = bw_keys_newest(file)->key;
    number = newest > number ? newest : number;
    if (status == BW_OK && number >= UINT8_MAX) {
        return bw_error_set(err, BW_FULL, 0,
            "making a signing key: all 255 numbers were given; this database needs a "
            "successor");
    }
    if (status == BW_OK) {
        *ret_number = (uint8_t)(number + 1);
    }
    return status;
}

static enum bw_status
write_new(struct bw_call *call, struct bw_keys *file, struct bw_error *err)
{
    uint8_t number = 0;
    enum bw_status status = give_number(call, file, &number, err);
    if (status == BW_OK) {
        status = bw_keys_add(bw_call_key_path(call), file, number, err);
    }
    if (status != BW_OK) {
        return status;
    }
    struct bw_sql_value values[] = {
        bw_sql_int(number),
        bw_sql_blob(bw_keys_newest(file)->public_key, BW_PUBLIC_KEY_BYTES),
        bw_sql_int(bw_call_now_ms(call)),
    };
    status = bw_central_lock_numbers(call->central, err);
    if (status == BW_OK) {
        status = bw_central_run(call->central,
            "INSERT INTO signing_key (signing_key, public, created_ms) VALUES ($1, $2, "
            "$3)",
            values, 3, NULL, NULL, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(call->central, err);
    }
    if (status != BW_OK) { /* the file went ahead: take it back */
        struct bw_error ignored;
        (void)!bw_keys_remove(bw_call_key_path(call), file, number, &ignored);
    }
    return status;
}

/* `keys` are those in use, `file` all that the file has. */
static enum bw_status
open_keys(struct bw_call *call, struct bw_keys *keys, struct bw_keys *file,
    struct bw_error *err)
{
    enum bw_status status = bw_central_begin(call->central, err);
    if (status == BW_OK) {
        status = bw_keys_in_use(call->central, bw_call_key_path(call), keys, err);
    }
    return status == BW_OK ? bw_keys_load(bw_call_key_path(call), file, err) : status;
}

static enum bw_exit
run_new(struct bw_call *call, struct bw_error *err)
{
    struct bw_keys keys = {.count = 0};
    struct bw_keys file = {.count = 0};
    enum bw_status status = open_keys(call, &keys, &file, err);
    if (status == BW_OK) {
        status = write_new(call, &file, err);
    }
    bw_central_rollback(call->central);
    if (status == BW_OK && call->json) {
        status = bw_answer_json(
            call, json_pack("{s:i}", "key", (int)bw_keys_newest(&file)->key), err);
    } else if (status == BW_OK) {
        fprintf(call->out,
            "Made signing key %d. New tickets are signed with it; kiosks know it after "
            "their next update.\n",
            bw_keys_newest(&file)->key);
    }
    bw_keys_finish(&keys);
    bw_keys_finish(&file);
    return bw_exit_of(status);
}

/* ---- retire ---- */

struct held_ticket {
    uint32_t session_no;
    bw_code code;
    uint8_t generation;
};

struct held_tickets {
    struct held_ticket *rows;
    size_t count, room;
    bool no_memory;
};

static bool
on_held_ticket(const struct bw_sql_value *columns, int count, void *context)
{
    struct held_tickets *held = context;
    (void)count;
    if (held->count == held->room) {
        size_t room = held->room == 0 ? 256 : held->room * 2;
        struct held_ticket *rows = realloc(held->rows, room * sizeof *rows);
        if (rows == NULL) {
            held->no_memory = true;
            return false;
        }
        held->rows = rows;
        held->room = room;
    }
    held->rows[held->count++] = (struct held_ticket){
        .code = (bw_code)columns[0].number,
        .generation = (uint8_t)columns[1].number,
        .session_no = (uint32_t)columns[2].number,
    };
    return true;
}

/* The newest ticket of each registration, where nobody can use it any more but by this
 * key. */
static enum bw_status
sign_again(struct bw_call *call, const struct bw_keys *keys, uint8_t retired,
    int64_t *ret_count, struct bw_error *err)
{
    struct held_tickets held = {.rows = NULL};
    struct bw_sql_value values[] = {
        bw_sql_int(retired),
        bw_sql_int(bw_call_now_ms(call)),
    };
    enum bw_status status = bw_central_run(call->central,
        "SELECT r.code, r.generation, r.session_no FROM registration r"
        " JOIN session s ON s.session_no = r.session_no"
        " WHERE s.ends_ms > $2 AND EXISTS (SELECT 1 FROM ticket t WHERE t.code = r.code"
        " AND t.generation = r.generation AND t.signing_key = $1)"
        " AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.code = r.code"
        " AND t.generation = r.generation AND t.signing_key > $1)"
        " ORDER BY r.session_no, r.code",
        values, 2, on_held_ticket, &held, err);
    if (status == BW_OK && held.no_memory) {
        status = bw_error_set(
            err, BW_NO_MEMORY, 0, "retiring signing key %d: no memory", retired);
    }
    uint32_t session_no = 0;
    int64_t revision = 0;
    for (size_t i = 0; status == BW_OK && i < held.count; i++) {
        const struct held_ticket *row = &held.rows[i];
        if (row->session_no != session_no) {
            status =
                bw_central_next_revision(call->central, row->session_no, &revision, err);
            session_no = row->session_no;
        }
        struct bw_sql_value changed[] = {
            bw_sql_int((int64_t)row->code),
            bw_sql_int(revision),
        };
        if (status != BW_OK) {
            break;
        }
        status = bw_issue_ticket(call->central, keys, row->session_no, row->code,
            row->generation, bw_call_now_ms(call), err);
        if (status == BW_OK) {
            status = bw_central_run(call->central,
                "UPDATE registration SET revision = $2 WHERE code = $1", changed, 2, NULL,
                NULL, err);
        }
    }
    *ret_count = (int64_t)held.count;
    free(held.rows);
    return status;
}

static enum bw_status
check_retirable(struct bw_call *call, uint8_t number, struct bw_error *err)
{
    int64_t in_use = 0;
    struct bw_sql_value value = bw_sql_int(number);
    enum bw_status status = bw_central_number(call->central,
        "SELECT count(*) FROM signing_key WHERE signing_key = $1 AND retired_ms IS NULL",
        &value, 1, 0, &in_use, err);
    if (status == BW_OK && in_use == 0) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "retiring signing key %d: there is none of that number in use; status lists "
            "them",
            number);
    }
    return status;
}

static enum bw_status
retire(struct bw_call *call, const struct bw_keys *keys, uint8_t number,
    int64_t *ret_count, struct bw_error *err)
{
    enum bw_status status = check_retirable(call, number, err);
    if (status == BW_OK && keys->count == 1) {
        return bw_error_set(err, BW_REFUSED, 0,
            "retiring signing key %d: it is the only one; make another first: key new",
            number);
    }
    struct bw_keys others = *keys;
    others.count = 0;
    for (int i = 0; i < keys->count; i++) {
        if (keys->keys[i].key != number) {
            others.keys[others.count++] = keys->keys[i];
        }
    }
    struct bw_sql_value values[] = {
        bw_sql_int(number),
        bw_sql_int(bw_call_now_ms(call)),
    };
    if (status == BW_OK) {
        status = bw_central_run(call->central,
            "UPDATE signing_key SET retired_ms = $2 WHERE signing_key = $1", values, 2,
            NULL, NULL, err);
    }
    if (status == BW_OK) {
        status = sign_again(call, &others, number, ret_count, err);
    }
    bw_keys_finish(&others);
    return status == BW_OK ? bw_central_commit(call->central, err) : status;
}

static enum bw_status
tell_retired(
    struct bw_call *call, uint8_t number, int64_t signed_again, struct bw_error *err)
{
    if (call->json) {
        return bw_answer_json(call,
            json_pack("{s:i, s:I}", "retired", (int)number, "tickets",
                (json_int_t)signed_again),
            err);
    }
    fprintf(call->out,
        "Retired signing key %d. %" PRId64 " tickets of sessions to come "
        "were signed again%s\n",
        number, signed_again,
        signed_again > 0 ? ": send these people their new ticket (tickets)." : ".");
    return BW_OK;
}

/* The secret goes last: a stop before it leaves a file with a key too many, which nothing
 * uses any more; never tickets that nobody can sign. */
static enum bw_exit
run_retire(struct bw_call *call, uint8_t number, struct bw_error *err)
{
    struct bw_keys keys = {.count = 0};
    struct bw_keys file = {.count = 0};
    int64_t signed_again = 0;
    enum bw_status status = open_keys(call, &keys, &file, err);
    if (status == BW_OK) {
        status = retire(call, &keys, number, &signed_again, err);
    }
    bw_central_rollback(call->central);
    bool left = status == BW_OK &&
                bw_keys_remove(bw_call_key_path(call), &file, number, err) != BW_OK;
    bw_keys_finish(&keys);
    bw_keys_finish(&file);
    if (status == BW_OK) {
        status = tell_retired(call, number, signed_again, left ? NULL : err);
    }
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    return left || signed_again > 0 ? BW_EXIT_LOOK : BW_EXIT_DONE;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    if (strcmp(call->operands[0], "new") == 0 && call->operands_count == 1) {
        return run_new(call, err);
    }
    if (strcmp(call->operands[0], "retire") == 0 && call->operands_count == 2) {
        char *end = NULL;
        long number = strtol(call->operands[1], &end, 10);
        if (*end == '\0' && end != call->operands[1] && number >= 0 &&
            number <= UINT8_MAX) {
            return run_retire(call, (uint8_t)number, err);
        }
    }
    return bw_call_usage(err, "key takes \"new\" or \"retire N\", N from 0 to 255");
}

const struct bw_sync_command bw_sync_command_key = {
    .name = "key",
    .operands = "new|retire N",
    .summary = "make a signing key, or take one out of use",
    .help =
        "Tickets are signed with the newest key. Make one before each series. Retire "
        "one\n"
        "when its secret got about: its tickets are then forged at every kiosk that was\n"
        "updated, and those of sessions to come are signed again.\n",
    .takes = BW_TAKES(BW_OPTION_KEY_FILE),
    .operands_min = 1,
    .operands_max = 2,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
