/* What the kiosk says of itself: to the journal with its level, to a terminal without. A
 * line never has a person in it (brugwachter/journal.h). Any thread. */
#ifndef BW_APP_LOG_H
#define BW_APP_LOG_H

#include <brugwachter/error.h>
#include <brugwachter/journal.h>

/* Writes one line to standard error, in the language that the thread speaks, with the
 * program's name before it; longer than a sentence (BW_ERROR_TEXT_BYTES) it is cut, and a
 * line break in it becomes a blank. What is neither error nor warning is for the journal
 * alone. What can't be written is lost. */
void bw_log(enum bw_journal_level level, const char *format, ...) BW_PRINTF(2, 3);

#endif
