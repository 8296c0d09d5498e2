/* What carriers share: a listing in pages, and how their sentences begin. One thread at a
 * time. */
#ifndef BW_CARRIER_WALK_H
#define BW_CARRIER_WALK_H

#include "exchange/carrier/carrier.h"

/* A listing on its way; once the caller wants no more, no further page is asked for. */
struct bw_carrier_walk {
    bw_carrier_each *each;
    void *context;
    bool ended;
    int64_t until_ms; /* CA4 */
};

/* A listing of that carrier begins. */
struct bw_carrier_walk bw_carrier_walk_begin(
    const struct bw_carrier *carrier, bw_carrier_each *each, void *context);
/* How much of its time is left, in ms; 0: none (CA4). */
int64_t bw_carrier_walk_left_ms(const struct bw_carrier_walk *walk);

/* A bw_carrier_each whose context is a walk: hands on, and keeps whether it goes on. */
bool bw_carrier_walk_on(
    void *walk, const char *name, const struct bw_letter_name *parsed, uint64_t bytes);

/* What can't be read now is offline, whatever an answer's code says of writing: so `err`,
 * too. BW_OFFLINE. */
enum bw_status bw_carrier_as_offline(struct bw_error *err);

enum { BW_CARRIER_DOING_BYTES = 256 };

/* What a carrier is about, for its sentences to begin with, in the language that the
 * thread speaks: "reading NAME in URI". What is too long is cut. Gives ret_doing. */
const char *bw_carrier_doing(
    char ret_doing[BW_CARRIER_DOING_BYTES], const char *format, ...) BW_PRINTF(2, 3);

/* BW_OFFLINE, with the sentence for a list whose time is over. */
enum bw_status bw_carrier_too_slow(const char *doing, struct bw_error *err);
/* What a page failed with, which `err` says; where it was offline as the list's time is
 * over, that. */
enum bw_status bw_carrier_walk_fault(const struct bw_carrier_walk *walk,
    const char *doing, enum bw_status status, struct bw_error *err);
/* BW_OFFLINE, with the sentence for a list that never ends. */
enum bw_status bw_carrier_no_end(const char *doing, struct bw_error *err);
/* What to say of a page that is longer than it may be: BW_OFFLINE. */
enum bw_status bw_carrier_page_too_long(
    const char *doing, size_t most_bytes, struct bw_error *err);

#endif
