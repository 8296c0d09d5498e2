/* A folder for what is made beside its place and stands there only when it is whole:
 * for files that another library writes, such as a database.
 *
 * Its name is temporary (.brugwachter-XXXXXX), it is its owner's alone, and locked and
 * swept as O1 of output.h says. One thread.
 *
 *   open -> files in it -> bw_output_place_fresh -> finish */
#ifndef BW_SYNC_OUTPUT_STAGE_H
#define BW_SYNC_OUTPUT_STAGE_H

#include "central/base/output.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A zeroed one is none. */
struct bw_output_stage {
    char folder[PATH_MAX]; /* "" where there's none */
    int lock;
};

/* Makes one in the folder that `path` lies in, after sweeping it; the caller finishes
 * it. BW_BAD_INPUT for a name that is too long, BW_NOT_FOUND, BW_FULL, BW_READ_ONLY,
 * BW_IO. */
BW_NODISCARD enum bw_status bw_output_stage_open(
    const char *path, struct bw_output_stage *ret_stage, struct bw_error *err);

/* The folder goes, with all that is in it. */
void bw_output_stage_finish(struct bw_output_stage *stage);

#ifdef __cplusplus
}
#endif

#endif
