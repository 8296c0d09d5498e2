/* What the program says of itself, answers, notes and errors, in the language that the
 * thread speaks (bw_wording_speak): by gettext, with the English sentence of the source
 * as the key (domain brugwachter-office-nl). English needs no catalogue.
 *
 * A sentence may have printf's conversions. A translation is only taken where it has the
 * same ones, in the same order: no catalogue decides what printf reads. Errors are said
 * so once bw_error_speak_by has bw_said. bw_wording_speak is here too. */
#ifndef BW_SYNC_SAID_H
#define BW_SYNC_SAID_H

#include <brugwachter/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The sentence in that language; itself where no catalogue has it. Static, or `text`. Any
 * thread, once bw_wording_open is done. */
const char *bw_said(const char *text) __attribute__((format_arg(1)));

#ifdef __cplusplus
}
#endif

#endif
