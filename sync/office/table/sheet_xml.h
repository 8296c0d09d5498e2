/* One part of a workbook as its elements come, by libxml2's reader: what workbook.c and
 * its styles, texts and rows share. Nobody else's. One thread. */
#ifndef BW_SYNC_SHEET_XML_H
#define BW_SYNC_SHEET_XML_H

#include <libxml/xmlreader.h>
#include <stdbool.h>
#include <stddef.h>

enum bw_sheet_xml_kind { BW_SHEET_XML_START, BW_SHEET_XML_END, BW_SHEET_XML_TEXT };

struct bw_sheet_xml {
    xmlTextReader *reader; /* NULL: out of memory */
    enum bw_sheet_xml_kind kind;
    bool pending_end; /* of an element that was empty */
    bool broken;      /* no XML, has a document type, too deep, a tag over 4 kB */
    const char *name; /* of the element, without prefix; "" for a text */
    const char *text; /* of a text */
};

/* Begins; the bytes are borrowed until bw_sheet_xml_finish. */
void bw_sheet_xml_init(
    struct bw_sheet_xml *xml, const unsigned char *bytes, size_t length);
void bw_sheet_xml_finish(struct bw_sheet_xml *xml);

/* The next start, end or text; false at the end, or where it is broken. What it points
 * to is there until the next. */
bool bw_sheet_xml_next(struct bw_sheet_xml *xml);

/* Whether this is the start, or the end, of an element of that name. */
bool bw_sheet_xml_starts(const struct bw_sheet_xml *xml, const char *name);
bool bw_sheet_xml_ends(const struct bw_sheet_xml *xml, const char *name);

/* An attribute of the element that starts, by its name without prefix; "" where there's
 * none. What is longer than the room is cut. */
void bw_sheet_xml_attribute(
    struct bw_sheet_xml *xml, const char *name, char *ret_text, size_t text_bytes);

#endif
