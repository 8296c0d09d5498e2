/* How long a text may be that leaves the scanner; bytes count the final NUL. */
#ifndef BW_SCAN_TEXT_H
#define BW_SCAN_TEXT_H

enum { BW_SCAN_TEXT_BYTES = 513, BW_SCAN_ENROLMENT_BYTES = 2049 };

#endif
