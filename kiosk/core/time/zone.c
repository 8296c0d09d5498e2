/* Local time and UTC: see brugwachter/zone.h. A zone is immutable: any thread. */
#include "civil.h"
#include "tzif.h"

#include <brugwachter/limits.h>
#include <brugwachter/said.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_BYTES_MAX = 64 * 1024, SECOND_MS = 1000, HOURS_48 = 2 * DAY_SECONDS };

static const char zone_folder[] = "/usr/share/zoneinfo";

struct bw_zone {
    struct tzif tzif;
};

/* Only these characters, so no dot and no "..", and no empty part,
 * so no leading slash. */
static bool
name_is_fit(const char *name)
{
    static const char fit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                              "0123456789/_+-";
    size_t length = strnlen(name, BW_LABEL_BYTES);
    return length > 0 && length < BW_LABEL_BYTES && strspn(name, fit) == length &&
           name[0] != '/' && name[length - 1] != '/' && strstr(name, "//") == NULL;
}

/* Reads a whole small file. Returns its bytes, or -1 with errno; EFBIG past the room. */
static ssize_t
read_file(const char *path, uint8_t *ret_bytes, size_t capacity)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return -1;
    }
    size_t length = 0;
    ssize_t got;
    do {
        got = read(fd, ret_bytes + length, capacity - length);
        length += got > 0 ? (size_t)got : 0;
    } while ((got > 0 && length < capacity) || (got < 0 && errno == EINTR));
    int saved = errno;
    (void)close(fd);
    errno = got > 0 ? EFBIG : saved;
    return got == 0 ? (ssize_t)length : -1;
}

static enum bw_status
load(const char *name, struct tzif *ret_tzif, struct bw_error *err)
{
    const char *folder = getenv("TZDIR");
    if (folder == NULL || *folder == '\0') {
        folder = zone_folder;
    }
    char path[PATH_MAX];
    int wrote = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (wrote < 0 || (size_t)wrote >= sizeof path) {
        return bw_error_set(err, BW_BAD_INPUT, ENAMETOOLONG,
            "Opening time zone %s failed: the folder's name in TZDIR is too long.", name);
    }
    uint8_t *bytes = malloc(FILE_BYTES_MAX);
    if (bytes == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, ENOMEM, "Opening time zone %s failed: no memory.", name);
    }
    enum bw_status status = BW_OK;
    ssize_t length = read_file(path, bytes, FILE_BYTES_MAX);
    const char *fault =
        length < 0 ? NULL : bw_tzif_parse(bytes, (size_t)length, ret_tzif);
    if (length < 0 && (errno == ENOENT || errno == ENOTDIR || errno == EISDIR)) {
        status = bw_error_set(err, BW_NOT_FOUND, errno,
            "Opening time zone %s failed: there is none of that name in %s. Check the "
            "spelling (Europe/Amsterdam), or install tzdata.",
            name, folder);
    } else if (length < 0) {
        status = bw_error_set(err, BW_IO, errno, "Opening time zone %s failed: %s: %s.",
            name, path, bw_said(strerror(errno)));
    } else if (fault != NULL) {
        status = bw_error_set(err, BW_CORRUPT, 0,
            "Opening time zone %s failed: %s %s. Install tzdata again.", name, path,
            bw_said(fault));
    }
    free(bytes);
    return status;
}

enum bw_status
bw_zone_open(const char *name, struct bw_zone **ret_zone, struct bw_error *err)
{
    if (!name_is_fit(name)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Opening a time zone failed: its name is none. Write it as in "
            "Europe/Amsterdam: letters, digits, / _ + and - only.");
    }
    struct bw_zone *zone = calloc(1, sizeof *zone);
    if (zone == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, ENOMEM, "Opening time zone %s failed: no memory.", name);
    }
    enum bw_status status = load(name, &zone->tzif, err);
    if (status != BW_OK) {
        bw_zone_close(zone);
        return status;
    }
    *ret_zone = zone;
    return BW_OK;
}

void
bw_zone_close(struct bw_zone *zone)
{
    free(zone);
}

void
bw_zone_to_civil(const struct bw_zone *zone, int64_t wall_ms, struct bw_civil *ret_civil)
{
    int64_t utc = bw_floor_div(wall_ms, SECOND_MS);
    int offset = bw_tzif_offset(&zone->tzif, utc);
    int64_t local = utc + offset;
    int64_t days = bw_floor_div(local, DAY_SECONDS);
    int of_day = (int)(local - days * DAY_SECONDS);
    bw_civil_from_days(days, ret_civil);
    ret_civil->hour = of_day / 3600;
    ret_civil->minute = of_day / 60 % 60;
    ret_civil->second = of_day % 60;
    ret_civil->offset_minutes = offset / 60;
}

/* Every offset of the zone is tried: those that hold at the instant they lead to are the
 * answers. No search near a change, so no assumption on how far apart changes are. */
enum bw_civil_reading
bw_zone_from_civil(
    const struct bw_zone *zone, const struct bw_civil *civil, int64_t *ret_wall_ms)
{
    if (!bw_civil_is_valid(civil)) {
        return BW_CIVIL_NONE;
    }
    int64_t local = bw_civil_days(civil->year, civil->month, civil->day) * DAY_SECONDS +
                    civil->hour * 3600 + civil->minute * 60 + civil->second;
    int offsets[TZIF_OFFSETS_MAX];
    int count = bw_tzif_offsets(&zone->tzif, offsets);
    int found = 0;
    int64_t first = 0;
    for (int i = 0; i < count; i++) {
        int64_t utc = local - offsets[i];
        if (bw_tzif_offset(&zone->tzif, utc) == offsets[i]) {
            first = found == 0 || utc < first ? utc : first;
            found++;
        }
    }
    if (found == 0) {
        return BW_CIVIL_NONE;
    }
    *ret_wall_ms = first * SECOND_MS;
    return found == 1 ? BW_CIVIL_ONE : BW_CIVIL_DOUBLE;
}

static int64_t
local_days(const struct bw_zone *zone, int64_t utc_seconds)
{
    return bw_floor_div(
        utc_seconds + bw_tzif_offset(&zone->tzif, utc_seconds), DAY_SECONDS);
}

int64_t
bw_zone_day_start(const struct bw_zone *zone, int64_t wall_ms)
{
    struct bw_civil midnight;
    bw_zone_to_civil(zone, wall_ms, &midnight);
    midnight.hour = midnight.minute = midnight.second = 0;
    int64_t start_ms;
    if (bw_zone_from_civil(zone, &midnight, &start_ms) != BW_CIVIL_NONE) {
        return start_ms;
    }
    /* Some places skip midnight at a clock change: their day begins at the change. */
    int64_t high = bw_floor_div(wall_ms, SECOND_MS); /* in the day */
    int64_t low = high - HOURS_48;                   /* before it */
    int64_t day = local_days(zone, high);
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (local_days(zone, middle) >= day) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return high * SECOND_MS;
}
