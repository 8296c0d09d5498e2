/* A settings file as a text: see ini_text.h. */
#include "ini_text.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_BYTES_MAX = 64 * 1024, FILE_MODE = 0644, FOLDER_MODE = 0755 };

/* A line within the text. */
struct ini_line {
    size_t at, length; /* without its line break */
    size_t next;       /* where the one after it begins */
};

/* Where in the text a setting stands, or would. */
struct ini_place {
    bool section_found;
    size_t end; /* after the section's last line that isn't blank, where it comes first */
    bool found;
    bool named;           /* a setting with a name came before, in the section there */
    struct ini_line line; /* the setting's, and its value within the text */
    size_t value_at, value_length;
};

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(
        err, BW_NO_MEMORY, 0, "Changing the settings: out of memory; close programs.");
}

/* ---- reading ---- */

static enum bw_status
read_whole(struct bw_ini_text *ini, int fd, const char *path, struct bw_error *err)
{
    char *bytes = malloc(FILE_BYTES_MAX + 1);
    size_t count = 0;
    ssize_t more = 1;
    if (bytes == NULL) {
        return no_memory(err);
    }
    while (count <= FILE_BYTES_MAX && more > 0) {
        more = read(fd, bytes + count, FILE_BYTES_MAX + 1 - count);
        count += more > 0 ? (size_t)more : 0;
    }
    if (more < 0 || count > FILE_BYTES_MAX) {
        int number = more < 0 ? errno : EFBIG;
        free(bytes);
        return bw_error_set(err, BW_BAD_INPUT, number,
            "Reading the settings %s failed: %s. Is it a settings file?", path,
            bw_said(strerror(number)));
    }
    *ini = (struct bw_ini_text){.bytes = bytes, .count = count};
    return BW_OK;
}

enum bw_status
bw_ini_text_read(struct bw_ini_text *ini, const char *path, struct bw_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && errno == ENOENT) {
        return BW_OK;
    }
    if (fd < 0) {
        return bw_error_set(err, BW_IO, errno,
            "Reading the settings %s failed: %s. Run this as root, or give another "
            "folder with --settings.",
            path, bw_said(strerror(errno)));
    }
    enum bw_status status = read_whole(ini, fd, path, err);
    (void)close(fd);
    return status;
}

/* ---- lines ---- */

/* A byte order mark is of no line. */
static bool
next_line(const struct bw_ini_text *ini, struct ini_line *line)
{
    static const char mark[] = {'\xEF', '\xBB', '\xBF'};
    if (line->next >= ini->count) {
        return false;
    }
    line->at = line->next;
    if (line->at == 0 && ini->count >= sizeof mark &&
        memcmp(ini->bytes, mark, sizeof mark) == 0) {
        line->at = sizeof mark;
    }
    const char *start = ini->bytes + line->at;
    const char *end = memchr(start, '\n', ini->count - line->at);
    line->length = end != NULL ? (size_t)(end - start) : ini->count - line->at;
    line->next = line->at + line->length + (end != NULL);
    return true;
}

static bool
is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Takes the blanks off both ends. */
static void
strip(const char **start, size_t *length)
{
    while (*length > 0 && is_blank(**start)) {
        (*start)++;
        (*length)--;
    }
    while (*length > 0 && is_blank((*start)[*length - 1])) {
        (*length)--;
    }
}

static bool
is_word(const char *start, size_t length, const char *word)
{
    return length == strlen(word) && strncmp(start, word, length) == 0;
}

/* `[section]`; *ret_same: of this name. */
static bool
is_section(const struct bw_ini_text *ini, const struct ini_line *line,
    const char *section, bool *ret_same)
{
    const char *start = ini->bytes + line->at;
    size_t length = line->length;
    strip(&start, &length);
    const char *end = length > 0 ? memchr(start, ']', length) : NULL;
    if (end == NULL || *start != '[') {
        return false;
    }
    *ret_same = is_word(start + 1, (size_t)(end - start - 1), section);
    return true;
}

/* `name = value`: the place takes it where it is of this name, and knows whether it has
 * one at all. */
static void
take_setting(const struct bw_ini_text *ini, const struct ini_line *line, const char *name,
    struct ini_place *place)
{
    const char *start = ini->bytes + line->at;
    size_t before = 0;
    while (before < line->length && start[before] != '=' && start[before] != ':') {
        before++;
    }
    if (before == line->length) {
        return;
    }
    place->value_at = line->at + before + 1;
    place->value_length = line->length - before - 1;
    strip(&start, &before);
    place->found = is_word(start, before, name);
    bool is_comment = before > 0 && (*start == ';' || *start == '#');
    place->named = is_comment ? place->named : before > 0;
}

/* What is indented goes on with the setting before it, where its section has one,
 * whatever it looks like. */
static struct ini_place
find(const struct bw_ini_text *ini, const char *section, const char *name)
{
    struct ini_place place = {0};
    bool within = false, first = false;
    while (!place.found && next_line(ini, &place.line)) {
        const char *start = ini->bytes + place.line.at;
        size_t length = place.line.length;
        bool same = false;
        bool goes_on = place.named && length > 0 && is_blank(*start);
        strip(&start, &length);
        if (!goes_on && is_section(ini, &place.line, section, &same)) {
            within = same;
            first = same && !place.section_found;
            place.section_found = place.section_found || same;
            place.named = false;
        } else if (!goes_on) {
            take_setting(ini, &place.line, name, &place);
        }
        place.found = place.found && within;
        place.end = first && length > 0 ? place.line.next : place.end;
    }
    return place;
}

bool
bw_ini_text_get(const struct bw_ini_text *ini, const char *section, const char *name,
    char ret_value[BW_INI_VALUE_BYTES])
{
    struct ini_place place = find(ini, section, name);
    ret_value[0] = '\0';
    if (!place.found) {
        return false;
    }
    const char *value = ini->bytes + place.value_at;
    size_t length = place.value_length;
    for (size_t i = 1; i < length; i++) { /* a comment behind it */
        if (value[i] == ';' && is_blank(value[i - 1])) {
            length = i;
        }
    }
    strip(&value, &length);
    if (length >= BW_INI_VALUE_BYTES) {
        return false;
    }
    (void)snprintf(ret_value, BW_INI_VALUE_BYTES, "%.*s", (int)length, value);
    return true;
}

/* ---- changing ---- */

bool
bw_ini_value_fits(const char *value)
{
    size_t length = strlen(value);
    if (length >= BW_INI_VALUE_BYTES ||
        (length > 0 && (is_blank(value[0]) || is_blank(value[length - 1])))) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)value[i];
        if (byte < ' ' || byte == 0x7F || byte == ';') {
            return false;
        }
    }
    return true;
}

/* `with` in the place of the bytes from..to. */
static enum bw_status
put_between(struct bw_ini_text *ini, size_t from, size_t to, const char *with,
    struct bw_error *err)
{
    size_t more = strlen(with);
    size_t count = ini->count - (to - from) + more;
    char *bytes = malloc(count > 0 ? count : 1);
    if (bytes == NULL) {
        return no_memory(err);
    }
    if (ini->count > 0) {
        memcpy(bytes, ini->bytes, from);
        memcpy(bytes + from + more, ini->bytes + to, ini->count - to);
    }
    memcpy(bytes + from, with, more);
    free(ini->bytes);
    *ini = (struct bw_ini_text){.bytes = bytes, .count = count};
    return BW_OK;
}

/* Takes out what goes on with the setting that ends at `at`: it would go on with the one
 * before. Comments between stay. */
static enum bw_status
drop_rest(struct bw_ini_text *ini, size_t at, struct bw_error *err)
{
    struct ini_line line = {.next = at};
    enum bw_status status = BW_OK;
    while (status == BW_OK && next_line(ini, &line)) {
        const char *start = ini->bytes + line.at;
        size_t length = line.length;
        bool indented = length > 0 && is_blank(*start);
        strip(&start, &length);
        if (length == 0 || *start == ';' || *start == '#') {
            continue;
        }
        if (!indented) {
            break;
        }
        status = put_between(ini, line.at, line.next, "", err);
        line.next = line.at;
    }
    return status;
}

static enum bw_status
take_out(
    struct bw_ini_text *ini, const char *section, const char *name, struct bw_error *err)
{
    struct ini_place place = find(ini, section, name);
    enum bw_status status = BW_OK;
    while (status == BW_OK && place.found) {
        status = drop_rest(ini, place.line.next, err);
        if (status == BW_OK) {
            status = put_between(ini, place.line.at, place.line.next, "", err);
        }
        place = find(ini, section, name);
    }
    return status;
}

/* A section's head may be indented where no setting stands before it: behind the one that
 * now ends at `at` it would go on with that. */
static enum bw_status
keep_next_head(struct bw_ini_text *ini, size_t at, struct bw_error *err)
{
    struct ini_line line = {.next = at};
    while (next_line(ini, &line)) {
        const char *start = ini->bytes + line.at;
        size_t length = line.length;
        strip(&start, &length);
        if (length > 0) {
            size_t text_at = (size_t)(start - ini->bytes);
            return put_between(ini, line.at, text_at, "", err);
        }
    }
    return BW_OK;
}

static enum bw_status
add_setting(struct bw_ini_text *ini, const struct ini_place *place, const char *section,
    const char *name, const char *value, struct bw_error *err)
{
    char text[2 * BW_INI_VALUE_BYTES + 64];
    size_t at = place->section_found ? place->end : ini->count;
    bool open = at > 0 && ini->bytes[at - 1] != '\n'; /* the last line, without an end */
    if (place->section_found) {
        (void)snprintf(text, sizeof text, "%s%s = %s\n", open ? "\n" : "", name, value);
    } else {
        (void)snprintf(text, sizeof text, "%s%s[%s]\n%s = %s\n", open ? "\n" : "",
            at > 0 ? "\n" : "", section, name, value);
    }
    enum bw_status status = put_between(ini, at, at, text, err);
    return status == BW_OK ? keep_next_head(ini, at + strlen(text), err) : status;
}

enum bw_status
bw_ini_text_set(struct bw_ini_text *ini, const char *section, const char *name,
    const char *value, struct bw_error *err)
{
    char text[2 * BW_INI_VALUE_BYTES + 64];
    if (value == NULL) {
        return take_out(ini, section, name, err);
    }
    assert(bw_ini_value_fits(value) && strlen(section) + strlen(name) < 60);
    struct ini_place place = find(ini, section, name);
    if (place.found) {
        (void)snprintf(text, sizeof text, "%s = %s", name, value);
        size_t end = place.line.at + place.line.length;
        enum bw_status status = drop_rest(ini, place.line.next, err);
        return status == BW_OK ? put_between(ini, place.line.at, end, text, err) : status;
    }
    return add_setting(ini, &place, section, name, value, err);
}

/* ---- writing ---- */

static enum bw_status
cannot_write(const char *path, int number, struct bw_error *err)
{
    bool barred = number == EACCES || number == EPERM || number == EROFS;
    return bw_error_set(err,
        barred             ? BW_READ_ONLY
        : number == ENOSPC ? BW_FULL
                           : BW_IO,
        number, "Writing the settings %s failed: %s. %s", path, bw_said(strerror(number)),
        barred
            ? bw_said("Run this as root, or give another folder with --settings.")
            : bw_said("Make room on the disk, or give another folder with --settings."));
}

static bool
write_whole(int fd, const struct bw_ini_text *ini)
{
    size_t done = 0;
    while (done < ini->count) {
        ssize_t more = write(fd, ini->bytes + done, ini->count - done);
        if (more <= 0) {
            return false;
        }
        done += (size_t)more;
    }
    return fchmod(fd, FILE_MODE) == 0 && fsync(fd) == 0;
}

/* That the name is on the disk too: where this fails the file is there all the same. */
static void
sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        (void)close(fd);
    }
}

enum bw_status
bw_ini_text_may_write(const char *path, struct bw_error *err)
{
    char of_folder[PATH_MAX];
    (void)snprintf(of_folder, sizeof of_folder, "%s", path);
    char *folder = dirname(of_folder);
    if (access(folder, F_OK) != 0) {
        folder = dirname(folder);
    }
    return access(folder, W_OK) == 0 ? BW_OK : cannot_write(path, errno, err);
}

enum bw_status
bw_ini_text_write(const struct bw_ini_text *ini, const char *path, struct bw_error *err)
{
    char beside[PATH_MAX], of_folder[PATH_MAX];
    if (snprintf(beside, sizeof beside, "%s.XXXXXX", path) >= (int)sizeof beside) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Writing the settings failed: the path %.80s… is too long.", path);
    }
    (void)snprintf(of_folder, sizeof of_folder, "%s", path);
    const char *folder = dirname(of_folder);
    if (mkdir(folder, FOLDER_MODE) != 0 && errno != EEXIST) {
        return cannot_write(path, errno, err);
    }
    int fd = mkostemp(beside, O_CLOEXEC);
    if (fd < 0) {
        return cannot_write(path, errno, err);
    }
    bool written = write_whole(fd, ini);
    int number = written ? 0 : errno;
    (void)close(fd);
    if (written && rename(beside, path) != 0) {
        written = false;
        number = errno;
    }
    if (!written) {
        (void)unlink(beside);
        return cannot_write(path, number, err);
    }
    sync_folder(folder);
    return BW_OK;
}

void
bw_ini_text_finish(struct bw_ini_text *ini)
{
    free(ini->bytes);
    *ini = (struct bw_ini_text){0};
}
