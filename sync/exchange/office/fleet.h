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

/* A letter of events that was taken in. */
struct bw_fleet_arrival {
    uint32_t device;
    char name[BW_NAME_BYTES]; /* the kiosk's */
    uint64_t events;          /* that it bore; 0: it said only that all was sent */
    int64_t taken_ms;         /* UTC, by the office's clock */
};

enum { BW_FLEET_ARRIVALS_MAX = 5 };

/* The last ones, newest first. What the database answers. */
BW_NODISCARD enum bw_status bw_fleet_arrivals(struct bw_central *central,
    struct bw_fleet_arrival ret_arrivals[BW_FLEET_ARRIVALS_MAX], int *ret_count,
    struct bw_error *err);

/* Which kiosks at work with a circle to come were heard to hold what the office said at a
 * moment. */
struct bw_fleet_told {
    int64_t kiosks, told;
    char untold[BW_TITLE_BYTES]; /* names of the others that fit, with commas between */
};

/* Of what was changed at `changed_ms`, at `now_ms` (UTC, by the office's clock): a kiosk
 * knows it once its hello states a roster letter that was written since. What the
 * database answers. */
BW_NODISCARD enum bw_status bw_fleet_told_since(struct bw_central *central,
    int64_t changed_ms, int64_t now_ms, struct bw_fleet_told *ret_told,
    struct bw_error *err);

/* How many there are, out of service or not. What the database answers. */
BW_NODISCARD enum bw_status bw_fleet_count(
    struct bw_central *central, int64_t *ret_count, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
