/* A drawn camera frame: somebody holds a ticket up. Any thread after the first call. */
#ifndef BW_TEST_FRAME_H
#define BW_TEST_FRAME_H

#include "ui/ui.h"

struct bw_ui_camera_frame test_picture(void);

#endif
