/* Files of the guides: see guide.h. */
#include "web/desk/guide.h"

#include "central/base/output.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { GUIDE_BYTES_MAX = 8 * 1024 * 1024, HTTP_OK = 200 };

static const struct {
    const char *ending, *type;
} types[] = {{".html", "text/html; charset=utf-8"}, {".css", "text/css; charset=utf-8"},
    {".png", "image/png"}, {".pdf", "application/pdf"}};

void
bw_web_guide_find(char ret_folder[PATH_MAX])
{
    static const char *const ways[] = {"../assets/guide", BW_GUIDES_BESIDE};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        char index[PATH_MAX];
        bw_path_beside(ways[i], ret_folder);
        if (bw_path_join(ret_folder, "nl/index.html", index, NULL) == BW_OK &&
            access(index, R_OK) == 0) {
            return;
        }
    }
    ret_folder[0] = '\0';
}

/* A name as the guides have them: nothing that leads elsewhere. */
static bool
is_name(const char *segment)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_-.";
    return segment[0] != '\0' && segment[0] != '.' &&
           segment[strspn(segment, letters)] == '\0';
}

/* NULL for a file of another kind. */
static const char *
type_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot != NULL && i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(dot, types[i].ending) == 0) {
            return types[i].type;
        }
    }
    return NULL;
}

bool
bw_web_guide_answer(
    const char *folder, const struct bw_web_request *request, struct bw_web_reply *reply)
{
    char path[PATH_MAX];
    int last = request->segments_count - 1;
    if (folder == NULL || folder[0] == '\0' || last < 1 ||
        strcmp(request->segments[0], "handleiding") != 0 ||
        (size_t)snprintf(path, sizeof path, "%s", folder) >= sizeof path) {
        return false;
    }
    const char *name = request->segments[last], *type = type_of(name);
    for (int i = 1; i <= last; i++) {
        if (!is_name(request->segments[i]) ||
            bw_path_join(path, request->segments[i], path, NULL) != BW_OK) {
            return false;
        }
    }
    unsigned char *bytes = NULL;
    size_t length = 0;
    if (type == NULL ||
        bw_file_read(path, GUIDE_BYTES_MAX, &bytes, &length, NULL) != BW_OK) {
        return false;
    }
    *reply = (struct bw_web_reply){
        .status = HTTP_OK, .type = type, .body = (char *)bytes, .bytes = length};
    if (strcmp(type, "application/pdf") == 0) {
        (void)snprintf(reply->download, sizeof reply->download, "%s", name);
    }
    return true;
}
