/* `held` is counted, not `expected`: who left again is neither in nor still to come. */
#include "figures.h"

#include "say.h"

void
bw_ui_figures(
    struct bw_ui_page *page, const struct bw_view *view, char ret_text[BW_WORDING_BYTES])
{
    const struct bw_ledger *ledger = &view->overview.ledger;
    struct bw_values values = {
        .p = ledger->present, .n = ledger->held, .f = ledger->free};
    bw_ui_say(page, ledger->released ? "fig.after" : "fig.now", &values, ret_text);
}

void
bw_ui_figures_release(
    struct bw_ui_page *page, const struct bw_view *view, char ret_text[BW_WORDING_BYTES])
{
    const struct bw_ledger *ledger = &view->overview.ledger;
    struct bw_values values = {.n = ledger->expected};
    ret_text[0] = '\0';
    if (ledger->released && ledger->expected > 0) {
        bw_ui_say(page, "fig.did", &values, ret_text);
    }
}

void
bw_ui_figures_ring(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect rect,
    bw_ui_colour colour)
{
    const struct bw_ledger *ledger = &view->overview.ledger;
    bw_ui_page_ring(
        page, rect, ledger->present, ledger->held, ledger->capacity, colour, BW_RAND);
}
