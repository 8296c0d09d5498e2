/* The mail server's password: a file beside the keys (setting.h), and beside that the one
 * before it, so that whoever keeps a wrong one has the way back.
 *
 * MP1 both are their owner's alone, and stand nowhere else; the one before goes with the
 *     next that is kept.
 * MP2 where there is one now, there is one at every moment, the old or the new, whatever
 *     fails or is cut; what that leaves beside them is put right by the next call.
 *
 * One thread. */
#ifndef BW_OFFICE_MAIL_PASSWORD_H
#define BW_OFFICE_MAIL_PASSWORD_H

#include <brugwachter/error.h>
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { BW_OFFICE_PASSWORD_BYTES_MAX = 200 };

/* What there is. */
struct bw_office_password {
    bool kept, before;
    uint64_t file; /* another number for each that is kept; 0: none */
};

/* Beside this file of keys; nothing where it isn't known where that is. */
struct bw_office_password bw_office_password_look(const char *key_path);

/* Keeps another one; that which was there is the one before. BW_BAD_INPUT where it is
 * empty or too long, BW_REFUSED where it isn't known where the keys lie; the errors of
 * bw_output_bytes. The one that was there stays then. */
BW_NODISCARD enum bw_status bw_office_password_keep(
    const char *key_path, const char *password, struct bw_error *err);

/* Puts the one before back, and the one that was there is the one before then: again
 * takes that back. Where there was none before the first, there is none now. BW_NOT_FOUND
 * where there's neither; BW_REFUSED as above; the errors of bw_output_fault. */
BW_NODISCARD enum bw_status bw_office_password_back(
    const char *key_path, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
