/* A day at the door as a text: see script.h. */
#include "script.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE_BYTES = 4096, ARGUMENTS_MAX = 12 };

static void
fault(struct script *script, const char *what, const char *text)
{
    script->faults++;
    (void)fprintf(stderr, "%s:%d: %s: %s\n", script->path, script->line, what, text);
}

/* ---- what is sent ---- */

/* Appends one ticket for «here|elsewhere CODE GENERATION». */
static void
put_ticket(struct script *script, const char *inside, char *ret_text, size_t *inout_at)
{
    char where[16];
    char shown[16];
    char text[BW_TICKET_TEXT_BYTES];
    unsigned generation = 0;
    bw_code code = BW_CODE_NONE;
    if (sscanf(inside, "%15s %15s %u", where, shown, &generation) != 3 ||
        !bw_code_parse(shown, &code)) {
        fault(script, "no ticket", inside);
        return;
    }
    fixture_ticket(&script->fixture,
        strcmp(where, "here") == 0 ? FIXTURE_SESSION : FIXTURE_ELSEWHERE, code,
        (uint8_t)generation, text);
    memcpy(ret_text + *inout_at, text, strlen(text));
    *inout_at += strlen(text);
}

static void
send_line(struct script *script, const char *text)
{
    static const char opens[] = "«";
    static const char closes[] = "»";
    char line[LINE_BYTES * 2];
    size_t length = 0;
    while (*text != '\0' && length < LINE_BYTES) {
        const char *end = NULL;
        if (strncmp(text, opens, strlen(opens)) == 0 &&
            (end = strstr(text, closes)) != NULL) {
            put_ticket(script, text + strlen(opens), line, &length);
            text = end + strlen(closes);
        } else if (strncmp(text, "->", 2) == 0) {
            line[length++] = '\t';
            text += 2;
        } else {
            line[length++] = *text++;
        }
    }
    line[length++] = '\n';
    if (!door_pipe_send(&script->door, line, length)) {
        fault(script, "the door is gone", "");
    }
}

/* ---- what must come back ---- */

static bool
holds(const json_t *expected, const json_t *got)
{
    if (json_is_null(expected)) {
        return got == NULL;
    }
    if (json_is_object(expected) && json_is_object(got)) {
        const char *key;
        json_t *value;
        json_object_foreach((json_t *)(uintptr_t)expected, key, value)
        {
            if (!holds(value, json_object_get(got, key))) {
                return false;
            }
        }
        return true;
    }
    if (json_is_array(expected) && json_is_array(got)) {
        bool same = json_array_size(expected) == json_array_size(got);
        for (size_t i = 0; same && i < json_array_size(expected); i++) {
            same = holds(json_array_get(expected, i), json_array_get(got, i));
        }
        return same;
    }
    return json_equal(expected, got);
}

static void
expect(struct script *script, const char *text)
{
    const char *line = door_pipe_line(&script->door);
    if (line == NULL) {
        fault(script, "no answer", text);
        return;
    }
    json_t *expected = json_loads(text, 0, NULL);
    json_t *got = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
    if (expected == NULL) {
        fault(script, "no JSON in the script", text);
    } else if (got == NULL) {
        fault(script, "no JSON", line);
    } else if (!holds(expected, got)) {
        fault(script, "answered", line);
    }
    json_decref(expected);
    json_decref(got);
}

/* ---- the lines of a script ---- */

static void
on_house(struct script *script, const char *text, const char *program)
{
    (void)program;
    int capacity = 0;
    int extra_places = 0;
    if (sscanf(text, "%d %d", &capacity, &extra_places) != 2) {
        fault(script, "no house", text);
        return;
    }
    fixture_create(&script->fixture, capacity, extra_places, false);
    script->has_house = true;
}

typedef void putter(struct fixture *fixture, const char *code, const char *first_name,
    const char *name, enum bw_registration_status status, uint8_t generation);

static void
put(struct script *script, const char *text, putter *put_one)
{
    char code[16];
    char standing[16];
    char first_name[64];
    char name[64];
    unsigned generation = 0;
    enum bw_registration_status status;
    if (sscanf(text, "%15s %15s %u %63[^|]|%63[^\n]", code, standing, &generation,
            first_name, name) != 5 ||
        !bw_registration_status_parse(standing, &status)) {
        fault(script, "no person", text);
        return;
    }
    put_one(&script->fixture, code, first_name, name, status, (uint8_t)generation);
}

static void
on_person(struct script *script, const char *text, const char *program)
{
    (void)program;
    put(script, text, fixture_person);
}

static void
on_sealed(struct script *script, const char *text, const char *program)
{
    (void)program;
    put(script, text, fixture_sealed);
}

static void
on_start(struct script *script, const char *text, const char *program)
{
    char words[LINE_BYTES];
    const char *arguments[ARGUMENTS_MAX] = {
        "brugwachter-kiosk", "--store", script->fixture.path, "door"};
    int count = 4;
    (void)snprintf(words, sizeof words, "%s", text);
    char *rest = words;
    for (char *word; count < ARGUMENTS_MAX - 1 && (word = strsep(&rest, " ")) != NULL;) {
        if (word[0] != '\0') {
            arguments[count++] = word;
        }
    }
    script->running = door_pipe_start(&script->door, program, arguments, NULL);
    if (!script->running) {
        fault(script, "not started", program);
    }
}

static void
on_end(struct script *script, const char *text, const char *program)
{
    (void)program;
    (void)close(script->door.in_fd);
    script->door.in_fd = -1;
    const char *more = door_pipe_line(&script->door);
    if (more != NULL) {
        fault(script, "more than was asked", more);
    }
    int status = door_pipe_stop(&script->door);
    script->running = false;
    if (status != atoi(text)) {
        fault(script, "another exit status than", text);
    }
}

static void
on_send(struct script *script, const char *text, const char *program)
{
    (void)program;
    send_line(script, text);
}

static void
on_expect(struct script *script, const char *text, const char *program)
{
    (void)program;
    expect(script, text);
}

static const struct {
    const char *word;
    void (*act)(struct script *script, const char *text, const char *program);
} words[] = {
    {"house ", on_house},
    {"person ", on_person},
    {"sealed ", on_sealed},
    {"start", on_start},
    {"> ", on_send},
    {"< ", on_expect},
    {"end ", on_end},
};

static void
play_line(struct script *script, const char *line, const char *program)
{
    if (line[0] == '\0' || line[0] == '#') {
        return;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strncmp(line, words[i].word, strlen(words[i].word)) == 0) {
            words[i].act(script, line + strlen(words[i].word), program);
            return;
        }
    }
    fault(script, "not understood", line);
}

void
script_play(struct script *script, const char *path, const char *program)
{
    *script = (struct script){.path = path};
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        fault(script, "no script", path);
        return;
    }
    char line[LINE_BYTES];
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        script->line++;
        play_line(script, line, program);
    }
    (void)fclose(file);
}

void
script_finish(struct script *script)
{
    if (script->running) {
        (void)door_pipe_stop(&script->door);
    }
    if (script->has_house) {
        fixture_destroy(&script->fixture);
    }
}
