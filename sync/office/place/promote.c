/* `promote`: free places to people who wait, in the order of offers: by sign-up time over
 * all forms, ties by line; own region first only where the series says so. */
#include "central/keys_in_use.h"
#include "central/records.h"
#include "office/place/place_change.h"
#include "cli/answer.h"
#include "central/base/array.h"
#include "cli/commands.h"

#include <brugwachter/text.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { FOLD_BYTES = 3 * BW_NAME_BYTES };

struct waiting {
    bw_code code;
    bool own_region;
};

struct promotion {
    struct bw_session session;
    char region_fold[FOLD_BYTES];
    struct waiting *waiting;
    size_t waiting_count, waiting_room;
    struct bw_office_registration *promoted;
    size_t promoted_count;
    int64_t free_places; /* before */
    bool no_memory;
};

static bool
on_waiting(const struct bw_sql_value *columns, int count, void *context)
{
    struct promotion *p = context;
    (void)count;
    struct waiting *waiting =
        bw_array_more(&p->waiting, &p->waiting_count, &p->waiting_room, sizeof *waiting);
    if (waiting == NULL) {
        p->no_memory = true;
        return false;
    }
    char fold[FOLD_BYTES];
    bw_text_fold(columns[1].text, false, fold, sizeof fold);
    waiting->code = (bw_code)columns[0].number;
    waiting->own_region = strcmp(fold, p->region_fold) == 0;
    return true;
}

static enum bw_status
read_waiting(struct bw_call *call, struct promotion *p, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(p->session.session_no),
        bw_sql_int(BW_WAITLISTED),
    };
    bw_text_fold(p->session.region, false, p->region_fold, sizeof p->region_fold);
    enum bw_status status = bw_central_run(call->central,
        "SELECT r.code, r.region FROM registration r WHERE r.session_no = $1"
        " AND r.status = $2 ORDER BY " BW_SIGN_UP_ORDER,
        values, 2, on_waiting, p, err);
    if (status == BW_OK) {
        status = bw_office_free_places(call->central, &p->session, &p->free_places, err);
    }
    p->promoted = calloc(p->waiting_count + 1, sizeof *p->promoted);
    if (status == BW_OK && (p->no_memory || p->promoted == NULL)) {
        status = bw_error_set(
            err, BW_NO_MEMORY, 0, "giving out places of %s: no memory", p->session.code);
    }
    return status;
}

static enum bw_status
promote_one(struct bw_call *call, struct promotion *p, const struct bw_keys *keys,
    bw_code code, struct bw_error *err)
{
    char text[BW_CODE_BYTES];
    bw_code_format(code, text);
    struct bw_office_registration *r = &p->promoted[p->promoted_count];
    enum bw_status status = bw_office_registration_by_code(call->central, text, r, err);
    if (status == BW_OK) {
        status = bw_place_set_status(call, r, BW_CONFIRMED, "", err);
    }
    if (status == BW_OK) {
        status = bw_place_renew_ticket(call, keys, r, err);
    }
    p->promoted_count += status == BW_OK;
    return status;
}

/* Goes over the list twice where the own region comes first, else once. */
static enum bw_status
give_out(struct bw_call *call, struct promotion *p, const struct bw_keys *keys,
    int64_t count, struct bw_error *err)
{
    int rounds = p->session.own_region_first ? 2 : 1;
    int64_t left = count < p->free_places ? count : p->free_places;
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < p->waiting_count && left > 0; i++) {
            if (rounds == 2 && p->waiting[i].own_region != (round == 0)) {
                continue;
            }
            enum bw_status status = promote_one(call, p, keys, p->waiting[i].code, err);
            if (status != BW_OK) {
                return status;
            }
            left--;
        }
    }
    return BW_OK;
}

static enum bw_status
promote(struct bw_call *call, struct promotion *p, int64_t count, struct bw_error *err)
{
    struct bw_keys keys = {.count = 0};
    enum bw_status status = bw_central_begin(call->central, err);
    if (status == BW_OK) {
        status = bw_record_session(
            call->central, bw_call_value(call, BW_OPTION_SESSION), &p->session, err);
    }
    if (status == BW_OK) {
        status = bw_keys_in_use(call->central, bw_call_key_path(call), &keys, err);
    }
    if (status == BW_OK) {
        status = read_waiting(call, p, err);
    }
    if (status == BW_OK) {
        status = give_out(call, p, &keys, count, err);
    }
    if (status == BW_OK && p->promoted_count > 0) {
        status = bw_central_commit(call->central, err);
    }
    bw_central_rollback(call->central);
    bw_keys_finish(&keys);
    return status;
}

static json_t *
to_json(const struct promotion *p)
{
    json_t *list = json_array();
    for (size_t i = 0; i < p->promoted_count; i++) {
        const struct bw_registration *r = &p->promoted[i].roster;
        (void)json_array_append_new(
            list, json_pack("{s:o, s:s, s:s, s:s, s:i}", "code", bw_answer_code(r->code),
                      "first_name", r->first_name, "name", r->name, "school", r->school,
                      "generation", (int)r->generation));
    }
    return json_pack("{s:s, s:o, s:I, s:I}", "session", p->session.code, "promoted", list,
        "free", (json_int_t)(p->free_places - (int64_t)p->promoted_count), "waitlisted",
        (json_int_t)(p->waiting_count - p->promoted_count));
}

static void
print(const struct bw_call *call, const struct promotion *p)
{
    fprintf(call->out,
        "%s: %zu people got a place; %" PRId64 " places are free, %zu wait.\n",
        p->session.code, p->promoted_count, p->free_places - (int64_t)p->promoted_count,
        p->waiting_count - p->promoted_count);
    for (size_t i = 0; i < p->promoted_count; i++) {
        const struct bw_registration *r = &p->promoted[i].roster;
        char code[BW_CODE_SHOWN_BYTES];
        bw_code_format_shown(r->code, code);
        fprintf(call->out, "  %s  %s %s, %s\n", code, r->first_name, r->name, r->school);
    }
    if (p->promoted_count > 0) {
        fputs("Send them their new ticket: the old one is replaced (tickets).\n",
            call->out);
    }
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    int64_t count = 0;
    if (bw_call_number(call, BW_OPTION_COUNT, 1, BW_CAPACITY_MAX, BW_CAPACITY_MAX, &count,
            err) != BW_OK) {
        return BW_EXIT_USAGE;
    }
    struct promotion p = {.waiting = NULL};
    enum bw_status status = promote(call, &p, count, err);
    if (status == BW_OK && call->json) {
        status = bw_answer_json(call, to_json(&p), err);
    } else if (status == BW_OK) {
        print(call, &p);
    }
    bool asked = bw_call_value(call, BW_OPTION_COUNT) != NULL;
    bool short_of = asked && (int64_t)p.promoted_count < count;
    free(p.waiting);
    free(p.promoted);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    return short_of ? BW_EXIT_LOOK : BW_EXIT_DONE;
}

const struct bw_sync_command bw_sync_command_promote = {
    .name = "promote",
    .operands = "",
    .summary = "give free places to people on the waitlist, in their order",
    .help = "As many as there are free places; --count N: at most N. Each gets a new "
            "ticket.\n",
    .takes = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_COUNT) |
             BW_TAKES(BW_OPTION_KEY_FILE),
    .requires = BW_TAKES(BW_OPTION_SESSION),
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
