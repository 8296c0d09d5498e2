/* How a page is answered, and what models are made of: see visit.h. */
#include "web/desk/visit.h"

#include "central/records.h"
#include "office/contact.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void
bw_web_set(json_t **inout_object, const char *name, json_t *value)
{
    if (*inout_object == NULL || json_object_set_new(*inout_object, name, value) != 0) {
        if (*inout_object == NULL) {
            json_decref(value);
        }
        json_decref(*inout_object);
        *inout_object = NULL;
    }
}

void
bw_web_add(json_t **inout_list, json_t *entry)
{
    if (*inout_list == NULL || json_array_append_new(*inout_list, entry) != 0) {
        if (*inout_list == NULL) {
            json_decref(entry);
        }
        json_decref(*inout_list);
        *inout_list = NULL;
    }
}

json_t *
bw_web_text(const char *text)
{
    json_t *value = json_string(text);
    if (value == NULL) { /* no UTF-8, in a file that somebody made; or no memory */
        char *copy = strdup(text);
        for (char *c = copy; c != NULL && *c != '\0'; c++) {
            *c = (unsigned char)*c < 0x80 ? *c : '?';
        }
        value = copy != NULL ? json_string(copy) : NULL;
        free(copy);
    }
    return value;
}

bool
bw_web_is_today(
    const struct bw_web_visit *visit, const struct bw_zone *zone, int64_t wall_ms)
{
    int64_t now_ms = bw_office_now_ms(&visit->desk->office);
    return bw_zone_day_start(zone, wall_ms) == bw_zone_day_start(zone, now_ms);
}

json_t *
bw_web_sentence(const struct bw_web_visit *visit, const char *key)
{
    struct bw_web_tongue tongue = bw_web_tongue_of(visit->language);
    return json_string(tongue.say(tongue.context, key, 2));
}

json_t *
bw_web_when(const struct bw_web_visit *visit, const struct bw_zone *zone,
    enum bw_web_moment how, int64_t wall_ms)
{
    char text[BW_WEB_MOMENT_BYTES] = "";
    if (wall_ms != 0) {
        bool bare = how == BW_WEB_MOMENT_SHORT && bw_web_is_today(visit, zone, wall_ms);
        bw_web_moment(
            visit->language, zone, bare ? BW_WEB_MOMENT_TIME : how, wall_ms, text);
    }
    return json_string(text);
}

json_t *
bw_web_code(bw_code code)
{
    char shown[BW_CODE_SHOWN_BYTES] = "";
    if (code != BW_CODE_NONE) {
        bw_code_format_shown(code, shown);
    }
    return json_string(shown);
}

struct bw_zone *
bw_web_zone_of(const struct bw_web_visit *visit, const struct bw_session *session)
{
    struct bw_zone *zone = NULL;
    return bw_zone_open(session->timezone, &zone, NULL) == BW_OK ? zone
                                                                 : visit->desk->zone;
}

void
bw_web_zone_close(const struct bw_web_visit *visit, struct bw_zone *zone)
{
    if (zone != visit->desk->zone) {
        bw_zone_close(zone);
    }
}

json_t *
bw_web_bar(int64_t taken, int64_t free_places, int64_t waiting, int64_t capacity)
{
    enum { UNITS = 2, WIDE = 160, GAP = 5 };
    int64_t most = capacity > WIDE / UNITS / 2 ? capacity * 2 : WIDE / UNITS;
    int64_t taken_w = taken * WIDE / most, free_w = free_places * WIDE / most;
    int64_t waits_w = waiting * WIDE / most, waits_x = taken_w + free_w + GAP;
    waits_w = waits_x + waits_w > WIDE ? WIDE - waits_x : waits_w;
    free_w = free_places > 0 && free_w < 2 ? 2 : free_w;
    return json_pack("{s:I, s:I, s:I, s:I, s:I}", "taken_w", (json_int_t)taken_w,
        "free_x", (json_int_t)taken_w + 1, "free_w", (json_int_t)free_w, "waits_x",
        (json_int_t)waits_x, "waits_w", (json_int_t)(waits_w > 0 ? waits_w : 0));
}

json_t *
bw_web_state_chip(const struct bw_web_visit *visit, enum bw_session_state state)
{
    static const struct {
        const char *kind, *icon, *key;
    } chips[] = {
        [BW_SESSION_PLANNED] = {"dicht", "calendar", "state.planned"},
        [BW_SESSION_TODAY] = {"nu", "sun", "state.today"},
        [BW_SESSION_HELD] = {"rust", "history", "state.held"},
        [BW_SESSION_CANCELLED] = {"rust", "close", "state.cancelled"},
        [BW_SESSION_CLOSED] = {"ok", "lock", "state.closed"},
    };
    return json_pack("{s:s, s:s, s:o}", "kind", chips[state].kind, "icon",
        chips[state].icon, "word", bw_web_sentence(visit, chips[state].key));
}

enum bw_status
bw_web_is_fresh(const struct bw_web_visit *visit, bool *ret_fresh, struct bw_error *err)
{
    struct bw_central *central = visit->desk->office.central;
    struct bw_office_contact contact;
    int64_t sessions = 0;
    enum bw_status status = bw_office_contact_read(central, &contact, err);
    if (status == BW_OK) {
        status = bw_central_number(
            central, "SELECT count(*) FROM session", NULL, 0, 0, &sessions, err);
    }
    *ret_fresh = status == BW_OK && sessions == 0 && contact.organiser[0] == '\0';
    return status;
}

/* ---- answers ---- */

void
bw_web_encode(const char *text, char *ret_text, size_t capacity)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-._~";
    size_t used = 0;
    for (; *text != '\0' && used + 4 <= capacity; text++) {
        if (strchr(plain, *text) != NULL) {
            ret_text[used++] = *text;
        } else {
            used += (size_t)snprintf(ret_text + used, capacity - used, "%%%02X",
                (unsigned)(unsigned char)*text);
        }
    }
    ret_text[used] = '\0';
}

void
bw_web_path(const struct bw_web_request *request, char *ret_path, size_t capacity)
{
    size_t used = 0;
    (void)snprintf(ret_path, capacity, "/");
    for (int i = 0; i < request->segments_count && used + 2 < capacity; i++) {
        ret_path[used++] = '/';
        bw_web_encode(request->segments[i], ret_path + used, capacity - used);
        used += strlen(ret_path + used);
    }
}

void
bw_web_go(struct bw_web_visit *visit, const char *format, ...)
{
    enum { HTTP_SEE_OTHER = 303 };
    struct bw_web_reply *reply = visit->reply;
    va_list args;
    va_start(args, format);
    int length = vsnprintf(reply->location, sizeof reply->location, format, args);
    va_end(args);
    if (length < 0 || (size_t)length >= sizeof reply->location) {
        (void)strcpy(reply->location, "/");
    }
    reply->status = HTTP_SEE_OTHER;
    reply->personal = true;
}

void
bw_web_go_back(struct bw_web_visit *visit, const char *otherwise)
{
    struct bw_web_request page = {.fields = NULL};
    char path[BW_WEB_TARGET_BYTES_MAX] = "";
    const char *wanted = bw_web_request_sent(visit->request, "naar");
    if (wanted[0] != '\0' && bw_web_request_target(&page, wanted, NULL) == BW_OK) {
        bw_web_path(&page, path, sizeof path);
    }
    bw_web_request_finish(&page);
    bw_web_go(visit, "%s", path[0] != '\0' ? path : otherwise);
}

/* The value of the name that `at` begins with in braces; false where it's none. */
static bool
put_braced(const struct bw_web_tongue *tongue, const char *at, const json_t *values,
    FILE *to, size_t *ret_bytes)
{
    char name[BW_LABEL_BYTES], number[BW_WEB_NUMBER_BYTES];
    size_t length = strcspn(at + 1, "}");
    if (at[length + 1] != '}' || length >= sizeof name) {
        return false;
    }
    (void)snprintf(name, sizeof name, "%.*s", (int)length, at + 1);
    const json_t *value = json_object_get(values, name);
    if (json_is_string(value)) {
        (void)fputs(json_string_value(value), to);
    } else if (json_is_integer(value)) {
        bw_web_template_number(tongue, name, json_integer_value(value), number);
        (void)fputs(number, to);
    } else {
        return false;
    }
    *ret_bytes = length + 2;
    return true;
}

json_t *
bw_web_filled(const struct bw_web_visit *visit, const char *key, json_t *values)
{
    struct bw_web_tongue tongue = bw_web_tongue_of(visit->language);
    const json_t *number = json_object_get(values, "n");
    const char *at = tongue.say(tongue.context, key,
        json_is_integer(number) ? (unsigned long)json_integer_value(number) : 2);
    char *text = NULL;
    size_t bytes = 0;
    FILE *to = open_memstream(&text, &bytes);
    while (to != NULL && *at != '\0') {
        size_t taken = 0;
        if (*at == '{' && put_braced(&tongue, at, values, to, &taken)) {
            at += taken;
        } else {
            (void)fputc(*at++, to);
        }
    }
    bool lost = to == NULL || fclose(to) != 0;
    json_t *filled = lost ? NULL : bw_web_text(text);
    free(text);
    json_decref(values);
    return filled;
}

void
bw_web_said(struct bw_web_visit *visit, const char *key, json_t *values, int64_t step)
{
    json_t *filled = bw_web_filled(visit, key, values);
    struct bw_web_said *said = &visit->session->said;
    bw_text_copy(
        said->text, sizeof said->text, filled != NULL ? json_string_value(filled) : key);
    said->step = step;
    said->steps_count = 0;
    said->redo = false;
    said->password[0] = '\0';
    json_decref(filled);
}
