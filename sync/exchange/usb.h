/* Files that go by USB: which name, sealed to whom, signed by whom. One thread. */
#ifndef BW_SYNC_USB_H
#define BW_SYNC_USB_H

#include "exchange/batch.h"
#include "exchange/link.h"
#include "cli/command.h"

#include <limits.h>

/* Takes a roster file into the store of `link`. BW_BAD_INPUT or BW_REFUSED: another
 * kiosk's, an older one, altered, cut; nothing was changed. */
BW_NODISCARD enum bw_status bw_usb_roster_take(struct bw_link *link, const char *path,
    struct bw_pulled *ret_pulled, struct bw_error *err);

/* Writes a closed envelope into a folder, which is made where it isn't there: whole or
 * not at all. ret_path says where it lies. */
BW_NODISCARD enum bw_status bw_usb_write(const char *folder, const char *name,
    const unsigned char *bytes, size_t length, char ret_path[PATH_MAX],
    struct bw_error *err);

#endif
