/* A listing in pages: see walk.h. */
#include "exchange/carrier/folder/walk.h"

#include <brugwachter/said.h>
#include <stdarg.h>
#include <stdio.h>

bool
bw_carrier_walk_on(
    void *context, const char *name, const struct bw_letter_name *parsed, uint64_t bytes)
{
    struct bw_carrier_walk *walk = context;
    walk->ended = !walk->each(walk->context, name, parsed, bytes);
    return !walk->ended;
}

enum bw_status
bw_carrier_as_offline(struct bw_error *err)
{
    if (err) {
        err->status = BW_OFFLINE;
    }
    return BW_OFFLINE;
}

enum bw_status
bw_carrier_no_end(const char *doing, struct bw_error *err)
{
    return bw_error_set(
        err, BW_OFFLINE, 0, "%s: the list has no end; have the server looked at", doing);
}

enum bw_status
bw_carrier_page_too_long(const char *doing, size_t most_bytes, struct bw_error *err)
{
    return bw_error_set(err, BW_OFFLINE, 0,
        "%s: the list is over %zu bytes; have the folder cleared of what is old", doing,
        most_bytes);
}

const char *
bw_carrier_doing(char ret_doing[BW_CARRIER_DOING_BYTES], const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)vsnprintf(ret_doing, BW_CARRIER_DOING_BYTES, bw_said(format), args);
    va_end(args);
    return ret_doing;
}
