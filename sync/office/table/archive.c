/* A ZIP archive in memory: see archive.h. libarchive reads from front to back, so a
 * member is looked for from the front each time. */
#include "office/table/archive.h"

#include "central/base/array.h"

#include <brugwachter/said.h>
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MEMBERS_MAX = 1000, PIECE_BYTES = 64 * 1024, NAME_BYTES = 4096 };

struct bw_archive {
    const unsigned char *bytes;
    size_t length;
    const char *file;
    char **names;
    size_t names_count, names_capacity;
    int64_t unpacked;
};

bool
bw_archive_is(const unsigned char *bytes, size_t length)
{
    return length > 4 && memcmp(bytes, "PK\003\004", 4) == 0;
}

static enum bw_status
no_memory(const char *file, struct bw_error *err)
{
    return bw_error_set(
        err, BW_NO_MEMORY, ENOMEM, "importing %s: there's no memory left", file);
}

/* An archive ends with a record of where its list of members is (APPNOTE.TXT, 4.3.16),
 * behind which only a remark stands. */
static bool
has_end(const unsigned char *bytes, size_t length)
{
    static const unsigned char mark[] = {'P', 'K', 5, 6};
    const size_t record = 22, remark_max = 65535;
    size_t least = length > record + remark_max ? length - record - remark_max : 0;
    for (size_t at = length < record ? 0 : length - record + 1; at > least; at--) {
        if (memcmp(bytes + at - 1, mark, sizeof mark) == 0) {
            return true;
        }
    }
    return false;
}

/* From the front; NULL without memory. */
static struct archive *
front(const struct bw_archive *archive)
{
    struct archive *reading = archive_read_new();
    if (reading != NULL && (archive_read_support_format_zip(reading) != ARCHIVE_OK ||
                               archive_read_open_memory(reading, archive->bytes,
                                   archive->length) != ARCHIVE_OK)) {
        (void)archive_read_free(reading);
        return NULL;
    }
    return reading;
}

/* The next member; false at the end and where it is damaged. */
static bool
member_next(struct archive *reading, struct archive_entry **ret_member)
{
    int result = archive_read_next_header(reading, ret_member);
    return result == ARCHIVE_OK || result == ARCHIVE_WARN;
}

/* Windows packed names in the code page of its consoles, and says nothing of it; where
 * that is none here, what isn't ASCII becomes '?'. */
static void
name_read_old(const char *raw, char ret_name[NAME_BYTES])
{
    iconv_t from = iconv_open("UTF-8", "CP850");
    char *in = (char *)(uintptr_t)raw, *out = ret_name;
    size_t in_bytes = strlen(raw), out_bytes = NAME_BYTES - 1;
    /* NOLINTNEXTLINE(performance-no-int-to-ptr): as iconv_open says that it failed */
    bool fine = from != (iconv_t)-1 &&
                iconv(from, &in, &in_bytes, &out, &out_bytes) != (size_t)-1;
    if (from != (iconv_t)-1) {
        (void)iconv_close(from);
    }
    *out = '\0';
    if (!fine) {
        (void)snprintf(ret_name, NAME_BYTES, "%s", raw);
        for (char *c = ret_name; *c != '\0'; c++) {
            *c = (unsigned char)*c < 0x80 ? *c : '?';
        }
    }
}

/* "" for one that is a folder. */
static void
name_read(struct archive_entry *member, char ret_name[NAME_BYTES])
{
    const char *name = archive_entry_pathname_utf8(member);
    const char *raw = name == NULL ? archive_entry_pathname(member) : NULL;
    ret_name[0] = '\0';
    if (archive_entry_filetype(member) != AE_IFREG) {
        return;
    }
    if (name != NULL) {
        (void)snprintf(ret_name, NAME_BYTES, "%s", name);
    } else if (raw != NULL) {
        name_read_old(raw, ret_name);
    }
}

static enum bw_status
names_read(struct bw_archive *archive, struct archive *reading, struct bw_error *err)
{
    struct archive_entry *member = NULL;
    while (archive->names_count < MEMBERS_MAX && member_next(reading, &member)) {
        char text[NAME_BYTES];
        name_read(member, text);
        char **name = bw_array_more(&archive->names, &archive->names_count,
            &archive->names_capacity, sizeof *name);
        if (name == NULL || (*name = strdup(text)) == NULL) {
            return no_memory(archive->file, err);
        }
        int64_t size = archive_entry_size(member);
        archive->unpacked += size > 0 && size < INT64_MAX / MEMBERS_MAX ? size : 0;
    }
    bool fine = archive->names_count > 0 && archive_errno(reading) == 0;
    return fine ? BW_OK
                : bw_error_set(err, BW_BAD_INPUT, 0,
                      "importing %s: it is damaged; download it or have it sent again",
                      archive->file);
}

enum bw_status
bw_archive_open(const unsigned char *bytes, size_t length, const char *file,
    struct bw_archive **ret_archive, struct bw_error *err)
{
    struct bw_archive *archive = calloc(1, sizeof *archive);
    if (archive == NULL) {
        return no_memory(file, err);
    }
    *archive = (struct bw_archive){.bytes = bytes, .length = length, .file = file};
    if (!has_end(bytes, length)) {
        bw_archive_close(archive);
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: the end of the file is missing: it was cut off on the way; "
            "download it or have it sent again",
            file);
    }
    struct archive *reading = front(archive);
    enum bw_status status =
        reading != NULL ? names_read(archive, reading, err) : no_memory(file, err);
    (void)archive_read_free(reading);
    if (status != BW_OK) {
        bw_archive_close(archive);
        return status;
    }
    *ret_archive = archive;
    return BW_OK;
}

void
bw_archive_close(struct bw_archive *archive)
{
    if (archive != NULL) {
        for (size_t i = 0; i < archive->names_count; i++) {
            free(archive->names[i]);
        }
        free(archive->names);
        free(archive);
    }
}

int
bw_archive_count(const struct bw_archive *archive)
{
    return (int)archive->names_count;
}

int64_t
bw_archive_bytes(const struct bw_archive *archive)
{
    return archive->unpacked;
}

const char *
bw_archive_name(const struct bw_archive *archive, int member)
{
    const char *name = archive->names[member];
    return name != NULL ? name : "";
}

/* All that a member gives, up to `most_bytes`; NULL without memory. */
static unsigned char *
member_read(
    struct archive *reading, size_t most_bytes, size_t *ret_length, bool *ret_fine)
{
    unsigned char *bytes = NULL;
    size_t length = 0, capacity = 0;
    la_ssize_t more = 0;
    do {
        if (length + PIECE_BYTES + 1 > capacity) {
            capacity = (length + PIECE_BYTES + 1) * 2;
            unsigned char *bigger = realloc(bytes, capacity);
            if (bigger == NULL) {
                free(bytes);
                return NULL;
            }
            bytes = bigger;
        }
        more = archive_read_data(reading, bytes + length, PIECE_BYTES);
        length += more > 0 ? (size_t)more : 0;
    } while (more > 0 && length <= most_bytes);
    *ret_fine = more == 0 && length <= most_bytes;
    *ret_length = length;
    bytes[length] = '\0';
    return bytes;
}

enum bw_status
bw_archive_read(struct bw_archive *archive, const char *name, size_t most_bytes,
    unsigned char **ret_bytes, size_t *ret_length, struct bw_error *err)
{
    struct archive *reading = front(archive);
    struct archive_entry *member = NULL;
    bool found = false, fine = false, locked = false;
    unsigned char *bytes = NULL;
    if (reading == NULL) {
        return no_memory(archive->file, err);
    }
    for (int i = 0; !found && i < MEMBERS_MAX && member_next(reading, &member); i++) {
        char text[NAME_BYTES];
        name_read(member, text);
        found = strcmp(text, name) == 0;
        locked = found && archive_entry_is_encrypted(member) != 0;
    }
    if (found) {
        bytes = member_read(reading, most_bytes, ret_length, &fine);
    }
    (void)archive_read_free(reading);
    if (!found) {
        return bw_error_set(err, BW_NOT_FOUND, 0, "importing %s: there's no %.80s in it",
            archive->file, name);
    }
    if (bytes == NULL) {
        return no_memory(archive->file, err);
    }
    if (!fine) {
        free(bytes);
        return bw_error_set(err, BW_BAD_INPUT, 0, "importing %s: %.80s in it is %s",
            archive->file, name,
            locked ? bw_said("kept by a password; save it without one")
            : *ret_length > most_bytes
                ? bw_said("too large; save it in parts")
                : bw_said("damaged; download it or have it sent again"));
    }
    *ret_bytes = bytes;
    return BW_OK;
}
