/* The files in the program: see asset.h. The table is made when it is built
 * (embed.cmake). */
#include "web/template/asset.h"

#include <string.h>

/* Made of assets/desk. */
extern const struct bw_web_asset bw_web_asset_table[];
extern const size_t bw_web_asset_count;

const struct bw_web_asset *
bw_web_assets(size_t *ret_count)
{
    *ret_count = bw_web_asset_count;
    return bw_web_asset_table;
}

const struct bw_web_asset *
bw_web_asset_of(const char *name)
{
    for (size_t i = 0; i < bw_web_asset_count; i++) {
        if (strcmp(bw_web_asset_table[i].name, name) == 0) {
            return &bw_web_asset_table[i];
        }
    }
    return NULL;
}
