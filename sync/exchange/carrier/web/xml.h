/* XML that strangers may have written, read as it comes (libxml2's SAX): listings and
 * answers of servers.
 *
 * SX1 no document type, so no entities; at most 16 levels deep; a text has a limit.
 *
 * Any thread. */
#ifndef BW_CARRIER_XML_H
#define BW_CARRIER_XML_H

#include <brugwachter/error.h>
#include <stddef.h>
#include <stdint.h>

enum bw_carrier_xml_turn { BW_XML_ON, BW_XML_ENOUGH, BW_XML_BROKEN };

/* An element, told by its depth (the outermost is 1), its name and its namespace ("":
 * none). `text` is what stood in it after the last element in it; "" where that is over
 * 2,047 bytes. Returns whether to read on; BW_XML_ENOUGH is a good end. */
struct bw_carrier_xml_handler {
    enum bw_carrier_xml_turn (*start)(
        void *context, int depth, const char *name, const char *space);
    enum bw_carrier_xml_turn (*end)(
        void *context, int depth, const char *name, const char *space, const char *text);
    void *context; /* borrowed */
};

/* Reads a whole document of `length` bytes. BW_BAD_INPUT: it is no XML, breaks SX1, or a
 * handler calls it broken; `err` has no sentence then, that is the caller's to say.
 * BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_carrier_xml_read(const void *bytes, size_t length,
    const struct bw_carrier_xml_handler *handler, struct bw_error *err);

/* The digits at the head of a text as a number; what follows them is passed over, and so
 * are digits that would make it over 2^63. */
uint64_t bw_carrier_xml_number(const char *text);

#endif
