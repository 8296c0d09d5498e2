/* The organiser's own words in mails: see mail_text.h. */
#include "cli/commands/mail/mail_text.h"

#include "cli/answer.h"
#include "office/mail/letter_words.h"
#include "office/mail/letter_fill.h"

#include <brugwachter/said.h>
#include <stdlib.h>
#include <string.h>

struct text_showing {
    struct bw_call *call;
    enum bw_wording_language language;
    struct bw_letter_words words;
    json_t *list; /* NULL where text is printed */
};

/* As she writes it; the caller frees. NULL without memory. */
static char *
part_of(const struct text_showing *t, enum bw_letter_words_kind kind,
    enum bw_letter_words_part part)
{
    const char *hers = t->words.hers[kind][part];
    char *ours = hers == NULL ? bw_letter_words_ours(t->language, kind, part) : NULL;
    const char *text = hers != NULL ? hers : ours;
    char *shown = text != NULL ? bw_letter_fill_show(t->language, text) : NULL;
    free(ours);
    return shown;
}

static bool
is_hers(const struct text_showing *t, enum bw_letter_words_kind kind)
{
    bool hers = false;
    for (int part = 0; part < BW_LETTER_WORDS_PARTS; part++) {
        hers = hers || t->words.hers[kind][part] != NULL;
    }
    return hers;
}

static enum bw_status
show_kind(struct text_showing *t, enum bw_letter_words_kind kind,
    enum bw_letter_words_part only, struct bw_error *err)
{
    json_t *one = t->list != NULL ? json_object() : NULL;
    for (int i = 0; i < BW_LETTER_WORDS_PARTS; i++) {
        enum bw_letter_words_part part = (enum bw_letter_words_part)i;
        char *text = part_of(t, kind, part);
        if (text == NULL) {
            json_decref(one);
            return bw_error_set(
                err, BW_NO_MEMORY, 0, "showing a mail's words: no memory");
        }
        if (t->list != NULL) {
            bw_cli_set(&one, bw_letter_words_part_name(part), json_string(text));
        } else if (only == part || only == BW_LETTER_WORDS_PARTS) {
            (void)fprintf(
                t->call->out, "%s:\n%s\n", bw_letter_words_part_name(part), text);
        }
        free(text);
    }
    if (t->list != NULL) {
        bw_cli_set(&one, "kind", json_string(bw_letter_words_name(kind)));
        bw_cli_set(&one, "own", json_boolean(is_hers(t, kind)));
        bw_cli_add(&t->list, one);
    }
    return BW_OK;
}

static void
print_names(const struct text_showing *t)
{
    (void)fputs(bw_said("Filled in for each person:"), t->call->out);
    for (int i = 0; i < BW_LETTER_FILL_NAMES; i++) {
        (void)fprintf(t->call->out, " {%s}",
            bw_letter_fill_shown(t->language, (enum bw_letter_fill_name)i));
    }
    (void)fputc('\n', t->call->out);
}

/* One kind, or (BW_LETTER_WORDS_KINDS) all. */
static enum bw_status
show(struct text_showing *t, enum bw_letter_words_kind kind,
    enum bw_letter_words_part part, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    bool all = kind == BW_LETTER_WORDS_KINDS;
    for (int i = 0; status == BW_OK && i < BW_LETTER_WORDS_KINDS; i++) {
        enum bw_letter_words_kind one = (enum bw_letter_words_kind)i;
        if (all && t->list == NULL) {
            (void)fprintf(t->call->out, "%-14s %s\n", bw_letter_words_name(one),
                is_hers(t, one) ? bw_said("your own words") : bw_said("our words"));
        } else if (all || one == kind) {
            status = show_kind(t, one, part, err);
        }
    }
    if (status == BW_OK && t->list == NULL && !all && part == BW_LETTER_WORDS_PARTS) {
        print_names(t);
    }
    return status;
}

static enum bw_status
answer(struct bw_call *call, enum bw_letter_words_kind kind,
    enum bw_letter_words_part part, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct text_showing t = {.call = call,
        .language = office.language,
        .list = call->json ? json_array() : NULL};
    enum bw_status status =
        bw_letter_words_read(call->central, t.language, &t.words, err);
    if (status == BW_OK) {
        status = show(&t, kind, part, err);
    }
    bw_letter_words_finish(&t.words);
    if (status == BW_OK && call->json) {
        return bw_cli_json(call,
            json_pack(
                "{s:s, s:o}", "language", bw_wording_code(t.language), "texts", t.list),
            err);
    }
    json_decref(t.list);
    return status;
}

/* All parts, or one: what is typed, or ours. */
static enum bw_status
put(struct bw_call *call, enum bw_letter_words_kind kind, enum bw_letter_words_part part,
    const char *typed, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    const char *values[BW_LETTER_WORDS_PARTS] = {NULL};
    char why[BW_TITLE_BYTES];
    int changed = 0;
    bool ours = strcmp(typed, "ours") == 0;
    for (int i = 0; i < BW_LETTER_WORDS_PARTS; i++) {
        if (part == BW_LETTER_WORDS_PARTS || i == (int)part) {
            values[i] = ours ? "" : typed;
        }
    }
    enum bw_status status = bw_call_why(call, why, err);
    if (status == BW_OK) {
        status = bw_letter_words_put(
            &office, office.language, kind, values, why, &changed, err);
    }
    if (status == BW_OK && !call->json) {
        (void)fputs(changed > 0
                        ? bw_said("Mails say it so from now on; undo takes it back.\n")
                        : bw_said("Nothing was changed: so it was.\n"),
            call->out);
    }
    return status;
}

enum bw_exit
bw_cli_mail_text(struct bw_call *call, struct bw_error *err)
{
    enum bw_letter_words_kind kind = BW_LETTER_WORDS_KINDS;
    enum bw_letter_words_part part = BW_LETTER_WORDS_PARTS;
    int count = call->operands_count;
    const char *typed = NULL;
    if (count > 1) {
        kind = bw_letter_words_find(call->operands[1]);
    }
    if (count > 1 && kind == BW_LETTER_WORDS_KINDS) {
        return bw_call_usage(err,
            "mail text knows no mail \"%s\"; without a name it lists them",
            call->operands[1]);
    }
    bool all_ours = count == 3 && strcmp(call->operands[2], "ours") == 0;
    if (count > 2 && !all_ours) {
        part = bw_letter_words_part_find(call->operands[2]);
    }
    if (count > 2 && !all_ours && part == BW_LETTER_WORDS_PARTS) {
        return bw_call_usage(err,
            "a mail has a subject, a headline and a body, and no \"%s\"",
            call->operands[2]);
    }
    typed = all_ours ? "ours" : count > 3 ? call->operands[3] : NULL;
    enum bw_status status = typed != NULL ? put(call, kind, part, typed, err) : BW_OK;
    if (status == BW_OK) {
        status = answer(call, kind, part, err);
    }
    return status == BW_BAD_INPUT ? BW_EXIT_USAGE : bw_exit_of(status);
}
