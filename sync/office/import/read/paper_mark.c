/* What a mark on a paper list says: see paper_mark.h. */
#include "office/import/read/paper_mark.h"

#include "office/import/read/likeness.h"
#include "office/import/read/sign_up.h"
#include "office/table/heading.h"

#include <brugwachter/limits.h>
#include <brugwachter/text.h>
#include <stdio.h>
#include <string.h>

enum { FOLD_BYTES = 3 * BW_TITLE_BYTES };

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

static bool
has_heading(const struct bw_csv_table *table, enum bw_sign_up_field field)
{
    for (int i = 0; i < table->heading.cells_count; i++) {
        if (bw_heading_is(bw_sign_up_fields[field].headings,
                bw_csv_cell_at(table, &table->heading, i))) {
            return true;
        }
    }
    return false;
}

bool
bw_paper_mark_is_form(const struct bw_csv_table *table)
{
    return has_heading(table, BW_SIGN_UP_TIMESTAMP) &&
           (has_heading(table, BW_SIGN_UP_ROLE) ||
               has_heading(table, BW_SIGN_UP_REGION) ||
               has_heading(table, BW_SIGN_UP_EMAIL));
}

bool
bw_paper_mark_is_near(const char *known_name, const char *name)
{
    return strcmp(known_name, name) == 0 || bw_likeness_is_near(known_name, name);
}

bool
bw_paper_mark_is_like(const char *known_name, const char *full)
{
    static const char between[] = " .,;/()";
    char name[FOLD_BYTES], whole[FOLD_BYTES];
    char *rest = NULL;
    bool said = false;
    bw_text_fold(full, false, name, sizeof name);
    for (const char *word = strtok_r(name, between, &rest); word != NULL;
         word = strtok_r(NULL, between, &rest)) {
        char *others = NULL;
        (void)snprintf(whole, sizeof whole, "%s", known_name);
        said = said || word[1] != '\0';
        for (const char *other = strtok_r(whole, between, &others); other != NULL;
             other = strtok_r(NULL, between, &others)) {
            if (word[1] != '\0' && strcmp(word, other) == 0) {
                return true;
            }
        }
    }
    return !said;
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
