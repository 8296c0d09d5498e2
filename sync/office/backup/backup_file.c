/* Sealing a backup: see backup_file.h. One thread. */
#include "office/backup/backup_file.h"

#include "office/backup/backup_head.h"

#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { PASSES = 3, KIB = 256 * 1024 };

const struct bw_backup_cost bw_backup_cost = {PASSES, KIB};

_Static_assert(BW_BACKUP_AT_SUM + BW_BACKUP_SUM_BYTES == BW_BACKUP_HEAD_BYTES,
    "as backup_file.h says");

/* ---- what reading needs too ---- */

struct bw_backup_room *
bw_backup_room_make(void)
{
    return calloc(1, sizeof(struct bw_backup_room));
}

void
bw_backup_room_drop(struct bw_backup_room *room)
{
    if (room != NULL) {
        sodium_memzero(room, sizeof *room);
        free(room);
    }
}

enum bw_status
bw_backup_key(const char *phrase, const struct bw_backup_cost *cost,
    const unsigned char *salt,
    unsigned char ret_key[crypto_secretstream_xchacha20poly1305_KEYBYTES],
    struct bw_error *err)
{
    return crypto_pwhash(ret_key, crypto_secretstream_xchacha20poly1305_KEYBYTES, phrase,
               strlen(phrase), salt, cost->passes, (size_t)cost->kib * 1024,
               crypto_pwhash_ALG_ARGON2ID13) == 0
               ? BW_OK
               : bw_error_set(err, BW_NO_MEMORY, ENOMEM,
                     "making the key of the phrase: it takes %u MiB of memory, which "
                     "aren't there; close other programs and try again",
                     cost->kib / 1024);
}

void
bw_backup_head_sum(const unsigned char head[BW_BACKUP_HEAD_BYTES],
    unsigned char ret_sum[BW_BACKUP_SUM_BYTES])
{
    (void)crypto_generichash(
        ret_sum, BW_BACKUP_SUM_BYTES, head, BW_BACKUP_AT_SUM, NULL, 0);
}

/* ---- sealing ---- */

struct backup_sealing {
    FILE *to, *database;
    struct bw_backup_room *room;
    crypto_secretstream_xchacha20poly1305_state stream;
    unsigned char head[BW_BACKUP_HEAD_BYTES];
};

static void
put_number(unsigned char *at, uint64_t number, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--, number >>= 8) {
        at[i] = (unsigned char)number;
    }
}

/* Begins the stream, and writes the head. */
static enum bw_status
head_write(struct backup_sealing *s, const char *phrase,
    const struct bw_backup_cost *cost, struct bw_error *err)
{
    unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
    memcpy(s->head, BW_BACKUP_MAGIC, sizeof BW_BACKUP_MAGIC - 1);
    s->head[BW_BACKUP_AT_VERSION] = BW_BACKUP_VERSION;
    put_number(s->head + BW_BACKUP_AT_PASSES, cost->passes, 4);
    put_number(s->head + BW_BACKUP_AT_KIB, cost->kib, 4);
    randombytes_buf(s->head + BW_BACKUP_AT_SALT, crypto_pwhash_SALTBYTES);
    enum bw_status status =
        bw_backup_key(phrase, cost, s->head + BW_BACKUP_AT_SALT, key, err);
    if (status == BW_OK) {
        (void)crypto_secretstream_xchacha20poly1305_init_push(
            &s->stream, s->head + BW_BACKUP_AT_STREAM, key);
        bw_backup_head_sum(s->head, s->head + BW_BACKUP_AT_SUM);
        (void)fwrite(s->head, 1, sizeof s->head, s->to);
    }
    sodium_memzero(key, sizeof key);
    return status;
}

static void
chunk_write(struct backup_sealing *s, size_t bytes, bool first, bool final)
{
    unsigned long long sealed = 0;
    (void)crypto_secretstream_xchacha20poly1305_push(&s->stream, s->room->sealed, &sealed,
        s->room->open, bytes, first ? s->head : NULL, first ? sizeof s->head : 0,
        final ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
              : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    (void)fwrite(s->room->sealed, 1, (size_t)sealed, s->to);
}

static void
content_write(struct backup_sealing *s, const struct bw_backup_content *content)
{
    put_number(s->room->open, (uint64_t)content->made_ms, 8);
    put_number(s->room->open + 8, content->database_bytes, 8);
    put_number(s->room->open + 16, content->keys_bytes, 4);
    memcpy(s->room->open + 20, content->keys, content->keys_bytes);
    chunk_write(s, sizeof s->room->open, true, false);
    sodium_memzero(s->room->open, sizeof s->room->open);
}

static enum bw_status
database_write(struct backup_sealing *s, uint64_t bytes, struct bw_progress *progress,
    struct bw_error *err)
{
    uint64_t done = 0;
    while (done < bytes) {
        size_t more = bytes - done < sizeof s->room->open ? (size_t)(bytes - done)
                                                          : sizeof s->room->open;
        if (fread(s->room->open, 1, more, s->database) != more) {
            return bw_error_set(err, BW_IO, ferror(s->database) != 0 ? errno : 0,
                "sealing the database's copy: it can't be read to its end; check the "
                "disk and try again");
        }
        done += more;
        chunk_write(s, more, false, done == bytes);
        bw_progress_step(progress, "bytes", (int64_t)done, (int64_t)bytes);
    }
    return BW_OK;
}

enum bw_status
bw_backup_write(FILE *to, const char *phrase, const struct bw_backup_cost *cost,
    const struct bw_backup_content *content, FILE *database, struct bw_progress *progress,
    struct bw_error *err)
{
    assert(content->database_bytes > 0 && content->keys_bytes > 0 &&
           content->keys_bytes <= BW_BACKUP_KEYS_MAX);
    struct backup_sealing s = {
        .to = to, .database = database, .room = bw_backup_room_make()};
    if (s.room == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, ENOMEM,
            "sealing a backup: there is no memory "
            "left; close other programs and try again");
    }
    enum bw_status status = head_write(&s, phrase, cost, err);
    if (status == BW_OK) {
        content_write(&s, content);
        status = database_write(&s, content->database_bytes, progress, err);
    }
    bw_backup_room_drop(s.room);
    sodium_memzero(&s, sizeof s);
    return status;
}
