/* The fleet: every kiosk that was ever enrolled, as the organiser looks at it. One
 * thread, that of the central database. */
#ifndef BW_EXCHANGE_OFFICE_FLEET_H
#define BW_EXCHANGE_OFFICE_FLEET_H

#include "exchange/letter/events.h"
#include "exchange/letter/figures.h"
#include "exchange/letter/words.h"
#include "exchange/office/kiosk_record.h"

#ifdef __cplusplus
extern "C" {
#endif

/* An introduction that waits. */
struct bw_fleet_waiting {
    char words[BW_CHECK_WORDS_BYTES];
    int64_t received_ms; /* UTC, by the office's clock */
};

enum { BW_FLEET_WAITING_MAX = 8 };

struct bw_fleet_kiosk {
    struct bw_kiosk_record record;
    char words[BW_CHECK_WORDS_BYTES]; /* of the keys in force; "" before it came */
    enum bw_hello_camera camera;      /* as its newest hello says, like what follows */
    int battery_percent;              /* -1: unknown */
    int64_t disk_free_mib;            /* 0: unknown */
    char version[BW_LABEL_BYTES];     /* "": never heard */
    bool ended;                       /* its sheet, by a newer one, before it was used */
    struct bw_hello_figures figures;
    struct bw_kiosk_session sessions[BW_SESSIONS_OWN_MAX];
    int sessions_count;
    int waiting_count;
    struct bw_fleet_waiting waiting[BW_FLEET_WAITING_MAX];
};

/* Called for each; false stops early. Borrowed until it returns. */
typedef bool bw_fleet_each(const struct bw_fleet_kiosk *kiosk, void *context);

/* By number, as one snapshot. BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_fleet_list(
    struct bw_central *central, bw_fleet_each *each, void *context, struct bw_error *err);

/* How many there are, out of service or not. What the database answers. */
BW_NODISCARD enum bw_status bw_fleet_count(
    struct bw_central *central, int64_t *ret_count, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
