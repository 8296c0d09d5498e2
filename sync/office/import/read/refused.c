/* What files said and wasn't taken over: see refused.h. */
#include "office/import/read/refused.h"

#include "central/central.h"
#include "office/import/read/learned.h"
#include "office/step.h"
#include "office/still.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The last that was said of each is what stands (LD1). */
#define STANDS                                                                           \
    "FROM learned l JOIN step t ON t.step_no = l.step_no WHERE l.kind = 24"              \
    " AND t.undone_by <= 0 AND l.meaning LIKE '=%' AND NOT EXISTS"                       \
    " (SELECT 1 FROM learned n JOIN step u ON u.step_no = n.step_no WHERE n.kind = 24"   \
    " AND n.spelling = l.spelling AND n.step_no > l.step_no AND u.undone_by <= 0)"

struct refused_walk {
    bw_import_refused_each *each;
    void *context;
};

static bool
on_refused(const struct bw_sql_value *c, int count, void *context)
{
    const struct refused_walk *walk = context;
    const char *blank = strchr(c[4].text, ' ');
    (void)count;
    const struct bw_import_refused refused = {.code = (bw_code)c[0].number,
        .first_name = c[1].text,
        .name = c[2].text,
        .session = c[3].text,
        .field = blank != NULL ? blank + 1 : "",
        .said = c[5].text + 1};
    return walk->each(&refused, walk->context);
}

enum bw_status
bw_import_refused_walk(struct bw_central *central, bw_import_refused_each *each,
    void *context, struct bw_error *err)
{
    struct refused_walk walk = {each, context};
    return bw_central_run(central,
        "SELECT r.code, r.first_name, r.name, s.title, k.spelling, k.meaning"
        " FROM (SELECT l.spelling, l.meaning " STANDS ") AS k"
        " JOIN registration r ON k.spelling LIKE r.code || ' %'"
        " JOIN session s ON s.session_no = r.session_no"
        " ORDER BY r.name, r.first_name, r.code, k.spelling",
        NULL, 0, on_refused, &walk, err);
}

static enum bw_status
forget(const struct bw_office *office, const char *key, const char *typed,
    const char *why, struct bw_error *err)
{
    char about[BW_TITLE_BYTES];
    struct bw_sql_value value = bw_sql_text(key);
    int64_t stands = 0, learned = 0;
    struct bw_learned none = {.items = NULL};
    (void)snprintf(about, sizeof about, "refused %.60s", typed);
    enum bw_status status = bw_central_number(office->central,
        "SELECT count(*) " STANDS " AND l.spelling = $1", &value, 1, 0, &stands, err);
    if (status == BW_OK && stands == 0) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "asking %.60s again: nothing of that was refused; settings refused lists it",
            typed);
    }
    if (status == BW_OK) {
        status = bw_step_begin(office, "settings", about, why, 0, err);
    }
    return status == BW_OK ? bw_import_learned_put(office->central, &none,
                                 BW_LEARNED_REFUSED, key, "-", &learned, err)
                           : status;
}

enum bw_status
bw_import_refused_forget(const struct bw_office *office, const char *typed,
    const char *why, struct bw_error *err)
{
    char shown[BW_LABEL_BYTES], key[BW_LABEL_BYTES * 2];
    bw_code code = BW_CODE_NONE;
    const char *dot = strchr(typed, '.');
    (void)snprintf(shown, sizeof shown, "%.*s",
        dot != NULL ? (int)(dot - typed) : (int)strlen(typed), typed);
    if (dot == NULL || !bw_code_parse(shown, &code)) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "asking %.60s again: nothing of that was refused; settings refused lists it",
            typed);
    }
    (void)snprintf(key, sizeof key, "%" PRId64 " %.60s", (int64_t)code, dot + 1);
    enum bw_status status = bw_office_still_begin(office, err);
    if (status == BW_OK) {
        status = forget(office, key, typed, why, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    return status;
}
