/* A mail before it goes: see mail_sample.h. */
#include "web/page/mail/mail_sample.h"

#include "office/mail/compose.h"
#include "web/page/mail/mail_groups.h"
#include "web/page/part/people.h"
#include "web/desk/settled.h"

#include <brugwachter/text.h>
#include <stdlib.h>
#include <string.h>

/* Of a group the `wanted`th, and how many they are. */
static const struct bw_told_due *
due_at(const struct bw_told_list *list, const char *group, int64_t wanted,
    int64_t *ret_count)
{
    const struct bw_told_due *found = NULL;
    char word[BW_WEB_MAIL_GROUP_BYTES];
    int64_t at = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct bw_told_due *due = &list->due[i];
        bw_web_mail_group_of(due, word);
        if (due->hindrance == BW_TOLD_NO_HINDRANCE &&
            (group[0] == '\0' || strcmp(group, word) == 0)) {
            found = ++at == wanted ? due : found;
        }
    }
    *ret_count = at;
    return found;
}

/* Breaks that stand there for the width's sake become blanks: those after which not even
 * the next word would have had room. The others are meant. */
static void
unwrap(char *text)
{
    char *line = text;
    for (char *end = strchr(line, '\n'); end != NULL; end = strchr(line, '\n')) {
        size_t word = strcspn(end + 1, " \n");
        if (bw_text_chars_of(line, (size_t)(end - line)) + 1 +
                bw_text_chars_of(end + 1, word) >
            BW_LETTER_TEXT_LINE_CHARS) {
            *end = ' ';
        }
        line = end + 1;
    }
}

/* Its paragraphs: an empty line parts two of them, and a browser breaks its own lines. */
static json_t *
paragraphs_of(const char *text)
{
    json_t *list = json_array();
    char *copy = strdup(text);
    for (char *at = copy; at != NULL && *at != '\0';) {
        char *end = strstr(at, "\n\n");
        char *next = end != NULL ? end + 2 : at + strlen(at);
        if (end != NULL) {
            *end = '\0';
        }
        unwrap(at);
        if (*at != '\0') {
            bw_web_add(&list, json_pack("{s:o}", "text", bw_web_text(at)));
        }
        at = next;
    }
    if (copy == NULL) {
        json_decref(list);
        return NULL;
    }
    free(copy);
    return list;
}

static json_t *
model_of(const struct bw_mailing_writer *writer, const struct bw_told_due *due,
    const struct bw_letter_text_with *with, const struct bw_letter_text *text,
    bool sends_entry)
{
    const struct bw_office_contact *sender = &writer->sender;
    json_t *sample = json_object();
    bw_web_set(&sample, "to", bw_web_name(due->first_name, due->name));
    bw_web_set(&sample, "to_mail", bw_web_text(due->now.mail));
    bw_web_set(&sample, "from",
        bw_web_text(sender->organiser[0] != '\0' ? sender->organiser : sender->mail));
    bw_web_set(&sample, "subject", bw_web_text(text->subject));
    bw_web_set(&sample, "lines", paragraphs_of(text->plain));
    bw_web_set(&sample, "ticket", json_boolean(with->ticket));
    bw_web_set(&sample, "entry", json_boolean(sends_entry));
    bw_web_set(
        &sample, "words", json_string(bw_letter_words_name(bw_letter_words_of(due))));
    return sample;
}

enum bw_status
bw_web_mail_sample_of(const struct bw_web_visit *visit, const struct bw_told_due *due,
    const struct bw_letter_words *words, json_t **ret_sample, struct bw_error *err)
{
    enum bw_wording_language language = BW_WORDING_DUTCH;
    struct bw_mailing_writer writer = {.office = &visit->desk->office};
    struct bw_mailing_names names;
    struct bw_letter_text text = {.subject = NULL};
    enum bw_status status =
        bw_office_contact_read(writer.office->central, &writer.sender, err);
    if (status == BW_OK) {
        status = bw_web_settled_language(visit, &language, err);
    }
    if (status != BW_OK) {
        return status;
    }
    bw_mailing_name(&writer, due, &names);
    bool out = names.entry.state == BW_TOLD_ENTRY_OUT;
    const struct bw_letter_text_with with = {
        .ticket = due->kind != BW_TOLD_CANCELLED && due->kind != BW_TOLD_CERTIFICATE,
        .entry = names.sends_entry && !out,
        .entry_out = names.sends_entry && out};
    status = bw_letter_text_make(due, &writer.sender, language, words, &with, &text, err);
    if (status != BW_OK) {
        return status;
    }
    json_t *sample = model_of(&writer, due, &with, &text, names.sends_entry);
    bw_web_set(&sample, "mail_lang", json_string(bw_wording_code(language)));
    bw_letter_text_finish(&text);
    *ret_sample = sample;
    return sample != NULL
               ? BW_OK
               : bw_error_set(err, BW_NO_MEMORY, 0, "showing a mail: no memory");
}

enum bw_status
bw_web_mail_sample(const struct bw_web_visit *visit, const struct bw_told_list *list,
    json_t **ret_sample, struct bw_error *err)
{
    const char *group = bw_web_request_asked(visit->request, "groep");
    int64_t at = strtoll(bw_web_request_asked(visit->request, "mail"), NULL, 10);
    int64_t count = 0;
    const struct bw_told_due *due = due_at(list, group, at, &count);
    struct bw_letter_words words = {{{NULL}}};
    enum bw_wording_language language = BW_WORDING_DUTCH;
    if (due == NULL) {
        at = 1;
        due = due_at(list, group, at, &count);
    }
    if (due == NULL) {
        *ret_sample = json_false();
        return BW_OK;
    }
    json_t *sample = NULL;
    enum bw_status status = bw_web_settled_language(visit, &language, err);
    if (status == BW_OK) {
        status = bw_letter_words_read(visit->desk->office.central, language, &words, err);
    }
    if (status == BW_OK) {
        status = bw_web_mail_sample_of(visit, due, &words, &sample, err);
    }
    bw_letter_words_finish(&words);
    if (status != BW_OK) {
        return status;
    }
    bw_web_set(&sample, "of_group", bw_web_text(group));
    bw_web_set(&sample, "at", json_integer((json_int_t)at));
    bw_web_set(&sample, "of", json_integer((json_int_t)count));
    bw_web_set(&sample, "before", json_integer((json_int_t)(at > 1 ? at - 1 : 0)));
    bw_web_set(&sample, "after", json_integer((json_int_t)(at < count ? at + 1 : 0)));
    *ret_sample = sample;
    return sample != NULL
               ? BW_OK
               : bw_error_set(err, BW_NO_MEMORY, 0, "showing a mail: no memory");
}
