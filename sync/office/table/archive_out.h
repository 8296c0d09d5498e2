/* A ZIP archive of what lies in a folder, to be handed over as one file (libarchive). One
 * thread. */
#ifndef BW_SYNC_ARCHIVE_OUT_H
#define BW_SYNC_ARCHIVE_OUT_H

#include <brugwachter/error.h>
#include <stddef.h>

enum { BW_ARCHIVE_OUT_FILES_MAX = 20000, BW_ARCHIVE_OUT_DEPTH_MAX = 3 };

/* Borrowed for the call. BW_OK goes on. */
typedef enum bw_status bw_archive_out_each(
    const char *name, size_t bytes, void *context, struct bw_error *err);

/* Walks the files below a folder by name, "sub/name" for those of a folder in it; links
 * and names that begin with a dot are passed over. BW_IO, BW_FULL past the limits,
 * BW_NO_MEMORY, and what `each` answers. */
BW_NODISCARD enum bw_status bw_archive_out_walk(
    const char *folder, bw_archive_out_each *each, void *context, struct bw_error *err);

/* Writes them as the archive `path`, whole or not at all, readable by its owner alone;
 * `path` doesn't lie in the folder. The same errors, and those of bw_output_open. */
BW_NODISCARD enum bw_status bw_archive_out_write(
    const char *folder, const char *path, struct bw_error *err);

#endif
