/* The central database: opened, and its tables made or brought up to date. What is asked
 * of it once it is open: engine/engine.h, which comes with this. One thread at a time. */
#ifndef BW_SYNC_CENTRAL_H
#define BW_SYNC_CENTRAL_H

#include "central/engine/engine.h"

/* `sqlite:PATH` or `postgresql://…`. The caller closes *ret_central.
 * BW_BAD_INPUT for another URI, and for one with a password or that lets others pose as
 * the server; BW_REFUSED where a server lets us not in, BW_NOT_FOUND, BW_NEWER,
 * BW_OFFLINE; what the database answers. */
BW_NODISCARD enum bw_status bw_central_open(const char *uri, enum bw_central_mode mode,
    struct bw_central **ret_central, struct bw_error *err);

/* Creates the tables, or brings older ones up to date, in one transaction. *ret_created
 * tells which. Fails as "what the database answers" (engine.h). */
BW_NODISCARD enum bw_status bw_central_setup(
    struct bw_central *central, int64_t now_ms, bool *ret_created, struct bw_error *err);

/* The same inside the caller's transaction, for what must stand with the tables or
 * not at all. Fails as bw_central_setup. */
BW_NODISCARD enum bw_status bw_central_prepare(
    struct bw_central *central, int64_t now_ms, bool *ret_created, struct bw_error *err);

#endif
