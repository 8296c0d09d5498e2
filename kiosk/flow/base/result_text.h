/* What a verdict looks and sounds like, and how it is said to staff. Pure; UI
 * thread. Keys are static texts: nobody frees them. */
#ifndef BW_FLOW_RESULT_TEXT_H
#define BW_FLOW_RESULT_TEXT_H

#include "state.h"

/* An answer to one person, kept while it stands. */
struct bw_flow_result {
    struct bw_answer answer; /* a verdict; its session stands here: */
    bool has_home;
    struct bw_session home;
    int64_t answered_ms;      /* wall time */
    char text[BW_SCAN_BYTES]; /* what was scanned, to admit a guest by */
};

/* Fills in the view's words, colours and scene. */
void bw_flow_result_describe(const struct bw_flow *flow,
    const struct bw_flow_result *result, struct bw_result_view *view);

/* By name, an attendee is told only `welcome`: this one says to ask staff. */
bool bw_flow_result_is_veiled(const struct bw_flow_result *result);

/* Dark: done, walk on. Light: one more step. */
bool bw_flow_result_is_dark(const struct bw_flow_result *result);
/* What it sounds like, and how many seconds it stands. */
enum bw_sound bw_flow_result_sound(const struct bw_flow_result *result);
int bw_flow_result_seconds(const struct bw_flow_result *result);

/* What staff hear of a scan: the verdict's sound, and "no" where that has none. */
enum bw_sound bw_flow_result_staff_sound(const struct bw_answer *answer);

/* A line for staff about a verdict (the answer is of that kind): its text's key, never
 * NULL; and the values that it names, of a waiting too. `home` is the ticket's own
 * session, NULL where it isn't known. */
const char *bw_flow_result_toast(const struct bw_answer *answer);
void bw_flow_result_toast_values(const struct bw_flow *flow,
    const struct bw_answer *answer, const struct bw_session *home,
    struct bw_values *ret_values);

#endif
