// SPDX-License-Identifier: GPL-2.0-or-later
#include <strings.h>

#include "cleanup.h"
#include "mask.h"

/* What drivers say of clocks and memory, the kernel of its own faults, and what modules
 * and processors are called on many boards. A word that is
 * missing here is masked where nothing proves it clean, which is no harm. */
static const char *const words[] = {
	"a",           "abort",     "address",     "adsp",        "again",
	"alloc",       "allocate",  "allocation",  "an",          "and",
	"ao",          "arc",       "arm",         "as",          "asynchronous",
	"at",          "attach",    "attached",    "auto",        "avail",
	"bad",         "be",        "big",         "boot",        "booting",
	"bss",         "buffer",    "bug",         "bus",         "can't",
	"cannot",      "carveout",  "cdsp",        "channel",     "char",
	"chrdev",      "client",    "clk",         "clock",       "clocks",
	"cluster",     "cm4",       "cm7",         "code",        "common",
	"configure",   "core",      "could",       "couldn't",    "count",
	"cpu",         "crash",     "crashed",     "ctl",         "ctrl",
	"da",          "da8xx",     "data",        "deferred",    "dereference",
	"detach",      "detached",  "device",      "devices",     "disable",
	"disabled",    "dma",       "domain",      "domains",     "driver",
	"dsp",         "dt",        "edge",        "elf",         "enable",
	"enabled",     "entry",     "error",       "errors",      "execute",
	"external",    "fail",      "failed",      "failing",     "failure",
	"fatal",       "fault",     "filesz",      "find",        "firmware",
	"for",         "format",    "found",       "from",        "fw",
	"get",         "glink",     "handover",    "header",      "image",
	"imx",         "in",        "ingenic",     "init",        "initialization",
	"initialize",  "inline",    "instruction", "internal",    "interrupt",
	"invalid",     "iommu",     "ioremap",     "ipu",         "irq",
	"is",          "iva",       "k3",          "kernel",      "keystone",
	"len",         "length",    "load",        "loading",     "m3",
	"m4",          "mailbox",   "map",         "mapping",     "mbox",
	"mem",         "memory",    "memsz",       "meson",       "message",
	"mismatch",    "missing",   "mmufault",    "mode",        "modem",
	"modules",     "mpss",      "mss",         "mtk",         "mx",
	"name",        "no",        "node",        "not",         "ns",
	"null",        "number",    "object",      "of",          "offline",
	"omap",        "on",        "oops",        "or",          "out",
	"paging",      "panic",     "parse",       "pas",         "pending",
	"phandle",     "phdr",      "platform",    "pointer",     "power",
	"preempt",     "prepare",   "probe",       "proc",        "processor",
	"property",    "pru",       "pruss",       "q6v5",        "qcom",
	"r5",          "range",     "rcar",        "read",        "ready",
	"reboot",      "received",  "recover",     "recovery",    "refused",
	"region",      "register",  "remote",      "remoteproc",  "request",
	"reserve",     "reserved",  "reset",       "resets",      "resource",
	"resources",   "ret",       "rpmsg",       "rproc",       "rproc-virtio",
	"rsc",         "running",   "rx",          "sample",      "scp",
	"section",     "segment",   "set",         "size",        "slim",
	"slpi",        "small",     "smd",         "smem",        "smp",
	"smp2p",       "soc",       "st",          "start",       "started",
	"state",       "status",    "stm32",       "stop",        "subdevice",
	"supplier",    "supported", "suspended",   "synchronous", "syncing",
	"sysmon",      "table",     "the",         "ti",          "timed",
	"timeout",     "timeout!",  "to",          "too",         "trace",
	"translation", "tty",       "tx",          "type",        "unable",
	"undefined",   "unhandled", "unknown",     "unsupported", "vdev",
	"vdev0buffer", "version",   "virtio",      "virtio0",     "virtual",
	"vpu",         "vring",     "wait",        "waiting",     "was",
	"watchdog",    "wcss",      "while",       "with",        "wkup",
	"write",       "xlnx",      "zynqmp",
};

static bool is_number(struct span word)
{
	bool digit = false;

	if (span_starts(word, "0x"))
		word = span_from(word, 2);
	for (size_t i = 0; i < word.size; i++) {
		if (hex_value(word.start[i]) < 0)
			return false;
		digit = digit || is_digit(word.start[i]);
	}
	return digit;
}

/* "ttyRPMSG0": the node of a channel. */
static bool is_node(struct span word)
{
	return span_is_numbered(word, "ttyRPMSG");
}

bool word_is_common(struct span word)
{
	if (is_number(word) || is_node(word))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strlen(words[i]) == word.size &&
		    strncasecmp(words[i], word.start, word.size) == 0)
			return true;
	return false;
}
