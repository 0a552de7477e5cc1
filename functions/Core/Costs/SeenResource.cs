using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Costs;

/// <summary>A resource in a look at the estate.</summary>
/// <param name="Sighting">What it was seen to be.</param>
/// <param name="Tags">Those it had.</param>
/// <param name="Changes">Changes of its count that are known by their time, in any order; older ones may be among them.</param>
public sealed record SeenResource(SpendSighting Sighting, TargetTags Tags, IReadOnlyList<CountChange> Changes);
