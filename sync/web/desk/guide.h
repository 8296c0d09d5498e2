/* The guides at the desk: pages of HTML, their pictures and PDFs, as files of the folder
 * that they are installed in. Nothing in them is personal.
 *
 *   /handleiding/guide.css  /handleiding/nl/staff.html  /handleiding/nl/desk/mail.png
 *
 * Any thread. */
#ifndef BW_WEB_GUIDE_H
#define BW_WEB_GUIDE_H

#include "web/desk/desk.h"
#include "web/request/request.h"

#include <limits.h>

/* The folder of the guides beside the program, built or installed; "" where there is
 * none. */
void bw_web_guide_find(char ret_folder[PATH_MAX]);

/* Whether the address is that of a guide's file below `folder` (NULL or "": there are
 * none), which is then the answer: a PDF as one to be kept. False, and nothing answered,
 * for every other address and for a file that isn't there or can't be read. */
BW_NODISCARD bool bw_web_guide_answer(
    const char *folder, const struct bw_web_request *request, struct bw_web_reply *reply);

#endif
