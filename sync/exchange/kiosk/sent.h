/* The kiosk's own letters that a carrier was seen to hold (bw_store_sent). Inside the
 * kiosk's half alone. One thread. */
#ifndef BW_KIOSK_SENT_H
#define BW_KIOSK_SENT_H

#include "exchange/kiosk/writer.h"

#include <brugwachter/store_letter.h>

enum { BW_KIOSK_CARRIER_KEY_BYTES = 17 };

struct bw_kiosk_sent_list {
    char carrier[BW_KIOSK_CARRIER_KEY_BYTES]; /* a digest of its address, in hex */
    struct bw_store_sent *items;
    size_t count, capacity;
};

/* Those of the carrier at `uri`. bw_kiosk_sent_finish frees *ret_list. Store errors. */
BW_NODISCARD enum bw_status bw_kiosk_sent_read(struct bw_store *store, const char *uri,
    struct bw_kiosk_sent_list *ret_list, struct bw_error *err);
/* NULL and a zeroed one are fine. */
void bw_kiosk_sent_finish(struct bw_kiosk_sent_list *list);

/* Keeps that the carrier holds this letter; it is copied. Store errors. */
BW_NODISCARD enum bw_status bw_kiosk_sent_add(struct bw_store *store,
    struct bw_kiosk_sent_list *list, const struct bw_kiosk_letter *letter,
    struct bw_error *err);
/* Forgets all of them: they stay where they are, and are written again. Store errors,
 * after which some may be forgotten. */
BW_NODISCARD enum bw_status bw_kiosk_sent_drop_all(
    struct bw_store *store, struct bw_kiosk_sent_list *list, struct bw_error *err);
/* Looks at those that no receipt covers (events above number `acknowledged`); what is
 * missing or altered is forgotten, and an altered one removed; in a brief exchange only
 * what the list lacks. BW_OFFLINE: the carrier can't be read now; BW_NO_MEMORY, store
 * errors. */
BW_NODISCARD enum bw_status bw_kiosk_sent_check(struct bw_kiosk_exchange *exchange,
    struct bw_carrier *carrier, struct bw_kiosk_sent_list *list, uint64_t acknowledged,
    struct bw_error *err);
/* Removes hellos alone of a lower counter. BW_OFFLINE: the carrier doesn't let it;
 * BW_NO_MEMORY, store errors. */
BW_NODISCARD enum bw_status bw_kiosk_sent_drop_hellos(struct bw_store *store,
    struct bw_carrier *carrier, struct bw_kiosk_sent_list *list, uint64_t counter,
    struct bw_error *err);

/* Whether an introduction under this number is there. */
bool bw_kiosk_sent_introduction(const struct bw_kiosk_sent_list *list, uint32_t number);
/* The highest hello counter there; 0: none. */
uint64_t bw_kiosk_sent_counter(const struct bw_kiosk_sent_list *list);
/* The first numbers of from..to that are in no letter. False: none. */
bool bw_kiosk_sent_gap(const struct bw_kiosk_sent_list *list, uint64_t from, uint64_t to,
    uint64_t *ret_from, uint64_t *ret_to);
/* The highest event number up to which all above number `after` are in letters; `after`
 * itself where the next one isn't. */
uint64_t bw_kiosk_sent_covered(const struct bw_kiosk_sent_list *list, uint64_t after);

#endif
