/* The desk of a test's office: see desk_help.h. */
#include "tests/sync/web/desk_help.h"

#include "cli/attendees.h"
#include "tests/sync/testing.h"
#include "web/template/wording.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static int64_t
wall_ms(const struct bw_clock *clock)
{
    return ((const struct browser *)clock->context)->wall_ms;
}

static int64_t
mono_ms(const struct bw_clock *clock)
{
    return ((const struct browser *)clock->context)->mono_ms;
}

/* Is a bw_web_command: the real program, as the command `desk` hands it in. */
static int
run_command(const void *context, const char *const words[], int count,
    struct bw_progress *progress, FILE *out, FILE *diag)
{
    const struct office *office = context;
    const char *argv[BW_WEB_ERRAND_WORDS_MAX + 8] = {
        "brugwachter-sync", "--central", office->uri, "--clock", OFFICE_DAY};
    int argc = 5;
    if (office->settings != NULL) {
        argv[argc++] = "--settings";
        argv[argc++] = office->settings;
    }
    for (int i = 0; i < count; i++) {
        argv[argc++] = words[i];
    }
    return (int)bw_sync_main_watched(
        &bw_sync_commands, argc, (char *const *)(uintptr_t)argv, progress, out, diag);
}

void
desk_open(struct browser *desk, const struct office *office)
{
    desk_open_behind(desk, office, NULL, NULL);
}

void
desk_open_behind(struct browser *desk, const struct office *office, const char *base_url,
    const char *password_file)
{
    struct bw_error err = {.text = ""};
    struct bw_zone *zone = NULL;
    *desk = (struct browser){.mono_ms = 1000};
    assert_int_equal(bw_zone_open(BW_ZONE_DEFAULT, &zone, &err), BW_OK);
    assert_int_equal(bw_zone_parse_iso(zone, OFFICE_DAY, &desk->wall_ms, &err), BW_OK);
    bw_zone_close(zone);
    bool served = strncmp(office->uri, "postgresql:", 11) == 0;
    (void)snprintf(
        desk->key_path, sizeof desk->key_path, "%s/central.key", office->folder);
    const char *keys = served ? desk->key_path : NULL;
    char beside[sizeof office->uri + 8];
    struct bw_practice_place place;
    (void)snprintf(beside, sizeof beside, "%s.key", strchr(office->uri, ':') + 1);
    desk->practice = *office;
    if (bw_practice_place_of(keys != NULL ? keys : beside, &place)) {
        (void)snprintf(
            desk->practice.uri, sizeof desk->practice.uri, "%.191s", place.uri);
    }
    struct bw_web_setup setup = {.central_uri = office->uri,
        .key_path = keys,
        .clock = {.wall_ms = wall_ms, .mono_ms = mono_ms, .context = desk},
        .who = "Anouk",
        .command = run_command,
        .command_context = office,
        .practice_context = &desk->practice,
        .base_url = base_url,
        .password_file = password_file,
        .mail_server = "smtp://127.0.0.1:1",
        .days = {.retention = 365, .backup = 7},
        .attendees = bw_cli_attendees};
    if (bw_wording_open(BW_BINARY_DIR "/locale", &err) != BW_OK ||
        bw_web_desk_open(&desk->desk, &setup, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    bw_web_guard_link(&desk->desk.guard, DESK_PORT);
}

void
desk_close(struct browser *desk)
{
    bw_web_reply_finish(&desk->reply);
    bw_web_desk_close(&desk->desk);
}

int
desk_ask(struct browser *desk, const struct bw_web_asked *asked)
{
    bw_web_reply_finish(&desk->reply);
    bw_web_answer(&desk->desk, asked, &desk->reply);
    return desk->reply.status;
}

int
desk_get(struct browser *desk, const char *target)
{
    struct bw_web_asked asked = {.method = BW_WEB_GET,
        .target = target,
        .host = "127.0.0.1:8190",
        .cookie = desk->cookie,
        .body = ""};
    return desk_ask(desk, &asked);
}

int
desk_follow(struct browser *desk)
{
    char target[BW_WEB_TARGET_BYTES_MAX];
    (void)snprintf(target, sizeof target, "%s", desk->reply.location);
    return desk_get(desk, target);
}

/* As a page of the desk would. */
static int
post(struct browser *desk, const char *target, const char *type, const char *body,
    size_t bytes)
{
    struct bw_web_asked asked = {.method = BW_WEB_POST,
        .target = target,
        .host = "127.0.0.1:8190",
        .origin = "http://127.0.0.1:8190",
        .site = "same-origin",
        .cookie = desk->cookie,
        .content_type = type,
        .body = body,
        .body_bytes = bytes};
    return desk_ask(desk, &asked);
}

int
desk_send(struct browser *desk, const char *target, const char *body)
{
    return post(desk, target, "application/x-www-form-urlencoded", body, strlen(body));
}

int
desk_post(struct browser *desk, const char *target, const char *form)
{
    char *body = NULL;
    assert_true(asprintf(&body, "teken=%s&%s", desk->token, form) > 0);
    int status = desk_send(desk, target, body);
    free(body);
    return status;
}

/* A form with files, as a browser writes it: its fields, each file, its end. */
struct giving {
    FILE *to;
    char *body;
    size_t bytes;
};

static void
give_begin(const struct browser *desk, const char *fields, struct giving *giving)
{
    *giving = (struct giving){.body = NULL};
    giving->to = open_memstream(&giving->body, &giving->bytes);
    assert_non_null(giving->to);
    (void)fprintf(giving->to,
        "--B\r\nContent-Disposition: form-data; name=\"teken\"\r\n\r\n%s", desk->token);
    for (const char *at = fields; *at != '\0';) {
        int name = (int)strcspn(at, "="), value = (int)strcspn(at + name, "&") - 1;
        (void)fprintf(giving->to,
            "\r\n--B\r\nContent-Disposition: form-data; name=\"%.*s\"\r\n\r\n%.*s", name,
            at, value, at + name + 1);
        at += name + 1 + value;
        at += *at == '&';
    }
}

static void
give_file(struct giving *giving, const char *name, const void *bytes, size_t length)
{
    (void)fprintf(giving->to,
        "\r\n--B\r\nContent-Disposition: form-data; name=\"bestand\"; "
        "filename=\"%s\"\r\nContent-Type: text/csv\r\n\r\n",
        name);
    assert_int_equal(fwrite(bytes, 1, length, giving->to), length);
}

static int
give_end(struct browser *desk, const char *target, struct giving *giving)
{
    (void)fputs("\r\n--B--\r\n", giving->to);
    assert_int_equal(fclose(giving->to), 0);
    int status = post(
        desk, target, "multipart/form-data; boundary=B", giving->body, giving->bytes);
    free(giving->body);
    return status;
}

int
desk_give(struct browser *desk, const char *target, const char *fields,
    const char *const files[], int count)
{
    struct giving giving;
    give_begin(desk, fields, &giving);
    for (int i = 0; i < count; i++) {
        give_file(&giving, files[2 * i], files[2 * i + 1], strlen(files[2 * i + 1]));
    }
    return give_end(desk, target, &giving);
}

int
desk_give_bytes(struct browser *desk, const char *target, const char *fields,
    const char *name, const void *bytes, size_t length)
{
    struct giving giving;
    give_begin(desk, fields, &giving);
    give_file(&giving, name, bytes, length);
    return give_end(desk, target, &giving);
}

int
desk_give_folder(
    struct browser *desk, const char *target, const char *folder, bool damaged)
{
    struct giving giving;
    struct dirent *entry;
    char path[600], bytes[65536];
    give_begin(desk, "", &giving);
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    while ((entry = readdir(entries)) != NULL) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        FILE *from = entry->d_name[0] != '.' ? fopen(path, "rb") : NULL;
        if (from != NULL) {
            size_t length = fread(bytes, 1, sizeof bytes, from);
            (void)fclose(from);
            bytes[length - 1] = (char)(bytes[length - 1] ^ (damaged ? 1 : 0));
            give_file(&giving, entry->d_name, bytes, length);
        }
    }
    (void)closedir(entries);
    return give_end(desk, target, &giving);
}

int
desk_wait(struct browser *desk)
{
    char target[BW_WEB_TARGET_BYTES_MAX];
    (void)snprintf(target, sizeof target, "%s", desk->reply.location);
    do { /* each answer waits a little for what is under way */
        (void)desk_get(desk, target);
    } while (desk->reply.again_s > 0);
    return desk->reply.status;
}

const char *
desk_body(const struct browser *desk)
{
    return desk->reply.body != NULL ? desk->reply.body : "";
}

/* What a person would look at of the last page. */
static const char *
middle(const struct browser *desk)
{
    const char *from = strstr(desk_body(desk), "<main");
    return from != NULL ? from : desk_body(desk);
}

void
desk_shows(const struct browser *desk, const char *text)
{
    if (strstr(desk_body(desk), text) == NULL) {
        fail_msg("no \"%s\" in: %s", text, middle(desk));
    }
}

void
desk_hides(const struct browser *desk, const char *text)
{
    assert_string_not_equal(
        desk_body(desk), ""); /* where nothing is, nothing is hidden */
    if (strstr(desk_body(desk), text) != NULL) {
        fail_msg("\"%s\" in: %s", text, desk_body(desk));
    }
}

/* The value of the first hidden field `name` from there on; "" where there's none. */
static void
read_field(const char *from, const char *name, char *ret_value, size_t size)
{
    char start[64];
    (void)snprintf(start, sizeof start, "name=\"%s\" value=\"", name);
    const char *at = from != NULL ? strstr(from, start) : NULL;
    ret_value[0] = '\0';
    if (at != NULL) {
        at += strlen(start);
        (void)snprintf(ret_value, size, "%.*s", (int)strcspn(at, "\""), at);
    }
}

const char *
desk_field(const struct browser *desk, const char *name)
{
    static char value[256];
    read_field(desk_body(desk), name, value, sizeof value);
    return value;
}

const char *
desk_seen(const struct browser *desk, const char *group)
{
    static char seen[BW_WEB_KEY_BYTES];
    char mark[64];
    (void)snprintf(mark, sizeof mark, "name=\"groep\" value=\"%s\"", group);
    const char *from = group[0] != '\0' ? strstr(desk_body(desk), mark) : desk_body(desk);
    read_field(from, "beeld", seen, sizeof seen);
    assert_string_not_equal(seen, "");
    return seen;
}

int
desk_undo(struct browser *desk)
{
    char form[64];
    (void)snprintf(form, sizeof form, "stap=%.32s", desk_field(desk, "stap"));
    return desk_post(desk, "/terug", form);
}

int
desk_keep(struct browser *desk, const char *form)
{
    static const char of_group[] = "groep=";
    char group[32] = "", whole[400];
    if (strncmp(form, of_group, strlen(of_group)) == 0) {
        const char *at = form + strlen(of_group);
        (void)snprintf(group, sizeof group, "%.*s", (int)strcspn(at, "&"), at);
    }
    assert_int_equal(desk_get(desk, "/instellingen"), 200);
    (void)snprintf(whole, sizeof whole, "%s&beeld=%s", form, desk_seen(desk, group));
    return desk_post(desk, "/instellingen", whole);
}

void
desk_enter(struct browser *desk)
{
    char target[BW_WEB_KEY_BYTES + 32];
    bw_web_guard_link(&desk->desk.guard, DESK_PORT);
    (void)snprintf(target, sizeof target, "/binnen?sleutel=%s", desk->desk.guard.link);
    assert_int_equal(desk_get(desk, target), 200);
    (void)snprintf(desk->cookie, sizeof desk->cookie, "%.*s",
        (int)strcspn(desk->reply.cookie, ";"), desk->reply.cookie);
    assert_int_equal(desk_get(desk, "/toetsen"), 200);
    (void)snprintf(desk->token, sizeof desk->token, "%.*s", BW_WEB_KEY_BYTES - 1,
        desk_field(desk, "teken"));
    assert_int_equal(strlen(desk->token), BW_WEB_KEY_BYTES - 1);
}
