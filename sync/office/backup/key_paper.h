/* The organiser's secret keys on paper: sealed by a phrase, as lines that can be typed
 * (key_lines.h), which a QR code holds too; and read back from there.
 *
 *   offset bytes
 *        0     1  version: 1
 *        1     2  bytes of it all, big-endian, as all numbers here
 *        3     1  passes of Argon2id
 *        4     4  its memory, in KiB
 *        8    16  its salt
 *       24    24  nonce (XChaCha20-Poly1305, what stands before as associated data)
 *       48     …  sealed: seed of the organiser's signing pair (32), secret half of the
 *                 box pair (32), how many signing keys (1), of each its number (1) and
 *                 seed (32); and 16 of the seal
 *
 * KP1 the paper alone opens nothing: the phrase doesn't stand on it.
 * KP2 what the head asks for is bounded before it is done.
 * KP3 a key file that is there is never overwritten: keys are added to it, where it is
 *     the same office's.
 *
 * One thread. */
#ifndef BW_SYNC_KEY_PAPER_H
#define BW_SYNC_KEY_PAPER_H

#include "office/backup/backup_file.h"
#include "office/backup/key_lines.h"
#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Seals keys into lines; `phrase` is as bw_phrase_settle gives it. How many lines they
 * are goes to *ret_lines. BW_NO_MEMORY: what the cost asks for isn't there. */
BW_NODISCARD enum bw_status bw_key_paper_seal(const struct bw_keys *keys,
    const char *phrase, const struct bw_backup_cost *cost,
    char ret_text[BW_KEY_LINES_TEXT_BYTES], size_t *ret_lines, struct bw_error *err);

/* Opens what was typed; the caller finishes the keys (bw_keys_finish). The errors of
 * bw_key_lines_read; BW_BAD_INPUT for lines that aren't of a key; BW_NEWER; BW_REFUSED:
 * the phrase isn't theirs; BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_key_paper_open(
    const char *text, const char *phrase, struct bw_keys *ret_keys, struct bw_error *err);

/* Writes the sheet of the office's keys into `folder`, as "sleutel.pdf" or "key.pdf" by
 * its language, yours alone. The errors of bw_office_keys, bw_key_paper_seal and
 * bw_output_open; BW_IO. Nothing is written after bw_central_check_only. */
BW_NODISCARD enum bw_status bw_office_key_print(const struct bw_office *office,
    const char *folder, const char *phrase, const struct bw_backup_cost *cost,
    struct bw_error *err);

/* Puts the keys of a sheet where the office's key file is to be; *ret_there: the file was
 * there, and has them all now. BW_REFUSED: they are another office's, or the file that is
 * there is. The errors of bw_key_paper_open and bw_keys_write, and what the database
 * answers. Nothing is written after bw_central_check_only. */
BW_NODISCARD enum bw_status bw_office_key_read(const struct bw_office *office,
    const char *text, const char *phrase, bool *ret_there, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
