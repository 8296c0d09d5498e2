/* How a file was read, for programs: what `import --check --json` says beside what would
 * change. One thread. */
#ifndef BW_SYNC_CLI_IMPORT_READING_H
#define BW_SYNC_CLI_IMPORT_READING_H

#include "office/import/import_reading.h"

#include <jansson.h>

/* {"columns":[{"heading","sample","field","by"}],"regions":[{"written","means","rows"}],
 * "circle":{"by","session","title","people","here","elsewhere",…},"rows":[{"line",
 * "signed_up","name","school","region"}]}; what isn't known is absent. NULL without
 * memory. */
json_t *bw_cli_import_reading(const struct bw_import_reading *reading);

#endif
