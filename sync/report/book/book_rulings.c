/* What the organiser said of a session's arrivals: see book_rulings.h. */
#include "report/book/book_rulings.h"

#include "central/base/array.h"

#include <stdlib.h>
#include <string.h>

static struct bw_book_event *
find(struct bw_book *book, struct bw_event_id id)
{
    for (size_t i = 0; i < book->events_count; i++) {
        struct bw_event_id at = book->events[i].event.id;
        if (at.device == id.device && at.seq == id.seq) {
            return &book->events[i];
        }
    }
    return NULL;
}

static void
take_answer(struct bw_book *book, int64_t kind, struct bw_event_id event, const char *why)
{
    struct bw_book_answer *place = bw_array_more(
        &book->answers, &book->answers_count, &book->answers_capacity, sizeof *place);
    if (place == NULL) {
        book->full = true;
        return;
    }
    bool stands = kind > BW_BOOK_RULING_STANDS;
    *place = (struct bw_book_answer){stands,
        (int)(kind - (stands ? BW_BOOK_RULING_STANDS : BW_BOOK_RULING_UNKNOWN)), event,
        strdup(why)};
    book->full = book->full || place->why == NULL;
}

static bool
on_ruling(const struct bw_sql_value *c, int count, void *context)
{
    struct bw_book *book = context;
    struct bw_event_id id = {(uint32_t)c[1].number, (uint64_t)c[2].number};
    struct bw_book_event *event = find(book, id);
    (void)count;
    if (c[0].number > BW_BOOK_RULING_UNKNOWN) {
        take_answer(book, c[0].number, id, c[4].text);
        return true; /* the figures stay as they are */
    }
    if (event == NULL) {
        return true; /* received once the figures were fixed (B4) */
    }
    if (c[0].number == BW_BOOK_RULING_OUT) {
        size_t after = book->events_count - 1 - (size_t)(event - book->events);
        free(event->details);
        memmove(event, event + 1, after * sizeof *event);
        book->events_count--;
    } else if (c[0].number == BW_BOOK_RULING_IS && c[3].type == BW_SQL_INT) {
        event->event.code = (bw_code)c[3].number;
        event->event.basis = BW_BASIS_NAME; /* as staff would have let them in */
    } else if (c[0].number == BW_BOOK_RULING_OTHER) {
        event->event.code = BW_CODE_NONE;
        event->event.basis = BW_BASIS_WALK_IN; /* whose name nobody asked */
    }
    return true;
}

enum bw_status
bw_book_rulings_take(
    struct bw_central *central, struct bw_book *book, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(book->session.session_no);
    return bw_central_run(central,
        "SELECT r.kind, r.device, r.seq, r.code, t.why FROM ruling r"
        " JOIN step t ON t.step_no = r.step_no AND t.undone_by = 0"
        " WHERE r.session_no = $1 ORDER BY r.step_no",
        &value, 1, on_ruling, book, err);
}
