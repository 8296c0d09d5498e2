/* Time zone files and ISO times. The first byte says which: a file, a rule, or a time. */
#include "core/time/tzif.h"
#include "fuzz.h"

#include <brugwachter/zone.h>

static const int64_t looks[] = {-4000000000, -1, 0, 1742299200, 1743296400, 4102444800,
    32503680000, INT64_MAX / 1000, INT64_MIN / 1000};

static void
check_file(const uint8_t *bytes, size_t length)
{
    static struct tzif tzif;
    if (bw_tzif_parse(bytes, length, &tzif) != NULL) {
        return;
    }
    int offsets[TZIF_OFFSETS_MAX];
    int count = bw_tzif_offsets(&tzif, offsets);
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        int offset = bw_tzif_offset(&tzif, looks[i]);
        bool listed = false;
        for (int j = 0; j < count; j++) {
            listed = listed || offsets[j] == offset;
        }
        FUZZ_CHECK(listed);
    }
}

static void
check_rule(const char *text)
{
    struct posix_tz rule;
    if (!bw_posix_tz_parse(text, &rule)) {
        return;
    }
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        int offset = bw_posix_tz_offset(&rule, looks[i]);
        FUZZ_CHECK(offset == rule.standard_seconds ||
                   (rule.has_summer && offset == rule.summer_seconds));
    }
}

/* A time that reads is the same instant when written and read again. */
static void
check_time(const char *text)
{
    static struct bw_zone *zone;
    if (zone == NULL) {
        FUZZ_CHECK(bw_zone_open(BW_ZONE_DEFAULT, &zone, NULL) == BW_OK);
    }
    int64_t wall_ms = 0;
    struct bw_error err;
    if (bw_zone_parse_iso(zone, text, &wall_ms, &err) != BW_OK) {
        FUZZ_CHECK(err.status == BW_BAD_INPUT && err.text[0] != '\0');
        return;
    }
    FUZZ_CHECK(bw_zone_day_start(zone, wall_ms) <= wall_ms);
    /* Years 1 to 9999 and before Amsterdam counted whole minutes are another matter. */
    if (wall_ms > -900000000000 && wall_ms < 253000000000000) {
        char back[BW_ISO_BYTES];
        int64_t again = 0;
        bw_zone_format_iso(zone, wall_ms, back);
        FUZZ_CHECK(bw_zone_parse_iso(zone, back, &again, &err) == BW_OK);
        FUZZ_CHECK(again == wall_ms - (wall_ms % 1000 + 1000) % 1000);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0) {
        return 0;
    }
    char *text = fuzz_text(bytes + 1, length - 1);
    switch (bytes[0]) {
    case 'F':
        check_file(bytes + 1, length - 1);
        break;
    case 'R':
        check_rule(text);
        break;
    default:
        check_time(text);
    }
    free(text);
    return 0;
}
