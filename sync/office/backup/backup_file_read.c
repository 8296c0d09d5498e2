/* Opening a backup, whose file may be anybody's: see backup_file.h. One thread. */
#include "office/backup/backup_head.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { PASSES_MAX = 16, KIB_LEAST = 8, KIB_MAX = 1024 * 1024 }; /* F2 */

struct backup_opening {
    FILE *from, *database;
    const char *name;
    struct bw_backup_room *room;
    crypto_secretstream_xchacha20poly1305_state stream;
    unsigned char head[BW_BACKUP_HEAD_BYTES];
};

/* What is wrong with a chunk of the file. */
enum backup_fault { CHUNK_HOLDS, CHUNK_CUT, CHUNK_UNREADABLE, CHUNK_WRONG };

void
bw_backup_content_finish(struct bw_backup_content *content)
{
    if (content != NULL && content->keys != NULL) {
        sodium_memzero(content->keys, content->keys_bytes);
        free(content->keys);
        *content = (struct bw_backup_content){.keys = NULL};
    }
}

static uint64_t
get_number(const unsigned char *at, int bytes)
{
    uint64_t number = 0;
    for (int i = 0; i < bytes; i++) {
        number = number << 8 | at[i];
    }
    return number;
}

enum bw_status
bw_backup_content_read(
    const unsigned char *chunk, size_t length, struct bw_backup_content *ret_content)
{
    if (length != BW_BACKUP_CHUNK_BYTES) {
        return BW_BAD_INPUT;
    }
    uint64_t made = get_number(chunk, 8), database = get_number(chunk + 8, 8);
    uint64_t keys = get_number(chunk + 16, 4);
    if (made > INT64_MAX || database == 0 || database > INT64_MAX || keys == 0 ||
        keys > BW_BACKUP_KEYS_MAX) {
        return BW_BAD_INPUT;
    }
    struct bw_backup_content content = {
        (int64_t)made, database, malloc((size_t)keys), (size_t)keys};
    if (content.keys == NULL) {
        return BW_NO_MEMORY;
    }
    memcpy(content.keys, chunk + 20, content.keys_bytes);
    *ret_content = content;
    return BW_OK;
}

static enum bw_status
no_memory(const char *name, struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, ENOMEM,
        "opening %s: there is no memory left; close other programs and try again", name);
}

/* ---- the head ---- */

static enum bw_status
head_look(const struct backup_opening *o, struct bw_error *err)
{
    unsigned char sum[BW_BACKUP_SUM_BYTES];
    if (memcmp(o->head, BW_BACKUP_MAGIC, sizeof BW_BACKUP_MAGIC - 1) != 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "opening %s: it is no backup that this program made; give the right file",
            o->name);
    }
    if (o->head[BW_BACKUP_AT_VERSION] > BW_BACKUP_VERSION) {
        return bw_error_set(err, BW_NEWER, 0,
            "opening %s: a newer version of this program made it; update this program",
            o->name);
    }
    bw_backup_head_sum(o->head, sum);
    uint64_t passes = get_number(o->head + BW_BACKUP_AT_PASSES, 4);
    uint64_t kib = get_number(o->head + BW_BACKUP_AT_KIB, 4);
    if (memcmp(o->head + BW_BACKUP_AT_SUM, sum, sizeof sum) != 0 ||
        o->head[BW_BACKUP_AT_VERSION] != BW_BACKUP_VERSION || passes < 1 ||
        passes > PASSES_MAX || kib < KIB_LEAST || kib > KIB_MAX) {
        return bw_error_set(err, BW_CORRUPT, 0,
            "opening %s: its head is damaged; take another copy of it, or an older "
            "backup",
            o->name);
    }
    return BW_OK;
}

static enum bw_status
head_read(struct backup_opening *o, const char *phrase, struct bw_error *err)
{
    unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
    (void)fread(o->head, 1, sizeof o->head, o->from); /* one that is short has no sum */
    enum bw_status status = head_look(o, err);
    if (status != BW_OK) {
        return status;
    }
    const struct bw_backup_cost cost = {
        (uint32_t)get_number(o->head + BW_BACKUP_AT_PASSES, 4),
        (uint32_t)get_number(o->head + BW_BACKUP_AT_KIB, 4)};
    status = bw_backup_key(phrase, &cost, o->head + BW_BACKUP_AT_SALT, key, err);
    if (status == BW_OK && crypto_secretstream_xchacha20poly1305_init_pull(
                               &o->stream, o->head + BW_BACKUP_AT_STREAM, key) != 0) {
        status = bw_error_set(err, BW_CORRUPT, 0,
            "opening %s: its head is damaged; take another copy of it", o->name);
    }
    sodium_memzero(key, sizeof key);
    return status;
}

/* ---- chunks ---- */

static enum backup_fault
chunk_read(struct backup_opening *o, bool first, size_t *ret_bytes, bool *ret_final)
{
    unsigned long long opened = 0;
    unsigned char tag = 0;
    size_t bytes = fread(o->room->sealed, 1, sizeof o->room->sealed, o->from);
    if (ferror(o->from) != 0) {
        return CHUNK_UNREADABLE;
    }
    if (bytes <= crypto_secretstream_xchacha20poly1305_ABYTES) {
        return CHUNK_CUT;
    }
    if (crypto_secretstream_xchacha20poly1305_pull(&o->stream, o->room->open, &opened,
            &tag, o->room->sealed, bytes, first ? o->head : NULL,
            first ? sizeof o->head : 0) != 0) {
        return bytes < sizeof o->room->sealed ? CHUNK_CUT : CHUNK_WRONG;
    }
    *ret_bytes = (size_t)opened;
    *ret_final = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    return CHUNK_HOLDS;
}

/* The sentence of a chunk that doesn't hold, `done` bytes of the database after the
 * first; -1 is that one. */
static enum bw_status
chunk_refuse(const struct backup_opening *o, enum backup_fault fault, int64_t done,
    struct bw_error *err)
{
    switch (fault) {
    case CHUNK_CUT:
        return bw_error_set(err, BW_CORRUPT, 0,
            "opening %s: it is cut or damaged, its end isn't there; take another copy "
            "of it, or an older backup",
            o->name);
    case CHUNK_UNREADABLE:
        return bw_error_set(err, BW_IO, EIO,
            "opening %s: the disk or stick can't be read; take another copy of it",
            o->name);
    case CHUNK_HOLDS:
    case CHUNK_WRONG:
        break;
    }
    return done < 0
               ? bw_error_set(err, BW_REFUSED, 0,
                     "opening %s: this phrase doesn't open it; type it as it was written "
                     "down (or else the file's beginning is damaged: take another copy)",
                     o->name)
               : bw_error_set(err, BW_CORRUPT, 0,
                     "opening %s: it is damaged; take another copy of it, or an older "
                     "backup",
                     o->name);
}

static enum bw_status
content_read(
    struct backup_opening *o, struct bw_backup_content *ret_content, struct bw_error *err)
{
    size_t bytes = 0;
    bool final = false;
    enum backup_fault fault = chunk_read(o, true, &bytes, &final);
    if (fault != CHUNK_HOLDS) {
        return chunk_refuse(o, fault, -1, err);
    }
    enum bw_status status =
        final ? BW_BAD_INPUT : bw_backup_content_read(o->room->open, bytes, ret_content);
    if (status == BW_NO_MEMORY) {
        return no_memory(o->name, err);
    }
    return status == BW_OK ? BW_OK : chunk_refuse(o, CHUNK_WRONG, 0, err);
}

/* F1: whatever was written counts once this is BW_OK. */
static enum bw_status
database_read(struct backup_opening *o, uint64_t bytes, struct bw_progress *progress,
    struct bw_error *err)
{
    uint64_t done = 0;
    for (bool final = false; !final;) {
        size_t more = 0;
        enum backup_fault fault = chunk_read(o, false, &more, &final);
        if (fault != CHUNK_HOLDS) {
            return chunk_refuse(o, fault, (int64_t)done, err);
        }
        if (more > bytes - done) {
            return chunk_refuse(o, CHUNK_WRONG, (int64_t)done, err);
        }
        if (fwrite(o->room->open, 1, more, o->database) != more) {
            return bw_error_set(err, errno == ENOSPC ? BW_FULL : BW_IO, errno,
                "writing what %s holds: %s; make room and try again", o->name,
                bw_said(strerror(errno)));
        }
        done += more;
        bw_progress_step(progress, "bytes", (int64_t)done, (int64_t)bytes);
    }
    return done == bytes && fgetc(o->from) == EOF && ferror(o->from) == 0
               ? BW_OK
               : chunk_refuse(o, CHUNK_WRONG, (int64_t)done, err);
}

enum bw_status
bw_backup_read(FILE *from, const char *name, const char *phrase, FILE *database,
    struct bw_backup_content *ret_content, struct bw_progress *progress,
    struct bw_error *err)
{
    struct backup_opening o = {
        .from = from, .database = database, .name = name, .room = bw_backup_room_make()};
    struct bw_backup_content content = {.keys = NULL};
    if (o.room == NULL) {
        return no_memory(name, err);
    }
    enum bw_status status = head_read(&o, phrase, err);
    if (status == BW_OK) {
        status = content_read(&o, &content, err);
    }
    if (status == BW_OK) {
        status = database_read(&o, content.database_bytes, progress, err);
    }
    bw_backup_room_drop(o.room);
    sodium_memzero(&o, sizeof o);
    if (status == BW_OK) {
        *ret_content = content;
    } else {
        bw_backup_content_finish(&content);
    }
    return status;
}
