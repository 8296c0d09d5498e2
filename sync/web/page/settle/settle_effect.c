/* Uitzoeken: the figure that a decision leads to, before it is made: see settle.h. */
#include "office/ruling.h"
#include "report/book/book.h"
#include "web/page/settle/settle.h"

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

static enum bw_status
rule(const struct bw_office *preview, enum bw_conflict_answer answer,
    struct bw_event_id entry, const char *typed)
{
    struct bw_office_registration whose;
    switch (answer) {
    case BW_CONFLICT_OUT:
        return bw_office_rule_out(preview, entry, "", NULL);
    case BW_CONFLICT_IS:
        return bw_office_rule_is(preview, entry, typed, "", &whose, NULL);
    case BW_CONFLICT_OTHER:
        return bw_office_rule_other(preview, entry, "", NULL);
    case BW_CONFLICT_STANDS:
    case BW_CONFLICT_UNKNOWN:
        return BW_OK; /* the figures stay */
    }
    return BW_OK;
}

json_t *
bw_web_settle_effect(struct bw_web_settling *settling, const struct bw_book *book,
    enum bw_conflict_answer answer, struct bw_event_id entry, const char *typed)
{
    const struct bw_office *preview = &settling->visit->desk->preview;
    int64_t now = bw_book_present(book);
    struct foreseeing f = {.session_no = book->session.session_no, .present = now};
    if (json_array_size(settling->conflicts) / BW_WEB_SETTLE_CONFLICTS !=
        settling->page) {
        return json_string("");
    }
    bw_central_foresee(preview->central, on_look, &f);
    enum bw_status status = rule(preview, answer, entry, typed);
    bw_central_foresee(preview->central, NULL, NULL);
    return status != BW_OK ? json_string("")
                           : bw_web_filled(settling->visit,
                                 f.present == now ? "u.leads.same" : "u.leads",
                                 json_pack("{s:I, s:I}", "a", (json_int_t)now, "b",
                                     (json_int_t)f.present));
}
