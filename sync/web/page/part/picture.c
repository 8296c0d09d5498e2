/* Pictures and steps: see picture.h. */
#include "web/page/part/picture.h"

#include "central/records.h"
#include "office/step.h"
#include "web/desk/form.h"

#include <brugwachter/text.h>

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum bw_status
bw_web_picture_digest(
    const json_t *picture, char ret_digest[BW_WEB_KEY_BYTES], struct bw_error *err)
{
    unsigned char hash[(BW_WEB_KEY_BYTES - 1) / 2];
    char *text = json_dumps(picture, JSON_COMPACT | JSON_SORT_KEYS);
    if (text == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "making a picture: no memory");
    }
    (void)crypto_generichash(
        hash, sizeof hash, (const unsigned char *)text, strlen(text), NULL, 0);
    (void)sodium_bin2hex(ret_digest, BW_WEB_KEY_BYTES, hash, sizeof hash);
    free(text);
    return BW_OK;
}

void
bw_web_picture_add(json_t **inout_list, json_t *row, json_t *seen)
{
    char digest[BW_WEB_KEY_BYTES];
    bool fine = seen != NULL && bw_web_picture_digest(seen, digest, NULL) == BW_OK;
    bw_web_set(&row, "picture", fine ? json_string(digest) : NULL);
    json_decref(seen);
    bw_web_add(inout_list, row);
}

struct newest_step {
    int64_t number;
    char about[BW_TITLE_BYTES], what[BW_LABEL_BYTES];
};

static bool
on_newest(const struct bw_step *step, void *context)
{
    struct newest_step *newest = context;
    newest->number = step->number;
    bw_text_copy(newest->about, sizeof newest->about, step->about);
    bw_text_copy(newest->what, sizeof newest->what, step->what);
    return false;
}

static struct newest_step
newest_step_of(const struct bw_office *office)
{
    struct newest_step newest = {.number = 0};
    return bw_step_walk(office->central, 1, on_newest, &newest, NULL) == BW_OK
               ? newest
               : (struct newest_step){.number = 0};
}

int64_t
bw_web_picture_step(const struct bw_office *office, const char *about)
{
    struct newest_step newest = newest_step_of(office);
    return strcmp(newest.about, about) == 0 ? newest.number : 0;
}

int64_t
bw_web_picture_newest(const struct bw_office *office, const char *what)
{
    struct newest_step newest = newest_step_of(office);
    return strcmp(newest.what, what) == 0 ? newest.number : 0;
}

void
bw_web_picture_why(struct bw_web_visit *visit, char ret_why[BW_TITLE_BYTES])
{
    ret_why[0] = '\0';
    if (bw_text_clean(bw_web_request_sent(visit->request, "waarom"), BW_TITLE_CHARS,
            ret_why) != BW_TEXT_FINE) {
        ret_why[0] = '\0';
        bw_web_form_wrong(visit, "waarom", "wr.why.long");
    }
}
