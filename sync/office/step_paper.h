/* What was typed in from paper, as a step: events of the office's own log, which stay
 * (nothing of a log is deleted); taking back adds those that annul them. In a transaction
 * of the central database; one thread. */
#ifndef BW_SYNC_STEP_PAPER_H
#define BW_SYNC_STEP_PAPER_H

#include "office/office_log.h"
#include "office/step.h"

#ifdef __cplusplus
extern "C" {
#endif

/* bw_office_log_append, and the event is one of the step that was begun. The same
 * errors. */
BW_NODISCARD enum bw_status bw_step_paper_append(
    struct bw_office_log *log, struct bw_event *event, struct bw_error *err);

/* ST2 for what `step_no` typed in: BW_REFUSED where a later step that stands typed in
 * something of the same person, or the people of its session are purged. What the
 * database answers. */
BW_NODISCARD enum bw_status bw_step_paper_check(
    struct bw_central *central, int64_t step_no, struct bw_error *err);

/* Who came by `step_no` didn't, and who was taken out by it came; the events of that are
 * of the step that was begun last (ST3). BW_NO_MEMORY, what the database answers. */
BW_NODISCARD enum bw_status bw_step_paper_put_back(
    const struct bw_office *office, int64_t step_no, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
