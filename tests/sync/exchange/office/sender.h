/* A kiosk for tests of the office's half: keys and a log in memory, and letters as a
 * kiosk writes them, honest or not. No store. */
#ifndef BW_TESTS_SENDER_H
#define BW_TESTS_SENDER_H

#include "exchange/letter/events.h"
#include "exchange/letter/name.h"
#include "exchange/office/merge/merge.h"
#include "exchange/office/post.h"
#include "exchange/office/round.h"
#include "tests/sync/office_help.h"

enum { SENDER_EVENTS_MAX = 20000 };

/* 25 March 2025, 13.30 in Amsterdam, and after the end of office_open's session. */
#define SENDER_START_MS INT64_C(1742905800000)
#define SENDER_AFTER_MS INT64_C(1742918400000)

/* An office with its database open, and a clock that tests set. */
struct desk {
    struct office office;
    struct bw_central *central;
    struct bw_exchange_post post;
    struct bw_clock clock;
    int64_t now_ms;
};

void desk_open(struct desk *desk, int capacity);
void desk_close(struct desk *desk);
/* The same for an office that is there already: `office` and `now_ms` are given. */
void desk_begin(struct desk *desk);
void desk_end(struct desk *desk);
/* A second session, S-2, in the same series. */
void desk_second_session(struct desk *desk);
int64_t desk_number(struct desk *desk, const char *sql);

struct sender {
    struct desk *desk;
    uint32_t device;
    struct bw_identity first, own;
    uint8_t store_id[32];
    uint64_t counter;
    size_t count;
    struct bw_event *events; /* seq is the place and one */
    struct bw_event_details *details;
    uint64_t claims_seq; /* stated as its head instead of the true one; 0: honest */
    int held_count;
    struct bw_hello_held held[4];
};

/* Enrolled, not introduced. */
void sender_enrol(struct sender *sender, struct desk *desk, const char *sessions);
/* Enrolled, and its introduction merged. */
void sender_open(struct sender *sender, struct desk *desk, const char *sessions);
void sender_finish(struct sender *sender);
/* New keys and a new store under the same number, as a thief makes them. */
void sender_again(struct sender *sender);

/* Appends; fields of the chain are filled here. Returns its number. */
uint64_t sender_event(struct sender *sender, struct bw_event event);
uint64_t sender_arrived(struct sender *sender, bw_code code);
uint64_t sender_walk_in(struct sender *sender, const char *first_name);

struct sent {
    char name[BW_LETTER_NAME_BYTES];
    unsigned char *bytes;
    size_t length;
};
void sent_finish(struct sent *sent);

/* Events from..to (0 0: a hello alone), stated at `stated_ms`, to the office alone. */
struct sent sender_letter(
    struct sender *sender, uint64_t from, uint64_t to, int64_t stated_ms);
struct sent sender_introduction(struct sender *sender);

/* Takes one in; fails the test where that fails. */
enum bw_merge_outcome desk_take(
    struct desk *desk, const struct sent *sent, struct bw_round_summary *summary);
/* All of a sender's events in one letter, taken in; frees it. */
enum bw_merge_outcome sender_send(
    struct sender *sender, struct bw_round_summary *summary);

#endif
