/* See enrol_device.h. The credentials are written before the store is there, and the old
 * ones moved with their store, so that no store stands beside another one's keys. */
#include "exchange/kiosk/enrol_device.h"

#include "exchange/kiosk/credentials.h"

#include <brugwachter/said.h>
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
    bool lame;      /* what was set aside could not be used */
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

/* For staff: under which name the file lies that has what was not sent. */
static enum bw_status
aside_note(struct enrolling *enrolling, struct bw_store *store, struct bw_error *err)
{
    char note[BW_ASIDE_BYTES] = "";
    const char *slash = strrchr(enrolling->enrolled.aside, '/');
    const char *name = slash != NULL ? slash + 1 : enrolling->enrolled.aside;
    if (!enrolling->lame) {
        return BW_OK;
    }
    (void)snprintf(note, sizeof note, "%.*s", BW_ASIDE_BYTES - 1, name);
    return bw_store_set_bytes(store, BW_BYTES_ASIDE, note, sizeof note, err);
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
    if (status == BW_OK) {
        status = aside_note(enrolling, store, err);
    }
    bw_store_close(store);
    return status;
}

/* The first name of that kind at which no store lies. One that was moved in part, before
 * the power went, is gone on with. */
static void
aside_name(struct enrolling *enrolling, const char *kind)
{
    int number = 0;
    do {
        (void)snprintf(enrolling->enrolled.aside, sizeof enrolling->enrolled.aside,
            "%.*s.%s.%d", PATH_MAX - 32, enrolling->path, kind, ++number);
    } while (access(enrolling->enrolled.aside, F_OK) == 0 && number < ASIDE_MAX);
}

/* A file and what lies beside it, the file last; a side file that isn't there is no
 * fault. What is there already is never written over. */
static enum bw_status
move_aside(struct enrolling *enrolling, const char *kind, struct bw_error *err)
{
    static const char *const endings[] = {"", "-wal", "-shm", ".credentials"};
    char from[PATH_MAX + 16], to[PATH_MAX + 16];
    aside_name(enrolling, kind);
    for (size_t i = sizeof endings / sizeof endings[0]; i-- > 0;) {
        (void)snprintf(from, sizeof from, "%s%s", enrolling->path, endings[i]);
        (void)snprintf(to, sizeof to, "%s%s", enrolling->enrolled.aside, endings[i]);
        if (rename(from, to) != 0 && !(errno == ENOENT && endings[i][0])) {
            return bw_error_set(err, BW_IO, errno,
                "moving the store that was there aside, from %s to %s: %s; mind the "
                "folder's rights",
                from, to, bw_said(strerror(errno)));
        }
    }
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
        char kind[24];
        (void)snprintf(kind, sizeof kind, "kiosk-%u", device);
        status = move_aside(enrolling, kind, err);
    }
    bw_store_unclaim(claim);
    return status;
}

/* Keys lie beside it, or went aside before the power did: else it may be anybody's. */
static bool
is_kiosks(struct enrolling *enrolling, const char *kind)
{
    char here[PATH_MAX + 16], there[PATH_MAX + 16];
    aside_name(enrolling, kind);
    (void)snprintf(here, sizeof here, "%s.credentials", enrolling->path);
    (void)snprintf(there, sizeof there, "%s.credentials", enrolling->enrolled.aside);
    bool found = access(here, F_OK) == 0 || access(there, F_OK) == 0;
    enrolling->enrolled.aside[0] = '\0';
    return found;
}

/* Damaged, or of a newer program: nobody can be checked in by it, and what it holds can't
 * be asked here. It stays, with its keys, under a name that says so: `export` takes out
 * of it what can be read. Any other fault is the caller's. */
static enum bw_status
lame_move(struct enrolling *enrolling, enum bw_status fault, struct bw_error *err)
{
    const char *kind = fault == BW_NEWER ? "newer" : "damaged";
    struct bw_store_claim *claim = NULL;
    if ((fault != BW_NEWER && fault != BW_CORRUPT) || !is_kiosks(enrolling, kind)) {
        return fault; /* with its sentence */
    }
    enum bw_status status = bw_store_claim(enrolling->path, &claim, err);
    if (status == BW_OK) {
        status = move_aside(enrolling, kind, err);
    }
    bw_store_unclaim(claim);
    enrolling->lame = status == BW_OK;
    return status == BW_OK ? store_make(enrolling, err) : status;
}

/* As the kiosk opens it, every page: what the door refuses isn't worth new settings. */
static enum bw_status
look(const struct enrolling *enrolling, struct bw_error *err)
{
    struct bw_store *store = NULL;
    enum bw_status status = bw_store_open(enrolling->path, BW_STORE_KIOSK, &store, err);
    bw_store_close(store);
    return status;
}

/* Its own number again: it stays that. A copy's log goes on elsewhere: it ends. So does
 * one that holds nothing and that the office never knew: the new sheet ended the one that
 * it was made by. */
static enum bw_status
keeps_number(const struct enrolling *enrolling, struct bw_store *store, uint32_t device,
    bool *ret_keeps, struct bw_error *err)
{
    struct bw_credentials credentials;
    struct bw_head head;
    int64_t restored = 0;
    enum bw_status status =
        bw_store_get_number(store, BW_NUMBER_RESTORED, 0, &restored, err);
    if (status == BW_OK) {
        status = bw_store_head(store, &head, err);
    }
    if (status == BW_OK) {
        bool known = bw_credentials_load(enrolling->path, &credentials, NULL) != BW_OK ||
                     credentials.introduced;
        *ret_keeps = enrolling->file.replaces == device && restored == 0 &&
                     (known || head.seq > 0);
        bw_credentials_finish(&credentials);
    }
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
    enum bw_status status = look(enrolling, err);
    if (status != BW_OK) {
        return lame_move(enrolling, status, err);
    }
    status = bw_store_open(enrolling->path, BW_STORE_SYNC, &store, err);
    if (status != BW_OK) {
        return status;
    }
    uint32_t device = bw_store_enrolment(store)->device;
    bool keeps = false;
    status = keeps_number(enrolling, store, device, &keeps, err);
    if (status != BW_OK) {
        bw_store_close(store);
        return status;
    }
    if (keeps) {
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

static enum bw_status
check_expiry(const struct bw_enrolment_file *file, int64_t now_ms, struct bw_error *err)
{
    if (file->expires_ms == 0 || now_ms <= file->expires_ms) {
        return BW_OK;
    }
    return bw_error_set(err, BW_REFUSED, 0,
        "enrolling kiosk %u: by this machine's clock all of its sessions are over, and "
        "with the last its enrolment; set the clock if it is wrong, else ask the office "
        "for a new enrolment",
        file->enrolment.device);
}

enum bw_status
bw_kiosk_enrol_device(const char *store_path, const void *text, size_t length,
    int64_t now_ms, struct bw_kiosk_enrolled *ret_enrolled, struct bw_error *err)
{
    struct enrolling enrolling = {.path = store_path};
    enum bw_status status = bw_enrolment_file_read(text, length, &enrolling.file, err);
    if (status == BW_OK) {
        status = check_expiry(&enrolling.file, now_ms, err);
    }
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
