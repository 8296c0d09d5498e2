/* Picture files: whatever the bytes are, drawing them ends, with a picture or a sentence.
 * The decoders are other people's code: what is found in them is for the room to hold. */
#include "fuzz.h"

#include "scan/camera/picture.h"

#include <string.h>

enum { WIDTH = 64, HEIGHT = 48, PIXELS_MAX = 1 << 20 };

/* Pictures of many pixels take long by right. */
static bool
is_small(const struct bw_picture_file *file)
{
    struct bw_picture_about about;
    return bw_picture_look(file, &about, NULL) != BW_OK ||
           about.width_px <= PIXELS_MAX / about.height_px;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct bw_raster raster;
    const struct bw_picture_file file = {(uint8_t *)(uintptr_t)bytes, length};
    struct bw_error err = {0};
    if (raster.luma == NULL) {
        FUZZ_CHECK(bw_raster_init(&raster, WIDTH, HEIGHT));
    }
    if (is_small(&file)) {
        enum bw_status status = bw_picture_draw(&file, &raster, &err);
        FUZZ_CHECK(status == BW_OK || err.text[0] != '\0');
    }
    return 0;
}
