/* What the organiser writes in mails: see letter_words.h. */
#include "office/mail/letter_words.h"

#include "office/mail/letter_fill.h"
#include "office/step.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <stdlib.h>
#include <string.h>

enum { OURS_MAX = 3 }; /* paragraphs of ours, the greeting aside */

/* The keys of ours are those of paper's catalogues. */
static const struct {
    const char *name;
    enum bw_told_kind told;
    const char *subject, *headline, *body[OURS_MAX];
} kinds[BW_LETTER_WORDS_KINDS] = {
    [BW_LETTER_WORDS_TICKET] = {"ticket", BW_TOLD_TICKET, "ml.ticket.s", "ml.ticket.h",
        {"ml.ticket.p"}},
    [BW_LETTER_WORDS_PLACE] = {"place", BW_TOLD_PLACE, "ml.place.s", "ml.place.h",
        {"ml.place.p", "ml.place_soon.p"}},
    [BW_LETTER_WORDS_MOVED] = {"moved", BW_TOLD_MOVED, "ml.moved.s", "ml.moved.h",
        {"ml.moved.p"}},
    [BW_LETTER_WORDS_MOVED_SAME] = {"moved-same", BW_TOLD_MOVED, "ml.moved.s",
        "ml.moved.h", {"ml.moved_same.p"}},
    [BW_LETTER_WORDS_MOVED_WAITING] = {"moved-waiting", BW_TOLD_MOVED, "ml.moved.s",
        "ml.moved.h", {"ml.moved_wait.p"}},
    [BW_LETTER_WORDS_CANCELLED] = {"cancelled", BW_TOLD_CANCELLED, "ml.out.s", "ml.out.h",
        {"ml.out.p", "ml.out_else.p"}},
    [BW_LETTER_WORDS_CALLED_OFF] = {"called-off", BW_TOLD_CANCELLED, "ml.off.s",
        "ml.off.h", {"ml.off.p", "ml.off_else.p"}},
    [BW_LETTER_WORDS_WAITING] = {"waiting", BW_TOLD_WAITING, "ml.wait.s", "ml.wait.h",
        {"ml.wait.p", "ml.wait_come.p"}},
    [BW_LETTER_WORDS_RENEWED] = {"renewed", BW_TOLD_RENEWED, "ml.renewed.s",
        "ml.renewed.h", {"ml.renewed.p"}},
    [BW_LETTER_WORDS_CERTIFICATE] = {"certificate", BW_TOLD_CERTIFICATE,
        "ml.certificate.s", "ml.certificate.h",
        {"ml.certificate.p", "ml.certificate_wrong.p"}},
};

static const char *const parts[BW_LETTER_WORDS_PARTS] = {
    [BW_LETTER_WORDS_SUBJECT] = "subject",
    [BW_LETTER_WORDS_HEADLINE] = "headline",
    [BW_LETTER_WORDS_BODY] = "body",
};

const char *
bw_letter_words_name(enum bw_letter_words_kind kind)
{
    return kinds[kind].name;
}

enum bw_letter_words_kind
bw_letter_words_find(const char *name)
{
    int at = 0;
    while (at < BW_LETTER_WORDS_KINDS && strcmp(kinds[at].name, name) != 0) {
        at++;
    }
    return (enum bw_letter_words_kind)at;
}

const char *
bw_letter_words_part_name(enum bw_letter_words_part part)
{
    return parts[part];
}

enum bw_letter_words_part
bw_letter_words_part_find(const char *name)
{
    int at = 0;
    while (at < BW_LETTER_WORDS_PARTS && strcmp(parts[at], name) != 0) {
        at++;
    }
    return (enum bw_letter_words_part)at;
}

enum bw_told_kind
bw_letter_words_told(enum bw_letter_words_kind kind)
{
    return kinds[kind].told;
}

static enum bw_letter_words_kind
of_moved(const struct bw_told_due *due)
{
    bool same = !due->elsewhere && due->now.generation == due->was.generation &&
                due->now.signing_key == due->was.signing_key;
    return due->now.status == BW_WAITLISTED ? BW_LETTER_WORDS_MOVED_WAITING
           : same                           ? BW_LETTER_WORDS_MOVED_SAME
                                            : BW_LETTER_WORDS_MOVED;
}

enum bw_letter_words_kind
bw_letter_words_of(const struct bw_told_due *due)
{
    switch (due->kind) {
    case BW_TOLD_TICKET:
        return BW_LETTER_WORDS_TICKET;
    case BW_TOLD_PLACE:
        return BW_LETTER_WORDS_PLACE;
    case BW_TOLD_MOVED:
        return of_moved(due);
    case BW_TOLD_CANCELLED:
        return due->called_off ? BW_LETTER_WORDS_CALLED_OFF : BW_LETTER_WORDS_CANCELLED;
    case BW_TOLD_WAITING:
        return BW_LETTER_WORDS_WAITING;
    case BW_TOLD_CERTIFICATE:
        return BW_LETTER_WORDS_CERTIFICATE;
    case BW_TOLD_RENEWED:
        break;
    }
    return BW_LETTER_WORDS_RENEWED;
}

void
bw_letter_words_finish(struct bw_letter_words *words)
{
    for (int kind = 0; words != NULL && kind < BW_LETTER_WORDS_KINDS; kind++) {
        for (int part = 0; part < BW_LETTER_WORDS_PARTS; part++) {
            free(words->hers[kind][part]);
            words->hers[kind][part] = NULL;
        }
    }
}

/* ---- ours ---- */

char *
bw_letter_words_ours(enum bw_wording_language language, enum bw_letter_words_kind kind,
    enum bw_letter_words_part part)
{
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);
    if (out == NULL) {
        return NULL;
    }
    if (part != BW_LETTER_WORDS_BODY) {
        (void)fputs(
            bw_wording(language, part == BW_LETTER_WORDS_SUBJECT ? kinds[kind].subject
                                                                 : kinds[kind].headline),
            out);
    } else {
        (void)fputs(bw_wording(language, "ml.hi"), out);
        for (int i = 0; i < OURS_MAX && kinds[kind].body[i] != NULL; i++) {
            (void)fprintf(out, "\n\n%s", bw_wording(language, kinds[kind].body[i]));
        }
    }
    if (fclose(out) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

/* ---- what may stand there ---- */

static enum bw_status
wrong(enum bw_letter_words_part part, const char *why, const char *what,
    struct bw_error *err)
{
    return bw_error_about(err,
        bw_error_set(err, BW_BAD_INPUT, 0, "writing a mail: %s%s", why, what),
        parts[part]);
}

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0, "writing the words of mails: no memory");
}

/* Line by line; empty lines part paragraphs, and more than one of them is one. */
static enum bw_status
clean_lines(const char *typed, FILE *out, int *ret_paragraphs, struct bw_error *err)
{
    char line[BW_TEXT_CHARS_MOST * 4 + 1], raw[sizeof line];
    bool blank = true; /* before what comes */
    *ret_paragraphs = 0;
    for (const char *at = typed; *at != '\0';) {
        size_t length = strcspn(at, "\n");
        if (length >= sizeof raw) {
            return wrong(BW_LETTER_WORDS_BODY, bw_said("a line is too long"), "", err);
        }
        memcpy(raw, at, length);
        raw[length] = '\0';
        at += length + (at[length] == '\n');
        enum bw_text_fault fault = bw_text_clean(raw, BW_TEXT_CHARS_MOST, line);
        if (fault != BW_TEXT_FINE) {
            return wrong(BW_LETTER_WORDS_BODY, bw_said("a line "),
                bw_said(bw_text_fault_name(fault)), err);
        }
        if (line[0] != '\0') {
            (void)fprintf(out, "%s%s",
                *ret_paragraphs == 0 ? ""
                : blank              ? "\n\n"
                                     : "\n",
                line);
            *ret_paragraphs += blank;
        }
        blank = line[0] == '\0';
    }
    return BW_OK;
}

static enum bw_status
clean_body(const char *typed, char **ret_clean, struct bw_error *err)
{
    char *clean = NULL;
    size_t bytes = 0;
    int paragraphs = 0;
    FILE *out = open_memstream(&clean, &bytes);
    if (out == NULL) {
        return no_memory(err);
    }
    enum bw_status status = clean_lines(typed, out, &paragraphs, err);
    if (fclose(out) != 0 && status == BW_OK) {
        status = no_memory(err);
    }
    if (status == BW_OK && (bw_text_chars(clean) > BW_LETTER_WORDS_CHARS ||
                               paragraphs > BW_LETTER_WORDS_PARAGRAPHS)) {
        status = wrong(BW_LETTER_WORDS_BODY,
            bw_said("it is too long; keep to 3000 characters and 12 paragraphs"), "",
            err);
    }
    if (status != BW_OK) {
        free(clean);
        return status;
    }
    *ret_clean = clean;
    return BW_OK;
}

static enum bw_status
clean_line(enum bw_letter_words_part part, const char *typed, char **ret_clean,
    struct bw_error *err)
{
    char line[BW_TITLE_BYTES];
    enum bw_text_fault fault = bw_text_clean(typed, BW_TITLE_CHARS, line);
    if (fault != BW_TEXT_FINE) {
        return wrong(part, bw_said("it "), bw_said(bw_text_fault_name(fault)), err);
    }
    *ret_clean = strdup(line);
    return *ret_clean != NULL ? BW_OK : no_memory(err);
}

enum bw_status
bw_letter_words_take(enum bw_wording_language language, enum bw_letter_words_part part,
    const char *typed, char **ret_text, struct bw_error *err)
{
    char *clean = NULL, *text = NULL, bad[BW_NAME_BYTES];
    enum bw_status status = part == BW_LETTER_WORDS_BODY
                                ? clean_body(typed, &clean, err)
                                : clean_line(part, typed, &clean, err);
    if (status != BW_OK) {
        return status;
    }
    bool fine = bw_letter_fill_take(language, clean, &text, bad);
    free(clean);
    if (!fine) {
        return wrong(part,
            bw_said("between braces there can only be a name that is known: "), bad, err);
    }
    if (text == NULL) {
        return no_memory(err);
    }
    *ret_text = text;
    return BW_OK;
}

/* ---- reading ---- */

struct words_reading {
    enum bw_wording_language language;
    struct bw_letter_words *words;
    bool no_memory;
};

/* LW1, LW2: rows come in the order of their steps, so the last one stays. */
static bool
on_words(const struct bw_sql_value *c, int count, void *context)
{
    struct words_reading *reading = context;
    (void)count;
    enum bw_letter_words_kind kind = bw_letter_words_find(c[0].text);
    enum bw_letter_words_part part = bw_letter_words_part_find(c[1].text);
    if (kind == BW_LETTER_WORDS_KINDS || part == BW_LETTER_WORDS_PARTS) {
        return true;
    }
    char **slot = &reading->words->hers[kind][part];
    free(*slot);
    *slot = NULL;
    char *text = NULL;
    enum bw_status status =
        bw_letter_words_take(reading->language, part, c[2].text, &text, NULL);
    reading->no_memory = status == BW_NO_MEMORY;
    if (status == BW_OK && text[0] != '\0') {
        *slot = text;
    } else if (status == BW_OK) {
        free(text);
    }
    return !reading->no_memory;
}

enum bw_status
bw_letter_words_read(struct bw_central *central, enum bw_wording_language language,
    struct bw_letter_words *ret_words, struct bw_error *err)
{
    struct bw_letter_words words = {{{NULL}}};
    struct words_reading reading = {.language = language, .words = &words};
    struct bw_sql_value value = bw_sql_text(bw_wording_code(language));
    enum bw_status status = bw_central_run(central,
        "SELECT x.name, x.part, x.words FROM mail_text x"
        " JOIN step s ON s.step_no = x.step_no"
        " WHERE x.language = $1 AND s.undone_by <= 0 ORDER BY x.step_no",
        &value, 1, on_words, &reading, err);
    if (status == BW_OK && reading.no_memory) {
        status = no_memory(err);
    }
    if (status != BW_OK) {
        bw_letter_words_finish(&words);
        return status;
    }
    *ret_words = words;
    return BW_OK;
}

/* ---- writing ---- */

struct words_step {
    const struct bw_office *office;
    enum bw_wording_language language;
    enum bw_letter_words_kind kind;
    const char *why;
    int changed;
};

/* "" where it is ours. */
static enum bw_status
put_part(struct words_step *s, enum bw_letter_words_part part, const char *words,
    struct bw_error *err)
{
    struct bw_central *central = s->office->central;
    enum bw_status status = BW_OK;
    if (s->changed++ == 0) {
        status =
            bw_step_begin(s->office, "mail text", kinds[s->kind].name, s->why, 0, err);
    }
    struct bw_sql_value values[] = {bw_sql_int(bw_central_step(central)),
        bw_sql_text(bw_wording_code(s->language)), bw_sql_text(kinds[s->kind].name),
        bw_sql_text(parts[part]), bw_sql_text(words)};
    return status != BW_OK
               ? status
               : bw_central_run(central,
                     "INSERT INTO mail_text (step_no, language, name, part, words)"
                     " VALUES ($1, $2, $3, $4, $5)",
                     values, 5, NULL, NULL, err);
}

static enum bw_status
take_part(struct words_step *s, enum bw_letter_words_part part, const char *typed,
    const char *hers, struct bw_error *err)
{
    char *text = NULL, *ours = bw_letter_words_ours(s->language, s->kind, part);
    enum bw_status status =
        ours != NULL ? bw_letter_words_take(s->language, part, typed, &text, err)
                     : no_memory(err);
    if (status == BW_OK) {
        const char *words = strcmp(text, ours) == 0 ? "" : text;
        if (strcmp(words, hers != NULL ? hers : "") != 0) {
            status = put_part(s, part, words, err);
        }
    }
    free(text);
    free(ours);
    return status;
}

enum bw_status
bw_letter_words_put(const struct bw_office *office, enum bw_wording_language language,
    enum bw_letter_words_kind kind, const char *const typed[BW_LETTER_WORDS_PARTS],
    const char *why, int *ret_changed, struct bw_error *err)
{
    struct words_step s = {
        .office = office, .language = language, .kind = kind, .why = why};
    struct bw_letter_words words = {{{NULL}}};
    enum bw_status status = bw_central_begin_step(office->central, err);
    if (status == BW_OK) { /* LW1: the last one that stands counts */
        status = bw_central_lock_numbers(office->central, err);
    }
    if (status == BW_OK) {
        status = bw_letter_words_read(office->central, language, &words, err);
    }
    for (int part = 0; status == BW_OK && part < BW_LETTER_WORDS_PARTS; part++) {
        if (typed[part] != NULL) {
            status = take_part(&s, (enum bw_letter_words_part)part, typed[part],
                words.hers[kind][part], err);
        }
    }
    if (status == BW_OK && s.changed > 0) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    bw_letter_words_finish(&words);
    if (status == BW_OK) {
        *ret_changed = s.changed;
    }
    return status;
}
