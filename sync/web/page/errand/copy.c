/* A backup that is looked at and put back: see copy.h. */
#include "web/page/errand/copy.h"

#include "central/base/output.h"
#include "central/records.h"
#include "office/backup/put_back.h"
#include "web/page/part/before.h"
#include "web/page/pages.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char copy_name[] = "kopie.bwb", phrase_name[] = "zin";
static const char looked[] = "er.copy", putting[] = "er.put"; /* what of an errand */

const struct bw_web_form bw_web_copy_form = {
    bw_web_page_settings, {{"file", "bestand", "wr.copy"}, {"phrase-file", "zin", NULL}}};

/* ---- what it is begun with ---- */

struct kept_finding {
    const char *name;
    char path[PATH_MAX]; /* "": not found */
};

static bool
on_kept_find(const char *path, const char *name, void *context)
{
    struct kept_finding *finding = context;
    bool found = strcmp(name, finding->name) == 0;
    if (found && realpath(path, finding->path) == NULL) {
        finding->path[0] = '\0';
    }
    return !found;
}

/* Where one that was kept lies, by its name among those that there are. */
static enum bw_status
kept_find(
    const struct bw_web_visit *visit, struct kept_finding *finding, struct bw_error *err)
{
    enum bw_status status =
        bw_office_kept_walk(&visit->desk->office, on_kept_find, finding, err);
    return status != BW_OK || finding->path[0] != '\0'
               ? status
               : bw_error_set(err, BW_NOT_FOUND, 0,
                     "looking at a backup: nothing of that name is kept here");
}

enum bw_status
bw_web_copy_check(const struct bw_web_visit *visit, struct bw_error *err)
{
    struct kept_finding finding = {
        .name = bw_web_request_sent(visit->request, "bewaard")};
    struct bw_web_errand *before = NULL;
    if (visit->uploads->count == 1) {
        return BW_OK;
    }
    if (visit->uploads->count == 0 && finding.name[0] != '\0') {
        return kept_find(visit, &finding, err);
    }
    return visit->uploads->count == 0 && bw_web_before_is(visit)
               ? bw_web_before_find(visit, &before, err)
               : bw_error_about(err,
                     bw_error_set(err, BW_BAD_INPUT, 0,
                         "looking at a backup: give its file, one at a time"),
                     "file");
}

enum bw_status
bw_web_copy_check_looked(const struct bw_web_visit *visit, struct bw_error *err)
{
    struct bw_web_errand *before = NULL;
    enum bw_status status = bw_web_before_find(visit, &before, err);
    return status != BW_OK || (strcmp(before->what, looked) == 0 && before->exit == 0)
               ? status
               : bw_error_set(err, BW_REFUSED, 0,
                     "putting back a backup: it has to be looked at first, and to hold");
}

/* One that was kept, where it lies. */
static enum bw_status
keep_kept(const struct kept_finding *finding, struct bw_web_errand *errand,
    struct bw_error *err)
{
    char path[PATH_MAX];
    enum bw_status status = bw_path_join(errand->folder, copy_name, path, err);
    return status != BW_OK || symlink(finding->path, path) == 0
               ? status
               : bw_error_set(err, BW_IO, errno,
                     "keeping files for a work in %s failed: %s; make room there",
                     errand->folder, bw_said(strerror(errno)));
}

static enum bw_status
keep_file(
    const struct bw_web_visit *visit, struct bw_web_errand *errand, struct bw_error *err)
{
    struct kept_finding finding = {
        .name = bw_web_request_sent(visit->request, "bewaard")};
    if (visit->uploads->count > 0) {
        return bw_web_errand_keep(errand, copy_name, visit->uploads->items[0].bytes,
            visit->uploads->items[0].length, err);
    }
    if (finding.name[0] == '\0') {
        return bw_web_before_share(visit, errand, copy_name, err);
    }
    enum bw_status status = kept_find(visit, &finding, err);
    return status == BW_OK ? keep_kept(&finding, errand, err) : status;
}

enum bw_status
bw_web_copy_keep(
    const struct bw_web_visit *visit, struct bw_web_errand *errand, struct bw_error *err)
{
    enum bw_status status = keep_file(visit, errand, err);
    return status == BW_OK ? bw_web_before_keep(visit, errand, "zin", phrase_name, err)
                           : status;
}

/* ---- what it came to ---- */

/* "2025-03-20T10:12:00+01:00" in words. */
static json_t *
moment_of(const struct bw_web_visit *visit, const char *iso, int64_t *ret_ms)
{
    *ret_ms = 0;
    return bw_zone_parse_iso(visit->desk->zone, iso, ret_ms, NULL) == BW_OK
               ? bw_web_when(visit, visit->desk->zone, BW_WEB_MOMENT_SHORT, *ret_ms)
               : bw_web_text(iso);
}

static json_int_t
number_of(const struct bw_web_errand *errand, const char *name)
{
    return json_integer_value(json_object_get(errand->answer, name));
}

static const char *
text_of(const struct bw_web_errand *errand, const char *name)
{
    const char *text = json_string_value(json_object_get(errand->answer, name));
    return text != NULL ? text : "";
}

static void
add_since(const struct bw_web_visit *visit, int64_t made_ms, json_t **copy)
{
    struct bw_office_since since = {.steps = 0};
    if (bw_office_since(visit->desk->office.central, made_ms, &since, NULL) != BW_OK) {
        return;
    }
    bw_web_set(copy, "steps", json_integer((json_int_t)since.steps));
    bw_web_set(copy, "kiosks", json_integer((json_int_t)since.kiosks));
    bw_web_set(copy, "mails", json_integer((json_int_t)since.mails));
    bw_web_set(copy, "forgotten", json_integer((json_int_t)since.forgotten));
    bw_web_set(copy, "events", json_integer((json_int_t)since.events));
}

/* What is in it, beside what is here now, and what would be done anew. */
static json_t *
found_of(const struct bw_web_visit *visit, const struct bw_web_errand *errand)
{
    int64_t sessions = 0, registrations = 0, made_ms = 0;
    if (bw_record_counts(visit->desk->office.central, &sessions, &registrations, NULL) !=
        BW_OK) {
        return json_false();
    }
    json_t *copy = json_object();
    bw_web_set(&copy, "made", moment_of(visit, text_of(errand, "made_at"), &made_ms));
    bw_web_set(&copy, "holds",
        json_boolean(json_is_true(json_object_get(errand->answer, "holds"))));
    bw_web_set(&copy, "circles_then", json_integer(number_of(errand, "sessions")));
    bw_web_set(&copy, "people_then", json_integer(number_of(errand, "registrations")));
    bw_web_set(&copy, "circles_now", json_integer((json_int_t)sessions));
    bw_web_set(&copy, "people_now", json_integer((json_int_t)registrations));
    bw_web_set(&copy, "keeps", json_boolean(sessions + registrations > 0));
    add_since(visit, made_ms, &copy);
    return copy;
}

static json_t *
put_of(const struct bw_web_visit *visit, const struct bw_web_errand *errand)
{
    int64_t made_ms = 0;
    const char *kept = text_of(errand, "kept"), *slash = strrchr(kept, '/');
    json_t *put = json_object();
    bw_web_set(&put, "made", moment_of(visit, text_of(errand, "made_at"), &made_ms));
    bw_web_set(&put, "kept", bw_web_text(slash != NULL ? slash + 1 : kept));
    bw_web_set(&put, "told_since", json_integer(number_of(errand, "told")));
    bw_web_set(&put, "forgotten", json_integer(number_of(errand, "forgotten")));
    return put;
}

void
bw_web_copy_add(
    const struct bw_web_visit *visit, const struct bw_web_errand *errand, json_t **model)
{
    bool look = strcmp(errand->what, looked) == 0, done = errand->exit <= 1;
    bool put = strcmp(errand->what, putting) == 0;
    bw_web_set(model, "copy", look && done ? found_of(visit, errand) : json_false());
    bw_web_set(model, "put", put && done ? put_of(visit, errand) : json_false());
    bw_web_set(model, "again", json_boolean((look || put) && !done));
}
