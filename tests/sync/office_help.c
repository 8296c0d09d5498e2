/* An office for a test: see office_help.h. */
#include "office_help.h"

#include "testing.h"

#include <brugwachter/code.h>

#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WORDS_MAX = 24, TEXT_BYTES = 4096 };

void
office_init(struct office *office)
{
    *office = (struct office){.out = NULL};
    const char *base = getenv("TMPDIR");
    (void)snprintf(office->folder, sizeof office->folder, "%s/bw-office-XXXXXX",
        base != NULL && strlen(base) < 40 ? base : "/tmp");
    assert_non_null(mkdtemp(office->folder));
    (void)snprintf(
        office->uri, sizeof office->uri, "sqlite:%s/central.db", office->folder);
}

static int
on_entry(const char *path, const struct stat *facts, int kind, struct FTW *walk)
{
    (void)facts, (void)kind, (void)walk;
    return remove(path);
}

void
office_finish(struct office *office)
{
    assert_int_equal(nftw(office->folder, on_entry, 16, FTW_DEPTH | FTW_PHYS), 0);
    free(office->out);
    free(office->diag);
}

const char *
office_path(const struct office *office, const char *name)
{
    static char paths[4][512];
    static int turn;
    turn = (turn + 1) % 4;
    (void)snprintf(paths[turn], sizeof paths[turn], "%s/%s", office->folder, name);
    return paths[turn];
}

const char *
office_write_bytes(
    struct office *office, const char *name, const void *bytes, size_t length)
{
    const char *path = office_path(office, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    return path;
}

const char *
office_write(struct office *office, const char *name, const char *text)
{
    return office_write_bytes(office, name, text, strlen(text));
}

/* Places are given and taken before a circle's end: so are they here, where the test
 * doesn't say when. */
static bool
needs_a_day(char *const words[], int count)
{
    static const char *const commands[] = {"cancel", "reinstate", "promote", "import"};
    bool found = false;
    for (int i = 0; i < count; i++) {
        for (size_t c = 0; c < sizeof commands / sizeof commands[0]; c++) {
            found = found || strcmp(words[i], commands[c]) == 0;
        }
        if (strcmp(words[i], "--clock") == 0 || strcmp(words[i], "attendance") == 0) {
            return false;
        }
    }
    return found;
}

static enum bw_exit
run_words(struct office *office, const char *first, va_list list)
{
    char *words[WORDS_MAX] = {(char *)(uintptr_t) "brugwachter-sync",
        (char *)(uintptr_t) "--central", office->uri};
    int count = 3;
    if (office->settings != NULL) {
        words[count++] = (char *)(uintptr_t) "--settings";
        words[count++] = (char *)(uintptr_t)office->settings;
    }
    if (first != NULL) {
        words[count++] = (char *)(uintptr_t)first;
    }
    for (char *word; (word = va_arg(list, char *)) != NULL;) {
        assert_true(count < WORDS_MAX);
        words[count++] = word;
    }
    if (needs_a_day(words, count)) {
        assert_true(count + 2 <= WORDS_MAX);
        words[count++] = (char *)(uintptr_t) "--clock";
        words[count++] = (char *)(uintptr_t)OFFICE_DAY;
    }
    free(office->out);
    free(office->diag);
    FILE *out = open_memstream(&office->out, &office->out_bytes);
    FILE *diag = open_memstream(&office->diag, &office->diag_bytes);
    assert_non_null(out);
    assert_non_null(diag);
    enum bw_exit result = bw_sync_main(&bw_sync_commands, count, words, out, diag);
    (void)fclose(out);
    (void)fclose(diag);
    return result;
}

enum bw_exit
office_run(struct office *office, ...)
{
    va_list list;
    va_start(list, office);
    enum bw_exit result = run_words(office, NULL, list);
    va_end(list);
    return result;
}

json_t *
office_json(struct office *office, enum bw_exit *ret_exit, ...)
{
    va_list list;
    va_start(list, ret_exit);
    *ret_exit = run_words(office, "--json", list);
    va_end(list);
    return json_loads(office->out, 0, NULL);
}

/* init, and a session. */
static void
fill(struct office *office, int capacity, bool own_region_first)
{
    char csv[1024];
    assert_int_equal(office_run(office, "init", NULL), BW_EXIT_DONE);
    (void)snprintf(csv, sizeof csv,
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience,"
        "own_region_first\n"
        "S-1,reeks,Leerkring Zwolle,leerkring,Oost,Buurthuis,2025-03-25T13:30,"
        "2025-03-25T16:30,%d,brugfunctionaris,%s\n",
        capacity, own_region_first ? "ja" : "nee");
    const char *path = office_write(office, "sessions.csv", csv);
    assert_int_equal(office_run(office, "import", "sessions", path, NULL), BW_EXIT_DONE);
}

void
office_open(struct office *office, int capacity, bool own_region_first)
{
    office_init(office);
    fill(office, capacity, own_region_first);
}

void
office_open_at(
    struct office *office, const char *uri, int capacity, bool own_region_first)
{
    static char settings[2][128], carrier[128];
    office_init(office);
    (void)snprintf(office->uri, sizeof office->uri, "%s", uri);
    (void)snprintf(settings[0], sizeof settings[0], "%s/settings", office->folder);
    (void)snprintf(settings[1], sizeof settings[1], "[sync]\nkey-file = %s/central.key\n",
        office->folder);
    (void)snprintf(carrier, sizeof carrier, "folder:%s/letters", office->folder);
    assert_int_equal(mkdir(settings[0], 0700), 0);
    (void)office_write(office, "settings/sync.ini", settings[1]);
    office->settings = settings[0];
    office->carrier = carrier;
    fill(office, capacity, own_region_first);
}

/* ---- looking into the database ---- */

bool
office_holds(const struct office *office, const char *text)
{
    static const char *const names[] = {"central.db", "central.db-wal", "central.db-shm"};
    bool found = false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        FILE *file = fopen(office_path(office, names[i]), "rb");
        char *bytes = NULL;
        long length = 0;
        if (file == NULL) {
            continue;
        }
        assert_int_equal(fseek(file, 0, SEEK_END), 0);
        length = ftell(file);
        rewind(file);
        bytes = malloc((size_t)length + 1);
        assert_non_null(bytes);
        assert_int_equal(fread(bytes, 1, (size_t)length, file), length);
        (void)fclose(file);
        found = found || memmem(bytes, (size_t)length, text, strlen(text)) != NULL;
        free(bytes);
    }
    return found;
}

struct look {
    char *text;
    size_t capacity, length;
    int64_t number;
    int rows;
};

static bool
on_row(const struct bw_sql_value *columns, int count, void *context)
{
    struct look *look = context;
    look->number = columns[0].number;
    look->rows++;
    for (int i = 0; i < count && look->text != NULL; i++) {
        int written =
            columns[i].type == BW_SQL_INT
                ? snprintf(look->text + look->length, look->capacity - look->length,
                      "%lld|", (long long)columns[i].number)
                : snprintf(look->text + look->length, look->capacity - look->length,
                      "%s|", columns[i].text);
        assert_true(written >= 0 && (size_t)written < look->capacity - look->length);
        look->length += (size_t)written;
    }
    return true;
}

static void
look_at(const struct office *office, const char *sql, struct look *look)
{
    struct bw_error err = {.text = ""};
    struct bw_central *central = NULL;
    if (bw_central_open(office->uri, BW_CENTRAL_OPEN, &central, &err) != BW_OK ||
        bw_central_run(central, sql, NULL, 0, on_row, look, &err) != BW_OK) {
        fail_msg("%s: %s", sql, err.text);
    }
    bw_central_close(central);
}

void
office_second_circle(struct office *office, int capacity)
{
    char csv[512];
    (void)snprintf(csv, sizeof csv,
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Almelo,leerkring,Oost,Kerk,2025-03-27T13:30,"
        "2025-03-27T16:30,%d,brugfunctionaris\n",
        capacity);
    const char *path = office_write(office, "second.csv", csv);
    assert_int_equal(office_run(office, "import", "sessions", path, NULL), BW_EXIT_DONE);
}

enum bw_exit
office_sign_up(struct office *office, const char *lines)
{
    char *form = NULL;
    assert_true(asprintf(&form, OFFICE_FORM "%s", lines) > 0);
    const char *path = office_write(office, "form.csv", form);
    free(form);
    return office_run(office, "import", "registrations", path, "--session", "S-1", NULL);
}

int64_t
office_number(const struct office *office, const char *sql)
{
    struct look look = {.text = NULL};
    look_at(office, sql, &look);
    assert_int_equal(look.rows, 1);
    return look.number;
}

const char *
office_text(const struct office *office, const char *sql)
{
    static char text[TEXT_BYTES];
    struct look look = {.text = text, .capacity = sizeof text};
    text[0] = '\0';
    look_at(office, sql, &look);
    return text;
}

const char *
office_code(const struct office *office, const char *first_name)
{
    static char text[BW_CODE_SHOWN_BYTES];
    char sql[160];
    (void)snprintf(sql, sizeof sql,
        "SELECT code FROM registration WHERE first_name = '%s'", first_name);
    bw_code_format_shown((bw_code)office_number(office, sql), text);
    return text;
}

char *
office_dump(const struct office *office)
{
    static const char *const queries[] = {
        "SELECT * FROM series ORDER BY code",
        "SELECT * FROM session ORDER BY session_no",
        "SELECT * FROM person ORDER BY person_no",
        "SELECT * FROM registration ORDER BY code",
        "SELECT * FROM ticket ORDER BY code, generation, signing_key",
        "SELECT * FROM import_batch ORDER BY batch_no",
        "SELECT * FROM agenda_item ORDER BY item_no",
        ("SELECT l.kind, l.spelling, l.meaning FROM learned l JOIN step s"
         " ON s.step_no = l.step_no WHERE s.undone_by <= 0"
         " ORDER BY l.step_no, l.kind, l.spelling"),
        ("SELECT signing_key, created_ms, retired_ms FROM signing_key"
         " ORDER BY signing_key"),
    };
    struct look look = {.capacity = 1 << 20};
    look.text = calloc(1, look.capacity);
    assert_non_null(look.text);
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        look_at(office, queries[i], &look);
    }
    return look.text;
}

int64_t
json_number_of(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (!json_is_integer(value)) {
        fail_msg("no number \"%s\"", name);
    }
    return json_integer_value(value);
}

void
json_drop_pace(json_t *value)
{
    char time[32] = "2025-03-25T12:00:02+01:00";
    size_t length = strlen(time);
    if (json_is_string(value) && json_string_length(value) == length) {
        memcpy(time, json_string_value(value), length);
        bool early = time[10] == 'T' && memcmp(time + 13, ":0", 2) == 0;
        memcpy(time + 15, "0:00", strlen("0:00"));
        assert_int_equal(early ? json_string_set(value, time) : 0, 0);
    }
}

const char *
demo_path(const char *name)
{
    static char paths[2][512];
    static int turn;
    turn = 1 - turn;
    (void)snprintf(
        paths[turn], sizeof paths[turn], BW_SOURCE_DIR "/assets/demo/%s", name);
    return paths[turn];
}
