/* A workbook's part as its elements come: see sheet_xml.h. */
#include "office/table/sheet_xml.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { DEPTH_MAX = 32, TAG_BYTES_MAX = 4096 };

static void
on_complaint(void *context, const char *text, xmlParserSeverities severity,
    xmlTextReaderLocatorPtr where)
{
    (void)context, (void)text, (void)severity, (void)where; /* nothing is printed */
}

/* libxml2 compares each attribute of a tag with all others: a tag as long as no program
 * writes one would take hours. */
static bool
has_long_tag(const unsigned char *bytes, size_t length)
{
    const unsigned char *end = bytes + length;
    const unsigned char *tag = memchr(bytes, '<', length);
    while (tag != NULL) {
        const unsigned char *close = memchr(tag, '>', (size_t)(end - tag));
        if ((close != NULL ? close : end) - tag > TAG_BYTES_MAX) {
            return true;
        }
        tag = close != NULL ? memchr(close, '<', (size_t)(end - close)) : NULL;
    }
    return false;
}

void
bw_sheet_xml_init(struct bw_sheet_xml *xml, const unsigned char *bytes, size_t length)
{
    *xml = (struct bw_sheet_xml){.name = "", .text = ""};
    xml->broken = length > INT_MAX || has_long_tag(bytes, length);
    if (!xml->broken) {
        xml->reader = xmlReaderForMemory((const char *)bytes, (int)length, NULL, NULL,
            XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    }
    if (xml->reader != NULL) {
        xmlTextReaderSetErrorHandler(xml->reader, on_complaint, NULL);
    }
}

void
bw_sheet_xml_finish(struct bw_sheet_xml *xml)
{
    if (xml->reader != NULL) {
        xmlFreeTextReader(xml->reader);
    }
}

static const char *
text_of(const xmlChar *text)
{
    return text != NULL ? (const char *)text : "";
}

/* Whether what the reader stands at is something to look at. */
static bool
take(struct bw_sheet_xml *xml)
{
    xml->name = "";
    xml->text = "";
    switch (xmlTextReaderNodeType(xml->reader)) {
    case XML_READER_TYPE_ELEMENT:
        xml->kind = BW_SHEET_XML_START;
        xml->pending_end = xmlTextReaderIsEmptyElement(xml->reader) == 1;
        xml->name = text_of(xmlTextReaderConstLocalName(xml->reader));
        xml->broken = xmlTextReaderDepth(xml->reader) > DEPTH_MAX;
        return !xml->broken;
    case XML_READER_TYPE_END_ELEMENT:
        xml->kind = BW_SHEET_XML_END;
        xml->name = text_of(xmlTextReaderConstLocalName(xml->reader));
        return true;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        xml->kind = BW_SHEET_XML_TEXT;
        xml->text = text_of(xmlTextReaderConstValue(xml->reader));
        return true;
    case XML_READER_TYPE_DOCUMENT_TYPE:
    case XML_READER_TYPE_ENTITY_REFERENCE:
        xml->broken = true;
        return false;
    default:
        return false;
    }
}

bool
bw_sheet_xml_next(struct bw_sheet_xml *xml)
{
    if (xml->reader == NULL || xml->broken) {
        return false;
    }
    if (xml->pending_end) { /* its name is still there */
        xml->pending_end = false;
        xml->kind = BW_SHEET_XML_END;
        return true;
    }
    int more;
    while ((more = xmlTextReaderRead(xml->reader)) == 1) {
        if (take(xml)) {
            return true;
        }
        if (xml->broken) {
            return false;
        }
    }
    xml->broken = more < 0;
    return false;
}

bool
bw_sheet_xml_starts(const struct bw_sheet_xml *xml, const char *name)
{
    return xml->kind == BW_SHEET_XML_START && strcmp(xml->name, name) == 0;
}

bool
bw_sheet_xml_ends(const struct bw_sheet_xml *xml, const char *name)
{
    return xml->kind == BW_SHEET_XML_END && strcmp(xml->name, name) == 0;
}

void
bw_sheet_xml_attribute(
    struct bw_sheet_xml *xml, const char *name, char *ret_text, size_t text_bytes)
{
    ret_text[0] = '\0';
    for (int more = xmlTextReaderMoveToFirstAttribute(xml->reader); more == 1;
         more = xmlTextReaderMoveToNextAttribute(xml->reader)) {
        if (strcmp(text_of(xmlTextReaderConstLocalName(xml->reader)), name) == 0) {
            (void)snprintf(ret_text, text_bytes, "%s",
                text_of(xmlTextReaderConstValue(xml->reader)));
        }
    }
    (void)xmlTextReaderMoveToElement(xml->reader);
}
