/* `brugwachter-kiosk setup`: see setup.h. */
#include "setup.h"

#include "ini_text.h"
#include "question.h"
#include "seat.h"

#include "app/options/settings.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

struct setup {
    char path[BW_TITLE_BYTES]; /* as a sentence can hold it */
    bool check;                /* only shows what it would write */
    const char *seat; /* asks nothing: where the seat's environment goes; or NULL */
    struct bw_ui_wording *wording;
    struct bw_ini_text before, ini; /* as read; with the answers */
    char *typed;                    /* getline's */
    size_t typed_bytes;
};

static const char usage[] = BW_SAYS(
    "Usage: brugwachter-kiosk [--settings DIR] setup [--check]\n"
    "Asks on a terminal what this machine needs to know, and writes it to kiosk.ini in\n"
    "DIR (/etc/brugwachter). Enter keeps what stands in brackets, a - leaves it out.\n"
    "  --check     show what would be written, and write nothing\n"
    "  --seat FILE ask nothing: write FILE for the compositor, the keyboard and udev\n"
    "  --help      this text\n");

static enum bw_exit
fail(const struct bw_error *err, enum bw_exit exit)
{
    (void)fprintf(stderr, "brugwachter-kiosk: %s\n", err->text);
    return exit;
}

/* ---- words ---- */

/* A sentence of the catalogue; {place} in it is `place`, which may be "". */
static const char *
sentence(struct setup *setup, const char *key, const char *place)
{
    static char text[BW_WORDING_BYTES];
    struct bw_values values = {0};
    (void)snprintf(values.place, sizeof values.place, "%s", place);
    bw_ui_wording_say(setup->wording, key, &values, text, sizeof text);
    return text;
}

static void
tell(struct setup *setup, const char *key, const char *place)
{
    (void)puts(sentence(setup, key, place));
}

static void
set_language(struct setup *setup, const char *code)
{
    bw_said_speak_all(code);
    for (int i = 0; i < bw_ui_wording_languages(setup->wording); i++) {
        if (strcmp(bw_ui_wording_code(setup->wording, (enum bw_language)i), code) == 0) {
            bw_ui_wording_set_language(setup->wording, (enum bw_language)i);
        }
    }
}

/* ---- asking ---- */

/* A line without its end and the blanks around it; NULL at the end of the input. */
static const char *
read_line(struct setup *setup)
{
    (void)fflush(stdout);
    ssize_t length = getline(&setup->typed, &setup->typed_bytes, stdin);
    if (length < 0) {
        return NULL;
    }
    while (length > 0 && strchr(" \t\r\n", setup->typed[length - 1]) != NULL) {
        setup->typed[--length] = '\0';
    }
    return setup->typed + strspn(setup->typed, " \t");
}

/* The answer that Enter gives: what stands in the file, a camera that isn't plugged in
 * too, else what is so without it. */
static void
usual_answer(struct setup *setup, const struct bw_question *question,
    char ret_value[BW_INI_VALUE_BYTES])
{
    char there[BW_INI_VALUE_BYTES];
    if (!bw_ini_text_get(&setup->ini, question->section, question->name, there)) {
        if (question->kind == BW_QUESTION_YES) {
            bool yes = strcmp(question->usual, "yes") == 0;
            (void)strcpy(ret_value, yes ? question->yes : question->no);
        } else {
            (void)strcpy(ret_value, question->usual);
        }
    } else if (question->kind == BW_QUESTION_YES) {
        bool yes = true;
        (void)bw_text_switch(there, &yes);
        (void)strcpy(ret_value, yes ? question->yes : question->no);
    } else {
        (void)strcpy(ret_value, there);
    }
}

static const char *
shown(struct setup *setup, const struct bw_question *question, const char *value)
{
    if (question->kind == BW_QUESTION_YES) {
        bool yes = strcmp(value, question->yes) == 0;
        return bw_ui_wording_in(setup->wording, bw_ui_wording_language(setup->wording),
            yes ? "setup.yes" : "setup.no");
    }
    return value[0] != '\0' ? value : "-";
}

static void
put_question(struct setup *setup, const struct bw_question *question,
    const struct bw_choices *choices, const char *usual)
{
    (void)printf("\n%s\n", sentence(setup, question->key, ""));
    for (int i = 0; i < choices->count; i++) {
        const char *name = choices->names[i];
        (void)printf("  %d  %s%s%s\n", i + 1, choices->values[i],
            choices->values[i][0] != '\0' && name[0] != '\0' ? "  " : "", name);
    }
    (void)printf("[%s] > ", shown(setup, question, usual));
}

/* Asks till the answer is one. False at the end of the input. *ret_new: it wasn't
 * Enter. */
static bool
ask(struct setup *setup, const struct bw_question *question,
    char ret_value[BW_INI_VALUE_BYTES], bool *ret_new)
{
    struct bw_choices choices;
    bw_question_choices(question, setup->wording, &choices);
    usual_answer(setup, question, ret_value);
    put_question(setup, question, &choices, ret_value);
    for (;;) {
        const char *typed = read_line(setup);
        *ret_new = typed != NULL && typed[0] != '\0';
        if (!*ret_new) {
            return typed != NULL;
        }
        char value[BW_INI_VALUE_BYTES];
        if (bw_question_take(question, &choices, typed, value)) {
            (void)strcpy(ret_value, value);
            return true;
        }
        (void)printf("%s ", sentence(setup, "setup.wrong", typed));
        (void)printf("%s\n> ", sentence(setup, question->wants, ""));
    }
}

/* Both programs are told of the one store. What stands there already, Enter leaves as it
 * is written. */
static enum bw_status
keep(struct setup *setup, const struct bw_question *question, const char *value, bool new,
    struct bw_error *err)
{
    char there[BW_INI_VALUE_BYTES];
    const char *kept = value[0] != '\0' ? value : NULL;
    enum bw_status status = BW_OK;
    if (new || !bw_ini_text_get(&setup->ini, question->section, question->name, there)) {
        status =
            bw_ini_text_set(&setup->ini, question->section, question->name, kept, err);
    }
    if (status == BW_OK && strcmp(question->name, "store") == 0) {
        status = bw_ini_text_set(&setup->ini, "sync", "store", kept, err);
    }
    return status;
}

static bool
is_asked(const struct setup *setup, const struct bw_question *question)
{
    char with[BW_INI_VALUE_BYTES];
    return question->only_with == NULL ||
           bw_ini_text_get(&setup->ini, "kiosk", question->only_with, with);
}

static enum bw_status
ask_all(struct setup *setup, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (const struct bw_question *question = bw_questions;
         status == BW_OK && question->section != NULL; question++) {
        char value[BW_INI_VALUE_BYTES];
        bool new = false;
        if (!is_asked(setup, question)) {
            status = bw_ini_text_set(
                &setup->ini, question->section, question->name, NULL, err);
            continue;
        }
        if (!ask(setup, question, value, &new)) {
            return bw_error_set(err, BW_REFUSED, 0,
                "Setting up was broken off at \"%s\": nothing was written.",
                question->name);
        }
        if (strcmp(question->name, "language") == 0) {
            set_language(setup, value);
        }
        status = keep(setup, question, value, new, err);
    }
    return status;
}

/* ---- writing ---- */

static bool
has_changed(const struct setup *setup)
{
    return setup->ini.count != setup->before.count ||
           (setup->ini.count > 0 &&
               memcmp(setup->ini.bytes, setup->before.bytes, setup->ini.count) != 0);
}

/* A yes or a no; Enter is `usual`, the end of the input a no. */
static bool
agree(struct setup *setup, const char *key, bool usual)
{
    const struct bw_question question = {.kind = BW_QUESTION_YES, .yes = "y", .no = ""};
    (void)printf("\n%s [%s] > ", sentence(setup, key, setup->path),
        shown(setup, &question, usual ? "y" : ""));
    for (;;) {
        char value[BW_INI_VALUE_BYTES];
        const char *typed = read_line(setup);
        if (typed == NULL || typed[0] == '\0') {
            return typed != NULL && usual;
        }
        if (bw_question_take(&question, NULL, typed, value)) {
            return value[0] != '\0';
        }
        (void)printf("%s\n> ", sentence(setup, "setup.yes_w", ""));
    }
}

static enum bw_exit
write_file(struct setup *setup)
{
    struct bw_error err;
    if (!has_changed(setup)) {
        tell(setup, "setup.same", setup->path);
        return BW_EXIT_DONE;
    }
    tell(setup, "setup.show", setup->path);
    (void)printf("\n%.*s", (int)setup->ini.count, setup->ini.bytes);
    if (setup->check) {
        (void)putchar('\n');
        tell(setup, "setup.checked", "");
        return BW_EXIT_DONE;
    }
    bool there = setup->before.bytes != NULL;
    if (!agree(setup, there ? "setup.over" : "setup.write", !there)) {
        tell(setup, "setup.left", "");
        return BW_EXIT_FAILED;
    }
    if (bw_ini_text_write(&setup->ini, setup->path, &err) != BW_OK) {
        return fail(&err, BW_EXIT_FAILED);
    }
    tell(setup, "setup.done", setup->path);
    return BW_EXIT_DONE;
}

/* ---- the command ---- */

/* Returns an exit status, or -1 to go on. */
static int
read_arguments(const struct bw_options *options, struct setup *setup)
{
    for (int i = 1; i < options->rest_count; i++) {
        if (strcmp(options->rest[i], "--help") == 0) {
            (void)fputs(bw_said(usage), stdout);
            return BW_EXIT_DONE;
        }
        if (strcmp(options->rest[i], "--check") == 0) {
            setup->check = true;
        } else if (strcmp(options->rest[i], "--seat") == 0 &&
                   i + 1 < options->rest_count) {
            setup->seat = options->rest[++i];
        } else {
            (void)fputs(bw_said(usage), stderr);
            return BW_EXIT_USAGE;
        }
    }
    if (setup->seat == NULL && !isatty(STDIN_FILENO)) {
        struct bw_error err;
        (void)bw_error_set(&err, BW_BAD_INPUT, 0,
            "Setting up asks questions, and there is no terminal to ask them on. Run it "
            "on one, or write %s by hand: see brugwachter.ini(5).",
            setup->path);
        return (int)fail(&err, BW_EXIT_USAGE);
    }
    return -1;
}

static enum bw_exit
write_seat(struct setup *setup)
{
    struct bw_error err;
    if (bw_ini_text_read(&setup->ini, setup->path, &err) != BW_OK) {
        return fail(&err, BW_EXIT_FAILED);
    }
    enum bw_status status = bw_seat_write(&setup->ini, setup->seat, &err);
    return status == BW_OK
               ? BW_EXIT_DONE
               : fail(&err, status == BW_BAD_INPUT ? BW_EXIT_USAGE : BW_EXIT_FAILED);
}

static enum bw_exit
run(struct setup *setup, const struct bw_options *options)
{
    struct bw_error err;
    if (setup->seat != NULL) {
        return write_seat(setup);
    }
    if (bw_ui_wording_create(NULL, &setup->wording, &err) != BW_OK ||
        bw_ini_text_read(&setup->before, setup->path, &err) != BW_OK ||
        bw_ini_text_read(&setup->ini, setup->path, &err) != BW_OK) {
        return fail(&err, BW_EXIT_FAILED);
    }
    if (options->language != NULL) {
        set_language(setup, options->language);
    }
    if (!setup->check && bw_ini_text_may_write(setup->path, &err) != BW_OK) {
        return fail(&err, BW_EXIT_FAILED);
    }
    tell(setup, "setup.begin", setup->path);
    return ask_all(setup, &err) == BW_OK ? write_file(setup) : fail(&err, BW_EXIT_FAILED);
}

enum bw_exit
bw_setup_main(const struct bw_options *options)
{
    struct setup setup = {0};
    const char *folder =
        options->settings_dir != NULL ? options->settings_dir : BW_SETTINGS_DIR;
    struct bw_error err;
    if (snprintf(setup.path, sizeof setup.path, "%s/kiosk.ini", folder) >=
        (int)sizeof setup.path) {
        (void)bw_error_set(&err, BW_BAD_INPUT, 0,
            "Setting up failed: the path %.80s… is too long. Give another --settings.",
            folder);
        return fail(&err, BW_EXIT_USAGE);
    }
    int answer = read_arguments(options, &setup);
    enum bw_exit exit = answer >= 0 ? (enum bw_exit)answer : run(&setup, options);
    bw_ini_text_finish(&setup.before);
    bw_ini_text_finish(&setup.ini);
    bw_ui_wording_destroy(setup.wording);
    free(setup.typed);
    return exit;
}
