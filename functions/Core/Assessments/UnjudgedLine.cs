using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Assessments;

/// <summary>A resource of which nothing can be said.</summary>
public sealed record UnjudgedLine(ObservedTarget Target, string Why);
