/* The order of lists on paper: by folded surname without "van", "de" or "el", then by
 * first name. Any thread. */
#ifndef BW_TICKET_SURNAME_H
#define BW_TICKET_SURNAME_H

#include <brugwachter/person.h>
#include <stddef.h>

/* Below, at or above 0, as strcmp says it. */
int bw_surname_compare(const char *name, const char *first_name, const char *other_name,
    const char *other_first_name);

/* Writes "Vries, Aïcha de" into room of BW_SURNAME_BYTES; returns how many bytes of it
 * are the surname. */
enum { BW_SURNAME_BYTES = 2 * BW_NAME_BYTES + 8 };
size_t bw_surname_write(
    const char *name, const char *first_name, char ret_words[BW_SURNAME_BYTES]);

#endif
