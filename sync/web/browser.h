/* The organiser's own browser, opened on the desk. One thread. */
#ifndef BW_WEB_BROWSER_H
#define BW_WEB_BROWSER_H

#include <limits.h>

/* Starts the desktop's browser (xdg-open) on a page of one's own that leads to `url`: on
 * a command line everybody on the machine could read the key. *ret_page is that file's
 * path, for the caller to remove; "" where there's none. What fails is no error: the link
 * is printed too. */
void bw_web_browser_open(const char *url, char ret_page[PATH_MAX]);

#endif
