/* The list of schools: see schools.h. */
#include "central/schools.h"

#include "central/base/array.h"
#include "central/records.h"

#include <brugwachter/limits.h>
#include <brugwachter/text.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { FOLD_BYTES = 3 * BW_TITLE_BYTES };

struct bw_school_way {
    const char *text; /* a key, or a folded text that was settled */
    size_t at;        /* of the items */
    size_t order;     /* of what was settled: the last counts */
};

/* ---- what a name comes to ---- */

static bool
is_among(const char *const *words, size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i], word) == 0) {
            return true;
        }
    }
    return false;
}

/* Points go ("O.B.S." is OBS), brackets and commas begin a town. */
static void
prepare(const char *school, char ret_text[BW_TITLE_BYTES])
{
    size_t kept = 0;
    for (; *school != '\0' && kept < BW_TITLE_BYTES - 5; school++) {
        if (*school == '(' || *school == ',') {
            memcpy(ret_text + kept, " te ", 4);
            kept += 4;
        } else if (*school != '.') {
            ret_text[kept++] = *school == ')' ? ' ' : *school;
        }
    }
    ret_text[kept] = '\0';
}

static void
fold(const char *school, char ret_fold[FOLD_BYTES])
{
    char text[BW_TITLE_BYTES];
    prepare(school, text);
    bw_text_fold(text, false, ret_fold, FOLD_BYTES);
}

/* Of words that are written in two ways the one. */
static const char *
word_of(const char *word)
{
    return strcmp(word, "st") == 0 ? "sint" : word;
}

static const char *const towns_also[][2] = {
    {"sgravenhage", "denhaag"}, {"shertogenbosch", "denbosch"}};
enum { TOWNS_ALSO = sizeof towns_also / sizeof towns_also[0] };

static void
town_settle(char inout_town[BW_SCHOOL_KEY_BYTES])
{
    for (size_t i = 0; i < TOWNS_ALSO; i++) {
        if (strcmp(inout_town, towns_also[i][0]) == 0) {
            (void)strcpy(inout_town, towns_also[i][1]);
        }
    }
}

static void
add_word(char inout_key[BW_SCHOOL_KEY_BYTES], const char *word)
{
    size_t used = strlen(inout_key);
    (void)snprintf(inout_key + used, BW_SCHOOL_KEY_BYTES - used, "%s", word);
}

void
bw_school_key(const char *school, char ret_name[BW_SCHOOL_KEY_BYTES],
    char ret_town[BW_SCHOOL_KEY_BYTES])
{
    static const char *const kinds[] = {"obs", "cbs", "pcbs", "rkbs", "kbs", "bs", "sbo",
        "ikc", "kc", "gbs", "pc", "rk", "basisschool", "school", "openbare",
        "christelijke", "katholieke", "protestants", "kindcentrum", "de", "het", "t"};
    static const char *const towns[] = {"te", "in"};
    char text[FOLD_BYTES];
    char *rest = NULL;
    bool town = false;
    fold(school, text);
    ret_name[0] = '\0';
    ret_town[0] = '\0';
    for (char *word = strtok_r(text, " ,;/'\"", &rest); word != NULL;
         word = strtok_r(NULL, " ,;/'\"", &rest)) {
        if (is_among(towns, sizeof towns / sizeof towns[0], word) &&
            ret_name[0] != '\0') {
            town = true;
        } else if (town) {
            add_word(ret_town, word);
        } else if (!is_among(kinds, sizeof kinds / sizeof kinds[0], word)) {
            add_word(ret_name, word_of(word));
        }
    }
    town_settle(ret_town);
}

/* ---- one more ---- */

/* What the column of towns says goes before what the name does; "De Klim Zwolle" in
 * Zwolle is "De Klim". */
static void
keys_write(const char *name, const char *town, char ret_name[BW_SCHOOL_KEY_BYTES],
    char ret_town[BW_SCHOOL_KEY_BYTES])
{
    char said[BW_SCHOOL_KEY_BYTES] = "", in[BW_TITLE_BYTES + 8],
         none[BW_SCHOOL_KEY_BYTES];
    bw_school_key(name, ret_name, ret_town);
    (void)snprintf(in, sizeof in, "x te %s", town);
    bw_school_key(in, none, said);
    if (said[0] == '\0') {
        return;
    }
    size_t length = strlen(ret_name), tail = strlen(said);
    memcpy(ret_town, said, sizeof said);
    if (length > tail && strcmp(ret_name + length - tail, said) == 0) {
        ret_name[length - tail] = '\0';
    }
}

static bool
way_add(struct bw_schools *schools, const char *text, size_t at)
{
    struct bw_school_way *way = bw_array_more(
        &schools->ways, &schools->ways_count, &schools->ways_capacity, sizeof *way);
    if (way != NULL) {
        *way = (struct bw_school_way){.text = text, .at = at};
    }
    return way != NULL && text != NULL;
}

static bool
way_with_town(struct bw_schools *schools, const char *key, const char *town, size_t at)
{
    char both[BW_SCHOOL_KEY_BYTES];
    bw_text_copy(both, sizeof both, key);
    add_word(both, town);
    return way_add(schools, bw_arena_text(&schools->arena, both), at);
}

bool
bw_schools_add(struct bw_schools *schools, const char *code, const char *name,
    const char *town, const char *region)
{
    struct bw_arena *arena = &schools->arena;
    char key[BW_SCHOOL_KEY_BYTES], town_key[BW_SCHOOL_KEY_BYTES];
    char folded[FOLD_BYTES], label[2 * BW_TITLE_BYTES];
    size_t at = schools->count;
    struct bw_school *school = bw_array_more(
        &schools->items, &schools->count, &schools->capacity, sizeof *school);
    keys_write(name, town, key, town_key);
    fold(name, folded);
    (void)snprintf(
        label, sizeof label, "%s%s%s", name, town[0] != '\0' ? ", " : "", town);
    bool fine = school != NULL;
    if (fine) {
        *school =
            (struct bw_school){bw_arena_text(arena, code), bw_arena_text(arena, name),
                bw_arena_text(arena, town), bw_arena_text(arena, region),
                bw_arena_text(arena, label), bw_arena_text(arena, folded),
                bw_arena_text(arena, key), bw_arena_text(arena, town_key)};
        fine = school->code != NULL && school->name != NULL && school->town != NULL &&
               school->region != NULL && school->label != NULL && school->fold != NULL &&
               school->key != NULL && school->town_key != NULL &&
               way_add(schools, school->key, at);
    }
    if (fine && town_key[0] != '\0') { /* "De Klim Zwolle" */
        fine = way_with_town(schools, key, town_key, at);
    }
    for (size_t i = 0; fine && i < TOWNS_ALSO; i++) {
        fine = strcmp(town_key, towns_also[i][1]) != 0 ||
               way_with_town(schools, key, towns_also[i][0], at);
    }
    schools->no_memory = schools->no_memory || !fine;
    return fine;
}

static int
by_text(const void *left, const void *right)
{
    const struct bw_school_way *a = left, *b = right;
    int order = strcmp(a->text, b->text);
    return order != 0             ? order
           : a->order != b->order ? (a->order > b->order) - (a->order < b->order)
                                  : (a->at > b->at) - (a->at < b->at);
}

void
bw_schools_sort(struct bw_schools *schools)
{
    if (schools->ways_count > 1) {
        qsort(schools->ways, schools->ways_count, sizeof *schools->ways, by_text);
    }
    if (schools->settled_count > 1) {
        qsort(
            schools->settled, schools->settled_count, sizeof *schools->settled, by_text);
    }
}

/* ---- found again ---- */

/* The first of that text, or past the end. */
static size_t
first_of(const struct bw_school_way *ways, size_t count, const char *text)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool before = strcmp(ways[middle].text, text) < 0;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    return low;
}

/* Whether it is the whole name, or that and its town: "Kind in Beweging" names none. */
static bool
is_whole(const struct bw_school *school, const char *folded)
{
    char rest[FOLD_BYTES + 1], none[BW_SCHOOL_KEY_BYTES], town[BW_SCHOOL_KEY_BYTES];
    size_t length = strlen(school->fold);
    if (strncmp(folded, school->fold, length) != 0) {
        return false;
    }
    (void)snprintf(rest, sizeof rest, "x%s", folded + length);
    bw_school_key(rest, none, town);
    return strcmp(none, "x") == 0 &&
           (town[0] == '\0' || strcmp(town, school->town_key) == 0);
}

/* SO1. Of several, the one whose whole name it begins with, kind and all. */
static const struct bw_school *
only_of(const struct bw_schools *schools, const char *name, const char *town,
    const char *folded)
{
    const struct bw_school *found = NULL, *whole = NULL;
    int several = 0, wholes = 0;
    for (size_t i = first_of(schools->ways, schools->ways_count, name);
         i < schools->ways_count && strcmp(schools->ways[i].text, name) == 0; i++) {
        const struct bw_school *school = &schools->items[schools->ways[i].at];
        size_t length = strlen(school->fold);
        bool elsewhere =
            town[0] != '\0' && school->town_key[0] != '\0' &&
            (strcmp(school->town_key, town) != 0 || strcmp(school->key, name) != 0) &&
            !is_whole(school, folded);
        if (elsewhere || school == found) { /* two ways may be one text */
            continue;
        }
        several++;
        found = school;
        if (strncmp(folded, school->fold, length) == 0 &&
            (folded[length] == ' ' || folded[length] == '\0')) {
            wholes++;
            whole = school;
        }
    }
    return several == 1 ? found : wholes == 1 ? whole : NULL;
}

const struct bw_school *
bw_schools_find(const struct bw_schools *schools, const char *text)
{
    char name[BW_SCHOOL_KEY_BYTES], town[BW_SCHOOL_KEY_BYTES], folded[FOLD_BYTES];
    bw_text_fold(text, false, folded, sizeof folded);
    size_t last = first_of(schools->settled, schools->settled_count, folded);
    const struct bw_school_way *settled = NULL;
    for (; last < schools->settled_count &&
           strcmp(schools->settled[last].text, folded) == 0;
         last++) {
        settled = &schools->settled[last];
    }
    if (settled != NULL) {
        return &schools->items[settled->at];
    }
    bw_school_key(text, name, town);
    fold(text, folded);
    return name[0] != '\0' ? only_of(schools, name, town, folded) : NULL;
}

const struct bw_school *
bw_schools_named(const struct bw_schools *schools, const char *name)
{
    const struct bw_school *by_code = NULL, *by_label = NULL;
    int codes = 0, labels = 0;
    for (size_t i = 0; i < schools->count; i++) {
        const struct bw_school *school = &schools->items[i];
        bool code = school->code[0] != '\0' && strcasecmp(school->code, name) == 0;
        bool label = strcasecmp(school->label, name) == 0;
        by_code = code ? school : by_code;
        by_label = label ? school : by_label;
        codes += code;
        labels += label;
    }
    return codes == 1 ? by_code : labels == 1 ? by_label : NULL;
}

/* ---- the list ---- */

static bool
on_school(const struct bw_sql_value *c, int count, void *context)
{
    (void)count;
    return bw_schools_add(context, c[0].text, c[1].text, c[2].text, c[3].text);
}

/* What means no school of this list means nothing. */
static bool
on_settled(const struct bw_sql_value *c, int count, void *context)
{
    struct bw_schools *schools = context;
    const struct bw_school *school = bw_schools_named(schools, c[1].text);
    (void)count;
    if (school == NULL) {
        return true;
    }
    struct bw_school_way *way = bw_array_more(&schools->settled, &schools->settled_count,
        &schools->settled_capacity, sizeof *way);
    if (way != NULL) {
        *way = (struct bw_school_way){.text = bw_arena_text(&schools->arena, c[0].text),
            .at = (size_t)(school - schools->items),
            .order = schools->settled_count};
    }
    schools->no_memory = way == NULL || way->text == NULL;
    return !schools->no_memory;
}

static enum bw_status
check_memory(
    const struct bw_schools *schools, enum bw_status status, struct bw_error *err)
{
    return status == BW_OK && schools->no_memory
               ? bw_error_set(err, BW_NO_MEMORY, ENOMEM,
                     "reading the list of schools: out of memory; close other programs")
               : status;
}

enum bw_status
bw_schools_recall(
    struct bw_central *central, struct bw_schools *schools, struct bw_error *err)
{
    struct bw_sql_value kind = bw_sql_int(BW_SCHOOL_SETTLED);
    enum bw_status status = bw_central_run(central,
        "SELECT l.spelling, l.meaning FROM learned l"
        " JOIN step s ON s.step_no = l.step_no WHERE s.undone_by <= 0"
        " AND l.kind = $1 ORDER BY l.step_no, l.spelling",
        &kind, 1, on_settled, schools, err);
    return check_memory(schools, status, err);
}

enum bw_status
bw_schools_load(
    struct bw_central *central, struct bw_schools *ret_schools, struct bw_error *err)
{
    struct bw_schools schools = {.items = NULL};
    enum bw_status status = bw_central_run(central,
        "SELECT code, name, town, region FROM school WHERE step_no ="
        " (SELECT max(s.step_no) FROM step s WHERE s.undone_by <= 0"
        " AND s.step_no IN (SELECT step_no FROM school)) ORDER BY school_no",
        NULL, 0, on_school, &schools, err);
    status = check_memory(&schools, status, err);
    if (status == BW_OK && schools.count > 0) {
        status = bw_schools_recall(central, &schools, err);
    }
    if (status != BW_OK) {
        bw_schools_finish(&schools);
        return status;
    }
    bw_schools_sort(&schools);
    *ret_schools = schools;
    return BW_OK;
}

void
bw_schools_finish(struct bw_schools *schools)
{
    free(schools->items);
    free(schools->ways);
    free(schools->settled);
    bw_arena_finish(&schools->arena);
    *schools = (struct bw_schools){.items = NULL};
}
