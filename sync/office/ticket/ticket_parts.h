/* What the paper ticket and the phone's have alike: the band, the badge, the words of
 * each state. Nobody else's. As ticket_page.h. */
#ifndef BW_TICKET_TICKET_PARTS_H
#define BW_TICKET_TICKET_PARTS_H

#include "paper/paper.h"
#include "office/ticket/ticket_page.h"

/* "Je hebt een plek", and the line below it, of at most 160 bytes each. */
struct bw_ticket_parts_words {
    char state[160], more[160];
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

enum { BW_TICKET_PARTS_DOORS_BYTES = BW_WHEN_BYTES + 8 };

/* "Deur open om 12.30 uur"; "" where doors open at the start. */
void bw_ticket_parts_doors(
    const struct bw_ticket_page *page, char ret_text[BW_TICKET_PARTS_DOORS_BYTES]);

/* "Kun je niet? Laat het weten." of each state. Static. */
const char *bw_ticket_parts_cant(const struct bw_ticket_page *page);

#endif
