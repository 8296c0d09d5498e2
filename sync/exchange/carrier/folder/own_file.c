/* Whose letters a carrier holds: see own_file.h. */
#include "exchange/carrier/folder/own_file.h"

#include "exchange/carrier/folder/folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum bw_status
bw_carrier_own_file_judge(const struct bw_carrier *carrier,
    const struct bw_carrier_owner *owner, const void *bytes, size_t length,
    struct bw_error *err)
{
    enum bw_status status = bw_folder_file_check(bytes, length, owner, err);
    return status == BW_OK ? BW_OK
                           : bw_error_prefix(err, status, "reading %s in %s",
                                 BW_CARRIER_OWN_FILE, carrier->uri);
}

enum bw_status
bw_carrier_own_file_missing(const struct bw_carrier *carrier, struct bw_error *err)
{
    return bw_error_set(err, BW_OFFLINE, ENOENT,
        "opening %s: it has no %s, so it isn't the office's folder yet; wait for it, "
        "or mount the share",
        carrier->uri, BW_CARRIER_OWN_FILE);
}

static enum bw_status
own_file_read(struct bw_carrier *carrier, const struct bw_carrier_owner *owner,
    struct bw_error *err)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    enum bw_status status = carrier->ops->get(
        carrier, BW_CARRIER_OWN_FILE, BW_FOLDER_FILE_BYTES_MAX, &bytes, &length, err);
    if (status == BW_OK) {
        status = bw_carrier_own_file_judge(carrier, owner, bytes, length, err);
        free(bytes);
    }
    return status;
}

static enum bw_status
own_file_write(struct bw_carrier *carrier, const struct bw_carrier_owner *owner,
    struct bw_error *err)
{
    char *text;
    bool fresh;
    enum bw_status status = bw_folder_file_write(owner, &text, err);
    if (status == BW_OK) {
        status = carrier->ops->put(
            carrier, BW_CARRIER_OWN_FILE, text, strlen(text), &fresh, err);
        free(text);
    }
    return status;
}

enum bw_status
bw_carrier_own_file_check(struct bw_carrier *carrier, enum bw_carrier_role role,
    const struct bw_carrier_owner *owner, struct bw_error *err)
{
    struct bw_error why = {.text = ""};
    if (role == BW_CARRIER_STICK) {
        return BW_OK;
    }
    enum bw_status status = own_file_read(carrier, owner, &why);
    if (status == BW_NOT_FOUND && role == BW_CARRIER_OFFICE) {
        return own_file_write(carrier, owner, err);
    }
    if (status == BW_NOT_FOUND) { /* the share isn't mounted, or not in step yet */
        return bw_carrier_own_file_missing(carrier, err);
    }
    return status == BW_OK ? BW_OK
                           : bw_error_set(err, status, why.os_errno, "%s", why.text);
}
