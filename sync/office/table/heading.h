/* Headings of forms and lists, as people word them: "Wat is je functie?", "Naam van je
 * school", "E-mailadres (werk)". Compared folded, by letters and digits alone; then
 * without what stands in brackets and words that say nothing ("wat is je", "van de", "in
 * welke", "werk je"). Any thread; can't fail. */
#ifndef BW_SYNC_HEADING_H
#define BW_SYNC_HEADING_H

#include <stdbool.h>

enum { BW_HEADING_BYTES = 256 };

/* "Wat is je functie?" is "watisjefunctie". */
void bw_heading_key(const char *heading, char ret_key[BW_HEADING_BYTES]);

/* "Wat is je functie?" is "functie"; "" where nothing is left. */
void bw_heading_core(const char *heading, char ret_key[BW_HEADING_BYTES]);

/* Whether a heading is one of `keys` ("emailadres email ~mail"), as a whole or by what it
 * says; words that begin with ~ aside. */
bool bw_heading_is(const char *keys, const char *heading);

/* Whether it is nearly one: up to two letters beside one of six letters or more, or one
 * that begins with ~ stands in it; never a question for something else ("Telefoonnummer
 * school", "Naam leidinggevende"). */
bool bw_heading_is_near(const char *keys, const char *heading);

#endif
