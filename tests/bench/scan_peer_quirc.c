/* quirc, where it is installed. */
#include "scan_peer.h"

#include <quirc.h>
#include <string.h>

static void
quirc_read(void *state, const struct bw_luma *frame, struct scan_texts *ret_texts)
{
    static struct quirc_code code;
    static struct quirc_data data;
    struct quirc *reader = state;
    if (quirc_resize(reader, frame->width_px, frame->height_px) < 0) {
        return;
    }
    memcpy(quirc_begin(reader, NULL, NULL), frame->pixels,
        (size_t)frame->width_px * (size_t)frame->height_px);
    quirc_end(reader);
    for (int i = 0; i < quirc_count(reader); i++) {
        quirc_extract(reader, i, &code);
        if (quirc_decode(&code, &data) == QUIRC_SUCCESS) {
            scan_texts_add(
                ret_texts, (const char *)data.payload, (size_t)data.payload_len);
        }
    }
}

static void
quirc_finish(void *state)
{
    quirc_destroy(state);
}

struct scan_peer
scan_peer_quirc(void)
{
    return (struct scan_peer){"quirc", quirc_new(), NULL, quirc_read, quirc_finish};
}
