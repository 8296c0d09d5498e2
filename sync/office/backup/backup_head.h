/* What writing (backup_file.c) and reading (backup_file_read.c) a backup's file have in
 * common. Nobody else's. One thread. */
#ifndef BW_SYNC_BACKUP_HEAD_H
#define BW_SYNC_BACKUP_HEAD_H

#include "office/backup/backup_file.h"

#include <sodium.h>

#ifdef __cplusplus
extern "C" {
#endif

#define BW_BACKUP_MAGIC "BWBACKUP"

/* Where each part of the head begins. */
enum {
    BW_BACKUP_AT_VERSION = 8,
    BW_BACKUP_AT_PASSES = 12,
    BW_BACKUP_AT_KIB = 16,
    BW_BACKUP_AT_SALT = 20,
    BW_BACKUP_AT_STREAM = BW_BACKUP_AT_SALT + crypto_pwhash_SALTBYTES,
    BW_BACKUP_AT_SUM =
        BW_BACKUP_AT_STREAM + crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    BW_BACKUP_SUM_BYTES = 16,
    BW_BACKUP_SEALED_BYTES =
        BW_BACKUP_CHUNK_BYTES + crypto_secretstream_xchacha20poly1305_ABYTES,
};

/* A chunk, open and sealed: too large for a stack. */
struct bw_backup_room {
    unsigned char open[BW_BACKUP_CHUNK_BYTES];
    unsigned char sealed[BW_BACKUP_SEALED_BYTES];
};

/* Both of zeros; NULL without memory. bw_backup_room_drop overwrites and frees it. */
struct bw_backup_room *bw_backup_room_make(void);
void bw_backup_room_drop(struct bw_backup_room *room);

/* The key of the stream, by the head's cost and salt, which the caller overwrites.
 * BW_NO_MEMORY: what the cost asks for isn't there. */
BW_NODISCARD enum bw_status bw_backup_key(const char *phrase,
    const struct bw_backup_cost *cost, const unsigned char *salt,
    unsigned char ret_key[crypto_secretstream_xchacha20poly1305_KEYBYTES],
    struct bw_error *err);

/* The checksum of a head, over what stands before it. */
void bw_backup_head_sum(const unsigned char head[BW_BACKUP_HEAD_BYTES],
    unsigned char ret_sum[BW_BACKUP_SUM_BYTES]);

#ifdef __cplusplus
}
#endif

#endif
