/* The desk: see desk.h. Here is its life, and the table of its commands, whose handlers
 * handler.h names. */
#include "desk.h"

#include "core/desk/base/follow.h"
#include "core/desk/base/handler.h"
#include "core/desk/base/release.h"
#include "core/desk/base/session.h"

#include <brugwachter/store_names.h>
#include <stdio.h>
#include <stdlib.h>

/* A row a command. `staff`: an attendee's screen may not ask it. */
struct command_row {
    desk_handler *run;
    bool staff;
    bool needs_roster;
};

static const struct command_row commands[] = {
    [BW_COMMAND_SCAN] = {bw_desk_on_scan, false, true},
    [BW_COMMAND_CODE] = {bw_desk_on_code, false, true},
    [BW_COMMAND_SEARCH] = {bw_desk_on_search, true, true},
    [BW_COMMAND_WAITLIST] = {bw_desk_on_waitlist, true, true},
    [BW_COMMAND_GUEST] = {bw_desk_on_guest, true, true},
    [BW_COMMAND_WALK_IN] = {bw_desk_on_walk_in, true, true},
    [BW_COMMAND_QUEUE] = {bw_desk_on_queue, true, true},
    [BW_COMMAND_SUBSTITUTE] = {bw_desk_on_substitute, true, true},
    [BW_COMMAND_UNDO] = {bw_desk_on_undo, false, true},
    [BW_COMMAND_LEAVE] = {bw_desk_on_leave, true, true},
    [BW_COMMAND_OVERRIDE] = {bw_desk_on_override, true, true},
    [BW_COMMAND_RELEASE] = {bw_desk_on_release, true, true},
    [BW_COMMAND_COUNTS] = {bw_desk_on_counts, false, true},
    [BW_COMMAND_OFFERS] = {bw_desk_on_offers, true, true},
    [BW_COMMAND_CLOCK] = {bw_desk_on_clock, true, false},
    [BW_COMMAND_FIND] = {bw_desk_on_find, false, true},
    [BW_COMMAND_LIST] = {bw_desk_on_list, true, true},
    [BW_COMMAND_OVERVIEW] = {bw_desk_on_overview, false, false},
    [BW_COMMAND_PIN] = {bw_desk_on_pin, false, false},
    [BW_COMMAND_PIN_BEFORE] = {bw_desk_on_pin, false, false},
    [BW_COMMAND_CARD] = {bw_desk_on_card, false, false},
    [BW_COMMAND_CONFIRM_CLOCK] = {bw_desk_on_confirm_clock, true, true},
    [BW_COMMAND_CLOSE_DAY] = {bw_desk_on_close_day, true, true},
    [BW_COMMAND_AGENDA] = {bw_desk_on_agenda, false, false},
    [BW_COMMAND_SESSIONS] = {bw_desk_on_sessions, false, false},
    [BW_COMMAND_SWITCH] = {bw_desk_on_switch, true, false},
    [BW_COMMAND_KEEP_CAMERA] = {bw_desk_on_keep_camera, true, false},
    [BW_COMMAND_HISTORY] = {bw_desk_on_history, true, true},
    [BW_COMMAND_TIDY] = {bw_desk_on_tidy, true, true},
    [BW_COMMAND_LOCK_NAMES] = {bw_desk_on_lock_names, true, false},
    [BW_COMMAND_ABSENT] = {bw_desk_on_absent, true, true},
};

enum bw_status
bw_desk_create(struct bw_store *take_store, const struct bw_clock *clock,
    const struct bw_desk_options *options, struct bw_desk **ret_desk,
    struct bw_error *err)
{
    struct bw_desk *desk = calloc(1, sizeof *desk);
    if (desk == NULL) {
        bw_store_close(take_store);
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "Opening the kiosk's file failed: too little memory. Close other programs, "
            "then try again.");
    }
    desk->store = take_store;
    desk->stale = true;
    if (options != NULL && options->session_code != NULL) {
        (void)snprintf(desk->wanted, sizeof desk->wanted, "%s", options->session_code);
    }
    enum bw_status status = bw_zone_open(BW_ZONE_DEFAULT, &desk->zone, err);
    if (status == BW_OK) {
        status = bw_desk_clock_load(&desk->clock, desk->store, clock, err);
    }
    if (status == BW_OK) {
        /* of a desk before, maybe: when they were opened isn't known */
        desk->names_day_ms = bw_desk_today_ms(desk);
    }
    if (status == BW_OK) {
        status = bw_desk_follow(desk, err);
    }
    if (status != BW_OK) {
        bw_desk_destroy(desk);
        return status;
    }
    *ret_desk = desk;
    return BW_OK;
}

void
bw_desk_destroy(struct bw_desk *desk)
{
    if (desk != NULL) {
        bw_presence_destroy(desk->presence);
        bw_ledger_finish(&desk->ledger);
        bw_zone_close(desk->zone);
        bw_store_close(desk->store);
        free(desk);
    }
}

struct bw_names_key *
bw_desk_take_names(struct bw_desk *desk)
{
    return desk != NULL ? bw_store_names_take(desk->store) : NULL;
}

static enum bw_status
check(const struct bw_desk *desk, const struct bw_command *command,
    const struct command_row *row, struct bw_error *err)
{
    if (row->staff && command->operated_by == BW_OPERATOR_ATTENDEE) {
        return bw_error_set(err, BW_REFUSED, 0,
            "Doing this was refused: it is for staff. Ask them to help.");
    }
    if (row->needs_roster && !desk->has_roster) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "Checking in failed: this kiosk has no roster yet. Fetch it with "
            "brugwachter-sync pull, or from a USB stick.");
    }
    return BW_OK;
}

/* The release comes before the command, so that its answer already counts the places. */
static enum bw_status
run(struct bw_desk *desk, const struct bw_command *command, struct bw_answer *answer,
    struct bw_failure *failure)
{
    size_t kind = (size_t)command->kind;
    if (kind >= sizeof commands / sizeof commands[0] || commands[kind].run == NULL) {
        return bw_error_set(&failure->error, BW_BAD_INPUT, 0,
            "Carrying out a command failed: the kiosk doesn't know it. Restart it.");
    }
    enum bw_status status = bw_desk_follow(desk, &failure->error);
    if (status == BW_OK) {
        status = check(desk, command, &commands[kind], &failure->error);
    }
    if (status == BW_OK && desk->has_roster) {
        bw_desk_release_by_clock(desk);
    }
    return status == BW_OK ? commands[kind].run(desk, command, answer, failure) : status;
}

void
bw_desk_run(
    struct bw_desk *desk, const struct bw_command *command, struct bw_answer *ret_answer)
{
    struct bw_failure failure = {0};
    bw_answer_init(ret_answer, BW_ANSWER_DONE);
    if (run(desk, command, ret_answer, &failure) != BW_OK) {
        bw_answer_finish(ret_answer);
        bw_answer_init(ret_answer, BW_ANSWER_ERROR);
        ret_answer->failure = failure;
    }
    ret_answer->command = command->kind;
    ret_answer->request_no = command->request_no;
    ret_answer->operated_by = command->operated_by;
    if (desk->has_roster && !desk->stale) {
        bw_desk_sum(desk, &ret_answer->ledger);
    }
}

const struct bw_zone *
bw_desk_zone(const struct bw_desk *desk)
{
    return desk->zone;
}
