/* A folder as a carrier: a share, a stick, or one that a cloud client keeps in step.
 *
 * `brugwachter-letters.json` in it says whose it is: the central database's id and the
 * organiser's public signing key, signed with it. The office makes folder and file; a
 * kiosk makes neither, and is offline where the file is missing: a mount point without
 * its mount takes no letters.
 *
 *   put: .bw-put-XXXXXX (O_EXCL, 0644) --write, fsync--> link or rename without
 *   replacing to NAME --> fsync of the folder
 *
 * Where the file system knows neither (some sticks), a plain rename after looking is
 * all there is; names are unique by their hash, so what could be replaced is the same
 * letter. Temporary files of killed writers are cleared a day later by the file
 * system's own times. One thread. */
#ifndef BW_CARRIER_FOLDER_H
#define BW_CARRIER_FOLDER_H

#include "exchange/carrier/carrier.h"

/* See bw_carrier_open; `path` is what stands behind `folder:`. BW_OFFLINE where it isn't
 * there, BW_NO_MEMORY, and the other errors of bw_carrier_open. */
BW_NODISCARD enum bw_status bw_carrier_folder_open(const char *path,
    enum bw_carrier_role role, const struct bw_carrier_owner *owner,
    struct bw_carrier **ret_carrier, struct bw_error *err);

/* The signed file's text; the caller frees. And whether bytes from a folder are the one
 * that `owner` signed: BW_BAD_INPUT: it is no such file, or not signed so. BW_REFUSED:
 * another central database's; BW_NO_MEMORY. */
enum { BW_FOLDER_FILE_BYTES_MAX = 4096 };
BW_NODISCARD enum bw_status bw_folder_file_write(
    const struct bw_carrier_owner *owner, char **ret_text, struct bw_error *err);
BW_NODISCARD enum bw_status bw_folder_file_check(const void *bytes, size_t length,
    const struct bw_carrier_owner *owner, struct bw_error *err);

#endif
