/* What a mark on a paper list says: see paper_mark.h. */
#include "office/import/paper_mark.h"

#include <brugwachter/limits.h>
#include <brugwachter/text.h>
#include <string.h>

static bool
is_among(const char *mark, const char *const *marks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(mark, marks[i]) == 0) {
            return true;
        }
    }
    return false;
}

bool
bw_paper_mark_read(struct bw_import *import, const struct bw_csv_row *row, int field,
    enum bw_paper_mark *ret_mark)
{
    static const char *const no[] = {"nee", "neen", "niet", "niet aanwezig", "afwezig",
        "no", "n", "not present", "absent", "0", "false", "onwaar"};
    static const char *const yes[] = {"x", "ja", "j", "wel", "aanwezig", "yes", "y",
        "present", "v", "ok", "1", "true", "waar", "✓", "✔", "☑"};
    char mark[BW_NAME_BYTES]; /* folded: a hyphen is a blank */
    *ret_mark = BW_PAPER_YES;
    if (import->columns.of[field] < 0) {
        return true;
    }
    bw_text_fold(bw_import_raw(import, row, field), false, mark, sizeof mark);
    if (mark[0] == '\0') {
        *ret_mark = BW_PAPER_NOTHING;
    } else if (is_among(mark, no, sizeof no / sizeof no[0])) {
        *ret_mark = BW_PAPER_NO;
    } else if (!is_among(mark, yes, sizeof yes / sizeof yes[0])) {
        bw_import_reject(import, row->line, BW_REJECT_INVALID,
            "Aanwezig \"%.40s\" says neither yes (x, ja) nor no (nee, nothing)",
            bw_import_raw(import, row, field));
        return false;
    }
    return true;
}
