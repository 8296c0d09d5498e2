/* `--clock`: see venue_clock.h. One thread. */
#include "venue_clock.h"

#include <brugwachter/zone.h>

static const char *
zone_name(struct bw_store *store, const char *session_code, struct bw_session *capacity)
{
    if (store == NULL) {
        return BW_ZONE_DEFAULT;
    }
    const struct bw_enrolment *enrolment = bw_store_enrolment(store);
    if (session_code == NULL && enrolment->sessions_count > 0) {
        session_code = enrolment->sessions[0];
    }
    if (session_code == NULL ||
        bw_store_session_by_code(store, session_code, capacity, NULL) != BW_OK ||
        capacity->timezone[0] == '\0') {
        return BW_ZONE_DEFAULT;
    }
    return capacity->timezone;
}

enum bw_status
bw_venue_clock_inject(struct bw_clock *clock, struct bw_store *store,
    const char *session_code, const char *text, struct bw_error *err)
{
    struct bw_session capacity;
    struct bw_zone *zone = NULL;
    int64_t wall_ms = 0;
    enum bw_status status =
        bw_zone_open(zone_name(store, session_code, &capacity), &zone, err);
    if (status == BW_OK) {
        status = bw_zone_parse_iso(zone, text, &wall_ms, err);
    }
    if (status == BW_OK) {
        bw_clock_inject(clock, wall_ms);
    }
    bw_zone_close(zone);
    return status;
}

enum bw_status
bw_venue_clock_start(struct bw_clock *clock, struct bw_store *store,
    const char *session_code, const char *text, struct bw_error *err)
{
    bw_clock_init_system(clock);
    return text != NULL ? bw_venue_clock_inject(clock, store, session_code, text, err)
                        : BW_OK;
}
