/* What the machine says of itself to both programs, by files that its system makes anew
 * at each start. Any thread. */
#ifndef BRUGWACHTER_MACHINE_H
#define BRUGWACHTER_MACHINE_H

/* There, where an update of the machine's system didn't start, so that the system before
 * it runs. The image makes it (assets/image); where there is no image there is none. */
#define BW_MACHINE_FELL_BACK_PATH "/run/brugwachter-fell-back"

#endif
