/* Pas de tekst aan: what each kind of mail says, in her own words or ours, with the mail
 * beside it as a real person would get it. What is typed is shown first by a button, and
 * kept by another; both are checked alike (letter_words.h).
 *
 *   form --bekijk--> form, with the mail as it would be
 *     |  --bewaar--> kept, said --ons--> ours again, said
 *     '-- what stands is another than the form was drawn with: nothing is done, and who
 *         changed it is said ("beeld", part/stale.h)
 */
#include "office/mail/letter_fill.h"
#include "office/mail/told_example.h"
#include "web/desk/form.h"
#include "web/desk/settled.h"
#include "web/page/mail/mail_sample.h"
#include "web/page/pages.h"
#include "web/page/part/picture.h"
#include "web/page/part/stale.h"

#include <stdlib.h>
#include <string.h>

/* Fields of the form, by part. */
static const char *const fields[BW_LETTER_WORDS_PARTS] = {
    [BW_LETTER_WORDS_SUBJECT] = "onderwerp",
    [BW_LETTER_WORDS_HEADLINE] = "kop",
    [BW_LETTER_WORDS_BODY] = "tekst"};

static const struct bw_web_form text_form = {bw_web_page_mail_text,
    {{"subject", "onderwerp", NULL}, {"headline", "kop", NULL}, {"body", "tekst", NULL}}};

struct text_page {
    struct bw_web_visit *visit;
    enum bw_wording_language language;
    enum bw_letter_words_kind kind;
    struct bw_letter_words words; /* as they stand, but for what was typed and is fine */
    char *shown[BW_LETTER_WORDS_PARTS]; /* as they stand, as she writes them */
    char digest[BW_WEB_KEY_BYTES];      /* of those */
    bool own, stale, tried;
    bool typed; /* the fields show what came with the form */
};

static void
finish(struct text_page *page)
{
    bw_letter_words_finish(&page->words);
    for (int part = 0; part < BW_LETTER_WORDS_PARTS; part++) {
        free(page->shown[part]);
    }
}

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0, "showing a mail: no memory");
}

/* ---- what stands ---- */

static enum bw_status
stands_read(struct text_page *page, struct bw_error *err)
{
    json_t *all = json_array();
    enum bw_status status = BW_OK;
    for (int i = 0; status == BW_OK && i < BW_LETTER_WORDS_PARTS; i++) {
        enum bw_letter_words_part part = (enum bw_letter_words_part)i;
        const char *hers = page->words.hers[page->kind][part];
        char *ours =
            hers == NULL ? bw_letter_words_ours(page->language, page->kind, part) : NULL;
        const char *text = hers != NULL ? hers : ours;
        page->own = page->own || hers != NULL;
        page->shown[part] =
            text != NULL ? bw_letter_fill_show(page->language, text) : NULL;
        free(ours);
        status = page->shown[part] != NULL ? BW_OK : no_memory(err);
        if (status == BW_OK) {
            bw_web_add(&all, bw_web_text(page->shown[part]));
        }
    }
    if (status == BW_OK) {
        status = bw_web_picture_digest(all, page->digest, err);
    }
    json_decref(all);
    return status;
}

static enum bw_status
read_page(struct text_page *page, struct bw_error *err)
{
    const char *name = page->visit->request->segments[1];
    page->kind = bw_letter_words_find(name);
    if (page->kind == BW_LETTER_WORDS_KINDS) {
        return bw_error_set(
            err, BW_NOT_FOUND, 0, "showing a mail's words: no mail is called so");
    }
    enum bw_status status = bw_web_settled_language(page->visit, &page->language, err);
    if (status == BW_OK) {
        status = bw_letter_words_read(
            page->visit->desk->office.central, page->language, &page->words, err);
    }
    return status == BW_OK ? stands_read(page, err) : status;
}

/* ---- the mail beside it ---- */

/* Of who is due, the first whose mail it is. */
static const struct bw_told_due *
first_of(const struct bw_told_list *list, enum bw_letter_words_kind kind)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->due[i].hindrance == BW_TOLD_NO_HINDRANCE &&
            bw_letter_words_of(&list->due[i]) == kind) {
            return &list->due[i];
        }
    }
    return NULL;
}

static enum bw_status
sample_of(struct text_page *page, json_t **ret_sample, struct bw_error *err)
{
    const struct bw_office *office = &page->visit->desk->office;
    struct bw_told_list list = {.due = NULL}, example = {.due = NULL};
    enum bw_status status = bw_told_read(office, NULL, NULL, &list, err);
    const struct bw_told_due *due = status == BW_OK ? first_of(&list, page->kind) : NULL;
    if (status == BW_OK && due == NULL) {
        status = bw_told_example(office, page->kind, &example, err);
        due = status == BW_OK && example.count > 0 ? &example.due[0] : NULL;
    }
    if (status == BW_OK && due == NULL) {
        *ret_sample = json_false();
    } else if (status == BW_OK) {
        status = bw_web_mail_sample_of(page->visit, due, &page->words, ret_sample, err);
    }
    bw_told_list_finish(&example);
    bw_told_list_finish(&list);
    return status;
}

/* ---- the page ---- */

static json_t *
kinds_of(const struct text_page *page)
{
    json_t *list = json_array();
    for (int i = 0; i < BW_LETTER_WORDS_KINDS; i++) {
        enum bw_letter_words_kind kind = (enum bw_letter_words_kind)i;
        char key[BW_LABEL_BYTES];
        bool own = false;
        (void)snprintf(key, sizeof key, "mt.%s", bw_letter_words_name(kind));
        for (int part = 0; part < BW_LETTER_WORDS_PARTS; part++) {
            own = own || page->words.hers[kind][part] != NULL;
        }
        json_t *row = json_object();
        bw_web_set(&row, "word", json_string(bw_letter_words_name(kind)));
        bw_web_set(&row, "what", bw_web_sentence(page->visit, key));
        bw_web_set(&row, "here", json_boolean(kind == page->kind));
        bw_web_set(&row, "hers", json_boolean(own));
        bw_web_add(&list, row);
    }
    return list;
}

static json_t *
names_of(const struct text_page *page)
{
    json_t *list = json_array();
    for (int i = 0; i < BW_LETTER_FILL_NAMES; i++) {
        char name[BW_LABEL_BYTES];
        (void)snprintf(name, sizeof name, "{%s}",
            bw_letter_fill_shown(page->language, (enum bw_letter_fill_name)i));
        bw_web_add(&list, json_pack("{s:s}", "fill", name));
    }
    return list;
}

static enum bw_status
show(struct text_page *page, struct bw_error *err)
{
    const struct bw_web_visit *visit = page->visit;
    json_t *sample = NULL, *model = json_object();
    char key[BW_LABEL_BYTES];
    (void)snprintf(key, sizeof key, "mt.%s", bw_letter_words_name(page->kind));
    enum bw_status status = sample_of(page, &sample, err);
    if (status != BW_OK) {
        json_decref(model);
        return status;
    }
    bw_web_set(&model, "heading", bw_web_sentence(visit, "mt.h"));
    bw_web_set(&model, "kind", bw_web_text(bw_letter_words_name(page->kind)));
    bw_web_set(&model, "what", bw_web_sentence(visit, key));
    bw_web_set(&model, "kinds", kinds_of(page));
    bw_web_set(&model, "fills", names_of(page));
    bw_web_set(&model, "own", json_boolean(page->own));
    bw_web_set(&model, "tried", json_boolean(page->tried));
    bw_web_set(&model, "picture", json_string(page->digest));
    bw_web_set(&model, "text_lang", json_string(bw_wording_code(page->language)));
    for (int i = 0; i < BW_LETTER_WORDS_PARTS; i++) {
        bw_web_set(&model, fields[i],
            page->typed ? bw_web_text(bw_web_request_lines(visit->request, fields[i]))
                        : bw_web_text(page->shown[i]));
    }
    bw_web_set(&model, "sample", sample);
    bw_web_set(&model, "stale", bw_web_stale(visit, page->stale, "mt.stale"));
    return bw_web_show(page->visit, "mail_text", model, err);
}

/* What was typed, into the mail that is shown; what can't stand there is said. */
static enum bw_status
take_typed(struct text_page *page, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (int i = 0; status == BW_OK && i < BW_LETTER_WORDS_PARTS; i++) {
        enum bw_letter_words_part part = (enum bw_letter_words_part)i;
        char *text = NULL;
        status = bw_letter_words_take(page->language, part,
            bw_web_request_lines(page->visit->request, fields[i]), &text, err);
        if (status == BW_OK) {
            char **slot = &page->words.hers[page->kind][part];
            free(*slot);
            *slot = text[0] != '\0' ? text : NULL;
            if (text[0] == '\0') {
                free(text);
            }
        }
    }
    return status;
}

enum bw_status
bw_web_page_mail_text(struct bw_web_visit *visit, struct bw_error *err)
{
    struct text_page page = {.visit = visit, .typed = bw_web_form_is_wrong(visit)};
    enum bw_status status = read_page(&page, err);
    if (status == BW_OK) {
        status = show(&page, err);
    }
    finish(&page);
    return status;
}

static enum bw_status
keep(struct text_page *page, bool ours, struct bw_error *err)
{
    struct bw_web_visit *visit = page->visit;
    const struct bw_office *office = &visit->desk->office;
    const char *typed[BW_LETTER_WORDS_PARTS];
    int changed = 0;
    for (int i = 0; i < BW_LETTER_WORDS_PARTS; i++) {
        typed[i] = ours ? "" : bw_web_request_lines(visit->request, fields[i]);
    }
    enum bw_status status =
        bw_letter_words_put(office, page->language, page->kind, typed, "", &changed, err);
    if (status == BW_OK) {
        bw_web_said(visit,
            changed == 0 ? "mt.same"
            : ours       ? "mt.ours.said"
                         : "mt.said",
            json_object(), changed > 0 ? bw_web_picture_newest(office, "mail text") : 0);
        bw_web_go(visit, "/mail/%s", bw_letter_words_name(page->kind));
    }
    return status;
}

enum bw_status
bw_web_page_mail_text_kept(struct bw_web_visit *visit, struct bw_error *err)
{
    struct text_page page = {.visit = visit};
    const char *deed = bw_web_request_sent(visit->request, "doe");
    const char *seen = bw_web_request_sent(visit->request, "beeld");
    bool ours = strcmp(deed, "ons") == 0;
    visit->form = &text_form;
    enum bw_status status = read_page(&page, err);
    page.stale = status == BW_OK && strcmp(seen, page.digest) != 0;
    page.tried = strcmp(deed, "bekijk") == 0;
    page.typed = !ours;
    if (status == BW_OK && !ours) {
        status = take_typed(&page, err);
    }
    if (status == BW_OK) {
        status = page.stale || page.tried ? show(&page, err) : keep(&page, ours, err);
    }
    finish(&page);
    return status;
}
