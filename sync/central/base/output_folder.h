/* The folder that files of one session or series go into. Any thread. */
#ifndef BW_SYNC_OUTPUT_FOLDER_H
#define BW_SYNC_OUTPUT_FOLDER_H

#include "central/base/output.h"

/* `folder`, or where that is another's already, a folder in it by the name of `code`,
 * which has no slash and no dot in front: what was written for one session is never
 * overwritten by the next. Nothing is made. `ret_folder` has room of PATH_MAX.
 * BW_BAD_INPUT where the name is too long. */
BW_NODISCARD enum bw_status bw_output_folder(const char *folder, bool is_anothers,
    const char *code, char ret_folder[PATH_MAX], struct bw_error *err);

#endif
