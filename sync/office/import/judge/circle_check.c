/* Is a form of sign-ups that of the circle it is given for? See circle_check.h. */
#include "office/import/judge/circle_check.h"

#include "central/central.h"
#include "office/office.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <stdio.h>
#include <string.h>

enum {
    PEOPLE_READ = 200,
    PEOPLE_LEAST = 3, /* fewer say nothing: somebody may sign up for two circles */
    REGION_LEAST = 6, /* another region is allowed: most of so many, then */
    FOLD_BYTES = 3 * BW_NAME_BYTES,
};

static enum bw_status
refuse(const struct bw_import *import, const struct bw_import_circle *circle,
    const char *why, struct bw_error *err)
{
    size_t length = strlen(why);
    bool asks = length > 0 && why[length - 1] == '?';
    return bw_error_set(err, BW_REFUSED, 0,
        "importing %s for %s: %s%s Nothing was changed; say --yes where it is right",
        import->request->path, circle->session->code, why, asks ? "" : ".");
}

/* ---- the column Leerkring ---- */

/* A file that is called so: a circle's own form may name its circle in every row. */
static bool
is_waitlist_by_name(const char *path)
{
    static const char *const words[] = {"wachtlijst", "waitlist", "waiting"};
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    bool is = false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        is = is || strcasestr(name, words[i]) != NULL;
    }
    return is;
}

static enum bw_status
check_column(const struct bw_import *import, const struct bw_import_circle *circle,
    struct bw_error *err)
{
    const struct bw_session *other =
        bw_session_names_by_number(circle->names, circle->other_no);
    char why[300];
    size_t here = circle->named_here, others = circle->named_other;
    if (here + others > 0 && is_waitlist_by_name(import->request->path)) {
        return refuse(import, circle,
            bw_said("it has a column Leerkring and is called so: is "
                    "it the waiting list's form (import waitlist)?"),
            err);
    }
    if (others > here && (here > 0 || circle->several)) {
        return refuse(import, circle,
            bw_said("its column Leerkring names several circles, as "
                    "the waiting list's form does (import waitlist)"),
            err);
    }
    if (others <= here || other == NULL) {
        return BW_OK;
    }
    (void)snprintf(why, sizeof why,
        bw_said("its column Leerkring says %.80s: that is the form of --session %.60s"),
        other->title, other->code);
    return refuse(import, circle, why, err);
}

/* ---- regions ---- */

static enum bw_status
check_regions(const struct bw_import *import, const struct bw_import_circle *circle,
    struct bw_error *err)
{
    char here[FOLD_BYTES], fold[FOLD_BYTES], why[300];
    const char *other = "";
    size_t same = 0, elsewhere = 0;
    bw_text_fold(circle->session->region, false, here, sizeof here);
    for (size_t i = 0; here[0] != '\0' && i < circle->count; i++) {
        bw_text_fold(circle->rows[i].region, false, fold, sizeof fold);
        bool own = strcmp(fold, here) == 0;
        same += own;
        elsewhere += !own && fold[0] != '\0';
        other = !own && fold[0] != '\0' ? circle->rows[i].region : other;
    }
    /* four of five, at least */
    if (elsewhere < REGION_LEAST || elsewhere < 4 * same) {
        return BW_OK;
    }
    (void)snprintf(why, sizeof why,
        bw_said("%zu of its %zu people are of another region (%.60s) than %.60s: is it "
                "another "
                "circle's form?"),
        elsewhere, same + elsewhere, other, circle->session->region);
    return refuse(import, circle, why, err);
}

/* ---- people ---- */

struct circle_known {
    bool here, elsewhere;
    uint32_t session_no;
};

static bool
on_known(const struct bw_sql_value *c, int count, void *context)
{
    struct circle_known *known = context;
    (void)count;
    known->here = known->here || c[1].number != 0;
    known->elsewhere = true;
    known->session_no = (uint32_t)c[0].number;
    return true;
}

/* In another circle of the series, or by the very same answer; and not in this one. */
static enum bw_status
look_up(const struct bw_import *import, const struct bw_import_circle *circle,
    const struct bw_sign_up *row, struct circle_known *ret_known, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_text(row->identity),
        bw_sql_int(circle->session->session_no), bw_sql_text(circle->session->series),
        bw_sql_int(row->time_ms)};
    *ret_known = (struct circle_known){.here = false};
    return bw_central_run(import->office->central,
        "SELECT r.session_no, (SELECT count(*) FROM registration h"
        " WHERE h.person_no = p.person_no AND h.session_no = $2) FROM person p"
        " JOIN registration r ON r.person_no = p.person_no AND r.session_no <> $2"
        " JOIN session s ON s.session_no = r.session_no"
        " WHERE p.identity = $1 AND (s.series = $3 OR r.signed_up_ms = $4)",
        values, 4, on_known, ret_known, err);
}

static enum bw_status
check_people(const struct bw_import *import, const struct bw_import_circle *circle,
    struct bw_error *err)
{
    size_t read = circle->count < PEOPLE_READ ? circle->count : PEOPLE_READ;
    size_t elsewhere = 0;
    uint32_t other_no = 0;
    char why[300];
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < read; i++) {
        struct circle_known known;
        status = look_up(import, circle, &circle->rows[i], &known, err);
        if (status == BW_OK && known.elsewhere && !known.here) {
            elsewhere++;
            other_no = known.session_no;
        }
    }
    const struct bw_session *other = bw_session_names_by_number(circle->names, other_no);
    if (status != BW_OK || other == NULL || elsewhere < PEOPLE_LEAST ||
        2 * elsewhere <= read) {
        return status;
    }
    (void)snprintf(why, sizeof why,
        bw_said("%zu of %zu people in it are known in %.60s "
                "and not here: is it that circle's form?"),
        elsewhere, read, other->code);
    return refuse(import, circle, why, err);
}

void
bw_import_circle_note(
    struct bw_import_circle *circle, uint32_t session_no, uint32_t named_no)
{
    bool other = session_no != named_no;
    circle->several = circle->several ||
                      (other && circle->named_other > 0 && circle->other_no != named_no);
    circle->other_no = other && circle->named_other == 0 ? named_no : circle->other_no;
    circle->named_other += other;
    circle->named_here += !other;
}

enum bw_status
bw_import_circle_check(
    struct bw_import *import, const struct bw_import_circle *circle, struct bw_error *err)
{
    if (import->request->confirmed) {
        return BW_OK;
    }
    enum bw_status status = check_column(import, circle, err);
    if (status == BW_OK) {
        status = check_people(import, circle, err);
    }
    if (status == BW_OK) {
        status = check_regions(import, circle, err);
    }
    if (status == BW_REFUSED && import->request->ret_asked != NULL) {
        *import->request->ret_asked = true;
    }
    return status;
}
