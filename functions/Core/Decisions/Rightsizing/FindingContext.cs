using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>All that carrying a finding out may depend on.</summary>
/// <param name="Reading">What is kept.</param>
/// <param name="Policy">What asks for it.</param>
/// <param name="Name">Of the resource.</param>
/// <param name="Size">What it has.</param>
/// <param name="Instances">What it has.</param>
/// <param name="Sizes">What it remembers of its sizes.</param>
/// <param name="Now">When.</param>
public sealed record FindingContext(
    FindingReading Reading, ResourceRightsizingPolicy Policy, string Name, string Size, int Instances, SizeHistory Sizes, DateTimeOffset Now);
