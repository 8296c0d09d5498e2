/* The staff PIN. A miss is written, whole, before the hash is tried, so that pulling the
 * plug buys no tries; when the disk is full the count still holds in memory. */
#include "core/desk/base/handler.h"
#include "core/desk/base/record.h"
#include "core/desk/base/session.h"
#include "core/desk/base/state.h"

#include <brugwachter/store_names.h>
#include <sodium.h>
#include <string.h>

#define NUMBER_MISSES "pin_misses"
#define NUMBER_MONO "pin_missed_mono_ms"
#define NUMBER_BOOT "pin_boot"

static enum bw_status
load(struct bw_desk *desk, struct pin_state *ret_state, struct bw_error *err)
{
    struct pin_state state = {0};
    enum bw_status status =
        bw_store_get_number(desk->store, NUMBER_MISSES, 0, &state.misses, err);
    if (status == BW_OK) {
        status =
            bw_store_get_number(desk->store, NUMBER_MONO, 0, &state.missed_mono_ms, err);
    }
    if (status == BW_OK) {
        status = bw_store_get_number(desk->store, NUMBER_BOOT, 0, &state.boot, err);
    }
    if (status == BW_OK) {
        *ret_state = state;
    }
    return status;
}

static enum bw_status
keep(struct bw_desk *desk, const struct pin_state *state)
{
    struct bw_error err;
    enum bw_status status =
        bw_store_set_number(desk->store, NUMBER_MONO, state->missed_mono_ms, &err);
    if (status == BW_OK) {
        status = bw_store_set_number(desk->store, NUMBER_BOOT, state->boot, &err);
    }
    return status == BW_OK
               ? bw_store_set_number(desk->store, NUMBER_MISSES, state->misses, &err)
               : status;
}

static bool
is_pin(const char *hash, const char *typed)
{
    return crypto_pwhash_str_verify(hash, typed, strlen(typed)) == 0;
}

/* Nobody asks for the PIN: who wants to know a name gives it. */
enum bw_status
bw_desk_on_lock_names(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    (void)command;
    (void)answer;
    (void)failure;
    bw_store_names_lock(desk->store);
    return BW_OK;
}

/* The right PIN: what it does for the names. That they can't be opened keeps nobody from
 * the staff's screens: the answer says it, and the next PIN tries again. */
static void
take_pin(struct bw_desk *desk, const char *pin, struct bw_answer_pin *answer)
{
    answer->names_failed = bw_store_names_unlock(desk->store, pin, NULL) != BW_OK;
    answer->names_before = !answer->names_failed && bw_desk_names_locked(desk);
}

/* For names that the right PIN couldn't open: by the one before it, or given up by the
 * same once more. False: neither. */
static bool
take_pin_before(
    struct bw_desk *desk, const char *hash, const char *pin, struct bw_answer_pin *answer)
{
    bool fits = false;
    if (is_pin(hash, pin)) {
        answer->names_failed = bw_store_names_give_up(desk->store, pin, NULL) != BW_OK;
        return true;
    }
    return bw_store_names_unlock_before(desk->store, pin, &fits, NULL) == BW_OK && fits;
}

static bool
take(struct bw_desk *desk, const struct bw_command *command, const char *hash,
    struct bw_answer_pin *answer)
{
    const char *pin = command->pin.text;
    if (command->kind == BW_COMMAND_PIN_BEFORE) {
        return take_pin_before(desk, hash, pin, answer);
    }
    bool ok = is_pin(hash, pin);
    if (ok) {
        take_pin(desk, pin, answer);
    }
    return ok;
}

enum bw_status
bw_desk_on_pin(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    const char *hash = bw_store_enrolment(desk->store)->pin_hash;
    if (hash[0] == '\0') {
        return bw_error_set(&failure->error, BW_REFUSED, 0,
            "Unlocking for staff failed: this kiosk was given no PIN. Ask the organiser "
            "to enrol it again with one.");
    }
    enum bw_status status = BW_OK;
    if (!desk->has_pin_state) {
        status = load(desk, &desk->pin, &failure->error);
        desk->has_pin_state = status == BW_OK;
    }
    if (status != BW_OK) {
        return status;
    }
    bw_answer_init(answer, BW_ANSWER_PIN);
    answer->pin.wait_s = bw_pin_wait_s(&desk->pin, &desk->clock.source);
    if (answer->pin.wait_s == 0 && command->pin.text[0] != '\0') {
        bw_pin_miss(&desk->pin, &desk->clock.source);
        (void)keep(desk, &desk->pin);
        answer->pin.ok = take(desk, command, hash, &answer->pin);
        if (answer->pin.ok) {
            desk->names_day_ms = bw_desk_today_ms(desk);
            desk->pin = (struct pin_state){0};
            (void)keep(desk, &desk->pin);
        }
        answer->pin.wait_s = bw_pin_wait_s(&desk->pin, &desk->clock.source);
    }
    answer->pin.left = bw_pin_tries_left(&desk->pin);
    return BW_OK;
}
