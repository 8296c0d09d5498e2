/* Files that go into a folder together: see output_set.h. */
#include "central/base/output_set.h"

#include "central/base/array.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static enum bw_status
fault(struct bw_error *err, const char *path)
{
    int number = errno;
    enum bw_status status = number == ENOSPC || number == EDQUOT  ? BW_FULL
                            : number == EACCES || number == EROFS ? BW_READ_ONLY
                                                                  : BW_IO;
    return bw_error_set(err, status, number,
        "writing into %s: %s; make room or choose another place", path,
        bw_said(strerror(number)));
}

/* The lock is a hint for who sweeps: a file system without locks is fine. */
enum bw_status
bw_output_set_open(
    const char *folder, struct bw_output_set *ret_set, struct bw_error *err)
{
    struct bw_output_set set = {.lock = -1};
    enum bw_status status = bw_folder_make(folder, err);
    if (status == BW_OK) {
        (void)snprintf(set.folder, sizeof set.folder, "%s", folder);
        status = bw_path_join(folder, BW_OUTPUT_TEMP, set.stage, err);
    }
    if (status != BW_OK) {
        return status;
    }
    if (mkdtemp(set.stage) == NULL) {
        return fault(err, folder);
    }
    set.lock = open(set.stage, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (set.lock < 0) {
        status = fault(err, folder);
        (void)rmdir(set.stage);
        return status;
    }
    (void)flock(set.lock, LOCK_EX | LOCK_NB);
    *ret_set = set;
    return BW_OK;
}

static enum bw_status
no_memory(const struct bw_output_set *set, struct bw_error *err)
{
    return bw_error_set(
        err, BW_NO_MEMORY, ENOMEM, "writing into %s: no memory", set->folder);
}

enum bw_status
bw_output_set_add(struct bw_output_set *set, const char *name, mode_t mode,
    struct bw_output *ret_output, struct bw_error *err)
{
    assert(set->stage[0] != '\0' && strchr(name, '/') == NULL);
    char path[PATH_MAX];
    struct stat there;
    enum bw_status status = bw_path_join(set->folder, name, path, err);
    if (status == BW_OK && stat(path, &there) == 0 && !S_ISREG(there.st_mode)) {
        return bw_error_set(err, BW_REFUSED, 0,
            "writing %s: something that is no file has that name; choose another", path);
    }
    if (status == BW_OK) {
        status = bw_path_join(set->stage, name, path, err);
    }
    if (status != BW_OK) {
        return status;
    }
    char *kept = strdup(name);
    char **place = kept == NULL ? NULL
                                : bw_array_more(&set->names, &set->names_count,
                                      &set->names_capacity, sizeof *place);
    if (place == NULL) {
        free(kept);
        return no_memory(set, err);
    }
    *place = kept;
    return bw_output_open(path, mode, ret_output, err);
}

enum bw_status
bw_output_set_commit(struct bw_output_set *set, size_t *ret_placed, struct bw_error *err)
{
    int to = open(set->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum bw_status status = to >= 0 ? BW_OK : fault(err, set->folder);
    size_t placed = 0;
    while (status == BW_OK && placed < set->names_count) {
        const char *name = set->names[placed];
        if (renameat(set->lock, name, to, name) == 0) {
            placed++;
        } else {
            status = fault(err, set->folder);
        }
    }
    if (to >= 0) {
        (void)fsync(to); /* a stick's file system may not know it */
        (void)close(to);
    }
    *ret_placed = placed;
    return status;
}

enum bw_status
bw_output_set_place(
    struct bw_output_set *set, struct bw_error *ret_incomplete, struct bw_error *err)
{
    struct bw_error fault = {.status = BW_OK};
    size_t placed = 0;
    enum bw_status status = bw_output_set_commit(set, &placed, &fault);
    if (status != BW_OK && placed == 0) {
        if (err != NULL) {
            *err = fault;
        }
        return status;
    }
    if (status != BW_OK) {
        (void)bw_error_prefix(&fault, status,
            "%zu of %zu files were written; run it again when this is mended", placed,
            set->names_count);
    }
    *ret_incomplete = fault;
    return BW_OK;
}

void
bw_output_set_finish(struct bw_output_set *set)
{
    if (set == NULL || set->stage[0] == '\0') {
        return;
    }
    for (size_t i = 0; i < set->names_count; i++) {
        (void)unlinkat(set->lock, set->names[i], 0); /* gone where it is in its place */
        free(set->names[i]);
    }
    free(set->names);
    (void)rmdir(set->stage);
    (void)close(set->lock);
    *set = (struct bw_output_set){.lock = -1};
}
