/* A form that carries files (multipart/form-data, RFC 7578), taken apart. Hostile, as all
 * that a browser sends (request.h).
 *
 * WM1 a part's bytes are the body's own: nothing of a file is copied here.
 * WM2 a file's name is a name: its folders are cut off, and one that is "", "." or ".."
 *     or no text is replaced. Nothing else of it is believed, its type neither.
 *
 * Any thread. */
#ifndef BW_WEB_MULTIPART_H
#define BW_WEB_MULTIPART_H

#include "web/request/request.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    BW_WEB_UPLOAD_BYTES_MAX = 52 * 1024 * 1024,   /* 50 MB of files, and what is around */
    BW_WEB_PASSED_BYTES_MAX = 1024 * 1024 * 1024, /* … that is let by, to say so */
    BW_WEB_UPLOADS_MAX = 32,                      /* files of one form */
    BW_WEB_UPLOAD_NAME_BYTES = 200,
};

/* One file, borrowed from the body. */
struct bw_web_upload {
    char name[BW_WEB_UPLOAD_NAME_BYTES]; /* without folders; never empty */
    const char *bytes;
    size_t length;
};

/* Zeroed is none. */
struct bw_web_uploads {
    struct bw_web_upload items[BW_WEB_UPLOADS_MAX];
    size_t count;
};

/* True for the type of such a form, whatever its parameters. */
bool bw_web_multipart_is(const char *content_type);

/* Adds the fields to the request, as those of a form, and the files that hold something
 * to *ret_uploads. BW_BAD_INPUT for what is no such form, BW_FULL past a limit,
 * BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_multipart_read(struct bw_web_request *request,
    const char *content_type, const char *body, size_t bytes,
    struct bw_web_uploads *ret_uploads, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
