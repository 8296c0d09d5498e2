/* The store as a file: see file.h. */
#include "file.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum bw_status
fail(struct bw_error *err, const char *doing, const char *path)
{
    int os_errno = errno;
    switch (os_errno) {
    case ENOENT:
    case ENOTDIR:
        return bw_error_set(err, BW_NOT_FOUND, os_errno,
            "%s the store %s failed: there's no such file or folder. Check the name; a "
            "new kiosk is enrolled with brugwachter-sync enrol-device.",
            bw_said(doing), path);
    case EACCES:
    case EPERM:
    case EROFS:
        return bw_error_set(err, BW_READ_ONLY, os_errno,
            "%s the store %s failed: %s. Make the file and its folder writable for this "
            "user, then try again.",
            bw_said(doing), path, bw_said(strerror(os_errno)));
    case ENOSPC:
    case EDQUOT:
        return bw_error_set(err, BW_FULL, os_errno,
            "%s the store %s failed: the disk is full. Make room, then try again.",
            bw_said(doing), path);
    default:
        return bw_error_set(err, BW_IO, os_errno,
            "%s the store %s failed: %s. Check the disk, then try again.", bw_said(doing),
            path, bw_said(strerror(os_errno)));
    }
}

enum bw_status
bw_store_file_resolve(const char *path, char ret_real[PATH_MAX], struct bw_error *err)
{
    char for_folder[PATH_MAX];
    char for_name[PATH_MAX];
    char folder[PATH_MAX];
    if (path[0] == '\0' || strlen(path) >= PATH_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Opening a store failed: its name is empty or too long. Give another.");
    }
    strcpy(for_folder, path);
    strcpy(for_name, path);
    if (realpath(dirname(for_folder), folder) == NULL) {
        return fail(err, "Finding", path);
    }
    const char *slash = strcmp(folder, "/") == 0 ? "" : "/";
    int length =
        snprintf(ret_real, PATH_MAX, "%s%s%s", folder, slash, basename(for_name));
    if (length < 0 || length >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return fail(err, "Finding", path);
    }
    return BW_OK;
}

static enum bw_status
no_store(const char *path, const char *what, struct bw_error *err)
{
    return bw_error_set(err, BW_CORRUPT, 0,
        "Opening the store %s failed: %s. Check the name, restore a copy, or enrol this "
        "kiosk again.",
        path, bw_said(what));
}

enum bw_status
bw_store_file_check(const char *path, const char *real, struct bw_error *err)
{
    /* Never opened here: closing it would drop every lock that SQLite holds on the file
     * in this process. What is in it SQLite looks at itself. */
    struct stat info;
    if (lstat(real, &info) != 0) {
        return fail(err, "Opening", path);
    }
    if (S_ISLNK(info.st_mode)) {
        return no_store(path, "it is a symbolic link, which could lead anywhere", err);
    }
    if (!S_ISREG(info.st_mode)) {
        return no_store(path, "it is no file", err);
    }
    return info.st_size > 0 ? BW_OK : no_store(path, "the file is empty", err);
}

static bool
beside(const char *real, const char *suffix, char ret_name[PATH_MAX])
{
    int length = snprintf(ret_name, PATH_MAX, "%s%s", real, suffix);
    return length > 0 && length < PATH_MAX;
}

enum bw_status
bw_store_file_check_free(const char *path, const char *real, struct bw_error *err)
{
    static const char *const suffixes[] = {"", "-wal", "-journal"};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        char name[PATH_MAX];
        struct stat info;
        if (!beside(real, suffixes[i], name)) {
            errno = ENAMETOOLONG;
            return fail(err, "Making", path);
        }
        if (lstat(name, &info) == 0) {
            return bw_error_set(err, BW_REFUSED, 0,
                "Making the store %s failed: %s%s is there already. "
                "Choose another name, or move it aside.",
                path, path, suffixes[i]);
        }
        if (errno != ENOENT) {
            return fail(err, "Making", path);
        }
    }
    return BW_OK;
}

enum bw_status
bw_store_file_draft(
    const char *path, const char *real, char ret_draft[PATH_MAX], struct bw_error *err)
{
    if (!beside(real, ".new-XXXXXX", ret_draft)) {
        errno = ENAMETOOLONG;
        return fail(err, "Making", path);
    }
    int fd = mkostemp(ret_draft, O_CLOEXEC); /* 0600, and never what was there */
    if (fd < 0) {
        return fail(err, "Making", path);
    }
    (void)close(fd);
    return BW_OK;
}

static bool
sync_folder(const char *real)
{
    char copy[PATH_MAX];
    strcpy(copy, real);
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    bool done = fsync(fd) == 0;
    (void)close(fd);
    return done;
}

enum bw_status
bw_store_file_publish(
    const char *path, const char *draft, const char *real, struct bw_error *err)
{
    int rc = renameat2(AT_FDCWD, draft, AT_FDCWD, real, RENAME_NOREPLACE);
    if (rc != 0 && errno == EINVAL) {
        /* A file system that can't promise: link never replaces either. */
        rc = link(draft, real);
        if (rc == 0) {
            (void)unlink(draft);
        }
    }
    if (rc != 0 && errno == EEXIST) {
        return bw_error_set(err, BW_REFUSED, 0,
            "Making the store %s failed: it is there already. Choose another name, or "
            "move it aside.",
            path);
    }
    return rc == 0 && sync_folder(real) ? BW_OK : fail(err, "Making", path);
}

bool
bw_store_file_is_settled(const char *real)
{
    char name[PATH_MAX];
    struct stat info;
    return beside(real, "-wal", name) && (lstat(name, &info) != 0 || info.st_size == 0);
}
