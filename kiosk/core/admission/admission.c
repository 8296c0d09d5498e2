/* Who may come in: see admission.h.
 *
 * The rules stand in one table, in the order of the contract; the first that applies
 * wins, and when none does the answer is `welcome`. Any thread;
 * nothing is read but the facts. */
#include "core/admission/admission.h"

#include <assert.h>
#include <stddef.h>

static bool
reads_ticket(const struct bw_facts *f)
{
    return f->request == BW_REQUEST_TICKET || f->request == BW_REQUEST_GUEST;
}

static uint8_t
highest(uint8_t a, uint8_t b)
{
    return a > b ? a : b;
}

static uint8_t
newest_generation(const struct bw_facts *f)
{
    uint8_t newest = f->newest_generation;
    if (f->on_roster) {
        newest = highest(newest, f->roster_generation);
    }
    if (f->has_sealed) {
        newest = highest(newest, f->sealed_generation);
    }
    return newest;
}

/* The organiser gave a newer ticket than the roster knows. Only people with a place get
 * one, so whoever waited has been promoted since. */
static bool
is_promoted(const struct bw_facts *f)
{
    uint8_t generation = f->newest_generation;
    if (reads_ticket(f)) {
        generation = highest(generation, f->ticket_generation);
    }
    return f->on_roster && generation > f->roster_generation;
}

bool
bw_facts_have_place(const struct bw_facts *f)
{
    return f->on_roster &&
           (f->status == BW_CONFIRMED || (f->status == BW_WAITLISTED && is_promoted(f)));
}

/* What stands in for staff's reason: places given beyond the house, counting those that
 * are promised to people who have not come yet. */
static bool
has_extra_place(const struct bw_facts *f)
{
    const struct bw_ledger *ledger = f->ledger;
    int taken = ledger->present;
    if (!bw_facts_have_place(f)) {
        taken += ledger->held;
    }
    return f->override && taken < ledger->capacity + ledger->extra_places;
}

static bool
is_no_ticket(const struct bw_facts *f)
{
    return reads_ticket(f) && f->reading == BW_TICKET_NONE;
}

static bool
is_forged(const struct bw_facts *f)
{
    return reads_ticket(f) && f->reading == BW_TICKET_FORGED;
}

static bool
is_outside_audience(const struct bw_facts *f)
{
    return (f->request == BW_REQUEST_WALK_IN || f->request == BW_REQUEST_SUBSTITUTE) &&
           !f->audience;
}

static bool
is_blocked(const struct bw_facts *f)
{
    return (f->on_roster && f->status == BW_BLOCKED) ||
           (f->has_sealed && f->sealed_status == BW_BLOCKED);
}

static bool
is_replaced(const struct bw_facts *f)
{
    return reads_ticket(f) && f->ticket_generation < newest_generation(f);
}

static bool
is_in(const struct bw_facts *f)
{
    return f->in;
}

static bool
is_unknown(const struct bw_facts *f)
{
    switch (f->request) {
    case BW_REQUEST_TICKET:
    case BW_REQUEST_GUEST:
    case BW_REQUEST_WALK_IN:
        return false;
    case BW_REQUEST_CODE:
    case BW_REQUEST_WAITLIST:
    case BW_REQUEST_SUBSTITUTE:
        return !f->on_roster && !f->has_sealed;
    }
    return false;
}

static bool
is_elsewhere(const struct bw_facts *f)
{
    return !f->here && f->request != BW_REQUEST_GUEST && f->request != BW_REQUEST_WALK_IN;
}

static bool
is_cancelled(const struct bw_facts *f)
{
    return f->on_roster && f->status == BW_CANCELLED;
}

static bool
is_early(const struct bw_facts *f)
{
    return !f->override && !f->clock_suspect && f->now_ms < f->opens_ms;
}

static bool
is_over(const struct bw_facts *f)
{
    return !f->override && !f->clock_suspect && f->now_ms > f->ends_ms;
}

static bool
is_waitlisted(const struct bw_facts *f)
{
    return f->on_roster && f->status == BW_WAITLISTED && !is_promoted(f) &&
           f->request != BW_REQUEST_WAITLIST && f->request != BW_REQUEST_SUBSTITUTE &&
           !f->override;
}

static bool
is_full(const struct bw_facts *f)
{
    const struct bw_ledger *ledger = f->ledger;
    bool full = ledger->present >= ledger->capacity;
    if (!bw_facts_have_place(f)) {
        full = full || ledger->free <= 0 || ledger->lead != 0;
    }
    return full && !has_extra_place(f);
}

struct rule {
    enum bw_verdict verdict;
    bool (*applies)(const struct bw_facts *facts);
};

static const struct rule rules[] = {
    {BW_VERDICT_NOT_A_TICKET, is_no_ticket},
    {BW_VERDICT_FORGED, is_forged},
    {BW_VERDICT_NO_AUDIENCE, is_outside_audience},
    {BW_VERDICT_BLOCKED, is_blocked},
    {BW_VERDICT_REPLACED, is_replaced},
    {BW_VERDICT_ALREADY_IN, is_in},
    {BW_VERDICT_UNKNOWN, is_unknown},
    {BW_VERDICT_OTHER_SESSION, is_elsewhere},
    {BW_VERDICT_CANCELLED, is_cancelled},
    {BW_VERDICT_TOO_EARLY, is_early},
    {BW_VERDICT_SESSION_OVER, is_over},
    {BW_VERDICT_WAITLISTED, is_waitlisted},
    {BW_VERDICT_FULL, is_full},
};

static enum bw_verdict
first_rule(const struct bw_facts *facts)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (rules[i].applies(facts)) {
            return rules[i].verdict;
        }
    }
    return BW_VERDICT_WELCOME;
}

/* Whoever stands in the queue is picked out of order as soon as one who came first is
 * still there. A guest or walk-in who isn't in the queue passes nobody by while places
 * remain for all who wait. */
static bool
passes_somebody(const struct bw_facts *f)
{
    switch (f->request) {
    case BW_REQUEST_TICKET:
    case BW_REQUEST_CODE:
        return f->override && !bw_facts_have_place(f) && f->before > 0;
    case BW_REQUEST_WAITLIST:
    case BW_REQUEST_SUBSTITUTE:
        return !bw_facts_have_place(f) && f->before > 0;
    case BW_REQUEST_GUEST:
    case BW_REQUEST_WALK_IN:
        return f->before > 0 && (f->position > 0 || f->before >= f->ledger->free);
    }
    return false;
}

static bool
is_unlisted(const struct bw_facts *f)
{
    return reads_ticket(f) && f->here &&
           (!f->on_roster || f->ticket_generation > f->roster_generation);
}

void
bw_admission_decide(const struct bw_facts *facts, struct bw_admission *ret_admission)
{
    assert(facts->ledger != NULL);
    struct bw_admission admission = {.verdict = first_rule(facts)};
    if (admission.verdict == BW_VERDICT_WELCOME) {
        struct bw_facts plain = *facts;
        plain.override = false;
        admission.overridden =
            facts->override && first_rule(&plain) != BW_VERDICT_WELCOME;
        admission.unlisted = is_unlisted(facts);
        admission.returned = facts->left;
        admission.out_of_order = passes_somebody(facts);
    }
    if (admission.verdict == BW_VERDICT_FULL && !bw_facts_have_place(facts)) {
        admission.lead = facts->ledger->lead;
    }
    *ret_admission = admission;
}
