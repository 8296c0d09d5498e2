/* A backup put back over an office that is there and in use: what there is now is kept
 * aside first, sealed, so that the way back is the same way.
 *
 *   open it beside the key file -> take the write lock -> seal what there is now
 *     -> the keys of both in the key file -> all rows, a new epoch -> commit
 *
 * BO1 whoever reads or writes beside it sees the office of before or that of the backup,
 *     whole; a stop in between leaves the one of before, with one more sealed file.
 * BO2 what can't be undone by putting rows back isn't: who was forgotten stays forgotten,
 *     and what people were told meanwhile stays in the log, so that nobody is told twice
 *     (TM1 of office/mail/told.h); a kiosk that was revoked stays out of service,
 *     and a signing key that was retired too, but where the backup has no other.
 * BO3 the key file never lacks a key that the office of before, or that of the backup,
 *     has in use.
 *
 * Kiosks hear of the epoch by their next rosters and send again what the backup lacks;
 * letters that carriers still have are merged again. One thread. */
#ifndef BW_SYNC_PUT_BACK_H
#define BW_SYNC_PUT_BACK_H

#include "central/verify.h"
#include "office/backup/backup_file.h"
#include "office/office.h"

#include <limits.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What is to be done; all of it borrowed. */
struct bw_office_putting {
    const char *path;   /* the backup */
    const char *phrase; /* as bw_phrase_settle gives it; it opens the kept one too */
    const char *kept;   /* a new file, for what there is now */
    const struct bw_backup_cost *cost; /* of that one */
};

/* What became of it. */
struct bw_office_put {
    int64_t made_ms; /* of the backup, UTC */
    int64_t sessions, registrations;
    uint32_t epoch;    /* that begins now */
    bool kept;         /* false: there was nothing yet that could be kept */
    int64_t told;      /* mails since, that stay in the log */
    int64_t forgotten; /* people and walk-ins since, who stay forgotten */
    int64_t revoked;   /* kiosks since, that stay out of service */
    struct bw_central_verification found;
};

/* Puts the backup in the place of all that the office has. It has to be of this office;
 * where nothing was done here yet (no session, no registration) it may be any office's,
 * as on a new machine, and nothing is kept aside.
 * BW_REFUSED: another office's, something has the name of `kept`, or the phrase isn't the
 * backup's. BW_BUSY: others are at work. The errors of bw_backup_open,
 * bw_office_backup_make and bw_keys_join, and what the database answers. Nothing was
 * changed then; or a server went before it said whether it was, and `kept` is there. */
BW_NODISCARD enum bw_status bw_office_put_back(const struct bw_office *office,
    const struct bw_office_putting *putting, struct bw_office_put *ret_put,
    struct bw_error *err);

/* What was done here since a moment (UTC), and would be gone with a backup of then put
 * back, but for what BO2 says. */
struct bw_office_since {
    int64_t steps, kiosks;    /* enrolled */
    int64_t mails, forgotten; /* that stay so */
    int64_t events;           /* of kiosks, that come again */
};

/* What the database answers. */
BW_NODISCARD enum bw_status bw_office_since(struct bw_central *central, int64_t since_ms,
    struct bw_office_since *ret_since, struct bw_error *err);

/* A name for what is kept aside now, beside the key file circles.db.key:
 * "circles.db.kept-20250320-101200.bwb". BW_BAD_INPUT where it isn't known where the keys
 * lie, or for a name that is too long. */
BW_NODISCARD enum bw_status bw_office_kept_name(
    const struct bw_office *office, char ret_path[PATH_MAX], struct bw_error *err);

/* One that was kept; borrowed for the call. False ends the walk. */
typedef bool bw_office_each_kept(const char *path, const char *name, void *context);

/* Walks what was kept beside the key file, the newest first; 50 at most. BW_BAD_INPUT
 * as above; no folder that can be read is no file. */
BW_NODISCARD enum bw_status bw_office_kept_walk(const struct bw_office *office,
    bw_office_each_kept *each, void *context, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
