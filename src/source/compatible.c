// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which device tree nodes become a remote processor: of_device_id of the drivers in
 * drivers/remoteproc/ of v4.9 to v7.3, as patterns. The cores of a cluster (ti,*-r5f,
 * xlnx,*-r5f) are not here: the cluster's driver takes them along, and they have none.
 */

#include "compatible.h"

#include <fnmatch.h>
#include <stdio.h>

static const struct row {
	const char *pattern;
	const char *driver;
} rows[] = {
	{ "fsl,imx*-hifi4", "imx-dsp-rproc" },
	{ "fsl,imx*-cm[0-9]*", "imx-rproc" },
	{ "qcom,*-pas", "qcom_q6v5_pas" },
	{ "qcom,*-mss-pil", "qcom-q6v5-mss" },
	{ "qcom,q6v5-pil", "qcom-q6v5-mss" },
	{ "qcom,*-wcss-pil", "qcom-q6v5-wcss-pil" },
	{ "qcom,riva-pil", "qcom-wcnss-pil" },
	{ "qcom,pronto*-pil", "qcom-wcnss-pil" },
	{ "qcom,sc7280-adsp-pil", "qcom_q6v5_adsp" },
	{ "qcom,sc7280-wpss-pil", "qcom_q6v5_adsp" },
	{ "qcom,sdm845-adsp-pil", "qcom_q6v5_adsp" },
	{ "qcom,qcs404-cdsp-pil", "qcom_q6v5_adsp" },
	{ "qcom,*-adsp-pil", "qcom_q6v5_pas" },
	{ "qcom,*-slpi-pil", "qcom_q6v5_pas" },
	{ "ti,*-r5fss", "k3_r5_rproc" },
	{ "ti,*-m4fss", "k3-m4-rproc" },
	{ "ti,*-c66-dsp", "k3-dsp-rproc" },
	{ "ti,*-c7[1x]*-dsp", "k3-dsp-rproc" },
	{ "ti,da850-dsp", "davinci-rproc" },
	{ "ti,k2*-dsp", "keystone-rproc" },
	{ "ti,omap[45]-dsp", "omap-rproc" },
	{ "ti,omap[45]-ipu", "omap-rproc" },
	{ "ti,dra7-dsp", "omap-rproc" },
	{ "ti,dra7-ipu", "omap-rproc" },
	{ "ti,*-wkup-m3", "wkup_m3_rproc" },
	{ "ti,*-pru", "pru-rproc" },
	{ "ti,*-rtu", "pru-rproc" },
	{ "mediatek,*-scp", "mtk-scp" },
	{ "mediatek,*-scp-dual", "mtk-scp" },
	{ "st,stm32mp*-m[0-9]*", "stm32-rproc" },
	{ "xlnx,*-r5fss", "zynqmp_r5_remoteproc" },
	{ "xlnx,*-r52fss", "zynqmp_r5_remoteproc" },
	{ "xlnx,zynqmp-bram-rproc", "amd-bram-rproc" },
	{ "renesas,rcar-cr7", "rcar-rproc" },
	{ "ingenic,*-vpu-rproc", "ingenic-vpu" },
	{ "amlogic,meson*-ao-arc", "meson-mx-ao-arc-rproc" },
	/* Of vendors, whose drivers are called as they like. */
	{ "*[-_]rproc", "" },
	{ "*[-_]remoteproc", "" },
};

const char *compatible_driver(const char *compatible)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (fnmatch(rows[i].pattern, compatible, 0) == 0)
			return rows[i].driver;
	return NULL;
}

const char *compatible_driver_of(const struct record *record)
{
	for (int i = 0;; i++) {
		char key[32];
		const char *compatible, *driver;

		snprintf(key, sizeof(key), "OF_COMPATIBLE_%d", i);
		compatible = record_property(record, key);
		driver = compatible ? compatible_driver(compatible) : NULL;
		if (!compatible || driver)
			return driver;
	}
}
