/* Who has a store open, as a lock on a file beside it: see brugwachter/store.h.
 *
 * S12 a store that is open to be written to is never moved: each such opening shares the
 *     lock on PATH.inuse, and who moves the file holds it alone.
 *
 * flock, and on a file of its own: a descriptor of the store itself would drop SQLite's
 * locks when it is closed (S8). It goes with its process, however that ends. */
#include "claim.h"

#include "file.h"

#include <brugwachter/said.h>
#include <brugwachter/store.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

struct bw_store_claim {
    int fd;
};

static enum bw_status
fail(const char *path, struct bw_error *err)
{
    int os_errno = errno;
    enum bw_status status = os_errno == EACCES || os_errno == EROFS    ? BW_READ_ONLY
                            : os_errno == ENOSPC || os_errno == EDQUOT ? BW_FULL
                            : os_errno == ENOENT                       ? BW_NOT_FOUND
                                                                       : BW_IO;
    return bw_error_set(err, status, os_errno,
        "Locking the store %s failed: %s (%s.inuse). Make its folder writable for this "
        "user, then try again.",
        path, bw_said(strerror(os_errno)), path);
}

enum bw_status
bw_store_lock(
    const char *path, const char *real, bool alone, int *ret_fd, struct bw_error *err)
{
    char name[PATH_MAX];
    int length = snprintf(name, sizeof name, "%s.inuse", real);
    if (length < 0 || length >= (int)sizeof name) {
        errno = ENAMETOOLONG;
        return fail(path, err);
    }
    int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (fd < 0) {
        return fail(path, err);
    }
    if (flock(fd, (alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0) {
        *ret_fd = fd;
        return BW_OK;
    }
    bool busy = errno == EWOULDBLOCK;
    enum bw_status status = busy ? BW_BUSY : fail(path, err);
    (void)close(fd);
    if (busy) {
        (void)bw_error_set(err, BW_BUSY, 0,
            alone
                ? "Taking the store %s failed: a kiosk or a sync has it open. End that "
                  "program, then try again."
                : "Opening the store %s failed: it is being enrolled anew just now. Try "
                  "again in a moment.",
            path);
    }
    return status;
}

enum bw_status
bw_store_claim(const char *path, struct bw_store_claim **ret_claim, struct bw_error *err)
{
    char real[PATH_MAX];
    struct bw_store_claim *claim = malloc(sizeof *claim);
    if (claim == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "Taking the store %s failed: no memory.", path);
    }
    enum bw_status status = bw_store_file_resolve(path, real, err);
    if (status == BW_OK) {
        status = bw_store_lock(path, real, true, &claim->fd, err);
    }
    if (status != BW_OK) {
        free(claim);
        return status;
    }
    *ret_claim = claim;
    return BW_OK;
}

void
bw_store_unclaim(struct bw_store_claim *claim)
{
    if (claim != NULL) {
        (void)close(claim->fd);
        free(claim);
    }
}
