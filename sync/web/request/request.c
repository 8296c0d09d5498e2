/* A request, taken apart: see request.h. */
#include "web/request/request.h"

#include "central/base/array.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

static enum bw_status
bad(struct bw_error *err, const char *why)
{
    return bw_error_set(err, BW_BAD_INPUT, 0, "reading a request: %s", why);
}

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0, "reading a request: no memory");
}

static int
hex_of(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* How a text comes: an address is percent-encoded, a form's fields have + for a blank
 * too, and those of a form with files are as they are. */
enum coding { CODED_PATH, CODED_FORM, UNCODED };

/* Decoded, in place of `room` (as long as `text`); a text as pages may hold it. What ends
 * a line is '\n' then; the rest of it, and tabs, are blanks. */
static enum bw_status
decode(
    const char *text, size_t bytes, enum coding coding, char *room, struct bw_error *err)
{
    size_t used = 0;
    for (size_t i = 0; i < bytes; i++) {
        unsigned c = (unsigned char)text[i];
        if (c == '%' && coding != UNCODED) {
            int high = i + 2 < bytes ? hex_of(text[i + 1]) : -1;
            int low = i + 2 < bytes ? hex_of(text[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return bad(err, "a % that begins no character");
            }
            c = (unsigned)(high * 16 + low);
            i += 2;
        } else if (c == '+' && coding == CODED_FORM) {
            c = ' ';
        }
        if (c == '\0') {
            return bad(err, "a NUL");
        }
        room[used++] = (char)(c == '\r' || c == '\t' ? ' ' : c);
    }
    room[used] = '\0';
    return BW_OK;
}

/* Each line of `room` cleaned, with '\n' between. */
static enum bw_status
take_lines(struct bw_web_request *request, char *room, char *clean,
    const char **ret_lines, struct bw_error *err)
{
    char *lines = NULL;
    size_t length = 0;
    enum bw_status status = BW_OK;
    FILE *out = open_memstream(&lines, &length);
    for (char *at = room; status == BW_OK && out != NULL && at != NULL;) {
        char *end = strchr(at, '\n');
        if (end != NULL) {
            *end = '\0';
        }
        enum bw_text_fault fault = bw_text_clean(at, BW_TEXT_CHARS_MOST, clean);
        if (fault != BW_TEXT_FINE) {
            status = bad(err, bw_said(bw_text_fault_name(fault)));
        } else {
            (void)fprintf(out, "%s%s", clean, end != NULL ? "\n" : "");
        }
        if (end != NULL) {
            *end = '\n';
        }
        at = end != NULL ? end + 1 : NULL;
    }
    if ((out == NULL || fclose(out) != 0) && status == BW_OK) {
        status = no_memory(err);
    }
    if (status == BW_OK && (*ret_lines = bw_arena_text(&request->texts, lines)) == NULL) {
        status = no_memory(err);
    }
    free(lines);
    return status;
}

/* Lines are one text, with blanks between; "" where they are too long for one. */
static bool
join_lines(char *room)
{
    bool joined = false;
    for (char *c = strchr(room, '\n'); c != NULL; c = strchr(c, '\n')) {
        *c = ' ';
        joined = true;
    }
    return joined;
}

/* A text of the request's own, and with its lines (ret_lines NULL: it has none). `clean`
 * has room for what NFC makes longer. */
static enum bw_status
take(struct bw_web_request *request, const char *text, size_t bytes, enum coding coding,
    const char **ret_text, const char **ret_lines, struct bw_error *err)
{
    char *room = malloc(bytes + 1);
    char *clean = malloc((size_t)BW_TEXT_CHARS_MOST * 4 + 1);
    enum bw_status status = room == NULL || clean == NULL
                                ? no_memory(err)
                                : decode(text, bytes, coding, room, err);
    bool lines = status == BW_OK && ret_lines != NULL && strchr(room, '\n') != NULL;
    if (lines) {
        status = take_lines(request, room, clean, ret_lines, err);
    }
    if (status == BW_OK && join_lines(room) && lines &&
        bw_text_clean(room, BW_TEXT_CHARS_MOST, clean) == BW_TEXT_TOO_LONG) {
        room[0] = '\0';
    }
    if (status == BW_OK) {
        enum bw_text_fault fault = bw_text_clean(room, BW_TEXT_CHARS_MOST, clean);
        if (fault != BW_TEXT_FINE) {
            status = bad(err, bw_said(bw_text_fault_name(fault)));
        } else if ((*ret_text = bw_arena_text(&request->texts, clean)) == NULL) {
            status = no_memory(err);
        } else if (ret_lines != NULL && !lines) {
            *ret_lines = *ret_text;
        }
    }
    free(room);
    free(clean);
    return status;
}

static enum bw_status
keep_field(
    struct bw_web_request *request, struct bw_web_field field, struct bw_error *err)
{
    if (request->fields_count == BW_WEB_FIELDS_MAX) {
        return bw_error_set(
            err, BW_FULL, 0, "reading a request: more than %d fields", BW_WEB_FIELDS_MAX);
    }
    struct bw_web_field *room = bw_array_more(&request->fields, &request->fields_count,
        &request->fields_capacity, sizeof *room);
    if (room == NULL) {
        return no_memory(err);
    }
    *room = field;
    return BW_OK;
}

/* name=value&name=value */
static enum bw_status
take_fields(struct bw_web_request *request, const char *text, size_t bytes, bool of_form,
    struct bw_error *err)
{
    enum bw_status status = BW_OK;
    const char *end = text + bytes;
    while (status == BW_OK && text < end) {
        const char *stop = memchr(text, '&', (size_t)(end - text));
        stop = stop != NULL ? stop : end;
        const char *equals = memchr(text, '=', (size_t)(stop - text));
        const char *name_end = equals != NULL ? equals : stop;
        const char *value = equals != NULL ? equals + 1 : stop;
        struct bw_web_field field = {.of_form = of_form};
        if (name_end > text) {
            status = take(request, text, (size_t)(name_end - text), CODED_FORM,
                &field.name, NULL, err);
            if (status == BW_OK) {
                status = take(request, value, (size_t)(stop - value), CODED_FORM,
                    &field.value, &field.lines, err);
            }
            status = status == BW_OK ? keep_field(request, field, err) : status;
        }
        text = stop + 1;
    }
    return status;
}

static enum bw_status
take_path(
    struct bw_web_request *request, const char *path, size_t bytes, struct bw_error *err)
{
    const char *end = path + bytes;
    if (bytes == 0 || path[0] != '/') {
        return bad(err, "an address begins with /");
    }
    path++;
    while (path < end) {
        const char *stop = memchr(path, '/', (size_t)(end - path));
        stop = stop != NULL ? stop : end;
        const char *segment = NULL;
        if (request->segments_count == BW_WEB_SEGMENTS_MAX) {
            return bad(err, "an address with more parts than any has");
        }
        enum bw_status status =
            take(request, path, (size_t)(stop - path), CODED_PATH, &segment, NULL, err);
        if (status != BW_OK) {
            return status;
        }
        if (segment[0] == '\0' || strcmp(segment, ".") == 0 ||
            strcmp(segment, "..") == 0 || strchr(segment, '/') != NULL ||
            strchr(segment, '\\') != NULL) {
            return bad(err, "a part of an address that is none"); /* WQ2 */
        }
        request->segments[request->segments_count++] = segment;
        path = stop + 1;
    }
    return BW_OK;
}

enum bw_status
bw_web_request_target(
    struct bw_web_request *request, const char *target, struct bw_error *err)
{
    size_t bytes = strlen(target);
    for (int i = 0; i < BW_WEB_SEGMENTS_MAX; i++) {
        request->segments[i] = "";
    }
    if (bytes > BW_WEB_TARGET_BYTES_MAX) {
        return bw_error_set(
            err, BW_FULL, 0, "reading a request: its address is too long");
    }
    const char *question = strchr(target, '?');
    size_t path = question != NULL ? (size_t)(question - target) : bytes;
    enum bw_status status = take_path(request, target, path, err);
    if (status == BW_OK && question != NULL) {
        status = take_fields(request, question + 1, bytes - path - 1, false, err);
    }
    return status;
}

enum bw_status
bw_web_request_form(
    struct bw_web_request *request, const char *body, size_t bytes, struct bw_error *err)
{
    if (bytes > BW_WEB_FORM_BYTES_MAX) {
        return bw_error_set(err, BW_FULL, 0, "reading a request: its form is too large");
    }
    return take_fields(request, body, bytes, true, err);
}

enum bw_status
bw_web_request_add(struct bw_web_request *request, const char *name, const char *value,
    size_t value_bytes, struct bw_error *err)
{
    struct bw_web_field field = {.of_form = true};
    if (value_bytes > BW_WEB_FORM_BYTES_MAX) {
        return bw_error_set(err, BW_FULL, 0, "reading a request: a field is too large");
    }
    enum bw_status status =
        take(request, name, strlen(name), UNCODED, &field.name, NULL, err);
    if (status == BW_OK) {
        status =
            take(request, value, value_bytes, UNCODED, &field.value, &field.lines, err);
    }
    return status == BW_OK ? keep_field(request, field, err) : status;
}

void
bw_web_request_finish(struct bw_web_request *request)
{
    if (request == NULL) {
        return;
    }
    free(request->fields);
    bw_arena_finish(&request->texts);
    *request = (struct bw_web_request){.fields = NULL};
}

static const char *
value_of(const struct bw_web_request *request, const char *name, bool of_form)
{
    for (size_t i = 0; i < request->fields_count; i++) {
        const struct bw_web_field *field = &request->fields[i];
        if (field->of_form == of_form && strcmp(field->name, name) == 0) {
            return field->value;
        }
    }
    return "";
}

const char *
bw_web_request_asked(const struct bw_web_request *request, const char *name)
{
    return value_of(request, name, false);
}

const char *
bw_web_request_sent(const struct bw_web_request *request, const char *name)
{
    return value_of(request, name, true);
}

const char *
bw_web_request_lines(const struct bw_web_request *request, const char *name)
{
    for (size_t i = 0; i < request->fields_count; i++) {
        const struct bw_web_field *field = &request->fields[i];
        if (field->of_form && strcmp(field->name, name) == 0) {
            return field->lines;
        }
    }
    return "";
}

bool
bw_web_request_cookie(
    const char *header, const char *name, char *ret_value, size_t capacity)
{
    size_t length = strlen(name);
    const char *found = NULL;
    size_t found_bytes = 0;
    for (const char *at = header; at != NULL && *at != '\0';) {
        at += strspn(at, "; ");
        size_t bytes = strcspn(at, ";");
        if (bytes > length && at[length] == '=' && strncmp(at, name, length) == 0) {
            if (found != NULL) {
                return false; /* another page of this host set one too: believe neither */
            }
            found = at + length + 1;
            found_bytes = bytes - length - 1;
        }
        at += bytes;
    }
    if (found == NULL || found_bytes + 1 > capacity) {
        return false;
    }
    memcpy(ret_value, found, found_bytes);
    ret_value[found_bytes] = '\0';
    return true;
}
