/* What is printed for people, made fit for a terminal: whatever a path or a database
 * holds, nothing in it acts. */
#ifndef BW_SYNC_PLAIN_H
#define BW_SYNC_PLAIN_H

#include <stdio.h>

/* A stream whose lines go to `to` by bw_text_defuse. `to` is borrowed until fclose, and
 * written to by then. Once a line is lost, for `to` refused it or memory ran out, nothing
 * more is written, and fclose gives EOF. NULL without memory. One thread. */
FILE *bw_plain_open(FILE *to);

#endif
