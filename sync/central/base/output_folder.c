/* See output_folder.h. */
#include "central/base/output_folder.h"

enum bw_status
bw_output_folder(const char *folder, bool is_anothers, const char *code,
    char ret_folder[PATH_MAX], struct bw_error *err)
{
    if (is_anothers) {
        return bw_path_join(folder, code, ret_folder, err);
    }
    int bytes = snprintf(ret_folder, PATH_MAX, "%s", folder);
    return bytes < PATH_MAX
               ? BW_OK
               : bw_error_set(err, BW_BAD_INPUT, 0,
                     "writing into a folder: its name is too long; choose a shorter one");
}
