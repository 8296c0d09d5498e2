/* Kiosks of which there are two: see kiosk.h. By one sheet they have keys of their own,
 * and the second introduction waits; by one store they have the same, and the log
 * forks. */
#include "office/kiosk.h"

#include "central/records.h"
#include "office/step.h"

#include <stdio.h>
#include <string.h>

/* Ruling kind 5: which copy goes on was said, as far as the log has branched. For good:
 * the other one stops, and can't be told to go on again. */
static enum bw_status
decided_put(const struct bw_office *office, uint32_t device, const char *why,
    const struct bw_fork *fork, uint32_t session_no, struct bw_error *err)
{
    char about[16];
    (void)snprintf(about, sizeof about, "%u", device);
    enum bw_status status = bw_step_for_good(office, "kiosks keep", about, why, err);
    struct bw_sql_value values[] = {bw_sql_int(bw_central_step(office->central)),
        bw_sql_int(session_no), bw_sql_int(device),
        bw_sql_int((int64_t)fork->newest_seq)};
    if (status == BW_OK) {
        status = bw_central_run(office->central,
            "INSERT INTO ruling (step_no, session_no, kind, device, seq, code)"
            " VALUES ($1, $2, 5, $3, $4, NULL)",
            values, 4, NULL, NULL, err);
    }
    return status == BW_OK ? bw_record_kiosk_changed(office->central, device, err)
                           : status;
}

static enum bw_status
copy_pick(const struct bw_fork *fork, uint32_t device, const char *name,
    const struct bw_fork_copy **ret_copy, struct bw_error *err)
{
    if (fork->count < 2) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "choosing a copy of kiosk %u: there are no two of it; kiosks lists those "
            "that there are",
            device);
    }
    if (!fork->at_work) {
        return bw_error_set(err, BW_REFUSED, 0,
            "choosing a copy of kiosk %u: it was revoked, so none goes on", device);
    }
    if (fork->decided_step != 0) {
        return bw_error_set(err, BW_REFUSED, 0,
            "choosing a copy of kiosk %u: this was done before; enrol the one that "
            "stopped again",
            device);
    }
    for (int i = 0; i < fork->count; i++) {
        if (strcmp(fork->copies[i].name, name) == 0) {
            *ret_copy = &fork->copies[i];
            return BW_OK;
        }
    }
    return bw_error_set(err, BW_NOT_FOUND, 0,
        "choosing a copy of kiosk %u: none is called \"%.20s\"; kiosks lists them",
        device, name);
}

static enum bw_status
keep(const struct bw_office *office, uint32_t device, const char *name, const char *why,
    struct bw_fork_copy *ret_copy, struct bw_error *err)
{
    struct bw_central *central = office->central;
    struct bw_fork fork;
    const struct bw_fork_copy *copy = NULL;
    enum bw_status status = bw_fork_read(central, device, &fork, err);
    if (status == BW_OK) {
        status = copy_pick(&fork, device, name, &copy, err);
    }
    if (status != BW_OK) {
        return status;
    }
    struct bw_sql_value values[] = {bw_sql_int(device),
        bw_sql_int((int64_t)copy->last.id.seq),
        bw_sql_blob(copy->last.hash, BW_HASH_BYTES)};
    status = bw_central_run(central,
        "UPDATE device SET receipt_seq = $2, receipt_hash = $3 WHERE device = $1", values,
        3, NULL, NULL, err);
    if (status == BW_OK) {
        *ret_copy = *copy;
        status = decided_put(office, device, why, &fork, copy->last.session_no, err);
    }
    return status;
}

enum bw_status
bw_office_kiosk_keep(const struct bw_office *office, uint32_t device, const char *copy,
    const char *why, struct bw_fork_copy *ret_copy, struct bw_error *err)
{
    struct bw_fork_copy kept;
    enum bw_status status = bw_central_begin_step(office->central, err);
    if (status == BW_OK) {
        status = bw_central_hold_kiosk(office->central, device, err);
    }
    if (status == BW_OK) {
        status = keep(office, device, copy, why, &kept, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    if (status == BW_OK) {
        *ret_copy = kept;
    }
    return status;
}

enum bw_status
bw_office_kiosk_accept(const struct bw_office *office, uint32_t device,
    bw_office_kiosk_taking *take, void *context, struct bw_error *err)
{
    const char *words = "";
    char about[16];
    (void)snprintf(about, sizeof about, "%u", device);
    enum bw_status status = bw_central_begin_step(office->central, err);
    if (status == BW_OK) {
        status = bw_central_hold_kiosk(office->central, device, err);
    }
    if (status == BW_OK) {
        status = take(context, &words, err);
    }
    if (status == BW_OK) {
        status = bw_step_for_good(office, "kiosks accept", about, words, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    return status;
}
