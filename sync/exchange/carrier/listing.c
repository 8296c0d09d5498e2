/* A WebDAV listing: see listing.h.
 *
 *   multistatus > response > href
 *                          > status                          (of the whole response)
 *                          > propstat > prop > resourcetype > collection
 *                                            > getcontentlength
 *
 * Told by names and depth, in any namespace whose name says DAV:. */
#include "exchange/carrier/listing.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEPTH_MAX = 16,    /* LI1 */
    TEXT_BYTES = 2048, /* an address; longer is no letter's */
    PIECE_BYTES = 64 * 1024,
};

enum listing_field { NOTHING, HREF, STATUS, LENGTH };

struct listing_reading {
    xmlParserCtxt *parser;
    bw_carrier_each *each;
    void *context;
    int depth;
    bool is_listing, broken, done, more;
    enum listing_field field;
    char text[TEXT_BYTES];
    size_t text_bytes;
    /* the response that is being read */
    char name[BW_LETTER_NAME_BYTES];
    bool folder;
    int status; /* 0: none given */
    uint64_t bytes;
};

static void
stop(struct listing_reading *reading, bool broken)
{
    reading->broken = reading->broken || broken;
    reading->done = true;
    xmlStopParser(reading->parser);
}

static bool
is_dav(const xmlChar *local, const xmlChar *uri, const char *name)
{
    return uri && strcmp((const char *)uri, "DAV:") == 0 &&
           strcmp((const char *)local, name) == 0;
}

static void
on_start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
    int namespaces, const xmlChar **namespaces_list, int attributes, int defaulted,
    const xmlChar **attributes_list)
{
    (void)prefix, (void)namespaces, (void)namespaces_list;
    (void)attributes, (void)defaulted, (void)attributes_list;
    struct listing_reading *reading = context;
    int depth = ++reading->depth;
    reading->field = NOTHING;
    reading->text_bytes = 0;
    if (depth > DEPTH_MAX || (depth == 1 && !is_dav(local, uri, "multistatus"))) {
        stop(reading, true);
    } else if (depth == 1) {
        reading->is_listing = true;
    } else if (depth == 2 && is_dav(local, uri, "response")) {
        reading->name[0] = '\0';
        reading->folder = false;
        reading->status = 0;
        reading->bytes = 0;
    } else if (depth == 3 && is_dav(local, uri, "href")) {
        reading->field = HREF;
    } else if (depth == 3 && is_dav(local, uri, "status")) {
        reading->field = STATUS;
    } else if (depth == 5 && is_dav(local, uri, "getcontentlength")) {
        reading->field = LENGTH;
    } else if (depth == 6 && is_dav(local, uri, "collection")) {
        reading->folder = true;
    }
}

static void
on_text(void *context, const xmlChar *bytes, int length)
{
    struct listing_reading *reading = context;
    if (reading->field == NOTHING) {
        return;
    }
    size_t more = (size_t)length, room = sizeof reading->text - 1 - reading->text_bytes;
    if (more > room) { /* no letter's: the name that is cut fits no grammar */
        reading->field = NOTHING;
        return;
    }
    memcpy(reading->text + reading->text_bytes, bytes, more);
    reading->text_bytes += more;
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
name_take(struct listing_reading *reading)
{
    const char *slash = strrchr(reading->text, '/');
    const char *from = slash ? slash + 1 : reading->text;
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

static uint64_t
number_of(const char *text)
{
    uint64_t number = 0;
    for (; *text >= '0' && *text <= '9' && number < UINT64_MAX / 100; text++) {
        number = number * 10 + (uint64_t)(*text - '0');
    }
    return number;
}

static void
response_end(struct listing_reading *reading)
{
    struct bw_letter_name parsed;
    if (reading->status == 507) { /* RFC 5323, 5.14: what is listed isn't all */
        reading->more = true;
        return;
    }
    bool there = reading->status == 0 || reading->status / 100 == 2;
    if (there && !reading->folder && bw_letter_name_parse(reading->name, &parsed) &&
        !reading->each(reading->context, reading->name, &parsed, reading->bytes)) {
        stop(reading, false);
    }
}

static void
on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    (void)prefix;
    struct listing_reading *reading = context;
    reading->text[reading->text_bytes] = '\0';
    switch (reading->field) {
    case HREF:
        name_take(reading);
        break;
    case STATUS: {
        const char *code = strchr(reading->text, ' ');
        reading->status = code ? (int)(number_of(code + 1) % 1000) : 0;
        break;
    }
    case LENGTH:
        reading->bytes = number_of(reading->text);
        break;
    case NOTHING:
        break;
    }
    reading->field = NOTHING;
    if (reading->depth-- == 2 && !reading->done && is_dav(local, uri, "response")) {
        response_end(reading);
    }
}

/* LI1: no document type. */
static void
on_doctype(
    void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    (void)name, (void)external, (void)system;
    stop(context, true);
}

static void
on_complaint(void *context, const char *text, ...)
{
    (void)context, (void)text; /* nothing is printed */
}

static xmlParserCtxt *
parser_create(struct listing_reading *reading)
{
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .cdataBlock = on_text,
        .internalSubset = on_doctype,
        .warning = on_complaint,
        .error = on_complaint};
    xmlParserCtxt *parser = xmlCreatePushParserCtxt(&handler, reading, NULL, 0, NULL);
    if (parser) {
        (void)xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOERROR |
                                            XML_PARSE_NOWARNING | XML_PARSE_NOBLANKS);
    }
    return parser;
}

enum bw_status
bw_carrier_listing_read(const void *bytes, size_t length, bw_carrier_each *each,
    void *context, bool *ret_more, struct bw_error *err)
{
    struct listing_reading reading = {.each = each, .context = context};
    reading.parser = parser_create(&reading);
    if (!reading.parser) {
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "reading a listing: out of memory; close programs");
    }
    int fault = XML_ERR_OK;
    for (size_t at = 0; at < length && fault == XML_ERR_OK && !reading.done;) {
        size_t piece = length - at < PIECE_BYTES ? length - at : PIECE_BYTES;
        fault = xmlParseChunk(
            reading.parser, (const char *)bytes + at, (int)piece, at + piece == length);
        at += piece;
    }
    xmlFreeDoc(reading.parser->myDoc);
    xmlFreeParserCtxt(reading.parser);
    if (reading.broken || !reading.is_listing || (fault != XML_ERR_OK && !reading.done)) {
        return bw_error_set(err, BW_OFFLINE, 0,
            "what came is no listing of a WebDAV folder; mend the address, or sign in to "
            "the guest network");
    }
    *ret_more = reading.more;
    return BW_OK;
}
