/* Forms that no page sent so: of every form of every page each field left out, sent
 * twice, too long, with markup, with control characters, as no text, and with another
 * session's token. None is answered with a fault of the desk's own or with what it was
 * sent as markup; what is refused is said, and changed nothing. */
#include "tests/sync/testing.h"

#include "tests/sync/web/page/settle/settle_help.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define MARKUP "\"><script>bw"

enum {
    FORMS_MAX = 240,
    FIELDS_MAX = 64,
    BODY_MAX = 3 * 65536,
    LONG = 5000,
    TIMES = 260,
    PATIENCE_MS = 60000
};

struct field {
    char *name, *value; /* of the page, without its entities */
    bool hidden;        /* nobody types in it */
};

struct form {
    char *action;
    char key[1024]; /* forms that differ in rows alone are one */
    struct field fields[FIELDS_MAX];
    int count;
};

static struct settling s;
static struct browser *const desk = &s.desk;
static sqlite3 *live, *kept; /* the central database, and as it was */
static struct form forms[FORMS_MAX];
static int forms_count, posts, taken;
static char draft[BW_WEB_TARGET_BYTES_MAX];

/* ---- the database as it was ---- */

static void
copy_database(sqlite3 *to, sqlite3 *from)
{
    sqlite3_backup *copy = sqlite3_backup_init(to, "main", from, "main");
    assert_non_null(copy);
    assert_int_equal(sqlite3_backup_step(copy, -1), SQLITE_DONE);
    assert_int_equal(sqlite3_backup_finish(copy), SQLITE_OK);
}

/* Another number once anybody but `live` wrote. */
static int
database_version(void)
{
    sqlite3_stmt *row;
    assert_int_equal(
        sqlite3_prepare_v2(live, "PRAGMA data_version", -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    int version = sqlite3_column_int(row, 0);
    (void)sqlite3_finalize(row);
    return version;
}

/* ---- the forms of a page ---- */

/* A new text of what stands between, with the entities that the templates write. */
static char *
plain(const char *from, const char *end)
{
    static const char *const entities[] = {
        "&amp;&", "&lt;<", "&gt;>", "&quot;\"", "&#39;'"};
    char *text = malloc((size_t)(end - from) + 1), *to = text;
    assert_non_null(text);
    while (from < end) {
        size_t i = 0, length = 0;
        for (; i < sizeof entities / sizeof entities[0]; i++) {
            length = strlen(entities[i]) - 1;
            if (strncmp(from, entities[i], length) == 0) {
                break;
            }
        }
        bool one = i < sizeof entities / sizeof entities[0];
        *to++ = one ? entities[i][length] : *from;
        from += one ? length : 1;
    }
    *to = '\0';
    return text;
}

/* An attribute of a tag; a new text, NULL where it has none. */
static char *
attribute(const char *tag, const char *name)
{
    char start[32];
    const char *end = strchr(tag, '>');
    (void)snprintf(start, sizeof start, " %s=\"", name);
    const char *at = strstr(tag, start);
    if (at == NULL || end == NULL || at > end) {
        return NULL;
    }
    at += strlen(start);
    return plain(at, strchr(at, '"'));
}

static void
form_drop(struct form *form)
{
    free(form->action);
    for (int i = 0; i < form->count; i++) {
        free(form->fields[i].name);
        free(form->fields[i].value);
    }
    *form = (struct form){.count = 0};
}

static void
add_field(struct form *form, char *name, char *value, bool hidden)
{
    if (name == NULL || form->count == FIELDS_MAX) {
        free(name);
        free(value);
        return;
    }
    form->fields[form->count++] =
        (struct field){name, value != NULL ? value : calloc(1, 1), hidden};
}

/* What a browser would send of it; only the button at `button`, where there are any. */
static void
read_form(const char *from, const char *end, const char *button, struct form *form)
{
    *form = (struct form){.action = attribute(from, "action")};
    for (const char *tag = strchr(from + 1, '<'); tag != NULL && tag < end;
         tag = strchr(tag + 1, '<')) {
        const char *close = strchr(tag, '>');
        if (strncmp(tag, "<input ", 7) == 0 ||
            (strncmp(tag, "<button ", 8) == 0 && tag == button)) {
            add_field(form, attribute(tag, "name"), attribute(tag, "value"),
                strncmp(tag, "<input type=\"hidden\"", 20) == 0);
        } else if (strncmp(tag, "<select ", 8) == 0) {
            const char *option = strstr(tag, "<option ");
            add_field(form, attribute(tag, "name"),
                option != NULL && option < end ? attribute(option, "value") : NULL,
                false);
        } else if (strncmp(tag, "<textarea ", 10) == 0) {
            add_field(form, attribute(tag, "name"), plain(close + 1, strchr(close, '<')),
                false);
        }
    }
}

/* A row's field, where one of another row came before: "mens", "kolom-0-3". */
static bool
is_again(const struct form *form, int at)
{
    const char *name = form->fields[at].name;
    size_t length = strcspn(name, "-");
    for (int i = 0; i < at; i++) {
        const char *before = form->fields[i].name;
        if (strcspn(before, "-") == length && strncmp(before, name, length) == 0) {
            return true;
        }
    }
    return false;
}

static void
write_key(struct form *form)
{
    int used = snprintf(form->key, sizeof form->key, "/%.*s",
        (int)strcspn(form->action + 1, "/?"), form->action + 1);
    const char *last = strrchr(form->action, '/');
    used += snprintf(form->key + used, sizeof form->key - (size_t)used, "%s",
        last != form->action && last[1] >= 'a' && strlen(last) < 16 ? last : "");
    for (int i = 0; i < form->count; i++) {
        const struct field *field = &form->fields[i];
        if (is_again(form, i)) {
            continue;
        }
        bool says = strcmp(field->name, "doe") == 0 || strcmp(field->name, "groep") == 0;
        used += snprintf(form->key + used, sizeof form->key - (size_t)used, " %.14s=%.*s",
            field->name, says ? (int)strcspn(field->value, "=") : 0, field->value);
        assert_true((size_t)used < sizeof form->key);
    }
}

/* The last page's, each once; the practice series is another desk's database. */
static void
collect(void)
{
    const char *button, *end, *from = desk_body(desk);
    while ((from = strstr(from, "<form method=\"post\"")) != NULL) {
        end = strstr(from, "</form>");
        assert_non_null(end);
        button = strstr(from, "<button ");
        do {
            bool known = false;
            struct form *form = &forms[forms_count];
            read_form(from, end, button, form);
            write_key(form);
            for (int i = 0; i < forms_count && !known; i++) {
                known = strcmp(forms[i].key, form->key) == 0;
            }
            if (known || strcmp(form->action, "/oefenen") == 0) {
                form_drop(form);
            } else {
                assert_true(++forms_count < FORMS_MAX);
            }
            button =
                button != NULL && button < end ? strstr(button + 1, "<button ") : NULL;
        } while (button != NULL && button < end);
        from = end;
    }
}

/* ---- what is sent ---- */

enum way {
    AS_IT_IS,
    LEFT_OUT,
    TWICE,
    MANY,
    TOO_LONG,
    WITH_MARKUP,
    CONTROL,
    NO_UTF8,
    NUL,
    OTHER
};

static const char *const way_names[] = {"as it is", "left out", "twice", "260 times",
    "too long", "with markup", "with control characters", "no UTF-8", "with a NUL",
    "another"};

static void
put_coded(FILE *to, const char *text)
{
    for (; *text != '\0'; text++) {
        (void)fprintf(to, "%%%02X", (unsigned char)*text);
    }
}

static void
put_value(FILE *to, const struct field *field, enum way way)
{
    bool token = strcmp(field->name, "teken") == 0;
    const char *value = token ? desk->token : field->value;
    switch (way) {
    case TOO_LONG:
        for (int i = 0; i < LONG; i++) {
            (void)fputc('9', to);
        }
        break;
    case OTHER:
        (void)fputs(token ? s.colleague.token : "zz-9", to);
        break;
    case AS_IT_IS:
    case LEFT_OUT:
    case TWICE:
    case MANY:
        put_coded(to, value);
        break;
    case WITH_MARKUP:
    case CONTROL:
    case NO_UTF8:
    case NUL:
        put_coded(to, token ? "" : value);
        (void)fputs(way == WITH_MARKUP ? "%22%3E%3Cscript%3Ebw"
                    : way == CONTROL   ? "%01%1B%0D%0ASet-Cookie:+bw%7F"
                    : way == NO_UTF8   ? "%FF%C0%AF"
                                       : "%00",
            to);
        break;
    }
}

static int
send_form(const struct form *form, int changed, enum way way)
{
    static char body[BODY_MAX];
    FILE *to = fmemopen(body, sizeof body, "w");
    assert_non_null(to);
    for (int i = 0; i < form->count; i++) {
        enum way here = i == changed ? way : AS_IT_IS;
        int times = here == LEFT_OUT ? 0 : here == TWICE ? 2 : here == MANY ? TIMES : 1;
        for (int k = 0; k < times; k++) {
            (void)fputs(form->fields[i].name, to);
            (void)fputc('=', to);
            put_value(to, &form->fields[i], k == 1 && here == TWICE ? OTHER : here);
            (void)fputc('&', to);
        }
    }
    assert_int_equal(fclose(to), 0);
    bool drafts = strncmp(form->action, "/inlezen/", 9) == 0;
    posts++;
    return desk_send(desk, drafts ? draft : form->action, body);
}

/* ---- what is answered ---- */

/* A file that asks something; the draft's page is the last one then. */
static void
give_file(void)
{
    static const char *const file[] = {"form.csv", OFFICE_FORM
        "2-3-2025 09:10,cas@een.example,Cas Vos,OBS Een,brugfunctionaris,Oost\n"
        "3-3-2025 09:10,cas@een.example,Kees Vos,OBS Een,brugfunctionaris,Oost\n"};
    assert_int_equal(
        desk_give(desk, "/inlezen", "soort=aanmeldingen&kring=S-1", file, 1), 303);
    (void)snprintf(draft, sizeof draft, "%s", desk->reply.location);
    assert_int_equal(desk_wait(desk), 200);
}

/* It goes on where it leads to; then all is as it was before. */
static void
follow_and_put_back(const struct form *form)
{
    if (strncmp(desk->reply.location, "/stukken/", 9) == 0) {
        char stop[BW_WEB_TARGET_BYTES_MAX];
        (void)snprintf(stop, sizeof stop, "%s", desk->reply.location);
        assert_int_equal(desk_post(desk, stop, "doe=stop"), 303);
    }
    (void)desk_wait(desk);
    desk_hides(desk, MARKUP);
    if (strncmp(form->action, "/inlezen/", 9) == 0) {
        give_file();
    }
    copy_database(live, kept);
}

static void
try_form(const struct form *form, int field, enum way way)
{
    bool token = field >= 0 && strcmp(form->fields[field].name, "teken") == 0;
    int before = database_version(), status = send_form(form, field, way);
    const char *body = desk_body(desk), *wrong = NULL;
    if (status >= 500 || status < 200) {
        wrong = "a fault of the desk's own";
    } else if (strstr(body, MARKUP) != NULL) {
        wrong = "markup comes back";
    } else if (strpbrk(desk->reply.location, "\r\n") != NULL) {
        wrong = "a header that was sent";
    } else if (token && way != AS_IT_IS && way != TWICE && status != 400 &&
               status != 403) {
        wrong = "taken without the token";
    } else if (status >= 400 && strstr(body, "role=\"alert\"") == NULL &&
               strstr(body, "class=\"melding\"") == NULL) {
        wrong = "refused without a word";
    } else if (status != 303 && database_version() != before) {
        wrong = "refused, and something changed";
    }
    if (wrong != NULL) {
        fail_msg("%s, %s %s (%d): %s: %s", form->key,
            field >= 0 ? form->fields[field].name : "", way_names[way], status, wrong,
            strstr(body, "<main") != NULL ? strstr(body, "<main") : body);
    }
    if (status == 303) {
        taken++;
        follow_and_put_back(form);
    } else if (status == 200 && strcmp(form->action, "/uit") == 0) {
        desk_enter(desk);
    }
}

/* ---- */

static int
run_nothing(const void *context, const char *const words[], int count,
    struct bw_progress *progress, FILE *out, FILE *diag)
{
    (void)context;
    (void)words;
    (void)count;
    (void)progress;
    (void)out;
    (void)diag;
    return 0;
}

static int
setup(void **state)
{
    (void)state;
    settling_open(&s, NULL);
    (void)settling_double_entry(&s);
    desk->desk.setup.command = run_nothing;
    assert_int_equal(
        sqlite3_open(office_path(&s.office, "central.db"), &live), SQLITE_OK);
    assert_int_equal(sqlite3_busy_timeout(live, PATIENCE_MS), SQLITE_OK);
    assert_int_equal(sqlite3_open(":memory:", &kept), SQLITE_OK);
    copy_database(kept, live);
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    for (int i = 0; i < forms_count; i++) {
        form_drop(&forms[i]);
    }
    (void)sqlite3_close(live);
    (void)sqlite3_close(kept);
    settling_close(&s);
    return 0;
}

static void
collect_all(void)
{
    static const char *const pages[] = {"/", "/kringen", "/kringen/nieuw", "/kring/S-1",
        "/kring/S-1?lijst=wacht", "/kring/S-1/wijzig", "/mail", "/mail/ticket", "/zuilen",
        "/zuilen?weg=1", "/zuilen/nieuw", "/uitzoeken", "/instellingen", "/verslag",
        "/geschiedenis", "/inlezen", "/live", "/mensen?q=P"};
    static const char *const of_person[] = {
        "", "/gegevens", "/collega", "/verplaats", "?vergeet=1"};
    char address[80], code[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(people_code(&s.office, 0), code);
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        assert_int_equal(desk_get(desk, pages[i]), 200);
        collect();
    }
    for (size_t i = 0; i < sizeof of_person / sizeof of_person[0]; i++) {
        (void)snprintf(address, sizeof address, "/mens/%s%s", code, of_person[i]);
        if (desk_get(desk, address) == 200) {
            collect();
        }
    }
    give_file();
    collect();
}

/* What no field may hold (request.h) is tried on one of each form, in turns; a draft is
 * read anew each time. */
static bool
is_tried(int form, int field, enum way way)
{
    const struct form *of = &forms[form];
    const char *name = of->fields[field].name;
    if (way == CONTROL || way == NO_UTF8 || way == NUL) {
        return (form + (int)way) % of->count == field;
    }
    if (strcmp(name, "teken") == 0) {
        return way == LEFT_OUT || way == OTHER;
    }
    if (way == MANY) {
        return strcmp(name, "mens") == 0 || strcmp(name, "getoond") == 0 ||
               strcmp(name, "groep") == 0;
    }
    bool read_anew = strncmp(of->action, "/inlezen/", 9) == 0;
    return !is_again(of, field) && (way == WITH_MARKUP || way == OTHER ||
                                       !(of->fields[field].hidden || read_anew));
}

static void
no_form_that_was_forged_is_a_fault_or_changes_what_it_is_refused(void **state)
{
    (void)state;
    collect_all();
    for (int i = 0; i < forms_count; i++) {
        try_form(&forms[i], -1, AS_IT_IS);
        collect(); /* the picture that it shows has one too */
        for (int field = 0; field < forms[i].count; field++) {
            for (enum way way = LEFT_OUT; way <= OTHER; way++) {
                if (is_tried(i, field, way)) {
                    try_form(&forms[i], field, way);
                }
            }
        }
    }
    if (forms_count < 50 || taken < 200) {
        fail_msg("only %d forms, %d of %d posts taken", forms_count, taken, posts);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            no_form_that_was_forged_is_a_fault_or_changes_what_it_is_refused, setup,
            teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
