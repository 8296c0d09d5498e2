/* Which mails are to go: see mail_form.h. */
#include "web/page/mail/mail_form.h"

#include "web/page/mail/mail_groups.h"
#include "web/page/pages.h"

#include <stdlib.h>
#include <string.h>

const struct bw_web_form bw_web_mail_form = {
    bw_web_page_mail, {{"groep", "groep", "ml.none"}, {"stale", "groep", "ml.stale"}}};

/* What a tick says: "ticket=DIGEST", the word alone from who has no picture of it. */
static bool
is_as_seen(const struct bw_told_list *list, const char *ticked)
{
    char word[BW_WEB_MAIL_GROUP_BYTES], digest[BW_WEB_KEY_BYTES];
    size_t length = strcspn(ticked, "=");
    (void)snprintf(word, sizeof word, "%.*s", (int)length, ticked);
    bw_web_mail_picture(list, NULL, word, digest);
    return ticked[length] == '\0' || strcmp(ticked + length + 1, digest) == 0;
}

static enum bw_status
check_seen(const struct bw_web_visit *visit, struct bw_error *err)
{
    const struct bw_web_request *request = visit->request;
    const char *circle = bw_web_request_sent(request, "kring");
    struct bw_told_list list = {.due = NULL};
    bool seen = true;
    enum bw_status status = bw_told_read(
        &visit->desk->office, circle[0] != '\0' ? circle : NULL, NULL, &list, err);
    for (size_t i = 0; status == BW_OK && i < request->fields_count; i++) {
        const struct bw_web_field *field = &request->fields[i];
        if (field->of_form && strcmp(field->name, "groep") == 0) {
            seen = seen && is_as_seen(&list, field->value);
        }
    }
    bw_told_list_finish(&list);
    return status != BW_OK || seen
               ? status
               : bw_error_about(err,
                     bw_error_set(err, BW_REFUSED, 0,
                         "sending mail: what people are to hear was changed meanwhile"),
                     "stale");
}

enum bw_status
bw_web_mail_check(const struct bw_web_visit *visit, struct bw_error *err)
{
    return bw_web_request_sent(visit->request, "groep")[0] != '\0'
               ? check_seen(visit, err)
               : bw_error_about(err,
                     bw_error_set(err, BW_BAD_INPUT, 0,
                         "reading a form: no group of mails is ticked"),
                     "groep");
}

enum bw_status
bw_web_mail_words(
    const struct bw_web_visit *visit, struct bw_web_errand *errand, struct bw_error *err)
{
    const struct bw_web_request *request = visit->request;
    char *words = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&words, &length);
    for (size_t i = 0; out != NULL && i < request->fields_count; i++) {
        const struct bw_web_field *field = &request->fields[i];
        if (field->of_form && strcmp(field->name, "groep") == 0) {
            (void)fprintf(out, "%s%.*s", ftell(out) > 0 ? "," : "",
                (int)strcspn(field->value, "="), field->value);
        }
    }
    bool fine = out != NULL && fclose(out) == 0;
    enum bw_status status =
        !fine ? bw_error_set(err, BW_NO_MEMORY, 0, "beginning a work: no memory")
        : words[0] == '-' || strchr(words, '{') != NULL
            ? bw_error_set(err, BW_BAD_INPUT, 0, "reading a form: no group is called so")
        : bw_web_errand_word(errand, words)
            ? BW_OK
            : bw_error_set(err, BW_NO_MEMORY, 0, "beginning a work: no memory");
    free(words);
    return status;
}
