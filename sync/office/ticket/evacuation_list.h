/* The evacuation list: who is inside now, by surname, to be ticked off outside. A4; no
 * school, no code. In the language of its `when`. One thread; Cairo and Pango;
 * bw_wording_open first. */
#ifndef BW_TICKET_EVACUATION_LIST_H
#define BW_TICKET_EVACUATION_LIST_H

#include "central/when.h"

#include <brugwachter/session.h>
#include <stddef.h>
#include <stdio.h>

struct bw_evacuation_list_person {
    const char *first_name, *name; /* "" for both: nobody knows who it is */
};

/* Everything that it says. Borrowed for the call. */
struct bw_evacuation_list {
    const struct bw_session *session;
    const struct bw_when *when;
    const char *made;     /* 14.02 uur */
    const char *by_kiosk; /* Zuil bij de ingang: 29 · Zuil tuin: 18; "" where none */
    const struct bw_evacuation_list_person *people; /* in any order */
    size_t people_count;
};

/* Writes a PDF into `file`, which stays open: up to 48 names a page, the lines that are
 * left are empty, to be written on. BW_NO_MEMORY, BW_IO. */
BW_NODISCARD enum bw_status bw_evacuation_list_write(
    const struct bw_evacuation_list *list, FILE *file, struct bw_error *err);

#endif
