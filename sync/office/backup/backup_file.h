/* The sealed file of a backup: the organiser's key file and a central database, for who
 * has the phrase.
 *
 *   offset bytes
 *        0     8  "BWBACKUP"
 *        8     1  version: 1
 *        9     3  0
 *       12     4  passes of Argon2id, big-endian, as all numbers here
 *       16     4  its memory, in KiB
 *       20    16  its salt
 *       36    24  head of the stream (XChaCha20-Poly1305, libsodium's secretstream)
 *       60    16  BLAKE2b-128 of the bytes before it
 *       76  …     chunks of 65,536 bytes, each with 17 of the stream's; the last, tagged
 *                 final, may be shorter, and nothing follows it
 *
 * The first chunk has the head as associated data, and holds: the time of the backup (8,
 * UTC in ms), bytes of the database (8), bytes of the key file (4), the key file, zeros.
 * The other chunks are the database: an SQLite file.
 *
 * F1 nothing that was read counts before the chunk it came in holds; a database counts
 *    once the final chunk did, with as many bytes as the first one says.
 * F2 what a head asks for is bounded before it is done.
 *
 * One thread. */
#ifndef BW_SYNC_BACKUP_FILE_H
#define BW_SYNC_BACKUP_FILE_H

#include "central/progress.h"

#include <brugwachter/error.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    BW_BACKUP_VERSION = 1,
    BW_BACKUP_HEAD_BYTES = 76,
    BW_BACKUP_CHUNK_BYTES = 65536,
    BW_BACKUP_KEYS_MAX = BW_BACKUP_CHUNK_BYTES - 20,
};

/* What guessing a phrase costs whoever tries: F2 allows up to 16 passes and 1 GiB. */
struct bw_backup_cost {
    uint32_t passes, kib;
};
extern const struct bw_backup_cost bw_backup_cost; /* of new ones */

/* What is in one, the database aside. */
struct bw_backup_content {
    int64_t made_ms;         /* UTC */
    uint64_t database_bytes; /* not 0 */
    unsigned char *keys;     /* the key file, keys_bytes of them, 1 to the most above */
    size_t keys_bytes;
};

/* Seals `content` and all that `database` holds from where it stands into `to`; the
 * caller syncs it. BW_NO_MEMORY, also for the phrase's cost; BW_IO: one of the two files
 * failed, or the database hasn't as many bytes. */
BW_NODISCARD enum bw_status bw_backup_write(FILE *to, const char *phrase,
    const struct bw_backup_cost *cost, const struct bw_backup_content *content,
    FILE *database, struct bw_progress *progress, struct bw_error *err);

/* Opens what `from` holds; the database goes to `database`, of which nothing counts on a
 * failure. bw_backup_content_finish ends *ret_content. `name` is what sentences call it.
 * BW_BAD_INPUT: it is no backup. BW_NEWER. BW_REFUSED: the phrase isn't its own, or its
 * beginning is damaged. BW_CORRUPT: damaged, cut, or something follows. BW_NO_MEMORY;
 * BW_FULL or BW_IO for either file. */
BW_NODISCARD enum bw_status bw_backup_read(FILE *from, const char *name,
    const char *phrase, FILE *database, struct bw_backup_content *ret_content,
    struct bw_progress *progress, struct bw_error *err);

/* Reads the first chunk, opened; bw_backup_content_finish ends *ret_content. BW_BAD_INPUT
 * where it can't be one, BW_NO_MEMORY: nothing is given then. */
BW_NODISCARD enum bw_status bw_backup_content_read(
    const unsigned char *chunk, size_t length, struct bw_backup_content *ret_content);

/* The keys go, overwritten; a zeroed one is fine. */
void bw_backup_content_finish(struct bw_backup_content *content);

#ifdef __cplusplus
}
#endif

#endif
