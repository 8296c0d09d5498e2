/* A listing in pages: see walk.h. */
#include "exchange/carrier/folder/walk.h"

#include <brugwachter/said.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>

static int64_t
mono_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct bw_carrier_walk
bw_carrier_walk_begin(
    const struct bw_carrier *carrier, bw_carrier_each *each, void *context)
{
    int64_t most_ms = carrier->list_ms > 0 ? carrier->list_ms : BW_CARRIER_LIST_MS;
    return (struct bw_carrier_walk){
        .each = each, .context = context, .until_ms = mono_ms() + most_ms};
}

int64_t
bw_carrier_walk_left_ms(const struct bw_carrier_walk *walk)
{
    int64_t left_ms = walk->until_ms - mono_ms();
    return left_ms > 0 ? left_ms : 0;
}

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
bw_carrier_too_slow(const char *doing, struct bw_error *err)
{
    return bw_error_set(err, BW_OFFLINE, 0,
        "%s: the list doesn't end in time; it is tried again, and who keeps the server "
        "or folder may look",
        doing);
}

/* libcurl rounds the time that has passed, so that it ends a request up to a millisecond
 * before it should. */
enum { EARLY_MS = 2 };

enum bw_status
bw_carrier_walk_fault(const struct bw_carrier_walk *walk, const char *doing,
    enum bw_status status, struct bw_error *err)
{
    return status == BW_OFFLINE && bw_carrier_walk_left_ms(walk) <= EARLY_MS
               ? bw_carrier_too_slow(doing, err)
               : status;
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
