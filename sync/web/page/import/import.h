/* What the pages of Inlezen share. One thread. */
#ifndef BW_WEB_IMPORT_H
#define BW_WEB_IMPORT_H

#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The kinds of file as choices of a form: [{"value","word","chosen"}]. NULL without
 * memory. */
json_t *bw_web_import_kinds(const struct bw_web_visit *visit, enum bw_import_kind chosen);
/* By the word of the form; false where it is none. */
bool bw_web_import_kind_parse(const char *word, enum bw_import_kind *ret_kind);

/* The circles as choices, those to come first: [{"value","word","chosen"}]. What the
 * database answers, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_import_circles(const struct bw_web_visit *visit,
    const char *chosen, json_t **ret_list, struct bw_error *err);

/* The word of a form of what is said of a doubt: "zelfde", "ander", "uit", "later". */
const char *bw_web_import_word(enum bw_import_word word);
bool bw_web_import_word_parse(const char *text, enum bw_import_word *ret_word);

/* The answers of a table that are in doubt as a model: see draft_doubts.c. NULL without
 * memory. */
json_t *bw_web_import_doubts(
    const struct bw_web_visit *visit, const struct bw_import_result *result);

/* What was quoted from a file, fit to be shown: cut, and nothing in it turns the text
 * around. NULL without memory. */
json_t *bw_web_import_quoted(const char *text);

/* What a form says of table 0: "kring-0", or of one of its questions: "vraag-0-3". "" for
 * nothing; borrowed. */
const char *bw_web_import_sent(
    const struct bw_web_visit *visit, const char *what, size_t table, int question);

/* How a table was read as a model: see draft_reading.c. NULL without memory. */
json_t *bw_web_import_reading(const struct bw_web_visit *visit,
    const struct bw_import_reading *reading, const json_t *circles);

/* Whether the form says of table `at` that it is to be read otherwise; and takes that for
 * answers, false where there are too many, or without memory. */
bool bw_web_import_reads_others(
    const struct bw_web_visit *visit, const struct bw_import_reading *reading, size_t at);
bool bw_web_import_take_reading(
    const struct bw_web_visit *visit, struct bw_web_draft_table *table, size_t at);

/* What people call a field of forms ("mailadres"); others as they are shown. NULL without
 * memory. */
json_t *bw_web_import_called(
    const struct bw_web_visit *visit, const char *field, const char *shown);

/* How many of the differences of table `at` have a tick of their own, and are taken over
 * unless it goes: of a draft the first ones, as many as a form can say. */
size_t bw_web_import_ticks(const struct bw_web_draft *draft, size_t at);

/* Whether other ones are ticked in the form than were taken over so far; and refuses
 * those that aren't. */
bool bw_web_import_refuses_others(
    const struct bw_web_visit *visit, const struct bw_web_draft *draft, size_t at);
void bw_web_import_take_refusals(
    const struct bw_web_visit *visit, struct bw_web_draft *draft, size_t at);

/* Whom a file brings (`fresh`), or what it changes of those who are known, as a model:
 * see draft_changes.c. NULL without memory. */
json_t *bw_web_import_changes(const struct bw_web_visit *visit,
    const struct bw_import_result *result, bool fresh, size_t ticks);

/* What it leads to that a draft was taken over, put into a model: see draft_done.c. What
 * the database answers, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_import_done(const struct bw_web_visit *visit,
    const struct bw_web_draft *draft, json_t **model, struct bw_error *err);

/* The title of the circle that a table is taken for; "" for none, or several. Borrowed.
 */
const char *bw_web_import_circle(const struct bw_web_draft_table *table);

/* One table of a draft as a model: see draft_model.c. NULL without memory. */
json_t *bw_web_import_table(const struct bw_web_visit *visit,
    const struct bw_web_draft *draft, size_t at, const json_t *circles);

#ifdef __cplusplus
}
#endif

#endif
