/* What became of an imported file: see import.h. */
#include "office/import/import.h"

#include <brugwachter/said.h>
#include <stdlib.h>

const char *
bw_import_reject_name(enum bw_reject reason)
{
    static const char *const names[] = {
        [BW_REJECT_INVALID] = BW_SAYS("invalid"),
        [BW_REJECT_AUDIENCE] = BW_SAYS("audience"),
        [BW_REJECT_DUPLICATE] = BW_SAYS("duplicate"),
        [BW_REJECT_DOUBT] = BW_SAYS("doubt"),
        [BW_REJECT_SKIPPED] = BW_SAYS("skipped"),
    };
    return names[reason];
}

bool
bw_import_needs_look(const struct bw_import_result *result)
{
    bool look = false;
    for (size_t i = 0; i < result->rejections_count; i++) {
        look = look || result->rejections[i].reason != BW_REJECT_SKIPPED;
    }
    for (size_t i = 0; i < result->notes_count; i++) {
        look = look || result->notes[i].look;
    }
    return look;
}

size_t
bw_import_doubts(const struct bw_import_result *result)
{
    size_t count = 0;
    for (size_t i = 0; i < result->rejections_count; i++) {
        count += result->rejections[i].reason == BW_REJECT_DOUBT;
    }
    return count;
}

static void
side_finish(struct bw_import_side *side)
{
    free(side->who);
    free(side->school);
    free(side->mail);
    free(side->role);
}

static void
change_finish(struct bw_import_change *change)
{
    free(change->who);
    free(change->school);
    free(change->region);
    free(change->also_in);
    for (int i = 0; i < change->differs_count; i++) {
        free(change->differs[i].was);
        free(change->differs[i].becomes);
    }
}

void
bw_import_result_finish(struct bw_import_result *result)
{
    if (result == NULL) {
        return;
    }
    for (size_t i = 0; i < result->rejections_count; i++) {
        free(result->rejections[i].text);
    }
    for (size_t i = 0; i < result->notes_count; i++) {
        free(result->notes[i].text);
    }
    for (size_t i = 0; i < result->ignored_count; i++) {
        free(result->ignored[i]);
    }
    for (size_t i = 0; i < result->changes_count; i++) {
        change_finish(&result->changes[i]);
    }
    for (size_t i = 0; i < result->doubts_count; i++) {
        side_finish(&result->doubts[i].answer);
        side_finish(&result->doubts[i].known);
    }
    free(result->doubts);
    free(result->changes);
    free(result->rejections);
    free(result->notes);
    free(result->ignored);
    *result = (struct bw_import_result){.rows = 0};
}
