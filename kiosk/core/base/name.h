/* Names as lists order them. Core alone; the rest of names is brugwachter/text.h. Any
 * thread; nothing fails. */
#ifndef BW_CORE_BASE_NAME_H
#define BW_CORE_BASE_NAME_H

/* Where the name proper begins in a last name, folded or not: after its particles (van,
 * de, el, 't …), never at its end. Borrowed from `last`. */
const char *bw_name_proper(const char *last);

#endif
