/* A time zone as its file says it (TZif, RFC 8536), versions 1 to 4. Any thread; what a
 * ret_ names is the caller's, and what is given is borrowed.
 *
 * Kept in memory of a size given at birth. Files with leap seconds ("right/") are
 * refused: our times, like POSIX's, have none. */
#ifndef BW_CORE_TZIF_H
#define BW_CORE_TZIF_H

#include "posix_tz.h"

#include <stddef.h>

enum {
    TZIF_CHANGES_MAX = 2048, /* Debian's longest has 243 */
    TZIF_TYPES_MAX = 256,
    TZIF_OFFSETS_MAX = TZIF_TYPES_MAX + 2, /* and the rule's two */
};

struct tzif {
    int changes;
    int types;
    bool has_rule; /* for times after the last change */
    struct posix_tz rule;
    int64_t at[TZIF_CHANGES_MAX]; /* UTC seconds, rising */
    uint8_t type[TZIF_CHANGES_MAX];
    int offset[TZIF_TYPES_MAX]; /* seconds east of UTC */
};

/* NULL where the bytes are such a file, else why they aren't ("is cut short"). */
const char *bw_tzif_parse(const uint8_t *bytes, size_t length, struct tzif *ret_tzif);

/* Seconds east of UTC at a UTC time in seconds. */
int bw_tzif_offset(const struct tzif *tzif, int64_t utc_seconds);

/* Every offset that this zone ever has (seconds east of UTC), each once. Returns their
 * count. */
int bw_tzif_offsets(const struct tzif *tzif, int ret_offsets[TZIF_OFFSETS_MAX]);

#endif
