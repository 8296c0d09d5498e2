/* What stands around every page: the series, how much waits behind entries of the menu,
 * and when the last backup was. One thread. */
#ifndef BW_WEB_FRAME_H
#define BW_WEB_FRAME_H

#include "report/figures/todo.h"
#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What there is to do, mails with it, in one snapshot; the desk knows from then on what
 * waits (bw_web_frame_waits). The caller finishes *inout_todos, whatever is answered.
 * BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_web_todos_read(
    struct bw_web_visit *visit, struct bw_todos *inout_todos, struct bw_error *err);

/* How much waits behind the entry `place` of the menu ("mail"). */
int64_t bw_web_frame_waits(const struct bw_web_visit *visit, const char *place);

/* Adds the series and the backup, and reads what waits where that isn't known since the
 * last post, or was read more than a minute ago. What the
 * database doesn't answer is left out: this is around the page that says so, too. */
void bw_web_frame_add(struct bw_web_visit *visit, json_t **inout_model);

#ifdef __cplusplus
}
#endif

#endif
