/* Names in braces, filled in: see letter_fill.h. */
#include "office/mail/letter_fill.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *name, *word; /* of paper's catalogues: as the organiser writes it */
} names[BW_LETTER_FILL_NAMES] = {
    [BW_LETTER_FILL_FIRST] = {"first", "ml.fill_first"},
    [BW_LETTER_FILL_LAST] = {"last", "ml.fill_last"},
    [BW_LETTER_FILL_TITLE] = {"title", "ml.fill_title"},
    [BW_LETTER_FILL_DATE] = {"date", "ml.fill_date"},
    [BW_LETTER_FILL_DAY] = {"day", "ml.fill_day"},
    [BW_LETTER_FILL_FROM] = {"from", "ml.fill_from"},
    [BW_LETTER_FILL_TO] = {"to", "ml.fill_to"},
    [BW_LETTER_FILL_DOORS] = {"doors", "ml.fill_doors"},
    [BW_LETTER_FILL_VENUE] = {"venue", "ml.fill_venue"},
    [BW_LETTER_FILL_ADDRESS] = {"address", "ml.fill_address"},
    [BW_LETTER_FILL_WAS] = {"was", "ml.fill_was"},
    [BW_LETTER_FILL_NUMBER] = {"n", "ml.fill_n"},
    [BW_LETTER_FILL_CAPACITY] = {"cap", "ml.fill_cap"},
    [BW_LETTER_FILL_WHO] = {"who", "ml.fill_who"},
    [BW_LETTER_FILL_PHONE] = {"phone", "ml.fill_phone"},
    [BW_LETTER_FILL_CODE] = {"code", "ml.fill_code"},
    [BW_LETTER_FILL_SESSION] = {"session", "ml.fill_session"},
    [BW_LETTER_FILL_PRIVACY] = {"privacy", "ml.fill_privacy"},
};

const char *
bw_letter_fill_shown(enum bw_wording_language language, enum bw_letter_fill_name name)
{
    return bw_wording(language, names[name].word);
}

/* Ours alone; BW_LETTER_FILL_NAMES where it is none. */
static enum bw_letter_fill_name
find(const char *text, size_t length)
{
    int at = 0;
    while (at < BW_LETTER_FILL_NAMES && (strlen(names[at].name) != length ||
                                            strncmp(names[at].name, text, length) != 0)) {
        at++;
    }
    return (enum bw_letter_fill_name)at;
}

/* … and as the organiser writes it. */
static enum bw_letter_fill_name
find_typed(enum bw_wording_language language, const char *text, size_t length)
{
    int at = 0;
    while (at < BW_LETTER_FILL_NAMES) {
        const char *shown = bw_wording(language, names[at].word);
        if (strlen(shown) == length && strncasecmp(shown, text, length) == 0) {
            return (enum bw_letter_fill_name)at;
        }
        at++;
    }
    return find(text, length);
}

void
bw_letter_fill_write(const struct bw_letter_fill *fill, const char *sentence, FILE *out)
{
    while (*sentence != '\0') {
        size_t plain = strcspn(sentence, "{");
        (void)fwrite(sentence, 1, plain, out);
        sentence += plain;
        if (*sentence == '\0') {
            return;
        }
        size_t length = strcspn(sentence + 1, "}");
        enum bw_letter_fill_name name = find(sentence + 1, length);
        if (name != BW_LETTER_FILL_NAMES) {
            (void)fputs(fill->values[name], out);
        }
        sentence += length + 1 + (sentence[length + 1] == '}');
    }
}

char *
bw_letter_fill_show(enum bw_wording_language language, const char *text)
{
    char *shown = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&shown, &bytes);
    while (out != NULL && *text != '\0') {
        size_t plain = strcspn(text, "{");
        (void)fwrite(text, 1, plain, out);
        text += plain;
        if (*text == '\0') {
            break;
        }
        size_t length = strcspn(text + 1, "}");
        enum bw_letter_fill_name name = find(text + 1, length);
        if (name != BW_LETTER_FILL_NAMES) {
            (void)fprintf(out, "{%s}", bw_letter_fill_shown(language, name));
        }
        text += length + 1 + (text[length + 1] == '}');
    }
    if (out == NULL || fclose(out) != 0) {
        free(shown);
        return NULL;
    }
    return shown;
}

/* False at the first that is wrong; `text` is moved to it. */
static bool
take_to(enum bw_wording_language language, const char **text, FILE *out)
{
    const char *at = *text;
    for (;;) {
        size_t plain = strcspn(at, "{}");
        (void)fwrite(at, 1, plain, out);
        at += plain;
        *text = at;
        if (*at == '\0') {
            return true;
        }
        size_t length = strcspn(at + 1, "{}");
        enum bw_letter_fill_name name = *at == '{' && at[length + 1] == '}'
                                            ? find_typed(language, at + 1, length)
                                            : BW_LETTER_FILL_NAMES;
        if (name == BW_LETTER_FILL_NAMES) {
            return false;
        }
        (void)fprintf(out, "{%s}", names[name].name);
        at += length + 2;
    }
}

bool
bw_letter_fill_take(enum bw_wording_language language, const char *typed, char **ret_text,
    char ret_wrong[BW_NAME_BYTES])
{
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);
    bool fine = out == NULL || take_to(language, &typed, out);
    if (out != NULL && fclose(out) != 0) {
        free(text);
        text = NULL;
    }
    if (!fine) {
        size_t length = 1 + strcspn(typed + 1, "{} \n");
        length += typed[0] == '{' && typed[length] == '}';
        (void)snprintf(ret_wrong, BW_NAME_BYTES, "%.*s",
            (int)(length < BW_NAME_CHARS ? length : BW_NAME_CHARS), typed);
        free(text);
        return false;
    }
    *ret_text = text;
    return true;
}
