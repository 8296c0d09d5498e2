/* Files that are written whole or not at all: see output.h. */
#include "central/base/output.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_STEP_BYTES = 64 * 1024 };

static enum bw_status
status_of_errno(int number)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return BW_NOT_FOUND;
    case ENOSPC:
    case EDQUOT:
        return BW_FULL;
    case EROFS:
    case EACCES:
    case EPERM:
        return BW_READ_ONLY;
    default:
        return BW_IO;
    }
}

enum bw_status
bw_output_fault(
    struct bw_error *err, const char *doing, const char *path, const char *advice)
{
    int number = errno;
    return bw_error_set(err, status_of_errno(number), number, "%s %s: %s; %s", doing,
        path, bw_said(strerror(number)), advice);
}

enum bw_status
bw_path_join(
    const char *folder, const char *name, char ret_path[PATH_MAX], struct bw_error *err)
{
    size_t folder_bytes = strlen(folder);
    const char *slash = folder_bytes > 0 && folder[folder_bytes - 1] == '/' ? "" : "/";
    char path[PATH_MAX];
    int bytes = snprintf(path, sizeof path, "%s%s%s", folder, slash, name);
    if (bytes < 0 || (size_t)bytes >= sizeof path) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "writing %s: the folder's name is too long; choose a shorter one", name);
    }
    memcpy(ret_path, path, sizeof path);
    return BW_OK;
}

void
bw_path_beside(const char *way, char ret_path[PATH_MAX])
{
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    ret_path[0] = '\0';
    if (length > 0) {
        program[length] = '\0';
        char *slash = strrchr(program, '/');
        *(slash != NULL ? slash : program) = '\0';
        if (bw_path_join(program, way, ret_path, NULL) != BW_OK) {
            ret_path[0] = '\0';
        }
    }
}

enum bw_status
bw_folder_make(const char *path, struct bw_error *err)
{
    char part[PATH_MAX];
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof part) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "making a folder: its name is %s; give another",
            length ? bw_said("too long") : bw_said("empty"));
    }
    for (size_t i = 1; i <= length; i++) {
        if (path[i] != '/' && path[i] != '\0') {
            continue;
        }
        memcpy(part, path, i);
        part[i] = '\0';
        if (mkdir(part, 0777) != 0 && errno != EEXIST) {
            return bw_output_fault(err, bw_said("making folder"), part,
                bw_said("choose another, or mind its rights"));
        }
    }
    struct stat facts;
    if (stat(path, &facts) != 0 || !S_ISDIR(facts.st_mode)) {
        return bw_error_set(err, BW_REFUSED, 0,
            "making folder %s: a file of that name is there; choose another", path);
    }
    bw_output_sweep(path);
    return BW_OK;
}

/* ---- names that are temporary ---- */

static bool
is_temp(const char *name)
{
    static const char prefix[] = ".brugwachter-";
    size_t known = sizeof prefix - 1;
    return strncmp(name, prefix, known) == 0 &&
           strlen(name) == sizeof BW_OUTPUT_TEMP - 1 &&
           strspn(name + known, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789") == strlen(name + known);
}

/* The folder that `path` lies in. */
static void
folder_of(const char *path, char ret_folder[PATH_MAX])
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        (void)snprintf(ret_folder, PATH_MAX, ".");
    } else {
        (void)snprintf(ret_folder, PATH_MAX, "%.*s", (int)(slash - path + 1), path);
    }
}

/* Locks what was just made, for as long as it is written (O1). False where somebody who
 * sweeps was faster: it is gone, or will be. A file system without locks is fine. */
static bool
temp_lock(int fd)
{
    struct stat facts;
    bool taken = flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
    return taken && fstat(fd, &facts) == 0 && facts.st_nlink > 0;
}

/* A temporary file in `folder`, open and locked; -1 and errno where that fails. */
static int
temp_make(const char *folder, char ret_temp[PATH_MAX])
{
    for (int tries = 0; tries < 8; tries++) {
        if (bw_path_join(folder, BW_OUTPUT_TEMP, ret_temp, NULL) != BW_OK) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int fd = mkostemp(ret_temp, O_CLOEXEC);
        if (fd < 0 || temp_lock(fd)) {
            return fd;
        }
        (void)unlink(ret_temp);
        (void)close(fd);
    }
    errno = EBUSY;
    return -1;
}

/* Files of an unfinished set; deeper there's nothing of ours. */
static void
empty_folder(int fd)
{
    int again = dup(fd);
    DIR *entries = again >= 0 ? fdopendir(again) : NULL;
    for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        (void)unlinkat(fd, entry->d_name, 0);
    }
    if (entries != NULL) {
        (void)closedir(entries);
    } else if (again >= 0) {
        (void)close(again);
    }
}

/* One name of a folder that is being swept: ours, and nobody writes it. */
static void
sweep_one(int folder, const char *name)
{
    struct stat facts;
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        return;
    }
    bool ours = fstat(fd, &facts) == 0 && facts.st_uid == geteuid() &&
                flock(fd, LOCK_EX | LOCK_NB) == 0;
    if (ours && S_ISREG(facts.st_mode)) {
        (void)unlinkat(folder, name, 0);
    } else if (ours && S_ISDIR(facts.st_mode)) {
        empty_folder(fd);
        (void)unlinkat(folder, name, AT_REMOVEDIR);
    }
    (void)close(fd);
}

void
bw_output_sweep(const char *folder)
{
    DIR *entries = opendir(folder);
    if (entries == NULL) {
        return;
    }
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        if (is_temp(entry->d_name)) {
            sweep_one(dirfd(entries), entry->d_name);
        }
    }
    (void)closedir(entries);
}

void
bw_output_sweep_beside(const char *path)
{
    char folder[PATH_MAX];
    folder_of(path, folder);
    bw_output_sweep(folder);
}

/* ---- one file ---- */

enum bw_status
bw_output_open(
    const char *path, mode_t mode, struct bw_output *ret_output, struct bw_error *err)
{
    struct bw_output output = {0};
    char folder[PATH_MAX];
    if (strlen(path) >= sizeof output.path) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "writing a file: its name is too long; choose a shorter one");
    }
    /* rename would replace a device, and fail on a folder only at the very end */
    struct stat there;
    if (stat(path, &there) == 0 && !S_ISREG(there.st_mode)) {
        return bw_error_set(err, BW_REFUSED, 0,
            "writing %s: something that is no file has that name; choose another", path);
    }
    (void)snprintf(output.path, sizeof output.path, "%s", path);
    folder_of(path, folder);
    int fd = temp_make(folder, output.temp);
    if (fd < 0) {
        return bw_output_fault(err, bw_said("writing"), path,
            bw_said("choose another place, or mind its rights"));
    }
    /* mkstemp gives 0600; what may be read by others follows the umask */
    mode_t mask = umask(0);
    (void)umask(mask);
    if (fchmod(fd, mode & ~mask) != 0 || !(output.file = fdopen(fd, "wb"))) {
        enum bw_status status = bw_output_fault(
            err, bw_said("writing"), path, bw_said("choose another place"));
        (void)unlink(output.temp);
        (void)close(fd);
        return status;
    }
    *ret_output = output;
    return BW_OK;
}

static void
path_sync(const char *path, int flags)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
    if (fd >= 0) {
        (void)fsync(fd); /* a stick's file system may not know it */
        (void)close(fd);
    }
}

/* The file was synced, and then renamed. FAT keeps its length in the folder, where it is
 * 0 under the new name until the file is synced again: a letter on a stick that was taken
 * out by then was empty. */
static void
place_sync(const char *path)
{
    char folder[PATH_MAX];
    path_sync(path, O_NOFOLLOW);
    folder_of(path, folder);
    path_sync(folder, O_DIRECTORY);
}

/* Everything is in the file, and on the disk unless it is loose. */
static bool
settle(const struct bw_output *output)
{
    bool fine = fflush(output->file) == 0 && !ferror(output->file);
    return fine && (output->loose || fsync(fileno(output->file)) == 0);
}

/* One step where the disk knows it: a stick's has no links. */
static bool
rename_fresh(const char *temp, const char *path)
{
    if (renameat2(AT_FDCWD, temp, AT_FDCWD, path, RENAME_NOREPLACE) == 0) {
        return true;
    }
    return (errno == EINVAL || errno == ENOSYS) && link(temp, path) == 0 &&
           (unlink(temp) == 0 || true); /* in place; the rest is swept */
}

enum bw_status
bw_output_place_fresh(const char *temp, const char *path, struct bw_error *err)
{
    if (!rename_fresh(temp, path)) {
        return errno == EEXIST
                   ? bw_error_set(err, BW_REFUSED, EEXIST,
                         "writing %s: it is there already; choose another name", path)
                   : bw_output_fault(err, bw_said("writing"), path,
                         bw_said("make room or choose another place"));
    }
    place_sync(path);
    return BW_OK;
}

/* The file is closed last: its lock holds until the name is gone (O1). */
static enum bw_status
put_in_place(const struct bw_output *output, struct bw_error *err)
{
    if (output->fresh) {
        return bw_output_place_fresh(output->temp, output->path, err);
    }
    return rename(output->temp, output->path) == 0
               ? BW_OK
               : bw_output_fault(err, bw_said("writing"), output->path,
                     bw_said("make room or choose another place"));
}

enum bw_status
bw_output_commit(struct bw_output *output, struct bw_error *err)
{
    assert(output->file);
    errno = 0;
    enum bw_status status = BW_OK;
    if (!settle(output)) {
        errno = errno ? errno : EIO;
        status = bw_output_fault(err, bw_said("writing"), output->path,
            bw_said("make room or choose another place"));
    }
    if (status == BW_OK) {
        status = put_in_place(output, err);
    }
    if (status != BW_OK) {
        bw_output_finish(output);
        return status;
    }
    (void)fclose(output->file);
    output->file = NULL;
    output->temp[0] = '\0';
    if (!output->loose) {
        place_sync(output->path);
    }
    return BW_OK;
}

void
bw_output_finish(struct bw_output *output)
{
    if (!output) {
        return;
    }
    if (output->temp[0]) {
        (void)unlink(output->temp);
        output->temp[0] = '\0';
    }
    if (output->file) {
        (void)fclose(output->file);
        output->file = NULL;
    }
}

enum bw_status
bw_output_bytes(
    const char *path, mode_t mode, const void *bytes, size_t length, struct bw_error *err)
{
    struct bw_output output = {.file = NULL};
    enum bw_status status = bw_output_open(path, mode, &output, err);
    if (status != BW_OK) {
        return status;
    }
    (void)fwrite(bytes, 1, length, output.file);
    return bw_output_commit(&output, err);
}

static enum bw_status
stream_read(FILE *file, const char *path, size_t bytes_max, unsigned char **ret_bytes,
    size_t *ret_length, struct bw_error *err)
{
    unsigned char *bytes = NULL;
    size_t length = 0, capacity = 0;
    for (;;) {
        if (length + READ_STEP_BYTES + 1 > capacity) {
            capacity = capacity ? capacity * 2 : READ_STEP_BYTES * 2;
            unsigned char *more = realloc(bytes, capacity);
            if (!more) {
                free(bytes);
                return bw_error_set(err, BW_NO_MEMORY, 0,
                    "reading %s: out of memory; close other programs", path);
            }
            bytes = more;
        }
        size_t got = fread(bytes + length, 1, READ_STEP_BYTES, file);
        length += got;
        if (length > bytes_max) {
            free(bytes);
            return bw_error_set(err, BW_BAD_INPUT, 0,
                "reading %s: it is larger than %zu bytes, so it is no such file; choose "
                "the right one",
                path, bytes_max);
        }
        if (got == 0) {
            break;
        }
    }
    if (ferror(file)) {
        free(bytes);
        errno = EIO;
        return bw_output_fault(
            err, bw_said("reading"), path, bw_said("try again, or another stick"));
    }
    bytes[length] = '\0';
    *ret_bytes = bytes;
    *ret_length = length;
    return BW_OK;
}

enum bw_status
bw_file_read(const char *path, size_t bytes_max, unsigned char **ret_bytes,
    size_t *ret_length, struct bw_error *err)
{
    if (strcmp(path, "-") == 0) {
        return stream_read(
            stdin, bw_said("standard input"), bytes_max, ret_bytes, ret_length, err);
    }
    /* Not to wait for somebody to write where the name is a pipe's. */
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    FILE *file = fd >= 0 ? fdopen(fd, "rb") : NULL;
    struct stat facts;
    if (!file) {
        enum bw_status failed = bw_output_fault(
            err, bw_said("reading"), path, bw_said("give the name of the file"));
        if (fd >= 0) {
            (void)close(fd);
        }
        return failed;
    }
    if (fstat(fileno(file), &facts) != 0 || !S_ISREG(facts.st_mode)) {
        (void)fclose(file);
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "reading %s: it is no regular file; give the name of the file", path);
    }
    enum bw_status status =
        stream_read(file, path, bytes_max, ret_bytes, ret_length, err);
    (void)fclose(file);
    return status;
}
