/* Ours and plain zbar. The others have files of their own,
 * built where they are installed. */
#include "scan_peer.h"

#include "scan_clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zbar.h>

#define FOURCC_Y800 0x30303859UL

void
scan_texts_add(struct scan_texts *texts, const char *text, size_t bytes)
{
    if (texts->count < SCAN_PEER_TEXTS && bytes < sizeof texts->text[0]) {
        memcpy(texts->text[texts->count], text, bytes);
        texts->text[texts->count++][bytes] = '\0';
    }
}

static void
ours_read(void *state, const struct bw_luma *frame, struct scan_texts *ret_texts)
{
    static struct bw_sighting sighting;
    struct bw_error error;
    if (bw_scanner_read(state, frame, &sighting, &error) != BW_OK) {
        fprintf(stderr, "%s\n", error.text);
        exit(1);
    }
    if (sighting.kind == BW_SIGHTING_TEXT) {
        scan_texts_add(ret_texts, sighting.text, strlen(sighting.text));
    }
}

static void
ours_forget(void *state)
{
    bw_scanner_forget(state);
}

static void
ours_finish(void *state)
{
    bw_scanner_destroy(state);
}

/* A new scanner for each picture, as for anybody who reads files; a few microseconds. */
static void
zbar_read(const struct bw_luma *frame, bool inverted, struct scan_texts *ret_texts)
{
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_t *image = zbar_image_create();
    zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_TEST_INVERTED, inverted);
    zbar_image_set_format(image, FOURCC_Y800);
    zbar_image_set_size(image, (unsigned)frame->width_px, (unsigned)frame->height_px);
    zbar_image_set_data(image, frame->pixels,
        (unsigned long)frame->width_px * (unsigned long)frame->height_px, NULL);
    zbar_scan_image(scanner, image);
    const zbar_symbol_t *symbol = zbar_image_first_symbol(image);
    for (; symbol; symbol = zbar_symbol_next(symbol)) {
        scan_texts_add(
            ret_texts, zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol));
    }
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
}

static void
plain_read(void *state, const struct bw_luma *frame, struct scan_texts *ret_texts)
{
    (void)state;
    zbar_read(frame, false, ret_texts);
}

static void
inverted_read(void *state, const struct bw_luma *frame, struct scan_texts *ret_texts)
{
    (void)state;
    zbar_read(frame, true, ret_texts);
}

int
scan_peers_init(struct scan_peer *ret_peers)
{
    int count = 0;
    struct bw_scanner *scanner = NULL;
    struct bw_error error;
    const struct bw_scanner_options options = {
        .any_text = true, .clocks = scan_clock_budget()};
    if (bw_scanner_create(&options, &scanner, &error) != BW_OK) {
        fprintf(stderr, "%s\n", error.text);
        exit(1);
    }
    ret_peers[count++] =
        (struct scan_peer){"ours", scanner, ours_forget, ours_read, ours_finish};
    ret_peers[count++] = (struct scan_peer){"zbar", NULL, NULL, plain_read, NULL};
    ret_peers[count++] = (struct scan_peer){"zbar+inv", NULL, NULL, inverted_read, NULL};
#ifdef BW_BENCH_QUIRC
    ret_peers[count++] = scan_peer_quirc();
#endif
#ifdef BW_BENCH_ZXING
    ret_peers[count++] = scan_peer_zxing();
#endif
    return count;
}

void
scan_peers_finish(struct scan_peer *peers, int count)
{
    for (int i = 0; i < count; i++) {
        if (peers[i].finish) {
            peers[i].finish(peers[i].state);
        }
    }
}
