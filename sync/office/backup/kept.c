/* What is kept aside before a backup is put back: its name, and which there are: see
 * put_back.h. */
#include "office/backup/put_back.h"

#include <brugwachter/zone.h>
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

static const char mark[] = ".kept-", ending[] = ".bwb", key_ending[] = ".key";

enum { WALK_MAX = 50 };

/* "FOLDER/circles.db" of FOLDER/circles.db.key. */
static enum bw_status
stem_of(const struct bw_office *office, char ret_stem[PATH_MAX], struct bw_error *err)
{
    size_t bytes = strlen(office->key_path), tail = sizeof key_ending - 1;
    if (bytes == 0 || bytes + sizeof mark + BW_ISO_BYTES + sizeof ending > PATH_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            bytes == 0 ? "keeping what there is: it isn't known where the secret keys "
                         "lie; give --key-file FILE"
                       : "keeping what there is: the name of the key file is too long; "
                         "choose a shorter one");
    }
    bool ends = bytes > tail && strcmp(office->key_path + bytes - tail, key_ending) == 0;
    (void)snprintf(
        ret_stem, PATH_MAX, "%.*s", (int)(ends ? bytes - tail : bytes), office->key_path);
    return BW_OK;
}

/* "2025-03-20T10:12:00+01:00" as "20250320-101200": names that sort by time. */
static void
stamp_of(const char *iso, char ret_stamp[BW_ISO_BYTES])
{
    enum { TO_THE_SECOND = 19, T_AT = 10 };
    size_t used = 0;
    for (size_t i = 0; i < TO_THE_SECOND && iso[i] != '\0'; i++) {
        if (i == T_AT) {
            ret_stamp[used++] = '-';
        } else if (iso[i] >= '0' && iso[i] <= '9') {
            ret_stamp[used++] = iso[i];
        }
    }
    ret_stamp[used] = '\0';
}

enum bw_status
bw_office_kept_name(
    const struct bw_office *office, char ret_path[PATH_MAX], struct bw_error *err)
{
    char stem[PATH_MAX], iso[BW_ISO_BYTES], stamp[BW_ISO_BYTES];
    struct bw_zone *zone = NULL;
    enum bw_status status = stem_of(office, stem, err);
    if (status == BW_OK) {
        status = bw_zone_open(BW_ZONE_DEFAULT, &zone, err);
    }
    if (status != BW_OK) {
        return status;
    }
    bw_zone_format_iso(zone, bw_office_now_ms(office), iso);
    bw_zone_close(zone);
    stamp_of(iso, stamp);
    int bytes = snprintf(ret_path, PATH_MAX, "%s%s%s%s", stem, mark, stamp, ending);
    return bytes > 0 && bytes < PATH_MAX
               ? BW_OK
               : bw_error_set(err, BW_BAD_INPUT, 0,
                     "keeping what there is: the name of the key file is too long; "
                     "choose a shorter one");
}

/* The names of what is kept, the newest first. */
struct kept_names {
    char names[WALK_MAX][NAME_MAX + 1];
    size_t count;
};

/* Where it belongs among them; of more than WALK_MAX the oldest goes. */
static void
name_add(struct kept_names *kept, const char *name)
{
    size_t at = kept->count;
    while (at > 0 && strcmp(kept->names[at - 1], name) < 0) {
        at--;
    }
    if (at == WALK_MAX) {
        return;
    }
    kept->count -= kept->count == WALK_MAX;
    memmove(
        kept->names + at + 1, kept->names + at, (kept->count - at) * sizeof *kept->names);
    (void)snprintf(kept->names[at], sizeof *kept->names, "%s", name);
    kept->count++;
}

/* The names in `folder` that begin with `stem`. */
static void
names_read(DIR *folder, const char *stem, struct kept_names *ret_kept)
{
    size_t head = strlen(stem), tail = sizeof ending - 1;
    for (const struct dirent *entry = readdir(folder); entry != NULL;
         entry = readdir(folder)) {
        const char *name = entry->d_name;
        size_t bytes = strlen(name);
        if (bytes > head + tail && strncmp(name, stem, head) == 0 &&
            strcmp(name + bytes - tail, ending) == 0) {
            name_add(ret_kept, name);
        }
    }
}

enum bw_status
bw_office_kept_walk(const struct bw_office *office, bw_office_each_kept *each,
    void *context, struct bw_error *err)
{
    char stem[PATH_MAX], folder[PATH_MAX] = ".", path[2 * PATH_MAX], head[PATH_MAX];
    struct kept_names kept = {.count = 0};
    enum bw_status status = stem_of(office, stem, err);
    if (status != BW_OK) {
        return status;
    }
    char *slash = strrchr(stem, '/');
    (void)snprintf(head, sizeof head, "%.4000s%s", slash ? slash + 1 : stem, mark);
    if (slash != NULL) {
        (void)snprintf(
            folder, sizeof folder, "%.*s", (int)(slash == stem ? 1 : slash - stem), stem);
    }
    DIR *entries = opendir(folder);
    if (entries == NULL) {
        return BW_OK;
    }
    names_read(entries, head, &kept);
    (void)closedir(entries);
    for (size_t i = 0; i < kept.count; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, kept.names[i]);
        if (!each(path, kept.names[i], context)) {
            break;
        }
    }
    return BW_OK;
}
