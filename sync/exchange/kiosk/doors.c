/* Whether the doors of a kiosk's sessions are open: see kiosk.h. */
#include "exchange/kiosk/kiosk.h"

#include <string.h>

#define MINUTE_MS INT64_C(60000)

struct doors {
    const struct bw_enrolment *enrolment;
    int64_t now_ms;
    bool open;
};

static bool
is_own(const struct bw_enrolment *enrolment, const char *code)
{
    for (int i = 0; i < enrolment->sessions_count; i++) {
        if (strcmp(enrolment->sessions[i], code) == 0) {
            return true;
        }
    }
    return false;
}

/* As the desk opens them, the tolerance included. */
static bool
on_session(const struct bw_session *session, void *context)
{
    struct doors *doors = context;
    int64_t tolerance_ms = session->tolerance_minutes * MINUTE_MS;
    int64_t from_ms = session->opens_ms != 0
                          ? session->opens_ms - tolerance_ms
                          : session->starts_ms - session->doors_minutes * MINUTE_MS;
    if (is_own(doors->enrolment, session->code)) {
        doors->open =
            doors->now_ms >= from_ms && doors->now_ms <= session->ends_ms + tolerance_ms;
    }
    return !doors->open;
}

enum bw_status
bw_kiosk_doors_open(
    struct bw_kiosk_exchange *exchange, bool *ret_open, struct bw_error *err)
{
    struct doors doors = {.enrolment = bw_store_enrolment(exchange->store),
        .now_ms = exchange->clock.wall_ms(&exchange->clock)};
    enum bw_status status = bw_store_sessions(exchange->store, on_session, &doors, err);
    if (status == BW_OK) {
        *ret_open = doors.open;
    }
    return status;
}
