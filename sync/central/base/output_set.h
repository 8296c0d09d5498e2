/* Files that go into a folder together: all of them, or none.
 *
 * They are written into a folder of their own inside it (.brugwachter-XXXXXX, locked and
 * swept as O1 of output.h says), and renamed into place when all are there. So a full
 * disk changes nothing; only a failing rename can leave a part of them, and is told.
 * One thread.
 *
 *   open -> add, write, add, write … -> commit -> finish */
#ifndef BW_SYNC_OUTPUT_SET_H
#define BW_SYNC_OUTPUT_SET_H

#include "central/base/output.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A zeroed one is empty. */
struct bw_output_set {
    char folder[PATH_MAX];
    char stage[PATH_MAX]; /* "" where there's none */
    int lock;             /* of the stage, where there is one */
    char **names;         /* owned */
    size_t names_count, names_capacity;
};

/* Makes the folder where it isn't there. The errors of bw_folder_make; BW_IO,
 * BW_READ_ONLY, BW_FULL. */
BW_NODISCARD enum bw_status bw_output_set_open(
    const char *folder, struct bw_output_set *ret_set, struct bw_error *err);

/* A file of the set, open for writing; the caller commits it (bw_output_commit) before
 * the set, and it stands in the folder when the set does. Each name once. BW_REFUSED
 * where something that is no file has the name in the folder; BW_NO_MEMORY;
 * the errors of bw_output_open. */
BW_NODISCARD enum bw_status bw_output_set_add(struct bw_output_set *set, const char *name,
    mode_t mode, struct bw_output *ret_output, struct bw_error *err);

/* Puts every file in its place, in the order in which they were added, over what has
 * their names. *ret_placed tells how many are, on failure too: with 0 nothing was
 * changed. BW_FULL, BW_READ_ONLY, BW_IO. */
BW_NODISCARD enum bw_status bw_output_set_commit(
    struct bw_output_set *set, size_t *ret_placed, struct bw_error *err);

/* The same for who tells it: where some are in their place and others aren't, that can't
 * be taken back, so it is BW_OK, and *ret_incomplete says which and why (status BW_OK
 * where all are). */
BW_NODISCARD enum bw_status bw_output_set_place(
    struct bw_output_set *set, struct bw_error *ret_incomplete, struct bw_error *err);

/* Drops what isn't in its place. */
void bw_output_set_finish(struct bw_output_set *set);

#ifdef __cplusplus
}
#endif

#endif
