/* What all files for USB share: see usb.h. One thread. */
#include "exchange/usb.h"

#include "central/base/output.h"

enum bw_status
bw_usb_write(const char *folder, const char *name, const unsigned char *bytes,
    size_t length, char ret_path[PATH_MAX], struct bw_error *err)
{
    enum bw_status status = bw_folder_make(folder, err);
    if (status == BW_OK) {
        status = bw_path_join(folder, name, ret_path, err);
    }
    if (status == BW_OK) {
        status = bw_output_bytes(ret_path, 0666, bytes, length, err);
    }
    return status;
}
