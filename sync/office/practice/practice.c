/* The practice series: see practice.h. */
#include "office/practice/practice.h"

#include "central/base/output.h"
#include "office/import/import.h"
#include "office/place/registration.h"
#include "office/practice/practice_files.h"
#include "office/practice/practice_mark.h"
#include "office/setup.h"

#include <brugwachter/said.h>
#include <brugwachter/zone.h>
#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* All that lies there begins so: the database, what SQLite and kiosks put beside it, its
 * keys, and the files that it is made of. */
#define NAME "oefenreeks.db"
#define FILES NAME ".files"

bool
bw_practice_place_of(const char *key_path, struct bw_practice_place *ret_place)
{
    static const char ending[] = ".key";
    struct bw_practice_place place;
    size_t length = strlen(key_path), cut = sizeof ending - 1;
    if (length > cut && strcmp(key_path + length - cut, ending) == 0) {
        length -= cut;
    }
    int written = snprintf(
        place.folder, sizeof place.folder, "%.*s.practice", (int)length, key_path);
    if (length == 0 || written >= (int)sizeof place.folder - (int)sizeof NAME) {
        return false;
    }
    (void)snprintf(place.uri, sizeof place.uri, "sqlite:%s/" NAME, place.folder);
    *ret_place = place;
    return true;
}

/* ---- taking it away ---- */

static int
on_removed(const char *path, const struct stat *facts, int kind, struct FTW *where)
{
    (void)facts;
    (void)kind;
    (void)where;
    (void)remove(path); /* what stays is found by the folder that isn't empty then */
    return 0;
}

enum bw_status
bw_practice_remove(
    const struct bw_practice_place *place, bool *ret_was, struct bw_error *err)
{
    enum { DESCRIPTORS = 8 };
    DIR *folder = opendir(place->folder);
    const struct dirent *entry = NULL;
    bool was = false;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        char path[PATH_MAX];
        if (strncmp(entry->d_name, NAME, sizeof NAME - 1) == 0 &&
            bw_path_join(place->folder, entry->d_name, path, NULL) == BW_OK) {
            was = true;
            (void)nftw(path, on_removed, DESCRIPTORS, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
        }
    }
    if (folder != NULL) {
        (void)closedir(folder);
    }
    *ret_was = was;
    if (rmdir(place->folder) != 0 && was && errno != ENOTEMPTY && errno != EEXIST) {
        return bw_output_fault(err, bw_said("taking the practice series away from"),
            place->folder, bw_said("close what has it open"));
    }
    return BW_OK;
}

/* ---- making it ---- */

struct practice_making {
    struct bw_office office; /* on the new database */
    const struct bw_office *of;
    const struct bw_practice_place *place;
    struct bw_zone *zone;
    int64_t now_ms;
    struct bw_error *err;
};

/* What happened to its people weeks ago is written down as of then. */
static void
clock_set(struct practice_making *making, bool weeks_ago)
{
    enum { WEEKS_MS = 20 * 24 * 60 * 60 * 1000 };
    making->office.clock = making->of->clock;
    if (weeks_ago) {
        bw_clock_inject(&making->office.clock, making->now_ms - WEEKS_MS);
    }
}

static enum bw_status
take_in(struct practice_making *making, enum bw_import_kind kind, const char *path,
    const char *session)
{
    struct bw_import_request request = {
        .kind = kind, .path = path, .session = session, .confirmed = true};
    struct bw_import_result result = {.rows = 0};
    enum bw_status status =
        bw_import_file(&making->office, &request, &result, making->err);
    bw_import_result_finish(&result);
    return status;
}

/* A file of it, written and taken in as one that was given. `circle` NULL: of circles. */
static enum bw_status
file_in(struct practice_making *making, enum bw_import_kind kind,
    const struct bw_practice_circle *circle)
{
    char name[BW_LABEL_BYTES], path[PATH_MAX];
    struct bw_output output = {.file = NULL};
    (void)snprintf(name, sizeof name, FILES "/%s%s.csv",
        circle == NULL                 ? "kringen"
        : kind == BW_IMPORT_ATTENDANCE ? "aanwezig "
                                       : "formulier ",
        circle == NULL ? "" : circle->town);
    enum bw_status status = bw_path_join(making->place->folder, name, path, making->err);
    if (status == BW_OK) {
        status = bw_output_open(path, 0600, &output, making->err);
    }
    if (status == BW_OK) {
        if (circle == NULL) {
            bw_practice_write_circles(making->zone, making->now_ms, output.file);
        } else if (kind == BW_IMPORT_ATTENDANCE) {
            bw_practice_write_came(circle, output.file);
        } else {
            bw_practice_write_form(circle, making->zone, making->now_ms, output.file);
        }
        status = bw_output_commit(&output, making->err);
    }
    bw_output_finish(&output);
    return status == BW_OK
               ? take_in(making, kind, path, circle != NULL ? circle->code : NULL)
               : status;
}

/* Somebody of the circle that has a waiting list can't come: a place is free. */
static enum bw_status
place_free(struct practice_making *making)
{
    enum { UTRECHT = 2, WHO = 8 };
    char name[BW_NAME_BYTES];
    struct bw_place_change change;
    bw_practice_name(bw_practice_circles[UTRECHT].from + WHO, name);
    return bw_place_cancel(&making->office, name, &change, making->err);
}

static enum bw_status
people_in(struct practice_making *making)
{
    enum bw_status status = file_in(making, BW_IMPORT_SESSIONS, NULL);
    for (int i = 0; status == BW_OK && i < BW_PRACTICE_CIRCLES; i++) {
        status = file_in(making, BW_IMPORT_REGISTRATIONS, &bw_practice_circles[i]);
    }
    clock_set(making, false);
    for (int i = 0; status == BW_OK && i < BW_PRACTICE_CIRCLES; i++) {
        if (bw_practice_circles[i].came > 0) {
            status = file_in(making, BW_IMPORT_ATTENDANCE, &bw_practice_circles[i]);
        }
    }
    return status == BW_OK ? place_free(making) : status;
}

static enum bw_status
fill(struct practice_making *making)
{
    static const struct bw_office_settings settings = {
        .organiser = "Oefenbureau (verzonnen)",
        .phone = "000 000 00 00",
        .contact = "Olga Oefening",
        .mail = "oefenbureau@oefenschool.example"};
    bool created = false;
    clock_set(making, true);
    enum bw_status status =
        bw_office_setup(&making->office, &settings, &created, making->err);
    if (status == BW_OK) {
        status = bw_practice_mark(making->office.central, BW_PRACTICE_HALF, making->err);
    }
    if (status == BW_OK) {
        status = people_in(making);
    }
    return status == BW_OK
               ? bw_practice_mark(making->office.central, BW_PRACTICE_WHOLE, making->err)
               : status;
}

static enum bw_status
make_in(struct practice_making *making)
{
    struct bw_central *central = NULL;
    char files[PATH_MAX];
    enum bw_status status =
        bw_path_join(making->place->folder, FILES, files, making->err);
    if (status == BW_OK) {
        status = bw_folder_make(files, making->err); /* its own folder, too */
    }
    if (status == BW_OK) {
        (void)chmod(making->place->folder, 0700);
        status = bw_zone_open(BW_ZONE_DEFAULT, &making->zone, making->err);
    }
    if (status == BW_OK) {
        status =
            bw_central_open(making->place->uri, BW_CENTRAL_CREATE, &central, making->err);
    }
    if (status == BW_OK) {
        making->office.central = central;
        making->office.key_path = bw_central_key_path(central);
        status = fill(making);
    }
    bw_central_close(central);
    bw_zone_close(making->zone);
    return status;
}

/* Whether it is there, whole. */
static bool
is_there(const struct bw_practice_place *place)
{
    struct bw_central *central = NULL;
    enum bw_practice_state state = BW_PRACTICE_NOT;
    bool is = bw_central_open(place->uri, BW_CENTRAL_OPEN, &central, NULL) == BW_OK &&
              bw_practice_state_of(central, &state, NULL) == BW_OK &&
              state == BW_PRACTICE_WHOLE;
    bw_central_close(central);
    return is;
}

enum bw_status
bw_practice_make(const struct bw_office *office, const struct bw_practice_place *place,
    bool *ret_made, struct bw_error *err)
{
    struct practice_making making = {
        .office = {.who = office->who, .language = office->language},
        .of = office,
        .place = place,
        .now_ms = bw_office_now_ms(office),
        .err = err};
    bool was = false;
    if (is_there(place)) {
        *ret_made = false;
        return BW_OK;
    }
    enum bw_status status = bw_practice_remove(place, &was, err);
    if (status == BW_OK) {
        status = make_in(&making);
    }
    if (status != BW_OK) {
        (void)(bw_practice_remove(place, &was, NULL) == BW_OK);
        return status;
    }
    *ret_made = true;
    return BW_OK;
}
