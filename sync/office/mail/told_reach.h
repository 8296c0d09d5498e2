/* Whom no mail goes to, as the organiser says: an address whose mail came back, and who
 * wants none. She calls them; what is due of them stays due until they were told.
 *
 * TR1 each stands for as long as its step does (step.h), and the last one that stands
 *     counts: so undo takes it back.
 * TR2 that mail came back is of the address: it counts for everybody who has it, and not
 *     for who has another by now. That somebody wants none is of the person, and stays
 *     with whom they are joined with.
 *
 * One thread, that of the database. */
#ifndef BW_SYNC_TOLD_REACH_H
#define BW_SYNC_TOLD_REACH_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The database keeps the numbers (mail_state.kind). */
enum bw_told_reach { BW_TOLD_REACH_CAME_BACK = 1, BW_TOLD_REACH_WANTS_NONE = 2 };

/* SQL: 1 where it holds, of a row `p` of person, and of an address as it was told (lower
 * case of ASCII, as an address that mail can go to has no other letters). */
#define BW_TOLD_REACH_HOLDS(kind, whose)                                                 \
    "coalesce((SELECT m.holds FROM mail_state m JOIN step ms ON ms.step_no = m.step_no"  \
    " WHERE m.kind = " kind " AND " whose " AND ms.undone_by <= 0"                       \
    " ORDER BY m.step_no DESC LIMIT 1), 0)"
#define BW_TOLD_REACH_BACK_OF_P                                                          \
    BW_TOLD_REACH_HOLDS("1", "m.mail_fold = p.mail_fold AND m.mail_fold <> ''")
/* … since when it is so, by the office's clock; 0 where it isn't. */
#define BW_TOLD_REACH_BACK_SINCE_OF_P                                                    \
    "coalesce((SELECT m.holds * ms.at_ms FROM mail_state m"                              \
    " JOIN step ms ON ms.step_no = m.step_no WHERE m.kind = 1"                           \
    " AND m.mail_fold = p.mail_fold AND m.mail_fold <> '' AND ms.undone_by <= 0"         \
    " ORDER BY m.step_no DESC LIMIT 1), 0)"
#define BW_TOLD_REACH_NONE_OF_P BW_TOLD_REACH_HOLDS("2", "m.person_no = p.person_no")
#define BW_TOLD_REACH_BACK_OF(mail)                                                      \
    BW_TOLD_REACH_HOLDS("1", "m.mail_fold = lower(" mail ")")

/* What is said of somebody. */
struct bw_told_reached {
    bool came_back, wants_none;
    int64_t since_ms;         /* of the later of both; UTC */
    char why[BW_TITLE_BYTES]; /* … as it was said; "" where nothing was */
};

/* Of whose registration it is. BW_NOT_FOUND, what the database answers. */
BW_NODISCARD enum bw_status bw_told_reach_read(struct bw_central *central, bw_code code,
    struct bw_told_reached *ret_reached, struct bw_error *err);

/* The codes of a session, by code, that have a place or wait and whose mail came back;
 * the caller frees. BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_told_reach_backs(struct bw_central *central,
    uint32_t session_no, int64_t **ret_codes, size_t *ret_count, struct bw_error *err);

/* What is to be said. */
enum bw_told_reach_word {
    BW_TOLD_REACH_SAY_BACK,  /* "mail back": what went there came back */
    BW_TOLD_REACH_SAY_NONE,  /* "mail none": they want none */
    BW_TOLD_REACH_SAY_AGAIN, /* "mail again": neither holds any more */
};

/* What became of it. */
struct bw_told_reach_said {
    struct bw_office_registration who;
    char mail[BW_TITLE_BYTES]; /* the address that it is of; "" where there's none */
    bool changed;              /* false: so it was already, and no step was made */
};

/* Says it of somebody, by what was typed (office.h), as one step. `mailing_no` is the run
 * whose mail came back: then it is of the address that it went to, which may be theirs no
 * more (TR2); 0 is of theirs now. BW_NOT_FOUND, also where that run told them nothing;
 * BW_REFUSED where mail is said to have come back of who has no address; what the
 * database answers. Nothing was changed then. */
BW_NODISCARD enum bw_status bw_told_reach_say(const struct bw_office *office,
    const char *typed, enum bw_told_reach_word word, int64_t mailing_no, const char *why,
    struct bw_told_reach_said *ret_said, struct bw_error *err);

/* Who is joined into another brings along what is said of them: in the transaction that
 * joins them, before `from` is nobody. What the database answers. */
BW_NODISCARD enum bw_status bw_told_reach_join(
    struct bw_central *central, int64_t to, int64_t from, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
