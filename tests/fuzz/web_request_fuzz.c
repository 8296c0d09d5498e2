/* What a browser sends to the desk: an address, a form and a cookie. Whatever they are,
 * what is taken of them is text, whole, and no way out; and in a page it is text too. */
#include "fuzz.h"

#include "web/request/request.h"
#include "web/template/template.h"

#include <brugwachter/text.h>

#include <string.h>

static const char *
say(const void *context, const char *key, unsigned long n)
{
    (void)context;
    (void)key;
    (void)n;
    return "{value}";
}

static void
check_text(const char *text)
{
    char clean[BW_TEXT_CHARS_MOST * 4 + 1];
    FUZZ_CHECK(bw_text_clean(text, BW_TEXT_CHARS_MOST, clean) == BW_TEXT_FINE);
    FUZZ_CHECK(strcmp(text, clean) == 0);
}

/* In each place of a page: nothing of it ends the place. */
static void
check_page(const char *text)
{
    static const char source[] =
        "<p>{{value}}</p><a title=\"{{value}}\" href=\"/x/{{value}}\">{{=key}}</a>";
    static const struct bw_web_tongue tongue = {.say = say};
    struct bw_web_templates templates = {.count = 0};
    json_t *model = json_pack("{s:s}", "value", text);
    char *page = NULL;
    size_t bytes = 0, signs = 0;
    FUZZ_CHECK(model != NULL);
    FUZZ_CHECK(bw_web_template_add(&templates, "page", source, sizeof source - 1, NULL) ==
               BW_OK);
    FILE *to = open_memstream(&page, &bytes);
    FUZZ_CHECK(to != NULL && bw_web_template_write(
                                 &templates, "page", model, &tongue, to, NULL) == BW_OK);
    (void)fclose(to);
    for (size_t i = 0; i < bytes; i++) {
        signs += page[i] == '<' || page[i] == '>' || page[i] == '"' || page[i] == '\'';
    }
    FUZZ_CHECK(signs == 8 + 4); /* the template's own */
    free(page);
    json_decref(model);
    bw_web_templates_finish(&templates);
}

static void
check_request(const char *target, const char *form, size_t form_bytes)
{
    struct bw_web_request request = {.fields = NULL};
    if (bw_web_request_target(&request, target, NULL) == BW_OK) {
        enum bw_status status = bw_web_request_form(&request, form, form_bytes, NULL);
        FUZZ_CHECK(status == BW_OK || status == BW_BAD_INPUT || status == BW_FULL);
        FUZZ_CHECK(request.segments_count <= BW_WEB_SEGMENTS_MAX);
        for (int i = 0; i < request.segments_count; i++) {
            FUZZ_CHECK(request.segments[i][0] != '\0');
            FUZZ_CHECK(strcmp(request.segments[i], "..") != 0);
            FUZZ_CHECK(strpbrk(request.segments[i], "/\\\r\n") == NULL);
        }
        for (size_t i = 0; i < request.fields_count; i++) {
            check_text(request.fields[i].name);
            check_text(request.fields[i].value);
        }
        if (request.fields_count > 0) {
            check_page(request.fields[0].value);
        }
    }
    bw_web_request_finish(&request);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char *text = fuzz_text(bytes, length);
    char cookie[16];
    size_t first = strcspn(text, "\n");
    const char *form = first < length ? text + first + 1 : text + length;
    size_t form_bytes = length - (size_t)(form - text);
    if (bw_web_request_cookie(form, "brugwachter", cookie, sizeof cookie)) {
        FUZZ_CHECK(strlen(cookie) < sizeof cookie && strchr(cookie, ';') == NULL);
    }
    text[first] = '\0';
    check_request(text, form, form_bytes);
    free(text);
    return 0;
}
