using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Assessments;

/// <summary>Resources that are left alone for the same reason.</summary>
/// <param name="Kind">Whose they are.</param>
/// <param name="Name">For people: <c>AKS cluster</c>.</param>
/// <param name="Count">How many.</param>
/// <param name="Example">One of them.</param>
/// <param name="Why">Why that one is left alone, for people.</param>
public sealed record OwnerGroup(OwnerKind Kind, string Name, int Count, string Example, string Why);
