/* Levels of what a program says to its service manager: a line to the journal may begin
 * with its priority (sd-daemon(3)). Nothing is written here: core never prints.
 *
 * What goes there is for who looks after machines. It names files, kiosks, carriers and
 * events by their number, and nobody: no name, no address, no code, no ticket. */
#ifndef BRUGWACHTER_JOURNAL_H
#define BRUGWACHTER_JOURNAL_H

/* As syslog numbers them. */
enum bw_journal_level {
    BW_JOURNAL_ERROR = 3,   /* something doesn't work */
    BW_JOURNAL_WARNING = 4, /* it works, and somebody should look */
    BW_JOURNAL_NOTICE = 5,  /* worth remembering */
    BW_JOURNAL_INFO = 6,    /* the ordinary course */
};

/* What a line of that level begins with where `fd` leads to the journal, as the
 * environment's JOURNAL_STREAM says: "<4>"; else "". Static. Any thread. */
const char *bw_journal_prefix(enum bw_journal_level level, int fd);

#endif
