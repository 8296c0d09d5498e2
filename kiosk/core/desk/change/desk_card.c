/* The staff card: opens the names, and nothing else. A card that isn't this kiosk's is no
 * miss: nobody guesses one, and a visitor may hold up what they like. */
#include "core/desk/base/handler.h"
#include "core/desk/base/record.h"
#include "core/desk/base/session.h"
#include "core/desk/base/state.h"

#include <brugwachter/store_names.h>
#include <sodium.h>

static enum bw_status
show(struct bw_desk *desk, const uint8_t secret[BW_STAFF_CARD_BYTES],
    enum bw_answer_card *ret_card, struct bw_error *err)
{
    bool fits = false, locked = bw_desk_names_locked(desk);
    enum bw_status status = bw_store_names_unlock_card(desk->store, secret, &fits, err);
    if (status == BW_OK) {
        *ret_card = !fits ? BW_CARD_OTHER : locked ? BW_CARD_OPENED : BW_CARD_KNOWN;
        desk->names_day_ms = fits ? bw_desk_today_ms(desk) : desk->names_day_ms;
    }
    return status;
}

static enum bw_status
keep(struct bw_desk *desk, const struct bw_command *command,
    const uint8_t secret[BW_STAFF_CARD_BYTES], struct bw_error *err)
{
    if (command->operated_by == BW_OPERATOR_ATTENDEE) {
        return bw_error_set(err, BW_REFUSED, 0,
            "Taking a staff card was refused: it is for staff. Ask them to help.");
    }
    return bw_store_names_keep_card(desk->store, secret, err);
}

enum bw_status
bw_desk_on_card(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    uint8_t secret[BW_STAFF_CARD_BYTES];
    enum bw_answer_card card = BW_CARD_OTHER;
    enum bw_status status = BW_OK;
    if (bw_staff_card_read(command->card.text, secret)) {
        status = command->card.keep ? keep(desk, command, secret, &failure->error)
                                    : show(desk, secret, &card, &failure->error);
        card = command->card.keep ? BW_CARD_KEPT : card;
    }
    sodium_memzero(secret, sizeof secret);
    if (status == BW_OK) {
        bw_answer_init(answer, BW_ANSWER_CARD);
        answer->card = card;
    }
    return status;
}
