/* Long work beside the desk: an import, a mailing. It runs on a thread and a connection
 * of its own, goes on when the page that began it is closed, and can be told to stop.
 *
 *   begun --job returns--> over --bw_web_work_end--> gone
 *
 * WW1 what the job works with is its own until it is over: only then does anybody else
 *     look at it.
 *
 * Begun and ended by the desk's thread. */
#ifndef BW_WEB_WORK_H
#define BW_WEB_WORK_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

struct bw_web_work;

/* On the work's thread. `office` is open, and shows how far it is. */
typedef enum bw_status bw_web_job(
    struct bw_office *office, void *context, struct bw_error *err);

/* What a work is begun with; texts and context outlive it. */
struct bw_web_work_plan {
    const char *central_uri, *key_path; /* NULL: beside the database */
    struct bw_clock clock;
    bw_office_attendees *attendees;
    char who[BW_NAME_BYTES]; /* of the steps that it makes */
    bool preview;            /* keeps nothing (bw_central_check_only) */
    int64_t grace_ms;        /* it waits so long first, so that it can be stopped */
    bw_web_job *job;
    void *context;
};

/* Starts it. The caller ends it with bw_web_work_end. BW_IO, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_work_begin(const struct bw_web_work_plan *plan,
    struct bw_web_work **ret_work, struct bw_error *err);

/* How far it is. */
struct bw_web_work_state {
    bool over, stopping;
    int64_t grace_ms; /* left before it begins; 0: it began */
    char what[BW_LABEL_BYTES];
    int64_t done, total; /* 0: the total isn't known */
};

/* Waits up to `wait_ms` for its end, then says how far it is. */
void bw_web_work_look(
    struct bw_web_work *work, int wait_ms, struct bw_web_work_state *ret_state);

/* Tells it to stop, which it does between two rows or two mails. Any thread. */
void bw_web_work_stop(struct bw_web_work *work);

/* Waits for its end and frees it; with the job's status and sentence. NULL is BW_OK. */
BW_NODISCARD enum bw_status bw_web_work_end(
    struct bw_web_work *work, struct bw_error *err);

/* Stops it, waits for its end and frees it. NULL is fine. */
void bw_web_work_drop(struct bw_web_work *work);

#ifdef __cplusplus
}
#endif

#endif
