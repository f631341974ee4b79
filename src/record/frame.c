// SPDX-License-Identifier: GPL-2.0-or-later
#include "frame.h"

#include "cleanup.h"

/* The register that a function stands for in an oops, with the function. */
static const char *frame_start(const char *line, const char *function)
{
	static const char *const registers[] = { "pc : ",     "lr : ",     "epc : ",
						 "PC is at ", "LR is at ", "RIP: 0010:" };

	for (size_t i = 0; i < ARRAY_SIZE(registers); i++) {
		size_t size = strlen(registers[i]);

		if ((size_t)(function - line) >= size &&
		    memcmp(function - size, registers[i], size) == 0)
			return function - size;
	}
	return function;
}

/* "pc : rproc_boot+0x10/0x20", "[<c04>] (rproc_boot) from": the function, where it is one
 * of this field. */
bool frame_find(const char *line, size_t size, struct phrase *ret)
{
	static const char *const functions[] = {
		"rproc_",        "rpmsg_",      "virtio_rpmsg", "imx_rproc",
		"imx_dsp_rproc", "stm32_rproc", "k3_r5_",       "k3_dsp_",
		"k3_m4_",        "k3_rproc_",   "k3_mbox_",     "qcom_glink",
		"qcom_smd",      "q6v5_",       "qcom_pas",     "scp_",
		"zynqmp_r5",     "adsp_",       "sysmon_",      "fastrpc_",
		"apr_",          "gpr_",        "pru_rproc",    "omap_rproc",
		"wcnss_",        "qcom_mdt_",   NULL,
	};
	struct span text = { line, size };

	/* Most lines are of something else. */
	if (size == 0 || (!memchr(line, '+', size) && !memchr(line, ')', size)) ||
	    !span_has_any(text, functions))
		return false;
	for (size_t i = 0; functions[i]; i++) {
		const char *at = memmem(line, size, functions[i], strlen(functions[i]));
		size_t rest, length = 0;

		if (!at || (at > line && !strchr(" (:", at[-1])))
			continue;
		rest = size - (size_t)(at - line);
		while (length < rest &&
		       (at[length] == '_' || at[length] == '.' ||
			(at[length] >= '0' && at[length] <= '9') ||
			((at[length] | 0x20) >= 'a' && (at[length] | 0x20) <= 'z')))
			length++;
		if (length == rest || (at[length] != '+' && at[length] != ')'))
			continue;
		*ret = (struct phrase){ .event = EVENT_OOPS_FRAME,
					.name = { at, length },
					.message.start = frame_start(line, at) };
		ret->message.size = (size_t)(line + size - ret->message.start);
		return true;
	}
	return false;
}

bool phrase_mentions(const char *line, size_t size)
{
	static const char *const words[] = {
		"remoteproc", "rproc",      "rpmsg",    "#vdev",
		"q6v5",       "glink-edge", "smd-edge", "qcom_glink",
		"qcom_smd",   "sysmon",     "mtk-scp ", NULL,
	};

	return span_has_any((struct span){ line, size }, words);
}
