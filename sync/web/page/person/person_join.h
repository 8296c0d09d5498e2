/* Two records side by side, as pages show them: each with its words, places, tickets and
 * the file that brought them; and what joining them would do, by the verb itself on the
 * connection that keeps nothing (WD2). One thread. */
#ifndef BW_WEB_PERSON_JOIN_H
#define BW_WEB_PERSON_JOIN_H

#include "office/place/people.h"
#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Texts are as typed, and borrowed. */
struct bw_web_join {
    const char *code, *other;
    enum bw_place_people_words words;
    const char *why;
};

/* Joins them in that office: {"kept","kept_code","moved","cancelled"}, the caller's. The
 * errors of bw_place_people_merge; BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_join_run(const struct bw_office *office,
    const struct bw_web_join *join, json_t **ret_done, struct bw_error *err);

/* What it would do, and both: the same with "this" and "that", {"code","name",
 * "school","mail","places":[{"circle","state","ticket","signed","file","told"}]} each,
 * and what differs of them marked; and the digest of all that, whosoever's words stay.
 * The errors of the above and of bw_office_export_person. */
BW_NODISCARD enum bw_status bw_web_join_look(struct bw_web_visit *visit,
    const struct bw_web_join *join, json_t **ret_model, char ret_digest[BW_WEB_KEY_BYTES],
    struct bw_error *err);

/* Who looks like the person of that code: the first as above, with "heading", "reason",
 * "button" and "picture", and "more", the others: [{"code","name"}]. False where nobody
 * does, or it can't be said now. NULL without memory. */
json_t *bw_web_join_alike(struct bw_web_visit *visit, bw_code code);

#ifdef __cplusplus
}
#endif

#endif
