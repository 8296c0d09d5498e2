/* The staff card: see card.h. Its text is kept for as long as the desk looks at it, and
 * while the question stands that it answers. */
#include "card.h"

#include "flow/base/ask.h"
#include "flow/base/effect.h"
#include "flow/base/frame.h"
#include "flow/base/notice.h"
#include "flow/base/store.h"
#include "flow/base/text.h"
#include "flow/screen/pin.h"
#include "flow/staff/staff.h"

#include <string.h>

bool
bw_flow_card_is_taken(const struct bw_flow *flow, const char *text)
{
    bool reads = bw_flow_ops(flow)->scans_as != 0 || bw_flow_pin_takes_card(flow);
    return reads && flow->screen != BW_SCREEN_CHECK && bw_staff_card_is(text);
}

static bw_flow_handler on_card;

void
bw_flow_card_show(struct bw_flow *flow, const char *text, struct bw_effects *effects)
{
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_CARD);
    bw_flow_set_text(command.card.text, sizeof command.card.text,
        strlen(text) == sizeof command.card.text - 1 ? text : ""); /* cut: none */
    (void)bw_flow_ask(flow, effects, on_card, &command);
}

/* Staff hold up a card that this kiosk doesn't know: bw_flow_staff_on_answer hears what
 * came of their yes. */
static void
ask_keep(struct bw_flow *flow)
{
    struct bw_flow_dialog *dialog = &flow->dialog;
    dialog->open = true;
    dialog->kind = DIALOG_CARD;
    bw_flow_values_init(flow, &dialog->values);
    bw_flow_set_key(dialog->question, "card.q");
    bw_flow_set_key(dialog->text, "card.qp");
    bw_command_init(&dialog->command, BW_COMMAND_CARD);
    dialog->command.operated_by = BW_OPERATOR_STAFF;
    dialog->command.card.keep = true;
    memcpy(dialog->command.card.text, flow->answering->text,
        sizeof dialog->command.card.text);
}

static void
say(struct bw_flow *flow, const char *key, bool good, struct bw_now now,
    struct bw_effects *effects)
{
    if (flow->screen == BW_SCREEN_STAFF) {
        struct bw_values values;
        bw_flow_values_init(flow, &values);
        bw_flow_staff_toast(flow, key, &values, now);
    } else {
        bw_flow_notice_set(flow, key, NULL, NULL, good, now);
    }
    bw_flow_sound(effects, good ? BW_SOUND_DONE : BW_SOUND_NO);
}

static void
on_card(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    bool other = answer->kind != BW_ANSWER_CARD || answer->card == BW_CARD_OTHER;
    /* what a practice's store learns goes with it */
    bool may_keep = flow->screen == BW_SCREEN_STAFF && !flow->overview.names_locked &&
                    !flow->rehearsal && !flow->dialog.open &&
                    flow->answering->text[0] != '\0';
    if (other && may_keep && answer->kind == BW_ANSWER_CARD) {
        ask_keep(flow);
    } else if (other) {
        say(flow, "card.other", false, now, effects);
    } else {
        bw_flow_pin_names_open(flow, now, effects);
        say(flow, "card.open", true, now, effects);
        bw_flow_ask_overview(flow, now, effects);
    }
}
