/* What the organiser corrects of somebody by hand: the name, the mail address, the
 * school, in all sessions that they signed up for.
 *
 * CO1 files that say what stood there before change nothing of it (place.h, PL8), and
 *     still lead to the same person.
 * CO2 in sessions whose figures are fixed all stays as it is (ST5).
 * CO3 nobody becomes somebody else who is known: joining two records is merge-people.
 *
 * One thread, that of the database. */
#ifndef BW_SYNC_CORRECT_H
#define BW_SYNC_CORRECT_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* As typed, and borrowed; NULL: it stays. */
struct bw_place_correction {
    const char *first_name;
    const char *name;
    const char *mail; /* "": they have none (any more) */
    const char *school;
};

/* What became of it. */
struct bw_place_corrected {
    struct bw_office_registration registration; /* the one that was named */
    int64_t changed; /* registrations whose words are others now */
    int64_t fixed;   /* that would be others, and stay as they are (CO2) */
    bool mail;       /* the address is another one */
};

/* Corrects the person of a registration, as one step; where all stands so already there's
 * none, and nothing of *ret_corrected is true. `typed` is a code, or what bw_office_find
 * finds one by: BW_NOT_FOUND. BW_REFUSED, with what to do: the name is none, the mail no
 * address, somebody else is known by it (CO3), the record was joined with another, or the
 * figures of all their sessions are fixed. BW_NO_MEMORY; what the database answers.
 * Nothing was changed then. */
BW_NODISCARD enum bw_status bw_place_correct(const struct bw_office *office,
    const char *typed, const struct bw_place_correction *correction, const char *why,
    struct bw_place_corrected *ret_corrected, struct bw_error *err);

/* The same within a step of the caller's, which holds all sessions of the person (C8) and
 * looks at what others did meanwhile (C9): ret_identity, as of bw_place_named, is "" as
 * long as it is what it was. The errors of the same. */
BW_NODISCARD enum bw_status bw_place_correct_within(const struct bw_office *office,
    bw_code code, const struct bw_place_correction *correction,
    struct bw_place_corrected *ret_corrected, char *ret_identity, size_t room_bytes,
    struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
