/* The paper list for a door whose kiosk doesn't work: who has a place, by surname; who
 * waits, in order; lines for who is on neither. A4, to be ticked and typed in afterwards
 * (import attendance). In the language of its `when`. One thread; Cairo and Pango;
 * bw_wording_open first. */
#ifndef BW_TICKET_DOOR_LIST_H
#define BW_TICKET_DOOR_LIST_H

#include "central/when.h"

#include <brugwachter/session.h>
#include <stddef.h>
#include <stdio.h>

/* Everything that it says. Borrowed for the call. */
struct bw_door_list {
    const struct bw_session *session;
    const struct bw_when *when;
    const char *made; /* 18 maart 2025, 08.00 uur */
    const char *call; /* Anouk de Wit 06 12 34 56 78; "" where nobody is known */
    const struct bw_registration *placed; /* in any order; cancelled ones aren't here */
    size_t placed_count;
    const struct bw_registration *waiting; /* in the order of offers */
    size_t waiting_count;
    const char *const *regions; /* of the series */
    size_t regions_count;
};

/* Writes a PDF into `file`, which stays open. BW_NO_MEMORY, BW_IO. */
BW_NODISCARD enum bw_status bw_door_list_write(
    const struct bw_door_list *list, FILE *file, struct bw_error *err);

#endif
