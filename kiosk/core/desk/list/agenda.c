/* The agenda: what else is on offer, and isn't over. */
#include "core/desk/base/handler.h"
#include "core/desk/base/state.h"

#include <stdlib.h>

enum { AGENDA_MAX = 200 };

struct agenda_page {
    struct bw_answer_agenda *agenda;
    int64_t now_ms;
};

static bool
on_agenda(const struct bw_agenda_item *item, void *context)
{
    struct agenda_page *page = context;
    int64_t ends_ms = item->ends_ms > item->starts_ms ? item->ends_ms : item->starts_ms;
    if (item->starts_ms != 0 && ends_ms < page->now_ms) {
        return true;
    }
    struct bw_answer_agenda *agenda = page->agenda;
    agenda->items[agenda->count++] = *item;
    return agenda->count < AGENDA_MAX;
}

enum bw_status
bw_desk_on_agenda(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    (void)command;
    struct agenda_page page = {
        .agenda = &answer->agenda, .now_ms = bw_desk_clock_now_ms(&desk->clock)};
    bw_answer_init(answer, BW_ANSWER_AGENDA);
    answer->agenda.items = calloc(AGENDA_MAX, sizeof *answer->agenda.items);
    if (answer->agenda.items == NULL) {
        return bw_error_set(&failure->error, BW_NO_MEMORY, 0,
            "Reading the agenda failed: this kiosk has too little memory. Close other "
            "programs, then try again.");
    }
    return bw_store_agenda(desk->store, on_agenda, &page, &failure->error);
}
