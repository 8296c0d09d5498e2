/* How full the machine's own battery is. Inside the kiosk's half alone. Any thread. */
#ifndef BW_KIOSK_POWER_H
#define BW_KIOSK_POWER_H

/* Where Linux tells it. */
#define BW_KIOSK_POWER_FOLDER "/sys/class/power_supply"

/* Percent of the fullest battery that the machine runs on; -1: none, or it isn't told.
 * Batteries of mice and scanners (scope Device) don't count. */
int bw_kiosk_battery_percent(const char *folder);

#endif
