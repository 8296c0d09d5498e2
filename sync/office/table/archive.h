/* A ZIP archive in memory, which strangers may have made (libarchive).
 *
 * ZA1 nothing is written to a disk; a member's name only tells members apart. ZA2 a
 *     member is read up to a limit, whatever the archive says of its size; at most 1,000
 *     members are looked at.
 *
 * One thread. */
#ifndef BW_SYNC_ARCHIVE_H
#define BW_SYNC_ARCHIVE_H

#include <brugwachter/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bw_archive;

/* Whether bytes begin as a ZIP archive does. */
bool bw_archive_is(const unsigned char *bytes, size_t length);

/* Opens it; the bytes are borrowed until bw_archive_close, which the caller owes. `file`
 * stands in sentences, and is borrowed too. BW_BAD_INPUT: it is cut off, or damaged.
 * BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_archive_open(const unsigned char *bytes, size_t length,
    const char *file, struct bw_archive **ret_archive, struct bw_error *err);
void bw_archive_close(struct bw_archive *archive); /* NULL is fine */

/* How many members there are to look at (ZA2), and the name of one of them; "" for one
 * that is a folder. Borrowed from the archive. */
int bw_archive_count(const struct bw_archive *archive);
const char *bw_archive_name(const struct bw_archive *archive, int member);

/* How many bytes it says that all of them have, unpacked; those that say nothing count
 * none. */
int64_t bw_archive_bytes(const struct bw_archive *archive);

/* Reads the member of that name whole; the caller frees *ret_bytes, behind which a NUL
 * stands. BW_NOT_FOUND: there's none. BW_BAD_INPUT: it is damaged, encrypted, or longer
 * than `most_bytes`. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_archive_read(struct bw_archive *archive, const char *name,
    size_t most_bytes, unsigned char **ret_bytes, size_t *ret_length,
    struct bw_error *err);

#endif
