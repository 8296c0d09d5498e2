/* `brugwachter-kiosk decode FILE…`: what the scanner reads in pictures.
 *
 * A line a file, in argument order: FILE, milliseconds in the pipeline, text, separated
 * by tabs; the text is empty where nothing was read, bytes outside printable ASCII stand
 * as \xNN. A file that is no picture: FILE, `-`, nothing; a line on stderr; exit
 * status 1. */
#ifndef BW_APP_DECODE_H
#define BW_APP_DECODE_H

/* argv[0] is the command's name, the rest its options and files. Returns a `enum
 * bw_exit`: DONE, LOOK (a file was no picture), USAGE.
 * Opens no window, starts no thread. */
int bw_decode_main(int argc, char **argv);

#endif
