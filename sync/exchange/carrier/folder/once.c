/* Names that are written once: see once.h. */
#include "exchange/carrier/folder/once.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { PUT_TRIES = 3 };

enum there { NOTHING_THERE, SAME_THERE, HALF_THERE, OTHER_THERE };

/* What is there is no letter, and ours is the one that the name was given to: an upload
 * that broke. */
static bool
is_half(const char *name, const unsigned char *there, size_t there_bytes,
    const void *bytes, size_t length)
{
    struct bw_letter_name parsed;
    return bw_letter_name_parse(name, &parsed) &&
           bw_letter_name_fits(&parsed, bytes, length) &&
           !bw_letter_name_fits(&parsed, there, there_bytes);
}

/* What has that name now. */
static enum bw_status
look(struct bw_carrier *carrier, const char *name, const void *bytes, size_t length,
    enum there *ret_there, struct bw_error *err)
{
    unsigned char *there = NULL;
    size_t there_bytes = 0;
    struct bw_error why = {.text = ""};
    enum bw_status status =
        carrier->ops->get(carrier, name, length, &there, &there_bytes, &why);
    switch (status) {
    case BW_OK:
        assert(there);
        if (there_bytes == length && memcmp(there, bytes, length) == 0) {
            *ret_there = SAME_THERE;
        } else {
            *ret_there = is_half(name, there, there_bytes, bytes, length) ? HALF_THERE
                                                                          : OTHER_THERE;
        }
        free(there);
        return BW_OK;
    case BW_NOT_FOUND:
        *ret_there = NOTHING_THERE;
        return BW_OK;
    case BW_FULL:
    case BW_REFUSED:
        *ret_there = OTHER_THERE;
        return BW_OK;
    default:
        return bw_error_set(err, status, why.os_errno, "%s", why.text);
    }
}

enum bw_status
bw_carrier_refuse(
    const struct bw_carrier *carrier, const char *name, struct bw_error *err)
{
    return bw_error_set(err, BW_REFUSED, 0,
        "putting %s into %s: something else has that name; it stays as it is", name,
        carrier->uri);
}

enum bw_status
bw_carrier_put_once(struct bw_carrier *carrier, bw_carrier_send *send, const char *name,
    const void *bytes, size_t length, bool *ret_fresh, struct bw_error *err)
{
    struct bw_error why = {.text = ""}, sending = {.text = ""};
    for (int sent = 0; sent < PUT_TRIES; sent++) {
        enum there there = NOTHING_THERE;
        enum bw_status status = look(carrier, name, bytes, length, &there, &why);
        if (status == BW_OK && there == HALF_THERE) {
            status = carrier->ops->remove(carrier, name, &why);
        }
        if (status != BW_OK) {
            const struct bw_error *first = sent > 0 ? &sending : &why;
            return bw_error_set(err, first->status, first->os_errno, "%s", first->text);
        }
        if (there == SAME_THERE) {
            *ret_fresh = sent > 0; /* its reply was lost */
            return BW_OK;
        }
        if (there == OTHER_THERE) {
            return bw_carrier_refuse(carrier, name, err);
        }
        if (there == NOTHING_THERE && sent > 0) {
            break; /* the next round tries again, under the same name */
        }
        if (send(carrier, name, bytes, length, &sending)) {
            *ret_fresh = true;
            return BW_OK;
        }
    }
    return bw_error_set(err, sending.status, sending.os_errno, "%s", sending.text);
}
