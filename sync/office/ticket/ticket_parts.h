/* What the paper ticket and the phone's have alike: the band, the badge, the words of
 * each state. Nobody else's. As ticket_page.h. */
#ifndef BW_TICKET_TICKET_PARTS_H
#define BW_TICKET_TICKET_PARTS_H

#include "paper/paper.h"
#include "office/ticket/ticket_page.h"

/* A sentence of the ticket's language (central/base/wording.h). Static. */
const char *bw_ticket_parts_word(const struct bw_ticket_page *page, const char *key);

/* "Je hebt een plek", and the line below it. */
struct bw_ticket_parts_words {
    char state[BW_WORDING_SAID_BYTES], more[BW_WORDING_SAID_BYTES];
};
void bw_ticket_parts_words(
    const struct bw_ticket_page *page, struct bw_ticket_parts_words *ret_words);

/* The band that session and date stand in, with the logo: dark where the person has a
 * place, dashed where a step is left. */
void bw_ticket_parts_band(cairo_t *cairo, const struct bw_ticket_page *page, double x_mm,
    double y_mm, double width_mm, double height_mm, double logo_x_mm, double logo_y_mm);
/* The colour of words in it. */
enum bw_paper_colour bw_ticket_parts_band_ink(const struct bw_ticket_page *page);

/* The state's own shape, `side_mm` wide: no state rests on colour. */
void bw_ticket_parts_badge(cairo_t *cairo, const struct bw_ticket_page *page, double x_mm,
    double y_mm, double side_mm);

/* "Deur open om 12.30 uur"; "" where doors open at the start. */
void bw_ticket_parts_doors(
    const struct bw_ticket_page *page, char ret_text[BW_WORDING_SAID_BYTES]);

/* "Tafel 4"; "" without a table. */
void bw_ticket_parts_table(
    const struct bw_ticket_page *page, char ret_text[BW_WORDING_SAID_BYTES]);

/* "Kun je niet? Laat het weten." of each state. Static. */
const char *bw_ticket_parts_cant(const struct bw_ticket_page *page);

#endif
