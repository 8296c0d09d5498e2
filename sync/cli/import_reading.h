/* How a file was read, and what it would change, for programs: what `import --check
 * --json` says beside the figures. One thread. */
#ifndef BW_SYNC_CLI_IMPORT_READING_H
#define BW_SYNC_CLI_IMPORT_READING_H

#include "office/import/import.h"

#include <jansson.h>

/* {"columns":[{"heading","sample","field","by"}],"regions":[{"written","means","rows"}],
 * "regions_more","circle":{"by","session","title","people","here","elsewhere",…},
 * "rows":[{"line","signed_up","name","school","region"}]}; what isn't known is absent.
 * NULL without memory. */
json_t *bw_cli_import_reading(const struct bw_import_reading *reading);

/* [{"line","name","school","region","signed_up","fresh","again","doubt","status",
 * "number","also_in","differs":[{"field","was","becomes"}]}]: the first 1,000 that are
 * new or change. NULL without memory. */
json_t *bw_cli_import_changes(const struct bw_import_result *result);

/* [{"line","doubt","likely","answer":{"name","school","mail","role"},"known":{…}}]: whose
 * answer is in doubt, and what of: "mail", "name" or "role"; "likely": "same", "other" or
 * "later". NULL without memory. */
json_t *bw_cli_import_doubts(const struct bw_import_result *result);

#endif
