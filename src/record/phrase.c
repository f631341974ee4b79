// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the kernel says of remote processors: one table, a row a phrase. A message is
 * "DRIVER DEVICE: TEXT", and it is looked for after each ": " of a line, so that it does
 * not matter what a shell, syslog or a forum put before it. A row says who may say it:
 * "foo is available" means something only of remoteprocN.
 */

#include "cleanup.h"
#include "frame.h"
#include "pattern.h"

enum who {
	CORE = 1 << 0,    /* remoteprocN */
	DRIVER = 1 << 1,  /* DRIVER DEVICE */
	VDEV = 1 << 2,    /* X#vdevNbuffer, rproc-virtio.N */
	VIRTIO = 1 << 3,  /* virtioN */
	NAMED = 1 << 4,   /* one word, whatever it is */
	NOBODY = 1 << 5,  /* no prefix, or none that matters */
	FOREIGN = 1 << 6, /* with DRIVER: drivers of any field print it */
};
#define ANYONE (CORE | DRIVER | VDEV | VIRTIO | NAMED)

struct row {
	const char *pattern;
	unsigned int who;
	enum event event;
	enum cause cause;
};

static const struct row rows[] = {
	{ "%n is available", CORE, EVENT_AVAILABLE, 0 },
	{ "powering up %n", CORE, EVENT_POWERING_UP, 0 },
	{ "attaching to %n", CORE, EVENT_ATTACHING, 0 },
	{ "Booting fw image %f, size %d", CORE, EVENT_BOOTING, 0 },
	{ "Booting fw image %f", CORE, EVENT_BOOTING, 0 },
	{ "remote processor %n is now up", CORE, EVENT_UP, 0 },
	{ "remote processor %n is now attached", CORE, EVENT_ATTACHED, 0 },
	{ "stopped remote processor %n", CORE, EVENT_STOPPED, 0 },
	{ "detached remote processor %n", CORE, EVENT_DETACHED, 0 },
	{ "releasing %n", CORE, EVENT_RELEASED, 0 },
	{ "crash detected in %n: type %t", CORE, EVENT_CRASH_DETECTED, CAUSE_CRASHED },
	{ "handling crash #%d in %n", CORE, EVENT_CRASH_HANDLED, CAUSE_CRASHED },
	{ "recovering %n", CORE, EVENT_RECOVERING, 0 },

	{ "Boot failed: %e", CORE, EVENT_START_SUMMARY, 0 },
	{ "request_firmware failed: %e", CORE, EVENT_START_FAILED,
	  CAUSE_FIRMWARE_MISSING },
	{ "can't start rproc %n: %e", CORE, EVENT_START_FAILED, CAUSE_REFUSED },
	{ "can't attach to rproc %n: %e", CORE, EVENT_START_FAILED, CAUSE_REFUSED },
	{ "can't prepare rproc %n: %e", CORE, EVENT_START_FAILED, CAUSE_REFUSED },
	{ "Failed to load program segments: %e", CORE, EVENT_START_FAILED, CAUSE_IMAGE },
	{ "Failed to process resources: %e", CORE, EVENT_START_FAILED, CAUSE_RESOURCES },
	{ "Failed to process post-loading resources: %e", CORE, EVENT_START_FAILED,
	  CAUSE_RESOURCES },
	{ "Failed to find resource table", CORE, EVENT_START_CAUSE, CAUSE_RESOURCES },
	{ "can't load resource table: %e", CORE, EVENT_START_FAILED, CAUSE_RESOURCES },
	{ "failed to probe subdevices for %n: %e", CORE, EVENT_START_FAILED,
	  CAUSE_SUBDEVICE },
	{ "failed to prepare subdevices for %n: %e", CORE, EVENT_START_FAILED,
	  CAUSE_SUBDEVICE },
	{ "Failed to allocate associated carveouts: %e", CORE, EVENT_START_FAILED,
	  CAUSE_MEMORY },
	{ "can't enable iommu: %e", CORE, EVENT_START_FAILED, CAUSE_REFUSED },
	{ "can't stop rproc: %e", CORE, EVENT_STOP_FAILED, CAUSE_REFUSED },
	{ "can't detach from rproc: %e", CORE, EVENT_STOP_FAILED, CAUSE_REFUSED },
	{ "can't change firmware while running", CORE, EVENT_HARMLESS, 0 },
	{ "can't change coredump configuration", CORE, EVENT_HARMLESS, 0 },

	{ "Direct firmware load for %f failed with error %e", ANYONE | FOREIGN,
	  EVENT_FIRMWARE_FAILED, CAUSE_FIRMWARE_MISSING },
	{ "Direct firmware load failed with error %e", CORE, EVENT_FIRMWARE_FAILED,
	  CAUSE_FIRMWARE_MISSING },
	{ "loading %f failed with error %e", ANYONE | FOREIGN, EVENT_FIRMWARE_FAILED,
	  CAUSE_FIRMWARE_MISSING },
	{ "loading %f failed for no such file", ANYONE | FOREIGN, EVENT_HARMLESS, 0 },
	{ "firmware: failed to load %f (%e)", ANYONE | FOREIGN, EVENT_FIRMWARE_FAILED,
	  CAUSE_FIRMWARE_MISSING },
	{ "firmware: direct-loading firmware %f", ANYONE | FOREIGN, EVENT_FIRMWARE_LOADED,
	  0 },
	{ "direct-loading firmware", CORE, EVENT_FIRMWARE_LOADED, 0 },
	{ "Falling back to sysfs fallback for: %f", ANYONE | FOREIGN,
	  EVENT_FIRMWARE_WAITING, 0 },
	{ "Falling back to user helper", CORE, EVENT_FIRMWARE_WAITING, 0 },
	{ "request_firmware failed for %f: %e", DRIVER, EVENT_START_CAUSE,
	  CAUSE_FIRMWARE_MISSING },

	{ "bad phdr da %t", CORE | DRIVER, EVENT_START_CAUSE, CAUSE_SEGMENT },
	{ "bad phdr filesz %t", CORE | DRIVER, EVENT_START_CAUSE, CAUSE_IMAGE },
	{ "Translation failed: da = %t", DRIVER, EVENT_START_CAUSE, CAUSE_SEGMENT },
	{ "Image is corrupted%t", CORE | DRIVER, EVENT_START_CAUSE, CAUSE_IMAGE },
	{ "Image is too small", CORE | DRIVER, EVENT_START_CAUSE, CAUSE_IMAGE },
	{ "Unsupported class: %d", CORE | DRIVER, EVENT_START_CAUSE, CAUSE_IMAGE },
	{ "Unsupported firmware endianness", CORE | DRIVER, EVENT_START_CAUSE,
	  CAUSE_IMAGE },
	{ "No loadable segments", CORE | DRIVER, EVENT_START_CAUSE, CAUSE_IMAGE },
	{ "Firmware size is too small", CORE | DRIVER, EVENT_START_CAUSE, CAUSE_IMAGE },
	{ "truncated fw: %t", CORE | DRIVER, EVENT_START_CAUSE, CAUSE_IMAGE },
	{ "No resource table in elf", CORE | DRIVER, EVENT_HARMLESS, 0 },
	{ "no resource table found for this firmware", CORE | DRIVER, EVENT_HARMLESS, 0 },
	{ "no resource table found.", CORE | DRIVER, EVENT_HARMLESS, 0 },
	{ "resource table truncated", CORE | DRIVER, EVENT_START_CAUSE, CAUSE_RESOURCES },
	{ "rsc table is truncated", CORE | DRIVER, EVENT_START_CAUSE, CAUSE_RESOURCES },
	{ "vdev rsc is truncated", CORE | DRIVER, EVENT_START_CAUSE, CAUSE_RESOURCES },
	{ "too many vrings: %d", CORE | DRIVER, EVENT_START_CAUSE, CAUSE_RESOURCES },
	{ "unsupported resource %d", CORE, EVENT_HARMLESS, 0 },

	{ "fatal error received: %t", DRIVER, EVENT_CRASH_CAUSE, CAUSE_CRASHED },
	{ "fatal error without message", DRIVER, EVENT_CRASH_CAUSE, CAUSE_CRASHED },
	{ "watchdog received: %t", DRIVER, EVENT_CRASH_CAUSE, CAUSE_CRASHED },
	{ "watchdog without message", DRIVER, EVENT_CRASH_CAUSE, CAUSE_CRASHED },
	{ "SCP watchdog timeout! %t", DRIVER, EVENT_CRASH_CAUSE, CAUSE_CRASHED },
	{ "K3 %_rproc %n crashed", DRIVER, EVENT_CRASH_CAUSE, CAUSE_CRASHED },
	{ "omap rproc %n crashed", DRIVER, EVENT_CRASH_CAUSE, CAUSE_CRASHED },
	{ "start timed out", DRIVER, EVENT_START_CAUSE, CAUSE_TIMED_OUT },
	{ "wait SCP initialization timeout!", DRIVER, EVENT_START_CAUSE,
	  CAUSE_TIMED_OUT },
	{ "SCP is ready. FW version %t", DRIVER, EVENT_HARMLESS, 0 },
	{ "error %e initializing firmware %f", DRIVER, EVENT_START_CAUSE,
	  CAUSE_SIGNATURE },
	{ "invalid firmware metadata", DRIVER, EVENT_START_CAUSE, CAUSE_SIGNATURE },
	{ "error %e reading firmware %f metadata", DRIVER, EVENT_START_CAUSE,
	  CAUSE_IMAGE },
	{ "failed to authenticate image and release reset", DRIVER, EVENT_START_CAUSE,
	  CAUSE_SIGNATURE },
	{ "failed to authenticate dtb image and release reset", DRIVER, EVENT_START_CAUSE,
	  CAUSE_SIGNATURE },
	{ "error %e loading %f", DRIVER, EVENT_START_CAUSE, CAUSE_FIRMWARE_MISSING },
	{ "failed to load segment %_ from truncated file %f", DRIVER, EVENT_START_CAUSE,
	  CAUSE_IMAGE },
	{ "segment outside memory range", DRIVER, EVENT_START_CAUSE, CAUSE_SEGMENT },
	{ "MBA booted without debug policy, loading mpss", DRIVER, EVENT_HARMLESS, 0 },
	{ "MBA booted with debug policy, loading mpss", DRIVER, EVENT_HARMLESS, 0 },
	{ "MBA booted, loading mpss", DRIVER, EVENT_HARMLESS, 0 },
	{ "MBA %t", DRIVER, EVENT_START_CAUSE, CAUSE_SIGNATURE },
	{ "PBL %t", DRIVER, EVENT_START_CAUSE, CAUSE_SIGNATURE },
	{ "MPSS %t", DRIVER, EVENT_START_CAUSE, CAUSE_SIGNATURE },
	{ "TA_RPROC_%_ invoke failed TEE err: %_, ret:%e", DRIVER, EVENT_START_CAUSE,
	  CAUSE_SIGNATURE },
	{ "timed out on wait", DRIVER, EVENT_PEER_SILENT, CAUSE_TIMED_OUT },
	{ "failed to shutdown: %e", DRIVER, EVENT_PEER_SILENT, CAUSE_TIMED_OUT },
	{ "timeout waiting for sysmon %t", ANYONE, EVENT_PEER_SILENT, CAUSE_TIMED_OUT },
	{ "timeout waiting for shutdown ack", ANYONE, EVENT_PEER_SILENT,
	  CAUSE_TIMED_OUT },
	{ "timeout waiting for ssctl service", ANYONE, EVENT_PEER_SILENT,
	  CAUSE_TIMED_OUT },
	{ "timeout waiting for subsystem event response", ANYONE, EVENT_PEER_SILENT,
	  CAUSE_TIMED_OUT },
	{ "intent request timed out", ANYONE, EVENT_PEER_SILENT, CAUSE_TIMED_OUT },
	{ "timeout waiting for cleanup done message", ANYONE, EVENT_PEER_SILENT,
	  CAUSE_TIMED_OUT },
	{ "PDR: %o register listener txn wait failed: %e", NOBODY, EVENT_PEER_SILENT,
	  CAUSE_TIMED_OUT },
	{ "PDR: %o get domain list txn wait failed: %e", NOBODY, EVENT_PEER_SILENT,
	  CAUSE_TIMED_OUT },
	{ "PDR: Indication received from %o, state: %_", NOBODY, EVENT_HARMLESS, 0 },
	{ "sysmon device not child of rproc", ANYONE, EVENT_CHANNEL_TROUBLE, 0 },
	{ "remote FW shutdown without ack", CORE, EVENT_HARMLESS, 0 },

	{ "imx_rproc_kick: failed (%d, err:%e)", DRIVER, EVENT_MAILBOX_SILENT,
	  CAUSE_MAILBOX },
	{ "imx_dsp_rproc_kick: failed (%d, err:%e)", DRIVER, EVENT_MAILBOX_SILENT,
	  CAUSE_MAILBOX },
	{ "stm32_rproc_kick: failed (%o, err:%e)", CORE | DRIVER, EVENT_MAILBOX_SILENT,
	  CAUSE_MAILBOX },
	{ "%_rproc_kick: failed (%_err:%e)", CORE | DRIVER, EVENT_MAILBOX_SILENT,
	  CAUSE_MAILBOX },
	{ "failed to send mailbox message, status = %e", DRIVER, EVENT_MAILBOX_SILENT,
	  CAUSE_MAILBOX },
	{ "failed to send mailbox message (%e)", DRIVER, EVENT_MAILBOX_SILENT,
	  CAUSE_MAILBOX },
	{ "failed to send mailbox message%t", DRIVER, EVENT_MAILBOX_SILENT,
	  CAUSE_MAILBOX },
	{ "Try increasing MBOX_TX_QUEUE_LEN", DRIVER, EVENT_MAILBOX_SILENT,
	  CAUSE_MAILBOX },
	{ "No initialized mbox tx channel", DRIVER, EVENT_START_CAUSE, CAUSE_MAILBOX },
	{ "mbox_request_channel failed: %e", DRIVER, EVENT_START_CAUSE, CAUSE_MAILBOX },
	{ "error %e: mbox_request_channel failed", DRIVER, EVENT_START_CAUSE,
	  CAUSE_MAILBOX },
	{ "error %e: failed to request tx mailbox channel", DRIVER, EVENT_START_CAUSE,
	  CAUSE_MAILBOX },
	{ "failed to request tx mailbox channel, ret %e", DRIVER, EVENT_START_CAUSE,
	  CAUSE_MAILBOX },
	{ "No txdb, ret %e", DRIVER, EVENT_HARMLESS, 0 },
	{ ".kick method not defined for %n", ANYONE, EVENT_START_CAUSE, CAUSE_MAILBOX },

	{ "Allocated carveout doesn't fit device address request", ANYONE, EVENT_HARMLESS,
	  0 },
	{ "failed to allocate dma memory: len %t", ANYONE, EVENT_START_CAUSE,
	  CAUSE_MEMORY },
	{ "Unable to allocate carveout %o: %e", ANYONE, EVENT_START_CAUSE, CAUSE_MEMORY },
	{ "Registered carveout doesn't fit len request", ANYONE, EVENT_START_CAUSE,
	  CAUSE_MEMORY },
	{ "Registered carveout doesn't fit da request", ANYONE, EVENT_START_CAUSE,
	  CAUSE_MEMORY },
	{ "Can't associate reserved memory", ANYONE, EVENT_START_CAUSE, CAUSE_MEMORY },
	{ "Failed to associate buffer", ANYONE, EVENT_START_CAUSE, CAUSE_MEMORY },

	{ "registered %v (type %d)", CORE | VDEV | NAMED, EVENT_VIRTIO_REGISTERED, 0 },
	{ "assigned reserved memory node %m", ANYONE | FOREIGN, EVENT_MEMORY_ASSIGNED,
	  0 },
	{ "failed to create rproc-virtio device", CORE | DRIVER, EVENT_START_CAUSE,
	  CAUSE_NAME_TAKEN },
	{ "sysfs: cannot create duplicate filename '%_rproc-virtio.%t", NOBODY,
	  EVENT_START_CAUSE, CAUSE_NAME_TAKEN },

	{ "rpmsg host is online", VIRTIO, EVENT_HOST_ONLINE, 0 },
	{ "creating channel %n addr 0x%x", ANYONE, EVENT_CHANNEL_CREATED, 0 },
	{ "destroying channel %n addr 0x%x", ANYONE, EVENT_CHANNEL_DESTROYED, 0 },
	{ "msg received with no recipient", VIRTIO, EVENT_CHANNEL_TROUBLE, 0 },
	{ "channel %o already exist", VIRTIO, EVENT_CHANNEL_TROUBLE, 0 },
	{ "malformed ns msg (%d)", VIRTIO, EVENT_CHANNEL_TROUBLE, 0 },
	{ "inbound msg too big: (%t", VIRTIO, EVENT_CHANNEL_TROUBLE, 0 },
	{ "timeout waiting for a tx buffer", ANYONE, EVENT_PEER_SILENT, CAUSE_TIMED_OUT },
	{ "message is too big (%d)", ANYONE, EVENT_CHANNEL_TROUBLE, 0 },
	{ "rpmsg_dev_probe: failed: %e", ANYONE, EVENT_PROBE_FAILED, 0 },
	{ "new channel: 0x%s -> 0x%x%t", DRIVER, EVENT_CHANNEL_BOUND, 0 },
	{ "new rpmsg_pru device: /dev/%m", DRIVER, EVENT_CHANNEL_NODE, 0 },

	{ "probe with driver %o failed with error %e", DRIVER | FOREIGN,
	  EVENT_PROBE_FAILED, 0 },
	{ "probe of %o failed with error %e", NAMED | FOREIGN, EVENT_PROBE_FAILED, 0 },
	{ "deferred probe pending: %t", DRIVER | FOREIGN, EVENT_DEFERRED, 0 },
	{ "deferred probe pending", DRIVER | FOREIGN, EVENT_DEFERRED, 0 },

	{ "Unable to handle kernel %t", NOBODY, EVENT_OOPS, 0 },
	{ "Internal error: %t", NOBODY, EVENT_OOPS, 0 },
	{ "BUG: kernel NULL pointer %t", NOBODY, EVENT_OOPS, 0 },
	{ "BUG: unable to handle %t", NOBODY, EVENT_OOPS, 0 },
	{ "kernel BUG at %t", NOBODY, EVENT_OOPS, 0 },
	{ "Oops [#%_]", NOBODY, EVENT_OOPS, 0 },
	{ "Modules linked in:%t", NOBODY, EVENT_OOPS_MODULES, 0 },
	{ "---[ end trace %_", NOBODY, EVENT_OOPS_END, 0 },
};

/* Tried only where no row above fits: what a driver says when it fails. */
static const struct row errors[] = {
	{ "error %e%t", DRIVER | FOREIGN, EVENT_DRIVER_ERROR, 0 },
	{ "%_ err %e", DRIVER | FOREIGN, EVENT_DRIVER_ERROR, 0 },
	{ "%_ error %e", DRIVER | FOREIGN, EVENT_DRIVER_ERROR, 0 },
	{ "%_: %e", DRIVER | FOREIGN, EVENT_DRIVER_ERROR, 0 },
	{ "failed to %t", DRIVER | FOREIGN, EVENT_DRIVER_ERROR, 0 },
	{ "Failed to %t", DRIVER | FOREIGN, EVENT_DRIVER_ERROR, 0 },
};

static bool is_numbered(struct span span, const char *prefix)
{
	size_t size = strlen(prefix);

	return span_starts(span, prefix) && span.size > size &&
	       span_digits(span_from(span, size)) == span.size - size;
}

/* Who says it, as bits of enum who. */
static unsigned int speaker(const struct phrase *phrase)
{
	unsigned int who = NOBODY;

	if (phrase->device.size == 0)
		return who;
	who |= NAMED;
	if (phrase->driver.size > 0)
		who |= DRIVER;
	if (is_numbered(phrase->device, "remoteproc"))
		who |= CORE;
	if (is_numbered(phrase->device, "virtio"))
		who |= VIRTIO;
	if (span_has(phrase->device, "#vdev") ||
	    span_starts(phrase->device, "rproc-virtio."))
		who |= VDEV;
	return who;
}

/* What cannot be part of a driver's or a device's name: the end of what a program or a
 * person put before a message. */
static bool ends_word(char c)
{
	return c == ' ' || c == ']' || c == '\t' || c == ')' || c == '>' || c == ';';
}

static struct span word_before(const char *line, const char *end)
{
	const char *start = end;

	while (start > line && !ends_word(start[-1]) && end - start < PATTERN_FIELD_MAX)
		start--;
	return (struct span){ start, (size_t)(end - start) };
}

/* The prefix of a message that starts at text: "DRIVER DEVICE: ", " DEVICE: " or none. */
static void take_prefix(const char *line, const char *text, struct phrase *phrase)
{
	struct span driver;

	if (text - line < 3 || text[-1] != ' ' || text[-2] != ':')
		return;
	phrase->device = word_before(line, text - 2);
	if (span_is(phrase->device, "kernel") ||
	    memchr(phrase->device.start, '/', phrase->device.size))
		phrase->device.size = 0;
	if (phrase->device.size == 0)
		return;
	phrase->message.start = phrase->device.start;
	if (phrase->device.start - line < 2 || phrase->device.start[-1] != ' ')
		return;
	driver = word_before(line, phrase->device.start - 1);
	if (driver.size == 0 || strchr(":,", driver.start[driver.size - 1]))
		return;
	phrase->driver = driver;
	phrase->message.start = driver.start;
}

static bool fits_row(const struct row *row, const char *line, struct span text,
		     struct phrase *ret)
{
	struct phrase phrase = { .event = row->event, .cause = row->cause };
	const char *end = text.start + text.size;
	unsigned int who;

	phrase.message.start = text.start;
	if (row->who != NOBODY)
		take_prefix(line, text.start, &phrase);
	who = speaker(&phrase);
	if (!(row->who & who) || !pattern_fits(row->pattern, text, &phrase))
		return false;
	phrase.any_driver = row->who & FOREIGN && !(who & (CORE | VDEV | VIRTIO));
	phrase.message.size = (size_t)(end - phrase.message.start);
	*ret = phrase;
	return true;
}

static bool fits_any(const struct row *table, size_t count, const char *line,
		     struct span text, struct phrase *ret)
{
	for (size_t i = 0; i < count; i++) {
		const char *pattern = table[i].pattern;

		if (*pattern != '%' && (text.size == 0 || *pattern != *text.start))
			continue;
		if (fits_row(&table[i], line, text, ret))
			return true;
	}
	return false;
}

/* Where the next message may start: after ": ", after "] ", after a date or a number,
 * after the ";" of /dev/kmsg. */
static const char *next_start(const char *at, const char *end)
{
	for (; end - at >= 2; at++) {
		bool bracket = at[0] == ']';

		if (at[0] == ';' && at[1] != ' ')
			return at + 1;
		if (at[1] != ' ' || (at[0] != ':' && at[0] != 'Z' && at[0] != '-' &&
				     !bracket && !is_digit(at[0])))
			continue;
		at += 2;
		while (bracket && at < end && *at == ' ')
			at++;
		return at;
	}
	return NULL;
}

static bool find_row(const struct row *table, size_t count, const char *line, size_t size,
		     struct phrase *ret)
{
	const char *end = line + size;

	for (const char *at = line; at; at = next_start(at, end))
		if (fits_any(table, count, line, (struct span){ at, (size_t)(end - at) },
			     ret))
			return true;
	return false;
}

bool phrase_parse(const char *line, size_t size, struct phrase *ret)
{
	return find_row(rows, ARRAY_SIZE(rows), line, size, ret) ||
	       frame_find(line, size, ret) ||
	       find_row(errors, ARRAY_SIZE(errors), line, size, ret);
}
