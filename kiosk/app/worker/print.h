/* Printing, in a process of its own: this binary, started again with BW_PRINT_ARGUMENT as
 * its first argument. It draws the label, or takes the list's lines, gives that to CUPS'
 * `lp`, and waits till it is out, or why not; the kiosk doesn't. */
#ifndef BW_APP_PRINT_H
#define BW_APP_PRINT_H

#define BW_PRINT_ARGUMENT "--print"
#define BW_PRINT_LIST "list" /* in place of a label's size: lines of text */

/* How it ends: its exit status. */
enum bw_print_exit {
    BW_PRINT_DONE = 0,
    BW_PRINT_PAPER = 1, /* CUPS keeps it till there is paper */
    BW_PRINT_FAILED =
        3, /* no such printer, off, jammed; standard error says what lp did */
};

/* argv: the program, BW_PRINT_ARGUMENT, printer, size ("62x29") or BW_PRINT_LIST.
 * Standard input: first name, name, school and region, a line each; or the list's lines,
 * UTF-8. */
int bw_print_main(int argc, char **argv);

#endif
