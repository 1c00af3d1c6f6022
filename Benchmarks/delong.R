# SPDX-License-Identifier: Apache-2.0
# Times paired DeLong tests of eight labels with pROC, curves included; prints one line of JSON.
#   Rscript delong.R FOLDER
suppressMessages(library(pROC))
table <- read.csv(file.path(commandArgs(TRUE)[1], "predictions.csv"), check.names = FALSE)
labels <- sub("^y_", "", grep("^y_", names(table), value = TRUE))
curve <- function(label, model) {
  roc(table[[paste0("y_", label)]], table[[paste0(model, "_", label)]],
      levels = c(0, 1), direction = "<", quiet = TRUE)
}
start <- proc.time()
for (label in labels) {
  roc.test(curve(label, "a"), curve(label, "b"), method = "delong", paired = TRUE)
}
seconds <- (proc.time() - start)[["elapsed"]]
status <- grep("VmHWM", readLines("/proc/self/status"), value = TRUE)
peak <- as.numeric(sub("\\D*(\\d+).*", "\\1", status)) / 1024
cat(sprintf('{"task": "delong", "seconds": %f, "peakMiB": %.1f}\n', seconds, peak))
