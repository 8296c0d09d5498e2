/* A kiosk's side of a sync: its store, its credentials, and the central database where
 * that can be reached. Being offline is no error. One thread. */
#ifndef BW_SYNC_LINK_H
#define BW_SYNC_LINK_H

#include "central/central.h"
#include "exchange/enrolment_file.h"
#include "exchange/roster.h"
#include "cli/command.h"

#include <brugwachter/store.h>

struct bw_link {
    struct bw_call *call;
    struct bw_store *store;
    struct bw_credentials1 credentials;
    uint32_t device;
    struct bw_central *central; /* NULL: offline */
    char why_offline[BW_ERROR_TEXT_BYTES];
};

/* Opens the store and reads its credentials. */
BW_NODISCARD enum bw_status bw_link_open(
    struct bw_call *call, struct bw_link *ret_link, struct bw_error *err);
/* Reaches for the central database. BW_OK also where it can't be reached: central is then
 * NULL. BW_REFUSED where it doesn't take this kiosk. */
BW_NODISCARD enum bw_status bw_link_reach(struct bw_link *link, struct bw_error *err);
void bw_link_close(struct bw_link *link);

/* A status that means the other side can't be reached now. */
bool bw_link_is_offline(enum bw_status status);
/* Lets go of the central database, and says why. Returns BW_OK. */
enum bw_status bw_link_lost(struct bw_link *link, const struct bw_error *err);

struct bw_pushed {
    bool online;
    int64_t sent, accepted;
    uint64_t acknowledged_seq;
    uint64_t waiting; /* events that the central side hasn't, as far as is known */
    bool restored;    /* this store is an old copy: now, or so found before */
};

/* Sends what the central side lacks. */
BW_NODISCARD enum bw_status bw_link_push(
    struct bw_link *link, struct bw_pushed *ret_pushed, struct bw_error *err);

struct bw_pulled {
    bool online;
    int64_t revision;
    int64_t registrations, sessions; /* in the store afterwards */
    bool restored;
};

BW_NODISCARD enum bw_status bw_link_pull(
    struct bw_link *link, struct bw_pulled *ret_pulled, struct bw_error *err);
/* What the store holds. */
BW_NODISCARD enum bw_status bw_link_counts(
    struct bw_link *link, struct bw_pulled *ret_pulled, struct bw_error *err);

/* What a roster's head says of this store's own chain: how far it is acknowledged, and
 * whether the central side knows more of it than the store itself. */
BW_NODISCARD enum bw_status bw_link_heed(
    struct bw_link *link, const struct bw_roster1_head *head, struct bw_error *err);

#endif
