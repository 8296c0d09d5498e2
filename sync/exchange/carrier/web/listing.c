/* A WebDAV listing: see listing.h.
 *
 *   multistatus > response > href
 *                          > status                          (of the whole response)
 *                          > propstat > prop > resourcetype > collection
 *                                            > getcontentlength
 *
 * Told by names and depth, in any namespace whose name says DAV:. */
#include "exchange/carrier/web/listing.h"

#include "exchange/carrier/web/xml.h"

#include <string.h>

struct listing_reading {
    bw_carrier_each *each;
    void *context;
    bool is_listing, more;
    /* the response that is being read */
    char name[BW_LETTER_NAME_BYTES];
    bool folder;
    int status; /* 0: none given */
    uint64_t bytes;
};

static bool
is_dav(const char *name, const char *space, const char *wanted)
{
    return strcmp(space, "DAV:") == 0 && strcmp(name, wanted) == 0;
}

static enum bw_carrier_xml_turn
on_start(void *context, int depth, const char *name, const char *space)
{
    struct listing_reading *reading = context;
    if (depth == 1) {
        reading->is_listing = is_dav(name, space, "multistatus");
        return reading->is_listing ? BW_XML_ON : BW_XML_BROKEN;
    }
    if (depth == 2 && is_dav(name, space, "response")) {
        reading->name[0] = '\0';
        reading->folder = false;
        reading->status = 0;
        reading->bytes = 0;
    } else if (depth == 6 && is_dav(name, space, "collection")) {
        reading->folder = true;
    }
    return BW_XML_ON;
}

static int
hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* LI2: the last part, its %XX undone. "" where it can't be a letter's. */
static void
name_take(struct listing_reading *reading, const char *href)
{
    const char *slash = strrchr(href, '/');
    const char *from = slash ? slash + 1 : href;
    size_t used = 0;
    while (*from && used + 1 < sizeof reading->name) {
        if (*from != '%') {
            reading->name[used++] = *from++;
            continue;
        }
        int high = hex_digit(from[1]), low = high < 0 ? -1 : hex_digit(from[2]);
        if (low < 0 || (high == 0 && low == 0)) {
            break;
        }
        reading->name[used++] = (char)(high * 16 + low);
        from += 3;
    }
    reading->name[*from == '\0' ? used : 0] = '\0';
}

static enum bw_carrier_xml_turn
response_end(struct listing_reading *reading)
{
    struct bw_letter_name parsed;
    if (reading->status == 507) { /* RFC 5323, 5.14: what is listed isn't all */
        reading->more = true;
        return BW_XML_ON;
    }
    bool there = reading->status == 0 || reading->status / 100 == 2;
    if (there && !reading->folder && bw_letter_name_parse(reading->name, &parsed) &&
        !reading->each(reading->context, reading->name, &parsed, reading->bytes)) {
        return BW_XML_ENOUGH;
    }
    return BW_XML_ON;
}

static enum bw_carrier_xml_turn
on_end(void *context, int depth, const char *name, const char *space, const char *text)
{
    struct listing_reading *reading = context;
    if (depth == 3 && is_dav(name, space, "href")) {
        name_take(reading, text);
    } else if (depth == 3 && is_dav(name, space, "status")) {
        const char *code = strchr(text, ' ');
        reading->status = code ? (int)(bw_carrier_xml_number(code + 1) % 1000) : 0;
    } else if (depth == 5 && is_dav(name, space, "getcontentlength")) {
        reading->bytes = bw_carrier_xml_number(text);
    } else if (depth == 2 && is_dav(name, space, "response")) {
        return response_end(reading);
    }
    return BW_XML_ON;
}

enum bw_status
bw_carrier_listing_read(const void *bytes, size_t length, bw_carrier_each *each,
    void *context, bool *ret_more, struct bw_error *err)
{
    struct listing_reading reading = {.each = each, .context = context};
    const struct bw_carrier_xml_handler handler = {
        .start = on_start, .end = on_end, .context = &reading};
    enum bw_status status = bw_carrier_xml_read(bytes, length, &handler, err);
    if (status == BW_BAD_INPUT) {
        return bw_error_set(err, BW_OFFLINE, 0,
            "what came is no listing of a WebDAV folder; mend the address, or sign in to "
            "the guest network");
    }
    if (status == BW_OK) {
        *ret_more = reading.more;
    }
    return status;
}
