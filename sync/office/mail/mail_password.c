/* The mail server's password, and the one before: see mail_password.h. A new one is
 * written in the other's place, and then the two change places. */
#include "office/mail/mail_password.h"

#include "central/base/output.h"
#include "office/setting.h"

#include <brugwachter/said.h>

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_BYTES_MAX = 4096 }; /* people may write it themselves */

/* `between` is there only while the two change places, or where a cut ended that: MP2. */
struct places {
    char now[PATH_MAX], before[PATH_MAX + 8], between[PATH_MAX + 8];
};

static bool
places_find(const char *key_path, struct places *places)
{
    if (!bw_office_setting_password_path(key_path, places->now)) {
        return false;
    }
    (void)snprintf(places->before, sizeof places->before, "%s.before", places->now);
    (void)snprintf(places->between, sizeof places->between, "%s.moving", places->now);
    return true;
}

static bool
is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

/* Of two that are kept at one moment the files differ. */
static uint64_t
number_of(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0
               ? (uint64_t)facts.st_ino ^ ((uint64_t)facts.st_ctim.tv_sec << 30) ^
                     (uint64_t)facts.st_ctim.tv_nsec
               : 0;
}

struct bw_office_password
bw_office_password_look(const char *key_path)
{
    struct places places;
    struct bw_office_password found = {.kept = false};
    if (places_find(key_path, &places)) {
        found.kept = is_there(places.now);
        found.before = is_there(places.before) || is_there(places.between);
        found.file = number_of(places.now);
    }
    return found;
}

static bool
move(const char *from, const char *to)
{
    return rename(from, to) == 0;
}

static enum bw_status
moving_fails(const struct places *places, struct bw_error *err)
{
    return bw_output_fault(err, bw_said("keeping a password: moving"), places->now,
        bw_said("look at its folder"));
}

/* MP2: ends what a cut or a fault left half done. What lies between is the one that is
 * missing, or else a copy too many. */
static enum bw_status
settle(const struct places *p, struct bw_error *err)
{
    const char *missing = !is_there(p->now)      ? p->now
                          : !is_there(p->before) ? p->before
                                                 : NULL;
    bool settled = !is_there(p->between) || (missing != NULL ? move(p->between, missing)
                                                             : unlink(p->between) == 0);
    return settled ? BW_OK : moving_fails(p, err);
}

/* MP2, where the file system can't do it at once: a copy of `now` lies aside before the
 * other one takes its place. */
static enum bw_status
exchange_in_steps(const struct places *p, struct bw_error *err)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    enum bw_status status = bw_file_read(p->now, FILE_BYTES_MAX, &bytes, &length, err);
    if (status == BW_OK) {
        status = bw_output_bytes(p->between, 0600, bytes, length, err);
        sodium_memzero(bytes, length);
        free(bytes);
    }
    if (status == BW_OK && !(move(p->before, p->now) && move(p->between, p->before))) {
        status = moving_fails(p, err);
        (void)settle(p, NULL);
    }
    return status;
}

static enum bw_status
exchange(const struct places *p, struct bw_error *err)
{
    bool moved = !is_there(p->now)      ? move(p->before, p->now)
                 : !is_there(p->before) ? move(p->now, p->before)
                                        : renameat2(AT_FDCWD, p->now, AT_FDCWD, p->before,
                                              RENAME_EXCHANGE) == 0;
    if (!moved && (errno == EINVAL || errno == ENOSYS)) {
        return exchange_in_steps(p, err);
    }
    return moved ? BW_OK : moving_fails(p, err);
}

static enum bw_status
nowhere(struct bw_error *err)
{
    return bw_error_set(err, BW_REFUSED, 0,
        "keeping a password: it isn't known where the keys lie, beside which it would");
}

enum bw_status
bw_office_password_keep(const char *key_path, const char *password, struct bw_error *err)
{
    struct places places;
    size_t length = strlen(password);
    if (length == 0 || length > BW_OFFICE_PASSWORD_BYTES_MAX) {
        return bw_error_about(err,
            bw_error_set(err, BW_BAD_INPUT, 0,
                "keeping a password: it has to have 1 to %d bytes",
                BW_OFFICE_PASSWORD_BYTES_MAX),
            "smtp-password");
    }
    if (!places_find(key_path, &places)) {
        return nowhere(err);
    }
    enum bw_status status = settle(&places, err);
    if (status == BW_OK) {
        status = bw_output_bytes(places.before, 0600, password, length, err);
    }
    return status == BW_OK ? exchange(&places, err) : status;
}

enum bw_status
bw_office_password_back(const char *key_path, struct bw_error *err)
{
    struct places places;
    if (!places_find(key_path, &places)) {
        return nowhere(err);
    }
    enum bw_status status = settle(&places, err);
    if (status == BW_OK && !is_there(places.now) && !is_there(places.before)) {
        return bw_error_set(
            err, BW_NOT_FOUND, 0, "putting the password before back: none was kept here");
    }
    return status == BW_OK ? exchange(&places, err) : status;
}
