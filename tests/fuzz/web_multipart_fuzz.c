/* A form with files, as a browser sends it to the desk: its type on the first line, then
 * its body. Whatever it is, what is taken lies within it, and a name leads nowhere. */
#include "fuzz.h"

#include "web/request/multipart.h"

#include <brugwachter/text.h>

#include <string.h>

static void
check_file(const struct bw_web_upload *file, const char *body, size_t bytes)
{
    char clean[BW_TEXT_CHARS_MOST * 4 + 1];
    FUZZ_CHECK(file->bytes >= body && file->bytes + file->length <= body + bytes);
    FUZZ_CHECK(file->length > 0);
    FUZZ_CHECK(file->name[0] != '\0' && file->name[0] != '.');
    FUZZ_CHECK(strpbrk(file->name, "/\\\r\n\t") == NULL);
    FUZZ_CHECK(strlen(file->name) < sizeof file->name);
    FUZZ_CHECK(bw_text_clean(file->name, BW_TEXT_CHARS_MOST, clean) == BW_TEXT_FINE);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct bw_web_request request = {.fields = NULL};
    struct bw_web_uploads uploads = {.count = 0};
    char *text = fuzz_text(bytes, length);
    size_t type = strcspn(text, "\n");
    const char *body = type < length ? text + type + 1 : text + length;
    size_t body_bytes = length - (size_t)(body - text);
    text[type] = '\0';
    enum bw_status status =
        bw_web_multipart_read(&request, text, body, body_bytes, &uploads, NULL);
    FUZZ_CHECK(status == BW_OK || status == BW_BAD_INPUT || status == BW_FULL);
    FUZZ_CHECK(uploads.count <= BW_WEB_UPLOADS_MAX);
    for (size_t i = 0; i < uploads.count; i++) {
        check_file(&uploads.items[i], body, body_bytes);
    }
    bw_web_request_finish(&request);
    free(text);
    return 0;
}
