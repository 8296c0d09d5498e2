/* Rows of a form in which nobody stands: see nobody.h. */
#include "office/import/read/nobody.h"

#include "central/records.h"
#include "office/import/read/sign_up.h"

#include <brugwachter/text.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

bool
bw_sign_up_is_mail(const char *mail)
{
    const char *at = strchr(mail, '@');
    return at != NULL && at > mail && at[1] != '\0';
}

static bool
has_letter(const char *text)
{
    utf8proc_int32_t c = 0;
    for (utf8proc_ssize_t taken = 0; *text != '\0'; text += taken) {
        taken = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &c);
        if (taken < 1) {
            return false;
        }
        utf8proc_category_t category = utf8proc_category(c);
        if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) {
            return true;
        }
    }
    return false;
}

/* Pages that were pasted one below the other bring their headings along. */
static bool
is_heading_again(const struct bw_import *import, const struct bw_csv_row *row)
{
    const struct bw_csv_table *table = &import->table;
    int same = 0;
    for (int i = 0; i < table->heading.cells_count; i++) {
        const char *cell = bw_csv_cell_at(table, row, i);
        if (strcmp(cell, bw_csv_cell_at(table, &table->heading, i)) != 0) {
            return false;
        }
        same += cell[0] != '\0';
    }
    return same > 1;
}

/* The first cells that hold something: "Totaal", "4". */
static void
quote_row(
    const struct bw_import *import, const struct bw_csv_row *row, char ret_text[160])
{
    enum { CELLS = 3, CELL_BYTES = 41 };
    size_t used = 0;
    ret_text[0] = '\0';
    for (int i = 0, cells = 0; i < row->cells_count && cells < CELLS; i++) {
        char cell[CELL_BYTES];
        bw_text_copy(cell, sizeof cell, bw_csv_cell_at(&import->table, row, i));
        if (cell[strspn(cell, " \t\r\n")] != '\0') {
            used += (size_t)snprintf(
                ret_text + used, 160 - used, "%s\"%s\"", cells > 0 ? ", " : "", cell);
            cells++;
        }
    }
    bw_text_defuse(ret_text, '?');
}

bool
bw_sign_up_is_nobody(struct bw_import *import, const struct bw_csv_row *row)
{
    static const int names[] = {
        BW_SIGN_UP_FIRST_NAME, BW_SIGN_UP_LAST_NAME, BW_SIGN_UP_NAME};
    char quoted[160];
    bool named = bw_sign_up_is_mail(bw_import_raw(import, row, BW_SIGN_UP_EMAIL));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        named = named || has_letter(bw_import_raw(import, row, names[i]));
    }
    if (is_heading_again(import, row)) {
        bw_import_reject(import, row->line, BW_REJECT_INVALID,
            "the headings stand here once more, and nobody");
        return true;
    }
    if (!named) {
        quote_row(import, row, quoted);
        bw_import_reject(import, row->line, BW_REJECT_INVALID,
            "nobody stands here: no name, and no mail address (%s)", quoted);
    }
    return !named;
}
