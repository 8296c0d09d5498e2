/* See enrol_device.h. The credentials are written before the store is there, and the old
 * ones moved with their store, so that no store stands beside another one's keys. */
#include "exchange/kiosk/enrol_device.h"

#include "exchange/kiosk/credentials.h"

#include <brugwachter/store.h>
#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ASIDE_MAX = 1000 };

struct enrolling {
    const char *path;
    struct bw_enrolment_file file;
    struct bw_identity own;
    struct bw_kiosk_enrolled enrolled;
    uint32_t again; /* the number that the store didn't take, as it keeps its own; 0 */
};

/* Same kiosk, same pairs: what it has introduced stays its own. */
static enum bw_status
credentials_write(struct enrolling *enrolling, struct bw_error *err)
{
    const struct bw_enrolment_file *file = &enrolling->file;
    struct bw_credentials credentials;
    bool same = bw_credentials_load(enrolling->path, &credentials, NULL) == BW_OK &&
                credentials.device == file->enrolment.device;
    if (!same) {
        credentials = (struct bw_credentials){.device = file->enrolment.device};
        randombytes_buf(credentials.seed, sizeof credentials.seed);
    }
    if (enrolling->again != 0) { /* the office is told so by a letter */
        credentials.again = enrolling->again;
        memcpy(credentials.again_seed, file->seed, sizeof credentials.again_seed);
    } else if (!credentials.introduced) {
        credentials.has_first = true;
        memcpy(credentials.first_seed, file->seed, sizeof credentials.first_seed);
    }
    credentials.organiser = file->organiser;
    credentials.carriers = file->carriers;
    memcpy(credentials.central_id, file->central_id, sizeof credentials.central_id);
    bw_identity_of_seed(credentials.seed, &enrolling->own);
    enum bw_status status = bw_credentials_save(enrolling->path, &credentials, err);
    bw_credentials_finish(&credentials);
    return status;
}

/* For people to compare, here and on the screen:
 * the store's id is known once it is there. */
static enum bw_status
words_say(struct enrolling *enrolling, struct bw_error *err)
{
    struct bw_store *store = NULL;
    enum bw_status status = bw_store_open(enrolling->path, BW_STORE_SYNC, &store, err);
    if (status == BW_OK) {
        uint32_t number = bw_check_number(
            enrolling->own.sign_public, enrolling->own.box_public, bw_store_id(store));
        bw_check_words_say(number, enrolling->enrolled.words);
        status = bw_store_set_number(store, BW_NUMBER_CHECK_WORDS, number, err);
    }
    bw_store_close(store);
    return status;
}

/* A file and what lies beside it. A side file that isn't there is no fault. */
static enum bw_status
move_aside(struct enrolling *enrolling, uint32_t device, struct bw_error *err)
{
    static const char *const endings[] = {"", "-wal", "-shm", ".credentials"};
    char from[PATH_MAX + 16], to[PATH_MAX + 48], aside[PATH_MAX + 32];
    int number = 0;
    do {
        (void)snprintf(
            aside, sizeof aside, "%s.kiosk-%u.%d", enrolling->path, device, ++number);
    } while (access(aside, F_OK) == 0 && number < ASIDE_MAX);
    for (size_t i = sizeof endings / sizeof endings[0]; i-- > 0;) {
        (void)snprintf(from, sizeof from, "%s%s", enrolling->path, endings[i]);
        (void)snprintf(to, sizeof to, "%s%s", aside, endings[i]);
        if (rename(from, to) != 0 && !(errno == ENOENT && endings[i][0])) {
            return bw_error_set(err, BW_IO, errno,
                "moving the store of kiosk %u aside, from %s to %s: %s; mind the "
                "folder's rights",
                device, from, to, strerror(errno));
        }
    }
    (void)snprintf(enrolling->enrolled.aside, sizeof enrolling->enrolled.aside, "%.*s",
        PATH_MAX - 1, aside);
    return BW_OK;
}

/* Of a store of another kiosk. */
static enum bw_status
check_acknowledged(struct enrolling *enrolling, struct bw_store *store, uint32_t device,
    struct bw_error *err)
{
    struct bw_head head;
    int64_t acknowledged = 0;
    enum bw_status status = bw_store_head(store, &head, err);
    if (status == BW_OK) {
        status =
            bw_store_get_number(store, BW_NUMBER_ACKNOWLEDGED, 0, &acknowledged, err);
    }
    if (status == BW_OK && head.seq > (uint64_t)acknowledged) {
        return bw_error_set(err, BW_REFUSED, 0,
            "enrolling %s as kiosk %u: it is kiosk %u, and the office hasn't "
            "acknowledged %" PRIu64 " of its events yet; sync or export them first, "
            "and take the receipt in",
            enrolling->path, enrolling->file.enrolment.device, device,
            head.seq - (uint64_t)acknowledged);
    }
    return status;
}

/* A restored copy stops appending; new settings for the same number would not make it
 * whole. The PIN came by a roster, and stays. */
static enum bw_status
settings_renew(struct enrolling *enrolling, struct bw_store *store, struct bw_error *err)
{
    struct bw_enrolment enrolment = enrolling->file.enrolment;
    int64_t restored = 0;
    enum bw_status status =
        bw_store_get_number(store, BW_NUMBER_RESTORED, 0, &restored, err);
    if (status == BW_OK && restored != 0) {
        return bw_error_set(err, BW_REFUSED, 0,
            "enrolling %s again as kiosk %u: this store is a restored copy; push it, "
            "then enrol it under a new number",
            enrolling->path, enrolment.device);
    }
    if (status == BW_OK) {
        memcpy(enrolment.pin_hash, bw_store_enrolment(store)->pin_hash,
            sizeof enrolment.pin_hash);
        status = bw_store_enrol(store, &enrolment, err);
    }
    return status == BW_OK ? credentials_write(enrolling, err) : status;
}

static enum bw_status
store_make(struct enrolling *enrolling, struct bw_error *err)
{
    enrolling->enrolled.made = true;
    enum bw_status status = credentials_write(enrolling, err);
    return status == BW_OK
               ? bw_store_create(enrolling->path, &enrolling->file.enrolment, err)
               : status;
}

/* While nobody else can open it: looks whether all of it is safe, then moves it. The
 * claim is let go for the look alone, and what may have been appended then is seen by
 * the second look. */
static enum bw_status
other_move(struct enrolling *enrolling, uint32_t device, struct bw_error *err)
{
    struct bw_store_claim *claim = NULL;
    struct bw_store *store = NULL;
    enum bw_status status = bw_store_claim(enrolling->path, &claim, err);
    if (status == BW_OK) {
        status = bw_store_open(enrolling->path, BW_STORE_READ, &store, err);
    }
    if (status == BW_OK) {
        status = check_acknowledged(enrolling, store, device, err);
    }
    bw_store_close(store);
    if (status == BW_OK) {
        status = move_aside(enrolling, device, err);
    }
    bw_store_unclaim(claim);
    return status;
}

static enum bw_status
store_take(struct enrolling *enrolling, struct bw_error *err)
{
    struct bw_store *store = NULL;
    struct stat info;
    if (lstat(enrolling->path, &info) != 0 && errno == ENOENT) {
        return store_make(enrolling, err);
    }
    enum bw_status status = bw_store_open(enrolling->path, BW_STORE_SYNC, &store, err);
    if (status != BW_OK) {
        return status;
    }
    uint32_t device = bw_store_enrolment(store)->device;
    if (enrolling->file.replaces == device) { /* its own number again: it stays that */
        enrolling->again = enrolling->file.enrolment.device;
        enrolling->file.enrolment.device = device;
    }
    bool same = device == enrolling->file.enrolment.device;
    status = same ? settings_renew(enrolling, store, err)
                  : check_acknowledged(enrolling, store, device, err);
    bw_store_close(store);
    if (status == BW_OK && !same) {
        status = other_move(enrolling, device, err);
        if (status == BW_OK) {
            status = store_make(enrolling, err);
        }
    }
    return status;
}

enum bw_status
bw_kiosk_enrol_device(const char *store_path, const void *text, size_t length,
    struct bw_kiosk_enrolled *ret_enrolled, struct bw_error *err)
{
    struct enrolling enrolling = {.path = store_path};
    enum bw_status status = bw_enrolment_file_read(text, length, &enrolling.file, err);
    if (status == BW_OK) {
        status = store_take(&enrolling, err);
    }
    if (status == BW_OK) {
        status = words_say(&enrolling, err);
    }
    if (status == BW_OK) {
        enrolling.enrolled.enrolment = enrolling.file.enrolment;
        *ret_enrolled = enrolling.enrolled;
    }
    bw_enrolment_file_finish(&enrolling.file);
    bw_identity_finish(&enrolling.own);
    return status;
}
