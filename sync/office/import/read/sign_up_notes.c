/* What is odd of a form's rows, and no reason to leave one out: see sign_up_notes.h. */
#include "office/import/read/sign_up_notes.h"

#include "office/import/read/letter.h"

#include <brugwachter/said.h>
#include <inttypes.h>

void
bw_sign_up_note_letters(struct bw_import *import, const struct bw_sign_up *s)
{
    char letter[5];
    const char *what = bw_said("name");
    uint32_t character = bw_import_letter_missing(s->shown, letter);
    if (character == 0) {
        what = bw_said("school");
        character = bw_import_letter_missing(s->school, letter);
    }
    if (character != 0) {
        bw_import_note(import, true,
            "line %d: no font of the kiosk has \"%s\" (U+%04X), in the %s of %s; the "
            "screens show ? for it: ask how it is written in Latin letters",
            (int)s->line, letter, character, what, s->shown);
    }
}

void
bw_sign_up_note_mails(
    struct bw_import *import, const struct bw_sign_up *sign_ups, size_t count)
{
    const struct bw_sign_up *first = NULL;
    int odd = 0;
    for (size_t i = 0; i < count; i++) {
        const struct bw_sign_up *s = &sign_ups[i];
        first = first == NULL && s->odd_mail != NULL ? s : first;
        odd += s->odd_mail != NULL;
    }
    if (odd == 1) {
        bw_import_note(import, true,
            "one row has no mail address where one belongs (line %d: \"%.60s\"); that "
            "person is taken without",
            (int)first->line, first->odd_mail);
    } else if (first != NULL) {
        bw_import_note(import, true,
            "%d rows have no mail address where one belongs (line %d: \"%.60s\"); those "
            "people are taken without",
            odd, (int)first->line, first->odd_mail);
    }
}

void
bw_sign_up_note_times(
    struct bw_import *import, const struct bw_sign_up *sign_ups, size_t count)
{
    const int64_t old_ms = INT64_C(3) * 365 * 24 * 3600 * 1000;
    int64_t now_ms = bw_office_now_ms(import->office);
    if (import->days_alone == 1) {
        bw_import_note(import, false,
            "one row has a day without an hour; among those of one day the order of the "
            "lines counts");
    } else if (import->days_alone > 0) {
        bw_import_note(import, false,
            "%" PRId64 " rows have a day without an hour; among those of one day the "
            "order of the lines counts",
            import->days_alone);
    }
    for (size_t i = 0; import->table.from_1904 && i < count; i++) {
        if (sign_ups[i].time_ms < now_ms - old_ms) {
            bw_import_note(import, true,
                "the workbook counts days from 1904, and line %d is of years ago: dates "
                "that were pasted from another workbook are four years and a day off",
                (int)sign_ups[i].line);
            return;
        }
    }
}
