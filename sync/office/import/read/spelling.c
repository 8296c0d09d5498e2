/* Other words for a region: see spelling.h. */
#include "office/import/read/spelling.h"

#include "central/records.h"
#include "office/import/read/learned.h"
#include "office/step.h"
#include "office/still.h"

#include <brugwachter/text.h>
#include <stdio.h>
#include <string.h>

enum { FOLD_BYTES = 3 * BW_TITLE_BYTES, ALIASES_BYTES = 1024 };

struct regions_walk {
    struct bw_learned learned;
    bw_import_region_each *each;
    void *context;
    bool known, ended;
};

/* What still means this region; what was said anew means another thing by now. */
static void
aliases_write(
    const struct bw_learned *learned, const char *region, char ret_text[ALIASES_BYTES])
{
    size_t used = 0;
    ret_text[0] = '\0';
    for (size_t i = 0; i < learned->count; i++) {
        const struct bw_learned_item *item = &learned->items[i];
        size_t length = strlen(item->spelling);
        if (item->kind != BW_LEARNED_REGION || strcmp(item->meaning, region) != 0 ||
            bw_import_learned_find(learned, item->kind, item->spelling) !=
                item->meaning ||
            used + length + 3 > ALIASES_BYTES) {
            continue;
        }
        used += (size_t)snprintf(ret_text + used, ALIASES_BYTES - used, "%s%s",
            used > 0 ? ", " : "", item->spelling);
    }
}

static bool
on_region(const struct bw_sql_value *c, int count, void *context)
{
    struct regions_walk *walk = context;
    char aliases[ALIASES_BYTES];
    (void)count;
    aliases_write(&walk->learned, c[0].text, aliases);
    const struct bw_import_region region = {.name = c[0].text,
        .known = walk->known,
        .people = c[1].number,
        .aliases = aliases};
    walk->ended = !walk->each(&region, walk->context);
    return !walk->ended;
}

enum bw_status
bw_import_regions_walk(struct bw_central *central, bw_import_region_each *each,
    void *context, struct bw_error *err)
{
    static const char *const sql[] = {
        "SELECT x.region, count(DISTINCT r.person_no) FROM (SELECT DISTINCT region"
        " FROM session WHERE region <> '') x LEFT JOIN registration r"
        " ON r.region = x.region GROUP BY x.region ORDER BY x.region",
        "SELECT r.region, count(DISTINCT r.person_no) FROM registration r"
        " WHERE r.region <> '' AND r.region NOT IN (SELECT region FROM session)"
        " GROUP BY r.region ORDER BY r.region"};
    struct regions_walk walk = {.each = each, .context = context};
    enum bw_status status = bw_import_learned_load(central, &walk.learned, err);
    for (int i = 0; status == BW_OK && !walk.ended && i < 2; i++) {
        walk.known = i == 0;
        status = bw_central_run(central, sql[i], NULL, 0, on_region, &walk, err);
    }
    bw_import_learned_finish(&walk.learned);
    return status;
}

/* ---- one more ---- */

struct region_search {
    char fold[FOLD_BYTES]; /* wanted */
    char name[BW_TITLE_BYTES];
};

static bool
on_known(const struct bw_import_region *region, void *context)
{
    struct region_search *search = context;
    char fold[FOLD_BYTES];
    bw_text_fold(region->name, false, fold, sizeof fold);
    if (region->known && strcmp(fold, search->fold) == 0) {
        bw_text_copy(search->name, sizeof search->name, region->name);
    }
    return search->name[0] == '\0';
}

static enum bw_status
put(const struct bw_office *office, const char *fold, const char *region, const char *why,
    int64_t *inout_new, struct bw_error *err)
{
    char about[BW_TITLE_BYTES * 2];
    struct bw_learned learned = {.items = NULL};
    (void)snprintf(about, sizeof about, "alias %.*s=%s", BW_NAME_BYTES, fold, region);
    bw_text_defuse(about, '?'); /* half a character, where it was cut */
    enum bw_status status = bw_import_learned_load(office->central, &learned, err);
    if (status == BW_OK) {
        status = bw_step_begin(office, "settings", about, why, 0, err);
    }
    if (status == BW_OK) {
        status = bw_import_learned_put(
            office->central, &learned, BW_LEARNED_REGION, fold, region, inout_new, err);
    }
    bw_import_learned_finish(&learned);
    return status;
}

enum bw_status
bw_import_spelling_settle(const struct bw_office *office, const char *spelling,
    const char *region, const char *why, bool *ret_changed, struct bw_error *err)
{
    struct region_search search = {.name = ""};
    char clean[BW_TITLE_BYTES], fold[FOLD_BYTES];
    int64_t learned = 0;
    enum bw_text_fault fault = bw_text_clean(spelling, BW_NAME_CHARS, clean);
    bw_text_fold(region, false, search.fold, sizeof search.fold);
    if (fault != BW_TEXT_FINE || clean[0] == '\0') {
        return bw_error_about(err,
            bw_error_set(err, BW_BAD_INPUT, 0,
                "settling another word for %.60s: give the word, as files have it",
                region),
            "word");
    }
    bw_text_fold(clean, false, fold, sizeof fold);
    enum bw_status status = bw_office_still_begin(office, err);
    if (status == BW_OK) {
        status = bw_import_regions_walk(office->central, on_known, &search, err);
    }
    if (status == BW_OK && search.name[0] == '\0') {
        status = bw_error_set(err, BW_BAD_INPUT, 0,
            "settling what \"%.60s\" means: no session is of the region \"%.60s\"; "
            "status lists the sessions",
            clean, region);
    }
    if (status == BW_OK) {
        status = put(office, fold, search.name, why, &learned, err);
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
