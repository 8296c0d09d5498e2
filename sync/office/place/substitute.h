/* A colleague who comes in the place of somebody, decided at the office before the day:
 * the place goes over, the ticket doesn't. At the door that is an event of its own
 * (basis `substitute`), which stands beside the registration; here the registration of
 * who had the place is cancelled and leads to the colleague's. One thread. */
#ifndef BW_SYNC_SUBSTITUTE_H
#define BW_SYNC_SUBSTITUTE_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Who comes, as typed; borrowed. */
struct bw_place_colleague {
    const char *name;   /* "Cas de Wit", or "de Wit, Cas" */
    const char *mail;   /* "" where none is known */
    const char *school; /* "": the same */
};

/* What became of it. */
struct bw_place_substitution {
    struct bw_office_registration from, to; /* as they are now; from is cancelled */
    struct bw_session session;
    bool known; /* the colleague signed up before: by this mail and name */
};

/* Gives the place of who has one to a colleague, with the rank that it has, and a ticket
 * of its own; the old ticket is cancelled with its registration. Who the colleague is
 * goes by mail and name, as in an import. `why` is kept with the step.
 *
 * `typed` is a code, or what bw_office_find finds one by: BW_NOT_FOUND. BW_REFUSED, with
 * what to do: they have no place, are in doubt; the name is none, the mail no address, it
 * is the same person, or the colleague is in the session already; it is over, called off
 * or its figures are fixed. The errors of bw_office_keys and the database; BW_NO_MEMORY.
 * Nothing was changed then. */
BW_NODISCARD enum bw_status bw_place_substitute(const struct bw_office *office,
    const char *typed, const struct bw_place_colleague *colleague, const char *why,
    struct bw_place_substitution *ret_substitution, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
