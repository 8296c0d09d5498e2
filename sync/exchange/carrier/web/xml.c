/* Strangers' XML: see xml.h. */
#include "exchange/carrier/web/xml.h"

#include <libxml/parser.h>
#include <stdbool.h>
#include <string.h>

enum {
    DEPTH_MAX = 16, /* SX1 */
    TEXT_BYTES = 2048,
    PIECE_BYTES = 64 * 1024,
};

struct xml_reading {
    xmlParserCtxt *parser;
    const struct bw_carrier_xml_handler *handler;
    int depth;
    enum bw_carrier_xml_turn turn;
    char text[TEXT_BYTES];
    size_t text_bytes; /* TEXT_BYTES: too long */
};

static void
turn_take(struct xml_reading *reading, enum bw_carrier_xml_turn turn)
{
    if (turn != BW_XML_ON && reading->turn == BW_XML_ON) {
        reading->turn = turn;
        xmlStopParser(reading->parser);
    }
}

static const char *
text_of(const xmlChar *text)
{
    return text ? (const char *)text : "";
}

static void
on_start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
    int namespaces, const xmlChar **namespaces_list, int attributes, int defaulted,
    const xmlChar **attributes_list)
{
    (void)prefix, (void)namespaces, (void)namespaces_list;
    (void)attributes, (void)defaulted, (void)attributes_list;
    struct xml_reading *reading = context;
    reading->text_bytes = 0;
    if (++reading->depth > DEPTH_MAX) {
        turn_take(reading, BW_XML_BROKEN);
    } else if (reading->turn == BW_XML_ON) {
        turn_take(reading, reading->handler->start(reading->handler->context,
                               reading->depth, text_of(local), text_of(uri)));
    }
}

static void
on_text(void *context, const xmlChar *bytes, int length)
{
    struct xml_reading *reading = context;
    size_t more = (size_t)length;
    if (more >= sizeof reading->text - reading->text_bytes) {
        reading->text_bytes = sizeof reading->text;
        return;
    }
    memcpy(reading->text + reading->text_bytes, bytes, more);
    reading->text_bytes += more;
}

static void
on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    (void)prefix;
    struct xml_reading *reading = context;
    bool fits = reading->text_bytes < sizeof reading->text;
    reading->text[fits ? reading->text_bytes : 0] = '\0';
    if (reading->turn == BW_XML_ON) {
        turn_take(
            reading, reading->handler->end(reading->handler->context, reading->depth,
                         text_of(local), text_of(uri), reading->text));
    }
    reading->depth--;
    reading->text_bytes = 0;
}

/* SX1: no document type. */
static void
on_doctype(
    void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    (void)name, (void)external, (void)system;
    turn_take(context, BW_XML_BROKEN);
}

static void
on_complaint(void *context, const char *text, ...)
{
    (void)context, (void)text; /* nothing is printed */
}

static xmlParserCtxt *
parser_create(struct xml_reading *reading)
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
bw_carrier_xml_read(const void *bytes, size_t length,
    const struct bw_carrier_xml_handler *handler, struct bw_error *err)
{
    struct xml_reading reading = {.handler = handler};
    reading.parser = parser_create(&reading);
    if (!reading.parser) {
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "reading an answer: out of memory; close programs");
    }
    int fault = XML_ERR_OK;
    for (size_t at = 0;
         at < length && fault == XML_ERR_OK && reading.turn == BW_XML_ON;) {
        size_t piece = length - at < PIECE_BYTES ? length - at : PIECE_BYTES;
        fault = xmlParseChunk(
            reading.parser, (const char *)bytes + at, (int)piece, at + piece == length);
        at += piece;
    }
    xmlFreeDoc(reading.parser->myDoc);
    xmlFreeParserCtxt(reading.parser);
    bool sound = reading.turn == BW_XML_ENOUGH ||
                 (reading.turn == BW_XML_ON && fault == XML_ERR_OK && length > 0);
    return sound ? BW_OK : BW_BAD_INPUT;
}

uint64_t
bw_carrier_xml_number(const char *text)
{
    uint64_t number = 0;
    for (; *text >= '0' && *text <= '9' && number < UINT64_MAX / 100; text++) {
        number = number * 10 + (uint64_t)(*text - '0');
    }
    return number;
}
