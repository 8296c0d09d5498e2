/* Forms with files: see multipart.h.
 *
 *   --boundary CRLF headers CRLF CRLF bytes CRLF --boundary … CRLF --boundary--
 */
#include "web/request/multipart.h"

#include <brugwachter/text.h>

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { BOUNDARY_MAX = 70, HEADERS_MAX = 2048, NAME_BYTES = 64 };

static const char form_type[] = "multipart/form-data";

static enum bw_status
bad(struct bw_error *err, const char *why)
{
    return bw_error_set(err, BW_BAD_INPUT, 0, "reading a form with files: %s", why);
}

bool
bw_web_multipart_is(const char *content_type)
{
    size_t length = sizeof form_type - 1;
    return content_type != NULL && strncasecmp(content_type, form_type, length) == 0 &&
           (content_type[length] == ';' || content_type[length] == ' ');
}

/* "--" and the boundary, as each part begins. False where there's none. */
static bool
delimiter_of(const char *content_type, char ret_delimiter[BOUNDARY_MAX + 3])
{
    static const char name[] = "boundary=";
    const char *at = strcasestr(content_type, name);
    if (at == NULL) {
        return false;
    }
    at += sizeof name - 1;
    bool quoted = *at == '"';
    at += quoted;
    size_t length = strcspn(at, quoted ? "\"" : "; \t");
    if (length == 0 || length > BOUNDARY_MAX || (quoted && at[length] != '"')) {
        return false;
    }
    (void)snprintf(ret_delimiter, BOUNDARY_MAX + 3, "--%.*s", (int)length, at);
    return true;
}

/* ---- one part ---- */

struct form_part {
    char name[NAME_BYTES];
    char file[BW_WEB_UPLOAD_NAME_BYTES];
    bool is_file, chosen; /* one of which the browser gives a name */
    const char *bytes;
    size_t length;
};

/* The value of `name="…"` in a header of `length` bytes; browsers write a quote in it as
 * %22. *ret_found tells whether it's there. False where it doesn't fit or doesn't end. */
static bool
parameter(const char *header, size_t length, const char *name, char *ret_value,
    size_t capacity, bool *ret_found)
{
    char start[NAME_BYTES];
    int start_bytes = snprintf(start, sizeof start, "; %s=\"", name);
    const char *at = memmem(header, length, start, (size_t)start_bytes);
    *ret_found = at != NULL;
    if (at == NULL) {
        return true;
    }
    at += start_bytes;
    const char *end = memchr(at, '"', length - (size_t)(at - header));
    if (end == NULL || (size_t)(end - at) >= capacity) {
        return false;
    }
    memcpy(ret_value, at, (size_t)(end - at));
    ret_value[end - at] = '\0';
    return strlen(ret_value) == (size_t)(end - at);
}

/* WM2 */
static void
name_clean(char name[BW_WEB_UPLOAD_NAME_BYTES])
{
    char clean[BW_WEB_UPLOAD_NAME_BYTES * 4 + 1];
    const char *last = name;
    for (const char *c = name; *c != '\0'; c++) {
        last = *c == '/' || *c == '\\' ? c + 1 : last;
    }
    if (bw_text_clean(last, BW_WEB_UPLOAD_NAME_BYTES, clean) != BW_TEXT_FINE ||
        clean[0] == '\0' || clean[0] == '.' ||
        strlen(clean) >= BW_WEB_UPLOAD_NAME_BYTES) {
        (void)strcpy(clean, "bestand");
    }
    (void)snprintf(
        name, BW_WEB_UPLOAD_NAME_BYTES, "%.*s", BW_WEB_UPLOAD_NAME_BYTES - 1, clean);
}

static enum bw_status
part_headers(
    const char *headers, size_t length, struct form_part *part, struct bw_error *err)
{
    static const char disposition[] = "content-disposition: form-data";
    const char *end = headers + length;
    for (const char *line = headers; line < end;) {
        const char *stop = memmem(line, (size_t)(end - line), "\r\n", 2);
        stop = stop != NULL ? stop : end;
        size_t bytes = (size_t)(stop - line);
        bool found = false;
        if (bytes > sizeof disposition - 1 &&
            strncasecmp(line, disposition, sizeof disposition - 1) == 0) {
            if (!parameter(line, bytes, "name", part->name, sizeof part->name, &found) ||
                !parameter(line, bytes, "filename", part->file, sizeof part->file,
                    &part->is_file)) {
                return bad(err, "a name in it is none");
            }
        }
        line = stop + 2;
    }
    if (part->name[0] == '\0') {
        return bad(err, "a part of it has no name");
    }
    part->chosen = part->file[0] != '\0';
    name_clean(part->file);
    return BW_OK;
}

static enum bw_status
part_take(struct bw_web_request *request, const struct form_part *part,
    struct bw_web_uploads *uploads, struct bw_error *err)
{
    if (!part->is_file) {
        return bw_web_request_add(request, part->name, part->bytes, part->length, err);
    }
    if (part->length == 0 && !part->chosen) {
        return BW_OK; /* none was chosen */
    }
    if (uploads->count == BW_WEB_UPLOADS_MAX) {
        return bw_error_set(err, BW_FULL, 0,
            "reading a form with files: there are more than %d; put them into a zip",
            BW_WEB_UPLOADS_MAX);
    }
    struct bw_web_upload *upload = &uploads->items[uploads->count++];
    memcpy(upload->name, part->file, sizeof upload->name);
    upload->bytes = part->bytes;
    upload->length = part->length;
    return BW_OK;
}

/* ---- all of them ---- */

enum bw_status
bw_web_multipart_read(struct bw_web_request *request, const char *content_type,
    const char *body, size_t bytes, struct bw_web_uploads *ret_uploads,
    struct bw_error *err)
{
    char delimiter[BOUNDARY_MAX + 3], between[BOUNDARY_MAX + 5];
    if (!bw_web_multipart_is(content_type) || !delimiter_of(content_type, delimiter)) {
        return bad(err, "it names no boundary");
    }
    size_t length = strlen(delimiter);
    int between_bytes = snprintf(between, sizeof between, "\r\n%s", delimiter);
    const char *end = body + bytes, *at = body;
    if (bytes < length || memcmp(at, delimiter, length) != 0) {
        return bad(err, "it doesn't begin with its boundary");
    }
    at += length;
    while (end - at >= 2 && memcmp(at, "\r\n", 2) == 0) {
        struct form_part part = {.name = ""};
        size_t left = (size_t)(end - at);
        const char *bare =
            memmem(at, left < HEADERS_MAX ? left : HEADERS_MAX, "\r\n\r\n", 4);
        if (bare == NULL || bare == at) {
            return bad(err, "a part of it has no end of its head");
        }
        enum bw_status status = part_headers(at + 2, (size_t)(bare - at - 2), &part, err);
        part.bytes = bare + 4;
        const char *stop = memmem(
            part.bytes, (size_t)(end - part.bytes), between, (size_t)between_bytes);
        if (status == BW_OK && stop == NULL) {
            status = bad(err, "a part of it doesn't end: it came in half");
        }
        if (status == BW_OK) {
            part.length = (size_t)(stop - part.bytes);
            status = part_take(request, &part, ret_uploads, err);
        }
        if (status != BW_OK) {
            return status;
        }
        at = stop + between_bytes;
    }
    return end - at >= 2 && memcmp(at, "--", 2) == 0 ? BW_OK : bad(err, "it doesn't end");
}
