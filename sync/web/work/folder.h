/* Folders for files that pass through the desk: given to be imported, or made to be
 * fetched. For us alone, and gone with what they are for. Any thread. */
#ifndef BW_WEB_FOLDER_H
#define BW_WEB_FOLDER_H

#include <brugwachter/error.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { BW_WEB_FOLDER_BYTES = 64 };

/* A new one, in memory where the system has some for that. BW_IO; "" then. */
BW_NODISCARD enum bw_status bw_web_folder_make(
    char ret_folder[BW_WEB_FOLDER_BYTES], struct bw_error *err);
/* With all that lies in it. "" is fine; what can't be taken away stays. */
void bw_web_folder_remove(const char *folder);

/* Takes its path out of a sentence, in place: it says nobody anything. Can't fail. */
void bw_web_folder_hide(const char *folder, char *text);

#ifdef __cplusplus
}
#endif

#endif
