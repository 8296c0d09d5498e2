/* What a file says of somebody known and isn't taken over: see place.h (PL9). */
#include "office/import/judge/place.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void
key_of(bw_code code, int field, char ret_key[BW_LABEL_BYTES])
{
    (void)snprintf(ret_key, BW_LABEL_BYTES, "%" PRId64 " %s", (int64_t)code,
        bw_sign_up_fields[field].name);
}

bool
bw_place_was_refused(
    const struct bw_import *import, bw_code code, int field, const char *says)
{
    char key[BW_LABEL_BYTES];
    key_of(code, field, key);
    const char *refused =
        bw_import_learned_find(&import->learned, BW_LEARNED_REFUSED, key);
    return refused != NULL && refused[0] == '=' && strcmp(refused + 1, says) == 0;
}

enum bw_status
bw_place_keep_refused(struct bw_import *import, bw_code code, int field, const char *says,
    struct bw_error *err)
{
    char key[BW_LABEL_BYTES], meaning[BW_TITLE_BYTES + 1];
    key_of(code, field, key);
    (void)snprintf(meaning, sizeof meaning, "=%s", says);
    return bw_import_learned_put(import->office->central, &import->learned,
        BW_LEARNED_REFUSED, key, meaning, &import->learned_new, err);
}
