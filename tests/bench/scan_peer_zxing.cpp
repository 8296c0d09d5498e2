/* zxing-cpp, where it is installed. The only C++ of the project, and of the bench alone. */
#define ZX_USE_UTF8 1 /* 1.4: texts as std::string; later versions know no other */
#include <ZXing/ReadBarcode.h>

extern "C" {
#include "scan_peer.h"
}

static void
zxing_read(void *, const struct bw_luma *frame, struct scan_texts *ret_texts)
{
    ZXing::ImageView view(frame->pixels, frame->width_px, frame->height_px,
        ZXing::ImageFormat::Lum, frame->stride_bytes);
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode);
    hints.setTryHarder(true);
    hints.setTryRotate(true);
    for (const auto &result : ZXing::ReadBarcodes(view, hints)) {
        if (result.isValid()) {
            std::string text = result.text();
            scan_texts_add(ret_texts, text.data(), text.size());
        }
    }
}

extern "C" struct scan_peer
scan_peer_zxing(void)
{
    struct scan_peer peer = {};
    peer.name = "zxing-cpp";
    peer.read = zxing_read;
    return peer;
}
