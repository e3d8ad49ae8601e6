package renfort.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measured values, and what is told of them. */
final class Distribution {
  private final List<Double> values = new ArrayList<>();
  private boolean sorted = true;

  void add(double value) {
    values.add(value);
    sorted = false;
  }

  int count() {
    return values.size();
  }

  double sum() {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }

  double mean() {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  /** The smallest value that the given share of all, 0 to 1, does not exceed. */
  double percentile(double share) {
    if (values.isEmpty()) {
      return 0;
    }
    if (!sorted) {
      Collections.sort(values);
      sorted = true;
    }
    return values.get(Math.max(0, (int) Math.ceil(share * values.size()) - 1));
  }

  double max() {
    return percentile(1);
  }
}
