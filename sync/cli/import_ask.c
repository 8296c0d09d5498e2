/* What an import asks: see import_ask.h. */
#include "cli/import_ask.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES_MAX = 3, LINE_BYTES = 64, NONE = -1, NO_ANSWER = -2 };

void
bw_cli_answers_init(
    struct bw_cli_answers *answers, const struct bw_call *call, bool may_ask)
{
    *answers = (struct bw_cli_answers){
        .maps_count = call->maps_count, .aliases_count = call->aliases_count};
    memcpy(answers->maps, call->maps, sizeof call->maps);
    memcpy(answers->aliases, call->aliases, sizeof call->aliases);
    answers->maps_given = answers->maps_count;
    answers->aliases_given = answers->aliases_count;
    if (may_ask) {
        answers->questions = calloc(1, sizeof *answers->questions);
    }
}

void
bw_cli_answers_finish(struct bw_cli_answers *answers)
{
    for (int i = answers->maps_given; i < answers->maps_count; i++) {
        free((char *)answers->maps[i]);
    }
    for (int i = answers->aliases_given; i < answers->aliases_count; i++) {
        free((char *)answers->aliases[i]);
    }
    free(answers->questions);
    *answers = (struct bw_cli_answers){.questions = NULL};
}

/* A heading comes from the file: nothing of it may move a terminal's cursor. What is
 * asked is whole lines, which is what comes through plain.h. */
static void
show(FILE *out, const char *before, const char *text, const char *after)
{
    char fine[BW_TITLE_BYTES];
    (void)snprintf(fine, sizeof fine, "%s", text);
    bw_text_defuse(fine, '?');
    (void)fprintf(out, "%s%s%s", before, fine, after);
}

static const struct {
    const char *asks, *without;
} askings[] = {
    [BW_IMPORT_ASK_COLUMN] = {BW_SAYS("which column is "),
        BW_SAYS("everybody goes in without")},
    [BW_IMPORT_ASK_REGION] = {BW_SAYS("which region is "), BW_SAYS("it stays as it is")},
    [BW_IMPORT_ASK_CIRCLE] = {BW_SAYS("which circle is "), BW_SAYS("its rows stay out")},
    [BW_IMPORT_ASK_DATES] = {BW_SAYS("which day is "), ""},
};

static void
show_choices(const struct bw_import_question *q, FILE *out)
{
    for (int i = 0; i < q->count; i++) {
        (void)fprintf(out, "  %2d  ", i + 1);
        bool sample = q->choices[i].shown[0] != '\0';
        show(out, "", q->choices[i].value, sample ? "   (" : "");
        show(out, "", q->choices[i].shown, sample ? ")\n" : "\n");
    }
    (void)fprintf(out, bw_said("   0  none of them: %s\n"),
        q->required ? bw_said("nothing is imported") : bw_said(askings[q->ask].without));
    if (q->best >= 0) {
        (void)fprintf(out, bw_said("Type its number; Enter alone is %d.\n"), q->best + 1);
    } else {
        (void)fprintf(out, bw_said("Type its number.\n"));
    }
    (void)fflush(out);
}

/* An empty line takes the likeliest. */
static int
choice_of(const struct bw_import_question *q, const char *line)
{
    char *end = NULL;
    long number = strtol(line, &end, 10);
    if (end == line && line[0] == '\n' && q->best >= 0) {
        return q->best;
    }
    bool whole = end != line && end[strspn(end, " \r\n")] == '\0';
    if (!whole || number < 0 || number > q->count) {
        return NO_ANSWER;
    }
    return number == 0 ? NONE : (int)number - 1;
}

static int
ask_choice(const struct bw_import_question *q, const char *shown, FILE *in, FILE *out)
{
    int choice = NO_ANSWER;
    show(out, "", shown, ": ");
    show(out, bw_said(askings[q->ask].asks), q->shown, "?\n");
    for (int i = 0; i < TRIES_MAX && choice == NO_ANSWER; i++) {
        char line[LINE_BYTES];
        show_choices(q, out);
        if (fgets(line, sizeof line, in) == NULL) {
            return NO_ANSWER;
        }
        choice = choice_of(q, line);
    }
    return choice;
}

static int
ask_without(const struct bw_import_question *q, const char *shown, FILE *in, FILE *out)
{
    char line[LINE_BYTES];
    show(out, "", shown, ": ");
    show(out, bw_said("no column is "), q->shown,
        bw_said(", and none is left that could be it. "));
    (void)fprintf(out, bw_said("Take everybody without? [y/N]\n"));
    (void)fflush(out);
    bool yes = fgets(line, sizeof line, in) != NULL && line[0] != '\0' &&
               strchr("yYjJ", line[0]) != NULL;
    return yes ? NONE : NO_ANSWER;
}

static bool
answer_add(struct bw_cli_answers *answers, const struct bw_import_question *q, int choice)
{
    char *text = NULL;
    if (q->ask == BW_IMPORT_ASK_DATES) {
        answers->dates = bw_form_time_order_parse(q->choices[choice].value);
        return true;
    }
    bool column = q->ask == BW_IMPORT_ASK_COLUMN;
    const char **list = column ? answers->maps : answers->aliases;
    int *count = column ? &answers->maps_count : &answers->aliases_count;
    bool fine = *count < BW_MAPS_MAX + BW_IMPORT_QUESTIONS_MAX &&
                asprintf(&text, "%s=%s", q->about,
                    choice == NONE ? "-" : q->choices[choice].value) > 0;
    if (fine) {
        list[(*count)++] = text;
    }
    return fine;
}

bool
bw_cli_answers_ask(struct bw_cli_answers *answers, const char *shown, FILE *in, FILE *out)
{
    struct bw_import_questions *questions = answers->questions;
    bool fine = true;
    for (int i = 0; fine && i < questions->count; i++) {
        const struct bw_import_question *q = &questions->items[i];
        int choice =
            q->count > 0 ? ask_choice(q, shown, in, out) : ask_without(q, shown, in, out);
        fine = choice != NO_ANSWER && !(choice == NONE && q->required) &&
               answer_add(answers, q, choice);
    }
    questions->count = 0;
    return fine;
}
