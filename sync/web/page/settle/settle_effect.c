/* Uitzoeken: the figure that a decision leads to, before it is made: see settle.h. */
#include "office/ruling.h"
#include "report/book/book.h"
#include "web/page/settle/settle.h"

enum { FORESEEN_MAX = 60 }; /* a page: each reads the circle anew */

struct foreseeing {
    uint32_t session_no;
    int64_t present;
};

static enum bw_status
on_look(struct bw_central *central, void *context, struct bw_error *err)
{
    struct foreseeing *f = context;
    struct bw_book *book = NULL;
    enum bw_status status = bw_book_open(central, f->session_no, NULL, &book, err);
    if (status == BW_OK) {
        f->present = bw_book_present(book);
    }
    bw_book_close(book);
    return status;
}

json_t *
bw_web_settle_effect(struct bw_web_settling *settling, const struct bw_book *book,
    struct bw_event_id entry, const char *typed)
{
    const struct bw_office *preview = &settling->visit->desk->preview;
    struct foreseeing f = {.session_no = book->session.session_no};
    struct bw_office_registration whose;
    int64_t now = bw_book_present(book);
    if (settling->foreseen++ >= FORESEEN_MAX) {
        return json_string("");
    }
    bw_central_foresee(preview->central, on_look, &f);
    enum bw_status status =
        typed == NULL ? bw_office_rule_out(preview, entry, "", NULL)
                      : bw_office_rule_is(preview, entry, typed, "", &whose, NULL);
    bw_central_foresee(preview->central, NULL, NULL);
    return status != BW_OK ? json_string("")
                           : bw_web_filled(settling->visit,
                                 f.present == now ? "u.leads.same" : "u.leads",
                                 json_pack("{s:I, s:I}", "a", (json_int_t)now, "b",
                                     (json_int_t)f.present));
}
