/* The files that the desk is made of, in the program itself: templates, style sheet,
 * script, icon (assets/desk). Any thread; nothing is to be freed. */
#ifndef BW_WEB_ASSET_H
#define BW_WEB_ASSET_H

#include <stddef.h>

struct bw_web_asset {
    const char *name; /* "desk.css", "today.html" */
    const char *bytes;
    size_t length;
};

/* All of them; `*ret_count` says how many. */
const struct bw_web_asset *bw_web_assets(size_t *ret_count);
/* NULL where there's none of that name. */
const struct bw_web_asset *bw_web_asset_of(const char *name);

#endif
