/* Search by attendees, and the PIN: see samples_parts.h. */
#include "samples_parts.h"

#include <stdio.h>
#include <string.h>

void
sample_search(struct bw_view *view)
{
    view->screen = BW_SCREEN_SEARCH;
    SET(view->search.text, "fat idr");
    SET(view->search.hint, "zo.p");
    sample_button(view, BW_ACTION_TO_DESK, BW_BUTTON_SECONDARY, "zo.help", "person");
}

void
sample_search_empty_digits(struct bw_view *view)
{
    sample_search(view);
    view->search.text[0] = '\0';
    view->search.digits = true;
}

void
sample_search_none(struct bw_view *view)
{
    sample_search(view);
    SET(view->search.text, "fatima q");
    SET(view->search.hint, "zo.none");
    view->buttons[0].kind = BW_BUTTON_PRIMARY;
}

void
sample_search_confirm(struct bw_view *view)
{
    sample_search(view);
    view->search.confirm = true;
    view->dialog.open = true;
    SET(view->dialog.question, "zo.q");
    SET(view->dialog.values.name, "Fatima I.");
    view->dialog.no = (struct bw_button){.action = BW_ACTION_NO,
        .kind = BW_BUTTON_SECONDARY,
        .key = "zo.no",
        .icon = "arrow-left"};
    view->dialog.yes = (struct bw_button){.action = BW_ACTION_YES,
        .kind = BW_BUTTON_PRIMARY,
        .key = "zo.yes",
        .icon = "check"};
}

void
sample_search_leaving(struct bw_view *view)
{
    sample_search(view);
    view->search.leaving = true;
    view->dialog.open = true;
    SET(view->dialog.question, "zo.idle");
    view->dialog.values.n = 17;
    view->dialog.yes = (struct bw_button){.action = BW_ACTION_STAY,
        .kind = BW_BUTTON_PRIMARY,
        .key = "zo.stay",
        .icon = "hand"};
}

void
sample_pin(struct bw_view *view)
{
    view->screen = BW_SCREEN_PIN;
    view->pin.digits = 3;
    view->pin.digits_max = 6;
    SET(view->pin.hint, "pin.p");
}

void
sample_pin_card(struct bw_view *view)
{
    sample_pin(view);
    view->pin.digits = 0;
    SET(view->pin.hint, "pin.card");
}

void
sample_pin_before(struct bw_view *view)
{
    sample_pin_card(view);
    SET(view->pin.hint, "pin.before");
}

void
sample_pin_wrong(struct bw_view *view)
{
    sample_pin(view);
    view->pin.digits = 0;
    view->pin.help = true;
    view->pin.values.n = 2;
    SET(view->pin.values.phone, "050 123 45 67");
    SET(view->pin.hint, "pin.bad");
}

void
sample_pin_locked(struct bw_view *view)
{
    sample_pin_wrong(view);
    view->pin.locked = true;
    view->pin.values.n = 27;
    SET(view->pin.hint, "pin.wait");
}
