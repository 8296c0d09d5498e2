/* A view, searched for outlines: what hangs together in four corners with light round it
 * may be a ticket's symbol, however its finder patterns look. The scanner's thread. Hunt
 * and search are the caller's; nothing here fails. */
#ifndef BW_SCAN_OUTLINE_H
#define BW_SCAN_OUTLINE_H

#include "hunt.h"

/* Searches the view (quad.h says how large it may be), reads in the frame at full size,
 * and adds what it finds to the haul. */
void bw_outline_run(struct bw_hunt *hunt, const struct bw_search *search);

#endif
