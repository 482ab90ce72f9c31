// The strip's area at any depth: a cubic between tabulated depths that have value and slope.

/** Return the area of each province at a depth [km²], in the order of the curve's columns. */
export function areasAt(curve, depthM) {
  const { depths_m: depths, areas_km2: areas, slopes_km2_per_m: slopes } = curve;
  const depth = Math.max(0, Math.min(depthM, depths[depths.length - 1]));
  let high = 1;
  while (high < depths.length - 1 && depths[high] < depth) high += 1;
  const width = depths[high] - depths[high - 1];
  const u = (depth - depths[high - 1]) / width;
  return areas[high].map((_, column) => {
    const [v0, v1] = [areas[high - 1][column], areas[high][column]];
    const [s0, s1] = [slopes[high - 1][column], slopes[high][column]];
    return (
      (1 + 2 * u) * (1 - u) ** 2 * v0 +
      u ** 2 * (3 - 2 * u) * v1 +
      width * u * (1 - u) * ((1 - u) * s0 - u * s1)
    );
  });
}

/** Return the area of all provinces at a depth [km²]. */
export function areaAt(curve, depthM) {
  return areasAt(curve, depthM).reduce((sum, area) => sum + area, 0);
}
