/* `brugwachter-kiosk setup`: asks on a terminal what this machine needs to know, and
 * writes it to a settings file.
 *
 * Each question has an answer already, which Enter keeps: what stands in the file, else
 * what the kiosk does without it. Nothing is written before it was shown and agreed to,
 * and lines that no question is about stay as they are. With --seat it asks nothing, and
 * writes what the service of the kiosk starts with (seat.h). One thread. */
#ifndef BW_APP_SETUP_H
#define BW_APP_SETUP_H

#include "app/options/options.h"

/* Reads its own arguments from options->rest. DONE; USAGE: a wrong argument, or no
 * terminal to ask on; FAILED: broken off, refused at the end, or the file can't be read
 * or written, with a sentence on stderr. */
enum bw_exit bw_setup_main(const struct bw_options *options);

#endif
