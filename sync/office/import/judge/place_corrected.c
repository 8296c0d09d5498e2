/* Rows of people whose answer was corrected, or damaged: see place.h. */
#include "office/import/judge/place.h"

#include "office/import/read/likeness.h"
#include "office/office.h"
#include "office/place/people.h"
#include "office/place/rename.h"
#include "office/place/words.h"

#include <stdio.h>
#include <stdlib.h>

static bool
is_refused(const struct bw_import *import, int32_t line, bw_code code, int field,
    const char *says)
{
    return bw_import_is_refused(import, line, field) ||
           bw_place_was_refused(import, code, field, says);
}

/* By what name files are to lead to them: the file's, but for what of it is refused
 * (PL9). *ret_refused where something is. */
static enum bw_status
name_them(struct bw_placing *placing, bw_code code, struct bw_sign_up *s,
    bool *ret_refused, struct bw_error *err)
{
    struct bw_import *import = placing->import;
    char identity[BW_SIGN_UP_IDENTITY_BYTES], whole[2 * BW_NAME_BYTES];
    (void)snprintf(whole, sizeof whole, "%s%s%s", s->first_name,
        s->first_name[0] != '\0' && s->name[0] != '\0' ? " " : "", s->name);
    bool name = is_refused(import, s->line, code, BW_SIGN_UP_NAME, whole);
    bool mail = is_refused(import, s->line, code, BW_SIGN_UP_EMAIL, s->mail);
    bool school = is_refused(import, s->line, code, BW_SIGN_UP_SCHOOL, s->school);
    struct bw_place_stands stands;
    *ret_refused = name || mail || school;
    enum bw_status status =
        *ret_refused ? bw_place_words_read(import->office->central, code, &stands, err)
                     : BW_OK;
    if (status != BW_OK || !*ret_refused) {
        return status;
    }
    char *fold = bw_sign_up_mail_fold(mail ? stands.mail : s->mail);
    if (fold == NULL) {
        return bw_import_no_memory(import, err);
    }
    (void)snprintf(whole, sizeof whole, "%s%s%s", stands.first_name,
        stands.first_name[0] != '\0' && stands.name[0] != '\0' ? " " : "", stands.name);
    bw_sign_up_identity(
        fold, name ? whole : s->shown, school ? stands.school : s->school, identity);
    free(fold);
    s->identity = bw_arena_text(&import->arena, identity);
    return s->identity != NULL ? BW_OK : bw_import_no_memory(import, err);
}

enum bw_status
bw_place_corrected(struct bw_placing *placing, const struct bw_who_known *known,
    const struct bw_place_request *request, struct bw_error *err)
{
    struct bw_sign_up said = *request->last;
    const struct bw_sign_up *s = &said;
    bool refused = false;
    struct bw_place_people_merged merged = {.moved = 0};
    bw_code code = known->code;
    bool damaged = bw_likeness_is_damaged(s->shown);
    int64_t elsewhere = 0, person_no = 0;
    enum bw_status status = name_them(placing, code, &said, &refused, err);
    if (status == BW_OK) {
        status = bw_place_person(placing, s, &elsewhere, err);
    }
    if (status == BW_OK) {
        status =
            bw_place_people_of(placing->import->office->central, code, &person_no, err);
    }
    if (status != BW_OK) {
        return status;
    }
    if (refused && elsewhere == person_no) {
        return bw_place_known(placing, code, false, request, err);
    }
    if (elsewhere != 0 && elsewhere != person_no) {
        status = bw_place_people_join(
            placing->import->office, elsewhere, person_no, &merged, err);
    } else if (damaged) {
        status = bw_place_alias(placing, s->identity, person_no, err);
    } else {
        status = bw_place_rename(
            placing->import->office->central, person_no, s->identity, err);
    }
    status = bw_place_overtaking(placing, status, err);
    return status == BW_OK ? bw_place_known(placing, code, !damaged, request, err)
                           : status;
}
