/* Why a code that is there isn't read, as a person can mend it. */
#ifndef BW_SCAN_TROUBLE_H
#define BW_SCAN_TROUBLE_H

enum bw_scan_trouble {
    BW_TROUBLE_NONE,   /* not known */
    BW_TROUBLE_SOFT,   /* out of focus in every direction: a little further away */
    BW_TROUBLE_MOVING, /* … in one direction: hold still */
    BW_TROUBLE_DARK,   /* hardly any contrast, in the dark: more light */
    BW_TROUBLE_CUT,    /* over the edge of the picture */
};

#endif
