/* Names of schools that the list doesn't tell: see school_settle.h. */
#include "office/import/read/school_settle.h"

#include "central/records.h"
#include "central/schools.h"
#include "office/import/read/learned.h"
#include "office/import/read/likeness.h"
#include "office/step.h"
#include "office/still.h"

#include <brugwachter/text.h>
#include <stdio.h>
#include <string.h>

enum { FOLD_BYTES = 3 * BW_TITLE_BYTES, PART_MIN = 5 };

/* ---- which there are ---- */

struct names_walk {
    struct bw_schools list;
    bw_import_school_name_each *each;
    void *context;
};

/* The only one that has nearly that name, or is called so before more is said ("De Klim
 * locatie Noord"). */
static const char *
likely_of(const struct bw_schools *list, const char *text)
{
    char name[BW_SCHOOL_KEY_BYTES], town[BW_SCHOOL_KEY_BYTES];
    const struct bw_school *found = NULL;
    int several = 0;
    bw_school_key(text, name, town);
    for (size_t i = 0; i < list->count && name[0] != '\0'; i++) {
        const struct bw_school *school = &list->items[i];
        size_t length = strlen(school->key);
        bool near = bw_likeness_is_near(name, school->key) ||
                    (length >= PART_MIN && strncmp(name, school->key, length) == 0);
        bool elsewhere = town[0] != '\0' && school->town_key[0] != '\0' &&
                         strcmp(town, school->town_key) != 0;
        if (near && !elsewhere) {
            several++;
            found = school;
        }
    }
    return several == 1 && bw_schools_named(list, found->label) == found ? found->label
                                                                         : "";
}

static bool
on_name(const struct bw_sql_value *c, int count, void *context)
{
    const struct names_walk *walk = context;
    (void)count;
    if (bw_schools_find(&walk->list, c[0].text) != NULL) {
        return true;
    }
    const struct bw_import_school_name name = {
        c[0].text, c[1].number, likely_of(&walk->list, c[0].text)};
    return walk->each(&name, walk->context);
}

enum bw_status
bw_import_school_names_walk(struct bw_central *central, bw_import_school_name_each *each,
    void *context, struct bw_error *err)
{
    struct names_walk walk = {.each = each, .context = context};
    enum bw_status status = bw_schools_load(central, &walk.list, err);
    if (status == BW_OK && walk.list.count > 0) {
        status = bw_central_run(central,
            "SELECT school, count(DISTINCT person_no) AS people FROM registration"
            " WHERE school <> '' GROUP BY school ORDER BY people DESC, school",
            NULL, 0, on_name, &walk, err);
    }
    bw_schools_finish(&walk.list);
    return status;
}

/* ---- one more ---- */

static enum bw_status
find_school(struct bw_central *central, const char *name, const char *school,
    char ret_label[2 * BW_TITLE_BYTES], char ret_meaning[2 * BW_TITLE_BYTES],
    struct bw_error *err)
{
    struct bw_schools list = {.items = NULL};
    enum bw_status status = bw_schools_load(central, &list, err);
    const struct bw_school *found =
        status == BW_OK ? bw_schools_named(&list, school) : NULL;
    if (found != NULL) {
        bool own = bw_schools_named(&list, found->code) == found;
        bw_text_copy(ret_label, 2 * BW_TITLE_BYTES, found->label);
        bw_text_copy(ret_meaning, 2 * BW_TITLE_BYTES, own ? found->code : found->label);
    } else if (status == BW_OK) {
        status = bw_error_about(err,
            bw_error_set(err, BW_BAD_INPUT, 0,
                "settling which school \"%.60s\" is: \"%.80s\" is no school of the list, "
                "or several; give its code, or its name and town as the list has them",
                name, school),
            "school");
    }
    bw_schools_finish(&list);
    return status;
}

static enum bw_status
put(const struct bw_office *office, const char *fold, const char *label,
    const char *meaning, const char *why, int64_t *inout_new, struct bw_error *err)
{
    char about[2 * BW_TITLE_BYTES];
    struct bw_learned learned = {.items = NULL};
    (void)snprintf(about, sizeof about, "school %.*s=%.*s", BW_NAME_BYTES, fold,
        BW_TITLE_BYTES, label);
    bw_text_defuse(about, '?'); /* half a character, where it was cut */
    enum bw_status status = bw_import_learned_load(office->central, &learned, err);
    if (status == BW_OK) {
        status = bw_step_begin(office, "settings", about, why, 0, err);
    }
    if (status == BW_OK) {
        status = bw_import_learned_put(
            office->central, &learned, BW_LEARNED_SCHOOL, fold, meaning, inout_new, err);
    }
    bw_import_learned_finish(&learned);
    return status;
}

enum bw_status
bw_import_school_settle(const struct bw_office *office, const char *name,
    const char *school, const char *why, bool *ret_changed, struct bw_error *err)
{
    char clean[4 * BW_TITLE_CHARS + 1], fold[FOLD_BYTES];
    char label[2 * BW_TITLE_BYTES], meaning[2 * BW_TITLE_BYTES];
    int64_t learned = 0;
    if (bw_text_clean(name, BW_TITLE_CHARS, clean) != BW_TEXT_FINE || clean[0] == '\0') {
        return bw_error_about(err,
            bw_error_set(err, BW_BAD_INPUT, 0,
                "settling which school a name is: give the name, as people wrote it"),
            "word");
    }
    bw_text_fold(clean, false, fold, sizeof fold);
    enum bw_status status = bw_office_still_begin(office, err);
    if (status == BW_OK) {
        status = find_school(office->central, clean, school, label, meaning, err);
    }
    if (status == BW_OK) {
        status = put(office, fold, label, meaning, why, &learned, err);
    }
    if (status == BW_OK && learned > 0) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    if (status == BW_OK) {
        *ret_changed = learned > 0;
    }
    return status;
}
