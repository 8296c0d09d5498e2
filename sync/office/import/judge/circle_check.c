/* Is a form of sign-ups that of the circle it is given for? See circle_check.h. */
#include "office/import/judge/circle_check.h"

#include "central/central.h"
#include "central/records.h"
#include "office/import/import_read.h"
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

enum { OTHERS_MAX = 32, CIRCLES_OF_ONE = 8 };

/* What speaks for the circle, or for another. */
struct circle_seen {
    const struct bw_session *named; /* by the file's name, or its title; NULL: none */
    bool by_title;
    size_t looked, here, elsewhere; /* people: known here; in others alone */
    struct {
        uint32_t session_no;
        size_t people;
    } others[OTHERS_MAX]; /* where those are known */
    int others_count;
    size_t own_region, other_region;
    const char *other;               /* one of those */
    const struct bw_session *likely; /* that it looks like; NULL: none is known */
};

/* ---- the column Leerkring ---- */

/* A circle's own form may name its circle in every row, too. */
bool
bw_import_circle_is_waitlist(const struct bw_import *import)
{
    static const char *const words[] = {
        "wachtlijst", "wachtrij", "waitlist", "waiting list", "waitinglist"};
    const char *path = import->request->path, *slash = strrchr(path, '/');
    const char *const names[] = {
        slash != NULL ? slash + 1 : path, bw_import_name(import), import->title};
    bool is = false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
            is = is || (names[k] != NULL && strcasestr(names[k], words[i]) != NULL);
        }
    }
    return is;
}

static enum bw_status
check_column(const struct bw_import *import, const struct bw_import_circle *circle,
    struct circle_seen *seen, struct bw_error *err)
{
    const struct bw_session *other =
        bw_session_names_by_number(circle->names, circle->other_no);
    char why[300];
    size_t here = circle->named_here, others = circle->named_other;
    if (here + others > 0 && bw_import_circle_is_waitlist(import)) {
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
    seen->likely = other;
    (void)snprintf(why, sizeof why,
        bw_said("its column Leerkring says %.80s: that is the form of --session %.60s"),
        other->title, other->code);
    return refuse(import, circle, why, err);
}

/* ---- what its people tell ---- */

/* Of one person: the circles that they are in, of the series or by the very same
 * answer. */
struct circle_known {
    uint32_t session_no[CIRCLES_OF_ONE];
    int count;
};

static bool
on_known(const struct bw_sql_value *c, int count, void *context)
{
    struct circle_known *known = context;
    (void)count;
    known->session_no[known->count++] = (uint32_t)c[0].number;
    return known->count < CIRCLES_OF_ONE;
}

static enum bw_status
look_up(const struct bw_import *import, const struct bw_import_circle *circle,
    const struct bw_sign_up *row, struct circle_known *ret_known, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_text(row->identity),
        bw_sql_int(circle->session->session_no), bw_sql_text(circle->session->series),
        bw_sql_int(row->time_ms)};
    *ret_known = (struct circle_known){.count = 0};
    return bw_central_run(import->office->central,
        "SELECT r.session_no, CASE r.session_no WHEN $2 THEN 0 ELSE 1 END AS other"
        " FROM person p JOIN registration r ON r.person_no = p.person_no"
        " JOIN session s ON s.session_no = r.session_no WHERE p.identity = $1"
        " AND (r.session_no = $2 OR s.series = $3 OR r.signed_up_ms = $4)"
        " ORDER BY 2, 1",
        values, 4, on_known, ret_known, err);
}

static void
count_others(struct circle_seen *seen, const struct circle_known *known)
{
    for (int i = 0; i < known->count; i++) {
        int at = 0;
        while (at < seen->others_count &&
               seen->others[at].session_no != known->session_no[i]) {
            at++;
        }
        if (at < OTHERS_MAX) {
            seen->others_count += at == seen->others_count;
            seen->others[at].session_no = known->session_no[i];
            seen->others[at].people++;
        }
    }
}

static enum bw_status
look_people(const struct bw_import *import, const struct bw_import_circle *circle,
    struct circle_seen *seen, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    seen->looked = circle->count < PEOPLE_READ ? circle->count : PEOPLE_READ;
    for (size_t i = 0; status == BW_OK && i < seen->looked; i++) {
        struct circle_known known;
        status = look_up(import, circle, &circle->rows[i], &known, err);
        bool here = known.count > 0 && known.session_no[0] == circle->session->session_no;
        seen->here += here;
        if (status == BW_OK && known.count > 0 && !here) {
            seen->elsewhere++;
            count_others(seen, &known);
        }
    }
    return status;
}

static void
look_regions(const struct bw_import_circle *circle, struct circle_seen *seen)
{
    char here[FOLD_BYTES], fold[FOLD_BYTES];
    bw_text_fold(circle->session->region, false, here, sizeof here);
    seen->other = "";
    for (size_t i = 0; here[0] != '\0' && i < circle->count; i++) {
        bw_text_fold(circle->rows[i].region, false, fold, sizeof fold);
        bool own = strcmp(fold, here) == 0, other = !own && fold[0] != '\0';
        seen->own_region += own;
        seen->other_region += other;
        seen->other = other ? circle->rows[i].region : seen->other;
    }
}

/* The only one of all times: a name may be that of last year's circle too. Of name and
 * title the one that says another circle counts. */
static void
look_name(const struct bw_import *import, const struct bw_import_circle *circle,
    struct circle_seen *seen)
{
    const struct bw_session *title =
        bw_session_names_in(circle->names, import->title, INT64_MIN);
    seen->named = bw_session_names_in(circle->names, bw_import_name(import), INT64_MIN);
    seen->by_title = title != NULL &&
                     (seen->named == NULL ||
                         (seen->named == circle->session && title != circle->session));
    seen->named = seen->by_title ? title : seen->named;
}

/* Where most of those are known who aren't here; NULL: nobody is. */
static const struct bw_session *
most_in(const struct bw_import_circle *circle, const struct circle_seen *seen,
    size_t *ret_people)
{
    uint32_t session_no = 0;
    *ret_people = 0;
    for (int i = 0; i < seen->others_count; i++) {
        if (seen->others[i].people > *ret_people) {
            *ret_people = seen->others[i].people;
            session_no = seen->others[i].session_no;
        }
    }
    return bw_session_names_by_number(circle->names, session_no);
}

/* ---- judging it ---- */

static enum bw_status
check_people(const struct bw_import *import, const struct bw_import_circle *circle,
    struct circle_seen *seen, struct bw_error *err)
{
    size_t people = 0;
    const struct bw_session *other = most_in(circle, seen, &people);
    char why[300];
    if (other == NULL || seen->elsewhere < PEOPLE_LEAST ||
        2 * seen->elsewhere <= seen->looked) {
        return BW_OK;
    }
    seen->likely = other;
    (void)snprintf(why, sizeof why,
        bw_said("%zu of %zu people in it are known in %.60s "
                "and not here: is it that circle's form?"),
        people, seen->looked, other->code);
    return refuse(import, circle, why, err);
}

/* Most of its people are here already: whatever it is called, it is this circle's. */
static enum bw_status
check_name(const struct bw_import *import, const struct bw_import_circle *circle,
    struct circle_seen *seen, struct bw_error *err)
{
    char why[300];
    if (seen->named == NULL || seen->named == circle->session ||
        2 * seen->here > seen->looked) {
        return BW_OK;
    }
    seen->likely = seen->named;
    (void)snprintf(why, sizeof why,
        bw_said("its name or title says %.80s (%.60s): is it that circle's form?"),
        seen->named->title, seen->named->code);
    return refuse(import, circle, why, err);
}

static enum bw_status
check_regions(const struct bw_import *import, const struct bw_import_circle *circle,
    const struct circle_seen *seen, struct bw_error *err)
{
    char why[300];
    /* four of five, at least */
    if (seen->other_region < REGION_LEAST || seen->other_region < 4 * seen->own_region) {
        return BW_OK;
    }
    (void)snprintf(why, sizeof why,
        bw_said(
            "%zu of its %zu people are of another region (%.60s, say) than %.60s: is it "
            "another circle's form?"),
        seen->other_region, seen->own_region + seen->other_region, seen->other,
        circle->session->region);
    return refuse(import, circle, why, err);
}

/* To whoever looks. */
static void
tell(const struct bw_import_circle *circle, const struct circle_seen *seen,
    struct bw_import_read_circles *ret_circles)
{
    ret_circles->looked = seen->looked;
    ret_circles->here = seen->here;
    ret_circles->elsewhere = seen->elsewhere;
    bw_import_read_circle(seen->named, &ret_circles->named);
    ret_circles->by_title = seen->by_title;
    ret_circles->rows_here = circle->named_here;
    ret_circles->rows_other = circle->named_other;
    bw_import_read_circle(seen->likely, &ret_circles->likely);
    bw_import_read_circle(
        most_in(circle, seen, &ret_circles->most), &ret_circles->most_in);
    ret_circles->own_region = seen->own_region;
    ret_circles->other_region = seen->other_region;
    bw_text_copy(
        ret_circles->region, sizeof ret_circles->region, circle->session->region);
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
    struct bw_import_reading *reading = import->request->ret_reading;
    struct circle_seen seen = {.named = NULL};
    if (import->request->confirmed && reading == NULL) {
        return BW_OK;
    }
    look_name(import, circle, &seen);
    look_regions(circle, &seen);
    enum bw_status status = look_people(import, circle, &seen, err);
    if (status == BW_OK && !import->request->confirmed) {
        status = check_column(import, circle, &seen, err);
        status = status == BW_OK ? check_people(import, circle, &seen, err) : status;
        status = status == BW_OK ? check_name(import, circle, &seen, err) : status;
        status = status == BW_OK ? check_regions(import, circle, &seen, err) : status;
        if (status == BW_REFUSED && import->request->ret_asked != NULL) {
            *import->request->ret_asked = true;
        }
    }
    if (reading != NULL) {
        tell(circle, &seen, &reading->circle);
        reading->circle.waitlist = circle->named_here + circle->named_other > 0 &&
                                   bw_import_circle_is_waitlist(import);
    }
    return status;
}
