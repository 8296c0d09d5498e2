/* The office's carriers: the folder beside the central file, and those that enrolments
 * named. One thread. */
#ifndef BW_EXCHANGE_OFFICE_CARRIERS_H
#define BW_EXCHANGE_OFFICE_CARRIERS_H

#include "exchange/carrier/ear.h"
#include "exchange/office/post.h"
#include "exchange/office/summary.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Those that could be opened. bw_office_carriers_close ends it; a zeroed one is fine. */
struct bw_office_carriers {
    int count;
    struct bw_carrier *items[BW_CARRIERS_MAX];
    int places[BW_CARRIERS_MAX]; /* of each in bw_office_carriers_list */
};

/* Opens one by its address, whether the office keeps it or not, with its login. Nothing
 * is made there after bw_central_check_only: a folder that isn't there is BW_OFFLINE. The
 * caller closes it; post is borrowed for the call. What bw_exchange_post_login and
 * bw_carrier_open fail with. */
BW_NODISCARD enum bw_status bw_office_carriers_one(const struct bw_exchange_post *post,
    const char *uri, struct bw_carrier **ret_carrier, struct bw_error *err);

/* Opens them all but those of post->without, and makes the folder where it isn't there
 * yet. One that can't be reached is noted in the summary, and the others go on.
 * bw_office_carriers_close ends *ret_carriers; post and summary are borrowed for the
 * call. The errors of bw_office_carriers_list. */
BW_NODISCARD enum bw_status bw_office_carriers_open(const struct bw_exchange_post *post,
    struct bw_office_carriers *ret_carriers, struct bw_round_summary *summary,
    struct bw_error *err);
void bw_office_carriers_close(struct bw_office_carriers *carriers);

/* The addresses, the folder beside first, as a kiosk gets them: from any folder. BW_FULL:
 * more than BW_CARRIERS_MAX, or one too long. BW_NO_MEMORY, and what the database
 * answers. */
BW_NODISCARD enum bw_status bw_office_carriers_list(
    struct bw_central *central, struct bw_carrier_list *ret_list, struct bw_error *err);

/* After an office in which nothing was done became another one (put_back.h of office):
 * what says whose letters the folder beside is goes, to be written anew, where nothing
 * else lies there. Can't fail: where it stays, the carrier says so. */
void bw_office_carriers_disown(const struct bw_central *central);

/* Adds addresses to those that the office keeps, in the caller's transaction; each once.
 * BW_FULL, BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_office_carriers_add(
    struct bw_central *central, const struct bw_carrier_list *more, struct bw_error *err);

/* Opens the ears that are missing (exchange/carrier/ear.h), but those of post->without.
 * Whether one hears from now on: what was put just before, nobody told it. Never fails:
 * without one, it is looked as often as ever. */
bool bw_office_carriers_listen(
    const struct bw_exchange_post *post, struct bw_carrier_ears *ears);

/* The letters that a carrier holds, by kind (introductions first), device, number. */
struct bw_carried {
    char name[BW_LETTER_NAME_BYTES];
    struct bw_letter_name parsed;
};
struct bw_carried_list {
    struct bw_carried *items; /* the caller frees */
    size_t count, capacity;
    bool no_memory;
};
/* Lists them; the caller frees the items. BW_OFFLINE, BW_IO, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_office_carried(
    struct bw_carrier *carrier, struct bw_carried_list *ret_list, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
