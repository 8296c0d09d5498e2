/* A backup's file: nothing but what was sealed opens, and what is sealed in it may be
 * anything. The first byte says which of the two is tried. */
#include "fuzz.h"

#include "office/backup/backup_file.h"

#include <brugwachter/core.h>
#include <stdbool.h>
#include <string.h>

#define PHRASE "molen dijk appel brug molen dijk"

enum { FILE_BYTES = 2 * BW_BACKUP_CHUNK_BYTES };

static unsigned char sealed[FILE_BYTES];
static const struct bw_backup_cost cheap = {1, 8};

/* Seals a small office; how long the file is. */
static size_t
seal(void)
{
    unsigned char database[] = "a database", keys[] = "keys";
    struct bw_backup_content content = {1, sizeof database, keys, sizeof keys};
    FILE *from = fmemopen(database, sizeof database, "rb");
    FILE *to = fmemopen(sealed, sizeof sealed, "wb");
    FUZZ_CHECK(from != NULL && to != NULL);
    FUZZ_CHECK(bw_backup_write(to, PHRASE, &cheap, &content, from, NULL, NULL) == BW_OK);
    long there = ftell(to);
    (void)fclose(from);
    (void)fclose(to);
    FUZZ_CHECK(there > BW_BACKUP_HEAD_BYTES);
    return (size_t)there;
}

static void
open_bytes(unsigned char *bytes, size_t length, bool same)
{
    static char room[FILE_BYTES];
    struct bw_error err = {.text = ""};
    struct bw_backup_content content = {.keys = NULL};
    FILE *from = fmemopen(bytes, length, "rb");
    FILE *to = fmemopen(room, sizeof room, "wb");
    FUZZ_CHECK(from != NULL && to != NULL);
    enum bw_status status = bw_backup_read(from, "b", PHRASE, to, &content, NULL, &err);
    FUZZ_CHECK(status != BW_OK || same);
    FUZZ_CHECK(status == BW_OK || (err.text[0] != '\0' && content.keys == NULL));
    bw_backup_content_finish(&content);
    (void)fclose(from);
    (void)fclose(to);
}

static void
read_content(const uint8_t *bytes, size_t length)
{
    static unsigned char chunk[BW_BACKUP_CHUNK_BYTES];
    struct bw_backup_content content = {.keys = NULL};
    memset(chunk, 0, sizeof chunk);
    memcpy(chunk, bytes, length < sizeof chunk ? length : sizeof chunk);
    if (bw_backup_content_read(chunk, sizeof chunk, &content) == BW_OK) {
        FUZZ_CHECK(content.keys_bytes >= 1 && content.keys_bytes <= BW_BACKUP_KEYS_MAX);
        FUZZ_CHECK(content.database_bytes > 0 && content.made_ms >= 0);
        FUZZ_CHECK(memcmp(content.keys, chunk + 20, content.keys_bytes) == 0);
    }
    bw_backup_content_finish(&content);
}

/* Each three bytes: where one of the file changes, and into what. */
static void
open_bent(const uint8_t *bytes, size_t length)
{
    static unsigned char before[FILE_BYTES];
    size_t there = seal();
    memcpy(before, sealed, there);
    open_bytes(sealed, there, true);
    for (size_t i = 0; i + 2 < length; i += 3) {
        sealed[((size_t)bytes[i] << 8 | bytes[i + 1]) % there] = bytes[i + 2];
    }
    open_bytes(sealed, there, memcmp(before, sealed, there) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    FUZZ_CHECK(bw_core_init(NULL) == BW_OK);
    if (length < 2) {
        return 0;
    }
    length = length < sizeof sealed ? length : sizeof sealed;
    if (bytes[0] % 3 == 0) {
        memcpy(sealed, bytes + 1, length - 1);
        open_bytes(sealed, length - 1, false);
    } else if (bytes[0] % 3 == 1) {
        open_bent(bytes + 1, length - 1);
    } else {
        read_content(bytes + 1, length - 1);
    }
    return 0;
}
