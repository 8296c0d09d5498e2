/* A folder as a carrier: see folder.h. */
#include "exchange/carrier/folder/folder.h"

#include "exchange/carrier/folder/own_file.h"
#include "exchange/carrier/folder/walk.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MODE = 0644, FOLDER_MODE = 0755, TRIES = 16, STALE_S = 24 * 3600 };
enum { TEMP_NAME_BYTES = 32 };

static const char temp_begins[] = ".bw-put-";

struct folder {
    struct bw_carrier carrier; /* first */
    int fd;                    /* of the folder */
};

static struct folder *
folder_of(struct bw_carrier *carrier)
{
    return (struct folder *)carrier;
}

static enum bw_status
status_of_errno(int number)
{
    switch (number) {
    case ENOSPC:
    case EDQUOT:
        return BW_FULL;
    case EROFS:
    case EACCES:
    case EPERM:
        return BW_READ_ONLY;
    case ENOMEM:
        return BW_NO_MEMORY;
    case ENODEV: /* a stick pulled out, a share gone */
    case ENXIO:
    case ESTALE:
    case ENOTCONN:
    case ETIMEDOUT:
    case EHOSTDOWN:
    case EHOSTUNREACH:
        return BW_OFFLINE;
    default:
        return BW_IO;
    }
}

/* `format` and what follows: what was being done. */
static enum bw_status BW_PRINTF(3, 4)
    fault(struct bw_error *err, int number, const char *format, ...)
{
    char doing[BW_ERROR_TEXT_BYTES];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(doing, sizeof doing, bw_said(format), args);
    va_end(args);
    return bw_error_set(err, status_of_errno(number), number,
        "%s: %s; mind the folder's rights and room, or choose another", doing,
        bw_said(strerror(number)));
}

/* ---- reading ---- */

/* CA3: not through a link, and not to wait where the name is a pipe's. *ret_fd is the
 * caller's to close. */
static enum bw_status
file_open(struct folder *folder, const char *name, size_t most_bytes, int *ret_fd,
    size_t *ret_bytes, struct bw_error *err)
{
    const char *place = folder->carrier.uri;
    struct stat facts;
    int fd = openat(folder->fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) {
        return bw_error_set(
            err, BW_NOT_FOUND, ENOENT, "reading %s in %s: it isn't there", name, place);
    }
    if (fd < 0 && errno != ELOOP) {
        return fault(err, errno, "reading %s in %s", name, place);
    }
    if (fd < 0 || fstat(fd, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        if (fd >= 0) {
            (void)close(fd);
        }
        return bw_error_set(err, BW_REFUSED, 0,
            "reading %s in %s: it is a link or no regular file, so no letter", name,
            place);
    }
    if (facts.st_size < 0 || (uint64_t)facts.st_size > most_bytes) {
        (void)close(fd);
        return bw_error_set(err, BW_FULL, 0,
            "reading %s in %s: it is over %zu bytes, so no such letter", name, place,
            most_bytes);
    }
    *ret_fd = fd;
    *ret_bytes = (size_t)facts.st_size;
    return BW_OK;
}

/* At most `capacity` bytes, and a NUL. 0, or the number of what failed. */
static int
bytes_read(int fd, size_t capacity, unsigned char **ret_bytes, size_t *ret_length)
{
    size_t length = 0;
    unsigned char *bytes = malloc(capacity + 1);
    ssize_t got = 1;
    int number = bytes ? 0 : ENOMEM;
    while (bytes && length < capacity && (got > 0 || errno == EINTR)) {
        got = read(fd, bytes + length, capacity - length);
        if (got == 0) {
            break; /* somebody cut it meanwhile: its name tells */
        }
        if (got > 0) {
            length += (size_t)got;
        } else if (errno != EINTR) {
            number = errno;
        }
    }
    if (number != 0) {
        free(bytes);
        return number;
    }
    bytes[length] = '\0';
    *ret_bytes = bytes;
    *ret_length = length;
    return 0;
}

static enum bw_status
file_read(struct folder *folder, const char *name, size_t most_bytes,
    unsigned char **ret_bytes, size_t *ret_length, struct bw_error *err)
{
    int fd = -1;
    size_t bytes = 0;
    enum bw_status status = file_open(folder, name, most_bytes, &fd, &bytes, err);
    if (status != BW_OK) {
        return status;
    }
    int number = bytes_read(fd, bytes, ret_bytes, ret_length);
    (void)close(fd);
    return number == 0
               ? BW_OK
               : fault(err, number, "reading %s in %s", name, folder->carrier.uri);
}

static enum bw_status
folder_get(struct bw_carrier *self, const char *name, size_t most_bytes,
    unsigned char **ret_bytes, size_t *ret_length, struct bw_error *err)
{
    return file_read(folder_of(self), name, most_bytes, ret_bytes, ret_length, err);
}

/* The folder anew, from its first entry; NULL with errno set. */
static DIR *
entries_open(const struct folder *folder)
{
    int fd = openat(folder->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = fd >= 0 ? fdopendir(fd) : NULL;
    if (!entries && fd >= 0) {
        int number = errno;
        (void)close(fd);
        errno = number;
    }
    return entries;
}

static enum bw_status
folder_list(
    struct bw_carrier *self, bw_carrier_each *each, void *context, struct bw_error *err)
{
    struct folder *folder = folder_of(self);
    DIR *entries = entries_open(folder);
    if (!entries) {
        return fault(err, errno, "listing letters in %s", self->uri);
    }
    const struct dirent *entry;
    struct bw_carrier_walk walk = bw_carrier_walk_begin(self, each, context);
    bool in_time = true;
    errno = 0;
    while (!walk.ended && (in_time = bw_carrier_walk_left_ms(&walk) > 0) &&
           (entry = readdir(entries)) != NULL) {
        struct bw_letter_name parsed;
        struct stat facts;
        if (bw_letter_name_parse(entry->d_name, &parsed) &&
            fstatat(folder->fd, entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(facts.st_mode)) {
            (void)bw_carrier_walk_on(
                &walk, entry->d_name, &parsed, (uint64_t)facts.st_size);
        }
        errno = 0;
    }
    int number = errno;
    (void)closedir(entries);
    if (!in_time) {
        char doing[BW_CARRIER_DOING_BYTES];
        return bw_carrier_too_slow(
            bw_carrier_doing(doing, "listing letters in %.100s", self->uri), err);
    }
    return number == 0 ? BW_OK : fault(err, number, "listing letters in %s", self->uri);
}

/* ---- writing ---- */

/* What a killed writer left a day ago, by the file system's own times. */
static void
temps_clear(const struct folder *folder, const char *newest)
{
    struct stat now, facts;
    DIR *entries = entries_open(folder);
    const struct dirent *entry;
    if (!entries || fstatat(folder->fd, newest, &now, AT_SYMLINK_NOFOLLOW) != 0) {
        if (entries) {
            (void)closedir(entries);
        }
        return;
    }
    while ((entry = readdir(entries)) != NULL) {
        if (strncmp(entry->d_name, temp_begins, sizeof temp_begins - 1) == 0 &&
            fstatat(folder->fd, entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(facts.st_mode) && now.st_mtime - facts.st_mtime > STALE_S) {
            (void)unlinkat(folder->fd, entry->d_name, 0);
        }
    }
    (void)closedir(entries);
}

/* A new file under a temporary name, -1 with errno set. */
static int
temp_open(const struct folder *folder, char ret_name[TEMP_NAME_BYTES])
{
    int fd = -1;
    for (int i = 0; i < TRIES && fd < 0; i++) {
        (void)snprintf(ret_name, TEMP_NAME_BYTES, "%s%08x", temp_begins,
            (unsigned)randombytes_random());
        fd = openat(folder->fd, ret_name,
            O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
        if (fd < 0 && errno != EEXIST) {
            break;
        }
    }
    return fd;
}

/* 0, or an errno. */
static int
write_whole(int fd, const unsigned char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t put = write(fd, bytes, length);
        if (put < 0 && errno != EINTR) {
            return errno;
        }
        if (put > 0) {
            bytes += put;
            length -= (size_t)put;
        }
    }
    return fsync(fd) == 0 ? 0 : errno;
}

/* CA1, CA2: `temp` becomes `name` where nothing has that name. 0, or an errno: EEXIST. */
static int
give_name(const struct folder *folder, const char *temp, const char *name)
{
    struct stat facts;
    if (linkat(folder->fd, temp, folder->fd, name, 0) == 0) {
        return unlinkat(folder->fd, temp, 0) == 0 ? 0 : errno;
    }
    if (errno == EEXIST) {
        return EEXIST;
    }
    if (renameat2(folder->fd, temp, folder->fd, name, RENAME_NOREPLACE) == 0) {
        return 0;
    }
    if (errno != EINVAL && errno != ENOSYS) {
        return errno;
    }
    if (fstatat(folder->fd, name, &facts, AT_SYMLINK_NOFOLLOW) == 0) {
        return EEXIST;
    }
    return renameat(folder->fd, temp, folder->fd, name) == 0 ? 0 : errno;
}

/* The file was synced, and then named. FAT keeps its length beside its name, and the new
 * one has 0 until the file is synced again: who was told that the letter is on the stick,
 * and took that out, took an empty one. 0, or an errno. */
static int
named_sync(const struct folder *folder, const char *name)
{
    int number = 0;
    int fd = openat(folder->fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd >= 0) { /* another may have taken the letter already */
        number = fsync(fd) == 0 || errno == EINVAL ? 0 : errno;
        (void)close(fd);
    }
    (void)fsync(folder->fd); /* a stick's file system may not know it */
    return number;
}

static enum bw_status
file_put(struct folder *folder, const char *name, const void *bytes, size_t length,
    struct bw_error *err)
{
    char temp[TEMP_NAME_BYTES];
    int fd = temp_open(folder, temp);
    if (fd < 0) {
        return fault(err, errno, "writing %s in %s", name, folder->carrier.uri);
    }
    int number = write_whole(fd, bytes, length);
    if (close(fd) != 0 && number == 0) {
        number = errno;
    }
    temps_clear(folder, temp);
    if (number == 0) {
        number = give_name(folder, temp, name);
    }
    if (number != 0) {
        (void)unlinkat(folder->fd, temp, 0);
        return fault(err, number, "writing %s in %s", name, folder->carrier.uri);
    }
    number = named_sync(folder, name);
    return number == 0
               ? BW_OK
               : fault(err, number, "writing %s in %s", name, folder->carrier.uri);
}

/* CA2: what is there already is the same, or it stays; but for an empty file, as a stick
 * has that was taken out before named_sync: that is no letter. *ret_there: the same. */
static enum bw_status
there_look(struct folder *folder, const char *name, const void *bytes, size_t length,
    bool *ret_there, struct bw_error *err)
{
    struct bw_error why = {.text = ""};
    unsigned char *there = NULL;
    size_t there_bytes = 0;
    enum bw_status status = file_read(folder, name, length, &there, &there_bytes, &why);
    bool same = status == BW_OK && there_bytes == length && there &&
                memcmp(there, bytes, length) == 0;
    free(there);
    bool empty = status == BW_OK && there_bytes == 0 && length > 0 &&
                 unlinkat(folder->fd, name, 0) == 0;
    if (same || empty || status == BW_NOT_FOUND) {
        *ret_there = same;
        return BW_OK;
    }
    if (status == BW_OK) {
        return bw_error_set(err, BW_REFUSED, 0,
            "putting %s into %s: another letter has that name; it stays as it is", name,
            folder->carrier.uri);
    }
    if (status == BW_FULL || status == BW_REFUSED) {
        return bw_error_set(err, BW_REFUSED, 0,
            "putting %s into %s: something else has that name; it stays as it is", name,
            folder->carrier.uri);
    }
    return bw_error_set(err, status, why.os_errno, "%s", why.text);
}

static enum bw_status
folder_put(struct bw_carrier *self, const char *name, const void *bytes, size_t length,
    bool *ret_fresh, struct bw_error *err)
{
    struct folder *folder = folder_of(self);
    for (int i = 0; i < 2; i++) {
        struct bw_error why = {.text = ""};
        bool there = false;
        enum bw_status status = there_look(folder, name, bytes, length, &there, err);
        if (status != BW_OK) {
            return status;
        }
        if (!there) {
            status = file_put(folder, name, bytes, length, &why);
        }
        if (status == BW_OK) {
            *ret_fresh = !there;
            return BW_OK;
        }
        if (why.os_errno != EEXIST) { /* else somebody was first: look what it is */
            return bw_error_set(err, status, why.os_errno, "%s", why.text);
        }
    }
    return bw_error_set(err, BW_BUSY, 0,
        "putting %s into %s: somebody puts and removes it; try again", name, self->uri);
}

static enum bw_status
folder_remove(struct bw_carrier *self, const char *name, struct bw_error *err)
{
    struct folder *folder = folder_of(self);
    if (unlinkat(folder->fd, name, 0) != 0 && errno != ENOENT) {
        return fault(err, errno, "removing %s in %s", name, self->uri);
    }
    return BW_OK;
}

static void
folder_close(struct bw_carrier *self)
{
    struct folder *folder = folder_of(self);
    if (folder->fd >= 0) {
        (void)close(folder->fd);
    }
    free(folder);
}

static const struct bw_carrier_ops folder_ops = {
    .list = folder_list,
    .get = folder_get,
    .put = folder_put,
    .remove = folder_remove,
    .close = folder_close,
};

/* ---- opening ---- */

/* The office makes the folder itself, never those above it: a share that isn't mounted
 * is offline. */
static int
folder_fd(const char *path, enum bw_carrier_role role)
{
    if (role == BW_CARRIER_OFFICE && mkdir(path, FOLDER_MODE) != 0 && errno != EEXIST) {
        return -1;
    }
    return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

enum bw_status
bw_carrier_folder_open(const char *path, enum bw_carrier_role role,
    const struct bw_carrier_owner *owner, struct bw_carrier **ret_carrier,
    struct bw_error *err)
{
    assert(role == BW_CARRIER_STICK || owner != NULL);
    struct folder *folder = calloc(1, sizeof *folder);
    if (!folder) {
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "opening folder %s: out of memory", path);
    }
    folder->carrier.ops = &folder_ops;
    (void)snprintf(folder->carrier.uri, sizeof folder->carrier.uri, "folder:%s", path);
    folder->fd = folder_fd(path, role);
    enum bw_status status = BW_OK;
    if (folder->fd < 0) {
        int number = errno;
        bool gone = number == ENOENT || number == ENOTDIR;
        status = bw_error_set(err, gone ? BW_OFFLINE : status_of_errno(number), number,
            "opening folder %s: %s; mount the share, or put the stick in", path,
            bw_said(strerror(number)));
    } else {
        status = bw_carrier_own_file_check(&folder->carrier, role, owner, err);
    }
    if (status != BW_OK) {
        folder_close(&folder->carrier);
        return status;
    }
    *ret_carrier = &folder->carrier;
    return BW_OK;
}
