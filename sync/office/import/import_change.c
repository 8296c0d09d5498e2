/* What a file is to somebody, kept for whoever looks before it happens: see
 * import_state.h. */
#include "central/base/array.h"
#include "office/import/import_state.h"
#include "office/import/read/sign_up.h"

#include <stdlib.h>
#include <string.h>

static char *
keep(struct bw_import *import, const char *text)
{
    char *kept = strdup(text != NULL ? text : "");
    import->no_memory = import->no_memory || kept == NULL;
    return kept;
}

static void
differences_free(struct bw_import_change *change)
{
    for (int i = 0; i < change->differs_count; i++) {
        free(change->differs[i].was);
        free(change->differs[i].becomes);
    }
    change->differs_count = 0;
}

static void
differences_copy(struct bw_import *import, struct bw_import_change *to,
    const struct bw_import_change *from)
{
    for (int i = 0; i < from->differs_count; i++) {
        to->differs[i] = from->differs[i];
        to->differs[i].was = keep(import, from->differs[i].was);
        to->differs[i].becomes = keep(import, from->differs[i].becomes);
    }
    to->differs_count = from->differs_count;
}

void
bw_import_change_note(struct bw_import *import, const struct bw_import_change *change)
{
    struct bw_import_result *result = &import->result;
    if (result->changes_count == BW_IMPORT_CHANGES_MAX) {
        return;
    }
    struct bw_import_change *kept = bw_array_more(&result->changes,
        &result->changes_count, &import->changes_capacity, sizeof *kept);
    if (kept == NULL) {
        import->no_memory = true;
        return;
    }
    *kept = *change;
    kept->who = keep(import, change->who);
    kept->school = keep(import, change->school);
    kept->region = keep(import, change->region);
    kept->also_in = keep(import, change->also_in);
    differences_copy(import, kept, change);
}

struct bw_import_difference *
bw_import_change_differs(
    struct bw_import_change *change, int field, const char *was, const char *becomes)
{
    if (strcmp(was, becomes) == 0 || change->differs_count == BW_IMPORT_DIFFERENCES_MAX) {
        return NULL;
    }
    struct bw_import_difference *differs = &change->differs[change->differs_count++];
    *differs = (struct bw_import_difference){.field = bw_sign_up_fields[field].name,
        .shown = bw_sign_up_fields[field].shown,
        .was = (char *)was,
        .becomes = (char *)becomes};
    return differs;
}

/* ---- what isn't taken over ---- */

const char *
bw_import_refusable(const char *text)
{
    static const enum bw_sign_up_field refusable[] = {BW_SIGN_UP_TIMESTAMP,
        BW_SIGN_UP_EMAIL, BW_SIGN_UP_NAME, BW_SIGN_UP_SCHOOL, BW_SIGN_UP_ROLE,
        BW_SIGN_UP_REGION, BW_SIGN_UP_TABLE};
    for (size_t i = 0; i < sizeof refusable / sizeof refusable[0]; i++) {
        if (strcmp(bw_sign_up_fields[refusable[i]].name, text) == 0) {
            return bw_sign_up_fields[refusable[i]].name;
        }
    }
    return NULL;
}

bool
bw_import_is_refused(const struct bw_import *import, int32_t line, int field)
{
    const struct bw_import_request *request = import->request;
    for (int i = 0; i < request->refused_count; i++) {
        const struct bw_import_refusal *refusal = &request->refused[i];
        if (refusal->line == line &&
            strcmp(refusal->field, bw_sign_up_fields[field].name) == 0) {
            return true;
        }
    }
    return false;
}

void
bw_import_change_is(struct bw_import *import, struct bw_import_change *noted,
    const struct bw_import_change *says)
{
    differences_free(noted);
    differences_copy(import, noted, says);
}
