/* Checking what came out of the sandbox: see record.h. Any thread. */
#include "record.h"

#include <math.h>
#include <string.h>

static void
make_printable(char *text, size_t bytes)
{
    text[bytes - 1] = '\0';
    for (; *text != '\0'; text++) {
        if (*text < 0x20 || *text > 0x7e) {
            *text = '?';
        }
    }
}

static bool
text_is_allowed(const char *text, bool enrolment)
{
    size_t limit =
        enrolment ? (size_t)BW_SCAN_ENROLMENT_BYTES : (size_t)BW_SCAN_TEXT_BYTES;
    size_t length = strnlen(text, limit);
    if (length == 0 || length == limit) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (text[i] < 0x20 || text[i] > 0x7e) {
            return false;
        }
    }
    return true;
}

static float
within(float value, float low, float high)
{
    if (!isfinite(value)) {
        return 0.0f;
    }
    return value < low ? low : value > high ? high : value;
}

/* A flag that came as bytes may be neither true nor false: look at it as a byte. */
static bool
flag(const bool *from)
{
    unsigned char byte;
    memcpy(&byte, from, sizeof byte);
    return byte == 1;
}

static void
check_sighting(struct bw_sighting *sighting, bool enrolment)
{
    uint32_t kind;
    memcpy(&kind, &sighting->kind, sizeof kind);
    bool known = kind <= (uint32_t)BW_SIGHTING_TEXT;
    bool text = known && kind == (uint32_t)BW_SIGHTING_TEXT;
    if (!known || (text && !text_is_allowed(sighting->text, enrolment))) {
        *sighting = (struct bw_sighting){.kind = BW_SIGHTING_NOTHING, .refused = text};
        return;
    }
    if (!text) {
        memset(sighting->text, 0, sizeof sighting->text);
    }
    for (int i = 0; i < 4; i++) {
        sighting->corner[i][0] = within(sighting->corner[i][0], -1.0f, 2.0f);
        sighting->corner[i][1] = within(sighting->corner[i][1], -1.0f, 2.0f);
    }
    sighting->module_px = within(sighting->module_px, 0.0f, (float)BW_FRAME_WIDTH_MAX);
    uint32_t trouble;
    memcpy(&trouble, &sighting->trouble, sizeof trouble);
    bool told =
        kind == (uint32_t)BW_SIGHTING_BLURRED && trouble <= (uint32_t)BW_TROUBLE_CUT;
    sighting->trouble = told ? (enum bw_scan_trouble)trouble : BW_TROUBLE_NONE;
    sighting->inverted = flag(&sighting->inverted);
    sighting->refused = flag(&sighting->refused);
    sighting->ticket = text && strncmp(sighting->text, "BW1:", 4) == 0;
}

bool
bw_scan_record_check(struct bw_scan_record *record, bool enrolment)
{
    if (record->kind < BW_RECORD_READY || record->kind > BW_RECORD_RENEW) {
        return false;
    }
    make_printable(record->text, sizeof record->text);
    check_sighting(&record->sighting, enrolment);
    return true;
}
